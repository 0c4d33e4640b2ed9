//! The Arrow type of a field, and columns of values of that type.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields as Columns};

use crate::model::{FieldDef, FieldKind, Fields, Value};

/// The column of a struct of fields that has what the others cannot hold, as JSON.
pub(super) const OTHER: &str = "other_fields";

/// What a column may hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Text,
    Whole,
    Number,
    YesNo,
    List(Box<Shape>),
    Record(Vec<(String, Shape)>),
    /// Anything, as JSON.
    Json,
}

/// The shapes of fields by name; fields of one name and several shapes are JSON.
pub(super) fn shapes<'a>(defs: impl Iterator<Item = &'a FieldDef>) -> Vec<(String, Shape)> {
    let mut shapes: Vec<(String, Shape)> = Vec::new();
    for def in defs.filter(|def| def.name != OTHER) {
        let shape = of(def);
        match shapes.iter_mut().find(|(name, _)| *name == def.name) {
            Some((_, there)) => *there = both(there, &shape),
            None => shapes.push((def.name.clone(), shape)),
        }
    }
    shapes
}

fn of(def: &FieldDef) -> Shape {
    let one = of_kind(&def.kind);
    match def.is_list() {
        true => Shape::List(Box::new(one)),
        false => one,
    }
}

fn of_kind(kind: &FieldKind) -> Shape {
    match kind {
        FieldKind::Choice(_)
        | FieldKind::Text
        | FieldKind::Date
        | FieldKind::Span(_)
        | FieldKind::Entity(_)
        | FieldKind::Term(_) => Shape::Text,
        FieldKind::Number { whole: true, .. } => Shape::Whole,
        FieldKind::Number { .. } => Shape::Number,
        FieldKind::YesNo => Shape::YesNo,
        FieldKind::Stretch => Shape::List(Box::new(Shape::List(Box::new(Shape::Whole)))),
        FieldKind::Record(defs) if defs.is_empty() => Shape::Json,
        FieldKind::Record(defs) => {
            Shape::Record(defs.iter().map(|def| (def.name.clone(), of(def))).collect())
        }
        FieldKind::Either(kinds) => {
            let mut shapes = kinds.iter().map(of_kind);
            let first = shapes.next().unwrap_or(Shape::Text);
            if shapes.all(|shape| shape == first) { first } else { Shape::Json }
        }
    }
}

fn both(a: &Shape, b: &Shape) -> Shape {
    match (a, b) {
        _ if a == b => a.clone(),
        (Shape::List(a), Shape::List(b)) => Shape::List(Box::new(both(a, b))),
        (Shape::Record(a), Shape::Record(b)) => {
            let mut all = a.clone();
            for (name, shape) in b {
                match all.iter_mut().find(|(there, _)| there == name) {
                    Some((_, there)) => *there = both(there, shape),
                    None => all.push((name.clone(), shape.clone())),
                }
            }
            Shape::Record(all)
        }
        _ => Shape::Json,
    }
}

impl Shape {
    /// Whether a value is the same after it stood in such a column.
    pub fn fits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Json, _) | (Self::Text, Value::Text(_)) | (Self::YesNo, Value::Bool(_)) => true,
            (Self::Whole | Self::Number, Value::Integer(number)) => number.unsigned_abs() < 1 << 53,
            // Whole numbers are read back as whole numbers.
            (Self::Number, Value::Number(number)) => number.fract() != 0.0,
            (Self::List(inner), Value::List(items)) => items.iter().all(|item| inner.fits(item)),
            (Self::Record(columns), Value::Record(fields)) => fields
                .iter()
                .all(|(name, value)| columns.iter().any(|(there, shape)| there == name && shape.fits(value))),
            _ => false,
        }
    }

    /// The Arrow type.
    pub fn data_type(&self) -> DataType {
        match self {
            Self::Text | Self::Json => DataType::Utf8,
            Self::Whole => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::YesNo => DataType::Boolean,
            Self::List(inner) => DataType::List(Arc::new(item(inner.data_type()))),
            Self::Record(columns) => {
                DataType::Struct(columns.iter().map(|(name, shape)| shape.field(name)).collect())
            }
        }
    }

    /// A column of this name; JSON is marked as such.
    pub fn field(&self, name: &str) -> Field {
        let field = Field::new(name, self.data_type(), true);
        match self {
            Self::Json => field.with_metadata([(JSON_MARK.to_owned(), "json".to_owned())]),
            _ => field,
        }
    }

    /// The values as a column. Values that do not fit become null.
    pub fn column(&self, values: &[Option<&Value>]) -> ArrayRef {
        match self {
            Self::Text => {
                Arc::new(values.iter().map(|value| value.and_then(Value::as_text)).collect::<StringArray>())
            }
            Self::Json => {
                let json = |value: &Value| serde_json::to_string(value).ok();
                Arc::new(values.iter().map(|value| value.and_then(json)).collect::<StringArray>())
            }
            Self::Whole => {
                let whole = |value: &Value| match value {
                    Value::Integer(number) => Some(*number),
                    _ => None,
                };
                Arc::new(values.iter().map(|value| value.and_then(whole)).collect::<Int64Array>())
            }
            Self::Number => Arc::new(
                values.iter().map(|value| value.and_then(Value::as_number)).collect::<Float64Array>(),
            ),
            Self::YesNo => {
                let yes = |value: &Value| match value {
                    Value::Bool(yes) => Some(*yes),
                    _ => None,
                };
                Arc::new(values.iter().map(|value| value.and_then(yes)).collect::<BooleanArray>())
            }
            Self::List(inner) => {
                let lists: Vec<Option<&[Value]>> =
                    values.iter().map(|value| value.and_then(Value::as_list)).collect();
                let items: Vec<Option<&Value>> =
                    lists.iter().flatten().flat_map(|list| list.iter().map(Some)).collect();
                let lengths = lists.iter().map(|list| list.map_or(0, <[Value]>::len));
                let nulls: NullBuffer = lists.iter().map(Option::is_some).collect::<Vec<bool>>().into();
                list(inner.column(&items), inner.data_type(), lengths, Some(nulls))
            }
            Self::Record(columns) => {
                let records: Vec<Option<&Fields>> =
                    values.iter().map(|value| value.and_then(Value::as_record)).collect();
                let arrays = columns.iter().map(|(name, shape)| {
                    let values: Vec<Option<&Value>> =
                        records.iter().map(|record| record.and_then(|r| r.get(name))).collect();
                    shape.column(&values)
                });
                let arrays: Vec<ArrayRef> = arrays.collect();
                let fields: Columns = columns.iter().map(|(name, shape)| shape.field(name)).collect();
                let nulls: NullBuffer = records.iter().map(Option::is_some).collect::<Vec<bool>>().into();
                Arc::new(StructArray::new(fields, arrays, Some(nulls)))
            }
        }
    }
}

/// The metadata of an Arrow field that holds JSON.
pub(super) const JSON_MARK: &str = "postil";

/// The field of a list's items, called as Parquet calls them.
pub(super) fn item(data_type: DataType) -> Field {
    Field::new("item", data_type, true)
}

/// A column of lists.
pub(super) fn list(
    items: ArrayRef,
    item_type: DataType,
    lengths: impl Iterator<Item = usize>,
    nulls: Option<NullBuffer>,
) -> ArrayRef {
    Arc::new(ListArray::new(Arc::new(item(item_type)), OffsetBuffer::from_lengths(lengths), items, nulls))
}

/// The fields of spans or relations: their columns, or JSON where the schema has none.
#[derive(Clone, Debug)]
pub(super) struct FieldColumns(Vec<(String, Shape)>);

impl FieldColumns {
    /// For the fields of these definitions.
    pub fn of<'a>(defs: impl Iterator<Item = &'a FieldDef>) -> Self {
        Self(shapes(defs))
    }

    /// The column.
    pub fn field(&self) -> Field {
        if self.0.is_empty() {
            return Shape::Json.field("fields");
        }
        let other = (OTHER.to_owned(), Shape::Json);
        Shape::Record(self.0.iter().cloned().chain([other]).collect()).field("fields")
    }

    /// The values of the column.
    pub fn column(&self, all: &[&Fields]) -> ArrayRef {
        if self.0.is_empty() {
            let json = all.iter().map(|fields| serde_json::to_string(fields).ok());
            return Arc::new(json.collect::<StringArray>());
        }
        let column_of = |name: &str, value: &Value| {
            self.0.iter().find(|(there, _)| there == name).is_some_and(|(_, shape)| shape.fits(value))
        };
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (name, shape) in &self.0 {
            let values: Vec<Option<&Value>> =
                all.iter().map(|fields| fields.get(name).filter(|value| shape.fits(value))).collect();
            arrays.push(shape.column(&values));
        }
        let others = all.iter().map(|fields| {
            let rest: Fields = fields
                .iter()
                .filter(|(name, value)| !column_of(name, value))
                .map(|(name, value)| (name, value.clone()))
                .collect();
            (!rest.is_empty()).then(|| serde_json::to_string(&rest).unwrap_or_default())
        });
        arrays.push(Arc::new(others.collect::<StringArray>()));
        match self.field().data_type() {
            DataType::Struct(fields) => Arc::new(StructArray::new(fields.clone(), arrays, None)),
            // `field` above gives a struct wherever there are columns.
            _ => arrays.swap_remove(0),
        }
    }
}
