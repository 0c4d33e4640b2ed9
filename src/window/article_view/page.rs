//! What the page is laid out with: the text as it is set here, and the marks of spans around it.

use egui::{Rect, Ui};
use std::ops::Range;

use super::decorate::{self, Decoration};
use super::paint;
use super::shown::{Marks, Shown};
use crate::model::Span;
use crate::text::CanonicalText;
use crate::window::comment_marks::CommentMark;
use crate::window::text_page::layout::BlockLayout;
use crate::window::text_page::{Around, Sheet};

/// A block as it lay on the page in the last frame.
pub(super) type Laid = crate::window::text_page::Laid<Decoration>;

impl Around for Decoration {
    fn shift(&self) -> &[f32] {
        &self.shift
    }

    fn height(&self) -> f32 {
        self.height
    }
}

/// Arranges the marks of spans around a block.
pub(super) fn around<'a>(
    ui: &'a Ui,
    shown: &'a Shown<'_>,
    page: Rect,
) -> impl Fn(Range<usize>, &dyn BlockLayout) -> Decoration + 'a {
    move |bytes, layout| {
        let chip = |span: &Span| paint::chip_width(ui, shown, span);
        let balloon = |span: &Span| shown.comments.span(&span.id).map_or(0.0, CommentMark::width);
        let wants = decorate::Wants {
            chip: &chip,
            balloon: &balloon,
            below: shown.style.marks == Marks::Lines && !shown.comments.is_empty(),
            page_width: page.width(),
        };
        decorate::decorate(shown.text, shown.set, bytes, layout, wants)
    }
}

/// The sheet of a frame.
pub(super) fn sheet<'a>(
    ui: &'a Ui,
    shown: &Shown<'a>,
    page: Rect,
    around: &'a dyn Fn(Range<usize>, &dyn BlockLayout) -> Decoration,
) -> Sheet<'a, Decoration> {
    let line_height = (shown.style.size * 1.62).round();
    Sheet {
        ui,
        text: shown.text,
        header: shown.header,
        tokens: shown.tokens,
        size: shown.style.size,
        serif: shown.style.serif,
        family: shown.style.family,
        line_height,
        usual_row: line_height + 4.0,
        also: 0,
        page,
        around,
    }
}

/// Where sentences start, in bytes.
pub(super) fn sentence_starts(text: &CanonicalText) -> Vec<usize> {
    let mut starts = Vec::new();
    for paragraph in text.paragraphs() {
        starts.extend(crate::text::sentences(text.as_str(), paragraph).into_iter().map(|s| s.start));
    }
    starts
}
