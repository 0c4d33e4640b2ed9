//! The same thing said twice.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Became, Change, Parts, Relation, Span};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{RelationSite, SetScope};

/// Spans of one label on the same parts, in listing order, each with those before it.
fn for_each_twin<'a>(scope: &SetScope<'a>, mut found: impl FnMut(&'a Arc<Span>, &[&'a Arc<Span>])) {
    for stack in scope.stacks() {
        let mut places: HashMap<(&str, &Parts), Vec<&Arc<Span>>> = HashMap::new();
        for span in stack.iter().copied() {
            let before = places.entry((span.label.as_str(), &span.parts)).or_default();
            if !before.is_empty() {
                found(span, before);
            }
            // A heap of spans on one place is compared with its first few: more say nothing new.
            if before.len() < 8 {
                before.push(span);
            }
        }
    }
}

fn says_the_same(a: &Span, b: &Span) -> bool {
    a.fields == b.fields && a.note == b.note
}

fn duplicate_spans(scope: &SetScope, findings: &mut Findings) {
    for_each_twin(scope, |span, before| {
        // Spans of one id are told of by their id.
        let Some(twin) = before.iter().find(|twin| twin.id != span.id && says_the_same(twin, span)) else {
            return;
        };
        let removal = (scope.is_alone(&span.id) && !scope.is_named(span.id.as_str()))
            .then(|| vec![Change::Span(Became::gone(Arc::clone(span)))]);
        let draft = scope
            .at_span(span)
            .arg("other", &twin.id)
            .arg("label", &span.label)
            .arg("surface", scope.surface(span));
        findings.push(draft.fix("Take the copy out", true, removal));
    });
}

rule!(
    DUPLICATE_SPAN = "P204" "duplicate-span" Warning Safe Check::Set(duplicate_spans),
    "Two spans have the same words, label, fields and note.",
    message: "Span {span} says exactly what span {other} says ({label} “{surface}”). Take one of them out.",
    does: "Finds spans that agree with another in parts, label, fields and note.",
    bad: "Everything they say is counted twice.",
    example: "`[entity s1: Витков]` marked a second time as `s2`.",
    mend: "Take the fix; where something links to the copy, lead the link to the other span first.",
    safety: "Safe, and only there where nothing links to the copy.",
);

fn same_label_twice(scope: &SetScope, findings: &mut Findings) {
    for_each_twin(scope, |span, before| {
        let same = before.iter().any(|twin| twin.id == span.id || says_the_same(twin, span));
        if let (false, Some(twin)) = (same, before.first()) {
            let draft = scope.at_span(span).arg("other", &twin.id).arg("label", &span.label);
            findings.push(draft.arg("surface", scope.surface(span)));
        }
    });
}

rule!(
    SAME_LABEL_TWICE = "P205" "same-label-twice" Info Never Check::Set(same_label_twice),
    "Two spans of one label have the same words but say different things.",
    message: "Spans {span} and {other} are both {label} on “{surface}” with different fields. Make one of them, unless both are meant.",
    does: "Finds spans that agree with another in parts and label, but not in fields or note.",
    bad: "Often the second was made because the first was not seen. (Two positions in one clause are fine.)",
    example: "Two entities on `Кремль`, one a place and one an organisation.",
    mend: "Put what both say into one span, or leave them if both are meant.",
);

fn duplicate_relations(scope: &SetScope, findings: &mut Findings) {
    let mut seen: HashMap<(&str, &str, &str), Vec<&Arc<Relation>>> = HashMap::new();
    for relation in scope.input.set.relations() {
        let symmetric = scope.input.schema.relation(&relation.label).is_some_and(|def| def.symmetric);
        let (mut from, mut to) = (relation.from.as_str(), relation.to.as_str());
        if symmetric && to < from {
            (from, to) = (to, from);
        }
        let before = seen.entry((&relation.label, from, to)).or_default();
        let site = RelationSite { scope, relation };
        if let Some(twin) =
            before.iter().find(|twin| twin.id != relation.id && twin.fields == relation.fields)
        {
            let draft = site.draft().arg("other", &twin.id).arg("label", &relation.label);
            findings.push(draft.fix("Take the copy out", true, site.removal()));
        }
        if before.len() < 8 {
            before.push(relation);
        }
    }
}

rule!(
    DUPLICATE_RELATION = "P206" "duplicate-relation" Warning Safe Check::Set(duplicate_relations),
    "Two relations say the same.",
    message: "Relation {relation} says exactly what relation {other} says ({label}). Take one of them out.",
    does: "Finds relations that agree with another in label, ends and fields; for symmetric ones the ends may be swapped.",
    bad: "What they say is counted twice.",
    example: "`s1 same_as s2` and `s2 same_as s1`.",
    mend: "Take the fix.",
    safety: "Safe: nothing links to relations.",
);
