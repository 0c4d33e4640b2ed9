//! Comment threads on disk: `review/threads/<author>/<article>.ron`, one file for each author and article, written by that author alone.

use std::path::Path;

use super::annotations::write_if_expected;
use super::digest::Digest;
use super::error::{SaveError, StoreError};
use super::faults::{as_text, parse, read_bytes};
use super::names::{safe_name, safe_path};
use super::project::Project;
use super::ron_text::plain_text;
use crate::model::{Comments, FileFault, natural_order};

/// Where threads lie, relative to the project's root.
pub const THREADS: &str = "review/threads";

/// Where an author's comments on an article are or would be written, relative to the project's root.
pub fn comments_path(author: &str, article: &str) -> String {
    format!("{THREADS}/{}/{}.ron", safe_name(author), safe_path(article))
}

/// Reads comments from a file's bytes.
///
/// # Errors
/// They cannot be read, with the place.
pub fn parse_comments(file: &str, bytes: &[u8]) -> Result<Comments, FileFault> {
    parse(file, as_text(file, bytes)?)
}

/// The comments of all authors on an article, by author, and the files that could not be read.
pub fn read_comments(project: &Project, article: &str) -> (Vec<Comments>, Vec<FileFault>) {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let Ok(folders) = std::fs::read_dir(project.root.join(THREADS)) else { return (found, faults) };
    let mut authors: Vec<String> =
        folders.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    authors.sort_by(|a, b| natural_order(a, b));
    for author in authors {
        let file = format!("{THREADS}/{author}/{}.ron", safe_path(article));
        if !project.root.join(&file).exists() {
            continue;
        }
        match read_file(&project.root, &file) {
            Ok((comments, _)) => found.push(comments),
            Err(fault) => faults.push(fault),
        }
    }
    (found, faults)
}

/// Changes an author's own comments on an article and writes them; the file is read anew first, so that two windows of one author do
/// not lose each other's words.
///
/// # Errors
/// The file is there but cannot be read, or cannot be written.
pub fn change_comments<T>(
    project: &Project,
    author: &str,
    article: &str,
    change: impl FnOnce(&mut Comments) -> T,
) -> Result<T, StoreError> {
    let file = comments_path(author, article);
    let path = project.root.join(&file);
    let (mut comments, expected) = match path.exists() {
        true => read_file(&project.root, &file).map(|(comments, digest)| (comments, Some(digest)))?,
        false => (Comments::new(article, author), None),
    };
    let before = comments.clone();
    let done = change(&mut comments);
    if comments != before {
        let bytes = plain_text(&comments).into_bytes();
        write_if_expected(&path, &bytes, expected, &project.own_writes).map_err(|error| match error {
            SaveError::Io { path, cause } => StoreError::Io { what: "could not write", path, cause },
            SaveError::ChangedOnDisk { .. } => {
                StoreError::Conflict { file, things: vec!["the comments, in this very moment".into()] }
            }
        })?;
    }
    Ok(done)
}

fn read_file(root: &Path, file: &str) -> Result<(Comments, Digest), FileFault> {
    let bytes = read_bytes(root, file)?;
    Ok((parse_comments(file, &bytes)?, Digest::of(&bytes)))
}
