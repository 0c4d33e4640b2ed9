//! An import taken back: the project as it was, byte for byte.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::confirming::write;
use super::record::{ImportHead, ImportRecord, OldFile, WrittenFile, folder, numbers};
use crate::session::exchange::{ExchangeError, Progress};
use crate::store::{Digest, Project, SetLock, cure, is_article_name, unsaved_work};

/// How many files are put back together.
const TOGETHER: usize = 256;

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The import.
    pub import: ImportHead,
    /// How many files were removed.
    pub removed: usize,
    /// How many files are as they were before.
    pub restored: usize,
}

/// Takes the newest import into a project back: files that it made go, files that it wrote over are as they were.
///
/// # Errors
/// There is none, something that it wrote was changed since, the user stopped it, or the system refuses. Nothing is taken back in the
/// first three cases; in the last it can be tried again. It is stopped only while it is looked whether anything was changed: half an
/// import is worse than all of it or nothing.
pub fn take_back(project: &Project, progress: &dyn Progress) -> Result<TakenBack, ExchangeError> {
    let newest = numbers(&project.root).first().copied();
    let Some(number) = newest else {
        return Err(ExchangeError::Wish(
            "There is no import into this project that could be taken back.".to_owned(),
        ));
    };
    let mut record = ImportRecord::read(&project.root, number)?;
    // Each file is looked at first, and then put back.
    progress.begin(2 * record.files.len() as u64);
    let looked = look_for_changes(project, &record, progress);
    if looked.is_err() {
        progress.end();
    }
    looked?;
    progress.settle();
    // From here on some files may be the old ones already, should this be interrupted.
    record.is_whole = false;
    record.write(&project.root)?;
    let put_back = restore(project, &record, progress);
    progress.end();
    let (removed, restored) = put_back?;
    ImportRecord::forget(&project.root, number);
    Ok(TakenBack { import: record.head, removed, restored })
}

fn refused(what: String) -> ExchangeError {
    ExchangeError::Disk(format!("{what} Nothing was taken back."))
}

fn look_for_changes(
    project: &Project,
    record: &ImportRecord,
    progress: &dyn Progress,
) -> Result<(), ExchangeError> {
    let unsaved: BTreeSet<(String, String)> = unsaved_work(project).into_iter().collect();
    for file in &record.files {
        if progress.is_stopped() {
            return Err(ExchangeError::Stopped);
        }
        progress.step(1);
        if let State::Changed = state(project, record, file)? {
            return Err(refused(format!(
                "{} was changed since the import of {}, so the import cannot be taken back without losing that.",
                file.file, record.head.when
            )));
        }
        if let Some((annotator, article)) = &file.set {
            if SetLock::held_by(&project.root, annotator, article).is_some() {
                return Err(refused(format!("{} is open in a window. Close it there first.", file.file)));
            }
            if unsaved.contains(&(annotator.clone(), article.clone())) {
                return Err(refused(format!(
                    "There is unsaved work on {}. Open the article in the window once, which recovers it.",
                    file.file
                )));
            }
        }
    }
    let ours: BTreeSet<&str> = record.files.iter().map(|file| file.file.as_str()).collect();
    let articles: BTreeSet<&str> = record
        .files
        .iter()
        .filter(|file| file.set.is_none() && file.old.is_none() && is_article_name(&file.file))
        .map(|file| file.file.as_str())
        .collect();
    for there in project.annotation_files().iter().filter(|there| !ours.contains(there.file.as_str())) {
        if project.set_head(&there.file).is_some_and(|head| articles.contains(head.article.as_str())) {
            return Err(refused(format!(
                "{} was made since the import, and is about an article that would go with it. Move it away first.",
                there.file
            )));
        }
    }
    Ok(())
}

/// How a file that was written stands now.
enum State {
    /// As it was written.
    Written,
    /// As it was before, or gone.
    Old,
    /// Otherwise.
    Changed,
}

fn state(project: &Project, record: &ImportRecord, file: &WrittenFile) -> Result<State, ExchangeError> {
    let path = project.root.join(&file.file);
    let found = Digest::of_file(&path).map_err(|error| {
        ExchangeError::Disk(format!("could not read {}: {error}. {}", path.display(), cure(&error)))
    })?;
    Ok(match (found, &file.old) {
        (Some(found), _) if found == file.written => State::Written,
        (None, None) => State::Old,
        (Some(found), Some(old)) if found == old.digest && !record.is_whole => State::Old,
        _ => State::Changed,
    })
}

/// Puts every file back that is as the import wrote it. Gives how many files were removed and how many are again what they were.
pub(super) fn restore(
    project: &Project,
    record: &ImportRecord,
    progress: &dyn Progress,
) -> Result<(usize, usize), ExchangeError> {
    let mut removed = 0;
    let mut over: Vec<(&WrittenFile, OldFile)> = Vec::new();
    for file in &record.files {
        progress.step(1);
        if let State::Written = state(project, record, file)? {
            match file.old {
                Some(old) => over.push((file, old)),
                None => {
                    let path = project.root.join(&file.file);
                    std::fs::remove_file(&path).map_err(|error| {
                        ExchangeError::Disk(format!(
                            "could not remove {}: {error}. {}",
                            path.display(),
                            cure(&error)
                        ))
                    })?;
                    removed += 1;
                }
            }
        }
    }
    // The lists after the annotations that speak of them, the settings first of them.
    let (sets, lists): (Vec<_>, Vec<_>) = over.iter().partition(|(file, _)| file.set.is_some());
    let bytes = folder(&project.root, record.head.number).join("old.bin");
    for some in sets.chunks(TOGETHER) {
        write_old(project, &bytes, some)?;
    }
    for list in lists.iter().rev() {
        write_old(project, &bytes, std::slice::from_ref(list))?;
    }
    for folder in record.folders.iter().rev() {
        // What somebody has put something into meanwhile stays.
        let _in_use = std::fs::remove_dir(project.root.join(folder));
    }
    Ok((removed, over.len()))
}

fn write_old(
    project: &Project,
    old_bytes: &Path,
    files: &[(&WrittenFile, OldFile)],
) -> Result<(), ExchangeError> {
    let lost = |error: std::io::Error| {
        ExchangeError::Disk(format!("could not read {}: {error}. {}", old_bytes.display(), cure(&error)))
    };
    let mut from = std::fs::File::open(old_bytes).map_err(lost)?;
    let (mut batch, mut digests) = (Vec::new(), Vec::new());
    for (file, old) in files {
        from.seek(SeekFrom::Start(old.from)).map_err(lost)?;
        let mut bytes = Vec::new();
        from.by_ref().take(old.length).read_to_end(&mut bytes).map_err(lost)?;
        if Digest::of(&bytes) != old.digest {
            return Err(ExchangeError::Disk(format!(
                "{} is damaged: what {} was before is not in it any more.",
                old_bytes.display(),
                file.file
            )));
        }
        digests.push(old.digest);
        batch.push((project.root.join(&file.file), bytes));
    }
    write(project, &batch, &digests)
}
