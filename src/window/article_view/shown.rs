//! What the article view is given to show, how the article looks, what the user wants and what the caret is told.

use egui::Pos2;
use std::ops::Range;

use super::overview::Tick;
use crate::model::{AnnotationSet, Codebook, Register, Schema, SpanId};
use crate::text::{CanonicalText, CodePoint, TextRange};
use crate::window::comment_marks::CommentMarks;
use crate::window::look::Tokens;
use crate::window::words::Words;

/// What is counted in the margin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// Nothing.
    None,
    /// The lines of the article's file.
    #[default]
    Lines,
    /// Its sentences.
    Sentences,
}

/// How the article looks; the user's choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleStyle {
    /// Size of the text in points.
    pub size: f32,
    /// Widest column in points.
    pub column: f32,
    /// Serif or sans.
    pub serif: bool,
    /// A family of the system instead of the built-in ones.
    pub family: Option<&'static str>,
    /// What the margin counts.
    pub numbers: Numbers,
    /// How much is said above tags.
    pub marks: Marks,
}

/// How much the chips above tags say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// The label and the key fields.
    #[default]
    Full,
    /// The label's name.
    Names,
    /// Nothing: there are only grounds and underlines.
    Lines,
}

impl Default for ArticleStyle {
    fn default() -> Self {
        Self {
            size: 17.0,
            column: 720.0,
            serif: true,
            family: None,
            numbers: Numbers::Lines,
            marks: Marks::Full,
        }
    }
}

/// What the view shows; borrowed for one frame.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The text.
    pub text: &'a CanonicalText,
    /// Where its header stands.
    pub header: TextRange,
    /// The annotations.
    pub set: &'a AnnotationSet,
    /// What they mean.
    pub schema: &'a Schema,
    /// The register.
    pub register: &'a Register,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Colours.
    pub tokens: &'a Tokens,
    /// Words.
    pub words: &'a Words,
    /// How it looks.
    pub style: ArticleStyle,
    /// Ranges that a search found, with the one at hand.
    pub found: &'a [Range<usize>],
    /// See `found`.
    pub found_at: Option<usize>,
    /// A span to bring forward besides the selected one: a candidate in a prompt.
    pub candidate: Option<&'a SpanId>,
    /// Spans with an error or a warning.
    pub findings: &'a crate::session::Findings,
    /// What the overview marks besides spans and hits.
    pub ticks: &'a [Tick],
    /// Another number whenever `ticks` are others.
    pub ticks_version: u64,
    /// What is said about tags, places and the article.
    pub comments: &'a CommentMarks,
    /// Another number whenever `found` is another.
    pub found_version: u64,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewEvent {
    /// A span was clicked.
    Select(Option<SpanId>),
    /// An edge of a span's part was dragged to a place. All events of one drag share `gesture`.
    DragEdge {
        /// The span.
        span: SpanId,
        /// Its part.
        part: usize,
        /// Whether its start is dragged, else its end.
        start: bool,
        /// To where.
        to: CodePoint,
        /// Which drag.
        gesture: u64,
    },
    /// The menu for what is under the pointer.
    Menu(Pos2),
    /// A span chosen from a list or at the page's edge: it is to be selected, and shown at this place of it.
    Visit(SpanId, CodePoint),
    /// A balloon was clicked: one of these threads is to be read, the one after that which is read now.
    Comments(Vec<String>),
    /// The text is to be larger (above 1) or smaller by this factor.
    Zoom(f32),
}
