//! Tokens as spaCy and Prodigy count them: words and signs, each with whether a space follows; every other white space is a token of its
//! own, so that the tokens and their spaces make up the text again.

use crate::text::{ByteRange, CanonicalText, TextRange, tokens};

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
    let mut pieces: Vec<(ByteRange, bool)> = Vec::new();
    let mut end = 0;
    for token in tokens(whole).chain(std::iter::once(whole.len()..whole.len())) {
        white_space(whole, end, token.start, &mut pieces);
        end = token.end;
        if !token.is_empty() {
            pieces.push((token, false));
        }
    }
    let (mut byte, mut at) = (0usize, 0u32);
    let mut count_to = |to: usize| {
        at += whole[byte..to].chars().count() as u32;
        byte = to;
        at
    };
    pieces
        .into_iter()
        .map(|(bytes, space)| {
            let (start, end) = (count_to(bytes.start), count_to(bytes.end));
            Token { bytes, range: TextRange::between(start, end), space }
        })
        .collect()
}

fn white_space(whole: &str, mut from: usize, to: usize, pieces: &mut Vec<(ByteRange, bool)>) {
    if let (Some((_, space)), true) = (pieces.last_mut(), whole[from..to].starts_with(' ')) {
        *space = true;
        from += 1;
    }
    if from < to {
        // The last space of a longer gap follows the token that the rest of it is.
        let has_space = to - from > 1 && whole[from..to].ends_with(' ');
        pieces.push((from..to - usize::from(has_space), has_space));
    }
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
