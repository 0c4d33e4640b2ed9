//! Writing a file so that it is either the old one or the new one, whatever happens: the only place that writes over files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempPath;

/// How the names of files begin that are not finished. They are hidden, never read as data, and removed when they are old.
pub(super) const UNFINISHED: &str = ".postil-unfinished-";

/// Writes the whole file: into a temporary file beside it, synced to the disk, renamed over it, and the folder synced.
///
/// A symbolic link is followed and stays a link; an existing file's permissions are kept. Folders on the way are made.
///
/// # Errors
/// Whatever the system says. The old file is then still there, whole.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = Unfinished::write(path, bytes)?.put_in_place()?;
    sync_folder(&folder)
}

/// How many threads wait for the disk at once when many files are written: more than there are cores, since they only wait, and a disk
/// syncs many files in hardly more time than one.
const WAITING: usize = 16;

/// Writes many files, each as [`write_atomically`] does; the waiting for the disk is done for all of them together. `before` is called
/// for each file before it takes its place, in the order given, in which they also take their places.
///
/// # Errors
/// The file, and what the system says. Each file is then the old one or the new one; of those before it in the list all are new if the
/// temporary files could be written, else none.
pub fn write_many(
    files: &[(PathBuf, Vec<u8>)],
    before: &mut dyn FnMut(&Path),
) -> Result<(), (PathBuf, io::Error)> {
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let work = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, bytes)) = files.get(n).filter(|_| !failed.load(Ordering::Relaxed)) else {
                return done;
            };
            let written = Unfinished::write(path, bytes);
            if written.is_err() {
                failed.store(true, Ordering::Relaxed);
            }
            done.push((n, written));
        }
    };
    let mut unfinished: Vec<(usize, io::Result<Unfinished>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..WAITING.min(files.len())).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for thread in threads {
            // A thread that panicked wrote less than it should have, which the counting below finds.
            all.extend(thread.join().unwrap_or_default());
        }
        all
    });
    unfinished.sort_unstable_by_key(|(n, _)| *n);
    let path_of = |n: usize| files.get(n).map(|(path, _)| path.clone()).unwrap_or_default();
    let mut whole = Vec::with_capacity(files.len());
    for (n, written) in unfinished {
        whole.push((n, written.map_err(|error| (path_of(n), error))?));
    }
    if whole.len() != files.len() {
        return Err((path_of(whole.len()), io::Error::other("not all of the files could be written")));
    }
    let mut folders = BTreeSet::new();
    for (n, file) in whole {
        before(&path_of(n));
        folders.insert(file.put_in_place().map_err(|error| (path_of(n), error))?);
    }
    for folder in folders {
        sync_folder(&folder).map_err(|error| (folder.clone(), error))?;
    }
    Ok(())
}

/// A file that is wholly written and on the disk, but not in its place yet. Vanishes when it is dropped. It is closed: there may be more
/// of them than a program may hold open, which is 256 files on macOS.
struct Unfinished {
    written: TempPath,
    target: PathBuf,
}

impl Unfinished {
    fn write(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let target = followed(path)?;
        let folder = folder_of(&target);
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            // What Windows says of a file that stands where a folder should be.
            io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
            _ => error,
        })?;
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
        let (mut file, written) = builder.tempfile_in(folder)?.into_parts();
        file.write_all(bytes)?;
        if let Some(kept) = kept {
            file.set_permissions(kept)?;
        }
        file.sync_all()?;
        Ok(Self { written, target })
    }

    /// Renames it into its place; gives the folder, which is to be synced.
    fn put_in_place(self) -> io::Result<PathBuf> {
        put_in_place(self.written, &self.target)?;
        Ok(folder_of(&self.target).to_owned())
    }
}

/// Renames a finished file over the one that is there, if one is.
///
/// Windows refuses that for as long as anybody has the old file open: another program that reads it, a search index, a virus scanner.
/// All of them are done in a moment, so it is tried again for about a second.
///
/// # Errors
/// What the system says, at the last try on Windows. The old file is then still there, whole, and the finished one is removed.
pub fn put_in_place(mut written: TempPath, target: &Path) -> io::Result<()> {
    let mut pause = Duration::from_millis(4);
    loop {
        let refused = match written.persist(target) {
            Ok(()) => return Ok(()),
            Err(refused) => refused,
        };
        let is_in_use = refused.error.kind() == io::ErrorKind::PermissionDenied
            || refused.error.raw_os_error() == Some(ERROR_SHARING_VIOLATION);
        if !cfg!(windows) || !is_in_use || pause > Duration::from_millis(512) {
            return Err(refused.error);
        }
        std::thread::sleep(pause);
        (written, pause) = (refused.path, pause * 2);
    }
}

/// What Windows says when another program has a file open, by its number in `winerror.h`.
const ERROR_SHARING_VIOLATION: i32 = 32;

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
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

    #[test]
    fn many_files_are_all_written_or_the_one_in_the_way_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = |n: usize| dir.path().join(format!("{}/{n}.ron", n % 3));
        let files: Vec<_> = (0..50).map(|n| (path(n), n.to_string().into_bytes())).collect();
        let mut seen = Vec::new();
        write_many(&files, &mut |path| seen.push(path.to_owned())).unwrap();
        assert_eq!(seen, files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>());
        assert!(files.iter().all(|(path, bytes)| fs::read(path).unwrap() == *bytes));
        // A folder in the way of one of them: none of the others changes.
        fs::create_dir(dir.path().join("4.ron")).unwrap();
        let mut again: Vec<_> = (0..8).map(|n| (path(n), b"new".to_vec())).collect();
        again[4].0 = dir.path().join("4.ron");
        let (at, _) = write_many(&again, &mut |_| {}).unwrap_err();
        assert_eq!(at, dir.path().join("4.ron"));
        assert!((0..8).all(|n| fs::read(path(n)).unwrap() == n.to_string().into_bytes()));
        assert_eq!(fs::read_dir(dir.path().join("0")).unwrap().count(), 17, "nothing unfinished is left");
    }

    #[cfg(windows)]
    #[test]
    fn who_reads_the_old_file_for_a_moment_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        write_atomically(&path, b"old").unwrap();
        let reader = File::open(&path).unwrap();
        let reading = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(reader);
        });
        write_atomically(&path, b"new").unwrap();
        reading.join().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
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
