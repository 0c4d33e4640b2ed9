//! Tokens as spaCy and Prodigy count them: words and signs, each with whether a space follows; every other white space is a token of its
//! own, so that the tokens and their spaces make up the text again.

use crate::text::{ByteRange, CanonicalText, TextRange, token_places};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub bytes: ByteRange,
    /// Its place in code points.
    pub range: TextRange,
    /// Whether one space (U+0020) follows, which is part of no token.
    pub space: bool,
}

/// The tokens of a text: UAX #29 words and signs, as everywhere in this program. A space after a token is its own; whatever white space
/// is left between two tokens is one token.
pub(super) fn spaced_tokens(text: &CanonicalText) -> Vec<Token> {
    let whole = text.as_str();
    // A word of news has six letters, and a space.
    let mut spaced: Vec<Token> = Vec::with_capacity(text.len() as usize / 5);
    let (mut byte, mut at) = (0, 0);
    let end = (whole.len()..whole.len(), TextRange::between(text.len(), text.len()));
    for (bytes, range) in token_places(whole).chain(std::iter::once(end)) {
        white_space(&whole[byte..bytes.start], byte, at..range.start().get(), &mut spaced);
        (byte, at) = (bytes.end, range.end().get());
        if !bytes.is_empty() {
            spaced.push(Token { bytes, range, space: false });
        }
    }
    spaced
}

/// White space between two tokens, which begins at a byte; with its place in code points.
fn white_space(white: &str, mut byte: usize, mut place: std::ops::Range<u32>, spaced: &mut Vec<Token>) {
    let mut rest = white;
    if let (Some(before), Some(after)) = (spaced.last_mut(), white.strip_prefix(' ')) {
        before.space = true;
        rest = after;
        (byte, place.start) = (byte + 1, place.start + 1);
    }
    if rest.is_empty() {
        return;
    }
    // The last space of a longer gap follows the token that the rest of it is.
    let space = rest.len() > 1 && rest.ends_with(' ');
    let end = byte + rest.len() - usize::from(space);
    let range = TextRange::between(place.start, place.end - u32::from(space));
    spaced.push(Token { bytes: byte..end, range, space });
}

/// The first and the last token that share a code point with a range; `None` if none does.
pub(super) fn covering(tokens: &[Token], range: TextRange) -> Option<(usize, usize)> {
    let first = tokens.partition_point(|token| token.range.end() <= range.start());
    let after = tokens.partition_point(|token| token.range.start() < range.end());
    (first < after && !range.is_empty()).then(|| (first, after - 1))
}

/// Whether a range begins and ends where tokens do.
pub(super) fn is_aligned(tokens: &[Token], range: TextRange) -> bool {
    covering(tokens, range).is_some_and(|(first, last)| {
        tokens[first].range.start() == range.start() && tokens[last].range.end() == range.end()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_that_is_not_one_space_is_a_token() {
        let text = CanonicalText::new(" Киев:  да\n\nнет 😀 ");
        let said: Vec<(&str, bool)> =
            spaced_tokens(&text).iter().map(|t| (&text.as_str()[t.bytes.clone()], t.space)).collect();
        let expected = [
            (" ", false),
            ("Киев", false),
            (":", true),
            (" ", false),
            ("да", false),
            ("\n\n", false),
            ("нет", true),
            ("😀", true),
        ];
        assert_eq!(said, expected);
    }

    proptest! {
        #[test]
        fn tokens_and_spaces_make_up_the_text(text in "[a-яё😀\u{301}\u{200D}\u{A0}\t\n  .]{0,40}") {
            let text = CanonicalText::new(&text);
            let mut made = String::new();
            for token in spaced_tokens(&text) {
                prop_assert_eq!(text.slice(token.range), Some(&text.as_str()[token.bytes.clone()]));
                prop_assert!(!token.bytes.is_empty());
                made.push_str(&text.as_str()[token.bytes]);
                made.push_str(if token.space { " " } else { "" });
            }
            prop_assert_eq!(made, text.as_str());
        }
    }
}
