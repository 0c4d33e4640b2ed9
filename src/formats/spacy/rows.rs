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

/// How many rows back Deflate can copy from.
const REACH: usize = (1 << 15) / ROW;

/// Places in which is noted where numbers stood last, and where all that follows a word did; powers of two.
const PLACES: usize = 1 << 13;
const PLACES_OF_RESTS: usize = 1 << 10;

/// How many rows are coded together, about.
const BLOCK: usize = 1 << 12;

/// A row's numbers, little-endian.
type Row = [[u8; 8]; ATTRS.len()];

/// Packs rows.
pub(super) struct PackedRows {
    /// What can be copied from, and what is not coded yet.
    held: Vec<Row>,
    /// How many of those are packed.
    packed: usize,
    /// Of each place the number that was noted last: which it is of all that are held, from 1.
    numbers: Vec<u32>,
    /// The same for rows, by what follows their words.
    rests: Vec<u32>,
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
            numbers: vec![0; PLACES],
            rests: vec![0; PLACES_OF_RESTS],
            symbols: Vec::new(),
            bits: Bits::default(),
            length: 0,
            sum: 1,
        }
    }
}

/// A place for what is known by a number. Most are hashes, of which any bits would do; some are small.
fn place(number: u64, places: usize) -> usize {
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (places - 1)
}

impl PackedRows {
    /// How many bytes were packed.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Packs more rows.
    pub fn write(&mut self, rows: &[u8]) {
        let rows = rows.as_chunks::<8>().0.as_chunks::<{ ATTRS.len() }>().0;
        let bytes = rows.as_flattened().as_flattened();
        self.sum = adler32(self.sum, bytes);
        self.length += bytes.len();
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
            let numbers = (gone * ATTRS.len()) as u32;
            self.numbers.iter_mut().for_each(|number| *number = number.saturating_sub(numbers));
            self.rests.iter_mut().for_each(|row| *row = row.saturating_sub(gone as u32));
        }
    }

    /// Where a number of a row stood last, if that can be copied from: which it is of all that are held. Notes that it stands here now.
    fn number_before(&mut self, at: usize, column: usize) -> Option<usize> {
        let number = self.held[at][column];
        let here = at * ATTRS.len() + column;
        let noted = &mut self.numbers[place(u64::from_le_bytes(number), PLACES)];
        let before = std::mem::replace(noted, here as u32 + 1).checked_sub(1)? as usize;
        let is_same = here - before <= REACH * ATTRS.len() && self.held.as_flattened()[before] == number;
        is_same.then_some(before)
    }

    /// Packs a row, and those after it that follow it elsewhere too; says how many.
    fn row(&mut self, at: usize) -> usize {
        let before = self.number_before(at, 0);
        let Some(before) = before else {
            self.symbols.extend(self.held[at][0].map(Symbol::Literal));
            self.rest(at);
            return 1;
        };
        let back = (at * ATTRS.len() - before) * 8;
        let same = match before % ATTRS.len() {
            0 => {
                let there = &self.held[before / ATTRS.len()..];
                self.held[at..].iter().zip(there).take(258 / ROW).take_while(|(a, b)| a == b).count()
            }
            _ => 0,
        };
        if same == 0 {
            self.symbols.push(Symbol::Copy(8, back as u16));
            self.rest(at);
            return 1;
        }
        self.symbols.push(Symbol::Copy((same * ROW) as u16, back as u16));
        for at in at + 1..at + same {
            self.number_before(at, 0);
        }
        same
    }

    /// Packs what follows the word in a row: from the row before, from another with all the same, or number by number.
    fn rest(&mut self, at: usize) {
        let [_, rest @ ..] = self.held[at];
        let before = at.checked_sub(1).map(|before| self.held[before]);
        if before.is_some_and(|before| before[1..] == rest) {
            self.symbols.push(Symbol::Copy((ROW - 8) as u16, ROW as u16));
            return;
        }
        let known =
            rest.iter().fold(0u64, |known, number| known.rotate_left(21) ^ u64::from_le_bytes(*number));
        let noted = &mut self.rests[place(known, PLACES_OF_RESTS)];
        let other = std::mem::replace(noted, at as u32 + 1).checked_sub(1).map(|row| row as usize);
        if let Some(other) = other.filter(|other| at - other <= REACH && self.held[*other][1..] == rest) {
            self.symbols.push(Symbol::Copy((ROW - 8) as u16, ((at - other) * ROW) as u16));
            return;
        }
        let is_as_before = |column: usize| before.is_some_and(|before| before[column] == rest[column - 1]);
        let mut column = 1;
        while column < ATTRS.len() {
            let same = (column..ATTRS.len()).take_while(|column| is_as_before(*column)).count();
            if same > 0 {
                self.symbols.push(Symbol::Copy((same * 8) as u16, ROW as u16));
                column += same;
                continue;
            }
            match self.number_before(at, column) {
                Some(before) => {
                    let back = (at * ATTRS.len() + column - before) * 8;
                    self.symbols.push(Symbol::Copy(8, back as u16));
                }
                None => self.symbols.extend(rest[column - 1].map(Symbol::Literal)),
            }
            column += 1;
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
