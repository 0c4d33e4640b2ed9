//! Whether a folder can take a new project.

use std::path::{Path, PathBuf};

use super::file_picker::is_project;

/// How a folder suits a new project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderState {
    /// It will be made.
    New,
    /// It is there and empty.
    Empty,
    /// It holds something; the project's files will stand beside it.
    HoldsThings,
    /// It lies inside another project.
    InsideProject,
    /// No folder is named.
    Unnamed,
    /// It is a project already.
    IsProject,
    /// A file has this path.
    IsFile,
    /// A step of the path above it is a file.
    BelowFile,
    /// Nothing can be written there.
    NoRights,
    /// The path does not begin at a root.
    Relative,
}

impl FolderState {
    /// Whether a project can be made.
    pub fn allows(self) -> bool {
        matches!(self, Self::New | Self::Empty | Self::HoldsThings | Self::InsideProject)
    }

    /// The words' key of what to tell the user.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "folder-new",
            Self::Empty => "folder-empty",
            Self::HoldsThings => "folder-holds-things",
            Self::InsideProject => "folder-inside-project",
            Self::Unnamed => "folder-unnamed",
            Self::IsProject => "folder-is-project",
            Self::IsFile => "folder-is-file",
            Self::BelowFile => "folder-below-file",
            Self::NoRights => "folder-no-rights",
            Self::Relative => "folder-relative",
        }
    }
}

/// Looks at a folder. Nothing is left behind: rights are tried with a file that never gets a name, where the system can do that.
pub fn check_folder(path: &Path) -> FolderState {
    if path.as_os_str().is_empty() {
        return FolderState::Unnamed;
    }
    if path.is_relative() {
        return FolderState::Relative;
    }
    if path.is_file() {
        return FolderState::IsFile;
    }
    if is_project(path) {
        return FolderState::IsProject;
    }
    let Some(there) = path.ancestors().find(|p| p.exists()) else {
        return FolderState::NoRights;
    };
    if !there.is_dir() {
        return FolderState::BelowFile;
    }
    if tempfile::tempfile_in(there).is_err() {
        return FolderState::NoRights;
    }
    if path.ancestors().skip(1).any(is_project) {
        return FolderState::InsideProject;
    }
    match std::fs::read_dir(path).map(|mut dir| dir.next().is_none()) {
        Ok(true) => FolderState::Empty,
        Ok(false) => FolderState::HoldsThings,
        Err(_) if path.is_dir() => FolderState::NoRights,
        Err(_) => FolderState::New,
    }
}

/// A folder's name made of a project's: what some system does not take in names becomes a space, and runs of spaces become one.
pub fn folder_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || "<>:\"/\\|?*".contains(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined: String = words.join(" ").chars().take(80).collect();
    joined.trim_matches(['.', ' ']).to_owned()
}

/// The folder proposed for a project of this name: in `parent`, with a number if that folder is taken.
pub fn proposed_folder(parent: &Path, name: &str) -> PathBuf {
    let name = folder_name(name);
    if name.is_empty() {
        return parent.to_owned();
    }
    let free = |path: &PathBuf| {
        matches!(check_folder(path), FolderState::New | FolderState::Empty | FolderState::InsideProject)
    };
    let first = parent.join(&name);
    // Where nothing at all may be written a number would not help.
    if free(&first) || check_folder(&first) == FolderState::NoRights {
        return first;
    }
    (2..100).map(|n| parent.join(format!("{name} {n}"))).find(free).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(path: &Path) {
        crate::store::write_atomically(path, b"").unwrap();
    }

    #[test]
    fn folders_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir(at("пустая папка")).unwrap();
        std::fs::create_dir(at("полная")).unwrap();
        touch(&at("полная").join("a.txt"));
        std::fs::create_dir(at("project")).unwrap();
        touch(&at("project").join("postil.ron"));
        touch(&at("file"));
        for (path, expected) in [
            ("новая", FolderState::New),
            ("новая/глубже", FolderState::New),
            ("пустая папка", FolderState::Empty),
            ("полная", FolderState::HoldsThings),
            ("project", FolderState::IsProject),
            ("project/inside", FolderState::InsideProject),
            ("file", FolderState::IsFile),
            ("file/inside", FolderState::BelowFile),
        ] {
            assert_eq!(check_folder(&at(path)), expected, "{path}");
        }
        assert_eq!(check_folder(Path::new("")), FolderState::Unnamed);
        assert_eq!(check_folder(Path::new("a/b")), FolderState::Relative);
        assert!(!FolderState::NoRights.allows() && FolderState::HoldsThings.allows());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_written_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
        let got = check_folder(&dir.path().join("new"));
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        match got {
            FolderState::New => println!("left out: this user may write everywhere"),
            got => assert_eq!(got, FolderState::NoRights),
        }
        // A place where even an administrator cannot write.
        if Path::new("/proc/self").exists() {
            assert_eq!(check_folder(Path::new("/proc/new")), FolderState::NoRights);
        }
    }

    #[test]
    fn proposals_are_free_and_safe() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(folder_name("  Переговоры: январь / 2026? "), "Переговоры январь 2026");
        assert_eq!(folder_name("..."), "");
        let name = "Кто чего хочет";
        assert_eq!(proposed_folder(dir.path(), name), dir.path().join(name));
        std::fs::create_dir(dir.path().join(name)).unwrap();
        assert_eq!(proposed_folder(dir.path(), name), dir.path().join(name));
        touch(&dir.path().join(name).join("x"));
        assert_eq!(proposed_folder(dir.path(), name), dir.path().join("Кто чего хочет 2"));
    }
}
