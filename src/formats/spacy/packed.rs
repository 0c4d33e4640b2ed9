//! Zlib streams (RFC 1950) made from parts that were packed each by itself, and unpacked a little at a time.

use std::io::{self, BufRead, Read, Write};

use zlib_rs::adler32::{adler32, adler32_combine};
use zlib_rs::{Deflate, DeflateFlush, Inflate, InflateFlush, Status};

/// How hard parts are packed, of 9. Packing harder than this takes half of an export's time and spares a few hundredths of the file.
const LEVEL: i32 = 3;

/// How large the window is: 2 to the power of this.
const WINDOW: u8 = 15;

/// A part of a stream to come: packed bytes that begin and end on whole bytes and look back no further than to their own beginning, so that
/// such parts can stand one behind the other.
#[derive(Default)]
pub(super) struct Packed {
    packer: Option<Deflate>,
    bytes: Vec<u8>,
    /// The length, and the checksum of Adler, of what was packed.
    length: usize,
    sum: Option<u32>,
}

impl Packed {
    /// How many bytes were packed.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Packs more.
    pub fn write(&mut self, bytes: &[u8]) {
        self.sum = Some(adler32(self.sum.unwrap_or(1), bytes));
        self.length += bytes.len();
        self.pack(bytes, DeflateFlush::NoFlush);
    }

    fn pack(&mut self, mut bytes: &[u8], flush: DeflateFlush) {
        let packer = self.packer.get_or_insert_with(|| Deflate::new(LEVEL, false, WINDOW));
        loop {
            let end = self.bytes.len();
            // Never less than a flush needs, which else is made twice.
            self.bytes.resize(end + (bytes.len() / 4).max(1 << 12), 0);
            let (read, written) = (packer.total_in(), packer.total_out());
            let status = packer.compress(bytes, &mut self.bytes[end..], flush);
            let (read, written) =
                ((packer.total_in() - read) as usize, (packer.total_out() - written) as usize);
            let has_room = end + written < self.bytes.len();
            self.bytes.truncate(end + written);
            bytes = &bytes[read..];
            // There is room left where everything is packed. No progress is no error: then there was nothing to do.
            if has_room || !matches!(status, Ok(Status::Ok)) {
                return;
            }
        }
    }

    /// The packed bytes, up to a whole one.
    fn end(&mut self) {
        if self.packer.is_some() {
            self.pack(&[], DeflateFlush::SyncFlush);
            self.packer = None;
        }
    }
}

/// A stream that is written part by part.
pub(super) struct PackedFile<W> {
    file: W,
    sum: u32,
}

impl<W: Write> PackedFile<W> {
    /// Begins it.
    ///
    /// # Errors
    /// It cannot be written, here as below.
    pub fn begin(mut file: W) -> io::Result<Self> {
        // A window of 32 KB, packed fast, no dictionary.
        file.write_all(&[0x78, 0x5E])?;
        Ok(Self { file, sum: 1 })
    }

    /// A part that is packed here and now.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut part = Packed::default();
        part.write(bytes);
        self.append(part)
    }

    /// A part.
    pub fn append(&mut self, mut part: Packed) -> io::Result<()> {
        part.end();
        self.sum = adler32_combine(self.sum, part.sum.unwrap_or(1), part.length as u64);
        self.file.write_all(&part.bytes)
    }

    /// Ends it.
    pub fn end(mut self) -> io::Result<()> {
        // The last block: nothing, in the code that is always there.
        self.file.write_all(&[0x03, 0x00])?;
        self.file.write_all(&self.sum.to_be_bytes())?;
        self.file.flush()
    }
}

/// A stream that is unpacked while it is read. One that breaks off ends where it does.
pub(super) struct Unpacked<R> {
    packed: R,
    unpacker: Inflate,
    is_done: bool,
}

impl<R: BufRead> Unpacked<R> {
    /// Begins with the first byte of the stream.
    pub fn new(packed: R) -> Self {
        Self { packed, unpacker: Inflate::new(true, WINDOW), is_done: false }
    }

    /// How many packed bytes were used.
    pub fn packed_bytes(&self) -> u64 {
        self.unpacker.total_in()
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.is_done && !out.is_empty() {
            let packed = self.packed.fill_buf()?;
            let is_end = packed.is_empty();
            let (read, written) = (self.unpacker.total_in(), self.unpacker.total_out());
            let status = self.unpacker.decompress(packed, out, InflateFlush::NoFlush);
            let (read, written) = (self.unpacker.total_in() - read, self.unpacker.total_out() - written);
            self.packed.consume(read as usize);
            match status {
                Ok(status) => self.is_done = status == Status::StreamEnd || is_end && written == 0,
                Err(_) => return Err(io::Error::new(io::ErrorKind::InvalidInput, "corrupt deflate stream")),
            }
            if written > 0 {
                return Ok(written as usize);
            }
        }
        Ok(0)
    }
}
