//! Where each person's spans lie under the rows of a block: one lane a person, a little deeper where a person's own spans nest, and
//! above the rows a flag for each difference.

use std::ops::Range;
use std::sync::Arc;

use super::{Mark, Shown, Standing, overlaid};
use crate::model::Span;
use crate::text::{CanonicalText, CodePoint, TextRange};
use crate::window::text_page::layout::BlockLayout;

/// Distance from one lane to the next, in points.
pub const PITCH: f32 = 9.0;
/// Height of a row of flags, in points.
pub const FLAG: f32 = 15.0;
/// How deep one person's nested spans go before they share a lane, so that a pathological place stays bounded.
const DEEPEST: usize = 3;
/// Rows of flags above one row of text; what does not fit is drawn as a tick.
const FLAG_LANES: usize = 2;
/// Bars in one block; a place with more is drawn with what came first, for nobody could tell them apart.
const MOST_BARS: usize = 4000;

/// For whom a bar is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StandsFor {
    /// For its own person.
    #[default]
    One,
    /// For everyone who has it just so.
    All,
    /// For everyone who has it just so, gold among them.
    Gold,
    /// Another bar is painted for it.
    Nobody,
}

/// A piece of a span in one row.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Whose, by place among the people.
    pub lane: usize,
    /// How deep within that person's lane.
    pub depth: usize,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … to where.
    pub x1: f32,
    /// Whether a part starts here.
    pub starts: bool,
    /// Whether a part ends here.
    pub ends: bool,
    /// The span.
    pub span: Arc<Span>,
    /// How it stands with the others'.
    pub standing: Standing,
    /// Whether it is painted: where underlines are overlaid, one stands for all that are the same.
    pub stands_for: StandsFor,
}

/// The name of a difference above its beginning.
#[derive(Clone, Copy, Debug)]
pub struct Flag {
    /// Which, by place among the marks.
    pub mark: usize,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … how wide; 0 = there is only room for a tick.
    pub width: f32,
    /// The flag's lane, 0 nearest to the text.
    pub lane: usize,
}

/// Everything that is drawn around a block's text.
#[derive(Clone, Debug, Default)]
pub struct Arranged {
    /// The pieces of spans.
    pub bars: Vec<Bar>,
    /// The names of differences.
    pub flags: Vec<Flag>,
    /// How far each row moves down.
    pub shift: Vec<f32>,
    /// For each row, where each person's lane begins below the text, and one more for the end; empty where nothing lies.
    pub offsets: Vec<Vec<f32>>,
    /// Rows of flags above each row.
    pub flag_lanes: Vec<usize>,
    /// The block's height with everything.
    pub height: f32,
}

/// Arranges a block. `flag_width` says how wide a mark's name wants to be.
pub fn arrange(
    shown: &Shown<'_>,
    bytes: Range<usize>,
    layout: &dyn BlockLayout,
    flag_width: &dyn Fn(&Mark) -> f32,
    page_width: f32,
) -> Arranged {
    let rows = layout.rows().len();
    let mut all = Arranged { flag_lanes: vec![0; rows], ..Arranged::default() };
    let from = shown.text.code_point_at_or_before(bytes.start);
    let to = shown.text.code_point_at_or_before(bytes.end);
    if let Some(range) = TextRange::new(from, to) {
        for (lane, person) in shown.people.iter().enumerate() {
            let first = all.bars.len();
            for span in person.set.touching(range) {
                if all.bars.len() > MOST_BARS {
                    break;
                }
                let standing = (shown.standing)(lane, span);
                bars_of(shown.text, lane, span, standing, range, &bytes, layout, &mut all.bars);
            }
            if !shown.overlaid {
                deepen(&mut all.bars[first..]);
            }
        }
        if shown.overlaid {
            overlaid::overlay(&mut all.bars, shown.people.len());
        }
        flags_of(shown, range, &bytes, layout, flag_width, page_width, &mut all);
    }
    let mut depth = vec![vec![0usize; shown.people.len()]; rows];
    for bar in &all.bars {
        let here = &mut depth[bar.row][bar.lane];
        *here = (*here).max(bar.depth + 1);
    }
    let mut down = 0.0;
    for (row, depth) in depth.iter().enumerate() {
        down += all.flag_lanes[row] as f32 * FLAG;
        all.shift.push(down);
        let mut offsets = Vec::new();
        if depth.iter().any(|d| *d > 0) {
            if shown.overlaid {
                // The first line hangs in the room that the text's own row leaves below its letters.
                let levels = depth.iter().copied().max().unwrap_or_default();
                let room = overlaid::room(levels);
                all.offsets.push(vec![0.0, room]);
                down += room;
                continue;
            }
            let mut at = 1.0;
            for deep in depth {
                offsets.push(at);
                // Whoever has nothing here keeps an empty lane, so that the same height means the same person.
                at += (*deep).max(1) as f32 * PITCH;
            }
            offsets.push(at);
            down += at + 2.0;
        }
        all.offsets.push(offsets);
    }
    let last = &layout.rows()[rows - 1];
    all.height = last.top + last.height + down;
    all
}

#[expect(clippy::too_many_arguments, reason = "one span's whole surroundings in one call")]
fn bars_of(
    text: &CanonicalText,
    lane: usize,
    span: &Arc<Span>,
    standing: Standing,
    range: TextRange,
    bytes: &Range<usize>,
    layout: &dyn BlockLayout,
    into: &mut Vec<Bar>,
) {
    for place in span.parts.iter() {
        let start = place.start().max(range.start());
        let end = place.end().min(range.end());
        if start > end || (start == end && !place.is_empty()) {
            continue;
        }
        let byte = |at: CodePoint| text.byte_of(at).map_or(bytes.end, |b| b.index()) - bytes.start;
        let first = into.len();
        layout.extents(byte(start)..byte(end), &mut |row, x0, x1| {
            // An empty span is drawn as a sliver: what cannot be seen cannot be judged.
            let x1 = if x1 - x0 < 2.0 { x0 + 2.0 } else { x1 };
            let span = span.clone();
            into.push(Bar {
                lane,
                depth: 0,
                row,
                x0,
                x1,
                starts: false,
                ends: false,
                span,
                standing,
                stands_for: StandsFor::One,
            });
        });
        if place.start() >= range.start()
            && let Some(bar) = into.get_mut(first)
        {
            bar.starts = true;
        }
        if place.end() <= range.end()
            && into.len() > first
            && let Some(bar) = into.last_mut()
        {
            bar.ends = true;
        }
    }
}

/// Within one person's lane, short spans lie nearest to the text.
fn deepen(bars: &mut [Bar]) {
    bars.sort_by(|a, b| {
        a.row
            .cmp(&b.row)
            .then_with(|| a.span.parts.covered().cmp(&b.span.parts.covered()))
            .then_with(|| a.span.place().cmp(&b.span.place()))
    });
    let mut taken: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut row = usize::MAX;
    for bar in bars {
        if bar.row != row {
            row = bar.row;
            taken.clear();
        }
        let (x0, x1) = (bar.x0, bar.x1);
        let free = |lane: &Vec<(f32, f32)>| lane.iter().all(|(a, b)| x1 <= *a || *b <= x0);
        let depth = taken.iter().position(free).unwrap_or(taken.len()).min(DEEPEST - 1);
        if depth == taken.len() {
            taken.push(Vec::new());
        }
        taken[depth].push((x0, x1));
        bar.depth = depth;
    }
}

fn flags_of(
    shown: &Shown<'_>,
    range: TextRange,
    bytes: &Range<usize>,
    layout: &dyn BlockLayout,
    flag_width: &dyn Fn(&Mark) -> f32,
    page_width: f32,
    all: &mut Arranged,
) {
    const GAP: f32 = 3.0;
    let first = shown.marks.partition_point(|m| m.place.start() < range.start());
    let here = shown.marks[first..].iter().enumerate().take_while(|(_, m)| m.place.start() <= range.end());
    let mut ends: Vec<f32> = Vec::new();
    let mut row = usize::MAX;
    for (n, mark) in here {
        // The end of a block is the start of the next where a long line was cut.
        if mark.place.start() == range.end() && !mark.place.is_empty() {
            continue;
        }
        let Some(byte) = shown.text.byte_of(mark.place.start()) else { continue };
        let local = byte.index().saturating_sub(bytes.start);
        let at = layout.row_of(local);
        let x = layout.x_of(at, local);
        if at != row {
            row = at;
            ends.clear();
        }
        let lane = ends.iter().position(|end| *end + GAP <= x);
        // Overlaid underlines are for seeing much at once: what differs is told by a tick, and in words under the pointer.
        let lane =
            lane.or_else(|| (ends.len() < FLAG_LANES).then_some(ends.len())).filter(|_| !shown.overlaid);
        let index = first + n;
        let Some(lane) = lane else {
            all.flags.push(Flag { mark: index, row, x0: x, width: 0.0, lane: 0 });
            continue;
        };
        let width = flag_width(mark).min((page_width - x).max(24.0));
        if lane == ends.len() {
            ends.push(0.0);
        }
        ends[lane] = x + width;
        all.flag_lanes[row] = all.flag_lanes[row].max(lane + 1);
        all.flags.push(Flag { mark: index, row, x0: x, width, lane });
    }
}
