//! Packages: a project, or a part of it, in one zip file; and other people's annotations coming out of one, or out of a folder.
//!
//! What comes from outside is read with suspicion: no path leads out, no link is followed, and no file or sum of files is larger than any
//! honest one would be.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::atomic::write_atomically;
use super::error::{StoreError, cure};
use super::project::{PRIVATE, Project, SETTINGS};
use super::threads::comments_path;

/// The most that one file out of a package may hold, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// The most that all files out of a package may hold together, in bytes.
const LARGEST_SUM: u64 = 2 * 1024 * 1024 * 1024;

/// The most files that a package may have.
const MOST_FILES: usize = 500_000;

/// How many times larger than in the zip a file may be, beyond the first megabyte. Annotation files shrink to a tenth; bombs to a thousandth.
const MOST_SHRUNK: u64 = 200;

/// Why a package could not be read.
#[derive(Debug, Error)]
pub enum PackageError {
    /// The system refused.
    #[error("could not read {}: {cause}. {}", .path.display(), cure(.cause))]
    Io {
        /// What.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// Not a zip, or a broken one.
    #[error("{} is no folder and no zip file that can be read: {why}. Ask for it again, or unpack it yourself and give the folder.", .path.display())]
    NoZip {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Something that no honest package has.
    #[error("{} was not taken in, because {why}. Nothing was written.", .path.display())]
    Suspicious {
        /// The package.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// The files of a package or folder: path with `/`, bytes. Only those that `wanted` says yes to are read.
///
/// # Errors
/// It cannot be read, a path in it leads out of it, or it is larger than it should be.
pub fn read_package(
    source: &Path,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    let failed = |cause| PackageError::Io { path: source.to_owned(), cause };
    if fs::metadata(source).map_err(failed)?.is_dir() {
        let mut found = BTreeMap::new();
        let mut sum = 0;
        read_folder(source, source, wanted, &mut found, &mut sum, 0)?;
        return Ok(found);
    }
    let file = File::open(source).map_err(failed)?;
    let no_zip = |why: String| PackageError::NoZip { path: source.to_owned(), why };
    let suspicious = |why: String| PackageError::Suspicious { path: source.to_owned(), why };
    let mut zip = ZipArchive::new(io::BufReader::new(file)).map_err(|error| no_zip(error.to_string()))?;
    if zip.len() > MOST_FILES {
        return Err(suspicious(format!("it holds {} files", zip.len())));
    }
    let mut found = BTreeMap::new();
    let mut sum = 0u64;
    for nth in 0..zip.len() {
        let entry = zip.by_index(nth).map_err(|error| no_zip(error.to_string()))?;
        let name = entry.name().map_err(|error| no_zip(error.to_string()))?.replace('\\', "/");
        let leads_out = name.starts_with('/')
            || name.contains(':')
            || name.contains('\0')
            || name.split('/').any(|step| step == "..");
        if leads_out {
            return Err(suspicious(format!("the path `{name}` in it leads out of it")));
        }
        if entry.is_symlink() {
            return Err(suspicious(format!("`{name}` in it is a link to somewhere else")));
        }
        if entry.is_dir() || !wanted(&name) {
            continue;
        }
        let (packed, claimed) = (entry.compressed_size(), entry.size());
        let most = LARGEST_FILE.min(1024 * 1024 + packed.saturating_mul(MOST_SHRUNK));
        let too_large = || suspicious(format!("`{name}` in it is far larger than any annotation file"));
        if claimed > most {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // What the zip says of the size is only what it says.
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| no_zip(format!("`{name}`: {error}")))?;
        sum += bytes.len() as u64;
        if bytes.len() as u64 > most {
            return Err(too_large());
        }
        if sum > LARGEST_SUM {
            return Err(suspicious("all files in it together are too large".to_owned()));
        }
        found.insert(name, bytes);
    }
    Ok(found)
}

fn read_folder(
    root: &Path,
    folder: &Path,
    wanted: &dyn Fn(&str) -> bool,
    found: &mut BTreeMap<String, Vec<u8>>,
    sum: &mut u64,
    depth: usize,
) -> Result<(), PackageError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| PackageError::Io { path, cause }
    };
    // Deeper than anyone sorts articles, so that links that run in a circle end.
    if depth > 32 {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let kind = entry.file_type().map_err(failed(&path))?;
        if kind.is_symlink() || name == PRIVATE || name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            read_folder(root, &path, wanted, found, sum, depth + 1)?;
            continue;
        }
        let steps: Option<Vec<&str>> = path
            .strip_prefix(root)
            .ok()
            .and_then(|inner| inner.components().map(|step| step.as_os_str().to_str()).collect());
        let Some(relative) = steps.map(|steps| steps.join("/")).filter(|relative| wanted(relative)) else {
            continue;
        };
        let length = entry.metadata().map_err(failed(&path))?.len();
        *sum += length;
        if length > LARGEST_FILE || *sum > LARGEST_SUM || found.len() >= MOST_FILES {
            let why = format!("`{relative}` in it, or all of it together, is too large");
            return Err(PackageError::Suspicious { path: root.to_owned(), why });
        }
        found.insert(relative, fs::read(&path).map_err(failed(&path))?);
    }
    Ok(())
}

/// What is put into a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// Articles.
    pub articles: usize,
    /// Annotation files.
    pub sets: usize,
    /// Files of comments.
    pub threads: usize,
    /// The size of the package, in bytes.
    pub bytes: usize,
}

/// Writes a package: a zip that is itself a project, with settings, schema, codebook, register, guidelines, these articles, these
/// annotators' work on them and, if wanted, what everyone said about them. Journal and locks stay here.
///
/// The same project gives the same bytes: files come in order, and carry no time.
///
/// # Errors
/// A file cannot be read, or the package not be written.
pub fn write_package(
    project: &Project,
    out: &Path,
    articles: &[String],
    annotators: &[String],
    with_threads: bool,
    step: &mut dyn FnMut() -> bool,
) -> Result<Option<Packed>, StoreError> {
    let settings = &project.settings;
    let mut files: Vec<String> = vec![SETTINGS.to_owned()];
    let lists = [&settings.schema, &settings.codebook, &settings.register];
    files.extend(lists.into_iter().chain(settings.guidelines.iter().map(|(_, path)| path)).cloned());
    let mut packed = Packed { articles: articles.len(), ..Packed::default() };
    files.extend(articles.iter().cloned());
    for entry in project.annotation_files() {
        let of = || project.set_head(&entry.file).is_some_and(|head| articles.contains(&head.article));
        if annotators.contains(&entry.annotator) && of() {
            packed.sets += 1;
            files.push(entry.file);
        }
    }
    if with_threads {
        let authors = fs::read_dir(project.root.join(super::threads::THREADS));
        let authors =
            authors.into_iter().flatten().flatten().filter_map(|a| a.file_name().into_string().ok());
        for author in authors {
            for article in articles {
                let file = comments_path(&author, article);
                // A folder is called by the safe form of a name, which is its own safe form or ends in a mark.
                if project.root.join(&file).is_file() {
                    packed.threads += 1;
                    files.push(file);
                }
            }
        }
    }
    files.sort();
    files.dedup();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let failed = |what: &'static str, path: &Path| {
        let path = path.to_owned();
        move |error: zip::result::ZipError| StoreError::Io { what, path, cause: io::Error::other(error) }
    };
    for file in files {
        if !step() {
            return Ok(None);
        }
        let path = project.root.join(&file);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // A list that the project does without.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(StoreError::io("could not read", &path)(error)),
        };
        zip.start_file(&file, options).map_err(failed("could not pack", &path))?;
        zip.write_all(&bytes).map_err(StoreError::io("could not pack", &path))?;
    }
    let bytes = zip.finish().map_err(failed("could not write", out))?.into_inner();
    packed.bytes = bytes.len();
    write_atomically(out, &bytes).map_err(StoreError::io("could not write", out))?;
    Ok(Some(packed))
}
