//! Values of the wrong type, and lists where none belongs or none where one does.

use crate::model::{FieldKind, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::run::holds_stretch;
use crate::validate::scope::{FieldSite, ValueSite};

fn fits(kind: &FieldKind, value: &Value) -> bool {
    match kind {
        FieldKind::Choice(_)
        | FieldKind::Text
        | FieldKind::Date
        | FieldKind::Span(_)
        | FieldKind::Entity(_)
        | FieldKind::Term(_) => matches!(value, Value::Text(_)),
        FieldKind::Number { .. } => value.as_number().is_some(),
        FieldKind::YesNo => matches!(value, Value::Bool(_)),
        FieldKind::Stretch => value.as_stretch().is_some(),
        FieldKind::Record(_) => matches!(value, Value::Record(_)),
        FieldKind::Either(kinds) => kinds.iter().any(|kind| fits(kind, value)),
    }
}

fn in_words(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice(_) => "one of its choices",
        FieldKind::Text => "a text",
        FieldKind::Date => "a date as text",
        FieldKind::Span(_) => "the id of a span",
        FieldKind::Entity(_) => "the id of a register entry",
        FieldKind::Term(_) => "the id of a codebook term",
        FieldKind::Number { .. } => "a number",
        FieldKind::YesNo => "true or false",
        FieldKind::Stretch => "a stretch of the text, [[start, end]]",
        FieldKind::Record(_) => "a record of fields",
        FieldKind::Either(_) => "an id or a text",
    }
}

/// The value of the right type that a text spells out without doubt.
fn spelt_out(kind: &FieldKind, value: &Value) -> Option<Value> {
    let text = value.as_text()?.trim();
    match kind {
        FieldKind::Number { .. } => text
            .parse::<i64>()
            .map(Value::Integer)
            .or_else(|_| text.parse::<f64>().map(Value::Number))
            .ok()
            .filter(|value| value.as_number().is_some_and(f64::is_finite)),
        FieldKind::YesNo => text.parse::<bool>().ok().map(Value::Bool),
        _ => None,
    }
}

fn wrong_type(site: &ValueSite, findings: &mut Findings) {
    if fits(site.kind(), site.value) {
        return;
    }
    let changes = spelt_out(site.kind(), site.value).and_then(|value| site.put(Some(value)));
    let draft = site.draft().arg("expected", in_words(site.kind()));
    findings.push(draft.fix("Write it as a value of the right type", true, changes));
}

rule!(
    WRONG_TYPE = "P304" "wrong-type" Error Safe Check::Value(wrong_type),
    "A field holds a value of the wrong type.",
    message: "{path} of {owner} is {value}, but {expected} belongs there. Fill it in anew.",
    does: "Finds values whose type is not the one that the schema asks for: a text where a number belongs, a record where a text does.",
    bad: "The value can neither be shown nor counted as what it should be.",
    example: "`\"confidence\": \"four\"`",
    mend: "Fill the field in anew in the window.",
    safety: "Safe where a text spells out a number or `true`/`false` exactly (`\"4\"`); else there is no fix.",
);

fn wrong_shape(site: &FieldSite, findings: &mut Findings) {
    let Some(value) = site.value else { return };
    let (changes, expected) = match value {
        Value::List(items) if !site.def.is_list() && !holds_stretch(&site.def.kind) => match items.as_slice()
        {
            [] => (site.put(None), "a single value"),
            // A value of another type would be no better without its list.
            [only] => {
                let changes = fits(&site.def.kind, only).then(|| site.put(Some(only.clone()))).flatten();
                (changes, "a single value")
            }
            // Several values where one belongs are too many, which is another rule's.
            _ => return,
        },
        Value::List(items) if site.def.is_list() && items.is_empty() => {
            (site.put(None), "a list with something in it")
        }
        Value::List(_) => return,
        bare if site.def.is_list() => (site.put(Some(Value::List(vec![bare.clone()]))), "a list"),
        _ => return,
    };
    let draft = site.draft().arg("expected", expected);
    findings.push(draft.fix("Put the value into its shape", true, changes));
}

rule!(
    WRONG_SHAPE = "P305" "wrong-shape" Warning Safe Check::Field(wrong_shape),
    "A field is a list where one value belongs, or one value where a list does.",
    message: "{path} of {owner} is not in the shape of the field: {expected} belongs there.",
    does: "Finds bare values in fields that may have several, lists of one in fields that may have one, and empty lists.",
    bad: "Programs that read the files by the schema stumble over it. An empty list looks like an answer and is none.",
    example: "`\"issues\": {\"issue\": \"x\", \"stance\": \"for\"}` instead of `[{…}]`.",
    mend: "Take the fix.",
    safety: "Safe: the value stays the same; an empty list becomes unset.",
);
