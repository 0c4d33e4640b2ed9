//! `jsonl`: one line of JSON for each article and annotator. The format that loses nothing.
//!
//! Keys in this order: `article fingerprint annotator language meta status text fields spans relations`; of a span
//! `id label start end parts text fields note`; of a relation `id label from to fields`. No white space between tokens, signs outside
//! ASCII as they are, `\n` after each line. Lines by article path, then annotator, both in the order of their code points; spans by
//! start, then longest first, then id. `start` is the first part's start, `end` the last part's end, `text` the parts' surfaces joined
//! by one space. A span whose file says another text than the article has at its place keeps what the file says.
//!
//! Reading needs `article` and `text`, and of a span its label and place; whatever else is missing is taken for empty.

mod line;
mod read;
mod span;
mod write;

#[cfg(test)]
mod tests;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "jsonl",
    summary: "JSON Lines, one line for each article and annotator; loses nothing",
    target: Target::File,
    ending: "jsonl",
    reader: Some(&Jsonl),
    writer: Some(&Jsonl),
};

/// The format.
pub struct Jsonl;

impl Reader for Jsonl {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Jsonl {
    fn count_loss(&self, _record: &Record, _options: &WriteOptions, _loss: &mut LossReport) {}

    fn is_lossless(&self) -> bool {
        true
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
