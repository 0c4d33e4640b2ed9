//! What people say to each other about the article at hand, whether it is annotated or reviewed.

use super::*;
use crate::model::{GOLD, Settles, Topic};
use crate::review::assignment::may_see_others;
use crate::session::talk::Talk;

/// The threads on the article at hand, and what has to be known to keep them up to date.
#[derive(Clone, Debug, Default)]
pub(super) struct Talking {
    talk: Talk,
    /// Counts up whenever something was said.
    version: u64,
    /// Whether others' work is hidden from whoever sits here, because they annotate the article too and are not done.
    hidden: bool,
    stale: bool,
    watched: bool,
}

impl Talking {
    pub fn is_hidden(&self) -> bool {
        self.hidden
    }
}

/// Where a comment goes.
#[derive(Clone, Debug, PartialEq)]
pub enum CommentTo {
    /// It begins a thread about this.
    New(Topic),
    /// It answers in the thread of this id.
    Thread(String),
}

impl Session {
    /// The threads on the article at hand. While others' work is hidden, only what oneself began, and of that what oneself said.
    pub fn talk(&self) -> &Talk {
        &self.talking.talk
    }

    /// Counts up whenever something was said, so that views know when to look again.
    pub fn talk_version(&self) -> u64 {
        self.talking.version
    }

    /// Whether others' work is hidden from whoever sits here, because they annotate the article too and are not done.
    pub fn is_blind(&self) -> bool {
        self.talking.hidden
    }

    /// Who sits here: the judge of a review, else the annotator.
    pub fn speaker(&self) -> &str {
        self.sitting.as_ref().map_or(self.annotator.as_str(), |sitting| sitting.judge.as_str())
    }

    /// Says something about the article at hand, in the speaker's own file of comments.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn say(&mut self, to: CommentTo, text: &str, settles: Option<Settles>) -> Result<(), StoreError> {
        let Some(project) = &self.project else { return Ok(()) };
        self.talking.version += 1;
        // The first comment of a project makes the folder, which is not watched yet.
        self.talking.stale |= !self.talking.watched;
        let talk = &mut self.talking.talk;
        let id = match (to, settles) {
            (CommentTo::New(topic), _) => talk.begin(project, topic, text)?,
            (CommentTo::Thread(id), None) => talk.reply(project, &id, text)?,
            (CommentTo::Thread(id), Some(settles)) => talk.settle(project, &id, settles, text)?,
        };
        if self.talking.hidden {
            self.talking.talk.keep_own();
        }
        let article = self.talking.talk.article.clone();
        self.remember_written(&article, &id, text, settles);
        Ok(())
    }

    /// An author's own comments on an article were changed here.
    pub(super) fn comments_changed(&mut self, article: &str) {
        let (Some(project), true) = (&self.project, self.talking.talk.article == article) else { return };
        self.talking.version += 1;
        // What cannot be read of others' was told when the article was opened.
        let _told = self.talking.talk.read_again(project);
        if self.talking.hidden {
            self.talking.talk.keep_own();
        }
    }

    /// Somebody's comments changed on disk: the threads are read anew at the next tick.
    pub(super) fn talk_changed(&mut self) {
        self.talking.stale = true;
    }

    pub(super) fn renew_talk(&mut self) -> Vec<Notice> {
        if std::mem::take(&mut self.talking.stale) { self.read_talk() } else { Vec::new() }
    }

    /// Reads the threads on the article at hand.
    pub(super) fn read_talk(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let speaker = self.speaker().to_owned();
        let (Some(project), Some(open)) = (&self.project, &self.open) else { return notices };
        let talking = &mut self.talking;
        talking.stale = false;
        talking.version += 1;
        if !talking.watched
            && self.root.join(store::THREADS).is_dir()
            && let Some(watcher) = &mut self.watcher
        {
            talking.watched = true;
            if let Err(why) = watcher.watch_folder(store::THREADS) {
                notices.push(Notice::warning("notice-no-watching").with("why", why));
            }
        }
        let article = &open.desk.article.path;
        let own = match speaker == open.desk.workspace.set.annotator {
            true => Some(open.desk.workspace.set.status),
            false => project
                .existing_annotation_path(&speaker, article)
                .and_then(|file| project.set_head(&file))
                .map(|head| head.status),
        };
        let own = own.unwrap_or(Status::Untouched);
        // Somebody who only judges has no set and is not among the annotators.
        let judges_only = own == Status::Untouched && !project.settings.annotators.contains(&speaker);
        talking.hidden =
            speaker != GOLD && !judges_only && !may_see_others(&project.settings, article, &speaker, own);
        let (talk, faults) = Talk::open(project, article, &speaker);
        talking.talk = talk;
        if talking.hidden {
            talking.talk.keep_own();
        }
        notices.extend(faults.iter().map(|fault| Notice::warning("notice-fault").with("fault", fault)));
        notices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

    fn open(root: &Path, who: &str) -> Session {
        let (mut session, _) = Session::open(root, who, Arc::new(|| {})).unwrap();
        session.open_article(DAVOS).unwrap();
        session
    }

    fn said(session: &Session) -> Vec<&str> {
        let all = session.talk().threads().iter().flat_map(|thread| &thread.said);
        all.map(|said| said.comment.says()).collect()
    }

    #[test]
    fn one_talks_while_annotating_and_whoever_is_blind_reads_nobody_elses_words() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        crate::session::sample::write(&root).unwrap();
        let mut boris = open(&root, "boris");
        boris.say(CommentTo::New(Topic::Article), "I tagged three positions", None).unwrap();
        drop(boris);
        let mut anna = open(&root, "anna");
        anna.say(CommentTo::New(Topic::Article), "Is the headline meant too?", None).unwrap();
        let own = anna.talk().threads().iter().find(|t| t.said[0].author == "anna").unwrap().id.clone();
        assert_eq!(said(&anna).len(), 2);
        assert!(!anna.is_blind());
        drop(anna);
        let mut boris = open(&root, "boris");
        boris.say(CommentTo::Thread(own), "Yes, position s7", None).unwrap();
        boris.set_blind_until_done(true).unwrap();
        drop(boris);
        let mut anna = open(&root, "anna");
        anna.edit(crate::session::Edit::SetStatus { status: Status::InProgress }).unwrap();
        anna.save();
        anna.read_talk();
        assert!(anna.is_blind());
        assert_eq!(
            said(&anna),
            ["Is the headline meant too?"],
            "neither others' threads nor others' answers"
        );
        anna.edit(crate::session::Edit::SetStatus { status: Status::Done }).unwrap();
        anna.read_talk();
        assert_eq!(said(&anna).len(), 3);
    }
}
