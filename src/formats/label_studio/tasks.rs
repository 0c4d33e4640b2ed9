//! Tasks one after another: a list, a single task, or one task a line. No more than some are held.

use std::io::BufRead;
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::json_pieces::{Broken, JsonPieces, any_json};

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
    file: Box<dyn BufRead + '_>,
    take: &mut dyn FnMut(Map<String, Json>) -> ControlFlow<()>,
) -> std::io::Result<Reading> {
    let mut pieces = JsonPieces::new(file)?;
    let mut reading = Reading::default();
    loop {
        let mut task = |task: Json| match task {
            Json::Object(task) => {
                reading.tasks += 1;
                Ok(take(task))
            }
            _ => Err("a task is not an object { … }".to_owned()),
        };
        let read = match pieces.peek()? {
            None => return Ok(reading),
            Some(b'[') => pieces.list(&any_json, &mut task),
            Some(b'{') => {
                pieces.several(&mut |pieces| Ok(pieces.peek()? == Some(b'{')), &any_json, &mut task)
            }
            Some(_) => Err(pieces.fault("expected a list of tasks [ … ] or a task { … }")),
        };
        match read {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => {
                reading.stopped = true;
                return Ok(reading);
            }
            Err(Broken::Io(error)) => return Err(error),
            Err(Broken::Json(why)) => {
                reading.broken = Some(why);
                return Ok(reading);
            }
        }
    }
}
