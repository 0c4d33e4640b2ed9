//! The article view: reading, selecting, pointing at spans. It changes nothing but its own caret and scroll position; what the user
//! wants done to spans it says in [`ViewEvent`]s.

use egui::{Id, Rect, Response, Sense, Ui, pos2};
use std::ops::Range;

use super::decorate::Decoration;
use super::links::LinkEnd;
use super::overview::{self, Overview};
use super::page::{self, Laid};
use super::pointer::Hand;
use super::shown::{Numbers, Shown, ViewEvent};
use super::span_list::SpanList;
use super::{access, balloons, paint, stubs};
use crate::model::SpanId;
use crate::text::{ByteOffset, CanonicalText, CodePoint, TextRange, snap_to_words};
use crate::window::text_page::caret::{CaretAct, Selection};
use crate::window::text_page::{Column, Cursor, Prepared};

/// What the links of the selected span depend on: the text, the set's generation, the schema, the language, the span.
pub(super) type LinksKey = (usize, u64, usize, &'static str, Option<SpanId>);

/// The view's own state.
#[derive(Default)]
pub struct ArticleView {
    /// Further stretches taken with Ctrl, to become parts of the next span.
    pub more: Vec<Range<usize>>,
    /// Whether selections made with the mouse grow to whole words.
    pub snap: bool,
    pub(super) pending: Vec<CaretAct>,
    pub(super) cursor: Cursor,
    pub(super) column: Column<Decoration>,
    pub(super) reveal: Option<(usize, bool)>,
    pub(super) hand: Option<Hand>,
    pub(super) gestures: u64,
    pub(super) sentence_starts: Vec<usize>,
    pub(super) cycle: Option<(CodePoint, usize)>,
    pub(super) links: Vec<LinkEnd>,
    pub(super) links_for: Option<LinksKey>,
    /// Whether the article has the keyboard.
    pub focused: bool,
    pub(super) take_focus: bool,
    pub(super) overview: Overview,
    pub(super) list: Option<SpanList>,
    /// What lies over the text and takes clicks there.
    pub(super) controls: Vec<Rect>,
}

/// The widget's id, which tests and the focus order use.
pub fn view_id() -> Id {
    Id::unique("article-text")
}

impl ArticleView {
    /// A view of a fresh text, caret at the start of the body.
    pub fn new(text: &CanonicalText, header: TextRange) -> Self {
        let body = text.byte_of(header.end()).map_or(0, |b| b.index());
        let body = body + (text.as_str()[body..].len() - text.as_str()[body..].trim_start().len());
        Self { cursor: Cursor::at(body), snap: true, ..Self::default() }
    }

    /// What is selected; with nothing selected, where the caret is.
    pub fn selection(&self) -> Selection {
        self.cursor.selection()
    }

    /// Selects, or puts the caret somewhere.
    pub fn select(&mut self, selection: Selection) {
        self.cursor.select(selection);
    }

    /// Queues a caret movement.
    pub fn act(&mut self, act: CaretAct) {
        self.pending.push(act);
    }

    /// Brings a place into view at the next frame; `centre` also when it is visible but near an edge.
    pub fn reveal(&mut self, byte: usize, centre: bool) {
        self.reveal = Some((byte, centre));
    }

    /// Asks for the keyboard.
    pub fn take_focus(&mut self) {
        self.take_focus = true;
    }

    /// What is selected, with the further parts, in code points and text order; snapped to words if `snap` is on.
    pub fn selected_ranges(&self, text: &CanonicalText) -> Vec<TextRange> {
        let mut ranges = self.more.clone();
        if !self.selection().is_empty() {
            ranges.push(self.selection().range());
        }
        ranges.into_iter().filter_map(|range| self.as_code_points(text, range)).collect()
    }

    /// A range of bytes as code points; snapped to words if `snap` is on, else freed from white space at its edges.
    pub fn as_code_points(&self, text: &CanonicalText, range: Range<usize>) -> Option<TextRange> {
        let range = if self.snap {
            snap_to_words(text.as_str(), range)
        } else {
            crate::text::trim_white_space(text.as_str(), range)
        };
        let at = |byte: usize| text.code_point_of(ByteOffset(byte as u32));
        TextRange::new(at(range.start)?, at(range.end)?).filter(|r| !r.is_empty())
    }

    /// Puts the caret somewhere and shows it.
    pub fn go_to(&mut self, byte: usize) {
        self.select(Selection::caret(byte));
        self.reveal(byte, true);
    }

    /// Shows the view and handles what is done to it.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        selected: Option<&SpanId>,
    ) -> (Response, Vec<ViewEvent>) {
        let area = ui.available_rect_before_wrap();
        let response = ui.interact(area, view_id(), Sense::click_and_drag());
        ui.advance_cursor_after_rect(area);
        if std::mem::take(&mut self.take_focus) {
            response.request_focus();
        }
        self.focused = response.has_focus();
        if self.focused {
            let filter =
                egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(view_id(), filter));
        }
        let painter = ui.painter_at(area);
        painter.rect_filled(area, 0.0, shown.tokens.page);

        let bar = Rect::from_min_max(pos2(area.right() - overview::WIDTH, area.top()), area.max);
        // The margin holds the numbers and what arcs say.
        let gutter = (area.width() * 0.16).clamp(58.0, 96.0);
        let room = (area.width() - gutter - overview::WIDTH - 18.0).max(120.0);
        let width = shown.style.column.min(room);
        let left = area.left() + gutter + ((room - width) / 2.0).max(0.0);
        let page = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()));

        let mut events = Vec::new();
        self.lay_out(ui, shown, &response, page, &mut events);
        self.look_up_links(shown, selected);

        self.pointer(ui, shown, &response, bar, selected, &mut events);
        if !self.is_dragging() {
            self.cursor.tell_desktop(ui, shown.text);
        }
        paint::page(self, ui, &painter, shown, page, selected);
        self.controls.clear();
        if let Some(wanted) = access::publish(self, ui, shown, &response, selected, &mut events) {
            self.select(wanted);
            self.reveal(wanted.head, false);
            ui.request_repaint();
        }
        self.counting_chips(ui, shown, area);
        if !shown.comments.is_empty() {
            balloons::buttons(self, ui, shown, page, area, &mut events);
        }
        let stubs = stubs::of(self, shown, selected);
        let edge = Rect::from_min_max(page.min, pos2(bar.left() - 6.0, page.max.y));
        match stubs::show(&stubs, ui, &painter, shown, edge, &mut self.controls) {
            Some(stubs::Asked::Visit(span, at)) => events.push(ViewEvent::Visit(span, at)),
            Some(stubs::Asked::List(entries, at)) => self.list = Some(SpanList::new(entries, at)),
            None => {}
        }
        let seen = self.seen(shown, page);
        if let Some(wish) = self.overview.show(ui, &painter, shown, bar, seen) {
            self.column.put_at_top(shown.text.byte_of(wish.top).map_or(0, |b| b.index()));
            ui.request_repaint();
        }
        self.span_list(ui, shown, &mut events);
        (response, events)
    }

    /// Does what was asked of caret and page since the last frame, and lays out what is in view.
    fn lay_out(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        response: &Response,
        page: Rect,
        events: &mut Vec<ViewEvent>,
    ) {
        let around = page::around(ui, shown, page);
        let sheet = page::sheet(ui, shown, page, &around);
        // A caret that is in view is what the reader looks at.
        let in_view = |rect: &Rect| self.column.page().is_some_and(|page| page.contains_rect(*rect));
        let watched = self.caret_rect(self.selection().head).filter(in_view).map(|rect| rect.center().y);
        if self.column.prepare(&sheet, watched) == Prepared::OtherText {
            self.sentence_starts.clear();
        }
        if shown.style.numbers == Numbers::Sentences && self.sentence_starts.is_empty() {
            self.sentence_starts = page::sentence_starts(shown.text);
        }
        for act in std::mem::take(&mut self.pending) {
            if matches!(act, CaretAct::Move { extend: false, .. }) {
                self.more.clear();
            }
            if let Some(to) = self.cursor.perform(&sheet, self.column.blocks(), act) {
                self.reveal(to, false);
            }
        }
        self.scroll_by_wheel(ui, response, page, events);
        if let Some((byte, centre)) = self.reveal.take() {
            self.column.bring_into_view(&sheet, byte, centre);
        }
        self.column.lay_out(&sheet);
    }

    pub(super) fn laid(&self) -> &[Laid] {
        self.column.laid()
    }

    pub(super) fn sentence_starts(&self) -> &[usize] {
        &self.sentence_starts
    }
}
