//! Spans of any number of annotators that are about the same thing.

use rayon::prelude::*;

use super::{Pair, Rule, best, worth};
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
/// Each two annotators are matched by [`best`]; the pairs found are then joined, the worthiest under the rule first, unless a join
/// would put two spans of one annotator together. (The exact best grouping of three or more sides is NP-hard.) Two annotators get exactly
/// the pairs of [`best`]. Groups come in the listing order of their first spans.
pub fn clusters(sides: &[Vec<&Span>], rule: Rule) -> Vec<Cluster> {
    let couples: Vec<(usize, usize)> =
        (0..sides.len()).flat_map(|a| (a + 1..sides.len()).map(move |b| (a, b))).collect();
    let matched: Vec<((usize, usize), Vec<Pair>)> =
        couples.into_par_iter().map(|(a, b)| ((a, b), best(&sides[a], &sides[b], rule).pairs)).collect();

    let mut first = Vec::with_capacity(sides.len() + 1);
    first.push(0);
    for side in sides {
        first.push(first.last().copied().unwrap_or(0) + side.len());
    }
    let total = first.last().copied().unwrap_or(0);
    let annotator_of = |node: usize| first.partition_point(|start| *start <= node) - 1;
    let span_of = |node: usize| {
        let annotator = annotator_of(node);
        sides[annotator][node - first[annotator]]
    };

    let covered =
        |span: &Span| crate::model::Parts::tidy(span.parts.iter().copied()).map_or(0, |p| p.covered());
    let mut joins: Vec<_> = matched
        .iter()
        .flat_map(|((a, b), pairs)| {
            pairs.iter().map(|pair| {
                let (left, right) = (sides[*a][pair.left], sides[*b][pair.right]);
                let worth = worth(pair, rule, covered(left), covered(right));
                (worth, first[*a] + pair.left, first[*b] + pair.right)
            })
        })
        .collect();
    joins.sort_by(|(w, l, r), (x, m, s)| {
        let key =
            |l: usize, r: usize| (span_of(l).place(), annotator_of(l), span_of(r).place(), annotator_of(r));
        x.cmp(w).then_with(|| key(*l, *r).cmp(&key(*m, *s)))
    });

    let mut group: Vec<usize> = (0..total).collect();
    let mut members: Vec<Vec<usize>> = (0..total).map(|node| vec![node]).collect();
    for (_, left, right) in joins {
        let (into, from) = (group[left], group[right]);
        let clash = || {
            members[into].iter().any(|a| members[from].iter().any(|b| annotator_of(*a) == annotator_of(*b)))
        };
        if into != from && !clash() {
            let moved = std::mem::take(&mut members[from]);
            moved.iter().for_each(|node| group[*node] = into);
            members[into].extend(moved);
        }
    }

    let mut found: Vec<Vec<usize>> = members.into_iter().filter(|nodes| !nodes.is_empty()).collect();
    let place =
        |nodes: &Vec<usize>| nodes.iter().map(|node| (span_of(*node).place(), annotator_of(*node))).min();
    found.sort_by(|a, b| place(a).cmp(&place(b)));
    found
        .into_iter()
        .map(|nodes| {
            let mut cluster = vec![None; sides.len()];
            for node in nodes {
                cluster[annotator_of(node)] = Some(node - first[annotator_of(node)]);
            }
            Cluster { members: cluster }
        })
        .collect()
}
