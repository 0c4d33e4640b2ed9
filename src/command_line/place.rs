//! Which project is meant.

use std::path::{Path, PathBuf};

use super::crash;
use super::outcome::Failure;
use crate::store::{Project, StoreError};

/// The `--project` option, the same for every command that works on one.
#[derive(Debug, clap::Args)]
pub(super) struct InProject {
    /// The project's folder; else the nearest one at or above the current folder that holds a postil.ron
    #[arg(long, value_name = "FOLDER")]
    pub project: Option<PathBuf>,
}

impl InProject {
    /// The folder of the project that is meant.
    ///
    /// # Errors
    /// There is no project there.
    pub fn root(&self) -> Result<PathBuf, Failure> {
        let root = match &self.project {
            // The settings file itself will do, too: people complete paths to files.
            Some(path) if path.file_name().is_some_and(|name| name == crate::store::SETTINGS) => {
                path.parent().unwrap_or(Path::new(".")).to_owned()
            }
            Some(path) => path.clone(),
            None => {
                let here = std::env::current_dir()
                    .map_err(|error| Failure::Disk(format!("the current folder cannot be told: {error}")))?;
                Project::find(&here).ok_or(StoreError::NoProject(here))?
            }
        };
        match root.as_os_str().is_empty() {
            true => Ok(PathBuf::from(".")),
            false => Ok(root),
        }
    }

    /// Opens the project that is meant.
    ///
    /// # Errors
    /// There is none, or it cannot be opened.
    pub fn open(&self) -> Result<Project, Failure> {
        let project = Project::open(&self.root()?)?;
        crash::report_into(&project.private_folder());
        Ok(project)
    }

    /// Opens the project for a command that builds on its schema, register and codebook, which must all be readable.
    ///
    /// # Errors
    /// There is none, it cannot be opened, or one of its lists cannot be read.
    pub fn open_whole(&self) -> Result<Project, Failure> {
        let project = self.open()?;
        match project.faults.first() {
            Some(fault) => {
                Err(Failure::Disk(format!("{fault}. Mend it first; `postil validate` tells more.")))
            }
            None => Ok(project),
        }
    }
}
