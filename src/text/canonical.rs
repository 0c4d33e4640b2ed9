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
        (CanonicalText(Arc::new(Inner { text, units, ..Inner::default() })), folding)
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
        let range = self.lines().line_range(self.lines().line_of(byte.min(self.len_bytes())));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::trial::naughty_text;

    #[test]
    fn tells_bytes_code_points_and_utf16_apart() {
        let text = CanonicalText::new("я😀ё\u{301}!");
        assert_eq!((text.len_bytes(), text.len(), text.len_utf16()), (11, 5, 6));
        assert_eq!(text.byte_of(2), Some(ByteOffset(6)));
        assert_eq!(text.byte_of(5), Some(ByteOffset(11)));
        assert_eq!(text.byte_of(6), None);
        assert_eq!(text.code_point_of(6), Some(CodePoint(2)));
        assert_eq!(text.code_point_of(3), None);
        assert_eq!(text.code_point_at_or_before(3), CodePoint(1));
        assert_eq!(text.code_point_of_utf16(2), None, "inside the surrogate pair");
        assert_eq!(text.code_point_of_utf16(3), Some(CodePoint(2)));
        assert_eq!(text.slice(TextRange::between(1, 3)), Some("😀ё"));
        assert_eq!(text.slice(TextRange::between(4, 6)), None);
    }

    #[test]
    fn fingerprint_is_of_the_canonical_bytes() {
        // The SHA-256 of "abc" as FIPS 180-2 gives it.
        let abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(CanonicalText::new("\u{FEFF}abc").fingerprint(), abc);
        assert_eq!(CanonicalText::new("a\r\nb").fingerprint(), CanonicalText::new("a\nb").fingerprint());
    }

    #[test]
    fn lines_and_columns_count_from_one_in_code_points() {
        let text = CanonicalText::new("ёж\n\nи😀к\n");
        assert_eq!(text.lines().line_count(), 4);
        assert_eq!(text.line_column(0), (1, 1));
        assert_eq!(text.line_column(2), (1, 3));
        assert_eq!(text.line_column(3), (2, 1));
        assert_eq!(text.line_column(6), (3, 3));
        assert_eq!(text.line_column(8), (4, 1));
        assert_eq!(text.line_column(99), (4, 1));
    }

    #[test]
    fn paragraphs_are_the_lines_that_are_not_blank() {
        let text = CanonicalText::new("Раз.\n \u{A0}\nДва.\n\n");
        let found: Vec<&str> = text.paragraphs().map(|range| &text.as_str()[range]).collect();
        assert_eq!(found, ["Раз.", "Два."]);
        assert_eq!(text.paragraph_of(7), Some(0..7), "the caret at the end of a line is in it");
        assert_eq!(text.paragraph_of(8), None);
        assert_eq!(CanonicalText::new("").paragraphs().count(), 0);
    }

    proptest! {
        #[test]
        fn conversions_agree_with_counting(decoded in naughty_text()) {
            let (text, folding) = CanonicalText::with_folding(&decoded);
            let expected = {
                let cut = decoded.strip_prefix('\u{FEFF}').unwrap_or(&decoded);
                cut.replace("\r\n", "\n").replace('\r', "\n")
            };
            prop_assert_eq!(text.as_str(), &expected);
            prop_assert_eq!(text.len() as usize, expected.chars().count());

            for byte in 0..=expected.len() + 1 {
                let naive = expected.get(..byte).map(|before| CodePoint(before.chars().count() as u32));
                prop_assert_eq!(text.code_point_of(byte as u32), naive);
            }
            let characters: Vec<char> = expected.chars().collect();
            let mut unit = 0u32;
            let mut byte = 0u32;
            for at in 0..=characters.len() {
                let position = CodePoint(at as u32);
                prop_assert_eq!(text.byte_of(position), Some(ByteOffset(byte)));
                prop_assert_eq!(text.utf16_of(position), Some(Utf16Offset(unit)));
                prop_assert_eq!(text.code_point_of_utf16(unit), Some(position));
                if let Some(character) = characters.get(at) {
                    if character.len_utf16() == 2 {
                        prop_assert_eq!(text.code_point_of_utf16(unit + 1), None);
                    }
                    unit += character.len_utf16() as u32;
                    byte += character.len_utf8() as u32;
                }
            }
            prop_assert_eq!(text.byte_of(characters.len() as u32 + 1), None);
            prop_assert_eq!(text.code_point_of_utf16(unit + 1), None);

            // Folding: the text before any original offset, made canonical by hand, is what lies before its image.
            let original: Vec<char> = decoded.chars().collect();
            for at in 0..=original.len() {
                let inside = at > 0 && original[at - 1] == '\r' && original.get(at) == Some(&'\n');
                let before: String = original[..if inside { at - 1 } else { at }].iter().collect();
                let naive = CanonicalText::new(&before).len();
                prop_assert_eq!(folding.map(at as u32), CodePoint(naive), "offset {}", at);
            }
        }

        #[test]
        fn slices_hold_the_right_code_points(decoded in naughty_text(), a in 0u32..40, b in 0u32..40) {
            let text = CanonicalText::new(&decoded);
            let range = TextRange::between(a, b);
            let naive: String =
                text.as_str().chars().skip(range.start().index()).take(range.len() as usize).collect();
            let inside = range.end().0 <= text.len();
            prop_assert_eq!(text.slice(range), inside.then_some(naive.as_str()));
            if let Some(bytes) = text.byte_range(range) {
                prop_assert_eq!(text.text_range(bytes), Some(range));
            }
        }

        #[test]
        fn lines_agree_with_splitting(decoded in naughty_text()) {
            let text = CanonicalText::new(&decoded);
            let naive: Vec<&str> = text.as_str().split('\n').collect();
            let lines = text.lines();
            prop_assert_eq!(lines.line_count(), naive.len());
            let mut position = 0u32;
            for (number, line) in naive.iter().enumerate() {
                let range = lines.line_range(number);
                prop_assert_eq!(&text.as_str()[range.clone()], *line);
                prop_assert_eq!(lines.line_of(range.start), number);
                prop_assert_eq!(lines.line_of(range.end), number);
                for column in 0..=line.chars().count() as u32 {
                    prop_assert_eq!(text.line_column(position + column), (number as u32 + 1, column + 1));
                }
                position += line.chars().count() as u32 + 1;
            }
        }
    }
}
