//! What has been decided already, and what is new since.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Case;
use crate::model::{Decision, DecisionId, Outcome, RelationId, SpanId};
use crate::review::content::Content;
use crate::review::difference::RelationCluster;

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
    /// What came of the decision about each cluster, where there is one.
    pub outcomes: Vec<Option<Outcome>>,
    /// Gold spans that belong to no cluster: the judge's own, or what no annotator says any more. In listing order.
    pub apart: Vec<SpanId>,
}

/// Finds out how everything of a case stands.
pub fn standings(case: &Case<'_>) -> Standings {
    let known = Known::of(case);
    let mut standings = Standings::default();
    let mut taken: FxHashSet<&SpanId> = FxHashSet::default();
    let clusters = &case.comparison.clusters;
    let said = |place: usize| case.comparison.said_at(place).iter().map(|number| Some(*number));
    let mut found: Vec<Option<(&Arc<Decision>, bool)>> =
        (0..clusters.len()).map(|place| known.by_said(said(place))).collect();
    // Nothing that is said there was seen; but these very spans may have been, when they said something else.
    let unseen: Vec<usize> = (0..found.len()).filter(|place| found[*place].is_none()).collect();
    let earlier = by_spans(case, &unseen);
    for place in unseen {
        let said = clusters[place].present().find_map(|(who, id)| earlier.get(&(who, id.as_str())));
        found[place] = said.map(|decision| (*decision, false));
    }
    for found in found {
        let gold = found.and_then(|(decision, _)| decision.span.as_ref());
        let gold = gold.filter(|span| case.gold.get(span).is_some());
        // Two clusters that were one when it was decided: the first has the span.
        standings.gold.push(gold.filter(|span| taken.insert(span)).cloned());
        standings.outcomes.push(found.map(|(decision, _)| decision.outcome));
        standings.clusters.push(found.map_or(Standing::Open, |(decision, all)| standing(decision, all)));
    }
    match_by_hand(case, &mut standings, &mut taken);
    let by_decision = |contents: &[Option<String>]| {
        let said = contents.iter().flatten().map(|content| case.comparison.said(content));
        known.by_said(said).map(|(decision, all)| standing(decision, all))
    };
    for relation in &case.comparison.relations {
        let by_hand = || drawn_by_hand(case, &standings, relation).map(Standing::Drawn);
        let standing = by_decision(&relation.contents).or_else(by_hand).unwrap_or(Standing::Open);
        standings.relations.push(standing);
    }
    for field in &case.comparison.article_fields {
        let by_hand = || case.gold.fields.get(&field.name).map(|_| Standing::Filled);
        let standing = by_decision(&field.contents).or_else(by_hand).unwrap_or(Standing::Open);
        standings.article_fields.push(standing);
    }
    if taken.len() == case.gold.len() {
        return standings;
    }
    standings.apart =
        case.gold.spans().filter(|span| !taken.contains(&span.id)).map(|span| span.id.clone()).collect();
    standings
}

fn standing(decision: &Decision, is_all_seen: bool) -> Standing {
    let id = decision.id.clone();
    if is_all_seen { Standing::Decided(id) } else { Standing::Changed(id) }
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

/// The newest decision that saw each of the things that are said, by their numbers in the comparison.
struct Known<'a>(Vec<Option<&'a Arc<Decision>>>);

impl<'a> Known<'a> {
    fn of(case: &Case<'a>) -> Self {
        // All of it is asked for after every decision, so there is one look-up for each thing seen and no list of them.
        let mut newest: Vec<Option<&'a Arc<Decision>>> = vec![None; case.comparison.said_count()];
        for decision in case.gold.decisions() {
            for seen in &decision.seen {
                let Some(number) = case.comparison.said(&seen.content) else { continue };
                let newest = &mut newest[number as usize];
                if newest.is_none_or(|newest| is_newer(decision, newest)) {
                    *newest = Some(decision);
                }
            }
        }
        Self(newest)
    }

    /// The newest decision that saw any of what is said, and whether all of it was seen, by one decision or by several.
    fn by_said(&self, all: impl Iterator<Item = Option<u32>>) -> Option<(&'a Arc<Decision>, bool)> {
        let (mut latest, mut is_all_seen): (Option<&Arc<Decision>>, bool) = (None, true);
        for number in all {
            match number.and_then(|number| self.0[number as usize]) {
                Some(newest) => {
                    if latest.is_none_or(|latest| is_newer(newest, latest)) {
                        latest = Some(newest);
                    }
                }
                None => is_all_seen = false,
            }
        }
        Some((latest?, is_all_seen))
    }
}

fn is_newer(one: &Arc<Decision>, other: &Arc<Decision>) -> bool {
    !Arc::ptr_eq(one, other) && (&one.when, &one.id) >= (&other.when, &other.id)
}

/// The last decision that saw each of these clusters' spans, whatever they said then. Where much is decided few clusters are asked about,
/// and where many are asked about little is decided.
fn by_spans<'a>(case: &Case<'a>, clusters: &[usize]) -> FxHashMap<(usize, &'a str), &'a Arc<Decision>> {
    let members = clusters.iter().flat_map(|place| case.comparison.clusters[*place].present());
    let asked: FxHashSet<(usize, &str)> = members.map(|(who, id)| (who, id.as_str())).collect();
    let mut found = FxHashMap::default();
    if asked.is_empty() {
        return found;
    }
    for decision in case.gold.decisions() {
        for seen in &decision.seen {
            let who = case.comparison.place_of(&seen.annotator);
            if let Some(key) = who.map(|who| (who, seen.id.as_str())).filter(|key| asked.contains(key)) {
                found.insert(key, decision);
            }
        }
    }
    found
}

/// Gold spans that no decision tells of, matched to open clusters: those that say the same as a member first, then those that share
/// the most text.
fn match_by_hand<'a>(case: &Case<'a>, standings: &mut Standings, taken: &mut FxHashSet<&'a SpanId>) {
    if taken.len() == case.gold.len() {
        return;
    }
    let told: FxHashSet<&SpanId> =
        case.gold.decisions().filter_map(|decision| decision.span.as_ref()).collect();
    if case.gold.each_span().all(|span| told.contains(&span.id)) {
        return;
    }
    let mut pairs: Vec<(f64, usize, &'a SpanId)> = Vec::new();
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
            pairs.extend(best.map(|weight| (weight, place, &gold.id)));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    for (_, place, gold) in pairs {
        if standings.clusters[place] == Standing::Open && taken.insert(gold) {
            standings.clusters[place] = Standing::InGold(gold.clone());
            standings.gold[place] = Some(gold.clone());
        }
    }
}

fn likeness(a: &Content, b: &Content) -> Option<f64> {
    if a.fingerprint == b.fingerprint {
        return Some(8.0);
    }
    crate::review::clustering::likeness((&a.parts, &a.label), (&b.parts, &b.label))
}
