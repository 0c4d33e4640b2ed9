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
pub(super) fn push_json_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut done = 0;
    while let Some(more) = bytes[done..].iter().position(|byte| IS_ESCAPED[usize::from(*byte)]) {
        let at = done + more;
        out.extend_from_slice(&bytes[done..at]);
        let short = match bytes[at] {
            byte @ (b'"' | b'\\') => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x8 => b'b',
            0xC => b'f',
            other => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let [high, low] = [other >> 4, other & 15].map(|digit| DIGITS[usize::from(digit)]);
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high]);
                out.push(low);
                done = at + 1;
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
        done = at + 1;
    }
    out.extend_from_slice(&bytes[done..]);
    out.push(b'"');
}

/// As `serde_json::from_slice`, which looks at each text by itself whether it is UTF-8; all at once is quicker.
///
/// # Errors
/// As there.
pub(super) fn from_json<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> serde_json::Result<T> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        // It knows to say where.
        Err(_) => serde_json::from_slice(bytes),
    }
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
            let mut out = Vec::new();
            push_json_text(&mut out, &text);
            prop_assert_eq!(&out, &serde_json::to_vec(&text).unwrap());
            let JsonText(back) = serde_json::from_slice(&out).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
