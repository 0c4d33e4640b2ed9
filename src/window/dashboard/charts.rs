//! The charts of the overview: bars of progress, heat maps, lines over time. Each is a [`Drawing`] with the places one can click, and
//! the table behind it.

use egui::{Align2, Color32, Pos2, Rect, Vec2, pos2, vec2};

use super::drawing::Drawing;
use crate::model::Status;
use crate::window::look::{Tokens, contrast};
use crate::window::panels::status_colour;

/// A chart with what can be clicked in it and the figures it shows.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What is painted.
    pub drawing: Drawing,
    /// The places that can be clicked, with what each says and its row and column.
    pub cells: Vec<Cell>,
    /// The figures: a row of headings, then rows.
    pub table: Vec<Vec<String>>,
}

/// A place in a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where, from the chart's upper left corner.
    pub rect: Rect,
    /// Its row and column among the figures.
    pub at: (usize, usize),
    /// What it says, for a screen reader and the pointer.
    pub words: String,
}

impl Chart {
    /// The table as CSV (RFC 4180).
    pub fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &self.table {
            // Writing to memory cannot fail.
            let _ = writer.write_record(row);
        }
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

/// A value between 0 and 1 as people read it in a table: two places.
pub fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| format!("{v:.2}"))
}

const TEXT: f32 = 12.0;
const SMALL: f32 = 10.5;
/// Room for the share behind a bar.
const AFTER_BAR: f32 = 56.0;
/// A cell of a heat map is not wider than this where there is room left: a figure in a field of its own is no easier to read.
const WIDEST_CELL: f32 = 240.0;
/// Nor narrower than this: a figure must fit.
const NARROWEST_CELL: f32 = 58.0;

/// How much of a chart's width its names may take.
fn share_of(room: f32) -> f32 {
    (room * 0.28).max(180.0)
}

/// A text, clipped where it would be wider than this.
fn fitting(text: &str, width: f32, size: f32) -> String {
    crate::window::describe::clipped(text, (width / (size * 0.62)).floor() as usize)
}

/// About how wide a text will be; only to keep room for it.
fn width_of(text: &str, size: f32) -> f32 {
    text.chars().count() as f32 * size * 0.56
}

/// One bar of progress.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Whose.
    pub name: String,
    /// How many articles are in each status, in the order of [`Status::ALL`].
    pub counts: [usize; 4],
}

/// Bars of progress, one a person. `titles` are the names of the four statuses; `room` is how wide the chart may be, in points.
pub fn progress(people: &[Progress], titles: &[String; 4], head: &str, room: f32, tokens: &Tokens) -> Chart {
    let row = if people.len() > 12 { 26.0 } else { 32.0 };
    let names = people.iter().map(|p| width_of(&p.name, TEXT)).fold(60.0, f32::max);
    let names = (names * 1.12).min(share_of(room)) + 12.0;
    let bar = (room - names - AFTER_BAR).max(240.0);
    let legend: f32 = titles.iter().map(|t| width_of(t, SMALL) + 26.0).sum();
    let width = (names + bar + AFTER_BAR).max(legend + 8.0);
    let mut chart =
        Chart { drawing: Drawing::new(width, row * people.len() as f32 + 30.0), ..Chart::default() };
    let mut x = 4.0;
    for (status, title) in Status::ALL.into_iter().zip(titles) {
        let rect = Rect::from_min_size(pos2(x, 6.0), vec2(12.0, 12.0));
        chart.drawing.area(rect, status_colour(status, tokens), None);
        chart.drawing.words(pos2(x + 16.0, 12.0), Align2::LEFT_CENTER, title, SMALL, tokens.text_soft);
        x += width_of(title, SMALL) + 26.0;
    }
    let mut table = vec![vec![head.to_owned()]];
    table[0].extend(titles.iter().cloned());
    for (n, person) in people.iter().enumerate() {
        let y = 28.0 + n as f32 * row;
        let middle = y + row / 2.0;
        chart.drawing.words(
            pos2(4.0, middle),
            Align2::LEFT_CENTER,
            fitting(&person.name, names - 12.0, TEXT),
            TEXT,
            tokens.text,
        );
        let total: usize = person.counts.iter().sum();
        let mut left = names;
        // The best status first, so that the bar grows from the left as the work does.
        for (rank, status) in Status::ALL.into_iter().enumerate().rev() {
            let count = person.counts[rank];
            if count == 0 {
                continue;
            }
            let wide = bar * count as f32 / total.max(1) as f32;
            let rect = Rect::from_min_size(pos2(left, y + 4.0), vec2(wide, row - 8.0));
            let fill = match status {
                Status::Untouched => tokens.line,
                other => status_colour(other, tokens),
            };
            chart.drawing.area(rect, fill, Some(tokens.page));
            if wide > width_of(&count.to_string(), SMALL) + 4.0 {
                let ink = readable_on(fill, tokens);
                chart.drawing.words(rect.center(), Align2::CENTER_CENTER, count.to_string(), SMALL, ink);
            }
            let words = format!("{}: {} {count}", person.name, titles[rank]);
            chart.cells.push(Cell { rect, at: (n, rank), words });
            left += wide;
        }
        let done = person.counts[2] + person.counts[3];
        let share = (done * 100).checked_div(total).map_or_else(String::new, |share| format!("{share} %"));
        chart.drawing.words(
            pos2(names + bar + 8.0, middle),
            Align2::LEFT_CENTER,
            share,
            SMALL,
            tokens.text_soft,
        );
        let counts = person.counts.iter().map(ToString::to_string);
        table.push(std::iter::once(person.name.clone()).chain(counts).collect());
    }
    chart.table = table;
    chart
}

/// What a heat map shows.
#[derive(Clone, Debug, Default)]
pub struct Heat {
    /// What the rows are.
    pub rows: Vec<String>,
    /// What the columns are.
    pub columns: Vec<String>,
    /// For each row and column, what stands in the cell and how warm it is, 0 to 1; `None` = nothing to show.
    pub cells: Vec<Vec<Option<(String, f32)>>>,
    /// What each cell says in words, in the same order.
    pub words: Vec<Vec<String>>,
}

/// A heat map. `corner` says what rows and columns are; `room` is how wide it may be, in points, and it is wider only if its figures
/// need it.
pub fn heat(heat: &Heat, corner: &str, room: f32, tokens: &Tokens) -> Chart {
    let names = heat.rows.iter().map(|r| width_of(r, TEXT)).fold(width_of(corner, SMALL), f32::max);
    let names = (names * 1.12).min(share_of(room)) + 12.0;
    let wide = heat.columns.iter().map(|c| width_of(c, SMALL)).fold(46.0, f32::max).min(130.0) + 12.0;
    let share = (room - names - 4.0) / heat.columns.len().max(1) as f32;
    // Names of columns are clipped before the chart runs out of the room.
    let wide = share.clamp(NARROWEST_CELL, wide.max(WIDEST_CELL));
    // Few rows may be taller: a cell is easier to hit, and its warmth easier to see.
    let high = (wide * 0.3).clamp(30.0, if heat.rows.len() > 8 { 34.0 } else { 52.0 });
    let size = vec2(names + wide * heat.columns.len() as f32 + 4.0, high * heat.rows.len() as f32 + 28.0);
    let mut chart = Chart { drawing: Drawing::new(size.x, size.y), ..Chart::default() };
    chart.drawing.words(
        pos2(4.0, 14.0),
        Align2::LEFT_CENTER,
        fitting(corner, names - 12.0, SMALL),
        SMALL,
        tokens.text_faint,
    );
    for (n, column) in heat.columns.iter().enumerate() {
        let at = pos2(names + wide * (n as f32 + 0.5), 14.0);
        let title = fitting(column, wide - 8.0, SMALL);
        chart.drawing.words(at, Align2::CENTER_CENTER, title, SMALL, tokens.text_soft);
    }
    chart.table.push(std::iter::once(corner.to_owned()).chain(heat.columns.iter().cloned()).collect());
    for (r, row) in heat.rows.iter().enumerate() {
        let y = 26.0 + r as f32 * high;
        let title = fitting(row, names - 12.0, TEXT);
        chart.drawing.words(pos2(4.0, y + high / 2.0), Align2::LEFT_CENTER, title, TEXT, tokens.text);
        let mut figures = vec![row.clone()];
        for c in 0..heat.columns.len() {
            let rect = Rect::from_min_size(pos2(names + wide * c as f32, y), vec2(wide, high));
            match heat.cells.get(r).and_then(|cells| cells.get(c)).and_then(Option::as_ref) {
                Some((text, warmth)) => {
                    let fill = warm(*warmth, tokens);
                    chart.drawing.area(rect, fill, Some(tokens.page));
                    let ink = readable_on(fill, tokens);
                    chart.drawing.words(rect.center(), Align2::CENTER_CENTER, text, TEXT, ink);
                    let words = heat.words.get(r).and_then(|w| w.get(c)).cloned();
                    let words = words.unwrap_or_else(|| format!("{row}, {}: {text}", heat.columns[c]));
                    chart.cells.push(Cell { rect, at: (r, c), words });
                    figures.push(text.clone());
                }
                None => {
                    chart.drawing.words(rect.center(), Align2::CENTER_CENTER, "·", TEXT, tokens.text_faint);
                    figures.push(String::new());
                }
            }
        }
        chart.table.push(figures);
    }
    chart
}

/// The colour of a warmth between 0 (the panel's ground) and 1 (half way to the accent: the figures must stay readable on all of it).
fn warm(warmth: f32, tokens: &Tokens) -> Color32 {
    let warmth = warmth.clamp(0.0, 1.0);
    tokens.panel.lerp_to_gamma(tokens.accent, 0.04 + warmth * 0.42)
}

/// The ink that reads best on a ground.
fn readable_on(ground: Color32, tokens: &Tokens) -> Color32 {
    if contrast(tokens.text, ground) >= contrast(tokens.on_accent, ground) {
        tokens.text
    } else {
        tokens.on_accent
    }
}

/// One point of a line over time.
#[derive(Clone, Debug)]
pub struct Point {
    /// What stands below it: a day, or an article's name.
    pub name: String,
    /// Between 0 and 1.
    pub value: Option<f64>,
    /// What it says in words.
    pub words: String,
}

/// Values one after another, with the mean of five around each as a line. `room` is how wide and how high the chart may be, in points.
pub fn over_time(points: &[Point], head: [&str; 2], room: Vec2, tokens: &Tokens) -> Chart {
    const LEFT: f32 = 34.0;
    let wide = (room.x - LEFT - 14.0).max(360.0);
    let high = (wide * 0.4).min(room.y - 36.0).clamp(150.0, 640.0);
    let mut chart = Chart { drawing: Drawing::new(LEFT + wide + 14.0, high + 36.0), ..Chart::default() };
    let y = |value: f64| 8.0 + high * (1.0 - value.clamp(0.0, 1.0) as f32);
    for step in 0..=4 {
        let value = f64::from(step) / 4.0;
        let line = vec![pos2(LEFT, y(value)), pos2(LEFT + wide, y(value))];
        chart.drawing.line(line, tokens.line, 1.0);
        let at = pos2(LEFT - 4.0, y(value));
        chart.drawing.words(at, Align2::RIGHT_CENTER, format!("{value:.2}"), SMALL, tokens.text_soft);
    }
    let x = |n: usize| LEFT + wide * (n as f32 + 0.5) / points.len().max(1) as f32;
    let known: Vec<(usize, f64)> =
        points.iter().enumerate().filter_map(|(n, p)| Some((n, p.value?))).collect();
    let mean: Vec<Pos2> = (0..known.len())
        .map(|k| {
            let around = &known[k.saturating_sub(2)..(k + 3).min(known.len())];
            let sum: f64 = around.iter().map(|(_, v)| v).sum();
            pos2(x(known[k].0), y(sum / around.len() as f64))
        })
        .collect();
    if mean.len() > 1 {
        chart.drawing.line(mean, tokens.accent, 2.0);
    }
    for (n, value) in &known {
        let at = pos2(x(*n), y(*value));
        chart.drawing.dot(at, 3.2, tokens.info);
        let rect = Rect::from_center_size(at, vec2(14.0, 14.0));
        chart.cells.push(Cell { rect, at: (*n, 0), words: points[*n].words.clone() });
    }
    // As many names below as do not run into each other.
    let widest = points.iter().map(|p| width_of(&p.name, SMALL)).fold(40.0, f32::max).min(120.0) + 10.0;
    let every = ((widest * points.len() as f32 / wide).ceil() as usize).max(1);
    for (n, point) in points.iter().enumerate().step_by(every) {
        let name = crate::window::describe::clipped(&point.name, 20);
        let at = pos2(x(n), high + 14.0);
        chart.drawing.words(at, Align2::CENTER_TOP, name, SMALL, tokens.text_soft);
    }
    chart.table.push(head.map(str::to_owned).to_vec());
    chart.table.extend(points.iter().map(|p| vec![p.name.clone(), figure(p.value)]));
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_a_heat_map_can_be_clicked_and_read() {
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            let tokens = Tokens::of(theme);
            let shown = Heat {
                rows: vec!["anna".into(), "boris".into()],
                columns: vec!["anna".into(), "boris".into()],
                cells: vec![vec![None, Some(("0.81".into(), 0.81))], vec![Some(("0.10".into(), 0.1)), None]],
                words: Vec::new(),
            };
            let chart = heat(&shown, "F1", 900.0, &tokens);
            assert_eq!(chart.cells.iter().map(|c| c.at).collect::<Vec<_>>(), [(0, 1), (1, 0)]);
            assert_eq!(chart.cells[0].words, "anna, boris: 0.81");
            assert_eq!(chart.csv(), "F1,anna,boris\nanna,,0.81\nboris,0.10,\n");
            for step in 0..=20 {
                let fill = warm(step as f32 / 20.0, &tokens);
                let got = contrast(readable_on(fill, &tokens), fill);
                assert!(got >= 4.5, "{theme:?} {step}: {got:.2}");
            }
        }
    }

    #[test]
    fn an_article_without_a_value_is_left_out_of_the_line_and_kept_in_the_table() {
        let point = |name: &str, value| Point { name: name.into(), value, words: name.into() };
        let points = [point("1", Some(0.5)), point("2", None), point("3", Some(1.0))];
        let chart =
            over_time(&points, ["article", "F1"], vec2(900.0, 500.0), &Tokens::of(egui::Theme::Light));
        assert_eq!(chart.cells.len(), 2);
        assert_eq!(chart.table[2], ["2", "–"]);
    }
}
