//! Pieces of a source that say nothing of each other, read several at a time.
//!
//! What a piece says is kept until the pieces before it have had their say, so that records and remarks come in the order in which one
//! thread would give them.

use std::ops::ControlFlow;
use std::sync::mpsc::{SyncSender, sync_channel};

use rayon::prelude::*;

use super::{FormatError, ReadOptions, Reader, Record, Remark, Sink, SourceFiles};
use crate::model::{Codebook, Schema};

/// How many pieces are read at once, at most.
const TOGETHER: usize = 64;

/// How many bytes they have together, about, at most.
const BYTES_TOGETHER: u64 = 8 << 20;

/// Something that a reader gives.
#[derive(Debug)]
enum Said {
    Record(Box<Record>),
    Remark(Remark),
    Schema(Box<Schema>),
    Codebook(Codebook),
}

/// A sink that keeps what it is given in its order, to be handed on.
#[derive(Debug, Default)]
struct Kept(Vec<Said>);

impl Sink for Kept {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.0.push(Said::Record(Box::new(record)));
        ControlFlow::Continue(())
    }

    fn remark(&mut self, remark: Remark) {
        self.0.push(Said::Remark(remark));
    }

    fn schema(&mut self, schema: Schema) {
        self.0.push(Said::Schema(Box::new(schema)));
    }

    fn codebook(&mut self, codebook: Codebook) {
        self.0.push(Said::Codebook(codebook));
    }
}

impl Kept {
    /// Hands everything on; says whether to go on.
    fn tell(self, sink: &mut dyn Sink) -> ControlFlow<()> {
        for said in self.0 {
            match said {
                Said::Record(record) => sink.record(*record)?,
                Said::Remark(remark) => sink.remark(remark),
                Said::Schema(schema) => sink.schema(*schema),
                Said::Codebook(codebook) => sink.codebook(codebook),
            }
        }
        ControlFlow::Continue(())
    }
}

/// A sink that remembers that no more is wanted.
struct Watched<'a> {
    sink: &'a mut dyn Sink,
    flow: ControlFlow<()>,
}

impl Sink for Watched<'_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.flow = self.sink.record(record);
        self.flow
    }

    fn remark(&mut self, remark: Remark) {
        self.sink.remark(remark);
    }

    fn schema(&mut self, schema: Schema) {
        self.sink.schema(schema);
    }

    fn codebook(&mut self, codebook: Codebook) {
        self.sink.codebook(codebook);
    }
}

/// Reads pieces on all cores and hands on what they say in the order of the pieces; says whether the sink wanted all of it. `size` tells
/// how many bytes one has, so that no more than some are held. A piece that is read alone, as a large one is, goes to the sink at once.
///
/// `read` need not look whether the sink wants more after the last record of a piece.
///
/// # Errors
/// As `read`; what the pieces before said, and what this one said until then, was handed on.
pub(super) fn read_in_order<T: Sync>(
    pieces: &[T],
    size: impl Fn(&T) -> u64,
    sink: &mut dyn Sink,
    read: &(dyn Fn(&T, &mut dyn Sink) -> Result<(), FormatError> + Sync),
) -> Result<ControlFlow<()>, FormatError> {
    let mut rest = pieces;
    while !rest.is_empty() {
        let (mut count, mut bytes) = (0, 0);
        while count < rest.len() && count < TOGETHER {
            bytes += size(&rest[count]);
            if count > 0 && bytes > BYTES_TOGETHER {
                break;
            }
            count += 1;
        }
        let (some, after) = rest.split_at(count);
        rest = after;
        if let [piece] = some {
            let mut watched = Watched { sink: &mut *sink, flow: ControlFlow::Continue(()) };
            read(piece, &mut watched)?;
            if watched.flow.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            continue;
        }
        let work = some.par_iter().map(|piece| {
            let mut kept = Kept::default();
            let outcome = read(piece, &mut kept);
            (kept, outcome)
        });
        let done: Vec<(Kept, Result<(), FormatError>)> = work.collect();
        for (kept, outcome) in done {
            if kept.tell(sink).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            outcome?;
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The same for files of a source, by their names.
///
/// # Errors
/// As `read`.
pub(super) fn read_files<'f>(
    source: &dyn SourceFiles,
    files: impl Iterator<Item = &'f String>,
    sink: &mut dyn Sink,
    read: &(dyn Fn(&str, &mut dyn Sink) -> Result<(), FormatError> + Sync),
) -> Result<ControlFlow<()>, FormatError> {
    let files: Vec<&String> = files.collect();
    let size = |file: &&String| source.length(file).unwrap_or(BYTES_TOGETHER);
    read_in_order(&files, size, sink, &|file, sink| read(file, sink))
}

/// How many records, and about how many bytes, are handed over at once from the thread that reads.
const HANDED_OVER: usize = 32;
const BYTES_HANDED_OVER: usize = 1 << 20;

/// How much stack a thread that reads has (bytes): as much as the main thread of most systems.
const STACK: usize = 8 << 20;

/// Hands what it is given to another thread, some dozens at once.
struct HandedOver {
    kept: Kept,
    records: usize,
    bytes: usize,
    to: SyncSender<Kept>,
}

impl HandedOver {
    /// Hands on what there is; says whether the other thread wants more.
    fn flush(&mut self) -> ControlFlow<()> {
        (self.records, self.bytes) = (0, 0);
        match self.to.send(std::mem::take(&mut self.kept)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

impl Sink for HandedOver {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.records += 1;
        // A span takes some hundred bytes.
        self.bytes += record.text.len_bytes() + 256 * (record.set.len() + record.set.relation_count());
        self.kept.record(record)?;
        match self.records < HANDED_OVER && self.bytes < BYTES_HANDED_OVER {
            true => ControlFlow::Continue(()),
            false => self.flush(),
        }
    }

    fn remark(&mut self, remark: Remark) {
        self.kept.remark(remark);
    }

    fn schema(&mut self, schema: Schema) {
        self.kept.schema(schema);
    }

    fn codebook(&mut self, codebook: Codebook) {
        self.kept.codebook(codebook);
    }
}

/// Reads on another thread while this one's sink takes what was read, in the same order; the reader is some dozens of records ahead at most,
/// and hears that no more is wanted with as much delay.
///
/// # Errors
/// As [`Reader::read`]; what was read until then was handed on. The thread cannot be had.
pub fn read_beside(
    reader: &dyn Reader,
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    std::thread::scope(|scope| {
        let (to, from) = sync_channel(1);
        let read = move || {
            let mut handed_over = HandedOver { kept: Kept::default(), records: 0, bytes: 0, to };
            let outcome = reader.read(source, options, &mut handed_over);
            let _ = handed_over.flush();
            outcome
        };
        let thread = std::thread::Builder::new().name("reading".to_owned()).stack_size(STACK);
        let thread = thread.spawn_scoped(scope, read).map_err(|cause| FormatError::Io {
            what: "could not begin to read",
            file: "the source".to_owned(),
            cause,
        })?;
        for kept in from {
            if kept.tell(sink).is_break() {
                break;
            }
        }
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Gathered, MemoryFiles, format};

    const FILES: usize = 150;

    fn source() -> MemoryFiles {
        let files = MemoryFiles::default();
        for number in 0..FILES {
            // Every tenth is broken.
            let ann = if number % 10 == 9 { "T1\tLabel 90 99\tx\n" } else { "T1\tLabel 0 1\tа\n" };
            files.put(&format!("{number:03}.ann"), ann.into());
            files.put(&format!("{number:03}.txt"), format!("а{number}").into());
        }
        files
    }

    fn said(gathered: &Gathered) -> (Vec<&str>, Vec<String>) {
        let articles = gathered.records.iter().map(|record| record.set.article.as_str());
        (articles.collect(), gathered.remarks.iter().map(ToString::to_string).collect())
    }

    /// A sink that has had enough after so many records.
    struct Enough(usize, Gathered);

    impl Sink for Enough {
        fn record(&mut self, record: Record) -> ControlFlow<()> {
            let _ = self.1.record(record);
            match self.1.records.len() < self.0 {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        }

        fn remark(&mut self, remark: Remark) {
            self.1.remark(remark);
        }
    }

    #[test]
    fn several_at_once_say_the_same_as_one_after_another() {
        let schema = Schema::empty("test");
        let options = ReadOptions { unit: None, schema: &schema };
        let reader = format("brat").unwrap().reader.unwrap();
        let (mut one, mut several, mut beside) =
            (Gathered::default(), Gathered::default(), Gathered::default());
        for number in 0..FILES {
            let single = MemoryFiles::default();
            for ending in ["ann", "txt"] {
                let file = format!("{number:03}.{ending}");
                single.put(&file, source().bytes(&file).unwrap());
            }
            reader.read(&single, &options, &mut one).unwrap();
        }
        reader.read(&source(), &options, &mut several).unwrap();
        read_beside(reader, &source(), &options, &mut beside).unwrap();
        assert_eq!(several.records.len(), FILES);
        assert!(!several.remarks.is_empty());
        assert_eq!(said(&several), said(&one));
        assert_eq!(said(&beside), said(&one));
    }

    #[test]
    fn nothing_comes_after_enough() {
        let schema = Schema::empty("test");
        let options = ReadOptions { unit: None, schema: &schema };
        let reader = format("brat").unwrap().reader.unwrap();
        for count in [1, 10, 64, 100] {
            let mut enough = Enough(count, Gathered::default());
            reader.read(&source(), &options, &mut enough).unwrap();
            assert_eq!(enough.1.records.len(), count);
            let mut enough = Enough(count, Gathered::default());
            read_beside(reader, &source(), &options, &mut enough).unwrap();
            assert_eq!(enough.1.records.len(), count);
        }
    }
}
