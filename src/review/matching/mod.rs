//! Matching: which spans of several annotators are about the same thing.
//!
//! Everything in this room rests on it: agreement counts the pairs, comparing names what differs in them, adjudication asks once for each.
//! Spans go in as slices, one a side; places in those slices come out. Nested, crossing, stacked and discontinuous spans are all
//! alike here: what counts is which code points two spans share (a gap between parts is shared by nobody).
//!
//! - [`exact`] pairs spans with the same parts, one to one. Hashing; linear.
//! - [`overlapping`] lists every pair that shares a code point, many to many. One sweep; n log n and what is found.
//! - [`best`] is the best one-to-one assignment under a [`Rule`], optimal, not greedy: spans that touch, directly or through others,
//!   form a component, and each component is solved by shortest augmenting paths on its few edges (`assignment`).
//! - [`clusters`] puts the spans of any number of annotators into groups with at most one span of each.
//!
//! **Ties.** Of several equally good answers always the same is given: spans are taken in listing order (start, longest first, id)
//! whatever order they were handed in, and each rule says on [`Aim`] what it looks at next when its own count is equal. What is
//! left after that (stacked copies with equal parts and label) is paired in listing order.
//!
//! **Faulty parts** (a file may hold parts that overlap or run backwards) are read as the code points they cover.

pub(in crate::review) mod assignment;
mod clusters;
mod side;
mod sweep;
#[cfg(test)]
mod tests;

pub(in crate::review) use clusters::clusters_of;
pub use clusters::{Cluster, clusters};
pub(in crate::review) use side::Side;

use crate::model::Span;
use assignment::{Edge, Worth};
use side::exact_of;

/// Two spans that belong together: places in the slices handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Place in the first slice.
    pub left: usize,
    /// Place in the second slice.
    pub right: usize,
    /// How many code points both cover.
    pub shared: u32,
    /// Whether both have the same parts.
    pub equal_parts: bool,
    /// Whether both have the same label.
    pub same_label: bool,
}

/// What the labels of two spans have to do with whether they are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Only spans of one label may be paired.
    Same,
    /// Labels do not count, except when all else is equal.
    Ignored,
    /// Any may be paired, but a pair of one label is worth double.
    Doubled,
}

/// What the best assignment makes as great as possible, and what next where that is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The number of pairs; then pairs with equal parts, shared code points, pairs of one label, and as little as possible that
    /// only one of a pair covers. This is a *largest* matching: it may tear two equal spans apart if that makes one pair more.
    MostPairs,
    /// The sum of shared code points; then pairs with equal parts, as little as possible that only one of a pair covers,
    /// pairs of one label. Equal spans are never torn apart (an exchange argument: |A∩X| + |A∩Y| ≤ |A| + |X∩Y|).
    MostShared,
    /// The sum of likeness, shared code points over covered code points of each pair (Jaccard, in billionths); then as `MostShared`.
    /// Spans equal in parts and label are paired first; since 1 − Jaccard is a metric that costs nothing.
    Closest,
}

/// How to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is made as great as possible.
    pub aim: Aim,
    /// What labels have to do with it.
    pub labels: Labels,
    /// Whether spans without a code point, which share none, are paired if their parts are equal.
    pub empty: bool,
}

impl Rule {
    /// What a person would call the same thing: for showing differences and for adjudication.
    pub const SAME_THING: Self = Self { aim: Aim::Closest, labels: Labels::Doubled, empty: true };
    /// Pairs to compare labels and fields on (the unit `matched` of agreement): by overlap, regardless of label.
    pub const MATCHED: Self = Self { aim: Aim::MostShared, labels: Labels::Ignored, empty: false };
    /// The largest matching of spans of one label that share a code point (`overlap` and `partial` of F1).
    pub const LARGEST: Self = Self { aim: Aim::MostPairs, labels: Labels::Same, empty: false };
}

/// A one-to-one matching of two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// The pairs, by the left span's listing order.
    pub pairs: Vec<Pair>,
    /// Left spans without a partner, in listing order.
    pub only_left: Vec<usize>,
    /// Right spans without a partner, in listing order.
    pub only_right: Vec<usize>,
}

/// Spans with equal parts, one to one. With [`Labels::Same`] only those of one label; otherwise spans of one label first, then the rest.
///
/// Parts are equal if they cover the same code points, cut the same way or not; empty spans if they stand at the same place.
pub fn exact(left: &[&Span], right: &[&Span], labels: Labels) -> Vec<Pair> {
    exact_sides(&Side::new(left.to_vec()), &Side::new(right.to_vec()), labels)
}

/// [`exact`] of sides that are ready.
pub(in crate::review) fn exact_sides(left: &Side<'_>, right: &Side<'_>, labels: Labels) -> Vec<Pair> {
    let mut pairs = exact_of(left, right, labels);
    in_listing_order(left, &mut pairs);
    pairs
}

/// Every pair of spans that share a code point, by left and then right listing order. With [`Labels::Same`] only those of one label.
pub fn overlapping(left: &[&Span], right: &[&Span], labels: Labels) -> Vec<Pair> {
    let (left, right) = (Side::new(left.to_vec()), Side::new(right.to_vec()));
    let mut pairs = overlapping_of(&left, &right, &left.order, &right.order, labels);
    in_listing_order(&left, &mut pairs);
    pairs
}

fn overlapping_of(
    left: &Side<'_>,
    right: &Side<'_>,
    of_left: &[usize],
    of_right: &[usize],
    labels: Labels,
) -> Vec<Pair> {
    sweep::shared(left, right, of_left, of_right)
        .into_iter()
        .filter_map(|(l, r, shared)| {
            let same_label = left.label(l) == right.label(r);
            let equal_parts = shared == left.covered(l) && shared == right.covered(r);
            (same_label || labels != Labels::Same).then_some(Pair {
                left: l,
                right: r,
                shared,
                equal_parts,
                same_label,
            })
        })
        .collect()
}

/// The best one-to-one assignment under a rule. Optimal, and the same whatever order the spans are handed in.
///
/// Costs n log n for the sweep; then for each component of touching spans at most (spans × pairs that touch), in practice near linear.
pub fn best(left: &[&Span], right: &[&Span], rule: Rule) -> Matching {
    best_sides(&Side::new(left.to_vec()), &Side::new(right.to_vec()), rule)
}

/// [`best`] of sides that are ready.
pub(in crate::review) fn best_sides(left: &Side<'_>, right: &Side<'_>, rule: Rule) -> Matching {
    let pairs = best_pairs(left, right, rule);
    Matching {
        only_left: left.without(pairs.iter().map(|p| p.left)),
        only_right: right.without(pairs.iter().map(|p| p.right)),
        pairs,
    }
}

/// The pairs of [`best`] alone.
pub(in crate::review) fn best_pairs(left: &Side<'_>, right: &Side<'_>, rule: Rule) -> Vec<Pair> {
    let mut pairs = Vec::new();
    // Where equal spans may be paired beforehand at no cost, most of the work is done by hashing.
    let first = match (rule.aim, rule.labels) {
        (Aim::MostPairs, _) => None,
        (_, labels) => {
            Some(exact_of(left, right, if labels == Labels::Doubled { Labels::Same } else { labels }))
        }
    };
    for pair in first.into_iter().flatten() {
        if rule.empty || pair.shared > 0 {
            pairs.push(pair);
        }
    }
    let of_left = left.without(pairs.iter().map(|p| p.left));
    let of_right = right.without(pairs.iter().map(|p| p.right));
    let candidates = overlapping_of(left, right, &of_left, &of_right, rule.labels);
    let (ranks_left, ranks_right) = (ranks(&of_left, left.spans.len()), ranks(&of_right, right.spans.len()));
    let edges: Vec<Edge<Worth>> = candidates
        .iter()
        .map(|pair| Edge {
            left: ranks_left[pair.left],
            right: ranks_right[pair.right],
            worth: worth(pair, rule, left.covered(pair.left), right.covered(pair.right)),
        })
        .collect();
    pairs.extend(
        assignment::solve(of_left.len(), of_right.len(), &edges).into_iter().map(|edge| candidates[edge]),
    );
    if rule.empty {
        // Empty spans with one place and different labels, which no sweep over code points can find.
        let (of_left, of_right) =
            (left.without(pairs.iter().map(|p| p.left)), right.without(pairs.iter().map(|p| p.right)));
        let free = |side: &Side<'_>, of: &[usize]| -> Vec<usize> {
            of.iter().copied().filter(|place| side.cover(*place).is_empty()).collect()
        };
        let (of_left, of_right) = (free(left, &of_left), free(right, &of_right));
        if !of_left.is_empty() && !of_right.is_empty() {
            let (empty_left, empty_right): (Vec<&Span>, Vec<&Span>) = (
                of_left.iter().map(|p| left.spans[*p]).collect(),
                of_right.iter().map(|p| right.spans[*p]).collect(),
            );
            let found = exact_of(&Side::new(empty_left), &Side::new(empty_right), rule.labels);
            pairs.extend(found.into_iter().map(|p| Pair {
                left: of_left[p.left],
                right: of_right[p.right],
                ..p
            }));
        }
    }
    in_listing_order(left, &mut pairs);
    pairs
}

fn ranks(order: &[usize], places: usize) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; places];
    for (rank, place) in order.iter().enumerate() {
        ranks[*place] = rank;
    }
    ranks
}

fn in_listing_order(left: &Side<'_>, pairs: &mut [Pair]) {
    pairs.sort_unstable_by_key(|pair| (left.ranks[pair.left], pair.right));
}

/// What a pair is worth under a rule: several counts, the first that differs decides.
fn worth(pair: &Pair, rule: Rule, covered_left: u32, covered_right: u32) -> Worth {
    let shared = i64::from(pair.shared);
    let (equal, same) = (i64::from(pair.equal_parts), i64::from(pair.same_label));
    let alone = i64::from(covered_left) + i64::from(covered_right) - 2 * shared;
    let double = if rule.labels == Labels::Doubled && pair.same_label { 2 } else { 1 };
    match rule.aim {
        Aim::MostPairs => Worth([double, equal, shared, same, -alone]),
        Aim::MostShared => Worth([double * shared, equal, -alone, same, 0]),
        Aim::Closest => {
            let likeness = shared * 1_000_000_000 / (shared + alone).max(1);
            // Two spans that share anything at all are better paired than not.
            Worth([double * likeness.max(1), shared, equal, -alone, same])
        }
    }
}
