//! F1 of relations: the same label between spans that are about the same things.

use std::collections::{BTreeSet, HashMap};

use super::corpus::Side;
use super::f1::finding;
use super::metric::{Metric, Undefined};
use super::tally::{Rows, Subject, Tally, row};
use crate::model::{AnnotationSet, Schema, SpanId};
use crate::review::matching::{Rule, best_pairs};

/// For each relation label: relations in common, of the reference, of the other.
pub(super) type Related = HashMap<String, [f64; 3]>;

/// Compares the relations of two annotators. Ends count as the same if their spans are matched under [`Rule::SAME_THING`]; a symmetric
/// relation may run either way. Every relation is used once.
pub(super) fn compare(
    reference: (&Side<'_>, &AnnotationSet),
    other: (&Side<'_>, &AnnotationSet),
    schema: &Schema,
) -> Related {
    let mut related = Related::new();
    if reference.1.relation_count() + other.1.relation_count() == 0 {
        return related;
    }
    let pairs = best_pairs(&reference.0.ready, &other.0.ready, Rule::SAME_THING);
    let partner: HashMap<&SpanId, &SpanId> =
        pairs.iter().map(|p| (&reference.0.spans()[p.left].id, &other.0.spans()[p.right].id)).collect();
    let mut waiting: HashMap<(&str, &SpanId, &SpanId), usize> = HashMap::new();
    for relation in other.1.relations() {
        *waiting.entry((relation.label.as_str(), &relation.from, &relation.to)).or_default() += 1;
        related.entry(relation.label.clone()).or_default()[2] += 1.0;
    }
    for relation in reference.1.relations() {
        let counts = related.entry(relation.label.clone()).or_default();
        counts[1] += 1.0;
        let (Some(from), Some(to)) = (partner.get(&relation.from), partner.get(&relation.to)) else {
            continue;
        };
        let symmetric = schema.relation(&relation.label).is_some_and(|def| def.symmetric);
        let ways = [Some((*from, *to)), symmetric.then_some((*to, *from))];
        for (from, to) in ways.into_iter().flatten() {
            if let Some(left) =
                waiting.get_mut(&(relation.label.as_str(), from, to)).filter(|left| **left > 0)
            {
                *left -= 1;
                counts[0] += 1.0;
                break;
            }
        }
    }
    related
}

/// The sums of all articles, `*` first, then each relation label that is declared or used.
pub(super) fn tallies(articles: &[(u32, Related)], schema: &Schema) -> Vec<Tally> {
    let labels: BTreeSet<&str> = articles
        .iter()
        .flat_map(|(_, related)| related.keys().map(String::as_str))
        .chain(schema.relations.iter().map(|r| r.name.as_str()))
        .collect();
    let tally = |label: Option<&str>| {
        let mut rows = Rows::new();
        for (article, related) in articles {
            let chosen = related.iter().filter(|(name, _)| label.is_none_or(|label| label == **name));
            let sums: [f64; 3] =
                chosen.fold([0.0; 3], |sums, (_, counts)| std::array::from_fn(|i| sums[i] + counts[i]));
            rows.extend(row(*article, &sums));
        }
        let subject = Subject::new(Metric::RelationF1, label.unwrap_or("*"));
        Tally { rows, width: 3, measures: vec![finding(subject, [0, 1, 2], Undefined::NoRelations)] }
    };
    std::iter::once(None).chain(labels.into_iter().map(Some)).map(tally).collect()
}
