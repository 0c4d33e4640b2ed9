//! A file or folder on disk, to be read.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::super::{ExchangeError, Progress};
use crate::formats::SourceFiles;
use crate::store::cure;

/// A file, or a folder with all its folders.
pub struct DiskSource<'a> {
    /// Where the paths start.
    base: PathBuf,
    files: Vec<String>,
    progress: &'a dyn Progress,
}

impl<'a> DiskSource<'a> {
    /// Finds out what there is to read. The progress counts bytes.
    ///
    /// # Errors
    /// The file or folder is not there or cannot be looked into.
    pub fn new(path: &Path, progress: &'a dyn Progress) -> Result<Self, ExchangeError> {
        let refused = |at: &Path, error: &io::Error| {
            ExchangeError::Disk(format!("could not read {}: {error}. {}", at.display(), cure(error)))
        };
        let there = std::fs::metadata(path).map_err(|error| refused(path, &error))?;
        let (base, files) = if there.is_dir() {
            let mut files = Vec::new();
            list(path, "", &mut files, 0, progress).map_err(|error| match progress.is_stopped() {
                true => ExchangeError::Stopped,
                false => refused(path, &error),
            })?;
            (path.to_owned(), files)
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (path.parent().unwrap_or(Path::new("")).to_owned(), vec![name])
        };
        let length = |file: &String| std::fs::metadata(base.join(file)).map_or(0, |there| there.len());
        progress.begin(files.iter().map(length).sum());
        Ok(Self { base, files, progress })
    }
}

/// Lists the files of a folder by their names; hidden ones are not meant.
fn list(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<String>,
    depth: usize,
    progress: &dyn Progress,
) -> io::Result<()> {
    if progress.is_stopped() {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    let mut names: Vec<String> = std::fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        // Deeper than anyone sorts files, so that links that run in a circle end.
        if path.is_dir() && depth < 32 {
            list(&path, &format!("{prefix}{name}/"), files, depth + 1, progress)?;
        } else if path.is_file() {
            files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

impl SourceFiles for DiskSource<'_> {
    fn files(&self) -> Vec<String> {
        self.files.clone()
    }

    fn open(&self, file: &str) -> io::Result<Box<dyn BufRead + '_>> {
        let file = std::fs::File::open(self.base.join(file))?;
        let counted = Counted { file, progress: self.progress };
        Ok(Box::new(BufReader::with_capacity(1 << 16, counted)))
    }

    fn length(&self, file: &str) -> Option<u64> {
        std::fs::metadata(self.base.join(file)).ok().map(|there| there.len())
    }
}

/// A file that tells how much of it was read, and ends early when that is wished.
struct Counted<'a> {
    file: std::fs::File,
    progress: &'a dyn Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.progress.is_stopped() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let read = self.file.read(buffer)?;
        self.progress.step(read as u64);
        Ok(read)
    }
}
