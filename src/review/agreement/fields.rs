//! Agreement on fields: what annotators filled in on spans that are about the same thing.
//!
//! A field with one value is compared by its value (κ, nominal α; α for ordinal data if it is a number); unset is left out, as a missing
//! value. A field with several values is compared as a set by MASI; unset is the empty set. A record of a list (a holder, an issue) is known
//! by its key, see [`record_key`]; the other fields of records with one key are compared as fields of their own, `issues.stance`.
//! Free text and stretches of the article's text are not compared.

use std::collections::HashMap;
use std::sync::Arc;

use super::krippendorff::alpha_ordinal;
use super::masi::Sets;
use super::metric::{Level, Metric, Undefined, Unit};
use super::nominal::Nominal;
use super::tally::{Columns, Details, Measure, Subject, Tally};
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

/// A field of a label: its own definition, and the list it is inside of, if any.
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

/// Words by number: what is said is compared often and read once.
#[derive(Default)]
pub(super) struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    pub fn number(&mut self, name: String) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// Takes another list in: for each of its numbers the number here.
    pub fn take_in(&mut self, other: Self) -> Vec<u32> {
        other.names.into_iter().map(|name| self.number(name)).collect()
    }
}

/// What a span says in one field, or in one field of one record of a list.
pub(super) struct Answer {
    /// The fields that it counts for, by place among [`ComparedFields`]: that of all labels, that of its own.
    fields: [u16; 2],
    /// The record's key; for a field of the span itself the empty word.
    key: u32,
    said: Said,
}

enum Said {
    Category(u32),
    /// A number, and the number of its name.
    Number(f64, u32),
    /// Ascending, each once.
    Set(Vec<u32>),
}

impl Answer {
    /// The same with the numbers of another list of names.
    pub fn renumber(&mut self, to: &[u32]) {
        self.key = to[self.key as usize];
        match &mut self.said {
            Said::Category(name) | Said::Number(_, name) => *name = to[*name as usize],
            Said::Set(members) => {
                members.iter_mut().for_each(|member| *member = to[*member as usize]);
                members.sort_unstable();
            }
        }
    }
}

/// A field that is compared, of one label or of all that have it.
struct Compared {
    label: String,
    name: String,
    reading: Reading,
}

/// The fields that are compared, for every label and for all together.
pub(super) struct ComparedFields<'a> {
    pub schema: &'a Schema,
    fields: Vec<Compared>,
    /// For each label by number its fields, and for which of `fields` each counts.
    of_label: Vec<Vec<(Path<'a>, [u16; 2])>>,
}

impl<'a> ComparedFields<'a> {
    /// For these labels.
    pub fn new(schema: &'a Schema, labels: &[&str]) -> Self {
        let of_labels: Vec<Vec<Path<'a>>> =
            labels.iter().map(|label| paths(schema.fields_of(label))).collect();
        let mut fields: Vec<Compared> = Vec::new();
        let place = |fields: &mut Vec<Compared>, label: &str, path: &Path<'_>| {
            let is_it = |known: &Compared| {
                known.label == label && known.name == path.name && known.reading == path.reading
            };
            let place = fields.iter().position(is_it).unwrap_or_else(|| {
                let (label, name) = (label.to_owned(), path.name.clone());
                fields.push(Compared { label, name, reading: path.reading });
                fields.len() - 1
            });
            place as u16
        };
        for path in of_labels.iter().flatten() {
            place(&mut fields, "*", path);
        }
        let of_label = labels
            .iter()
            .zip(of_labels)
            .map(|(label, paths)| {
                let numbered = paths.into_iter().map(|path| {
                    let both = [place(&mut fields, "*", &path), place(&mut fields, label, &path)];
                    (path, both)
                });
                numbered.collect()
            })
            .collect();
        Self { schema, fields, of_label }
    }

    /// What a span with the label of this number says in all its fields.
    pub fn read(
        &self,
        label: u16,
        span: &Span,
        set: &AnnotationSet,
        text: &CanonicalText,
        names: &mut Names,
    ) -> Vec<Answer> {
        let context = Context { schema: self.schema, set, text };
        let mut answers: Vec<Answer> = Vec::new();
        for (path, fields) in self.of_label.get(usize::from(label)).into_iter().flatten() {
            let fields = *fields;
            let Some(list) = path.list else {
                let key = names.number(String::new());
                let value = span.fields.get(&path.def.name);
                let said = match (path.reading, value) {
                    (Reading::Set, value) => {
                        let given = value.map(Value::each).unwrap_or_default();
                        let said = given.iter().filter_map(|v| context.said(&path.def.kind, v));
                        let mut members: Vec<u32> = said.map(|name| names.number(name)).collect();
                        members.sort_unstable();
                        members.dedup();
                        Some(Said::Set(members))
                    }
                    (_, None) => None,
                    (reading, Some(value)) => context.one(reading, path.def, value, names),
                };
                answers.extend(said.map(|said| Answer { fields, key, said }));
                continue;
            };
            let FieldKind::Record(defs) = &list.kind else { continue };
            let first = answers.len();
            for record in span.fields.get(&list.name).map(Value::each).unwrap_or_default() {
                let Some(record) = record.as_record() else { continue };
                let (Some(key), Some(value)) =
                    (record_key(defs, record, &context), record.get(&path.def.name))
                else {
                    continue;
                };
                let key = names.number(key);
                // Of two records with one key the first counts.
                if answers[first..].iter().all(|known| known.key != key) {
                    let said = context.one(path.reading, path.def, value, names);
                    answers.extend(said.map(|said| Answer { fields, key, said }));
                }
            }
        }
        answers
    }
}

impl Context<'_> {
    /// What a single value says.
    fn one(&self, reading: Reading, def: &FieldDef, value: &Value, names: &mut Names) -> Option<Said> {
        match reading {
            Reading::Category => self.said(&def.kind, value).map(|name| Said::Category(names.number(name))),
            Reading::Ordinal => {
                value.as_number().map(|number| Said::Number(number, names.number(number.to_string())))
            }
            Reading::Set => None,
        }
    }
}

/// What was collected of one field.
struct Collected {
    categories: Nominal<u32>,
    ordinal: Ordinal,
    sets: Sets,
}

/// Collects the fields of matched spans.
pub(super) struct FieldCollector<'a> {
    fields: &'a ComparedFields<'a>,
    collected: Vec<Collected>,
    used: Vec<Option<u32>>,
}

impl<'a> FieldCollector<'a> {
    /// For these fields.
    pub fn new(fields: &'a ComparedFields<'a>, annotators: usize) -> Self {
        let make = |_: &Compared| Collected {
            categories: Nominal::new(annotators),
            ordinal: Ordinal::default(),
            sets: Sets::default(),
        };
        Self { fields, collected: fields.fields.iter().map(make).collect(), used: vec![None; annotators] }
    }

    /// Adds one group of spans that are about the same thing: each annotator's place in the comparison, and what the span says.
    pub fn add<'s>(&mut self, members: impl Iterator<Item = (usize, &'s [Answer])>) {
        let mut units: Vec<(u16, u32, usize, &Said)> = Vec::new();
        for (annotator, answers) in members {
            for answer in answers {
                units.extend(answer.fields.map(|field| (field, answer.key, annotator, &answer.said)));
            }
        }
        units.sort_unstable_by_key(|(field, key, annotator, _)| (*field, *key, *annotator));
        for unit in units.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let field = usize::from(unit[0].0);
            let collected = &mut self.collected[field];
            if self.fields.fields[field].reading == Reading::Set {
                let given = unit.iter().filter_map(|(.., said)| match said {
                    Said::Set(members) => Some(members.as_slice()),
                    _ => None,
                });
                collected.sets.add(&given.collect::<Vec<_>>());
                continue;
            }
            self.used.fill(None);
            let mut numbers = Vec::new();
            for (_, _, annotator, said) in unit {
                let name = match said {
                    Said::Category(name) => *name,
                    Said::Number(number, name) => {
                        numbers.push(*number);
                        *name
                    }
                    Said::Set(_) => continue,
                };
                self.used[*annotator] = Some(collected.categories.category(name));
            }
            collected.ordinal.add(numbers);
            collected.categories.add(1.0, &self.used);
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
        for (collected, compared) in self.collected.into_iter().zip(&self.fields.fields) {
            let (label, field) = (compared.label.as_str(), compared.name.as_str());
            if compared.reading == Reading::Set {
                if metrics.contains(&Metric::AlphaMasi) {
                    tallies.push(collected.sets.tally(label, field));
                }
                continue;
            }
            let mut nominal = metrics.to_vec();
            if compared.reading == Reading::Ordinal {
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
                let mut sums = Columns::default();
                for given in units {
                    let weight = 1.0 / (given.len() as f64 - 1.0);
                    for (i, one) in given.iter().enumerate() {
                        for (j, other) in given.iter().enumerate() {
                            if i != j {
                                sums.add((place(one) * values + place(other)) as u32, weight);
                            }
                        }
                    }
                }
                sums.take()
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
