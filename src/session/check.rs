//! Everything of a project, read and checked, without a window: what the command line and the project-wide panel look at.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Article, FileFault};
use crate::store::{LoadedSet, Project, read_set_file};
use crate::text::CanonicalText;
use crate::validate::{ArticleState, ProjectInput, Report, SetState, check_project};

/// An article, or why it could not be read.
pub struct LoadedArticle {
    /// Its path relative to the project's root, with `/`.
    pub path: String,
    /// The article.
    pub outcome: Result<Arc<Article>, FileFault>,
}

/// An annotation file, or why it could not be read.
pub struct LoadedFile {
    /// The annotator in whose folder it lies.
    pub annotator: String,
    /// The file, relative to the project's root, with `/`.
    pub file: String,
    /// What is in it.
    pub outcome: Result<LoadedSet, FileFault>,
}

/// A project with everything in it.
pub struct LoadedProject {
    /// The project.
    pub project: Project,
    /// What is wrong with its own files, and the folders that could not be looked into.
    pub faults: Vec<FileFault>,
    /// Its articles, in natural order of the paths.
    pub articles: Vec<LoadedArticle>,
    /// Its annotation files, by annotator, then in natural order of the paths.
    pub sets: Vec<LoadedFile>,
}

impl LoadedProject {
    /// An article by its path, if it could be read.
    pub fn article(&self, path: &str) -> Option<&Arc<Article>> {
        self.articles
            .iter()
            .find(|article| article.path == path)
            .and_then(|article| article.outcome.as_ref().ok())
    }

    /// Every file that could not be used.
    pub fn all_faults(&self) -> impl Iterator<Item = &FileFault> {
        let articles = self.articles.iter().filter_map(|article| article.outcome.as_ref().err());
        let sets = self.sets.iter().filter_map(|set| set.outcome.as_ref().err());
        self.faults.iter().chain(articles).chain(sets)
    }
}

/// Reads everything of a project, in parallel.
pub fn load_project_for_check(project: &Project) -> LoadedProject {
    load_project(project, &|_| {}, &|_| true).unwrap_or_else(|| LoadedProject {
        // Never without a stop; an empty project is still the truth about nothing.
        project: project.clone(),
        faults: project.faults.clone(),
        articles: Vec::new(),
        sets: Vec::new(),
    })
}

/// Reads everything of a project, in parallel. `files` hears how many files there are; `step` is called after each, with how many
/// were read at once, and says whether to go on. `None` if it said no.
pub fn load_project(
    project: &Project,
    files: &dyn Fn(usize),
    step: &(dyn Fn(usize) -> bool + Sync),
) -> Option<LoadedProject> {
    let mut faults = project.faults.clone();
    let (entries, unlisted) = project.list_articles();
    faults.extend(unlisted);
    let (annotations, unlisted) = project.list_annotation_files();
    faults.extend(unlisted);
    files(entries.len() + annotations.len());

    let articles: Option<Vec<LoadedArticle>> = entries
        .into_par_iter()
        .map(|entry| {
            let outcome = project.read_article(&entry.path).map(Arc::new);
            step(1).then_some(LoadedArticle { path: entry.path, outcome })
        })
        .collect();
    let articles = articles?;
    let texts: HashMap<&str, &CanonicalText> = articles
        .iter()
        .filter_map(|article| Some((article.path.as_str(), &article.outcome.as_ref().ok()?.text)))
        .collect();
    let lookup = |path: &str| texts.get(path).map(|text| (*text).clone());
    let sets: Option<Vec<LoadedFile>> = annotations
        .into_par_iter()
        .map(|entry| {
            let outcome = read_set_file(&project.root, &entry.file, &lookup);
            step(1).then_some(LoadedFile { annotator: entry.annotator, file: entry.file, outcome })
        })
        .collect();
    let sets = sets?;
    drop(texts);
    Some(LoadedProject { project: project.clone(), faults, articles, sets })
}

/// Checks everything that was read.
pub fn check(loaded: &LoadedProject) -> Report {
    let articles: Vec<ArticleState> = loaded
        .articles
        .iter()
        .map(|article| ArticleState { path: &article.path, outcome: article.outcome.as_deref() })
        .collect();
    let sets: Vec<SetState> = loaded
        .sets
        .iter()
        .map(|set| SetState {
            file: &set.file,
            annotator: &set.annotator,
            outcome: set.outcome.as_ref().map(|loaded| (&loaded.set, &loaded.places)),
        })
        .collect();
    let project = &loaded.project;
    check_project(&ProjectInput {
        settings: &project.settings,
        schema: &project.schema,
        register: &project.register,
        codebook: &project.codebook,
        faults: &loaded.faults,
        articles: &articles,
        sets: &sets,
    })
}
