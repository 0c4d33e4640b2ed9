//! Where spans' grounds, underlines and chips go around a block's rows, so that many at one place stay legible.

use std::sync::Arc;

use super::layout::BlockLayout;
use crate::model::{AnnotationSet, Span};
use crate::text::{CanonicalText, CodePoint, TextRange};

/// Distance from one underline to the next.
pub const LANE: f32 = 4.0;
/// Height of a row of chips.
pub const CHIP: f32 = 15.0;
/// Rows of chips above one row of text; what does not fit is drawn as a tick.
const CHIP_LANES: usize = 2;
/// Underlines below one row of text; deeper ones share the last lane, so that a pathological place stays bounded.
pub const MOST_LANES: usize = 12;

/// A piece of a span in one row.
#[derive(Clone, Debug)]
pub struct Segment {
    /// The span.
    pub span: Arc<Span>,
    /// Which of its parts.
    pub part: usize,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … to where.
    pub x1: f32,
    /// The underline's lane, 0 nearest to the text.
    pub lane: usize,
    /// Whether the part starts here.
    pub starts: bool,
    /// Whether the part ends here.
    pub ends: bool,
}

/// A label above a span's beginning.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The span.
    pub span: Arc<Span>,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … how wide; 0 = there is only room for a tick.
    pub width: f32,
    /// The chip's lane, 0 nearest to the text.
    pub lane: usize,
}

/// Everything that is drawn around a block's text.
#[derive(Clone, Debug, Default)]
pub struct Decoration {
    /// Longest first, the order in which grounds are painted.
    pub segments: Vec<Segment>,
    /// The labels.
    pub chips: Vec<Chip>,
    /// How far each row moves down.
    pub shift: Vec<f32>,
    /// Underlines in each row.
    pub lanes: Vec<usize>,
    /// Chip lanes in each row.
    pub chip_lanes: Vec<usize>,
    /// The block's height with everything.
    pub height: f32,
}

/// Which spans get a chip.
pub type ChipWidth<'a> = dyn Fn(&Span) -> Option<f32> + 'a;

/// Arranges the spans of a block. `bytes` is where the block stands in the text; `chip_width` says how wide a span's chip wants
/// to be, or that it wants none.
pub fn decorate(
    text: &CanonicalText,
    set: &AnnotationSet,
    bytes: std::ops::Range<usize>,
    layout: &dyn BlockLayout,
    chip_width: &ChipWidth<'_>,
    page_width: f32,
) -> Decoration {
    let rows = layout.rows();
    let mut all =
        Decoration { lanes: vec![0; rows.len()], chip_lanes: vec![0; rows.len()], ..Decoration::default() };
    let from = text.code_point_at_or_before(bytes.start);
    let to = text.code_point_at_or_before(bytes.end);
    if let Some(range) = TextRange::new(from, to) {
        for span in set.touching(range) {
            segments_of(text, span, range, &bytes, layout, &mut all.segments);
        }
    }
    assign_lanes(&mut all.segments, &mut all.lanes);
    all.segments.sort_by(|a, b| {
        b.span.parts.covered().cmp(&a.span.parts.covered()).then_with(|| a.span.place().cmp(&b.span.place()))
    });
    place_chips(&mut all, chip_width, page_width);
    let mut down = 0.0;
    for row in 0..rows.len() {
        down += all.chip_lanes[row] as f32 * CHIP;
        all.shift.push(down);
        down += underline_room(all.lanes[row]);
    }
    let last = &rows[rows.len() - 1];
    all.height = last.top + last.height + down;
    all
}

/// The room that underlines take below a row.
pub fn underline_room(lanes: usize) -> f32 {
    if lanes == 0 { 0.0 } else { (lanes as f32 - 1.0).max(0.0) * LANE }
}

fn segments_of(
    text: &CanonicalText,
    span: &Arc<Span>,
    range: TextRange,
    bytes: &std::ops::Range<usize>,
    layout: &dyn BlockLayout,
    into: &mut Vec<Segment>,
) {
    for (part, place) in span.parts.iter().enumerate() {
        let start = place.start().max(range.start());
        let end = place.end().min(range.end());
        if start > end || (start == end && !place.is_empty()) {
            continue;
        }
        let byte = |at: CodePoint| text.byte_of(at).map_or(bytes.end, |b| b.index()) - bytes.start;
        let first = into.len();
        layout.extents(byte(start)..byte(end), &mut |row, x0, x1| {
            // An empty span is drawn as a sliver: what cannot be seen cannot be mended.
            let x1 = if x1 - x0 < 2.0 { x0 + 2.0 } else { x1 };
            into.push(Segment { span: span.clone(), part, row, x0, x1, lane: 0, starts: false, ends: false });
        });
        if place.start() >= range.start()
            && let Some(segment) = into.get_mut(first)
        {
            segment.starts = true;
        }
        if place.end() <= range.end()
            && into.len() > first
            && let Some(segment) = into.last_mut()
        {
            segment.ends = true;
        }
    }
}

/// Short spans lie nearest to the text, longer ones below them, so that nesting reads from the inside out.
fn assign_lanes(segments: &mut [Segment], lanes: &mut [usize]) {
    segments.sort_by(|a, b| {
        a.row
            .cmp(&b.row)
            .then_with(|| a.span.parts.covered().cmp(&b.span.parts.covered()))
            .then_with(|| a.span.place().cmp(&b.span.place()))
    });
    // For each lane of the row at hand: the extents that are taken.
    let mut taken: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut row = usize::MAX;
    for segment in segments {
        if segment.row != row {
            row = segment.row;
            taken.clear();
        }
        let (x0, x1) = (segment.x0, segment.x1);
        let free = |lane: &Vec<(f32, f32)>| lane.iter().all(|(a, b)| x1 <= *a || *b <= x0);
        let lane = taken.iter().position(free).unwrap_or(taken.len()).min(MOST_LANES - 1);
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((x0, x1));
        segment.lane = lane;
        lanes[row] = lanes[row].max(lane + 1);
    }
}

fn place_chips(all: &mut Decoration, chip_width: &ChipWidth<'_>, page_width: f32) {
    const GAP: f32 = 3.0;
    let mut wanted: Vec<(usize, f32, f32, Arc<Span>)> = all
        .segments
        .iter()
        .filter(|s| s.starts && s.part == 0)
        .filter_map(|s| Some((s.row, s.x0, chip_width(&s.span)?, s.span.clone())))
        .collect();
    // The longest span's chip goes to the left of those that start at the same place.
    wanted.sort_by(|a, b| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| b.3.parts.covered().cmp(&a.3.parts.covered()))
    });
    let mut ends: Vec<f32> = Vec::new();
    let mut row = usize::MAX;
    for (at, (chip_row, x, width, span)) in wanted.iter().enumerate() {
        if *chip_row != row {
            row = *chip_row;
            ends.clear();
        }
        let fits = |end: &f32| *end + GAP <= *x || *end <= 0.0;
        let (lane, x0) = match ends.iter().position(fits) {
            Some(lane) => (lane, *x),
            None if ends.len() < CHIP_LANES => {
                ends.push(0.0);
                (ends.len() - 1, *x)
            }
            None => {
                // No lane is free at this place: slide right if the chip still begins over its neighbourhood, else draw a tick.
                let (lane, end) = ends
                    .iter()
                    .copied()
                    .enumerate()
                    .fold((0, f32::MAX), |best, (i, e)| if e < best.1 { (i, e) } else { best });
                if end + GAP - *x <= 40.0 {
                    (lane, end + GAP)
                } else {
                    all.chips.push(Chip { span: span.clone(), row, x0: *x, width: 0.0, lane: 0 });
                    continue;
                }
            }
        };
        // A chip may run on to the next chip of its lane, but not off the page.
        let room = (page_width - x0).max(18.0);
        let next = wanted[at + 1..].iter().take_while(|w| w.0 == row).map(|w| w.1).find(|next| *next > x0);
        let mut width = width.min(room);
        if let Some(next) = next
            && ends.len() == CHIP_LANES
            && x0 + width + GAP > next
            && next - x0 - GAP >= 18.0
        {
            width = next - x0 - GAP;
        }
        ends[lane] = x0 + width;
        all.chip_lanes[row] = all.chip_lanes[row].max(lane + 1);
        all.chips.push(Chip { span: span.clone(), row, x0, width, lane });
    }
}
