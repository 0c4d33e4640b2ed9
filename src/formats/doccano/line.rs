//! One line as it stands in the source.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Number, Value as Json};

use super::super::draft::DraftSpan;
use super::super::json_source::FromObject;
use super::super::loose::{Given, Name, Wanted};

/// The keys under which spans stand, in the order in which they are looked for.
const SPANS: [&str; 3] = ["entities", "label", "labels"];

/// A line, its spans understood already.
#[derive(Default)]
pub(super) struct Line {
    /// All but the spans.
    pub rest: Map<String, Json>,
    spans: [Option<Given<Vec<Given<Entry>>>>; SPANS.len()],
}

impl Line {
    /// The list of spans, if there is any.
    pub fn take_spans(&mut self) -> Given<Vec<Given<Entry>>> {
        self.spans.iter_mut().find_map(Option::take).unwrap_or_default()
    }
}

impl FromObject for Line {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A, _: &[&str]) -> Result<Self, A::Error> {
        let mut line = Self::default();
        while let Some(key) = object.next_key::<String>()? {
            match SPANS.iter().position(|name| *name == key) {
                Some(place) => line.spans[place] = Some(object.next_value()?),
                None => drop(line.rest.insert(key, object.next_value()?)),
            }
        }
        Ok(line)
    }
}

/// A span that stands as an object.
pub(super) struct Entry(pub Result<DraftSpan, String>);

/// A whole number, which may be written with a fraction of nothing.
struct Whole(u32);

impl Wanted for Whole {
    fn of_number(number: Number) -> Result<Self, Json> {
        let said = number
            .as_u64()
            .or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as u64));
        said.and_then(|n| u32::try_from(n).ok()).map(Self).ok_or(Json::Number(number))
    }
}

/// A key of a span.
enum Key {
    Id,
    Label,
    Start,
    StartOffset,
    End,
    EndOffset,
    Other,
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
                    "id" => Key::Id,
                    "label" => Key::Label,
                    "start" => Key::Start,
                    "start_offset" => Key::StartOffset,
                    "end" => Key::End,
                    "end_offset" => Key::EndOffset,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl Wanted for Entry {
    fn of_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Result<Self, Json>, A::Error> {
        let (mut id, mut label) = (Given::<u64>::Nothing, None);
        let (mut start, mut start_offset, mut end, mut end_offset) = (None, None, None, None);
        while let Some(key) = object.next_key()? {
            match key {
                Key::Id => id = object.next_value()?,
                Key::Label => label = Some(object.next_value()?),
                Key::Start => start = Some(object.next_value()?),
                Key::StartOffset => start_offset = Some(object.next_value()?),
                Key::End => end = Some(object.next_value()?),
                Key::EndOffset => end_offset = Some(object.next_value()?),
                Key::Other => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        let read = || {
            let id = match id {
                Given::Right(id) => Some(format!("s{id}")),
                _ => None,
            };
            let label = name(label)?;
            let start = whole(start_offset.or(start), "start_offset")?;
            let end = whole(end_offset.or(end), "end_offset")?;
            span(id, label, start, end)
        };
        Ok(Ok(Self(read())))
    }
}

/// A span with these edges.
///
/// # Errors
/// It ends before it starts.
pub(super) fn span(id: Option<String>, label: String, start: u32, end: u32) -> Result<DraftSpan, String> {
    if end < start {
        return Err(format!("[{start}, {end}] ends before it starts"));
    }
    Ok(DraftSpan { id, label, parts: vec![(start, end)], ..DraftSpan::default() })
}

fn name(given: Option<Given<Name>>) -> Result<String, String> {
    let other = match given.ok_or("it has no `label`")? {
        Given::Right(Name(name)) if !name.is_empty() => return Ok(name),
        Given::Right(Name(name)) => Json::String(name),
        Given::Nothing => Json::Null,
        Given::Wrong(other) => other,
    };
    Err(format!("`label` is {other} and should be a name"))
}

fn whole(given: Option<Given<Whole>>, name: &str) -> Result<u32, String> {
    let other = match given.ok_or_else(|| format!("it has no `{name}`"))? {
        Given::Right(Whole(number)) => return Ok(number),
        Given::Nothing => Json::Null,
        Given::Wrong(other) => other,
    };
    Err(format!("`{name}` is {other} and should be a whole number from 0"))
}
