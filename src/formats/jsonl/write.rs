//! Writing `jsonl`.

use std::borrow::Cow;
use std::io::{BufWriter, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::super::stretches::map_stretches;
use super::super::{
    FormatError, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions, in_order,
    meta_entries,
};
use crate::model::{ArticleMeta, FieldDef, Fields, Relation, Schema, Span};
use crate::text::{CodePoint, TextRange};

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: "the export".to_owned(), cause };
    let mut file = BufWriter::with_capacity(1 << 16, out.create("").map_err(failed)?);
    let line = |_, record: Record| {
        let offsets = Offsets {
            record: &record,
            unit: options.unit.unwrap_or_default(),
            units: UnitConverter::of(&record.text, options.unit.unwrap_or_default()),
            schema: options.schema,
        };
        let mut line = serde_json::to_vec(&Line::of(&offsets))?;
        line.push(b'\n');
        Ok(line)
    };
    in_order(records, &line, &mut |line: Result<Vec<u8>, serde_json::Error>| {
        let line = line.map_err(|error| failed(error.into()))?;
        file.write_all(&line).map_err(failed)
    })?;
    file.flush().map_err(failed)
}

/// One line. The order of the members is the order of the keys.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    fingerprint: &'a str,
    annotator: &'a str,
    language: Option<&'a str>,
    meta: Meta<'a>,
    status: &'static str,
    text: &'a str,
    fields: Cow<'a, Fields>,
    spans: Spans<'a>,
    relations: Relations<'a>,
}

impl<'a> Line<'a> {
    fn of(offsets: &'a Offsets) -> Self {
        let record = offsets.record;
        Self {
            article: &record.set.article,
            fingerprint: record.text.fingerprint(),
            annotator: &record.set.annotator,
            language: record.meta.language.as_deref(),
            meta: Meta(&record.meta),
            status: record.set.status.name(),
            text: record.text.as_str(),
            fields: offsets.fields(&offsets.schema.article_fields, &record.set.fields),
            spans: Spans(offsets),
            relations: Relations(offsets),
        }
    }
}

struct Meta<'a>(&'a ArticleMeta);

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = meta_entries(self.0);
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for (name, value) in entries {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A record with the unit in which its offsets are written.
struct Offsets<'a> {
    record: &'a Record,
    unit: OffsetUnit,
    units: UnitConverter<'a>,
    schema: &'a Schema,
}

impl Offsets<'_> {
    /// A range in the unit. What the unit cannot say (a place past the end) stays in code points, so that it is still seen to be
    /// past the end.
    fn range(&self, range: TextRange) -> (u32, u32) {
        let plain = (range.start().get(), range.end().get());
        self.units.from_range(range).unwrap_or(plain)
    }

    fn fields<'f>(&self, defs: &[FieldDef], fields: &'f Fields) -> Cow<'f, Fields> {
        if self.unit == OffsetUnit::CodePoints || fields.is_empty() {
            return Cow::Borrowed(fields);
        }
        let mut fields = fields.clone();
        let convert = |at: i64| {
            let at = CodePoint(u32::try_from(at).ok()?);
            self.units.from_code_point(at).map(i64::from)
        };
        map_stretches(defs, &mut fields, &convert);
        Cow::Owned(fields)
    }
}

struct Spans<'a>(&'a Offsets<'a>);

impl Serialize for Spans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = &self.0.record.set;
        let mut list = serializer.serialize_seq(Some(set.len()))?;
        for span in set.spans() {
            list.serialize_element(&self.0.span(span))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct SpanLine<'a> {
    id: &'a str,
    label: &'a str,
    start: u32,
    end: u32,
    parts: Vec<(u32, u32)>,
    text: Cow<'a, str>,
    fields: Cow<'a, Fields>,
    note: &'a str,
}

impl Offsets<'_> {
    fn span<'s>(&self, span: &'s Span) -> SpanLine<'s> {
        let parts: Vec<(u32, u32)> = span.parts.iter().map(|part| self.range(*part)).collect();
        SpanLine {
            id: span.id.as_str(),
            label: &span.label,
            start: self.range(span.parts.first()).0,
            end: self.range(span.parts.last()).1,
            parts,
            text: match &span.misquote {
                Some(misquote) => Cow::Borrowed(&misquote.text),
                None => Cow::Owned(span.surface(&self.record.text)),
            },
            fields: self.fields(self.schema.fields_of(&span.label), &span.fields),
            note: &span.note,
        }
    }
}

struct Relations<'a>(&'a Offsets<'a>);

impl Serialize for Relations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = &self.0.record.set;
        let mut list = serializer.serialize_seq(Some(set.relation_count()))?;
        for relation in set.relations() {
            let Relation { id, label, from, to, fields } = &**relation;
            let defs = self.0.schema.relation(label).map_or(&[][..], |def| &def.fields);
            list.serialize_element(&RelationLine {
                id: id.as_str(),
                label,
                from: from.as_str(),
                to: to.as_str(),
                fields: self.0.fields(defs, fields),
            })?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct RelationLine<'a> {
    id: &'a str,
    label: &'a str,
    from: &'a str,
    to: &'a str,
    fields: Cow<'a, Fields>,
}
