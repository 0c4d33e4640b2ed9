//! Reading `parquet`.

use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, Field};
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value as Json, json};

use super::super::draft::Draft;
use super::super::json_record::{draft_relation, draft_span, take_about, take_meta};
use super::super::several::read_in_order;
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::columns::{RelationColumns, SpanColumns};
use super::shape::{JSON_MARK, OTHER};
use crate::model::file_stem;

/// Rows at once.
const BATCH: usize = 256;

/// How deep columns may be nested.
pub(super) const DEPTH: usize = 32;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    for file in files.iter().filter(|file| files.len() == 1 || file.ends_with(".parquet")) {
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
    let refuse = |why: String| FormatError::NotThisFormat { file: file.to_owned(), format: "parquet", why };
    let mut bytes = Vec::new();
    source.open(file).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
    // The columns are at the end of the file, so it is held whole; rows are unpacked a few at a time.
    let begun = guarded(|| {
        let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))
            .map_err(|error| error.to_string())?;
        reader.with_batch_size(BATCH).build().map_err(|error| error.to_string())
    });
    let mut rows = begun.map_err(refuse)?;
    let schema = rows.schema();
    for needed in ["article", "text", "spans"] {
        if schema.field_with_name(needed).is_err() {
            return Err(refuse(format!("it has no column `{needed}`")));
        }
    }
    let mut number = 0;
    loop {
        let batch = match guarded(|| rows.next().transpose().map_err(|error| error.to_string())) {
            Ok(None) => return Ok(ControlFlow::Continue(())),
            Ok(Some(batch)) => batch,
            Err(why) if number == 0 => return Err(refuse(why)),
            Err(why) => {
                let what = format!("after row {number} it cannot be read: {why}; the rest was left out");
                sink.remark(Remark { place: file.to_owned(), what, left_out: true });
                return Ok(ControlFlow::Continue(()));
            }
        };
        let columns = Columns {
            batch: &batch,
            spans: batch.column_by_name("spans").and_then(|column| SpanColumns::of(column)),
            relations: batch.column_by_name("relations").and_then(|column| RelationColumns::of(column)),
        };
        let rows: Vec<usize> = (0..batch.num_rows()).collect();
        let size = (batch.get_array_memory_size() / rows.len().max(1)) as u64;
        let read = |row: &usize, sink: &mut dyn Sink| {
            columns.record(*row, file, number + row + 1, options, sink);
            Ok(())
        };
        if read_in_order(&rows, |_| size, sink, &read)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        number += rows.len();
    }
}

/// Some rows, and their spans and relations where these are of the types that this program writes.
struct Columns<'a> {
    batch: &'a RecordBatch,
    spans: Option<SpanColumns<'a>>,
    relations: Option<RelationColumns<'a>>,
}

impl Columns<'_> {
    fn record(&self, row: usize, file: &str, number: usize, options: &ReadOptions, sink: &mut dyn Sink) {
        let place = format!("{file}: row {number}");
        match guarded(|| draft(self, row, file, number)) {
            Ok((draft, faults)) => {
                for what in faults {
                    sink.remark(Remark { place: place.clone(), what, left_out: true });
                }
                let draft = draft.in_schema_order(options.schema);
                let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
                // Whoever reads several rows at once looks whether more is wanted.
                let _ = sink.record(record);
            }
            Err(what) => {
                let what = format!("{what}; the row was left out");
                sink.remark(Remark { place, what, left_out: true });
            }
        }
    }
}

/// Runs a piece of the Parquet library, which panics on some damaged files where it should refuse them.
fn guarded<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

fn draft(columns: &Columns, row: usize, file: &str, number: usize) -> Result<(Draft, Vec<String>), String> {
    let Columns { batch, spans: span_columns, relations: relation_columns } = columns;
    let mut object = Map::new();
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let is_read_below = match field.name().as_str() {
            "spans" => span_columns.is_some(),
            "relations" => relation_columns.is_some(),
            _ => false,
        };
        if is_read_below {
            continue;
        }
        object.insert(field.name().clone(), json_of(field, column, row, 0)?);
    }
    let Some(Json::String(text)) = object.remove("text") else { return Err("it has no `text`".to_owned()) };
    let mut draft = Draft { text, ..Draft::default() };
    let meta = match object.remove("meta") {
        // As another program may have left it: without the mark that it is JSON.
        Some(Json::String(text)) => serde_json::from_str(&text).ok(),
        other => other,
    };
    take_meta(meta, &mut draft.meta);
    if let Some(fields) = object.get_mut("fields") {
        settle(fields);
    }
    take_about(&mut object, &mut draft);
    if draft.article.is_empty() {
        draft.article = format!("{}-{number}.txt", file_stem(file));
    }
    let mut faults = Vec::new();
    let mut list = |key: &str| -> Vec<Json> {
        match object.remove(key) {
            Some(Json::Array(list)) => list,
            None | Some(Json::Null) => Vec::new(),
            Some(_) => {
                faults.push(format!("`{key}` is no list; it was left out"));
                Vec::new()
            }
        }
    };
    let (spans, relations) = (list("spans"), list("relations"));
    let no_span = |place: usize| format!("span {} has no label or no place; it was left out", place + 1);
    let no_relation =
        |place: usize| format!("relation {} has no label or lacks an end; it was left out", place + 1);
    if let Some(columns) = span_columns {
        for (place, span) in columns.read(row)?.into_iter().enumerate() {
            match span {
                Some(span) => draft.spans.push(span),
                None => faults.push(no_span(place)),
            }
        }
    }
    for (place, mut span) in spans.into_iter().enumerate() {
        if let Some(fields) = span.get_mut("fields") {
            settle(fields);
        }
        // `start` and `end` are those of the first and the last part, which may be out of order in a file with faults.
        let parts =
            span.get("parts").and_then(|parts| serde_json::from_value::<Vec<(u32, u32)>>(parts.clone()).ok());
        match (draft_span(&span), parts) {
            (Some(mut read), parts) => {
                read.parts = parts.filter(|parts| !parts.is_empty()).unwrap_or(read.parts);
                draft.spans.push(read);
            }
            (None, _) => faults.push(no_span(place)),
        }
    }
    if let Some(columns) = relation_columns {
        for (place, relation) in columns.read(row)?.into_iter().enumerate() {
            match relation {
                Some(relation) => draft.relations.push(relation),
                None => faults.push(no_relation(place)),
            }
        }
    }
    for (place, mut relation) in relations.into_iter().enumerate() {
        if let Some(fields) = relation.get_mut("fields") {
            settle(fields);
        }
        match draft_relation(&relation) {
            Some(read) => draft.relations.push(read),
            None => faults.push(no_relation(place)),
        }
    }
    Ok((draft, faults))
}

/// Fields as they were: what stood in a column of its own and what stood as JSON together.
fn settle(fields: &mut Json) {
    if let Json::String(text) = fields {
        *fields = serde_json::from_str(text).unwrap_or_default();
    }
    let Json::Object(object) = fields else { return };
    let other = match object.remove(OTHER) {
        Some(Json::String(text)) => serde_json::from_str(&text).ok(),
        other => other,
    };
    if let Some(Json::Object(other)) = other {
        object.extend(other);
    }
}

/// A cell as JSON.
pub(super) fn json_of(field: &Field, column: &dyn Array, row: usize, depth: usize) -> Result<Json, String> {
    if depth > DEPTH {
        return Err(format!("the column `{}` is nested deeper than {DEPTH}", field.name()));
    }
    if column.is_null(row) {
        return Ok(Json::Null);
    }
    macro_rules! number {
        ($kind:ty) => {
            json!(column.as_primitive::<$kind>().value(row))
        };
    }
    let text = |text: &str| match field.metadata().get(JSON_MARK) {
        Some(_) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        None => json!(text),
    };
    let items = |inner: &Field, items: &dyn Array| -> Result<Json, String> {
        (0..items.len())
            .map(|item| json_of(inner, items, item, depth + 1))
            .collect::<Result<Vec<_>, _>>()
            .map(Json::Array)
    };
    Ok(match column.data_type() {
        DataType::Utf8 => text(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => text(column.as_string::<i64>().value(row)),
        DataType::Utf8View => text(column.as_string_view().value(row)),
        DataType::Boolean => json!(column.as_boolean().value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => whole(f64::from(column.as_primitive::<Float32Type>().value(row))),
        DataType::Float64 => whole(column.as_primitive::<Float64Type>().value(row)),
        DataType::List(inner) => items(inner, &column.as_list::<i32>().value(row))?,
        DataType::LargeList(inner) => items(inner, &column.as_list::<i64>().value(row))?,
        DataType::FixedSizeList(inner, _) => items(inner, &column.as_fixed_size_list().value(row))?,
        DataType::Struct(fields) => {
            let columns = column.as_struct();
            let mut object = Map::new();
            for (field, column) in fields.iter().zip(columns.columns()) {
                object.insert(field.name().clone(), json_of(field, column, row, depth + 1)?);
            }
            Json::Object(object)
        }
        DataType::Null => Json::Null,
        other => {
            return Err(format!("the column `{}` is of the type {other}, which is not read", field.name()));
        }
    })
}

/// A number that is whole as a whole number.
fn whole(number: f64) -> Json {
    match number.fract() == 0.0 && number.abs() < (1u64 << 53) as f64 {
        true => json!(number as i64),
        false => json!(number),
    }
}
