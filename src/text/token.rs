//! Tokens: what agreement counts by and what formats of tokens are cut into.
//!
//! They are the segments between UAX #29 word boundaries, white space left out. Nearly all of a text is words of Latin or Cyrillic letters,
//! numbers, spaces and the usual signs, of which one glance at the next character tells where they end; whatever else there is goes to
//! `unicode-segmentation`, from one boundary to the next. That is allowed because a boundary can be told from what is on either side of it: no
//! rule looks past one.

use unicode_segmentation::UnicodeSegmentation;

use super::offset::{ByteRange, TextRange};

/// The Word_Break property of a character, as far as it is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// ALetter of Latin or Cyrillic.
    Letter,
    /// 0 to 9.
    Digit,
    /// The space (WSegSpace).
    Space,
    /// A line's end (LF).
    Line,
    /// A sign that may join what is before and after it: MidLetter, MidNum, MidNumLet, Single_Quote.
    Middle,
    /// A sign that joins nothing.
    Sign,
    /// Anything else, among it what clings to the character before it.
    Unknown,
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Unknown; 128];
    let mut at = 0;
    while at < 128 {
        classes[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' => Class::Space,
            b'\n' => Class::Line,
            b'\'' | b',' | b'.' | b':' | b';' => Class::Middle,
            b'_' => Class::Unknown,
            b'!'..=b'~' => Class::Sign,
            _ => Class::Unknown,
        };
        at += 1;
    }
    classes
};

/// The class of the character that starts at a byte, and its length in bytes. `None` at the end.
fn class_at(bytes: &[u8], at: usize) -> Option<(Class, usize)> {
    let first = *bytes.get(at)?;
    if first < 128 {
        return Some((ASCII[usize::from(first)], 1));
    }
    let next = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or_default();
    Some(match first {
        0xC2 if matches!(next(1), 0xAB | 0xBB) => (Class::Sign, 2), // « »
        0xC3 if !matches!(next(1), 0x97 | 0xB7) => (Class::Letter, 2), // À to ÿ without × ÷
        0xD0 | 0xD1 | 0xD3 => (Class::Letter, 2),
        // Between the letters stand signs of old Church Slavonic that cling to the letter before them.
        0xD2 if !matches!(next(1), 0x82..=0x89) => (Class::Letter, 2),
        0xD4 if next(1) <= 0xAF => (Class::Letter, 2),
        0xE2 => match (next(1), next(2)) {
            // ‐ to ―, “ ” „ ‟, …, №
            (0x80, 0x90..=0x95 | 0x9C..=0x9F | 0xA6) | (0x84, 0x96) => (Class::Sign, 3),
            (0x80, 0x98 | 0x99) => (Class::Middle, 3), // ‘ ’
            _ => (Class::Unknown, 3),
        },
        _ => (Class::Unknown, 1),
    })
}

/// The tokens of a text, in order; see [`tokens`].
struct Tokens<'a> {
    text: &'a str,
    /// The boundary from which to go on, in bytes and in code points.
    byte: usize,
    code_point: u32,
}

impl Tokens<'_> {
    /// The next segment's length in bytes and code points if one glance tells it, and whether it is white space.
    fn glance(&self) -> Option<(usize, u32, bool)> {
        let bytes = self.text.as_bytes();
        let (class, length) = class_at(bytes, self.byte)?;
        let mut end = self.byte + length;
        let mut count = 1;
        match class {
            Class::Letter | Class::Digit | Class::Space => loop {
                match class_at(bytes, end) {
                    None | Some((Class::Line | Class::Sign, _)) => break,
                    Some((Class::Space, _)) if class != Class::Space => break,
                    Some((Class::Letter | Class::Digit | Class::Middle, _)) if class == Class::Space => break,
                    Some((same, length)) if same == class => {
                        end += length;
                        count += 1;
                    }
                    // What stands after it decides: letters go on after a full stop, numbers after a comma.
                    Some((Class::Middle, length)) => match class_at(bytes, end + length) {
                        None | Some((Class::Space | Class::Line | Class::Sign | Class::Middle, _)) => break,
                        _ => return None,
                    },
                    Some(_) => return None,
                }
            },
            Class::Line => {}
            Class::Middle | Class::Sign => {
                if let Some((Class::Unknown, _)) = class_at(bytes, end) {
                    return None;
                }
            }
            Class::Unknown => return None,
        }
        Some((end - self.byte, count, matches!(class, Class::Space | Class::Line)))
    }
}

impl Iterator for Tokens<'_> {
    type Item = (ByteRange, TextRange);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (length, count, is_white) = self.glance().or_else(|| {
                let segment = self.text.get(self.byte..)?.split_word_bounds().next()?;
                let is_white = segment.chars().all(char::is_whitespace);
                Some((segment.len(), segment.chars().count() as u32, is_white))
            })?;
            let (byte, code_point) = (self.byte, self.code_point);
            self.byte += length;
            self.code_point += count;
            if !is_white {
                let range = TextRange::new(code_point, self.code_point)?;
                return Some((byte..self.byte, range));
            }
        }
    }
}

/// The tokens of a text, in order, as byte ranges: the segments between UAX #29 word boundaries that are not white
/// space. This is what agreement counts by, so nothing is joined or mended here.
pub fn tokens(text: &str) -> impl Iterator<Item = ByteRange> + '_ {
    Tokens { text, byte: 0, code_point: 0 }.map(|(bytes, _)| bytes)
}

/// The same [`tokens`] as ranges of code points.
pub fn token_ranges(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    Tokens { text, byte: 0, code_point: 0 }.map(|(_, range)| range)
}

/// The same [`tokens`] as ranges of bytes and of code points.
pub fn token_places(text: &str) -> impl Iterator<Item = (ByteRange, TextRange)> + '_ {
    Tokens { text, byte: 0, code_point: 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_the_book(text: &str) -> Vec<&str> {
        text.split_word_bounds().filter(|segment| !segment.chars().all(char::is_whitespace)).collect()
    }

    fn found(text: &str) -> Vec<&str> {
        tokens(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn tokens_are_segments_without_white_space() {
        assert_eq!(
            found("Пресс-секретарь сказал: «3,14».\n"),
            ["Пресс", "-", "секретарь", "сказал", ":", "«", "3,14", "»", "."]
        );
    }

    #[test]
    fn every_character_by_itself_and_between_others() {
        for character in (0..0x3000).chain(0x1F1E6..0x1F680).filter_map(char::from_u32) {
            for text in [
                format!("{character}"),
                format!("д{character}д"),
                format!("a{character}"),
                format!("1{character}2"),
                format!("  {character} ."),
                format!("«{character}.{character}"),
            ] {
                assert_eq!(found(&text), by_the_book(&text), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_book(
            drawn in prop::collection::vec(
                prop::sample::select(vec![
                    "а", "Б", "z", "é", "1", "42", " ", "  ", "\n", "\t", ".", ",", ":", "'", "’", "-", "_", "«", "—", "№", "\"",
                    "\u{301}", "\u{200D}", "\u{AD}", "\u{FEFF}", "\u{A0}", "\u{202F}", "\u{2003}", "\r\n", "👍🏽", "🇺🇦", "🇷", "א", "中", "ア",
                    "ก", "\u{484}", "҂", "٣", "×",
                ]),
                0..24,
            ),
        ) {
            let text = drawn.concat();
            prop_assert_eq!(found(&text), by_the_book(&text));
            let count = |range: ByteRange| text[..range.start].chars().count() as u32..text[..range.end].chars().count() as u32;
            let expected: Vec<_> = tokens(&text).map(count).collect();
            let ranges: Vec<_> = token_ranges(&text).map(|r| r.start().get()..r.end().get()).collect();
            prop_assert_eq!(ranges, expected);
        }
    }
}
