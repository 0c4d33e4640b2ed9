//! `brat`: standoff files of brat, a `.txt` and an `.ann` for each article.
//!
//! What a span is goes to a `T` line; a span whose label may link to other spans gets an `E` line too, with those links as roles. Plain
//! values become `A` lines, register entries and references `N`, notes and everything else `#`. The kinds of things that brat knows
//! stand in `annotation.conf`, their titles in `visual.conf`, their keys in `kb_shortcuts.conf`.
//!
//! The rules of the lines are those of brat's own `server/src/annotation.py` and `projectconfig.py` (version 1.3 and later). Offsets
//! count code points of the text file with its line ends as they are; a byte order mark is no part of it.

mod ann;
mod conf;
mod conf_write;
mod names;
mod read;
mod resolve;
mod write;

#[cfg(test)]
mod tests;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "brat",
    summary: "standoff files of brat",
    target: Target::Folder,
    ending: "ann",
    reader: Some(&Brat),
    writer: Some(&Brat),
};

/// The type of the notes in which Postil keeps what brat has no place for.
const POSTIL: &str = "Postil";

/// What a note about the document as a whole says it is about. brat shows no note whose target it does not know.
const DOCUMENT: &str = "document";

/// The type of the notes that people write in brat.
const NOTES: &str = "AnnotatorNotes";

/// The field in which references to other databases (`N` lines) are kept.
const REFERENCES: &str = "references";

/// The format.
pub struct Brat;

impl Reader for Brat {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Brat {
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
