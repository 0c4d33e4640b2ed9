//! `web-annotation`: the W3C Web Annotation data model as JSON-LD.
//!
//! One page of annotations: for each article one that describes it and holds its text, for each span a tag with a position and a
//! quotation, for each relation a link. Positions count code points. Source: W3C Recommendation "Web Annotation Data Model", 2017.

mod head;
mod read;
mod write;

#[cfg(test)]
mod tests;

use super::{
    FormatError, FormatInfo, LossReport, ReadOptions, Reader, Record, RecordSource, Sink, SourceFiles,
    Target, TargetFiles, WriteOptions, Writer,
};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "web-annotation",
    summary: "W3C Web Annotation, as JSON-LD",
    target: Target::File,
    ending: "jsonld",
    reader: Some(&WebAnnotation),
    writer: Some(&WebAnnotation),
};

/// The format.
pub struct WebAnnotation;

/// A text as a part of a URN: everything but plain letters and digits by its bytes.
fn encoded(text: &str) -> String {
    let mut urn = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => urn.push(char::from(byte)),
            other => urn.push_str(&format!("%{other:02X}")),
        }
    }
    urn
}

impl Reader for WebAnnotation {
    fn read(
        &self,
        source: &dyn SourceFiles,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), FormatError> {
        read::read(source, options, sink)
    }
}

impl Writer for WebAnnotation {
    fn count_loss(&self, record: &Record, _options: &WriteOptions, loss: &mut LossReport) {
        let count = record.set.spans().map(|span| span.fields.len()).sum();
        loss.add(
            count,
            "field",
            "fields",
            "stand as JSON in bodies of their annotations, which only Postil understands",
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
