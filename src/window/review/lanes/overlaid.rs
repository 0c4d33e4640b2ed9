//! Everyone's tags as underlines in the text itself: close below the words, a line pattern for each person and a colour for each label,
//! so that nobody has to tell people apart by colour. What all say is one thin line.

use egui::{Painter, Stroke, pos2};

use super::arrange::{Bar, StandsFor};
use super::{Laid, Shown, Standing, paint};
use crate::window::article_view::pattern_line;
use crate::window::look::{LabelLook, LinePattern};

/// Distance from one underline to the next, in points.
pub const PITCH: f32 = 4.5;
/// How far above the row's lower edge the first underline lies: letters leave that much room.
const RISE: f32 = 2.0;
/// Underlines below one another; deeper ones share the last place, so that a pathological place stays bounded.
const DEEPEST: usize = 8;

/// Gold's line.
pub const GOLD_LINE: LinePattern = LinePattern::Double;

/// A person's line, by place among the people. Beyond the sixth the patterns come again; then the order of the lines tells them apart.
pub fn line_of(person: usize) -> LinePattern {
    const LINES: [LinePattern; 6] = [
        LinePattern::Solid,
        LinePattern::Dashed,
        LinePattern::Dotted,
        LinePattern::Wavy,
        LinePattern::DashDot,
        LinePattern::Thick,
    ];
    LINES[person % LINES.len()]
}

/// How far below the row's lower edge an underline lies.
pub(super) fn down(depth: usize) -> f32 {
    depth as f32 * PITCH - RISE
}

/// The room that so many underlines take below a row, in whole points: text between two pixels is blurred.
pub(super) fn room(levels: usize) -> f32 {
    (levels as f32 * PITCH - RISE).max(0.0).ceil()
}

/// Gives each bar its place below the row. People come in their order, one's own short spans nearest to the text; bars that say the same
/// and wait for nobody lie on one another, and one is painted for all. `people` counts gold, which is the last.
pub(super) fn overlay(bars: &mut [Bar], people: usize) {
    bars.sort_by(|a, b| {
        (a.row, a.lane)
            .cmp(&(b.row, b.lane))
            .then_with(|| a.span.parts.covered().cmp(&b.span.parts.covered()))
            .then_with(|| a.span.place().cmp(&b.span.place()))
    });
    let gold = people.saturating_sub(1);
    let waits = |bar: &Bar| matches!(bar.standing, Standing::Differs(_));
    let mut from = 0;
    while from < bars.len() {
        let row = bars[from].row;
        let to = from + bars[from..].iter().take_while(|bar| bar.row == row).count();
        let mut taken: Vec<Vec<(f32, f32)>> = Vec::new();
        // Where the bars of what was said already lie: left edge, and which.
        let mut said: std::collections::HashMap<(u32, u32), Vec<usize>> = std::collections::HashMap::new();
        for n in from..to {
            let (x0, x1) = (bars[n].x0, bars[n].x1);
            let same = |other: &Bar| {
                other.standing == bars[n].standing
                    && other.lane != bars[n].lane
                    && other.span.label == bars[n].span.label
            };
            let place = (x0.to_bits(), x1.to_bits());
            let first = said.get(&place).and_then(|all| all.iter().copied().find(|m| same(&bars[*m])));
            if let Some(first) = first.filter(|_| !waits(&bars[n])) {
                bars[n].depth = bars[first].depth;
                bars[n].stands_for = StandsFor::Nobody;
                bars[first].stands_for = if bars[n].lane == gold { StandsFor::Gold } else { StandsFor::All };
                continue;
            }
            let free = |level: &Vec<(f32, f32)>| level.iter().all(|(a, b)| x1 <= *a || *b <= x0);
            let depth = taken.iter().position(free).unwrap_or(taken.len()).min(DEEPEST - 1);
            if depth == taken.len() {
                taken.push(Vec::new());
            }
            taken[depth].push((x0, x1));
            bars[n].depth = depth;
            said.entry(place).or_default().push(n);
        }
        from = to;
    }
}

/// One underline.
pub(super) fn draw(painter: &Painter, shown: &Shown<'_>, laid: &Laid, bar: &Bar, hovered: Option<usize>) {
    if bar.stands_for == StandsFor::Nobody {
        return;
    }
    let rect = paint::bar_rect(shown, laid, bar);
    let (y, gold) = (rect.center().y, bar.lane + 1 == shown.people.len());
    let look = shown.tokens.label(shown.schema.colour_of(&bar.span.label));
    let line = match bar.stands_for {
        StandsFor::Gold => GOLD_LINE,
        StandsFor::All => LinePattern::Solid,
        _ if gold => GOLD_LINE,
        _ => line_of(bar.lane),
    };
    let waits = matches!(bar.standing, Standing::Differs(_));
    let forward = paint::is_forward(shown, bar, hovered);
    if !waits && !forward {
        // What all say, or what is decided, steps back.
        let faint = LabelLook { line, ..shown.tokens.stepped_back(look) };
        pattern_line(painter, rect.left(), rect.right(), y, faint, 1.0);
        return;
    }
    let look = LabelLook { line, ..look };
    pattern_line(painter, rect.left() + 0.5, rect.right() - 0.5, y, look, if forward { 2.2 } else { 1.6 });
    // Ticks tell where one of two touching tags ends.
    let tick = Stroke::new(1.2, look.ink);
    for (is_end, x) in [(bar.starts, rect.left() + 0.6), (bar.ends, rect.right() - 0.6)] {
        if is_end {
            painter.line_segment([pos2(x, y - 2.2), pos2(x, y + 1.6)], tick);
        }
    }
}
