//! The caret and the selection in the review's text: by pointer, by keys, and by what assistive technology asks for. A comment can be
//! begun on what is selected, whether anybody tagged it or not.

use egui::{Painter, Pos2, Rect, Response, Ui};
use std::ops::Range;

use super::arrange::Arranged;
use super::{Laid, LanesView, Shown};
use crate::window::text_page::caret::{CaretAct, Selection};
use crate::window::text_page::layout::Place;
use crate::window::text_page::{Drag, Sheet};

/// What is under way.
#[derive(Default)]
pub(super) struct Selecting {
    drag: Option<Drag>,
    /// What is still to be done, when the page is known.
    acts: Vec<CaretAct>,
    wants_copy: bool,
    /// Whether the user selected something since it was asked.
    changed: bool,
}

impl Selecting {
    /// Whether the pointer is in the middle of it.
    pub(super) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }
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
        self.cursor.select(Selection::of(bytes));
    }

    /// Leaves the selection with the caret where it is; `false` if nothing was selected.
    pub fn deselect(&mut self) -> bool {
        let at = self.selection();
        self.cursor.select(Selection::caret(at.head));
        !at.is_empty()
    }

    /// What is selected, in bytes.
    pub fn selection(&self) -> Selection {
        self.cursor.selection()
    }

    /// Whether the user selected something since this was last asked.
    pub fn took_selection(&mut self) -> bool {
        std::mem::take(&mut self.selecting.changed) && !self.selection().is_empty()
    }

    /// Where a byte's caret stood in the last frame, on screen.
    pub fn caret_rect(&self, byte: usize) -> Option<Rect> {
        self.cursor.rect(&self.column, byte)
    }

    /// The caret place nearest to a place on screen, with its byte.
    fn place_under(&self, at: Pos2) -> Option<(usize, Place)> {
        self.column.place_under(at, |_, _| 0.0)
    }

    /// Selects by the pointer; `true` while a press means a selection and no click on a difference.
    pub(super) fn select_by_pointer(&mut self, ui: &Ui, shown: &Shown<'_>, response: &Response) -> bool {
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else { return false };
        let (pressed, down, shift) =
            ui.input(|i| (i.pointer.primary_pressed(), i.pointer.primary_down(), i.modifiers.shift));
        if pressed
            && response.contains_pointer()
            && let Some(place) = self.place_under(at)
        {
            let drag = self.cursor.press(ui, shown.text, at, place);
            self.cursor.take(&drag, shift);
            self.selecting.drag = Some(drag);
            self.selecting.changed = true;
        }
        if !down {
            self.selecting.drag = None;
            return !self.selection().is_empty();
        }
        let (Some(drag), Some(place)) = (&self.selecting.drag, self.place_under(at)) else { return false };
        if self.cursor.drag_to(shown.text, drag, at, place, shift) {
            self.selecting.changed = true;
            self.column.scroll_to_drag(ui, response.rect, at);
        }
        true
    }

    /// Does what keys asked for.
    pub(super) fn perform(&mut self, sheet: &Sheet<'_, Arranged>) {
        self.cursor.keep_within(sheet.text.len_bytes());
        for act in std::mem::take(&mut self.selecting.acts) {
            if let Some(to) = self.cursor.perform(sheet, self.column.blocks(), act) {
                self.reveal = Some((to, false));
            }
            self.selecting.changed = true;
        }
        if std::mem::take(&mut self.selecting.wants_copy)
            && let Some(words) = sheet.text.as_str().get(self.selection().range()).filter(|w| !w.is_empty())
        {
            sheet.ui.ctx().copy_text(words.to_owned());
        }
    }

    /// Takes the selection that assistive technology asked for.
    pub(super) fn take_asked(&mut self, asked: Option<Selection>) {
        if let Some(asked) = asked {
            self.cursor.select(asked);
            self.selecting.changed = true;
        }
    }
}

/// What is selected, behind the text of a block.
pub(super) fn paint_behind(view: &LanesView, painter: &Painter, shown: &Shown<'_>, laid: &Laid) {
    laid.rects(&view.selection().range(), &mut |rect| {
        painter.rect_filled(rect.shrink2(egui::vec2(0.0, 1.0)), 0.0, shown.tokens.selection);
    });
}
