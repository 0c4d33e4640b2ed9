//! Blocks of Deflate (RFC 1951) with codes of their own, from symbols that somebody else chose.

/// Literals, the end of a block and lengths.
const LITERALS: usize = 286;
/// The sign for the end of a block.
const END: usize = 256;
const DISTANCES: usize = 30;
/// The longest code of a symbol, and of the length of such a code.
const LONGEST: usize = 15;
const LONGEST_OF_LENGTHS: usize = 7;
/// The order in which the lengths of the codes of lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// A byte as it is, or so many bytes from so far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Literal(u8),
    /// A length of 3 to 258 and a distance of 1 to 32,768.
    Copy(u16, u16),
}

/// What a length or a distance is written as: a symbol, and so many further bits.
struct Coded {
    symbol: usize,
    bits: u32,
    extra: u32,
}

fn length(length: u16) -> Coded {
    match u32::from(length) - 3 {
        255 => Coded { symbol: 285, bits: 0, extra: 0 },
        more @ 0..8 => Coded { symbol: 257 + more as usize, bits: 0, extra: 0 },
        more => {
            let extra = more.ilog2() - 2;
            let symbol = 257 + (extra << 2) + (more >> extra);
            Coded { symbol: symbol as usize, bits: more & ((1 << extra) - 1), extra }
        }
    }
}

fn distance(distance: u16) -> Coded {
    match u32::from(distance) - 1 {
        back @ 0..4 => Coded { symbol: back as usize, bits: 0, extra: 0 },
        back => {
            let extra = back.ilog2() - 1;
            let symbol = (extra << 1) + (back >> extra);
            Coded { symbol: symbol as usize, bits: back & ((1 << extra) - 1), extra }
        }
    }
}

/// Bits, the first ones lowest, as bytes.
#[derive(Default)]
pub(super) struct Bits {
    pub bytes: Vec<u8>,
    waiting: u64,
    count: u32,
}

impl Bits {
    /// Up to 32 bits.
    fn put(&mut self, bits: u32, count: u32) {
        self.waiting |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.waiting as u32).to_le_bytes());
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    /// An empty block as it is, which ends on a whole byte.
    pub fn align(&mut self) {
        self.put(0, 3);
        let whole = self.count.div_ceil(8);
        self.bytes.extend_from_slice(&self.waiting.to_le_bytes()[..whole as usize]);
        (self.waiting, self.count) = (0, 0);
        self.bytes.extend_from_slice(&[0, 0, 0xFF, 0xFF]);
    }

    /// A block that is not the last one.
    pub fn block(&mut self, symbols: &[Symbol]) {
        let (mut of_literals, mut of_distances) = ([0u32; LITERALS], [0u32; DISTANCES]);
        of_literals[END] = 1;
        for symbol in symbols {
            match *symbol {
                Symbol::Literal(byte) => of_literals[usize::from(byte)] += 1,
                Symbol::Copy(count, back) => {
                    of_literals[length(count).symbol] += 1;
                    of_distances[distance(back).symbol] += 1;
                }
            }
        }
        let (literals, distances) = (Code::of(&of_literals, LONGEST), Code::of(&of_distances, LONGEST));
        self.put(0b100, 3);
        self.codes(&literals, &distances);
        for symbol in symbols {
            match *symbol {
                Symbol::Literal(byte) => self.coded(&literals, usize::from(byte)),
                Symbol::Copy(count, back) => {
                    for (code, Coded { symbol, bits, extra }) in
                        [(&literals, length(count)), (&distances, distance(back))]
                    {
                        self.coded(code, symbol);
                        self.put(bits, extra);
                    }
                }
            }
        }
        self.coded(&literals, END);
    }

    fn coded(&mut self, code: &Code, symbol: usize) {
        self.put(code.bits[symbol].into(), code.lengths[symbol].into());
    }

    /// The codes themselves: the lengths of all, in runs, coded once more.
    fn codes(&mut self, literals: &Code, distances: &Code) {
        let used = |code: &Code, least: usize| {
            code.lengths.iter().rposition(|length| *length > 0).map_or(least, |last| (last + 1).max(least))
        };
        let (literal_count, distance_count) = (used(literals, 257), used(distances, 1));
        let lengths = [&literals.lengths[..literal_count], &distances.lengths[..distance_count]].concat();
        // Of each run: a length, or a sign for several, with its further bits.
        let mut runs: Vec<(usize, u32, u32)> = Vec::new();
        for run in lengths.chunk_by(|a, b| a == b) {
            let (length, mut left) = (usize::from(run[0]), run.len());
            if length > 0 {
                runs.push((length, 0, 0));
                left -= 1;
            }
            while left > 0 {
                let (some, sign) = match (length, left) {
                    (0, 11..) => (left.min(138), (18, left.min(138) as u32 - 11, 7)),
                    (0, 3..) => (left, (17, left as u32 - 3, 3)),
                    (1.., 3..) => (left.min(6), (16, left.min(6) as u32 - 3, 2)),
                    _ => (1, (length, 0, 0)),
                };
                runs.push(sign);
                left -= some;
            }
        }
        let mut counts = [0u32; 19];
        runs.iter().for_each(|(sign, _, _)| counts[*sign] += 1);
        let code = Code::of(&counts, LONGEST_OF_LENGTHS);
        let written =
            ORDER.iter().rposition(|sign| code.lengths[*sign] > 0).map_or(4, |last| (last + 1).max(4));
        self.put(literal_count as u32 - 257, 5);
        self.put(distance_count as u32 - 1, 5);
        self.put(written as u32 - 4, 4);
        ORDER[..written].iter().for_each(|sign| self.put(code.lengths[*sign].into(), 3));
        for (sign, bits, extra) in runs {
            self.coded(&code, sign);
            self.put(bits, extra);
        }
    }
}

/// A prefix code: of each symbol the length of its code, none if it does not occur, and the bits as they are written.
struct Code {
    lengths: Vec<u8>,
    bits: Vec<u16>,
}

impl Code {
    /// A code for symbols that occur so often (Huffman 1952), none longer than `longest`.
    fn of(counts: &[u32], longest: usize) -> Self {
        let mut used: Vec<(u32, usize)> = counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(symbol, count)| (*count, symbol))
            .collect();
        used.sort_unstable();
        let mut of_length = code_lengths(&used, longest);
        let mut lengths = vec![0u8; counts.len()];
        // The rarest get the longest.
        let mut length = longest;
        for (_, symbol) in &used {
            while length > 0 && of_length[length] == 0 {
                length -= 1;
            }
            of_length[length] = of_length[length].saturating_sub(1);
            lengths[*symbol] = length as u8;
        }
        let mut next = [0u32; LONGEST + 2];
        for length in 1..=longest {
            let same = lengths.iter().filter(|of| usize::from(**of) == length).count() as u32;
            next[length + 1] = (next[length] + same) << 1;
        }
        let bits = lengths.iter().map(|length| {
            let place = &mut next[usize::from(*length)];
            *place += 1;
            // Codes are written from their highest bit.
            ((*place - 1) as u16).reverse_bits().checked_shr(16 - u32::from(*length)).unwrap_or_default()
        });
        Self { bits: bits.collect(), lengths }
    }
}

/// How many codes there are of each length for symbols, rarest first.
fn code_lengths(used: &[(u32, usize)], longest: usize) -> Vec<u32> {
    let mut of_length = vec![0u32; used.len().max(longest) + 2];
    match used.len() {
        0 => return of_length,
        1 => {
            of_length[1] = 1;
            return of_length;
        }
        _ => {}
    }
    // Two rows, of symbols and of what was joined, both with the rarest first (van Leeuwen 1976).
    let mut parents = vec![0usize; 2 * used.len() - 1];
    let mut joined: Vec<u64> = Vec::with_capacity(used.len() - 1);
    let (mut leaf, mut node) = (0, 0);
    while joined.len() + 1 < used.len() {
        let mut count = 0;
        for _ in 0..2 {
            let is_leaf =
                leaf < used.len() && joined.get(node).is_none_or(|joined| u64::from(used[leaf].0) <= *joined);
            let taken = if is_leaf { leaf } else { used.len() + node };
            count += if is_leaf { u64::from(used[leaf].0) } else { joined[node] };
            parents[taken] = used.len() + joined.len();
            (leaf, node) = if is_leaf { (leaf + 1, node) } else { (leaf, node + 1) };
        }
        joined.push(count);
    }
    let mut depths = vec![0usize; parents.len()];
    for place in (0..parents.len() - 1).rev() {
        depths[place] = depths[parents[place]] + 1;
    }
    depths[..used.len()].iter().for_each(|depth| of_length[*depth] += 1);
    // Codes that are too long become as long as may be, and others longer for it, until all can be told apart (Kraft 1949).
    let too_long: u32 = of_length[longest + 1..].iter().sum();
    of_length[longest + 1..].fill(0);
    of_length[longest] += too_long;
    let mut sum: u64 = (1..=longest).map(|length| u64::from(of_length[length]) << (longest - length)).sum();
    while sum > 1 << longest {
        of_length[longest] -= 1;
        if let Some(length) = (1..longest).rev().find(|length| of_length[*length] > 0) {
            of_length[length] -= 1;
            of_length[length + 1] += 2;
        }
        sum -= 1;
    }
    of_length
}
