//! Reading one table in which each row has a text and a place in it, as data sets of other people have them.

use std::ops::ControlFlow;

use super::super::cells::unguarded;
use super::super::draft::{Draft, DraftSpan};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::read::parts;
use super::source::Rows;
use crate::model::{Fields, Value, file_stem};

/// What columns are called, in the order in which they are looked for. A table of `article`, `start`, `text` has the span's words in
/// `text`; one that has `sentence` or `document_text` too has the article there.
const TEXT: [&str; 7] =
    ["article_text", "document_text", "full_text", "sentence", "context", "body", "content"];
const WORDS: [&str; 6] = ["surface", "span_text", "entity", "mention", "quote", "text"];
const START: [&str; 6] =
    ["start", "start_offset", "begin", "start_char", "entity_pos_start_rel", "span_start"];
const END: [&str; 5] = ["end", "end_offset", "end_char", "entity_pos_end_rel", "span_end"];
const LABEL: [&str; 6] = ["entity_tag", "entity_type", "span_label", "label", "tag", "type"];
const ARTICLE: [&str; 6] = ["article", "document", "doc_id", "document_id", "text_id", "sentence_id"];

pub(super) fn read(
    source: &dyn SourceFiles,
    files: &[&String],
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    for file in files {
        if table(source, file, options, sink)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn table(
    source: &dyn SourceFiles,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, FormatError> {
    let mut rows = Rows::open(source, file)?;
    let headings: Vec<String> = rows.headings().to_vec();
    let find = |names: &[&str]| {
        names.iter().find_map(|name| headings.iter().position(|heading| heading.eq_ignore_ascii_case(name)))
    };
    let (text, start, end, label) = (find(&TEXT), find(&START), find(&END), find(&LABEL));
    let (Some(text), Some(start), Some(end), Some(label)) = (text, start, end, label) else {
        let lacks = |column: Option<usize>, what: &'static str| column.is_none().then_some(what);
        let lacking: Vec<&str> = [
            lacks(text, "the article's text (`article_text`, `sentence`, …)"),
            lacks(start, "the span's start"),
            lacks(end, "its end"),
            lacks(label, "its label"),
        ]
        .into_iter()
        .flatten()
        .collect();
        return Err(FormatError::NotThisFormat {
            file: file.to_owned(),
            format: "csv",
            why: format!(
                "it has no column with {}. To read what `postil export csv` wrote into a folder, name the folder, in which articles.csv \
                 has the texts",
                lacking.join(", ")
            ),
        });
    };
    let words = WORDS.iter().find_map(|name| find(&[name]).filter(|column| ![text, label].contains(column)));
    let article = find(&ARTICLE);
    let annotator = find(&["annotator"]);
    let own: Vec<(usize, String)> = headings
        .iter()
        .enumerate()
        .filter(|(column, _)| {
            ![Some(text), Some(start), Some(end), Some(label), words, article, annotator]
                .contains(&Some(*column))
        })
        .filter(|(_, heading)| !heading.is_empty() && !["id", "parts"].contains(&heading.as_str()))
        .map(|(column, heading)| (column, heading.clone()))
        .collect();
    let mut open: Option<(Draft, String)> = None;
    let (mut number, mut seen) = (0usize, 0usize);
    let mut flow = ControlFlow::Continue(());
    while flow.is_continue() && rows.next()? {
        seen += 1;
        let place = rows.place();
        let body = rows.text(Some(text));
        let (from, to) = (rows.cell(Some(start)), rows.cell(Some(end)));
        let name = rows.text(Some(label));
        let whose = rows.text(annotator);
        let path = rows.text(article);
        let span = match parts("", &from, &to) {
            // A text that nobody marked anything in.
            Err(_) if from.trim().is_empty() && to.trim().is_empty() => None,
            Ok(parts) if !name.is_empty() => {
                let mut fields = Fields::new();
                for (column, name) in &own {
                    let cell = rows.cell(Some(*column));
                    if let Some(value) = plain_value(&cell) {
                        fields.set(name, value);
                    }
                }
                let quoted = words.map(|column| rows.text(Some(column)));
                Some(DraftSpan { label: name, parts, text: quoted, fields, ..DraftSpan::default() })
            }
            refused => {
                let what = refused.err().unwrap_or_else(|| "the span has no label".to_owned());
                sink.remark(Remark { place, what: format!("{what}; the row was left out"), left_out: true });
                continue;
            }
        };
        let goes_on = open.as_ref().is_some_and(|(draft, at)| {
            draft.text == body && draft.annotator == whose && (path.is_empty() || *at == path)
        });
        if !goes_on {
            number += 1;
            let article = match path.is_empty() {
                true => format!("{}-{number}.txt", file_stem(file)),
                false => path.clone(),
            };
            let next = Draft { article, annotator: whose, text: body, ..Draft::default() };
            if let Some((done, _)) = open.replace((next, path)) {
                let record = done.into_record(&place, OffsetUnit::CodePoints, options, sink);
                flow = sink.record(record);
            }
        }
        if let Some((draft, _)) = &mut open {
            draft.spans.extend(span);
        }
    }
    if let (Some((done, _)), true) = (open, flow.is_continue()) {
        let place = format!("{file}: row {seen}");
        let record = done.into_record(&place, OffsetUnit::CodePoints, options, sink);
        flow = sink.record(record);
    }
    rows.end(sink);
    Ok(flow)
}

/// A cell of a column that nobody has described: a number where it is one, else text.
fn plain_value(cell: &str) -> Option<Value> {
    if cell.is_empty() {
        return None;
    }
    let is_plain = |number: &i64| number.to_string() == cell;
    Some(match cell.parse::<i64>().ok().filter(is_plain) {
        Some(number) => Value::Integer(number),
        None => Value::text(unguarded(cell)),
    })
}
