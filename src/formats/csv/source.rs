//! Reading tables of any delimiter and encoding, row by row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::super::cells::unguarded;
use super::super::{FormatError, Remark, Sink, SourceFiles};
use crate::text::decode;

/// A row longer than this (bytes) is refused: somewhere before it a quotation mark is missing, or it is no table.
const LONGEST_ROW: u64 = 128 << 20;

/// A stream that ends with an error where a row has no end.
struct Guarded<R> {
    reader: R,
    /// How many bytes were read since the row began, about.
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        match self.since.get() > LONGEST_ROW {
            true => Err(io::Error::other(
                "a row is longer than 128 MiB, which is refused; a quotation mark may be missing",
            )),
            false => Ok(read),
        }
    }
}

/// A table whose first row names its columns.
pub(super) struct Rows<'a> {
    rows: csv::Reader<Box<dyn Read + 'a>>,
    file: String,
    headings: Vec<String>,
    row: csv::ByteRecord,
    /// How many bytes were read since the row began.
    since: Rc<Cell<u64>>,
    /// Cells that were no UTF-8.
    broken: usize,
}

impl<'a> Rows<'a> {
    /// Opens a table: commas, semicolons or tabs, whichever its first row has most of; UTF-8 or UTF-16, by its byte order mark.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(source: &'a dyn SourceFiles, file: &str) -> Result<Self, FormatError> {
        let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
        let mut reader = source.open(file).map_err(failed)?;
        let beginning = reader.fill_buf().map_err(failed)?;
        if beginning.starts_with(&[0xFF, 0xFE]) || beginning.starts_with(&[0xFE, 0xFF]) {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map_err(failed)?;
            let decoded = decode(&bytes, None).map_err(|fault| FormatError::NotThisFormat {
                file: file.to_owned(),
                format: "csv",
                why: fault.to_string(),
            })?;
            reader = Box::new(io::Cursor::new(decoded.text.as_str().as_bytes().to_vec()));
        } else if beginning.starts_with("\u{FEFF}".as_bytes()) {
            reader.consume(3);
        }
        let delimiter = delimiter(reader.fill_buf().map_err(failed)?);
        let since = Rc::new(Cell::new(0));
        let reader = Guarded { reader, since: since.clone() };
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Box::new(reader) as Box<dyn Read + 'a>);
        let mut row = csv::ByteRecord::new();
        rows.read_byte_record(&mut row).map_err(|error| failed(error.into()))?;
        let headings = row.iter().map(|cell| unguarded(&String::from_utf8_lossy(cell)).trim().to_owned());
        Ok(Self { headings: headings.collect(), rows, file: file.to_owned(), row, since, broken: 0 })
    }

    /// The names of the columns.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Where the column of this name is.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }

    /// Goes to the next row; `false` at the end.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn next(&mut self) -> Result<bool, FormatError> {
        self.since.set(0);
        self.rows.read_byte_record(&mut self.row).map_err(|error| FormatError::Io {
            what: "could not read",
            file: self.file.clone(),
            cause: error.into(),
        })
    }

    /// The line in the file on which the row starts.
    pub fn place(&self) -> String {
        let line = self.row.position().map_or(0, csv::Position::line);
        format!("{}: line {line}", self.file)
    }

    /// A cell as it stands; empty where the row is too short.
    pub fn cell(&mut self, column: Option<usize>) -> String {
        let bytes = column.and_then(|column| self.row.get(column)).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(cell) => cell.to_owned(),
            Err(_) => {
                self.broken += 1;
                String::from_utf8_lossy(bytes).into_owned()
            }
        }
    }

    /// A cell as a text.
    pub fn text(&mut self, column: Option<usize>) -> String {
        let cell = self.cell(column);
        match unguarded(&cell) {
            text if text.len() == cell.len() => cell,
            text => text.to_owned(),
        }
    }

    /// Whether a cell is this text.
    pub fn says(&self, column: Option<usize>, text: &str) -> bool {
        let bytes = column.and_then(|column| self.row.get(column)).unwrap_or_default();
        unguarded(&String::from_utf8_lossy(bytes)) == text
    }

    /// Tells what there is to tell about the whole table.
    pub fn end(self, sink: &mut dyn Sink) {
        if self.broken > 0 {
            let what = format!(
                "{} cells are not UTF-8; what could not be read in them stands as \u{FFFD}. Save the table as UTF-8 and import it again",
                self.broken
            );
            sink.remark(Remark { place: self.file, what, left_out: true });
        }
    }
}

/// The delimiter of which the first row has most outside quotes.
fn delimiter(beginning: &[u8]) -> u8 {
    let mut counts = [(b',', 0usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in beginning {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}
