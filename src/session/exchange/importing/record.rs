//! What an import wrote, and over what: kept in the project's private folder, so that it can be taken back.
//!
//! An import has a folder there, called by its number. `import.json` says which files were made, with their digests, and which were
//! written over; `old.bin` holds the bytes these had, one after another. The record is on the disk before the first file is written:
//! an import that a power cut interrupts can be taken back too.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::session::exchange::ExchangeError;
use crate::store::{Digest, PRIVATE, Project, cure, make_private_folder, write_atomically};

/// How many imports are remembered.
const REMEMBERED: u64 = 10;

/// What an import was, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHead {
    /// Its number; later ones have greater numbers.
    pub number: u64,
    /// When, RFC 3339.
    pub when: String,
    /// From which file or folder.
    pub source: String,
    /// In which format.
    pub format: String,
    /// How many sets of annotations.
    pub sets: usize,
    /// How many articles were added.
    pub articles: usize,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenFile {
    /// Its path in the project.
    pub file: String,
    /// The digest of what was written.
    pub written: Digest,
    /// What was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<OldFile>,
    /// Whose annotations on what it holds; `None` for articles and lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<(String, String)>,
}

/// What a file was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OldFile {
    pub digest: Digest,
    /// Where its bytes begin in `old.bin`.
    pub from: u64,
    /// How many they are.
    pub length: u64,
}

/// The record of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ImportRecord {
    /// The version of this file's format.
    pub version: u32,
    #[serde(flatten)]
    pub head: ImportHead,
    /// Whether all of it was written and nothing of it taken back: then every file is the written one, if nobody changed it.
    pub is_whole: bool,
    /// The files in the order in which they were written.
    pub files: Vec<WrittenFile>,
    /// The folders that were made, each after the one that it lies in.
    pub folders: Vec<String>,
}

/// The folder of all records.
fn folder_of(root: &Path) -> PathBuf {
    root.join(PRIVATE).join("imports")
}

/// The folder of the import of this number.
pub(super) fn folder(root: &Path, number: u64) -> PathBuf {
    folder_of(root).join(number.to_string())
}

/// The numbers of the imports that are remembered, the newest first.
pub(super) fn numbers(root: &Path) -> Vec<u64> {
    let Ok(entries) = std::fs::read_dir(folder_of(root)) else { return Vec::new() };
    let mut numbers: Vec<u64> =
        entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    // One without its record never began to write.
    numbers.retain(|number| folder(root, *number).join("import.json").is_file());
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers
}

/// The imports into a project that can be taken back, the newest first.
pub fn imports(project: &Project) -> Vec<ImportHead> {
    let read = |number| ImportRecord::read(&project.root, number).ok().map(|record| record.head);
    numbers(&project.root).into_iter().filter_map(read).collect()
}

impl ImportRecord {
    /// Reads the record of the import of this number.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(root: &Path, number: u64) -> Result<Self, ExchangeError> {
        let path = folder(root, number).join("import.json");
        let bytes = std::fs::read(&path).map_err(|error| {
            ExchangeError::Disk(format!("could not read {}: {error}. {}", path.display(), cure(&error)))
        })?;
        serde_json::from_slice(&bytes).map_err(|error| {
            ExchangeError::Disk(format!(
                "{} says what the last import wrote, and cannot be read ({error}). Without it the import cannot be taken back.",
                path.display()
            ))
        })
    }

    /// Writes it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn write(&self, root: &Path) -> Result<(), ExchangeError> {
        let bytes = serde_json::to_vec(self).map_err(|error| ExchangeError::Disk(error.to_string()))?;
        write_private(root, &folder(root, self.head.number).join("import.json"), &bytes)
    }

    /// Forgets an import: nothing of it is there any more, or so many came after it.
    pub fn forget(root: &Path, number: u64) {
        if let Err(error) = std::fs::remove_dir_all(folder(root, number)) {
            tracing::warn!("the record of import {number} could not be removed: {error}");
        }
    }

    /// Forgets the imports that lie far back.
    pub fn forget_old(root: &Path) {
        let numbers = numbers(root);
        let keep = usize::try_from(REMEMBERED).unwrap_or(usize::MAX);
        for number in numbers.into_iter().skip(keep) {
            Self::forget(root, number);
        }
    }
}

/// Writes a file of the private folder.
pub(super) fn write_private(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), ExchangeError> {
    make_private_folder(root).and_then(|_| write_atomically(path, bytes)).map_err(|error| {
        ExchangeError::Disk(format!(
            "could not write {}: {error}. {} Without it an import could not be taken back, so nothing was imported.",
            path.display(),
            cure(&error)
        ))
    })
}
