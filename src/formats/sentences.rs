//! A text cut into sentences and tokens, for formats of tokens.

use crate::text::{ByteRange, CanonicalText, TextRange, sentences, tokens};

/// A text in sentences and tokens.
pub(super) struct Sentences {
    /// Bytes of each sentence, and which tokens are its own. What lies between two sentences is white space.
    pub sentences: Vec<(ByteRange, std::ops::Range<usize>)>,
    /// Bytes and code points of each token.
    pub tokens: Vec<(ByteRange, TextRange)>,
}

impl Sentences {
    /// Sentences of each line, tokens by UAX #29, cut where there is white space in them (between groups of digits).
    pub fn cut(text: &CanonicalText) -> Self {
        let (mut found, mut all) = (Vec::new(), Vec::new());
        let (mut byte, mut at) = (0, 0u32);
        let whole = text.as_str();
        for paragraph in text.paragraphs() {
            for sentence in sentences(whole, paragraph) {
                let first = all.len();
                for segment in tokens(&whole[sentence.clone()]) {
                    let start = sentence.start + segment.start;
                    let words = whole[start..sentence.start + segment.end].split(char::is_whitespace);
                    for word in words.filter(|word| !word.is_empty()) {
                        let start = start + word.as_ptr().addr() - whole[start..].as_ptr().addr();
                        let token = start..start + word.len();
                        at += whole[byte..token.start].chars().count() as u32;
                        let end = at + word.chars().count() as u32;
                        byte = token.end;
                        all.push((token, TextRange::between(at, end)));
                        at = end;
                    }
                }
                found.push((sentence, first..all.len()));
            }
        }
        Self { sentences: found, tokens: all }
    }

    /// The tokens that a range touches.
    pub fn touched(&self, range: TextRange) -> std::ops::Range<usize> {
        if range.is_empty() {
            return 0..0;
        }
        let first = self.tokens.partition_point(|(_, token)| token.end() <= range.start());
        let end = self.tokens.partition_point(|(_, token)| token.start() < range.end());
        first..end.max(first)
    }
}
