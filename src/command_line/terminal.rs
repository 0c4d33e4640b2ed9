//! The two streams, progress, and Ctrl-C.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::outcome::Failure;
use crate::session::exchange::Progress;

/// Writes the answer, or a piece of it, to stdout.
///
/// # Errors
/// Nobody reads it any more, which ends the command quietly, or it could not be written.
pub(super) fn answer(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| match text.ends_with('\n') {
        true => Ok(()),
        false => out.write_all(b"\n"),
    });
    written.and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Disk(format!("could not write to stdout: {error}")),
    })
}

/// Writes one JSON document to stdout.
///
/// # Errors
/// As [`answer`].
pub(super) fn answer_json(document: &serde_json::Value) -> Result<(), Failure> {
    answer(&format!("{document:#}"))
}

/// Says something to people, on stderr. If nobody can hear it, nothing is lost but the message.
pub(super) fn say(message: impl Display) {
    let _nobody_hears = writeln!(io::stderr().lock(), "{message}");
}

static STOP: AtomicBool = AtomicBool::new(false);

/// From here on Ctrl-C asks to stop at the next good moment; a second one stops at once.
pub(super) fn listen_for_ctrl_c() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let set = ctrlc::set_handler(|| {
            if STOP.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        });
        if let Err(error) = set {
            tracing::warn!("Ctrl-C will stop the program at once: {error}");
        }
    });
}

/// Whether Ctrl-C was pressed.
pub(super) fn is_stopped() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// A bar on stderr, if that is a terminal and the work takes long enough to be looked at.
pub(super) fn progress(length: u64, what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10))
        .with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

/// Progress of long work as a bar on stderr, stopped by Ctrl-C.
pub(super) struct OnTerminal {
    what: &'static str,
    bar: Mutex<ProgressBar>,
}

impl OnTerminal {
    /// `what` is what is being done, before the bar: `Exporting`.
    pub fn new(what: &'static str) -> Self {
        Self { what, bar: Mutex::new(ProgressBar::hidden()) }
    }

    fn bar(&self) -> MutexGuard<'_, ProgressBar> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for OnTerminal {
    fn begin(&self, steps: u64) {
        *self.bar() = progress(steps, self.what);
    }

    fn step(&self, by: u64) {
        self.bar().inc(by);
    }

    fn end(&self) {
        self.bar().finish_and_clear();
    }

    fn is_stopped(&self) -> bool {
        is_stopped()
    }
}

/// `1 span`, `3 spans`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
