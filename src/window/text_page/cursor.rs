//! The caret on the page and the selection that it draws: steps left and right as the eye sees them, up and down by rows, the widening
//! of a selection, and selecting by the pointer.

use egui::{Pos2, Rect, Ui, pos2};
use std::ops::Range;

use super::blocks::Blocks;
use super::caret::{self, CaretAct, Selection, Unit};
use super::column::{Around, Column, Laid, Sheet, direction};
use super::layout::{self, BlockLayout, Place};
use crate::text::{CanonicalText, prev_grapheme};

/// Presses as close to each other as this, in seconds and points, are one double click.
const AGAIN: (f64, f32) = (0.4, 6.0);

/// How far the pointer moves before a press is a drag, in points.
const SLACK: f32 = 3.0;

/// What a drag of the pointer grows from: whole words after a double click, whole sentences after a triple.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// What it takes whole.
    pub unit: Unit,
    /// What the press took, in bytes.
    pub origin: Range<usize>,
}

/// Caret and selection.
#[derive(Default)]
pub struct Cursor {
    selection: Selection,
    /// The byte that the caret was last moved to, and which of the places it has on the page was meant.
    place: Option<(usize, Place)>,
    wanted_x: Option<f32>,
    widenings: Vec<Range<usize>>,
    /// How many presses came in a row, when the last was and where.
    clicks: (u32, f64, Pos2),
    /// The selection that the desktop was told of.
    told: Range<usize>,
}

impl Cursor {
    /// A caret alone.
    pub fn at(byte: usize) -> Self {
        Self { selection: Selection::caret(byte), ..Self::default() }
    }

    /// What is selected; with nothing selected, where the caret is.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Selects, or puts the caret somewhere.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.wanted_x = None;
        self.widenings.clear();
    }

    /// Brings caret and selection into a text that is so many bytes long.
    pub fn keep_within(&mut self, length: usize) {
        let Selection { anchor, head } = self.selection;
        self.selection = Selection { anchor: anchor.min(length), head: head.min(length) };
    }

    /// Where a caret at `byte` stood in the last frame, on screen; `None` if it was not in view.
    pub fn rect<A: Around>(&self, column: &Column<A>, byte: usize) -> Option<Rect> {
        let laid: &Laid<A> = column.laid_at(byte)?;
        let place = self.place_in(&*laid.layout, laid.bytes.start, byte);
        let (x, row) = (laid.layout.x_at(place), place.row);
        Some(layout::caret_rect(pos2(laid.at.x, 0.0), x, laid.row_top(row), laid.row_height(row)))
    }

    /// Where a caret at `byte` stands in a block that starts at `start`: where it was last moved to, else before its character.
    fn place_in(&self, layout: &dyn BlockLayout, start: usize, byte: usize) -> Place {
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
    fn stand_at(&mut self, start: usize, place: Place) -> usize {
        let byte = start + place.byte;
        self.place = Some((byte, place));
        byte
    }

    /// Does what was asked for by keys; gives the byte to bring into view, if there is one.
    pub fn perform<A>(&mut self, sheet: &Sheet<'_, A>, blocks: &Blocks, act: CaretAct) -> Option<usize> {
        match act {
            CaretAct::Move { unit, forward, extend } => {
                let to = self.moved(sheet, blocks, unit, forward, extend);
                if !matches!(unit, Unit::Row | Unit::Page) {
                    self.wanted_x = None;
                }
                self.selection.head = to;
                if !extend {
                    self.selection.anchor = to;
                }
                self.widenings.clear();
                Some(to)
            }
            CaretAct::Expand => {
                let range = self.selection.range();
                let wider = caret::expanded(sheet.text, range.clone());
                if wider != range {
                    self.widenings.push(range);
                    self.selection = Selection::of(wider);
                }
                None
            }
            CaretAct::Contract => {
                if let Some(range) = self.widenings.pop() {
                    self.selection = Selection::of(range);
                }
                None
            }
            CaretAct::All => {
                self.selection = Selection::of(0..sheet.text.len_bytes());
                None
            }
        }
    }

    fn moved<A>(
        &mut self,
        sheet: &Sheet<'_, A>,
        blocks: &Blocks,
        unit: Unit,
        forward: bool,
        extend: bool,
    ) -> usize {
        let from = self.selection.head;
        // Left and right are directions on the page; which way the text runs decides what is forward.
        let onwards = |byte: usize| forward != (direction(blocks, sheet.text, blocks.at(byte)) == Some(true));
        match unit {
            // Without Shift, an arrow leaves a selection at its edge.
            Unit::Character if !extend && !self.selection.is_empty() => {
                let range = self.selection.range();
                if onwards(range.start) { range.end } else { range.start }
            }
            Unit::Character => self.step_aside(sheet, blocks, from, forward),
            Unit::Row | Unit::Page => self.step_by_rows(sheet, blocks, from, unit, forward),
            Unit::RowEdge => self.row_edge(sheet, blocks, from, forward),
            Unit::Word if extend && onwards(from) => caret::word_end_after(sheet.text, from),
            Unit::Word | Unit::Sentence => caret::step(sheet.text, from, unit, onwards(from)).unwrap_or(from),
            Unit::Paragraph | Unit::Text => caret::step(sheet.text, from, unit, forward).unwrap_or(from),
        }
    }

    /// One step to the left or right on the page, which in text of two directions is now forward, now backward.
    fn step_aside<A>(&mut self, sheet: &Sheet<'_, A>, blocks: &Blocks, from: usize, right: bool) -> usize {
        let block = blocks.at(from);
        let layout = sheet.set(blocks, block);
        let start = blocks.range(block).start;
        let place = self.place_in(&*layout, start, from);
        if let Some(next) = layout::step(&*layout, place, right) {
            return self.stand_at(start, next);
        }
        let onwards = right != layout.is_rtl();
        let next = match onwards {
            true if block + 1 < blocks.len() => block + 1,
            false if block > 0 => block - 1,
            _ => return from,
        };
        let layout = sheet.set(blocks, next);
        let start = blocks.range(next).start;
        let row = if onwards { 0 } else { layout.rows().len() - 1 };
        let entered = layout.edge(row, onwards == layout.is_rtl());
        // Pieces of one line share the byte between them, which is one place and not two.
        let seam = blocks.goes_on(block.min(next));
        let to = if seam { layout::step(&*layout, entered, right).unwrap_or(entered) } else { entered };
        self.stand_at(start, to)
    }

    /// The edge of the row that the caret stands in.
    fn row_edge<A>(&mut self, sheet: &Sheet<'_, A>, blocks: &Blocks, from: usize, forward: bool) -> usize {
        let block = blocks.at(from);
        let layout = sheet.set(blocks, block);
        let start = blocks.range(block).start;
        let row = self.place_in(&*layout, start, from).row;
        let bytes = layout.rows()[row].bytes.clone();
        if !forward {
            let place = layout.edge(row, layout.is_rtl());
            return if place.byte == bytes.start { self.stand_at(start, place) } else { start + bytes.start };
        }
        // At a soft break the caret belongs to the later row; keep it in its own.
        let soft = row + 1 < layout.rows().len();
        let end = start + bytes.end;
        if soft { prev_grapheme(sheet.text.as_str(), end) } else { end }
    }

    /// One row, or about a page of rows, up or down; the caret keeps its distance from the left as long as rows allow.
    fn step_by_rows<A>(
        &mut self,
        sheet: &Sheet<'_, A>,
        blocks: &Blocks,
        from: usize,
        unit: Unit,
        forward: bool,
    ) -> usize {
        let mut block = blocks.at(from);
        let mut layout = sheet.set(blocks, block);
        let place = self.place_in(&*layout, blocks.range(block).start, from);
        let mut row = place.row;
        let x = self.wanted_x.unwrap_or_else(|| layout.x_at(place));
        let steps = if unit == Unit::Page {
            ((sheet.page.height() / sheet.usual_row) as usize).saturating_sub(3).max(1)
        } else {
            1
        };
        for _ in 0..steps {
            if forward && row + 1 < layout.rows().len() {
                row += 1;
            } else if !forward && row > 0 {
                row -= 1;
            } else {
                let next = |from: usize| match forward {
                    true => Some(from + 1).filter(|n| *n < blocks.len()),
                    false => from.checked_sub(1),
                };
                let Some(mut to) = next(block) else {
                    return if forward { sheet.text.len_bytes() } else { 0 };
                };
                // A blank line between paragraphs is no stop of its own: a row down is a row of text down.
                if blocks.range(to).is_empty() {
                    to = next(to).unwrap_or(to);
                }
                block = to;
                layout = sheet.set(blocks, block);
                row = if forward { 0 } else { layout.rows().len() - 1 };
            }
        }
        self.wanted_x = Some(x);
        let place = layout.place_at(row, x);
        let here = &layout.rows()[row].bytes;
        // At a soft break the caret belongs to the later row; keep it in the row it was sent to.
        let soft_end = row + 1 < layout.rows().len() && place.byte >= here.end && place.byte > here.start;
        let start = blocks.range(block).start;
        if soft_end {
            prev_grapheme(sheet.text.as_str(), start + place.byte)
        } else {
            self.stand_at(start, place)
        }
    }

    // The pointer.

    /// A press at a place: says what a drag grows from. One press takes the place, two a word, three a sentence, four a paragraph.
    pub fn press(&mut self, ui: &Ui, text: &CanonicalText, at: Pos2, (byte, place): (usize, Place)) -> Drag {
        let time = ui.input(|i| i.time);
        let (turns, before, there) = self.clicks;
        let again = time - before < AGAIN.0 && at.distance(there) < AGAIN.1;
        self.clicks = (if again { turns + 1 } else { 1 }, time, at);
        self.place = Some((byte, place));
        let unit = match self.clicks.0 {
            1 => Unit::Character,
            2 => Unit::Word,
            3 => Unit::Sentence,
            _ => Unit::Paragraph,
        };
        Drag { unit, origin: whole(text, byte, unit) }
    }

    /// Selects what a press took, or, with Shift, from the anchor to there.
    pub fn take(&mut self, drag: &Drag, extend: bool) {
        self.select(match extend {
            true => {
                let head = self.place.map_or(drag.origin.start, |(byte, _)| byte);
                Selection { anchor: self.selection.anchor, head }
            }
            false => Selection::of(drag.origin.clone()),
        });
    }

    /// Selects up to where the pointer is now. `false` while it has hardly moved since the press.
    pub fn drag_to(
        &mut self,
        text: &CanonicalText,
        drag: &Drag,
        at: Pos2,
        (byte, place): (usize, Place),
        extend: bool,
    ) -> bool {
        if self.clicks.2.distance(at) <= SLACK && !extend {
            return false;
        }
        self.place = Some((byte, place));
        let here = whole(text, byte, drag.unit);
        self.selection = if extend && drag.unit == Unit::Character {
            Selection { anchor: self.selection.anchor, head: byte }
        } else if byte < drag.origin.start {
            Selection { anchor: drag.origin.end, head: here.start }
        } else {
            Selection { anchor: drag.origin.start, head: here.end.max(drag.origin.end) }
        };
        true
    }

    /// Gives a settled selection to the desktop, which on X11 and Wayland pastes it with the middle button.
    pub fn tell_desktop(&mut self, ui: &Ui, text: &CanonicalText) {
        let range = self.selection.range();
        if range == self.told {
            return;
        }
        self.told = range.clone();
        if let Some(text) = text.as_str().get(range).filter(|text| !text.is_empty()) {
            ui.ctx().send_cmd(egui::OutputCommand::TextSelectionSettled(text.to_owned()));
        }
    }
}

/// The unit around a byte; of characters none, for between them the caret stands.
fn whole(text: &CanonicalText, byte: usize, unit: Unit) -> Range<usize> {
    if unit == Unit::Character { byte..byte } else { caret::unit_at(text, byte, unit) }
}
