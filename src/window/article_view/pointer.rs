//! The pointer over the text: selecting, taking hold of edges, pointing at spans, scrolling and zooming.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Ui};
use std::ops::Range;

use super::caret::{self, Selection, Unit};
use super::layout::{Affinity, Place};
use super::page::TOP_MARGIN;
use super::shown::{Shown, ViewEvent};
use super::view::ArticleView;
use crate::model::SpanId;
use crate::text::{ByteOffset, CanonicalText, CodePoint};

/// What the pointer is in the middle of.
pub(super) enum Drag {
    Selecting { unit: Unit, origin: Range<usize> },
    Edge { span: SpanId, part: usize, start: bool, gesture: u64, to: Option<usize> },
}

/// A place in the text that stands, or is to stand, at a height of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hold {
    /// The place.
    byte: usize,
    /// Distance from the page's top.
    y: f32,
    /// Which part of the row's height is there: 0 its top, 1 its bottom.
    share: f32,
}

impl Hold {
    /// A place whose row is to be the first on the page.
    pub fn top(byte: usize) -> Self {
        Self { byte, y: TOP_MARGIN, share: 0.0 }
    }
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
                self.held = pointer.and_then(|at| self.row_near(at.y)).or(self.held);
                // A notch of a wheel is a tenth, as people know it from elsewhere.
                events.push(ViewEvent::Zoom(zoom.sqrt()));
            } else if delta != 0.0 {
                self.top_offset -= delta;
                self.held = None;
            }
        }
        // Selecting beyond the edge scrolls, faster the further out the pointer is; as fast on a slow machine as on a quick one.
        if matches!(self.drag, Some(Drag::Selecting { .. } | Drag::Edge { .. }))
            && let Some(at) = pointer
        {
            let past = if at.y < page.top() { at.y - page.top() } else { (at.y - page.bottom()).max(0.0) };
            if past != 0.0 {
                let seconds = ui.input(|i| i.stable_dt).min(0.1);
                self.top_offset += (past * 15.0).clamp(-3600.0, 3600.0) * seconds;
                self.held = None;
                ui.request_repaint();
            }
        }
    }

    /// The row that is nearest to a height of the screen.
    fn row_near(&self, y: f32) -> Option<Hold> {
        let page = self.page?;
        let rows = self.laid.iter().flat_map(|laid| {
            let rows = laid.layout.rows().iter().enumerate();
            rows.map(move |(n, row)| {
                (laid.bytes.start + row.bytes.start, laid.row_top(n), laid.row_height(n))
            })
        });
        let away = |top: f32, height: f32| (top + height / 2.0 - y).abs();
        let nearest = rows.min_by(|a, b| away(a.1, a.2).total_cmp(&away(b.1, b.2)))?;
        let share = (y - nearest.1) / nearest.2.max(1.0);
        Some(Hold { byte: nearest.0, y: y - page.top(), share })
    }

    /// When rows are about to break anew, because the page or the text's size is another, remembers what is to stay in place: what
    /// the pointer zooms at, else the first row in view.
    pub(super) fn hold(&mut self, shown: &Shown<'_>, width: f32) {
        let style = shown.style;
        let same = self.key.is_none_or(|(_, w, size, serif, family)| {
            (w, size, serif, family) == (width.to_bits(), style.size.to_bits(), style.serif, style.family)
        });
        if same || self.laid.is_empty() || self.put.is_some() {
            return;
        }
        let top = self.page.map_or(0.0, |page| page.top());
        if self.held.is_none() && (self.top_block > 0 || self.top_offset > 1.0) {
            let caret = self
                .caret_rect(self.selection.head)
                .filter(|r| self.page.is_some_and(|p| p.contains_rect(*r)));
            self.held = match caret {
                Some(rect) => self.row_near(rect.center().y),
                None => self.row_near(top + TOP_MARGIN),
            };
        }
        self.put = self.held;
    }

    /// Brings the row of a byte to a height of the page.
    pub(super) fn put_at(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, hold: Hold) {
        let byte = hold.byte.min(shown.text.len_bytes());
        let block = self.blocks.at(byte);
        let (layout, decoration) = self.lay(ui, shown, page, block);
        self.heights.set(block, decoration.height);
        let row = layout.row_of(byte.saturating_sub(self.blocks.range(block).start));
        self.top_block = block;
        let here = &layout.rows()[row];
        self.top_offset = here.top + here.height * hold.share + decoration.shift[row] - hold.y + TOP_MARGIN;
        self.settle(ui, shown, page);
    }

    /// Shows a byte at the top of the page, as it was left.
    pub fn restore(&mut self, top: usize, caret: usize) {
        self.selection = Selection::caret(caret);
        self.reveal = None;
        self.put = Some(Hold::top(top));
    }

    /// The byte at the page's top: what [`Self::restore`] takes. 0 while the article's beginning is in view.
    pub fn top_byte(&self) -> usize {
        if self.top_block == 0 && self.top_offset <= 1.0 {
            return 0;
        }
        self.page.and_then(|page| self.row_near(page.top() + TOP_MARGIN)).map_or(0, |hold| hold.byte)
    }

    /// Gives a settled selection to the desktop, which on X11 and Wayland pastes it with the middle button.
    pub(super) fn tell_selection(&mut self, ui: &Ui, shown: &Shown<'_>) {
        let range = self.selection.range();
        if self.drag.is_some() || range == self.settled {
            return;
        }
        self.settled = range.clone();
        if let Some(text) = shown.text.as_str().get(range).filter(|text| !text.is_empty()) {
            ui.ctx().send_cmd(egui::OutputCommand::TextSelectionSettled(text.to_owned()));
        }
    }

    /// Where the edge that is being dragged would come to lie: x, top and bottom of a guide.
    pub(super) fn edge_guide(&self) -> Option<(f32, f32, f32)> {
        let Some(Drag::Edge { to: Some(byte), .. }) = &self.drag else { return None };
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
        let (time, modifiers) = ui.input(|i| (i.time, i.modifiers));
        let pressed = ui.input(|i| i.pointer.button_pressed(PointerButton::Primary));
        let down = ui.input(|i| i.pointer.button_down(PointerButton::Primary));
        let edge = self.edge_at(shown.text, selected, at);
        let aside = bar.contains(at) || self.controls.iter().any(|rect| rect.contains(at));
        if response.contains_pointer() && self.drag.is_none() && !aside {
            ui.set_cursor_icon(if edge.is_some() { CursorIcon::ResizeHorizontal } else { CursorIcon::Text });
        }
        if pressed && response.contains_pointer() && !aside {
            response.request_focus();
            if let Some((span, part, start)) = edge {
                self.gestures += 1;
                self.drag = Some(Drag::Edge { span, part, start, gesture: gesture(self.gestures), to: None });
            } else if let Some((byte, place)) = self.place_under(at) {
                self.place = Some((byte, place));
                let again = time - self.clicks.1 < 0.4 && at.distance(self.clicks.2) < 6.0;
                self.clicks = (if again { self.clicks.0 + 1 } else { 1 }, time, at);
                let unit = match self.clicks.0 {
                    1 => Unit::Character,
                    2 => Unit::Word,
                    3 => Unit::Sentence,
                    _ => Unit::Paragraph,
                };
                let origin =
                    if unit == Unit::Character { byte..byte } else { caret::unit_at(shown.text, byte, unit) };
                if modifiers.shift {
                    self.selection.head = byte;
                } else {
                    if modifiers.command {
                        if !self.selection.is_empty() && unit == Unit::Character {
                            self.more.push(self.selection.range());
                        }
                    } else {
                        self.more.clear();
                    }
                    self.selection = Selection::of(origin.clone());
                }
                self.wanted_x = None;
                self.widenings.clear();
                self.drag = Some(Drag::Selecting { unit, origin });
            }
        }
        let mut dragged_to = None;
        match &self.drag {
            Some(Drag::Selecting { unit, origin }) if down => {
                if let Some((byte, place)) = self.place_under(at)
                    && (self.clicks.2.distance(at) > 3.0 || modifiers.shift)
                {
                    self.place = Some((byte, place));
                    let here = if *unit == Unit::Character {
                        byte..byte
                    } else {
                        caret::unit_at(shown.text, byte, *unit)
                    };
                    self.selection = if modifiers.shift && *unit == Unit::Character {
                        Selection { anchor: self.selection.anchor, head: byte }
                    } else if byte < origin.start {
                        Selection { anchor: origin.end, head: here.start }
                    } else {
                        Selection { anchor: origin.start, head: here.end.max(origin.end) }
                    };
                }
            }
            Some(Drag::Edge { span, part, start, gesture, .. }) if down => {
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
            Some(Drag::Selecting { unit, .. }) => {
                // Released. A plain click that selected nothing points at a span; again at the next one of the overlap.
                let plain = *unit == Unit::Character
                    && self.selection.is_empty()
                    && !modifiers.shift
                    && !modifiers.command;
                self.drag = None;
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
            Some(_) => self.drag = None,
            None => {}
        }
        if let (Some(byte), Some(Drag::Edge { to, .. })) = (dragged_to, &mut self.drag) {
            *to = Some(byte);
        }
        if response.secondary_clicked() {
            if self.selection.is_empty()
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
        for laid in &self.laid {
            for segment in laid.decoration.segments.iter().filter(|s| s.span.id == *selected) {
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
        self.drag.is_some()
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
