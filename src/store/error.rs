//! What can go wrong with a project on disk: each message says what, where, and what to do.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

use super::digest::Digest;
use crate::model::FileFault;

/// Why something about a project could not be done. Nothing was changed then, unless the message says so.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A file cannot be used as it is.
    #[error("{0}")]
    Fault(#[from] FileFault),
    /// The disk or the system refused.
    #[error("{what} {}: {cause}. {}", .path.display(), cure(.cause))]
    Io {
        /// What was tried: `could not write`.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// There is a project already.
    #[error("{} already holds a project. Open it, or choose another folder for the new one.", .0.display())]
    AlreadyProject(PathBuf),
    /// A new project would write over a file.
    #[error("{} is already there with other contents, and a new project must not write over it. Move it away, or choose another folder.", .0.display())]
    InTheWay(PathBuf),
    /// There is no project.
    #[error(
        "There is no project at {} or above it: no postil.ron. Make one with `postil new`, or name the right folder.", .0.display()
    )]
    NoProject(PathBuf),
    /// A schema template of this name does not exist.
    #[error("There is no built-in schema `{name}`{}. Built in are: {known}. To use a file, give its path.", suggestion(.near))]
    UnknownTemplate {
        /// What was asked for.
        name: String,
        /// The built-in ones.
        known: String,
        /// The one that was probably meant.
        near: Option<String>,
    },
    /// Something else lies where a file should go.
    #[error(
        "{} is already there with other contents, and articles are never overwritten. Rename the new file (now {}) and add it again.",
        .existing.display(), .new.display()
    )]
    OtherContents {
        /// What is there.
        existing: PathBuf,
        /// What should have gone there.
        new: PathBuf,
    },
    /// A file that cannot become an article.
    #[error("{} cannot be an article: {why}", .path.display())]
    NotAnArticle {
        /// The file.
        path: PathBuf,
        /// Why not, and what to do.
        why: String,
    },
    /// A path that leads out of the project or cannot be a file's name.
    #[error("`{path}` cannot be a path inside the project: {why}")]
    BadPath {
        /// The path.
        path: String,
        /// Why not.
        why: &'static str,
    },
    /// A list could not be read when the project was opened, so it must not be written over.
    #[error(
        "{file} is not saved, because it could not be read and saving would wipe out what is in it ({fault}). Mend it first, then open the project again."
    )]
    Broken {
        /// The file.
        file: String,
        /// What was wrong with it.
        fault: Box<FileFault>,
    },
    /// Someone else changed the same things.
    #[error("{file} was changed by someone else, who changed the same things otherwise: {}. Nothing was overwritten. Decide for each whose is right.", .things.join(", "))]
    Conflict {
        /// The file.
        file: String,
        /// What both changed: `entities witkoff name`.
        things: Vec<String>,
    },
}

/// Why a set of annotations could not be saved. What is on disk is unharmed in every case.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The file is not the one that was read.
    #[error("{} was changed by someone else since it was read, so it was not overwritten. Take in their changes first.", .path.display())]
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
        /// What is there now; `None` if it is gone.
        found: Option<Digest>,
    },
    /// The disk or the system refused.
    #[error("could not write {}: {cause}. {}", .path.display(), cure(.cause))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

impl StoreError {
    pub(super) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Io { what, path, cause }
    }
}

fn suggestion(near: &Option<String>) -> String {
    near.as_ref().map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// What to do about an error of the system, as one sentence.
pub fn cure(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "You have no right to do this there: change the permissions of the file and its folder, or use another folder."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The disk is full: free some space and try again; what is on disk is unharmed."
        }
        io::ErrorKind::ReadOnlyFilesystem => "The disk is read-only: copy the project to another one.",
        io::ErrorKind::NotFound => "Look whether it was moved or renamed.",
        io::ErrorKind::AlreadyExists => "Something of that name is there already: choose another name.",
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
            "A folder stands where a file should be, or the other way round: move it away."
        }
        io::ErrorKind::InvalidFilename => "The name is too long or not allowed on this disk: choose another.",
        _ => "Look whether the disk is there and in order, then try again.",
    }
}
