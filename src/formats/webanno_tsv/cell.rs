//! Cells: values, stacked values, slots, and the signs that have to be escaped in them.

/// One of the values that are stacked in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// `None` for `_` and `*`, which say that there is no value.
    pub value: Option<String>,
    /// Whether it was `*`: an annotation without this value.
    pub is_star: bool,
    /// What stands in brackets behind it.
    pub number: Option<String>,
}

impl Item {
    /// Whether it says that there is an annotation.
    pub fn is_there(&self) -> bool {
        self.value.is_some() || self.is_star || self.number.is_some()
    }
}

/// The stacked values of a cell, each a list where the column is one of slots.
pub(super) fn items(cell: &str, is_slots: bool) -> Vec<Vec<Item>> {
    let one = |piece: &str| -> Vec<Item> {
        let members = if is_slots { split(piece, ';') } else { vec![piece] };
        members.into_iter().map(item).collect()
    };
    split(cell, '|').into_iter().map(one).collect()
}

fn item(text: &str) -> Item {
    let (bare, number) = match last_bracket(text) {
        Some(at) => (&text[..at], Some(text[at + 1..text.len() - 1].to_owned())),
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
    let mut open = None;
    let mut closed = false;
    let mut signs = text.char_indices();
    while let Some((at, c)) = signs.next() {
        closed = false;
        match c {
            '\\' => drop(signs.next()),
            '[' => open = Some(at),
            ']' => closed = true,
            _ => {}
        }
    }
    open.filter(|_| closed)
}

/// Cuts at every such sign that is not escaped.
fn split(text: &str, at: char) -> Vec<&str> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let mut signs = text.char_indices();
    while let Some((place, c)) = signs.next() {
        if c == '\\' {
            signs.next();
        } else if c == at {
            pieces.push(&text[start..place]);
            start = place + c.len_utf8();
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// `value->1-2` of a chain: the value, and which chain and which link of it.
pub(super) fn chain_link(cell: &str) -> Option<(Option<String>, u32, u32)> {
    let (value, place) = cell.rsplit_once("->")?;
    let (chain, link) = place.split_once('-')?;
    Some((item(value).value, chain.parse().ok()?, link.parse().ok()?))
}

/// A value with its signs escaped.
pub(super) fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut signs = value.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => {
                out.push('\\');
                out.push(c);
            }
            '-' if signs.peek() == Some(&'>') => out.push_str("\\-"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{C}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            c => out.push(c),
        }
    }
    out
}

/// What [`escaped`] and [`escaped_text`] were given.
pub(super) fn unescaped(value: &str) -> String {
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
    out
}

/// A stretch of text as `#Text=` and the third column hold it: only what would break the line is escaped.
pub(super) fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{C}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            c => out.push(c),
        }
    }
    out
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
            cell.iter().map(|i| (i[0].value.as_deref(), i[0].number.as_deref(), i[0].is_star)).collect();
        assert_eq!(read, [(Some("2a"), Some("1"), false), (None, Some("2"), false), (None, None, true)]);
        let cell = items("1-3[1];1-2[2]", true);
        assert_eq!(cell[0].iter().map(|i| i.number.as_deref()).collect::<Vec<_>>(), [Some("1"), Some("2")]);
        assert_eq!(chain_link("*->1-2"), Some((None, 1, 2)));
    }

    proptest! {
        #[test]
        fn every_value_comes_back(values in prop::collection::vec("[a\\\\\\[\\]|_;*\\->\t\n\r😀 1]{1,6}", 1..4)) {
            let cell: Vec<String> =
                values.iter().enumerate().map(|(n, value)| format!("{}[{n}]", escaped(value))).collect();
            prop_assert!(!cell.iter().any(|value| value.contains(['\t', '\n', '\r'])));
            let read = items(&cell.join("|"), false);
            let back: Vec<&str> = read.iter().map(|item| item[0].value.as_deref().unwrap()).collect();
            prop_assert_eq!(back, values);
        }
    }
}
