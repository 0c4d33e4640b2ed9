//! Writing a project and a codebook.
//!
//! The schema wants users, codes, variables and cases before the sources, which need them. So the records are gone through twice: first
//! for what occurs, the texts going into the archive meanwhile; then for the sources, one at a time. Only notes, links, and which
//! selections are whose cases are held to the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use zip::write::SimpleFileOptions;

use super::super::placing::Offsets;
use super::super::rest::{About, Rest, json_for_xml};
use super::super::xml::{attribute, content, count_forbidden};
use super::super::{
    FormatError, OffsetUnit, Record, RecordSource, TargetFiles, WriteOptions, in_order, meta_entries,
};
use super::{Described, Guid, codes};
use crate::model::{AnnotationSet, FieldKind, Relation, Value, leaves};

/// What occurs in the records.
#[derive(Default)]
pub(super) struct Seen {
    users: BTreeSet<String>,
    labels: BTreeSet<String>,
    /// The variables of sources, each with the kind that all its values are of.
    variables: BTreeMap<String, &'static str>,
    /// The selections about each entity.
    cases: BTreeMap<String, Vec<Guid>>,
}

fn failed(file: &str) -> impl Fn(std::io::Error) -> FormatError + '_ {
    move |cause| FormatError::Io { what: "could not write", file: file.to_owned(), cause }
}

/// Writes a project; gives back what occurs in it.
pub(super) fn project(
    records: &dyn RecordSource,
    options: &WriteOptions,
    file: &str,
    out: &mut dyn TargetFiles,
) -> Result<Seen, FormatError> {
    let name = if file.is_empty() { "the project" } else { file };
    let failed = failed(name);
    let zipped = |error: zip::result::ZipError| failed(std::io::Error::other(error));
    let stream = BufWriter::with_capacity(1 << 16, out.create(file).map_err(&failed)?);
    let mut archive = zip::ZipWriter::new_stream(stream);
    // Packing harder takes half of an export's time and spares a twentieth of the file.
    let how = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(2));

    let mut seen = Seen::default();
    let mut article: Option<String> = None;
    records.for_each(&mut |record| {
        if article.as_ref() != Some(&record.set.article) {
            let name = format!("sources/{}.txt", Guid::new("source", &record.set.article));
            archive.start_file(name, how).map_err(zipped)?;
            // Readers cut one byte order mark; a text that begins with that very sign needs one more.
            if record.text.as_str().starts_with('\u{FEFF}') {
                archive.write_all("\u{FEFF}".as_bytes()).map_err(&failed)?;
            }
            archive.write_all(record.text.as_str().as_bytes()).map_err(&failed)?;
            article = Some(record.set.article.clone());
        }
        seen.take(&record, options);
        Ok(())
    })?;

    archive.start_file("project.qde", how).map_err(zipped)?;
    archive.write_all(seen.head(options).as_bytes()).map_err(&failed)?;
    let (mut notes, mut links) = (String::new(), String::new());
    let mut open: Option<Source> = None;
    let mut is_first = true;
    let mut close = |source: Source, archive: &mut dyn Write| {
        let begin = if std::mem::take(&mut is_first) { "<Sources>\n" } else { "" };
        archive.write_all(begin.as_bytes()).and_then(|()| archive.write_all(source.closed().as_bytes()))
    };
    let made = |_, record: Record| {
        let mut source = Source::begin(&record);
        let (mut notes, mut links) = (String::new(), String::new());
        source.add(&record, &seen, options, &mut notes, &mut links);
        (source, notes, links)
    };
    in_order(records, &made, &mut |(part, its_notes, its_links): (Source, String, String)| {
        notes.push_str(&its_notes);
        links.push_str(&its_links);
        match &mut open {
            Some(source) if source.article == part.article => source.join(part),
            open => {
                if let Some(source) = open.replace(part) {
                    close(source, &mut archive).map_err(&failed)?;
                }
            }
        }
        Ok(())
    })?;
    if let Some(source) = open.take() {
        close(source, &mut archive).map_err(&failed)?;
        archive.write_all(b"</Sources>\n").map_err(&failed)?;
    }
    for (name, inside) in [("Notes", &notes), ("Links", &links)] {
        if !inside.is_empty() {
            writeln!(archive, "<{name}>\n{inside}</{name}>").map_err(&failed)?;
        }
    }
    archive.write_all(b"</Project>\n").map_err(&failed)?;
    let mut stream = archive.finish().map_err(zipped)?.into_inner();
    stream.flush().map_err(&failed)?;
    Ok(seen)
}

/// Writes the codebook alone, if there is any code.
pub(super) fn codebook(
    seen: &Seen,
    options: &WriteOptions,
    file: &str,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let codes = codes::codes(&seen.labels, options);
    if codes.is_empty() {
        return Ok(());
    }
    let failed = failed(file);
    let mut stream = out.create(file).map_err(&failed)?;
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Postil\">";
    writeln!(stream, "{head}\n{codes}</CodeBook>").map_err(&failed)?;
    stream.flush().map_err(&failed)
}

impl Seen {
    fn take(&mut self, record: &Record, options: &WriteOptions) {
        let set = &record.set;
        self.users.insert(set.annotator.clone());
        for (name, value) in variables_of(record) {
            let kind = kind_of(&value);
            let known = self.variables.entry(name).or_insert(kind);
            if *known != kind {
                *known = "Text";
            }
        }
        let guids = selections(set);
        for (span, guid) in set.spans().zip(guids) {
            if !self.labels.contains(&span.label) {
                self.labels.insert(span.label.clone());
            }
            for leaf in leaves(options.schema.fields_of(&span.label), &span.fields) {
                let Some(id) = leaf.value.as_text() else { continue };
                let is_entity = match &leaf.def.kind {
                    FieldKind::Entity(_) => true,
                    kind => may_be_entity(kind) && options.register.get(id).is_some(),
                };
                if is_entity {
                    let case = self.cases.entry(id.to_owned()).or_default();
                    if case.last() != Some(&guid) {
                        case.push(guid);
                    }
                }
            }
        }
    }

    /// The project up to its sources.
    fn head(&self, options: &WriteOptions) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let name = if options.project.is_empty() { "Postil" } else { options.project };
        let _ = writeln!(
            xml,
            "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Postil\">",
            attribute(name)
        );
        if !self.users.is_empty() {
            xml.push_str("<Users>\n");
            for user in &self.users {
                let guid = Guid::new("user", user);
                let _ = writeln!(xml, "<User guid=\"{guid}\" name=\"{}\"/>", attribute(user));
            }
            xml.push_str("</Users>\n");
        }
        let codes = codes::codes(&self.labels, options);
        if !codes.is_empty() {
            let _ = writeln!(xml, "<CodeBook>\n{codes}</CodeBook>");
        }
        let of_cases: &[&str] = if self.cases.is_empty() { &[] } else { &["kind", "wikidata"] };
        if !self.variables.is_empty() || !of_cases.is_empty() {
            xml.push_str("<Variables>\n");
            let mut declare = |guid: Guid, name: &str, kind: &str| {
                let name = attribute(name);
                let _ =
                    writeln!(xml, "<Variable guid=\"{guid}\" name=\"{name}\" typeOfVariable=\"{kind}\"/>");
            };
            for (name, kind) in &self.variables {
                declare(Guid::new("variable", name), name, kind);
            }
            for name in of_cases {
                declare(Guid::new("variable of cases", name), name, "Text");
            }
            xml.push_str("</Variables>\n");
        }
        if !self.cases.is_empty() {
            xml.push_str("<Cases>\n");
            for (id, selections) in &self.cases {
                self.case(id, selections, options, &mut xml);
            }
            xml.push_str("</Cases>\n");
        }
        xml
    }

    fn case(&self, id: &str, selections: &[Guid], options: &WriteOptions, xml: &mut String) {
        let entity = options.register.get(id);
        let name = entity.map_or(id, |entity| entity.name.as_str());
        let _ = writeln!(xml, "<Case guid=\"{}\" name=\"{}\">", Guid::new("entity", id), attribute(name));
        let _ = writeln!(xml, "<Description>{}</Description>", content(id));
        let kind = entity.map_or("", |entity| entity.kind.as_str());
        let wikidata = entity.and_then(|entity| entity.wikidata.as_deref()).unwrap_or_default();
        for (variable, said) in [("kind", kind), ("wikidata", wikidata)] {
            if !said.is_empty() {
                let guid = Guid::new("variable of cases", variable);
                value(xml, guid, "Text", &Value::text(said));
            }
        }
        for selection in selections {
            let _ = writeln!(xml, "<SelectionRef targetGUID=\"{selection}\"/>");
        }
        xml.push_str("</Case>\n");
    }
}

fn may_be_entity(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Entity(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(may_be_entity),
        _ => false,
    }
}

/// What is known of an article, as variables of its source. What an annotator said of the whole article is one only of their own.
fn variables_of(record: &Record) -> Vec<(String, Value)> {
    let mut variables: Vec<(String, Value)> = meta_entries(&record.meta)
        .into_iter()
        .chain(record.meta.language.as_deref().map(|language| ("language", language)))
        .map(|(name, said)| (name.to_owned(), Value::text(said)))
        .collect();
    for (name, value) in record.set.fields.iter() {
        if !matches!(value, Value::List(_) | Value::Record(_)) {
            variables.push((format!("{}: {name}", record.set.annotator), value.clone()));
        }
    }
    variables
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "Boolean",
        Value::Integer(_) => "Integer",
        Value::Number(_) => "Float",
        Value::Text(text) if is_day(text) => "Date",
        _ => "Text",
    }
}

/// Whether a text is `2026-01-21`.
fn is_day(text: &str) -> bool {
    let digits = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && digits(0, 4).is_some_and(|year| year > 0)
        && digits(5, 7).is_some_and(|month| (1..=12).contains(&month))
        && digits(8, 10).is_some_and(|day| (1..=28).contains(&day) || is_long_month(text, day))
}

fn is_long_month(text: &str, day: u32) -> bool {
    match text.get(5..7) {
        Some("02") => false,
        Some("04" | "06" | "09" | "11") => day <= 30,
        _ => (1..=31).contains(&day),
    }
}

fn value(xml: &mut String, variable: Guid, kind: &str, value: &Value) {
    let said = match value {
        Value::Bool(yes) => yes.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        other => other.as_text().unwrap_or_default().to_owned(),
    };
    let _ = writeln!(
        xml,
        "<VariableValue><VariableRef targetGUID=\"{variable}\"/><{kind}Value>{}</{kind}Value></VariableValue>",
        content(&said)
    );
}

/// The identifiers of a set's selections, in the order of its spans; none twice, even if spans share an id.
fn selections(set: &AnnotationSet) -> Vec<Guid> {
    let mut used = BTreeSet::new();
    let named = |id: &str| named(set, id);
    set.spans()
        .map(|span| {
            let mut guid = named(span.id.as_str());
            let mut again = 2;
            while !used.insert(guid) {
                guid = named(&format!("{}\n{again}", span.id));
                again += 1;
            }
            guid
        })
        .collect()
}

fn named(set: &AnnotationSet, id: &str) -> Guid {
    Guid::new("selection", &format!("{}\n{}\n{id}", set.article, set.annotator))
}

/// A source in the making.
struct Source {
    article: String,
    described: Vec<Described>,
    selections: String,
    /// The values of the variables that are written already.
    variables: BTreeMap<String, String>,
}

impl Source {
    fn begin(record: &Record) -> Self {
        Self {
            article: record.set.article.clone(),
            described: Vec::new(),
            selections: String::new(),
            variables: BTreeMap::new(),
        }
    }

    fn add(
        &mut self,
        record: &Record,
        seen: &Seen,
        options: &WriteOptions,
        notes: &mut String,
        links: &mut String,
    ) {
        let set = &record.set;
        let offsets = Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::Utf16));
        let user = Guid::new("user", &set.annotator);
        for (span, id) in set.spans().zip(selections(set)) {
            let defs = options.schema.fields_of(&span.label);
            let mut rest = Rest {
                id: Some(span.id.as_str().to_owned()),
                fields: offsets.fields(defs, &span.fields),
                text: span.misquote.as_ref().map(|misquote| misquote.text.clone()),
                ..Rest::default()
            };
            if count_forbidden(&span.label) > 0 {
                rest.label = Some(span.label.clone());
            }
            let mut note_ref = String::new();
            if !span.note.is_empty() {
                let note = Guid::new("note", &id.to_string());
                note_ref = format!("<NoteRef targetGUID=\"{note}\"/>");
                let _ = writeln!(
                    notes,
                    "<Note guid=\"{note}\" name=\"{}\" creatingUser=\"{user}\"><PlainTextContent>{}</PlainTextContent></Note>",
                    attribute(&beginning(&span.note, 60)),
                    content(&span.note)
                );
                // What XML cannot hold.
                if count_forbidden(&span.note) > 0 {
                    rest.note = span.note.clone();
                }
            }
            if span.parts.len() > 1 {
                rest.parts = span.parts.iter().map(|part| offsets.range(*part)).collect();
            }
            let (start, end) = offsets.range(span.parts.hull());
            let _ = write!(
                self.selections,
                "<PlainTextSelection guid=\"{id}\" name=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\" creatingUser=\"{user}\"><Description>{}</Description>",
                attribute(&beginning(&span.surface(&record.text), 80)),
                content(&rest.to_json()),
            );
            let mut codes = vec![codes::of_label(&span.label)];
            codes.extend(codes::besides(&span.label, defs, &span.fields, options.codebook));
            for code in codes {
                let coding = Guid::new("coding", &format!("{id}\n{code}"));
                let _ = write!(
                    self.selections,
                    "<Coding guid=\"{coding}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>"
                );
            }
            let _ = writeln!(self.selections, "{note_ref}</PlainTextSelection>");
        }
        let mut relations: Vec<Relation> = Vec::new();
        for relation in set.relations() {
            let mut relation = Relation::clone(relation);
            let defs = options.schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
            relation.fields = offsets.fields(defs, &relation.fields);
            let id = format!("{}\n{}\n{}\n{}", set.article, set.annotator, relation.id, relations.len());
            let _ = writeln!(
                links,
                "<Link guid=\"{}\" name=\"{}\" direction=\"OneWay\" originGUID=\"{}\" targetGUID=\"{}\"/>",
                Guid::new("link", &id),
                attribute(&relation.label),
                named(set, relation.from.as_str()),
                named(set, relation.to.as_str())
            );
            relations.push(relation);
        }
        for (name, said) in variables_of(record) {
            let Some(kind) = seen.variables.get(&name) else { continue };
            let mut xml = String::new();
            value(&mut xml, Guid::new("variable", &name), kind, &said);
            self.variables.insert(name, xml);
        }
        let mut about = About::of(record);
        about.fields = offsets.fields(&options.schema.article_fields, &about.fields);
        self.described.push(Described { about, relations });
    }

    /// Takes in what another annotator says of the same article.
    fn join(&mut self, part: Self) {
        self.described.extend(part.described);
        self.selections.push_str(&part.selections);
        self.variables.extend(part.variables);
    }

    fn closed(self) -> String {
        let id = Guid::new("source", &self.article);
        let variables: String = self.variables.into_values().collect();
        format!(
            "<TextSource guid=\"{id}\" name=\"{}\" plainTextPath=\"internal://{id}.txt\"><Description>{}</Description>\n{}{variables}</TextSource>\n",
            attribute(&self.article),
            content(&json_for_xml(&self.described)),
            self.selections
        )
    }
}

/// The first signs of a text.
fn beginning(text: &str, signs: usize) -> String {
    text.chars().take(signs).collect()
}
