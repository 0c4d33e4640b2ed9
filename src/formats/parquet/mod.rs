//! `parquet`: a folder that Hugging Face `datasets`, DuckDB, polars and pandas load as it is.
//!
//! `data/train-00000-of-00001.parquet` and so on hold a row for each article and annotator: `article fingerprint annotator language meta
//! status text spans relations` (and `fields`, where the schema gives articles some). `spans` is a list of structs `id label start end parts
//! text fields note` as in `jsonl`; `fields` is a struct with a column for each field that any label has, typed by the schema: words and
//! ids are text, stretches `[[start, end], …]`, records structs. What does not fit its type, or is not in the schema, stands as JSON in
//! `other_fields`. Offsets count code points.
//!
//! With parts (`train`, `dev`, `test`) all lie in one folder, as splits of one data set. `README.md` is the data card, whose YAML names the
//! splits; `croissant.json` is the same in MLCommons Croissant 1.0.

mod card;
mod columns;
mod croissant;
mod read;
mod rows;
mod shape;
mod write;

use super::{
    FormatError, FormatInfo, LossReport, OffsetUnit, ReadOptions, Reader, Record, RecordSource, Sink,
    SourceFiles, Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "parquet",
    summary: "Parquet with a data card, as Hugging Face datasets loads it",
    target: Target::Folder,
    ending: "parquet",
    reader: Some(&Parquet),
    writer: Some(&Parquet),
};

/// The format.
pub struct Parquet;

impl Reader for Parquet {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for Parquet {
    fn count_loss(&self, record: &Record, options: &WriteOptions, loss: &mut LossReport) {
        if options.schema.article_fields.is_empty() {
            let values = record.set.fields.len();
            loss.add(
                values,
                "value of an article's field",
                "values of articles' fields",
                "left out, as the schema has no such field",
            );
        }
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
        write::write(&[("train", records)], options, out)
    }

    fn write_parts(
        &self,
        _info: &FormatInfo,
        parts: &[(&str, &dyn RecordSource)],
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        write::write(parts, options, out)
    }
}
