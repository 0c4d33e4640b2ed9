//! The program: command line or window, nothing else.

use std::process::ExitCode;

use postil::command_line::{Exit, crash, run};

/// The system's allocator keeps what a thread gave back for that thread. Checking and saving on threads of their own beside the window then
/// doubled the memory of a large article within a thousand edits, and an edit took twice as long.
#[cfg(feature = "gui")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crash::install();
    // The hook has written the report by the time the panic arrives here.
    let exit = std::panic::catch_unwind(run).unwrap_or(Exit::Bug);
    ExitCode::from(exit as u8)
}
