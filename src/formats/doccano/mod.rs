//! `doccano`: JSON Lines of doccano, for sequence labelling and relation extraction.
//!
//! A line is one text. Without relations its spans are `label: [[start, end, label], …]`, as doccano's *JSONL* import and export have it;
//! where any record has a relation they are `entities: [{id, label, start_offset, end_offset}, …]` and `relations: [{id, from_id, to_id,
//! type}, …]`, as its *JSONL (relation)* has it. Every other key is metadata to doccano, kept and exported again beside the text; so the
//! article's path, the annotator, the status and what is known of the article travel there.
//!
//! **Units.** doccano's window counts UTF-16 code units (issue 2290 of doccano/doccano), or grapheme clusters in projects that count them
//! as one character. UTF-16 is what is written and expected; nothing in a file says which it is.
//!
//! Old exports (before 1.0) are read too: `annotations: [{label, start_offset, end_offset, user}, …]`, which become one record a user;
//! so are a list instead of lines, and a folder with a file for each user.

mod edges;
mod line;
mod read;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "doccano",
    summary: "JSON Lines of doccano: spans and relations",
    target: Target::File,
    ending: "jsonl",
    reader: Some(&Doccano),
    writer: Some(&Doccano),
};

/// The format.
pub struct Doccano;

impl Reader for Doccano {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Doccano {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, loss);
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::write(records, options, out)
    }
}
