//! `postil import`: takes annotations of other programs into a project.

mod articles;
mod merging;
mod source;
mod taking_in;

use std::path::PathBuf;

use super::formats::{UnitArgument, format_parser, usable};
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{count, is_stopped, listen_for_ctrl_c, say};
use crate::formats::{FormatInfo, ReadOptions};
use source::DiskSource;
use taking_in::{Onto, TakingIn};

/// Take annotations of other programs into the project
///
/// Articles that the project lacks are added; one that is there must have the very text of the source. Labels, fields, codebook terms
/// and register entries that the project does not know are added and named. What is left out is named too, and the command ends with
/// 1 then; if nothing could be read it ends with 3, and the project is as it was.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// The format
    #[arg(value_parser = format_parser())]
    format: String,
    /// The file or folder to read
    source: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Whose annotations they are, whatever the source says; `gold` for adjudicated ones
    #[arg(long, value_name = "A")]
    annotator: Option<String>,
    /// What the source's offsets count, where it is not what the format prescribes
    #[arg(long, value_enum)]
    offset_unit: Option<UnitArgument>,
    /// Where the annotator has annotations on an article already, add those that are not there yet
    #[arg(long, conflicts_with = "replace")]
    merge: bool,
    /// Where the annotator has annotations on an article already, put these in their place
    #[arg(long)]
    replace: bool,
}

impl Import {
    pub fn run(self) -> Result<Exit, Failure> {
        let format = usable(&self.format, "import", FormatInfo::reads)?;
        let Some(reader) = format.reader else {
            return Err(Failure::Usage(format!("`{}` cannot be read.", format.name)));
        };
        if self.annotator.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Failure::Usage("--annotator needs a name.".to_owned()));
        }
        let mut project = self.project.open_whole()?;
        listen_for_ctrl_c();
        let source = DiskSource::new(&self.source)?;
        let schema = project.schema.clone();
        let options = ReadOptions { unit: self.offset_unit.map(Into::into), schema: &schema };
        let onto = match (self.merge, self.replace) {
            (true, _) => Onto::Merge,
            (_, true) => Onto::Replace,
            _ => Onto::Refuse,
        };
        let mut taking = TakingIn::new(&mut project, self.annotator, format.name, onto);
        let read = reader.read(&source, &options, &mut taking);
        source.done();
        let intake = taking.finish()?;
        for remark in &intake.remarks {
            say(remark);
        }
        let broken = read.err();
        if let Some(error) = &broken
            && !is_stopped()
        {
            say(error);
        }
        intake.tell();
        if is_stopped() {
            return Err(Failure::Stopped);
        }
        Ok(match (intake.sets, intake.left_out > 0 || broken.is_some()) {
            (0, _) => {
                if intake.met == 0 && broken.is_none() {
                    say(format!("There is no record in {}.", self.source.display()));
                }
                say("Nothing was imported; the project is as it was.");
                Exit::Disk
            }
            (sets, true) => {
                say(format!(
                    "Imported {} in part: {} left out, see above.",
                    count(sets, "set of annotations", "sets of annotations"),
                    count(intake.left_out, "thing was", "things were")
                ));
                Exit::Problems
            }
            (sets, false) => {
                say(format!("Imported {}.", count(sets, "set of annotations", "sets of annotations")));
                Exit::Done
            }
        })
    }
}
