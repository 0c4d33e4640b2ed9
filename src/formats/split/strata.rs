//! Iterative stratification.
//!
//! Sechidis, Tsoumakas and Vlahavas, *On the stratification of multi-label data* (ECML PKDD 2011), with two changes: what is assigned are
//! groups of articles, which count for as many as they hold, and a label is wanted by its number of spans, not of articles.

use std::collections::{BTreeMap, BTreeSet};

/// Articles that stay together.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// How many articles.
    pub size: usize,
    /// How many spans of each label.
    pub labels: BTreeMap<&'a str, usize>,
}

/// The part of each unit. Units come in the order that chance gave them; among equals the first comes first.
pub(super) fn assign(units: &[Unit], shares: &[f64]) -> Vec<usize> {
    let total: usize = units.iter().map(|unit| unit.size).sum();
    // What each part still wants.
    let mut articles: Vec<f64> = shares.iter().map(|share| share * total as f64).collect();
    let mut spans: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        for (label, count) in &unit.labels {
            let wanted = spans.entry(label).or_insert_with(|| vec![0.0; shares.len()]);
            wanted.iter_mut().zip(shares).for_each(|(wanted, share)| *wanted += share * *count as f64);
            having.entry(label).or_default().push(place);
        }
    }
    let mut parts: Vec<Option<usize>> = vec![None; units.len()];
    let mut left: BTreeMap<&str, usize> = having.iter().map(|(label, units)| (*label, units.len())).collect();
    let mut open: BTreeSet<(usize, &str)> = left.iter().map(|(label, count)| (*count, *label)).collect();
    // The rarest label first: there is least choice left for it.
    while let Some((_, label)) = open.pop_first() {
        let mut these: Vec<usize> = having
            .get(label)
            .into_iter()
            .flatten()
            .copied()
            .filter(|place| parts[*place].is_none())
            .collect();
        these.sort_by_key(|place| std::cmp::Reverse(units[*place].labels.get(label).copied()));
        for place in these {
            let part = neediest(spans.get(label).map_or(&[], Vec::as_slice), &articles);
            parts[place] = Some(part);
            articles[part] -= units[place].size as f64;
            for (label, count) in &units[place].labels {
                if let Some(wanted) = spans.get_mut(label) {
                    wanted[part] -= *count as f64;
                }
                if let Some(count) = left.get_mut(label) {
                    if open.remove(&(*count, *label)) {
                        open.insert((*count - 1, *label));
                    }
                    *count -= 1;
                }
            }
        }
    }
    // Those without any label, the largest first, so that the small ones even out.
    let mut rest: Vec<usize> = (0..units.len()).filter(|place| parts[*place].is_none()).collect();
    rest.sort_by_key(|place| std::cmp::Reverse(units[*place].size));
    for place in rest {
        let part = neediest(&[], &articles);
        parts[place] = Some(part);
        articles[part] -= units[place].size as f64;
    }
    parts.into_iter().map(Option::unwrap_or_default).collect()
}

/// The part that wants most of the label; among equals the one that wants most articles, then the first.
fn neediest(spans: &[f64], articles: &[f64]) -> usize {
    let want = |part: usize| (spans.get(part).copied().unwrap_or_default(), articles[part]);
    let mut best = 0;
    for part in 1..articles.len() {
        let (a, b) = (want(part), want(best));
        if a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).is_gt() {
            best = part;
        }
    }
    best
}
