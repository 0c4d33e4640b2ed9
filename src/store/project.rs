//! A project on disk: opening it, making one, and what it is made of.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::annotations::SetHead;
use super::atomic::{sweep, write_atomically};
use super::digest::{Digest, OwnWrites};
use super::error::StoreError;
use super::faults::{as_text, nearest, parse, read_bytes};
use super::ron_text::{codebook_text, register_text, schema_text, settings_text};
use crate::model::{Codebook, Entity, FileFault, FileFaultKind, ProjectSettings, Register, Schema, Term};

/// The file that makes a folder a project.
pub const SETTINGS: &str = "postil.ron";

/// A project that is open.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// `postil.ron`.
    pub settings: ProjectSettings,
    /// The schema; empty if it could not be read, see `faults`.
    pub schema: Schema,
    /// The register; empty if it could not be read, see `faults`.
    pub register: Register,
    /// The codebook; empty if it could not be read, see `faults`.
    pub codebook: Codebook,
    /// What is wrong with the files above. A list that could not be read is never written over.
    pub faults: Vec<FileFault>,
    /// What this program wrote itself, for the watcher.
    pub own_writes: OwnWrites,
    /// What was read, so that saving can tell our changes from other people's.
    pub(super) read: Read,
    /// The beginnings of annotation files by path, with the file's time and length then.
    pub(super) heads: Heads,
}

pub(super) type Stamp = (Option<std::time::SystemTime>, u64);
pub(super) type Heads = Arc<Mutex<HashMap<PathBuf, (Stamp, Option<SetHead>)>>>;

/// The project's files as they were read or last written; no digest = there was no file.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) settings: (ProjectSettings, Option<Digest>),
    pub(super) schema: (Schema, Option<Digest>),
    pub(super) register: (Register, Option<Digest>),
    pub(super) codebook: (Codebook, Option<Digest>),
}

/// Which schema a new project gets.
#[derive(Clone, Debug)]
pub enum SchemaChoice {
    /// A built-in one, by its name.
    Template(String),
    /// The one in this file, copied as it is.
    File(PathBuf),
}

/// A file of the project that can be read from its text.
pub(super) trait Stored: Sized {
    /// What there is when there is no file.
    fn nothing() -> Self;
    /// Reads it.
    fn read(file: &str, text: &str) -> Result<Self, FileFault>;
    /// Writes it.
    fn text(&self) -> String;
}

impl Stored for ProjectSettings {
    fn nothing() -> Self {
        Self::new("")
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        parse(file, text)
    }
    fn text(&self) -> String {
        settings_text(self)
    }
}

impl Stored for Schema {
    fn nothing() -> Self {
        Self::empty("")
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        parse(file, text)
    }
    fn text(&self) -> String {
        schema_text(self)
    }
}

/// `register.ron`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterFile {
    format: u32,
    #[serde(default)]
    entities: Vec<Entity>,
}

/// `codebook.ron`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodebookFile {
    format: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    terms: Vec<Term>,
}

impl From<&Register> for RegisterFile {
    fn from(register: &Register) -> Self {
        Self {
            format: crate::model::FORMAT,
            entities: register.iter().map(|entity| (**entity).clone()).collect(),
        }
    }
}

impl From<RegisterFile> for Register {
    fn from(file: RegisterFile) -> Self {
        file.entities.into_iter().collect()
    }
}

impl From<&Codebook> for CodebookFile {
    fn from(codebook: &Codebook) -> Self {
        Self {
            format: crate::model::FORMAT,
            name: codebook.name.clone(),
            terms: codebook.iter().map(|term| (**term).clone()).collect(),
        }
    }
}

impl From<CodebookFile> for Codebook {
    fn from(file: CodebookFile) -> Self {
        Self::new(file.name, file.terms)
    }
}

/// Two entries of one id cannot both be held in memory; reading such a file would drop one.
fn no_id_twice<'a>(file: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), FileFault> {
    let mut seen = std::collections::HashSet::new();
    match ids.into_iter().find(|id| !seen.insert(id.to_owned())) {
        None => Ok(()),
        Some(twice) => Err(FileFault {
            file: file.to_owned(),
            kind: FileFaultKind::Misshapen,
            place: None,
            detail: format!(
                "the id `{twice}` is given to two entries. Give one of them another id, or take it out"
            ),
        }),
    }
}

impl Stored for Register {
    fn nothing() -> Self {
        Self::default()
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        let read: RegisterFile = parse(file, text)?;
        no_id_twice(file, read.entities.iter().map(|entity| entity.id.as_str()))?;
        Ok(read.into())
    }
    fn text(&self) -> String {
        register_text(self)
    }
}

impl Stored for Codebook {
    fn nothing() -> Self {
        Self::default()
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        let read: CodebookFile = parse(file, text)?;
        no_id_twice(file, read.terms.iter().map(|term| term.id.as_str()))?;
        Ok(read.into())
    }
    fn text(&self) -> String {
        codebook_text(self)
    }
}

/// Reads a file of the project with its digest.
pub(super) fn read_stored<T: Stored>(root: &Path, file: &str) -> Result<(T, Digest), FileFault> {
    let bytes = read_bytes(root, file)?;
    Ok((T::read(file, as_text(file, &bytes)?)?, Digest::of(&bytes)))
}

/// Reads a schema from any file, outside a project too.
///
/// # Errors
/// The file cannot be used, with its place.
pub fn read_schema(path: &Path) -> Result<Schema, FileFault> {
    let file = path.display().to_string();
    read_stored(Path::new(""), &file).map(|(schema, _)| schema)
}

impl Project {
    /// The nearest folder at or above `from` that holds a project.
    pub fn find(from: &Path) -> Option<PathBuf> {
        // Made absolute, so that the folders above are there to look into; if that fails, what was given must do.
        let from = std::path::absolute(from).unwrap_or_else(|_| from.to_owned());
        from.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_owned)
    }

    /// Opens a project. A schema, codebook or register that cannot be read leaves an empty list and a fault.
    ///
    /// # Errors
    /// There is none, its settings cannot be read, or one of its files was made by a newer version.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let project = Self::open_for_checking(root)?;
        match project.faults.iter().find(|fault| fault.kind == FileFaultKind::TooNew) {
            Some(too_new) => Err(too_new.clone().into()),
            None => Ok(project),
        }
    }

    /// Opens a project as [`Self::open`] does, but takes files of a newer version for faults too: for validation, which reports them.
    ///
    /// # Errors
    /// There is none, or its settings cannot be read.
    pub fn open_for_checking(root: &Path) -> Result<Self, StoreError> {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let path = root.join(SETTINGS);
        // Read once here, so that what the system refuses is told with the whole path.
        if let Err(error) = std::fs::read(&path) {
            return Err(match error.kind() {
                std::io::ErrorKind::NotFound => StoreError::NoProject(root),
                _ => StoreError::io("could not read", &path)(error),
            });
        }
        let (settings, digest) = read_stored::<ProjectSettings>(&root, SETTINGS)?;
        let mut faults = Vec::new();
        fn part<T: Stored>(root: &Path, file: &str, faults: &mut Vec<FileFault>) -> (T, Option<Digest>) {
            match read_stored(root, file) {
                Ok((read, digest)) => (read, Some(digest)),
                Err(fault) => {
                    faults.push(fault);
                    (T::nothing(), None)
                }
            }
        }
        let annotations = settings.annotations.clone();
        let read = Read {
            schema: part(&root, &settings.schema, &mut faults),
            register: part(&root, &settings.register, &mut faults),
            codebook: part(&root, &settings.codebook, &mut faults),
            settings: (settings, Some(digest)),
        };
        sweep(&root, 0);
        for folder in [annotations, PRIVATE.to_owned()] {
            sweep(&root.join(folder), 8);
        }
        Ok(Self {
            root,
            settings: read.settings.0.clone(),
            schema: read.schema.0.clone(),
            register: read.register.0.clone(),
            codebook: read.codebook.0.clone(),
            faults,
            own_writes: OwnWrites::default(),
            read,
            heads: Heads::default(),
        })
    }

    /// Makes a project in a folder, which may hold other things but no project. The schema's text is copied as it is.
    ///
    /// # Errors
    /// There is a project already, the schema cannot be used, or the system refuses. `postil.ron` is written last, so what failed
    /// half-way is no project and can be tried again.
    pub fn create(dir: &Path, name: &str, schema: SchemaChoice, language: &str) -> Result<Self, StoreError> {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        if dir.join(SETTINGS).exists() {
            return Err(StoreError::AlreadyProject(dir));
        }
        let schema = match schema {
            SchemaChoice::Template(name) => match Schema::template_text(&name) {
                Some(text) => text.as_bytes().to_owned(),
                None => {
                    return Err(StoreError::UnknownTemplate {
                        near: nearest(&name, Schema::TEMPLATES).map(ToOwned::to_owned),
                        known: Schema::TEMPLATES.join(", "),
                        name,
                    });
                }
            },
            SchemaChoice::File(path) => {
                read_schema(&path)?;
                std::fs::read(&path).map_err(StoreError::io("could not read", &path))?
            }
        };
        let mut settings = ProjectSettings::new(name);
        settings.language = language.to_owned();
        let files: [(&str, Vec<u8>); 5] = [
            (&settings.schema, schema),
            (&settings.codebook, codebook_text(&Codebook::new(name, [])).into_bytes()),
            (&settings.register, register_text(&Register::default()).into_bytes()),
            (IGNORE, b"*\n".to_vec()),
            (SETTINGS, settings_text(&settings).into_bytes()),
        ];
        for (file, bytes) in &files {
            let path = dir.join(file);
            if *file != IGNORE && std::fs::read(&path).is_ok_and(|there| there != *bytes) {
                return Err(StoreError::InTheWay(path));
            }
        }
        for folder in settings.articles.iter().chain([&settings.annotations]) {
            let folder = dir.join(folder);
            std::fs::create_dir_all(&folder).map_err(StoreError::io("could not make the folder", &folder))?;
        }
        for (file, bytes) in files {
            let path = dir.join(file);
            write_atomically(&path, &bytes).map_err(StoreError::io("could not write", &path))?;
        }
        Self::open(&dir)
    }

    /// The folder for what concerns this machine alone: journal, locks, reports. Kept out of version control.
    pub fn private_folder(&self) -> PathBuf {
        self.root.join(PRIVATE)
    }
}

/// The name of the folder for what concerns this machine alone.
pub const PRIVATE: &str = ".postil";

/// The file that keeps it out of version control.
const IGNORE: &str = ".postil/.gitignore";

/// Makes the private folder, with the file that keeps it out of version control.
pub fn make_private_folder(root: &Path) -> std::io::Result<PathBuf> {
    let folder = root.join(PRIVATE);
    let ignore = root.join(IGNORE);
    if !ignore.exists() {
        write_atomically(&ignore, b"*\n")?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests;
