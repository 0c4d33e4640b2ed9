//! Tags of tokens: where a span begins, goes on and ends.
//!
//! One rule reads all the schemes that are in use. `B`, `S` and `U` always begin a span; `I`, `E` and `L` go on with one of the same
//! label that is open, and begin one where there is none; after `E`, `L`, `S`, `U` and outside nothing is open. Under IOB1 and IO, where
//! `I` alone begins spans, this gives what they mean (Ramshaw and Marcus 1995); under IOB2, BIOES and BILOU too, and a tag that breaks
//! the scheme still becomes a span.

use super::super::TagScheme;

/// One tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    prefix: u8,
    pub label: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads a tag; `Ok(None)` is `O`.
    pub fn parse(word: &'a str) -> Result<Option<Self>, ()> {
        if word == "O" {
            return Ok(None);
        }
        match word.as_bytes() {
            [prefix @ (b'B' | b'I' | b'E' | b'S' | b'L' | b'U'), b'-', rest @ ..] if !rest.is_empty() => {
                Ok(Some(Self { prefix: *prefix, label: &word[2..] }))
            }
            _ => Err(()),
        }
    }
}

/// A span of tokens, half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagged {
    pub first: usize,
    pub end: usize,
    pub label: String,
}

/// The spans of one column.
pub(super) fn decode<'a>(tags: impl Iterator<Item = Option<Tag<'a>>>) -> Vec<Tagged> {
    let mut found: Vec<Tagged> = Vec::new();
    let mut is_open = false;
    for (at, tag) in tags.enumerate() {
        let Some(Tag { prefix, label }) = tag else {
            is_open = false;
            continue;
        };
        let begins = matches!(prefix, b'B' | b'S' | b'U');
        match found.last_mut() {
            Some(last) if is_open && !begins && last.label == label => last.end = at + 1,
            _ => found.push(Tagged { first: at, end: at + 1, label: label.to_owned() }),
        }
        is_open = !matches!(prefix, b'S' | b'U' | b'E' | b'L');
    }
    found
}

/// The tag of one token. `follows` says whether a span of the same label ends right before this one.
pub(super) fn encode(scheme: TagScheme, at: usize, first: usize, end: usize, follows: bool) -> char {
    let (is_first, is_last) = (at == first, at + 1 == end);
    match scheme {
        TagScheme::Bio => {
            if is_first {
                'B'
            } else {
                'I'
            }
        }
        TagScheme::Iob1 => {
            if is_first && follows {
                'B'
            } else {
                'I'
            }
        }
        TagScheme::Bioes => match (is_first, is_last) {
            (true, true) => 'S',
            (true, false) => 'B',
            (false, true) => 'E',
            (false, false) => 'I',
        },
        TagScheme::Bilou => match (is_first, is_last) {
            (true, true) => 'U',
            (true, false) => 'B',
            (false, true) => 'L',
            (false, false) => 'I',
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(tags: &str) -> String {
        let found = decode(tags.split(' ').map(|word| Tag::parse(word).unwrap()));
        let one = |t: &Tagged| format!("{}:{}-{}", t.label, t.first, t.end);
        found.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_scheme_means_what_it_says() {
        assert_eq!(spans("I-X I-X O I-X B-X I-Y"), "X:0-2 X:3-4 X:4-5 Y:5-6", "IOB1");
        assert_eq!(spans("B-X I-X B-X B-Y O"), "X:0-2 X:2-3 Y:3-4", "IOB2");
        assert_eq!(spans("B-X E-X S-X B-X I-X E-X I-X"), "X:0-2 X:2-3 X:3-6 X:6-7", "BIOES");
        assert_eq!(spans("B-X L-X U-X U-X O L-X"), "X:0-2 X:2-3 X:3-4 X:5-6", "BILOU");
        assert_eq!(Tag::parse("B-"), Err(()));
        assert_eq!(Tag::parse("B-a-b").unwrap().unwrap().label, "a-b");
    }

    proptest! {
        #[test]
        fn what_is_tagged_is_read(lengths in prop::collection::vec((0usize..3, 1usize..4, 0usize..2), 0..8)) {
            let (mut at, mut spans) = (0, Vec::new());
            for (gap, length, label) in lengths {
                at += gap;
                spans.push(Tagged { first: at, end: at + length, label: ["X", "Y"][label].to_owned() });
                at += length;
            }
            for scheme in [TagScheme::Bio, TagScheme::Iob1, TagScheme::Bioes, TagScheme::Bilou] {
                let mut tags = vec!["O".to_owned(); at];
                for (n, span) in spans.iter().enumerate() {
                    let follows = n > 0 && spans[n - 1].end == span.first && spans[n - 1].label == span.label;
                    for (token, tag) in tags.iter_mut().enumerate().take(span.end).skip(span.first) {
                        *tag = format!("{}-{}", encode(scheme, token, span.first, span.end, follows), span.label);
                    }
                }
                prop_assert_eq!(&decode(tags.iter().map(|tag| Tag::parse(tag).unwrap())), &spans);
            }
        }
    }
}
