//! What another program's format has no place of its own for, as one JSON object that the format carries in a note, a feature or a
//! comment. Offsets among it count code points of the canonical text, whatever the format itself counts.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{FormatError, Record, RecordSource, meta_entries};
use crate::model::{AnnotationSet, ArticleMeta, Fields, Parts, Status, Value};
use crate::text::TextRange;

/// What is left of a span or a relation when the format has taken what it understands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Rest {
    /// The id, where the format's own id does not tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The label, where the format's own name does not tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The parts, where the format has others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<(u32, u32)>,
    /// The surface, where the span's file says another than the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Values of fields.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// The fields that hold a list, even if the format shows a single value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// The note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Rest {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        let Self { id, label, parts, text, fields, lists, note } = self;
        let has_word = id.is_some() || label.is_some() || text.is_some() || !note.is_empty();
        !has_word && parts.is_empty() && fields.is_empty() && lists.is_empty()
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        json_for_xml(self)
    }

    /// Reads it back; `None` if it is something else.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Notes the parts.
    pub fn set_parts(&mut self, parts: &Parts) {
        self.parts = parts.iter().map(|part| (part.start().get(), part.end().get())).collect();
    }

    /// The parts, if it holds any that can be.
    pub fn given_parts(&self) -> Option<Parts> {
        let parts = self.parts.iter().map(|(start, end)| TextRange::new(*start, *end));
        Parts::as_given(parts.collect::<Option<_>>()?)
    }
}

/// What is to be said of a record besides its text, spans and relations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct About {
    /// The article's path.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// Whose annotations these are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub annotator: String,
    /// BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `title`, `date`, … as texts.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub meta: Fields,
    /// How far the work has come.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// The fields of the article.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// What stands before the numbers of ids, where the format's own numbers tell them; empty = what Postil itself puts there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ids: String,
}

impl About {
    /// What is to be said of this record.
    pub fn of(record: &Record) -> Self {
        let texts = meta_entries(&record.meta).into_iter().map(|(name, value)| (name, Value::text(value)));
        Self {
            article: record.set.article.clone(),
            annotator: record.set.annotator.clone(),
            language: record.meta.language.clone(),
            meta: texts.collect(),
            status: record.set.status.name().to_owned(),
            fields: record.set.fields.clone(),
            ids: String::new(),
        }
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        json_for_xml(self)
    }

    /// Reads it back; `None` if it is something else.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Puts what it says into a set.
    pub fn apply(&self, set: &mut AnnotationSet) {
        if !self.article.is_empty() {
            set.article.clone_from(&self.article);
        }
        if !self.annotator.is_empty() {
            set.annotator.clone_from(&self.annotator);
        }
        if let Some(status) = Status::from_name(&self.status) {
            set.status = status;
        }
        set.fields.clone_from(&self.fields);
    }

    /// What it says of the article.
    pub fn article_meta(&self) -> ArticleMeta {
        let mut meta = ArticleMeta { language: self.language.clone(), ..ArticleMeta::default() };
        for (name, value) in self.meta.iter() {
            let Some(value) = value.as_text() else { continue };
            put_meta(&mut meta, name, value);
        }
        meta
    }
}

/// One line of JSON without a sign that XML cannot hold: JSON itself escapes all but two of them.
pub(super) fn json_for_xml(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    // Both begin with a byte that little else begins with.
    match memchr::memchr(0xEF, json.as_bytes()).is_some() && json.contains(['\u{FFFE}', '\u{FFFF}']) {
        true => json.replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff"),
        false => json,
    }
}

/// Puts one named value into what is known about an article.
pub(super) fn put_meta(meta: &mut ArticleMeta, name: &str, value: &str) {
    let slot = match name {
        "title" => &mut meta.title,
        "date" => &mut meta.date,
        "source" => &mut meta.source,
        "url" => &mut meta.url,
        "author" => &mut meta.author,
        _ => return meta.extra.push((name.to_owned(), value.to_owned())),
    };
    *slot = Some(value.to_owned());
}

/// Whether the records are of several annotators. Goes through them only as far as is needed to know.
///
/// # Errors
/// A record cannot be had.
pub(super) fn has_several_annotators(records: &dyn RecordSource) -> Result<bool, FormatError> {
    if let Some(known) = records.several_annotators() {
        return Ok(known);
    }
    let mut first: Option<String> = None;
    let mut several = false;
    let gone_through = records.for_each(&mut |record| match &first {
        Some(first) if *first != record.set.annotator => {
            several = true;
            Err(FormatError::Stopped)
        }
        Some(_) => Ok(()),
        None => {
            first = Some(record.set.annotator);
            Ok(())
        }
    });
    match gone_through {
        Err(FormatError::Stopped) if several => Ok(true),
        other => other.map(|()| several),
    }
}

/// A name that is a folder of its own on every system: letters, digits, `-`, `_` and `.` stay, everything else becomes `_`.
pub(super) fn folder_name(annotator: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let name: String = annotator.chars().map(plain).collect();
    match name.trim_matches('.') {
        "" => "_".to_owned(),
        name => name.to_owned(),
    }
}

/// Files of one export by their names, none twice.
#[derive(Debug, Default)]
pub(super) struct FreshNames(std::collections::HashSet<String>);

impl FreshNames {
    /// `wanted`, or `wanted-2` and so on where that is taken.
    pub fn take(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        name
    }
}

/// The bytes of a text file as they are decoded, without byte order mark, line ends as they stand; and what the user should be told.
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    let plain = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain) {
        return Ok((text.to_owned(), None));
    }
    let read = crate::text::decode(bytes, None).map_err(|fault| fault.to_string())?;
    let note = match read.notes.first() {
        Some(note) => note.to_string(),
        None => format!("it was read as {}", read.encoding.display_name()),
    };
    let text = match encoding_rs::Encoding::for_label(read.encoding.label().as_bytes()) {
        Some(codec) => codec.decode(bytes).0.into_owned(),
        None => read.text.as_str().to_owned(),
    };
    Ok((text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned(), Some(note)))
}

/// Where a foreign file's own name leads: its path without this ending.
pub(super) fn without_ending<'a>(path: &'a str, ending: &str) -> &'a str {
    path.strip_suffix(ending).unwrap_or(path)
}

/// A name in ASCII letters, digits, `_` and the signs in `also`. Others become `_U0434_`, their code point; [`decoded_name`] turns them
/// back.
pub(super) fn encoded_name<'n>(name: &'n str, also: &[char]) -> Cow<'n, str> {
    if name.is_empty() {
        return Cow::Borrowed("_U_");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || also.contains(&c);
    if name.chars().all(fits) && !name.contains("_U") {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if !fits(c) || (c == '_' && rest.peek() == Some(&'U')) {
            // Writing to a string never fails.
            let _ = write!(out, "_U{:04X}_", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The name that [`encoded_name`] was given; other names stay as they are.
pub(super) fn decoded_name(name: &str) -> String {
    if name == "_U_" {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("_U") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        let sign = after.split_once('_').and_then(|(digits, tail)| {
            let is_hex = (4..=6).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
            let sign = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            is_hex.then_some((sign, tail))
        });
        match sign {
            Some((sign, tail)) => {
                out.push(sign);
                rest = tail;
            }
            None => {
                out.push_str("_U");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
