//! Reading `jsonl`.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::super::draft::FreshIds;
use super::super::json_value::fields_from;
use super::super::stretches::map_stretches;
use super::super::{FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, UnitConverter};
use super::line::RawLine;
use super::span::RawSpan;
use crate::model::{AnnotationSet, ArticleMeta, FieldDef, Fields, Misquote, Parts, Relation, Span, Status};
use crate::text::{CanonicalText, Folding, TextRange};

/// A file of which so many first lines are no JSON is something else.
const HOPELESS: usize = 50;

/// A line longer than this (bytes) is not read into memory.
const LONGEST_LINE: u64 = 1 << 30;

/// How many lines are understood at once, at most.
const TOGETHER: usize = 64;

/// How many bytes they have together, about, at most.
const BYTES_TOGETHER: usize = 1 << 20;

/// How many faults of one line are told one by one.
const TOLD: usize = 5;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    // In a folder, other files may lie beside (a data card, a log); a file that was named is read whatever its ending.
    let wanted = |file: &&String| files.len() == 1 || file.ends_with(".jsonl") || file.ends_with(".ndjson");
    for file in files.iter().filter(wanted) {
        if read_file(source, file, options, sink)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn read_file(
    source: &dyn SourceFiles,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut reader = source.open(file).map_err(failed)?;
    let mut unknown = BTreeMap::new();
    let (mut bytes, mut number, mut good) = (Vec::new(), 0usize, 0usize);
    // The number of each line, and where it begins and ends.
    let mut lines: Vec<(usize, Range<usize>)> = Vec::new();
    let mut flow = ControlFlow::Continue(());
    'file: loop {
        bytes.clear();
        lines.clear();
        let mut failure = None;
        while lines.len() < TOGETHER && bytes.len() < BYTES_TOGETHER {
            let mut begins = bytes.len();
            match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => number += 1,
                // What was read before it counts.
                Err(cause) => {
                    bytes.truncate(begins);
                    failure = Some(failed(cause));
                    break;
                }
            }
            if number == 1 && bytes.starts_with("\u{FEFF}".as_bytes()) {
                begins += 3;
            }
            if !bytes[begins..].iter().all(u8::is_ascii_whitespace) {
                lines.push((number, begins..bytes.len()));
            }
        }
        if bytes.is_empty() {
            match failure {
                Some(failure) => return Err(failure),
                None => break,
            }
        }
        let understood = |(number, place): &(usize, Range<usize>)| {
            let mut reading = Reading {
                place: format!("{file}: line {number}"),
                options,
                remarks: Vec::new(),
                unknown: BTreeMap::new(),
            };
            let read = reading.line(&bytes[place.clone()]);
            (reading, read)
        };
        let all: Vec<(Reading, Result<Record, String>)> = lines.par_iter().map(understood).collect();
        for ((number, _), (reading, read)) in lines.iter().zip(all) {
            let place = reading.place;
            reading.remarks.into_iter().for_each(|remark| sink.remark(remark));
            for (key, count) in reading.unknown {
                *unknown.entry(key).or_insert(0usize) += count;
            }
            match read {
                Ok(record) => {
                    good += 1;
                    flow = sink.record(record);
                    if flow.is_break() {
                        break 'file;
                    }
                }
                Err(what) if good == 0 && *number >= HOPELESS => {
                    return Err(FormatError::NotThisFormat {
                        file: file.to_owned(),
                        format: "jsonl",
                        why: format!("none of its first {HOPELESS} lines can be read; the last one: {what}"),
                    });
                }
                Err(what) => {
                    let what = format!("{what}; the line was left out");
                    sink.remark(Remark { place, what, left_out: true });
                }
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
    }
    for (key, count) in unknown {
        sink.remark(Remark {
            place: file.to_owned(),
            what: format!("{key} (met {count}×) means nothing in this format and was left out"),
            left_out: true,
        });
    }
    Ok(flow)
}

/// The reading of one line.
struct Reading<'a> {
    place: String,
    options: &'a ReadOptions<'a>,
    remarks: Vec<Remark>,
    unknown: BTreeMap<String, usize>,
}

impl Reading<'_> {
    fn remark(&mut self, what: String, left_out: bool) {
        self.remarks.push(Remark { place: self.place.clone(), what, left_out });
    }

    fn unknown(&mut self, keys: Vec<String>, of: &str) {
        for key in keys {
            *self.unknown.entry(format!("the key `{key}` of {of}")).or_default() += 1;
        }
    }

    fn line(&mut self, bytes: &[u8]) -> Result<Record, String> {
        let raw: RawLine = serde_json::from_slice(bytes).map_err(|error| in_one_line(&error))?;
        let article = raw.article.filter(|path| !path.is_empty()).ok_or("it names no `article`")?;
        let written = raw.text.ok_or("it has no `text`")?;
        let (text, folding) = CanonicalText::with_folding(&written);
        let said = raw.fingerprint.unwrap_or_default();
        if !said.is_empty() && said != text.fingerprint() && said != fingerprint_of(&written) {
            self.remark(
                format!(
                    "`fingerprint` is not that of `text`, so one of the two was changed; the text was believed (its fingerprint is {})",
                    text.fingerprint()
                ),
                false,
            );
        }
        self.unknown(raw.unknown, "the line");

        let mut set = AnnotationSet::new(article, raw.annotator.unwrap_or_default());
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        set.status = match raw.status.as_deref().map(|word| (word, Status::from_name(word))) {
            Some((_, Some(status))) => status,
            None if raw.spans.is_empty() => Status::Untouched,
            None => Status::InProgress,
            Some((word, None)) => {
                self.remark(format!("the status `{word}` is not known; it was taken for in_progress"), true);
                Status::InProgress
            }
        };
        let mut place = Placing::new(&written, folding, self.options.unit.unwrap_or_default());
        set.fields = fields_from(raw.fields)?;
        place.fields(&self.options.schema.article_fields, &mut set.fields);
        self.spans(raw.spans, &mut place, &text, &mut set);
        self.relations(raw.relations, &mut place, &mut set);
        if place.stray > 0 {
            let count = place.stray;
            let unit = self.options.unit.unwrap_or_default();
            self.remark(
                format!("{count} stretches among the fields are no places in {unit}; they stay as they were"),
                true,
            );
        }
        let mut meta = meta_from(raw.meta);
        meta.language = raw.language.filter(|language| !language.is_empty());
        Ok(Record { meta, text, set })
    }

    fn spans(
        &mut self,
        raw: Vec<Result<RawSpan, String>>,
        place: &mut Placing,
        text: &CanonicalText,
        set: &mut AnnotationSet,
    ) {
        let mut fresh = FreshIds::beside('s', &raw, |span| span.as_ref().ok()?.id.as_ref());
        let mut spans = Vec::with_capacity(raw.len());
        let (mut faults, mut misquotes, mut contradictions) = (Vec::new(), 0usize, 0usize);
        for (number, raw) in raw.into_iter().enumerate() {
            let raw = match raw {
                Ok(raw) => raw,
                Err(what) => {
                    faults.push(format!("span {}: {what}", number + 1));
                    continue;
                }
            };
            let Some(parts) = place.parts(&raw.parts) else {
                let named = raw.id.map_or(String::new(), |id| format!(" `{id}`"));
                let unit = self.options.unit.unwrap_or_default();
                faults.push(format!(
                    "span {}{named}: {:?} is no place in the text, counted in {unit}",
                    number + 1,
                    raw.parts
                ));
                continue;
            };
            contradictions += usize::from(raw.contradicts);
            self.unknown(raw.unknown, "a span");
            let id = raw.id.unwrap_or_else(|| fresh.take());
            let mut span = Span::new(id, raw.label, parts);
            span.fields = raw.fields;
            place.fields(self.options.schema.fields_of(&span.label), &mut span.fields);
            span.note = raw.note;
            if let Some(said) = raw.text.map(folded)
                && !span.says(text, &said)
            {
                misquotes += 1;
                span.misquote = Some(Misquote { text: said, before: String::new(), after: String::new() });
            }
            spans.push(span);
        }
        set.insert_all(spans);
        self.faults(faults);
        if misquotes > 0 {
            self.remark(
                format!("{misquotes} spans say another text than stands at their place; they were kept with what they say"),
                false,
            );
        }
        if contradictions > 0 {
            self.remark(
                format!("{contradictions} spans have a `start` or `end` that is not that of their `parts`; the parts were believed"),
                false,
            );
        }
    }

    fn relations(
        &mut self,
        raw: Vec<Result<super::span::RawRelation, String>>,
        place: &mut Placing,
        set: &mut AnnotationSet,
    ) {
        let mut fresh = FreshIds::beside('r', &raw, |relation| relation.as_ref().ok()?.id.as_ref());
        let mut relations = Vec::with_capacity(raw.len());
        let mut faults = Vec::new();
        for (number, raw) in raw.into_iter().enumerate() {
            match raw {
                Err(what) => faults.push(format!("relation {}: {what}", number + 1)),
                Ok(mut raw) => {
                    self.unknown(raw.unknown, "a relation");
                    let defs = self.options.schema.relation(&raw.label).map_or(&[][..], |def| &def.fields);
                    place.fields(defs, &mut raw.fields);
                    relations.push(Arc::new(Relation {
                        id: raw.id.unwrap_or_else(|| fresh.take()).into(),
                        label: raw.label,
                        from: raw.from.into(),
                        to: raw.to.into(),
                        fields: raw.fields,
                    }));
                }
            }
        }
        set.insert_relations(relations);
        self.faults(faults);
    }

    /// Things of the line that were left out, the first few one by one.
    fn faults(&mut self, faults: Vec<String>) {
        let more = faults.len().saturating_sub(TOLD);
        for fault in faults.into_iter().take(TOLD) {
            self.remark(format!("{fault}; it was left out"), true);
        }
        if more > 0 {
            self.remark(format!("{more} more were left out for reasons like these"), true);
        }
    }
}

/// From offsets of the written text to places of the canonical text.
struct Placing<'a> {
    units: UnitConverter<'a>,
    folding: Folding,
    is_identity: bool,
    /// Stretches that are no places.
    stray: usize,
}

impl<'a> Placing<'a> {
    fn new(written: &'a str, folding: Folding, unit: OffsetUnit) -> Self {
        Self {
            units: UnitConverter::new(written, unit),
            is_identity: unit == OffsetUnit::CodePoints && folding.is_identity(),
            folding,
            stray: 0,
        }
    }

    fn offset(&self, offset: u32) -> Option<u32> {
        let at = self.units.to_code_point(offset)?;
        Some(self.folding.map(at).get())
    }

    fn parts(&self, parts: &[(u32, u32)]) -> Option<Parts> {
        let range = |(start, end): &(u32, u32)| TextRange::new(self.offset(*start)?, self.offset(*end)?);
        Parts::as_given(parts.iter().map(range).collect::<Option<_>>()?)
    }

    fn fields(&mut self, defs: &[FieldDef], fields: &mut Fields) {
        if !self.is_identity && !fields.is_empty() {
            let convert = |at: i64| self.offset(u32::try_from(at).ok()?).map(i64::from);
            self.stray += map_stretches(defs, fields, &convert);
        }
    }
}

fn meta_from(object: Map<String, Json>) -> ArticleMeta {
    let mut meta = ArticleMeta::default();
    for (key, value) in object {
        let value = match value {
            Json::Null => continue,
            Json::String(text) => text,
            other => other.to_string(),
        };
        let slot = match key.as_str() {
            "title" => &mut meta.title,
            "date" => &mut meta.date,
            "source" => &mut meta.source,
            "url" => &mut meta.url,
            "author" => &mut meta.author,
            _ => {
                meta.extra.push((key, value));
                continue;
            }
        };
        *slot = Some(value);
    }
    meta
}

/// A surface with its line endings as canonical text has them.
fn folded(text: String) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}

/// The fingerprint of a text as it is written: what programs give that do not fold line endings.
fn fingerprint_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}

/// The message of an error, whose "line 1" would only confuse.
fn in_one_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    match error.column() {
        0 => format!("it is no JSON object of this format: {what}"),
        column => format!("it is no JSON object of this format: {what} (at byte {column})"),
    }
}
