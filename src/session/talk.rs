//! Talking about one article: its threads, and saying something in them.

use crate::model::{AnnotationSet, Comment, CommentState, FileFault, Revised, Settles, SpanId, Topic};
use crate::review::thread::{Thread, whole_threads};
use crate::store::{self, Project, StoreError};
use crate::text::{CanonicalText, TextRange};

/// The threads on an article, as one author sees them.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// Who speaks here.
    pub author: String,
    /// About which article.
    pub article: String,
    whole: Vec<Thread>,
    gone: Vec<Thread>,
    threads: Vec<Thread>,
}

impl Talk {
    /// Reads all threads on an article; files that could not be read are told.
    pub fn open(project: &Project, article: &str, author: &str) -> (Self, Vec<FileFault>) {
        let mut talk = Self { author: author.to_owned(), article: article.to_owned(), ..Self::default() };
        let faults = talk.read_again(project);
        (talk, faults)
    }

    /// Reads them anew: after others' files came.
    pub fn read_again(&mut self, project: &Project) -> Vec<FileFault> {
        let (files, faults) = store::read_comments(project, &self.article);
        self.whole = whole_threads(&files);
        self.look();
        faults
    }

    fn look(&mut self) {
        self.threads = self.whole.iter().filter_map(Thread::visible).collect();
        let own = |thread: &&Thread| thread.withdrawn_by(&self.author).next().is_some();
        let nothing_left = self.whole.iter().filter(|thread| thread.visible().is_none());
        self.gone = nothing_left.filter(own).cloned().collect();
    }

    /// Leaves out what others said: they may have said what they tagged.
    pub fn keep_own(&mut self) {
        let author = &self.author;
        self.whole.retain(|thread| thread.said.first().is_some_and(|said| said.author == *author));
        for thread in &mut self.whole {
            thread.said.retain(|said| said.author == *author);
        }
        self.look();
    }

    /// The threads: those on the article first, then by place. What was withdrawn is left out, see [`Thread::visible`].
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// The threads of which nothing is left, in which the author withdrew something.
    pub fn gone(&self) -> &[Thread] {
        &self.gone
    }

    /// The thread of this id, gone or not.
    pub fn thread(&self, id: &str) -> Option<&Thread> {
        self.threads.iter().chain(&self.gone).find(|thread| thread.id == id)
    }

    /// The threads on a span.
    pub fn on_span<'a>(&'a self, annotator: &'a str, span: &'a SpanId) -> impl Iterator<Item = &'a Thread> {
        self.threads.iter().filter(move |thread| thread.topic.is_span(annotator, span))
    }

    /// The threads on anything that shares text with a place.
    pub fn at(&self, place: TextRange) -> impl Iterator<Item = &Thread> {
        self.threads
            .iter()
            .filter(move |thread| thread.topic.at().is_some_and(|at| at.overlaps(place) || at == place))
    }

    /// The unresolved threads in which somebody else mentions the author.
    pub fn mentioning_me(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().filter(|thread| thread.resolved.is_none() && thread.calls(&self.author))
    }

    /// Begins a thread; gives its id.
    ///
    /// # Errors
    /// The author's file cannot be read or written.
    pub fn begin(&mut self, project: &Project, about: Topic, text: &str) -> Result<String, StoreError> {
        self.say(project, Some(about), None, text, None)
    }

    /// Answers in a thread; gives the comment's id.
    ///
    /// # Errors
    /// The author's file cannot be read or written.
    pub fn reply(&mut self, project: &Project, thread: &str, text: &str) -> Result<String, StoreError> {
        self.say(project, None, Some(thread), text, None)
    }

    /// Resolves a thread, or takes it up again, with a word or without.
    ///
    /// # Errors
    /// The author's file cannot be read or written.
    pub fn settle(
        &mut self,
        project: &Project,
        thread: &str,
        settles: Settles,
        text: &str,
    ) -> Result<String, StoreError> {
        self.say(project, None, Some(thread), text, Some(settles))
    }

    fn say(
        &mut self,
        project: &Project,
        about: Option<Topic>,
        reply_to: Option<&str>,
        text: &str,
        settles: Option<Settles>,
    ) -> Result<String, StoreError> {
        let born = born();
        let id = store::change_comments(project, &self.author, &self.article, |comments| {
            let id = comments.next_id(born);
            let (text, revisions) = (text.trim().to_owned(), Vec::new());
            let reply_to = reply_to.map(str::to_owned);
            comments.comments.push(Comment {
                id: id.clone(),
                at: now(),
                about,
                reply_to,
                text,
                settles,
                revisions,
            });
            id
        })?;
        // What cannot be read of others' was told when the talk was opened.
        let _told = self.read_again(project);
        Ok(id)
    }
}

/// The time as comments keep it.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A number that another machine, or another window, would hardly take for a comment at the same time.
fn born() -> u64 {
    let nanoseconds = jiff::Timestamp::now().as_nanosecond() as u64;
    nanoseconds ^ (u64::from(std::process::id()) << 40)
}

/// Edits, withdraws or puts back a comment of an author's own, and says how it stood before and stands now; `None` if the author has
/// no such comment or that would change nothing. An empty text is no edit, but for a comment that only settles.
///
/// # Errors
/// The author's file cannot be read or written.
pub fn revise(
    project: &Project,
    author: &str,
    article: &str,
    id: &str,
    did: Revised,
) -> Result<Option<(CommentState, CommentState)>, StoreError> {
    let did = match did {
        Revised::Edited(text) => Revised::Edited(text.trim().to_owned()),
        other => other,
    };
    store::change_comments(project, author, article, |comments| {
        let settles = comments.get(id)?.settles.is_some();
        if !settles && did == Revised::Edited(String::new()) {
            return None;
        }
        let before = comments.revise(id, &now(), did)?;
        Some((before, comments.get(id)?.state()))
    })
}

/// Brings a comment of an author's own from one state to another; `false` if it is not there or no longer in the first.
///
/// # Errors
/// The author's file cannot be read or written.
pub(super) fn bring_to(
    project: &Project,
    author: &str,
    article: &str,
    id: &str,
    [from, to]: [&CommentState; 2],
) -> Result<bool, StoreError> {
    store::change_comments(project, author, article, |comments| {
        let found = comments.comments.iter_mut().find(|comment| comment.id == id && comment.state() == *from);
        found.map(|comment| comment.become_like(to, &now())).is_some()
    })
}

/// A topic for a span, with what it says now.
pub fn about_span(
    annotator: &str,
    span: &SpanId,
    set: &AnnotationSet,
    text: &CanonicalText,
) -> Option<Topic> {
    let found = set.get(span)?;
    Some(Topic::Span {
        annotator: annotator.to_owned(),
        span: span.clone(),
        at: found.parts.hull(),
        quote: found.surface(text),
    })
}

/// A topic for a place.
pub fn about_place(at: TextRange, text: &CanonicalText) -> Topic {
    Topic::Place { at, quote: text.slice(at).unwrap_or_default().to_owned() }
}
