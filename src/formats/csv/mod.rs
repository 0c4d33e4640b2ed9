//! `csv`: tables for pandas, R and spreadsheets.
//!
//! Into a file goes one table, a row a span: `article annotator id label start end parts text`, then a column for each field of the schema
//! that holds no records. Into a folder go four: `spans.csv`; `stances.csv`, a row for each holder and issue of a span (`article annotator
//! span holder holder_mention how issue stance strength act date`); `relations.csv` (`article annotator id label from to`, then fields);
//! `articles.csv` (`article fingerprint language title date source url author meta status fields text`).
//!
//! UTF-8, commas, RFC 4180 quotes, `\n` after each row. Cells that hold several values, stretches or pairs are JSON. A cell that a
//! spreadsheet would take for a formula has an apostrophe before it, which reading takes away.
//!
//! The folder can be read back; a table of spans alone cannot, because it does not hold the texts. Read too is any single table in which
//! each row has a text and a place in it, as other people's data sets have (`sentence`, `entity`, `entity_pos_start_rel`, …).

mod columns;
mod read;
mod single;
mod source;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "csv",
    summary: "tables of spans, stances, relations and articles",
    target: Target::File,
    ending: "csv",
    reader: Some(&Csv),
    writer: Some(&Csv),
};

/// The format as one table of spans.
pub struct Csv;

/// The format as a folder of tables.
pub struct CsvFolder;

impl Reader for Csv {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        let files = source.files();
        match files.iter().find(|file| file.rsplit('/').next() == Some("articles.csv")) {
            Some(articles) => read::read(source, articles, options, sink),
            None => {
                let tables = |file: &&String| {
                    files.len() == 1 || [".csv", ".tsv"].iter().any(|ending| file.ends_with(ending))
                };
                single::read(source, &files.iter().filter(tables).collect::<Vec<_>>(), options, sink)
            }
        }
    }
}

impl Writer for Csv {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, false, loss);
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::spans_alone(records, options, out)
    }

    fn for_folder(&self) -> Option<&'static dyn Writer> {
        Some(&CsvFolder)
    }
}

impl Writer for CsvFolder {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, options, true, loss);
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
