//! Spans and relations out of Arrow columns of the very types that this program writes, cell by cell, without slices and without JSON.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int64Type};
use arrow_array::{Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_schema::{DataType, Field};

use super::super::draft::{DraftRelation, DraftSpan};
use super::super::json_value::value_from;
use super::super::loose;
use super::read::{DEPTH, json_of};
use super::shape::{JSON_MARK, OTHER};
use crate::model::{Fields, Value};

/// How deep the fields of a span stand: in a list of structs.
const INSIDE: usize = 2;

/// A column of lists: which items are whose.
struct Lists<'a>(&'a ListArray);

impl Lists<'_> {
    /// The items of a row; none where it is null.
    fn items(&self, row: usize) -> Range<usize> {
        match (self.0.is_null(row), self.0.value_offsets().get(row..row + 2)) {
            (false, Some([first, end])) => (*first as usize)..(*end as usize),
            _ => 0..0,
        }
    }
}

/// Texts of a struct's column.
fn texts<'a>(columns: &'a StructArray, name: &str) -> Option<&'a StringArray> {
    let (field, column) = column(columns, name)?;
    (!field.metadata().contains_key(JSON_MARK)).then(|| column.as_string_opt())?
}

/// Whole numbers of a struct's column.
fn whole<'a>(columns: &'a StructArray, name: &str) -> Option<&'a Int64Array> {
    column(columns, name)?.1.as_primitive_opt::<Int64Type>()
}

/// A struct's column; none if several are called so.
fn column<'a>(columns: &'a StructArray, name: &str) -> Option<(&'a Field, &'a dyn Array)> {
    let mut named = columns.fields().iter().zip(columns.columns()).filter(|(field, _)| field.name() == name);
    let (field, column) = named.next()?;
    named.next().is_none().then_some((&**field, &**column))
}

/// The column of fields: a struct, or JSON.
fn fields(columns: &StructArray) -> Option<&dyn Array> {
    let (_, column) = column(columns, "fields")?;
    matches!(column.data_type(), DataType::Struct(_) | DataType::Utf8).then_some(column)
}

fn text(texts: &StringArray, row: usize) -> Option<&str> {
    texts.is_valid(row).then(|| texts.value(row))
}

fn offset(numbers: &Int64Array, row: usize) -> Option<u32> {
    numbers.is_valid(row).then(|| u32::try_from(numbers.value(row)).ok())?
}

/// The columns of spans.
pub(super) struct SpanColumns<'a> {
    lists: Lists<'a>,
    all: &'a StructArray,
    id: &'a StringArray,
    label: &'a StringArray,
    start: &'a Int64Array,
    end: &'a Int64Array,
    parts: Lists<'a>,
    pairs: Lists<'a>,
    offsets: &'a Int64Array,
    text: &'a StringArray,
    fields: &'a dyn Array,
    note: &'a StringArray,
}

impl<'a> SpanColumns<'a> {
    /// The columns if all are there and are of our types.
    pub fn of(column: &'a dyn Array) -> Option<Self> {
        let lists = column.as_list_opt::<i32>()?;
        let all = lists.values().as_struct_opt()?;
        let parts = self::column(all, "parts")?.1.as_list_opt::<i32>()?;
        let pairs = parts.values().as_list_opt::<i32>()?;
        Some(Self {
            lists: Lists(lists),
            all,
            id: texts(all, "id")?,
            label: texts(all, "label")?,
            start: whole(all, "start")?,
            end: whole(all, "end")?,
            parts: Lists(parts),
            pairs: Lists(pairs),
            offsets: pairs.values().as_primitive_opt::<Int64Type>()?,
            text: texts(all, "text")?,
            fields: fields(all)?,
            note: texts(all, "note")?,
        })
    }

    /// The spans of a row.
    ///
    /// # Errors
    /// A column of fields cannot be read. Within: this span has no label or no place.
    pub fn read(&self, row: usize) -> Result<Vec<Option<DraftSpan>>, String> {
        self.lists.items(row).map(|span| self.span(span)).collect()
    }

    fn span(&self, span: usize) -> Result<Option<DraftSpan>, String> {
        let fields = of_fields(self.fields, span)?;
        let place = offset(self.start, span).zip(offset(self.end, span)).filter(|(start, end)| start <= end);
        let (true, Some(place), Some(label)) = (self.all.is_valid(span), place, text(self.label, span))
        else {
            return Ok(None);
        };
        let parts = self.parts(span).filter(|parts| !parts.is_empty());
        Ok(Some(DraftSpan {
            id: text(self.id, span).filter(|id| !id.is_empty()).map(str::to_owned),
            label: label.to_owned(),
            parts: parts.unwrap_or_else(|| vec![place]),
            text: text(self.text, span).map(str::to_owned),
            fields,
            note: text(self.note, span).unwrap_or_default().to_owned(),
        }))
    }

    /// The parts, if they are pairs of offsets.
    fn parts(&self, span: usize) -> Option<Vec<(u32, u32)>> {
        let pair = |pair: usize| {
            let offsets = self.pairs.items(pair);
            let (start, end) = (offset(self.offsets, offsets.start), offsets.start + 1);
            (offsets.len() == 2).then(|| start.zip(offset(self.offsets, end)))?
        };
        self.parts.items(span).map(pair).collect()
    }
}

/// The columns of relations.
pub(super) struct RelationColumns<'a> {
    lists: Lists<'a>,
    all: &'a StructArray,
    id: &'a StringArray,
    label: &'a StringArray,
    from: &'a StringArray,
    to: &'a StringArray,
    fields: &'a dyn Array,
}

impl<'a> RelationColumns<'a> {
    /// The columns if all are there and are of our types.
    pub fn of(column: &'a dyn Array) -> Option<Self> {
        let lists = column.as_list_opt::<i32>()?;
        let all = lists.values().as_struct_opt()?;
        Some(Self {
            lists: Lists(lists),
            all,
            id: texts(all, "id")?,
            label: texts(all, "label")?,
            from: texts(all, "from")?,
            to: texts(all, "to")?,
            fields: fields(all)?,
        })
    }

    /// The relations of a row.
    ///
    /// # Errors
    /// A column of fields cannot be read. Within: this relation has no label or lacks an end.
    pub fn read(&self, row: usize) -> Result<Vec<Option<DraftRelation>>, String> {
        self.lists.items(row).map(|relation| self.relation(relation)).collect()
    }

    fn relation(&self, relation: usize) -> Result<Option<DraftRelation>, String> {
        let fields = of_fields(self.fields, relation)?;
        let said = |texts| text(texts, relation).map(str::to_owned);
        let (true, Some(label), Some(from), Some(to)) =
            (self.all.is_valid(relation), said(self.label), said(self.from), said(self.to))
        else {
            return Ok(None);
        };
        Ok(Some(DraftRelation { id: said(self.id), label, from, to, fields }))
    }
}

/// Fields: what stands in columns of their own and what stands as JSON, together.
fn of_fields(column: &dyn Array, row: usize) -> Result<Fields, String> {
    if column.is_null(row) {
        return Ok(Fields::new());
    }
    let Some(columns) = column.as_struct_opt() else {
        let text = column.as_string_opt::<i32>().and_then(|texts| text(texts, row));
        return Ok(text.map(loose::fields_of_json).unwrap_or_default());
    };
    let mut fields = Fields::new();
    let mut other = None;
    for (inner, column) in columns.fields().iter().zip(columns.columns()) {
        if inner.name() == OTHER {
            other = column.as_string_opt::<i32>().and_then(|texts| text(texts, row)).or(other);
        } else if let Some(value) = value_of(inner, column, row, INSIDE + 1)? {
            fields.set(inner.name(), value);
        }
    }
    if let Some(other) = other {
        fields.extend(loose::fields_of_json(other));
    }
    Ok(fields)
}

/// A cell as the value of a field; nothing where it is null.
fn value_of(field: &Field, column: &dyn Array, row: usize, depth: usize) -> Result<Option<Value>, String> {
    if depth > DEPTH {
        return json_of(field, column, row, depth).map(|_| None);
    }
    if column.is_null(row) {
        return Ok(None);
    }
    Ok(match column.data_type() {
        DataType::Utf8 if !field.metadata().contains_key(JSON_MARK) => {
            Some(Value::text(column.as_string::<i32>().value(row)))
        }
        DataType::Int64 => Some(Value::Integer(column.as_primitive::<Int64Type>().value(row))),
        DataType::Float64 => number(column.as_primitive::<Float64Type>().value(row)),
        DataType::Float32 => number(f64::from(column.as_primitive::<Float32Type>().value(row))),
        DataType::Boolean => Some(Value::Bool(column.as_boolean().value(row))),
        DataType::List(inner) => {
            let lists = column.as_list::<i32>();
            let mut items = Vec::new();
            for item in Lists(lists).items(row) {
                items.extend(value_of(inner, lists.values(), item, depth + 1)?);
            }
            Some(Value::List(items))
        }
        DataType::Struct(inner) => {
            let mut record = Fields::new();
            for (field, column) in inner.iter().zip(column.as_struct().columns()) {
                if let Some(value) = value_of(field, column, row, depth + 1)? {
                    record.set(field.name(), value);
                }
            }
            Some(Value::Record(record))
        }
        // Too great a number, of which JSON knows none, is left out.
        _ => value_from(json_of(field, column, row, depth)?).ok().flatten(),
    })
}

/// A number that is whole as a whole number.
fn number(number: f64) -> Option<Value> {
    match number.fract() == 0.0 && number.abs() < (1u64 << 53) as f64 {
        true => Some(Value::Integer(number as i64)),
        false => number.is_finite().then_some(Value::Number(number)),
    }
}
