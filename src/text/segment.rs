//! Graphemes, words and tokens by UAX #29, and the moves of a caret over them.
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

/// Whether a byte lies between two graphemes (user-perceived characters). Both ends of a text do.
pub fn is_grapheme_boundary(text: &str, byte: usize) -> bool {
    text.is_char_boundary(byte)
        && GraphemeCursor::new(byte, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(true)
}

/// The first grapheme boundary after a byte; the text's length if there is none.
pub fn next_grapheme(text: &str, byte: usize) -> usize {
    let byte = floor_char(text, byte);
    match GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0) {
        Ok(Some(next)) => next,
        _ => text.len(),
    }
}

/// The last grapheme boundary before a byte; 0 if there is none.
pub fn prev_grapheme(text: &str, byte: usize) -> usize {
    let floor = floor_char(text, byte);
    if floor < byte.min(text.len()) && is_grapheme_boundary(text, floor) {
        return floor;
    }
    match GraphemeCursor::new(floor, text.len(), true).prev_boundary(text, 0) {
        Ok(Some(previous)) => previous,
        _ => 0,
    }
}

/// The grapheme boundary at or before a byte.
pub fn floor_grapheme(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_grapheme_boundary(text, byte) {
        byte
    } else {
        prev_grapheme(text, byte)
    }
}

/// The grapheme boundary at or after a byte.
pub fn ceil_grapheme(text: &str, byte: usize) -> usize {
    let byte = byte.min(text.len());
    if is_grapheme_boundary(text, byte) {
        byte
    } else {
        next_grapheme(text, byte)
    }
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
        self.boundaries
            .binary_search(&position.into().0)
            .ok()
            .map(|found| found as u32)
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
        let before = segment[..at]
            .chars()
            .rev()
            .find(|c| !('\u{300}'..='\u{36F}').contains(c));
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
    let atoms = Atoms {
        segments: slice.split_word_bound_indices(),
        rest: None,
    }
    .peekable();
    Words {
        text: slice,
        shift: part.start,
        atoms,
    }
}

/// The words of a text, in order, as byte ranges.
///
/// A word is a UAX #29 word segment that holds a letter or digit, with compounds joined over their hyphens
/// (пресс-секретарь, из-за, Су-30; but 2014 and 2015 of 2014-2015). Apostrophes are inside words: м'ята, О’Нил.
pub fn words(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    words_of(text, 0..text.len())
}

/// The tokens of a text, in order, as byte ranges: the segments between UAX #29 word boundaries that are not white
/// space. This is what agreement counts by, so nothing is joined or mended here.
pub fn tokens(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    text.split_word_bound_indices()
        .filter(|(_, segment)| !segment.chars().all(char::is_whitespace))
        .map(|(start, segment)| start..start + segment.len())
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
    start..if end == high && end < text.len() {
        floor_grapheme(text, end).max(byte)
    } else {
        end
    }
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
        match text[run.end..].chars().next() {
            // The run is longer than the reach: stop at its edge rather than search a whole file.
            Some(character) if !separates(character) && run.end > position => return run.end,
            Some(character) => position = run.end + character.len_utf8(),
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
        if let Some(word) = words_of(text, run.clone())
            .take_while(|word| word.start < byte)
            .last()
        {
            return word.start;
        }
        match text[..run.start].chars().next_back() {
            Some(character) if !separates(character) && run.start < position => return run.start,
            Some(character) => position = run.start - character.len_utf8(),
            None => break,
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
/// Never makes a range empty: one of white space alone is given back as it is. An empty range inside a word becomes
/// that word. A range that touches no word is only trimmed.
pub fn snap_to_words(text: &str, range: ByteRange) -> ByteRange {
    let (start, end) = (floor_char(text, range.start), floor_char(text, range.end));
    let given = floor_grapheme(text, start.min(end))..ceil_grapheme(text, end.max(start));
    let trimmed = trim_white_space(text, given.clone());
    if trimmed.is_empty() && !given.is_empty() {
        return given;
    }
    let mut snapped = trimmed;
    // Growing to a word edge may reach into a grapheme that hangs over it (Arabic number signs, Indic conjuncts)
    // and the other way round, so repeat until nothing moves.
    loop {
        let before = snapped.clone();
        if let Some(word) = cut_word(text, snapped.start) {
            snapped = word.start..snapped.end.max(if before.is_empty() { word.end } else { 0 });
        }
        if let Some(word) = cut_word(text, snapped.end) {
            snapped.end = word.end;
        }
        snapped = floor_grapheme(text, snapped.start)..ceil_grapheme(text, snapped.end);
        if snapped == before {
            return snapped;
        }
    }
}

/// The word that a position lies strictly inside of.
fn cut_word(text: &str, byte: usize) -> Option<ByteRange> {
    words_of(text, run_at(text, byte))
        .take_while(|word| word.start < byte)
        .find(|word| byte < word.end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::trial::naughty_text;

    fn words_in(text: &str) -> Vec<&str> {
        words(text).map(|range| &text[range]).collect()
    }

    /// The text with its selection drawn in brackets, taken apart.
    fn drawn(picture: &str) -> (String, ByteRange) {
        let start = picture.find('[').unwrap();
        let end = picture.find(']').unwrap() - 1;
        (picture.replace(['[', ']'], ""), start..end)
    }

    fn snapped(picture: &str) -> String {
        let (text, range) = drawn(picture);
        let range = snap_to_words(&text, range);
        format!("{}[{}]{}", &text[..range.start], &text[range.clone()], &text[range.end..])
    }

    #[test]
    fn compounds_and_apostrophes_are_one_word() {
        assert_eq!(words_in("«Пресс-секретарь» из-за м'яти, О’Нил — США."), [
            "Пресс-секретарь", "из-за", "м'яти", "О’Нил", "США"
        ]);
        assert_eq!(words_in("зам-в-и, Су-30МК, F-16, 100-летний"), ["зам-в-и", "Су-30МК", "F-16", "100-летний"]);
        assert_eq!(words_in("в 2014-2015, -5, кто-то- и -либо"), ["в", "2014", "2015", "5", "кто-то", "и", "либо"]);
        assert_eq!(words_in("п’ять мʼята нетри\u{301}виальный соф\u{AD}ты"), [
            "п’ять", "мʼята", "нетри\u{301}виальный", "соф\u{AD}ты"
        ]);
    }

    #[test]
    fn a_forgotten_space_does_not_glue_two_cyrillic_words() {
        assert_eq!(words_in("в Украине.Накануне он"), ["в", "Украине", "Накануне", "он"]);
        assert_eq!(words_in("example.org и lenta.ru, т.д."), ["example.org", "и", "lenta.ru", "т.д"]);
    }

    #[test]
    fn the_word_at_a_caret() {
        let text = "Он — пресс-секретарь, да";
        let at = |needle: &str, plus: usize| word_at(text, text.find(needle).unwrap() + plus).map(|r| &text[r]);
        assert_eq!(at("Он", 0), Some("Он"));
        assert_eq!(at("Он", 4), Some("Он"), "the end edge counts");
        assert_eq!(at("—", 0), None);
        assert_eq!(at("-сек", 0), Some("пресс-секретарь"));
        assert_eq!(at(", да", 0), Some("пресс-секретарь"));
        assert_eq!(at(", да", 1), None);
        assert_eq!(word_at(text, text.len()).map(|r| &text[r]), Some("да"));
        assert_eq!(word_at(text, 9999).map(|r| &text[r]), Some("да"), "past the end is the end");
        assert_eq!(word_at("漢字", 3), Some(3..6), "of two words that touch, the one that begins here");
    }

    #[test]
    fn the_caret_walks_to_word_starts() {
        let text = "Да — из-за  «него».\nИ";
        let mut stops = vec![0];
        while *stops.last().unwrap() < text.len() {
            stops.push(next_word(text, *stops.last().unwrap()));
        }
        let shown: Vec<&str> = stops.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
        assert_eq!(shown, ["Да — ", "из-за  «", "него».\n", "И"]);
        let mut back = vec![text.len()];
        while *back.last().unwrap() > 0 {
            back.push(prev_word(text, *back.last().unwrap()));
        }
        back.reverse();
        assert_eq!(back, stops);
    }

    #[test]
    fn selections_grow_to_words_and_lose_white_space() {
        assert_eq!(snapped("он пере[дал Дон]басс им"), "он [передал Донбасс] им");
        assert_eq!(snapped("он[ передал ]им"), "он [передал] им");
        assert_eq!(snapped("он[\u{A0}сам\u{FEFF} \u{200B}]им"), "он\u{A0}[сам]\u{FEFF} \u{200B}им");
        assert_eq!(snapped("пресс-се[к]ретарь"), "[пресс-секретарь]");
        assert_eq!(snapped("он [— ]да"), "он [—] да", "no word: trimmed only");
        assert_eq!(snapped("он[  ]да"), "он[  ]да", "never empties");
        assert_eq!(snapped("сло[]во"), "[слово]");
        assert_eq!(snapped("слово []"), "слово []");
        assert_eq!(snapped("сказал[, что]"), "сказал[, что]", "signs that were selected stay");
    }

    #[test]
    fn a_space_under_a_combining_mark_is_not_blank() {
        assert_eq!(trim_white_space(" \u{301}a ", 0..5), 0..4);
        assert_eq!(trim_white_space(" \t\n", 0..3), 0..0);
    }

    #[test]
    fn tokens_are_segments_without_white_space() {
        let text = "Пресс-секретарь сказал: «3,14».\n";
        let found: Vec<&str> = tokens(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Пресс", "-", "секретарь", "сказал", ":", "«", "3,14", "»", "."]);
    }

    #[test]
    fn grapheme_numbers_become_code_points() {
        let index = GraphemeIndex::new("a👍🏽е\u{308}!");
        assert_eq!(index.count(), 4);
        assert_eq!((0..=5).map(|g| index.code_point_of(g).map(CodePoint::get)).collect::<Vec<_>>(), [
            Some(0), Some(1), Some(3), Some(5), Some(6), None
        ]);
        assert_eq!(index.grapheme_of(3), Some(2));
        assert_eq!(index.grapheme_of(2), None, "inside a grapheme");
    }

    #[test]
    fn one_huge_word_is_walked_in_strides() {
        let text = "ж".repeat(50_000);
        assert!(word_at(&text, 50_000).is_some_and(|word| word.contains(&50_000) && word.len() <= 2 * REACH + 8));
        let (mut at, mut steps) = (0, 0);
        while at < text.len() {
            let next = next_word(&text, at);
            assert!(next > at);
            (at, steps) = (next, steps + 1);
        }
        assert!(steps <= text.len() / 1000);
        while at > 0 {
            let previous = prev_word(&text, at);
            assert!(previous < at);
            at = previous;
        }
    }

    proptest! {
        #[test]
        fn stepping_visits_every_grapheme_boundary(text in naughty_text()) {
            let mut naive: Vec<usize> =
                text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            naive.dedup();
            let mut forward = vec![0];
            while *forward.last().unwrap() < text.len() {
                forward.push(next_grapheme(&text, *forward.last().unwrap()));
            }
            prop_assert_eq!(&forward, &naive);
            let mut backward = vec![text.len()];
            while *backward.last().unwrap() > 0 {
                backward.push(prev_grapheme(&text, *backward.last().unwrap()));
            }
            backward.reverse();
            prop_assert_eq!(&backward, &forward);
            for byte in 0..=text.len() + 2 {
                let clamped = byte.min(text.len());
                let floor = forward.iter().copied().rfind(|&at| at <= clamped).unwrap();
                let ceil = forward.iter().copied().find(|&at| at >= clamped).unwrap();
                prop_assert_eq!(floor_grapheme(&text, byte), floor);
                prop_assert_eq!(ceil_grapheme(&text, byte), ceil);
                prop_assert_eq!(is_grapheme_boundary(&text, clamped), forward.contains(&clamped));
            }
        }

        #[test]
        fn snapping_cuts_nothing_and_is_idempotent(text in naughty_text(), a in 0usize..120, b in 0usize..120) {
            let given = a.min(b)..a.max(b);
            let snapped = snap_to_words(&text, given.clone());
            prop_assert!(snapped.start <= snapped.end && snapped.end <= text.len());
            prop_assert!(is_grapheme_boundary(&text, snapped.start) && is_grapheme_boundary(&text, snapped.end));
            for word in words(&text) {
                prop_assert!(!(word.start < snapped.start && snapped.start < word.end), "start cuts {:?}", word);
                prop_assert!(!(word.start < snapped.end && snapped.end < word.end), "end cuts {:?}", word);
            }
            prop_assert_eq!(snap_to_words(&text, snapped.clone()), snapped.clone());
            // No visible character that was selected is lost.
            let inside = floor_char(&text, given.start)..floor_char(&text, given.end);
            for (at, character) in text[inside.clone()].char_indices() {
                if !is_white(character) {
                    prop_assert!(snapped.contains(&(inside.start + at)));
                }
            }
            if !inside.is_empty() {
                prop_assert!(!snapped.is_empty());
            }
        }

        #[test]
        fn the_word_at_a_byte_agrees_with_the_list_of_words(text in naughty_text()) {
            let list: Vec<ByteRange> = words(&text).collect();
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let naive = list
                    .iter()
                    .find(|word| word.contains(&byte))
                    .or_else(|| list.iter().find(|word| word.end == byte));
                prop_assert_eq!(word_at(&text, byte), naive.cloned(), "at byte {}", byte);
                let next = list.iter().map(|word| word.start).find(|&start| start > byte).unwrap_or(text.len());
                prop_assert_eq!(next_word(&text, byte), next);
                let previous = list.iter().map(|word| word.start).rfind(|&start| start < byte).unwrap_or(0);
                prop_assert_eq!(prev_word(&text, byte), previous);
            }
        }

        #[test]
        fn trimming_loses_only_white_space(text in naughty_text(), a in 0usize..120, b in 0usize..120) {
            let given = floor_char(&text, a.min(b))..floor_char(&text, a.max(b));
            let trimmed = trim_white_space(&text, given.clone());
            prop_assert!(given.start <= trimmed.start && trimmed.end <= given.end);
            prop_assert!(text[given.start..trimmed.start].chars().all(is_white));
            prop_assert!(text[trimmed.end..given.end].chars().all(is_white));
            prop_assert_eq!(trim_white_space(&text, trimmed.clone()), trimmed);
        }
    }
}
