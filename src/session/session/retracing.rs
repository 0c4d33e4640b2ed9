//! Comment acts taken back and done again: writing, resolving, editing, withdrawing, putting back.
//!
//! They stand in one line with the steps of the set at hand: each remembers how many of those were done before it, so that undo takes
//! back whatever came last. They are forgotten with the article; what they did stays in the file for good, and can be withdrawn, edited
//! and put back there at any time.

use super::*;
use crate::model::{CommentState, Revised, Settles};
use crate::session::talk;

/// What was done to a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentAct {
    /// It was written.
    Written,
    /// It resolved a thread or took it up again.
    Settled(Settles),
    /// It was edited.
    Edited,
    /// It was withdrawn.
    Withdrawn,
    /// It was put back.
    PutBack,
}

/// What came of taking a comment act back or doing it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retraced {
    /// It is as it was.
    Done(CommentAct),
    /// The comment was changed elsewhere meanwhile; nothing was done.
    Changed,
}

/// A comment act that can be taken back.
#[derive(Clone, Debug)]
struct CommentStep {
    act: CommentAct,
    author: String,
    article: String,
    id: String,
    before: CommentState,
    after: CommentState,
    /// How many steps of the set at hand were done before it.
    behind: usize,
}

/// The comment acts of this sitting at the article at hand.
#[derive(Clone, Debug, Default)]
pub(super) struct CommentSteps {
    /// Whose set of which article stands beside them.
    beside: (String, String),
    done: Vec<CommentStep>,
    undone: Vec<CommentStep>,
}

impl CommentSteps {
    /// Something else was done: what was taken back is not done again after it.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }
}

impl Session {
    /// Edits, withdraws or puts back a comment of the speaker's own on any article; `false` if there is nothing to do.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn revise_comment(&mut self, article: &str, id: &str, did: Revised) -> Result<bool, StoreError> {
        let Some(project) = &self.project else { return Ok(false) };
        let author = self.speaker().to_owned();
        let act = match &did {
            Revised::Edited(_) => CommentAct::Edited,
            Revised::Withdrawn => CommentAct::Withdrawn,
            Revised::PutBack => CommentAct::PutBack,
        };
        let Some((before, after)) = talk::revise(project, &author, article, id, did)? else {
            return Ok(false);
        };
        self.remember_comment(act, article, id, (before, after));
        self.comments_changed(article);
        Ok(true)
    }

    /// The comment act that undo takes back, if one came last.
    pub fn comment_to_undo(&self) -> Option<CommentAct> {
        self.comment_steps.done.last().filter(|step| self.comes_next(step)).map(|step| step.act)
    }

    /// The comment act that redo does again, if it comes next.
    pub fn comment_to_redo(&self) -> Option<CommentAct> {
        self.comment_steps.undone.last().filter(|step| self.comes_next(step)).map(|step| step.act)
    }

    fn comes_next(&self, step: &CommentStep) -> bool {
        // Nobody takes back what somebody else said.
        self.is_beside() && step.behind == self.steps_done() && step.author == self.speaker()
    }

    /// Takes the last comment act back; `None` if something else came last.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn undo_comment(&mut self) -> Result<Option<Retraced>, StoreError> {
        if self.comment_to_undo().is_none() {
            return Ok(None);
        }
        let Some(step) = self.comment_steps.done.pop() else { return Ok(None) };
        self.retrace(step, true).map(Some)
    }

    /// Does the last comment act taken back again; `None` if something else comes next.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn redo_comment(&mut self) -> Result<Option<Retraced>, StoreError> {
        if self.comment_to_redo().is_none() {
            return Ok(None);
        }
        let Some(step) = self.comment_steps.undone.pop() else { return Ok(None) };
        self.retrace(step, false).map(Some)
    }

    /// A comment was written that undo can withdraw.
    pub(super) fn remember_written(&mut self, article: &str, id: &str, text: &str, settles: Option<Settles>) {
        let act = settles.map_or(CommentAct::Written, CommentAct::Settled);
        let after = CommentState { text: text.trim().to_owned(), withdrawn: false };
        self.remember_comment(act, article, id, (CommentState { withdrawn: true, ..after.clone() }, after));
    }

    fn remember_comment(
        &mut self,
        act: CommentAct,
        article: &str,
        id: &str,
        (before, after): (CommentState, CommentState),
    ) {
        if !self.is_beside() {
            self.comment_steps = CommentSteps { beside: self.beside(), ..CommentSteps::default() };
        }
        let (author, behind) = (self.speaker().to_owned(), self.steps_done());
        let (article, id) = (article.to_owned(), id.to_owned());
        self.comment_steps.undone.clear();
        self.comment_steps.done.push(CommentStep { act, author, article, id, before, after, behind });
    }

    fn retrace(&mut self, step: CommentStep, back: bool) -> Result<Retraced, StoreError> {
        let Some(project) = &self.project else { return Ok(Retraced::Changed) };
        let way = if back { [&step.after, &step.before] } else { [&step.before, &step.after] };
        let fits = talk::bring_to(project, &step.author, &step.article, &step.id, way)?;
        self.comments_changed(&step.article);
        if !fits {
            return Ok(Retraced::Changed);
        }
        let act = step.act;
        let to = if back { &mut self.comment_steps.undone } else { &mut self.comment_steps.done };
        to.push(step);
        Ok(Retraced::Done(act))
    }

    fn steps_done(&self) -> usize {
        self.open.as_ref().map_or(0, |open| open.desk.history.done().len())
    }

    fn beside(&self) -> (String, String) {
        let set = self.open.as_ref().map(|open| &open.desk.workspace.set);
        set.map(|set| (set.annotator.clone(), set.article.clone())).unwrap_or_default()
    }

    fn is_beside(&self) -> bool {
        self.comment_steps.beside == self.beside()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topic;

    const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

    #[test]
    fn what_was_changed_elsewhere_meanwhile_is_not_undone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        crate::session::sample::write(&root).unwrap();
        let (mut session, _) = Session::open(&root, "anna", Arc::new(|| {})).unwrap();
        session.open_article(DAVOS).unwrap();
        session.say(CommentTo::New(Topic::Article), "Whose text is it", None).unwrap();
        let id = session.talk().threads()[0].id.clone();
        assert!(!session.revise_comment(DAVOS, &id, Revised::PutBack).unwrap(), "it is not withdrawn");
        assert!(session.revise_comment(DAVOS, &id, Revised::Edited("Whose?".into())).unwrap());
        assert_eq!(session.comment_to_undo(), Some(CommentAct::Edited));
        // Another window of the same person.
        let project = Project::open(&root).unwrap();
        talk::revise(&project, "anna", DAVOS, &id, Revised::Edited("Who wrote it?".into())).unwrap();
        assert_eq!(session.undo_comment().unwrap(), Some(Retraced::Changed));
        let says =
            |session: &Session| session.talk().threads().first().map(|t| t.said[0].comment.says().to_owned());
        assert_eq!(says(&session).as_deref(), Some("Who wrote it?"), "the threads were read anew");
        // The step before it no longer fits either; nothing is lost.
        assert_eq!(session.undo_comment().unwrap(), Some(Retraced::Changed));
        assert_eq!((session.undo_comment().unwrap(), session.redo_comment().unwrap()), (None, None));
        assert_eq!(says(&session).as_deref(), Some("Who wrote it?"));
    }
}
