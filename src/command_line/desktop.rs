//! The corridor to the window: the only place of the command line that knows whether this build has one.

use std::path::{Path, PathBuf};

use super::outcome::{Exit, Failure};

/// Opens the window with a project folder, an article file, or nothing.
pub(super) fn open(path: Option<PathBuf>) -> Result<Exit, Failure> {
    if let Some(path) = path.as_deref().filter(|path| !path.exists()) {
        return Err(missing(path));
    }
    window(path)
}

/// A word that is no path is probably a mistyped command.
fn missing(path: &Path) -> Failure {
    let said = path.display().to_string();
    match said.contains(['/', '\\', '.']) {
        true => Failure::Disk(format!("There is no file or folder {said}.")),
        false => Failure::Usage(format!(
            "`{said}` is neither a command nor a file or folder. `postil --help` lists the commands."
        )),
    }
}

#[cfg(feature = "gui")]
fn window(path: Option<PathBuf>) -> Result<Exit, Failure> {
    if !has_display() {
        return without_a_display(path.as_deref());
    }
    #[cfg(windows)]
    close_a_console_of_our_own();
    match crate::window::run(path) {
        Ok(()) => Ok(Exit::Done),
        Err(error) => Err(Failure::Disk(format!("{error:#}"))),
    }
}

/// Windows opens a console for a program that is started by a click, because this one is a command line as well; it would stand empty
/// behind the window until the end. One that others use, where somebody typed the command, stays.
#[cfg(all(windows, feature = "gui"))]
#[allow(unsafe_code, reason = "the system's calls have no safe door")]
fn close_a_console_of_our_own() {
    use windows_sys::Win32::System::Console::{FreeConsole, GetConsoleProcessList};
    let mut users = [0; 2];
    // SAFETY: it writes at most as many numbers as it is told there is room for.
    let count = unsafe { GetConsoleProcessList(users.as_mut_ptr(), users.len() as u32) };
    if count == 1 {
        // SAFETY: takes nothing; what is written to the console from now on goes nowhere.
        unsafe { FreeConsole() };
    }
}

/// Whether there is a desktop to open a window on. Elsewhere than on X11 and Wayland there always is.
#[cfg(feature = "gui")]
pub(super) fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || set("DISPLAY")
        || set("WAYLAND_DISPLAY")
        || set("WAYLAND_SOCKET")
}

/// Where there is no desktop, the same window code does the main job off screen, so that one can see that it works and what it makes.
#[cfg(feature = "gui")]
fn without_a_display(path: Option<&Path>) -> Result<Exit, Failure> {
    let out = std::env::temp_dir().join("postil-tour");
    let article = path.filter(|path| path.is_file());
    super::terminal::say(format!(
        "There is no display here, so the window works off screen: watch it in the pictures under {}.",
        out.display()
    ));
    tour(&out, article)
}

#[cfg(feature = "gui")]
pub(super) fn tour(out: &Path, article: Option<&Path>) -> Result<Exit, Failure> {
    match crate::tour::run(out, article) {
        Ok(outcome) => {
            for line in &outcome.lines {
                super::terminal::answer(line)?;
            }
            Ok(if outcome.passed { Exit::Done } else { Exit::Problems })
        }
        Err(error) => Err(Failure::Disk(format!("{error:#}"))),
    }
}

/// Measures frames off screen; the JSON of it.
#[cfg(feature = "gui")]
pub(super) fn bench(
    article: &Path,
    config: &Path,
    acts: usize,
    seed: u64,
) -> Result<serde_json::Value, Failure> {
    let bench = crate::window::bench::run(article, config, acts, seed).map_err(Failure::Disk)?;
    serde_json::to_value(bench).map_err(|error| Failure::Disk(error.to_string()))
}

/// The bytes of an article on paper; the file's ending says which kind.
#[cfg(feature = "gui")]
pub(super) fn print(wanted: &super::print::Wanted<'_>, out: &Path) -> Result<Vec<u8>, Failure> {
    use crate::window::print::{Paper, PaperKind};
    let Some(kind) = PaperKind::of_path(out) else {
        return Err(Failure::Usage(format!("{} should end in .pdf, .html, .svg or .png.", out.display())));
    };
    let paper = Paper {
        article: wanted.article,
        set: wanted.set,
        schema: &wanted.project.schema,
        register: &wanted.project.register,
        codebook: &wanted.project.codebook,
        language: wanted.language,
        part: wanted.part,
        serif: wanted.serif,
        chips: wanted.chips,
    };
    paper.make(kind).map_err(|error| Failure::Disk(format!("{} was not written: {error}.", out.display())))
}

#[cfg(not(feature = "gui"))]
pub(super) fn print(_wanted: &super::print::Wanted<'_>, _out: &Path) -> Result<Vec<u8>, Failure> {
    Err(without_a_window("lay an article out"))
}

#[cfg(not(feature = "gui"))]
pub(super) fn has_display() -> bool {
    false
}

#[cfg(not(feature = "gui"))]
pub(super) fn bench(_: &Path, _: &Path, _: usize, _: u64) -> Result<serde_json::Value, Failure> {
    Err(without_a_window("measure the window"))
}

#[cfg(not(feature = "gui"))]
fn window(_path: Option<PathBuf>) -> Result<Exit, Failure> {
    Err(without_a_window("open the window"))
}

#[cfg(not(feature = "gui"))]
pub(super) fn tour(_out: &Path, _article: Option<&Path>) -> Result<Exit, Failure> {
    Err(without_a_window("give the tour"))
}

#[cfg(not(feature = "gui"))]
fn without_a_window(what: &str) -> Failure {
    Failure::Usage(format!(
        "This build of Postil is the command line alone and cannot {what}; use one built with the feature `gui`. \
         `postil --help` lists the commands."
    ))
}
