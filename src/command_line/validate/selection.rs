//! Which part of a project is to be looked at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::outcome::Failure;
use crate::session::check::{LoadedFile, LoadedProject};
use crate::validate::{Finding, Report};

/// A project and, if not all of it is meant, the files and folders in it that are.
pub(super) struct Selection {
    /// The project's folder.
    pub root: PathBuf,
    /// Paths relative to the project's folder, with `/`; `None` = the whole project.
    only: Option<Vec<String>>,
}

impl Selection {
    /// A whole project.
    pub fn whole(root: PathBuf) -> Self {
        Self { root, only: None }
    }

    /// Nothing of a project yet.
    pub fn nothing(root: PathBuf) -> Self {
        Self { root, only: Some(Vec::new()) }
    }

    /// Adds a file or folder that is there.
    pub fn add(&mut self, path: &Path) -> Result<(), Failure> {
        let outside = || {
            Failure::Usage(format!(
                "{} does not lie in the project {}. Name its own project with --project.",
                path.display(),
                self.root.display()
            ))
        };
        let real = |path: &Path| {
            path.canonicalize().map_err(|error| Failure::Disk(format!("{}: {error}", path.display())))
        };
        let (inner, root) = (real(path)?, real(&self.root)?);
        let steps: Option<Vec<&str>> = inner
            .strip_prefix(root)
            .map_err(|_elsewhere| outside())?
            .components()
            .map(|step| step.as_os_str().to_str())
            .collect();
        let relative = steps.ok_or_else(outside)?.join("/");
        if relative.is_empty() || relative == crate::store::SETTINGS {
            self.only = None;
        } else if let Some(only) = &mut self.only {
            only.push(relative);
        }
        Ok(())
    }

    /// Whether a file of the project is meant.
    pub fn has(&self, file: &str) -> bool {
        self.only.as_ref().is_none_or(|only| {
            only.iter().any(|wanted| {
                file.strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
    }

    /// Whether an annotation file is meant, itself or by its article.
    pub fn has_set(&self, file: &LoadedFile) -> bool {
        self.has(&file.file) || file.outcome.as_ref().is_ok_and(|loaded| self.has(&loaded.set.article))
    }

    /// What a report on the whole project says of what is meant.
    pub fn of(&self, mut report: Report, loaded: &LoadedProject) -> Report {
        if self.only.is_none() {
            return report;
        }
        let meant = |finding: &Finding| {
            self.has(&finding.file) || finding.article.as_deref().is_some_and(|article| self.has(article))
        };
        report.findings.retain(meant);
        let sets: Vec<&LoadedFile> = loaded.sets.iter().filter(|set| self.has_set(set)).collect();
        let read = || sets.iter().filter_map(|set| set.outcome.as_ref().ok());
        let articles: BTreeSet<&str> = loaded
            .articles
            .iter()
            .map(|article| article.path.as_str())
            .filter(|path| self.has(path) || read().any(|loaded| loaded.set.article == **path))
            .collect();
        report.files = sets.len();
        report.articles = articles.len();
        report.spans = read().map(|loaded| loaded.set.len()).sum();
        report
    }
}
