//! Reading columns.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::ControlFlow;

use super::super::rest::About;
use super::super::{FormatError, ReadOptions, Record, Remark, Sink, SourceFiles, UnitConverter};
use super::tags::{Tag, Tagged, decode};
use super::{DOCUMENT_START, coreference};
use crate::model::{AnnotationSet, ArticleMeta, Fields, Parts, Span, Status};
use crate::text::{CanonicalText, TextRange};

/// A line that is longer is no line of columns.
const LONGEST_LINE: usize = 1 << 24;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let endings = [".conll", ".tsv", ".bio", ".iob", ".iob2", ".txt", ".ner", ".bilou", ".conllu", ".col"];
    let wanted = |file: &&String| files.len() == 1 || endings.iter().any(|ending| file.ends_with(ending));
    for file in files.iter().filter(wanted) {
        let mut reading =
            Reading { file, options, sink, document: Document::default(), number: 0, records: 0 };
        if reading.file(source)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// A sentence as it stands in the file.
#[derive(Default)]
struct Sentence {
    /// The line that its first token stands on.
    line: usize,
    tokens: Vec<Vec<String>>,
    text: Option<String>,
    before: Option<String>,
    after: Option<String>,
    offsets: Option<String>,
}

impl Sentence {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.text.is_none() && self.before.is_none() && self.after.is_none()
    }
}

/// A document as it stands in the file.
#[derive(Default)]
struct Document {
    name: Option<String>,
    about: Option<About>,
    sentences: Vec<Sentence>,
    open: Sentence,
    /// Whether a line began it.
    is_marked: bool,
}

struct Reading<'a> {
    file: &'a str,
    options: &'a ReadOptions<'a>,
    sink: &'a mut dyn Sink,
    document: Document,
    number: usize,
    records: usize,
}

impl Reading<'_> {
    fn file(&mut self, source: &dyn SourceFiles) -> Result<ControlFlow<()>, FormatError> {
        let failed = |cause| FormatError::Io { what: "could not read", file: self.file.to_owned(), cause };
        let mut lines = source.open(self.file).map_err(failed)?;
        let (mut bytes, mut bad, mut number) = (Vec::new(), 0usize, 0usize);
        loop {
            bytes.clear();
            let read = read_line(&mut lines, &mut bytes).map_err(failed)?;
            if read == 0 {
                break;
            }
            number += 1;
            let mut line = bytes.as_slice();
            if number == 1 {
                line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
            }
            let line = String::from_utf8_lossy(line);
            bad += usize::from(matches!(line, std::borrow::Cow::Owned(_)));
            let line = line.strip_suffix('\n').unwrap_or(&line);
            let line = line.strip_suffix('\r').unwrap_or(line);
            self.number = number;
            if self.line(line).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if bad > 0 {
            let what = format!("{bad} lines are no UTF-8; what could not be read stands as U+FFFD");
            self.remark(0, what, false);
        }
        if self.end_document().is_break() {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn remark(&mut self, line: usize, what: impl Into<String>, left_out: bool) {
        let place = if line == 0 { self.file.to_owned() } else { format!("{}: line {line}", self.file) };
        self.sink.remark(Remark { place, what: what.into(), left_out });
    }

    fn line(&mut self, line: &str) -> ControlFlow<()> {
        if line.trim().is_empty() {
            self.end_sentence();
            return ControlFlow::Continue(());
        }
        if let Some(rest) = line.strip_prefix(DOCUMENT_START) {
            let flow = self.end_document();
            self.document.is_marked = true;
            let name = rest.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
            self.document.name = name.map(str::to_owned);
            return flow;
        }
        if let Some(comment) = comment(line) {
            return self.comment(comment);
        }
        if self.document.open.tokens.is_empty() {
            self.document.open.line = self.number;
        }
        let columns: Vec<String> = match line.contains('\t') {
            true => line.split('\t').map(str::to_owned).collect(),
            false => line.split_whitespace().map(str::to_owned).collect(),
        };
        self.document.open.tokens.push(columns);
        ControlFlow::Continue(())
    }

    fn comment(&mut self, comment: &str) -> ControlFlow<()> {
        let (key, value) = match comment.split_once('=') {
            Some((key, value)) => (key.trim(), value.strip_prefix(' ').unwrap_or(value)),
            None => match comment.trim().split_once("begin document ") {
                // As in CoNLL-2012: `#begin document (nw/wsj/00/wsj_0020); part 000`.
                Some(("", name)) => ("begin document", name.trim()),
                _ => (comment.trim(), ""),
            },
        };
        match key {
            "newdoc id" | "newdoc" | "begin document" => {
                let has_content =
                    !self.document.sentences.is_empty() || !self.document.open.tokens.is_empty();
                let flow = if has_content { self.end_document() } else { ControlFlow::Continue(()) };
                self.document.is_marked = true;
                if !value.trim().is_empty() {
                    self.document.name = Some(unescaped(value.trim()));
                }
                return flow;
            }
            "postil" => self.document.about = About::from_json(value),
            "text" => self.document.open.text = Some(value.to_owned()),
            "spaces_before" => self.document.open.before = Some(unescaped(value)),
            "spaces_after" => self.document.open.after = Some(unescaped(value)),
            "offsets" => self.document.open.offsets = Some(value.to_owned()),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn end_sentence(&mut self) {
        let sentence = std::mem::take(&mut self.document.open);
        if !sentence.is_empty() {
            self.document.sentences.push(sentence);
        }
    }

    fn end_document(&mut self) -> ControlFlow<()> {
        self.end_sentence();
        let document = std::mem::take(&mut self.document);
        if document.sentences.is_empty() {
            return ControlFlow::Continue(());
        }
        self.records += 1;
        let layout = match Layout::of(&document) {
            Some(layout) => layout,
            None => {
                let line = document.sentences.first().map_or(0, |sentence| sentence.line);
                self.remark(
                    line,
                    "no column of tags (`O`, `B-…`, `I-…`) or of coreference (`(1`, `1)`) was found; the document was left out",
                    true,
                );
                return ControlFlow::Continue(());
            }
        };
        let article = document.name.clone().unwrap_or_else(|| self.article(document.is_marked));
        let read = self.understand(document, &layout, article);
        self.sink.record(read)
    }

    /// What a document without a name is called: as its file, with a number where there are several.
    fn article(&self, is_marked: bool) -> String {
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let several = is_marked || self.records > 1;
        if several { format!("{stem}-{}", self.records) } else { stem.to_owned() }
    }

    fn understand(&mut self, document: Document, layout: &Layout, article: String) -> Record {
        let Document { about, sentences, .. } = document;
        let is_ours = about.is_some();
        let (mut written, mut tokens) = (String::new(), Vec::new());
        let mut lost = 0;
        let mut at = 0u32;
        for (number, sentence) in sentences.iter().enumerate() {
            let between = if number == 0 {
                ""
            } else if is_ours {
                " "
            } else {
                "\n"
            };
            let before = sentence.before.as_deref().unwrap_or(between);
            written.push_str(before);
            at += before.chars().count() as u32;
            let words: Vec<&str> = sentence
                .tokens
                .iter()
                .map(|columns| columns.get(layout.token).map_or("", String::as_str))
                .collect();
            let placed = sentence.text.as_deref().and_then(|text| place(text, &words));
            lost += usize::from(sentence.text.is_some() && placed.is_none());
            let (text, places) = match (placed, &sentence.text) {
                (Some(places), Some(text)) => (text.clone(), places),
                _ => joined(&words),
            };
            tokens.extend(places.iter().map(|(start, end)| TextRange::between(at + start, at + end)));
            at += text.chars().count() as u32;
            written.push_str(&text);
            if let Some(after) = &sentence.after {
                written.push_str(after);
                at += after.chars().count() as u32;
            }
        }
        let first = sentences.first().map_or(0, |sentence| sentence.line);
        if lost > 0 {
            let what = format!(
                "the tokens of {lost} sentences are not those of their `# text`; the text was made from the tokens"
            );
            self.remark(first, what, false);
        }
        let (text, folding) = CanonicalText::with_folding(&written);
        if !folding.is_identity() {
            tokens.iter_mut().for_each(|range| *range = folding.map_range(*range));
        }
        if self.contradicted(&sentences, &text, &tokens) {
            let what =
                "`# offsets` says other places than the tokens have in `# text`; the text was believed";
            self.remark(first, what, false);
        }
        let mut set = AnnotationSet::new(article, "");
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        let mut spans: Vec<(TextRange, String, Fields)> = Vec::new();
        for tagged in layout.spans(&sentences, is_ours) {
            let ends = tokens.get(tagged.first).zip(tokens.get(tagged.end.saturating_sub(1)));
            if let Some((first, last)) = ends {
                let label = if is_ours { plain(&tagged.label) } else { tagged.label };
                spans.push((first.hull(*last), label, Fields::new()));
            }
        }
        if let Some(column) = layout.coreference {
            let rows = sentences.iter().flat_map(|sentence| &sentence.tokens);
            let cells = rows.map(|columns| columns.get(column).map_or("_", String::as_str));
            let (mentions, stray) = coreference::mentions(cells);
            for mention in mentions {
                let ends = tokens.get(mention.first).zip(tokens.get(mention.end.saturating_sub(1)));
                if let Some((first, last)) = ends {
                    let (label, fields) = coreference::understood(&mention.name);
                    spans.push((first.hull(*last), label, fields));
                }
            }
            if stray > 0 {
                let what =
                    format!("{stray} brackets of coreference open or close nothing; they were left out");
                self.remark(first, what, true);
            }
        }
        // Ids in the order in which spans are listed everywhere.
        spans.sort_by_key(|(range, ..)| (range.start(), std::cmp::Reverse(range.end())));
        for (number, (range, label, fields)) in spans.into_iter().enumerate() {
            let mut span = Span::new(format!("s{}", number + 1), label, Parts::one(range));
            span.fields = fields;
            set.insert(span);
        }
        set.status = if set.is_empty() { Status::Untouched } else { Status::InProgress };
        let mut meta = ArticleMeta::default();
        if let Some(about) = about {
            about.apply(&mut set);
            meta = about.article_meta();
        }
        Record { meta, text, set }
    }

    /// Whether offsets that the file gives are not those of the tokens.
    fn contradicted(&self, sentences: &[Sentence], text: &CanonicalText, tokens: &[TextRange]) -> bool {
        let units = UnitConverter::of(text, self.options.unit.unwrap_or_default());
        let mut at = 0;
        sentences.iter().any(|sentence| {
            let here = &tokens[at..(at + sentence.tokens.len()).min(tokens.len())];
            at += sentence.tokens.len();
            sentence.offsets.as_ref().is_some_and(|said| {
                let mut said = said.split_whitespace();
                let agree = here.iter().all(|range| {
                    let pair = said.next().and_then(|pair| pair.split_once(':'));
                    let numbers = pair.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                    numbers.is_some() && numbers == units.from_range(*range)
                });
                !agree || said.next().is_some()
            })
        })
    }
}

/// Reads a line; one that is far too long is cut.
fn read_line(lines: &mut dyn BufRead, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut all = 0;
    loop {
        let buffer = lines.fill_buf()?;
        if buffer.is_empty() {
            return Ok(all);
        }
        let (used, is_end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        if bytes.len() < LONGEST_LINE {
            bytes.extend_from_slice(&buffer[..used]);
        }
        lines.consume(used);
        all += used;
        if is_end {
            return Ok(all);
        }
    }
}

/// A comment's text: `#` and a space. `#` and a tab is a token, and so is a `#` that is followed by nothing but tags.
fn comment(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    let is_tags = || rest.split_whitespace().all(|word| Tag::parse(word).is_ok());
    match rest.chars().next() {
        Some('\t') => None,
        _ if is_tags() && !rest.trim().is_empty() => None,
        _ => Some(rest),
    }
}

/// Where the tokens stand in a sentence, in code points; `None` if they are not its tokens.
fn place(text: &str, words: &[&str]) -> Option<Vec<(u32, u32)>> {
    let (mut byte, mut at) = (0, 0u32);
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let gap = text[byte..].find(word)?;
        // A token far off would swallow those between.
        if !text[byte..byte + gap].chars().all(|c| c.is_whitespace() || crate::text::is_white(c)) {
            return None;
        }
        at += text[byte..byte + gap].chars().count() as u32;
        let end = at + word.chars().count() as u32;
        places.push((at, end));
        at = end;
        byte += gap + word.len();
    }
    Some(places)
}

/// A text made from tokens, with one space between two.
fn joined(words: &[&str]) -> (String, Vec<(u32, u32)>) {
    let (mut text, mut places, mut at) = (String::new(), Vec::with_capacity(words.len()), 0u32);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
            at += 1;
        }
        let end = at + word.chars().count() as u32;
        places.push((at, end));
        text.push_str(word);
        at = end;
    }
    (text, places)
}

/// Which columns hold what.
struct Layout {
    token: usize,
    /// Columns of tags.
    tags: Vec<usize>,
    /// Whether each line lists any number of tags after the token.
    is_list: bool,
    /// A column of coreference, where there are no tags.
    coreference: Option<usize>,
}

impl Layout {
    /// Looks at a document. A column of tags holds tags alone, and one of them at least; so `-` or `_`, which stand for "not said",
    /// make a column something else.
    fn of(document: &Document) -> Option<Self> {
        let rows = || document.sentences.iter().flat_map(|sentence| &sentence.tokens);
        let width = rows().map(Vec::len).max().unwrap_or(0);
        if width == 0 {
            let empty = Self { token: 0, tags: Vec::new(), is_list: false, coreference: None };
            return document.about.is_some().then_some(empty);
        }
        let numbered = |columns: &Vec<String>| {
            columns.first().is_some_and(|id| {
                id.starts_with(|c: char| c.is_ascii_digit())
                    && id.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b))
            })
        };
        let narrowest = rows().map(Vec::len).min().unwrap_or(0);
        let is_tag =
            |columns: &Vec<String>, at: usize| columns.get(at).is_some_and(|word| Tag::parse(word).is_ok());
        let token = usize::from(narrowest > 2 && rows().all(numbered));
        let tags: Vec<usize> =
            (token + 1..narrowest).filter(|at| rows().all(|columns| is_tag(columns, *at))).collect();
        let is_list = narrowest < width
            && !tags.is_empty()
            && rows().all(|columns| (token + 1..columns.len()).all(|at| is_tag(columns, at)));
        if !tags.is_empty() {
            return Some(Self { token, tags, is_list, coreference: None });
        }
        // The last column; before it the word alone, its number and the word, or the columns of CoNLL-2012, of which the word is the fourth.
        let last = narrowest.checked_sub(1).filter(|last| *last > 0 && narrowest == width)?;
        let cells = rows().map(|columns| columns.get(last).map_or("", String::as_str));
        if !coreference::is_coreference(cells) {
            return None;
        }
        let is_number = |columns: &Vec<String>, at: usize| {
            columns.get(at).is_some_and(|said| said.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let token = match width {
            11.. if rows().all(|columns| is_number(columns, 1) && is_number(columns, 2)) => 3,
            3.. if rows().all(numbered) => 1,
            _ => 0,
        };
        Some(Self { token, tags: Vec::new(), is_list: false, coreference: Some(last) })
    }

    /// The spans of a document, in tokens of the whole of it. In Postil's own files a sentence's end ends no span.
    fn spans(&self, sentences: &[Sentence], across: bool) -> Vec<Tagged> {
        let mut spans = Vec::new();
        let rows: Vec<&[Vec<String>]> = sentences.iter().map(|sentence| sentence.tokens.as_slice()).collect();
        let mut first = 0;
        let whole: Vec<&Vec<String>> =
            if across { rows.iter().flat_map(|rows| rows.iter()).collect() } else { Vec::new() };
        if across {
            self.decode(&whole, 0, &mut spans);
            return spans;
        }
        for rows in rows {
            let rows: Vec<&Vec<String>> = rows.iter().collect();
            self.decode(&rows, first, &mut spans);
            first += rows.len();
        }
        spans
    }

    fn decode(&self, rows: &[&Vec<String>], first: usize, spans: &mut Vec<Tagged>) {
        let found: Vec<Tagged> = if self.is_list {
            // A sequence of its own for each label, kept as the rows that have it: there may be as many labels as rows.
            let mut tags: BTreeMap<&str, Vec<(usize, Tag)>> = BTreeMap::new();
            for (at, columns) in rows.iter().enumerate() {
                for tag in columns[self.token + 1..].iter().filter_map(|word| Tag::parse(word).ok().flatten())
                {
                    let own = tags.entry(tag.label).or_default();
                    // A token tagged twice with one label is in one span of it.
                    match own.last_mut() {
                        Some(last) if last.0 == at => last.1 = tag,
                        _ => own.push((at, tag)),
                    }
                }
            }
            let runs = tags.values().flat_map(|tags| tags.chunk_by(|a, b| a.0 + 1 == b.0));
            let decoded = |run: &[(usize, Tag)]| {
                let first = run.first().map_or(0, |(at, _)| *at);
                let found = decode(run.iter().map(|(_, tag)| Some(*tag)));
                found.into_iter().map(move |tagged| Tagged {
                    first: tagged.first + first,
                    end: tagged.end + first,
                    ..tagged
                })
            };
            runs.flat_map(decoded).collect()
        } else {
            let column = |at: &usize| {
                let at = *at;
                decode(
                    rows.iter()
                        .map(move |columns| columns.get(at).and_then(|word| Tag::parse(word).ok().flatten())),
                )
            };
            self.tags.iter().flat_map(column).collect()
        };
        spans.extend(found.into_iter().map(|tagged| Tagged {
            first: tagged.first + first,
            end: tagged.end + first,
            ..tagged
        }));
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match signs.next() {
            Some('s') => out.push(' '),
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\\') | None => out.push('\\'),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
        }
    }
    out
}

/// The label of a tag that Postil wrote.
fn plain(tag: &str) -> String {
    if tag == "%" {
        return String::new();
    }
    let mut bytes = Vec::with_capacity(tag.len());
    let mut rest = tag.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%').then(|| std::str::from_utf8(tail.get(..2)?).ok()).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
