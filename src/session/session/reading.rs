//! Reading the annotators' sets that lie beside gold: where their files are large, on a thread, so that the window goes on.

use super::*;
use crate::review::anchoring::{Reanchored, reanchored};
use crate::session::job::{Job, Steps};

/// Files of so many bytes in all are read at once, so that what came is there when it is asked for; that takes some 10 ms.
const AT_ONCE: u64 = 256 * 1024;

/// One annotator's set on an article, as far as it could be read.
#[derive(Debug)]
pub(in crate::session) enum Read {
    /// There it is; where it was made on another version of the article, with what had to be found again.
    Set(Box<AnnotationSet>, Option<Reanchored>),
    /// The annotator has no file on this article.
    Missing,
    /// The file cannot be read.
    Fault(crate::model::FileFault),
}

impl Read {
    /// Reads one. Where it was made on another version of the article, what could be found again stands where it belongs now.
    pub fn one(project: &Project, annotator: &str, article: &Article, schema: &Schema) -> Self {
        match store::read_set(project, annotator, &article.path, Some(article)) {
            Ok(Some(loaded)) => {
                let (set, found) = reanchored(loaded.set, &article.text, schema);
                Self::Set(Box::new(set), found)
            }
            Ok(None) => Self::Missing,
            Err(why) => Self::Fault(why),
        }
    }
}

/// Everybody's set, in the order of the annotators.
pub(super) type ReadSets = Vec<(String, Read)>;

/// What is to be read.
pub(super) struct ToRead {
    pub project: Project,
    pub annotators: Vec<String>,
    pub article: Arc<Article>,
    pub schema: Arc<Schema>,
}

impl ToRead {
    /// Whether it is little enough to be read at once.
    pub fn is_quick(&self) -> bool {
        let size = |annotator: &String| {
            let file = self.project.existing_annotation_path(annotator, &self.article.path)?;
            Some(std::fs::metadata(self.project.root.join(file)).ok()?.len())
        };
        self.annotators.iter().filter_map(size).sum::<u64>() <= AT_ONCE
    }

    /// Reads one file after the other, until it is stopped.
    pub fn read(&self, steps: &Steps) -> ReadSets {
        steps.expect(self.annotators.len());
        let mut read = ReadSets::new();
        for annotator in self.annotators.iter().take_while(|_| steps.go_on()) {
            let one = Read::one(&self.project, annotator, &self.article, &self.schema);
            read.push((annotator.clone(), one));
            steps.step();
        }
        read
    }
}

/// Reading that is under way.
pub(super) struct Reading {
    /// The path of the article.
    pub article: String,
    job: Job<ReadSets>,
}

impl Reading {
    /// Starts it; `wake` is called as it goes on and when it is done. Letting go of it stops it.
    pub fn start(what: ToRead, wake: store::Wake) -> Self {
        let article = what.article.path.clone();
        Self { article, job: Job::start("reading annotations", wake, move |steps| what.read(steps)) }
    }

    /// What was read, once it is there.
    pub fn take(&self) -> Option<Result<ReadSets, crate::session::Lost>> {
        self.job.take()
    }

    /// How many files were read, of how many.
    pub fn progress(&self) -> (usize, usize) {
        self.job.progress()
    }
}
