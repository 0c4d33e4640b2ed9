//! Comments: what people say to each other about annotations, a file of each author's own.
//!
//! A file of comments only grows. A comment stays as it was written; that it was edited, withdrawn or put back is written behind it
//! ([`Revision`]), and what it says now follows from that.

mod merging;
mod revision;

pub use revision::{CommentState, Revised, Revision};

use serde::{Deserialize, Serialize};

use super::FORMAT;
use super::id::SpanId;
use crate::text::TextRange;

/// One author's comments on one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comments {
    /// Version of the file format, see [`super::FORMAT`].
    pub format: u32,
    /// The article's path.
    pub article: String,
    /// Whose they are.
    pub author: String,
    /// The comments in the order in which they were written.
    #[serde(default)]
    pub comments: Vec<Comment>,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// The author's name, a number and a few letters, `anna-3-x7k2`: unique among all comments on the article, also where one author
    /// writes on two machines. Any other text that is unique will do.
    pub id: String,
    /// When, RFC 3339.
    pub at: String,
    /// What it is about, if it begins a thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Topic>,
    /// The comment that begins the thread it answers in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What it said when it was written; may be empty where it only resolves. What it says now: [`Comment::says`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether it settles the thread, or takes it up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<Settles>,
    /// What its author did to it later, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// What a thread is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Topic {
    /// The article as a whole.
    Article,
    /// A span of an annotator.
    Span {
        /// Whose.
        annotator: String,
        /// Which.
        span: SpanId,
        /// Where it was, code points.
        at: TextRange,
        /// What it said, so that the comment can be understood when the span is gone.
        quote: String,
    },
    /// A place, whether something is tagged there or not.
    Place {
        /// Where, code points.
        at: TextRange,
        /// What the article says there.
        quote: String,
    },
}

/// Whether a thread is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settles {
    /// There is nothing more to say.
    Resolved,
    /// There is after all.
    Reopened,
}

impl Comments {
    /// None yet.
    pub fn new(article: impl Into<String>, author: impl Into<String>) -> Self {
        Self { format: FORMAT, article: article.into(), author: author.into(), comments: Vec::new() }
    }

    /// The id of this author's next comment. `born` is any number that another machine would hardly take at the same time.
    pub fn next_id(&self, born: u64) -> String {
        let last = self.comments.iter().filter_map(|comment| comment.number(&self.author)).max().unwrap_or(0);
        format!("{}-{}-{}", self.author, last.saturating_add(1), letters(born))
    }

    /// The comment of this id.
    pub fn get(&self, id: &str) -> Option<&Comment> {
        self.comments.iter().find(|comment| comment.id == id)
    }

    /// Edits, withdraws or puts back a comment, and says what it was before; `None` if it is not here, or if that changes nothing.
    pub fn revise(&mut self, id: &str, now: &str, did: Revised) -> Option<CommentState> {
        let comment = self.comments.iter_mut().find(|comment| comment.id == id)?;
        let before = comment.state();
        comment.revise(now, did).then_some(before)
    }
}

impl Comment {
    /// Its number among its author's comments, as its id tells it.
    pub(crate) fn number(&self, author: &str) -> Option<u64> {
        let rest = self.id.strip_prefix(author)?.strip_prefix('-')?;
        rest.split('-').next()?.parse().ok()
    }
}

/// Four letters and digits for a number.
fn letters(born: u64) -> String {
    const SIGNS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    // Fibonacci hashing: times that are close to each other differ in the upper bits too.
    let mut rest = born.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (0..4)
        .map(|_| {
            let sign = SIGNS[(rest % 36) as usize];
            rest /= 36;
            char::from(sign)
        })
        .collect()
}

impl Topic {
    /// Where it is; `None` for the article as a whole.
    pub fn at(&self) -> Option<TextRange> {
        match self {
            Self::Article => None,
            Self::Span { at, .. } | Self::Place { at, .. } => Some(*at),
        }
    }

    /// Whether it is about this span of this annotator.
    pub fn is_span(&self, annotator: &str, id: &SpanId) -> bool {
        matches!(self, Self::Span { annotator: whose, span, .. } if whose == annotator && span == id)
    }
}
