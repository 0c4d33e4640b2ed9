//! Where spans' grounds, underlines and joining lines go around a block's rows, so that many at one place stay legible and bounded.

use std::collections::HashMap;
use std::sync::Arc;

use super::chips::{self, Chip, ChipWidth};
use crate::model::{AnnotationSet, Span};
use crate::text::{CanonicalText, CodePoint, TextRange};
use crate::window::text_page::layout::BlockLayout;

/// Distance from one underline to the next.
pub const LANE: f32 = 4.0;
/// Height of a row of balloons below underlines.
pub const BALLOON: f32 = 15.0;
/// Height of a row of chips.
pub const CHIP: f32 = 16.0;
/// Underlines below one row of text. What is deeper is not drawn but counted: `+N` tells of it and lists it, so that a pathological
/// place stays bounded.
pub const MOST_LANES: usize = 8;

/// A piece of a span in one row. A row that changes direction may show several pieces of one part.
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
    /// Whether its text runs from right to left: then it starts on its right.
    pub rtl: bool,
}

impl Segment {
    /// Whether a part begins or ends on the left of this piece.
    pub fn edge_left(&self) -> bool {
        if self.rtl { self.ends } else { self.starts }
    }

    /// Whether a part begins or ends on the right of this piece.
    pub fn edge_right(&self) -> bool {
        if self.rtl { self.starts } else { self.ends }
    }

    /// Whether another part follows on the end of this piece.
    fn goes_on(&self) -> bool {
        self.ends && self.part + 1 < self.span.parts.len()
    }

    /// Whether another part came before the start of this piece.
    fn comes_from(&self) -> bool {
        self.starts && self.part > 0
    }
}

/// The thin line that makes parts of one span visibly one, in the lane of its underline.
#[derive(Clone, Debug)]
pub struct Join {
    /// The span.
    pub span: Arc<Span>,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … to where.
    pub x1: f32,
    /// The lane.
    pub lane: usize,
    /// Whether the line runs on beyond the row, towards a part further away.
    pub runs_on: bool,
}

/// The balloon of spans whose underlines end at one place, where there are no chips that could hold it.
#[derive(Clone, Debug)]
pub struct Balloon {
    /// The spans; several where balloons would cover each other.
    pub spans: Vec<Arc<Span>>,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … how wide.
    pub width: f32,
}

/// What spans' marks want, and the room there is.
#[derive(Clone, Copy)]
pub struct Wants<'a> {
    /// How wide a span's chip wants to be, or that it wants none.
    pub chip: &'a ChipWidth<'a>,
    /// How wide the balloon of a span's comments is; 0 where nothing is said.
    pub balloon: &'a dyn Fn(&Span) -> f32,
    /// Whether balloons hang at underlines, because there are no chips.
    pub below: bool,
    /// The page's width.
    pub page_width: f32,
}

/// Everything that is drawn around a block's text.
#[derive(Clone, Debug, Default)]
pub struct Decoration {
    /// Longest first, the order in which grounds are painted.
    pub segments: Vec<Segment>,
    /// The lines between parts.
    pub joins: Vec<Join>,
    /// The labels.
    pub chips: Vec<Chip>,
    /// What is said about spans, where chips do not tell it.
    pub balloons: Vec<Balloon>,
    /// How far each row moves down.
    pub shift: Vec<f32>,
    /// Underlines in each row.
    pub lanes: Vec<usize>,
    /// Chip lanes in each row.
    pub chip_lanes: Vec<usize>,
    /// The block's height with everything.
    pub height: f32,
}

/// Arranges the spans of a block. `bytes` is where the block stands in the text.
pub fn decorate(
    text: &CanonicalText,
    set: &AnnotationSet,
    bytes: std::ops::Range<usize>,
    layout: &dyn BlockLayout,
    wants: Wants<'_>,
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
    let hidden = assign_lanes(&mut all, layout);
    all.segments.sort_by(|a, b| {
        b.span.parts.covered().cmp(&a.span.parts.covered()).then_with(|| a.span.place().cmp(&b.span.place()))
    });
    (all.chips, all.chip_lanes) = chips::place(&all.segments, hidden, rows.len(), wants);
    if wants.below {
        all.balloons = balloons_of(&all.segments, wants);
    }
    let mut down = 0.0;
    for row in 0..rows.len() {
        down += all.chip_lanes[row] as f32 * CHIP;
        all.shift.push(down);
        down += underline_room(all.lanes[row]);
        if all.balloons.iter().any(|b| b.row == row) {
            down += BALLOON;
        }
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
        layout.pieces(byte(start)..byte(end), &mut |row, piece| {
            // An empty span is drawn as a sliver: what cannot be seen cannot be mended.
            let x1 = piece.x1.max(piece.x0 + 2.0);
            let (x0, rtl) = (piece.x0, piece.rtl);
            into.push(Segment {
                span: span.clone(),
                part,
                row,
                x0,
                x1,
                lane: 0,
                starts: false,
                ends: false,
                rtl,
            });
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

/// A balloon at the end of each underline of which something is said. Those that would cover each other become one.
fn balloons_of(segments: &[Segment], wants: Wants<'_>) -> Vec<Balloon> {
    const GAP: f32 = 2.0;
    let ends = segments.iter().filter(|s| s.ends && s.part + 1 == s.span.parts.len());
    let mut all: Vec<Balloon> = ends
        .filter_map(|s| {
            let width = (wants.balloon)(&s.span);
            let x0 = if s.rtl { s.x0 } else { s.x1 - width };
            let x0 = x0.min(wants.page_width - width).max(0.0);
            (width > 0.0).then(|| Balloon { spans: vec![s.span.clone()], row: s.row, x0, width })
        })
        .collect();
    all.sort_by(|a, b| a.row.cmp(&b.row).then(a.x0.total_cmp(&b.x0)));
    all.dedup_by(|later, before| {
        let meets = later.row == before.row && later.x0 < before.x0 + before.width + GAP;
        if meets {
            before.spans.append(&mut later.spans);
        }
        meets
    });
    all
}

/// Spans that found no lane, by row, with where in the row they begin.
pub(super) type Hidden = Vec<(usize, f32, Arc<Span>)>;

/// What one span takes of one row, gaps between its parts included.
struct Hull {
    x0: f32,
    x1: f32,
    segments: Vec<usize>,
}

/// Short spans lie nearest to the text, longer ones below them, so that nesting reads from the inside out. All pieces of a span in
/// a row share a lane, and nobody else comes into the gaps between them. Takes out and gives back what finds no lane.
fn assign_lanes(all: &mut Decoration, layout: &dyn BlockLayout) -> Hidden {
    let mut order: HashMap<(usize, *const Span), Hull> = HashMap::new();
    for (n, s) in all.segments.iter().enumerate() {
        let hull = order.entry((s.row, Arc::as_ptr(&s.span))).or_insert(Hull {
            x0: f32::MAX,
            x1: f32::MIN,
            segments: Vec::new(),
        });
        hull.x0 = hull.x0.min(s.x0);
        hull.x1 = hull.x1.max(s.x1);
        hull.segments.push(n);
    }
    let mut hulls: Vec<Hull> = order.into_values().collect();
    for hull in &mut hulls {
        reach_out(hull, &all.segments, layout);
    }
    let key = |hull: &Hull| &all.segments[hull.segments[0]];
    hulls.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        a.row
            .cmp(&b.row)
            .then_with(|| a.span.parts.covered().cmp(&b.span.parts.covered()))
            .then_with(|| a.span.place().cmp(&b.span.place()))
    });
    let mut hidden = Hidden::new();
    let mut gone = vec![false; all.segments.len()];
    // For each lane of the row at hand: the extents that are taken.
    let mut taken: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut row = usize::MAX;
    for hull in &hulls {
        let first = &all.segments[hull.segments[0]];
        if first.row != row {
            row = first.row;
            taken.clear();
        }
        let free = |lane: &Vec<(f32, f32)>| lane.iter().all(|(a, b)| hull.x1 <= *a || *b <= hull.x0);
        let lane = taken.iter().position(free).unwrap_or(taken.len());
        if lane >= MOST_LANES {
            let x0 = hull.segments.iter().map(|n| all.segments[*n].x0).fold(f32::MAX, f32::min);
            hidden.push((row, x0, first.span.clone()));
            hull.segments.iter().for_each(|n| gone[*n] = true);
            continue;
        }
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((hull.x0, hull.x1));
        all.lanes[row] = all.lanes[row].max(lane + 1);
        for n in &hull.segments {
            all.segments[*n].lane = lane;
        }
        joins_of(hull, &all.segments, &mut all.joins);
    }
    let mut n = 0;
    all.segments.retain(|_| {
        n += 1;
        !gone[n - 1]
    });
    all.joins.sort_by(|a, b| (a.row, a.lane).cmp(&(b.row, b.lane)).then(a.x0.total_cmp(&b.x0)));
    hidden
}

/// How far a line to a part in another row reaches beyond its own part where there is no room to reach the row's edge.
const HOOK: f32 = 14.0;

/// Makes room in the hull for the lines that run on to parts in other rows.
fn reach_out(hull: &mut Hull, segments: &[Segment], layout: &dyn BlockLayout) {
    for n in hull.segments.clone() {
        let s = &segments[n];
        let row = &layout.rows()[s.row];
        for rightwards in runs_on(hull, segments, s) {
            if rightwards {
                hull.x1 = hull.x1.max((s.x1 + HOOK).min((row.left + row.width).max(s.x1)));
            } else {
                hull.x0 = hull.x0.min((s.x0 - HOOK).max(row.left.min(s.x0)));
            }
        }
    }
}

/// On which sides of a piece a line runs on to a part in another row: `true` for the right.
fn runs_on(hull: &Hull, segments: &[Segment], s: &Segment) -> impl Iterator<Item = bool> + use<> {
    let on = s.goes_on() && !has_part(hull, segments, s.part + 1);
    let back = s.comes_from() && !has_part(hull, segments, s.part - 1);
    [on.then_some(!s.rtl), back.then_some(s.rtl)].into_iter().flatten()
}

fn has_part(hull: &Hull, segments: &[Segment], part: usize) -> bool {
    hull.segments.iter().any(|n| segments[*n].part == part)
}

fn joins_of(hull: &Hull, segments: &[Segment], into: &mut Vec<Join>) {
    let mut pieces: Vec<&Segment> = hull.segments.iter().map(|n| &segments[*n]).collect();
    let first = pieces[0];
    if first.span.parts.len() < 2 {
        return;
    }
    pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut join = |x0: f32, x1: f32, runs_on: bool| {
        if x1 - x0 > 0.5 {
            into.push(Join { span: first.span.clone(), row: first.row, x0, x1, lane: first.lane, runs_on });
        }
    };
    let mut reached = pieces[0].x1;
    for piece in &pieces[1..] {
        if piece.x0 > reached {
            join(reached, piece.x0, false);
        }
        reached = reached.max(piece.x1);
    }
    for s in &pieces {
        for rightwards in runs_on(hull, segments, s) {
            let (x0, x1) = if rightwards { (s.x1, hull.x1) } else { (hull.x0, s.x0) };
            join(x0, x1, true);
        }
    }
}

#[cfg(test)]
mod tests;
