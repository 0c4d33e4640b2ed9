//! `xmi`: UIMA CAS XMI with its type system: INCEpTION, WebAnno, DKPro, dkpro-cassis.
//!
//! A folder of documents and `TypeSystem.xml`. Offsets count UTF-16 units. Sources: "XMI CAS Serialization Reference" of Apache UIMA
//! 3.5; the documents that INCEpTION and dkpro-cassis write.

mod document;

#[cfg(test)]
mod tests;

use std::io::Write as _;

use super::cas::{TypeSystem, count_loss, from_record, into_record};
use super::rest::{FreshNames, folder_name, has_several_annotators, without_ending};
use super::several::read_files;
use super::xml::{count_forbidden, whole_file, xml_text};
use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Remark, Sink,
    SourceFiles, Target, TargetFiles, WriteOptions, Writer, in_order,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "xmi",
    summary: "UIMA CAS XMI",
    target: Target::Folder,
    ending: "xmi",
    reader: Some(&Xmi),
    writer: Some(&Xmi),
};

/// The format.
pub struct Xmi;

impl Reader for Xmi {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        let files = source.files();
        let mut types = TypeSystem::default();
        for file in files.iter().filter(|file| file.ends_with(".xml")) {
            let bytes = whole_file(source, file)?;
            if let Err(why) = xml_text(&bytes).and_then(|xml| types.read(&xml)) {
                let what = format!("the type system cannot be read: {why}; it was left out");
                sink.remark(Remark { place: file.clone(), what, left_out: true });
            }
        }
        let documents = files.iter().filter(|file| file.ends_with(".xmi") || files.len() == 1);
        read_files(source, documents, sink, &|file, sink| {
            let bytes = whole_file(source, file)?;
            let xml = xml_text(&bytes);
            match xml.as_ref().map_err(String::clone).and_then(|xml| document::read(xml, &types)) {
                Ok(cas) => {
                    let article = format!("{}.txt", without_ending(without_ending(file, ".xmi"), ".txt"));
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

impl Writer for Xmi {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        count_loss(record, loss);
        let forbidden = count_forbidden(record.text.as_str());
        loss.add(forbidden, "control character of a text", "control characters of texts", "become U+FFFD");
    }

    fn write(
        &self,
        records: &dyn RecordSource,
        options: &WriteOptions,
        out: &mut dyn TargetFiles,
    ) -> Result<(), FormatError> {
        let several = has_several_annotators(records)?;
        let (mut types, mut names) = (TypeSystem::default(), FreshNames::default());
        let mut put = |file: String, text: Vec<u8>| {
            let written = out.create(&file).and_then(|mut stream| {
                stream.write_all(&text)?;
                stream.flush()
            });
            written.map_err(|cause| FormatError::Io { what: "could not write", file, cause })
        };
        let made = |_, record: Record| {
            let mut own = TypeSystem::default();
            let cas = from_record(&record, options, &mut own);
            let stem = without_ending(&record.set.article, ".txt");
            let name = match several {
                true => format!("{}/{stem}", folder_name(&record.set.annotator)),
                false => stem.to_owned(),
            };
            let text = document::written(&cas);
            (name, text, own)
        };
        in_order(records, &made, &mut |(name, text, own): (String, Vec<u8>, TypeSystem)| {
            types.take_in(own);
            put(format!("{}.xmi", names.take(&name)), text)
        })?;
        put("TypeSystem.xml".to_owned(), types.to_xml().into_bytes())
    }
}
