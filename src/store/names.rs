//! Names of files and folders that every system takes, and paths that stay inside the project.

use super::digest::Digest;
use super::error::StoreError;
use crate::text::floor_grapheme;

/// The longest name that is safe on every disk, in bytes of UTF-8, with room for an ending.
const LONGEST: usize = 200;

/// A name that Windows, macOS and Linux all take as one file's or folder's. What they would not take is replaced, and a mark of
/// the whole name added, so that two names never become one.
pub fn safe_name(name: &str) -> String {
    let mut safe: String = name
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    let kept = safe.trim_end_matches(['.', ' ']).len();
    safe.truncate(kept);
    if is_reserved(&safe) || safe.starts_with('.') {
        safe.insert(0, '_');
    }
    safe.truncate(floor_grapheme(&safe, LONGEST));
    if safe == name && !safe.is_empty() {
        return safe;
    }
    format!("{safe}~{}", &Digest::of(name.as_bytes()).short()[..6])
}

/// A `/` path of names that are each safe; empty and dotted steps are left out.
pub fn safe_path(path: &str) -> String {
    let steps: Vec<String> =
        path.split('/').filter(|step| !matches!(*step, "" | "." | "..")).map(safe_name).collect();
    steps.join("/")
}

/// The names of devices, which on Windows no file may have, whatever its ending.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || matches!(stem.strip_prefix("COM").or(stem.strip_prefix("LPT")), Some(digit) if digit.len() == 1 && digit != "0" && digit.as_bytes()[0].is_ascii_digit())
}

/// Refuses a path that leads out of the project, into its hidden folders, or that some system cannot hold.
///
/// # Errors
/// [`StoreError::BadPath`] says why.
pub fn inside(path: &str) -> Result<&str, StoreError> {
    let why = if path.is_empty() {
        "it is empty"
    } else if path.starts_with('/') || path.contains('\\') {
        "it must be relative to the project's folder, with `/` between the steps"
    } else if path.split('/').any(|step| step == "..") {
        "`..` leads out of the project"
    } else if path.split('/').any(|step| step.is_empty() || step == ".") {
        "a step of it is empty"
    } else if path.split('/').any(|step| step.starts_with('.')) {
        "names that begin with a dot are hidden, and the project would not find the file again"
    } else if path.split('/').any(|step| safe_name(step) != step) {
        "a name in it is too long or has signs that not every system allows in names, such as : or ?"
    } else {
        return Ok(path);
    };
    Err(StoreError::BadPath { path: path.to_owned(), why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_names_stay_as_they_are() {
        for name in ["a.txt", "Переговоры в Давосе", "anna", "gpt-4.1", "COM10.txt", "console"]
        {
            assert_eq!(safe_name(name), name);
        }
    }

    #[test]
    fn unusual_names_become_safe_and_stay_apart() {
        assert!(safe_name("a:b").starts_with("a_b~"));
        assert_ne!(safe_name("a:b"), safe_name("a?b"));
        assert!(safe_name("nul.txt").starts_with("_nul.txt~"));
        assert!(safe_name("end.").starts_with("end~"));
        assert!(safe_name("..").starts_with('~'), "{}", safe_name(".."));
    }

    #[test]
    fn escapes_are_refused() {
        for path in [
            "../a.txt",
            "a/../../b.txt",
            "/etc/passwd",
            "C:\\a.txt",
            "C:/a.txt",
            "a//b",
            "",
            ".postil/x",
            "a/./b",
            "a\0b",
        ] {
            assert!(inside(path).is_err(), "{path}");
        }
        assert!(inside("статьи/2026/давос 1.txt").is_ok());
    }

    proptest! {
        #[test]
        fn safe_names_are_short_and_stay_safe(name in any::<String>()) {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= LONGEST + 8);
            prop_assert!(!safe.contains(['/', '\\', ':', '\0']) && safe != "." && safe != "..");
        }
    }
}
