//! Where the chips go: the labels above spans' beginnings. They stand in lanes of their own above a row, so they never cover text;
//! they never cover each other; and where there is no room, one chip says how many more there are.

use std::sync::Arc;

use super::decorate::{Hidden, Segment, Wants};
use crate::model::Span;

/// Rows of chips above one row of text.
const LANES: usize = 2;
/// Between two chips of a lane.
const GAP: f32 = 3.0;
/// A chip narrower than this says nothing.
const NARROWEST: f32 = 26.0;
/// How far a chip may stand to the right of what it names.
const SLIDE: f32 = 36.0;
/// The width of `+9`; two digits more are wider.
const MORE: f32 = 22.0;

/// What a chip names.
#[derive(Clone, Debug)]
pub enum Named {
    /// One span.
    Span(Arc<Span>),
    /// Spans for which there was no room, in listing order.
    More(Vec<Arc<Span>>),
}

/// A label above a span's beginning.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What it names.
    pub named: Named,
    /// The row of the block.
    pub row: usize,
    /// From where …
    pub x0: f32,
    /// … how wide.
    pub width: f32,
    /// How much of that a sign of comments wants: the widest of those it names.
    pub balloon: f32,
    /// The chip's lane, 0 nearest to the text.
    pub lane: usize,
}

/// How wide a span's chip wants to be; `None` if it wants none. Asked only where there is room, because measuring costs.
pub type ChipWidth<'a> = dyn Fn(&Span) -> Option<f32> + 'a;

/// The width of a chip that counts.
pub fn more_width(n: usize) -> f32 {
    MORE + 6.5 * (n.max(1).ilog10() as f32)
}

/// One row while it is being filled from left to right.
struct Row {
    /// Where each lane is free again.
    ends: Vec<f32>,
    chips: Vec<Chip>,
    page_width: f32,
}

/// Places the chips of a block; gives them with the number of lanes in each row.
pub(super) fn place(
    segments: &[Segment],
    hidden: Hidden,
    rows: usize,
    wants: Wants<'_>,
) -> (Vec<Chip>, Vec<usize>) {
    // Hidden spans are wanted too, whatever the setting: nothing else tells of them.
    let begins = segments.iter().filter(|s| s.starts && s.part == 0);
    let mut wanted: Vec<(usize, f32, &Arc<Span>, bool)> =
        begins.map(|s| (s.row, s.x0, &s.span, false)).collect();
    wanted.extend(hidden.iter().map(|(row, x0, span)| (*row, *x0, span, true)));
    // The longest span's chip goes to the left of those that start at the same place.
    wanted.sort_by(|a, b| {
        (a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.3.cmp(&b.3)))
            .then_with(|| b.2.parts.covered().cmp(&a.2.parts.covered()))
            .then_with(|| a.2.place().cmp(&b.2.place()))
    });
    let (mut chips, mut lanes) = (Vec::new(), vec![0; rows]);
    let mut row = Row { ends: Vec::new(), chips: Vec::new(), page_width: wants.page_width };
    let mut at = usize::MAX;
    let next_in_row = |n: usize, x0: f32| {
        let later = wanted[n + 1..].iter().take_while(|w| w.0 == wanted[n].0);
        later.map(|w| w.1).find(|next| *next > x0 + 0.5)
    };
    for (n, (of, x, span, is_hidden)) in wanted.iter().enumerate() {
        if *of != at {
            row.finish(&mut chips, &mut lanes);
            at = *of;
        }
        if *is_hidden {
            row.count(at, *x, span, wants);
        } else {
            row.add(at, *x, span, wants, |x0| next_in_row(n, x0));
        }
    }
    row.finish(&mut chips, &mut lanes);
    (chips, lanes)
}

impl Row {
    fn finish(&mut self, chips: &mut Vec<Chip>, lanes: &mut [usize]) {
        for chip in &mut self.chips {
            if let Named::More(spans) = &mut chip.named {
                spans.sort_by(|a, b| a.place().cmp(&b.place()));
                spans.dedup_by(|a, b| a.id == b.id);
            }
            lanes[chip.row] = lanes[chip.row].max(chip.lane + 1);
        }
        chips.append(&mut self.chips);
        self.ends.clear();
    }

    fn add(
        &mut self,
        row: usize,
        x: f32,
        span: &Arc<Span>,
        wants: Wants<'_>,
        next: impl Fn(f32) -> Option<f32>,
    ) {
        let free = self.ends.iter().position(|end| *end + GAP <= x);
        let (lane, x0) = match free {
            Some(lane) => (lane, x),
            None if self.ends.len() < LANES => (self.ends.len(), x),
            None => {
                let (lane, end) = self.earliest();
                if end + GAP - x > SLIDE {
                    self.count(row, x, span, wants);
                    return;
                }
                (lane, end + GAP)
            }
        };
        let room = self.page_width - x0;
        let Some(wanted) = (wants.chip)(span) else { return };
        // A balloon needs its room beside what the chip says.
        let balloon = (wants.balloon)(span);
        let narrowest = NARROWEST + balloon;
        if room < wanted.min(narrowest) {
            self.count(row, x, span, wants);
            return;
        }
        let mut width = wanted.min(room);
        // A chip may run on over what its span does not cover, up to the next chip of a crowded row, where it is cut short.
        if let Some(next) = next(x0)
            && self.ends.len().max(lane + 1) == LANES
            && self.ends.iter().enumerate().all(|(n, end)| n == lane || *end + GAP > next)
            && x0 + width + GAP > next
            && next - x0 - GAP >= narrowest
        {
            width = next - x0 - GAP;
        }
        if lane == self.ends.len() {
            self.ends.push(0.0);
        }
        self.ends[lane] = x0 + width;
        self.chips.push(Chip { named: Named::Span(span.clone()), row, x0, width, balloon, lane });
    }

    fn earliest(&self) -> (usize, f32) {
        let ends = self.ends.iter().copied().enumerate();
        ends.fold((0, f32::MAX), |best, (n, end)| if end < best.1 { (n, end) } else { best })
    }

    /// Adds to the counting chip of this neighbourhood, or makes one.
    fn count(&mut self, row: usize, x: f32, span: &Arc<Span>, wants: Wants<'_>) {
        let mut balloon = (wants.balloon)(span);
        let last = self.chips.iter_mut().rev().find(|c| matches!(c.named, Named::More(_)));
        if let Some(chip) = last
            && x <= chip.x0 + chip.width + SLIDE
            && let Named::More(spans) = &mut chip.named
        {
            spans.push(span.clone());
            chip.balloon = chip.balloon.max(balloon);
            let width = more_width(spans.len()) + chip.balloon;
            let grown = width - chip.width;
            // It grows by digits; where something stands behind it, or the page ends, it stays as it is and its text gets smaller.
            if grown > 0.0
                && self.ends[chip.lane] <= chip.x0 + chip.width
                && chip.x0 + width <= self.page_width
            {
                chip.width = width;
                self.ends[chip.lane] = chip.x0 + width;
            }
            return;
        }
        let free = self.ends.iter().position(|end| *end + GAP <= x);
        let (lane, mut x0) = match free {
            Some(lane) => (lane, x),
            None if self.ends.len() < LANES => (self.ends.len(), x),
            None => {
                let (lane, end) = self.earliest();
                (lane, end + GAP)
            }
        };
        if lane == self.ends.len() {
            self.ends.push(0.0);
        }
        let mut spans = vec![span.clone()];
        let more = MORE + balloon;
        let latest = self.page_width - more;
        if x0 > latest {
            x0 = latest;
            // The chips that stand there give way: the last one gets shorter, and those too short to read are counted too.
            self.chips.retain_mut(|chip| {
                if chip.lane != lane || chip.x0 + chip.width + GAP <= x0 {
                    return true;
                }
                chip.width = x0 - GAP - chip.x0;
                let stays = chip.width >= NARROWEST;
                if !stays {
                    balloon = balloon.max(chip.balloon);
                    match &mut chip.named {
                        Named::Span(span) => spans.push(span.clone()),
                        Named::More(more) => spans.append(more),
                    }
                }
                stays
            });
        }
        self.ends[lane] = x0 + more;
        self.chips.push(Chip { named: Named::More(spans), row, x0, width: more, balloon, lane });
    }
}
