//! How Postil writes RON: stable bytes that people can read and `git diff` can show. Reading is the `ron` crate's work.
//!
//! Four spaces of indentation, `\n`, a newline at the end. Whether something stands on one line or in a block is decided by
//! that thing's own data alone, so an edit never moves the lines of its neighbours.

mod annotations;
mod block;
mod lists;

pub use annotations::annotation_text;
pub(super) use lists::plain_text;
pub use lists::{codebook_text, register_text, schema_text, settings_text};

use crate::model::{Fields, Value};
use crate::text::next_grapheme;

/// The longest line, in code points with its indentation, on which a span, term or entity is put.
const LINE: usize = 160;

/// Writes a string in quotes so that it reads back the same and looks like what it is: what would be invisible, change the
/// direction of the line, break it, or stick to the quote is escaped.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    use std::fmt::Write as _;
    out.push('"');
    for (at, c) in text.char_indices() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_unseen(c) || at == 0 && sticks_to_quote(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A string in quotes, see [`push_quoted`].
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

/// Line and paragraph separators, directional marks, the byte order mark. Joiners stay: they are part of emoji and of words.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn sticks_to_quote(c: char) -> bool {
    !c.is_ascii() && {
        let pair: String = ['"', c].iter().collect();
        next_grapheme(&pair, 0) != 1
    }
}

/// A number as RON: always with a point or an exponent, so that it reads back as no whole number.
fn push_number(out: &mut String, number: f64) {
    if number.is_finite() {
        out.push_str(&format!("{number:?}"));
    } else {
        // No reader takes these for numbers; as text they are kept and validation reports them.
        push_quoted(out, &number.to_string());
    }
}

/// A value on one line.
fn push_value(out: &mut String, value: &Value) {
    match value {
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Integer(number) => out.push_str(&number.to_string()),
        Value::Number(number) => push_number(out, *number),
        Value::Text(text) => push_quoted(out, text),
        Value::List(items) => {
            let stretch = value.as_stretch();
            out.push('[');
            match stretch {
                Some(parts) => push_joined(out, parts.iter(), |out, part| {
                    out.push_str(&format!("({}, {})", part.start().0, part.end().0));
                }),
                None => push_joined(out, items.iter(), push_value),
            }
            out.push(']');
        }
        Value::Record(fields) => push_fields(out, fields),
    }
}

/// Fields on one line, as a map.
fn push_fields(out: &mut String, fields: &Fields) {
    out.push('{');
    push_joined(out, fields.iter(), |out, (name, value)| {
        push_quoted(out, name);
        out.push_str(": ");
        push_value(out, value);
    });
    out.push('}');
}

fn push_joined<T>(out: &mut String, items: impl Iterator<Item = T>, mut push: impl FnMut(&mut String, T)) {
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        push(out, item);
    }
}

/// Fields as a block, one a line; a list of records has each record on a line of its own.
fn push_field_block(out: &mut String, fields: &Fields, indent: usize) {
    out.push_str("{\n");
    for (name, value) in fields.iter() {
        push_indent(out, indent + 1);
        push_quoted(out, name);
        out.push_str(": ");
        match value {
            Value::List(items) if is_list_of_records(value) => {
                out.push_str("[\n");
                for item in items {
                    push_indent(out, indent + 2);
                    push_value(out, item);
                    out.push_str(",\n");
                }
                push_indent(out, indent + 1);
                out.push(']');
            }
            value => push_value(out, value),
        }
        out.push_str(",\n");
    }
    push_indent(out, indent);
    out.push('}');
}

fn is_list_of_records(value: &Value) -> bool {
    value.as_list().is_some_and(|items| items.iter().any(|item| matches!(item, Value::Record(_))))
}

fn push_indent(out: &mut String, levels: usize) {
    for _ in 0..levels {
        out.push_str("    ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::trial::naughty_text;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(quoted("a\"b\\c\n\u{2028}\0"), r#""a\"b\\c\n\u{2028}\u{0}""#);
        assert_eq!(quoted("\u{301}e\u{301}"), "\"\\u{301}e\u{301}\"");
        assert_eq!(quoted("👩‍👩‍👧 ёж"), "\"👩‍👩‍👧 ёж\"");
        assert_eq!(quoted("\u{202E}abc"), "\"\\u{202e}abc\"");
    }

    proptest! {
        #[test]
        fn every_string_reads_back(text in prop_oneof![any::<String>(), naughty_text()]) {
            prop_assert_eq!(ron::from_str::<String>(&quoted(&text)).unwrap(), text);
        }

        #[test]
        fn every_number_reads_back(bits in any::<u64>(), whole in any::<i64>()) {
            let number = f64::from_bits(bits);
            for value in [Value::Number(number), Value::Integer(whole)] {
                let mut out = String::new();
                push_value(&mut out, &value);
                let read: Value = ron::from_str(&out).unwrap();
                if number.is_finite() || matches!(value, Value::Integer(_)) {
                    prop_assert_eq!(read, value);
                } else {
                    prop_assert!(read.as_text().is_some());
                }
            }
        }
    }
}
