//! From the lines of an `.ann` file and its text to a set of annotations.

use std::collections::{HashMap, HashSet};

use super::super::rest::{About, Rest};
use super::super::{OffsetUnit, UnitConverter};
use super::ann::{Bound, Lines, Saying};
use super::names::{decoded, split_role};
use super::{DOCUMENT, NOTES, POSTIL, REFERENCES};
use crate::model::{
    AnnotationSet, FieldKind, Fields, Misquote, Parts, Relation, Schema, Span, SpanId, Status, Value,
};
use crate::text::{CanonicalText, Folding, TextRange};

/// What came of a document.
pub(super) struct Resolved {
    pub set: AnnotationSet,
    pub text: CanonicalText,
    pub about: Option<About>,
    /// Line (0 = the whole file), what is wrong, whether something was left out.
    pub faults: Vec<(usize, String, bool)>,
}

/// What is needed to understand a document.
pub(super) struct Context<'a> {
    pub article: &'a str,
    pub unit: Option<OffsetUnit>,
    /// The schema of the folder's configuration.
    pub own: &'a Schema,
    /// The project's schema.
    pub project: &'a Schema,
}

pub(super) fn resolve(lines: Lines, raw: &str, context: &Context) -> Resolved {
    let (text, folding) = CanonicalText::with_folding(raw);
    let about = lines.sayings.iter().find_map(|(_, saying)| match saying {
        Saying::Note { kind, target, text } if kind == POSTIL && target == DOCUMENT => About::from_json(text),
        _ => None,
    });
    let mut document = Document {
        context,
        set: AnnotationSet::new(context.article, ""),
        letters: about.as_ref().map(|about| if about.ids == "T" { ("T", "R") } else { ("s", "r") }),
        spans: Vec::new(),
        relations: Vec::new(),
        by_id: HashMap::new(),
        rests: HashMap::new(),
        faults: lines.faults,
        text: &text,
        chains: 0,
        repeated: 1,
    };
    document.set.fingerprint = text.fingerprint().to_owned();
    document.set.length = text.len();
    document.rests = lines.sayings.iter().filter_map(|(_, saying)| rest_of(saying)).collect();
    document.place_bounds(&lines.bounds, raw, &folding);
    document.events(&lines.sayings);
    for (line, saying) in &lines.sayings {
        document.saying(*line, saying);
    }
    let (mut set, faults) = document.finish();
    set.status = if set.is_empty() { Status::Untouched } else { Status::InProgress };
    if let Some(about) = &about {
        about.apply(&mut set);
    }
    Resolved { set, about, faults, text }
}

fn rest_of(saying: &Saying) -> Option<(String, Rest)> {
    match saying {
        Saying::Note { kind, target, text } if kind == POSTIL => {
            Some((target.clone(), Rest::from_json(text)?))
        }
        _ => None,
    }
}

/// What an id of the file leads to.
#[derive(Clone, Copy)]
enum Found {
    Span(usize),
    Relation(usize),
}

struct Document<'a> {
    context: &'a Context<'a>,
    set: AnnotationSet,
    /// If Postil wrote the file, what stands before the numbers in ids of spans and relations.
    letters: Option<(&'static str, &'static str)>,
    spans: Vec<Span>,
    relations: Vec<Relation>,
    by_id: HashMap<String, Found>,
    rests: HashMap<String, Rest>,
    faults: Vec<(usize, String, bool)>,
    text: &'a CanonicalText,
    /// Equivalences met so far.
    chains: usize,
    /// The number that the next repeated id gets.
    repeated: usize,
}

/// One way to understand the file's offsets.
struct Way<'a> {
    units: UnitConverter<'a>,
    unit: OffsetUnit,
    /// `None` if they count the canonical text, not the file.
    folding: Option<&'a Folding>,
}

impl Way<'_> {
    fn parts(&self, bound: &Bound) -> Option<Parts> {
        let place = |offset: u32| {
            let at = self.units.to_code_point(offset)?;
            Some(self.folding.map_or(at, |folding| folding.map(at)))
        };
        let range = |(start, end): &(u32, u32)| TextRange::new(place(*start)?, place(*end)?);
        Parts::as_given(bound.fragments.iter().map(range).collect::<Option<_>>()?)
    }
}

/// How many of the quotations stand at their places. Files whose quotations fit nowhere are not searched for long.
fn fitting(way: &Way, bounds: &[(usize, Bound)], text: &CanonicalText) -> usize {
    let fits = |bound: &Bound| way.parts(bound).is_some_and(|parts| quotes(&bound.text, &parts, text));
    bounds.iter().filter(|(_, bound)| fits(bound)).count()
}

/// Whether a quotation is what stands at its place: fragments joined by one space, or as older versions of brat did by nothing, line
/// breaks as spaces. What comes after it on the line is no part of it. An empty one says nothing and so nothing wrong.
fn quotes(quoted: &str, parts: &Parts, text: &CanonicalText) -> bool {
    let one_line = |surface: &str| surface.replace(['\n', '\r'], " ");
    let quoted = one_line(quoted.replace("\r\n", "\n").as_str());
    if quoted.is_empty() {
        return true;
    }
    let surfaces: Vec<&str> = parts.iter().map(|part| text.slice(*part).unwrap_or_default()).collect();
    let is_all = |said: &str| {
        let rest = quoted.strip_prefix(said);
        rest.is_some_and(|rest| {
            rest.is_empty() || (!said.is_empty() && rest.starts_with(char::is_whitespace))
        })
    };
    is_all(&one_line(&surfaces.join(" "))) || (surfaces.len() > 1 && is_all(&one_line(&surfaces.concat())))
}

impl Document<'_> {
    fn fault(&mut self, line: usize, what: impl Into<String>, left_out: bool) {
        self.faults.push((line, what.into(), left_out));
    }

    /// Finds out how the file counts: as brat does, unless another way makes more of the quotations right.
    fn place_bounds(&mut self, bounds: &[(usize, Bound)], raw: &str, folding: &Folding) {
        let text = self.text.clone();
        let way = |unit: OffsetUnit, of_file: bool| Way {
            units: UnitConverter::new(if of_file { raw } else { text.as_str() }, unit),
            unit,
            folding: of_file.then_some(folding),
        };
        let units: &[OffsetUnit] = match &self.context.unit {
            Some(unit) => std::slice::from_ref(unit),
            None => &[OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes],
        };
        let mut best = way(units[0], true);
        let mut right = fitting(&best, bounds, &text);
        if right < bounds.len() {
            for unit in units {
                for of_file in [true, false] {
                    let other = way(*unit, of_file);
                    let fits = fitting(&other, bounds, &text);
                    if fits > right {
                        (best, right) = (other, fits);
                    }
                }
            }
        }
        if self.context.unit.is_none() && best.unit != OffsetUnit::CodePoints {
            let what =
                format!("its offsets count {}, as the quoted texts show; they were read so", best.unit);
            self.fault(0, what, false);
        }
        if !bounds.is_empty() && folding.folded_line_ends() > 0 {
            let counted =
                if best.folding.is_some() { "count them as they stand" } else { "count them as one" };
            let what =
                format!("its text has line ends that are not LF; the offsets {counted} and were mapped");
            self.fault(0, what, false);
        }
        for (line, bound) in bounds {
            match best.parts(bound) {
                Some(parts) => self.bound(*line, bound, parts),
                None => {
                    let what = format!("`{}` is no place in the text, counted in {}", bound.id, best.unit);
                    self.fault(*line, what, true);
                }
            }
        }
    }

    fn bound(&mut self, line: usize, bound: &Bound, parts: Parts) {
        let rest = self.rests.get(&bound.id).cloned().unwrap_or_default();
        let fits = quotes(&bound.text, &parts, self.text);
        let parts = rest.given_parts().unwrap_or_else(|| self.joined_lines(parts));
        let label = rest.label.clone().unwrap_or_else(|| decoded(&bound.label));
        let mut id = self.span_id(&bound.id, &rest);
        if self.by_id.contains_key(&bound.id) {
            id = self.fresh(&bound.id).into();
            self.fault(line, format!("there are several `{}`; this one became `{id}`", bound.id), false);
        }
        let mut span = Span::new(id, label, parts);
        if let Some(said) = &rest.text {
            span.misquote = misquote(said);
        } else if !fits {
            span.misquote = misquote(&bound.text);
            let what = match span.parts.hull().end().get() > self.text.len() {
                true => format!("`{}` reaches past the end of the text; it was kept", bound.id),
                false => format!(
                    "`{}` says another text than stands at its place; it was kept with what it says",
                    bound.id
                ),
            };
            self.fault(line, what, false);
        } else if span.parts.covered() == 0 {
            self.fault(line, format!("`{}` covers nothing; it was kept", bound.id), false);
        }
        span.fields = rest.fields;
        span.note = rest.note;
        self.by_id.entry(bound.id.clone()).or_insert(Found::Span(self.spans.len()));
        self.spans.push(span);
    }

    /// brat cuts a span at each line break; such fragments are one part.
    fn joined_lines(&self, parts: Parts) -> Parts {
        let mut joined: Vec<TextRange> = Vec::with_capacity(parts.len());
        for part in parts.iter() {
            let gap = joined.last().and_then(|last| TextRange::new(last.end(), part.start()));
            let is_break = gap
                .and_then(|gap| self.text.slice(gap))
                .is_some_and(|gap| !gap.is_empty() && gap.bytes().all(|b| b == b'\n'));
            match joined.last_mut() {
                Some(last) if is_break => *last = last.hull(*part),
                _ => joined.push(*part),
            }
        }
        Parts::as_given(joined).unwrap_or(parts)
    }

    fn span_id(&self, id: &str, rest: &Rest) -> SpanId {
        match (&rest.id, self.letters) {
            (Some(id), _) => id.as_str().into(),
            (None, Some((letter, _))) => format!("{letter}{}", &id[1..]).into(),
            (None, None) => id.into(),
        }
    }

    /// An id for a line whose own id is taken: with a dot and a number, which no id of brat has.
    fn fresh(&mut self, id: &str) -> String {
        self.repeated += 1;
        format!("{id}.{}", self.repeated)
    }

    /// Binds events to their triggers. The second event of one trigger gets a span of its own.
    fn events(&mut self, sayings: &[(usize, Saying)]) {
        let mut triggers: HashSet<String> = HashSet::new();
        for (line, saying) in sayings {
            let Saying::Event { id, label, trigger, .. } = saying else { continue };
            let Some(Found::Span(at)) = self.by_id.get(trigger).copied() else {
                self.fault(*line, format!("the trigger `{trigger}` of `{id}` is not there"), true);
                continue;
            };
            if self.by_id.contains_key(id) {
                self.fault(*line, format!("there are several `{id}`; this one was left out"), true);
                continue;
            }
            let at = if triggers.insert(trigger.clone()) {
                at
            } else {
                let mut span = self.spans[at].clone();
                span.id = id.as_str().into();
                (span.fields, span.note) = (Fields::new(), String::new());
                self.spans.push(span);
                self.spans.len() - 1
            };
            if self.rests.get(trigger).is_none_or(|rest| rest.label.is_none()) {
                self.spans[at].label = decoded(label);
            }
            if let Some(rest) = self.rests.get(id).cloned() {
                self.take_rest(at, rest);
            }
            self.by_id.insert(id.clone(), Found::Span(at));
        }
    }

    fn take_rest(&mut self, at: usize, rest: Rest) {
        let surface_parts = rest.given_parts();
        let span = &mut self.spans[at];
        if let Some(id) = rest.id {
            span.id = id.into();
        }
        if let Some(parts) = surface_parts {
            span.parts = parts;
        }
        if let Some(label) = rest.label {
            span.label = label;
        }
        if let Some(said) = &rest.text {
            span.misquote = misquote(said);
        }
        span.fields = rest.fields;
        span.note = rest.note;
    }

    fn saying(&mut self, line: usize, saying: &Saying) {
        let done = match saying {
            Saying::Event { id, roles, .. } => self.roles(id, roles),
            Saying::Relation { id, label, roles } => self.relation(id, label, roles),
            Saying::Equivalence { label, members } => self.equivalence(label, members),
            Saying::Attribute { name, target, value } => self.attribute(name, target, value.as_deref()),
            Saying::Reference { target, database, entry, text } => {
                self.reference(target, database, entry, text)
            }
            Saying::Note { kind, target, text } => self.note(kind, target, text),
        };
        if let Err(what) = done {
            self.fault(line, what, true);
        }
    }

    fn span_at(&self, id: &str) -> Option<usize> {
        match self.by_id.get(id)? {
            Found::Span(at) => Some(*at),
            Found::Relation(_) => None,
        }
    }

    fn span_named(&self, id: &str) -> Result<SpanId, String> {
        let at = self.span_at(id).ok_or_else(|| format!("`{id}` is not there"))?;
        Ok(self.spans[at].id.clone())
    }

    /// What the schemas say a field of a span is.
    fn kind_of(&self, label: &str, field: &str) -> Option<(&FieldKind, bool)> {
        let of = |schema: &'_ Schema| schema.labels.iter().position(|l| l.name == label);
        let find =
            |schema: &'_ Schema, at: usize| schema.labels[at].fields.iter().position(|f| f.name == field);
        for schema in [self.context.own, self.context.project] {
            if let Some(at) = of(schema)
                && let Some(def) = find(schema, at)
            {
                let def = &schema.labels[at].fields[def];
                return Some((&def.kind, def.is_list()));
            }
        }
        None
    }

    fn roles(&mut self, event: &str, roles: &[(String, String)]) -> Result<(), String> {
        let Some(at) = self.span_at(event) else { return Ok(()) };
        let rest = self.rests.get(event);
        let lists: Vec<String> = rest.map(|rest| rest.lists.clone()).unwrap_or_default();
        let mut lost = Vec::new();
        let names: HashSet<&str> = roles.iter().map(|(role, _)| role.as_str()).collect();
        for (role, target) in roles {
            let Ok(target) = self.span_named(target) else {
                lost.push(format!("`{role}:{target}`"));
                continue;
            };
            let (base, number) = split_role(role);
            let is_repeated = number.is_some_and(|n| n > 1) && names.contains(base);
            let name = decoded(if is_repeated { base } else { role });
            if self.letters.is_some() && says_already(&self.spans[at].fields, base, &target) {
                continue;
            }
            let is_list = is_repeated
                || lists.contains(&name)
                || names.contains(format!("{role}2").as_str())
                || self.kind_of(&self.spans[at].label, &name).is_some_and(|(_, is_list)| is_list);
            add(&mut self.spans[at].fields, &name, Value::text(target.as_str()), is_list);
        }
        match lost.is_empty() {
            true => Ok(()),
            false => Err(format!("{} of `{event}` lead nowhere", lost.join(", "))),
        }
    }

    fn relation(&mut self, id: &str, label: &str, roles: &[(String, String); 2]) -> Result<(), String> {
        let end = |at: usize| {
            self.span_named(&roles[at].1).map_err(|what| format!("of `{id}` {what}; it was left out"))
        };
        // The first argument is the one called so, wherever it stands.
        let (from, to) = if roles[0].0 == "Arg2" && roles[1].0 == "Arg1" { (1, 0) } else { (0, 1) };
        let (from_end, to_end) = (end(from)?, end(to)?);
        let rest = self.rests.get(id).cloned().unwrap_or_default();
        let own_id = match (rest.id, self.letters) {
            (Some(id), _) => id,
            (None, Some((_, letter))) => format!("{letter}{}", &id[1..]),
            (None, None) => id.to_owned(),
        };
        let mut fields = rest.fields;
        for (role, plain) in [(&roles[from].0, "Arg1"), (&roles[to].0, "Arg2")] {
            if role != plain {
                fields.set(if plain == "Arg1" { FROM_ROLE } else { TO_ROLE }, Value::text(decoded(role)));
            }
        }
        let same = self.by_id.contains_key(id);
        self.by_id.entry(id.to_owned()).or_insert(Found::Relation(self.relations.len()));
        self.relations.push(Relation {
            id: if same { format!("{own_id}.{}", self.relations.len() + 1) } else { own_id }.into(),
            label: rest.label.unwrap_or_else(|| decoded(label)),
            from: from_end,
            to: to_end,
            fields,
        });
        Ok(())
    }

    /// A chain of relations whose ids say that it was one line.
    fn equivalence(&mut self, label: &str, members: &[String]) -> Result<(), String> {
        let spans: Vec<SpanId> = members.iter().map(|id| self.span_named(id)).collect::<Result<_, _>>()?;
        self.chains += 1;
        let number = self.chains;
        for (place, pair) in spans.windows(2).enumerate() {
            self.relations.push(Relation {
                id: format!("*{number}.{}", place + 1).into(),
                label: decoded(label),
                from: pair[0].clone(),
                to: pair[1].clone(),
                fields: Fields::new(),
            });
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, target: &str, value: Option<&str>) -> Result<(), String> {
        let found = self.by_id.get(target).copied();
        let found =
            found.ok_or_else(|| format!("the attribute `{name}` is of `{target}`, which is not there"))?;
        let name = decoded(name);
        let is_words = match found {
            // Postil writes as attributes only what reads the same without a schema.
            _ if self.letters.is_some() => false,
            Found::Span(at) => self.kind_of(&self.spans[at].label, &name).is_some_and(|(kind, _)| {
                matches!(kind, FieldKind::Choice(_) | FieldKind::Text | FieldKind::Date)
            }),
            Found::Relation(_) => false,
        };
        let value = match value {
            None => Value::Bool(true),
            Some(word) => match word.parse::<i64>() {
                Ok(number) if number.to_string() == word && !is_words => Value::Integer(number),
                _ => Value::text(word),
            },
        };
        let fields = match found {
            Found::Span(at) => &mut self.spans[at].fields,
            Found::Relation(at) => &mut self.relations[at].fields,
        };
        add(fields, &name, value, false);
        Ok(())
    }

    fn reference(&mut self, target: &str, database: &str, entry: &str, text: &str) -> Result<(), String> {
        let at = self.span_at(target);
        let at = at.ok_or_else(|| format!("a reference is of `{target}`, which is not there"))?;
        let fields = &mut self.spans[at].fields;
        if let Some(field) = register_field(database) {
            add(fields, &field, Value::text(entry), false);
            return Ok(());
        }
        let mut record: Fields =
            [("source", Value::text(database)), ("id", Value::text(entry))].into_iter().collect();
        if !text.is_empty() {
            record.set("text", Value::text(text));
        }
        add(fields, REFERENCES, Value::Record(record), true);
        Ok(())
    }

    fn note(&mut self, kind: &str, target: &str, text: &str) -> Result<(), String> {
        if kind == POSTIL && (target == DOCUMENT || Rest::from_json(text).is_some()) {
            return match target == DOCUMENT || self.by_id.contains_key(target) {
                true => Ok(()),
                false => Err(format!("a note is on `{target}`, which is not there")),
            };
        }
        let said = if kind == NOTES { text.to_owned() } else { format!("{kind}: {text}") };
        let found = self.by_id.get(target).copied();
        match found.ok_or_else(|| format!("a note is on `{target}`, which is not there"))? {
            Found::Span(at) => {
                let note = &mut self.spans[at].note;
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(&said);
            }
            Found::Relation(at) => add(&mut self.relations[at].fields, "note", Value::Text(said), false),
        }
        Ok(())
    }

    fn finish(self) -> (AnnotationSet, Vec<(usize, String, bool)>) {
        let Self { mut set, spans, relations, mut faults, .. } = self;
        for span in spans {
            set.insert(span);
        }
        for relation in relations {
            set.insert_relation(relation);
        }
        faults.sort_by_key(|(line, _, _)| *line);
        (set, faults)
    }
}

/// The fields of a relation that keep what its arguments are called, where that is not `Arg1` and `Arg2`.
pub(super) const FROM_ROLE: &str = "from_role";
/// The same for the second argument.
pub(super) const TO_ROLE: &str = "to_role";

/// The field that a reference to the project's register fills in: `entity`, or what stands after the dot.
fn register_field(database: &str) -> Option<String> {
    match database.strip_prefix("Register")? {
        "" => Some("entity".to_owned()),
        rest => Some(decoded(rest.strip_prefix('.')?)),
    }
}

/// Adds a value to a field: to its list if it is one or must become one.
fn add(fields: &mut Fields, name: &str, value: Value, is_list: bool) {
    let together = match (fields.remove(name), is_list) {
        (None, false) => value,
        (None, true) => Value::List(vec![value]),
        (Some(Value::List(mut items)), _) => {
            items.push(value);
            Value::List(items)
        }
        (Some(there), _) => Value::List(vec![there, value]),
    };
    fields.set(name, together);
}

/// Whether a link of a record (`holders-mention`) is in the fields already.
fn says_already(fields: &Fields, role: &str, target: &SpanId) -> bool {
    role.match_indices('-').any(|(at, _)| {
        let (list, inner) = (decoded(&role[..at]), decoded(&role[at + 1..]));
        fields.get(&list).is_some_and(|value| {
            value.each().iter().filter_map(Value::as_record).any(|record| {
                record.get(&inner).is_some_and(|value| {
                    value.each().iter().any(|link| link.as_text() == Some(target.as_str()))
                })
            })
        })
    })
}

fn misquote(said: &str) -> Option<Misquote> {
    Some(Misquote { text: said.to_owned(), before: String::new(), after: String::new() })
}
