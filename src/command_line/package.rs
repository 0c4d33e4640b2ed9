//! `postil package`: a project, or a part of it, for someone else to review.

use std::path::PathBuf;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::sides::names_known;
use super::terminal::{answer, count, is_stopped, listen_for_ctrl_c, progress};
use crate::store::write_package;

/// Put articles, lists, annotations and threads into one zip file, for someone else to review
///
/// The zip is a project: whoever gets it unpacks it and opens the folder. What they did comes back with `postil take-in`.
#[derive(Debug, clap::Args)]
pub(super) struct Package {
    /// The zip file to write
    #[arg(long, value_name = "FILE.zip")]
    out: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Whose annotations to put in; else everyone's and gold. `--annotators ""` puts in none
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Option<Vec<String>>,
    /// Only these articles, by their paths in the project; else all
    #[arg(long, value_name = "ARTICLE,…", value_delimiter = ',')]
    articles: Vec<String>,
    /// Leave out what people said to each other
    #[arg(long)]
    without_threads: bool,
    /// Write over an existing file
    #[arg(long)]
    overwrite: bool,
}

impl Package {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open_whole()?;
        if self.out.exists() && !self.overwrite {
            return Err(Failure::Disk(format!(
                "{} is there already. Choose another name, or allow --overwrite.",
                self.out.display()
            )));
        }
        let all: Vec<String> = project.articles().into_iter().map(|entry| entry.path).collect();
        if let Some(unknown) = self.articles.iter().find(|article| !all.contains(article)) {
            return Err(Failure::Usage(format!("There is no article `{unknown}` in this project.")));
        }
        let articles = if self.articles.is_empty() { all } else { self.articles };
        let annotators: Vec<String> = match self.annotators {
            None => project.annotators(),
            Some(names) => names.into_iter().filter(|name| !name.is_empty()).collect(),
        };
        names_known(&project, &annotators)?;
        listen_for_ctrl_c();
        let bar = progress(0, "Packing");
        let packed =
            write_package(&project, &self.out, &articles, &annotators, !self.without_threads, &mut || {
                bar.inc(1);
                !is_stopped()
            })?;
        bar.finish_and_clear();
        let packed = packed.ok_or(Failure::Stopped)?;
        answer(&format!(
            "{}: {}, {}, {}, {} bytes",
            self.out.display(),
            count(packed.articles, "article", "articles"),
            count(packed.sets, "annotation file", "annotation files"),
            count(packed.threads, "file of comments", "files of comments"),
            packed.bytes
        ))?;
        Ok(Exit::Done)
    }
}
