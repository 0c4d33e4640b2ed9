//! Ids of spans and relations.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Became, Change, Relation, RelationId, Span, SpanId};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{SetScope, nth_place};

fn duplicate_spans(scope: &SetScope, findings: &mut Findings) {
    let mut of_id: BTreeMap<&SpanId, Vec<&Arc<Span>>> =
        scope.shared_ids().map(|id| (id, Vec::new())).collect();
    if of_id.is_empty() {
        return;
    }
    for span in &scope.spans {
        if let Some(same) = of_id.get_mut(&span.id) {
            same.push(span);
        }
    }
    for (id, same) in of_id {
        let places = scope.input.places.and_then(|places| places.spans.get(id));
        for (nth, span) in same.iter().enumerate().skip(1) {
            let draft = scope.at_span(span).at(nth_place(places, nth));
            let draft = draft.arg("surface", scope.surface(span));
            findings.push(draft.fix("Give it an id of its own", false, fresh_id(scope, &same)));
        }
    }
}

/// Changes by which the last of two spans of one id gets a new one. Changes speak of spans by id, so both have to go out first.
fn fresh_id(scope: &SetScope, same: &[&Arc<Span>]) -> Option<Vec<Change>> {
    // The set hands its spans out by id in its own order; only with two is it plain which one is left.
    let [_, _] = same else { return None };
    let first = scope.input.set.get(&same[0].id)?;
    let second = same.iter().find(|span| !Arc::ptr_eq(span, first))?;
    let renamed = Span { id: scope.input.set.fresh_span_id(), ..Span::clone(second) };
    Some(vec![
        Change::Span(Became::gone(Arc::clone(first))),
        Change::Span(Became::gone(Arc::clone(second))),
        Change::Span(Became::new(Arc::clone(first))),
        Change::Span(Became::new(Arc::new(renamed))),
    ])
}

rule!(
    DUPLICATE_SPAN_ID = "P201" "duplicate-span-id" Error Offered Check::Set(duplicate_spans),
    "Two spans of one file have the same id.",
    message: "Another span of this file has the id {span} too; this one is on “{surface}”. Give one of them another id.",
    does: "Finds ids that several spans of one file have.",
    bad: "Links and relations to that id could mean either; only the first is shown as their target.",
    example: "Two people's additions were merged by hand, and both had made an `s12`.",
    mend: "Take the fix, then look over what links to the id.",
    safety: "Offered only: links to the id are ambiguous, and stay with the span that keeps it.",
);

fn duplicate_relations(scope: &SetScope, findings: &mut Findings) {
    let mut of_id: BTreeMap<&RelationId, Vec<&Arc<Relation>>> = BTreeMap::new();
    for relation in scope.input.set.relations() {
        of_id.entry(&relation.id).or_default().push(relation);
    }
    for (id, same) in of_id {
        let places = scope.input.places.and_then(|places| places.relations.get(id));
        for (nth, relation) in same.iter().enumerate().skip(1) {
            let renamed =
                || Relation { id: scope.input.set.fresh_relation_id(), ..Relation::clone(relation) };
            let changes = (same.len() == 2).then(|| {
                vec![
                    Change::Relation(Became::gone(Arc::clone(same[0]))),
                    Change::Relation(Became::gone(Arc::clone(relation))),
                    Change::Relation(Became::new(Arc::clone(same[0]))),
                    Change::Relation(Became::new(Arc::new(renamed()))),
                ]
            });
            let draft = scope.at_relation(relation).at(nth_place(places, nth));
            findings.push(draft.fix("Give it an id of its own", false, changes));
        }
    }
}

rule!(
    DUPLICATE_RELATION_ID = "P202" "duplicate-relation-id" Error Offered Check::Set(duplicate_relations),
    "Two relations of one file have the same id.",
    message: "Another relation of this file has the id {relation} too. Give one of them another id.",
    does: "Finds ids that several relations of one file have.",
    bad: "Only the first of them can be selected, changed or compared.",
    example: "Two people's additions were merged by hand, and both had made an `r3`.",
    mend: "Take the fix.",
    safety: "Offered only, as with spans; nothing links to relations, so nothing else changes.",
);

fn blank_ids(scope: &SetScope, findings: &mut Findings) {
    for span in scope.spans.iter().filter(|span| span.id.as_str().trim().is_empty()) {
        findings.push(scope.at_span(span).arg("thing", "span").arg("surface", scope.surface(span)));
    }
    let relations = scope.input.set.relations();
    for relation in relations.filter(|relation| relation.id.as_str().trim().is_empty()) {
        let draft = scope.at_relation(relation).arg("thing", "relation");
        findings.push(draft.arg("surface", format!("{} → {}", relation.from, relation.to)));
    }
}

rule!(
    ID_BLANK = "P203" "id-blank" Error Never Check::Set(blank_ids),
    "A span or relation has no id.",
    message: "A {thing} (“{surface}”) has an empty id. Give it one, such as s1 or r1.",
    does: "Finds spans and relations whose id is empty or white space.",
    bad: "Nothing can link to it, and exports that key on ids lose it.",
    example: "`(id: \"\", label: \"entity\", …)`",
    mend: "Write an id that no other span of the file has.",
);
