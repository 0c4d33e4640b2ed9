//! Making the safe fixes of a project on disk.

use std::collections::HashSet;

use super::super::outcome::Failure;
use super::super::terminal::{count, is_stopped, say};
use super::selection::Selection;
use crate::session::check::LoadedProject;
use crate::store::{SetLock, read_set_file, unsaved_work, write_set};
use crate::validate::{SetInput, mend};

/// Mends every set that is meant, one file after another, each as a whole or not at all, and says what was done. What was mended is
/// read anew. Returns how many fixes were made.
pub(super) fn mend_all(loaded: &mut LoadedProject, selection: &Selection) -> Result<usize, Failure> {
    let unsaved: HashSet<(String, String)> = unsaved_work(&loaded.project).into_iter().collect();
    let mut made = 0;
    for place in 0..loaded.sets.len() {
        if is_stopped() {
            return Err(Failure::Stopped);
        }
        if selection.has_set(&loaded.sets[place]) {
            made += mend_one(loaded, place, &unsaved)?;
        }
    }
    Ok(made)
}

fn mend_one(
    loaded: &mut LoadedProject,
    place: usize,
    unsaved: &HashSet<(String, String)>,
) -> Result<usize, Failure> {
    let entry = &loaded.sets[place];
    let Ok(read) = &entry.outcome else { return Ok(0) };
    let project = &loaded.project;
    let article = loaded.article(&read.set.article).cloned();
    let mended = mend(&SetInput {
        file: &entry.file,
        settings: &project.settings,
        schema: &project.schema,
        register: &project.register,
        codebook: &project.codebook,
        article: article.as_deref(),
        set: &read.set,
        places: Some(&read.places),
    });
    if mended.steps.is_empty() {
        return Ok(0);
    }
    let fixes = count(mended.steps.len(), "finding", "findings");
    let set = mended.workspace.set;
    // Whose file it is decides who may have it open, and where it is written.
    let moved = set.annotator != entry.annotator
        || project.existing_annotation_path(&set.annotator, &set.article).as_deref()
            != Some(entry.file.as_str());
    if moved {
        say(format!(
            "{}: {fixes} not mended, because the file does not lie where annotations of `{}` on {} are kept.",
            entry.file, set.annotator, set.article
        ));
        return Ok(0);
    }
    let _lock = match SetLock::try_take(&project.root, &set.annotator, &set.article) {
        Ok(lock) => lock,
        Err(refused) => {
            say(format!("{}: {fixes} not mended. {refused}", entry.file));
            return Ok(0);
        }
    };
    if unsaved.contains(&(set.annotator.clone(), set.article.clone())) {
        say(format!(
            "{}: {fixes} not mended, because there is unsaved work on it. Open the article in the window once, which recovers it.",
            entry.file
        ));
        return Ok(0);
    }
    let text = article.as_ref().map(|article| &article.text);
    write_set(project, &set, text, Some(read.digest))?;
    for (finding, _) in &mended.steps {
        let title = finding.fix.as_ref().map_or("mended", |fix| fix.title.as_str());
        say(format!(
            "{}:{}:{}: {} {}: {title}",
            finding.file, finding.place.line, finding.place.column, finding.code, finding.rule
        ));
    }
    let made = mended.steps.len();
    let outcome = read_set_file(&project.root, &entry.file, &|_| text.cloned());
    loaded.sets[place].outcome = outcome;
    Ok(made)
}
