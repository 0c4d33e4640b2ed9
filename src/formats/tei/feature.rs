//! Values of fields as feature structures (TEI P5, chapter 19), and back.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::super::rest::{decoded_name, encoded_name};
use super::tree::Node;
use crate::model::{Fields, Value};

/// A name as TEI takes it for an attribute: one word of any script.
pub(super) fn word(name: &str) -> Cow<'_, str> {
    let fits =
        |c: char| !c.is_whitespace() && !c.is_control() && is_xml(c) && c != '\u{FEFF}' && !is_format(c);
    if !name.is_empty() && name.chars().all(fits) && !name.contains("_U") {
        return Cow::Borrowed(name);
    }
    encoded_name(name, &[])
}

/// The name that [`word`] was given.
pub(super) fn plain(word: &str) -> String {
    decoded_name(word)
}

/// Signs of category C other than controls that are met in texts.
fn is_format(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{E000}'..='\u{F8FF}')
}

/// Whether XML 1.0 has this sign.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Text as an element's content. Signs that XML lacks become `<g n="U+0001">`, so that nothing is lost and everything stays in place.
pub(super) fn put_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if is_xml(c) => out.push(c),
            // Writing to a string never fails.
            c => drop(write!(out, "<g n=\"U+{:04X}\">\u{FFFD}</g>", u32::from(c))),
        }
    }
}

/// Text as an attribute's value.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => drop(write!(out, "&#{};", u32::from(c))),
            c if is_xml(c) => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// The type of the feature structure that stands for a list inside a list, and the name of its only feature.
const LIST: &str = "postil.list";

/// Fields as `<f>` elements.
pub(super) fn put_fields(out: &mut String, fields: &Fields) {
    for (name, value) in fields.iter() {
        let _ = write!(out, "<f name=\"{}\">", attribute(&word(name)));
        put_value(out, value);
        out.push_str("</f>");
    }
}

fn put_value(out: &mut String, value: &Value) {
    match value {
        Value::Bool(yes) => drop(write!(out, "<binary value=\"{yes}\"/>")),
        Value::Integer(number) => drop(write!(out, "<numeric value=\"{number}\"/>")),
        Value::Number(number) => drop(write!(out, "<numeric value=\"{number:?}\"/>")),
        Value::Text(text) if is_symbol(text) => drop(write!(out, "<symbol value=\"{}\"/>", attribute(text))),
        Value::Text(text) => {
            out.push_str("<string>");
            put_text(out, text);
            out.push_str("</string>");
        }
        Value::List(items) => {
            out.push_str("<vColl org=\"list\">");
            for item in items {
                match item {
                    // A collection holds no collections, but feature structures that hold them.
                    Value::List(_) => {
                        let _ = write!(out, "<fs type=\"{LIST}\"><f name=\"{LIST}\">");
                        put_value(out, item);
                        out.push_str("</f></fs>");
                    }
                    item => put_value(out, item),
                }
            }
            out.push_str("</vColl>");
        }
        Value::Record(fields) => {
            out.push_str("<fs>");
            put_fields(out, fields);
            out.push_str("</fs>");
        }
    }
}

/// Whether a text is one plain word: a choice, an id.
fn is_symbol(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The fields of an `<fs>`.
pub(super) fn fields_of(fs: &Node) -> Fields {
    let features = fs.children.iter().filter(|child| child.name == "f");
    let mut fields = Fields::new();
    for feature in features {
        let value = match &feature.children[..] {
            [one] => value_of(one),
            [] => feature.attribute("fVal").map(Value::text),
            several => Some(Value::List(several.iter().filter_map(value_of).collect())),
        };
        if let (Some(name), Some(value)) = (feature.attribute("name"), value) {
            fields.set(plain(name), value);
        }
    }
    fields
}

fn value_of(node: &Node) -> Option<Value> {
    let said = node.attribute("value");
    Some(match node.name.as_str() {
        "binary" => Value::Bool(matches!(said?, "true" | "1")),
        "numeric" => match said?.parse::<i64>() {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Number(said?.parse().ok().filter(|number: &f64| number.is_finite())?),
        },
        "symbol" => Value::text(said?),
        "string" => Value::text(node.text.as_str()),
        "vColl" => Value::List(node.children.iter().filter_map(value_of).collect()),
        "fs" if node.attribute("type") == Some(LIST) => fields_of(node).remove(LIST)?,
        "fs" => Value::Record(fields_of(node)),
        _ => return None,
    })
}
