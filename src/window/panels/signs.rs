//! Small drawn signs that differ in shape as well as colour, and key caps.

use std::f32::consts::{FRAC_PI_2, TAU};

use egui::{Color32, CornerRadius, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::model::{Severity, Status};
use crate::window::article_view::pattern_line;
use crate::window::look::{LabelLook, Tokens};

/// The key of a status in the words.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Untouched => "status-untouched",
        Status::InProgress => "status-in-progress",
        Status::Done => "status-done",
        Status::Reviewed => "status-reviewed",
    }
}

/// The colour of a status.
pub fn status_colour(status: Status, tokens: &Tokens) -> Color32 {
    match status {
        Status::Untouched => tokens.text_faint,
        Status::InProgress => tokens.warning,
        Status::Done => tokens.info,
        Status::Reviewed => tokens.good,
    }
}

/// Draws a status: an empty ring, a half-filled one, a full disc, a disc with a tick.
pub fn status_sign(painter: &Painter, at: Pos2, radius: f32, status: Status, tokens: &Tokens) {
    let ink = status_colour(status, tokens);
    let ring = Stroke::new(1.4, ink);
    match status {
        Status::Untouched => drop(painter.circle_stroke(at, radius - 0.7, ring)),
        Status::InProgress => {
            painter.circle_stroke(at, radius - 0.7, ring);
            let half = (0..=12).map(|n| {
                let angle = -FRAC_PI_2 - n as f32 / 12.0 * TAU / 2.0;
                at + vec2(angle.cos(), angle.sin()) * (radius - 0.7)
            });
            painter.add(Shape::convex_polygon(half.collect(), ink, Stroke::NONE));
        }
        Status::Done => drop(painter.circle_filled(at, radius, ink)),
        Status::Reviewed => {
            painter.circle_filled(at, radius, ink);
            let tick = [vec2(-0.48, 0.02), vec2(-0.12, 0.4), vec2(0.52, -0.38)];
            let tick = tick.iter().map(|v| at + *v * radius).collect();
            painter.add(Shape::line(tick, Stroke::new(1.6, tokens.panel)));
        }
    }
}

/// The key of a severity in the words, for a count of findings.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-errors",
        Severity::Warning => "severity-warnings",
        Severity::Info | Severity::Off => "severity-infos",
    }
}

/// The colour of a severity.
pub fn severity_colour(severity: Severity, tokens: &Tokens) -> Color32 {
    match severity {
        Severity::Error => tokens.error,
        Severity::Warning => tokens.warning,
        Severity::Info | Severity::Off => tokens.info,
    }
}

/// Draws a severity: a disc with a cross, a triangle with a stroke, a ring with an i.
pub fn severity_sign(painter: &Painter, at: Pos2, radius: f32, severity: Severity, tokens: &Tokens) {
    let ink = severity_colour(severity, tokens);
    let on = Stroke::new(1.5, tokens.raised);
    match severity {
        Severity::Error => {
            painter.circle_filled(at, radius, ink);
            let arm = radius * 0.42;
            painter.line_segment([at + vec2(-arm, -arm), at + vec2(arm, arm)], on);
            painter.line_segment([at + vec2(-arm, arm), at + vec2(arm, -arm)], on);
        }
        Severity::Warning => {
            let corners = [vec2(0.0, -1.05), vec2(1.1, 0.85), vec2(-1.1, 0.85)];
            let corners = corners.iter().map(|v| at + *v * radius).collect();
            painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
            painter.line_segment([at + vec2(0.0, -0.4) * radius, at + vec2(0.0, 0.25) * radius], on);
            painter.circle_filled(at + vec2(0.0, 0.58) * radius, 0.8, tokens.raised);
        }
        Severity::Info | Severity::Off => {
            painter.circle_stroke(at, radius - 0.7, Stroke::new(1.4, ink));
            painter.circle_filled(at + vec2(0.0, -0.42) * radius, 0.9, ink);
            painter.line_segment(
                [at + vec2(0.0, -0.08) * radius, at + vec2(0.0, 0.5) * radius],
                Stroke::new(1.4, ink),
            );
        }
    }
}

/// A label's ground with its underline, `size` large.
pub(in crate::window) fn swatch(painter: &Painter, rect: Rect, look: LabelLook) {
    painter.rect_filled(rect, CornerRadius::same(2), look.ground);
    pattern_line(painter, rect.left() + 1.0, rect.right() - 1.0, rect.bottom() - 2.5, look, 1.6);
}

/// The caps of a chord as people read it: `Ctrl+Shift++` is `Ctrl`, `Shift`, `+`.
pub(super) fn caps(shown: &str) -> Vec<&str> {
    if shown.is_empty() {
        return Vec::new();
    }
    match shown.strip_suffix('+') {
        // The key itself is `+`.
        Some(rest) => rest.split('+').filter(|cap| !cap.is_empty()).chain(["+"]).collect(),
        None => shown.split('+').collect(),
    }
}

/// How wide [`paint_caps`] will draw a chord.
pub(in crate::window) fn caps_width(ui: &Ui, shown: &str) -> f32 {
    let caps = caps(shown);
    let font = FontId::proportional(11.5);
    let each = |cap: &&str| {
        let width = ui
            .fonts_mut(|f| f.layout_no_wrap((*cap).to_owned(), font.clone(), Color32::PLACEHOLDER))
            .size()
            .x;
        (width + 9.0).max(19.0)
    };
    caps.iter().map(each).sum::<f32>() + 3.0 * caps.len().saturating_sub(1) as f32
}

/// Draws a chord as key caps; `at` is the left middle.
pub(in crate::window) fn paint_caps(ui: &Ui, at: Pos2, shown: &str, tokens: &Tokens) {
    let mut x = at.x;
    for cap in caps(shown) {
        let galley = ui.fonts_mut(|f| {
            f.layout_no_wrap(cap.to_owned(), FontId::proportional(11.5), Color32::PLACEHOLDER)
        });
        let width = (galley.size().x + 9.0).max(19.0);
        let rect = Rect::from_min_size(pos2(x, at.y - 9.5), vec2(width, 18.0));
        let painter = ui.painter();
        painter.rect_filled(rect.translate(vec2(0.0, 1.0)), CornerRadius::same(4), tokens.line);
        painter.rect(
            rect,
            CornerRadius::same(4),
            tokens.page,
            Stroke::new(1.0, tokens.line),
            egui::StrokeKind::Inside,
        );
        painter.galley(rect.center() - galley.size() / 2.0, galley, tokens.text_soft);
        x += width + 3.0;
    }
}

/// A chord as key caps in a row of widgets.
pub(in crate::window) fn key_caps(ui: &mut Ui, shown: &str, tokens: &Tokens) {
    let size = vec2(caps_width(ui, shown), 19.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, shown));
    paint_caps(ui, rect.left_center(), shown, tokens);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_a_key_too() {
        assert_eq!(caps("Ctrl+Shift+P"), ["Ctrl", "Shift", "P"]);
        assert_eq!(caps("+"), ["+"]);
        assert_eq!(caps("Ctrl++"), ["Ctrl", "+"]);
        assert!(caps("").is_empty());
    }
}
