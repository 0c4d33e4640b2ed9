//! Turning a decoded text into canonical form, and offsets along with it.

use memchr::memchr;

use super::offset::{CodePoint, TextRange};

/// How the code points of a decoded text moved when its byte order mark was cut and its line endings became `\n`.
///
/// An import whose offsets count the CR of each CR-LF needs it. A text that was canonical already has the identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Code points cut at the front: 1 if there was a byte order mark.
    front: u32,
    /// Original positions, ascending, of the CR of every CR-LF: the code points that are no more.
    dropped: Vec<u32>,
    /// Lone CR turned to LF; no offset moved, but the bytes are not what they were.
    turned: u32,
}

impl Folding {
    /// Where an offset of the original text lies in the canonical text.
    ///
    /// The offset between CR and LF goes before the newline: a token that swallowed the CR loses it.
    pub fn map(&self, original: impl Into<CodePoint>) -> CodePoint {
        let original = original.into().0;
        let dropped = self.dropped.partition_point(|&at| at < original) as u32;
        CodePoint(original.saturating_sub(self.front).saturating_sub(dropped))
    }

    /// A range of the original text in the canonical text.
    pub fn map_range(&self, original: TextRange) -> TextRange {
        TextRange::between(self.map(original.start()), self.map(original.end()))
    }

    /// Where an offset of the canonical text lay in the original: the inverse of [`Folding::map`], giving the
    /// place before CR-LF for an offset before the newline.
    pub fn unmap(&self, canonical: impl Into<CodePoint>) -> CodePoint {
        let canonical = canonical.into().0;
        // The CR dropped as number k lies at canonical position `dropped[k] - front - k`.
        let before = partition(self.dropped.len(), |k| self.dropped[k] - self.front - (k as u32) < canonical);
        let front = if canonical == 0 && self.front > 0 { 0 } else { self.front };
        CodePoint(canonical + front + before as u32)
    }

    /// Whether no offset moves.
    pub fn is_identity(&self) -> bool {
        self.front == 0 && self.dropped.is_empty()
    }

    /// How many line endings were not a plain `\n`.
    pub fn folded_line_ends(&self) -> usize {
        self.dropped.len() + self.turned as usize
    }

    /// Whether a byte order mark was cut.
    pub fn had_bom(&self) -> bool {
        self.front > 0
    }
}

/// The number of leading indices that satisfy a monotone condition.
fn partition(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// Cuts one leading byte order mark and turns CR-LF and lone CR into LF; says how offsets moved.
pub(super) fn fold(decoded: &str) -> (String, Folding) {
    let mut folding = Folding::default();
    let mut rest = decoded;
    if let Some(after) = decoded.strip_prefix('\u{FEFF}') {
        folding.front = 1;
        rest = after;
    }
    let mut text = String::with_capacity(rest.len());
    let mut position = folding.front;
    while let Some(at) = memchr(b'\r', rest.as_bytes()) {
        let line = &rest[..at];
        text.push_str(line);
        text.push('\n');
        position += line.chars().count() as u32;
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('\n') {
            folding.dropped.push(position);
            position += 2;
            rest = after;
        } else {
            folding.turned += 1;
            position += 1;
        }
    }
    text.push_str(rest);
    (text, folding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_cr_lf_text_are_carried_over() {
        //                            0       1  2    3    4  5    6  7
        let (text, folding) = fold("\u{FEFF}а\r\nб\rв\r\n");
        assert_eq!(text, "а\nб\nв\n");
        let mapped: Vec<u32> = (0..=8).map(|at| folding.map(at).0).collect();
        assert_eq!(mapped, [0, 0, 1, 1, 2, 3, 4, 5, 5]);
        assert_eq!(folding.map(9), CodePoint(6));
        assert_eq!(folding.folded_line_ends(), 3);
        assert!(folding.had_bom());
    }

    #[test]
    fn only_one_mark_is_cut_and_plain_text_is_left_alone() {
        assert_eq!(fold("\u{FEFF}\u{FEFF}a").0, "\u{FEFF}a");
        let (text, folding) = fold("а\nб");
        assert_eq!(text, "а\nб");
        assert!(folding.is_identity());
    }

    #[test]
    fn an_offset_goes_there_and_back() {
        let (text, folding) = fold("a\r\nbc\r\n\r\nd");
        for at in 0..=text.chars().count() as u32 {
            assert_eq!(folding.map(folding.unmap(at)).0, at);
        }
        assert_eq!(folding.unmap(1), CodePoint(1));
        assert_eq!(folding.unmap(2), CodePoint(3));
    }
}
