//! Painting the page: grounds, selection, text, underlines, chips, caret, arcs, margin, scroll bar.

use egui::epaint::{CubicBezierShape, PathShape};
use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::decorate::{CHIP, Chip, LANE, Segment};
use super::view::{ArticleView, Laid, Numbers, Shown};
use crate::model::{Link, Lookup, Span, SpanId, leaves};
use crate::window::describe::Describer;
use crate::window::look::{LabelLook, LinePattern};

const CHIP_TEXT: f32 = 10.5;

fn describer<'a>(shown: &Shown<'a>) -> Describer<'a> {
    Describer {
        text: shown.text,
        set: shown.set,
        schema: shown.schema,
        register: shown.register,
        codebook: shown.codebook,
        language: shown.words.code(),
    }
}

fn label_look(shown: &Shown<'_>, span: &Span) -> LabelLook {
    shown.tokens.label(shown.schema.colour_of(&span.label))
}

/// How wide a span's chip wants to be; `None` while chips are turned off.
pub(super) fn chip_width(ui: &Ui, shown: &Shown<'_>, span: &Span) -> Option<f32> {
    if !shown.style.chips {
        return None;
    }
    let text = describer(shown).chip(span);
    let galley = ui.painter().layout_no_wrap(
        text,
        FontId::new(CHIP_TEXT, egui::FontFamily::Proportional),
        Color32::PLACEHOLDER,
    );
    Some(galley.size().x + 8.0)
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
    for laid in view.laid() {
        grounds(painter, shown, laid, selected);
        ranges(view, painter, shown, laid);
        laid.layout.paint(painter, laid.at, &laid.decoration.shift);
        for segment in &laid.decoration.segments {
            underline(painter, shown, laid, segment, selected, view.links());
        }
        for chip in &laid.decoration.chips {
            draw_chip(ui, painter, shown, laid, chip, selected);
        }
        margin(view, painter, shown, laid, page);
    }
    caret(view, painter, shown);
    arcs(view, ui, painter, shown, page, selected);
}

/// The spans that the selected one is linked with, by fields or relations, with what the link says and whether it comes from there.
pub(super) fn linked(shown: &Shown<'_>, selected: Option<&SpanId>) -> Vec<(SpanId, String, bool)> {
    let Some(span) = selected.and_then(|id| shown.set.get(id)) else {
        return Vec::new();
    };
    let words = describer(shown);
    let lookup = Lookup { set: shown.set, register: shown.register, codebook: shown.codebook };
    let mut all: Vec<(SpanId, String, bool)> = Vec::new();
    for leaf in leaves(shown.schema.fields_of(&span.label), &span.fields) {
        if let Some(Link::Span(id)) = lookup.link(&leaf.def.kind, leaf.value) {
            let top = leaf.path.top().unwrap_or_default();
            let def = shown.schema.fields_of(&span.label).iter().find(|d| d.name == top);
            all.push((id, def.map_or(top, |d| d.title(words.language)).to_owned(), false));
        }
    }
    for relation in shown.set.relations_of(&span.id) {
        let title = shown
            .schema
            .relation(&relation.label)
            .map_or(relation.label.as_str(), |r| r.title(words.language));
        if relation.from == span.id {
            all.push((relation.to.clone(), title.to_owned(), false));
        } else {
            all.push((relation.from.clone(), title.to_owned(), true));
        }
    }
    if all.len() < 64 {
        for other in shown.set.referring_to(&span.id).take(64) {
            let defs = shown.schema.fields_of(&other.label);
            for path in crate::model::links_to(defs, &other.fields, &span.id) {
                let top = path.top().unwrap_or_default();
                let title = defs.iter().find(|d| d.name == top).map_or(top, |d| d.title(words.language));
                all.push((other.id.clone(), title.to_owned(), true));
            }
        }
    }
    all
}

fn segment_rect(laid: &Laid, s: &Segment) -> Rect {
    let top = laid.row_top(s.row);
    Rect::from_min_max(
        pos2(laid.at.x + s.x0, top + 1.0),
        pos2(laid.at.x + s.x1, top + laid.row_height(s.row) - 1.0),
    )
}

fn grounds(painter: &Painter, shown: &Shown<'_>, laid: &Laid, selected: Option<&SpanId>) {
    for segment in &laid.decoration.segments {
        let look = label_look(shown, &segment.span);
        let rect = segment_rect(laid, segment);
        let round = |yes: bool| if yes { 3 } else { 0 };
        let corners = CornerRadius {
            nw: round(segment.starts),
            sw: round(segment.starts),
            ne: round(segment.ends),
            se: round(segment.ends),
        };
        painter.rect_filled(rect, corners, look.ground);
        if selected == Some(&segment.span.id) || shown.candidate == Some(&segment.span.id) {
            painter.rect_stroke(rect, corners, Stroke::new(1.5, look.ink), StrokeKind::Outside);
        }
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
    fill(view.selection.range(), shown.tokens.selection);
}

fn underline(
    painter: &Painter,
    shown: &Shown<'_>,
    laid: &Laid,
    s: &Segment,
    selected: Option<&SpanId>,
    forward: &[(SpanId, String, bool)],
) {
    let look = label_look(shown, &s.span);
    let y = laid.row_top(s.row) + laid.row_height(s.row) - 0.5 + s.lane as f32 * LANE;
    let (x0, x1) = (laid.at.x + s.x0, laid.at.x + s.x1);
    let chosen = selected == Some(&s.span.id) || forward.iter().any(|(id, ..)| *id == s.span.id);
    line(painter, x0, x1, y, look, if chosen { 2.4 } else { 1.4 });
    // End ticks tell where one of two touching spans ends; open ends run on in the next row.
    let tick = Stroke::new(1.4, look.ink);
    if s.starts {
        painter.line_segment([pos2(x0 + 0.7, y - 3.0), pos2(x0 + 0.7, y + 1.0)], tick);
    }
    if s.ends {
        painter.line_segment([pos2(x1 - 0.7, y - 3.0), pos2(x1 - 0.7, y + 1.0)], tick);
    }
    if s.ends && s.part + 1 < s.span.parts.len() || s.starts && s.part > 0 {
        // Parts of one span: a small hook towards the other part.
        let (x, way) = if s.ends && s.part + 1 < s.span.parts.len() { (x1, 1.0) } else { (x0, -1.0) };
        for n in 0..3 {
            painter.circle_filled(pos2(x + way * (4.0 + n as f32 * 4.0), y), 1.0, look.ink);
        }
    }
    if shown.findings.trouble(&s.span.id) && s.ends {
        painter.circle_filled(pos2(x1 + 1.0, laid.row_top(s.row) + 3.0), 2.6, shown.tokens.error);
    }
}

/// One underline in a label's pattern.
pub fn line(painter: &Painter, x0: f32, x1: f32, y: f32, look: LabelLook, width: f32) {
    let stroke = Stroke::new(width, look.ink);
    let flat = |painter: &Painter, y: f32, stroke: Stroke| {
        painter.line_segment([pos2(x0, y), pos2(x1, y)], stroke);
    };
    match look.line {
        LinePattern::Solid => flat(painter, y, stroke),
        LinePattern::Thick => flat(painter, y, Stroke::new(width + 1.2, look.ink)),
        LinePattern::Double => {
            let thin = Stroke::new((width * 0.6).max(0.8), look.ink);
            flat(painter, y - 1.1, thin);
            flat(painter, y + 1.1, thin);
        }
        LinePattern::Dashed => {
            painter.extend(Shape::dashed_line(&[pos2(x0, y), pos2(x1, y)], stroke, 6.0, 3.0))
        }
        LinePattern::DashDot => {
            painter.extend(Shape::dashed_line_with_offset(
                &[pos2(x0, y), pos2(x1, y)],
                stroke,
                &[7.0, 1.5],
                &[2.5, 2.5],
                0.0,
            ));
        }
        LinePattern::Dotted => {
            painter.extend(Shape::dotted_line(&[pos2(x0, y), pos2(x1, y)], look.ink, 3.6, width * 0.6))
        }
        LinePattern::Wavy => {
            let mut points = Vec::new();
            let mut x = x0;
            while x < x1 {
                points.push(pos2(x, y + ((x - x0) * 0.9).sin() * 1.3));
                x += 1.5;
            }
            points.push(pos2(x1, y));
            painter.add(PathShape::line(points, Stroke::new(width * 0.8, look.ink)));
        }
    }
}

fn draw_chip(
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    laid: &Laid,
    chip: &Chip,
    selected: Option<&SpanId>,
) {
    let look = label_look(shown, &chip.span);
    let chosen = selected == Some(&chip.span.id);
    if chip.width <= 0.0 {
        let top = laid.row_top(chip.row);
        let x = laid.at.x + chip.x0;
        painter.add(Shape::convex_polygon(
            vec![pos2(x, top - 5.0), pos2(x + 6.0, top - 5.0), pos2(x, top + 1.0)],
            look.ink,
            Stroke::NONE,
        ));
        return;
    }
    let rect = chip_rect(laid, chip);
    let (ground, ink) = if chosen { (look.ink, shown.tokens.page) } else { (look.ground, look.ink) };
    painter.rect(rect, CornerRadius::same(3), ground, Stroke::new(0.8, look.ink), StrokeKind::Inside);
    let galley = ui.fonts_mut(|fonts| {
        let mut job = egui::text::LayoutJob::simple_singleline(
            describer(shown).chip(&chip.span),
            FontId::new(CHIP_TEXT, egui::FontFamily::Proportional),
            ink,
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 6.0);
        fonts.layout_job(job)
    });
    painter.with_clip_rect(rect.intersect(painter.clip_rect())).galley(
        pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0),
        galley,
        ink,
    );
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
    if let Some(rect) = view.caret_rect(view.selection.head) {
        let colour = if view.focused { shown.tokens.caret } else { shown.tokens.text_faint };
        painter.rect_filled(rect.expand2(vec2(0.0, 1.0)), 0.0, colour);
    }
}

/// Arcs from the selected span to what it is linked with; an end off screen becomes a stub that points there.
fn arcs(
    view: &ArticleView,
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    page: Rect,
    selected: Option<&SpanId>,
) {
    let Some(span) = selected.and_then(|id| shown.set.get(id)) else {
        return;
    };
    let Some(from) = view.span_rects(&span.id).into_iter().next() else {
        return;
    };
    let look = label_look(shown, span);
    let visible = view.visible();
    let mut labelled: Vec<Pos2> = Vec::new();
    for (to, what, incoming) in view.links() {
        let Some(target) = shown.set.get(to) else {
            continue;
        };
        let ink = label_look(shown, target).ink;
        let stroke = Stroke::new(1.6, ink);
        let start = from.left_center() + vec2(-1.0, 0.0);
        let end = match view.span_rects(to).into_iter().next() {
            Some(rect) => rect.left_center() + vec2(-1.0, 0.0),
            None => {
                let above = shown.text.byte_of(target.start()).is_some_and(|b| b.index() < visible.start);
                pos2(page.left() - 8.0, if above { page.top() + 6.0 } else { page.bottom() - 6.0 })
            }
        };
        // The arc swings out into the margin, so that it crosses as little text as it can.
        let swing = (page.left() - 10.0 - (end.y - start.y).abs().min(240.0) * 0.05)
            .max(painter.clip_rect().left() + 4.0);
        let (c1, c2) = (pos2(swing.min(start.x - 16.0), start.y), pos2(swing.min(end.x - 16.0), end.y));
        painter.add(CubicBezierShape::from_points_stroke(
            [start, c1, c2, end],
            false,
            Color32::TRANSPARENT,
            stroke,
        ));
        if *incoming {
            arrow(painter, start, (start - c1).normalized(), ink);
        } else {
            arrow(painter, end, (end - c2).normalized(), ink);
        }
        let mut at = pos2(
            (start.x + 3.0 * c1.x + 3.0 * c2.x + end.x) / 8.0,
            (start.y + 3.0 * c1.y + 3.0 * c2.y + end.y) / 8.0,
        );
        at.x = at.x.max(painter.clip_rect().left() + 6.0);
        while labelled.iter().any(|other| (other.y - at.y).abs() < 14.0 && (other.x - at.x).abs() < 80.0) {
            at.y += 14.0;
        }
        labelled.push(at);
        let galley = ui.painter().layout_no_wrap(
            what.clone(),
            FontId::new(CHIP_TEXT, egui::FontFamily::Proportional),
            ink,
        );
        let rect =
            Rect::from_min_size(at - vec2(0.0, galley.size().y / 2.0), galley.size()).expand2(vec2(3.0, 0.0));
        painter.rect(
            rect,
            CornerRadius::same(3),
            shown.tokens.page,
            Stroke::new(0.8, ink),
            StrokeKind::Outside,
        );
        painter.galley(rect.min + vec2(3.0, 0.0), galley, ink);
    }
    painter.circle_filled(from.left_center() + vec2(-1.0, 0.0), 2.0, look.ink);
}

fn arrow(painter: &Painter, tip: Pos2, way: egui::Vec2, ink: Color32) {
    let side = vec2(-way.y, way.x) * 3.5;
    painter.add(Shape::convex_polygon(
        vec![tip, tip - way * 7.0 + side, tip - way * 7.0 - side],
        ink,
        Stroke::NONE,
    ));
}

/// The scroll bar, with marks for problems and search hits.
pub(super) fn scroll_bar(
    view: &ArticleView,
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    bar: Rect,
    response: &Response,
) {
    let (top, part) = view.scroll_extent(bar.height());
    let length = shown.text.len_bytes().max(1) as f32;
    // A row of pixels is painted once for each colour, however many places fall on it: a long text has thousands of them.
    let rows = bar.height().ceil().max(1.0) as usize + 1;
    let marks = |bytes: &mut dyn Iterator<Item = usize>, colour: Color32| {
        let mut painted = vec![false; rows];
        for byte in bytes {
            let down = byte as f32 / length * bar.height();
            if !std::mem::replace(&mut painted[(down as usize).min(rows - 1)], true) {
                let across = (bar.left() + 2.0)..=(bar.right() - 2.0);
                painter.hline(across, bar.top() + down, Stroke::new(1.5, colour));
            }
        }
    };
    marks(&mut shown.found.iter().take(2000).map(|range| range.start), shown.tokens.accent);
    let place = |id: &SpanId| Some(shown.text.byte_of(shown.set.get(id)?.start())?.index());
    marks(&mut shown.findings.troubled().take(2000).filter_map(place), shown.tokens.error);
    if part >= 1.0 && top <= 0.0 {
        return;
    }
    let height = (part as f32 * bar.height()).clamp(28.0, bar.height());
    let y = bar.top() + (top as f32 * bar.height()).min(bar.height() - height);
    let thumb = Rect::from_min_size(pos2(bar.left() + 3.0, y), vec2(6.0, height));
    let strong = response.hovered() && ui.input(|i| i.pointer.hover_pos()).is_some_and(|p| bar.contains(p));
    painter.rect_filled(thumb, 3.0, if strong { shown.tokens.text_faint } else { shown.tokens.line });
}
