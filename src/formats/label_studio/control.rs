//! Fields as Label Studio's controls, and back.

use super::super::json_text::push_json_text;
use super::super::json_tree::{Members, Tree};
use super::super::stretches::looks_like_stretch;
use crate::model::{Codebook, FieldDef, FieldKind, TermId, Value};

/// Before the name of a control for a field of the article as a whole: `article.topic`.
pub(super) const ARTICLE: &str = "article.";

/// The controls that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// One or several of a few words.
    Choices,
    /// One or several of a tree of words; the codebook.
    Taxonomy,
    /// A number.
    Number,
    /// A day.
    DateTime,
    /// Lines of text; also of JSON, for what has no control of its own.
    TextArea,
}

impl Control {
    /// The control for a field.
    pub fn of(def: &FieldDef) -> Self {
        match &def.kind {
            FieldKind::Choice(_) | FieldKind::YesNo | FieldKind::Entity(_) => Self::Choices,
            FieldKind::Term(_) => Self::Taxonomy,
            FieldKind::Number { .. } if !def.is_list() => Self::Number,
            FieldKind::Date if !def.is_list() => Self::DateTime,
            _ => Self::TextArea,
        }
    }

    /// Its name in the configuration.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Choices => "Choices",
            Self::Taxonomy => "Taxonomy",
            Self::Number => "Number",
            Self::DateTime => "DateTime",
            Self::TextArea => "TextArea",
        }
    }

    /// Its `type` in results, and the key of its value.
    pub fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Choices => ("choices", "choices"),
            Self::Taxonomy => ("taxonomy", "taxonomy"),
            Self::Number => ("number", "number"),
            Self::DateTime => ("datetime", "datetime"),
            Self::TextArea => ("textarea", "text"),
        }
    }
}

/// A field's value as the value of its control, in JSON; `None` if it is not what the definition expects, and must be carried elsewhere.
pub(super) fn encoded(def: &FieldDef, value: &Value, codebook: &Codebook) -> Option<Vec<u8>> {
    let control = Control::of(def);
    match (control, value) {
        (Control::Number, Value::Integer(_) | Value::Number(_)) | (Control::DateTime, Value::Text(_)) => {
            return serde_json::to_vec(value).ok();
        }
        (Control::Number | Control::DateTime, _) => return None,
        _ => {}
    }
    let items = match value {
        Value::List(items) if def.is_list() => items.as_slice(),
        _ if def.is_list() => return None,
        one => std::slice::from_ref(one),
    };
    if items.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(64);
    for (place, item) in items.iter().enumerate() {
        out.push(if place == 0 { b'[' } else { b',' });
        match (&def.kind, item) {
            (FieldKind::YesNo, Value::Bool(yes)) => push_json_text(&mut out, if *yes { "yes" } else { "no" }),
            (FieldKind::YesNo, _) => return None,
            (FieldKind::Term(_), Value::Text(id)) => {
                for (step, term) in path_to(id, codebook).iter().enumerate() {
                    out.push(if step == 0 { b'[' } else { b',' });
                    push_json_text(&mut out, term);
                }
                out.push(b']');
            }
            (FieldKind::Record(_), Value::Record(fields)) => {
                push_json_text(&mut out, &serde_json::to_string(fields).ok()?);
            }
            (FieldKind::Stretch, stretch) if looks_like_stretch(stretch) => {
                push_json_text(&mut out, &serde_json::to_string(stretch).ok()?);
            }
            (FieldKind::Number { .. }, Value::Integer(_) | Value::Number(_)) => {
                push_json_text(&mut out, &serde_json::to_string(item).ok()?);
            }
            (FieldKind::Record(_) | FieldKind::Stretch | FieldKind::Number { .. }, _) => return None,
            (_, Value::Text(text)) => push_json_text(&mut out, text),
            _ => return None,
        }
    }
    out.push(b']');
    Some(out)
}

/// A term after everything that it stands under.
fn path_to(id: &str, codebook: &Codebook) -> Vec<String> {
    let mut path = vec![id.to_owned()];
    let mut at: Option<TermId> = codebook.get(id).and_then(|term| term.parent.clone());
    while let Some(parent) = at {
        // A circle in the codebook is told by validation.
        if path.iter().any(|there| *there == *parent.as_str()) {
            break;
        }
        at = codebook.get(parent.as_str()).and_then(|term| term.parent.clone());
        path.push(parent.as_str().to_owned());
    }
    path.reverse();
    path
}

/// The value of a control as a field's value; `None` if there is nothing in it. Without a definition the value's own looks decide.
pub(super) fn decoded(def: Option<&FieldDef>, kind: &str, value: &Members, was_list: bool) -> Option<Value> {
    let key = if kind == "textarea" { "text" } else { kind };
    let given = value.get(key)?;
    let items: Vec<Value> = match given {
        Tree::List(items) => items.iter().filter_map(|item| one(def, kind, item)).collect(),
        other => one(def, kind, other).into_iter().collect(),
    };
    let is_list = match def {
        Some(def) => def.is_list(),
        None => was_list || items.len() > 1,
    };
    match (is_list, items.len()) {
        (_, 0) => None,
        (false, 1) => items.into_iter().next(),
        _ => Some(Value::List(items)),
    }
}

fn one(def: Option<&FieldDef>, kind: &str, item: &Tree) -> Option<Value> {
    match item {
        Tree::Null => None,
        Tree::Bool(yes) => Some(Value::Bool(*yes)),
        Tree::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Some(Value::Integer(whole)),
            (None, Some(other)) if other.is_finite() => Some(Value::Number(other)),
            _ => None,
        },
        Tree::Text(text) => Some(of_text(def, kind, text)),
        // A way through a taxonomy: its last step says it all.
        Tree::List(path) if kind == "taxonomy" => {
            path.last().and_then(Tree::as_str).map(|last| of_text(def, kind, last))
        }
        other => serde_json::from_value(other.to_json()).ok(),
    }
}

fn of_text(def: Option<&FieldDef>, kind: &str, text: &str) -> Value {
    let plain = || Value::text(text);
    let json = || serde_json::from_str::<Value>(text).ok();
    match def.map(|def| &def.kind) {
        Some(FieldKind::YesNo) if text.eq_ignore_ascii_case("yes") => Value::Bool(true),
        Some(FieldKind::YesNo) if text.eq_ignore_ascii_case("no") => Value::Bool(false),
        Some(FieldKind::Number { .. }) => {
            json().filter(|value| value.as_number().is_some()).unwrap_or_else(plain)
        }
        Some(FieldKind::Record(_)) => {
            json().filter(|value| value.as_record().is_some()).unwrap_or_else(plain)
        }
        Some(FieldKind::Stretch) => json().filter(looks_like_stretch).unwrap_or_else(plain),
        Some(_) => plain(),
        // What this program wrote for records and stretches, read without its configuration.
        None if kind == "textarea" && (text.starts_with('{') || text.starts_with("[[")) => json()
            .filter(|value| value.as_record().is_some() || looks_like_stretch(value))
            .unwrap_or_else(plain),
        None => plain(),
    }
}
