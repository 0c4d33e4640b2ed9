//! Writing TEI.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write;

use super::super::rest::{About, FreshNames, folder_name, has_several_annotators, without_ending};
use super::super::{
    FormatError, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions, in_order,
};
use super::feature::{attribute, put_fields, put_text, word};
use super::{RECORD, REST, TEXT};
use crate::model::{Fields, Relation, Span, SpanId, Value};

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let several = has_several_annotators(records)?;
    let mut names = FreshNames::default();
    let made = |_, record: Record| {
        let mut stem = without_ending(&record.set.article, ".txt").to_owned();
        if several {
            stem = format!("{}/{stem}", folder_name(&record.set.annotator));
        }
        (stem, document(&record, options))
    };
    in_order(records, &made, &mut |(stem, text): (String, String)| {
        let path = format!("{}.xml", names.take(&stem));
        let failed = |cause| FormatError::Io { what: "could not write", file: path.clone(), cause };
        let mut file = out.create(&path).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.flush().map_err(failed)
    })
}

/// The whole of a file. Writing to a string never fails.
fn document(record: &Record, options: &WriteOptions) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = record.meta.language.as_deref().filter(|tag| is_language(tag));
    let language = language.map_or_else(String::new, |tag| format!(" xml:lang=\"{tag}\""));
    let _ = writeln!(out, "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"{language}>");
    header(&mut out, record);
    let _ = write!(out, "<text><body><div xml:id=\"{TEXT}\" xml:space=\"preserve\">");
    for (number, line) in record.text.as_str().split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        match line {
            "" => out.push_str("<p/>"),
            line => {
                out.push_str("<p>");
                put_text(&mut out, line);
                out.push_str("</p>");
            }
        }
    }
    out.push_str("</div></body></text>\n<standOff>\n");
    Standoff::of(record, options).put(&mut out);
    out.push_str("</standOff>\n</TEI>\n");
    out
}

fn is_language(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn header(out: &mut String, record: &Record) {
    let element = |out: &mut String, name: &str, text: &str| {
        let _ = write!(out, "<{name}>");
        put_text(out, text);
        let _ = writeln!(out, "</{name}>");
    };
    out.push_str("<teiHeader><fileDesc>\n<titleStmt>\n");
    element(out, "title", record.meta.title.as_deref().unwrap_or(&record.set.article));
    if let Some(author) = &record.meta.author {
        element(out, "author", author);
    }
    if !record.set.annotator.is_empty() {
        out.push_str("<respStmt><resp>annotation</resp>");
        element(out, "name", &record.set.annotator);
        out.push_str("</respStmt>\n");
    }
    out.push_str(
        "</titleStmt>\n<publicationStmt><p>Exported from Postil.</p></publicationStmt>\n<sourceDesc><bibl>\n",
    );
    element(out, "title", record.meta.title.as_deref().unwrap_or(&record.set.article));
    if let Some(source) = &record.meta.source {
        element(out, "publisher", source);
    }
    if let Some(date) = &record.meta.date {
        element(out, "date", date);
    }
    if let Some(url) = &record.meta.url {
        out.push_str("<idno type=\"URL\">");
        put_text(out, url);
        out.push_str("</idno>\n");
    }
    out.push_str("</bibl></sourceDesc>\n</fileDesc></teiHeader>\n");
}

/// What stands off from the text.
struct Standoff<'a> {
    record: &'a Record,
    units: UnitConverter<'a>,
    unit: OffsetUnit,
    /// `xml:id`s that are taken.
    taken: HashSet<String>,
}

impl<'a> Standoff<'a> {
    fn of(record: &'a Record, options: &WriteOptions) -> Self {
        let unit = options.unit.unwrap_or_default();
        let taken = HashSet::from([TEXT.to_owned()]);
        Self { record, units: UnitConverter::of(&record.text, unit), unit, taken }
    }

    fn put(mut self, out: &mut String) {
        let record = self.record;
        self.about(out);
        let mut ids: Vec<(&SpanId, String)> = Vec::new();
        if !record.set.is_empty() {
            let _ = writeln!(out, "<spanGrp type=\"spans\">");
            let mut structures = String::new();
            for span in record.set.spans() {
                let id = self.id(span.id.as_str(), "span");
                self.span(out, &mut structures, span, &id);
                ids.push((&span.id, id));
            }
            out.push_str("</spanGrp>\n");
            out.push_str(&structures);
        }
        let known: std::collections::HashMap<&SpanId, &String> =
            ids.iter().rev().map(|(id, own)| (*id, own)).collect();
        if record.set.relation_count() > 0 {
            let _ = writeln!(out, "<linkGrp type=\"relations\">");
            let mut structures = String::new();
            for relation in record.set.relations() {
                let ends = [&relation.from, &relation.to].map(|end| known.get(end).map(|id| id.as_str()));
                self.link(out, &mut structures, relation, ends);
            }
            out.push_str("</linkGrp>\n");
            out.push_str(&structures);
        }
    }

    /// What is to be said of the record as a whole.
    fn about(&self, out: &mut String) {
        let about = About::of(self.record);
        let mut all = Fields::new();
        all.set("article", Value::Text(about.article));
        all.set("annotator", Value::Text(about.annotator));
        all.set("status", Value::Text(about.status));
        if let Some(language) = about.language {
            all.set("language", Value::Text(language));
        }
        all.set("meta", Value::Record(about.meta));
        all.set("fields", Value::Record(about.fields));
        if self.unit != OffsetUnit::CodePoints {
            all.set("unit", Value::text(self.unit.name()));
        }
        let _ = write!(out, "<fs type=\"{RECORD}\">");
        put_fields(out, &all);
        out.push_str("</fs>\n");
    }

    /// An `xml:id`: the own id where XML takes it and nobody has it yet.
    fn id(&mut self, own: &str, kind: &str) -> String {
        let starts = own.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let fits = own.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if starts && fits && self.taken.insert(own.to_owned()) {
            return own.to_owned();
        }
        let free =
            (1u64..).map(|n| format!("{kind}.{n}")).find(|id| !self.taken.contains(id)).unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    fn span(&self, out: &mut String, structures: &mut String, span: &Span, id: &str) {
        let targets: Vec<String> = span
            .parts
            .iter()
            .map(|part| {
                let plain = (part.start().get(), part.end().get());
                let (start, end) = match self.unit {
                    OffsetUnit::CodePoints => plain,
                    _ => self.units.from_range(*part).unwrap_or(plain),
                };
                format!("#string-range({TEXT},{start},{})", end.saturating_sub(start))
            })
            .collect();
        let mut rest = Fields::new();
        if span.id.as_str() != id {
            rest.set("id", Value::text(span.id.as_str()));
        }
        if let Some(misquote) = &span.misquote {
            rest.set("text", Value::text(misquote.text.as_str()));
        }
        let label = attribute(&word(&span.label)).into_boxed_str();
        let _ = write!(out, "<span xml:id=\"{id}\" type=\"{label}\" target=\"{}\"", targets.join(" "));
        self.structure(out, structures, &label, id, &span.fields, rest);
        if span.note.is_empty() {
            out.push_str("/>\n");
        } else {
            out.push('>');
            put_text(out, &span.note);
            out.push_str("</span>\n");
        }
    }

    /// Points to a feature structure, if there is anything to be put into it.
    fn structure(
        &self,
        out: &mut String,
        structures: &mut String,
        label: &str,
        id: &str,
        fields: &Fields,
        rest: Fields,
    ) {
        if fields.is_empty() && rest.is_empty() {
            return;
        }
        let _ = write!(out, " ana=\"#{id}.fs\"");
        let _ = write!(structures, "<fs xml:id=\"{id}.fs\" type=\"{label}\">");
        put_fields(structures, fields);
        if !rest.is_empty() {
            // Its name has a dot where fields have letters; a field of this very name would only be taken for it.
            put_fields(structures, &[(REST, Value::Record(rest))].into_iter().collect());
        }
        structures.push_str("</fs>\n");
    }

    fn link(
        &mut self,
        out: &mut String,
        structures: &mut String,
        relation: &Relation,
        ends: [Option<&str>; 2],
    ) {
        let id = self.id(relation.id.as_str(), "link");
        let mut rest = Fields::new();
        if relation.id.as_str() != id {
            rest.set("id", Value::text(relation.id.as_str()));
        }
        for (name, end, own) in [("from", ends[0], &relation.from), ("to", ends[1], &relation.to)] {
            if end.is_none() {
                rest.set(name, Value::text(own.as_str()));
            }
        }
        let label = attribute(&word(&relation.label));
        let [from, to] = ends.map(|end| end.unwrap_or(TEXT));
        let _ = write!(out, "<link xml:id=\"{id}\" type=\"{label}\" target=\"#{from} #{to}\"");
        self.structure(out, structures, &label, &id, &relation.fields, rest);
        out.push_str("/>\n");
    }
}
