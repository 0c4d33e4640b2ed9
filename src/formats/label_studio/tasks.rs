//! Tasks one after another: a list, a single task, or one task a line. No more than one is held.

use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// What one reading of a file came to.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// How many tasks there were.
    pub tasks: usize,
    /// Why it ended before the file did.
    pub broken: Option<String>,
    /// Whether whoever takes the tasks said so.
    pub stopped: bool,
}

/// Gives every task of a file to `take`.
///
/// # Errors
/// The file cannot be read.
pub(super) fn for_each(
    mut file: impl BufRead,
    take: &mut dyn FnMut(Map<String, Json>) -> ControlFlow<()>,
) -> std::io::Result<Reading> {
    const MARK: &[u8] = "\u{FEFF}".as_bytes();
    if file.fill_buf()?.starts_with(MARK) {
        file.consume(MARK.len());
    }
    let mut reading = Reading::default();
    let mut json = serde_json::Deserializer::from_reader(file);
    loop {
        let mut began = false;
        let one = Tasks { take, reading: &mut reading, began: &mut began }.deserialize(&mut json);
        match one {
            Ok(()) => {}
            Err(error) if error.is_eof() && !began => return Ok(reading),
            Err(_) if reading.stopped => return Ok(reading),
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                reading.broken = Some(error.to_string());
                return Ok(reading);
            }
        }
    }
}

struct Tasks<'r> {
    take: &'r mut dyn FnMut(Map<String, Json>) -> ControlFlow<()>,
    reading: &'r mut Reading,
    began: &'r mut bool,
}

impl Tasks<'_> {
    fn task<E: Error>(&mut self, task: Map<String, Json>) -> Result<(), E> {
        self.reading.tasks += 1;
        if (self.take)(task).is_break() {
            self.reading.stopped = true;
            return Err(E::custom("stopped"));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Tasks<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tasks<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of tasks [ … ] or a task { … }")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        *self.began = true;
        while let Some(task) = seq.next_element::<Json>()? {
            match task {
                Json::Object(task) => self.task(task)?,
                _ => return Err(A::Error::custom("a task is not an object { … }")),
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        *self.began = true;
        let mut task = Map::new();
        while let Some((key, value)) = map.next_entry::<String, Json>()? {
            task.insert(key, value);
        }
        self.task(task)
    }
}
