//! Agreement on fields: what annotators filled in on spans that are about the same thing.
//!
//! A field with one value is compared by its value (κ, nominal α; α for ordinal data if it is a number); unset is left out, as a missing
//! value. A field with several values is compared as a set by MASI; unset is the empty set. A record of a list (a holder, an issue) is known
//! by its key, see [`record_key`]; the other fields of records with one key are compared as fields of their own, `issues.stance`.
//! Free text and stretches of the article's text are not compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::krippendorff::alpha_ordinal;
use super::masi::Sets;
use super::metric::{Level, Metric, Undefined, Unit};
use super::nominal::Nominal;
use super::tally::{Details, Measure, Row, Subject, Tally};
use crate::model::{AnnotationSet, FieldDef, FieldKind, Fields, Schema, Span, Value};
use crate::text::CanonicalText;

/// Where a value stands: links are read with the help of both.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub schema: &'a Schema,
    pub set: &'a AnnotationSet,
    pub text: &'a CanonicalText,
}

impl Context<'_> {
    /// What a link to a span comes to, comparable between annotators: the register entity that span is linked to, else its words.
    fn target(&self, id: &str) -> Option<String> {
        let span = self.set.get(&id.into())?;
        let entity =
            self.schema.fields_of(&span.label).iter().find(|f| matches!(f.kind, FieldKind::Entity(_)));
        match entity.and_then(|field| span.fields.text(&field.name)) {
            Some(entity) => Some(entity.to_owned()),
            None => Some(format!("“{}”", span.surface(self.text).to_lowercase())),
        }
    }

    /// What a value says, comparable between annotators.
    fn said(&self, kind: &FieldKind, value: &Value) -> Option<String> {
        match (kind, value) {
            (FieldKind::Span(_), Value::Text(id)) => self.target(id).or_else(|| Some(id.clone())),
            (FieldKind::Either(kinds), Value::Text(id)) => {
                let to_span = kinds.iter().any(|k| matches!(k, FieldKind::Span(_)));
                to_span.then(|| self.target(id)).flatten().or_else(|| Some(id.clone()))
            }
            (FieldKind::Record(fields), Value::Record(record)) => record_key(fields, record, self),
            (_, Value::Text(text)) => Some(text.clone()),
            (_, Value::Bool(yes)) => Some(yes.to_string()),
            (_, Value::Integer(number)) => Some(number.to_string()),
            (_, Value::Number(number)) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// What a record is about: its first register or codebook link that is set, in the order of the schema, but only the first such field
/// counts (`entity` of a holder, `issue` of an issue); without it, what its first link to a span comes to; without that, its first choice
/// (`how` of a holder: author, unknown). `None` if none of them is set.
pub(super) fn record_key(defs: &[FieldDef], record: &Fields, context: &Context<'_>) -> Option<String> {
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
enum Reading {
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

/// A field to compare: its own definition, and the list it is inside of, if any.
struct Path<'a> {
    name: String,
    list: Option<&'a FieldDef>,
    def: &'a FieldDef,
    reading: Reading,
}

fn paths(defs: &[FieldDef]) -> Vec<Path<'_>> {
    let mut found = Vec::new();
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
    found
}

/// The values of one field on one span: one for a field of the span, one for each record of a list, by the record's key.
fn values(path: &Path<'_>, span: &Span, context: &Context<'_>) -> BTreeMap<String, Value> {
    let Some(list) = path.list else {
        return span.fields.get(&path.def.name).map(|v| (String::new(), v.clone())).into_iter().collect();
    };
    let FieldKind::Record(defs) = &list.kind else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for record in span.fields.get(&list.name).map(Value::each).unwrap_or_default() {
        let Some(fields) = record.as_record() else { continue };
        if let (Some(key), Some(value)) = (record_key(defs, fields, context), fields.get(&path.def.name)) {
            found.entry(key).or_insert_with(|| value.clone());
        }
    }
    found
}

/// A field of one label, or of all labels that have it, with what was collected.
struct Collected {
    label: String,
    name: String,
    reading: Reading,
    categories: Nominal<String>,
    ordinal: Ordinal,
    sets: Sets,
}

/// Collects the fields of matched spans.
pub(super) struct FieldCollector<'a> {
    schema: &'a Schema,
    /// The fields of each label, looked up once.
    paths: BTreeMap<&'a str, Vec<Path<'a>>>,
    annotators: usize,
    collected: Vec<Collected>,
}

/// A span of a matched unit and whose it is: the annotator's place in the comparison.
pub(super) struct Member<'a> {
    pub annotator: usize,
    pub span: &'a Span,
    pub set: &'a AnnotationSet,
}

impl<'a> FieldCollector<'a> {
    /// For these labels; `*` stands before them.
    pub fn new(schema: &'a Schema, labels: &[&str], annotators: usize) -> Self {
        let mut collected: Vec<Collected> = Vec::new();
        let make = |label: &str, path: &Path<'_>| Collected {
            label: label.to_owned(),
            name: path.name.clone(),
            reading: path.reading,
            categories: Nominal::new(annotators),
            ordinal: Ordinal::default(),
            sets: Sets::default(),
        };
        for label in labels {
            for path in paths(schema.fields_of(label)) {
                if !collected.iter().any(|c| c.label == "*" && c.name == path.name) {
                    collected.push(make("*", &path));
                }
            }
        }
        for label in labels {
            collected.extend(paths(schema.fields_of(label)).iter().map(|path| make(label, path)));
        }
        let paths = schema.labels.iter().map(|label| (label.name.as_str(), paths(&label.fields))).collect();
        Self { schema, paths, annotators, collected }
    }

    /// Adds one group of spans that are about the same thing.
    pub fn add(&mut self, members: &[Member<'_>], text: &CanonicalText) {
        for collected in &mut self.collected {
            let mut by_key: BTreeMap<String, Vec<Option<Value>>> = BTreeMap::new();
            let mut sets = Vec::new();
            for member in members {
                if collected.label != "*" && collected.label != member.span.label {
                    continue;
                }
                let context = Context { schema: self.schema, set: member.set, text };
                let Some(path) = self.paths.get(member.span.label.as_str()).and_then(|paths| {
                    paths.iter().find(|p| p.name == collected.name && p.reading == collected.reading)
                }) else {
                    continue;
                };
                if path.reading == Reading::Set {
                    let value = member.span.fields.get(&path.def.name);
                    let given = value.map(Value::each).unwrap_or_default();
                    sets.push(given.iter().filter_map(|v| context.said(&path.def.kind, v)).collect());
                    continue;
                }
                for (key, value) in values(path, member.span, &context) {
                    let value = match path.reading {
                        Reading::Category => context.said(&path.def.kind, &value).map(Value::Text),
                        _ => value.as_number().map(Value::Number),
                    };
                    let unit = by_key.entry(key).or_insert_with(|| vec![None; self.annotators]);
                    unit[member.annotator] = value;
                }
            }
            collected.sets.add(sets);
            for unit in by_key.into_values() {
                collected.ordinal.add(unit.iter().flatten().filter_map(Value::as_number).collect());
                let used: Vec<Option<u32>> = unit
                    .into_iter()
                    .map(|value| {
                        let name = match value? {
                            Value::Text(text) => text,
                            Value::Number(number) => number.to_string(),
                            _ => return None,
                        };
                        Some(collected.categories.category(name))
                    })
                    .collect();
                collected.categories.add(1.0, &used);
            }
        }
    }

    /// Ends an article.
    pub fn end_article(&mut self) {
        for collected in &mut self.collected {
            collected.categories.end_article();
            collected.ordinal.end_article();
            collected.sets.end_article();
        }
    }

    /// The sums of every field.
    pub fn tallies(self, metrics: &[Metric]) -> Vec<Tally> {
        let mut tallies = Vec::new();
        for collected in self.collected {
            let (label, field) = (collected.label.as_str(), collected.name.as_str());
            if collected.reading == Reading::Set {
                if metrics.contains(&Metric::AlphaMasi) {
                    tallies.push(collected.sets.tally(label, field));
                }
                continue;
            }
            let mut nominal = metrics.to_vec();
            if collected.reading == Reading::Ordinal {
                nominal.retain(|metric| *metric != Metric::KrippendorffAlpha);
                if metrics.contains(&Metric::KrippendorffAlpha) {
                    tallies.push(collected.ordinal.tally(label, field));
                }
            }
            tallies.push(collected.categories.tally(&nominal, label, Unit::Matched, Some(field)));
        }
        tallies
    }
}

/// Collects numbers for the ordinal α.
#[derive(Default)]
struct Ordinal {
    articles: Vec<Vec<Vec<f64>>>,
    article: Vec<Vec<f64>>,
}

impl Ordinal {
    fn add(&mut self, given: Vec<f64>) {
        if given.len() >= 2 {
            self.article.push(given);
        }
    }

    fn end_article(&mut self) {
        self.articles.push(std::mem::take(&mut self.article));
    }

    fn tally(self, label: &str, field: &str) -> Tally {
        let mut scale: Vec<f64> = self.articles.iter().flatten().flatten().copied().collect();
        scale.sort_by(f64::total_cmp);
        scale.dedup();
        let values = scale.len();
        let place = |value: &f64| scale.partition_point(|known| known.total_cmp(value).is_lt());
        let rows = self
            .articles
            .iter()
            .map(|units| {
                let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
                for given in units {
                    let weight = 1.0 / (given.len() as f64 - 1.0);
                    for (i, one) in given.iter().enumerate() {
                        for (j, other) in given.iter().enumerate() {
                            if i != j {
                                *sums.entry((place(one) * values + place(other)) as u32).or_default() +=
                                    weight;
                            }
                        }
                    }
                }
                sums.into_iter().collect::<Row>()
            })
            .collect();
        let subject = Subject::new(Metric::KrippendorffAlpha, label)
            .unit(Unit::Matched)
            .field(Some(field))
            .level(Some(Level::Ordinal));
        let evaluate = move |sums: &[f64]| match values {
            0 => Err(Undefined::NoUnits),
            values => alpha_ordinal(sums, values),
        };
        let measure = Measure {
            subject,
            evaluate: Arc::new(evaluate),
            units: Arc::new(|sums| Ok(sums.iter().sum())),
            details: Details::None,
        };
        Tally { rows, width: values * values, measures: vec![measure] }
    }
}
