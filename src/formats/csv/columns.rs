//! Which column holds which field, and how a value is a cell.

use std::borrow::Cow;

use super::super::cells::{guarded, unguarded};
use super::super::json_value::value_from;
use crate::model::{FieldDef, FieldKind, Fields, Schema, Value};

/// The columns of spans before their fields.
pub(super) const SPAN: [&str; 8] = ["article", "annotator", "id", "label", "start", "end", "parts", "text"];

/// The columns of stances.
pub(super) const STANCE: [&str; 11] = [
    "article",
    "annotator",
    "span",
    "holder",
    "holder_mention",
    "how",
    "issue",
    "stance",
    "strength",
    "act",
    "date",
];

/// The columns of relations before their fields.
pub(super) const RELATION: [&str; 6] = ["article", "annotator", "id", "label", "from", "to"];

/// The columns of articles.
pub(super) const ARTICLE: [&str; 12] = [
    "article",
    "fingerprint",
    "language",
    "title",
    "date",
    "source",
    "url",
    "author",
    "meta",
    "status",
    "fields",
    "text",
];

/// The columns that a holder's and an issue's record fill in `stances.csv`, with the names of their fields.
pub(super) const HOLDER: [(&str, &str); 3] =
    [("entity", "holder"), ("mention", "holder_mention"), ("how", "how")];
pub(super) const ISSUE: [(&str, &str); 3] =
    [("issue", "issue"), ("stance", "stance"), ("strength", "strength")];

/// The fields that have a column, by name, each once: those of all labels that hold no records.
pub(super) fn span_fields(schema: &Schema) -> Vec<&str> {
    simple(schema.labels.iter().flat_map(|label| &label.fields))
}

/// The same for relations.
pub(super) fn relation_fields(schema: &Schema) -> Vec<&str> {
    simple(schema.relations.iter().flat_map(|relation| &relation.fields))
}

fn simple<'a>(defs: impl Iterator<Item = &'a FieldDef>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for def in defs.filter(|def| !is_record(&def.kind)) {
        if !names.contains(&def.name.as_str()) {
            names.push(&def.name);
        }
    }
    names
}

fn is_record(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Record(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(is_record),
        _ => false,
    }
}

/// What the column of a field is called: the field's name, unless the table has that column already.
pub(super) fn heading<'n>(name: &'n str, fixed: &[&str]) -> Cow<'n, str> {
    match fixed.contains(&name) || name.starts_with("field.") {
        true => Cow::Owned(format!("field.{name}")),
        false => Cow::Borrowed(name),
    }
}

/// The field of a column.
pub(super) fn field_of(heading: &str) -> &str {
    heading.strip_prefix("field.").unwrap_or(heading)
}

/// A value as a cell.
pub(super) fn cell(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => guarded(text).into_owned(),
        Some(value) => serde_json::to_string(value).unwrap_or_default(),
    }
}

/// Whether a value is the same after it was a cell of this field.
pub(super) fn comes_back(def: Option<&FieldDef>, value: &Value) -> bool {
    self::value(def, &cell(Some(value))).as_ref() == Some(value)
}

/// The value of a cell, as the field's definition says; of an unknown field lists are what looks like lists, everything else is text.
pub(super) fn value(def: Option<&FieldDef>, cell: &str) -> Option<Value> {
    if cell.is_empty() {
        return None;
    }
    let text = || Some(Value::text(unguarded(cell)));
    let json = || serde_json::from_str(cell).ok().and_then(|json| value_from(json).ok().flatten());
    let wants_json = match def {
        None => cell.starts_with('['),
        Some(def) => {
            def.is_list()
                || holds(&def.kind, &|kind| {
                    matches!(
                        kind,
                        FieldKind::Stretch
                            | FieldKind::Number { .. }
                            | FieldKind::YesNo
                            | FieldKind::Record(_)
                    )
                })
        }
    };
    if wants_json { json().or_else(text) } else { text() }
}

fn holds(kind: &FieldKind, is: &dyn Fn(&FieldKind) -> bool) -> bool {
    match kind {
        FieldKind::Either(kinds) => kinds.iter().any(|kind| holds(kind, is)),
        kind => is(kind),
    }
}

/// The pairs of holder and issue of a span, in order: every holder with every issue; a row with one side alone where the other is
/// missing. Empty if there is neither.
pub(super) fn stances(fields: &Fields) -> Vec<(Option<&Fields>, Option<&Fields>)> {
    let records = |name: &str| -> Vec<Option<&Fields>> {
        let records = fields.get(name).map_or(&[][..], Value::each).iter().filter_map(Value::as_record);
        records.map(Some).collect()
    };
    let (holders, issues) = (records("holders"), records("issues"));
    if holders.is_empty() && issues.is_empty() {
        return Vec::new();
    }
    let (holders, issues) = (or_none(holders), or_none(issues));
    holders.iter().flat_map(|holder| issues.iter().map(|issue| (*holder, *issue))).collect()
}

/// One missing side where there is none.
fn or_none(list: Vec<Option<&Fields>>) -> Vec<Option<&Fields>> {
    if list.is_empty() { vec![None] } else { list }
}
