//! A chart on the page: one stop of the Tab key, arrows move among its cells, Enter or a click goes to what lies behind one.

use egui::{EventFilter, Id, Key, Modifiers, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::charts::Chart;
use crate::window::panel::Panel;

/// Where the keyboard is in a chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cursor {
    at: usize,
}

/// Shows a chart; gives the row and column of the cell that was chosen.
pub fn show(
    ui: &mut Ui,
    panel: &Panel<'_>,
    id: Id,
    name: &str,
    chart: &Chart,
    cursor: &mut Cursor,
) -> Option<(usize, usize)> {
    let (rect, _) = ui.allocate_exact_size(chart.drawing.size, Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, name));
    if ui.is_rect_visible(rect) {
        chart.drawing.paint(ui.painter(), rect.min);
    }
    let there = rect.min.to_vec2();
    let mut chosen = None;
    cursor.at = cursor.at.min(chart.cells.len().saturating_sub(1));
    if response.has_focus() && !chart.cells.is_empty() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let pressed = |key: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        for (key, way) in [
            (Key::ArrowLeft, (0, -1)),
            (Key::ArrowRight, (0, 1)),
            (Key::ArrowUp, (-1, 0)),
            (Key::ArrowDown, (1, 0)),
        ] {
            if pressed(key) {
                cursor.at = neighbour(chart, cursor.at, way);
            }
        }
        if pressed(Key::Enter) || pressed(Key::Space) {
            chosen = Some(chart.cells[cursor.at].at);
        }
        let cell = chart.cells[cursor.at].rect.translate(there);
        let stroke = Stroke::new(2.0, panel.tokens.caret);
        ui.painter().rect_stroke(cell, 2.0, stroke, StrokeKind::Inside);
    }
    for (n, cell) in chart.cells.iter().enumerate() {
        let at = cell.rect.translate(there);
        let here = ui.interact(at, id.with(n), Sense::CLICK);
        here.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &cell.words));
        if here.clicked() {
            cursor.at = n;
            response.request_focus();
            chosen = Some(cell.at);
        }
        if here.hovered() {
            ui.painter().rect_stroke(at, 2.0, Stroke::new(1.5, panel.tokens.text), StrokeKind::Inside);
            here.on_hover_text(&cell.words);
        }
    }
    chosen
}

/// The nearest cell in a direction, or the same where there is none.
fn neighbour(chart: &Chart, at: usize, (down, right): (i32, i32)) -> usize {
    let from = chart.cells[at].rect.center();
    let far = |n: usize| {
        let to = chart.cells[n].rect.center() - from;
        let (along, across) =
            if right != 0 { (to.x * right as f32, to.y) } else { (to.y * down as f32, to.x) };
        (along > 1.0).then_some(along + across.abs() * 4.0)
    };
    let all = (0..chart.cells.len()).filter_map(|n| Some((far(n)?, n)));
    all.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(at, |(_, n)| n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::dashboard::charts::Cell;

    #[test]
    fn arrows_go_from_cell_to_cell() {
        let cell = |x: f32, y: f32| Cell {
            rect: egui::Rect::from_min_size(egui::pos2(x, y), egui::vec2(10.0, 10.0)),
            at: (0, 0),
            words: String::new(),
        };
        let chart =
            Chart { cells: vec![cell(0.0, 0.0), cell(10.0, 0.0), cell(0.0, 10.0)], ..Chart::default() };
        assert_eq!(neighbour(&chart, 0, (0, 1)), 1);
        assert_eq!(neighbour(&chart, 0, (1, 0)), 2);
        assert_eq!(neighbour(&chart, 1, (0, 1)), 1);
        assert_eq!(neighbour(&chart, 2, (-1, 0)), 0);
    }
}
