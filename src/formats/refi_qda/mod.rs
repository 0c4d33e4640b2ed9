//! `refi-qda`: the exchange format of MAXQDA, ATLAS.ti, NVivo, QualCoder and others: projects (`.qdpx`) and codebooks (`.qdc`).
//!
//! A project is a ZIP archive with `project.qde` and the sources' texts. Positions count UTF-16 units of the text as it lies in the
//! archive: CR-LF is two, a byte order mark none, ends are exclusive. Source: REFI-QDA standard 1.5 and its XML schemas.
//!
//! - `codes`: labels, choices and codebook terms as codes, and back; the `.qdc`
//! - [`write`]: a project, in two goes: what occurs, then the sources one by one
//! - `head`: what a project says besides its sources; `source`: one source; `read`: both as records

mod archive;
mod codes;
mod head;
mod read;
mod source;
mod write;

#[cfg(test)]
mod tests;

use std::fmt;

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

/// The format: a project.
pub struct RefiQda;

/// The format as a folder: a project, and its codebook alone.
struct RefiQdaFolder;

/// What a source's description holds: for each annotator what is known besides selections.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Described {
    about: About,
    relations: Vec<Relation>,
}

/// The identifier of a thing, made from its name, so that the same project gives the same archive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Guid([u8; 16]);

impl Guid {
    fn new(kind: &str, name: &str) -> Self {
        let digest = Sha256::digest(format!("{kind}\n{name}").as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        // The version and the variant that RFC 9562 wants of identifiers like these.
        bytes[6] = bytes[6] & 0x0F | 0x40;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        Self(bytes)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // There are several for each selection, so they are not written byte by byte.
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let mut written = String::with_capacity(36);
        for (place, byte) in self.0.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                written.push('-');
            }
            written.push(DIGITS[usize::from(byte >> 4)]);
            written.push(DIGITS[usize::from(byte & 15)]);
        }
        f.write_str(&written)
    }
}

/// An identifier as it is compared: without braces, in small letters.
fn plain_guid(said: &str) -> String {
    said.trim().trim_matches(['{', '}']).to_ascii_lowercase()
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

fn count_loss(record: &Record, loss: &mut LossReport) {
    let several = record.set.spans().filter(|span| span.parts.len() > 1).count();
    let fate = "become one selection from the first part to the last, of which only Postil knows the parts";
    loss.add(several, "discontinuous span", "discontinuous spans", fate);
    let fields: fn(&Fields) -> usize = Fields::len;
    let count = record.set.spans().map(|span| fields(&span.fields)).sum();
    let fate = "stand as JSON in descriptions of selections, which only Postil reads; choices and terms are codes, register entries cases for others too";
    loss.add(count, "field", "fields", fate);
}

impl Writer for RefiQda {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        count_loss(record, loss);
    }

    fn for_folder(&self) -> Option<&'static dyn Writer> {
        Some(&RefiQdaFolder)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::project(records, options, "", out).map(drop)
    }
}

impl Writer for RefiQdaFolder {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        count_loss(record, loss);
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        let seen = write::project(records, options, "project.qdpx", out)?;
        write::codebook(&seen, options, "codebook.qdc", out)
    }
}
