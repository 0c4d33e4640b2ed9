//! One annotator's spans, made ready for matching once, however many others they are matched with.

use std::cmp::Ordering;

use super::{Labels, Pair};
use crate::model::{Parts, Span};
use crate::text::TextRange;

/// One side of a matching: what each span covers, and the orders in which spans are looked at.
#[derive(Clone, Debug, Default)]
pub(in crate::review) struct Side<'a> {
    /// The spans as they were handed in; a span's place is its place here.
    pub spans: Vec<&'a Span>,
    /// Places in listing order.
    pub(super) order: Vec<usize>,
    /// Each place's rank in listing order.
    pub(super) ranks: Vec<usize>,
    hulls: Vec<TextRange>,
    /// The tidied parts of all spans, one span's after the other's.
    parts: Vec<TextRange>,
    /// Where each span's parts end among them.
    ends: Vec<usize>,
    covered: Vec<u32>,
    /// Places by extent, label and rank: equal spans of two sides are found by going through both at once.
    by_extent: Vec<usize>,
}

impl<'a> Side<'a> {
    /// Makes them ready; n log n.
    pub fn new(spans: Vec<&'a Span>) -> Self {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        if !spans.is_sorted_by(|a, b| a.place() <= b.place()) {
            order.sort_by(|a, b| spans[*a].place().cmp(&spans[*b].place()));
        }
        let mut ranks = vec![0; spans.len()];
        for (rank, place) in order.iter().enumerate() {
            ranks[*place] = rank;
        }
        let mut side = Self { order, ranks, ..Self::default() };
        for span in &spans {
            let before = side.parts.len();
            match span.parts.as_slice() {
                [one] if !one.is_empty() => side.parts.push(*one),
                _ => {
                    let tidy = Parts::tidy(span.parts.iter().copied());
                    side.parts.extend(tidy.iter().flat_map(|parts| parts.iter().copied()));
                }
            }
            side.hulls.push(span.parts.hull());
            side.ends.push(side.parts.len());
            side.covered.push(side.parts[before..].iter().map(|part| part.len()).sum());
        }
        side.spans = spans;
        let mut by_extent = side.order.clone();
        by_extent.sort_unstable_by(|a, b| {
            let by_label = || side.label(*a).cmp(side.label(*b)).then(side.ranks[*a].cmp(&side.ranks[*b]));
            side.extent(*a).cmp(side.extent(*b)).then_with(by_label)
        });
        side.by_extent = by_extent;
        side
    }

    /// What a span covers: tidy parts, none for a span without a code point.
    pub(super) fn cover(&self, place: usize) -> &[TextRange] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.parts[start..self.ends[place]]
    }

    /// How many code points a span covers.
    pub(super) fn covered(&self, place: usize) -> u32 {
        self.covered[place]
    }

    /// What makes spans count as having the same parts: what they cover, or where an empty span stands.
    fn extent(&self, place: usize) -> &[TextRange] {
        match self.cover(place) {
            [] => std::slice::from_ref(&self.hulls[place]),
            parts => parts,
        }
    }

    pub(super) fn label(&self, place: usize) -> &'a str {
        &self.spans[place].label
    }

    /// The places in listing order that are not taken.
    pub(super) fn without(&self, taken: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut free = vec![true; self.spans.len()];
        taken.for_each(|place| free[place] = false);
        self.order.iter().copied().filter(|place| free[*place]).collect()
    }

    /// How many of `places` from `first` on have the same extent.
    fn class(&self, first: usize) -> &[usize] {
        let rest = &self.by_extent[first..];
        let extent = self.extent(rest[0]);
        let same = rest.iter().take_while(|place| self.extent(**place) == extent).count();
        &rest[..same]
    }
}

/// Spans with equal parts, one to one, in no particular order; see [`super::exact`].
pub(super) fn exact_of(left: &Side<'_>, right: &Side<'_>, labels: Labels) -> Vec<Pair> {
    let pair = |l: usize, r: usize| Pair {
        left: l,
        right: r,
        shared: left.covered(l),
        equal_parts: true,
        same_label: left.label(l) == right.label(r),
    };
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut rest_left, mut rest_right) = (Vec::new(), Vec::new());
    while let (Some(l), Some(r)) = (left.by_extent.get(i), right.by_extent.get(j)) {
        match left.extent(*l).cmp(right.extent(*r)) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                let (lefts, rights) = (left.class(i), right.class(j));
                (i, j) = (i + lefts.len(), j + rights.len());
                rest_left.clear();
                rest_right.clear();
                let (mut a, mut b) = (0, 0);
                while let (Some(l), Some(r)) = (lefts.get(a), rights.get(b)) {
                    match left.label(*l).cmp(right.label(*r)) {
                        Ordering::Less => {
                            rest_left.push(*l);
                            a += 1;
                        }
                        Ordering::Greater => {
                            rest_right.push(*r);
                            b += 1;
                        }
                        Ordering::Equal => {
                            pairs.push(pair(*l, *r));
                            (a, b) = (a + 1, b + 1);
                        }
                    }
                }
                if labels != Labels::Same {
                    rest_left.extend_from_slice(&lefts[a..]);
                    rest_right.extend_from_slice(&rights[b..]);
                    // The first in listing order of those that are left, whatever its label.
                    rest_left.sort_unstable_by_key(|place| left.ranks[*place]);
                    rest_right.sort_unstable_by_key(|place| (&right.spans[*place].id, *place));
                    pairs.extend(rest_left.iter().zip(&rest_right).map(|(l, r)| pair(*l, *r)));
                }
            }
        }
    }
    pairs
}
