//! The lines of the sheet: heading, paragraphs with chips above and underlines below, legend.

use egui::Color32;

use super::super::fonts;
use super::super::look::{LinePattern, Tokens};
use super::Paper;
use super::text::{Run, SetLine, Setter, Style};
use crate::model::Span;

/// Something to be drawn; places are in points from the left top of its line.
pub(super) enum Item {
    /// A filled rectangle with round corners.
    Ground { x: f32, y: f32, width: f32, height: f32, radius: f32, colour: Color32 },
    /// An underline.
    Rule { x0: f32, x1: f32, y: f32, colour: Color32, pattern: LinePattern },
    /// Text: glyphs on a baseline, and the text they show.
    Text { x: f32, baseline: f32, colour: Color32, run: Run, text: std::sync::Arc<str> },
}

/// One line; lines follow each other downward.
#[derive(Default)]
pub(super) struct Line {
    pub height: f32,
    pub items: Vec<Item>,
    /// Whether the next line must stand on the same page.
    pub with_next: bool,
}

const SIZE: f32 = 11.5;
const LEADING: f32 = 17.0;
const CHIP_SIZE: f32 = 7.0;
const CHIP_HEIGHT: f32 = 10.5;
const LANE: f32 = 3.2;
const ABOVE_CHIPS: f32 = 3.0;
/// More rows of chips above one line than this say only how many more there are.
const CHIP_ROWS: usize = 4;
/// More lanes below one line than this are not drawn: nobody could tell them apart.
const LANES: usize = 24;

/// All lines of a paper, set this wide, in points.
pub(super) fn lines(paper: &Paper<'_>, width: f32) -> Vec<Line> {
    let mut sheet = Sheet {
        paper,
        tokens: paper.tokens(),
        setter: Setter::new(),
        sans: fonts::families(None, false),
        bold: fonts::bold_families(),
        body: fonts::families(None, paper.serif),
        width,
        lines: Vec::new(),
    };
    let (title, below) = paper.heading();
    sheet.heading(&title, &below);
    let text = paper.article.text.as_str();
    let bytes = paper.bytes();
    let mut start = bytes.start;
    for line in text[bytes].split('\n') {
        sheet.paragraph(start..start + line.len());
        start += line.len() + 1;
    }
    sheet.legend();
    sheet.lines
}

struct Sheet<'a> {
    paper: &'a Paper<'a>,
    tokens: std::sync::Arc<Tokens>,
    setter: Setter,
    sans: Vec<String>,
    bold: Vec<String>,
    body: Vec<String>,
    width: f32,
    lines: Vec<Line>,
}

/// A stretch of a span on one line.
struct Bar<'a> {
    span: &'a Span,
    x0: f32,
    x1: f32,
    lane: usize,
    begins: bool,
}

impl Sheet<'_> {
    fn gap(&mut self, height: f32) {
        self.lines.push(Line { height, ..Line::default() });
    }

    fn plain(&mut self, text: &str, bold: bool, size: f32, colour: Color32, with_next: bool) {
        let families = if bold { self.bold.clone() } else { self.sans.clone() };
        let style = Style { families: &families, size, line_height: (size * 1.35).round(), colour };
        let set = self.setter.set(text, style, self.width);
        let said: std::sync::Arc<str> = text.into();
        for line in set.lines() {
            let mut items = Vec::new();
            put_text(&mut items, &line, 0.0, 0.0, colour, &said);
            self.lines.push(Line { height: line.height, items, with_next });
        }
    }

    fn heading(&mut self, title: &str, below: &str) {
        self.plain(title, true, 17.0, self.tokens.text, true);
        if !below.is_empty() {
            self.gap(2.0);
            self.plain(below, false, 9.0, self.tokens.text_soft, true);
        }
        self.gap(14.0);
    }

    fn paragraph(&mut self, bytes: std::ops::Range<usize>) {
        let (paper, tokens) = (self.paper, self.tokens.clone());
        let text = &paper.article.text;
        let words = &text.as_str()[bytes.clone()];
        if words.trim().is_empty() {
            self.gap(6.0);
            return;
        }
        let families = self.body.clone();
        let style = Style { families: &families, size: SIZE, line_height: LEADING, colour: tokens.text };
        let set = self.setter.set(words, style, self.width);
        let set_lines = set.lines();
        let mut bars: Vec<Vec<Bar<'_>>> = set_lines.iter().map(|_| Vec::new()).collect();
        let range = text.text_range(bytes.clone()).unwrap_or_default();
        let spans = if range.is_empty() { Vec::new() } else { paper.set.touching(range) };
        for span in &spans {
            for (number, part) in span.parts.iter().enumerate() {
                let Some(part_bytes) = part.intersection(range).and_then(|here| text.byte_range(here)) else {
                    continue;
                };
                let inside = part_bytes.start - bytes.start..part_bytes.end - bytes.start;
                let begins_here = number == 0 && part.start() >= range.start();
                for (count, (line, x0, x1)) in set.extents(inside).into_iter().enumerate() {
                    if let (Some(bars), Some(set)) = (bars.get_mut(line), set_lines.get(line)) {
                        // White space that hangs over the end of a line is not shown.
                        let x1 = x1.min(set.width).max(x0);
                        bars.push(Bar { span, x0, x1, lane: 0, begins: begins_here && count == 0 });
                    }
                }
            }
        }
        let said: std::sync::Arc<str> = words.into();
        for (line, mut bars) in set_lines.iter().zip(bars) {
            let lanes = arrange(&mut bars);
            let mut items = Vec::new();
            let above = if paper.chips { self.chips(&bars, &mut items) } else { 0.0 };
            // The innermost ground lies on top.
            for bar in &bars {
                let look = paper.label_look(&tokens, &bar.span.label);
                let (y, height) = (above + line.baseline - SIZE * 0.95, SIZE * 1.25);
                items.push(Item::Ground {
                    x: bar.x0,
                    y,
                    width: bar.x1 - bar.x0,
                    height,
                    radius: 1.5,
                    colour: look.ground,
                });
            }
            put_text(&mut items, line, 0.0, above, tokens.text, &said);
            for bar in bars.iter().filter(|bar| bar.lane < LANES) {
                let look = paper.label_look(&tokens, &bar.span.label);
                let y = above + line.baseline + 4.0 + bar.lane as f32 * LANE;
                items.push(Item::Rule { x0: bar.x0, x1: bar.x1, y, colour: look.ink, pattern: look.line });
            }
            let below = lanes.saturating_sub(1).min(LANES) as f32 * LANE;
            self.lines.push(Line { height: above + line.height + below, items, with_next: false });
        }
        self.gap(5.0);
    }

    /// Chips of the spans that begin on a line, in rows above it; how much room they take.
    fn chips(&mut self, bars: &[Bar<'_>], items: &mut Vec<Item>) -> f32 {
        let families = self.sans.clone();
        let mut placed: Vec<(usize, f32, f32, String, &Span)> = Vec::new();
        let mut ends: Vec<f32> = Vec::new();
        let mut left_out = 0;
        let mut begun: Vec<&Bar<'_>> = bars.iter().filter(|bar| bar.begins).collect();
        begun.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        for bar in begun {
            let look = self.paper.label_look(&self.tokens, &bar.span.label);
            let style =
                Style { families: &families, size: CHIP_SIZE, line_height: CHIP_HEIGHT, colour: look.ink };
            let said = super::super::describe::clipped(&self.paper.chip(bar.span), 34);
            let width = self.setter.width(&said, style) + 6.0;
            let x = bar.x0.min(self.width - width).max(0.0);
            let row = ends.iter().position(|end| *end + 2.0 <= x).unwrap_or(ends.len());
            if row >= CHIP_ROWS {
                left_out += 1;
                continue;
            }
            if row == ends.len() {
                ends.push(0.0);
            }
            ends[row] = x + width;
            placed.push((row, x, width, said, bar.span));
        }
        let rows = ends.len();
        for (row, x, width, said, span) in placed {
            let look = self.paper.label_look(&self.tokens, &span.label);
            // The first row stands next to the text.
            let y = (rows - 1 - row) as f32 * (CHIP_HEIGHT + 1.5);
            items.push(Item::Ground { x, y, width, height: CHIP_HEIGHT, radius: 3.0, colour: look.ground });
            let style =
                Style { families: &families, size: CHIP_SIZE, line_height: CHIP_HEIGHT, colour: look.ink };
            let text: std::sync::Arc<str> = said.as_str().into();
            if let Some(line) = self.setter.set(&said, style, f32::INFINITY).lines().first() {
                put_text(items, line, x + 3.0, y, look.ink, &text);
            }
        }
        if left_out > 0 {
            let style = Style {
                families: &families,
                size: CHIP_SIZE,
                line_height: CHIP_HEIGHT,
                colour: self.tokens.text_soft,
            };
            let said: std::sync::Arc<str> = format!("+{left_out}").into();
            if let Some(line) = self.setter.set(&said, style, f32::INFINITY).lines().first() {
                put_text(items, line, self.width - line.width, 0.0, self.tokens.text_soft, &said);
            }
        }
        if rows == 0 {
            return 0.0;
        }
        // Away from the underlines of the line above.
        for item in items.iter_mut() {
            match item {
                Item::Ground { y, .. } | Item::Rule { y, .. } => *y += ABOVE_CHIPS,
                Item::Text { baseline, .. } => *baseline += ABOVE_CHIPS,
            }
        }
        rows as f32 * (CHIP_HEIGHT + 1.5) + 1.0 + ABOVE_CHIPS
    }

    fn legend(&mut self) {
        let legend = self.paper.legend();
        if legend.is_empty() {
            return;
        }
        self.gap(12.0);
        let families = self.sans.clone();
        let tokens = self.tokens.clone();
        let style = Style { families: &families, size: 8.5, line_height: 13.0, colour: tokens.text_soft };
        let (mut x, mut items) = (0.0, Vec::new());
        for (title, label, count) in legend {
            let look = self.paper.label_look(&tokens, &label);
            let said: std::sync::Arc<str> = format!("{title} · {count}").into();
            let set = self.setter.set(&said, style, f32::INFINITY);
            let Some(line) = set.lines().into_iter().next() else { continue };
            if x > 0.0 && x + 26.0 + line.width > self.width {
                self.lines.push(Line { height: 16.0, items: std::mem::take(&mut items), with_next: true });
                x = 0.0;
            }
            items.push(Item::Ground {
                x,
                y: 1.0,
                width: 20.0,
                height: 9.0,
                radius: 1.5,
                colour: look.ground,
            });
            items.push(Item::Rule { x0: x, x1: x + 20.0, y: 11.0, colour: look.ink, pattern: look.line });
            put_text(&mut items, &line, x + 25.0, 0.0, tokens.text_soft, &said);
            x += 25.0 + line.width + 18.0;
        }
        self.lines.push(Line { height: 16.0, items, with_next: false });
    }
}

/// Gives each bar a lane below the line in which nothing else lies; how many lanes there are. A span keeps its lane on a line.
fn arrange(bars: &mut [Bar<'_>]) -> usize {
    let mut lanes: Vec<Vec<(f32, f32)>> = Vec::new();
    // The longest first, so that what holds others lies nearest to the text's edge in the same order everywhere.
    let mut order: Vec<usize> = (0..bars.len()).collect();
    order.sort_by(|a, b| {
        bars[*a].span.place().cmp(&bars[*b].span.place()).then(bars[*a].x0.total_cmp(&bars[*b].x0))
    });
    let mut of_span: Vec<(&Span, usize)> = Vec::new();
    for place in order {
        let (x0, x1, span) = (bars[place].x0, bars[place].x1, bars[place].span);
        let free = |lane: &Vec<(f32, f32)>| lane.iter().all(|(left, right)| *right <= x0 || x1 <= *left);
        let own = of_span.iter().find(|(other, _)| std::ptr::eq(*other, span)).map(|(_, lane)| *lane);
        let lane = own
            .filter(|lane| free(&lanes[*lane]))
            .or_else(|| lanes.iter().position(free))
            .unwrap_or(lanes.len());
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[lane].push((x0, x1));
        bars[place].lane = lane;
        of_span.push((span, lane));
    }
    lanes.len()
}

fn put_text(
    items: &mut Vec<Item>,
    line: &SetLine,
    x: f32,
    y: f32,
    colour: Color32,
    text: &std::sync::Arc<str>,
) {
    for run in &line.runs {
        items.push(Item::Text {
            x: x + run.x,
            baseline: y + line.baseline,
            colour,
            run: run.clone(),
            text: text.clone(),
        });
    }
}
