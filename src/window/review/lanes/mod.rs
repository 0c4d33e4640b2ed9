//! The article with everyone's spans in parallel lanes under each line. What all agree on steps back; what differs stands out, and a
//! flag above it says in which way. It changes nothing but its own scroll position.
//!
//! Only the blocks in view are laid out, so a text of a megabyte with tens of thousands of spans costs what its visible lines cost.

mod access;
mod arrange;
mod comments;
mod hover;
mod overlaid;
mod paint;
mod select;

use egui::{Id, Pos2, Rect, Response, Sense, Ui, pos2};
use std::ops::Range;

use crate::model::{AnnotationSet, Schema, Span};
use crate::text::{CanonicalText, TextRange};
use crate::window::article_view::ArticleStyle;
use crate::window::article_view::blocks::{Blocks, Heights};
use crate::window::article_view::layout::{self, BlockLayout, TextLook};
use crate::window::comment_marks::CommentMark;
use crate::window::look::{self, Tokens};
use crate::window::words::Words;
use arrange::Arranged;

pub use access::bar_id;
pub use overlaid::{GOLD_LINE, line_of};

/// One person's spans.
#[derive(Clone, Copy)]
pub struct Lane<'a> {
    /// The person.
    pub name: &'a str,
    /// One or two letters that stand for them.
    pub badge: &'a str,
    /// Their spans.
    pub set: &'a AnnotationSet,
}

/// How a span stands with those of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Everybody has it, just so.
    Agreed,
    /// It belongs to this difference, by place among the marks.
    Differs(usize),
    /// It belongs to a difference that is decided.
    Settled(usize),
}

/// A difference, as the text shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// From where to where its spans reach.
    pub place: TextRange,
    /// In which way they differ.
    pub words: String,
    /// The same in few words.
    pub flag: String,
    /// Whether it is decided.
    pub settled: bool,
    /// What is said about it.
    pub said: Option<CommentMark>,
}

/// What is shown; borrowed for one frame.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The text.
    pub text: &'a CanonicalText,
    /// Where its header stands.
    pub header: TextRange,
    /// The people in the order of their lanes.
    pub people: &'a [Lane<'a>],
    /// The differences by where they start.
    pub marks: &'a [Mark],
    /// Whether anything is said at all.
    pub talked: bool,
    /// What is said about places where nothing differs, in text order.
    pub beside: &'a [(TextRange, CommentMark)],
    /// The difference at hand.
    pub at_hand: Option<usize>,
    /// How a person's span stands.
    pub standing: &'a dyn Fn(usize, &Span) -> Standing,
    /// What labels mean.
    pub schema: &'a Schema,
    /// Colours.
    pub tokens: &'a Tokens,
    /// Words.
    pub words: &'a Words,
    /// How the text looks.
    pub style: ArticleStyle,
    /// Whether tags are underlines in the text instead of lanes below it.
    pub overlaid: bool,
}

/// A block as it lay on the page in the last frame.
struct Laid {
    block: usize,
    bytes: Range<usize>,
    at: Pos2,
    layout: std::rc::Rc<dyn BlockLayout>,
    arranged: Arranged,
    overlaid: bool,
}

/// The view's own state.
#[derive(Default)]
pub struct LanesView {
    blocks: Blocks,
    heights: Heights,
    key: Option<(u64, u32, u32, bool, usize, bool)>,
    /// The topmost block, and how far its top lies above the page's top edge.
    top_block: usize,
    top_offset: f32,
    reveal: Option<usize>,
    scroll_pages: f32,
    grip: Option<f32>,
    selecting: select::Selecting,
    /// The difference under the pointer.
    hovered: Option<usize>,
    laid: Vec<Laid>,
}

/// The widget's id.
pub fn lanes_id() -> Id {
    Id::unique("review-text")
}

const TOP_MARGIN: f32 = 10.0;
const GUTTER: f32 = 40.0;

impl LanesView {
    /// Brings a byte of the text into view at the next frame.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some(byte);
    }

    /// Scrolls by so many pages, down if positive.
    pub fn scroll_pages(&mut self, pages: f32) {
        self.scroll_pages += pages;
    }

    /// Begins at the top: another article came.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Shows the view; gives the difference that was clicked, and the threads whose balloon was.
    pub fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> (Response, Option<usize>, Option<Vec<String>>) {
        let area = ui.available_rect_before_wrap();
        let response = ui.interact(area, lanes_id(), Sense::click_and_drag());
        ui.advance_cursor_after_rect(area);
        if response.has_focus() {
            // The keys are the review's own; only Tab leaves.
            let filter =
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(lanes_id(), filter));
        }
        let painter = ui.painter_at(area);
        painter.rect_filled(area, 0.0, shown.tokens.page);
        let bar = Rect::from_min_max(pos2(area.right() - 12.0, area.top()), area.max);
        let room = (area.width() - GUTTER - 12.0 - 22.0).max(120.0);
        let width = shown.style.column.min(room);
        let left = area.left() + GUTTER + ((room - width) / 2.0).max(0.0);
        let page = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()));

        self.prepare(shown, width);
        self.perform(ui, shown, page);
        self.take_wheel(ui, &response, page);
        if let Some(byte) = self.reveal.take() {
            self.bring_into_view(ui, shown, page, byte);
        }
        self.lay_out(ui, shown, page);
        let mut clicked = self.pointer(ui, shown, &response, bar);
        paint::page(self, ui, &painter, shown, page);
        if response.has_focus()
            && let Some(rect) = self.caret_rect(self.selecting.at.head)
        {
            painter.rect_filled(rect, 0.0, shown.tokens.caret);
        }
        paint::scroll_bar(self, &painter, shown, bar);
        let asked = access::publish(self, ui, shown, &response, &mut clicked);
        self.take_asked(asked);
        self.tell_selection(ui, shown);
        hover::card(self, shown, &response);
        let comments = comments::buttons(self, ui, shown, page, area);
        (response, clicked, comments)
    }

    /// Cuts the text into blocks and estimates their heights when text, width or font are new.
    fn prepare(&mut self, shown: &Shown<'_>, width: f32) {
        let identity = shown.text.as_str().as_ptr() as u64 ^ (shown.text.len_bytes() as u64).rotate_left(32);
        let style = shown.style;
        let key = (
            identity,
            width.to_bits(),
            style.size.to_bits(),
            style.serif,
            shown.people.len(),
            shown.overlaid,
        );
        if self.key == Some(key) {
            return;
        }
        if self.key.is_none_or(|old| old.0 != key.0) {
            self.blocks = Blocks::of(shown.text);
        }
        self.key = Some(key);
        let below = if shown.overlaid { overlaid::PITCH } else { shown.people.len() as f32 * arrange::PITCH };
        let line = line_height(shown) + below;
        let per_row = (width / (style.size * 0.5)).max(8.0);
        let estimate = |block: usize| {
            let bytes = self.blocks.range(block).len() as f32;
            if bytes == 0.0 { gap(shown) } else { (bytes / 1.8 / per_row).ceil().max(1.0) * line }
        };
        self.heights = Heights::new((0..self.blocks.len()).map(estimate).collect());
        self.top_block = self.top_block.min(self.blocks.len().saturating_sub(1));
    }

    fn lay(
        &self,
        ui: &Ui,
        shown: &Shown<'_>,
        page: Rect,
        block: usize,
    ) -> (std::rc::Rc<dyn BlockLayout>, Arranged) {
        let bytes = self.blocks.range(block);
        let header_end = shown.text.byte_of(shown.header.end()).map_or(0, |b| b.index());
        let small = bytes.end <= header_end && header_end > 0;
        let style = shown.style;
        let family = if style.serif { look::serif() } else { egui::FontFamily::Proportional };
        let (size, line) = if small {
            (style.size * 0.78, (style.size * 1.25).round())
        } else {
            (style.size, line_height(shown))
        };
        let text_look = TextLook {
            font: egui::FontId::new(size, family),
            line_height: line,
            width: page.width(),
            ink: shown.tokens.text,
            faint_ink: shown.tokens.text_faint,
            faint_until: header_end.saturating_sub(bytes.start).min(bytes.len()),
            family: style.family,
            rtl: layout::direction_of(&shown.text.as_str()[bytes.clone()]),
        };
        let layout = layout::lay_out(ui, &shown.text.as_str()[bytes.clone()], &text_look);
        let width = |mark: &Mark| paint::flag_width(ui, shown, mark);
        let empty = bytes.is_empty();
        let mut arranged = arrange::arrange(shown, bytes, &*layout, &width, page.width());
        if empty {
            arranged.height = gap(shown);
        } else if !self.blocks.goes_on(block) {
            arranged.height += 2.0;
        }
        (layout, arranged)
    }

    fn height_of(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, block: usize) -> f32 {
        let height = self.lay(ui, shown, page, block).1.height;
        self.heights.set(block, height);
        height
    }

    /// Brings the scroll position into order: the offset inside the top block, at most half a page empty at the end.
    fn settle(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
        let mut passes = 0;
        while self.top_offset < 0.0 && self.top_block > 0 && passes < 400 {
            self.top_block -= 1;
            self.top_offset += self.height_of(ui, shown, page, self.top_block);
            passes += 1;
        }
        self.top_offset = self.top_offset.max(0.0);
        while self.top_offset > 0.0 {
            let height = self.height_of(ui, shown, page, self.top_block);
            if self.top_offset < height || self.top_block + 1 >= self.blocks.len() {
                break;
            }
            self.top_offset -= height;
            self.top_block += 1;
        }
        let mut below = -self.top_offset;
        for block in self.top_block..self.blocks.len() {
            below += self.height_of(ui, shown, page, block);
            if below > page.height() * 0.5 {
                return;
            }
        }
        self.top_offset -= page.height() * 0.5 - below;
        while self.top_offset < 0.0 && self.top_block > 0 {
            self.top_block -= 1;
            self.top_offset += self.height_of(ui, shown, page, self.top_block);
        }
        self.top_offset = self.top_offset.max(0.0);
    }

    fn lay_out(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect) {
        self.settle(ui, shown, page);
        self.laid.clear();
        let mut y = page.top() + TOP_MARGIN - self.top_offset;
        for block in self.top_block..self.blocks.len() {
            if y > page.bottom() {
                break;
            }
            let (layout, arranged) = self.lay(ui, shown, page, block);
            self.heights.set(block, arranged.height);
            let at = pos2(page.left(), y);
            y += arranged.height;
            let (bytes, overlaid) = (self.blocks.range(block), shown.overlaid);
            self.laid.push(Laid { block, bytes, at, layout, arranged, overlaid });
        }
    }

    fn take_wheel(&mut self, ui: &Ui, response: &Response, page: Rect) {
        if response.hovered() || response.contains_pointer() {
            let (delta, zooming) =
                ui.input(|i| (i.smooth_scroll_delta().y, i.modifiers.ctrl || i.modifiers.command));
            if delta != 0.0 && !zooming {
                self.top_offset -= delta;
            }
        }
        self.top_offset += std::mem::take(&mut self.scroll_pages) * page.height() * 0.85;
    }

    fn bring_into_view(&mut self, ui: &Ui, shown: &Shown<'_>, page: Rect, byte: usize) {
        let block = self.blocks.at(byte);
        let (layout, arranged) = self.lay(ui, shown, page, block);
        self.heights.set(block, arranged.height);
        let row = layout.row_of(byte.saturating_sub(self.blocks.range(block).start));
        let within = layout.rows()[row].top + arranged.shift[row];
        let top = self.heights.top(self.top_block) + f64::from(self.top_offset);
        let y = (self.heights.top(block) + f64::from(within) - top) as f32 + TOP_MARGIN;
        let margin = page.height() * 0.2;
        if block >= self.top_block && y >= margin.min(60.0) && y <= page.height() - margin {
            return;
        }
        self.top_block = block;
        self.top_offset = (within - page.height() * 0.33 + TOP_MARGIN).round();
    }

    /// The difference under a place on screen: flags before bars before the text a difference covers.
    fn mark_at(&self, shown: &Shown<'_>, at: Pos2) -> Option<usize> {
        for laid in &self.laid {
            for flag in &laid.arranged.flags {
                if paint::flag_rect(laid, flag).contains(at) {
                    return Some(flag.mark);
                }
            }
            for bar in &laid.arranged.bars {
                if paint::bar_rect(laid, bar).expand2(egui::vec2(1.0, 2.0)).contains(at)
                    && let Standing::Differs(mark) | Standing::Settled(mark) = bar.standing
                {
                    return Some(mark);
                }
            }
        }
        // The smallest difference whose text is under the pointer.
        let mut best: Option<(f32, usize)> = None;
        for laid in &self.laid {
            for bar in &laid.arranged.bars {
                let (Standing::Differs(mark) | Standing::Settled(mark)) = bar.standing else { continue };
                let rect = paint::text_rect(laid, bar.row, bar.x0, bar.x1);
                if rect.contains(at) && best.is_none_or(|(width, _)| rect.width() < width) {
                    best = Some((rect.width(), mark));
                }
            }
        }
        best.map(|(_, mark)| mark).filter(|mark| *mark < shown.marks.len())
    }

    fn pointer(&mut self, ui: &Ui, shown: &Shown<'_>, response: &Response, bar: Rect) -> Option<usize> {
        let at = ui.input(|i| i.pointer.latest_pos())?;
        let (pressed, down) = ui.input(|i| (i.pointer.primary_pressed(), i.pointer.primary_down()));
        if pressed && response.contains_pointer() {
            response.request_focus();
            if bar.contains(at) {
                let (top, _) = self.extent(bar.height());
                let thumb = bar.top() + top as f32 * bar.height();
                self.grip = Some(if (thumb..thumb + 40.0).contains(&at.y) { at.y - thumb } else { 20.0 });
            }
        }
        if !down {
            self.grip = None;
        }
        if let Some(grip) = self.grip {
            let part = f64::from((at.y - grip - bar.top()) / bar.height().max(1.0)).clamp(0.0, 1.0);
            let y = part * self.heights.total();
            self.top_block = self.heights.find(y);
            self.top_offset = (y - self.heights.top(self.top_block)) as f32;
            ui.request_repaint();
            return None;
        }
        let selects = !bar.contains(at) && self.select_by_pointer(ui, shown, response);
        let under = response.contains_pointer().then(|| self.mark_at(shown, at)).flatten();
        self.hovered = under;
        if response.contains_pointer() && !bar.contains(at) {
            // Everywhere text can be selected; a click on a difference goes to it besides.
            let icon = if under.is_some() && !selects {
                egui::CursorIcon::PointingHand
            } else {
                egui::CursorIcon::Text
            };
            ui.set_cursor_icon(icon);
        }
        under.filter(|_| response.clicked() && !selects)
    }

    /// Where the page's top is and how much of the text it shows, both 0 to 1.
    fn extent(&self, page: f32) -> (f64, f64) {
        let total = self.heights.total().max(1.0);
        let top = self.heights.top(self.top_block.min(self.heights.len())) + f64::from(self.top_offset);
        (top / total, f64::from(page) / total)
    }
}

fn line_height(shown: &Shown<'_>) -> f32 {
    (shown.style.size * 1.5).round()
}

/// The height of an empty line between paragraphs.
fn gap(shown: &Shown<'_>) -> f32 {
    (line_height(shown) * 0.55).round()
}
