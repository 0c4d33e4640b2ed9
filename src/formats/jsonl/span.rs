//! Spans and relations as they stand in the source.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value as Json;

use super::super::loose::{Given, Name};
use super::line::Entry;
use crate::model::Fields;

/// A span whose offsets are still those of the source.
pub(super) struct RawSpan {
    pub id: Option<String>,
    pub label: String,
    /// At least one part.
    pub parts: Vec<(u32, u32)>,
    /// Whether `start` and `end` are given and are not the first part's start and the last part's end.
    pub contradicts: bool,
    pub text: Option<String>,
    pub fields: Fields,
    pub note: String,
    pub unknown: Vec<String>,
}

/// A relation.
pub(super) struct RawRelation {
    pub id: Option<String>,
    pub label: String,
    pub from: String,
    pub to: String,
    pub fields: Fields,
    pub unknown: Vec<String>,
}

/// A key of a span or a relation.
enum Key {
    End,
    Fields,
    From,
    Id,
    Label,
    Note,
    Parts,
    Start,
    Text,
    To,
    Other(String),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    "end" => Key::End,
                    "fields" => Key::Fields,
                    "from" => Key::From,
                    "id" => Key::Id,
                    "label" => Key::Label,
                    "note" => Key::Note,
                    "parts" => Key::Parts,
                    "start" => Key::Start,
                    "text" => Key::Text,
                    "to" => Key::To,
                    other => Key::Other(other.to_owned()),
                })
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl Key {
    /// The key as it stands in the source.
    fn name(self) -> String {
        let known = match self {
            Self::End => "end",
            Self::Fields => "fields",
            Self::From => "from",
            Self::Id => "id",
            Self::Label => "label",
            Self::Note => "note",
            Self::Parts => "parts",
            Self::Start => "start",
            Self::Text => "text",
            Self::To => "to",
            Self::Other(name) => return name,
        };
        known.to_owned()
    }

    /// Passes over the value of a key that means nothing here, and notes the key, once.
    fn pass<'de, A: MapAccess<'de>>(self, object: &mut A, unknown: &mut Vec<String>) -> Result<(), A::Error> {
        object.next_value::<IgnoredAny>()?;
        let name = self.name();
        if !unknown.contains(&name) {
            unknown.push(name);
        }
        Ok(())
    }
}

impl Entry for RawSpan {
    fn read<'de, A: MapAccess<'de>>(mut object: A) -> Result<Result<Self, String>, A::Error> {
        let (mut id, mut label) = (Given::Nothing, Given::Nothing);
        let (mut start, mut end, mut parts) = (Given::Nothing, Given::Nothing, Given::Nothing);
        let (mut text, mut fields, mut note) = (Given::Nothing, Given::Nothing, Given::Nothing);
        let mut unknown = Vec::new();
        while let Some(key) = object.next_key()? {
            match key {
                Key::Id => id = object.next_value()?,
                Key::Label => label = object.next_value()?,
                Key::Start => start = object.next_value()?,
                Key::End => end = object.next_value()?,
                Key::Parts => parts = object.next_value()?,
                Key::Text => text = object.next_value()?,
                Key::Fields => fields = object.next_value()?,
                Key::Note => note = object.next_value()?,
                other => other.pass(&mut object, &mut unknown)?,
            }
        }
        let id = match name(id, "id") {
            Ok(id) => id,
            Err(what) => return Ok(Err(what)),
        };
        let read = || {
            let start = offset(start, "start")?;
            let end = offset(end, "end")?;
            let mut parts = self::parts(parts)?;
            let mut contradicts = false;
            match (parts.first(), parts.last(), start, end) {
                (Some(first), Some(last), start, end) => {
                    contradicts = start.is_some_and(|at| at != first.0) || end.is_some_and(|at| at != last.1);
                }
                (_, _, Some(start), Some(end)) => parts.push((start, end)),
                _ => return Err("it has no place: neither `parts` nor `start` and `end`".to_owned()),
            }
            if let Some((start, end)) = parts.iter().find(|(start, end)| end < start) {
                return Err(format!("[{start}, {end}] ends before it starts"));
            }
            Ok(Self {
                id: None,
                label: name(label, "label")?.ok_or("it has no `label`")?,
                parts,
                contradicts,
                text: self::text(text, "text")?,
                fields: fields_of(fields)?,
                note: self::text(note, "note")?.unwrap_or_default(),
                unknown,
            })
        };
        Ok(match (read(), id) {
            (Ok(span), id) => Ok(Self { id, ..span }),
            (Err(what), Some(id)) => Err(format!("`{id}`: {what}")),
            (Err(what), None) => Err(what),
        })
    }
}

impl Entry for RawRelation {
    fn read<'de, A: MapAccess<'de>>(mut object: A) -> Result<Result<Self, String>, A::Error> {
        let (mut id, mut label, mut fields) = (Given::Nothing, Given::Nothing, Given::Nothing);
        let (mut from, mut to) = (Given::Nothing, Given::Nothing);
        let mut unknown = Vec::new();
        while let Some(key) = object.next_key()? {
            match key {
                Key::Id => id = object.next_value()?,
                Key::Label => label = object.next_value()?,
                Key::From => from = object.next_value()?,
                Key::To => to = object.next_value()?,
                Key::Fields => fields = object.next_value()?,
                other => other.pass(&mut object, &mut unknown)?,
            }
        }
        let needed = |given, key: &str| name(given, key)?.ok_or_else(|| format!("it has no `{key}`"));
        let read = || {
            let (label, from, to) = (needed(label, "label")?, needed(from, "from")?, needed(to, "to")?);
            Ok(Self { id: name(id, "id")?, label, from, to, fields: fields_of(fields)?, unknown })
        };
        Ok(read())
    }
}

fn name(given: Given<Name>, key: &str) -> Result<Option<String>, String> {
    match given {
        Given::Nothing => Ok(None),
        Given::Right(Name(name)) => Ok(Some(name)),
        Given::Wrong(other) => Err(format!("`{key}` is {other} and should be a text")),
    }
}

fn text(given: Given<String>, key: &str) -> Result<Option<String>, String> {
    match given {
        Given::Nothing => Ok(None),
        Given::Right(text) => Ok(Some(text)),
        Given::Wrong(other) => Err(format!("`{key}` is {other} and should be a text")),
    }
}

fn offset(given: Given<u32>, key: &str) -> Result<Option<u32>, String> {
    match given {
        Given::Nothing => Ok(None),
        Given::Right(offset) => Ok(Some(offset)),
        Given::Wrong(other) => Err(format!("`{key}` is {other} and should be a whole number from 0")),
    }
}

fn parts(given: Given<Vec<Given<(u32, u32)>>>) -> Result<Vec<(u32, u32)>, String> {
    let is_offset = |value: &Json| value.as_u64().is_some_and(|offset| u32::try_from(offset).is_ok());
    let wrong = |part: Json| match part.as_array().map(Vec::as_slice) {
        Some([start, end]) => {
            let other = if is_offset(start) { end } else { start };
            format!("a part is {other} and should be a whole number from 0")
        }
        _ => format!("a part is {part} and should be a pair [start, end]"),
    };
    match given {
        Given::Nothing => Ok(Vec::new()),
        Given::Right(list) => list
            .into_iter()
            .map(|part| match part {
                Given::Right(part) => Ok(part),
                Given::Nothing => Err(wrong(Json::Null)),
                Given::Wrong(other) => Err(wrong(other)),
            })
            .collect(),
        Given::Wrong(other) => Err(format!("`parts` is {other} and should be a list of pairs")),
    }
}

fn fields_of(given: Given<Fields>) -> Result<Fields, String> {
    match given {
        Given::Nothing => Ok(Fields::new()),
        Given::Right(fields) => Ok(fields),
        Given::Wrong(other) => Err(format!("`fields` is {other} and should be an object")),
    }
}
