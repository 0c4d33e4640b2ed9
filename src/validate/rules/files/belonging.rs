//! Annotation files and what they belong to: an article, an annotator, a folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnnotationSet, FileFaultKind, GOLD, ProjectSettings};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::{ProjectInput, SetState};

fn read_sets<'a>(input: &'a ProjectInput<'a>) -> impl Iterator<Item = (&'a SetState<'a>, &'a AnnotationSet)> {
    input.sets.iter().filter_map(|state| Some((state, state.outcome.as_ref().ok()?.0)))
}

fn about(state: &SetState, set: &AnnotationSet) -> Draft {
    Draft::in_file(state.file).article(set.article.as_str()).arg("article", &set.article)
}

fn article_missing(input: &ProjectInput, findings: &mut Findings) {
    let there: BTreeSet<&str> = input
        .articles
        .iter()
        .filter(|state| !matches!(state.outcome, Err(fault) if fault.kind == FileFaultKind::Missing))
        .map(|state| state.path)
        .collect();
    for (state, set) in read_sets(input) {
        if !there.contains(set.article.as_str()) {
            findings.push(about(state, set).arg("spans", set.len()));
        }
    }
}

rule!(
    ARTICLE_MISSING = "P010" "article-missing" Error Never Check::Project(article_missing),
    "The article of an annotation file is not in the project.",
    message: "These annotations ({spans} spans) are on {article}, which is not in the project. Bring the article back, or correct `article` in this file.",
    does: "Finds annotation files whose `article` is not among the project's articles: they are orphans.",
    bad: "Annotations without their text cannot be shown, checked or exported.",
    example: "`articles/a.txt` was renamed to `articles/davos.txt`, and the annotation file still says `article: \"articles/a.txt\"`.",
    mend: "Bring the article back under its old path, or correct `article` and the annotation file's own name. The fingerprint tells whether it is the same text.",
);

/// Whether nothing in a name had to be replaced to make it a file's name on every system.
fn is_plain(path: &str) -> bool {
    path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ' '))
        && path
            .split('/')
            .all(|step| step.len() < 100 && !step.ends_with(['.', ' ']) && !step.starts_with('.'))
}

fn expected_beginning(settings: &ProjectSettings, article: &str) -> String {
    let name = settings.name_in_folder(article);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.contains('/') => stem.to_owned(),
        _ => name.to_owned(),
    }
}

fn misplaced(input: &ProjectInput, findings: &mut Findings) {
    for (state, set) in read_sets(input) {
        let folder = format!("{}/{}/", input.settings.annotations.trim_end_matches('/'), state.annotator);
        let Some(rest) = state.file.strip_prefix(&folder) else {
            continue;
        };
        let expected = expected_beginning(input.settings, &set.article);
        if is_plain(&expected) && !rest.starts_with(&expected) {
            findings.push(about(state, set).arg("expected", format!("{folder}{expected}.ron")));
        }
    }
}

rule!(
    ORPHANED_ANNOTATIONS = "P011" "orphaned-annotations" Warning Never Check::Project(misplaced),
    "An annotation file lies where its article does not lead to.",
    message: "Annotations on {article} are looked for in {expected}, so nobody will find them here. Move the file, or correct `article`.",
    does: "Finds annotation files that are not called as their article is.",
    bad: "Opening the article opens another file, or none: this one is never shown or saved.",
    example: "`annotations/anna/b.ron` says `article: \"articles/a.txt\"`.",
    mend: "Rename the file to the name given, unless there is one already; then compare the two by eye, as any two text files.",
);

fn annotator_differs(input: &ProjectInput, findings: &mut Findings) {
    for (state, set) in read_sets(input) {
        if set.annotator != state.annotator && is_plain(&set.annotator) {
            let draft = about(state, set).arg("annotator", &set.annotator);
            findings.push(draft.arg("folder", state.annotator));
        }
    }
}

rule!(
    ANNOTATOR_DIFFERS = "P012" "annotator-differs" Error Never Check::Project(annotator_differs),
    "An annotation file lies in another annotator's folder.",
    message: "The file says that the annotator is {annotator}, but it lies in the folder of {folder}. Move it, or correct `annotator`.",
    does: "Finds annotation files whose `annotator` is not the name of their folder.",
    bad: "Agreement would compare the wrong people, and one person's work would pass for another's.",
    example: "`annotations/boris/a.ron` says `annotator: \"anna\"`: it was copied and not corrected.",
    mend: "Correct `annotator`, or move the file to the folder of the annotator it names.",
);

fn annotator_unknown(input: &ProjectInput, findings: &mut Findings) {
    let known = &input.settings.annotators;
    if known.is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    for state in input.sets {
        let listed = state.annotator == GOLD || known.iter().any(|name| name == state.annotator);
        if !listed && seen.insert(state.annotator) {
            findings.push(Draft::in_file(state.file).arg("annotator", state.annotator));
        }
    }
}

rule!(
    ANNOTATOR_UNKNOWN = "P013" "annotator-unknown" Info Never Check::Project(annotator_unknown),
    "There are annotations by someone the project does not list.",
    message: "{annotator} has annotations but is not among the `annotators` of postil.ron. Add the name, or remove the folder.",
    does: "Finds folders of annotators that `postil.ron` does not list, where it lists any. Gold need not be listed.",
    bad: "A misspelt folder makes a second person out of one.",
    example: "`annotations/ana/` beside `annotators: [\"anna\"]`.",
    mend: "Add the annotator to `postil.ron`, or move the files to the right folder.",
);

fn two_files(input: &ProjectInput, findings: &mut Findings) {
    let mut first: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (state, set) in read_sets(input) {
        let key = (state.annotator, set.article.as_str());
        match first.get(&key) {
            Some(other) => {
                findings.push(about(state, set).arg("annotator", state.annotator).arg("other", other))
            }
            None => drop(first.insert(key, state.file)),
        }
    }
}

rule!(
    TWO_FILES = "P014" "two-files-for-one-article" Error Never Check::Project(two_files),
    "One annotator has two annotation files for one article.",
    message: "{annotator} has annotations on {article} here and in {other}. Compare the two files and keep one of them.",
    does: "Finds two files of one annotator that speak of the same article.",
    bad: "Only one of them is opened and saved; exports would count the article twice.",
    example: "`annotations/anna/a.ron` and `annotations/anna/a copy.ron`, both on `articles/a.txt`.",
    mend: "Compare the two, keep one, and take the other out of the folder.",
);
