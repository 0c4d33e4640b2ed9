//! The article view: reading, selecting, pointing at spans. It changes nothing but its own caret and scroll position; what the user
//! wants done to spans it says in [`ViewEvent`]s.

use egui::{Id, Pos2, Rect, Response, Sense, Ui, pos2, vec2};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::blocks::{Blocks, Heights};
use super::caret::{self, Selection, Unit};
use super::chips::Named;
use super::decorate::{self, Decoration};
use super::layout::{self, BlockLayout, Place, TextLook};
use super::links::{self, LinkEnd};
use super::overview::{self, Overview, Tick};
use super::pointer::{Drag, Hold};
use super::span_list::{Choice, Entry, SpanList};
use super::{access, paint, stubs};
use crate::model::{AnnotationSet, Codebook, Register, Schema, Span, SpanId};
use crate::text::{ByteOffset, CanonicalText, CodePoint, TextRange, snap_to_words};
use crate::window::look::{self, Tokens};
use crate::window::words::Words;

/// What is counted in the margin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// Nothing.
    None,
    /// The lines of the article's file.
    #[default]
    Lines,
    /// Its sentences.
    Sentences,
}

/// How the article looks; the user's choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleStyle {
    /// Size of the text in points.
    pub size: f32,
    /// Widest column in points.
    pub column: f32,
    /// Serif or sans.
    pub serif: bool,
    /// A family of the system instead of the built-in ones.
    pub family: Option<&'static str>,
    /// What the margin counts.
    pub numbers: Numbers,
    /// How much is said above tags.
    pub marks: Marks,
}

/// How much the chips above tags say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// The label and the key fields.
    #[default]
    Full,
    /// The label's name.
    Names,
    /// Nothing: there are only grounds and underlines.
    Lines,
}

impl Default for ArticleStyle {
    fn default() -> Self {
        Self {
            size: 17.0,
            column: 720.0,
            serif: true,
            family: None,
            numbers: Numbers::Lines,
            marks: Marks::Full,
        }
    }
}

/// What the view shows; borrowed for one frame.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The text.
    pub text: &'a CanonicalText,
    /// Where its header stands.
    pub header: TextRange,
    /// The annotations.
    pub set: &'a AnnotationSet,
    /// What they mean.
    pub schema: &'a Schema,
    /// The register.
    pub register: &'a Register,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Colours.
    pub tokens: &'a Tokens,
    /// Words.
    pub words: &'a Words,
    /// How it looks.
    pub style: ArticleStyle,
    /// Ranges that a search found, with the one at hand.
    pub found: &'a [Range<usize>],
    /// See `found`.
    pub found_at: Option<usize>,
    /// A span to bring forward besides the selected one: a candidate in a prompt.
    pub candidate: Option<&'a SpanId>,
    /// Spans with an error or a warning.
    pub findings: &'a crate::session::Findings,
    /// What the overview marks besides spans and hits.
    pub ticks: &'a [Tick],
    /// Another number whenever `ticks` are others.
    pub ticks_version: u64,
    /// Another number whenever `found` is another.
    pub found_version: u64,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewEvent {
    /// A span was clicked.
    Select(Option<SpanId>),
    /// An edge of a span's part was dragged to a place. All events of one drag share `gesture`.
    DragEdge {
        /// The span.
        span: SpanId,
        /// Its part.
        part: usize,
        /// Whether its start is dragged, else its end.
        start: bool,
        /// To where.
        to: CodePoint,
        /// Which drag.
        gesture: u64,
    },
    /// The menu for what is under the pointer.
    Menu(Pos2),
    /// A span chosen from a list or at the page's edge: it is to be selected, and shown at this place of it.
    Visit(SpanId, CodePoint),
    /// The text is to be larger (above 1) or smaller by this factor.
    Zoom(f32),
}

/// What the caret is told to do at the next frame: vertical moves need the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CaretAct {
    /// Step.
    Move {
        /// How far.
        unit: Unit,
        /// Which way.
        forward: bool,
        /// Whether the selection grows.
        extend: bool,
    },
    /// Widen the selection: word, sentence, paragraph, text.
    Expand,
    /// Take back the last widening.
    Contract,
    /// Select the whole text.
    All,
}

/// What the layout depends on: the text, the column's width, size and font.
pub(super) type LayoutKey = (u64, u32, u32, bool, Option<&'static str>);

/// What the links of the selected span depend on: the text, the set's generation, the schema, the language, the span.
type LinksKey = (u64, u64, usize, &'static str, Option<SpanId>);

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

    /// Where a caret at `byte` was drawn in the last frame, on screen; `None` if it was not in view.
    pub fn caret_rect(&self, byte: usize) -> Option<Rect> {
        let laid = self.laid.iter().rev().find(|l| l.bytes.start <= byte && byte <= l.bytes.end)?;
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

    /// Whether the text at a place runs from right to left, where the arrow keys point the other way.
    fn runs_left(&self, text: &CanonicalText, byte: usize) -> bool {
        self.direction(text, self.blocks.at(byte)) == Some(true)
    }

    /// One step to the left or right on the page, which in text of two directions is now forward, now backward.
    fn step_aside(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, from: usize, right: bool) -> usize {
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

    /// How far down the text the page's top is, 0 to 1.
    pub fn progress(&self) -> f32 {
        let total = self.heights.total();
        if total <= 0.0 {
            return 0.0;
        }
        ((self.heights.top(self.top_block.min(self.heights.len())) + f64::from(self.top_offset)) / total)
            as f32
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

    /// The counting chips as buttons: a click, or a screen reader, opens the list of what they count.
    fn counting_chips(&mut self, ui: &Ui, shown: &Shown<'_>, area: Rect) {
        let mut open = None;
        for laid in &self.laid {
            for chip in &laid.decoration.chips {
                let Named::More(spans) = &chip.named else { continue };
                let rect = paint::chip_rect(laid, chip).intersect(area);
                if !rect.is_positive() {
                    continue;
                }
                let id = view_id().with(("chip", laid.block, chip.row, chip.x0 as i32));
                let response =
                    ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
                let name = shown.words.with("chips-more", &[("n", spans.len().into())]);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                self.controls.push(rect);
                if response.clicked() {
                    open = Some((spans.clone(), rect.left_bottom()));
                }
            }
        }
        if let Some((spans, at)) = open {
            self.open_list(&spans, at);
        }
    }

    fn open_list(&mut self, spans: &[Arc<Span>], at: Pos2) {
        let entries = spans.iter().map(|span| Entry::new(&span.id, String::new())).collect();
        self.list = Some(SpanList::new(entries, at));
    }

    fn span_list(&mut self, ui: &Ui, shown: &Shown<'_>, events: &mut Vec<ViewEvent>) {
        let Some(list) = &mut self.list else { return };
        match list.show(ui, shown) {
            Choice::Open => return,
            Choice::Closed => {}
            Choice::Taken(span) => {
                if let Some(there) = shown.set.get(&span) {
                    events.push(ViewEvent::Visit(span, there.start()));
                }
            }
        }
        self.list = None;
        self.take_focus = true;
        ui.request_repaint();
    }

    /// Whether a list of spans is open, which then has the keyboard.
    pub fn is_listing(&self) -> bool {
        self.list.is_some()
    }

    /// Opens the list of the spans at the caret. `false` if there is none.
    pub fn list_here(&mut self, text: &CanonicalText, set: &AnnotationSet) -> bool {
        let at = text.code_point_at_or_before(self.selection.head);
        let mut here = set.covering(at);
        if here.is_empty() && at.get() > 0 {
            here = set.covering(CodePoint(at.get() - 1));
        }
        let here: Vec<Arc<Span>> = here.into_iter().cloned().collect();
        let place = self.caret_rect(self.selection.head).map(|r| r.left_bottom());
        let place = place.or(self.page.map(|page| page.center())).unwrap_or_default();
        if !here.is_empty() {
            self.open_list(&here, place);
        }
        !here.is_empty()
    }

    /// Opens the list of what the selected span is linked with, or gives the other end where there is only one.
    pub fn follow_links(&mut self) -> Option<SpanId> {
        if let [only] = self.links.as_slice() {
            return Some(only.span.clone());
        }
        let of = self.links_for.as_ref().and_then(|key| key.4.clone())?;
        let place = self.span_rects(&of).first().map(|r| r.left_bottom());
        let place = place.or(self.page.map(|page| page.center())).unwrap_or_default();
        let entries = self.links.iter().map(|link| {
            let sign = if link.incoming { "←" } else { "→" };
            Entry::new(&link.span, format!("{sign} {}", link.what))
        });
        self.list = Some(SpanList::new(entries.collect(), place)).filter(|_| !self.links.is_empty());
        None
    }

    /// How many links the selected span has.
    pub fn link_count(&self) -> usize {
        self.links.len()
    }

    pub(super) fn laid(&self) -> &[Laid] {
        &self.laid
    }

    /// The spans that the selected one is linked with.
    pub(super) fn links(&self) -> &[LinkEnd] {
        &self.links
    }

    /// Who refers to the selected span is found by looking at every span, so it is looked up when something changed, not in every
    /// frame.
    fn look_up_links(&mut self, shown: &Shown<'_>, selected: Option<&SpanId>) {
        let text = self.key.map_or(0, |key| key.0);
        let schema = std::ptr::from_ref(shown.schema).addr();
        let key: LinksKey = (text, shown.set.generation(), schema, shown.words.code(), selected.cloned());
        if self.links_for.as_ref() != Some(&key) {
            self.links = links::linked(shown, selected);
            self.links_for = Some(key);
        }
    }

    pub(super) fn sentence_starts(&self) -> &[usize] {
        &self.sentence_starts
    }

    /// Cuts the text into blocks and estimates their heights when text, width or font are new.
    /// Tells whether the same text now lies differently.
    fn prepare(&mut self, shown: &Shown<'_>, width: f32) -> bool {
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

    fn line_height(&self, shown: &Shown<'_>) -> f32 {
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
        let mut decoration =
            decorate::decorate(shown.text, shown.set, bytes.clone(), &*layout, &chip, page.width());
        if bytes.is_empty() {
            decoration.height = gap(line);
        } else if !self.blocks.goes_on(block) {
            decoration.height += 2.0;
        }
        (layout, decoration)
    }

    /// The direction of a block: that of the whole line, of which it may be a piece.
    fn direction(&self, text: &CanonicalText, block: usize) -> Option<bool> {
        let of = |block: usize| layout::direction_of(&text.as_str()[self.blocks.range(block)]);
        (self.blocks.first_piece(block)..=block).find_map(of)
    }

    fn height_of(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, block: usize) -> f32 {
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

    fn lay_out_page(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
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

    fn bring_into_view(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, byte: usize, centre: bool) {
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

    fn perform(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, act: CaretAct) {
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

    fn step_by_rows(
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

    /// The byte nearest to a place on screen.
    pub fn byte_at(&self, at: Pos2) -> Option<usize> {
        self.place_under(at).map(|(byte, _)| byte)
    }

    /// The caret place nearest to a place on screen, with its byte.
    pub(super) fn place_under(&self, at: Pos2) -> Option<(usize, Place)> {
        let laid = self.laid.iter().rev().find(|l| l.at.y <= at.y).or_else(|| self.laid.first())?;
        let rows = laid.layout.rows();
        let row = (0..rows.len()).rev().find(|row| {
            let chips = laid.decoration.chip_lanes[*row] as f32 * decorate::CHIP;
            laid.row_top(*row) - chips <= at.y
        });
        let row = row.unwrap_or(0);
        let place = laid.layout.place_at(row, at.x - laid.at.x);
        Some((laid.bytes.start + place.byte, place))
    }

    /// The code point under a place on screen, if there is text right there.
    pub(super) fn code_point_under(&self, text: &CanonicalText, at: Pos2) -> Option<CodePoint> {
        let laid = self.laid.iter().rev().find(|l| l.at.y <= at.y)?;
        let row = (0..laid.layout.rows().len()).find(|row| {
            let top = laid.row_top(*row);
            let below = decorate::underline_room(laid.decoration.lanes[*row]);
            (top..=top + laid.row_height(*row) + below).contains(&at.y)
        })?;
        let byte = laid.layout.under(row, at.x - laid.at.x)?.start;
        text.code_point_of(ByteOffset((laid.bytes.start + byte) as u32))
    }

    /// The spans under a place on screen, smallest first: chips are asked before text.
    pub fn spans_at(&self, shown: &Shown<'_>, at: Pos2) -> Vec<Arc<Span>> {
        for laid in &self.laid {
            for chip in &laid.decoration.chips {
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
        for laid in &self.laid {
            for s in laid.decoration.segments.iter().filter(|s| s.span.id == *id) {
                let top = laid.row_top(s.row);
                rects.push(Rect::from_min_size(
                    pos2(laid.at.x + s.x0, top),
                    vec2(s.x1 - s.x0, laid.row_height(s.row)),
                ));
            }
        }
        if rects.is_empty() {
            // Without an underline of its own it is among those that a chip counts.
            for laid in &self.laid {
                let counted =
                    |named: &Named| matches!(named, Named::More(spans) if spans.iter().any(|s| s.id == *id));
                let chips = laid.decoration.chips.iter().filter(|chip| counted(&chip.named));
                rects.extend(chips.map(|chip| paint::chip_rect(laid, chip)));
            }
        }
        rects
    }

    /// The bytes in view in the last frame.
    pub fn visible(&self) -> Range<usize> {
        match (self.laid.first(), self.laid.last()) {
            (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
            _ => 0..0,
        }
    }

    /// The page of the last frame.
    pub fn page(&self) -> Option<Rect> {
        self.page
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
