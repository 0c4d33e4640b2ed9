//! What a task's text is: which of its data, and how places in it are told.

use super::super::json_tree::{Members, Tree};
use super::config::{Config, Object, Shown};
use super::html::HtmlText;
use crate::text::UnitTable;
use crate::text::Utf16Offset;

/// A task's text.
pub(super) struct SourceText {
    /// What the results call the object that shows it; `None` if nobody says.
    pub object: Option<String>,
    /// Which of the data holds it.
    pub key: String,
    /// The text as regions see it.
    pub text: String,
    shape: Shape,
}

enum Shape {
    Plain,
    Html(HtmlText),
    /// Where each paragraph's words begin, in code points and in bytes, and how many bytes they are.
    Paragraphs(Vec<(u32, usize, usize)>),
}

/// Where a region lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the unit of the source, which is to be found out.
    Counted(u32, u32),
    /// In code points of the text: found by a path.
    Found(u32, u32),
}

impl SourceText {
    /// Finds the text among a task's data.
    ///
    /// # Errors
    /// There is none, or only its address.
    pub fn find(data: &Members, config: Option<&Config>, is_html: bool) -> Result<Self, String> {
        let objects = config.map_or(&[][..], |config| &config.objects);
        let mut address = None;
        for object in objects {
            match data.get(&object.key) {
                Some(Tree::Text(_)) if object.is_address => address = Some(&object.key),
                Some(value) => {
                    if let Some(found) = Self::shown(object, value) {
                        return Ok(found);
                    }
                }
                None => {}
            }
        }
        if let Some(key) = address {
            return Err(format!(
                "its `{key}` is the address of a text, not the text, and nothing is fetched"
            ));
        }
        let likely = ["text", "html", "dialogue", "content", "document", "body"];
        let longest = || {
            let texts = data.iter().filter(|(_, value)| value.as_str().is_some());
            texts.max_by_key(|(_, value)| value.as_str().map_or(0, str::len)).map(|(key, _)| key)
        };
        let is_text = |key: &&str| {
            data.get(key).is_some_and(|value| value.as_str().is_some() || value.as_list().is_some())
        };
        let key = likely.into_iter().find(is_text).or_else(longest).ok_or("it has no text among its data")?;
        let shown = match data.get(key) {
            Some(Tree::List(_)) => Shown::Paragraphs { name: "author".into(), text: "text".into() },
            _ if is_html || key == "html" => Shown::HyperText,
            _ => Shown::Text,
        };
        let object = Object { name: String::new(), key: key.to_owned(), shown, is_address: false };
        let mut found = data
            .get(key)
            .and_then(|value| Self::shown(&object, value))
            .ok_or("it has no text among its data")?;
        found.object = None;
        Ok(found)
    }

    fn shown(object: &Object, value: &Tree) -> Option<Self> {
        let (text, shape) = match (&object.shown, value) {
            (Shown::Text, Tree::Text(text)) => (text.to_string(), Shape::Plain),
            (Shown::HyperText, Tree::Text(html)) => {
                let html = HtmlText::new(html);
                (html.text.clone(), Shape::Html(html))
            }
            (Shown::Paragraphs { name, text }, Tree::List(paragraphs)) => {
                let (mut all, mut starts, mut length) = (String::new(), Vec::new(), 0u32);
                for paragraph in paragraphs {
                    let said = |key: &str| paragraph.get(key).and_then(Tree::as_str).unwrap_or_default();
                    let before = match said(name) {
                        "" => String::new(),
                        speaker => format!("{speaker}: "),
                    };
                    let words = said(text);
                    starts.push((
                        length + before.chars().count() as u32,
                        all.len() + before.len(),
                        words.len(),
                    ));
                    length += (before.chars().count() + words.chars().count()) as u32 + 1;
                    all.push_str(&before);
                    all.push_str(words);
                    all.push('\n');
                }
                (all, Shape::Paragraphs(starts))
            }
            _ => return None,
        };
        Some(Self { object: Some(object.name.clone()), key: object.key.clone(), text, shape })
    }

    /// Whether it was HTML, of which a browser quotes the words with other white space.
    pub fn is_html(&self) -> bool {
        matches!(self.shape, Shape::Html(_))
    }

    /// Where a region's value says it lies; `None` if it says nothing that can be understood.
    pub fn place(&self, value: &Members) -> Option<Place> {
        let number = |key: &str| value.get(key).and_then(whole);
        match &self.shape {
            Shape::Plain => Some(Place::Counted(number("start")?, number("end")?)),
            Shape::Html(html) => {
                let path = |key: &str| value.get(key).and_then(Tree::as_str);
                let by_paths = || {
                    let start = html.place(path("start")?, number("startOffset")?)?;
                    Some((start, html.place(path("end")?, number("endOffset")?)?))
                };
                let by_globals = || {
                    let globals = value.get("globalOffsets")?;
                    let at = |key: &str| globals.get(key).and_then(whole);
                    let start = html.global(at("start")?)?;
                    // The end belongs to the node of the character before it.
                    let end = match at("end")?.checked_sub(1) {
                        Some(last) => html.global(last)?.get() + 1,
                        None => 0,
                    };
                    Some((start.get(), end))
                };
                by_paths().or_else(by_globals).map(|(start, end)| Place::Found(start, end))
            }
            Shape::Paragraphs(starts) => {
                let at = |paragraph: &str, offset: &str| {
                    let (start, byte, bytes) = *starts.get(number(paragraph)? as usize)?;
                    let words = self.text.get(byte..byte + bytes)?;
                    let units = UnitTable::new(words);
                    Some(start + units.code_point_of_utf16(words, Utf16Offset(number(offset)?))?.get())
                };
                Some(Place::Found(at("start", "startOffset")?, at("end", "endOffset")?))
            }
        }
    }
}

/// A whole number, which old versions write as text.
fn whole(value: &Tree) -> Option<u32> {
    match value {
        Tree::Number(number) => match number.as_u64() {
            Some(number) => u32::try_from(number).ok(),
            None => number.as_f64().filter(|n| n.fract() == 0.0 && (0.0..4e9).contains(n)).map(|n| n as u32),
        },
        Tree::Text(text) => text.parse().ok(),
        _ => None,
    }
}
