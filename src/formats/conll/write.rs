//! Writing columns.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use super::super::rest::About;
use super::super::sentences::Sentences;
use super::super::{
    FormatError, LossReport, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions, in_order,
};
use super::DOCUMENT_START;
use super::tags::encode;
use crate::text::ByteRange;

/// Cuts the text of a record. A sentence that a span leaves goes on with the next one of its line, so that tags never go on across
/// an empty line.
fn cut(record: &Record) -> Sentences {
    let mut text = Sentences::cut(&record.text);
    // How many more spans reach from before each sentence into it than end before it.
    let mut reaching = vec![0i64; text.sentences.len() + 1];
    for span in record.set.spans() {
        let tokens = text.touched(span.parts.hull());
        if !tokens.is_empty() {
            let sentence = |token: usize| text.sentences.partition_point(|(_, own)| own.end <= token);
            let (first, last) = (sentence(tokens.start), sentence(tokens.end - 1));
            reaching[first + 1] += 1;
            reaching[last + 1] -= 1;
        }
    }
    let whole = record.text.as_str();
    let mut open = 0;
    let mut joined: Vec<(ByteRange, std::ops::Range<usize>)> = Vec::with_capacity(text.sentences.len());
    for (number, (sentence, tokens)) in text.sentences.drain(..).enumerate() {
        open += reaching[number];
        match joined.last_mut() {
            Some(last) if open > 0 && !whole[last.0.end..sentence.start].contains('\n') => {
                last.0.end = sentence.end;
                last.1.end = tokens.end;
            }
            _ => joined.push((sentence, tokens)),
        }
    }
    text.sentences = joined;
    text
}

/// A span in tokens.
struct Piece<'a> {
    label: &'a str,
    first: usize,
    end: usize,
}

/// Every span that touches a token in the layer where it overlaps none before it: the first layer that has room. Longest first.
fn layers<'a>(record: &'a Record, text: &Sentences) -> Vec<Vec<Piece<'a>>> {
    let mut layers: Vec<Vec<Piece>> = Vec::new();
    for span in record.set.spans() {
        let tokens = text.touched(span.parts.hull());
        if tokens.is_empty() {
            continue;
        }
        let piece = Piece { label: &span.label, first: tokens.start, end: tokens.end };
        let free = layers.iter().position(|layer| layer.last().is_none_or(|last| last.end <= piece.first));
        match free {
            Some(layer) => layers[layer].push(piece),
            None => layers.push(vec![piece]),
        }
    }
    layers
}

pub(super) fn count_loss(record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
    let text = cut(record);
    let (mut discontinuous, mut grown, mut wordless, mut fields, mut notes) = (0, 0, 0, 0, 0);
    for span in record.set.spans() {
        let hull = span.parts.hull();
        let touched = text.touched(hull);
        let edges = text.tokens.get(touched.start).zip(text.tokens[..touched.end].last());
        match edges.filter(|_| !touched.is_empty()) {
            None => wordless += 1,
            Some((first, last)) => {
                discontinuous += usize::from(span.parts.len() > 1);
                grown += usize::from(first.1.start() != hull.start() || last.1.end() != hull.end());
            }
        }
        fields += span.fields.len();
        notes += usize::from(!span.note.is_empty());
    }
    loss.add(
        discontinuous,
        "discontinuous span",
        "discontinuous spans",
        "become one span from the first part to the last",
    );
    loss.add(
        grown,
        "span that begins or ends inside a token or on white space",
        "spans that begin or end inside a token or on white space",
        "begin and end with whole tokens",
    );
    loss.add(wordless, "span without a token", "spans without a token", "left out");
    loss.add(fields, "value of a field", "values of fields", "left out");
    loss.add(notes, "note", "notes", "left out");
    loss.add(record.set.relation_count(), "relation", "relations", "left out");
    loss.add(
        record.set.len() - wordless,
        "id of a span",
        "ids of spans",
        "left out; reading gives fresh ones",
    );
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: "the export".to_owned(), cause };
    // Every line has as many columns as the deepest article needs.
    let mut columns = 1;
    in_order(records, &|_, record| layers(&record, &cut(&record)).len(), &mut |layers| {
        columns = columns.max(layers);
        Ok(())
    })?;
    let mut file = BufWriter::with_capacity(1 << 16, out.create("").map_err(failed)?);
    let made = |_, record: Record| {
        let mut lines = String::new();
        document(&record, options, columns, &mut lines);
        lines
    };
    in_order(records, &made, &mut |lines: String| file.write_all(lines.as_bytes()).map_err(failed))?;
    file.flush().map_err(failed)
}

fn document(record: &Record, options: &WriteOptions, columns: usize, out: &mut String) {
    let whole = record.text.as_str();
    let text = cut(record);
    let units = UnitConverter::of(&record.text, options.unit.unwrap_or_default());
    let mut tags: Vec<Vec<String>> = vec![Vec::new(); columns];
    for (layer, column) in layers(record, &text).iter().zip(&mut tags) {
        column.resize(text.tokens.len(), String::new());
        let mut before: Option<&Piece> = None;
        for piece in layer {
            let follows = before.is_some_and(|last| last.end == piece.first && last.label == piece.label);
            let label = stored(piece.label);
            let tokens = piece.first..piece.end;
            for (at, tag) in tokens.clone().zip(&mut column[tokens]) {
                let prefix = encode(options.scheme, at, piece.first, piece.end, follows);
                *tag = format!("{prefix}-{label}");
            }
            before = Some(piece);
        }
    }
    // Writing to a string never fails.
    let _ = writeln!(out, "{DOCUMENT_START}{}\n", "\tO".repeat(columns));
    let _ = writeln!(out, "# newdoc id = {}", escaped(&record.set.article));
    let _ = writeln!(out, "# postil = {}", About::of(record).to_json());
    let mut byte = 0;
    let last = text.sentences.len().saturating_sub(1);
    for (number, (sentence, tokens)) in text.sentences.iter().enumerate() {
        let before = &whole[byte..sentence.start];
        byte = sentence.end;
        let _ = writeln!(out, "# sent_id = {}", number + 1);
        if before != if number == 0 { "" } else { " " } {
            let _ = writeln!(out, "# spaces_before = {}", escaped(before));
        }
        let _ = writeln!(out, "# text = {}", &whole[sentence.clone()]);
        if number == last && byte < whole.len() {
            let _ = writeln!(out, "# spaces_after = {}", escaped(&whole[byte..]));
        }
        out.push_str("# offsets =");
        for (_, range) in &text.tokens[tokens.clone()] {
            let plain = (range.start().get(), range.end().get());
            let (start, end) = units.from_range(*range).unwrap_or(plain);
            let _ = write!(out, " {start}:{end}");
        }
        out.push('\n');
        for at in tokens.clone() {
            out.push_str(&whole[text.tokens[at].0.clone()]);
            for column in &tags {
                let tag = column.get(at).filter(|tag| !tag.is_empty());
                out.push('\t');
                out.push_str(tag.map_or("O", String::as_str));
            }
            out.push('\n');
        }
        out.push('\n');
    }
    if text.sentences.is_empty() {
        let _ = writeln!(out, "# spaces_after = {}\n", escaped(whole));
    }
}

/// A label as a tag can hold it: white space and `%` as `%20`, the bytes of UTF-8 in hexadecimal.
fn stored(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut bytes = [0; 4];
    for c in label.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '%' | '\u{FEFF}') {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    if out.is_empty() { "%".to_owned() } else { out }
}

/// White space that can be read off a comment: as in the `SpacesAfter` of Universal Dependencies.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}
