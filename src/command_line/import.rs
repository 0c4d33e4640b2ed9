//! `postil import`: takes annotations of other programs into a project.

use std::path::PathBuf;

use super::formats::{UnitArgument, format_parser, usable};
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{OnTerminal, answer, count, listen_for_ctrl_c, say};
use crate::formats::FormatInfo;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::importing::{ImportWish, Intake, Mapping, Onto, confirm, prepare, take_back};
use crate::store::Project;

/// Take annotations of other programs into the project
///
/// Articles that the project lacks are added; one that is there must have the very text of the source. Labels, fields, codebook terms
/// and register entries that the project does not know are added and named. What is left out is named too, and the command ends with
/// 1 then; if nothing could be read it ends with 3, and the project is as it was.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// The format
    #[arg(value_parser = format_parser(), required_unless_present = "take_back")]
    format: Option<String>,
    /// The file or folder to read
    #[arg(required_unless_present = "take_back")]
    source: Option<PathBuf>,
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
    /// A file that says which names of the source become which of the project's, and what is left out
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Tell what would be imported, a line a set on stdout, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the newest import into this project back: everything is as it was before it
    #[arg(long, conflicts_with_all = ["format", "source", "annotator", "offset_unit", "merge", "replace", "mapping", "dry_run"])]
    take_back: bool,
}

impl Import {
    pub fn run(self) -> Result<Exit, Failure> {
        if self.take_back {
            return take_newest_back(&self.project.open()?);
        }
        let (Some(format), Some(source)) = (&self.format, self.source) else {
            return Err(Failure::Usage("Name a format and a file or folder to read.".to_owned()));
        };
        let format = usable(format, "import", FormatInfo::reads)?;
        if self.annotator.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Failure::Usage("--annotator needs a name.".to_owned()));
        }
        let project = self.project.open_whole()?;
        let wish = ImportWish {
            format,
            source,
            annotator: self.annotator,
            unit: self.offset_unit.map(Into::into),
            onto: match (self.merge, self.replace) {
                (true, _) => Onto::Merge,
                (_, true) => Onto::Replace,
                _ => Onto::Refuse,
            },
            mapping: self.mapping.as_deref().map(Mapping::read).transpose()?.unwrap_or_default(),
            at_hand: None,
        };
        listen_for_ctrl_c();
        let progress = OnTerminal::new("Importing");
        let plan = prepare(project, &wish, &progress).inspect_err(|refused| {
            if matches!(refused, ExchangeError::Stopped) {
                say("Nothing was imported; the project is as it was.");
            }
        })?;
        let intake = plan.intake().clone();
        for remark in &intake.remarks {
            say(&remark.what);
        }
        if let Some(broken) = &intake.broken {
            say(broken);
        }
        tell_dropped(&intake);
        if self.dry_run {
            return foretell(&intake, &wish);
        }
        if !intake.is_nothing() {
            confirm(plan, &progress)?;
        }
        tell(&intake);
        Ok(match (intake.sets.len(), is_in_part(&intake)) {
            (0, _) if !intake.is_nothing() => {
                say(match intake.learnt.is_empty() {
                    true => "The project knows everything in this codebook already.",
                    false => "Imported the codebook. There are no annotations in it.",
                });
                Exit::Done
            }
            (0, _) => {
                tell_nothing(&intake, &wish);
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

/// Whether something of the source could not be taken in. What the mapping leaves out is left out as wished.
fn is_in_part(intake: &Intake) -> bool {
    intake.left_out > 0 || intake.broken.is_some()
}

fn tell_nothing(intake: &Intake, wish: &ImportWish) {
    if intake.met == 0 && intake.broken.is_none() {
        say(format!("There is no record in {}.", wish.source.display()));
    }
    say("Nothing was imported; the project is as it was.");
}

fn tell_dropped(intake: &Intake) {
    let dropped = intake.dropped.lines();
    if !dropped.is_empty() {
        say("The mapping leaves out:");
        dropped.iter().for_each(|line| say(format!("  {line}")));
    }
}

/// Tells what was added to the project besides annotations.
fn tell(intake: &Intake) {
    tell_refused(intake);
    if intake.articles > 0 {
        say(format!("Added {}.", count(intake.articles, "article", "articles")));
    }
    if !intake.learnt.is_empty() {
        say("The project did not know these, and does now:");
        for learnt in &intake.learnt {
            say(format!("  {learnt}"));
        }
    }
}

fn tell_refused(intake: &Intake) {
    if intake.refused > 0 {
        say(
            "Annotations that are there are not touched: --merge adds what is not there yet, --replace puts the source's in their place.",
        );
    }
}

/// Tells what an import would do; the sets go to stdout, tabs between what is said of each.
fn foretell(intake: &Intake, wish: &ImportWish) -> Result<Exit, Failure> {
    tell_refused(intake);
    if !intake.learnt.is_empty() {
        say("The project does not know these, and would:");
        intake.learnt.iter().for_each(|learnt| say(format!("  {learnt}")));
    }
    if intake.is_nothing() {
        tell_nothing(intake, wish);
        return Ok(Exit::Disk);
    }
    let mut lines = String::from("article\tannotator\tspans\trelations\tset\n");
    for set in &intake.sets {
        let fate = set.fate.name();
        lines.push_str(&format!(
            "{}\t{}\t{}\t{}\t{fate}\n",
            set.article, set.annotator, set.spans, set.relations
        ));
    }
    answer(&lines)?;
    say(format!(
        "This would import {} and add {}; {} left out. Nothing was written.",
        count(intake.sets.len(), "set of annotations", "sets of annotations"),
        count(intake.articles, "article", "articles"),
        count(intake.left_out, "thing is", "things are")
    ));
    Ok(if is_in_part(intake) { Exit::Problems } else { Exit::Done })
}

fn take_newest_back(project: &Project) -> Result<Exit, Failure> {
    let progress = OnTerminal::new("Taking back");
    let taken = take_back(project, &progress)?;
    say(format!(
        "The import of {} ({}, {}) was taken back: {} removed, {} restored.",
        taken.import.source,
        taken.import.format,
        taken.import.when,
        count(taken.removed, "file", "files"),
        count(taken.restored, "file", "files")
    ));
    Ok(Exit::Done)
}
