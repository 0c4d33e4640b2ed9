//! `postil validate`: checks projects, and mends what can be mended safely.

mod mending;
mod selection;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::crash;
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, answer_json, count, is_stopped, listen_for_ctrl_c, progress, say};
use crate::model::{Codebook, FileFault, ProjectSettings, Register, Schema};
use crate::session::check::{LoadedProject, check, load_project};
use crate::store::{Project, StoreError};
use crate::validate::{
    ProjectInput, Report, check_project, report_github, report_json, report_sarif, report_text,
};
use selection::Selection;

/// Check annotations and the lists they rest on
///
/// Looks at the whole project, or at the folders, articles and annotation files that are named. Ends with 1 if there are errors.
/// `postil explain CODE` tells what a finding means.
#[derive(Debug, clap::Args)]
pub(super) struct Validate {
    /// Project folders, folders in them, articles or annotation files; else the whole project
    path: Vec<PathBuf>,
    #[command(flatten)]
    project: InProject,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Mend what can be mended without losing anything, and say what was done
    #[arg(long)]
    fix: bool,
    /// End with 1 on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, as code hosts and editors read it
    Sarif,
    /// Commands that GitHub's runners turn into remarks on lines
    Github,
}

impl Validate {
    pub fn run(self) -> Result<Exit, Failure> {
        listen_for_ctrl_c();
        let mut report = Report::default();
        let selections = self.selections()?;
        let several = selections.len() > 1;
        for selection in &selections {
            let mut one = self.check(selection)?;
            if several {
                // Files are relative to their project; with several projects that would not say which.
                for finding in &mut one.findings {
                    finding.file = format!("{}/{}", selection.root.display(), finding.file).into();
                }
            }
            report.files += one.files;
            report.articles += one.articles;
            report.spans += one.spans;
            report.findings.append(&mut one.findings);
        }
        match self.format {
            Format::Text => answer(&report_text(&report))?,
            Format::Json => answer_json(&report_json(&report))?,
            Format::Sarif => answer(&report_sarif(&report))?,
            // Nothing to say is nothing on stdout: an empty line would be no workflow command.
            Format::Github => match report_github(&report) {
                nothing if nothing.is_empty() => {}
                commands => answer(&commands)?,
            },
        }
        let denied = report.errors() > 0 || self.deny_warnings && report.warnings() > 0;
        Ok(if denied { Exit::Problems } else { Exit::Done })
    }

    /// Which projects are to be looked at, and what of them.
    fn selections(&self) -> Result<Vec<Selection>, Failure> {
        if self.path.is_empty() {
            return Ok(vec![Selection::whole(self.project.root()?)]);
        }
        let mut selections: Vec<Selection> = Vec::new();
        for path in &self.path {
            let (root, path) = self.root_of(path)?;
            let place = match selections.iter().position(|selection| selection.root == root) {
                Some(place) => place,
                None => {
                    selections.push(Selection::nothing(root));
                    selections.len() - 1
                }
            };
            selections[place].add(&path)?;
        }
        Ok(selections)
    }

    /// The project that a path lies in, and the path from here. A path that is not there may be one inside the project.
    fn root_of(&self, path: &Path) -> Result<(PathBuf, PathBuf), Failure> {
        if path.exists() {
            if self.project.project.is_none()
                && let Some(root) = Project::find(path)
            {
                return Ok((root, path.to_owned()));
            }
            return Ok((self.project.root()?, path.to_owned()));
        }
        let missing = || Failure::Disk(format!("There is no file or folder {}.", path.display()));
        let root = self.project.root().map_err(|_no_project| missing())?;
        let inside = root.join(path);
        match inside.exists() {
            true => Ok((root, inside)),
            false => Err(missing()),
        }
    }

    fn check(&self, selection: &Selection) -> Result<Report, Failure> {
        let project = match Project::open_for_checking(&selection.root) {
            Ok(project) => project,
            // That the settings cannot be read is itself what was found.
            Err(StoreError::Fault(fault)) => return Ok(only(fault)),
            Err(error) => return Err(error.into()),
        };
        crash::report_into(&project.private_folder());
        let mut loaded = load(&project)?;
        if self.fix {
            let mended = mending::mend_all(&mut loaded, selection)?;
            say(match mended {
                0 => "Nothing could be mended without losing something.".to_owned(),
                _ => format!("Mended {}.", count(mended, "finding", "findings")),
            });
        }
        Ok(selection.of(check(&loaded), &loaded))
    }
}

/// Reads a project with a progress bar.
pub(super) fn load(project: &Project) -> Result<LoadedProject, Failure> {
    let bar = progress(0, "Reading");
    let loaded = load_project(project, &|files| bar.set_length(files as u64), &|read| {
        bar.inc(read as u64);
        !is_stopped()
    });
    bar.finish_and_clear();
    loaded.ok_or(Failure::Stopped)
}

/// The report on a project of which not even the settings could be read.
fn only(fault: FileFault) -> Report {
    check_project(&ProjectInput {
        settings: &ProjectSettings::new(""),
        schema: &Schema::empty(""),
        register: &Register::default(),
        codebook: &Codebook::default(),
        faults: &[fault],
        articles: &[],
        sets: &[],
    })
}
