//! Writing a page of annotations.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufWriter, Write};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::super::placing::Offsets;
use super::super::rest::{About, Rest};
use super::super::{FormatError, OffsetUnit, Record, RecordSource, TargetFiles, WriteOptions, in_order};
use super::encoded;
use crate::model::{Span, SpanId};
use crate::text::{CodePoint, TextRange};

/// How many code points a quotation shows before and after.
const CONTEXT: u32 = 32;

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: "the export".to_owned(), cause };
    let mut file = BufWriter::with_capacity(1 << 16, out.create("").map_err(failed)?);
    let head = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:postil:page","type":"AnnotationPage","items":["#;
    file.write_all(head.as_bytes()).map_err(failed)?;
    let mut is_first = true;
    let made = |_, record: Record| items(&record, options);
    in_order(records, &made, &mut |items: Vec<u8>| {
        let between = if std::mem::take(&mut is_first) { "\n" } else { ",\n" };
        file.write_all(between.as_bytes()).and_then(|()| file.write_all(&items)).map_err(failed)
    })?;
    file.write_all(b"\n]}\n").map_err(failed)?;
    file.flush().map_err(failed)
}

fn json_body(json: &str) -> Json {
    json!({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": json})
}

/// A span's annotation, its keys in the order in which they are written.
#[derive(Serialize)]
struct Tag<'a> {
    id: String,
    r#type: &'static str,
    creator: &'a Json,
    motivation: &'static str,
    body: Vec<Body<'a>>,
    target: Vec<Target<'a>>,
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    value: Cow<'a, str>,
}

impl<'a> Body<'a> {
    fn new(purpose: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        Self { r#type: "TextualBody", purpose, format: None, value: value.into() }
    }
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: (Position, Quote<'a>),
}

#[derive(Serialize)]
struct Position {
    r#type: &'static str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Quote<'a> {
    r#type: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

/// The annotations of a record, with what stands between them.
fn items(record: &Record, options: &WriteOptions) -> Vec<u8> {
    let set = &record.set;
    let offsets = Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::CodePoints));
    let source = format!("urn:postil:article:{}", encoded(&set.article));
    let base = format!("urn:postil:annotation:{}:{}", encoded(&set.article), encoded(&set.annotator));
    let creator = json!({"type": "Person", "name": set.annotator});
    let mut about = About::of(record);
    about.fields = offsets.fields(&options.schema.article_fields, &about.fields);
    let mut text = json!({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": record.text.as_str()});
    if let Some(language) = &record.meta.language {
        text["language"] = json!(language);
    }
    let mut written = Vec::with_capacity(8 * record.text.len_bytes());
    // Keys are texts and memory is all that is written to, so writing cannot fail.
    let _ = serde_json::to_writer(
        &mut written,
        &json!({
            "id": format!("{base}:article"), "type": "Annotation", "creator": creator, "motivation": "describing",
            "body": [text, json_body(&about.to_json())], "target": source,
        }),
    );
    // Of two spans with one id relations mean the first.
    let mut numbers: HashMap<&SpanId, usize> = HashMap::new();
    for (number, span) in set.spans().enumerate() {
        numbers.entry(&span.id).or_insert(number);
        let rest = Rest {
            id: Some(span.id.as_str().to_owned()),
            fields: offsets.fields(options.schema.fields_of(&span.label), &span.fields),
            text: span.misquote.as_ref().map(|misquote| misquote.text.clone()),
            ..Rest::default()
        };
        let mut body = vec![Body::new("tagging", &span.label)];
        body.push(Body { format: Some("application/json"), ..Body::new("describing", rest.to_json()) });
        if !span.note.is_empty() {
            body.push(Body::new("commenting", &span.note));
        }
        let tag = Tag {
            id: format!("{base}:{}:{number}", encoded(span.id.as_str())),
            r#type: "Annotation",
            creator: &creator,
            motivation: "tagging",
            body,
            target: span.parts.iter().map(|part| target(record, &offsets, &source, span, *part)).collect(),
        };
        written.extend_from_slice(b",\n");
        let _ = serde_json::to_writer(&mut written, &tag);
    }
    for (number, relation) in set.relations().enumerate() {
        let defs = options.schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
        let mut whole = crate::model::Relation::clone(relation);
        whole.fields = offsets.fields(defs, &relation.fields);
        let end = |id: &SpanId| match numbers.get(id) {
            Some(number) => format!("{base}:{}:{number}", encoded(id.as_str())),
            // A span that is not there.
            None => format!("{base}:{}", encoded(id.as_str())),
        };
        let link = json!({
            "id": format!("{base}:relation:{}:{number}", encoded(relation.id.as_str())), "type": "Annotation",
            "creator": creator, "motivation": "linking",
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": relation.label},
                {"type": "SpecificResource", "purpose": "linking", "source": end(&relation.to)},
                json_body(&serde_json::to_string(&whole).unwrap_or_default()),
            ],
            "target": end(&relation.from),
        });
        written.extend_from_slice(b",\n");
        let _ = serde_json::to_writer(&mut written, &link);
    }
    written
}

fn target<'a>(
    record: &'a Record,
    offsets: &Offsets,
    source: &'a str,
    span: &'a Span,
    part: TextRange,
) -> Target<'a> {
    let (start, end) = offsets.range(part);
    let text = &record.text;
    let slice = |from: u32, to: u32| {
        TextRange::new(CodePoint(from), CodePoint(to.min(text.len())))
            .and_then(|range| text.slice(range))
            .unwrap_or_default()
    };
    let (from, to) = (part.start().get(), part.end().get());
    let exact = match &span.misquote {
        Some(misquote) if span.parts.len() == 1 => misquote.text.as_str(),
        _ => slice(from, to),
    };
    Target {
        source,
        selector: (
            Position { r#type: "TextPositionSelector", start, end },
            Quote {
                r#type: "TextQuoteSelector",
                exact,
                prefix: slice(from.saturating_sub(CONTEXT), from),
                suffix: slice(to, to.saturating_add(CONTEXT)),
            },
        ),
    }
}
