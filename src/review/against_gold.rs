//! An annotator's work against gold: what was kept, changed and rejected, by whom and why; and what was overlooked.

use std::collections::HashMap;
use std::sync::Arc;

use super::difference::{Cluster, ClusterKey, Comparison, DifferenceKinds, compare};
use crate::model::{AnnotationSet, Decision, GOLD, Outcome, Schema, SpanId};
use crate::text::TextRange;

/// One span of the annotator's or of gold's.
#[derive(Clone, Debug, PartialEq)]
pub struct AgainstGold {
    /// The place.
    pub key: ClusterKey,
    /// Where it is.
    pub at: TextRange,
    /// The annotator's span.
    pub span: Option<SpanId>,
    /// The gold span.
    pub gold: Option<SpanId>,
    /// What became of it.
    pub fate: Fate,
    /// In what the two differ.
    pub kinds: DifferenceKinds,
    /// The decision behind it: who, when, why. `None`: gold was made by hand, or nobody decided yet.
    pub decision: Option<Arc<Decision>>,
}

/// What became of an annotator's span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// Gold says the same.
    Kept,
    /// Gold has it otherwise.
    Changed,
    /// Somebody decided that it is wrong.
    Rejected,
    /// Gold does not have it, and nobody said why.
    Absent,
    /// Gold has something that the annotator does not.
    Added,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kept, Self::Changed, Self::Rejected, Self::Absent, Self::Added];

    /// The word for it in answers of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
            Self::Absent => "absent",
            Self::Added => "added",
        }
    }
}

/// An annotator's set on an article against gold, in text order.
pub fn against_gold(
    annotator: &str,
    set: &AnnotationSet,
    gold: &AnnotationSet,
    schema: &Schema,
) -> Vec<AgainstGold> {
    let comparison = compare(&[(annotator, set), (GOLD, gold)], schema);
    fates(&comparison, gold)
}

/// The fates of what a comparison of an annotator (first) and gold (second) holds.
pub fn fates(comparison: &Comparison, gold: &AnnotationSet) -> Vec<AgainstGold> {
    let mut by_gold: HashMap<&SpanId, &Arc<Decision>> = HashMap::new();
    let mut by_seen: HashMap<(&str, &str), Vec<&Arc<Decision>>> = HashMap::new();
    for decision in gold.decisions() {
        if let Some(span) = &decision.span {
            by_gold.insert(span, decision);
        }
        for seen in &decision.seen {
            by_seen.entry((seen.annotator.as_str(), seen.id.as_str())).or_default().push(decision);
        }
    }
    let annotator = comparison.annotators.first().map_or("", String::as_str);
    comparison
        .clusters
        .iter()
        .map(|cluster| {
            let (span, made) = (member(cluster, 0), member(cluster, 1));
            let on_span = span.as_ref().and_then(|id| by_seen.get(&(annotator, id.as_str())));
            let decision = match &made {
                Some(gold) => by_gold.get(gold).copied(),
                None => on_span.and_then(|all| all.iter().max_by(|a, b| a.when.cmp(&b.when))).copied(),
            };
            let rejected = decision.is_some_and(|decision| decision.outcome != Outcome::Taken);
            let fate = match (&span, &made) {
                (Some(_), Some(_)) if is_same(cluster) => Fate::Kept,
                (Some(_), Some(_)) => Fate::Changed,
                (Some(_), None) if rejected => Fate::Rejected,
                // Something else was made of this place, and the two no longer overlap enough to stand together.
                (Some(_), None) if decision.is_some_and(|d| d.span.is_some()) => Fate::Changed,
                (Some(_), None) => Fate::Absent,
                (None, _) => Fate::Added,
            };
            AgainstGold {
                key: cluster.key.clone(),
                at: cluster.extent,
                span,
                gold: made,
                fate,
                kinds: cluster.kinds.clone(),
                decision: decision.cloned(),
            }
        })
        .collect()
}

fn member(cluster: &Cluster, who: usize) -> Option<SpanId> {
    cluster.members.get(who).cloned().flatten()
}

/// A relation is a matter of its own: it does not make its span another.
fn is_same(cluster: &Cluster) -> bool {
    DifferenceKinds { relations: false, ..cluster.kinds.clone() }.is_agreed()
}
