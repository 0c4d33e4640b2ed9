//! Cells: values, stacked values, slots, and the signs that have to be escaped in them.

use std::borrow::Cow;

/// One of the values that are stacked in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item<'c> {
    /// `None` for `_` and `*`, which say that there is no value.
    pub value: Option<Cow<'c, str>>,
    /// Whether it was `*`: an annotation without this value.
    pub is_star: bool,
    /// What stands in brackets behind it.
    pub number: Option<&'c str>,
}

impl Item<'_> {
    /// Whether it says that there is an annotation.
    pub fn is_there(&self) -> bool {
        self.value.is_some() || self.is_star || self.number.is_some()
    }
}

/// The stacked values of a cell, each a list where the column is one of slots.
pub(super) fn items(cell: &str, is_slots: bool) -> Vec<Vec<Item<'_>>> {
    split(cell, b'|')
        .map(|piece| match is_slots {
            true => split(piece, b';').map(item).collect(),
            false => vec![item(piece)],
        })
        .collect()
}

fn item(text: &str) -> Item<'_> {
    let (bare, number) = match last_bracket(text) {
        Some(at) => (&text[..at], Some(&text[at + 1..text.len() - 1])),
        None => (text, None),
    };
    match bare {
        "_" => Item { number, ..Item::default() },
        "*" => Item { is_star: true, number, ..Item::default() },
        bare => Item { value: Some(unescaped(bare)), is_star: false, number },
    }
}

/// Where the unescaped `[` stands that an unescaped `]` at the end closes.
fn last_bracket(text: &str) -> Option<usize> {
    if !text.ends_with(']') {
        return None;
    }
    let mut open = None;
    let mut closed = false;
    // No byte of a sign outside ASCII is one of these.
    let mut signs = text.bytes().enumerate();
    while let Some((at, byte)) = signs.next() {
        closed = false;
        match byte {
            b'\\' => drop(signs.next()),
            b'[' => open = Some(at),
            b']' => closed = true,
            _ => {}
        }
    }
    open.filter(|_| closed)
}

/// Cuts at every such sign, of ASCII, that is not escaped.
fn split(text: &str, sign: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let piece = rest?;
        let mut signs = piece.bytes().enumerate();
        while let Some((at, byte)) = signs.next() {
            if byte == b'\\' {
                signs.next();
            } else if byte == sign {
                rest = Some(&piece[at + 1..]);
                return Some(&piece[..at]);
            }
        }
        rest = None;
        Some(piece)
    })
}

/// `value->1-2` of a chain: the value, and which chain and which link of it.
pub(super) fn chain_link(cell: &str) -> Option<(Option<Cow<'_, str>>, u32, u32)> {
    let (value, place) = cell.rsplit_once("->")?;
    let (chain, link) = place.split_once('-')?;
    Some((item(value).value, chain.parse().ok()?, link.parse().ok()?))
}

/// Adds a text with escapes: `escape` gets a byte and the one behind it, and says what stands behind the backslash. All that is escaped
/// is ASCII.
fn push_with(out: &mut String, text: &str, escape: impl Fn(u8, Option<u8>) -> Option<char>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if let Some(sign) = escape(*byte, bytes.get(at + 1).copied()) {
            out.push_str(&text[done..at]);
            out.push('\\');
            out.push(sign);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// What would break a line.
fn in_line(byte: u8) -> Option<char> {
    Some(match byte {
        b'\t' => 't',
        b'\r' => 'r',
        0xC => 'f',
        0x8 => 'b',
        _ => return None,
    })
}

/// Adds a value with its signs escaped.
pub(super) fn push_escaped(out: &mut String, value: &str) {
    push_with(out, value, |byte, next| match byte {
        b'\\' | b'[' | b']' | b'|' | b'_' | b';' | b'*' => Some(char::from(byte)),
        b'-' if next == Some(b'>') => Some('-'),
        b'\n' => Some('n'),
        byte => in_line(byte),
    });
}

/// What [`push_escaped`] and [`push_escaped_text`] were given.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(c) = signs.next() {
        let plain = match c {
            '\\' => match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{C}',
                Some('b') => '\u{8}',
                Some(other) => other,
                None => '\\',
            },
            c => c,
        };
        out.push(plain);
    }
    Cow::Owned(out)
}

/// Adds a stretch of text as `#Text=` and the third column hold it: only what would break the line is escaped.
pub(super) fn push_escaped_text(out: &mut String, text: &str) {
    push_with(out, text, |byte, _| if byte == b'\\' { Some('\\') } else { in_line(byte) });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_of_the_suite() {
        let cell = items("NOTSTACKED\\[0\\]", false);
        assert_eq!((cell.len(), cell[0][0].value.as_deref()), (1, Some("NOTSTACKED[0]")));
        let cell = items("2a[1]|_[2]|*", false);
        let read: Vec<_> =
            cell.iter().map(|i| (i[0].value.as_deref(), i[0].number, i[0].is_star)).collect();
        assert_eq!(read, [(Some("2a"), Some("1"), false), (None, Some("2"), false), (None, None, true)]);
        let cell = items("1-3[1];1-2[2]", true);
        assert_eq!(cell[0].iter().map(|i| i.number).collect::<Vec<_>>(), [Some("1"), Some("2")]);
        assert_eq!(chain_link("*->1-2"), Some((None, 1, 2)));
    }

    proptest! {
        #[test]
        fn every_value_comes_back(values in prop::collection::vec("[a\\\\\\[\\]|_;*\\->\t\n\r😀 1]{1,6}", 1..4)) {
            let escaped = |value: &str| {
                let mut out = String::new();
                push_escaped(&mut out, value);
                out
            };
            let cell: Vec<String> =
                values.iter().enumerate().map(|(n, value)| format!("{}[{n}]", escaped(value))).collect();
            prop_assert!(!cell.iter().any(|value| value.contains(['\t', '\n', '\r'])));
            let cell = cell.join("|");
            let read = items(&cell, false);
            let back: Vec<&str> = read.iter().map(|item| item[0].value.as_deref().unwrap()).collect();
            prop_assert_eq!(back, values);
        }
    }
}
