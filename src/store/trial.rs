//! Random sets of annotations, for tests alone: nested, crossing, in parts, with every shape of value and every kind of string.

use proptest::prelude::*;

use crate::model::{
    AnnotationSet, Decision, Fields, Misquote, Outcome, Parts, Relation, Seen, Span, Status, Value,
};
use crate::text::trial::naughty_text;
use crate::text::{CanonicalText, TextRange};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["entity", "position", "kind", "holders", "cue", "s1", "act", "позиция"]).prop_map(String::from),
        1 => naughty_text(),
    ]
}

pub(super) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(Value::Number),
        naughty_text().prop_map(Value::Text),
        name().prop_map(Value::Text),
        prop::collection::vec((0u32..90, 0u32..90), 0..3).prop_map(|parts| {
            let parts: Vec<TextRange> = parts.into_iter().map(|(a, b)| TextRange::between(a, b)).collect();
            Value::stretch(&parts)
        }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|fields| Value::Record(fields.into_iter().collect())),
        ]
    })
}

pub(super) fn any_fields() -> impl Strategy<Value = Fields> {
    prop::collection::vec((name(), any_value()), 0..4).prop_map(|fields| fields.into_iter().collect())
}

fn any_parts() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0u32..200, 0u32..200), 1..4)
}

fn any_decision() -> impl Strategy<Value = Decision> {
    let outcomes = prop::sample::select(vec![Outcome::Taken, Outcome::Rejected, Outcome::Nothing]);
    let seen = (name(), name(), name()).prop_map(|(annotator, id, content)| Seen { annotator, id, content });
    let said = (naughty_text(), name(), name(), naughty_text());
    let made = (prop::option::of(name()), prop::option::of(name()));
    let of = (prop::collection::vec(seen, 0..3), prop::collection::vec(name(), 0..3));
    (outcomes, (0u32..90, 0u32..90), made, of, said).prop_map(
        |(outcome, (a, b), (span, relation), (seen, from), (made, how, by, why))| Decision {
            id: "d".into(),
            outcome,
            at: TextRange::between(a, b),
            span: span.map(Into::into),
            relation: relation.map(Into::into),
            made,
            seen,
            from,
            how,
            by,
            when: "2026-01-21T10:00:00Z".into(),
            why,
        },
    )
}

/// A text and annotations on it, each span's misquote set as reading would set it.
pub(super) fn any_set() -> impl Strategy<Value = (CanonicalText, AnnotationSet)> {
    let span =
        (name(), any_parts(), any_fields(), naughty_text(), prop::option::weighted(0.2, naughty_text()));
    let relation = (name(), 0usize..20, 0usize..20, any_fields());
    let head = (any::<u32>(), name(), 0usize..4, any_fields());
    (
        prop::collection::vec(naughty_text(), 1..5),
        prop::collection::vec(span, 0..12),
        prop::collection::vec(relation, 0..5),
        prop::collection::vec(any_decision(), 0..4),
        head,
    )
        .prop_map(|(pieces, spans, relations, decisions, (length, annotator, status, fields))| {
            let text = CanonicalText::new(&pieces.concat());
            let mut set = AnnotationSet::new("статьи/a \"b\".txt", annotator);
            set.fingerprint = text.fingerprint().to_owned();
            set.length = length;
            set.status = Status::ALL[status];
            set.fields = fields;
            for (n, (label, parts, fields, note, misquote)) in spans.into_iter().enumerate() {
                let parts = parts
                    .into_iter()
                    .map(|(a, b)| TextRange::between(a % (text.len() + 1), b % (text.len() + 1)));
                let Some(parts) = Parts::as_given(parts.collect()) else {
                    continue;
                };
                let mut span = Span::new(format!("s{}", n + 1), label, parts);
                span.fields = fields;
                span.note = note;
                span.misquote = misquote.filter(|said| *said != span.surface(&text)).map(|said| Misquote {
                    before: said.clone(),
                    text: said,
                    after: String::new(),
                });
                set.insert(span);
            }
            for (n, (label, from, to, fields)) in relations.into_iter().enumerate() {
                set.insert_relation(Relation {
                    id: format!("r{n}").into(),
                    label,
                    from: format!("s{from}").into(),
                    to: format!("s{to}").into(),
                    fields,
                });
            }
            for (n, mut decision) in decisions.into_iter().enumerate() {
                decision.id = format!("d{n}").into();
                set.insert_decision(decision);
            }
            (text, set)
        })
}
