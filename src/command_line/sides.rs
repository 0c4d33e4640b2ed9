//! Several annotators' sets, article by article: what `diff` and `adjudicate` work on.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::outcome::Failure;
use crate::model::{AnnotationSet, Article, natural_order};
use crate::review::anchoring::{Reanchored, reanchored};
use crate::session::check::{LoadedFile, LoadedProject};
use crate::store::{Digest, Project, nearest};

/// One annotator's set on one article.
pub(super) struct Side {
    /// Whose.
    pub annotator: String,
    /// The file, relative to the project's root.
    pub file: String,
    /// The annotations, on the article as it is.
    pub set: AnnotationSet,
    /// What had to be found again, where the set was made on another version of the article.
    pub reanchored: Option<Reanchored>,
    /// What the file's bytes were.
    pub digest: Digest,
}

/// The sets on one article, in the order in which the annotators were named.
pub(super) struct OnArticle {
    /// The article.
    pub article: Arc<Article>,
    /// The sets there are.
    pub sides: Vec<Side>,
}

impl OnArticle {
    /// The set of an annotator.
    pub fn side(&self, annotator: &str) -> Option<&Side> {
        self.sides.iter().find(|side| side.annotator == annotator)
    }
}

/// Checks that those named annotate here.
///
/// # Errors
/// One does not; the message names who does.
pub(super) fn names_known(project: &Project, names: &[String]) -> Result<(), Failure> {
    let there = project.annotators();
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) {
            return Err(Failure::Usage(format!("`{name}` is named twice; name different annotators.")));
        }
        if !there.contains(name) {
            let guess = nearest(name, there.iter().map(String::as_str));
            let guess = guess.map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
            let known = if there.is_empty() { "nobody yet".to_owned() } else { there.join(", ") };
            return Err(Failure::Usage(format!(
                "There are no annotations of `{name}` in this project.{guess} Annotators: {known}."
            )));
        }
    }
    Ok(())
}

/// The sets of these annotators, by article in natural order of the paths. Articles that cannot be read, and files of articles that the
/// project does not have, are left out; whoever reads the project tells of them.
pub(super) fn by_article(loaded: &LoadedProject, annotators: &[String]) -> Vec<OnArticle> {
    let articles: HashMap<&str, &Arc<Article>> = loaded
        .articles
        .iter()
        .filter_map(|article| Some((article.path.as_str(), article.outcome.as_ref().ok()?)))
        .collect();
    let mut files: BTreeMap<&str, Vec<(usize, &LoadedFile)>> = BTreeMap::new();
    for file in &loaded.sets {
        let (Ok(read), Some(who)) =
            (&file.outcome, annotators.iter().position(|name| *name == file.annotator))
        else {
            continue;
        };
        let all = files.entry(&read.set.article).or_default();
        // Two files of one annotator on one article: the first is meant everywhere else, too.
        if !all.iter().any(|(other, _)| *other == who) {
            all.push((who, file));
        }
    }
    let mut found: Vec<OnArticle> = files
        .into_iter()
        .filter_map(|(path, mut files)| {
            let article = (*articles.get(path)?).clone();
            files.sort_by_key(|(who, _)| *who);
            let sides = files.into_iter().filter_map(|(_, file)| {
                let read = file.outcome.as_ref().ok()?;
                let (set, reanchored) = reanchored(read.set.clone(), &article.text, &loaded.project.schema);
                Some(Side {
                    annotator: file.annotator.clone(),
                    file: file.file.clone(),
                    set,
                    reanchored,
                    digest: read.digest,
                })
            });
            let sides = sides.collect();
            Some(OnArticle { article, sides })
        })
        .collect();
    found.sort_by(|a, b| natural_order(&a.article.path, &b.article.path));
    found
}

/// What to tell of a set that was made on another version of the article.
pub(super) fn tell(article: &str, side: &Side, told: &Reanchored) -> String {
    let lost = match told.lost.len() {
        0 => String::new(),
        n => {
            let ids: Vec<&str> = told.lost.iter().map(|id| id.as_str()).collect();
            format!("; {n} could not be found again and were left out: {}", ids.join(", "))
        }
    };
    format!(
        "{article}: {} worked on another version of the text. {} spans stand where they stood, {} were found elsewhere by their surface{lost}.",
        side.annotator, told.stayed, told.moved
    )
}
