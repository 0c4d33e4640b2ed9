//! A plan carried out: all of it, or nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::plan::{ImportPlan, PlannedFiles};
use super::record::{ImportHead, ImportRecord, OldFile, WrittenFile, folder, numbers, write_private};
use super::taking_back::restore;
use crate::session::exchange::{ExchangeError, Progress, Quiet};
use crate::store::{ChangedList, Digest, PRIVATE, Project, SetLock, cure, write_many};

/// How many files are written together, at most. Where another window may be open each has a lock, which is an open file, and macOS lets a
/// program hold 256.
const TOGETHER: usize = 128;

/// How many bytes are written together, about.
const BYTES_TOGETHER: usize = 32 << 20;

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its number, by which it can be taken back; `None` if no file had to change.
    pub number: Option<u64>,
    /// Sets of annotations taken in.
    pub sets: usize,
    /// Articles added.
    pub articles: usize,
}

/// Carries a plan out. A file is the old one or the new one; if one of them cannot be written, those that were are put back.
///
/// # Errors
/// The project is not as it was when the plan was made, the system refuses, or the user stopped it. The project is then as it was.
pub fn confirm(mut plan: ImportPlan, progress: &dyn Progress) -> Result<Imported, ExchangeError> {
    let (sets, articles) = (plan.intake.sets.len(), plan.intake.articles);
    if plan.intake.is_nothing() || plan.file_count() == 0 {
        return Ok(Imported { number: None, sets, articles });
    }
    progress.begin(plan.file_count() as u64);
    let record = record_of(&mut plan)?;
    let ImportPlan { project, mut files, lists, .. } = plan;
    let written = write_sets(&project, &mut files, progress).and_then(|()| write_lists(&project, &lists));
    progress.end();
    if let Err(refused) = written {
        return Err(put_back(&project, &record, refused));
    }
    let whole = ImportRecord { is_whole: true, ..record };
    if let Err(refused) = whole.write(&project.root) {
        return Err(put_back(&project, &whole, refused));
    }
    ImportRecord::forget_old(&project.root);
    Ok(Imported { number: Some(whole.head.number), sets, articles })
}

/// Puts back what was written before something could not be; gives what is to be told.
fn put_back(project: &Project, record: &ImportRecord, refused: ExchangeError) -> ExchangeError {
    match restore(project, record, &Quiet) {
        Ok(_) => {
            ImportRecord::forget(&project.root, record.head.number);
            refused
        }
        Err(why) => ExchangeError::Disk(format!(
            "{refused} What was written until then could not be put back either ({why}). Mend that, then take the import back."
        )),
    }
}

/// Looks whether everything is as it was when the plan was made, and writes down what will be written over what.
fn record_of(plan: &mut ImportPlan) -> Result<ImportRecord, ExchangeError> {
    let root = plan.project.root.clone();
    let (mut old_bytes, mut files) = (Vec::new(), Vec::new());
    let mut folders = BTreeSet::new();
    let may_be_locked = root.join(PRIVATE).join("locks").exists();
    let mut note = |file: &str, written: Digest, found: Option<Digest>, set: &Option<(String, String)>| {
        let path = root.join(file);
        let there = read(&path)?;
        if there.as_deref().map(Digest::of) != found {
            return Err(ExchangeError::Disk(format!(
                "{} was changed since the import was looked at. Nothing was imported; look at it again.",
                path.display()
            )));
        }
        if let Some((annotator, article)) = set
            && may_be_locked
            && SetLock::held_by(&root, annotator, article).is_some()
        {
            return Err(ExchangeError::Disk(format!(
                "{} was opened in another window since the import was looked at. Nothing was imported; close the other window and look \
                 at it again.",
                path.display()
            )));
        }
        missing_folders(&root, file, &mut folders);
        let old = there.zip(found).map(|(bytes, digest)| {
            let from = old_bytes.len() as u64;
            old_bytes.extend_from_slice(&bytes);
            OldFile { digest, from, length: bytes.len() as u64 }
        });
        files.push(WrittenFile { file: file.to_owned(), written, old, set: set.clone() });
        Ok(())
    };
    for planned in &plan.files.list {
        note(&planned.file, planned.digest, planned.found, &planned.set)?;
    }
    for list in &plan.lists {
        note(&list.file, Digest::of(list.text.as_bytes()), list.read, &None)?;
    }
    let number = numbers(&root).first().map_or(1, |newest| newest + 1);
    let head = ImportHead {
        number,
        when: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        source: plan.source.clone(),
        format: plan.format.to_owned(),
        sets: plan.intake.sets.len(),
        articles: plan.intake.articles,
    };
    let folders = folders.into_iter().collect();
    let record = ImportRecord { version: 1, head, is_whole: false, files, folders };
    if !old_bytes.is_empty() {
        write_private(&root, &folder(&root, number).join("old.bin"), &old_bytes)?;
    }
    record.write(&root)?;
    Ok(record)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, ExchangeError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(ExchangeError::Disk(format!("could not read {}: {error}. {}", path.display(), cure(&error))))
        }
    }
}

/// The folders on the way to a file that are not there yet.
fn missing_folders(root: &Path, file: &str, folders: &mut BTreeSet<String>) {
    let mut steps = file;
    while let Some((folder, _)) = steps.rsplit_once('/') {
        if folders.contains(folder) || root.join(folder).exists() {
            return;
        }
        folders.insert(folder.to_owned());
        steps = folder;
    }
}

/// Articles and sets, many at once: the disk is waited for once for many files.
fn write_sets(
    project: &Project,
    files: &mut PlannedFiles,
    progress: &dyn Progress,
) -> Result<(), ExchangeError> {
    let may_be_locked = project.private_folder().join("locks").exists();
    let mut next = 0;
    while next < files.list.len() {
        if progress.is_stopped() {
            return Err(ExchangeError::Stopped);
        }
        let (mut batch, mut digests, mut locks, mut length) = (Vec::new(), Vec::new(), Vec::new(), 0);
        while batch.len() < TOGETHER && length < BYTES_TOGETHER && next < files.list.len() {
            let bytes = files
                .bytes_at(next)
                .map_err(|error| ExchangeError::Disk(format!("the plan of the import was lost: {error}")))?;
            length += bytes.len();
            let planned = &files.list[next];
            if let Some((annotator, article)) = planned.set.as_ref().filter(|_| may_be_locked) {
                locks.push(SetLock::try_take(&project.root, annotator, article)?);
            }
            digests.push(planned.digest);
            batch.push((project.root.join(&planned.file), bytes));
            next += 1;
        }
        write(project, &batch, &digests)?;
        progress.step(batch.len() as u64);
    }
    Ok(())
}

/// The lists one by one in their order: nothing may point at what is not there.
fn write_lists(project: &Project, lists: &[ChangedList]) -> Result<(), ExchangeError> {
    for list in lists {
        let bytes = list.text.clone().into_bytes();
        let digest = Digest::of(&bytes);
        write(project, &[(project.root.join(&list.file), bytes)], &[digest])?;
    }
    Ok(())
}

/// Writes files, telling the watcher beforehand that they are our own.
pub(super) fn write(
    project: &Project,
    files: &[(PathBuf, Vec<u8>)],
    digests: &[Digest],
) -> Result<(), ExchangeError> {
    let mut digests = digests.iter();
    let mut before = |path: &Path| {
        if let Some(digest) = digests.next() {
            project.own_writes.note(path, *digest);
        }
    };
    write_many(files, &mut before).map_err(|(path, error)| {
        ExchangeError::Disk(format!("could not write {}: {error}. {}", path.display(), cure(&error)))
    })
}
