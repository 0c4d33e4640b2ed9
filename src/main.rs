//! The program: command line or window, nothing else.

use std::process::ExitCode;

use postil::command_line::{Exit, crash, run};

fn main() -> ExitCode {
    crash::install();
    // The hook has written the report by the time the panic arrives here.
    let exit = std::panic::catch_unwind(run).unwrap_or(Exit::Bug);
    ExitCode::from(exit as u8)
}
