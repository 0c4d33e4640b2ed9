//! Random texts of the kinds that break annotation tools. For tests alone.

use proptest::prelude::*;

/// Up to a few dozen pieces: plain words, decomposed letters, emoji families, flags, all line endings, invisible
/// signs, right-to-left text, Indic conjuncts, and lone code points of every kind.
pub(crate) fn naughty_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "Москва", "пресс-секретарь", "м'ята", "О’Нил", "Ёж", "и\u{306}", "е\u{308}", "й", " ", " ", "  ", ". ",
            "! ", "?», ", "«", "»", "-", "—", "г. ", "А. С. ", "2014-2015", "3,14", "т. д.", "word", "U.S. ", "a",
        ]),
        3 => prop::sample::select(vec![
            "\r\n", "\r", "\n", "\n\n", "\r\r\n", "\u{FEFF}", "\u{A0}", "\u{AD}", "\u{200B}", "\u{202F}", "\u{2028}",
            "\t", "\0", " \u{301}", "\u{301}", "\u{200D}", "\u{FE0F}",
        ]),
        3 => prop::sample::select(vec![
            "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇦", "🇷🇺🇺🇸", "👍🏽", "😀", "1️⃣", "𝒳", "漢字", "ภาษาไทย", "한국어", "क्षि", "العربية", "שָׁלוֹם",
            "\u{202E}abc\u{202C}", "\u{600}1", "Z̷͕̈́a̵l", "カタ",
        ]),
    ];
    let any_character = any::<char>().prop_map(String::from);
    prop::collection::vec(prop_oneof![9 => piece.prop_map(String::from), 1 => any_character], 0..14)
        .prop_map(|pieces| pieces.concat())
}
