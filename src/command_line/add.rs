//! `postil add`: brings articles into a project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, count, is_stopped, listen_for_ctrl_c, progress, say};
use crate::store::{cure, is_article_name};

/// Bring article files, or folders of them, into a project
///
/// Files are copied byte for byte into the project's first folder of articles, under the same name. The paths that they have in the
/// project are printed, one a line. A file that is there already with the same bytes is left as it is.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// Article files, or folders to look through for files that end in .txt, .md, .markdown or .text
    #[arg(required = true)]
    article: Vec<PathBuf>,
    #[command(flatten)]
    project: InProject,
}

impl Add {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut project = self.project.open()?;
        listen_for_ctrl_c();
        let mut found = Found::default();
        for path in &self.article {
            found.look_at(path);
        }
        for fault in &found.faults {
            say(fault);
        }
        let bar = progress(found.files.len() as u64, "Adding");
        let (mut added, mut failed) = (Vec::new(), found.faults.len());
        for file in &found.files {
            if is_stopped() {
                bar.finish_and_clear();
                return Err(Failure::Stopped);
            }
            match project.add_article(file) {
                Ok(path) => added.push(path),
                Err(error) => {
                    failed += 1;
                    bar.suspend(|| say(&error));
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        if !added.is_empty() {
            answer(&added.join("\n"))?;
        }
        if found.files.is_empty() && failed == 0 {
            say("There is no article in what was named: articles end in .txt, .md, .markdown or .text.");
            return Ok(Exit::Disk);
        }
        say(format!("Added {}.", count(added.len(), "article", "articles")));
        Ok(if failed > 0 { Exit::Disk } else { Exit::Done })
    }
}

/// The files to add, in the order in which they were named; those of a folder by name.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    faults: Vec<String>,
    /// The real paths of folders seen, so that links that run in a circle end.
    seen: BTreeSet<PathBuf>,
}

impl Found {
    fn look_at(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(there) if there.is_dir() => self.look_into(path),
            Ok(_) => self.files.push(path.to_owned()),
            Err(error) => self.fault(path, &error),
        }
    }

    fn look_into(&mut self, folder: &Path) {
        let is_new = folder.canonicalize().is_ok_and(|real| self.seen.insert(real));
        if !is_new {
            return;
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.fault(folder, &error),
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                self.look_into(&path);
            } else if is_article_name(&name) {
                self.files.push(path);
            }
        }
    }

    fn fault(&mut self, path: &Path, error: &std::io::Error) {
        self.faults.push(format!("could not read {}: {error}. {}", path.display(), cure(error)));
    }
}
