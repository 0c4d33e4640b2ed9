//! `conll`: columns, one token a line, an empty line after each sentence.
//!
//! Written are the token and one column of tags a layer: spans that overlap stand in different columns, the longest in the first. Each
//! document begins with a `-DOCSTART-` line. Comments (`# newdoc id`, `# sent_id`, `# text`, `# offsets`, `# spaces_before`,
//! `# spaces_after`, `# postil`) hold all that is needed to get the very text and places back.
//!
//! Tags are read by one rule for IO, IOB1, IOB2, BIOES and BILOU, see `tags`.

mod coreference;
mod read;
mod tags;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "conll",
    summary: "columns, one token a line",
    target: Target::File,
    ending: "conll",
    reader: Some(&Conll),
    writer: Some(&Conll),
};

/// The first token of the line that begins a document.
const DOCUMENT_START: &str = "-DOCSTART-";

/// The format.
pub struct Conll;

impl Reader for Conll {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Conll {
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
