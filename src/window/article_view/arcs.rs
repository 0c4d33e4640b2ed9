//! Arcs from the selected span to what it is linked with. They never cross text: from the span they go down into the gap below its row,
//! in that gap out into the margin, along the margin to the gap of the other row, and in to the other span. What the link says
//! stands in the margin. Ends that are not in view are told by [`super::stubs`].

use egui::epaint::PathShape;
use egui::{
    Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::decorate::underline_room;
use super::paint::{CHIP_TEXT, label_look};
use super::shown::Shown;
use super::underline::lane_y;
use super::view::{ArticleView, view_id};
use crate::model::SpanId;
use crate::window::one_line::OneLine;

/// Distance of the line in the margin from the text.
const TRUNK: f32 = 7.0;
/// How round the corners are.
const ROUND: f32 = 4.0;

/// Where an arc meets a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// The place on the span's underline.
    pub at: Pos2,
    /// The middle of the gap below its row.
    pub gap: f32,
}

/// Where a span is met by arcs, if some of it is in view.
pub(super) fn anchor(view: &ArticleView, shown: &Shown<'_>, id: &SpanId) -> Option<Anchor> {
    const IN: f32 = 6.0;
    for laid in view.laid() {
        let first = laid
            .around
            .segments
            .iter()
            .filter(|s| s.span.id == *id)
            .min_by(|a, b| a.row.cmp(&b.row).then(a.x0.total_cmp(&b.x0)));
        if let Some(s) = first {
            let x = laid.at.x + (s.x0 + IN).min(f32::midpoint(s.x0, s.x1));
            let bottom = laid.row_top(s.row) + laid.row_height(s.row);
            let gap = bottom + underline_room(laid.around.lanes[s.row]) + 2.0;
            return Some(Anchor { at: pos2(x, lane_y(laid, s.row, s.lane)), gap });
        }
    }
    // A span for whose underline there was no room is met at its first word.
    let byte = shown.text.byte_of(shown.set.get(id)?.start())?.index();
    let laid = view.laid().iter().find(|l| l.bytes.contains(&byte))?;
    let row = laid.layout.row_of(byte - laid.bytes.start);
    let x = laid.at.x + laid.layout.x_of(row, byte - laid.bytes.start) + IN;
    let bottom = laid.row_top(row) + laid.row_height(row);
    Some(Anchor { at: pos2(x, bottom), gap: bottom + underline_room(laid.around.lanes[row]) + 2.0 })
}

/// The corners of an arc between two anchors, with the line in the margin at `trunk`. In one row there is no need for the margin.
pub fn route(from: Anchor, to: Anchor, trunk: f32) -> Vec<Pos2> {
    let mut way = vec![from.at, pos2(from.at.x, from.gap)];
    if (from.gap - to.gap).abs() > 0.5 {
        way.extend([pos2(trunk, from.gap), pos2(trunk, to.gap)]);
    }
    way.extend([pos2(to.at.x, to.gap), to.at]);
    way
}

/// One pill in the margin: what the links that end in one row say.
struct Pill {
    y: f32,
    text: String,
    ink: Color32,
}

/// Paints the arcs of the selected span.
pub(super) fn paint(
    view: &ArticleView,
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    page: Rect,
    selected: Option<&SpanId>,
) {
    let Some(from) = selected.and_then(|id| anchor(view, shown, id)) else {
        return;
    };
    let trunk = page.left() - TRUNK;
    let mut pills: Vec<Pill> = Vec::new();
    let mut drawn: Vec<(&SpanId, bool)> = Vec::new();
    for link in view.links() {
        let Some(target) = shown.set.get(&link.span) else {
            continue;
        };
        let Some(to) = anchor(view, shown, &link.span) else {
            continue;
        };
        let ink = label_look(shown, target).ink;
        if !drawn.contains(&(&link.span, link.incoming)) {
            drawn.push((&link.span, link.incoming));
            let way = route(from, to, trunk);
            painter.add(PathShape::line(rounded(&way, ROUND), Stroke::new(1.6, ink)));
            let tip = if link.incoming { from.at } else { to.at };
            arrow(painter, tip + vec2(0.0, 1.0), vec2(0.0, -1.0), ink);
        }
        let what = if link.incoming { format!("← {}", link.what) } else { link.what.clone() };
        match pills.iter_mut().find(|pill| (pill.y - to.gap).abs() < 1.0) {
            Some(pill) if !pill.text.contains(&what) => pill.text = format!("{}, {what}", pill.text),
            Some(_) => {}
            None => pills.push(Pill { y: to.gap, text: what, ink }),
        }
    }
    for (n, pill) in pills.iter().enumerate() {
        let rect = draw_pill(ui, painter, shown, pill, trunk - 4.0);
        // The margin may be too narrow for all of it.
        ui.interact(rect, view_id().with(("link", n)), egui::Sense::hover()).on_hover_text(&pill.text);
    }
}

fn draw_pill(ui: &Ui, painter: &Painter, shown: &Shown<'_>, pill: &Pill, right: f32) -> Rect {
    let room = right - painter.clip_rect().left() - 9.0;
    let font = FontId::new(CHIP_TEXT, egui::FontFamily::Proportional);
    let line = OneLine::new(ui, &pill.text, room.max(10.0), font, pill.ink);
    let size = line.size() + vec2(6.0, 0.0);
    let rect = Rect::from_min_size(pos2(right - size.x, pill.y - size.y / 2.0), size);
    let edge = Stroke::new(0.8, pill.ink);
    painter.rect(rect, CornerRadius::same(3), shown.tokens.page, edge, StrokeKind::Inside);
    line.paint(painter, rect.min + vec2(3.0, 0.0), pill.ink);
    rect
}

/// The same way with round corners.
fn rounded(way: &[Pos2], radius: f32) -> Vec<Pos2> {
    let mut points = vec![way[0]];
    for corner in way.windows(3) {
        let [before, at, after] = [corner[0], corner[1], corner[2]];
        let reach = |to: Pos2| {
            let long = (to - at).length();
            at + (to - at).normalized() * radius.min(long / 2.0)
        };
        let (a, b) = (reach(before), reach(after));
        // A quadratic curve with the corner as its control point.
        for n in 0..=4 {
            let t = n as f32 / 4.0;
            points.push(a.lerp(at, t).lerp(at.lerp(b, t), t));
        }
    }
    points.extend(way.last());
    points
}

fn arrow(painter: &Painter, tip: Pos2, way: Vec2, ink: Color32) {
    let side = vec2(-way.y, way.x) * 3.2;
    painter.add(Shape::convex_polygon(
        vec![tip, tip - way * 5.5 + side, tip - way * 5.5 - side],
        ink,
        Stroke::NONE,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_runs_in_the_gaps_and_in_the_margin() {
        let from = Anchor { at: pos2(200.0, 50.0), gap: 53.0 };
        let to = Anchor { at: pos2(120.0, 130.0), gap: 137.0 };
        let way = route(from, to, 43.0);
        for step in way.windows(2) {
            let (a, b) = (step[0], step[1]);
            assert!(a.x == b.x || a.y == b.y, "only along and across");
            if a.y == b.y {
                assert!(a.y == from.gap || a.y == to.gap, "across only in the gaps below rows");
            } else if a.x != from.at.x && a.x != to.at.x {
                assert_eq!(a.x, 43.0, "along only in the margin");
            }
        }
    }

    #[test]
    fn within_a_row_the_margin_is_not_needed() {
        let from = Anchor { at: pos2(200.0, 50.0), gap: 53.0 };
        let way = route(from, Anchor { at: pos2(300.0, 46.0), gap: 53.0 }, 43.0);
        assert!(way.iter().all(|p| p.x >= 200.0), "{way:?}");
    }

    #[test]
    fn round_corners_keep_both_ends() {
        let way = [pos2(0.0, 0.0), pos2(0.0, 10.0), pos2(50.0, 10.0)];
        let points = rounded(&way, 4.0);
        assert_eq!((points[0], *points.last().unwrap()), (way[0], way[2]));
        assert!(points.iter().all(|p| (0.0..=50.0).contains(&p.x) && (0.0..=10.0).contains(&p.y)));
    }
}
