//! `refi-qda`: the exchange format of MAXQDA, ATLAS.ti, NVivo, QualCoder and others: projects (`.qdpx`) and codebooks (`.qdc`).
//!
//! A project is a ZIP archive with `project.qde` and the sources' texts. Positions count UTF-16 units of the text as it lies in the
//! archive: CR-LF is two, a byte order mark none, ends are exclusive. Source: REFI-QDA standard 1.5 and its XML schemas.

mod archive;
mod read;
mod write;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rest::About;
use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};
use crate::model::{Fields, Relation};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "refi-qda",
    summary: "projects of MAXQDA, ATLAS.ti, NVivo and QualCoder (REFI-QDA)",
    target: Target::File,
    ending: "qdpx",
    reader: Some(&RefiQda),
    writer: Some(&RefiQda),
};

/// The format.
pub struct RefiQda;

/// What a source's description holds: for each annotator what is known besides selections.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Described {
    about: About,
    relations: Vec<Relation>,
}

/// The identifier of a thing, made from its name, so that the same project gives the same archive.
fn guid(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{kind}\n{name}").as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

impl Reader for RefiQda {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for RefiQda {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        let several = record.set.spans().filter(|span| span.parts.len() > 1).count();
        let fate =
            "become one selection from the first part to the last, of which only Postil knows the parts";
        loss.add(several, "discontinuous span", "discontinuous spans", fate);
        let fields: fn(&Fields) -> usize = Fields::len;
        let count = record.set.spans().map(|span| fields(&span.fields)).sum();
        loss.add(
            count,
            "field",
            "fields",
            "stand as JSON in descriptions of selections, which only Postil reads",
        );
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
