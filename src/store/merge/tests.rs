use super::super::trial::any_fields;
use super::*;
use crate::model::{Parts, Transaction, Workspace};
use crate::text::TextRange;
use proptest::prelude::*;

fn span(id: &str, at: u32) -> Span {
    Span::new(id, "position", Parts::one(TextRange::new(at, at + 5).unwrap()))
}

fn set(spans: &[Span]) -> AnnotationSet {
    let mut set = AnnotationSet::new("a.txt", "anna");
    spans.iter().for_each(|span| set.insert(span.clone()));
    set
}

fn ids(set: &AnnotationSet) -> Vec<&str> {
    set.spans().map(|span| span.id.as_str()).collect()
}

fn with(span: &Span, field: &str, value: i64) -> Span {
    let mut span = span.clone();
    span.fields.set(field, Value::Integer(value));
    span
}

#[test]
fn different_spans_and_different_fields_go_together() {
    let (a, b) = (span("s1", 0), span("s2", 10));
    let base = set(&[a.clone(), b.clone()]);
    let ours = set(&[with(&a, "x", 1), b.clone(), span("s3", 20)]);
    let theirs = set(&[with(&a, "y", 2)]);
    let merged = merge(&base, &ours, &theirs);
    assert!(merged.conflicts.is_empty());
    assert_eq!(ids(&merged.set), ["s1", "s3"]);
    assert_eq!(**merged.set.get(&"s1".into()).unwrap(), with(&with(&a, "x", 1), "y", 2));
}

#[test]
fn the_same_field_changed_twice_is_a_conflict_and_ours_until_decided() {
    let a = span("s1", 0);
    let (base, ours) = (set(std::slice::from_ref(&a)), set(&[with(&a, "x", 1)]));
    let theirs = set(&[with(&with(&a, "x", 2), "y", 3)]);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(**merged.set.get(&"s1".into()).unwrap(), with(&with(&a, "x", 1), "y", 3));
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].subject, Subject::Span("s1".into()));
    assert_eq!(merged.conflicts[0].theirs, theirs.get(&"s1".into()).cloned().map(Version::Span));
}

#[test]
fn what_one_took_away_and_the_other_changed_stays() {
    let a = span("s1", 0);
    let (base, gone, changed) = (set(std::slice::from_ref(&a)), set(&[]), set(&[with(&a, "x", 1)]));
    for (ours, theirs) in [(&gone, &changed), (&changed, &gone)] {
        let merged = merge(&base, ours, theirs);
        assert_eq!(merged.set, changed);
        assert_eq!(merged.conflicts.len(), 1);
    }
}

#[test]
fn new_spans_of_one_id_become_two_and_links_follow() {
    let base = set(&[]);
    let ours = set(&[span("s1", 0)]);
    let mut linking = span("s2", 30);
    linking.fields.put(&FieldPath::field("holders").item(0).then("mention"), Some(Value::text("s1")));
    linking.fields.put(&FieldPath::field("holders").item(0).then("entity"), Some(Value::text("s1")));
    let mut theirs = set(&[span("s1", 20), linking]);
    theirs.insert_relation(Relation {
        id: "r1".into(),
        label: "supports".into(),
        from: "s2".into(),
        to: "s1".into(),
        fields: Fields::new(),
    });
    let merged = merge_by_schema(&base, &ours, &theirs, &Schema::positions());
    assert!(merged.conflicts.is_empty());
    assert_eq!(ids(&merged.set), ["s1", "s3", "s2"]);
    let holder = FieldPath::field("holders").item(0);
    let link = merged.set.get(&"s2".into()).unwrap();
    assert_eq!(link.fields.at(&holder.then("mention")).and_then(Value::as_text), Some("s3"));
    assert_eq!(link.fields.at(&holder.then("entity")).and_then(Value::as_text), Some("s1"), "a register id");
    assert_eq!(merged.set.relation(&"r1".into()).unwrap().to.as_str(), "s3");
}

#[test]
fn a_span_that_one_links_to_and_the_other_takes_away_stays() {
    let base = set(&[span("s1", 0), span("s2", 10)]);
    let gone = set(&[span("s2", 10)]);
    let mut linked = base.clone();
    linked.insert_relation(Relation {
        id: "r1".into(),
        label: "supports".into(),
        from: "s2".into(),
        to: "s1".into(),
        fields: Fields::new(),
    });
    for (ours, theirs) in [(&linked, &gone), (&gone, &linked)] {
        let merged = merge(&base, ours, theirs);
        assert_eq!(merged.set, linked);
        assert_eq!(merged.conflicts.len(), 1);
    }
}

fn any_version() -> impl Strategy<Value = AnnotationSet> {
    let spans = prop::collection::vec((0u32..6, 0u32..3, prop::option::of(any_fields())), 0..6);
    let relations = prop::collection::vec((0u32..4, 0u32..6, 0u32..6), 0..3);
    (spans, relations, 0usize..4, any_fields()).prop_map(|(spans, relations, status, fields)| {
        let mut set = AnnotationSet::new("a.txt", "anna");
        set.status = Status::ALL[status];
        set.fields = fields;
        for (id, at, fields) in spans {
            let mut span = span(&format!("s{id}"), at);
            span.fields = fields.unwrap_or_default();
            if set.get(&span.id).is_none() {
                set.insert(span);
            }
        }
        for (id, from, to) in relations {
            let id = RelationId::from(format!("r{id}"));
            if set.relation(&id).is_none() {
                let (from, to) = (format!("s{from}").into(), format!("s{to}").into());
                set.insert_relation(Relation {
                    id,
                    label: "supports".into(),
                    from,
                    to,
                    fields: Fields::new(),
                });
            }
        }
        set
    })
}

proptest! {
    #[test]
    fn one_sided_changes_are_simply_taken(base in any_version(), other in any_version()) {
        let by_them = merge(&base, &base, &other);
        // A span taken away under a link that the same side left dangling is that side's business, but is asked about.
        if by_them.conflicts.is_empty() {
            prop_assert_eq!(&by_them.set, &other);
        }
        let by_us = merge(&base, &other, &base);
        if by_us.conflicts.is_empty() {
            prop_assert_eq!(&by_us.set, &other);
            prop_assert!(by_us.taken.is_empty());
        }
        let alike = merge(&base, &other, &other);
        prop_assert!(alike.conflicts.is_empty() && alike.taken.is_empty());
        prop_assert_eq!(&alike.set, &other);
    }

    #[test]
    fn what_was_taken_leads_from_ours_to_the_merged(base in any_version(), ours in any_version(), theirs in any_version()) {
        let merged = merge(&base, &ours, &theirs);
        let mut on = Workspace { set: ours.clone(), ..Workspace::default() };
        let step = Transaction::new("merge", "", merged.taken.clone());
        step.apply(&mut on).unwrap();
        prop_assert_eq!(&on.set, &merged.set);
        step.inverse().apply(&mut on).unwrap();
        prop_assert_eq!(&on.set, &ours);
        // Whatever either side has that the base has not is there, or asked about.
        for side in [&ours, &theirs] {
            for span in side.spans().filter(|span| base.get(&span.id).is_none()) {
                prop_assert!(merged.set.spans().any(|there| there.parts == span.parts && there.label == span.label));
            }
        }
    }
}
