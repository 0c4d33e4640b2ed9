//! The article with everyone's spans in parallel lanes under each line. What all agree on steps back; what differs stands out, and a
//! flag above it says in which way. It changes nothing but its own scroll position.
//!
//! The text itself is the text page (`text_page`)'s. Only the blocks in view are laid out, so a text of a megabyte with tens of thousands of spans costs what its visible lines cost.

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
use crate::window::comment_marks::CommentMark;
use crate::window::look::Tokens;
use crate::window::text_page::layout::BlockLayout;
use crate::window::text_page::{Around, Column, Cursor, Sheet};
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
type Laid = crate::window::text_page::Laid<Arranged>;

impl Around for Arranged {
    fn shift(&self) -> &[f32] {
        &self.shift
    }

    fn height(&self) -> f32 {
        self.height
    }
}

/// The view's own state.
#[derive(Default)]
pub struct LanesView {
    column: Column<Arranged>,
    cursor: Cursor,
    selecting: select::Selecting,
    reveal: Option<(usize, bool)>,
    scroll_pages: f32,
    grip: Option<f32>,
    /// The difference under the pointer.
    hovered: Option<usize>,
}

/// The widget's id.
pub fn lanes_id() -> Id {
    Id::unique("review-text")
}

const GUTTER: f32 = 40.0;

impl LanesView {
    /// Brings a byte of the text into view at the next frame.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some((byte, true));
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

        self.lay_out(ui, shown, &response, page);
        let mut clicked = self.pointer(ui, shown, &response, bar);
        paint::page(self, ui, &painter, shown, page);
        if response.has_focus()
            && let Some(rect) = self.caret_rect(self.selection().head)
        {
            painter.rect_filled(rect, 0.0, shown.tokens.caret);
        }
        paint::scroll_bar(self, &painter, shown, bar);
        let asked = access::publish(self, ui, shown, &response, &mut clicked);
        self.take_asked(asked);
        if !self.selecting.is_dragging() {
            self.cursor.tell_desktop(ui, shown.text);
        }
        hover::card(self, shown, &response);
        let comments = comments::buttons(self, ui, shown, page, area);
        (response, clicked, comments)
    }

    /// Does what was asked of caret and page since the last frame, and lays out what is in view.
    fn lay_out(&mut self, ui: &Ui, shown: &Shown<'_>, response: &Response, page: Rect) {
        let width = |mark: &Mark| paint::flag_width(ui, mark);
        let around = |bytes: Range<usize>, layout: &dyn BlockLayout| {
            arrange::arrange(shown, bytes, layout, &width, page.width())
        };
        let line_height = (shown.style.size * 1.5).round();
        let lanes = shown.people.len();
        let below = if shown.overlaid { overlaid::PITCH } else { lanes as f32 * arrange::PITCH };
        let sheet = Sheet {
            ui,
            text: shown.text,
            header: shown.header,
            tokens: shown.tokens,
            size: shown.style.size,
            serif: shown.style.serif,
            family: shown.style.family,
            line_height,
            usual_row: line_height + below,
            also: lanes as u64 * 2 + u64::from(shown.overlaid),
            page,
            around: &around,
        };
        self.column.prepare(&sheet, None);
        self.perform(&sheet);
        let pages = std::mem::take(&mut self.scroll_pages);
        if pages != 0.0 {
            self.column.scroll(pages * page.height() * 0.85);
        }
        if response.contains_pointer() {
            let (delta, zooming) =
                ui.input(|i| (i.smooth_scroll_delta().y, i.modifiers.ctrl || i.modifiers.command));
            if delta != 0.0 && !zooming {
                self.column.scroll(-delta);
            }
        }
        if let Some((byte, centre)) = self.reveal.take() {
            self.column.bring_into_view(&sheet, byte, centre);
        }
        self.column.lay_out(&sheet);
    }

    fn laid(&self) -> &[Laid] {
        self.column.laid()
    }

    /// The difference under a place on screen: flags before bars before the text a difference covers.
    fn mark_at(&self, shown: &Shown<'_>, at: Pos2) -> Option<usize> {
        for laid in self.laid() {
            for flag in &laid.around.flags {
                if paint::flag_rect(laid, flag).contains(at) {
                    return Some(flag.mark);
                }
            }
            for bar in &laid.around.bars {
                if paint::bar_rect(shown, laid, bar).expand2(egui::vec2(1.0, 2.0)).contains(at)
                    && let Standing::Differs(mark) | Standing::Settled(mark) = bar.standing
                {
                    return Some(mark);
                }
            }
        }
        // The smallest difference whose text is under the pointer.
        let mut best: Option<(f32, usize)> = None;
        for laid in self.laid() {
            for bar in &laid.around.bars {
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
            self.column.go_to_part(part);
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
        (self.column.progress(), self.column.part(page))
    }
}
