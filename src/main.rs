//! The program: command line or window, nothing else.

use std::process::ExitCode;

use postil::command_line::{Exit, crash, run};

/// The system's allocator keeps what a thread gave back for that thread. Checking and saving on threads of their own beside the window then
/// doubled the memory of a large article within a thousand edits, and an edit took twice as long. Readers, writers and figures, which work
/// on all cores, take two to three times as long with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Memory that is free goes back to the system at once and not a second later. Reading and checking a large article takes twice what it
/// leaves, and a window that is then looked at for an hour would keep it: measured at 10 MB with 100,000 spans, 146 instead of 233 MB,
/// with frames as quick as before. Commands, which end soon, are a tenth quicker without.
#[cfg(feature = "gui")]
#[allow(unsafe_code, reason = "the crate has no safe door to this option")]
fn give_memory_back_at_once() {
    // `mi_option_purge_delay` of mimalloc.h, in milliseconds, between 14 and 16, which the crate names.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    // SAFETY: writes one number into a table of options, which mimalloc allows at any time; no other thread runs yet.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) };
}

#[cfg(not(feature = "gui"))]
fn give_memory_back_at_once() {}

fn main() -> ExitCode {
    crash::install();
    // The hook has written the report by the time the panic arrives here.
    let exit = std::panic::catch_unwind(|| run(give_memory_back_at_once)).unwrap_or(Exit::Bug);
    ExitCode::from(exit as u8)
}
