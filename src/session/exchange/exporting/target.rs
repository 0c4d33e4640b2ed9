//! Files on disk that appear all at once, when everything was written.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::super::ExchangeError;
use crate::formats::TargetFiles;
use crate::store::{cure, put_in_place};

/// A file or folder to be written. Until [`DiskTarget::commit`] everything stands in temporary files beside it, which vanish if that
/// never comes.
pub struct DiskTarget {
    out: PathBuf,
    is_folder: bool,
    byte_order_mark: bool,
    /// What was written, closed again: systems let a program hold a thousand files open, and an export may have more.
    begun: Vec<(TempPath, PathBuf)>,
    made: MadeFolders,
}

/// Folders that were made for the temporary files; taken away again unless the export comes about.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|at| !at.as_os_str().is_empty() && !at.exists())
            .map(Path::to_owned)
            .collect();
        std::fs::create_dir_all(folder)?;
        self.0.extend(missing.into_iter().rev());
        Ok(())
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that somebody has put something into meanwhile is theirs.
            let _in_use = std::fs::remove_dir(folder);
        }
    }
}

impl DiskTarget {
    /// Begins to write a file or a folder.
    ///
    /// # Errors
    /// Something is there already and may not be written over.
    pub fn begin(out: &Path, is_folder: bool, overwrite: bool) -> Result<Self, ExchangeError> {
        let refuse = |what: &str| Err(ExchangeError::Disk(format!("{} {what}", out.display())));
        match std::fs::metadata(out) {
            Ok(there) if there.is_dir() && !is_folder => {
                return refuse("is a folder, and this export is one file. Name a file in it.");
            }
            Ok(there) if !there.is_dir() && is_folder => {
                return refuse("is a file, and this export is a folder. Name another.");
            }
            Ok(_) if overwrite => {}
            Ok(there) if there.is_dir() && is_empty(out) => {}
            Ok(_) => {
                return refuse("is there already. Name another target, or write over it with --overwrite.");
            }
            Err(_not_there) => {}
        }
        Ok(Self {
            out: out.to_owned(),
            is_folder,
            byte_order_mark: false,
            begun: Vec::new(),
            made: MadeFolders::default(),
        })
    }

    /// The same, with a byte order mark before every table: Excel takes a table without one for the system's own encoding.
    pub fn with_byte_order_mark(self) -> Self {
        Self { byte_order_mark: true, ..self }
    }

    /// Puts everything in its place. A file is the old one or the new one, never half of each; if one cannot be put there, those go again
    /// that were not there before.
    ///
    /// # Errors
    /// The system refuses.
    pub fn commit(mut self) -> Result<(), ExchangeError> {
        let mut placed = Vec::new();
        let put = self.put_all(&mut placed);
        match put {
            Ok(()) => self.made.0.clear(),
            Err(_) => {
                for path in placed {
                    // Whoever holds on to it keeps it; what is told is why the export failed.
                    let _stays = std::fs::remove_file(path);
                }
            }
        }
        put
    }

    /// Gives in `placed` the files that are new.
    fn put_all(&mut self, placed: &mut Vec<PathBuf>) -> Result<(), ExchangeError> {
        for (written, path) in std::mem::take(&mut self.begun) {
            let file = File::options().append(true).open(&written);
            file.and_then(|file| file.sync_all()).map_err(|error| refused(&path, &error))?;
            if let Some(folder) = path.parent() {
                self.made.make(folder).map_err(|error| refused(folder, &error))?;
            }
            let is_new = !path.exists();
            put_in_place(written, &path).map_err(|error| refused(&path, &error))?;
            if is_new {
                placed.push(path);
            }
        }
        Ok(())
    }
}

fn refused(path: &Path, error: &io::Error) -> ExchangeError {
    ExchangeError::Disk(format!("could not write {}: {error}. {}", path.display(), cure(error)))
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

impl TargetFiles for DiskTarget {
    fn create(&mut self, path: &str) -> io::Result<Box<dyn Write>> {
        let path = match self.is_folder {
            true => self.out.join(path),
            false => self.out.clone(),
        };
        // Beside the target, so that moving it there is a rename. The target's own folder may not be there yet.
        let beside = if self.is_folder { self.out.as_path() } else { path.as_path() };
        let folder = match beside.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        self.made.make(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".postil-unfinished-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What any program gives a new file; the user's umask narrows it.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let (mut handle, written) = builder.tempfile_in(folder)?.into_parts();
        if self.byte_order_mark && path.extension().is_some_and(|ending| ending == "csv" || ending == "tsv") {
            handle.write_all("\u{FEFF}".as_bytes())?;
        }
        self.begun.push((written, path));
        Ok(Box::new(handle))
    }
}
