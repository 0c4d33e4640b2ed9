//! Underlines in their labels' patterns, the ticks at their ends, and the lines that join parts.

use egui::epaint::PathShape;
use egui::{Painter, Shape, Stroke, pos2};

use super::decorate::{Join, LANE, Segment};
use super::links::{Emphases, Emphasis};
use super::page::Laid;
use super::paint::span_look;
use super::shown::Shown;
use crate::window::look::{LabelLook, LinePattern};

/// Where a lane's underline is drawn.
pub(super) fn lane_y(laid: &Laid, row: usize, lane: usize) -> f32 {
    laid.row_top(row) + laid.row_height(row) - 0.5 + lane as f32 * LANE
}

/// The underline of a piece of a span.
pub(super) fn draw(painter: &Painter, shown: &Shown<'_>, laid: &Laid, s: &Segment, all: &Emphases<'_>) {
    let emphasis = all.of(&s.span.id);
    let look = span_look(shown, &s.span, emphasis);
    let y = lane_y(laid, s.row, s.lane);
    let (x0, x1) = (laid.at.x + s.x0, laid.at.x + s.x1);
    let strong = emphasis == Emphasis::Forward;
    line(painter, x0, x1, y, look, if strong { 2.2 } else { 1.4 });
    // End ticks tell where one of two touching spans ends; open ends run on in the next row.
    let tick = Stroke::new(1.4, look.ink);
    for (is_end, x) in [(s.edge_left(), x0 + 0.7), (s.edge_right(), x1 - 0.7)] {
        if is_end {
            painter.line_segment([pos2(x, y - 3.0), pos2(x, y + 1.0)], tick);
        }
    }
    if s.ends && s.part + 1 == s.span.parts.len() && shown.findings.trouble(&s.span.id) {
        let end = if s.rtl { x0 - 1.0 } else { x1 + 1.0 };
        painter.circle_filled(pos2(end, laid.row_top(s.row) + 3.0), 2.6, shown.tokens.error);
    }
}

/// The line between two parts: always thin and dotted, so that nobody takes the gap for a part.
pub(super) fn draw_join(painter: &Painter, shown: &Shown<'_>, laid: &Laid, join: &Join, all: &Emphases<'_>) {
    let emphasis = all.of(&join.span.id);
    let look = span_look(shown, &join.span, emphasis);
    let y = lane_y(laid, join.row, join.lane);
    let (x0, x1) = (laid.at.x + join.x0, laid.at.x + join.x1);
    let size = if emphasis == Emphasis::Forward { 1.2 } else { 0.9 };
    // Towards a part that is further away the dots stand wider.
    let step = if join.runs_on { 5.0 } else { 4.0 };
    painter.extend(Shape::dotted_line(&[pos2(x0 + 2.5, y), pos2(x1 - 1.0, y)], look.ink, step, size));
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
            painter.extend(Shape::dashed_line(&[pos2(x0, y), pos2(x1, y)], stroke, 6.0, 3.0));
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
            painter.extend(Shape::dotted_line(&[pos2(x0, y), pos2(x1, y)], look.ink, 3.6, width * 0.6));
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
