//! The rows of the tokens, packed by what is known of them.
//!
//! They are two thirds of a file, and each is much like the one before: a word that may have stood a little earlier, then numbers that change
//! only where a sentence or an entity begins. So nothing need be sought: a word is copied from where it stood last, what follows it from the
//! row before. That takes a tenth of the time that finding the same by searching does, and packs no worse.

use zlib_rs::adler32::adler32;

use super::docbin::ATTRS;
use super::huffman::{Bits, Symbol};
use super::packed::Part;

/// How many bytes a row has.
pub(super) const ROW: usize = ATTRS.len() * 8;

/// How many bytes of it are the word's number.
const WORD: usize = 8;

/// How many rows back Deflate can copy from.
const REACH: usize = (1 << 15) / ROW;

/// Places in which the last rows of words are noted, by their numbers; a power of two.
const PLACES: usize = 1 << 12;

/// How many rows are coded together, about.
const BLOCK: usize = 1 << 12;

/// Packs rows.
pub(super) struct PackedRows {
    /// What can be copied from, and what is not coded yet.
    held: Vec<[u8; ROW]>,
    /// How many of those are packed.
    packed: usize,
    /// Of each place the row, of those that are held, that was noted last, from 1.
    last: Vec<u32>,
    symbols: Vec<Symbol>,
    bits: Bits,
    length: usize,
    sum: u32,
}

impl Default for PackedRows {
    fn default() -> Self {
        Self {
            held: Vec::new(),
            packed: 0,
            last: vec![0; PLACES],
            symbols: Vec::new(),
            bits: Bits::default(),
            length: 0,
            sum: 1,
        }
    }
}

impl PackedRows {
    /// How many bytes were packed.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Packs more rows.
    pub fn write(&mut self, rows: &[u8]) {
        let rows = rows.as_chunks::<ROW>().0;
        self.sum = adler32(self.sum, rows.as_flattened());
        self.length += rows.len() * ROW;
        self.held.extend_from_slice(rows);
        while self.packed < self.held.len() {
            self.packed += self.row(self.packed);
        }
        if self.held.len() >= BLOCK {
            self.bits.block(&self.symbols);
            self.symbols.clear();
            // What stays is what can be copied from.
            let gone = self.held.len() - REACH;
            self.held.drain(..gone);
            self.packed = REACH;
            self.last.iter_mut().for_each(|row| *row = row.saturating_sub(gone as u32));
        }
    }

    /// Packs a row, and those after it that follow it elsewhere too; says how many.
    fn row(&mut self, at: usize) -> usize {
        let row = &self.held[at];
        let word = row.first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        // The numbers are hashes, so that any bits will do; those of names that spaCy itself has are small.
        let place = &mut self.last[word as usize % PLACES];
        let before = (*place as usize).checked_sub(1).filter(|before| at - before <= REACH);
        *place = at as u32 + 1;
        let before = before.filter(|before| self.held[*before][..WORD] == row[..WORD]);
        let Some(before) = before else {
            self.symbols.extend(row[..WORD].iter().map(|byte| Symbol::Literal(*byte)));
            self.rest(at);
            return 1;
        };
        let back = ((at - before) * ROW) as u16;
        let same = self.held[at..].iter().zip(&self.held[before..]).take(258 / ROW).take_while(|(a, b)| a == b).count();
        if same == 0 {
            self.symbols.push(Symbol::Copy(WORD as u16, back));
            self.rest(at);
            return 1;
        }
        self.symbols.push(Symbol::Copy((same * ROW) as u16, back));
        for at in at + 1..at + same {
            let word = self.held[at].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
            self.last[word as usize % PLACES] = at as u32 + 1;
        }
        same
    }

    /// Packs what follows the word in a row, by the row before.
    fn rest(&mut self, at: usize) {
        let row = &self.held[at][WORD..];
        let Some(before) = at.checked_sub(1).map(|before| &self.held[before][WORD..]) else {
            self.symbols.extend(row.iter().map(|byte| Symbol::Literal(*byte)));
            return;
        };
        if row == before {
            self.symbols.push(Symbol::Copy((ROW - WORD) as u16, ROW as u16));
            return;
        }
        let mut at = 0;
        while at < row.len() {
            let same = row[at..].iter().zip(&before[at..]).take_while(|(a, b)| a == b).count();
            match same {
                3.. => {
                    self.symbols.push(Symbol::Copy(same as u16, ROW as u16));
                    at += same;
                }
                _ => {
                    self.symbols.push(Symbol::Literal(row[at]));
                    at += 1;
                }
            }
        }
    }

    /// All that was packed, up to a whole byte.
    pub fn end(mut self) -> Part {
        if !self.symbols.is_empty() {
            self.bits.block(&self.symbols);
        }
        self.bits.align();
        Part { bytes: self.bits.bytes, length: self.length, sum: self.sum }
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::PackedFile;
    use super::*;
    use proptest::prelude::*;
    use std::io::Read;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(packed).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn packed(parts: impl Iterator<Item = Vec<u8>>) -> (Vec<u8>, Vec<u8>) {
        let (mut rows, mut all) = (PackedRows::default(), Vec::new());
        for part in parts {
            rows.write(&part);
            all.extend(part);
        }
        assert_eq!(rows.len(), all.len());
        let mut file = Vec::new();
        let mut stream = PackedFile::begin(&mut file).unwrap();
        stream.write(b"before").unwrap();
        stream.append(rows.end()).unwrap();
        stream.write(b"after").unwrap();
        stream.end().unwrap();
        (file, [b"before", all.as_slice(), b"after"].concat())
    }

    #[test]
    fn many_blocks_of_words_that_come_again() {
        // Few words and rare ones, entities here and there, in parts of odd sizes.
        let row = |number: u64| {
            let word = (number * number % 977).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (number % 3 * 20);
            let mut row = vec![];
            let entity = if number % 37 < 3 { number / 37 } else { 0 };
            for number in [word, 2 - entity.min(1), entity * 77, u64::MAX, 0, entity << 50] {
                row.extend(number.to_le_bytes());
            }
            row
        };
        let (file, all) = packed((0..300u64).map(|part| (part * 70..part * 70 + 70).flat_map(row).collect()));
        assert_eq!(unpacked(&file), all);
        assert!(file.len() * 6 < all.len(), "{} of {}", file.len(), all.len());
    }

    proptest! {
        #[test]
        fn whatever_is_packed_comes_back(parts in prop::collection::vec(
            prop::collection::vec(prop::sample::select(vec![0u64, 1, 7, 380, u64::MAX, 0x1234_5678_9abc_def0, 0x1000]), 0..60),
            0..6,
        )) {
            let bytes = |numbers: Vec<u64>| {
                let whole = numbers.len() / ATTRS.len() * ATTRS.len();
                numbers[..whole].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>()
            };
            let (file, all) = packed(parts.into_iter().map(bytes));
            prop_assert_eq!(unpacked(&file), all);
        }
    }
}
