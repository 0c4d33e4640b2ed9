//! Writing `spacy`.

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::super::json_record::{SpanRest, about, fields_json, meta_object};
use super::super::tokens::{Token, covering, is_aligned, spaced_tokens};
use super::super::{FormatError, LossReport, Record, RecordSource, TargetFiles, WriteOptions, in_order};
use super::docbin::{ATTRS, Bytes, Empty, Flags, Group, GroupSpan, WrittenBin};
use super::strings::StringStore;
use crate::model::{Schema, Span};
use crate::text::sentences;

/// How hard a file is packed, of 9. Packing harder than this takes half of an export's time and spares a few hundredths of the file.
const LEVEL: u32 = 3;

/// The group in which spaCy's span categoriser looks for spans.
pub(super) const GROUP: &str = "sc";

/// The key of `doc.user_data` that has what spaCy has no place for.
pub(super) const OWN: &str = "postil";

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let set = &record.set;
    let tokens = spaced_tokens(&record.text);
    let (mut several, mut torn, mut nowhere, mut values, mut notes) = (0, 0, 0, 0, 0);
    for span in set.spans() {
        several += usize::from(span.parts.len() > 1);
        values += span.fields.len();
        notes += usize::from(!span.note.is_empty());
        match covering(&tokens, span.parts.hull()) {
            None => nowhere += 1,
            Some(_) => torn += usize::from(!is_aligned(&tokens, span.parts.hull())),
        }
    }
    let outside = set.len() - nowhere - entities(record, &tokens, options.schema).len();
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
    if number == 0 || !bin.span_groups.is_empty() {
        bin.written(&format!("part-{:05}.spacy", number + 1), out)?;
    }
    Ok(())
}

/// A file in the making.
#[derive(Default)]
struct Bin {
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    strings: StringStore,
    span_groups: Vec<Bytes>,
    user_data: Vec<Bytes>,
    /// Bytes, about.
    size: usize,
}

impl Bin {
    /// Writes the file.
    fn written(self, path: &str, out: &mut dyn TargetFiles) -> Result<(), FormatError> {
        let name = if path.is_empty() { "the export" } else { path };
        let failed = |cause| FormatError::Io { what: "could not write", file: name.to_owned(), cause };
        let file = out.create(path).map_err(failed)?;
        let docs = self.span_groups.len();
        let written = WrittenBin {
            version: "0.1",
            attrs: ATTRS,
            tokens: Bytes(self.tokens),
            spaces: Bytes(self.spaces),
            lengths: Bytes(self.lengths),
            strings: self.strings.sorted(),
            cats: vec![Empty {}; docs],
            flags: vec![Flags::default(); docs],
            span_groups: self.span_groups,
            user_data: self.user_data,
        };
        let mut packed =
            ZlibEncoder::new(std::io::BufWriter::with_capacity(1 << 16, file), Compression::new(LEVEL));
        rmp_serde::encode::write_named(&mut packed, &written)
            .map_err(|error| failed(std::io::Error::other(error)))?;
        packed.finish().map_err(failed)?.flush().map_err(failed)
    }

    fn add(&mut self, doc: Doc) {
        // Six numbers of 64 bits a token, and whether a space follows.
        self.size += doc.spaces.len() * 49 + doc.groups.0.len() + doc.user_data.0.len();
        self.tokens.extend(doc.tokens);
        self.lengths.extend(i32::try_from(doc.spaces.len()).unwrap_or(i32::MAX).to_le_bytes());
        self.spaces.extend(doc.spaces);
        self.strings.join(doc.strings);
        self.span_groups.push(doc.groups);
        self.user_data.push(doc.user_data);
    }
}

/// One record as a file has it.
#[derive(Default)]
struct Doc {
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    strings: StringStore,
    groups: Bytes,
    user_data: Bytes,
}

impl Doc {
    fn of(record: &Record, schema: &Schema) -> Result<Self, FormatError> {
        let mut doc = Self::default();
        doc.fill(record, schema)?;
        Ok(doc)
    }

    fn fill(&mut self, record: &Record, schema: &Schema) -> Result<(), FormatError> {
        let tokens = spaced_tokens(&record.text);
        let text = record.text.as_str();
        self.strings.add("");
        // Of each token: how it stands to an entity (3 begins, 1 goes on, 2 outside), the label, the register entry, the id.
        let mut entity = vec![[2u64, 0, 0, 0]; tokens.len()];
        for (span, (first, last)) in entities(record, &tokens, schema) {
            let (label, kb_id, id) = self.numbers(&span);
            entity[first..=last].fill([1, label, kb_id, id]);
            entity[first][0] = 3;
        }
        let starts = sentence_starts(record, &tokens);
        for (place, token) in tokens.iter().enumerate() {
            let orth = self.strings.add(&text[token.bytes.clone()]);
            let [iob, label, kb_id, id] = entity[place];
            // What starts no sentence is −1 in two's complement.
            let start = if starts.contains(&place) { 1 } else { u64::MAX };
            for number in [orth, iob, label, start, kb_id, id] {
                self.tokens.extend(number.to_le_bytes());
            }
            self.spaces.push(u8::from(token.space));
        }
        self.groups = self.groups(record, &tokens)?;
        let own: Map<String, Json> = [(OWN.to_owned(), own(record))].into_iter().collect();
        self.user_data = Bytes(packed(&own)?);
        Ok(())
    }

    /// Label, register entry and id.
    fn numbers(&mut self, span: &Span) -> (u64, u64, u64) {
        let entity = span.fields.text("entity").unwrap_or_default();
        (self.strings.add(&span.label), self.strings.add(entity), self.strings.add(span.id.as_str()))
    }

    fn groups(&mut self, record: &Record, tokens: &[Token]) -> Result<Bytes, FormatError> {
        let mut spans = Vec::new();
        for span in record.set.spans() {
            let Some((first, last)) = covering(tokens, span.parts.hull()) else { continue };
            let (label, kb_id, id) = self.numbers(span);
            let signed = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
            let start_char = signed(tokens[first].range.start().index());
            let end_char = signed(tokens[last].range.end().index());
            let place = GroupSpan {
                id,
                kb_id,
                label,
                start: signed(first),
                end: signed(last + 1),
                start_char,
                end_char,
            };
            spans.push(place.to_bytes());
        }
        let group = Group { name: GROUP.to_owned(), attrs: Empty {}, spans };
        packed_map(&[(Bytes(packed(&group)?), [GROUP])])
    }
}

fn packed(what: &impl serde::Serialize) -> Result<Vec<u8>, FormatError> {
    rmp_serde::to_vec_named(what).map_err(|error| FormatError::Source(error.to_string()))
}

/// A map whose keys are bytes.
fn packed_map(entries: &[(Bytes, [&str; 1])]) -> Result<Bytes, FormatError> {
    struct Entries<'e>(&'e [(Bytes, [&'e str; 1])]);
    impl serde::Serialize for Entries<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|(key, value)| (key, value.as_slice())))
        }
    }
    packed(&Entries(entries)).map(Bytes)
}

/// The spans of `doc.ents`, with their first and last tokens: label by label in the schema's order, the longest first, each if it
/// overlaps none that was taken.
fn entities(record: &Record, tokens: &[Token], schema: &Schema) -> Vec<(Arc<Span>, (usize, usize))> {
    let mut all: Vec<(Arc<Span>, (usize, usize))> = record
        .set
        .spans()
        .filter_map(|span| Some((Arc::clone(span), covering(tokens, span.parts.hull())?)))
        .collect();
    let rank = |span: &Span| {
        let place = schema.labels.iter().position(|label| label.name == span.label);
        place.unwrap_or(schema.labels.len())
    };
    all.sort_by(|(a, (a_first, a_last)), (b, (b_first, b_last))| {
        let length = (b_last - b_first).cmp(&(a_last - a_first));
        rank(a).cmp(&rank(b)).then_with(|| a.label.cmp(&b.label)).then(length).then(a_first.cmp(b_first))
    });
    let mut taken = vec![false; tokens.len()];
    all.retain(|(_, (first, last))| {
        let is_free = !taken[*first..=*last].contains(&true);
        if is_free {
            taken[*first..=*last].fill(true);
        }
        is_free
    });
    all
}

fn sentence_starts(record: &Record, tokens: &[Token]) -> HashSet<usize> {
    let text = record.text.as_str();
    let starts = record.text.paragraphs().flat_map(|paragraph| sentences(text, paragraph));
    let place = |byte: usize| tokens.partition_point(|token| token.bytes.end <= byte);
    let mut starts: HashSet<usize> = starts.map(|sentence| place(sentence.start)).collect();
    starts.insert(0);
    starts
}

/// A span as the record without its text has it.
#[derive(Serialize)]
struct OwnSpan<'a> {
    label: &'a str,
    start: u32,
    end: u32,
    #[serde(flatten)]
    rest: SpanRest<'a>,
}

/// The record without its text.
fn own(record: &Record) -> Json {
    let set = &record.set;
    let mut own = about(record);
    own.insert("meta".to_owned(), meta_object(&record.meta));
    let spans = set.spans().map(|span| {
        let own = OwnSpan {
            label: &span.label,
            start: span.parts.hull().start().get(),
            end: span.parts.hull().end().get(),
            rest: SpanRest::of(span, &record.text),
        };
        // Keys are texts and numbers are finite, so this cannot fail.
        serde_json::to_value(own).unwrap_or_default()
    });
    own.insert("spans".to_owned(), spans.collect());
    let relations = set.relations().map(|relation| {
        json!({
            "id": relation.id.as_str(),
            "label": relation.label,
            "from": relation.from.as_str(),
            "to": relation.to.as_str(),
            "fields": fields_json(&relation.fields),
        })
    });
    own.insert("relations".to_owned(), relations.collect());
    Json::Object(own)
}

#[cfg(test)]
mod tests {
    use super::super::super::jsonl::Jsonl;
    use super::super::super::{
        Gathered, MemoryFiles, ReadOptions, Reader, SourceFiles, TagScheme, Writer as _,
    };
    use super::super::Spacy;
    use super::*;
    use crate::model::{Codebook, Register};

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
        let read = ReadOptions { unit: None, schema: &schema };
        let mut first = Gathered::default();
        Jsonl.read(&MemoryFiles::one("a.jsonl", lines), &read, &mut first).unwrap();
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
            Spacy.read(&out, &read, &mut again).unwrap();
            let sets = |read: &Gathered| read.records.iter().map(|one| one.set.clone()).collect::<Vec<_>>();
            assert_eq!(sets(&again), sets(&first));
        }
        let folder = Spacy.for_folder().unwrap();
        let mut out = MemoryFiles::default();
        folder.write(&Vec::new(), &options, &mut out).unwrap();
        assert_eq!(out.files().len(), 1, "an empty corpus is a file without docs");
    }
}
