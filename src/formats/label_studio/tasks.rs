//! Tasks one after another: a list, a single task, or one task a line. No more than some are held.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::super::json_pieces::{Broken, JsonPieces};
use super::super::json_tree::{Members, Tree};

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

/// Gives every task of a file, understood by `understand` on all cores, to `take`, in order.
///
/// # Errors
/// The file cannot be read.
pub(super) fn for_each<T: Send>(
    file: Box<dyn BufRead + '_>,
    understand: &(dyn Fn(Members) -> T + Sync),
    take: &mut dyn FnMut(T) -> ControlFlow<()>,
) -> std::io::Result<Reading> {
    let mut pieces = JsonPieces::new(file)?;
    let mut reading = Reading::default();
    loop {
        let parse = |bytes: &[u8]| {
            Ok(match Tree::read(bytes)? {
                Tree::Object(task) => Some(understand(task)),
                _ => None,
            })
        };
        let mut task = |task: Option<T>| match task {
            Some(task) => {
                reading.tasks += 1;
                Ok(take(task))
            }
            None => Err("a task is not an object { … }".to_owned()),
        };
        let read = match pieces.peek()? {
            None => return Ok(reading),
            Some(b'[') => pieces.list(&parse, &mut task),
            Some(b'{') => pieces.several(&mut |pieces| Ok(pieces.peek()? == Some(b'{')), &parse, &mut task),
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
