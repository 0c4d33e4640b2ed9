//! What formats carry: one article with one annotator's annotations on it.

use std::fmt;
use std::ops::ControlFlow;

use rayon::prelude::*;

use super::FormatError;
use crate::model::{AnnotationSet, ArticleMeta, Codebook, Schema};
use crate::text::CanonicalText;

/// One annotator's annotations on one article, with the article.
#[derive(Clone, Debug)]
pub struct Record {
    /// What is known about the article.
    pub meta: ArticleMeta,
    /// The article's text.
    pub text: CanonicalText,
    /// The annotations. Its `article` is the article's path, with `/`; its `annotator` is empty where the source says none.
    pub set: AnnotationSet,
}

/// What is known about an article as named values in the order in which formats write them, the language left out: `title`, `date`,
/// `source`, `url`, `author`, then whatever else there is. No name comes twice; the first one counts.
pub fn meta_entries(meta: &ArticleMeta) -> Vec<(&str, &str)> {
    let known = [
        ("title", &meta.title),
        ("date", &meta.date),
        ("source", &meta.source),
        ("url", &meta.url),
        ("author", &meta.author),
    ];
    let mut entries: Vec<(&str, &str)> =
        known.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
    for (name, value) in &meta.extra {
        if !entries.iter().any(|(there, _)| there == name) {
            entries.push((name, value));
        }
    }
    entries
}

/// Something that a reader has to say about the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where: the file, and the line where there is one.
    pub place: String,
    /// What is wrong, and what was done about it.
    pub what: String,
    /// Whether something of the source was left out.
    pub left_out: bool,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Who takes what a reader reads.
pub trait Sink {
    /// Takes a record; says whether to go on.
    fn record(&mut self, record: Record) -> ControlFlow<()>;

    /// Takes a remark.
    fn remark(&mut self, remark: Remark);

    /// Takes what the source itself says its labels, relations and fields are. Comes before the records that use them; whoever needs
    /// no schema need not listen.
    fn schema(&mut self, _schema: Schema) {}

    /// Takes the terms that the source itself holds, none perhaps: whoever says so can be of use without any record. Comes before the
    /// records that use them; as with the schema, nobody need listen.
    fn codebook(&mut self, _codebook: Codebook) {}
}

/// A sink that keeps everything: for tests and small sources.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What was read.
    pub records: Vec<Record>,
    /// What the reader had to say.
    pub remarks: Vec<Remark>,
    /// The schemas that the source holds.
    pub schemas: Vec<Schema>,
    /// The codebooks that the source holds.
    pub codebooks: Vec<Codebook>,
}

impl Sink for Gathered {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.records.push(record);
        ControlFlow::Continue(())
    }

    fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    fn schema(&mut self, schema: Schema) {
        self.schemas.push(schema);
    }

    fn codebook(&mut self, codebook: Codebook) {
        self.codebooks.push(codebook);
    }
}

/// How many records are worked on at once: enough for every core, few enough to be held in memory.
const CHUNK: usize = 64;

/// How many bytes of text the records of a chunk have, about, at most.
const CHUNK_BYTES: usize = 4 << 20;

/// Makes something of every record, on all cores, and hands it on in the records' order. `make` gets the record's number too, from 0.
/// No more than a chunk is held at once.
///
/// # Errors
/// A record cannot be had, or `take` fails.
pub(super) fn in_order<T: Send>(
    records: &dyn RecordSource,
    make: &(dyn Fn(usize, Record) -> T + Sync),
    take: &mut dyn FnMut(T) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut number = 0;
    records.for_each_chunk(&mut |chunk| {
        let first = number;
        number += chunk.len();
        let work = chunk.into_par_iter().enumerate();
        let made: Vec<T> = work.map(|(place, record)| make(first + place, record)).collect();
        made.into_iter().try_for_each(&mut *take)
    })
}

/// Where a writer gets its records. May be gone through several times; each time they come by article path, then by annotator,
/// both in the order of their code points.
pub trait RecordSource {
    /// Gives every record to `visit`, one at a time.
    ///
    /// # Errors
    /// A record cannot be had, or `visit` fails.
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError>;

    /// Gives the records some dozens at once, in the same order, for work that several threads can share.
    ///
    /// # Errors
    /// As [`Self::for_each`].
    fn for_each_chunk(
        &self,
        visit: &mut dyn FnMut(Vec<Record>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        self.for_each(&mut |record| {
            bytes += record.text.len_bytes();
            chunk.push(record);
            if chunk.len() < CHUNK && bytes < CHUNK_BYTES {
                return Ok(());
            }
            bytes = 0;
            visit(std::mem::take(&mut chunk))
        })?;
        if chunk.is_empty() { Ok(()) } else { visit(chunk) }
    }

    /// How many there are, if that is known without going through them.
    fn known_count(&self) -> Option<usize> {
        None
    }

    /// Whether they are of several annotators, if that is known without going through them.
    fn several_annotators(&self) -> Option<bool> {
        None
    }
}

impl RecordSource for [Record] {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.iter().cloned().try_for_each(visit)
    }

    fn known_count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl RecordSource for Vec<Record> {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.as_slice().for_each(visit)
    }

    fn known_count(&self) -> Option<usize> {
        Some(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_the_metadata_comes_twice() {
        let meta = ArticleMeta {
            date: Some("2026-01-21".into()),
            title: Some("A".into()),
            extra: vec![("desk".into(), "world".into()), ("date".into(), "yesterday".into())],
            ..ArticleMeta::default()
        };
        assert_eq!(meta_entries(&meta), [("title", "A"), ("date", "2026-01-21"), ("desk", "world")]);
    }
}
