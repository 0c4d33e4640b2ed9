//! The pointer over the text: selecting, taking hold of edges, pointing at spans, scrolling and zooming.

use super::shown::{Shown, ViewEvent};
use super::view::ArticleView;
use crate::model::SpanId;
use crate::text::{ByteOffset, CanonicalText, CodePoint};
use crate::window::text_page::caret::Unit;
use crate::window::text_page::layout::{Affinity, Place};
use crate::window::text_page::{Cursor, Drag};
use egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Ui};

/// What the pointer is in the middle of.
pub(super) enum Hand {
    Selecting(Drag),
    Edge { span: SpanId, part: usize, start: bool, gesture: u64, to: Option<usize> },
}

impl ArticleView {
    /// Scrolls by wheel and touchpad, zooms by both with Ctrl or by pinching, and scrolls on while something is dragged past an edge.
    pub(super) fn scroll_by_wheel(
        &mut self,
        ui: &Ui,
        response: &Response,
        page: Rect,
        events: &mut Vec<ViewEvent>,
    ) {
        let pointer = ui.input(|i| i.pointer.latest_pos());
        if response.contains_pointer() && self.list.is_none() {
            // egui gives what is scrolled with Ctrl as zoom and not as scrolling.
            let (delta, zoom) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
            if zoom != 1.0 {
                if let Some(at) = pointer {
                    self.column.hold_near(at.y);
                }
                // A notch of a wheel is a tenth, as people know it from elsewhere.
                events.push(ViewEvent::Zoom(zoom.sqrt()));
            } else if delta != 0.0 {
                self.column.scroll(-delta);
            }
        }
        if self.hand.is_some()
            && let Some(at) = pointer
        {
            self.column.scroll_to_drag(ui, page, at);
        }
    }

    /// Shows a byte at the top of the page, as it was left.
    pub fn restore(&mut self, top: usize, caret: usize) {
        self.cursor = Cursor::at(caret);
        self.reveal = None;
        self.column.put_at_top(top);
    }

    /// The byte at the page's top: what [`Self::restore`] takes. 0 while the article's beginning is in view.
    pub fn top_byte(&self) -> usize {
        self.column.top_byte()
    }

    /// Where the edge that is being dragged would come to lie: x, top and bottom of a guide.
    pub(super) fn edge_guide(&self) -> Option<(f32, f32, f32)> {
        let Some(Hand::Edge { to: Some(byte), .. }) = &self.hand else { return None };
        let rect = self.caret_rect(*byte)?;
        Some((rect.left(), rect.top(), rect.bottom()))
    }

    pub(super) fn pointer(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        response: &Response,
        bar: Rect,
        selected: Option<&SpanId>,
        events: &mut Vec<ViewEvent>,
    ) {
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else {
            return;
        };
        let modifiers = ui.input(|i| i.modifiers);
        let pressed = ui.input(|i| i.pointer.button_pressed(PointerButton::Primary));
        let down = ui.input(|i| i.pointer.button_down(PointerButton::Primary));
        let edge = self.edge_at(shown.text, selected, at);
        let aside = bar.contains(at) || self.controls.iter().any(|rect| rect.contains(at));
        if response.contains_pointer() && self.hand.is_none() && !aside {
            ui.set_cursor_icon(if edge.is_some() { CursorIcon::ResizeHorizontal } else { CursorIcon::Text });
        }
        if pressed && response.contains_pointer() && !aside {
            response.request_focus();
            if let Some((span, part, start)) = edge {
                self.gestures += 1;
                self.hand = Some(Hand::Edge { span, part, start, gesture: gesture(self.gestures), to: None });
            } else if let Some(place) = self.place_under(at) {
                let before = self.cursor.selection();
                let drag = self.cursor.press(ui, shown.text, at, place);
                match (modifiers.shift, modifiers.command) {
                    (true, _) => {}
                    (false, true) if !before.is_empty() && drag.unit == Unit::Character => {
                        self.more.push(before.range());
                    }
                    (false, true) => {}
                    (false, false) => self.more.clear(),
                }
                self.cursor.take(&drag, modifiers.shift);
                self.hand = Some(Hand::Selecting(drag));
            }
        }
        let mut dragged_to = None;
        match &self.hand {
            Some(Hand::Selecting(drag)) if down => {
                if let Some(place) = self.place_under(at) {
                    self.cursor.drag_to(shown.text, drag, at, place, modifiers.shift);
                }
            }
            Some(Hand::Edge { span, part, start, gesture, .. }) if down => {
                if let Some(byte) = self.byte_at(at) {
                    // Alt is the way to a character while selections grow to words.
                    let snap = self.snap && !modifiers.alt;
                    let byte = if snap { snapped_edge(shown.text, byte) } else { byte };
                    dragged_to = Some(byte);
                    if let Some(to) = shown.text.code_point_of(ByteOffset(byte as u32)) {
                        events.push(ViewEvent::DragEdge {
                            span: span.clone(),
                            part: *part,
                            start: *start,
                            to,
                            gesture: *gesture,
                        });
                    }
                }
            }
            Some(Hand::Selecting(drag)) => {
                // Released. A plain click that selected nothing points at a span; again at the next one of the overlap.
                let plain = drag.unit == Unit::Character
                    && self.cursor.selection().is_empty()
                    && !modifiers.shift
                    && !modifiers.command;
                self.hand = None;
                if plain {
                    let spans = self.spans_at(shown, at);
                    let place = self.code_point_under(shown.text, at).unwrap_or_default();
                    let turn = match self.cycle {
                        Some((before, turn))
                            if before == place && spans.iter().any(|s| Some(&s.id) == selected) =>
                        {
                            turn + 1
                        }
                        _ => 0,
                    };
                    self.cycle = Some((place, turn));
                    let hit = if spans.is_empty() {
                        None
                    } else {
                        spans.get(turn % spans.len()).map(|s| s.id.clone())
                    };
                    events.push(ViewEvent::Select(hit));
                }
            }
            Some(_) => self.hand = None,
            None => {}
        }
        if let (Some(byte), Some(Hand::Edge { to, .. })) = (dragged_to, &mut self.hand) {
            *to = Some(byte);
        }
        if response.secondary_clicked() {
            if self.cursor.selection().is_empty()
                && let Some(span) = self.spans_at(shown, at).first()
            {
                events.push(ViewEvent::Select(Some(span.id.clone())));
            }
            events.push(ViewEvent::Menu(at));
        }
    }

    /// The edge of the selected span that the pointer can take hold of here: where a caret before or after the part would stand.
    fn edge_at(
        &self,
        text: &CanonicalText,
        selected: Option<&SpanId>,
        at: Pos2,
    ) -> Option<(SpanId, usize, bool)> {
        let selected = selected?;
        for laid in self.laid() {
            for segment in laid.around.segments.iter().filter(|s| s.span.id == *selected) {
                let top = laid.row_top(segment.row);
                if !(top..=top + laid.row_height(segment.row) + 4.0).contains(&at.y) {
                    continue;
                }
                let part = segment.span.parts.iter().nth(segment.part)?;
                let near = |at_place: CodePoint, affinity: Affinity| {
                    let byte = text.byte_of(at_place).map_or(laid.bytes.end, |b| b.index());
                    let local = byte.clamp(laid.bytes.start, laid.bytes.end) - laid.bytes.start;
                    let x = laid.layout.x_at(Place { row: segment.row, byte: local, affinity });
                    (laid.at.x + x - at.x).abs() <= 3.5
                };
                if segment.starts && near(part.start(), Affinity::After) {
                    return Some((selected.clone(), segment.part, true));
                }
                if segment.ends && near(part.end(), Affinity::Before) {
                    return Some((selected.clone(), segment.part, false));
                }
            }
        }
        None
    }

    /// Whether the user is in the middle of a drag.
    pub fn is_dragging(&self) -> bool {
        self.hand.is_some()
    }
}

/// Gestures of the pointer are numbered apart from those of the keyboard.
fn gesture(n: u64) -> u64 {
    n << 1 | 1
}

fn snapped_edge(text: &CanonicalText, byte: usize) -> usize {
    match crate::text::word_at(text.as_str(), byte) {
        // The nearer edge of the word decides, so that dragging feels like stepping from word to word.
        Some(word) if byte > word.start && byte < word.end => {
            let nearer_start = byte - word.start < word.end - byte;
            if nearer_start { word.start } else { word.end }
        }
        _ => byte,
    }
}
