//! Texts in JSON, written and read without a value of JSON in between.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

/// Which bytes JSON escapes. No byte of a character outside ASCII is among them.
const IS_ESCAPED: [bool; 256] = {
    let mut is_escaped = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_escaped[byte] = matches!(byte as u8, 0..0x20 | b'"' | b'\\');
        byte += 1;
    }
    is_escaped
};

/// Adds a text in its quotation marks, with the escapes that `serde_json` writes.
pub(super) fn push_json_text(out: &mut String, text: &str) {
    out.push('"');
    let bytes = text.as_bytes();
    let mut done = 0;
    while let Some(more) = bytes[done..].iter().position(|byte| IS_ESCAPED[usize::from(*byte)]) {
        let at = done + more;
        out.push_str(&text[done..at]);
        match bytes[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x8 => out.push_str("\\b"),
            0xC => out.push_str("\\f"),
            other => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                out.push_str("\\u00");
                out.push(char::from(DIGITS[usize::from(other >> 4)]));
                out.push(char::from(DIGITS[usize::from(other & 15)]));
            }
        }
        done = at + 1;
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// A text of JSON: borrowed where nothing in it is escaped.
#[derive(Debug)]
pub(super) struct JsonText<'de>(pub Cow<'de, str>);

impl<'de> Deserialize<'de> for JsonText<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = JsonText<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<JsonText<'de>, E> {
                Ok(JsonText(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<JsonText<'de>, E> {
                Ok(JsonText(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_those_of_serde_json(text in "[\u{0}-\u{7f}я😀\u{2028}]{0,20}") {
            let mut out = String::new();
            push_json_text(&mut out, &text);
            prop_assert_eq!(&out, &serde_json::to_string(&text).unwrap());
            let JsonText(back) = serde_json::from_str(&out).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
