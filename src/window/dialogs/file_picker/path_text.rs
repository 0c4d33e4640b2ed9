//! Paths as people type them: `~`, completion, breadcrumbs.

use std::path::{Component, Path, PathBuf};

use super::listing::Entry;

/// The user's own folder.
pub fn home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

/// What a typed path means: `~` is the user's folder, and a relative path counts from `folder`.
pub fn meant(typed: &str, folder: &Path) -> PathBuf {
    let typed = typed.trim();
    if let Some(rest) = typed.strip_prefix('~')
        && (rest.is_empty() || rest.starts_with(std::path::is_separator))
        && let Some(home) = home()
    {
        let rest = rest.trim_start_matches(std::path::is_separator);
        return if rest.is_empty() { home } else { home.join(rest) };
    }
    plain(&folder.join(typed))
}

/// A path without `.` and `..` in it. Links are not looked up: `..` means what people read.
pub fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    out.push(part);
                }
            }
            part => out.push(part),
        }
    }
    out
}

/// A typed path cut after its last separator: the folder, separator included, and the beginning of a name.
pub fn cut(typed: &str) -> (&str, &str) {
    match typed.rfind(std::path::is_separator) {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    }
}

/// What the beginning of a name may become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// As much as is sure, a separator after a folder that is the only one.
    pub text: String,
    /// The names that fit.
    pub names: Vec<String>,
}

/// Completes the beginning of a name, whatever the case. Hidden names only if the beginning has the dot. Nothing if no name fits.
pub fn complete<'e>(beginning: &str, entries: impl IntoIterator<Item = &'e Entry>) -> Option<Completion> {
    let folded = beginning.to_lowercase();
    let fits = |e: &&Entry| e.folded().starts_with(&folded) && (!e.hidden() || beginning.starts_with('.'));
    let fitting: Vec<&Entry> = entries.into_iter().filter(fits).collect();
    let first = fitting.first()?;
    let mut text = first.name.clone();
    for entry in &fitting[1..] {
        let same =
            text.chars().zip(entry.name.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()));
        let bytes = same.map(|(a, _)| a.len_utf8()).sum();
        text.truncate(bytes);
    }
    if fitting.len() == 1 && first.folder {
        text.push(std::path::MAIN_SEPARATOR);
    }
    Some(Completion { text, names: fitting.iter().map(|e| e.name.clone()).collect() })
}

/// The steps from the root to a folder: what to show, and where it leads.
pub fn crumbs(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut at = PathBuf::new();
    let mut steps: Vec<(String, PathBuf)> = Vec::new();
    for part in folder.components() {
        at.push(part);
        match part {
            // `C:` and `\` are one step.
            Component::RootDir if !steps.is_empty() => {
                if let Some(last) = steps.last_mut() {
                    last.1.clone_from(&at);
                }
            }
            part => steps.push((part.as_os_str().to_string_lossy().into_owned(), at.clone())),
        }
    }
    steps
}

/// The nearest folder at or above this one that is there.
pub fn nearest_folder(path: &Path) -> PathBuf {
    path.ancestors()
        .find(|p| p.is_dir())
        .map(Path::to_owned)
        .or_else(home)
        .unwrap_or_else(|| PathBuf::from(std::path::MAIN_SEPARATOR_STR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::MAIN_SEPARATOR;

    fn entries(names: &[&str]) -> Vec<Entry> {
        names
            .iter()
            .map(|name| match name.strip_suffix('/') {
                Some(folder) => Entry::new(folder.into(), true),
                None => Entry::new((*name).into(), false),
            })
            .collect()
    }

    #[test]
    fn completion_goes_as_far_as_it_is_sure() {
        let there = entries(&["Мои статьи/", "Мои стихи/", "мост.txt", "Книги/", ".config/"]);
        let done = |typed: &str| complete(typed, &there).map(|c| (c.text, c.names.len()));
        assert_eq!(done("мои"), Some(("Мои ст".into(), 2)));
        assert_eq!(done("Мои стА"), Some((format!("Мои статьи{MAIN_SEPARATOR}"), 1)));
        assert_eq!(done("мо"), Some(("Мо".into(), 3)));
        assert_eq!(done("мост"), Some(("мост.txt".into(), 1)));
        assert_eq!(done(".c"), Some((format!(".config{MAIN_SEPARATOR}"), 1)));
        assert_eq!(done("нет"), None);
        assert_eq!(complete("", &entries(&[".config/"])), None);
    }

    #[cfg(unix)]
    #[test]
    fn typed_paths_mean_what_people_mean() {
        let here = Path::new("/data/Статьи");
        assert_eq!(meant("январь 2026", here), Path::new("/data/Статьи/январь 2026"));
        assert_eq!(meant("../other/./x", here), Path::new("/data/other/x"));
        assert_eq!(meant(" /etc ", here), Path::new("/etc"));
        assert_eq!(meant("~", here), home().unwrap());
        assert_eq!(meant("~/x", here), home().unwrap().join("x"));
        assert_eq!(meant("~x", here), Path::new("/data/Статьи/~x"));
        assert_eq!(cut("/data/Ста"), ("/data/", "Ста"));
    }

    #[cfg(unix)]
    #[test]
    fn crumbs_lead_back() {
        let steps = crumbs(Path::new("/data/Мои статьи"));
        let names: Vec<&str> = steps.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["/", "data", "Мои статьи"]);
        assert_eq!(steps[1].1, Path::new("/data"));
    }
}
