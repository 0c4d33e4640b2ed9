//! Formats: how annotations come in from other programs and go out to them.
//!
//! Knows [`crate::model`] and [`crate::text`], no project and no disk: what is read and written are [`SourceFiles`] and
//! [`TargetFiles`], which whoever calls hands in. Formats do not know each other. Everything streams: a reader gives one
//! [`Record`] after another to a [`Sink`], a writer asks a [`RecordSource`] for them, and nobody holds a whole corpus.
//!
//! - [`FORMATS`]: the one table; command line, window and manual are read from it
//! - [`Reader`] and [`Writer`]: what a format must be able to do; each lives in a folder of its own (`jsonl`)
//! - [`read_beside`]: reading on a thread of its own while the sink works; within it, readers understand files, lines and list members
//!   on all cores, some dozens at a time, and give what they say in the source's order
//! - [`LossReport`]: what a format cannot carry, counted before anything is written
//! - [`UnitConverter`]: offsets counted in UTF-16, code points, graphemes or bytes
//! - [`SplitPlan`]: a corpus divided into parts for training and testing; [`SentenceRecords`]: cut into sentences
//! - [`Growth`]: what a project must learn (labels, fields, terms, entities) to hold what was read
//!
//! **To add a format:** make the folder, implement the traits for a unit struct, name it in the table, add a page to the manual.

mod additions;
pub mod brat;
mod cas;
pub mod cas_json;
mod cells;
pub mod conll;
pub mod csv;
mod digits;
pub mod dna;
pub mod doccano;
mod draft;
mod examples;
mod files;
mod json_pieces;
mod json_record;
mod json_source;
mod json_text;
mod json_tree;
mod json_value;
pub mod jsonl;
pub mod label_studio;
mod loose;
mod loss;
mod murmur;
mod offsets;
pub mod parquet;
mod placing;
mod plain_loss;
pub mod prodigy;
mod record;
pub mod refi_qda;
mod rest;
mod sentences;
mod several;
pub mod spacy;
mod split;
mod stretches;
mod table;
pub mod tei;
mod tokens;
pub mod web_annotation;
pub mod webanno_tsv;
pub mod xmi;
mod xml;

pub use additions::Growth;
pub use examples::{CutOff, SentenceRecords, by_sentence};
pub use files::{FilesWithin, MemoryFiles, SourceFiles, TargetFiles};
pub use loss::{Loss, LossReport};
use offsets::recognise_unit_or;
pub use offsets::{OffsetUnit, UnitConverter, UnitEvidence, recognise_unit};
use record::in_order;
pub use record::{Gathered, Record, RecordSource, Remark, Sink, meta_entries};
pub use several::read_beside;
pub use split::{Grouping, Shares, SplitPart, SplitPlan};
pub use table::{FORMATS, FormatInfo, Target, format};

use std::io;

use crate::model::{Codebook, Register, Schema};

/// What a reader needs to know besides the source.
#[derive(Clone, Debug)]
pub struct ReadOptions<'a> {
    /// The unit in which the source counts offsets, if the user says so; else what the format prescribes, or what the source shows.
    pub unit: Option<OffsetUnit>,
    /// The schema of the project that takes the records in: it says which fields are stretches of text, whose offsets must move
    /// with the text's.
    pub schema: &'a Schema,
}

/// What a writer needs to know besides the records.
#[derive(Clone, Copy, Debug)]
pub struct WriteOptions<'a> {
    /// The unit in which offsets are to be counted, if the user says so; else what the format prescribes.
    pub unit: Option<OffsetUnit>,
    /// How formats of tagged tokens write where a span begins and ends.
    pub scheme: TagScheme,
    /// What the project is called.
    pub project: &'a str,
    /// The project's schema.
    pub schema: &'a Schema,
    /// The project's register.
    pub register: &'a Register,
    /// The project's codebook.
    pub codebook: &'a Codebook,
}

/// How tags of tokens tell where a span begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TagScheme {
    /// `B-` begins every span, `I-` goes on: also called IOB2.
    #[default]
    Bio,
    /// `B-` only where a span follows another of the same label at once (Ramshaw and Marcus 1995).
    Iob1,
    /// `B- I- E-`, and `S-` for a span of one token.
    Bioes,
    /// `B- I- L-`, and `U-` for a span of one token.
    Bilou,
}

/// Reads a format.
pub trait Reader: Sync {
    /// Gives every record of the source to the sink, one at a time, and says through [`Sink::remark`] what could not be read.
    /// Ends early, without error, when the sink says so.
    ///
    /// # Errors
    /// The source as a whole cannot be read. Faults of single records are remarks.
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError>;
}

/// Writes a format.
pub trait Writer: Sync {
    /// Adds to `loss` what of this record the format cannot carry. Called for every record before anything is written.
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport);

    /// The unit in which the format counts offsets, where it knows no other.
    fn fixed_unit(&self) -> Option<OffsetUnit> {
        None
    }

    /// The writer for a folder, where a format that writes one file can write a folder of several too.
    fn for_folder(&self) -> Option<&'static dyn Writer> {
        None
    }

    /// Whether there is never a loss, so that the records need not be gone through for it.
    fn is_lossless(&self) -> bool {
        false
    }

    /// Writes every record of the source, which come by article path, then by annotator.
    ///
    /// # Errors
    /// A record cannot be had, or the target cannot be written.
    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError>;

    /// Writes parts of a corpus into a folder, each as the format's readers expect it: by default a file or a folder a part, by its name.
    ///
    /// # Errors
    /// A record cannot be had, or the target cannot be written.
    fn write_parts(
        &self,
        info: &FormatInfo,
        parts: &[(&str, &dyn RecordSource)],
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        for (name, records) in parts {
            let within = match info.target {
                Target::File => format!("{name}.{}", info.ending),
                Target::Folder => format!("{name}/"),
            };
            self.write(*records, options, &mut FilesWithin::new(out, within))?;
        }
        Ok(())
    }
}

/// Why a source could not be read or a target not be written.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The system refused.
    #[error("{what} {file}: {cause}")]
    Io {
        /// What was tried: `could not read`.
        what: &'static str,
        /// On what.
        file: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The source is not of this format at all.
    #[error("{file} is not {format}: {why}")]
    NotThisFormat {
        /// Which file.
        file: String,
        /// Which format.
        format: &'static str,
        /// How one can tell, and what to do.
        why: String,
    },
    /// A record could not be had from whoever has them.
    #[error("{0}")]
    Source(String),
    /// The user asked to stop.
    #[error("stopped before the end")]
    Stopped,
}
