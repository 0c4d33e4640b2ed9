//! Which annotation files a project has, and which file is whose.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::annotations::{SetHead, read_head};
use super::names::{safe_name, safe_path};
use super::project::{Project, Stamp};
use crate::model::{FileFault, GOLD, natural_order};

/// One annotation file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationFile {
    /// The annotator whose folder it lies in.
    pub annotator: String,
    /// Its path relative to the project's root, with `/`.
    pub file: String,
}

impl Project {
    /// Everyone who annotates: those the settings name, then those who have a folder; `gold` last, if there is a folder for it.
    pub fn annotators(&self) -> Vec<String> {
        let mut folders: Vec<String> = names_in(&self.root.join(&self.settings.annotations), true);
        folders.sort_by(|a, b| natural_order(a, b));
        let mut all: Vec<String> = Vec::new();
        for name in self.settings.annotators.iter().chain(&folders) {
            // A folder is called by the safe form of a name; it is nobody new then.
            let known = all.iter().any(|known| known == name || safe_name(known) == *name);
            if !known && name != GOLD {
                all.push(name.clone());
            }
        }
        let has_gold = folders.iter().chain(&self.settings.annotators).any(|name| name == GOLD);
        all.extend(has_gold.then(|| GOLD.to_owned()));
        all
    }

    /// Every annotation file, by annotator in the order of [`Self::annotators`], then in natural order of the paths.
    pub fn annotation_files(&self) -> Vec<AnnotationFile> {
        self.list_annotation_files().0
    }

    /// Every annotation file, and the folders that could not be looked into.
    pub fn list_annotation_files(&self) -> (Vec<AnnotationFile>, Vec<FileFault>) {
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for annotator in self.annotators() {
            let folder = self.annotator_folder(&annotator);
            let mut files = Vec::new();
            if self.root.join(&folder).exists() {
                ron_files(&self.root, &folder, &mut files, &mut faults, 0);
            }
            files.sort_by(|a, b| natural_order(a, b));
            all.extend(files.into_iter().map(|file| AnnotationFile { annotator: annotator.clone(), file }));
        }
        (all, faults)
    }

    /// Where the annotations of an annotator on an article are or would be written, relative to the project's root.
    ///
    /// The article's path in its folder with the ending replaced by `.ron`. Where another article has that name already, the ending
    /// stays (`a.md.ron`), and where that is taken too, so does the folder. A file that says it is this article's goes before all rules.
    pub fn annotation_path(&self, annotator: &str, article: &str) -> String {
        if let Some(existing) = self.existing_annotation_path(annotator, article) {
            return existing;
        }
        self.claims().path(self, annotator, article)
    }

    /// Which article has the first right to which name of an annotation file, for asking many times.
    pub fn claims(&self) -> NameClaims {
        let mut claims = NameClaims::default();
        for article in self.articles() {
            claims.add(self, &article.path);
        }
        claims
    }

    /// The file that holds the annotations of an annotator on an article, if there is one: the one in its usual place if that says
    /// so, else any file of the annotator that does, else the one in its usual place if it says nothing.
    pub fn existing_annotation_path(&self, annotator: &str, article: &str) -> Option<String> {
        let candidates = self.candidates(annotator, article);
        let mut speechless = None;
        for file in &candidates {
            let path = self.root.join(file);
            match self.head_of(&path) {
                Some(head) if head.article == article => return Some(file.clone()),
                Some(_other) => {}
                // Broken at its very beginning: opening it must tell that, not begin anew beside it.
                None if speechless.is_none() && path.exists() => speechless = Some(file.clone()),
                None => {}
            }
        }
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        ron_files(&self.root, &self.annotator_folder(annotator), &mut files, &mut faults, 0);
        files.sort_by(|a, b| natural_order(a, b));
        files
            .into_iter()
            .find(|file| self.head_of(&self.root.join(file)).is_some_and(|head| head.article == article))
            .or(speechless)
    }

    /// What an annotation file says of itself at its beginning; remembered until the file changes.
    pub fn set_head(&self, file: &str) -> Option<SetHead> {
        self.head_of(&self.root.join(file))
    }

    fn head_of(&self, path: &Path) -> Option<SetHead> {
        let there = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let stamp: Stamp = (there.modified().ok(), there.len());
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        match heads.get(path) {
            Some((then, head)) if *then == stamp => head.clone(),
            _ => {
                let head = read_head(path);
                heads.insert(path.to_owned(), (stamp, head.clone()));
                head
            }
        }
    }

    fn annotator_folder(&self, annotator: &str) -> String {
        format!("{}/{}", self.settings.annotations.trim_end_matches('/'), safe_name(annotator))
    }

    /// The names a file of annotations may have, the preferred one first; always three.
    fn candidates(&self, annotator: &str, article: &str) -> [String; 3] {
        let folder = self.annotator_folder(annotator);
        self.candidate_names(article).map(|name| format!("{folder}/{name}"))
    }

    /// The same without the annotator's folder.
    fn candidate_names(&self, article: &str) -> [String; 3] {
        let name = self.settings.name_in_folder(article);
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !stem.ends_with('/') && !ending.contains('/') => stem,
            _ => name,
        };
        [stem, name, article].map(|name| format!("{}.ron", safe_path(name)))
    }
}

/// Which article has the first right to which name: of those whose files would be called alike, the first in natural order.
///
/// To find out means to look at every article, so whoever writes the files of many new articles does it once and adds what comes.
#[derive(Clone, Debug, Default)]
pub struct NameClaims([HashMap<String, String>; 3]);

impl NameClaims {
    /// Takes in an article that the project got.
    pub fn add(&mut self, project: &Project, article: &str) {
        for (claims, name) in self.0.iter_mut().zip(project.candidate_names(article)) {
            let first = claims.entry(name.to_lowercase()).or_insert_with(|| article.to_owned());
            if natural_order(article, first).is_lt() {
                *first = article.to_owned();
            }
        }
    }

    /// Where the annotations of an annotator on an article would be written, if there is no file of them yet; by the rules of
    /// [`Project::annotation_path`].
    pub fn path(&self, project: &Project, annotator: &str, article: &str) -> String {
        self.path_beside(project, annotator, article, &|_| false)
    }

    /// As [`Self::path`], where some files are about to be written: `is_planned` tells of a path whether it is one of theirs.
    pub fn path_beside(
        &self,
        project: &Project,
        annotator: &str,
        article: &str,
        is_planned: &dyn Fn(&str) -> bool,
    ) -> String {
        let is_taken = |file: &str| is_planned(file) || project.root.join(file).exists();
        let folder = project.annotator_folder(annotator);
        let candidates = project.candidate_names(article);
        let is_free = |rank: usize, name: &str| {
            let first = self.0.get(rank).and_then(|claims| claims.get(&name.to_lowercase()));
            let is_claimed = first.is_some_and(|first| natural_order(first, article).is_lt());
            !is_claimed && !is_taken(&format!("{folder}/{name}"))
        };
        let free = candidates.iter().enumerate().find(|(rank, name)| is_free(*rank, name));
        if let Some((_, name)) = free {
            return format!("{folder}/{name}");
        }
        let last = format!("{folder}/{}", candidates[candidates.len() - 1]);
        // Only files that somebody put there by hand lead here.
        (2..)
            .map(|n: u32| last.replacen(".ron", &format!("~{n}.ron"), 1))
            .find(|file| !is_taken(file))
            .unwrap_or(last)
    }
}

/// The names of what lies in a folder, hidden things left out.
fn names_in(folder: &Path, folders: bool) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| fs::metadata(entry.path()).is_ok_and(|there| there.is_dir() == folders))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect()
}

fn ron_files(
    root: &Path,
    relative: &str,
    found: &mut Vec<String>,
    faults: &mut Vec<FileFault>,
    depth: usize,
) {
    let folder: PathBuf = root.join(relative);
    if let Err(error) = fs::read_dir(&folder) {
        if error.kind() != std::io::ErrorKind::NotFound {
            faults.push(super::faults::unreadable(relative, &error));
        }
        return;
    }
    let files = names_in(&folder, false);
    found.extend(files.iter().filter(|name| name.ends_with(".ron")).map(|name| format!("{relative}/{name}")));
    // Deeper than anyone sorts articles, so that links that run in a circle end.
    if depth < 32 {
        let folders: BTreeSet<String> = names_in(&folder, true).into_iter().collect();
        for name in folders {
            ron_files(root, &format!("{relative}/{name}"), found, faults, depth + 1);
        }
    }
}
