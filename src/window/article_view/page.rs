//! The page: which blocks lie on it and where, laid out as they come into view; heights are estimated until then, and the scroll position holds
//! to the text.

use egui::{Rect, Ui, pos2};
use std::rc::Rc;

use super::blocks::{Blocks, Heights};
use super::decorate::{self, Decoration};
use super::layout::{self, BlockLayout, TextLook};
use super::paint;
use super::shown::{Marks, Numbers, Shown};
use super::view::{ArticleView, Laid};
use crate::model::Span;
use crate::text::CanonicalText;
use crate::window::comment_marks::CommentMark;
use crate::window::look;

impl ArticleView {
    /// Cuts the text into blocks and estimates their heights when text, width or font are new.
    /// Tells whether the same text now lies differently.
    pub(super) fn prepare(&mut self, shown: &Shown<'_>, width: f32) -> bool {
        let style = shown.style;
        let identity = shown.text.as_str().as_ptr() as u64 ^ (shown.text.len_bytes() as u64).rotate_left(32);
        let key = (identity, width.to_bits(), style.size.to_bits(), style.serif, style.family);
        if self.key == Some(key) {
            return false;
        }
        let other_text = self.key.is_none_or(|old| old.0 != key.0);
        if other_text {
            self.blocks = Blocks::of(shown.text);
            self.sentence_starts.clear();
        }
        self.key = Some(key);
        if style.numbers == Numbers::Sentences && self.sentence_starts.is_empty() {
            self.sentence_starts = sentence_starts(shown.text);
        }
        let line = self.line_height(shown);
        // Measured on Russian prose: the average letter is about half as wide as the font is high.
        let per_row = (width / (style.size * 0.5)).max(8.0);
        let estimate = |block: usize| {
            let bytes = self.blocks.range(block).len() as f32;
            if bytes == 0.0 { gap(line) } else { (bytes / 1.8 / per_row).ceil().max(1.0) * (line + 4.0) }
        };
        self.heights = Heights::new((0..self.blocks.len()).map(estimate).collect());
        self.top_block = self.top_block.min(self.blocks.len() - 1);
        !other_text
    }

    pub(super) fn line_height(&self, shown: &Shown<'_>) -> f32 {
        (shown.style.size * 1.62).round()
    }

    pub(super) fn lay(
        &self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        block: usize,
    ) -> (Rc<dyn BlockLayout>, Decoration) {
        let bytes = self.blocks.range(block);
        let header_end = shown.text.byte_of(shown.header.end()).map_or(0, |b| b.index());
        let all_header = bytes.end <= header_end && header_end > 0;
        let style = shown.style;
        let (size, line) = if all_header {
            (style.size * 0.78, (style.size * 1.25).round())
        } else {
            (style.size, self.line_height(shown))
        };
        let family = if style.serif { look::serif() } else { egui::FontFamily::Proportional };
        let text_look = TextLook {
            font: egui::FontId::new(size, family),
            line_height: line,
            width: page.width(),
            ink: shown.tokens.text,
            faint_ink: shown.tokens.text_faint,
            faint_until: header_end.saturating_sub(bytes.start).min(bytes.len()),
            family: style.family,
            rtl: self.direction(shown.text, block),
        };
        let layout = layout::lay_out(ui, &shown.text.as_str()[bytes.clone()], &text_look);
        let chip = |span: &Span| paint::chip_width(ui, shown, span);
        let balloon = |span: &Span| shown.comments.span(&span.id).map_or(0.0, CommentMark::width);
        let wants = decorate::Wants {
            chip: &chip,
            balloon: &balloon,
            below: shown.style.marks == Marks::Lines && !shown.comments.is_empty(),
            page_width: page.width(),
        };
        let mut decoration = decorate::decorate(shown.text, shown.set, bytes.clone(), &*layout, wants);
        if bytes.is_empty() {
            decoration.height = gap(line);
        } else if !self.blocks.goes_on(block) {
            decoration.height += 2.0;
        }
        (layout, decoration)
    }

    /// The direction of a block: that of the whole line, of which it may be a piece.
    pub(super) fn direction(&self, text: &CanonicalText, block: usize) -> Option<bool> {
        let of = |block: usize| layout::direction_of(&text.as_str()[self.blocks.range(block)]);
        (self.blocks.first_piece(block)..=block).find_map(of)
    }

    pub(super) fn height_of(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, block: usize) -> f32 {
        let height = self.lay(ui, shown, page, block).1.height;
        self.heights.set(block, height);
        height
    }

    /// Brings the scroll position into order (offset inside the top block, no empty page at the end), laying out what it passes.
    pub(super) fn settle(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
        let mut passes = 0;
        while self.top_offset < 0.0 && self.top_block > 0 {
            self.top_block -= 1;
            self.top_offset += self.height_of(ui, shown, page, self.top_block);
            passes += 1;
            if passes > 400 {
                break;
            }
        }
        if self.top_block == 0 && self.top_offset < 0.0 {
            self.top_offset = 0.0;
        }
        while self.top_offset > 0.0 {
            let height = self.height_of(ui, shown, page, self.top_block);
            if self.top_offset < height || self.top_block + 1 >= self.blocks.len() {
                break;
            }
            self.top_offset -= height;
            self.top_block += 1;
        }
        // The end of the text may come up to the middle of the page, not further.
        let mut below = -self.top_offset;
        for block in self.top_block..self.blocks.len() {
            below += self.height_of(ui, shown, page, block);
            if below > page.height() * 0.5 {
                return;
            }
        }
        let missing = page.height() * 0.5 - below;
        if missing > 0.0 && (self.top_block > 0 || self.top_offset > 0.0) {
            self.top_offset -= missing;
            while self.top_offset < 0.0 && self.top_block > 0 {
                self.top_block -= 1;
                self.top_offset += self.height_of(ui, shown, page, self.top_block);
            }
            self.top_offset = self.top_offset.max(0.0);
        }
    }

    pub(super) fn lay_out_page(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
        self.settle(ui, shown, page);
        self.laid.clear();
        let mut y = page.top() + TOP_MARGIN - self.top_offset;
        for block in self.top_block..self.blocks.len() {
            if y > page.bottom() {
                break;
            }
            let (layout, decoration) = self.lay(ui, shown, page, block);
            self.heights.set(block, decoration.height);
            let at = pos2(page.left(), y);
            y += decoration.height;
            self.laid.push(Laid { block, bytes: self.blocks.range(block), at, layout, decoration });
        }
    }

    pub(super) fn bring_into_view(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        byte: usize,
        centre: bool,
    ) {
        let block = self.blocks.at(byte);
        let (layout, decoration) = self.lay(ui, shown, page, block);
        self.heights.set(block, decoration.height);
        let local = byte.saturating_sub(self.blocks.range(block).start);
        let row = layout.row_of(local);
        let within = layout.rows()[row].top + decoration.shift[row];
        let height = layout.rows()[row].height;
        // Distance from the page's top to the row, adding up real heights near by and estimates far away.
        let top = self.heights.top(self.top_block) + f64::from(self.top_offset);
        let y = (self.heights.top(block) + f64::from(within) - top) as f32 + TOP_MARGIN;
        let margin = if centre { page.height() * 0.18 } else { height * 1.5 };
        let fits = y >= margin.min(page.height() / 3.0) && y + height <= page.height() - margin;
        if fits && block >= self.top_block {
            return;
        }
        let wanted = if centre || !(-page.height()..page.height() * 2.0).contains(&y) {
            page.height() * 0.33
        } else if y < page.height() / 2.0 {
            margin
        } else {
            page.height() - margin - height
        };
        self.top_block = block;
        self.top_offset = within - wanted + TOP_MARGIN;
        self.settle(ui, shown, page);
    }

    /// How far down the text the page's top is, 0 to 1.
    pub fn progress(&self) -> f32 {
        let total = self.heights.total();
        if total <= 0.0 {
            return 0.0;
        }
        ((self.heights.top(self.top_block.min(self.heights.len())) + f64::from(self.top_offset)) / total)
            as f32
    }
}

/// The page's margin above the first block.
pub(super) const TOP_MARGIN: f32 = 14.0;

/// A blank line's height.
fn gap(line: f32) -> f32 {
    (line * 0.55).round()
}

fn sentence_starts(text: &CanonicalText) -> Vec<usize> {
    let mut starts = Vec::new();
    for paragraph in text.paragraphs() {
        starts.extend(crate::text::sentences(text.as_str(), paragraph).into_iter().map(|s| s.start));
    }
    starts
}
