//! `label-studio`: tasks, annotations, predictions and the labelling configuration of Label Studio.
//!
//! A folder with `tasks.json` (a list of tasks, each with its annotations) and `config.xml` (which labels and controls there are).
//! Sources: Label Studio's "JSON format of annotated tasks" and its tag reference, version 1.21; old exports are understood too
//! (`completions` instead of `annotations`, tasks without `data`, JSON-MIN).
//!
//! - `tasks`: tasks one after another from a file of any size
//! - `result`: one annotation's `result` as spans, relations and fields
//! - `control`: fields as Label Studio's controls, both ways
//! - `config`, `config_text`: the configuration, read and written
//! - `html`: the text of an HTML task and its XPath places

mod config;
mod config_text;
mod control;
mod html;
mod read;
mod result;
mod source_text;
mod tasks;
mod write;

#[cfg(test)]
mod tests;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "label-studio",
    summary: "tasks and configuration of Label Studio",
    target: Target::Folder,
    ending: "json",
    reader: Some(&LabelStudio),
    writer: Some(&LabelStudio),
};

/// The format.
pub struct LabelStudio;

impl Reader for LabelStudio {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for LabelStudio {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        write::count_loss(record, loss);
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
