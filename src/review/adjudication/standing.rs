//! What has been decided already, and what is new since.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Case;
use crate::model::{Decision, DecisionId, RelationId, SpanId};
use crate::review::content::Content;
use crate::review::difference::{Cluster, RelationCluster};

/// How a cluster, or a relation, stands with gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody decided yet.
    Open,
    /// It was decided, but annotators say something since that was not seen then.
    Changed(DecisionId),
    /// Everything that annotators say here was seen when it was decided.
    Decided(DecisionId),
    /// Gold has a span here that no decision tells of: made by hand, or imported.
    InGold(SpanId),
    /// Gold has this relation, and no decision tells of it.
    Drawn(RelationId),
    /// Gold has a value in this field of the article, and no decision tells of it.
    Filled,
}

impl Standing {
    /// Whether someone must still look at it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Changed(_))
    }
}

/// How everything of a case stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standings {
    /// In the order of [`super::super::Comparison::clusters`].
    pub clusters: Vec<Standing>,
    /// In the order of [`super::super::Comparison::relations`].
    pub relations: Vec<Standing>,
    /// In the order of [`super::super::Comparison::article_fields`].
    pub article_fields: Vec<Standing>,
    /// The gold span of each cluster, if there is one.
    pub gold: Vec<Option<SpanId>>,
    /// Gold spans that belong to no cluster: the judge's own, or what no annotator says any more. In listing order.
    pub apart: Vec<SpanId>,
}

/// Finds out how everything of a case stands.
pub fn standings(case: &Case<'_>) -> Standings {
    let known = Known::of(case);
    let mut standings = Standings::default();
    let mut taken: FxHashSet<SpanId> = FxHashSet::default();
    for cluster in &case.comparison.clusters {
        let standing = known.standing_of(case, cluster);
        let gold = match &standing {
            Standing::Decided(id) | Standing::Changed(id) => case
                .gold
                .decision(id)
                .and_then(|decision| decision.span.clone())
                .filter(|span| case.gold.get(span).is_some()),
            _ => None,
        };
        // Two clusters that were one when it was decided: the first has the span.
        standings.gold.push(gold.filter(|span| taken.insert(span.clone())));
        standings.clusters.push(standing);
    }
    match_by_hand(case, &mut standings, &mut taken);
    for relation in &case.comparison.relations {
        let standing = known.by_fingerprints(relation.contents.iter().flatten().map(String::as_str));
        let by_hand = || drawn_by_hand(case, &standings, relation).map(Standing::Drawn);
        let standing = standing.or_else(by_hand).unwrap_or(Standing::Open);
        standings.relations.push(standing);
    }
    for field in &case.comparison.article_fields {
        let standing = known.by_fingerprints(field.contents.iter().flatten().map(String::as_str));
        let by_hand = || case.gold.fields.get(&field.name).map(|_| Standing::Filled);
        standings.article_fields.push(standing.or_else(by_hand).unwrap_or(Standing::Open));
    }
    standings.apart =
        case.gold.spans().filter(|span| !taken.contains(&span.id)).map(|span| span.id.clone()).collect();
    standings
}

/// A gold relation of this label between the gold spans of both ends.
fn drawn_by_hand(case: &Case<'_>, standings: &Standings, relation: &RelationCluster) -> Option<RelationId> {
    let (from, to) = (standings.gold[relation.from].as_ref()?, standings.gold[relation.to].as_ref()?);
    let symmetric = case.schema.relation(&relation.label).is_some_and(|def| def.symmetric);
    let is_it = |(a, b): (&SpanId, &SpanId)| (a == from && b == to) || (symmetric && a == to && b == from);
    case.gold
        .relations_of(from)
        .find(|drawn| drawn.label == relation.label && is_it((&drawn.from, &drawn.to)))
        .map(|drawn| drawn.id.clone())
}

/// The decisions by what they were made on.
struct Known<'a> {
    /// The newest decision that saw this content.
    by_content: FxHashMap<&'a str, &'a Arc<Decision>>,
    /// The last decision that saw this annotator's span.
    by_span: FxHashMap<(&'a str, &'a str), &'a Arc<Decision>>,
}

impl<'a> Known<'a> {
    fn of(case: &Case<'a>) -> Self {
        // All of it is asked for after every decision, so there is one look-up for each thing seen and no list of them.
        let seen: usize = case.gold.decisions().map(|decision| decision.seen.len()).sum();
        let mut known = Self {
            by_content: FxHashMap::with_capacity_and_hasher(seen, rustc_hash::FxBuildHasher),
            by_span: FxHashMap::with_capacity_and_hasher(seen, rustc_hash::FxBuildHasher),
        };
        for decision in case.gold.decisions() {
            for seen in &decision.seen {
                let newest = known.by_content.entry(&seen.content).or_insert(decision);
                if (&decision.when, &decision.id) >= (&newest.when, &newest.id) {
                    *newest = decision;
                }
                known.by_span.insert((&seen.annotator, &seen.id), decision);
            }
        }
        known
    }

    fn standing_of(&self, case: &Case<'_>, cluster: &Cluster) -> Standing {
        let contents = case.comparison.contents(cluster).map(|(_, content)| content.fingerprint.as_str());
        if let Some(standing) = self.by_fingerprints(contents) {
            return standing;
        }
        // Nothing that is said here was seen; but these very spans may have been, when they said something else.
        let earlier = cluster
            .present()
            .find_map(|(who, id)| self.by_span.get(&(case.comparison.annotators[who].as_str(), id.as_str())));
        earlier.map_or(Standing::Open, |decision| Standing::Changed(decision.id.clone()))
    }

    /// Decided if all of it was seen, by one decision or by several; changed if part of it was.
    fn by_fingerprints<'f>(&self, all: impl Iterator<Item = &'f str>) -> Option<Standing> {
        let (mut latest, mut is_all_seen): (Option<&Arc<Decision>>, bool) = (None, true);
        for content in all {
            match self.by_content.get(content) {
                Some(newest) => {
                    latest = match latest {
                        Some(one) if (&one.when, &one.id) >= (&newest.when, &newest.id) => Some(one),
                        _ => Some(newest),
                    };
                }
                None => is_all_seen = false,
            }
        }
        let id = latest?.id.clone();
        Some(if is_all_seen { Standing::Decided(id) } else { Standing::Changed(id) })
    }
}

/// Gold spans that no decision tells of, matched to open clusters: those that say the same as a member first, then those that share
/// the most text.
fn match_by_hand(case: &Case<'_>, standings: &mut Standings, taken: &mut FxHashSet<SpanId>) {
    let told: FxHashSet<&SpanId> =
        case.gold.decisions().filter_map(|decision| decision.span.as_ref()).collect();
    let mut pairs: Vec<(f64, usize, SpanId)> = Vec::new();
    for (place, cluster) in case.comparison.clusters.iter().enumerate() {
        if standings.clusters[place] != Standing::Open {
            continue;
        }
        for gold in case.gold.touching(cluster.extent) {
            if told.contains(&gold.id) || taken.contains(&gold.id) {
                continue;
            }
            let content = Content::of(gold, case.gold, case.schema);
            let best = case
                .comparison
                .contents(cluster)
                .filter_map(|(_, member)| likeness(member, &content))
                .max_by(f64::total_cmp);
            pairs.extend(best.map(|weight| (weight, place, gold.id.clone())));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
    for (_, place, gold) in pairs {
        if standings.clusters[place] == Standing::Open && taken.insert(gold.clone()) {
            standings.clusters[place] = Standing::InGold(gold.clone());
            standings.gold[place] = Some(gold);
        }
    }
}

fn likeness(a: &Content, b: &Content) -> Option<f64> {
    if a.fingerprint == b.fingerprint {
        return Some(8.0);
    }
    crate::review::clustering::likeness((&a.parts, &a.label), (&b.parts, &b.label))
}
