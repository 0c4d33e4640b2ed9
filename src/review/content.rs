//! What a span or a relation says, freed of everything that only its own set knows: its id, the ids it links to, its note.
//!
//! Two annotators who mean the same give it the same content, though one's mention is called `s1` and the other's `s3`. A link to a
//! span stands for the label and the parts of that span; a link that leads nowhere stands for itself.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

use crate::model::{
    AnnotationSet, FieldDef, Fields, Parts, Relation, Schema, Span, Value, leaves, may_link_span,
};

/// What a span says, comparable between sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Its label.
    pub label: String,
    /// Where it is.
    pub parts: Parts,
    /// Its fields, links to spans told by what is linked to.
    pub fields: Fields,
    /// A digest of all that: equal contents have equal fingerprints. 16 hexadecimal digits, the first 64 bits of a SHA-256.
    pub fingerprint: String,
}

/// Fields with links to spans told by what is linked to.
fn told(defs: &[FieldDef], fields: &Fields, set: &AnnotationSet) -> Fields {
    let mut told = fields.clone();
    let linking: Vec<_> = leaves(defs, fields)
        .into_iter()
        .filter(|leaf| may_link_span(&leaf.def.kind))
        .filter_map(|leaf| {
            let linked = set.get(&leaf.value.as_text()?.into())?;
            Some((leaf.path, place_of(linked)))
        })
        .collect();
    for (path, place) in linking {
        told.put(&path, Some(Value::Text(place)));
    }
    told
}

/// The fingerprint of what a set says in one field of the article; `None` if it says nothing.
pub fn article_field_fingerprint(name: &str, set: &AnnotationSet, schema: &Schema) -> Option<String> {
    let mut own = Fields::default();
    own.set(name, set.fields.get(name)?.clone());
    let mut said = "article ".to_owned();
    push_fields(&mut said, &told(&schema.article_fields, &own, set));
    Some(fingerprint(&said))
}

impl Content {
    /// The content of a span of this set.
    pub fn of(span: &Span, set: &AnnotationSet, schema: &Schema) -> Self {
        let fields = told(schema.fields_of(&span.label), &span.fields, set);
        let mut said = place_of(span);
        push_fields(&mut said, &fields);
        Self { label: span.label.clone(), parts: span.parts.clone(), fields, fingerprint: fingerprint(&said) }
    }
}

/// The fingerprint of what a relation of this set says: its label, both ends by label and parts, and its fields. The ends of a symmetric
/// one come in the order of the text, whichever way round it was drawn.
pub fn relation_fingerprint(relation: &Relation, set: &AnnotationSet, schema: &Schema) -> String {
    let end = |id| set.get(id).map_or_else(|| format!("?{id}"), |span| place_of(span));
    let mut ends = [end(&relation.from), end(&relation.to)];
    let def = schema.relation(&relation.label);
    if def.is_some_and(|def| def.symmetric) {
        ends.sort();
    }
    let mut said = format!("relation {} {} {}", relation.label, ends[0], ends[1]);
    push_fields(&mut said, &relation.fields);
    fingerprint(&said)
}

/// A span told by what it is and where: `entity@0-12,15-20`. No id of a span, entity or term that people make looks like this, for none
/// of them begins with this sign.
fn place_of(span: &Span) -> String {
    let mut said = format!("\u{1}{}@", span.label);
    for part in span.parts.iter() {
        // Writing to a String cannot fail.
        let _ = write!(said, "{}-{},", part.start(), part.end());
    }
    said
}

/// Fields in the order of their names: two that differ in order alone are equal.
fn push_fields(out: &mut String, fields: &Fields) {
    let mut all: Vec<_> = fields.iter().collect();
    all.sort_by_key(|(name, _)| *name);
    out.push('{');
    for (name, value) in all {
        let _ = write!(out, "{name:?}:");
        push_value(out, value);
        out.push(',');
    }
    out.push('}');
}

fn push_value(out: &mut String, value: &Value) {
    match value {
        Value::Record(fields) => push_fields(out, fields),
        Value::List(items) => {
            out.push('[');
            for item in items {
                push_value(out, item);
                out.push(',');
            }
            out.push(']');
        }
        plain => {
            let _ = write!(out, "{plain:?}");
        }
    }
}

pub(super) fn fingerprint(said: &str) -> String {
    Sha256::digest(said.as_bytes()).iter().take(8).fold(String::with_capacity(16), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The number that a fingerprint is; `None` for what is none, which nothing is equal to.
pub(super) fn fingerprint_number(fingerprint: &str) -> Option<u64> {
    let is_one = fingerprint.len() == 16
        && fingerprint.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if is_one { u64::from_str_radix(fingerprint, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    #[test]
    fn only_what_is_a_fingerprint_has_a_number() {
        assert_eq!(fingerprint_number("00000000000000ff"), Some(255));
        assert_eq!(
            fingerprint_number(&fingerprint("x")).map(|n| format!("{n:016x}")),
            Some(fingerprint("x"))
        );
        for other in ["", "ff", "00000000000000FF", "+0000000000000ff", "00000000000000fff"] {
            assert_eq!(fingerprint_number(other), None, "{other}");
        }
    }

    fn span(id: &str, label: &str, start: u32, fields: &str) -> Span {
        let mut span = Span::new(id, label, Parts::one(TextRange::new(start, start + 3).unwrap()));
        span.fields = ron::from_str(fields).unwrap();
        span
    }

    #[test]
    fn links_count_by_what_they_lead_to_and_notes_not_at_all() {
        let schema = Schema::positions();
        let (mut anna, mut boris) = (AnnotationSet::new("a", "anna"), AnnotationSet::new("a", "boris"));
        anna.insert(span("s1", "entity", 0, "{}"));
        anna.insert(span(
            "s2",
            "position",
            5,
            r#"{"holders": [{"mention": "s1", "how": "explicit"}], "act": "demand"}"#,
        ));
        boris.insert(span("s9", "entity", 0, r#"{"kind": "person"}"#));
        let mut theirs = span(
            "s1",
            "position",
            5,
            r#"{"act": "demand", "holders": [{"how": "explicit", "mention": "s9"}]}"#,
        );
        theirs.note = "sure".into();
        boris.insert(theirs);
        let of = |set: &AnnotationSet, id: &str| Content::of(set.get(&id.into()).unwrap(), set, &schema);
        assert_eq!(of(&anna, "s2"), of(&boris, "s1"));
        assert_ne!(of(&anna, "s1").fingerprint, of(&boris, "s9").fingerprint, "a field more");
        let mut moved = boris.clone();
        moved.remove(&"s9".into());
        moved.insert(span("s9", "entity", 20, "{}"));
        assert_ne!(of(&anna, "s2").fingerprint, of(&moved, "s1").fingerprint, "another mention");
    }
}
