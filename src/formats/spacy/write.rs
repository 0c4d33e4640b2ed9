//! Writing `spacy`.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::super::json_record::SpanRest;
use super::super::tokens::{Token, covering, is_aligned, spaced_tokens};
use super::super::{
    FormatError, LossReport, Record, RecordSource, TargetFiles, WriteOptions, in_order, meta_entries,
};
use super::docbin::{ATTRS, GroupSpan, MessagePack};
use super::packed::{Packed, PackedFile};
use super::strings::{Strings, number};
use crate::model::{Fields, Schema, Span};
use crate::text::{CanonicalText, sentences};

/// The group in which spaCy's span categoriser looks for spans.
pub(super) const GROUP: &str = "sc";

/// The key of `doc.user_data` that has what spaCy has no place for.
pub(super) const OWN: &str = "postil";

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let set = &record.set;
    let tokens = spaced_tokens(&record.text);
    let spans = covered(record, &tokens);
    let (mut several, mut torn, mut nowhere, mut values, mut notes) = (0, 0, 0, 0, 0);
    for (span, place) in &spans {
        several += usize::from(span.parts.len() > 1);
        values += span.fields.len();
        notes += usize::from(!span.note.is_empty());
        match place {
            None => nowhere += 1,
            Some(_) => torn += usize::from(!is_aligned(&tokens, span.parts.hull())),
        }
    }
    let outside = set.len() - nowhere - entities(&spans, tokens.len(), options.schema).len();
    let own = "exact in doc.user_data[\"postil\"]";
    let alone = "in doc.user_data[\"postil\"] alone";
    loss.add(
        outside,
        "span that overlaps others",
        "spans that overlap others",
        "in doc.spans[\"sc\"], not among doc.ents, which cannot overlap",
    );
    loss.add(
        torn,
        "span that begins or ends inside a token",
        "spans that begin or end inside a token",
        format!("stretched to whole tokens; {own}"),
    );
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        format!("become one span from the first part to the last; {own}"),
    );
    loss.add(nowhere, "span without any token", "spans without any token", alone);
    loss.add(values + set.fields.len(), "value of a field", "values of fields", alone);
    loss.add(notes, "note", "notes", alone);
    loss.add(set.relation_count(), "relation", "relations", alone);
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let mut bin = Bin::default();
    in_order(records, &|_, record| Doc::of(&record, options.schema), &mut |doc| {
        bin.add(doc?);
        Ok(())
    })?;
    bin.written("", out)
}

/// How many bytes of tokens and user data a file of several holds, about.
pub(super) const SHARD: usize = 64 << 20;

/// Writes a folder of files, each closed as soon as it has come to `shard` bytes; `spacy train` and spaCy's corpus reader take such a folder as one corpus.
pub(super) fn write_shards(
    records: &dyn RecordSource,
    options: &WriteOptions,
    shard: usize,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let mut bin = Bin::default();
    let mut number = 0usize;
    in_order(records, &|_, record| Doc::of(&record, options.schema), &mut |doc| {
        bin.add(doc?);
        if bin.size >= shard {
            number += 1;
            std::mem::take(&mut bin).written(&format!("part-{number:05}.spacy"), out)?;
        }
        Ok(())
    })?;
    if number == 0 || bin.docs > 0 {
        bin.written(&format!("part-{:05}.spacy", number + 1), out)?;
    }
    Ok(())
}

/// A file in the making. Its parts stand in it one behind the other, each for all docs, and the strings that docs use between them: so they
/// are kept until the last doc is known, packed.
#[derive(Default)]
struct Bin {
    docs: usize,
    tokens: Packed,
    spaces: Packed,
    lengths: Vec<u8>,
    strings: Strings,
    span_groups: Packed,
    user_data: Packed,
    /// Bytes, about.
    size: usize,
}

impl Bin {
    /// Writes the file.
    fn written(self, path: &str, out: &mut dyn TargetFiles) -> Result<(), FormatError> {
        let name = if path.is_empty() { "the export" } else { path };
        let failed = |cause| FormatError::Io { what: "could not write", file: name.to_owned(), cause };
        let mut file = PackedFile::begin(out.create(path).map_err(failed)?).map_err(failed)?;
        let mut head = MessagePack::default();
        head.map(10).text("version").text("0.1").text("attrs").list(ATTRS.len());
        for attr in ATTRS {
            head.number(attr);
        }
        head.text("tokens").bytes_of(self.tokens.len());
        file.write(&head.0).and_then(|()| file.append(self.tokens)).map_err(failed)?;
        let mut head = MessagePack::default();
        head.text("spaces").bytes_of(self.spaces.len());
        file.write(&head.0).and_then(|()| file.append(self.spaces)).map_err(failed)?;
        let mut middle = MessagePack::default();
        middle.text("lengths").bytes(&self.lengths).text("strings");
        let strings = self.strings.sorted();
        middle.list(strings.len());
        for string in &strings {
            middle.text(string);
        }
        middle.text("cats").list(self.docs);
        for _ in 0..self.docs {
            middle.map(0);
        }
        middle.text("flags").list(self.docs);
        for _ in 0..self.docs {
            middle.map(1).text("has_unknown_spaces").no();
        }
        middle.text("span_groups").list(self.docs);
        file.write(&middle.0).and_then(|()| file.append(self.span_groups)).map_err(failed)?;
        let mut head = MessagePack::default();
        head.text("user_data").list(self.docs);
        file.write(&head.0).and_then(|()| file.append(self.user_data)).map_err(failed)?;
        file.end().map_err(failed)
    }

    fn add(&mut self, doc: Doc) {
        // Six numbers of 64 bits a token, and whether a space follows.
        self.size += doc.spaces.len() * 49 + doc.groups.len() + doc.user_data.len();
        self.docs += 1;
        self.tokens.write(&doc.rows);
        self.lengths.extend(i32::try_from(doc.spaces.len()).unwrap_or(i32::MAX).to_le_bytes());
        self.spaces.write(&doc.spaces);
        let text = doc.text.as_str();
        for (row, token) in doc.rows.as_chunks::<ROW>().0.iter().zip(&doc.tokens) {
            if let Some(orth) = row.first_chunk() {
                self.strings.add(u64::from_le_bytes(*orth), &text[token.bytes.clone()]);
            }
        }
        doc.names.iter().for_each(|(number, name)| self.strings.add(*number, name));
        for (part, bytes) in [(&mut self.span_groups, &doc.groups), (&mut self.user_data, &doc.user_data)] {
            let mut head = MessagePack::default();
            part.write(&head.bytes_of(bytes.len()).0);
            part.write(bytes);
        }
    }
}

/// How many bytes a row of the tokens has.
const ROW: usize = ATTRS.len() * 8;

/// One record as a file has it.
struct Doc {
    text: CanonicalText,
    tokens: Vec<Token>,
    /// Numbers of 64 bits, little-endian, a row a token: those of [`ATTRS`].
    rows: Vec<u8>,
    /// A byte a token: whether a space follows.
    spaces: Vec<u8>,
    /// The strings besides tokens, with their numbers.
    names: Vec<(u64, String)>,
    groups: Vec<u8>,
    user_data: Vec<u8>,
}

impl Doc {
    fn of(record: &Record, schema: &Schema) -> Result<Self, FormatError> {
        let tokens = spaced_tokens(&record.text);
        let spans = covered(record, &tokens);
        let mut doc = Self {
            text: record.text.clone(),
            rows: Vec::with_capacity(tokens.len() * ROW),
            spaces: tokens.iter().map(|token| u8::from(token.space)).collect(),
            names: vec![(0, String::new())],
            groups: Vec::new(),
            user_data: user_data(record, &spans)?,
            tokens,
        };
        let numbers: Vec<[u64; 3]> = spans.iter().map(|(span, _)| doc.numbers(span)).collect();
        // Of each token: how it stands to an entity (3 begins, 1 goes on, 2 outside), the label, the register entry, the id.
        let mut entity = vec![[2u64, 0, 0, 0]; doc.tokens.len()];
        for number in entities(&spans, doc.tokens.len(), schema) {
            let ((_, Some((first, last))), [label, kb_id, id]) = (spans[number], numbers[number]) else {
                continue;
            };
            entity[first..=last].fill([1, label, kb_id, id]);
            entity[first][0] = 3;
        }
        let text = record.text.as_str();
        let mut starts = sentence_starts(record, &doc.tokens).into_iter().peekable();
        for ((place, token), [iob, label, kb_id, id]) in doc.tokens.iter().enumerate().zip(entity) {
            let orth = number(&text[token.bytes.clone()]);
            // What starts no sentence is −1 in two's complement.
            let start = if starts.next_if_eq(&place).is_some() { 1 } else { u64::MAX };
            for number in [orth, iob, label, start, kb_id, id] {
                doc.rows.extend_from_slice(&number.to_le_bytes());
            }
        }
        doc.groups = groups(&spans, &numbers, &doc.tokens);
        Ok(doc)
    }

    /// Label, register entry and id.
    fn numbers(&mut self, span: &Span) -> [u64; 3] {
        let entity = span.fields.text("entity").unwrap_or_default();
        let mut name = |string: &str| {
            let number = number(string);
            if number != 0 {
                self.names.push((number, string.to_owned()));
            }
            number
        };
        [name(&span.label), name(entity), name(span.id.as_str())]
    }
}

/// A span, and the first and the last token that it touches.
type Covered<'a> = (&'a Span, Option<(usize, usize)>);

/// The spans of a record in their order.
fn covered<'a>(record: &'a Record, tokens: &[Token]) -> Vec<Covered<'a>> {
    record.set.spans().map(|span| (&**span, covering(tokens, span.parts.hull()))).collect()
}

/// The one group of spans, as spaCy packs it: in a map, the key being the group itself and the value its name.
fn groups(spans: &[Covered], numbers: &[[u64; 3]], tokens: &[Token]) -> Vec<u8> {
    let signed = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let mut group = MessagePack::default();
    group.map(3).text("name").text(GROUP).text("attrs").map(0).text("spans");
    group.list(spans.iter().filter(|(_, tokens)| tokens.is_some()).count());
    for ((_, place), [label, kb_id, id]) in spans.iter().zip(numbers) {
        let Some((first, last)) = *place else { continue };
        let place = GroupSpan {
            id: *id,
            kb_id: *kb_id,
            label: *label,
            start: signed(first),
            end: signed(last + 1),
            start_char: signed(tokens[first].range.start().index()),
            end_char: signed(tokens[last].range.end().index()),
        };
        group.bytes(&place.to_bytes());
    }
    let mut groups = MessagePack::default();
    groups.map(1).bytes(&group.0).list(1).text(GROUP);
    groups.0
}

/// Which spans are those of `doc.ents`: label by label in the schema's order, the longest first, each if it overlaps none that was taken.
fn entities(spans: &[Covered], tokens: usize, schema: &Schema) -> Vec<usize> {
    let rank = |label: &str| {
        let place = schema.labels.iter().position(|known| known.name == label);
        place.unwrap_or(schema.labels.len())
    };
    let mut all: Vec<(usize, &str, std::cmp::Reverse<usize>, usize, usize)> = spans
        .iter()
        .enumerate()
        .filter_map(|(number, (span, place))| {
            let (first, last) = (*place)?;
            Some((rank(&span.label), span.label.as_str(), std::cmp::Reverse(last - first), first, number))
        })
        .collect();
    all.sort_unstable();
    let mut taken = vec![false; tokens];
    let mut chosen = Vec::with_capacity(all.len());
    for (_, _, length, first, number) in all {
        let place = first..=first + length.0;
        if !taken[place.clone()].contains(&true) {
            taken[place].fill(true);
            chosen.push(number);
        }
    }
    chosen
}

/// The tokens with which sentences start, in order.
fn sentence_starts(record: &Record, tokens: &[Token]) -> Vec<usize> {
    let text = record.text.as_str();
    let mut starts = vec![0];
    let mut at = 0;
    for sentence in record.text.paragraphs().flat_map(|paragraph| sentences(text, paragraph)) {
        at += tokens[at..].partition_point(|token| token.bytes.end <= sentence.start);
        starts.push(at);
    }
    starts.dedup();
    starts
}

/// `doc.user_data`: what spaCy has no place for.
fn user_data(record: &Record, spans: &[Covered]) -> Result<Vec<u8>, FormatError> {
    let mut bytes = Vec::with_capacity(1 << 13);
    let mut serializer = rmp_serde::Serializer::new(&mut bytes).with_struct_map();
    let own = UserData { postil: Own::of(record, spans) };
    own.serialize(&mut serializer).map_err(|error| FormatError::Source(error.to_string()))?;
    Ok(bytes)
}

#[derive(Serialize)]
struct UserData<'a> {
    // `OWN`.
    postil: Own<'a>,
}

/// The record without its text.
#[derive(Serialize)]
struct Own<'a> {
    article: &'a str,
    fingerprint: &'a str,
    annotator: &'a str,
    language: Option<&'a str>,
    status: &'static str,
    fields: &'a Fields,
    meta: Texts<'a>,
    spans: Vec<OwnSpan<'a>>,
    relations: Vec<OwnRelation<'a>>,
}

impl<'a> Own<'a> {
    fn of(record: &'a Record, spans: &[Covered<'a>]) -> Self {
        let set = &record.set;
        let relations = set.relations().map(|relation| OwnRelation {
            id: relation.id.as_str(),
            label: &relation.label,
            from: relation.from.as_str(),
            to: relation.to.as_str(),
            fields: &relation.fields,
        });
        Self {
            article: &set.article,
            fingerprint: record.text.fingerprint(),
            annotator: &set.annotator,
            language: record.meta.language.as_deref(),
            status: set.status.name(),
            fields: &set.fields,
            meta: Texts(meta_entries(&record.meta)),
            spans: spans.iter().map(|(span, _)| OwnSpan::of(span, &record.text)).collect(),
            relations: relations.collect(),
        }
    }
}

/// An object of texts.
struct Texts<'a>(Vec<(&'a str, &'a str)>);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Serialize)]
struct OwnSpan<'a> {
    label: &'a str,
    start: u32,
    end: u32,
    id: &'a str,
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<[u32; 2]>,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    fields: &'a Fields,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

impl<'a> OwnSpan<'a> {
    fn of(span: &'a Span, text: &'a CanonicalText) -> Self {
        let hull = span.parts.hull();
        let SpanRest { id, text, parts, fields, note } = SpanRest::of(span, text);
        Self {
            label: &span.label,
            start: hull.start().get(),
            end: hull.end().get(),
            id,
            text,
            parts,
            fields,
            note,
        }
    }
}

#[derive(Serialize)]
struct OwnRelation<'a> {
    id: &'a str,
    label: &'a str,
    from: &'a str,
    to: &'a str,
    fields: &'a Fields,
}

#[cfg(test)]
mod tests {
    use super::super::super::jsonl::Jsonl;
    use super::super::super::{
        Gathered, MemoryFiles, ReadOptions, Reader, SourceFiles, TagScheme, Writer as _,
    };
    use super::super::{Spacy, read};
    use super::*;
    use crate::model::{Codebook, Register};
    use std::io::Write as _;

    #[test]
    fn a_bomb_that_is_not_held_is_refused() {
        use flate2::{Compression, write::ZlibEncoder};
        // A map whose one value is seventy million bytes.
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(b"\x81\xA6tokens\xC6\x04\x2C\x1D\x80").unwrap();
        packed.write_all(&vec![0; 70_000_000]).unwrap();
        let bomb = MemoryFiles::one("a.spacy", packed.finish().unwrap());
        let schema = Schema::positions();
        let read = ReadOptions { unit: None, schema: &schema };
        let refused = Spacy.read(&bomb, &read, &mut Gathered::default()).unwrap_err().to_string();
        assert!(refused.contains("when unpacked"), "{refused}");
    }

    #[test]
    fn a_folder_of_files_is_read_as_one_corpus() {
        let lines: String = (1..=5)
            .map(|n| {
                let spans = r#"[{"id":"s1","label":"entity","start":0,"end":4}]"#;
                format!(r#"{{"article":"a/{n}.txt","annotator":"anna","text":"Киев {n}.","spans":{spans}}}"#)
                    + "\n"
            })
            .collect();
        let schema = Schema::positions();
        let (register, codebook) = (Register::default(), Codebook::default());
        let options_of_read = ReadOptions { unit: None, schema: &schema };
        let mut first = Gathered::default();
        Jsonl.read(&MemoryFiles::one("a.jsonl", lines), &options_of_read, &mut first).unwrap();
        let options = WriteOptions {
            unit: None,
            scheme: TagScheme::default(),
            project: "",
            schema: &schema,
            register: &register,
            codebook: &codebook,
        };
        for (shard, wanted) in [(1, 5), (1_000_000, 1)] {
            let mut out = MemoryFiles::default();
            write_shards(&first.records, &options, shard, &mut out).unwrap();
            assert_eq!(out.files().len(), wanted);
            assert_eq!(out.files()[0], "part-00001.spacy");
            let mut again = Gathered::default();
            Spacy.read(&out, &options_of_read, &mut again).unwrap();
            let sets = |read: &Gathered| read.records.iter().map(|one| one.set.clone()).collect::<Vec<_>>();
            assert_eq!(sets(&again), sets(&first));
            // What is too large to be held is read to the same end.
            let mut streamed = Gathered::default();
            read::read(&out, 0, &options_of_read, &mut streamed).unwrap();
            assert_eq!(sets(&streamed), sets(&first));
            assert!(streamed.remarks.is_empty());
        }
        let folder = Spacy.for_folder().unwrap();
        let mut out = MemoryFiles::default();
        folder.write(&Vec::new(), &options, &mut out).unwrap();
        assert_eq!(out.files().len(), 1, "an empty corpus is a file without docs");
    }
}
