//! Writing `csv`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde_json::{Map, Value as Json, json};

use super::super::cells::guarded;
use super::super::plain_loss::count_loose_relations;
use super::super::{
    FormatError, LossReport, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions,
    in_order, meta_entries,
};
use super::columns::{
    ARTICLE, HOLDER, ISSUE, RELATION, SPAN, STANCE, cell, comes_back, heading, relation_fields, span_fields,
    stances,
};
use crate::model::{ArticleMeta, FieldDef, Fields, Span, Value};
use crate::text::{CanonicalText, TextRange};

fn failed(cause: io::Error) -> FormatError {
    FormatError::Io { what: "could not write", file: "the export".to_owned(), cause }
}

pub(super) fn count_loss(record: &Record, options: &WriteOptions, is_folder: bool, loss: &mut LossReport) {
    let (set, schema) = (&record.set, options.schema);
    let columns = span_fields(schema);
    let (mut lost, mut in_part, mut notes) = (0, 0, 0);
    for span in set.spans() {
        notes += usize::from(!span.note.is_empty());
        let defs = schema.fields_of(&span.label);
        for (name, value) in span.fields.iter() {
            let def = defs.iter().find(|def| def.name == name);
            let is_said = columns.contains(&name) && comes_back(def, value)
                || is_folder
                    && match name {
                        "holders" => is_whole(value, &HOLDER, defs, name),
                        "issues" => is_whole(value, &ISSUE, defs, name),
                        _ => false,
                    };
            match is_folder && !is_said && matches!(name, "holders" | "issues") {
                true => in_part += 1,
                false => lost += usize::from(!is_said),
            }
        }
    }
    loss.add(lost, "value of a field", "values of fields", "left out, as one cell cannot hold them");
    loss.add(
        in_part,
        "list of holders or issues",
        "lists of holders or issues",
        "in stances.csv without what has no column there",
    );
    loss.add(notes, "note", "notes", "left out");
    if is_folder {
        let fields = relation_fields(schema);
        let lost = set.relations().flat_map(|relation| {
            let defs = schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
            relation.fields.iter().filter(|(name, value)| {
                let def = defs.iter().find(|def| def.name == **name);
                !fields.contains(name) || !comes_back(def, value)
            })
        });
        loss.add(
            lost.count(),
            "value of a relation's field",
            "values of relations' fields",
            "left out, as one cell cannot hold them",
        );
    } else {
        count_loose_relations(record, loss);
        loss.add(
            set.relation_count(),
            "relation",
            "relations",
            "left out; export into a folder to have them",
        );
        loss.add(
            set.fields.len(),
            "value of an article's field",
            "values of articles' fields",
            "left out; export into a folder to have them",
        );
        loss.add(1, "article's text", "articles' texts", "left out; export into a folder to have them");
    }
    if let Some(unit) = options.unit.filter(|unit| *unit != OffsetUnit::CodePoints) {
        let units = UnitConverter::of(&record.text, unit);
        let strange =
            set.spans().filter(|span| span.parts.iter().any(|part| units.from_range(*part).is_none()));
        loss.add(
            strange.count(),
            "span whose edges the unit cannot say",
            "spans whose edges the unit cannot say",
            "keep code points",
        );
    }
}

/// Whether `stances.csv` has all of a list of records: only fields with columns, no record twice, none empty.
fn is_whole(value: &Value, columns: &[(&str, &str)], defs: &[FieldDef], name: &str) -> bool {
    use crate::model::FieldKind;
    let inner = defs.iter().find(|def| def.name == name).map(|def| &def.kind);
    let Some(FieldKind::Record(inner)) = inner else { return false };
    let Value::List(items) = value else { return false };
    let is_plain = |item: &Value| {
        item.as_record().is_some_and(|record| {
            !record.is_empty()
                && record.iter().all(|(name, value)| {
                    let def = inner.iter().find(|def| def.name == name);
                    columns.iter().any(|(field, _)| *field == name) && comes_back(def, value)
                })
        })
    };
    !items.is_empty()
        && items.iter().all(is_plain)
        && items.iter().enumerate().all(|(place, item)| !items[..place].contains(item))
}

/// Rows as a table has them, not yet in its file.
struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    fn new() -> Self {
        Self(csv::WriterBuilder::new().from_writer(Vec::new()))
    }

    fn row<S: AsRef<[u8]>>(&mut self, cells: &[S]) -> Result<(), FormatError> {
        self.0.write_record(cells).map_err(|error| failed(error.into()))
    }

    fn bytes(self) -> Result<Vec<u8>, FormatError> {
        self.0.into_inner().map_err(|error| failed(error.into_error()))
    }
}

/// A table being written.
struct Table(BufWriter<Box<dyn Write>>);

impl Table {
    fn begin<'h>(
        out: &mut dyn TargetFiles,
        path: &str,
        headings: impl Iterator<Item = std::borrow::Cow<'h, str>>,
    ) -> Result<Self, FormatError> {
        let mut table = Self(BufWriter::with_capacity(1 << 16, out.create(path).map_err(failed)?));
        let headings: Vec<String> = headings.map(|heading| guarded(&heading).into_owned()).collect();
        let mut rows = Rows::new();
        rows.row(&headings)?;
        table.put(&rows.bytes()?)?;
        Ok(table)
    }

    fn put(&mut self, rows: &[u8]) -> Result<(), FormatError> {
        self.0.write_all(rows).map_err(failed)
    }

    fn end(mut self) -> Result<(), FormatError> {
        self.0.flush().map_err(failed)
    }
}

/// What the table of spans is made by.
struct Spans<'a> {
    fields: Vec<&'a str>,
    options: &'a WriteOptions<'a>,
}

impl<'a> Spans<'a> {
    fn of(options: &'a WriteOptions) -> Self {
        Self { fields: span_fields(options.schema), options }
    }

    fn begin(&self, out: &mut dyn TargetFiles, path: &str) -> Result<Table, FormatError> {
        let own = self.fields.iter().map(|name| heading(name, &SPAN));
        Table::begin(out, path, SPAN.iter().map(|name| (*name).into()).chain(own))
    }

    fn rows(&self, record: &Record) -> Result<Vec<u8>, FormatError> {
        let mut table = Rows::new();
        let unit = self.options.unit.unwrap_or_default();
        let units = UnitConverter::of(&record.text, unit);
        let mut row: Vec<String> = Vec::new();
        for span in record.set.spans() {
            let place = |range: TextRange| {
                units.from_range(range).unwrap_or((range.start().get(), range.end().get()))
            };
            let parts: Vec<(u32, u32)> = span.parts.iter().map(|part| place(*part)).collect();
            let (start, end) = (parts[0].0, parts[parts.len() - 1].1);
            row.clear();
            row.extend([
                guarded(&record.set.article).into_owned(),
                guarded(&record.set.annotator).into_owned(),
                guarded(span.id.as_str()).into_owned(),
                guarded(&span.label).into_owned(),
                start.to_string(),
                end.to_string(),
                serde_json::to_string(&parts).unwrap_or_default(),
                guarded(&surface(span, &record.text)).into_owned(),
            ]);
            row.extend(self.fields.iter().map(|name| cell(span.fields.get(name))));
            table.row(&row)?;
        }
        table.bytes()
    }
}

fn surface(span: &Span, text: &CanonicalText) -> String {
    match &span.misquote {
        Some(misquote) => misquote.text.clone(),
        None => span.surface(text),
    }
}

pub(super) fn spans_alone(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let spans = Spans::of(options);
    let mut table = spans.begin(out, "")?;
    in_order(records, &|_, record| spans.rows(&record), &mut |rows| table.put(&rows?))?;
    table.end()
}

pub(super) fn folder(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let fixed = |names: &'static [&'static str]| names.iter().map(|name| std::borrow::Cow::Borrowed(*name));
    let spans = Spans::of(options);
    let mut span_table = spans.begin(out, "spans.csv")?;
    let mut stances = Table::begin(out, "stances.csv", fixed(&STANCE))?;
    let fields = relation_fields(options.schema);
    let headings = fixed(&RELATION).chain(fields.iter().map(|name| heading(name, &RELATION)));
    let mut relations = Table::begin(out, "relations.csv", headings)?;
    let mut articles = Table::begin(out, "articles.csv", fixed(&ARTICLE))?;
    let mut article: Option<ArticleRow> = None;
    let made = |_, record: Record| -> Result<_, FormatError> {
        let rows = [spans.rows(&record)?, stances_of(&record)?, relations_of(&record, &fields)?];
        Ok((rows, record))
    };
    in_order(records, &made, &mut |made| {
        let (rows, record) = made?;
        for (table, rows) in [&mut span_table, &mut stances, &mut relations].into_iter().zip(&rows) {
            table.put(rows)?;
        }
        match &mut article {
            // Records of one article come one after another.
            Some(row) if row.article == record.set.article => row.add(&record),
            row => {
                if let Some(row) = row.replace(ArticleRow::of(record)) {
                    articles.put(&row.row()?)?;
                }
            }
        }
        Ok(())
    })?;
    if let Some(row) = article {
        articles.put(&row.row()?)?;
    }
    [span_table, stances, relations, articles].into_iter().try_for_each(Table::end)
}

fn stances_of(record: &Record) -> Result<Vec<u8>, FormatError> {
    let mut table = Rows::new();
    let set = &record.set;
    let date = record.meta.date.as_deref().unwrap_or_default();
    for span in set.spans() {
        for (holder, issue) in stances(&span.fields) {
            let of = |side: Option<&Fields>, name: &str| cell(side.and_then(|fields| fields.get(name)));
            let mut row = vec![
                guarded(&set.article).into_owned(),
                guarded(&set.annotator).into_owned(),
                guarded(span.id.as_str()).into_owned(),
            ];
            row.extend(HOLDER.iter().map(|(name, _)| of(holder, name)));
            row.extend(ISSUE.iter().map(|(name, _)| of(issue, name)));
            row.push(cell(span.fields.get("act")));
            row.push(guarded(date).into_owned());
            table.row(&row)?;
        }
    }
    table.bytes()
}

fn relations_of(record: &Record, fields: &[&str]) -> Result<Vec<u8>, FormatError> {
    let mut table = Rows::new();
    let set = &record.set;
    for relation in set.relations() {
        let names = [&set.article, &set.annotator, relation.id.as_str(), &relation.label];
        let ends = [relation.from.as_str(), relation.to.as_str()];
        let mut row: Vec<String> =
            names.into_iter().chain(ends).map(|name| guarded(name).into_owned()).collect();
        row.extend(fields.iter().map(|name| cell(relation.fields.get(name))));
        table.row(&row)?;
    }
    table.bytes()
}

/// A row of `articles.csv`, gathered from everyone who annotated the article.
struct ArticleRow {
    article: String,
    meta: ArticleMeta,
    text: CanonicalText,
    status: Map<String, Json>,
    fields: BTreeMap<String, Fields>,
}

impl ArticleRow {
    fn of(record: Record) -> Self {
        let mut row = Self {
            article: record.set.article.clone(),
            meta: record.meta.clone(),
            text: record.text.clone(),
            status: Map::new(),
            fields: BTreeMap::new(),
        };
        row.add(&record);
        row
    }

    fn add(&mut self, record: &Record) {
        let set = &record.set;
        self.status.insert(set.annotator.clone(), json!(set.status.name()));
        if !set.fields.is_empty() {
            self.fields.insert(set.annotator.clone(), set.fields.clone());
        }
    }

    fn row(self) -> Result<Vec<u8>, FormatError> {
        let known = ["title", "date", "source", "url", "author"];
        let entries = meta_entries(&self.meta);
        let of = |name: &str| entries.iter().find(|(there, _)| *there == name).map_or("", |(_, value)| value);
        let other: Map<String, Json> = entries
            .iter()
            .filter(|(name, _)| !known.contains(name))
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        let object = |map: Json| if map == json!({}) { String::new() } else { map.to_string() };
        let fields = serde_json::to_value(&self.fields).unwrap_or_default();
        let mut row = vec![
            guarded(&self.article).into_owned(),
            self.text.fingerprint().to_owned(),
            guarded(self.meta.language.as_deref().unwrap_or_default()).into_owned(),
        ];
        row.extend(known.iter().map(|name| guarded(of(name)).into_owned()));
        row.extend([
            object(Json::Object(other)),
            object(Json::Object(self.status)),
            object(fields),
            guarded(self.text.as_str()).into_owned(),
        ]);
        let mut table = Rows::new();
        table.row(&row)?;
        table.bytes()
    }
}
