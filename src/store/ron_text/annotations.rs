//! The text of an annotation file.

use super::{LINE, is_list_of_records, push_field_block, push_fields, push_indent, push_quoted, quoted};
use crate::model::{
    AnnotationSet, Decision, FORMAT, Fields, Misquote, Outcome, Relation, RelationId, Span, SpanId, Value,
};
use crate::text::{CanonicalText, ceil_grapheme, floor_grapheme};

/// How much of the text around a span is put beside it, in code points on each side.
const CONTEXT: usize = 16;

/// A set of annotations as the text of its file.
///
/// Surfaces and contexts come from `text`, except where a span has a [`Misquote`], which is written as it is. Without a text,
/// spans that have no misquote are written without surface: what is not known is not said.
pub fn annotation_text(set: &AnnotationSet, text: Option<&CanonicalText>) -> String {
    let mut out = String::with_capacity(512 + set.len() * 200);
    out.push_str(&format!(
        "(\n    format: {FORMAT},\n    article: {},\n    fingerprint: {},\n    length: {},\n    annotator: {},\n    status: \"{}\",\n",
        quoted(&set.article),
        quoted(&set.fingerprint),
        set.length,
        quoted(&set.annotator),
        set.status,
    ));
    out.push_str("    fields: ");
    if set.fields.is_empty() {
        out.push_str("{}");
    } else {
        push_field_block(&mut out, &set.fields, 1);
    }
    out.push_str(",\n    spans: [");
    push_entries(&mut out, set.spans(), |out, span| push_span(out, span, text));
    out.push_str("],\n    relations: [");
    push_entries(&mut out, set.relations(), |out, relation| push_relation(out, relation));
    out.push_str("],\n");
    if set.decision_count() > 0 {
        // By place, so that two people who decide at different places change different lines.
        let mut decisions: Vec<_> = set.decisions().collect();
        decisions.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        out.push_str("    decisions: [");
        push_entries(&mut out, decisions.into_iter(), |out, decision| push_decision(out, decision));
        out.push_str("],\n");
    }
    out.push_str(")\n");
    out
}

fn push_entries<'a, T: 'a>(
    out: &mut String,
    entries: impl Iterator<Item = &'a T>,
    mut push: impl FnMut(&mut String, &T),
) {
    let mut any = false;
    for entry in entries {
        if !any {
            out.push('\n');
        }
        any = true;
        push_indent(out, 2);
        push(out, entry);
        out.push_str(",\n");
    }
    if any {
        push_indent(out, 1);
    }
}

fn push_span(out: &mut String, span: &Span, text: Option<&CanonicalText>) {
    let mut head = format!("(id: {}, label: {}, at: [", quoted(span.id.as_str()), quoted(&span.label));
    for (place, part) in span.parts.iter().enumerate() {
        let joint = if place > 0 { ", " } else { "" };
        head.push_str(&format!("{joint}({}, {})", part.start().0, part.end().0));
    }
    head.push(']');
    if let Some(quote) = span.misquote.clone().or_else(|| text.map(|text| quote(span, text))) {
        for (key, said) in [("text", &quote.text), ("before", &quote.before), ("after", &quote.after)] {
            head.push_str(&format!(", {key}: "));
            push_quoted(&mut head, said);
        }
    }
    push_entry(out, head, &span.fields, &span.note);
}

fn push_relation(out: &mut String, relation: &Relation) {
    let head = format!(
        "(id: {}, label: {}, from: {}, to: {}",
        quoted(relation.id.as_str()),
        quoted(&relation.label),
        quoted(relation.from.as_str()),
        quoted(relation.to.as_str()),
    );
    push_entry(out, head, &relation.fields, "");
}

/// Always one line: what was decided stands or goes as a whole.
fn push_decision(out: &mut String, decision: &Decision) {
    let outcome = match decision.outcome {
        Outcome::Taken => "taken",
        Outcome::Rejected => "rejected",
        Outcome::Nothing => "nothing",
    };
    out.push_str(&format!(
        "(id: {}, outcome: {outcome}, at: ({}, {})",
        quoted(decision.id.as_str()),
        decision.at.start().0,
        decision.at.end().0
    ));
    let ids = [
        ("span", decision.span.as_ref().map(SpanId::as_str)),
        ("relation", decision.relation.as_ref().map(RelationId::as_str)),
    ];
    for (key, id) in ids {
        if let Some(id) = id {
            out.push_str(&format!(", {key}: Some({})", quoted(id)));
        }
    }
    push_text(out, "made", &decision.made);
    if !decision.seen.is_empty() {
        out.push_str(", seen: [");
        super::push_joined(out, decision.seen.iter(), |out, seen| {
            out.push_str(&format!(
                "(annotator: {}, id: {}, content: {})",
                quoted(&seen.annotator),
                quoted(&seen.id),
                quoted(&seen.content)
            ));
        });
        out.push(']');
    }
    if !decision.from.is_empty() {
        out.push_str(", from: [");
        super::push_joined(out, decision.from.iter(), |out, name| push_quoted(out, name));
        out.push(']');
    }
    for (key, said) in
        [("how", &decision.how), ("by", &decision.by), ("when", &decision.when), ("why", &decision.why)]
    {
        push_text(out, key, said);
    }
    out.push(')');
}

fn push_text(out: &mut String, key: &str, said: &str) {
    if !said.is_empty() {
        out.push_str(&format!(", {key}: "));
        push_quoted(out, said);
    }
}

/// One line if that is short enough and holds no list of records, else a block.
fn push_entry(out: &mut String, head: String, fields: &Fields, note: &str) {
    let mut line = head.clone();
    if !fields.is_empty() {
        line.push_str(", fields: ");
        push_fields(&mut line, fields);
    }
    if !note.is_empty() {
        line.push_str(", note: ");
        push_quoted(&mut line, note);
    }
    line.push(')');
    let nothing_to_break = fields.is_empty() && note.is_empty();
    let short = || line.chars().count() + 8 < LINE && !fields.iter().any(|(_, value)| holds_records(value));
    if nothing_to_break || short() {
        out.push_str(&line);
        return;
    }
    out.push_str(&head);
    out.push_str(",\n");
    if !fields.is_empty() {
        push_indent(out, 3);
        out.push_str("fields: ");
        push_field_block(out, fields, 3);
        out.push_str(",\n");
    }
    if !note.is_empty() {
        push_indent(out, 3);
        out.push_str("note: ");
        push_quoted(out, note);
        out.push_str(",\n");
    }
    push_indent(out, 2);
    out.push(')');
}

fn holds_records(value: &Value) -> bool {
    is_list_of_records(value)
        || match value {
            Value::List(items) => items.iter().any(holds_records),
            Value::Record(fields) => fields.iter().any(|(_, value)| holds_records(value)),
            _ => false,
        }
}

/// What the article says at a span's place, and up to 16 code points on each side of it, cut between graphemes.
pub(in crate::store) fn quote(span: &Span, text: &CanonicalText) -> Misquote {
    let all = text.as_str();
    let hull = span.parts.hull();
    let (mut before, mut after) = ("", "");
    if let Some(bytes) = text.byte_range(hull) {
        let start = all[..bytes.start].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        before = &all[ceil_grapheme(all, start).min(bytes.start)..bytes.start];
        let end = all[bytes.end..].char_indices().nth(CONTEXT).map_or(all.len(), |(at, _)| bytes.end + at);
        after = &all[bytes.end..floor_grapheme(all, end).max(bytes.end)];
    }
    Misquote { text: span.surface(text), before: before.to_owned(), after: after.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FieldPath, Parts, Status};
    use crate::text::TextRange;

    #[test]
    fn the_file_looks_as_the_documentation_says() {
        let text = CanonicalText::new("Уиткофф: передать Донбасс сейчас же 👩‍👩‍👧");
        let range = |s: u32, e: u32| TextRange::new(s, e).unwrap();
        let mut set = AnnotationSet::new("articles/a.txt", "anna");
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        set.status = Status::InProgress;
        let mut entity = Span::new("s1", "entity", Parts::one(range(0, 7)));
        entity.fields.set("kind", Value::text("person"));
        set.insert(entity);
        let mut position = Span::new("s7", "position", Parts::tidy([range(9, 17), range(26, 32)]).unwrap());
        let f = &mut position.fields;
        f.set("act", Value::text("demand"));
        f.put(&FieldPath::field("holders").item(0).then("mention"), Some(Value::text("s1")));
        f.put(&FieldPath::field("holders").item(0).then("how"), Some(Value::text("explicit")));
        f.set("cue", Value::stretch(&[range(9, 17)]));
        position.note = "sure?".into();
        set.insert(position);
        set.insert_relation(Relation {
            id: "r1".into(),
            label: "attacks".into(),
            from: "s7".into(),
            to: "s1".into(),
            fields: Fields::new(),
        });
        let fingerprint = text.fingerprint();
        let expected = format!(
            r#"(
    format: 1,
    article: "articles/a.txt",
    fingerprint: "{fingerprint}",
    length: 41,
    annotator: "anna",
    status: "in_progress",
    fields: {{}},
    spans: [
        (id: "s1", label: "entity", at: [(0, 7)], text: "Уиткофф", before: "", after: ": передать Донба", fields: {{"kind": "person"}}),
        (id: "s7", label: "position", at: [(9, 17), (26, 32)], text: "передать сейчас", before: "Уиткофф: ", after: " же 👩‍👩‍👧",
            fields: {{
                "act": "demand",
                "holders": [
                    {{"mention": "s1", "how": "explicit"}},
                ],
                "cue": [(9, 17)],
            }},
            note: "sure?",
        ),
    ],
    relations: [
        (id: "r1", label: "attacks", from: "s7", to: "s1"),
    ],
)
"#
        );
        assert_eq!(annotation_text(&set, Some(&text)), expected);
    }

    #[test]
    fn contexts_are_cut_between_graphemes() {
        // The family is five code points: cut anywhere inside, it must go as a whole.
        let text = CanonicalText::new("👩‍👩‍👧abcdefghijklmnxyz");
        let quote = quote(&Span::new("s", "x", Parts::one(TextRange::new(19, 20).unwrap())), &text);
        assert_eq!((quote.before.as_str(), quote.text.as_str()), ("abcdefghijklmn", "x"));
    }
}
