//! Objects of JSON, one after another: of a file with one a line, or with one list of them.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::{FormatError, Remark, Sink, SourceFiles};

/// A file of which so many first lines are no JSON is something else.
const HOPELESS: usize = 50;

/// A line longer than this (bytes) is not read into memory.
const LONGEST_LINE: u64 = 1 << 30;

/// What is done with an object: the place to name in remarks, its number in the file from 1, the object.
pub(super) type Visit<'v> =
    dyn FnMut(&mut dyn Sink, &str, usize, Map<String, Json>) -> Result<ControlFlow<()>, String> + 'v;

/// Gives every object of a file to `visit`. What is no object, or what `visit` cannot use, is told and left out.
///
/// # Errors
/// The file cannot be read, or is nothing of the kind.
pub(super) fn each_object(
    source: &dyn SourceFiles,
    file: &str,
    format: &'static str,
    sink: &mut dyn Sink,
    visit: &mut Visit,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut reader = source.open(file).map_err(failed)?;
    let beginning = reader.fill_buf().map_err(failed)?;
    if beginning.starts_with("\u{FEFF}".as_bytes()) {
        reader.consume(3);
    }
    let beginning = reader.fill_buf().map_err(failed)?;
    match beginning.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => listed(reader, file, format, sink, visit),
        _ => by_line(reader, file, format, sink, visit),
    }
}

fn by_line(
    mut reader: Box<dyn BufRead + '_>,
    file: &str,
    format: &'static str,
    sink: &mut dyn Sink,
    visit: &mut Visit,
) -> Result<ControlFlow<()>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let (mut bytes, mut number, mut good) = (Vec::new(), 0usize, 0usize);
    loop {
        bytes.clear();
        if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes).map_err(failed)? == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        number += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = format!("{file}: line {number}");
        let visited = match serde_json::from_slice(&bytes) {
            Ok(Json::Object(object)) => visit(sink, &place, number, object),
            Ok(_) => Err("it is not an object { … }".to_owned()),
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
                sink.remark(Remark { place, what: format!("{what}; the line was left out"), left_out: true });
            }
        }
    }
}

fn listed(
    reader: Box<dyn BufRead + '_>,
    file: &str,
    format: &'static str,
    sink: &mut dyn Sink,
    visit: &mut Visit,
) -> Result<ControlFlow<()>, FormatError> {
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let mut flow = ControlFlow::Continue(());
    let mut number = 0;
    let mut each = |entry: Json| {
        number += 1;
        let place = format!("{file}: entry {number}");
        let visited = match entry {
            Json::Object(object) => visit(sink, &place, number, object),
            _ => Err("it is not an object { … }".to_owned()),
        };
        match visited {
            Ok(going) => flow = going,
            Err(what) => {
                sink.remark(Remark {
                    place,
                    what: format!("{what}; the entry was left out"),
                    left_out: true,
                });
            }
        }
        flow
    };
    let read = deserializer.deserialize_seq(Each(&mut each)).and_then(|()| deserializer.end());
    match read {
        _ if flow.is_break() => Ok(flow),
        Ok(()) => Ok(flow),
        Err(error) if error.is_io() => {
            Err(FormatError::Io { what: "could not read", file: file.to_owned(), cause: error.into() })
        }
        Err(error) if number == 0 => {
            Err(FormatError::NotThisFormat { file: file.to_owned(), format, why: error.to_string() })
        }
        Err(error) => {
            let what = format!("after entry {number} it is no JSON: {error}; the rest was left out");
            sink.remark(Remark { place: file.to_owned(), what, left_out: true });
            Ok(flow)
        }
    }
}

/// Gives the members of a list away one by one, so that no more than one is held.
struct Each<'e>(&'e mut dyn FnMut(Json) -> ControlFlow<()>);

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list [ … ]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(entry) = seq.next_element_seed(Plain)? {
            if (self.0)(entry).is_break() {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

struct Plain;

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        serde::Deserialize::deserialize(deserializer)
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
