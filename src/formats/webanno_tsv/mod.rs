//! `webanno-tsv`: WebAnno TSV, as WebAnno 3 and INCEpTION write it. Versions 3.0 to 3.3 are read, 3.3 is written.
//!
//! Each label is a span layer and each plain field a feature of it; labels that relations join share a layer, since a relation layer
//! lies on one span layer only. Links to spans are slots. Everything else goes as JSON into a feature called `postil`, and what concerns
//! the document into a comment line of the header, `#Postil=`.
//!
//! Offsets count UTF-16 code units (`testSentenceWithEmoji` of INCEpTION's own suite); the format is that of appendix B of the WebAnno
//! user guide.

mod cell;
mod header;
mod layers;
mod read;
mod write;

use serde::{Deserialize, Serialize};

use super::rest::About;
use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "webanno-tsv",
    summary: "WebAnno TSV 3 of INCEpTION",
    target: Target::Folder,
    ending: "tsv",
    reader: Some(&WebAnnoTsv),
    writer: Some(&WebAnnoTsv),
};

/// The feature that holds as JSON what the others cannot.
const REST: &str = "postil";

/// The feature that tells labels apart which share a layer.
const LABEL: &str = "label";

/// What the file's header says besides the layers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Extra {
    about: About,
    /// The white space before each sentence and after the last.
    gaps: Vec<String>,
    /// Features whose values are whole numbers: label and field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<(String, String)>,
    /// Features whose values are yes or no.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<(String, String)>,
    /// Layers that several labels share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shared: Vec<String>,
}

/// The format.
pub struct WebAnnoTsv;

impl Reader for WebAnnoTsv {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for WebAnnoTsv {
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
