//! Painting the lanes: the text, the ground of what differs, everyone's bars, whose they are, the flags.

use egui::{Align2, Color32, CornerRadius, FontId, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::arrange::{Bar, FLAG, Flag, PITCH};
use super::{Laid, LanesView, Mark, Shown, Standing, comments, overlaid, select};
use crate::window::article_view::pattern_line;
use crate::window::look;

const FLAG_TEXT: f32 = 10.5;
const BADGE_TEXT: f32 = 9.0;

fn font(size: f32) -> FontId {
    FontId::new(size, egui::FontFamily::Proportional)
}

fn flag_words(mark: &Mark) -> String {
    let mut words = String::new();
    if mark.settled {
        words.push_str("✓ ");
    }
    words.push_str(&mark.flag);
    words
}

/// How wide a difference's flag wants to be.
pub(super) fn flag_width(ui: &Ui, mark: &Mark) -> f32 {
    let galley = ui.painter().layout_no_wrap(flag_words(mark), font(FLAG_TEXT), Color32::PLACEHOLDER);
    galley.size().x + 8.0 + mark.said.as_ref().map_or(0.0, |said| said.width() + 3.0)
}

/// Where a flag is drawn.
pub(super) fn flag_rect(laid: &Laid, flag: &Flag) -> Rect {
    let bottom = laid.row_top(flag.row) - flag.lane as f32 * FLAG + 1.0;
    let left = laid.at.x + flag.x0;
    Rect::from_min_max(pos2(left, bottom - FLAG + 2.0), pos2(left + flag.width, bottom))
}

/// The text that a piece covers.
pub(super) fn text_rect(laid: &Laid, row: usize, x0: f32, x1: f32) -> Rect {
    let top = laid.row_top(row);
    let bottom = top + laid.row_height(row);
    Rect::from_min_max(pos2(laid.at.x + x0, top + 1.0), pos2(laid.at.x + x1, bottom - 1.0))
}

/// Where a bar is drawn.
pub(super) fn bar_rect(shown: &Shown<'_>, laid: &Laid, bar: &Bar) -> Rect {
    let below = laid.row_top(bar.row) + laid.row_height(bar.row);
    if shown.overlaid {
        let y = below + overlaid::down(bar.depth);
        let half = overlaid::PITCH / 2.0;
        return Rect::from_min_max(pos2(laid.at.x + bar.x0, y - half), pos2(laid.at.x + bar.x1, y + half));
    }
    let lane = laid.around.offsets[bar.row].get(bar.lane).copied().unwrap_or_default();
    let y = below + lane + bar.depth as f32 * PITCH;
    Rect::from_min_max(pos2(laid.at.x + bar.x0, y), pos2(laid.at.x + bar.x1, y + PITCH - 1.0))
}

/// Paints everything on the page.
pub(super) fn page(view: &LanesView, ui: &Ui, painter: &Painter, shown: &Shown<'_>, page: Rect) {
    for laid in view.laid() {
        grounds(painter, shown, laid);
        select::paint_behind(view, painter, shown, laid);
        laid.layout.paint(painter, laid.at, &laid.around.shift);
        if !shown.overlaid {
            badges(painter, shown, laid, page);
        }
        for bar in &laid.around.bars {
            match shown.overlaid {
                true => overlaid::draw(painter, shown, laid, bar, view.hovered),
                false => draw_bar(painter, shown, laid, bar, view.hovered),
            }
        }
        for flag in &laid.around.flags {
            draw_flag(ui, painter, shown, laid, flag);
        }
        line_number(painter, shown, laid, page);
        for (said, at) in comments::in_margin(shown, laid, page) {
            said.paint(painter, at, shown.tokens.accent, shown.tokens.page);
        }
    }
}

/// What differs has a ground behind its words; the difference at hand is framed as well.
fn grounds(painter: &Painter, shown: &Shown<'_>, laid: &Laid) {
    for bar in &laid.around.bars {
        let (Standing::Differs(mark) | Standing::Settled(mark)) = bar.standing else { continue };
        let rect = text_rect(laid, bar.row, bar.x0, bar.x1);
        let look = shown.tokens.label(shown.schema.colour_of(&bar.span.label));
        if matches!(bar.standing, Standing::Differs(_)) {
            painter.rect_filled(rect, 2.0, look.ground);
        }
        if shown.at_hand == Some(mark) {
            painter.rect_filled(rect, 2.0, shown.tokens.selection);
            let stroke = Stroke::new(1.5, shown.tokens.accent);
            painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Outside);
        }
    }
}

/// The letters of the people before their lanes, and a hair line along each, so that a gap is seen to be a gap.
fn badges(painter: &Painter, shown: &Shown<'_>, laid: &Laid, page: Rect) {
    for (row, offsets) in laid.around.offsets.iter().enumerate() {
        if offsets.is_empty() {
            continue;
        }
        let below = laid.row_top(row) + laid.row_height(row);
        let differs = |lane: usize| {
            laid.around
                .bars
                .iter()
                .any(|b| b.row == row && b.lane == lane && matches!(b.standing, Standing::Differs(_)))
        };
        for (lane, person) in shown.people.iter().enumerate() {
            let y = below + offsets[lane] + PITCH / 2.0 - 0.5;
            let ink = if differs(lane) { shown.tokens.text } else { shown.tokens.text_faint };
            let at = pos2(page.left() - 5.0, y);
            painter.text(at, Align2::RIGHT_CENTER, person.badge, font(BADGE_TEXT), ink);
            let width = laid.layout.rows()[row].width;
            let line = Stroke::new(0.5, shown.tokens.line);
            painter.hline(laid.at.x..=laid.at.x + width, y, line);
        }
    }
}

fn draw_bar(painter: &Painter, shown: &Shown<'_>, laid: &Laid, bar: &Bar, hovered: Option<usize>) {
    let rect = bar_rect(shown, laid, bar);
    let look = shown.tokens.label(shown.schema.colour_of(&bar.span.label));
    let y = rect.center().y;
    let strong = matches!(bar.standing, Standing::Differs(_));
    let at_hand = is_forward(shown, bar, hovered);
    if strong || at_hand {
        let round = |yes: bool| if yes { 2 } else { 0 };
        let corners = CornerRadius {
            nw: round(bar.starts),
            sw: round(bar.starts),
            ne: round(bar.ends),
            se: round(bar.ends),
        };
        painter.rect_filled(rect.shrink2(vec2(0.0, 0.5)), corners, look.ground);
        pattern_line(painter, rect.left(), rect.right(), y, look, if at_hand { 2.6 } else { 1.8 });
        let tick = Stroke::new(1.4, look.ink);
        if bar.starts {
            painter.vline(rect.left() + 0.7, y - 3.5..=y + 3.5, tick);
        }
        if bar.ends {
            painter.vline(rect.right() - 0.7, y - 3.5..=y + 3.5, tick);
        }
    } else {
        // What all agree on, or what is decided, steps back.
        let faint = look::LabelLook { ink: look.ink.gamma_multiply(0.45), ..look };
        pattern_line(painter, rect.left(), rect.right(), y, faint, 1.0);
    }
}

/// Whether a bar belongs to the difference at hand or to the one under the pointer.
pub(super) fn is_forward(shown: &Shown<'_>, bar: &Bar, hovered: Option<usize>) -> bool {
    matches!(bar.standing, Standing::Differs(m) | Standing::Settled(m)
        if shown.at_hand == Some(m) || hovered == Some(m))
}

fn draw_flag(ui: &Ui, painter: &Painter, shown: &Shown<'_>, laid: &Laid, flag: &Flag) {
    let Some(mark) = shown.marks.get(flag.mark) else { return };
    let chosen = shown.at_hand == Some(flag.mark);
    let edge = if mark.settled { shown.tokens.good } else { shown.tokens.accent };
    if flag.width <= 0.0 {
        let (x, top) = (laid.at.x + flag.x0, laid.row_top(flag.row));
        let corners = vec![pos2(x, top - 5.0), pos2(x + 6.0, top - 5.0), pos2(x, top + 1.0)];
        painter.add(Shape::convex_polygon(corners, edge, Stroke::NONE));
        return;
    }
    let rect = flag_rect(laid, flag);
    let (ground, ink) = match (chosen, mark.settled) {
        (true, _) => (shown.tokens.accent, shown.tokens.on_accent),
        (false, true) => (shown.tokens.page, shown.tokens.text_soft),
        (false, false) => (shown.tokens.raised, shown.tokens.text),
    };
    painter.rect(rect, CornerRadius::same(3), ground, Stroke::new(0.8, edge), StrokeKind::Inside);
    let mut room = rect;
    if let Some((said, at)) = comments::on_flag(shown, laid, flag) {
        said.paint(painter, at, ink, ground);
        room.max.x = at.left() - 1.0;
    }
    let galley = ui.fonts_mut(|fonts| {
        let mut job = egui::text::LayoutJob::simple_singleline(flag_words(mark), font(FLAG_TEXT), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width((room.width() - 6.0).max(4.0));
        fonts.layout_job(job)
    });
    let at = pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
    painter.with_clip_rect(room.intersect(painter.clip_rect())).galley(at, galley, ink);
}

fn line_number(painter: &Painter, shown: &Shown<'_>, laid: &Laid, page: Rect) {
    if laid.bytes.is_empty() {
        return;
    }
    let line = shown.text.lines().line_of(laid.bytes.start);
    if shown.text.lines().line_range(line).start != laid.bytes.start {
        return;
    }
    let y = laid.row_top(0) + laid.row_height(0) / 2.0;
    let at = pos2(page.left() - 22.0, y);
    painter.text(at, Align2::RIGHT_CENTER, line + 1, font(10.5), shown.tokens.text_faint);
}

/// The scroll bar, with a mark for each difference.
pub(super) fn scroll_bar(view: &LanesView, painter: &Painter, shown: &Shown<'_>, bar: Rect) {
    let (top, part) = view.extent(bar.height());
    let length = shown.text.len().max(1) as f32;
    // A row of pixels is painted once, however many differences fall on it: there may be thousands.
    let rows = bar.height().ceil().max(1.0) as usize + 1;
    let mut painted = vec![false; rows];
    for mark in shown.marks.iter().filter(|m| !m.settled) {
        let down = mark.place.start().get() as f32 / length * bar.height();
        if !std::mem::replace(&mut painted[(down as usize).min(rows - 1)], true) {
            let across = (bar.left() + 2.0)..=(bar.right() - 2.0);
            painter.hline(across, bar.top() + down, Stroke::new(1.5, shown.tokens.accent));
        }
    }
    if part >= 1.0 && top <= 0.0 {
        return;
    }
    let height = (part as f32 * bar.height()).clamp(28.0, bar.height());
    let y = bar.top() + (top as f32 * bar.height()).min(bar.height() - height);
    let thumb = Rect::from_min_size(pos2(bar.left() + 3.0, y), vec2(6.0, height));
    painter.rect_filled(thumb, 3.0, shown.tokens.text_faint.gamma_multiply(0.6));
}
