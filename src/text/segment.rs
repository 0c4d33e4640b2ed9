//! Graphemes and words by UAX #29, and the moves of a caret over them.
//!
//! Offsets are UTF-8 bytes. Functions that take one position look only at its surroundings: a text of 50 MB on one
//! line answers as quickly as a short one. A position inside a code point is taken for the start of that code point,
//! one past the end for the end.

use std::iter::Peekable;

use unicode_segmentation::{GraphemeCursor, UWordBoundIndices, UnicodeSegmentation};

use super::offset::{ByteRange, CodePoint};

/// How far to either side of a position its word is sought. Longer words exist only in broken files.
const REACH: usize = 4096;

/// Whether a character shows nothing and takes part in nothing: white space, zero-width space, byte order mark.
pub fn is_white(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// The nearest code-point boundary at or before a byte.
pub(super) fn floor_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The surroundings of a position, which graphemes are sought in, and where they start. A grapheme longer than
/// [`REACH`] (a letter under two thousand accents) is taken for several; otherwise a file of nothing but accents or
/// flags would be searched from end to end for each answer.
fn surroundings(text: &str, byte: usize) -> (&str, usize) {
    let low = floor_char(text, byte.saturating_sub(REACH));
    (&text[low..floor_char(text, byte.saturating_add(REACH))], low)
}

/// The nearest code-point boundary at or after a byte.
fn ceil_char(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte += 1;
    }
    byte
}

/// Whether a byte lies between two graphemes (user-perceived characters). Both ends of a text do.
pub fn is_grapheme_boundary(text: &str, byte: usize) -> bool {
    if !text.is_char_boundary(byte) {
        return false;
    }
    let (near, low) = surroundings(text, byte);
    GraphemeCursor::new(byte - low, near.len(), true).is_boundary(near, 0).unwrap_or(true)
}

/// The first grapheme boundary after a byte; the text's length if there is none.
pub fn next_grapheme(text: &str, byte: usize) -> usize {
    let byte = floor_char(text, byte);
    let (near, low) = surroundings(text, byte);
    match GraphemeCursor::new(byte - low, near.len(), true).next_boundary(near, 0) {
        Ok(Some(next)) => low + next,
        _ => text.len(),
    }
}

/// The last grapheme boundary before a byte; 0 if there is none.
pub fn prev_grapheme(text: &str, byte: usize) -> usize {
    let floor = floor_char(text, byte);
    if floor < byte.min(text.len()) && is_grapheme_boundary(text, floor) {
        return floor;
    }
    let (near, low) = surroundings(text, floor);
    match GraphemeCursor::new(floor - low, near.len(), true).prev_boundary(near, 0) {
        Ok(Some(previous)) => low + previous,
        _ => 0,
    }
}

/// The grapheme boundary at or before a byte.
pub fn floor_grapheme(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_grapheme_boundary(text, byte) { byte } else { prev_grapheme(text, byte) }
}

/// The grapheme boundary at or after a byte.
pub fn ceil_grapheme(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_grapheme_boundary(text, byte) { byte } else { next_grapheme(text, byte) }
}

/// Code points at which the graphemes of a text start, to read and write offsets that count graphemes.
#[derive(Clone, Debug, Default)]
pub struct GraphemeIndex {
    /// Start of each grapheme and the end of the text, in code points, ascending.
    boundaries: Vec<u32>,
}

impl GraphemeIndex {
    /// Goes through the whole text once.
    pub fn new(text: &str) -> GraphemeIndex {
        let mut boundaries = vec![0];
        let mut position = 0u32;
        for grapheme in text.graphemes(true) {
            position += grapheme.chars().count() as u32;
            boundaries.push(position);
        }
        GraphemeIndex { boundaries }
    }

    /// Number of graphemes.
    pub fn count(&self) -> u32 {
        (self.boundaries.len() - 1) as u32
    }

    /// Where grapheme number `grapheme` (from 0) starts; the count itself is the text's end, more is `None`.
    pub fn code_point_of(&self, grapheme: u32) -> Option<CodePoint> {
        self.boundaries.get(grapheme as usize).copied().map(CodePoint)
    }

    /// How many graphemes lie before a code point. `None` inside a grapheme and past the end.
    pub fn grapheme_of(&self, position: impl Into<CodePoint>) -> Option<u32> {
        self.boundaries.binary_search(&position.into().0).ok().map(|found| found as u32)
    }
}

/// What a stretch between two boundaries is to the word rules below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Hyphen,
    Other,
}

/// Words of a text in order. See [`words`].
#[derive(Clone)]
struct Words<'a> {
    text: &'a str,
    /// Where `text` lies in the text that offsets count in.
    shift: usize,
    atoms: Peekable<Atoms<'a>>,
}

/// UAX #29 segments, those cut in two that a forgotten space had glued.
#[derive(Clone)]
struct Atoms<'a> {
    segments: UWordBoundIndices<'a>,
    /// What is left of a segment being cut, and where it starts.
    rest: Option<(usize, &'a str)>,
}

impl Iterator for Atoms<'_> {
    type Item = (ByteRange, Kind);

    fn next(&mut self) -> Option<(ByteRange, Kind)> {
        let (start, segment) = self.rest.take().or_else(|| self.segments.next())?;
        if let Some(stop) = forgotten_space(segment) {
            if stop == 0 {
                self.rest = Some((start + 1, &segment[1..]));
                return Some((start..start + 1, Kind::Other));
            }
            self.rest = Some((start + stop, &segment[stop..]));
            return Some((start..start + stop, Kind::Word));
        }
        let kind = match segment {
            "-" | "\u{2010}" | "\u{2011}" => Kind::Hyphen,
            _ if segment.contains(char::is_alphanumeric) => Kind::Word,
            _ => Kind::Other,
        };
        Some((start..start + segment.len(), kind))
    }
}

/// Where a full stop or colon joins two Cyrillic words because the space after it is missing, as in
/// `Украине.Накануне`: a small letter before, a capital after. UAX #29 takes that for one word like `example.org`.
/// 0 if the segment begins with such a stop, left over from the cut before.
fn forgotten_space(segment: &str) -> Option<usize> {
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    for (at, _) in segment.match_indices(['.', ':']) {
        let after = segment[at + 1..].chars().next();
        let before = segment[..at].chars().rev().find(|c| !('\u{300}'..='\u{36F}').contains(c));
        let capital = after.is_some_and(|c| cyrillic(c) && c.is_uppercase());
        if capital && (at == 0 || before.is_some_and(|c| cyrillic(c) && c.is_lowercase())) {
            return Some(at);
        }
    }
    None
}

impl Iterator for Words<'_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        let mut word = loop {
            let (range, kind) = self.atoms.next()?;
            if kind == Kind::Word {
                break range;
            }
        };
        while matches!(self.atoms.peek(), Some((_, Kind::Hyphen))) {
            let mut ahead = self.atoms.clone();
            ahead.next();
            let Some((next, Kind::Word)) = ahead.next() else {
                break;
            };
            let before = self.text[..word.end].chars().next_back();
            let after = self.text[next.start..].chars().next();
            // Numbers joined by a hyphen are a range, 2014-2015, not a compound.
            if before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric) {
                break;
            }
            word.end = next.end;
            self.atoms = ahead;
        }
        // UAX #29 counts a byte order mark that follows a letter to the word.
        let end = word.start + self.text[word.clone()].trim_end_matches(is_white).len();
        Some(word.start + self.shift..end + self.shift)
    }
}

/// The words of a part of a text, which must not begin or end inside a word.
fn words_of(text: &str, part: ByteRange) -> Words<'_> {
    let slice = &text[part.clone()];
    let atoms = Atoms { segments: slice.split_word_bound_indices(), rest: None }.peekable();
    Words { text: slice, shift: part.start, atoms }
}

/// The words of a text, in order, as byte ranges.
///
/// A word is a UAX #29 word segment that holds a letter or digit, with compounds joined over their hyphens
/// (пресс-секретарь, из-за, Су-30; but 2014 and 2015 of 2014-2015). Apostrophes are inside words: м'ята, О’Нил.
pub fn words(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    words_of(text, 0..text.len())
}

/// Whether a word never reaches over this character. U+202F is white space, yet joins digit groups in UAX #29.
fn separates(character: char) -> bool {
    character.is_whitespace() && character != '\u{202F}'
}

/// The unbroken run of characters around a byte, at most [`REACH`] to either side.
fn run_at(text: &str, byte: usize) -> ByteRange {
    let low = byte.saturating_sub(REACH);
    let high = floor_char(text, byte.saturating_add(REACH));
    let low = if low == 0 { 0 } else { floor_grapheme(text, low) };
    let start = text[low..byte]
        .char_indices()
        .rev()
        .find(|&(_, c)| separates(c))
        .map_or(low, |(at, c)| low + at + c.len_utf8());
    let end = text[byte..high].find(separates).map_or(high, |at| byte + at);
    if end < high || end == text.len() {
        return start..end;
    }
    // Cut between graphemes, unless that would leave nothing.
    let cut = floor_grapheme(text, end);
    start..if cut > byte { cut } else { end }
}

/// The word at a byte. At the end edge of a word that word counts; between words there is none.
pub fn word_at(text: &str, byte: usize) -> Option<ByteRange> {
    let byte = floor_char(text, byte);
    let mut touched = None;
    for word in words_of(text, run_at(text, byte)) {
        if word.start > byte {
            break;
        }
        if byte < word.end {
            return Some(word);
        }
        if byte == word.end {
            touched = Some(word);
        }
    }
    touched
}

/// Where the caret goes from a byte with "next word": the next start of a word, else the end of the text.
pub fn next_word(text: &str, byte: usize) -> usize {
    let byte = floor_char(text, byte);
    let mut position = byte;
    while position < text.len() {
        let run = run_at(text, position);
        if let Some(word) = words_of(text, run.clone()).find(|word| word.start > byte) {
            return word.start;
        }
        match text[run.end..].find(|c| !separates(c)) {
            // The run is longer than the reach: stop at its edge rather than search a whole file.
            Some(0) if run.end > position => return run.end,
            Some(skipped) => position = run.end + skipped,
            None => break,
        }
    }
    text.len()
}

/// Where the caret goes from a byte with "previous word": the last start of a word before it, else 0.
pub fn prev_word(text: &str, byte: usize) -> usize {
    let byte = floor_char(text, byte);
    let mut position = byte;
    while position > 0 {
        let run = run_at(text, position);
        if let Some(word) = words_of(text, run.clone()).take_while(|word| word.start < byte).last() {
            return word.start;
        }
        match text[..run.start].rfind(|c| !separates(c)) {
            None => break,
            Some(last) => {
                let after = ceil_char(text, last + 1);
                if after == run.start && run.start < position {
                    return run.start;
                }
                position = after;
            }
        }
    }
    0
}

/// The range without white space at its edges, no-break spaces and other invisible signs included. A range of
/// white space alone becomes the empty range at its start. A space that carries a combining mark is not blank.
pub fn trim_white_space(text: &str, range: ByteRange) -> ByteRange {
    let (mut start, mut end) = (floor_char(text, range.start), floor_char(text, range.end));
    let first = start;
    while start < end {
        let Some(character) = text[start..].chars().next().filter(|&c| is_white(c)) else {
            break;
        };
        let after = start + character.len_utf8();
        if !is_grapheme_boundary(text, after) {
            break;
        }
        start = after;
    }
    while start < end {
        let Some(character) = text[..end].chars().next_back().filter(|&c| is_white(c)) else {
            break;
        };
        end -= character.len_utf8();
    }
    if start < end { start..end } else { first..first }
}

/// The range grown so that it cuts no word and no grapheme, without white space at its edges.
///
/// Never makes a range empty: one of white space alone is given back as it is, unless it lies inside a word, as a byte order mark or a
/// no-break space between digits may. An empty range inside a word becomes that word. A range that touches no word is only trimmed.
pub fn snap_to_words(text: &str, range: ByteRange) -> ByteRange {
    let (start, end) = (floor_char(text, range.start), floor_char(text, range.end));
    let given = floor_grapheme(text, start.min(end))..ceil_grapheme(text, end.max(start));
    let trimmed = trim_white_space(text, given.clone());
    let mut snapped = if trimmed.is_empty() { given } else { trimmed };
    // Growing to a word edge may reach into a grapheme that hangs over it (Arabic number signs, Indic conjuncts)
    // and the other way round, so repeat until nothing moves: twice in any real text. The bound is for files that
    // are one word, which would be grown through from end to end.
    for _ in 0..8 {
        let before = snapped.clone();
        if let Some(word) = cut_word(text, snapped.start) {
            snapped = word.start..snapped.end.max(if before.is_empty() { word.end } else { 0 });
        }
        if let Some(word) = cut_word(text, snapped.end) {
            snapped.end = word.end;
        }
        snapped = floor_grapheme(text, snapped.start)..ceil_grapheme(text, snapped.end);
        if snapped == before {
            break;
        }
    }
    snapped
}

/// The word that a position lies strictly inside of.
fn cut_word(text: &str, byte: usize) -> Option<ByteRange> {
    words_of(text, run_at(text, byte)).take_while(|word| word.start < byte).find(|word| byte < word.end)
}

#[cfg(test)]
mod tests;
