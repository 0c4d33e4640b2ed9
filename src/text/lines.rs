//! Lines and paragraphs of a text.

use memchr::memchr_iter;

use super::offset::ByteRange;
use super::segment::is_white;

/// Where the lines of a text start. Lines are counted from 0 here; a text has one line more than it has newlines.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    /// Byte at which each line starts, ascending, the first being 0.
    starts: Vec<u32>,
    /// Length of the text in bytes.
    bytes: usize,
}

impl LineIndex {
    /// Finds the newlines of `text`.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        LineIndex { starts, bytes: text.len() }
    }

    /// Number of lines: at least 1. A final newline is followed by an empty line, as in every editor.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) a byte lies in; a newline belongs to the line it ends. Past the end: the last line.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= byte).saturating_sub(1)
    }

    /// Bytes of a line (from 0) without its newline. Past the last line: the empty range at the text's end.
    pub fn line_range(&self, line: usize) -> ByteRange {
        match (self.starts.get(line), self.starts.get(line + 1)) {
            (Some(&start), Some(&next)) => start as usize..next as usize - 1,
            (Some(&start), None) => start as usize..self.bytes,
            (None, _) => self.bytes..self.bytes,
        }
    }
}

/// The paragraphs of a text in order, as byte ranges. See [`super::CanonicalText::paragraphs`].
#[derive(Clone, Debug)]
pub struct Paragraphs<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    next: usize,
}

impl<'a> Paragraphs<'a> {
    pub(super) fn new(text: &'a str, lines: &'a LineIndex) -> Paragraphs<'a> {
        Paragraphs { text, lines, next: 0 }
    }
}

impl Iterator for Paragraphs<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        while self.next < self.lines.line_count() {
            let range = self.lines.line_range(self.next);
            self.next += 1;
            if !is_blank(&self.text[range.clone()]) {
                return Some(range);
            }
        }
        None
    }
}

/// Whether nothing can be seen in this stretch.
pub(super) fn is_blank(stretch: &str) -> bool {
    stretch.chars().all(is_white)
}
