//! Reading a folder away from the window's thread.

use std::cmp::Ordering;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering as Memory};
use std::time::{Duration, SystemTime};

use crossbeam_channel::{Receiver, bounded};

use crate::model::natural_order;
use crate::store::SETTINGS;

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name as shown; what is not Unicode in it is replaced.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Whether it is a folder, links followed.
    pub folder: bool,
    /// Whether it is a project's folder.
    pub project: bool,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed.
    pub modified: Option<SystemTime>,
    folded: String,
}

impl Entry {
    /// An entry as it would be read.
    pub fn new(path: PathBuf, folder: bool) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { folded: name.to_lowercase(), project: false, size: 0, modified: None, folder, name, path }
    }

    /// Whether it is hidden by its name.
    pub fn hidden(&self) -> bool {
        self.name.starts_with('.')
    }

    /// The name in small letters.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// By name, folders first, numbers in names as numbers, whatever the case.
    pub fn by_name(&self, other: &Self) -> Ordering {
        (other.folder.cmp(&self.folder)).then_with(|| natural_order(&self.folded, &other.folded))
    }
}

/// What a folder holds, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folder.
    pub folder: PathBuf,
    /// Whether it is a project itself.
    pub project: bool,
    /// What is in it, hidden things included.
    pub entries: Vec<Entry>,
}

/// Why a folder cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingFault {
    /// It is not there.
    #[error("There is no such folder.")]
    NotThere,
    /// The system does not allow it.
    #[error("You have no right to read this folder.")]
    NoRights,
    /// It is a file.
    #[error("This is a file, not a folder.")]
    NotAFolder,
    /// Anything else, in the system's words.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for ListingFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotThere,
            io::ErrorKind::PermissionDenied => Self::NoRights,
            io::ErrorKind::NotADirectory => Self::NotAFolder,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// Reads a folder. `count` grows while it goes on; `stop` ends it early with what was read.
///
/// # Errors
/// The folder cannot be read. Single entries that cannot be looked at are listed without size and date.
pub fn read_folder(folder: &Path, count: &AtomicUsize, stop: &AtomicBool) -> Result<Listing, ListingFault> {
    let mut entries = Vec::new();
    // Not every system says of itself that it is a file.
    let not_a_folder =
        |error: io::Error| if folder.is_file() { ListingFault::NotAFolder } else { error.into() };
    for found in std::fs::read_dir(folder).map_err(not_a_folder)? {
        if stop.load(Memory::Relaxed) {
            break;
        }
        let Ok(found) = found else { continue };
        let path = found.path();
        // Links are followed, so that a link to a folder is one; a link to nowhere is a file of no size.
        let meta = std::fs::metadata(&path).or_else(|_| found.metadata());
        let mut entry = Entry::new(path, meta.as_ref().is_ok_and(std::fs::Metadata::is_dir));
        if let Ok(meta) = meta {
            entry.size = meta.len();
            entry.modified = meta.modified().ok();
        }
        entry.project = entry.folder && is_project(&entry.path);
        entries.push(entry);
        count.fetch_add(1, Memory::Relaxed);
    }
    entries.sort_by(Entry::by_name);
    Ok(Listing { project: is_project(folder), folder: folder.to_owned(), entries })
}

/// Whether a folder is a project's root.
pub fn is_project(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file()
}

/// A folder being read. Dropping it ends the reading.
#[derive(Debug)]
pub struct Reading {
    /// Which folder.
    pub folder: PathBuf,
    answer: Receiver<Result<Listing, ListingFault>>,
    count: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Reading {
    /// Begins to read a folder; `wake` is called when the answer is there.
    pub fn start(folder: PathBuf, wake: impl FnOnce() + Send + 'static) -> Self {
        let (sender, answer) = bounded(1);
        let (count, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (path, counted, stopped) = (folder.clone(), count.clone(), stop.clone());
        let spoken = sender.clone();
        let work = move || {
            let listing = read_folder(&path, &counted, &stopped);
            // Nobody listens any more if the user went elsewhere.
            if sender.send(listing).is_ok() {
                wake();
            }
        };
        if let Err(error) = std::thread::Builder::new().name("read folder".into()).spawn(work) {
            let _ = spoken.try_send(Err(error.into()));
        }
        Self { folder, answer, count, stop }
    }

    /// The answer, if it comes within `patience`.
    pub fn wait(&self, patience: Duration) -> Option<Result<Listing, ListingFault>> {
        self.answer.recv_timeout(patience).ok()
    }

    /// How many entries were read so far.
    pub fn count(&self) -> usize {
        self.count.load(Memory::Relaxed)
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.store(true, Memory::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(path: &Path) {
        crate::store::write_atomically(path, b"").unwrap();
    }

    fn read(folder: &Path) -> Result<Listing, ListingFault> {
        read_folder(folder, &AtomicUsize::new(0), &AtomicBool::new(false))
    }

    #[test]
    fn folders_come_first_and_numbers_count() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["Статьи 10", "Статьи 2", "абв"] {
            std::fs::create_dir(dir.path().join(folder)).unwrap();
        }
        touch(&dir.path().join("Статьи 2").join(SETTINGS));
        for file in ["b.txt", "A.txt", ".hidden"] {
            touch(&dir.path().join(file));
        }
        let listing = read(dir.path()).unwrap();
        let names: Vec<&str> = listing.entries.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["абв", "Статьи 2", "Статьи 10", ".hidden", "A.txt", "b.txt"]);
        assert!(listing.entries[1].project && !listing.entries[2].project && !listing.project);
    }

    #[test]
    fn faults_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(&dir.path().join("нет")), Err(ListingFault::NotThere));
        touch(&dir.path().join("file"));
        assert_eq!(read(&dir.path().join("file")), Err(ListingFault::NotAFolder));
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(ListingFault::from(denied), ListingFault::NoRights);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_rights_is_said_to_be_one() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let closed = dir.path().join("closed");
        std::fs::create_dir(&closed).unwrap();
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
        let got = read(&closed);
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
        match got {
            Ok(_) => println!("left out: this user may read every folder"),
            Err(fault) => assert_eq!(fault, ListingFault::NoRights),
        }
    }

    #[test]
    fn reading_happens_elsewhere_and_wakes() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..300 {
            touch(&dir.path().join(format!("{n}.txt")));
        }
        let (woken, wake) = bounded(1);
        let reading = Reading::start(dir.path().to_owned(), move || {
            let _ = woken.send(());
        });
        wake.recv_timeout(Duration::from_secs(20)).unwrap();
        let listing = reading.wait(Duration::ZERO).unwrap().unwrap();
        assert_eq!((listing.entries.len(), reading.count()), (300, 300));
        assert_eq!(listing.entries[2].name, "2.txt");
    }
}
