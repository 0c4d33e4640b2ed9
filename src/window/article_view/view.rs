//! The article view: reading, selecting, pointing at spans. It changes nothing but its own caret and scroll position; what the user
//! wants done to spans it says in [`ViewEvent`]s.

use egui::{Id, Pos2, Rect, Response, Sense, Ui, pos2};
use std::ops::Range;
use std::rc::Rc;

use super::blocks::{Blocks, Heights};
use super::caret::Selection;
use super::decorate::Decoration;
use super::layout::{BlockLayout, Place};
use super::links::LinkEnd;
use super::overview::{self, Overview};
use super::pointer::{Drag, Hold};
use super::shown::{CaretAct, Shown, ViewEvent};
use super::span_list::SpanList;
use super::{access, balloons, paint, stubs};
use crate::model::SpanId;
use crate::text::{ByteOffset, CanonicalText, CodePoint, TextRange, snap_to_words};

/// What the layout depends on: the text, the column's width, size and font.
pub(super) type LayoutKey = (u64, u32, u32, bool, Option<&'static str>);

/// What the links of the selected span depend on: the text, the set's generation, the schema, the language, the span.
pub(super) type LinksKey = (u64, u64, usize, &'static str, Option<SpanId>);

/// A block as it lay on the page in the last frame.
pub(super) struct Laid {
    pub block: usize,
    pub bytes: Range<usize>,
    pub at: Pos2,
    pub layout: Rc<dyn BlockLayout>,
    pub decoration: Decoration,
}

impl Laid {
    /// The vertical extent of a row's text on the page.
    pub fn row_top(&self, row: usize) -> f32 {
        self.at.y + self.layout.rows()[row].top + self.decoration.shift[row]
    }

    /// The height of a row's text.
    pub fn row_height(&self, row: usize) -> f32 {
        self.layout.rows()[row].height
    }
}

/// The view's own state.
#[derive(Default)]
pub struct ArticleView {
    /// Caret and selection.
    pub selection: Selection,
    /// Further stretches taken with Ctrl, to become parts of the next span.
    pub more: Vec<Range<usize>>,
    /// Whether selections made with the mouse grow to whole words.
    pub snap: bool,
    pub(super) pending: Vec<CaretAct>,
    pub(super) widenings: Vec<Range<usize>>,
    pub(super) blocks: Blocks,
    pub(super) heights: Heights,
    pub(super) key: Option<LayoutKey>,
    /// The topmost block, and how far its top lies above the page's top edge.
    pub(super) top_block: usize,
    pub(super) top_offset: f32,
    pub(super) wanted_x: Option<f32>,
    /// The byte that the caret was last moved to, and which of the places it has on the page was meant.
    pub(super) place: Option<(usize, Place)>,
    pub(super) reveal: Option<(usize, bool)>,
    pub(super) drag: Option<Drag>,
    pub(super) clicks: (u32, f64, Pos2),
    pub(super) gestures: u64,
    pub(super) sentence_starts: Vec<usize>,
    pub(super) laid: Vec<Laid>,
    pub(super) page: Option<Rect>,
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
    /// A byte that is to stand at a height of the page in the next frame.
    pub(super) put: Option<Hold>,
    /// What stays where it is while rows break anew: the same place for as long as nobody scrolls, so that it does not creep.
    pub(super) held: Option<Hold>,
    pub(super) settled: std::ops::Range<usize>,
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
        Self { selection: Selection::caret(body), snap: true, ..Self::default() }
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
        if !self.selection.is_empty() {
            ranges.push(self.selection.range());
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
        self.selection = Selection::caret(byte);
        self.wanted_x = None;
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
        self.hold(shown, width);
        self.page = Some(page);
        self.prepare(shown, width);
        let acts = std::mem::take(&mut self.pending);
        for act in acts {
            self.perform(ui, shown, page, act);
        }
        self.scroll_by_wheel(ui, &response, page, &mut events);
        if let Some(hold) = self.put.take() {
            self.put_at(ui, shown, page, hold);
        }
        if let Some((byte, centre)) = self.reveal.take() {
            self.held = None;
            self.bring_into_view(ui, shown, page, byte, centre);
        }
        self.lay_out_page(ui, shown, page);
        self.look_up_links(shown, selected);

        self.pointer(ui, shown, &response, bar, selected, &mut events);
        self.tell_selection(ui, shown);
        paint::page(self, ui, &painter, shown, page, selected);
        self.controls.clear();
        if let Some(wanted) = access::publish(self, ui, shown, &response, selected, &mut events) {
            self.selection = wanted;
            self.wanted_x = None;
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
            let byte = shown.text.byte_of(wish.top).map_or(0, |b| b.index());
            self.held = None;
            self.put = Some(Hold::top(byte));
            ui.request_repaint();
        }
        self.span_list(ui, shown, &mut events);
        (response, events)
    }

    pub(super) fn laid(&self) -> &[Laid] {
        &self.laid
    }

    pub(super) fn sentence_starts(&self) -> &[usize] {
        &self.sentence_starts
    }
}
