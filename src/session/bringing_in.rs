//! Another person's work coming in, in two steps: first it is looked at and everything is told, then, if the user says so, it is written.
//! Nothing that is there is ever written over.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::Comments;
use crate::store::{
    Digest, PackageError, Project, SetLock, change_comments, inside, parse_comments, parse_set, read_package,
    unsaved_work, write_atomically,
};

/// One annotation file that could come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingSet {
    /// Whose.
    pub annotator: String,
    /// On which article.
    pub article: String,
    /// How many spans it has.
    pub spans: usize,
    /// Where it would be written, relative to the project's root.
    pub file: String,
    bytes: Vec<u8>,
}

/// What a folder or zip holds, looked at against a project. Nothing is written yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// Sets that are new here.
    pub new: Vec<IncomingSet>,
    /// Sets that are here already, byte for byte.
    pub same: usize,
    /// Comments, by author and article.
    pub comments: Vec<Comments>,
    /// What cannot come in, and why, one a line.
    pub left_out: Vec<String>,
    /// Labels that this project's schema lacks, with how many spans have them.
    pub unknown_labels: BTreeMap<String, usize>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// Annotation files.
    pub sets: usize,
    /// Comments that were not here yet.
    pub comments: usize,
    /// What could not be written after all, and why.
    pub failed: Vec<String>,
}

impl Incoming {
    /// Looks at a folder of annotation files, a project, or a zip of either.
    ///
    /// # Errors
    /// It cannot be read, or is no honest package.
    pub fn look_at(project: &Project, source: &Path) -> Result<Self, PackageError> {
        let mut incoming = Self::default();
        for (path, bytes) in read_package(source, &|path| path.ends_with(".ron"))? {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
            // Settings and lists of a whole project come along; they stay theirs.
            if head.contains("author:") && head.contains("comments:") {
                incoming.look_at_comments(project, &path, &bytes);
            } else if head.contains("annotator:") && head.contains("article:") {
                incoming.look_at_set(project, &path, bytes);
            }
        }
        Ok(incoming)
    }

    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.comments.is_empty()
    }

    fn look_at_comments(&mut self, project: &Project, path: &str, bytes: &[u8]) {
        match parse_comments(path, bytes) {
            Err(fault) => self.left_out.push(fault.to_string()),
            Ok(comments) if comments.author.trim().is_empty() => {
                self.left_out.push(format!("{path}: it does not say whose it is"));
            }
            Ok(comments) => {
                let there =
                    inside(&comments.article).is_ok() && project.read_article(&comments.article).is_ok();
                match there {
                    true => self.comments.push(comments),
                    false => self
                        .left_out
                        .push(format!("{path}: this project has no article {}", comments.article)),
                }
            }
        }
    }

    fn look_at_set(&mut self, project: &Project, path: &str, bytes: Vec<u8>) {
        let find = |article: &str| {
            inside(article).ok().and_then(|path| project.read_article(path).ok()).map(|a| a.text)
        };
        let set = match parse_set(path, &bytes, &find) {
            Ok((set, _)) => set,
            Err(fault) => return self.left_out.push(fault.to_string()),
        };
        let mut leave_out = |why: String| self.left_out.push(format!("{path}: {why}"));
        if set.annotator.trim().is_empty() {
            return leave_out("it does not say whose it is".into());
        }
        let Some(text) = find(&set.article) else {
            return leave_out(format!("this project has no article {}; add it first", set.article));
        };
        if !set.fingerprint.is_empty() && set.fingerprint != text.fingerprint() {
            let all = set.len();
            let (_, told) = crate::review::anchoring::reanchored(set, &text, &project.schema);
            let told = told.unwrap_or_default();
            return leave_out(format!(
                "it was made on another version of the article: of {all} tags {} could be found again, {} could not",
                told.stayed + told.moved,
                told.lost.len()
            ));
        }
        if let Some(file) = project.existing_annotation_path(&set.annotator, &set.article) {
            match Digest::of_file(&project.root.join(&file)) {
                Ok(Some(now)) if now == Digest::of(&bytes) => self.same += 1,
                _ => leave_out(format!("{file} is there with other contents and is kept")),
            }
            return;
        }
        if unsaved_work(project).iter().any(|(who, article)| *who == set.annotator && *article == set.article)
        {
            return leave_out(format!("there is unsaved work of {} on it here", set.annotator));
        }
        for span in set.spans().filter(|span| project.schema.label(&span.label).is_none()) {
            *self.unknown_labels.entry(span.label.clone()).or_default() += 1;
        }
        let file = project.annotation_path(&set.annotator, &set.article);
        self.new.push(IncomingSet {
            spans: set.len(),
            annotator: set.annotator,
            article: set.article,
            file,
            bytes,
        });
    }

    /// Writes what was looked at. A file that has come into being meanwhile is kept.
    pub fn write(&self, project: &Project) -> BroughtIn {
        let mut done = BroughtIn::default();
        for set in &self.new {
            let target = project.root.join(&set.file);
            let lock = SetLock::try_take(&project.root, &set.annotator, &set.article);
            let written = match lock {
                Err(refused) => Err(refused.to_string()),
                Ok(_) if target.exists() => Err("it is there by now and is kept".to_owned()),
                // The bytes as they came, so that the file stays what its annotator wrote.
                Ok(_lock) => write_atomically(&target, &set.bytes).map_err(|why| why.to_string()),
            };
            match written {
                Ok(()) => done.sets += 1,
                Err(why) => done.failed.push(format!("{}: {why}", set.file)),
            }
        }
        for comments in &self.comments {
            match change_comments(project, &comments.author, &comments.article, |own| own.take_in(comments)) {
                Ok(came) => done.comments += came,
                Err(why) => done.failed.push(why.to_string()),
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_at_first_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        for root in [&ours, &theirs] {
            crate::session::sample::write(root).unwrap();
        }
        std::fs::remove_dir_all(ours.join("annotations/boris")).unwrap();
        let file = theirs.join("annotations/anna/ru-davos.ron");
        let text = std::fs::read_to_string(&file).unwrap();
        write_atomically(&file, text.replacen("\"place\"", "\"person\"", 1).as_bytes()).unwrap();
        let project = Project::open(&ours).unwrap();
        let incoming = Incoming::look_at(&project, &theirs).unwrap();
        assert_eq!((incoming.new.len(), incoming.same, incoming.left_out.len()), (7, 13, 1));
        assert!(incoming.left_out[0].contains("is kept"), "{:?}", incoming.left_out);
        assert!(!ours.join("annotations/boris").exists(), "nothing is written by looking");
        let done = incoming.write(&project);
        assert_eq!((done.sets, done.failed.len()), (7, 0));
        let again = Incoming::look_at(&project, &theirs).unwrap();
        assert_eq!((again.new.len(), again.same), (0, 20));
    }
}
