//! Comments: what people say to each other about annotations, a file of each author's own.

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
    /// The author's name and a number, `anna-3`: unique among all comments on the article.
    pub id: String,
    /// When, RFC 3339.
    pub at: String,
    /// What it is about, if it begins a thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Topic>,
    /// The comment that begins the thread it answers in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What it says; may be empty where it only resolves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether it settles the thread, or takes it up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<Settles>,
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

    /// The id of this author's next comment.
    pub fn next_id(&self) -> String {
        let number = |comment: &Comment| comment.id.rsplit_once('-')?.1.parse::<u64>().ok();
        let last = self.comments.iter().filter_map(number).max().unwrap_or(0);
        format!("{}-{}", self.author, last + 1)
    }

    /// Adds another copy's comments that are not here yet: what a person wrote on two machines. Nothing is changed or taken away. Says
    /// how many came.
    pub fn take_in(&mut self, other: &Self) -> usize {
        let new: Vec<Comment> = other
            .comments
            .iter()
            .filter(|new| self.comments.iter().all(|there| there.id != new.id))
            .cloned()
            .collect();
        let came = new.len();
        self.comments.extend(new);
        self.comments.sort_by(|a, b| a.at.cmp(&b.at));
        came
    }
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
