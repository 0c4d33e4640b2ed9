//! Characters that draw nothing or steer what is around them: each is shown as a small mark, so that nothing is hidden.

use unicode_segmentation::UnicodeSegmentation;

/// What a mark says: the usual short name of the character.
///
/// Names are those of Unicode's own code charts and of NamesAliases.txt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The name, two to six letters.
    pub name: Name,
    /// What is shaped in the character's place: as many bytes, so that offsets stay. `None` where the character itself is shaped,
    /// because it steers direction or line breaks.
    pub stand_in: Option<&'static str>,
}

/// A mark's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A character with a short name of its own.
    Short(&'static str),
    /// Any other: its number.
    Number(u32),
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Short(name) => f.write_str(name),
            Self::Number(number) => write!(f, "{number:04X}"),
        }
    }
}

const C0: [&str; 32] = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI",
    "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS",
    "US",
];

/// The mark of a character, or `None` for one that shows itself.
pub fn mark_of(c: char) -> Option<Mark> {
    // Neutral in direction and not a place to break a line at, like the thing it stands for.
    let stand_in = |c: char| match c.len_utf8() {
        1 => "_",
        2 => "\u{a6}",
        3 => "\u{25af}",
        _ => "\u{1d300}",
    };
    let replaced = |name| Some(Mark { name, stand_in: Some(stand_in(c)) });
    let kept = |name| Some(Mark { name: Name::Short(name), stand_in: None });
    match c {
        '\t' => None,
        '\u{0}'..='\u{1f}' => replaced(Name::Short(C0[c as usize])),
        '\u{7f}' => replaced(Name::Short("DEL")),
        '\u{85}' => replaced(Name::Short("NEL")),
        '\u{80}'..='\u{9f}' => replaced(Name::Number(c.into())),
        '\u{ad}' => kept("SHY"),
        '\u{61c}' => kept("ALM"),
        '\u{200b}' => kept("ZWSP"),
        '\u{200e}' => kept("LRM"),
        '\u{200f}' => kept("RLM"),
        '\u{2028}' => replaced(Name::Short("LS")),
        '\u{2029}' => replaced(Name::Short("PS")),
        '\u{202a}' => kept("LRE"),
        '\u{202b}' => kept("RLE"),
        '\u{202c}' => kept("PDF"),
        '\u{202d}' => kept("LRO"),
        '\u{202e}' => kept("RLO"),
        '\u{2060}' => kept("WJ"),
        '\u{2066}' => kept("LRI"),
        '\u{2067}' => kept("RLI"),
        '\u{2068}' => kept("FSI"),
        '\u{2069}' => kept("PDI"),
        '\u{feff}' => replaced(Name::Short("BOM")),
        '\u{fff9}'..='\u{fffb}' => replaced(Name::Number(c.into())),
        // Fillers and other characters that Unicode says to draw as nothing, or that are not characters at all.
        '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e001f}'
        | '\u{e01f0}'..='\u{e0fff}' => replaced(Name::Number(c.into())),
        c if u32::from(c) & 0xfffe == 0xfffe => replaced(Name::Number(c.into())),
        _ => None,
    }
}

/// Whether a character joins its grapheme invisibly and means something only among scripts and emoji that know it: between other
/// letters it is a leftover that one should see.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}')
}

/// Whether a joiner after `before` and before `after` does what joiners are for, and needs no mark.
pub fn joiner_at_home(before: Option<char>, after: Option<char>) -> bool {
    let simple =
        |c: Option<char>| c.is_none_or(|c| (c as u32) < 0x590 || matches!(c as u32, 0x1e00..=0x206f));
    !(simple(before) || simple(after))
        || before.is_some_and(|b| matches!(b, '\u{fe0f}' | '\u{2640}'..='\u{2642}'))
}

/// Whether the text begins with a mark that needs a letter before it.
pub fn begins_with_combining_mark(text: &str) -> bool {
    // A combining mark is what makes no grapheme boundary after a letter; joiners and selectors do so too but draw nothing.
    let Some(first) = text.chars().next().filter(|c| *c as u32 >= 0x300) else {
        return false;
    };
    format!("\u{25cc}{first}").graphemes(true).count() == 1
}

/// Whether epaint sets a text right: scripts written from left to right without shaping across letters, and nothing invisible.
pub fn is_plain(text: &str) -> bool {
    if text.is_ascii() {
        return text.bytes().all(|b| b >= 0x20 && b != 0x7f || b == b'\t');
    }
    !begins_with_combining_mark(text) && text.chars().all(is_plain_char)
}

fn is_plain_char(c: char) -> bool {
    match c as u32 {
        0x9 => true,
        0..=0x1f | 0x7f..=0x9f | 0xad | 0x34f => false,
        // Latin, Greek, Cyrillic with their marks.
        0x20..=0x52f => true,
        0x1ab0..=0x1aff
        | 0x1c80..=0x1c8f
        | 0x1d00..=0x1fff
        | 0x2de0..=0x2dff
        | 0xa640..=0xa69f
        | 0xa720..=0xa7ff => true,
        // Punctuation, currency, letter-like signs, arrows, mathematics, shapes; no joiners, no controls.
        0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f => false,
        0x2000..=0x2bff => true,
        0xfb00..=0xfb06 | 0xfffc | 0xfffd => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_has_a_name() {
        let name = |c| mark_of(c).map(|m| m.name.to_string());
        for (c, want) in [
            ('\u{0}', "NUL"),
            ('\u{b}', "VT"),
            ('\u{7f}', "DEL"),
            ('\u{9b}', "009B"),
            ('\u{200b}', "ZWSP"),
            ('\u{2028}', "LS"),
            ('\u{202e}', "RLO"),
            ('\u{2069}', "PDI"),
            ('\u{feff}', "BOM"),
            ('\u{e0001}', "E0001"),
        ] {
            assert_eq!(name(c).as_deref(), Some(want));
        }
        for c in
            ['\t', ' ', 'a', 'я', '\u{301}', '\u{a0}', 'ש', 'م', '\u{200c}', '\u{200d}', '\u{fe0f}', '👩']
        {
            assert_eq!(name(c), None, "{c:?}");
        }
    }

    #[test]
    fn plain_text_is_what_needs_no_more_than_letters_in_a_row() {
        for plain in ["", "Мир и хлеб", "за\u{301}мок", "a\tb", "naïve — „да“ № 5 ₴ → ½", "Ελλάδα"]
        {
            assert!(is_plain(plain), "{plain:?}");
        }
        for other in [
            "שלום",
            "a\u{200b}b",
            "\u{301}a",
            "日本",
            "क्षि",
            "👩\u{200d}🚒",
            "a\u{202e}b",
            "a\u{b}b",
            "ไทย",
            "co\u{ad}op",
        ] {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn stand_ins_keep_every_offset(c in any::<char>()) {
            if let Some(Mark { stand_in: Some(shown), .. }) = mark_of(c) {
                prop_assert_eq!(shown.len(), c.len_utf8());
                prop_assert_eq!(shown.chars().count(), 1);
            }
        }

        #[test]
        fn what_is_plain_has_no_marks_and_one_direction(text in any::<String>()) {
            if is_plain(&text) {
                prop_assert!(text.chars().all(|c| mark_of(c).is_none() && !is_joiner(c)));
                prop_assert!(!unicode_bidi::BidiInfo::new(&text, None).has_rtl());
            }
        }
    }
}
