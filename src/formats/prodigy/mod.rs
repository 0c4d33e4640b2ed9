//! `prodigy`: JSON Lines of Prodigy's tasks.
//!
//! A line is one article with one annotator's answer: `text`, `meta`, `_input_hash`, `_task_hash`, `tokens` (`text start end id ws`),
//! `spans` (`start end token_start token_end label`, the last token inclusive), `relations` (`head child head_span child_span label`),
//! `answer`. Offsets count code points, as everything in Python does.
//!
//! Prodigy keeps keys that it does not know. So the article's path, fingerprint, annotator, language, status and fields stand beside these,
//! and `id text parts fields note` in each span: what Prodigy cannot show, it still hands back.
//!
//! `_input_hash` is what Prodigy itself computes (MurmurHash3 of `text=` and the text as JSON), so that it knows which texts are done;
//! `_task_hash` is that of the text with nothing marked. Rejected answers are not read, ignored ones are read as untouched texts.

mod read;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, OffsetUnit, ReadOptions, Reader, Record, RecordSource, Sink,
    SourceFiles, Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "prodigy",
    summary: "JSON Lines of Prodigy: tokens, spans and relations",
    target: Target::File,
    ending: "jsonl",
    reader: Some(&Prodigy),
    writer: Some(&Prodigy),
};

/// The format.
pub struct Prodigy;

impl Reader for Prodigy {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Prodigy {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, loss);
    }

    fn fixed_unit(&self) -> Option<OffsetUnit> {
        Some(OffsetUnit::CodePoints)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        _options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::write(records, out)
    }
}
