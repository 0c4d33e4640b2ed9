//! One writer a set of annotations: an advisory lock that says who holds it, and that ends with the process, however that ends.

use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use thiserror::Error;

use super::atomic::write_atomically;
use super::error::StoreError;
use super::names::{safe_name, safe_path};
use super::project::make_private_folder;

/// Who has a set of annotations open for writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldBy {
    /// The process; 0 if not known.
    pub pid: u32,
    /// Since when, RFC 3339; empty if not known.
    pub since: String,
    /// On which machine; empty if not known.
    pub host: String,
}

/// Why the lock was not given.
#[derive(Debug, Error)]
pub enum LockRefused {
    /// Someone has it.
    #[error(
        "These annotations are open in another window (process {} on {}, since {}); this one shows them read-only. Close the other \
         window to edit here.", .0.pid, .0.host, .0.since
    )]
    Held(HeldBy),
    /// Nobody can have it: the folder may not be written to, say.
    #[error("{0}")]
    Unavailable(#[from] StoreError),
}

/// The right to write a set of annotations, held until this is dropped or the process ends.
#[derive(Debug)]
pub struct SetLock {
    // Closing the file lets the lock go.
    _file: File,
}

impl SetLock {
    /// Takes the lock on the annotations of an annotator on an article, or says who has it.
    ///
    /// # Errors
    /// [`LockRefused::Held`] if someone has it; [`LockRefused::Unavailable`] if there can be no lock.
    pub fn try_take(root: &Path, annotator: &str, article: &str) -> Result<Self, LockRefused> {
        let path = lock_path(root, annotator, article);
        let folder = path.parent().unwrap_or(root);
        make_private_folder(root)
            .and_then(|_| fs::create_dir_all(folder))
            .map_err(StoreError::io("could not make the folder", folder))?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(StoreError::io("could not open the lock", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockRefused::Held(holder(&path))),
            Err(TryLockError::Error(error)) => {
                return Err(StoreError::io("could not lock", &path)(error).into());
            }
        }
        let held = HeldBy {
            pid: std::process::id(),
            since: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            host: host(),
        };
        // The lock holds without it; only the message to others would say less.
        let _for_information =
            serde_json::to_vec(&held).map(|said| write_atomically(&holder_path(&path), &said));
        Ok(Self { _file: file })
    }

    /// Who has the lock, without taking it and without leaving a trace on the disk.
    pub fn held_by(root: &Path, annotator: &str, article: &str) -> Option<HeldBy> {
        let path = lock_path(root, annotator, article);
        let file = OpenOptions::new().write(true).open(&path).ok()?;
        // Let go at once if it was free, as the file is closed here.
        matches!(file.try_lock(), Err(TryLockError::WouldBlock)).then(|| holder(&path))
    }
}

fn lock_path(root: &Path, annotator: &str, article: &str) -> PathBuf {
    root.join(super::project::PRIVATE)
        .join("locks")
        .join(safe_name(annotator))
        .join(format!("{}.lock", safe_path(article)))
}

/// Beside the lock, since on Windows a locked file cannot be read by others.
fn holder_path(lock: &Path) -> PathBuf {
    lock.with_extension("lock-holder")
}

fn holder(lock: &Path) -> HeldBy {
    fs::read(holder_path(lock)).ok().and_then(|said| serde_json::from_slice(&said).ok()).unwrap_or_default()
}

/// The machine's name, for people; whatever is easily known of it.
fn host() -> String {
    let from_file = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let from_environment = || std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok();
    from_file()
        .or_else(from_environment)
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let first = SetLock::try_take(dir.path(), "анна", "статьи/а б.txt").unwrap();
        match SetLock::try_take(dir.path(), "анна", "статьи/а б.txt") {
            Err(LockRefused::Held(by)) => {
                assert_eq!(by.pid, std::process::id());
                assert!(!by.since.is_empty() && !by.host.is_empty());
            }
            other => panic!("{other:?}"),
        }
        SetLock::try_take(dir.path(), "борис", "статьи/а б.txt").unwrap();
        drop(first);
        SetLock::try_take(dir.path(), "анна", "статьи/а б.txt").unwrap();
    }
}
