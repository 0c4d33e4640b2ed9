//! What lies where on the page of the last frame: the caret's and spans' places, and the text and the spans under the pointer.

use egui::{Pos2, Rect, pos2, vec2};
use std::ops::Range;
use std::sync::Arc;

use super::chips::Named;
use super::shown::Shown;
use super::view::ArticleView;
use super::{decorate, paint};
use crate::model::{Span, SpanId};
use crate::text::{ByteOffset, CanonicalText, CodePoint};
use crate::window::text_page::layout::Place;

impl ArticleView {
    /// Where a caret at `byte` was drawn in the last frame, on screen; `None` if it was not in view.
    pub fn caret_rect(&self, byte: usize) -> Option<Rect> {
        self.cursor.rect(&self.column, byte)
    }

    /// The byte nearest to a place on screen.
    pub fn byte_at(&self, at: Pos2) -> Option<usize> {
        self.place_under(at).map(|(byte, _)| byte)
    }

    /// The caret place nearest to a place on screen, with its byte. Chips belong to the row below them.
    pub(super) fn place_under(&self, at: Pos2) -> Option<(usize, Place)> {
        self.column.place_under(at, |around, row| around.chip_lanes[row] as f32 * decorate::CHIP)
    }

    /// The code point under a place on screen, if there is text right there.
    pub(super) fn code_point_under(&self, text: &CanonicalText, at: Pos2) -> Option<CodePoint> {
        let laid = self.laid().iter().rev().find(|l| l.at.y <= at.y)?;
        let row = (0..laid.layout.rows().len()).find(|row| {
            let top = laid.row_top(*row);
            let below = decorate::underline_room(laid.around.lanes[*row]);
            (top..=top + laid.row_height(*row) + below).contains(&at.y)
        })?;
        let byte = laid.layout.under(row, at.x - laid.at.x)?.start;
        text.code_point_of(ByteOffset((laid.bytes.start + byte) as u32))
    }

    /// The spans under a place on screen, smallest first: chips are asked before text.
    pub fn spans_at(&self, shown: &Shown<'_>, at: Pos2) -> Vec<Arc<Span>> {
        for laid in self.laid() {
            for chip in &laid.around.chips {
                if paint::chip_rect(laid, chip).contains(at) {
                    return match &chip.named {
                        Named::Span(span) => vec![span.clone()],
                        Named::More(_) => Vec::new(),
                    };
                }
            }
        }
        let Some(under) = self.code_point_under(shown.text, at) else {
            return Vec::new();
        };
        shown.set.covering(under).into_iter().cloned().collect()
    }

    /// The screen rectangles of a span's segments in the last frame.
    pub fn span_rects(&self, id: &SpanId) -> Vec<Rect> {
        let mut rects = Vec::new();
        for laid in self.laid() {
            for s in laid.around.segments.iter().filter(|s| s.span.id == *id) {
                let top = laid.row_top(s.row);
                rects.push(Rect::from_min_size(
                    pos2(laid.at.x + s.x0, top),
                    vec2(s.x1 - s.x0, laid.row_height(s.row)),
                ));
            }
        }
        if rects.is_empty() {
            // Without an underline of its own it is among those that a chip counts.
            for laid in self.laid() {
                let counted =
                    |named: &Named| matches!(named, Named::More(spans) if spans.iter().any(|s| s.id == *id));
                let chips = laid.around.chips.iter().filter(|chip| counted(&chip.named));
                rects.extend(chips.map(|chip| paint::chip_rect(laid, chip)));
            }
        }
        rects
    }

    /// The bytes in view in the last frame.
    pub fn visible(&self) -> Range<usize> {
        self.column.visible()
    }

    /// The page of the last frame.
    pub fn page(&self) -> Option<Rect> {
        self.column.page()
    }

    /// How far down the text the page's top is, 0 to 1.
    pub fn progress(&self) -> f32 {
        self.column.progress() as f32
    }
}
