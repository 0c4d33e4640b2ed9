//! What an import would do to a project: every file it would write, and everything there is to tell. Touches nothing.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use tempfile::SpooledTempFile;

use super::mapping::{Dropped, Met};
use crate::store::{ChangedList, Digest, Project};

/// What becomes of a set of annotations of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The project has none of this annotator on this article.
    New,
    /// What is not there yet is added to the one that is there.
    Merged,
    /// It takes the place of the one that is there.
    Replaced,
}

impl Fate {
    /// Its name, for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Merged => "merged",
            Self::Replaced => "replaced",
        }
    }
}

/// A set of annotations that would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSet {
    /// The article's path in the project.
    pub article: String,
    /// Whose it is.
    pub annotator: String,
    /// How many spans it then has.
    pub spans: usize,
    /// How many relations.
    pub relations: usize,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether the article is added with it.
    pub adds_article: bool,
}

/// Something there is to say about a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where and what, in words: file and line first, where it is known.
    pub what: String,
    /// Whether something of the source was left out by that.
    pub left_out: bool,
}

/// What an import comes to.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Records met.
    pub met: usize,
    /// The sets of annotations that are taken in.
    pub sets: Vec<PlannedSet>,
    /// Articles added.
    pub articles: usize,
    /// Records left out because there were annotations already.
    pub refused: usize,
    /// Things left out.
    pub left_out: usize,
    /// What there is to say about the source, in order.
    pub remarks: Vec<Told>,
    /// What the project learns: labels, fields, choices, terms, register entries, folders, each in words.
    pub learnt: Vec<String>,
    /// Why the source could not be read to its end, if so.
    pub broken: Option<String>,
    /// What the source calls things.
    pub names: Met,
    /// What the mapping left out.
    pub dropped: Dropped,
    /// Whether the source is a codebook alone: labels and terms without any record.
    pub is_codebook: bool,
}

impl Intake {
    /// Whether the project would not change at all.
    pub fn is_nothing(&self) -> bool {
        self.sets.is_empty() && !(self.is_codebook && self.met == 0 && self.broken.is_none())
    }
}

/// A file of the project to be written.
#[derive(Clone, Debug)]
pub(super) struct PlannedFile {
    /// Its path in the project.
    pub file: String,
    /// Where its bytes lie in the store of bytes.
    bytes: Range<u64>,
    /// Their digest.
    pub digest: Digest,
    /// The digest of the file that is there now; `None` if there is none.
    pub found: Option<Digest>,
    /// Whose annotations on what it holds; `None` for an article.
    pub set: Option<(String, String)>,
}

/// What an import would do. [`super::confirm`] does it; dropping it leaves everything as it is.
pub struct ImportPlan {
    pub(super) project: Project,
    pub(super) intake: Intake,
    pub(super) files: PlannedFiles,
    pub(super) lists: Vec<ChangedList>,
    pub(super) source: String,
    pub(super) format: &'static str,
}

impl ImportPlan {
    /// What it would come to.
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// How many files would be written, the lists of the project among them.
    pub fn file_count(&self) -> usize {
        self.files.list.len() + self.lists.len()
    }
}

/// Bytes of more than this are kept on disk, outside the project, and not in memory.
const IN_MEMORY: usize = 8 << 20;

/// The files to be written, in order; a file planned twice is there once, as the second wanted it.
pub(super) struct PlannedFiles {
    pub list: Vec<PlannedFile>,
    places: HashMap<String, usize>,
    bytes: SpooledTempFile,
    length: u64,
}

impl PlannedFiles {
    pub fn new() -> Self {
        Self { list: Vec::new(), places: HashMap::new(), bytes: SpooledTempFile::new(IN_MEMORY), length: 0 }
    }

    /// Plans a file.
    ///
    /// # Errors
    /// The bytes cannot be kept.
    pub fn plan(
        &mut self,
        file: &str,
        bytes: &[u8],
        found: Option<Digest>,
        set: Option<(String, String)>,
    ) -> io::Result<()> {
        self.bytes.seek(SeekFrom::Start(self.length))?;
        self.bytes.write_all(bytes)?;
        let end = self.length + bytes.len() as u64;
        let range = std::mem::replace(&mut self.length, end)..end;
        let mut planned =
            PlannedFile { file: file.to_owned(), bytes: range, digest: Digest::of(bytes), found, set };
        match self.places.get(file).and_then(|place| self.list.get_mut(*place)) {
            Some(there) => {
                planned.found = there.found;
                *there = planned;
            }
            None => {
                self.places.insert(file.to_owned(), self.list.len());
                self.list.push(planned);
            }
        }
        Ok(())
    }

    /// Whether a file of this path is planned.
    pub fn has(&self, file: &str) -> bool {
        self.places.contains_key(file)
    }

    /// The bytes planned for a file.
    ///
    /// # Errors
    /// None are planned, or they cannot be had back.
    pub fn bytes_of(&mut self, file: &str) -> io::Result<Vec<u8>> {
        let place = self.places.get(file).copied().ok_or(io::ErrorKind::NotFound)?;
        self.bytes_at(place)
    }

    /// The bytes of the file of this number in the list.
    ///
    /// # Errors
    /// There is none, or they cannot be had back.
    pub fn bytes_at(&mut self, place: usize) -> io::Result<Vec<u8>> {
        let range = self.list.get(place).ok_or(io::ErrorKind::NotFound)?.bytes.clone();
        let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
        let mut bytes = vec![0; length];
        self.bytes.seek(SeekFrom::Start(range.start))?;
        self.bytes.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
