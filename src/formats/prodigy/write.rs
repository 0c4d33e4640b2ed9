//! Writing `prodigy`.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::super::json_record::{SpanRest, about, meta_object};
use super::super::murmur::murmur32;
use super::super::plain_loss::count_loose_relations;
use super::super::tokens::{Token, covering, is_aligned, spaced_tokens};
use super::super::{FormatError, LossReport, Record, RecordSource, TargetFiles, in_order};
use crate::model::{Fields, Span, Status};

pub(super) fn count_loss(record: &Record, loss: &mut LossReport) {
    let tokens = spaced_tokens(&record.text);
    let (mut several, mut torn, mut nowhere) = (0, 0, 0);
    for span in record.set.spans() {
        several += usize::from(span.parts.len() > 1);
        match covering(&tokens, span.parts.hull()) {
            None => nowhere += 1,
            Some(_) => torn += usize::from(!is_aligned(&tokens, span.parts.hull())),
        }
    }
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        "are shown from the first part to the last; the parts stay in a key that Prodigy passes over",
    );
    loss.add(
        torn,
        "span that begins or ends inside a token",
        "spans that begin or end inside a token",
        "have the tokens they touch",
    );
    loss.add(
        nowhere,
        "span without any token",
        "spans without any token",
        "have no token_start and token_end",
    );
    count_loose_relations(record, loss);
}

pub(super) fn write(records: &dyn RecordSource, out: &mut dyn TargetFiles) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: "the export".to_owned(), cause };
    let mut file = BufWriter::with_capacity(1 << 16, out.create("").map_err(failed)?);
    in_order(records, &|_, record| line(&record), &mut |line: Vec<u8>| {
        file.write_all(&line).map_err(failed)
    })?;
    file.flush().map_err(failed)
}

/// A task, its keys in the order in which they are written.
#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    meta: Json,
    _input_hash: i32,
    _task_hash: i32,
    tokens: Vec<TaskToken<'a>>,
    spans: Vec<TaskSpan<'a>>,
    relations: Vec<TaskRelation<'a>>,
    answer: &'static str,
    _view_id: &'static str,
    _annotator_id: &'a str,
    #[serde(flatten)]
    about: Map<String, Json>,
}

#[derive(Serialize)]
struct TaskToken<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct Place<'a> {
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_end: Option<usize>,
    label: &'a str,
}

#[derive(Serialize)]
struct TaskSpan<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(flatten)]
    rest: SpanRest<'a>,
}

#[derive(Serialize)]
struct End<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    id: &'a str,
}

#[derive(Serialize)]
struct TaskRelation<'a> {
    head: Option<usize>,
    child: Option<usize>,
    head_span: End<'a>,
    child_span: End<'a>,
    label: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    fields: &'a Fields,
}

/// The line of a record, with the line's end.
fn line(record: &Record) -> Vec<u8> {
    let (set, text) = (&record.set, &record.text);
    let tokens = spaced_tokens(text);
    let input_hash = input_hash(text.as_str());
    let written = tokens.iter().enumerate().map(|(id, token)| TaskToken {
        text: &text.as_str()[token.bytes.clone()],
        start: token.range.start().get(),
        end: token.range.end().get(),
        id,
        ws: token.space,
    });
    let relations = set.relations().filter_map(|relation| {
        let (from, to) = (set.get(&relation.from)?, set.get(&relation.to)?);
        let last = |span: &Span| covering(&tokens, span.parts.hull()).map(|(_, last)| last);
        let end = |span| -> End { End { place: place(span, &tokens), id: span.id.as_str() } };
        Some(TaskRelation {
            head: last(from),
            child: last(to),
            head_span: end(from),
            child_span: end(to),
            label: &relation.label,
            id: relation.id.as_str(),
            fields: &relation.fields,
        })
    });
    let task = Task {
        text: text.as_str(),
        meta: meta_object(&record.meta),
        _input_hash: input_hash,
        _task_hash: murmur32(format!("{input_hash}spans=[]").as_bytes(), 0) as i32,
        tokens: written.collect(),
        spans: set
            .spans()
            .map(|span| TaskSpan { place: place(span, &tokens), rest: SpanRest::of(span, text) })
            .collect(),
        relations: relations.collect(),
        answer: if set.status != Status::Untouched { "accept" } else { "ignore" },
        _view_id: "relations",
        _annotator_id: &set.annotator,
        about: about(record),
    };
    let mut line = Vec::with_capacity(8 * text.len_bytes());
    // Keys are texts and memory is all that is written to, so this cannot fail.
    let _ = serde_json::to_writer(&mut line, &task);
    line.push(b'\n');
    line
}

fn place<'s>(span: &'s Span, tokens: &[Token]) -> Place<'s> {
    let hull = span.parts.hull();
    let covered = covering(tokens, hull);
    Place {
        start: hull.start().get(),
        end: hull.end().get(),
        token_start: covered.map(|(first, _)| first),
        token_end: covered.map(|(_, last)| last),
        label: &span.label,
    }
}

/// What Prodigy knows a text by.
pub(super) fn input_hash(text: &str) -> i32 {
    let mut hashed = String::from("text=\"");
    // As Python's json.dumps writes it: ASCII alone.
    for sign in text.chars() {
        match sign {
            '"' => hashed.push_str("\\\""),
            '\\' => hashed.push_str("\\\\"),
            '\n' => hashed.push_str("\\n"),
            '\r' => hashed.push_str("\\r"),
            '\t' => hashed.push_str("\\t"),
            '\u{8}' => hashed.push_str("\\b"),
            '\u{C}' => hashed.push_str("\\f"),
            ' '..='~' | '\u{7F}' => hashed.push(sign),
            _ => {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(hashed, "\\u{unit:04x}");
                }
            }
        }
    }
    hashed.push('"');
    murmur32(hashed.as_bytes(), 0) as i32
}
