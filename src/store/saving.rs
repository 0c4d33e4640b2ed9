//! Saving the project's own files: never over somebody else's change, never over a file that could not be read.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::annotations::{forbids_writing, write_if_expected};
use super::digest::Digest;
use super::error::{SaveError, StoreError};
use super::project::{CodebookFile, Project, RegisterFile, SETTINGS, Stored, read_stored};
use super::three_way;
use crate::model::{Codebook, FileFault, ProjectSettings, Register, Schema};

/// A list or the settings of a project, changed in memory and not saved yet.
#[derive(Clone, Debug)]
pub struct ChangedList {
    /// Its file, relative to the project's root.
    pub file: String,
    /// What the file is to hold.
    pub text: String,
    /// The digest of the file as it was read; `None` if there was none.
    pub read: Option<Digest>,
}

/// Merges three versions of a file of the project.
trait Mergeable: Sized {
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Result<Self, Vec<String>>;
}

/// By way of the form in which it is stored.
fn merged_as<F, T>(base: &T, ours: &T, theirs: &T) -> Result<T, Vec<String>>
where
    F: Serialize + DeserializeOwned + for<'a> From<&'a T>,
    T: From<F>,
{
    three_way::merge(&F::from(base), &F::from(ours), &F::from(theirs)).map(T::from)
}

impl Mergeable for ProjectSettings {
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Result<Self, Vec<String>> {
        three_way::merge(base, ours, theirs)
    }
}

impl Mergeable for Schema {
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Result<Self, Vec<String>> {
        three_way::merge(base, ours, theirs)
    }
}

impl Mergeable for Register {
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Result<Self, Vec<String>> {
        merged_as::<RegisterFile, _>(base, ours, theirs)
    }
}

impl Mergeable for Codebook {
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Result<Self, Vec<String>> {
        merged_as::<CodebookFile, _>(base, ours, theirs)
    }
}

impl Project {
    /// Saves the settings if they were changed. What someone else changed in the file meanwhile is taken in.
    ///
    /// # Errors
    /// Both changed the same thing, the file is broken now, or the system refuses. Nothing is written then.
    pub fn save_settings(&mut self) -> Result<(), StoreError> {
        let (settings, digest) = self.save(SETTINGS, &self.settings, &self.read.settings)?;
        self.settings = settings.clone();
        self.read.settings = (settings, digest);
        Ok(())
    }

    /// Saves the schema if it was changed, as [`Self::save_settings`] does. Comments in the file are lost by that, which is why an
    /// unchanged schema is never written.
    ///
    /// # Errors
    /// As [`Self::save_settings`]; also if the file could not be read when the project was opened.
    pub fn save_schema(&mut self) -> Result<(), StoreError> {
        let (schema, digest) = self.save(&self.settings.schema, &self.schema, &self.read.schema)?;
        self.schema = schema.clone();
        self.read.schema = (schema, digest);
        Ok(())
    }

    /// Saves the register if it was changed, as [`Self::save_settings`] does.
    ///
    /// # Errors
    /// As [`Self::save_schema`].
    pub fn save_register(&mut self) -> Result<(), StoreError> {
        let (register, digest) = self.save(&self.settings.register, &self.register, &self.read.register)?;
        self.register = register.clone();
        self.read.register = (register, digest);
        Ok(())
    }

    /// Saves the codebook if it was changed, as [`Self::save_settings`] does.
    ///
    /// # Errors
    /// As [`Self::save_schema`].
    pub fn save_codebook(&mut self) -> Result<(), StoreError> {
        let (codebook, digest) = self.save(&self.settings.codebook, &self.codebook, &self.read.codebook)?;
        self.codebook = codebook.clone();
        self.read.codebook = (codebook, digest);
        Ok(())
    }

    /// What is in memory becomes what is on disk, with everything others changed there: after the watcher said that one of the
    /// project's files changed. Broken files leave what is in memory and a fault.
    ///
    /// # Errors
    /// Both changed the same thing; nothing is changed then.
    pub fn take_in_changes(&mut self) -> Result<(), StoreError> {
        self.faults.clear();
        let mut faults = Vec::new();
        fn taken<T: Stored + Mergeable + Clone + PartialEq>(
            root: &std::path::Path,
            file: &str,
            ours: &T,
            read: &(T, Option<Digest>),
            faults: &mut Vec<FileFault>,
        ) -> Result<(T, (T, Option<Digest>)), StoreError> {
            match read_stored::<T>(root, file) {
                Ok((theirs, digest)) => {
                    let merged =
                        T::merged(&read.0, ours, &theirs).map_err(|things| conflict(file, things))?;
                    Ok((merged, (theirs, Some(digest))))
                }
                Err(fault) => {
                    faults.push(fault);
                    Ok((ours.clone(), read.clone()))
                }
            }
        }
        let s = &self.settings;
        let settings = taken(&self.root, SETTINGS, s, &self.read.settings, &mut faults)?;
        let schema = taken(&self.root, &s.schema, &self.schema, &self.read.schema, &mut faults)?;
        let register = taken(&self.root, &s.register, &self.register, &self.read.register, &mut faults)?;
        let codebook = taken(&self.root, &s.codebook, &self.codebook, &self.read.codebook, &mut faults)?;
        (self.settings, self.read.settings) = settings;
        (self.schema, self.read.schema) = schema;
        (self.register, self.read.register) = register;
        (self.codebook, self.read.codebook) = codebook;
        self.faults = faults;
        Ok(())
    }

    /// The lists and settings that saving would write, in the order in which they must be written: nothing may point at what is not
    /// there.
    ///
    /// # Errors
    /// One of them could not be read when the project was opened.
    pub fn changed_lists(&self) -> Result<Vec<ChangedList>, StoreError> {
        let (settings, read) = (&self.settings, &self.read);
        let lists = [
            self.changed_list(&settings.schema, &self.schema, &read.schema)?,
            self.changed_list(&settings.register, &self.register, &read.register)?,
            self.changed_list(&settings.codebook, &self.codebook, &read.codebook)?,
            self.changed_list(SETTINGS, settings, &read.settings)?,
        ];
        Ok(lists.into_iter().flatten().collect())
    }

    fn changed_list<T: Stored + PartialEq>(
        &self,
        file: &str,
        ours: &T,
        (base, read): &(T, Option<Digest>),
    ) -> Result<Option<ChangedList>, StoreError> {
        if ours == base && (read.is_some() || *ours == T::nothing()) {
            return Ok(None);
        }
        self.may_be_saved(file)?;
        Ok(Some(ChangedList { file: file.to_owned(), text: ours.text(), read: *read }))
    }

    fn may_be_saved(&self, file: &str) -> Result<(), StoreError> {
        match self.faults.iter().find(|fault| fault.file == file && forbids_writing(fault.kind)) {
            Some(fault) => Err(StoreError::Broken { file: file.to_owned(), fault: Box::new(fault.clone()) }),
            None => Ok(()),
        }
    }

    fn save<T>(
        &self,
        file: &str,
        ours: &T,
        read: &(T, Option<Digest>),
    ) -> Result<(T, Option<Digest>), StoreError>
    where
        T: Stored + Mergeable + Clone + PartialEq,
    {
        let (base, expected) = read;
        if ours == base && (expected.is_some() || *ours == T::nothing()) {
            return Ok((ours.clone(), *expected));
        }
        self.may_be_saved(file)?;
        let path = self.root.join(file);
        let (mut merged, mut expected) = (ours.clone(), *expected);
        // Someone may write between our reading and our writing; a few rounds are enough for anything but a fight.
        for _ in 0..5 {
            match write_if_expected(&path, merged.text().as_bytes(), expected, &self.own_writes) {
                Ok(digest) => return Ok((merged, Some(digest))),
                Err(SaveError::ChangedOnDisk { found: None, .. }) => expected = None,
                Err(SaveError::ChangedOnDisk { .. }) => {
                    let (theirs, digest) = read_stored::<T>(&self.root, file).map_err(|fault| {
                        StoreError::Broken { file: file.to_owned(), fault: Box::new(fault) }
                    })?;
                    merged = T::merged(base, ours, &theirs).map_err(|things| conflict(file, things))?;
                    expected = Some(digest);
                }
                Err(SaveError::Io { path, cause }) => {
                    return Err(StoreError::Io { what: "could not write", path, cause });
                }
            }
        }
        Err(conflict(file, vec!["the file is being changed again and again".to_owned()]))
    }
}

fn conflict(file: &str, things: Vec<String>) -> StoreError {
    StoreError::Conflict { file: file.to_owned(), things }
}
