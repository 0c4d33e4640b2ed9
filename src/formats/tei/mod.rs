//! `tei`: TEI P5 with standoff annotation.
//!
//! Written is a `<text>` of one `<p>` a line and a `<standOff>`: a `<span>` for each span, whose `@target` counts code points of the
//! text (`#string-range(text,OFFSET,LENGTH)`, one pointer a part); a `<link>` for each relation; fields as feature structures (`<fs>`),
//! which hold lists and records as they are. Valid against `tei_all` of TEI P5 4.3.
//!
//! Read is this, and any other TEI well enough to annotate: the running text with a line for each block, and names, speakers, speeches,
//! stage directions and the like as spans. Entities that a document declares are refused; nothing outside the file is fetched.

mod feature;
mod read;
mod tree;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "tei",
    summary: "TEI P5 with standoff annotation",
    target: Target::Folder,
    ending: "xml",
    reader: Some(&Tei),
    writer: Some(&Tei),
};

/// The `xml:id` of the element whose text is the article's, to the letter.
const TEXT: &str = "text";

/// The `@type` of the feature structure that tells of the record as a whole.
const RECORD: &str = "postil.record";

/// The feature that holds what an element has no attribute for.
const REST: &str = "postil.rest";

/// The format.
pub struct Tei;

impl Reader for Tei {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Tei {
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
