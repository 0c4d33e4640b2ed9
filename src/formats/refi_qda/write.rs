//! Writing a project.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::super::placing::Offsets;
use super::super::rest::{About, Rest};
use super::super::xml::{attribute, content};
use super::super::{FormatError, OffsetUnit, Record, RecordSource, TargetFiles, WriteOptions};
use super::{Described, guid};
use crate::model::Relation;

/// A source in the making.
#[derive(Default)]
struct Source {
    article: String,
    described: Vec<Described>,
    selections: String,
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |cause: std::io::Error| FormatError::Io {
        what: "could not write",
        file: "the project".to_owned(),
        cause,
    };
    let zipped = |error: zip::result::ZipError| failed(std::io::Error::other(error));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let how = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let (mut users, mut codes) = (BTreeSet::new(), BTreeMap::new());
    for label in &options.schema.labels {
        codes.insert(label.name.clone(), label.help.get("en").unwrap_or_default().to_owned());
    }
    let (mut sources, mut links) = (String::new(), String::new());
    let mut open: Option<Source> = None;
    records.for_each(&mut |record| {
        users.insert(record.set.annotator.clone());
        if open.as_ref().is_none_or(|source| source.article != record.set.article) {
            if let Some(source) = open.take() {
                source.close(&mut sources);
            }
            let name = format!("sources/{}.txt", guid("source", &record.set.article));
            archive.start_file(name, how).map_err(zipped)?;
            archive.write_all(record.text.as_str().as_bytes()).map_err(failed)?;
            open = Some(Source { article: record.set.article.clone(), ..Source::default() });
        }
        if let Some(source) = &mut open {
            source.add(&record, options, &mut links);
        }
        for span in record.set.spans() {
            codes.entry(span.label.clone()).or_default();
        }
        Ok(())
    })?;
    if let Some(source) = open.take() {
        source.close(&mut sources);
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Postil\">",
        attribute(if options.project.is_empty() { "Postil" } else { options.project })
    );
    if !users.is_empty() {
        xml.push_str("<Users>\n");
        for user in &users {
            let _ = writeln!(xml, "<User guid=\"{}\" name=\"{}\"/>", guid("user", user), attribute(user));
        }
        xml.push_str("</Users>\n");
    }
    if !codes.is_empty() {
        xml.push_str("<CodeBook><Codes>\n");
        for (label, help) in &codes {
            let _ = writeln!(
                xml,
                "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\"><Description>{}</Description></Code>",
                guid("code", label),
                attribute(label),
                content(help)
            );
        }
        xml.push_str("</Codes></CodeBook>\n");
    }
    for (name, inside) in [("Sources", &sources), ("Links", &links)] {
        if !inside.is_empty() {
            let _ = writeln!(xml, "<{name}>\n{inside}</{name}>");
        }
    }
    xml.push_str("</Project>\n");
    archive.start_file("project.qde", how).map_err(zipped)?;
    archive.write_all(xml.as_bytes()).map_err(failed)?;
    let bytes = archive.finish().map_err(zipped)?.into_inner();
    let mut file = out.create("").map_err(failed)?;
    file.write_all(&bytes).map_err(failed)?;
    file.flush().map_err(failed)
}

impl Source {
    fn add(&mut self, record: &Record, options: &WriteOptions, links: &mut String) {
        let set = &record.set;
        let offsets = Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::Utf16));
        let user = guid("user", &set.annotator);
        let named = |id: &str| guid("selection", &format!("{}\n{}\n{id}", set.article, set.annotator));
        let mut used = BTreeSet::new();
        for span in set.spans() {
            let mut id = named(span.id.as_str());
            let mut again = 2;
            while !used.insert(id.clone()) {
                id = named(&format!("{}\n{again}", span.id));
                again += 1;
            }
            let mut rest = Rest {
                id: Some(span.id.as_str().to_owned()),
                note: span.note.clone(),
                fields: offsets.fields(options.schema.fields_of(&span.label), &span.fields),
                text: span.misquote.as_ref().map(|misquote| misquote.text.clone()),
                ..Rest::default()
            };
            if span.parts.len() > 1 {
                rest.parts = span.parts.iter().map(|part| offsets.range(*part)).collect();
            }
            let (start, end) = offsets.range(span.parts.hull());
            let name: String = span.surface(&record.text).chars().take(80).collect();
            let _ = writeln!(
                self.selections,
                "<PlainTextSelection guid=\"{id}\" name=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\" creatingUser=\"{user}\"><Description>{}</Description><Coding guid=\"{}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{}\"/></Coding></PlainTextSelection>",
                attribute(&name),
                content(&rest.to_json()),
                guid("coding", &id),
                guid("code", &span.label)
            );
        }
        let mut relations: Vec<Relation> = Vec::new();
        for relation in set.relations() {
            let mut relation = Relation::clone(relation);
            let defs = options.schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
            relation.fields = offsets.fields(defs, &relation.fields);
            let _ = writeln!(
                links,
                "<Link guid=\"{}\" name=\"{}\" direction=\"OneWay\" originGUID=\"{}\" targetGUID=\"{}\"/>",
                guid(
                    "link",
                    &format!("{}\n{}\n{}\n{}", set.article, set.annotator, relation.id, relations.len())
                ),
                attribute(&relation.label),
                named(relation.from.as_str()),
                named(relation.to.as_str())
            );
            relations.push(relation);
        }
        let mut about = About::of(record);
        about.fields = offsets.fields(&options.schema.article_fields, &about.fields);
        self.described.push(Described { about, relations });
    }

    fn close(self, sources: &mut String) {
        let id = guid("source", &self.article);
        let described = serde_json::to_string(&self.described).unwrap_or_default();
        let _ = writeln!(
            sources,
            "<TextSource guid=\"{id}\" name=\"{}\" plainTextPath=\"internal://{id}.txt\"><Description>{}</Description>\n{}</TextSource>",
            attribute(&self.article),
            content(&described),
            self.selections
        );
    }
}
