//! Writing a file so that it is either the old one or the new one, whatever happens: the only place that writes over files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the names of files begin that are not finished. They are hidden, never read as data, and removed when they are old.
pub(super) const UNFINISHED: &str = ".postil-unfinished-";

/// Writes the whole file: into a temporary file beside it, synced to the disk, renamed over it, and the folder synced.
///
/// A symbolic link is followed and stays a link; an existing file's permissions are kept. Folders on the way are made.
///
/// # Errors
/// Whatever the system says. The old file is then still there, whole.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = followed(path)?;
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    let kept = match fs::metadata(&target) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // A read-only file is a decision of its owner; renaming over it would go round that decision.
        Ok(there) if there.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(there) => Some(there.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    #[cfg(unix)]
    if kept.is_none() {
        use std::os::unix::fs::PermissionsExt;
        // What any program gives a new file; the user's umask narrows it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut unfinished = builder.tempfile_in(folder)?;
    unfinished.write_all(bytes)?;
    if let Some(kept) = kept {
        unfinished.as_file().set_permissions(kept)?;
    }
    unfinished.as_file().sync_all()?;
    unfinished.persist(&target).map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Where a chain of symbolic links ends, even if nothing is there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..40 {
        match fs::read_link(&at) {
            Ok(next) => at = at.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(at),
        }
    }
    Err(io::Error::other("the symbolic links run in a circle"))
}

/// Makes a rename in this folder last through a power cut. On Windows there is no such call, and none is needed.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Removes what a killed program left unfinished in a folder and below: only files of this program's own naming that nobody has
/// touched for an hour, since a younger one may be in the making.
pub(super) fn sweep(folder: &Path, depth: u32) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && depth > 0 {
            sweep(&entry.path(), depth - 1);
        }
        let ours = !is_folder && entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let old = || {
            let age = entry.metadata().and_then(|m| m.modified()).map(|at| at.elapsed());
            age.is_ok_and(|age| age.is_ok_and(|age| age.as_secs() > 3600))
        };
        if ours && old() {
            // Left-overs that cannot be removed harm nobody.
            let _unharmful = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;

    #[test]
    fn makes_folders_and_leaves_nothing_unfinished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("папка с пробелом/ещё/файл.ron");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_follows_links() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        fs::write(&real, b"one").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("real", &link).unwrap();
        write_atomically(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"two");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn only_old_unfinished_files_of_our_own_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["below/.postil-unfinished-old", ".postil-unfinished-young", "below/old.ron"];
        fs::create_dir(dir.path().join("below")).unwrap();
        for name in names {
            let file = File::create(dir.path().join(name)).unwrap();
            let age = if name.contains("old") { 7200 } else { 0 };
            file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
        }
        sweep(dir.path(), 3);
        assert_eq!(names.map(|name| dir.path().join(name).exists()), [false, true, true]);
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::create_dir(&path).unwrap();
        assert!(write_atomically(&path, b"x").is_err());
        assert!(path.is_dir());
        let file = dir.path().join("b");
        fs::write(&file, b"old").unwrap();
        assert!(write_atomically(&file.join("below"), b"x").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"old");
    }
}
