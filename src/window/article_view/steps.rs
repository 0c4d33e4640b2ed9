//! The caret's steps on the page: left and right as the eye sees them, up and down by rows, and the widening of a selection.

use egui::{Rect, Ui};

use super::caret::{self, Selection, Unit};
use super::layout::{self, BlockLayout, Place};
use super::shown::{CaretAct, Shown};
use super::view::ArticleView;
use crate::text::CanonicalText;

impl ArticleView {
    /// Where a caret at `byte` stands in a block that starts at `start`: where it was last moved to, else before its character.
    pub(super) fn place_in(&self, layout: &dyn BlockLayout, start: usize, byte: usize) -> Place {
        let local = byte - start;
        let kept = self.place.filter(|(at, place)| {
            let row = layout.rows().get(place.row);
            *at == byte
                && place.byte == local
                && row.is_some_and(|row| row.bytes.start <= local && local <= row.bytes.end)
        });
        kept.map_or(Place { row: layout.row_of(local), byte: local, ..Place::default() }, |(_, place)| place)
    }

    /// Remembers which place of a byte the caret is at.
    pub(super) fn stand_at(&mut self, start: usize, place: Place) -> usize {
        let byte = start + place.byte;
        self.place = Some((byte, place));
        byte
    }

    /// Whether the text at a place runs from right to left, where the arrow keys point the other way.
    pub(super) fn runs_left(&self, text: &CanonicalText, byte: usize) -> bool {
        self.direction(text, self.blocks.at(byte)) == Some(true)
    }

    /// One step to the left or right on the page, which in text of two directions is now forward, now backward.
    pub(super) fn step_aside(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        from: usize,
        right: bool,
    ) -> usize {
        let block = self.blocks.at(from);
        let layout = self.lay(ui, shown, page, block).0;
        let start = self.blocks.range(block).start;
        let place = self.place_in(&*layout, start, from);
        if let Some(next) = layout::step(&*layout, place, right) {
            return self.stand_at(start, next);
        }
        let onwards = right != layout.is_rtl();
        let next = match onwards {
            true if block + 1 < self.blocks.len() => block + 1,
            false if block > 0 => block - 1,
            _ => return from,
        };
        let layout = self.lay(ui, shown, page, next).0;
        let start = self.blocks.range(next).start;
        let row = if onwards { 0 } else { layout.rows().len() - 1 };
        let entered = layout.edge(row, onwards == layout.is_rtl());
        // Pieces of one line share the byte between them, which is one place and not two.
        let seam = self.blocks.goes_on(block.min(next));
        let to = if seam { layout::step(&*layout, entered, right).unwrap_or(entered) } else { entered };
        self.stand_at(start, to)
    }

    pub(super) fn perform(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, act: CaretAct) {
        match act {
            CaretAct::Move { unit, forward, extend } => {
                let from = match (extend, self.selection.is_empty(), unit) {
                    // Without Shift, an arrow leaves a selection at its edge.
                    (false, false, Unit::Character) => {
                        let range = self.selection.range();
                        let onwards = forward != self.runs_left(shown.text, range.start);
                        let edge = if onwards { range.end } else { range.start };
                        self.selection = Selection::caret(edge);
                        self.wanted_x = None;
                        self.reveal(edge, false);
                        return;
                    }
                    _ => self.selection.head,
                };
                // Left and right are directions on the page; which way the text runs decides what is forward.
                let forward = match unit {
                    Unit::Word | Unit::Sentence => forward != self.runs_left(shown.text, from),
                    _ => forward,
                };
                let to = match unit {
                    Unit::Character => {
                        self.wanted_x = None;
                        self.step_aside(ui, shown, page, from, forward)
                    }
                    Unit::Row | Unit::Page | Unit::RowEdge => {
                        self.step_by_rows(ui, shown, page, from, unit, forward)
                    }
                    Unit::Word if extend && forward => {
                        self.wanted_x = None;
                        caret::word_end_after(shown.text, from)
                    }
                    unit => {
                        self.wanted_x = None;
                        caret::step(shown.text, from, unit, forward).unwrap_or(from)
                    }
                };
                self.selection.head = to;
                if !extend {
                    self.selection.anchor = to;
                    self.more.clear();
                }
                self.widenings.clear();
                self.reveal(to, false);
            }
            CaretAct::Expand => {
                let range = self.selection.range();
                let wider = caret::expanded(shown.text, range.clone());
                if wider != range {
                    self.widenings.push(range);
                    self.selection = Selection::of(wider);
                }
            }
            CaretAct::Contract => {
                if let Some(range) = self.widenings.pop() {
                    self.selection = Selection::of(range);
                }
            }
            CaretAct::All => self.selection = Selection::of(0..shown.text.len_bytes()),
        }
    }

    pub(super) fn step_by_rows(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        from: usize,
        unit: Unit,
        forward: bool,
    ) -> usize {
        let mut block = self.blocks.at(from);
        let (mut layout, _) = self.lay(ui, shown, page, block);
        let local = from - self.blocks.range(block).start;
        let place = self.place_in(&*layout, from - local, from);
        let mut row = place.row;
        if unit == Unit::RowEdge {
            self.wanted_x = None;
            let bytes = layout.rows()[row].bytes.clone();
            let start = self.blocks.range(block).start;
            if !forward {
                let place = layout.edge(row, layout.is_rtl());
                return if place.byte == bytes.start {
                    self.stand_at(start, place)
                } else {
                    start + bytes.start
                };
            }
            let soft = row + 1 < layout.rows().len();
            let end = start + bytes.end;
            return if soft { crate::text::prev_grapheme(shown.text.as_str(), end) } else { end };
        }
        let x = self.wanted_x.unwrap_or_else(|| layout.x_at(place));
        let steps = if unit == Unit::Page {
            ((page.height() / self.line_height(shown)) as usize).saturating_sub(3).max(1)
        } else {
            1
        };
        for _ in 0..steps {
            if forward {
                if row + 1 < layout.rows().len() {
                    row += 1;
                } else if block + 1 < self.blocks.len() {
                    block += 1;
                    layout = self.lay(ui, shown, page, block).0;
                    row = 0;
                    // A blank line between paragraphs is no stop of its own: a row down is a row of text down.
                    if self.blocks.range(block).is_empty() && block + 1 < self.blocks.len() {
                        block += 1;
                        layout = self.lay(ui, shown, page, block).0;
                    }
                } else {
                    return shown.text.len_bytes();
                }
            } else if row > 0 {
                row -= 1;
            } else if block > 0 {
                block -= 1;
                if self.blocks.range(block).is_empty() && block > 0 {
                    block -= 1;
                }
                layout = self.lay(ui, shown, page, block).0;
                row = layout.rows().len() - 1;
            } else {
                return 0;
            }
        }
        self.wanted_x = Some(x);
        let place = layout.place_at(row, x);
        let byte = place.byte;
        let here = &layout.rows()[row].bytes;
        // At a soft break the caret belongs to the later row; keep it in the row it was sent to.
        let last_of_soft_row = row + 1 < layout.rows().len() && byte >= here.end && byte > here.start;
        let start = self.blocks.range(block).start;
        if last_of_soft_row {
            crate::text::prev_grapheme(shown.text.as_str(), start + byte)
        } else {
            self.stand_at(start, place)
        }
    }
}
