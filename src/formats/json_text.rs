//! Texts in JSON, written and read without a value of JSON in between.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

/// Adds a text in its quotation marks, with the escapes that JSON asks for.
pub(super) fn push_json_text(out: &mut Vec<u8>, text: &str) {
    // Writing into memory cannot fail.
    let _infallible = serde_json::to_writer(out, text);
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
        fn texts_are_read_as_they_were_written(text in "[\u{0}-\u{7f}я😀\u{2028}]{0,20}") {
            let mut out = Vec::new();
            push_json_text(&mut out, &text);
            let JsonText(back) = serde_json::from_slice(&out).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
