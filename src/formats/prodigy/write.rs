//! Writing `prodigy`.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use serde_json::{Map, Value as Json, json};

use super::super::json_record::{about, fields_json, meta_object, span_rest};
use super::super::murmur::murmur32;
use super::super::plain_loss::count_loose_relations;
use super::super::tokens::{Token, covering, is_aligned, spaced_tokens};
use super::super::{FormatError, LossReport, Record, RecordSource, TargetFiles, in_order};
use crate::model::{Span, Status};
use crate::text::CanonicalText;

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
    in_order(records, &|_, record| task(&record).to_string(), &mut |line: String| {
        file.write_all(line.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)
    })?;
    file.flush().map_err(failed)
}

fn task(record: &Record) -> Json {
    let (set, text) = (&record.set, &record.text);
    let tokens = spaced_tokens(text);
    let input_hash = input_hash(text.as_str());
    let task_hash = murmur32(format!("{input_hash}spans=[]").as_bytes(), 0) as i32;
    let written: Vec<Json> = tokens
        .iter()
        .enumerate()
        .map(|(id, token)| {
            let (start, end) = (token.range.start().get(), token.range.end().get());
            json!({"text": &text.as_str()[token.bytes.clone()], "start": start, "end": end, "id": id, "ws": token.space})
        })
        .collect();
    let relations: Vec<Json> = set
        .relations()
        .filter_map(|relation| {
            let (from, to) = (set.get(&relation.from)?, set.get(&relation.to)?);
            let last = |span: &Span| covering(&tokens, span.parts.hull()).map(|(_, last)| last);
            let mut written = Map::new();
            written.insert("head".to_owned(), json!(last(from)));
            written.insert("child".to_owned(), json!(last(to)));
            written.insert("head_span".to_owned(), end(from, &tokens));
            written.insert("child_span".to_owned(), end(to, &tokens));
            written.insert("label".to_owned(), json!(relation.label));
            written.insert("id".to_owned(), json!(relation.id.as_str()));
            if !relation.fields.is_empty() {
                written.insert("fields".to_owned(), fields_json(&relation.fields));
            }
            Some(Json::Object(written))
        })
        .collect();
    let mut task = Map::new();
    task.insert("text".to_owned(), json!(text.as_str()));
    task.insert("meta".to_owned(), meta_object(&record.meta));
    task.insert("_input_hash".to_owned(), json!(input_hash));
    task.insert("_task_hash".to_owned(), json!(task_hash));
    task.insert("tokens".to_owned(), Json::Array(written));
    task.insert("spans".to_owned(), set.spans().map(|span| with_rest(span, &tokens, text)).collect());
    task.insert("relations".to_owned(), Json::Array(relations));
    let is_done = set.status != Status::Untouched;
    task.insert("answer".to_owned(), json!(if is_done { "accept" } else { "ignore" }));
    task.insert("_view_id".to_owned(), json!("relations"));
    task.insert("_annotator_id".to_owned(), json!(set.annotator));
    task.extend(about(record));
    Json::Object(task)
}

fn place(span: &Span, tokens: &[Token]) -> Map<String, Json> {
    let hull = span.parts.hull();
    let mut written = Map::new();
    written.insert("start".to_owned(), json!(hull.start().get()));
    written.insert("end".to_owned(), json!(hull.end().get()));
    if let Some((first, last)) = covering(tokens, hull) {
        written.insert("token_start".to_owned(), json!(first));
        written.insert("token_end".to_owned(), json!(last));
    }
    written.insert("label".to_owned(), json!(span.label));
    written
}

fn with_rest(span: &Span, tokens: &[Token], text: &CanonicalText) -> Json {
    let mut written = place(span, tokens);
    written.extend(span_rest(span, text));
    Json::Object(written)
}

fn end(span: &Span, tokens: &[Token]) -> Json {
    let mut written = place(span, tokens);
    written.insert("id".to_owned(), json!(span.id.as_str()));
    Json::Object(written)
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
