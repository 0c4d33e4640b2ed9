//! Adding to a set of annotations what is not there yet.

use std::collections::{HashMap, HashSet};

use crate::model::{AnnotationSet, FieldDef, Fields, Relation, Schema, Span, SpanId, Value, links_to};

/// What makes two spans the same, wherever their ids come from: label, parts and fields, with links to spans replaced by what the
/// linked spans are. Notes do not count.
#[derive(PartialEq)]
struct Likeness {
    label: String,
    parts: Vec<(u32, u32)>,
    fields: Fields,
}

/// `there` with everything of `new` that it lacks. Nothing that is there is changed or taken away. Ids of `new` that mean something else
/// in `there` are replaced by fresh ones, in links and relations too.
pub(super) fn merge_into(mut there: AnnotationSet, new: &AnnotationSet, schema: &Schema) -> AnnotationSet {
    let mut by_place: HashMap<_, Vec<(SpanId, Likeness)>> = HashMap::new();
    for span in there.spans() {
        let alike = likeness(span, &there, schema);
        by_place.entry(span.parts.hull()).or_default().push((span.id.clone(), alike));
    }
    // Where each new span's id leads: to the same span that is there, to itself, or to a fresh id.
    let mut ids: HashMap<SpanId, SpanId> = HashMap::new();
    let mut taken: HashSet<SpanId> = there.spans().chain(new.spans()).map(|span| span.id.clone()).collect();
    let mut lacking: Vec<&Span> = Vec::new();
    let mut next = 1u64;
    for span in new.spans() {
        let alike = likeness(span, new, schema);
        let same = by_place
            .get(&span.parts.hull())
            .and_then(|candidates| candidates.iter().find(|(_, candidate)| *candidate == alike));
        let id = match same {
            Some((id, _)) => id.clone(),
            None => {
                lacking.push(span);
                if there.get(&span.id).is_none() {
                    span.id.clone()
                } else {
                    let fresh = fresh('s', &mut next, |id| taken.contains(&SpanId::from(id)));
                    taken.insert(fresh.as_str().into());
                    fresh.into()
                }
            }
        };
        ids.insert(span.id.clone(), id);
    }
    for span in lacking {
        let mut span = span.clone();
        relink(schema.fields_of(&span.label), &mut span.fields, &ids);
        span.id = ids.get(&span.id).cloned().unwrap_or(span.id);
        there.insert(span);
    }
    add_relations(&mut there, new, &ids, schema);
    for (name, value) in new.fields.iter() {
        if there.fields.get(name).is_none() {
            there.fields.set(name, value.clone());
        }
    }
    there.fingerprint.clone_from(&new.fingerprint);
    there.length = new.length;
    there.status = there.status.max(new.status.min(crate::model::Status::InProgress));
    there
}

fn add_relations(
    there: &mut AnnotationSet,
    new: &AnnotationSet,
    ids: &HashMap<SpanId, SpanId>,
    schema: &Schema,
) {
    let mut next = 1u64;
    for relation in new.relations() {
        let mut relation: Relation = (**relation).clone();
        let end = |id: &SpanId| ids.get(id).unwrap_or(id).clone();
        (relation.from, relation.to) = (end(&relation.from), end(&relation.to));
        let defs = schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
        relink(defs, &mut relation.fields, ids);
        let same = there.relations_of(&relation.from).any(|other| {
            (&other.from, &other.to, &other.label, &other.fields)
                == (&relation.from, &relation.to, &relation.label, &relation.fields)
        });
        if same {
            continue;
        }
        if there.relation(&relation.id).is_some() {
            let taken = |id: &str| there.relation(&id.into()).is_some() || new.relation(&id.into()).is_some();
            relation.id = fresh('r', &mut next, taken).into();
        }
        there.insert_relation(relation);
    }
}

fn fresh(letter: char, next: &mut u64, taken: impl Fn(&str) -> bool) -> String {
    loop {
        let id = format!("{letter}{next}");
        *next += 1;
        if !taken(&id) {
            return id;
        }
    }
}

fn likeness(span: &Span, set: &AnnotationSet, schema: &Schema) -> Likeness {
    let mut fields = span.fields.clone();
    let defs = schema.fields_of(&span.label);
    let described = |id: &SpanId| {
        let linked = set.get(id)?;
        Some(format!("{} {:?}", linked.label, linked.parts))
    };
    for (path, id) in links(defs, &fields, |id| set.get(id).is_some()) {
        fields.put(&path, described(&id).map(Value::Text));
    }
    Likeness {
        label: span.label.clone(),
        parts: span.parts.iter().map(|part| (part.start().get(), part.end().get())).collect(),
        fields,
    }
}

fn relink(defs: &[FieldDef], fields: &mut Fields, ids: &HashMap<SpanId, SpanId>) {
    for (path, id) in links(defs, fields, |id| ids.contains_key(id)) {
        if let Some(leads_to) = ids.get(&id) {
            fields.put(&path, Some(Value::text(leads_to.as_str())));
        }
    }
}

/// Every link to a span among the fields, with where it stands.
fn links(
    defs: &[FieldDef],
    fields: &Fields,
    exists: impl Fn(&SpanId) -> bool,
) -> Vec<(crate::model::FieldPath, SpanId)> {
    let mut ids: Vec<SpanId> = crate::model::leaves(defs, fields)
        .into_iter()
        .filter(|leaf| crate::model::may_link_span(&leaf.def.kind))
        .filter_map(|leaf| leaf.value.as_text().map(SpanId::from))
        .filter(exists)
        .collect();
    ids.sort();
    ids.dedup();
    let at = |id: &SpanId| {
        links_to(defs, fields, id).into_iter().map(|path| (path, id.clone())).collect::<Vec<_>>()
    };
    ids.iter().flat_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parts;
    use crate::text::TextRange;

    fn set(spans: &[(&str, &str, u32, &str)], relations: &[(&str, &str, &str)]) -> AnnotationSet {
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (id, label, start, fields) in spans {
            let mut span = Span::new(*id, *label, Parts::one(TextRange::new(*start, start + 3).unwrap()));
            span.fields = ron::from_str(fields).unwrap();
            set.insert(span);
        }
        for (id, from, to) in relations {
            set.insert_relation(Relation {
                id: (*id).into(),
                label: "supports".into(),
                from: (*from).into(),
                to: (*to).into(),
                fields: Fields::new(),
            });
        }
        set
    }

    #[test]
    fn what_is_there_is_found_whatever_its_id() {
        let there = set(
            &[
                ("s1", "entity", 0, r#"{"kind": "person"}"#),
                ("s2", "position", 5, r#"{"holders": [{"mention": "s1"}]}"#),
                ("s3", "claim", 9, "{}"),
            ],
            &[("r1", "s3", "s2")],
        );
        let new = set(
            &[
                ("a", "entity", 0, r#"{"kind": "person"}"#),
                ("b", "position", 5, r#"{"holders": [{"mention": "a"}]}"#),
                ("s3", "claim", 9, "{}"),
            ],
            &[("r9", "s3", "b")],
        );
        let merged = merge_into(there.clone(), &new, &Schema::positions());
        assert_eq!(merged.spans().collect::<Vec<_>>(), there.spans().collect::<Vec<_>>());
        assert_eq!(merged.relation_count(), 1);
    }

    #[test]
    fn what_is_new_comes_with_fresh_ids_and_its_links_follow() {
        let there = set(
            &[("s1", "entity", 0, r#"{"kind": "person"}"#), ("s2", "claim", 2, "{}")],
            &[("r1", "s2", "s2")],
        );
        let new = set(
            &[
                ("s1", "entity", 20, r#"{"kind": "place"}"#),
                ("s2", "position", 30, r#"{"holders": [{"mention": "s1"}], "condition": "if s1 agrees"}"#),
            ],
            &[("r1", "s2", "s2")],
        );
        let merged = merge_into(there, &new, &Schema::positions());
        assert_eq!(merged.len(), 4);
        let position = merged.spans().find(|span| span.label == "position").unwrap();
        let place = merged.spans().find(|span| span.start().get() == 20).unwrap();
        assert_eq!((place.id.as_str(), position.id.as_str()), ("s3", "s4"));
        let expected: Fields =
            ron::from_str(r#"{"holders": [{"mention": "s3"}], "condition": "if s1 agrees"}"#).unwrap();
        assert_eq!(position.fields, expected);
        let relation = merged.relation(&"r2".into()).unwrap();
        assert_eq!((relation.from.as_str(), relation.to.as_str()), ("s4", "s4"));
        assert_eq!(merged.relation_count(), 2);
    }

    #[test]
    fn other_fields_at_the_same_place_are_another_opinion_not_a_replacement() {
        let there = set(&[("s1", "entity", 0, r#"{"kind": "person"}"#)], &[]);
        let new = set(&[("s1", "entity", 0, r#"{"kind": "place"}"#)], &[]);
        let merged = merge_into(there, &new, &Schema::positions());
        assert_eq!(merged.len(), 2);
    }
}
