//! Talking about one article: its threads, and saying something in them.

use crate::model::{AnnotationSet, Comment, FileFault, Settles, SpanId, Topic};
use crate::review::thread::{Thread, mentions, threads};
use crate::store::{self, Project, StoreError};
use crate::text::{CanonicalText, TextRange};

/// The threads on an article, as one author sees them.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// Who speaks here.
    pub author: String,
    /// About which article.
    pub article: String,
    threads: Vec<Thread>,
}

impl Talk {
    /// Reads all threads on an article; files that could not be read are told.
    pub fn open(project: &Project, article: &str, author: &str) -> (Self, Vec<FileFault>) {
        let mut talk = Self { author: author.to_owned(), article: article.to_owned(), threads: Vec::new() };
        let faults = talk.read_again(project);
        (talk, faults)
    }

    /// Reads them anew: after others' files came.
    pub fn read_again(&mut self, project: &Project) -> Vec<FileFault> {
        let (files, faults) = store::read_comments(project, &self.article);
        self.threads = threads(&files);
        faults
    }

    /// Leaves out what others said: they may have said what they tagged.
    pub fn keep_own(&mut self) {
        let author = &self.author;
        self.threads.retain(|thread| thread.said.first().is_some_and(|said| said.author == *author));
        for thread in &mut self.threads {
            thread.said.retain(|said| said.author == *author);
        }
    }

    /// The threads: those on the article first, then by place.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
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
        let known = [self.author.clone()];
        self.threads.iter().filter(move |thread| {
            let says = |said: &crate::review::thread::Said| {
                said.author != self.author && !mentions(&said.comment.text, &known).is_empty()
            };
            thread.resolved.is_none() && thread.said.iter().any(says)
        })
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
        let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let id = store::change_comments(project, &self.author, &self.article, |comments| {
            let id = comments.next_id();
            let text = text.trim().to_owned();
            let reply_to = reply_to.map(str::to_owned);
            comments.comments.push(Comment { id: id.clone(), at, about, reply_to, text, settles });
            id
        })?;
        // What cannot be read of others' was told when the talk was opened.
        let _told = self.read_again(project);
        Ok(id)
    }
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
