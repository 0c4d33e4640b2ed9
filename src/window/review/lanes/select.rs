//! The caret and the selection in the review's text: by pointer, by keys, and by what assistive technology asks for. A comment can be
//! begun on what is selected, whether anybody tagged it or not.

use egui::{Painter, Pos2, Rect, Response, Ui, pos2};
use std::ops::Range;

use super::{Laid, LanesView, Shown, paint};
use crate::text::prev_grapheme;
use crate::window::article_view::CaretAct;
use crate::window::article_view::caret::{self, Selection, Unit};
use crate::window::article_view::layout;

/// How far the pointer moves before a press is a drag, in points.
const SLACK: f32 = 3.0;

/// The selection's own state.
#[derive(Default)]
pub(super) struct Selecting {
    pub at: Selection,
    /// What a drag grows from: whole words after a double click, whole sentences after a triple.
    drag: Option<(Unit, Range<usize>)>,
    /// How many presses came in a row, when the last was and where.
    clicks: (u32, f64, Pos2),
    wanted_x: Option<f32>,
    widenings: Vec<Range<usize>>,
    /// What is still to be done, when the page is known.
    acts: Vec<CaretAct>,
    wants_copy: bool,
    /// Whether the user selected something since it was asked.
    changed: bool,
    settled: Range<usize>,
}

impl LanesView {
    /// Moves the caret, or makes the selection grow, at the next frame.
    pub fn act(&mut self, act: CaretAct) {
        self.selecting.acts.push(act);
    }

    /// Copies what is selected at the next frame.
    pub fn copy(&mut self) {
        self.selecting.wants_copy = true;
    }

    /// Selects a range of bytes; an empty one is a caret.
    pub fn select(&mut self, bytes: Range<usize>) {
        self.selecting.at = Selection::of(bytes);
        self.selecting.widenings.clear();
        self.selecting.wanted_x = None;
    }

    /// Leaves the selection with the caret where it is; `false` if nothing was selected.
    pub fn deselect(&mut self) -> bool {
        let at = self.selecting.at;
        self.selecting.at = Selection::caret(at.head);
        !at.is_empty()
    }

    /// What is selected, in bytes.
    pub fn selection(&self) -> Selection {
        self.selecting.at
    }

    /// Whether the user selected something since this was last asked.
    pub fn took_selection(&mut self) -> bool {
        std::mem::take(&mut self.selecting.changed) && !self.selecting.at.is_empty()
    }

    /// Where a byte's caret stood in the last frame, on screen.
    pub fn caret_rect(&self, byte: usize) -> Option<Rect> {
        let laid = self.laid.iter().rev().find(|l| l.bytes.start <= byte && byte <= l.bytes.end)?;
        let local = byte - laid.bytes.start;
        let row = laid.layout.row_of(local);
        let (x, height) = (laid.layout.x_of(row, local), laid.layout.rows()[row].height);
        Some(layout::caret_rect(pos2(laid.at.x, 0.0), x, paint::row_top(laid, row), height))
    }

    /// The byte nearest to a place on screen.
    pub(super) fn byte_at(&self, at: Pos2) -> Option<usize> {
        let laid = self.laid.iter().rev().find(|l| l.at.y <= at.y).or_else(|| self.laid.first())?;
        let rows = laid.layout.rows().len();
        let row = (0..rows).rev().find(|row| paint::row_top(laid, *row) <= at.y).unwrap_or(0);
        Some(laid.bytes.start + laid.layout.place_at(row, at.x - laid.at.x).byte)
    }

    /// Selects by the pointer; `true` while a press means a selection and no click on a difference.
    pub(super) fn select_by_pointer(&mut self, ui: &Ui, shown: &Shown<'_>, response: &Response) -> bool {
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else { return false };
        let (pressed, down, time, shift) =
            ui.input(|i| (i.pointer.primary_pressed(), i.pointer.primary_down(), i.time, i.modifiers.shift));
        if pressed
            && response.contains_pointer()
            && let Some(byte) = self.byte_at(at)
        {
            let s = &mut self.selecting;
            let again = time - s.clicks.1 < 0.4 && at.distance(s.clicks.2) < 6.0;
            s.clicks = (if again { s.clicks.0 + 1 } else { 1 }, time, at);
            let unit = match s.clicks.0 {
                1 => Unit::Character,
                2 => Unit::Word,
                3 => Unit::Sentence,
                _ => Unit::Paragraph,
            };
            let origin =
                if unit == Unit::Character { byte..byte } else { caret::unit_at(shown.text, byte, unit) };
            s.wanted_x = None;
            s.widenings.clear();
            if shift {
                s.at.head = byte;
                s.drag = Some((Unit::Character, s.at.anchor..s.at.anchor));
            } else {
                s.at = Selection::of(origin.clone());
                s.drag = Some((unit, origin));
            }
            s.changed = true;
        }
        if !down {
            self.selecting.drag = None;
            return !self.selecting.at.is_empty();
        }
        let Some((unit, origin)) = self.selecting.drag.clone() else { return false };
        if self.selecting.clicks.2.distance(at) > SLACK
            && let Some(byte) = self.byte_at(at)
        {
            let here = match unit {
                Unit::Character => byte..byte,
                unit => caret::unit_at(shown.text, byte, unit),
            };
            self.selecting.at = if byte < origin.start {
                Selection { anchor: origin.end, head: here.start }
            } else {
                Selection { anchor: origin.start, head: here.end.max(origin.end) }
            };
            self.selecting.changed = true;
            // Beyond the edge the text follows, faster the further out the pointer is.
            let past = (at.y - response.rect.bottom()).max(0.0) + (at.y - response.rect.top()).min(0.0);
            if past != 0.0 {
                let seconds = ui.input(|i| i.stable_dt).min(0.1);
                self.top_offset += (past * 15.0).clamp(-3600.0, 3600.0) * seconds;
                ui.request_repaint();
            }
        }
        true
    }

    /// Does what keys asked for.
    pub(super) fn perform(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
        let length = shown.text.len_bytes();
        let at = &mut self.selecting.at;
        (at.anchor, at.head) = (at.anchor.min(length), at.head.min(length));
        for act in std::mem::take(&mut self.selecting.acts) {
            let range = self.selecting.at.range();
            match act {
                CaretAct::Move { unit, forward, extend } => {
                    self.selecting.widenings.clear();
                    let to = self.moved(ui, shown, page, unit, forward, extend);
                    if !matches!(unit, Unit::Row | Unit::Page) {
                        self.selecting.wanted_x = None;
                    }
                    self.selecting.at.head = to;
                    if !extend {
                        self.selecting.at.anchor = to;
                    }
                    self.reveal = Some(to);
                }
                CaretAct::Expand => {
                    let wider = caret::expanded(shown.text, range.clone());
                    if wider != range {
                        self.selecting.widenings.push(range);
                        self.selecting.at = Selection::of(wider);
                    }
                }
                CaretAct::Contract => {
                    if let Some(range) = self.selecting.widenings.pop() {
                        self.selecting.at = Selection::of(range);
                    }
                }
                CaretAct::All => self.selecting.at = Selection::of(0..length),
            }
            self.selecting.changed = true;
        }
        if std::mem::take(&mut self.selecting.wants_copy)
            && let Some(words) = shown.text.as_str().get(self.selecting.at.range()).filter(|w| !w.is_empty())
        {
            ui.ctx().copy_text(words.to_owned());
        }
    }

    /// Gives a settled selection to the desktop, which on X11 and Wayland pastes it with the middle button.
    pub(super) fn tell_selection(&mut self, ui: &Ui, shown: &Shown<'_>) {
        let range = self.selecting.at.range();
        if self.selecting.drag.is_some() || range == self.selecting.settled {
            return;
        }
        self.selecting.settled = range.clone();
        if let Some(text) = shown.text.as_str().get(range).filter(|text| !text.is_empty()) {
            ui.ctx().send_cmd(egui::OutputCommand::TextSelectionSettled(text.to_owned()));
        }
    }

    /// Takes the selection that assistive technology asked for.
    pub(super) fn take_asked(&mut self, asked: Option<Selection>) {
        if let Some(asked) = asked {
            self.selecting.at = asked;
            self.selecting.changed = true;
        }
    }

    fn moved(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        unit: Unit,
        forward: bool,
        extend: bool,
    ) -> usize {
        let Selection { head, .. } = self.selecting.at;
        let text = shown.text;
        // Left and right are directions on the page; which way a paragraph runs decides what is forward.
        let runs_left = self.lay(ui, shown, page, self.blocks.at(head)).0.is_rtl();
        let onwards = match unit {
            Unit::Character | Unit::Word | Unit::Sentence => forward != runs_left,
            _ => forward,
        };
        match unit {
            Unit::Character if !extend && !self.selecting.at.is_empty() => {
                let range = self.selecting.at.range();
                if onwards { range.end } else { range.start }
            }
            Unit::Word if extend && onwards => caret::word_end_after(text, head),
            Unit::Row | Unit::Page => self.by_rows(ui, shown, page, unit, forward),
            Unit::RowEdge => {
                let block = self.blocks.at(head);
                let (layout, _) = self.lay(ui, shown, page, block);
                let start = self.blocks.range(block).start;
                let row = layout.row_of(head - start);
                let bytes = layout.rows()[row].bytes.clone();
                match (forward, row + 1 < layout.rows().len()) {
                    (false, _) => start + bytes.start,
                    // At a soft break the caret belongs to the later row; keep it in its own.
                    (true, true) => prev_grapheme(text.as_str(), start + bytes.end),
                    (true, false) => start + bytes.end,
                }
            }
            unit => caret::step(text, head, unit, onwards).unwrap_or(head),
        }
    }

    fn by_rows(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, unit: Unit, forward: bool) -> usize {
        let head = self.selecting.at.head;
        let mut block = self.blocks.at(head);
        let (mut layout, _) = self.lay(ui, shown, page, block);
        let local = head - self.blocks.range(block).start;
        let mut row = layout.row_of(local);
        let x = self.selecting.wanted_x.unwrap_or_else(|| layout.x_of(row, local));
        let steps = if unit == Unit::Page { (page.height() / 60.0).max(1.0) as usize } else { 1 };
        for _ in 0..steps {
            if forward && row + 1 < layout.rows().len() {
                row += 1;
            } else if !forward && row > 0 {
                row -= 1;
            } else {
                // A blank line between paragraphs is no stop of its own.
                let next = |from: usize| match forward {
                    true => Some(from + 1).filter(|n| *n < self.blocks.len()),
                    false => from.checked_sub(1),
                };
                let Some(mut to) = next(block) else {
                    return if forward { shown.text.len_bytes() } else { 0 };
                };
                if self.blocks.range(to).is_empty() {
                    to = next(to).unwrap_or(to);
                }
                block = to;
                layout = self.lay(ui, shown, page, block).0;
                row = if forward { 0 } else { layout.rows().len() - 1 };
            }
        }
        self.selecting.wanted_x = Some(x);
        let start = self.blocks.range(block).start;
        let byte = layout.place_at(row, x).byte;
        let here = &layout.rows()[row].bytes;
        let later_row = row + 1 < layout.rows().len() && byte >= here.end && byte > here.start;
        if later_row { prev_grapheme(shown.text.as_str(), start + byte) } else { start + byte }
    }
}

/// What is selected, behind the text of a block.
pub(super) fn paint_behind(view: &LanesView, painter: &Painter, shown: &Shown<'_>, laid: &Laid) {
    let range = view.selecting.at.range();
    let (from, to) = (range.start.max(laid.bytes.start), range.end.min(laid.bytes.end));
    if from >= to {
        return;
    }
    laid.layout.extents(from - laid.bytes.start..to - laid.bytes.start, &mut |row, x0, x1| {
        painter.rect_filled(paint::text_rect(laid, row, x0, x1), 0.0, shown.tokens.selection);
    });
}
