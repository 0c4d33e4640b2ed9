//! Writing `parquet`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use super::super::{FormatError, Record, RecordSource, TargetFiles, WriteOptions};
use super::card::{Card, Tally};
use super::croissant::{Shard, croissant};
use super::rows::Layout;

/// Records in one file.
const SHARD: usize = 10_000;
/// Records turned into columns at once, and how many bytes of text they may have.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;
/// When a group of rows goes to the file (bytes before compression).
const GROUP_BYTES: usize = 32 << 20;

fn failed(cause: io::Error) -> FormatError {
    FormatError::Io { what: "could not write", file: "the export".to_owned(), cause }
}

pub(super) fn write(
    parts: &[(&str, &dyn RecordSource)],
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let layout = Layout::of(options.schema);
    let (mut shards, mut tallies) = (Vec::new(), Vec::new());
    for (name, records) in parts {
        let mut part = PartWriter {
            name,
            layout: &layout,
            shards: count(*records)?.div_ceil(SHARD).max(1),
            out,
            open: None,
            waiting: Vec::new(),
            waiting_bytes: 0,
            done: Vec::new(),
            in_shard: 0,
        };
        let mut tally = Tally::default();
        records.for_each(&mut |record| {
            tally.add(&record);
            part.take(record)
        })?;
        shards.extend(part.end()?);
        tallies.push(((*name).to_owned(), tally));
    }
    let card = Card { options, parts: &tallies };
    for (path, text) in [("README.md", card.text()), ("croissant.json", croissant(options, &shards))] {
        out.create(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)?;
    }
    Ok(())
}

/// How many records there are: the names of the files say how many files there are.
fn count(records: &dyn RecordSource) -> Result<usize, FormatError> {
    if let Some(count) = records.known_count() {
        return Ok(count);
    }
    let mut count = 0;
    records.for_each(&mut |_| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// The files of one part.
struct PartWriter<'a> {
    name: &'a str,
    layout: &'a Layout,
    shards: usize,
    out: &'a mut dyn TargetFiles,
    open: Option<ShardWriter>,
    waiting: Vec<Record>,
    waiting_bytes: usize,
    done: Vec<Shard>,
    in_shard: usize,
}

impl PartWriter<'_> {
    fn take(&mut self, record: Record) -> Result<(), FormatError> {
        self.waiting_bytes += record.text.len_bytes();
        self.waiting.push(record);
        self.in_shard += 1;
        if self.waiting.len() >= BATCH || self.waiting_bytes >= BATCH_BYTES || self.in_shard == SHARD {
            self.flush()?;
        }
        // The last file takes whatever a miscount would leave.
        if self.in_shard >= SHARD && self.done.len() + 1 < self.shards {
            self.close()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), FormatError> {
        let mut shard = match self.open.take() {
            Some(shard) => shard,
            None => {
                let (name, number, shards) = (self.name, self.done.len(), self.shards);
                let path = format!("data/{name}-{number:05}-of-{shards:05}.parquet");
                let file = self.out.create(&path).map_err(failed)?;
                ShardWriter::begin(path, self.name.to_owned(), file, self.layout)?
            }
        };
        let batch = self.layout.batch(&self.waiting).map_err(|error| failed(io::Error::other(error)))?;
        shard.write(&batch)?;
        self.open = Some(shard);
        self.waiting.clear();
        self.waiting_bytes = 0;
        Ok(())
    }

    fn close(&mut self) -> Result<(), FormatError> {
        self.flush()?;
        if let Some(shard) = self.open.take() {
            self.done.push(shard.end()?);
        }
        self.in_shard = 0;
        Ok(())
    }

    fn end(mut self) -> Result<Vec<Shard>, FormatError> {
        self.close()?;
        Ok(self.done)
    }
}

/// What Parquet has written and the file has not: its writer wants to send it between threads, which files of a target cannot be.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct ShardWriter {
    path: String,
    part: String,
    file: Box<dyn Write>,
    buffer: Buffer,
    rows: ArrowWriter<Buffer>,
    digest: Sha256,
}

impl ShardWriter {
    fn begin(path: String, part: String, file: Box<dyn Write>, layout: &Layout) -> Result<Self, FormatError> {
        let buffer = Buffer::default();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("postil ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let rows = ArrowWriter::try_new(buffer.clone(), Arc::clone(layout.schema()), Some(properties))
            .map_err(|error| failed(io::Error::other(error)))?;
        Ok(Self { path, part, file, buffer, rows, digest: Sha256::new() })
    }

    fn write(&mut self, batch: &arrow_array::RecordBatch) -> Result<(), FormatError> {
        if batch.num_rows() > 0 {
            self.rows.write(batch).map_err(|error| failed(io::Error::other(error)))?;
        }
        if self.rows.in_progress_size() >= GROUP_BYTES {
            self.rows.flush().map_err(|error| failed(io::Error::other(error)))?;
        }
        self.drain()
    }

    fn drain(&mut self) -> Result<(), FormatError> {
        let bytes = std::mem::take(&mut *self.buffer.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.digest.update(&bytes);
        self.file.write_all(&bytes).map_err(failed)
    }

    fn end(mut self) -> Result<Shard, FormatError> {
        self.rows.finish().map_err(|error| failed(io::Error::other(error)))?;
        self.drain()?;
        self.file.flush().map_err(failed)?;
        let sha256 = self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Shard { path: self.path, part: self.part, sha256 })
    }
}
