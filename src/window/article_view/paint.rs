//! Painting the page: grounds, selection, text, underlines, chips, caret, margin.

use egui::{Align2, Color32, CornerRadius, FontId, Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::chips::{Chip, Named};
use super::decorate::{CHIP, Segment};
use super::links::{Emphases, Emphasis};
use super::page::Laid;
use super::shown::{Marks, Numbers, Shown};
use super::view::ArticleView;
use super::{arcs, balloons, underline};
use crate::model::{Span, SpanId};
use crate::window::describe::Describer;
use crate::window::look::LabelLook;
use crate::window::one_line::OneLine;

/// Size of the text in chips.
pub(in crate::window) const CHIP_TEXT: f32 = 10.5;

pub(super) fn describer<'a>(shown: &Shown<'a>) -> Describer<'a> {
    Describer {
        text: shown.text,
        set: shown.set,
        schema: shown.schema,
        register: shown.register,
        codebook: shown.codebook,
        language: shown.words.code(),
    }
}

/// The colours of a span's label.
pub(super) fn label_look(shown: &Shown<'_>, span: &Span) -> LabelLook {
    shown.tokens.label(shown.schema.colour_of(&span.label))
}

/// The same as strongly as the span is to be drawn.
pub(super) fn span_look(shown: &Shown<'_>, span: &Span, emphasis: Emphasis) -> LabelLook {
    let look = label_look(shown, span);
    if emphasis == Emphasis::Back { shown.tokens.stepped_back(look) } else { look }
}

fn chip_text(shown: &Shown<'_>, named: &Named) -> String {
    match named {
        Named::Span(span) => span_chip_text(shown, span),
        Named::More(spans) => format!("+{}", spans.len()),
    }
}

fn span_chip_text(shown: &Shown<'_>, span: &Span) -> String {
    let words = describer(shown);
    match shown.style.marks {
        Marks::Full => words.chip(span),
        Marks::Names | Marks::Lines => words.label(&span.label).to_owned(),
    }
}

fn chip_font() -> FontId {
    FontId::new(CHIP_TEXT, egui::FontFamily::Proportional)
}

/// How wide a span's chip wants to be; `None` while there are only underlines.
pub(super) fn chip_width(ui: &Ui, shown: &Shown<'_>, span: &Span) -> Option<f32> {
    if shown.style.marks == Marks::Lines {
        return None;
    }
    let text = span_chip_text(shown, span);
    // In the ink in which it is drawn most often, so that it is set once.
    let ink = span_look(shown, span, Emphasis::Plain).ink;
    let said = shown.comments.span(&span.id).map_or(0.0, |mark| mark.width() + 3.0);
    Some(OneLine::new(ui, &text, f32::INFINITY, chip_font(), ink).size().x + 8.0 + said)
}

/// Where a chip is drawn.
pub(super) fn chip_rect(laid: &Laid, chip: &Chip) -> Rect {
    let bottom = laid.row_top(chip.row) - chip.lane as f32 * CHIP + 1.0;
    Rect::from_min_max(
        pos2(laid.at.x + chip.x0, bottom - CHIP + 2.0),
        pos2(laid.at.x + chip.x0 + chip.width, bottom),
    )
}

/// Paints everything on the page.
pub(super) fn page(
    view: &ArticleView,
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    page: Rect,
    selected: Option<&SpanId>,
) {
    let all = Emphases::new(shown, selected, view.links());
    for laid in view.laid() {
        grounds(painter, shown, laid, &all);
        ranges(view, painter, shown, laid);
        laid.layout.paint(painter, laid.at, &laid.around.shift);
        for join in &laid.around.joins {
            underline::draw_join(painter, shown, laid, join, &all);
        }
        for segment in &laid.around.segments {
            underline::draw(painter, shown, laid, segment, &all);
        }
        for chip in &laid.around.chips {
            draw_chip(ui, painter, shown, laid, chip, &all);
        }
        margin(view, painter, shown, laid, page);
    }
    frame_of_selected(view, painter, shown, &all);
    arcs::paint(view, ui, painter, shown, page, selected);
    balloons::paint(view, painter, shown, page);
    caret(view, painter, shown);
}

fn segment_rect(laid: &Laid, s: &Segment) -> Rect {
    let top = laid.row_top(s.row);
    Rect::from_min_max(
        pos2(laid.at.x + s.x0, top + 1.0),
        pos2(laid.at.x + s.x1, top + laid.row_height(s.row) - 1.0),
    )
}

fn corners(s: &Segment) -> CornerRadius {
    let round = |yes: bool| if yes { 3 } else { 0 };
    CornerRadius {
        nw: round(s.edge_left()),
        sw: round(s.edge_left()),
        ne: round(s.edge_right()),
        se: round(s.edge_right()),
    }
}

/// Grounds are opaque and the shortest span's lies on top: whatever is nested or crosses, the text stands on one ground whose contrast
/// is known.
fn grounds(painter: &Painter, shown: &Shown<'_>, laid: &Laid, all: &Emphases<'_>) {
    for segment in &laid.around.segments {
        let look = span_look(shown, &segment.span, all.of(&segment.span.id));
        painter.rect_filled(segment_rect(laid, segment), corners(segment), look.ground);
    }
}

/// The frame around the selected span and a prompt's candidate, and handles where an edge of the selected one can be taken hold of.
fn frame_of_selected(view: &ArticleView, painter: &Painter, shown: &Shown<'_>, all: &Emphases<'_>) {
    for laid in view.laid() {
        for segment in &laid.around.segments {
            let selected = all.is_selected(&segment.span.id);
            if !selected && shown.candidate != Some(&segment.span.id) {
                continue;
            }
            let ink = label_look(shown, &segment.span).ink;
            let rect = segment_rect(laid, segment);
            painter.rect_stroke(rect, corners(segment), Stroke::new(1.5, ink), StrokeKind::Outside);
            if !selected {
                continue;
            }
            for (is_edge, x) in
                [(segment.edge_left(), rect.left() - 0.8), (segment.edge_right(), rect.right() + 0.8)]
            {
                if is_edge {
                    let handle = Rect::from_center_size(pos2(x, rect.center().y), vec2(3.0, 9.0));
                    painter.rect_filled(handle, 1.5, ink);
                }
            }
        }
    }
    if let Some((x, top, bottom)) = view.edge_guide() {
        let stroke = Stroke::new(1.0, shown.tokens.accent);
        painter.extend(egui::Shape::dashed_line(
            &[pos2(x, top - 6.0), pos2(x, bottom + 6.0)],
            stroke,
            3.0,
            2.0,
        ));
    }
}

fn ranges(view: &ArticleView, painter: &Painter, shown: &Shown<'_>, laid: &Laid) {
    let fill = |range: std::ops::Range<usize>, colour: Color32| {
        let (from, to) = (range.start.max(laid.bytes.start), range.end.min(laid.bytes.end));
        if from < to {
            laid.layout.extents(from - laid.bytes.start..to - laid.bytes.start, &mut |row, x0, x1| {
                let top = laid.row_top(row);
                let rect = Rect::from_min_max(
                    pos2(laid.at.x + x0, top),
                    pos2(laid.at.x + x1, top + laid.row_height(row)),
                );
                painter.rect_filled(rect, 0.0, colour);
            });
        }
    };
    let first = shown.found.partition_point(|r| r.end <= laid.bytes.start);
    for (i, range) in shown.found.iter().enumerate().skip(first) {
        if range.start >= laid.bytes.end {
            break;
        }
        fill(
            range.clone(),
            if shown.found_at == Some(i) { shown.tokens.selection } else { shown.tokens.accent_ground },
        );
    }
    for range in &view.more {
        fill(range.clone(), shown.tokens.selection);
    }
    fill(view.selection().range(), shown.tokens.selection);
}

fn draw_chip(ui: &Ui, painter: &Painter, shown: &Shown<'_>, laid: &Laid, chip: &Chip, all: &Emphases<'_>) {
    let rect = chip_rect(laid, chip);
    let tokens = shown.tokens;
    let (ground, edge, ink) = match &chip.named {
        Named::Span(span) => {
            let emphasis = all.of(&span.id);
            let look = span_look(shown, span, emphasis);
            match emphasis {
                _ if all.is_selected(&span.id) => (look.ink, look.ink, tokens.page),
                Emphasis::Back => (tokens.page, look.ink, tokens.text_faint),
                Emphasis::Forward | Emphasis::Plain => (look.ground, look.ink, look.ink),
            }
        }
        Named::More(_) => (tokens.raised, tokens.text_faint, tokens.text_soft),
    };
    painter.rect(rect, CornerRadius::same(3), ground, Stroke::new(0.8, edge), StrokeKind::Inside);
    let text = chip_text(shown, &chip.named);
    let said = balloons::on_chip(shown, rect, &chip.named);
    let mut room = rect;
    if let Some((mark, at)) = &said {
        mark.paint(painter, *at, ink, ground);
        room.max.x = at.left() - 1.0;
    }
    let set = |text: &str| OneLine::new(ui, text, room.width() - 6.0, chip_font(), ink);
    let mut line = set(&text);
    // Where nothing but the dot would be left of the fields, the label stands alone.
    if let OneLine::Plain(galley) = &line
        && galley.elided
        && let Some((label, _)) = text.split_once(" · ")
        && galley.rows.first().is_some_and(|row| row.glyphs.len() < label.chars().count() + 6)
    {
        line = set(label);
    }
    let at = pos2(rect.left() + 4.0, rect.center().y - line.size().y / 2.0);
    line.paint(&painter.with_clip_rect(room.intersect(painter.clip_rect())), at, ink);
}

fn margin(view: &ArticleView, painter: &Painter, shown: &Shown<'_>, laid: &Laid, page: Rect) {
    let font = FontId::new(11.0, egui::FontFamily::Proportional);
    let number = |row: usize, n: usize| {
        let y = laid.row_top(row) + laid.row_height(row) / 2.0;
        painter.text(
            pos2(page.left() - 16.0, y),
            Align2::RIGHT_CENTER,
            n,
            font.clone(),
            shown.tokens.text_faint,
        );
    };
    if laid.bytes.is_empty() {
        return;
    }
    match shown.style.numbers {
        Numbers::None => {}
        Numbers::Lines => {
            let line = shown.text.lines().line_of(laid.bytes.start);
            if shown.text.lines().line_range(line).start == laid.bytes.start {
                number(0, line + 1);
            }
        }
        Numbers::Sentences => {
            let starts = view.sentence_starts();
            let first = starts.partition_point(|s| *s < laid.bytes.start);
            let mut last_row = usize::MAX;
            for (n, start) in starts.iter().enumerate().skip(first) {
                if *start >= laid.bytes.end {
                    break;
                }
                let row = laid.layout.row_of(start - laid.bytes.start);
                if row != last_row {
                    number(row, n + 1);
                    last_row = row;
                }
            }
        }
    }
}

fn caret(view: &ArticleView, painter: &Painter, shown: &Shown<'_>) {
    if let Some(rect) = view.caret_rect(view.selection().head) {
        let colour = if view.focused { shown.tokens.caret } else { shown.tokens.text_faint };
        painter.rect_filled(rect.expand2(vec2(0.0, 1.0)), 0.0, colour);
    }
}
