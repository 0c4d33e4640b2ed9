//! Spans and relations as they stand in the source.

use serde_json::{Map, Value as Json};

use super::super::json_value::fields_from;
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

impl Entry for RawSpan {
    fn from_json(mut object: Map<String, Json>) -> Result<Self, String> {
        let id = name(&mut object, "id")?;
        let said = |what: String| match &id {
            Some(id) => format!("`{id}`: {what}"),
            None => what,
        };
        let mut read = || {
            let start = offset(&mut object, "start")?;
            let end = offset(&mut object, "end")?;
            let mut parts = parts(object.remove("parts"))?;
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
                label: name(&mut object, "label")?.ok_or("it has no `label`")?,
                parts,
                contradicts,
                text: text(&mut object, "text")?,
                fields: fields_of(&mut object)?,
                note: text(&mut object, "note")?.unwrap_or_default(),
                unknown: Vec::new(),
            })
        };
        let span = read().map_err(said)?;
        Ok(Self { id, unknown: object.into_iter().map(|(key, _)| key).collect(), ..span })
    }
}

impl Entry for RawRelation {
    fn from_json(mut object: Map<String, Json>) -> Result<Self, String> {
        let mut needed = |key: &str| name(&mut object, key)?.ok_or_else(|| format!("it has no `{key}`"));
        let (label, from, to) = (needed("label")?, needed("from")?, needed("to")?);
        Ok(Self {
            id: name(&mut object, "id")?,
            label,
            from,
            to,
            fields: fields_of(&mut object)?,
            unknown: object.into_iter().map(|(key, _)| key).collect(),
        })
    }
}

/// A name, which other programs may write as a number.
fn name(object: &mut Map<String, Json>, key: &str) -> Result<Option<String>, String> {
    match object.remove(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        Some(other) => Err(format!("`{key}` is {other} and should be a text")),
    }
}

fn text(object: &mut Map<String, Json>, key: &str) -> Result<Option<String>, String> {
    match object.remove(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("`{key}` is {other} and should be a text")),
    }
}

fn offset(object: &mut Map<String, Json>, key: &str) -> Result<Option<u32>, String> {
    match object.remove(key) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => one_offset(&value).map(Some).map_err(|what| format!("`{key}` is {what}")),
    }
}

fn one_offset(value: &Json) -> Result<u32, String> {
    value
        .as_u64()
        .and_then(|n| u32::try_from(n).ok())
        .ok_or_else(|| format!("{value} and should be a whole number from 0"))
}

fn parts(value: Option<Json>) -> Result<Vec<(u32, u32)>, String> {
    let list = match value {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Array(list)) => list,
        Some(other) => return Err(format!("`parts` is {other} and should be a list of pairs")),
    };
    let pair = |part: &Json| match part.as_array().map(Vec::as_slice) {
        Some([start, end]) => Ok((one_offset(start)?, one_offset(end)?)),
        _ => Err(format!("{part} and should be a pair [start, end]")),
    };
    list.iter().map(|part| pair(part).map_err(|what| format!("a part is {what}"))).collect()
}

fn fields_of(object: &mut Map<String, Json>) -> Result<Fields, String> {
    match object.remove("fields") {
        None | Some(Json::Null) => Ok(Fields::new()),
        Some(Json::Object(fields)) => fields_from(fields),
        Some(other) => Err(format!("`fields` is {other} and should be an object")),
    }
}
