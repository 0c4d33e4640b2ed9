//! Writing a project that is built into the program into a folder.

use std::path::Path;

use super::atomic::write_atomically;
use super::error::StoreError;
use super::names::safe_name;
use super::project::SETTINGS;

/// Writes files, by their relative `/` paths, into a folder; `postil.ron` last, so that what fails half-way is no project.
///
/// # Errors
/// The folder holds a project or a file that would be written over; a path leads out of the folder; the system refuses.
pub fn write_embedded<'a>(
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    dir: &Path,
) -> Result<(), StoreError> {
    if dir.join(SETTINGS).exists() {
        return Err(StoreError::AlreadyProject(dir.to_owned()));
    }
    let mut files: Vec<(&str, &[u8])> = files.collect();
    files.sort_by_key(|(path, _)| (*path == SETTINGS, *path));
    for (path, _) in &files {
        // `.gitignore` and the like are welcome, unlike in names that users give.
        let escapes = path.split('/').any(|step| matches!(step, "" | "." | ".."));
        if escapes
            || path
                .split('/')
                .any(|step| safe_name(step.trim_start_matches('.')) != step.trim_start_matches('.'))
        {
            return Err(StoreError::BadPath { path: (*path).to_owned(), why: "it leads out of the folder" });
        }
        let target = dir.join(path);
        if target.exists() {
            return Err(StoreError::OtherContents { existing: target, new: path.into() });
        }
    }
    for (path, bytes) in files {
        let target = dir.join(path);
        write_atomically(&target, bytes).map_err(StoreError::io("could not write", &target))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_and_nothing_is_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let files = [("postil.ron", &b"(format: 1)"[..]), ("статьи/a b.txt", b"text"), (".gitignore", b"x")];
        write_embedded(files.into_iter(), dir.path()).unwrap();
        assert_eq!(std::fs::read(dir.path().join("статьи/a b.txt")).unwrap(), b"text");
        assert!(matches!(write_embedded(files.into_iter(), dir.path()), Err(StoreError::AlreadyProject(_))));
        let outside = [("../x", &b"x"[..])];
        assert!(write_embedded(outside.into_iter(), dir.path().join("y").as_path()).is_err());
    }
}
