//! The canonical text of an article: the one string that every offset counts in.

use std::fmt;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::folding::{self, Folding};
use super::lines::{LineIndex, Paragraphs, is_blank};
use super::offset::{ByteOffset, ByteRange, CodePoint, TextRange, Utf16Offset};
use super::units::UnitTable;

/// A decoded text without byte order mark, every line ending `\n`. Cheap to clone, never altered.
///
/// Offsets are converted through a table built once; lines and fingerprint are found when first asked for.
#[derive(Clone, Default)]
pub struct CanonicalText(Arc<Inner>);

#[derive(Default)]
struct Inner {
    text: String,
    units: UnitTable,
    lines: OnceLock<LineIndex>,
    fingerprint: OnceLock<String>,
}

impl CanonicalText {
    /// The canonical form of a decoded text: one leading byte order mark is cut, CR-LF and lone CR become LF.
    pub fn new(decoded: &str) -> CanonicalText {
        CanonicalText::with_folding(decoded).0
    }

    /// The canonical form, and how offsets into `decoded` map to it.
    pub fn with_folding(decoded: &str) -> (CanonicalText, Folding) {
        let (text, folding) = folding::fold(decoded);
        let units = UnitTable::new(&text);
        (
            CanonicalText(Arc::new(Inner {
                text,
                units,
                ..Inner::default()
            })),
            folding,
        )
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Length in bytes of UTF-8.
    pub fn len_bytes(&self) -> usize {
        self.0.text.len()
    }

    /// Length in code points.
    pub fn len(&self) -> u32 {
        self.0.units.code_points()
    }

    /// Length in UTF-16 units.
    pub fn len_utf16(&self) -> u32 {
        self.0.units.utf16_units()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// The whole text as a range.
    pub fn range(&self) -> TextRange {
        TextRange::between(0, self.len())
    }

    /// `sha256:` and the hexadecimal SHA-256 of the text in UTF-8. Computed when first asked for.
    pub fn fingerprint(&self) -> &str {
        self.0.fingerprint.get_or_init(|| {
            use fmt::Write as _;
            let digest = Sha256::digest(self.0.text.as_bytes());
            let mut written = String::with_capacity(7 + 64);
            written.push_str("sha256:");
            for byte in digest {
                // Writing to a String cannot fail.
                let _ = write!(written, "{byte:02x}");
            }
            written
        })
    }

    /// Where a code point starts, in bytes. The text's length is a valid position; anything beyond is `None`.
    pub fn byte_of(&self, position: impl Into<CodePoint>) -> Option<ByteOffset> {
        self.0.units.byte_of(self.as_str(), position.into())
    }

    /// Which code point starts at a byte. `None` inside a code point and past the end.
    pub fn code_point_of(&self, at: impl Into<ByteOffset>) -> Option<CodePoint> {
        self.0.units.code_point_of(self.as_str(), at.into())
    }

    /// The code point that a byte lies in or starts. Past the end: the text's length.
    pub fn code_point_at_or_before(&self, byte: usize) -> CodePoint {
        let mut byte = byte.min(self.len_bytes());
        while !self.as_str().is_char_boundary(byte) {
            byte -= 1;
        }
        self.code_point_of(byte as u32).unwrap_or(CodePoint(self.len()))
    }

    /// How many UTF-16 units lie before a code point. `None` past the end.
    pub fn utf16_of(&self, position: impl Into<CodePoint>) -> Option<Utf16Offset> {
        self.0.units.utf16_of(self.as_str(), position.into())
    }

    /// Which code point starts at a UTF-16 unit. `None` inside a surrogate pair and past the end.
    pub fn code_point_of_utf16(&self, position: impl Into<Utf16Offset>) -> Option<CodePoint> {
        self.0.units.code_point_of_utf16(self.as_str(), position.into())
    }

    /// The bytes of a range, or `None` if it reaches past the end.
    pub fn byte_range(&self, range: TextRange) -> Option<ByteRange> {
        let end = self.byte_of(range.end())?;
        Some(self.byte_of(range.start())?.index()..end.index())
    }

    /// The range of some bytes, or `None` if an edge lies inside a code point or past the end.
    pub fn text_range(&self, bytes: ByteRange) -> Option<TextRange> {
        let start = u32::try_from(bytes.start).ok()?;
        let end = u32::try_from(bytes.end).ok()?;
        TextRange::new(self.code_point_of(start)?, self.code_point_of(end)?)
    }

    /// The text of a range, or `None` if it reaches past the end.
    pub fn slice(&self, range: TextRange) -> Option<&str> {
        self.as_str().get(self.byte_range(range)?)
    }

    /// The lines of the text. Found when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.0.lines.get_or_init(|| LineIndex::new(self.as_str()))
    }

    /// Line and column of a code point as people count them: both from 1, columns in code points. A position past
    /// the end is taken for the end.
    pub fn line_column(&self, position: impl Into<CodePoint>) -> (u32, u32) {
        let position = position.into().min(CodePoint(self.len()));
        let byte = self.byte_of(position).map_or(self.len_bytes(), ByteOffset::index);
        let line = self.lines().line_of(byte);
        let start = self.code_point_at_or_before(self.lines().line_range(line).start);
        (line as u32 + 1, position.0 - start.0 + 1)
    }

    /// Bytes of each paragraph in order. A paragraph is a line that is not blank, since news texts hold one
    /// paragraph a line; its newline is not part of it.
    pub fn paragraphs(&self) -> Paragraphs<'_> {
        Paragraphs::new(self.as_str(), self.lines())
    }

    /// Bytes of the paragraph that holds a byte; the end of a line counts to it. `None` on a blank line.
    pub fn paragraph_of(&self, byte: usize) -> Option<ByteRange> {
        let range = self
            .lines()
            .line_range(self.lines().line_of(byte.min(self.len_bytes())));
        (!is_blank(&self.as_str()[range.clone()])).then_some(range)
    }
}

impl AsRef<str> for CanonicalText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for CanonicalText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for CanonicalText {}

impl fmt::Debug for CanonicalText {
    /// The beginning and the length, since articles are long and logs are read by people.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beginning: String = self.as_str().chars().take(40).collect();
        write!(out, "CanonicalText({beginning:?}, {} code points)", self.len())
    }
}
