//! Records as rows of Arrow columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields as Columns, Schema as ArrowSchema};

use super::super::Record;
use super::super::json_record::meta_object;
use super::shape::{FieldColumns, Shape, item, list};
use crate::model::{Fields, Schema, Span};

/// The columns of a project's data set.
pub(super) struct Layout {
    schema: Arc<ArrowSchema>,
    of_spans: FieldColumns,
    of_relations: FieldColumns,
    of_articles: Option<FieldColumns>,
}

fn text(name: &str, nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, nullable)
}

fn pairs() -> Shape {
    Shape::List(Box::new(Shape::List(Box::new(Shape::Whole))))
}

impl Layout {
    /// The columns for this schema.
    pub fn of(schema: &Schema) -> Self {
        let of_spans = FieldColumns::of(schema.labels.iter().flat_map(|label| &label.fields));
        let of_relations = FieldColumns::of(schema.relations.iter().flat_map(|relation| &relation.fields));
        let of_articles =
            (!schema.article_fields.is_empty()).then(|| FieldColumns::of(schema.article_fields.iter()));
        let spans = DataType::Struct(span_columns(&of_spans));
        let relations = DataType::Struct(relation_columns(&of_relations));
        let mut columns = vec![
            text("article", false),
            text("fingerprint", false),
            text("annotator", false),
            text("language", true),
            Shape::Json.field("meta"),
            text("status", false),
            text("text", false),
            Field::new("spans", DataType::List(Arc::new(item(spans))), false),
            Field::new("relations", DataType::List(Arc::new(item(relations))), false),
        ];
        columns.extend(of_articles.as_ref().map(FieldColumns::field));
        Self { schema: Arc::new(ArrowSchema::new(columns)), of_spans, of_relations, of_articles }
    }

    /// The Arrow schema.
    pub fn schema(&self) -> &Arc<ArrowSchema> {
        &self.schema
    }

    /// Records as a batch of rows.
    pub fn batch(&self, records: &[Record]) -> Result<RecordBatch, ArrowError> {
        let texts = |of: &dyn Fn(&Record) -> Option<String>| -> ArrayRef {
            Arc::new(records.iter().map(of).collect::<StringArray>())
        };
        let mut columns = vec![
            texts(&|record| Some(record.set.article.clone())),
            texts(&|record| Some(record.text.fingerprint().to_owned())),
            texts(&|record| Some(record.set.annotator.clone())),
            texts(&|record| record.meta.language.clone()),
            texts(&|record| Some(meta_object(&record.meta).to_string())),
            texts(&|record| Some(record.set.status.name().to_owned())),
            Arc::new(records.iter().map(|record| Some(record.text.as_str())).collect::<StringArray>()),
            self.spans(records),
            self.relations(records),
        ];
        if let Some(of_articles) = &self.of_articles {
            let fields: Vec<&Fields> = records.iter().map(|record| &record.set.fields).collect();
            columns.push(of_articles.column(&fields));
        }
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }

    fn spans(&self, records: &[Record]) -> ArrayRef {
        let all: Vec<(&Record, &Span)> =
            records.iter().flat_map(|record| record.set.spans().map(move |span| (record, &**span))).collect();
        let texts = |of: &dyn Fn(&(&Record, &Span)) -> String| -> ArrayRef {
            Arc::new(all.iter().map(|span| Some(of(span))).collect::<StringArray>())
        };
        let offsets = |of: &dyn Fn(&Span) -> u32| -> ArrayRef {
            Arc::new(all.iter().map(|(_, span)| Some(i64::from(of(span)))).collect::<Int64Array>())
        };
        let parts: Vec<crate::model::Value> =
            all.iter().map(|(_, span)| crate::model::Value::stretch(span.parts.as_slice())).collect();
        let fields: Vec<&Fields> = all.iter().map(|(_, span)| &span.fields).collect();
        let columns = vec![
            texts(&|(_, span)| span.id.as_str().to_owned()),
            texts(&|(_, span)| span.label.clone()),
            offsets(&|span| span.parts.first().start().get()),
            offsets(&|span| span.parts.last().end().get()),
            pairs().column(&parts.iter().map(Some).collect::<Vec<_>>()),
            texts(&|(record, span)| match &span.misquote {
                Some(misquote) => misquote.text.clone(),
                None => span.surface(&record.text),
            }),
            self.of_spans.column(&fields),
            texts(&|(_, span)| span.note.clone()),
        ];
        let lengths = records.iter().map(|record| record.set.len());
        lists(span_columns(&self.of_spans), columns, lengths)
    }

    fn relations(&self, records: &[Record]) -> ArrayRef {
        let all: Vec<_> = records.iter().flat_map(|record| record.set.relations()).collect();
        let texts = |of: &dyn Fn(usize) -> String| -> ArrayRef {
            Arc::new((0..all.len()).map(|place| Some(of(place))).collect::<StringArray>())
        };
        let fields: Vec<&Fields> = all.iter().map(|relation| &relation.fields).collect();
        let columns = vec![
            texts(&|place| all[place].id.as_str().to_owned()),
            texts(&|place| all[place].label.clone()),
            texts(&|place| all[place].from.as_str().to_owned()),
            texts(&|place| all[place].to.as_str().to_owned()),
            self.of_relations.column(&fields),
        ];
        let lengths = records.iter().map(|record| record.set.relation_count());
        lists(relation_columns(&self.of_relations), columns, lengths)
    }
}

fn span_columns(fields: &FieldColumns) -> Columns {
    let whole = |name: &str| Field::new(name, DataType::Int64, false);
    [
        text("id", false),
        text("label", false),
        whole("start"),
        whole("end"),
        pairs().field("parts"),
        text("text", false),
        fields.field(),
        text("note", false),
    ]
    .into_iter()
    .collect()
}

fn relation_columns(fields: &FieldColumns) -> Columns {
    [text("id", false), text("label", false), text("from", false), text("to", false), fields.field()]
        .into_iter()
        .collect()
}

fn lists(columns: Columns, arrays: Vec<ArrayRef>, lengths: impl Iterator<Item = usize>) -> ArrayRef {
    let data_type = DataType::Struct(columns.clone());
    list(Arc::new(StructArray::new(columns, arrays, None)), data_type, lengths, None)
}
