//! `spacy`: spaCy's `DocBin` (`.spacy`), as its training reads it.
//!
//! A file is zlib around MessagePack, exactly as `DocBin.to_bytes` of spaCy 3 writes it: `version attrs tokens spaces lengths strings cats
//! flags span_groups user_data`. A doc is one article with one annotator's annotations. Its text is the article's, to the letter: tokens
//! are this program's own, white space that is not one space is a token.
//!
//! - `doc.ents`: spans that do not overlap, chosen label by label in the schema's order, the longest first; `ent_id_` is the span's id,
//!   `ent_kb_id_` the register entry of its field `entity`
//! - `doc.spans["sc"]`: every span, nested and crossing ones too, where spaCy's span categoriser looks for them
//! - sentence starts
//! - `doc.user_data["postil"]`: the whole record as in `jsonl`, its text left out: exact places in code points, parts, fields, relations
//!
//! Reading takes the spans from spaCy's own places, so that what a program changed there counts, and everything else about a span that
//! was not moved from `user_data`. spaCy holds a `DocBin` as a whole; here a large one is read in
//! several goes, and of one that is written the packed parts are held.

mod docbin;
mod packed;
mod read;
mod stream;
mod strings;
mod walk;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, OffsetUnit, ReadOptions, Reader, Record, RecordSource, Sink,
    SourceFiles, Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "spacy",
    summary: "DocBin of spaCy: entities and span groups",
    target: Target::File,
    ending: "spacy",
    reader: Some(&Spacy),
    writer: Some(&Spacy),
};

/// The format: one file.
pub struct Spacy;

/// The format as a folder of files, none of which need hold the corpus.
struct SpacyFolder;

impl Reader for Spacy {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, read::HELD, options, sink)
    }
}

impl Writer for Spacy {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, loss);
    }

    fn fixed_unit(&self) -> Option<OffsetUnit> {
        Some(OffsetUnit::CodePoints)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::write(records, options, out)
    }
    fn for_folder(&self) -> Option<&'static dyn Writer> {
        Some(&SpacyFolder)
    }
}

impl Writer for SpacyFolder {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, loss);
    }

    fn fixed_unit(&self) -> Option<OffsetUnit> {
        Some(OffsetUnit::CodePoints)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::write_shards(records, options, write::SHARD, out)
    }
}
