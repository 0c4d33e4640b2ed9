//! Writing folders of brat.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::super::rest::{About, FreshNames, Rest, folder_name, has_several_annotators, without_ending};
use super::super::{
    FormatError, LossReport, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions,
    in_order,
};
use super::conf_write::{Configuration, Used, is_event};
use super::names::{encoded, split_role};
use super::resolve::{FROM_ROLE, TO_ROLE};
use super::{DOCUMENT, NOTES, POSTIL, REFERENCES};
use crate::model::{
    AnnotationSet, FieldDef, FieldKind, Fields, Parts, Relation, Span, SpanId, Value, may_link_span,
};
use crate::text::{CanonicalText, TextRange};

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let set = &record.set;
    let (mut in_notes, mut refused) = (0, 0);
    for span in set.spans() {
        let carried = carried(&span.fields, options.schema.fields_of(&span.label), set);
        in_notes += carried.rest.len();
        let inside = span.parts.hull().end().get() <= record.text.len();
        refused += usize::from(!span.parts.is_tidy() || !inside || is_line_breaks(&span.parts, &record.text));
    }
    in_notes += set.relations().map(|relation| relation.fields.len()).sum::<usize>();
    let dangling = set.relations().filter(|relation| !has_ends(relation, set)).count();
    loss.add(
        in_notes,
        "value that brat has no place for",
        "values that brat has no place for",
        "written as JSON into notes, which Postil reads back and brat only shows",
    );
    loss.add(
        refused,
        "span that is empty, overlaps itself or leaves the text",
        "spans that are empty, overlap themselves or leave the text",
        "written, but brat refuses the line",
    );
    loss.add(
        dangling,
        "relation to a span that is not there",
        "relations to spans that are not there",
        "left out",
    );
    let shared: HashSet<&SpanId> = set.shared_ids().collect();
    let twice = set.spans().filter(|span| shared.contains(&span.id)).count().saturating_sub(shared.len());
    loss.add(twice, "span with an id that another has", "spans with an id that another has", "get fresh ids");
}

fn has_ends(relation: &Relation, set: &AnnotationSet) -> bool {
    set.get(&relation.from).is_some() && set.get(&relation.to).is_some()
}

fn is_line_breaks(parts: &Parts, text: &CanonicalText) -> bool {
    parts.iter().any(|part| text.slice(*part).is_some_and(|surface| surface.bytes().all(|b| b == b'\n')))
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let several = has_several_annotators(records)?;
    let mut seen = Configuration::of(options.schema);
    let mut names = FreshNames::default();
    let made = |_, record: Record| {
        let mut stem = without_ending(&record.set.article, ".txt").to_owned();
        if several {
            stem = format!("{}/{stem}", folder_name(&record.set.annotator));
        }
        let mut used = Used::default();
        let lines = Document::of(&record, options).lines(&mut used);
        (stem, record.text, lines, used)
    };
    in_order(records, &made, &mut |(stem, text, lines, used): (String, CanonicalText, String, Used)| {
        let stem = names.take(&stem);
        seen.take_in(&used);
        put(out, &format!("{stem}.txt"), text.as_str())?;
        put(out, &format!("{stem}.ann"), &lines)
    })?;
    put(out, "annotation.conf", &seen.annotation())?;
    put(out, "visual.conf", &seen.visual())?;
    let keys = seen.shortcuts();
    if !keys.is_empty() {
        put(out, "kb_shortcuts.conf", &keys)?;
    }
    Ok(())
}

fn put(out: &mut dyn TargetFiles, path: &str, text: &str) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: path.to_owned(), cause };
    let mut file = out.create(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.flush().map_err(failed)
}

/// A word that an attribute may have as its value.
pub(super) fn is_plain_word(word: &str) -> bool {
    !word.is_empty()
        && !word.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '|' | ',' | '\u{FEFF}'))
}

/// Fields as brat can say them.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Role and target; and whether the field is a list.
    roles: Vec<(String, SpanId, bool)>,
    /// Links inside records, which the notes say too.
    shown: Vec<(String, SpanId)>,
    attributes: Vec<(String, Option<String>)>,
    /// Database, entry, text.
    references: Vec<(String, String, String)>,
    rest: Fields,
}

fn carried(fields: &Fields, defs: &[FieldDef], set: &AnnotationSet) -> Carried {
    let mut carried = Carried::default();
    for (name, value) in fields.iter() {
        let def = defs.iter().find(|def| def.name == name);
        if !carried.takes(name, value, def.map(|def| &def.kind), set) {
            carried.rest.set(name, value.clone());
            if let Some(FieldKind::Record(inner)) = def.map(|def| &def.kind) {
                carried.show(name, value, inner, set);
            }
        }
    }
    carried
}

impl Carried {
    fn takes(&mut self, name: &str, value: &Value, kind: Option<&FieldKind>, set: &AnnotationSet) -> bool {
        let stored = encoded(name);
        if kind.is_some_and(may_link_span) && split_role(&stored).1.is_none() {
            let targets: Option<Vec<SpanId>> = value.each().iter().map(|link| target(link, set)).collect();
            if let Some(targets) = targets.filter(|targets| !targets.is_empty()) {
                let is_list = matches!(value, Value::List(_));
                self.roles.extend(targets.into_iter().map(|target| (stored.to_string(), target, is_list)));
                return true;
            }
        }
        if name == REFERENCES {
            return self.takes_references(value);
        }
        match (kind, value) {
            (Some(FieldKind::Entity(_)), Value::Text(id)) if is_plain_word(id) => {
                let database =
                    if name == "entity" { "Register".to_owned() } else { format!("Register.{stored}") };
                self.references.push((database, id.clone(), String::new()));
            }
            (_, Value::Bool(true)) => self.attributes.push((stored.into_owned(), None)),
            (_, Value::Integer(number)) => {
                self.attributes.push((stored.into_owned(), Some(number.to_string())));
            }
            (_, Value::Text(word)) if is_plain_word(word) && word.parse::<i64>().is_err() => {
                self.attributes.push((stored.into_owned(), Some(word.clone())));
            }
            _ => return false,
        }
        true
    }

    /// References as they were read from `N` lines.
    fn takes_references(&mut self, value: &Value) -> bool {
        let reference = |value: &Value| {
            let record = value.as_record()?;
            let (source, id) = (record.text("source")?, record.text("id")?);
            let text = record.text("text").unwrap_or_default();
            let members = if record.get("text").is_some() { 3 } else { 2 };
            let is_said = record.len() == members
                && (members == 2 || !text.is_empty())
                && is_plain_word(source)
                && is_plain_word(id)
                && !source.contains(':')
                && !source.starts_with("Register")
                && is_one_line(text);
            is_said.then(|| (source.to_owned(), id.to_owned(), text.to_owned()))
        };
        let Value::List(items) = value else { return false };
        let all: Option<Vec<_>> = items.iter().map(reference).collect();
        match all {
            Some(all) if !all.is_empty() => {
                self.references.extend(all);
                true
            }
            _ => false,
        }
    }

    /// Shows the links inside records as roles too, so that brat draws them.
    fn show(&mut self, name: &str, value: &Value, inner: &[FieldDef], set: &AnnotationSet) {
        for record in value.each().iter().filter_map(Value::as_record) {
            for def in inner.iter().filter(|def| may_link_span(&def.kind)) {
                let role = format!("{}-{}", encoded(name), encoded(&def.name));
                let links = record.get(&def.name).into_iter().flat_map(Value::each);
                if split_role(&role).1.is_none() {
                    self.shown.extend(links.filter_map(|link| Some((role.clone(), target(link, set)?))));
                }
            }
        }
    }
}

fn target(link: &Value, set: &AnnotationSet) -> Option<SpanId> {
    let id = SpanId::from(link.as_text()?);
    set.get(&id).map(|_| id)
}

/// A text that can stand at the end of a line and come back as it is.
fn is_one_line(text: &str) -> bool {
    text.trim() == text && !text.contains(['\n', '\r', '\t'])
}

/// One record on its way into an `.ann` file.
struct Document<'a> {
    record: &'a Record,
    options: &'a WriteOptions<'a>,
    units: UnitConverter<'a>,
    /// The letter before the numbers in ids that brat's numbers tell: `s`, or `T` for what came from brat.
    letter: char,
    spans: Vec<(u64, &'a Span, Carried)>,
    /// What a span is called by others: its event, else itself.
    names: HashMap<SpanId, String>,
    out: String,
    counts: HashMap<char, u64>,
}

/// `s7` and `s` → 7.
fn number_of(id: &str, letter: char) -> Option<u64> {
    let digits = id.strip_prefix(letter)?;
    let number = digits.parse().ok()?;
    (number < 1_000_000_000 && u64::to_string(&number) == digits).then_some(number)
}

impl<'a> Document<'a> {
    fn of(record: &'a Record, options: &'a WriteOptions<'a>) -> Self {
        let set = &record.set;
        let from_brat = set.spans().filter(|span| number_of(span.id.as_str(), 'T').is_some()).count();
        let letter = if from_brat * 2 > set.len() { 'T' } else { 's' };
        let mut taken: HashSet<u64> = HashSet::new();
        let numbers: Vec<Option<u64>> = set
            .spans()
            .map(|span| number_of(span.id.as_str(), letter).filter(|number| taken.insert(*number)))
            .collect();
        let mut free = (1u64..).filter(|number| !taken.contains(number));
        let mut spans = Vec::with_capacity(set.len());
        let mut names = HashMap::new();
        for (span, number) in set.spans().zip(numbers) {
            let number = number.or_else(|| free.next()).unwrap_or_default();
            let defs = options.schema.fields_of(&span.label);
            let carried = carried(&span.fields, defs, set);
            let is_event = is_event(defs) || !carried.roles.is_empty();
            let name = format!("{}{number}", if is_event { 'E' } else { 'T' });
            names.entry(span.id.clone()).or_insert(name);
            spans.push((number, &**span, carried));
        }
        Self {
            record,
            options,
            units: UnitConverter::of(&record.text, options.unit.unwrap_or_default()),
            letter,
            spans,
            names,
            out: String::new(),
            counts: HashMap::new(),
        }
    }

    fn lines(mut self, seen: &mut Used) -> String {
        let mut about = About::of(self.record);
        about.ids = if self.letter == 's' { String::new() } else { self.letter.to_string() };
        self.note(POSTIL, DOCUMENT, &about.to_json());
        for (number, span, carried) in std::mem::take(&mut self.spans) {
            self.span(number, span, carried, seen);
        }
        self.relations(seen);
        self.out
    }

    fn line(&mut self, line: std::fmt::Arguments) {
        use std::fmt::Write as _;
        let _ = self.out.write_fmt(line);
        self.out.push('\n');
    }

    fn next(&mut self, letter: char) -> u64 {
        let count = self.counts.entry(letter).or_default();
        *count += 1;
        *count
    }

    fn note(&mut self, kind: &str, target: &str, text: &str) {
        let number = self.next('#');
        self.line(format_args!("#{number}\t{kind} {target}\t{text}"));
    }

    fn span(&mut self, number: u64, span: &Span, carried: Carried, seen: &mut Used) {
        let label = encoded(&span.label).into_owned();
        let mut rest = Rest { fields: carried.rest, ..Rest::default() };
        let fragments = fragments(&span.parts, &self.record.text);
        if needs_parts(&span.parts, &self.record.text) {
            rest.set_parts(&span.parts);
        }
        let offsets: Vec<String> = fragments.iter().map(|fragment| self.offsets(*fragment)).collect();
        let surfaces: Vec<&str> =
            fragments.iter().map(|fragment| self.record.text.slice(*fragment).unwrap_or_default()).collect();
        let text = surfaces.join(" ").replace('\n', " ");
        self.line(format_args!("T{number}\t{label} {}\t{text}", offsets.join(";")));
        seen.saw_label(&span.label);

        let defs = self.options.schema.fields_of(&span.label);
        let is_event = is_event(defs) || !carried.roles.is_empty();
        let name = format!("{}{number}", if is_event { 'E' } else { 'T' });
        if is_event {
            self.event(number, &label, &carried.roles, &carried.shown);
        }
        for (role, _, is_list) in &carried.roles {
            seen.saw_role(&span.label, role, *is_list);
            if *is_list && !rest.lists.contains(&super::names::decoded(role)) {
                rest.lists.push(super::names::decoded(role));
            }
        }
        for (role, _) in &carried.shown {
            seen.saw_role(&span.label, role, true);
        }
        for (attribute, value) in carried.attributes {
            seen.saw_attribute(&span.label, &attribute, value.as_deref());
            let id = self.next('A');
            match value {
                Some(value) => self.line(format_args!("A{id}\t{attribute} {name} {value}")),
                None => self.line(format_args!("A{id}\t{attribute} {name}")),
            }
        }
        for (database, entry, text) in carried.references {
            let text = match database.starts_with("Register") {
                true => self
                    .options
                    .register
                    .get(&entry)
                    .map_or("", |entity| &entity.name)
                    .replace(['\t', '\n'], " "),
                false => text,
            };
            let id = self.next('N');
            self.line(format_args!("N{id}\tReference {name} {database}:{entry}\t{text}"));
        }
        if number_of(span.id.as_str(), self.letter) != Some(number) {
            rest.id = Some(span.id.as_str().to_owned());
            if self.names.get(&span.id) != Some(&name) {
                // Another span has this id; two with one id could not be told apart.
                rest.id = None;
            }
        }
        rest.text = span.misquote.as_ref().map(|misquote| misquote.text.clone());
        if !span.note.is_empty() {
            match is_one_line(&span.note) {
                true => self.note(NOTES, &name, &span.note),
                false => rest.note.clone_from(&span.note),
            }
        }
        if !rest.is_empty() {
            self.note(POSTIL, &name, &rest.to_json());
        }
    }

    fn event(
        &mut self,
        number: u64,
        label: &str,
        roles: &[(String, SpanId, bool)],
        shown: &[(String, SpanId)],
    ) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut line = format!("E{number}\t{label}:T{number}");
        let all = roles.iter().map(|(role, target, _)| (role, target));
        for (role, target) in all.chain(shown.iter().map(|(role, target)| (role, target))) {
            let Some(name) = self.names.get(target) else { continue };
            let count = counts.entry(role).or_default();
            *count += 1;
            line.push(' ');
            line.push_str(role);
            if *count > 1 {
                line.push_str(&count.to_string());
            }
            line.push(':');
            line.push_str(name);
        }
        self.line(format_args!("{line}"));
    }

    fn relations(&mut self, seen: &mut Used) {
        let record = self.record;
        let chains = chains(&record.set);
        let in_chains: HashSet<&str> = chains.iter().flatten().map(|relation| relation.id.as_str()).collect();
        for chain in &chains {
            let Some(first) = chain.first() else { continue };
            let members = std::iter::once(&first.from).chain(chain.iter().map(|relation| &relation.to));
            let names: Vec<&str> = members.filter_map(|id| self.names.get(id)).map(String::as_str).collect();
            let line = format!("*\t{} {}", encoded(&first.label), names.join(" "));
            self.line(format_args!("{line}"));
            seen.saw_relation(&first.label, ("Arg1", "Arg2"));
        }
        let letter = if self.letter == 'T' { 'R' } else { 'r' };
        let rest: Vec<&Relation> = record
            .set
            .relations()
            .map(|relation| &**relation)
            .filter(|relation| !in_chains.contains(relation.id.as_str()) && has_ends(relation, &record.set))
            .collect();
        let mut taken: HashSet<u64> = HashSet::new();
        let numbers: Vec<Option<u64>> = rest
            .iter()
            .map(|relation| number_of(relation.id.as_str(), letter).filter(|number| taken.insert(*number)))
            .collect();
        let mut free = (1u64..).filter(|number| !taken.contains(number));
        for (relation, number) in rest.into_iter().zip(numbers) {
            let derived = number.is_some();
            let number = number.or_else(|| free.next()).unwrap_or_default();
            self.relation(relation, number, derived, seen);
        }
    }

    fn relation(&mut self, relation: &Relation, number: u64, derived: bool, seen: &mut Used) {
        let (Some(from), Some(to)) = (self.names.get(&relation.from), self.names.get(&relation.to)) else {
            return;
        };
        let mut fields = relation.fields.clone();
        let (mut one, mut two) = ("Arg1".to_owned(), "Arg2".to_owned());
        let role = |name: &str| {
            let role = encoded(fields.text(name)?).into_owned();
            (role != "Arg1" && role != "Arg2").then_some(role)
        };
        match (role(FROM_ROLE), role(TO_ROLE)) {
            (Some(from), Some(to)) if from != to => (one, two) = (from, to),
            (Some(from), None) if fields.get(TO_ROLE).is_none() => one = from,
            (None, Some(to)) if fields.get(FROM_ROLE).is_none() => two = to,
            _ => {}
        }
        for (name, role, plain) in [(FROM_ROLE, &one, "Arg1"), (TO_ROLE, &two, "Arg2")] {
            if role != plain {
                fields.remove(name);
            }
        }
        let line = format!("R{number}\t{} {one}:{from} {two}:{to}\t", encoded(&relation.label));
        self.line(format_args!("{line}"));
        seen.saw_relation(&relation.label, (&one, &two));
        let name = format!("R{number}");
        if let Some(note) = fields.text("note").filter(|note| !note.is_empty() && is_one_line(note)) {
            let note = note.to_owned();
            self.note(NOTES, &name, &note);
            fields.remove("note");
        }
        let id = (!derived).then(|| relation.id.as_str().to_owned());
        let rest = Rest { id, fields, ..Rest::default() };
        if !rest.is_empty() {
            self.note(POSTIL, &name, &rest.to_json());
        }
    }

    fn offsets(&self, range: TextRange) -> String {
        let plain = (range.start().get(), range.end().get());
        let (start, end) = match self.options.unit {
            None | Some(OffsetUnit::CodePoints) => plain,
            Some(_) => self.units.from_range(range).unwrap_or(plain),
        };
        format!("{start} {end}")
    }
}

/// A span's parts cut at line breaks, which no quotation in an `.ann` file can hold.
fn fragments(parts: &Parts, text: &CanonicalText) -> Vec<TextRange> {
    let mut fragments = Vec::new();
    for part in parts.iter() {
        let before = fragments.len();
        if let Some(surface) = text.slice(*part) {
            let mut at = part.start().get();
            for line in surface.split('\n') {
                let end = at + line.chars().count() as u32;
                fragments.extend(TextRange::new(at, end).filter(|range| !range.is_empty()));
                at = end + 1;
            }
        }
        if fragments.len() == before {
            fragments.push(*part);
        }
    }
    fragments
}

/// Whether the parts cannot be told from the fragments: where cutting and joining at line breaks would change them.
fn needs_parts(parts: &Parts, text: &CanonicalText) -> bool {
    let breaks = |surface: &str| !surface.is_empty() && surface.bytes().all(|b| b == b'\n');
    let at_edge = |part: &TextRange| {
        text.slice(*part).is_none_or(|surface| surface.starts_with('\n') || surface.ends_with('\n'))
    };
    let joined = |pair: &[TextRange]| {
        TextRange::new(pair[0].end(), pair[1].start()).and_then(|gap| text.slice(gap)).is_none_or(breaks)
    };
    !parts.is_tidy() || parts.iter().any(at_edge) || parts.as_slice().windows(2).any(joined)
}

/// Relations that came from equivalence lines and still make the same ones: `*1.1`, `*1.2`, … each going on where the last ended.
fn chains(set: &AnnotationSet) -> Vec<Vec<&Relation>> {
    let mut chains = Vec::new();
    for number in 1.. {
        let mut chain: Vec<&Relation> = Vec::new();
        while let Some(next) = set.relation(&format!("*{number}.{}", chain.len() + 1).into()) {
            let goes_on = chain.last().is_none_or(|last| last.to == next.from && last.label == next.label);
            if !goes_on || !next.fields.is_empty() || !has_ends(next, set) {
                return chains;
            }
            chain.push(next);
        }
        if chain.is_empty() {
            return chains;
        }
        chains.push(chain);
    }
    chains
}
