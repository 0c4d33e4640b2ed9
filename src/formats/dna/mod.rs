//! `dna`: statements for discourse network analysis (Leifeld's DNA, rDNA).
//!
//! A statement is one holder's stance on one issue: a row `date document person organization concept agreement text start end`.
//! `agreement` is 1 for, 0 against, and empty for any other stance, which DNA has no word for. Into a folder go `statements.csv`,
//! `two-mode.graphml` (actors and concepts) and `one-mode.graphml` (actors alone).
//!
//! Not read: a table of statements does not hold the articles that it speaks of.

mod graphml;
mod statement;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, OffsetUnit, Record, RecordSource, Target, TargetFiles, WriteOptions,
    Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "dna",
    summary: "statements for discourse network analysis, and networks",
    target: Target::File,
    ending: "csv",
    reader: None,
    writer: Some(&Dna),
};

/// The format as one table of statements.
pub struct Dna;

/// The format as a folder of a table and two networks.
pub struct DnaFolder;

impl Writer for Dna {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, loss);
    }

    fn fixed_unit(&self) -> Option<OffsetUnit> {
        Some(OffsetUnit::CodePoints)
    }

    fn for_folder(&self) -> Option<&'static dyn Writer> {
        Some(&DnaFolder)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::statements(records, options, out)
    }
}

impl Writer for DnaFolder {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, loss);
    }

    fn fixed_unit(&self) -> Option<OffsetUnit> {
        Some(OffsetUnit::CodePoints)
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::folder(records, options, out)
    }
}

#[cfg(test)]
mod tests;
