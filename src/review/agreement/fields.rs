//! Agreement on fields: what annotators filled in on spans that are about the same thing.
//!
//! A field with one value is compared by its value (κ, nominal α; α for ordinal data if it is a number); unset is left out, as a missing
//! value. A field with several values is compared as a set by MASI; unset is the empty set. A record of a list (a holder, an issue) is known
//! by its key, see [`record_key`]; the other fields of records with one key are compared as fields of their own, `issues.stance`.
//! Free text and stretches of the article's text are not compared.

use std::borrow::Cow;

use super::vocabulary::{Names, Words};
use crate::model::{AnnotationSet, FieldDef, FieldKind, Fields, Schema, Span, Value};
use crate::text::CanonicalText;

/// Where a value stands: links are read with the help of both.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub schema: &'a Schema,
    pub set: &'a AnnotationSet,
    pub text: &'a CanonicalText,
}

impl<'a> Context<'a> {
    /// What a link to a span comes to, comparable between annotators: the register entity that span is linked to, else its words.
    fn target(&self, id: &str) -> Option<Cow<'a, str>> {
        let span = self.set.get(&id.into())?;
        let entity =
            self.schema.fields_of(&span.label).iter().find(|f| matches!(f.kind, FieldKind::Entity(_)));
        match entity.and_then(|field| span.fields.text(&field.name)) {
            Some(entity) => Some(entity.into()),
            None => Some(format!("“{}”", span.surface(self.text).to_lowercase()).into()),
        }
    }

    /// What a value says, comparable between annotators.
    fn said(&self, kind: &FieldKind, value: &'a Value) -> Option<Cow<'a, str>> {
        match (kind, value) {
            (FieldKind::Span(_), Value::Text(id)) => self.target(id).or(Some(id.into())),
            (FieldKind::Either(kinds), Value::Text(id)) => {
                let to_span = kinds.iter().any(|k| matches!(k, FieldKind::Span(_)));
                to_span.then(|| self.target(id)).flatten().or(Some(id.into()))
            }
            (FieldKind::Record(fields), Value::Record(record)) => record_key(fields, record, self),
            (_, Value::Text(text)) => Some(text.into()),
            (_, Value::Bool(yes)) => Some(yes.to_string().into()),
            (_, Value::Integer(number)) => Some(number.to_string().into()),
            (_, Value::Number(number)) => Some(number.to_string().into()),
            _ => None,
        }
    }
}

/// What a record is about: its first register or codebook link that is set, in the order of the schema, but only the first such field
/// counts (`entity` of a holder, `issue` of an issue); without it, what its first link to a span comes to; without that, its first choice
/// (`how` of a holder: author, unknown). `None` if none of them is set.
pub(super) fn record_key<'a>(
    defs: &[FieldDef],
    record: &'a Fields,
    context: &Context<'a>,
) -> Option<Cow<'a, str>> {
    let first = |fits: fn(&FieldKind) -> bool| {
        let def = defs.iter().find(|def| fits(&def.kind))?;
        context.said(&def.kind, record.get(&def.name)?)
    };
    first(|kind| matches!(kind, FieldKind::Entity(_) | FieldKind::Term(_)))
        .or_else(|| first(|kind| matches!(kind, FieldKind::Span(_) | FieldKind::Either(_))))
        .or_else(|| first(|kind| matches!(kind, FieldKind::Choice(_))))
}

/// How a field is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Category,
    Ordinal,
    Set,
}

fn reading(def: &FieldDef) -> Option<Reading> {
    match &def.kind {
        FieldKind::Stretch => None,
        FieldKind::Text if !def.is_list() => None,
        _ if def.is_list() => Some(Reading::Set),
        FieldKind::Number { .. } => Some(Reading::Ordinal),
        FieldKind::Record(_) => None,
        _ => Some(Reading::Category),
    }
}

/// A field of a label: its own definition, and the list it is inside of, if any.
struct Path<'a> {
    name: String,
    list: Option<&'a FieldDef>,
    def: &'a FieldDef,
    reading: Reading,
}

fn paths<'a>(defs: &'a [FieldDef], wanted: &impl Fn(Reading) -> bool) -> Vec<Path<'a>> {
    let mut found: Vec<Path<'a>> = Vec::new();
    for def in defs {
        if let Some(reading) = reading(def) {
            found.push(Path { name: def.name.clone(), list: None, def, reading });
        }
        if let FieldKind::Record(inner) = &def.kind {
            // Records are paired by this one, so comparing it would find nothing but agreement.
            let key = inner.iter().position(|f| matches!(f.kind, FieldKind::Entity(_) | FieldKind::Term(_)));
            for (place, inner) in inner.iter().enumerate() {
                if key == Some(place) {
                    continue;
                }
                if let Some(reading) = reading(inner).filter(|reading| *reading != Reading::Set) {
                    let name = format!("{}.{}", def.name, inner.name);
                    found.push(Path { name, list: Some(def), def: inner, reading });
                }
            }
        }
    }
    found.retain(|path| wanted(path.reading));
    found
}

/// What a span says in one field, or in one field of one record of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    /// The fields that it counts for, by place among [`ComparedFields`]: that of all labels, that of its own.
    pub fields: [u16; 2],
    /// The record's key, by number within the article; 0 for a field of the span itself.
    pub key: u32,
    /// The name, or the set of names, by number among the [`Words`] of the field of all labels.
    pub said: u32,
}

/// What the spans of an article say, in words of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnWords {
    /// By field of all labels.
    pub fields: Vec<Words>,
    pub keys: Names,
}

/// A field that is compared, of one label or of all that have it.
pub(super) struct Compared {
    pub label: String,
    pub name: String,
    pub reading: Reading,
    /// The field of all labels whose words it shares; its own place if it is that.
    pub words: u16,
}

/// The fields that are compared, for every label and for all together.
pub(super) struct ComparedFields<'a> {
    pub schema: &'a Schema,
    pub fields: Vec<Compared>,
    /// For each label by number its fields, and for which of `fields` each counts.
    of_label: Vec<Vec<(Path<'a>, [u16; 2])>>,
}

impl<'a> ComparedFields<'a> {
    /// For these labels; only fields whose reading is wanted.
    pub fn new(schema: &'a Schema, labels: &[&str], wanted: impl Fn(Reading) -> bool) -> Self {
        let of_labels: Vec<Vec<Path<'a>>> =
            labels.iter().map(|label| paths(schema.fields_of(label), &wanted)).collect();
        let mut fields: Vec<Compared> = Vec::new();
        let place = |fields: &mut Vec<Compared>, label: &str, path: &Path<'_>, words: Option<u16>| {
            let is_it = |known: &Compared| {
                known.label == label && known.name == path.name && known.reading == path.reading
            };
            let place = fields.iter().position(is_it).unwrap_or_else(|| {
                let (label, name) = (label.to_owned(), path.name.clone());
                let words = words.unwrap_or(fields.len() as u16);
                fields.push(Compared { label, name, reading: path.reading, words });
                fields.len() - 1
            });
            place as u16
        };
        for path in of_labels.iter().flatten() {
            place(&mut fields, "*", path, None);
        }
        let of_label = labels
            .iter()
            .zip(of_labels)
            .map(|(label, paths)| {
                let numbered = paths.into_iter().map(|path| {
                    let all = place(&mut fields, "*", &path, None);
                    let own = place(&mut fields, label, &path, Some(all));
                    (path, [all, own])
                });
                numbered.collect()
            })
            .collect();
        Self { schema, fields, of_label }
    }

    /// What a span with the label of this number says in all its fields, by field of all labels and key.
    pub fn read(
        &self,
        label: u16,
        span: &'a Span,
        context: &Context<'a>,
        words: &mut OwnWords,
        answers: &mut Vec<Answer>,
    ) {
        let begin = answers.len();
        for (path, fields) in self.of_label.get(usize::from(label)).into_iter().flatten() {
            let fields = *fields;
            let own = usize::from(fields[0]);
            let Some(list) = path.list else {
                let value = span.fields.get(&path.def.name);
                let said = match (path.reading, value) {
                    (Reading::Set, value) => {
                        let given = value.map(Value::each).unwrap_or_default();
                        let said = given.iter().filter_map(|v| context.said(&path.def.kind, v));
                        let words = &mut words.fields[own];
                        let mut members: Vec<u32> = said.map(|name| words.names.number(&name)).collect();
                        Some(words.set(&mut members))
                    }
                    (_, None) => None,
                    (reading, Some(value)) => context.one(reading, path.def, value, &mut words.fields[own]),
                };
                answers.extend(said.map(|said| Answer { fields, key: 0, said }));
                continue;
            };
            let FieldKind::Record(defs) = &list.kind else { continue };
            let first = answers.len();
            for record in span.fields.get(&list.name).map(Value::each).unwrap_or_default() {
                let Some(record) = record.as_record() else { continue };
                let (Some(key), Some(value)) =
                    (record_key(defs, record, context), record.get(&path.def.name))
                else {
                    continue;
                };
                let key = words.keys.number(&key);
                // Of two records with one key the first counts.
                if answers[first..].iter().all(|known| known.key != key) {
                    let said = context.one(path.reading, path.def, value, &mut words.fields[own]);
                    answers.extend(said.map(|said| Answer { fields, key, said }));
                }
            }
        }
        answers[begin..].sort_unstable_by_key(|answer| (answer.fields[0], answer.key));
    }

    /// No words yet, for one article or for all.
    pub fn no_words(&self) -> OwnWords {
        let mut keys = Names::default();
        // What is said in a field of the span itself goes under the empty key.
        keys.number("");
        OwnWords { fields: vec![Words::default(); self.fields.len()], keys }
    }
}

impl<'a> Context<'a> {
    /// The number of what a single value says.
    fn one(&self, reading: Reading, def: &FieldDef, value: &'a Value, words: &mut Words) -> Option<u32> {
        match reading {
            Reading::Category => self.said(&def.kind, value).map(|name| words.names.number(&name)),
            Reading::Ordinal => value.as_number().map(|number| words.value(number, &number.to_string())),
            Reading::Set => None,
        }
    }
}
