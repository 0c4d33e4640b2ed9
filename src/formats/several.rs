//! Pieces of a source that say nothing of each other, read several at a time.
//!
//! What a piece says is kept until the pieces before it have had their say, so that records and remarks come in the order in which one
//! thread would give them.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::{FormatError, Record, Remark, Sink, SourceFiles};
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
