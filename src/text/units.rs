//! Conversion between bytes, code points and UTF-16 units, by a table of checkpoints.

use super::offset::{ByteOffset, CodePoint, Utf16Offset};

/// Bytes between two checkpoints. Eight bytes of table for each, so a sixteenth of the text's size, and at most this
/// many bytes to count for one answer. Tiny under test, so that short strings cross checkpoints.
#[cfg(not(test))]
const BLOCK: usize = 128;
#[cfg(test)]
const BLOCK: usize = 8;

/// How much of the text lies before one block.
#[derive(Clone, Copy, Debug, Default)]
struct Checkpoint {
    /// Code points that *start* before the block.
    code_points: u32,
    /// UTF-16 units of those code points.
    utf16: u32,
}

/// Converts offsets in one string. The string is not kept: hand in the one the table was made from.
///
/// A purely ASCII text needs no table at all, since the three units are one. Otherwise an answer costs a binary
/// search in the checkpoints and the counting of one block. Texts are at most 4 GiB long, as offsets are `u32`.
#[derive(Clone, Debug, Default)]
pub struct UnitTable {
    /// `checkpoints[i]` tells of the text before byte `i * BLOCK`. Empty if the text is ASCII.
    checkpoints: Vec<Checkpoint>,
    bytes: u32,
    code_points: u32,
    utf16: u32,
}

/// A byte that begins a code point: not of the form `10xxxxxx`.
const fn starts_code_point(byte: u8) -> bool {
    (byte as i8) >= -0x40
}

/// Code points that start in these bytes, and the UTF-16 units of them.
///
/// A code point outside the basic plane has a lead byte of `0xF0` or more and takes two units.
fn count(bytes: &[u8]) -> Checkpoint {
    let (mut code_points, mut astral) = (0u32, 0u32);
    // Sums of at most 128 fit a byte, which lets the compiler count sixteen bytes at once.
    for chunk in bytes.chunks(128) {
        let (mut starts, mut pairs) = (0u8, 0u8);
        for &byte in chunk {
            starts += u8::from(starts_code_point(byte));
            pairs += u8::from(byte >= 0xF0);
        }
        code_points += u32::from(starts);
        astral += u32::from(pairs);
    }
    Checkpoint { code_points, utf16: code_points + astral }
}

/// The byte at which the code point of a number starts, counted from 0.
fn nth_code_point(bytes: &[u8], mut wanted: usize) -> Option<usize> {
    let mut at = 0;
    // Eight bytes at a time: the top bit of each byte of `starts` tells that a code point starts there.
    while let Some(word) = bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
        let word = u64::from_le_bytes(word);
        let starts = (!word | word << 1) & 0x8080_8080_8080_8080;
        let here = starts.count_ones() as usize;
        if here > wanted {
            break;
        }
        wanted -= here;
        at += 8;
    }
    bytes[at..]
        .iter()
        .enumerate()
        .filter(|(_, byte)| starts_code_point(**byte))
        .nth(wanted)
        .map(|(n, _)| at + n)
}

impl UnitTable {
    /// Counts `text` once, from its first byte to its last.
    pub fn new(text: &str) -> UnitTable {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if text.is_ascii() {
            return UnitTable { checkpoints: Vec::new(), bytes: length, code_points: length, utf16: length };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut sum = Checkpoint::default();
        for block in text.as_bytes().chunks(BLOCK) {
            checkpoints.push(sum);
            let here = count(block);
            sum.code_points += here.code_points;
            sum.utf16 += here.utf16;
        }
        // One more for an offset at the very end of a text whose length is a multiple of the block.
        checkpoints.push(sum);
        UnitTable { checkpoints, bytes: length, code_points: sum.code_points, utf16: sum.utf16 }
    }

    /// Length of the text in code points.
    pub fn code_points(&self) -> u32 {
        self.code_points
    }

    /// Length of the text in UTF-16 units.
    pub fn utf16_units(&self) -> u32 {
        self.utf16
    }

    /// Whether every code point is one UTF-16 unit, as in most texts: then one is the other's offset.
    fn is_basic(&self) -> bool {
        self.utf16 == self.code_points
    }

    /// Where a code point starts. The text's length is a valid position; anything beyond is `None`.
    pub fn byte_of(&self, text: &str, position: CodePoint) -> Option<ByteOffset> {
        if position.0 >= self.code_points {
            return (position.0 == self.code_points).then_some(ByteOffset(self.bytes));
        }
        if self.checkpoints.is_empty() {
            return Some(ByteOffset(position.0));
        }
        let block = self.block_of(position);
        let start = block * BLOCK;
        let wanted = position.0 - self.checkpoints[block].code_points;
        let within = nth_code_point(text.as_bytes().get(start..)?, wanted as usize)?;
        Some(ByteOffset((start + within) as u32))
    }

    /// The last block before which no more code points start than `position`, which lies in the text.
    fn block_of(&self, position: CodePoint) -> usize {
        let all = &self.checkpoints;
        let is_before = |block: usize| all[block].code_points <= position.0;
        // A text is much the same everywhere, so the place is guessed first and sought from there in growing steps: in a text of
        // megabytes most steps of a plain binary search wait for memory.
        let last = all.len() - 1;
        let guess = (u64::from(position.0) * last as u64 / u64::from(self.code_points.max(1))) as usize;
        let (mut low, mut high, mut step) = (guess, guess, 1);
        if is_before(guess) {
            while high < last && is_before(high) {
                low = high;
                high = (high + step).min(last);
                step *= 2;
            }
        } else {
            while low > 0 && !is_before(low) {
                high = low;
                low = low.saturating_sub(step);
                step *= 2;
            }
        }
        low + all[low..=high].partition_point(|c| c.code_points <= position.0) - 1
    }

    /// Which code point starts at a byte. `None` inside a code point and past the end.
    pub fn code_point_of(&self, text: &str, at: ByteOffset) -> Option<CodePoint> {
        if !text.is_char_boundary(at.index()) {
            return None;
        }
        Some(CodePoint(self.before(text, at.index()).code_points))
    }

    /// How many UTF-16 units lie before a code point. `None` past the end.
    pub fn utf16_of(&self, text: &str, position: CodePoint) -> Option<Utf16Offset> {
        if self.is_basic() {
            return (position.0 <= self.code_points).then_some(Utf16Offset(position.0));
        }
        let at = self.byte_of(text, position)?;
        Some(Utf16Offset(self.before(text, at.index()).utf16))
    }

    /// Which code point starts at a UTF-16 unit. `None` in the middle of a surrogate pair and past the end.
    pub fn code_point_of_utf16(&self, text: &str, position: Utf16Offset) -> Option<CodePoint> {
        if position.0 >= self.utf16 {
            return (position.0 == self.utf16).then_some(CodePoint(self.code_points));
        }
        if self.is_basic() {
            return Some(CodePoint(position.0));
        }
        let block = self.checkpoints.partition_point(|c| c.utf16 <= position.0) - 1;
        let Checkpoint { mut code_points, mut utf16 } = self.checkpoints[block];
        for &byte in text.as_bytes().get(block * BLOCK..)? {
            if utf16 > position.0 {
                return None;
            }
            if starts_code_point(byte) {
                if utf16 == position.0 {
                    return Some(CodePoint(code_points));
                }
                code_points += 1;
                utf16 += if byte >= 0xF0 { 2 } else { 1 };
            }
        }
        None
    }

    /// Counts of everything before a byte that lies on a boundary.
    fn before(&self, text: &str, at: usize) -> Checkpoint {
        if self.checkpoints.is_empty() {
            return Checkpoint { code_points: at as u32, utf16: at as u32 };
        }
        let block = at / BLOCK;
        let sum = self.checkpoints[block];
        let here = count(&text.as_bytes()[block * BLOCK..at]);
        Checkpoint { code_points: sum.code_points + here.code_points, utf16: sum.utf16 + here.utf16 }
    }
}
