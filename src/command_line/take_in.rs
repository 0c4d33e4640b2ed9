//! `postil take-in`: another person's annotations and comments, out of a folder or a zip file.

use std::path::PathBuf;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, count, is_stopped, listen_for_ctrl_c, progress, say};
use crate::session::bringing_in::{BroughtIn, Incoming, Wanted};
use crate::session::job::Steps;

/// Bring in another person's annotations: a folder of annotation files, a project, or a zip of either
///
/// Nothing is overwritten: where the project has a file with other contents already, it is kept and told. Files on another version of an
/// article, on articles the project does not have, and files that cannot be read are left out and told. Comments are added to those
/// that are there.
#[derive(Debug, clap::Args)]
pub(super) struct TakeIn {
    /// A folder or a zip file
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Only these annotators' work; else everyone's
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Put the source's files of these annotators in the place of what the project has of them: when the same person sends a newer state
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    replace: Vec<String>,
    /// Tell what would come in and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl TakeIn {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut project = self.project.open_whole()?;
        listen_for_ctrl_c();
        let wanted = Wanted { annotators: self.annotators.clone(), replace: self.replace.clone() };
        let bar = progress(0, "Looking");
        let incoming = Incoming::look_at(&project, &self.source, &wanted, &with_bar(&bar))
            .map_err(|error| Failure::Disk(error.to_string()));
        bar.finish_and_clear();
        let incoming = incoming?;
        if is_stopped() {
            return Err(Failure::Stopped);
        }
        for difference in &incoming.schema {
            say(format!("The source's schema is another: {difference}"));
        }
        if incoming.is_nothing() {
            return Err(Failure::Disk(format!(
                "{} holds no annotation files and no comments; nothing was taken in.",
                self.source.display()
            )));
        }
        let done = if self.dry_run {
            would_be(&incoming)
        } else {
            let bar = progress(0, "Taking in");
            let done = incoming.write(&project, &with_bar(&bar));
            bar.finish_and_clear();
            if !done.names.is_empty() {
                project.settings.annotators.extend(done.names.iter().cloned());
                project.save_settings()?;
            }
            done
        };
        self.tell(&incoming, &done)?;
        if is_stopped() {
            return Err(Failure::Stopped);
        }
        let came = done.new.len() + done.replaced.len() + incoming.same + done.comments;
        Ok(match (incoming.left_out.is_empty() && done.failed.is_empty(), came) {
            (true, _) => Exit::Done,
            (false, 0) => Exit::Disk,
            (false, _) => Exit::Problems,
        })
    }

    fn tell(&self, incoming: &Incoming, done: &BroughtIn) -> Result<(), Failure> {
        for (what, n) in &incoming.unknown {
            say(format!("This project does not know {what} (× {n}); validation will report it."));
        }
        for left_out in incoming.left_out.iter().chain(&done.failed) {
            say(format!("Left out: {left_out}"));
        }
        let mut out = String::new();
        for (word, files) in [("new", &done.new), ("replaced", &done.replaced)] {
            for file in files {
                out.push_str(&format!("{word} {file}\n"));
            }
        }
        out.push_str(&format!(
            "{}{} new, {} replaced, {} there already, {} new, {} left out\n",
            if self.dry_run { "Nothing was written. Would be: " } else { "" },
            count(done.new.len(), "annotation file", "annotation files"),
            done.replaced.len(),
            incoming.same,
            count(done.comments, "comment", "comments"),
            incoming.left_out.len() + done.failed.len()
        ));
        answer(&out)
    }
}

/// What writing would come to.
fn would_be(incoming: &Incoming) -> BroughtIn {
    let files = |replacing: bool| {
        let of = incoming.sets.iter().filter(|set| set.replaces.is_some() == replacing);
        of.map(|set| set.file.clone()).collect()
    };
    let comments = incoming.comments.iter().map(|comments| comments.comments.len()).sum();
    BroughtIn { new: files(false), replaced: files(true), comments, ..BroughtIn::default() }
}

/// Steps shown as a bar, stopped by Ctrl-C.
fn with_bar(bar: &indicatif::ProgressBar) -> Steps {
    let bar = bar.clone();
    Steps::told(move |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        !is_stopped()
    })
}
