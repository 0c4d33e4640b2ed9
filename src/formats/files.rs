//! What formats read from and write to: names and streams, not a disk.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A file or a folder to read.
pub trait SourceFiles: Sync {
    /// Its files by their paths inside it, with `/`, in order; for a single file its own name.
    fn files(&self) -> Vec<String>;

    /// Opens one of them.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    fn open(&self, file: &str) -> io::Result<Box<dyn BufRead + '_>>;

    /// How many bytes one of them has, if that is known.
    fn length(&self, _file: &str) -> Option<u64> {
        None
    }
}

/// A file or a folder to write.
pub trait TargetFiles {
    /// Begins a file; a path with `/` inside a folder, the empty path for the file itself where the target is one. What was begun
    /// counts as written only when the whole export is. Several may be open at once.
    ///
    /// # Errors
    /// The system refuses.
    fn create(&mut self, path: &str) -> io::Result<Box<dyn Write>>;
}

/// The files of a target whose paths begin in one way: a folder in it, or a single file.
pub struct FilesWithin<'a> {
    files: &'a mut dyn TargetFiles,
    before: String,
}

impl<'a> FilesWithin<'a> {
    /// What stands before every path: `train/`, or `train.jsonl` for a format that writes one file.
    pub fn new(files: &'a mut dyn TargetFiles, before: impl Into<String>) -> Self {
        Self { files, before: before.into() }
    }
}

impl TargetFiles for FilesWithin<'_> {
    fn create(&mut self, path: &str) -> io::Result<Box<dyn Write>> {
        self.files.create(&format!("{}{path}", self.before))
    }
}

/// Files in memory: a source and a target for tests and for the clipboard.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl MemoryFiles {
    /// One file.
    pub fn one(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let files = Self::default();
        files.put(path, bytes.into());
        files
    }

    /// Adds a file.
    pub fn put(&self, path: &str, bytes: Vec<u8>) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes);
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(path).cloned()
    }
}

impl SourceFiles for MemoryFiles {
    fn files(&self) -> Vec<String> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.keys().cloned().collect()
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn BufRead + '_>> {
        match self.bytes(file) {
            Some(bytes) => Ok(Box::new(io::Cursor::new(bytes))),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn length(&self, file: &str) -> Option<u64> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(file).map(|bytes| bytes.len() as u64)
    }
}

impl TargetFiles for MemoryFiles {
    fn create(&mut self, path: &str) -> io::Result<Box<dyn Write>> {
        self.put(path, Vec::new());
        Ok(Box::new(MemoryFile { files: self.clone(), path: path.to_owned() }))
    }
}

struct MemoryFile {
    files: MemoryFiles,
    path: String,
}

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.files.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.entry(self.path.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
