//! Objects of JSON, one after another: of a file with one a line, or with one list of them.

use std::io::{BufRead, Read};
use std::marker::PhantomData;
use std::ops::ControlFlow;

use rayon::prelude::*;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::json_pieces::{Broken, JsonPieces};
use super::{FormatError, Remark, Sink, SourceFiles};

/// A file of which so many first lines are no JSON is something else.
const HOPELESS: usize = 50;

/// A line longer than this (bytes) is not read into memory.
const LONGEST_LINE: u64 = 1 << 30;

/// How many lines are understood at once, at most.
const TOGETHER: usize = 64;

/// How many bytes they have together, about, at most. What they become takes several times as much.
const BYTES_TOGETHER: usize = 1 << 18;

/// What an object is understood as.
pub(super) trait FromObject: Send + Sized {
    /// Understands an object, all but its members of the names `unread`.
    ///
    /// # Errors
    /// It is no JSON.
    fn from_object<'de, A: MapAccess<'de>>(object: A, unread: &[&str]) -> Result<Self, A::Error>;
}

/// What is done with an object: the place to name in remarks, its number in the file from 1, the object.
pub(super) type Visit<'v, T> =
    dyn FnMut(&mut dyn Sink, &str, usize, T) -> Result<ControlFlow<()>, String> + 'v;

/// Gives every object of a file to `visit`, without its members of the names `unread`, which may be most of it. What is no object, or
/// what `visit` cannot use, is told and left out.
///
/// # Errors
/// The file cannot be read, or is nothing of the kind.
pub(super) fn each_object<T: FromObject>(
    source: &dyn SourceFiles,
    file: &str,
    format: &'static str,
    unread: &'static [&'static str],
    sink: &mut dyn Sink,
    visit: &mut Visit<T>,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut reader = source.open(file).map_err(failed)?;
    let beginning = reader.fill_buf().map_err(failed)?;
    if beginning.starts_with("\u{FEFF}".as_bytes()) {
        reader.consume(3);
    }
    let beginning = reader.fill_buf().map_err(failed)?;
    match beginning.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => listed(reader, file, format, unread, sink, visit),
        _ => by_line(reader, file, format, unread, sink, visit),
    }
}

fn by_line<T: FromObject>(
    mut reader: Box<dyn BufRead + '_>,
    file: &str,
    format: &'static str,
    unread: &[&str],
    sink: &mut dyn Sink,
    visit: &mut Visit<T>,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let (mut bytes, mut number, mut good) = (Vec::new(), 0usize, 0usize);
    // The number of each line, and where it begins.
    let mut lines: Vec<(usize, usize)> = Vec::new();
    loop {
        bytes.clear();
        lines.clear();
        let mut failure = None;
        while lines.len() < TOGETHER && bytes.len() < BYTES_TOGETHER {
            let begins = bytes.len();
            match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => number += 1,
                // What was read before it counts.
                Err(cause) => {
                    bytes.truncate(begins);
                    failure = Some(failed(cause));
                    break;
                }
            }
            if !bytes[begins..].iter().all(u8::is_ascii_whitespace) {
                lines.push((number, begins));
            }
        }
        if lines.is_empty() && bytes.is_empty() {
            return failure.map_or(Ok(ControlFlow::Continue(())), Err);
        }
        let line = |at: usize| {
            let (number, begins) = lines[at];
            let ends = lines.get(at + 1).map_or(bytes.len(), |(_, next)| *next);
            (number, entry(&bytes[begins..ends], unread))
        };
        let understood: Vec<(usize, serde_json::Result<Entry<T>>)> =
            (0..lines.len()).into_par_iter().map(line).collect();
        for (number, json) in understood {
            let place = format!("{file}: line {number}");
            let visited = match json {
                Ok(Entry(Some(object))) => visit(sink, &place, number, object),
                Ok(Entry(None)) => Err("it is not an object { … }".to_owned()),
                Err(error) => Err(in_one_line(&error)),
            };
            match visited {
                Ok(ControlFlow::Continue(())) => good += 1,
                Ok(stop) => return Ok(stop),
                Err(what) if good == 0 && number >= HOPELESS => {
                    let why = format!("none of its first {HOPELESS} lines can be read; the last one: {what}");
                    return Err(FormatError::NotThisFormat { file: file.to_owned(), format, why });
                }
                Err(what) => {
                    let what = format!("{what}; the line was left out");
                    sink.remark(Remark { place, what, left_out: true });
                }
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
    }
}

fn listed<T: FromObject>(
    reader: Box<dyn BufRead + '_>,
    file: &str,
    format: &'static str,
    unread: &[&str],
    sink: &mut dyn Sink,
    visit: &mut Visit<T>,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut pieces = JsonPieces::new(reader).map_err(failed)?;
    pieces.peek().map_err(failed)?;
    let mut number = 0;
    let mut each = |Entry(object): Entry<T>| {
        number += 1;
        let place = format!("{file}: entry {number}");
        let visited = match object {
            Some(object) => visit(sink, &place, number, object),
            None => Err("it is not an object { … }".to_owned()),
        };
        visited.or_else(|what| {
            let what = format!("{what}; the entry was left out");
            sink.remark(Remark { place, what, left_out: true });
            Ok(ControlFlow::Continue(()))
        })
    };
    let read = pieces.list(&|bytes| entry(bytes, unread), &mut each);
    let read = match read {
        Ok(flow) if flow.is_break() => return Ok(flow),
        Ok(_) => match pieces.peek() {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(pieces.fault("trailing characters")),
            Err(error) => Err(error.into()),
        },
        Err(broken) => Err(broken),
    };
    match read {
        Ok(()) => Ok(ControlFlow::Continue(())),
        Err(Broken::Io(cause)) => Err(failed(cause)),
        Err(Broken::Json(why)) if number == 0 => {
            Err(FormatError::NotThisFormat { file: file.to_owned(), format, why })
        }
        Err(Broken::Json(why)) => {
            let what = format!("after entry {number} it is no JSON: {why}; the rest was left out");
            sink.remark(Remark { place: file.to_owned(), what, left_out: true });
            Ok(ControlFlow::Continue(()))
        }
    }
}

/// An object, or something that is none.
struct Entry<T>(Option<T>);

/// Understands an entry, all but the members of some names.
fn entry<T: FromObject>(bytes: &[u8], unread: &[&str]) -> serde_json::Result<Entry<T>> {
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return serde_json::from_slice::<IgnoredAny>(bytes).map(|_| Entry(None));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let object = Members(unread, PhantomData).deserialize(&mut json)?;
    json.end()?;
    Ok(Entry(Some(object)))
}

/// An object without its members of these names.
struct Members<'u, T>(&'u [&'u str], PhantomData<T>);

impl<'de, T: FromObject> DeserializeSeed<'de> for Members<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: FromObject> Visitor<'de> for Members<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object { … }")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_object(map, self.0)
    }
}

impl FromObject for Map<String, Json> {
    fn from_object<'de, A: MapAccess<'de>>(mut map: A, unread: &[&str]) -> Result<Self, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if unread.contains(&key.as_str()) {
                map.next_value::<IgnoredAny>()?;
            } else {
                object.insert(key, map.next_value()?);
            }
        }
        Ok(object)
    }
}

/// The message of an error, whose "line 1" would only confuse.
fn in_one_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    match error.column() {
        0 => format!("it is no JSON object: {what}"),
        column => format!("it is no JSON object: {what} (at byte {column})"),
    }
}
