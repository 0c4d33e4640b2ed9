//! The overview beside the text, which is its scroll bar too: where in the whole article tags, problems, search hits and differences are,
//! and which part of it is in view. From top to bottom it counts code points.
//!
//! What it shows is added up a row of pixels at a time and kept as one mesh. After a change only the spans that became other are counted in
//! and out again: neither a frame nor an edit costs anything that grows with the number of spans.

use egui::accesskit::{Action, Role};
use egui::{
    Color32, CornerRadius, Id, Mesh, Painter, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};
use std::sync::Arc;

use super::shown::Shown;
use super::view::{ArticleView, view_id};
use crate::model::{AnnotationSet, Schema, Severity, SpanSnapshot};
use crate::text::{CodePoint, TextRange};
use crate::window::look::Tokens;

/// How wide the overview is.
pub const WIDTH: f32 = 22.0;
/// The least height of the box around what is in view.
const LEAST_BOX: f32 = 14.0;

/// Something to be marked besides spans and search hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where it is.
    pub range: TextRange,
    /// What it is.
    pub kind: TickKind,
}

/// What a tick tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickKind {
    /// A problem that validation found.
    Problem(Severity),
    /// A place where annotators, or two versions, differ.
    Difference,
    /// A place that people talk about.
    Comment,
}

/// One row of pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many spans of each colour of the palette lie here.
    pub spans: Vec<u32>,
    /// The worst problem.
    pub problem: Option<Severity>,
    /// Whether a search hit is here.
    pub found: bool,
    /// Whether something differs here.
    pub differs: bool,
}

/// How many spans of each colour lie in each of equally long parts of a text, kept up to date with its set.
#[derive(Debug, Default)]
struct Density {
    /// What is counted: the spans of this moment.
    counted: SpanSnapshot,
    /// A span counts in at its first row and out behind its last; summing up along the rows then gives how many there are in each. Row by
    /// row, a number a colour, and a row past the end.
    steps: Vec<i32>,
    rows: usize,
    colours: usize,
}

impl Density {
    /// Nothing counted yet. Both numbers must be above 0.
    fn new(rows: usize, colours: usize) -> Self {
        Self { steps: vec![0; (rows + 1) * colours], rows, colours, ..Self::default() }
    }

    /// Counts what became other since the last time. `length` is the text's, in code points.
    fn count(&mut self, set: &AnnotationSet, schema: &Schema, length: u32) {
        let mut known: Vec<(&str, usize)> = Vec::new();
        set.changed_since(&self.counted, |span, here| {
            let label = span.label.as_str();
            let colour = match known.iter().find(|(name, _)| *name == label) {
                Some((_, colour)) => *colour,
                None => {
                    let colour = schema.colour_of(label) % self.colours;
                    known.push((label, colour));
                    colour
                }
            };
            let step = if here { 1 } else { -1 };
            for part in span.parts.iter() {
                let (first, last) = row_range(*part, length, self.rows);
                self.steps[first * self.colours + colour] += step;
                self.steps[(last + 1) * self.colours + colour] -= step;
            }
        });
        self.counted = set.span_snapshot();
    }

    /// How many there are in each row.
    fn sums(&self) -> Vec<Row> {
        let mut sums = vec![0_i32; self.colours];
        let rows = self.steps.chunks_exact(self.colours).take(self.rows);
        rows.map(|steps| {
            for (sum, step) in sums.iter_mut().zip(steps) {
                *sum += step;
            }
            Row { spans: sums.iter().map(|n| (*n).max(0) as u32).collect(), ..Row::default() }
        })
        .collect()
    }
}

/// The first and the last row that a range lies in.
fn row_range(range: TextRange, length: u32, rows: usize) -> (usize, usize) {
    let row = |at: u32| (u64::from(at) * rows as u64 / u64::from(length.max(1))) as usize;
    let first = row(range.start().get()).min(rows - 1);
    let last = row(range.end().get().saturating_sub(1)).clamp(first, rows - 1);
    (first, last)
}

/// What the mesh was made of.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    base: Base,
    generation: u64,
    dark: bool,
    rect: Rect,
    versions: (u64, u64),
}

/// What everything that is added up depends on: another one, and it is added up anew.
#[derive(Clone, Debug, PartialEq)]
struct Base {
    text: u64,
    schema: usize,
    rows: usize,
    colours: usize,
}

/// The overview's own state.
#[derive(Default)]
pub(super) struct Overview {
    key: Option<Key>,
    mesh: Arc<Mesh>,
    density: Density,
    /// The ticks and the hits as rows, and of which version they are.
    marked: (Option<(u64, u64)>, Vec<Row>),
    /// How many problems there are.
    problems: usize,
    grip: f32,
}

/// Where the reader wants to go.
pub(super) struct Wish {
    /// The code point that is to be at the page's top.
    pub top: CodePoint,
}

impl Overview {
    /// Shows the overview in `bar`; `seen` is what is in view.
    pub fn show(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        shown: &Shown<'_>,
        bar: Rect,
        seen: TextRange,
    ) -> Option<Wish> {
        let length = shown.text.len().max(1);
        self.refresh(shown, bar);
        painter.rect_filled(bar, 0.0, shown.tokens.page);
        painter.vline(bar.left() + 0.5, bar.y_range(), Stroke::new(1.0, shown.tokens.line));
        painter.add(Shape::mesh(self.mesh.clone()));
        let y = |at: u32| bar.top() + at as f32 / length as f32 * bar.height();
        let (top, bottom) = (y(seen.start().get()), y(seen.end().get()));
        let all = seen.start().get() == 0 && seen.end().get() >= shown.text.len();
        let height = (bottom - top).max(LEAST_BOX).min(bar.height());
        let top = top.min(bar.bottom() - height);
        let window = Rect::from_min_size(pos2(bar.left() + 1.5, top), vec2(bar.width() - 2.5, height));
        let response = ui.interact(bar, bar_id(), Sense::click_and_drag());
        if !all {
            let strong = response.hovered() || response.dragged();
            let edge = if strong { shown.tokens.text_soft } else { shown.tokens.text_faint };
            painter.rect(
                window,
                CornerRadius::same(3),
                shown.tokens.text_faint.gamma_multiply(if strong { 0.22 } else { 0.14 }),
                Stroke::new(1.0, edge),
                StrokeKind::Inside,
            );
        }
        let mut wish = None;
        if let Some(at) = response.interact_pointer_pos()
            && !all
        {
            if ui.input(|i| i.pointer.primary_pressed()) {
                // Taken by the box, it moves with the pointer; elsewhere its middle comes to the pointer.
                self.grip = if window.y_range().contains(at.y) { at.y - window.top() } else { height / 2.0 };
            }
            if ui.input(|i| i.pointer.primary_down()) {
                let share = ((at.y - self.grip - bar.top()) / bar.height()).clamp(0.0, 1.0);
                let top = (f64::from(share) * f64::from(length)) as u32;
                wish = Some(Wish { top: CodePoint(top.min(shown.text.len())) });
            }
        }
        publish(ui, shown, seen, self.problems);
        for (action, step) in [(Action::Decrement, -1.0), (Action::Increment, 1.0)] {
            if ui.input(|i| i.has_accesskit_action_request(bar_id(), action)) {
                let page = f64::from(seen.len()).max(1.0) * 0.9;
                let top = f64::from(seen.start().get()) + step * page;
                wish = Some(Wish { top: CodePoint(top.clamp(0.0, f64::from(shown.text.len())) as u32) });
            }
        }
        if let Some(at) = response.hover_pos()
            && !response.dragged()
        {
            let rows = bar.height().max(1.0);
            let row = (at.y - bar.top()).clamp(0.0, rows - 1.0);
            let code = |row: f32| CodePoint((f64::from(row / rows) * f64::from(length)) as u32);
            let here = TextRange::between(code((row - 1.5).max(0.0)), code((row + 1.5).min(rows)));
            response.on_hover_ui_at_pointer(|ui| tell(ui, shown, here));
        }
        wish
    }

    fn refresh(&mut self, shown: &Shown<'_>, bar: Rect) {
        let base = Base {
            text: shown.text.as_str().as_ptr() as u64 ^ u64::from(shown.text.len()).rotate_left(32),
            schema: std::ptr::from_ref(shown.schema).addr(),
            rows: (bar.height() as usize).max(1),
            colours: shown.tokens.labels.len().max(1),
        };
        let key = Key {
            base,
            generation: shown.set.generation(),
            dark: shown.tokens.dark,
            rect: bar,
            versions: (shown.ticks_version, shown.found_version),
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let length = shown.text.len();
        if self.key.as_ref().is_none_or(|old| old.base != key.base) {
            self.density = Density::new(key.base.rows, key.base.colours);
            self.marked.0 = None;
        }
        self.density.count(shown.set, shown.schema, length);
        if self.marked.0 != Some(key.versions) {
            self.marked = (Some(key.versions), marked(shown, key.base.rows));
            self.problems = shown.ticks.iter().filter(|t| matches!(t.kind, TickKind::Problem(_))).count();
        }
        let mut all = self.density.sums();
        for (row, marked) in all.iter_mut().zip(&self.marked.1) {
            (row.problem, row.found, row.differs) = (marked.problem, marked.found, marked.differs);
        }
        self.mesh = Arc::new(mesh(&all, shown.tokens, bar));
        self.key = Some(key);
    }
}

/// The rows in which something besides spans is marked.
fn marked(shown: &Shown<'_>, rows: usize) -> Vec<Row> {
    let mut all = vec![Row::default(); rows];
    for tick in shown.ticks {
        let (first, last) = row_range(tick.range, shown.text.len(), rows);
        for row in &mut all[first..=last] {
            match tick.kind {
                TickKind::Problem(severity) => row.problem = row.problem.max(Some(severity)),
                TickKind::Difference | TickKind::Comment => row.differs = true,
            }
        }
    }
    for hit in shown.found {
        // A hit is short: where it begins is where it is.
        let at = shown.text.code_point_at_or_before(hit.start);
        let (row, _) = row_range(TextRange::empty(at), shown.text.len(), rows);
        all[row].found = true;
    }
    all
}

/// The overview's id.
fn bar_id() -> Id {
    view_id().with("overview")
}

/// Three columns: problems, tags by label, hits and differences. Rows alike become one rectangle.
fn mesh(rows: &[Row], tokens: &Tokens, bar: Rect) -> Mesh {
    let mut mesh = Mesh::default();
    let full = rows.iter().map(|row| row.spans.iter().sum::<u32>()).max().unwrap_or(0).max(3) as f32;
    let (left, middle, right) = (bar.left() + 3.0, bar.left() + 7.0, bar.right() - 5.0);
    let room = right - middle - 1.0;
    let mut from = 0;
    for n in 1..=rows.len() {
        if n < rows.len() && rows[n] == rows[from] {
            continue;
        }
        let (row, top, bottom) = (&rows[from], bar.top() + from as f32, bar.top() + n as f32);
        from = n;
        let mut add = |x0: f32, x1: f32, least: f32, colour: Color32| {
            let bottom = bottom.max(top + least);
            mesh.add_colored_rect(Rect::from_min_max(pos2(x0, top), pos2(x1, bottom)), colour);
        };
        let total = row.spans.iter().sum::<u32>() as f32;
        if total > 0.0 {
            // The root, so that a lone tag can be seen beside a crowd.
            let wide = room * (0.3 + 0.7 * (total / full).sqrt());
            let mut x = middle;
            for (count, look) in row.spans.iter().zip(&tokens.labels).filter(|(count, _)| **count > 0) {
                let part = wide * *count as f32 / total;
                add(x, x + part, 2.0, look.ink);
                x += part;
            }
        }
        if let Some(severity) = row.problem {
            let colour = match severity {
                Severity::Error => tokens.error,
                Severity::Warning => tokens.warning,
                _ => tokens.info,
            };
            add(left, left + 3.0, 3.0, colour);
        }
        if row.found {
            add(right, bar.right() - 1.0, 2.0, tokens.accent);
        }
        if row.differs {
            add(right, bar.right() - 1.0, 3.0, tokens.caret);
        }
    }
    mesh
}

/// How many spans of each label touch a range, by label in the schema's order, unknown ones last.
fn counts(shown: &Shown<'_>, range: TextRange) -> Vec<(String, usize)> {
    let mut counts: Vec<(usize, String, usize)> = Vec::new();
    for span in shown.set.touching(range) {
        match counts.iter_mut().find(|(_, label, _)| *label == span.label) {
            Some((.., n)) => *n += 1,
            None => counts.push((shown.schema.colour_of(&span.label), span.label.clone(), 1)),
        }
    }
    counts.sort();
    let title =
        |label: &str| shown.schema.label(label).map_or(label, |l| l.title(shown.words.code())).to_owned();
    counts.into_iter().map(|(_, label, n)| (title(&label), n)).collect()
}

fn tell(ui: &mut Ui, shown: &Shown<'_>, here: TextRange) {
    ui.set_max_width(320.0);
    let (line, _) = shown.text.line_column(here.start());
    let percent = u64::from(here.start().get()) * 100 / u64::from(shown.text.len().max(1));
    let place = shown
        .words
        .with("overview-place", &[("line", (line as usize).into()), ("percent", (percent as usize).into())]);
    ui.label(egui::RichText::new(place).strong());
    for (label, n) in counts(shown, here) {
        ui.label(format!("{label}: {n}"));
    }
    let problems = shown
        .ticks
        .iter()
        .filter(|t| matches!(t.kind, TickKind::Problem(_)) && t.range.start() <= here.end())
        .filter(|t| t.range.end() >= here.start())
        .count();
    if problems > 0 {
        let text = shown.words.with("count-problems", &[("n", problems.into())]);
        ui.label(egui::RichText::new(text).color(shown.tokens.error));
    }
    if let Some(bytes) = shown.text.byte_range(here) {
        let first = shown.found.partition_point(|hit| hit.end < bytes.start);
        let hits = shown.found[first..].iter().take_while(|hit| hit.start <= bytes.end).count();
        if hits > 0 {
            ui.label(shown.words.with("count-hits", &[("n", hits.into())]));
        }
    }
}

fn publish(ui: &Ui, shown: &Shown<'_>, seen: TextRange, problems: usize) {
    let label = shown.words.say("overview");
    let percent = u64::from(seen.start().get()) * 100 / u64::from(shown.text.len().max(1));
    ui.ctx().accesskit_node_builder(bar_id(), |node| {
        let line = |at: CodePoint| shown.text.line_column(at).0 as usize;
        let value = shown.words.with(
            "overview-value",
            &[
                ("from", line(seen.start()).into()),
                ("to", line(seen.end()).into()),
                ("lines", shown.text.lines().line_count().into()),
                ("spans", shown.set.len().into()),
                ("problems", problems.into()),
                ("hits", shown.found.len().into()),
            ],
        );
        node.set_role(Role::ScrollBar);
        node.set_label(label);
        node.set_value(value);
        node.set_numeric_value(percent as f64);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}

impl ArticleView {
    /// What is in view, row by row, in code points.
    pub(super) fn seen(&self, shown: &Shown<'_>, page: Rect) -> TextRange {
        let mut seen: Option<(usize, usize)> = None;
        for laid in self.laid() {
            for (n, row) in laid.layout.rows().iter().enumerate() {
                let top = laid.row_top(n);
                if top + laid.row_height(n) > page.top() && top < page.bottom() {
                    let (from, to) = (laid.bytes.start + row.bytes.start, laid.bytes.start + row.bytes.end);
                    seen = Some(seen.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
                }
            }
        }
        let (from, to) = seen.unwrap_or((0, 0));
        let code = |byte: usize| shown.text.code_point_at_or_before(byte);
        TextRange::between(code(from), code(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};

    fn set(spans: &[(&str, u32, u32)]) -> AnnotationSet {
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (n, (label, start, end)) in spans.iter().enumerate() {
            let parts = Parts::one(TextRange::new(*start, *end).unwrap());
            set.insert(Span::new(format!("s{n}").as_str(), *label, parts));
        }
        set
    }

    fn density(set: &AnnotationSet, schema: &Schema, length: u32, rows: usize, colours: usize) -> Vec<Row> {
        let mut density = Density::new(rows, colours);
        density.count(set, schema, length);
        density.sums()
    }

    #[test]
    fn after_changes_it_is_as_if_counted_anew() {
        let schema = Schema::positions();
        let mut set = set(&[("entity", 0, 10), ("entity", 5, 15), ("position", 12, 38), ("claim", 99, 100)]);
        let mut kept = Density::new(10, 3);
        kept.count(&set, &schema, 100);
        set.remove(&"s1".into());
        kept.count(&set, &schema, 100);
        let mut other = (*set.remove(&"s2".into()).unwrap()).clone();
        other.label = "claim".into();
        set.insert(other);
        set.insert(Span::new("s9", "entity", Parts::one(TextRange::new(40u32, 77u32).unwrap())));
        kept.count(&set, &schema, 100);
        assert_eq!(kept.sums(), density(&set, &schema, 100, 10, 3));
    }

    #[test]
    fn rows_count_what_lies_in_them_by_colour() {
        let schema = Schema::positions();
        let spans = [("entity", 0, 10), ("entity", 5, 15), ("position", 12, 38), ("claim", 99, 100)];
        let rows = density(&set(&spans), &schema, 100, 10, 3);
        let colour = |label: &str| schema.colour_of(label) % 3;
        assert_eq!(rows[0].spans[colour("entity")], 2);
        assert_eq!(rows[1].spans[colour("entity")], 1);
        let positions: Vec<u32> = rows.iter().map(|row| row.spans[colour("position")]).collect();
        assert_eq!(positions, [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(rows[9].spans[colour("claim")], 1);
    }

    #[test]
    fn nothing_falls_off_the_end() {
        let schema = Schema::positions();
        let past = set(&[("entity", 90, 250), ("entity", 300, 300)]);
        let rows = density(&past, &schema, 100, 7, 8);
        assert_eq!(rows.len(), 7);
        assert_eq!(rows[6].spans.iter().sum::<u32>(), 2);
        assert_eq!(density(&past, &schema, 0, 1, 8)[0].spans.iter().sum::<u32>(), 2);
    }

    #[test]
    fn a_mesh_grows_with_what_differs_and_not_with_how_much_there_is() {
        let schema = Schema::positions();
        let many: Vec<(&str, u32, u32)> = (0..5000).map(|_| ("claim", 0, 100)).collect();
        let tokens = Tokens::of(egui::Theme::Light);
        let bar = Rect::from_min_size(pos2(0.0, 0.0), vec2(WIDTH, 600.0));
        let rows = density(&set(&many), &schema, 100, 600, tokens.labels.len());
        assert_eq!(mesh(&rows, &tokens, bar).vertices.len(), 4);
    }
}
