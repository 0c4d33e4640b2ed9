//! Annotations coming in: read into a plan that touches nothing, the plan carried out, and all of it taken back.
//!
//! - [`prepare`]: `source` reads, `mapping` gives the project's names, `articles` and `merging` fit it to what is there, `planning`
//!   makes an [`ImportPlan`] of it
//! - [`confirm`]: writes the plan, `record` says what was written over what
//! - [`take_back`]: by that record, the project as it was
//! - [`guess`]: which format a source is in

mod articles;
mod confirming;
mod guess;
mod mapping;
mod merging;
mod plan;
mod planning;
mod record;
mod source;
mod taking_back;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use confirming::{Imported, confirm};
pub use guess::{foreign_source, guess};
pub use mapping::{Dropped, Mapping, Met, Names};
pub use plan::{Fate, ImportPlan, Intake, PlannedSet, Told};
pub use record::{ImportHead, imports};
pub use source::DiskSource;
pub use taking_back::{TakenBack, take_back};

use super::{ExchangeError, Progress};
use crate::formats::{FormatInfo, OffsetUnit, ReadOptions, read_beside};
use crate::store::Project;
use planning::{Planning, Whose};

/// What to do where the annotator has annotations on an article already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Onto {
    /// Leave the record out.
    #[default]
    Refuse,
    /// Add what is not there yet.
    Merge,
    /// Put the record in its place.
    Replace,
}

/// What is to be imported, and how.
#[derive(Clone)]
pub struct ImportWish {
    /// The format.
    pub format: &'static FormatInfo,
    /// The file or folder to read.
    pub source: PathBuf,
    /// Whose the annotations are, whatever the source says.
    pub annotator: Option<String>,
    /// What the source's offsets count, where it is not what the format prescribes.
    pub unit: Option<OffsetUnit>,
    /// What happens where there are annotations already.
    pub onto: Onto,
    /// Which names become which.
    pub mapping: Mapping,
    /// The annotator and article that whoever asks has open, and will close before it is confirmed.
    pub at_hand: Option<(String, String)>,
}

impl ImportWish {
    /// A wish with nothing but a format and a source.
    pub fn new(format: &'static FormatInfo, source: PathBuf) -> Self {
        Self {
            format,
            source,
            annotator: None,
            unit: None,
            onto: Onto::Refuse,
            mapping: Mapping::default(),
            at_hand: None,
        }
    }

    /// The command that does the same in a POSIX shell, but for the mapping, which needs a file.
    pub fn as_command(&self, project: &Path, mapping: Option<&Path>) -> String {
        use super::exporting::{quoted, unit_name};
        let path = |path: &Path| quoted(&path.to_string_lossy());
        let mut line =
            format!("postil import {} {} --project {}", self.format.name, path(&self.source), path(project));
        if let Some(annotator) = &self.annotator {
            line.push_str(&format!(" --annotator {}", quoted(annotator)));
        }
        if let Some(unit) = self.unit {
            line.push_str(&format!(" --offset-unit {}", unit_name(unit)));
        }
        match self.onto {
            Onto::Refuse => {}
            Onto::Merge => line.push_str(" --merge"),
            Onto::Replace => line.push_str(" --replace"),
        }
        if let Some(mapping) = mapping {
            line.push_str(&format!(" --mapping {}", path(mapping)));
        }
        line
    }
}

/// Reads a source and finds out what importing it would do to the project, which must have been read without faults. Nothing is written.
///
/// # Errors
/// The source is not there, or the user stopped it. What of the source cannot be used is told in the plan.
pub fn prepare(
    project: Project,
    wish: &ImportWish,
    progress: &dyn Progress,
) -> Result<ImportPlan, ExchangeError> {
    if let Some(fault) = project.faults.first() {
        return Err(ExchangeError::Disk(format!("{fault}. Mend it first; `postil validate` tells more.")));
    }
    let Some(reader) = wish.format.reader else {
        return Err(ExchangeError::Wish(format!("`{}` cannot be read.", wish.format.name)));
    };
    let source = DiskSource::new(&wish.source, progress)?;
    let schema = project.schema.clone();
    let options = ReadOptions { unit: wish.unit, schema: &schema };
    let whose = Whose {
        annotator: wish.annotator.as_deref(),
        fallback: wish.format.name,
        onto: wish.onto,
        at_hand: wish.at_hand.as_ref(),
    };
    let mut planning = Planning::new(project, whose, &wish.mapping, progress);
    let read = read_beside(reader, &source, &options, &mut planning);
    progress.end();
    if progress.is_stopped() {
        return Err(ExchangeError::Stopped);
    }
    planning.intake.broken = read.err().map(|error| error.to_string());
    planning.finish();
    let Planning { project, intake, files, .. } = planning;
    let lists = if intake.is_nothing() { Vec::new() } else { project.changed_lists()? };
    Ok(ImportPlan {
        project,
        intake,
        files,
        lists,
        source: wish.source.display().to_string(),
        format: wish.format.name,
    })
}
