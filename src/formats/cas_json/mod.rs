//! `cas-json`: UIMA JSON CAS, version 0.4, as dkpro-cassis and UIMA's `uimaj-io-json` write it.
//!
//! A folder of documents, each with its types. Offsets count UTF-16 units. Source: "UIMA CAS JSON 0.4" of Apache UIMA.

mod document;

use std::io::Write as _;

use super::cas::{TypeSystem, count_loss, from_record, into_record};
use super::rest::{FreshNames, folder_name, has_several_annotators, without_ending};
use super::several::read_files;
use super::xml::whole_file;
use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Remark, Sink,
    SourceFiles, Target, TargetFiles, WriteOptions, Writer, in_order,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "cas-json",
    summary: "UIMA JSON CAS",
    target: Target::Folder,
    ending: "json",
    reader: Some(&CasJson),
    writer: Some(&CasJson),
};

/// The format.
pub struct CasJson;

impl Reader for CasJson {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        let files = source.files();
        let documents = files.iter().filter(|file| file.ends_with(".json") || files.len() == 1);
        read_files(source, documents, sink, &|file, sink| {
            let bytes = whole_file(source, file)?;
            match document::read(&bytes) {
                Ok(cas) => {
                    let article = format!("{}.txt", without_ending(without_ending(file, ".json"), ".txt"));
                    if let Some(record) = into_record(cas, file, article, String::new(), options, sink) {
                        let _ = sink.record(record);
                    }
                }
                Err(why) => {
                    let what = format!("it cannot be read: {why}; it was left out");
                    sink.remark(Remark { place: file.to_owned(), what, left_out: true });
                }
            }
            Ok(())
        })
        .map(|_| ())
    }
}

impl Writer for CasJson {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        count_loss(record, loss);
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        let several = has_several_annotators(records)?;
        let mut names = FreshNames::default();
        let made = |_, record: Record| {
            let mut types = TypeSystem::default();
            let cas = from_record(&record, options, &mut types);
            let stem = without_ending(&record.set.article, ".txt");
            let name = match several {
                true => format!("{}/{stem}", folder_name(&record.set.annotator)),
                false => stem.to_owned(),
            };
            (name, document::written(&cas, &types))
        };
        in_order(records, &made, &mut |(name, text): (String, Vec<u8>)| {
            let file = format!("{}.json", names.take(&name));
            let written = out.create(&file).and_then(|mut stream| {
                stream.write_all(&text)?;
                stream.flush()
            });
            written.map_err(|cause| FormatError::Io { what: "could not write", file, cause })
        })
    }
}
