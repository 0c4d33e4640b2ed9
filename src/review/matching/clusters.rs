//! Spans of any number of annotators that are about the same thing.

use rayon::prelude::*;

use super::{Pair, Rule, Side, best_pairs, worth};
use crate::model::Span;

/// Spans about one thing: for each annotator the place of the span in that annotator's slice, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// One entry an annotator, in the order handed in. At least one is `Some`.
    pub members: Vec<Option<usize>>,
}

impl Cluster {
    /// The members that are there: annotator, place.
    pub fn spans(&self) -> impl Iterator<Item = (usize, usize)> {
        self.members.iter().enumerate().filter_map(|(annotator, place)| Some((annotator, (*place)?)))
    }

    /// How many annotators have a span here.
    pub fn size(&self) -> usize {
        self.members.iter().flatten().count()
    }
}

/// Groups the spans of all annotators so that each span is in one group and no group has two spans of one annotator.
///
/// Each two annotators are matched by [`best`](super::best); the pairs found are then joined, the worthiest under the rule first, unless a join
/// would put two spans of one annotator together. (The exact best grouping of three or more sides is NP-hard.) Two annotators get exactly
/// the pairs of [`best`](super::best). Groups come in the listing order of their first spans.
pub fn clusters(sides: &[Vec<&Span>], rule: Rule) -> Vec<Cluster> {
    let sides: Vec<Side<'_>> = sides.iter().map(|spans| Side::new(spans.clone())).collect();
    let couples: Vec<(usize, usize)> =
        (0..sides.len()).flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b))).collect();
    let matched: Vec<((usize, usize), Vec<Pair>)> =
        couples.into_par_iter().map(|(a, b)| ((a, b), best_pairs(&sides[a], &sides[b], rule))).collect();
    let matched: Vec<_> = matched.iter().map(|(couple, pairs)| (*couple, pairs.as_slice())).collect();
    clusters_of(&sides.iter().collect::<Vec<_>>(), &matched, rule)
}

/// [`clusters`] of sides that are ready and matched two by two: the pairs of each couple (a, b), a before b.
pub(in crate::review) fn clusters_of(
    sides: &[&Side<'_>],
    matched: &[((usize, usize), &[Pair])],
    rule: Rule,
) -> Vec<Cluster> {
    let mut first = Vec::with_capacity(sides.len());
    let mut nodes: Vec<(usize, usize)> = Vec::new();
    for (annotator, side) in sides.iter().enumerate() {
        first.push(nodes.len());
        nodes.extend((0..side.spans.len()).map(|place| (annotator, place)));
    }
    let place = |node: usize| {
        let (annotator, place) = nodes[node];
        (sides[annotator].spans[place].place(), annotator)
    };
    // Each span's rank among those of all annotators; what cannot be told apart has the same one.
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|a, b| place(*a).cmp(&place(*b)));
    let mut ranks = vec![0u32; nodes.len()];
    for pair in order.windows(2) {
        ranks[pair[1]] = ranks[pair[0]] + u32::from(place(pair[0]) != place(pair[1]));
    }

    let mut joins: Vec<_> = matched
        .iter()
        .flat_map(|((a, b), pairs)| {
            let (first, sides) = (&first, &sides);
            pairs.iter().map(move |pair| {
                let covered = (sides[*a].covered(pair.left), sides[*b].covered(pair.right));
                (worth(pair, rule, covered.0, covered.1), first[*a] + pair.left, first[*b] + pair.right)
            })
        })
        .collect();
    joins.sort_by(|(w, l, r), (x, m, s)| {
        x.cmp(w).then_with(|| (ranks[*l], ranks[*r]).cmp(&(ranks[*m], ranks[*s])))
    });

    let mut group: Vec<usize> = (0..nodes.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..nodes.len()).map(|node| vec![node]).collect();
    for (_, left, right) in joins {
        let (into, from) = (group[left], group[right]);
        let clash = || members[into].iter().any(|a| members[from].iter().any(|b| nodes[*a].0 == nodes[*b].0));
        if into != from && !clash() {
            let moved = std::mem::take(&mut members[from]);
            moved.iter().for_each(|node| group[*node] = into);
            members[into].extend(moved);
        }
    }

    let mut found: Vec<Vec<usize>> = members.into_iter().filter(|nodes| !nodes.is_empty()).collect();
    found.sort_by_key(|nodes| nodes.iter().map(|node| ranks[*node]).min());
    found
        .into_iter()
        .map(|group| {
            let mut cluster = vec![None; sides.len()];
            for node in group {
                cluster[nodes[node].0] = Some(nodes[node].1);
            }
            Cluster { members: cluster }
        })
        .collect()
}
