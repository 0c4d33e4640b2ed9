//! What happens on a bug: a report is written, and the message says where it lies.

use std::fmt::Write as _;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::store::write_atomically;

/// The folder for reports; the project's own, once it is known which.
static FOLDER: Mutex<Option<PathBuf>> = Mutex::new(None);

/// From here on reports lie in the private folder of this project, where its journal is too.
pub fn report_into(folder: &Path) {
    if let Ok(mut at) = FOLDER.lock() {
        *at = Some(folder.to_owned());
    }
}

/// From here on a panic writes a report and says where it lies, instead of filling the terminal.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let report = report(panic);
        let said = match write(&report) {
            Some(path) => format!("The report lies in {}; please send it in.", path.display()),
            None => format!("The report could not be written; here it is:\n{report}"),
        };
        super::terminal::say(format!("Postil ran into a fault of its own: {}\n{said}", message(panic)));
    }));
}

fn message(panic: &PanicHookInfo) -> String {
    let payload = panic.payload();
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

fn report(panic: &PanicHookInfo) -> String {
    let mut report = String::new();
    // Writing to a String cannot fail.
    let _infallible = writeln!(
        report,
        "Postil {} on {} {}\n{}\n\n{}\nat {}\nin thread {:?}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        jiff::Timestamp::now(),
        message(panic),
        panic.location().map_or_else(|| "a place that is not known".to_owned(), ToString::to_string),
        std::thread::current().name().unwrap_or("without a name"),
        std::backtrace::Backtrace::force_capture(),
    );
    report
}

/// Writes the report into the project's private folder, else where temporary files go.
fn write(report: &str) -> Option<PathBuf> {
    let name = format!("fault-{}-{}.txt", jiff::Timestamp::now().as_millisecond(), std::process::id());
    // A panic while the folder is being set would make this wait for ever.
    let project = FOLDER.try_lock().ok().and_then(|folder| folder.clone());
    let folders = project.into_iter().chain([std::env::temp_dir()]);
    folders.map(|folder| folder.join(&name)).find(|path| write_atomically(path, report.as_bytes()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_lies_where_the_project_keeps_its_own() {
        let dir = tempfile::tempdir().unwrap();
        report_into(dir.path());
        let path = write("what happened").unwrap();
        assert!(path.starts_with(dir.path()), "{path:?}");
        assert_eq!(std::fs::read_to_string(path).unwrap(), "what happened");
        // Where that cannot be written, it lies among the temporary files.
        report_into(&dir.path().join("fault").join("\0"));
        let path = write("what happened").unwrap();
        assert!(path.starts_with(std::env::temp_dir()), "{path:?}");
        std::fs::remove_file(path).unwrap();
    }
}
