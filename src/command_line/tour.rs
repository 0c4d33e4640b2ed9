//! `postil tour`: the main job, driven through the window's own code without a display.

use std::path::PathBuf;

use super::desktop;
use super::outcome::{Exit, Failure};

/// Do the main job through the window's own code, without a display, and keep pictures of each step
///
/// Opens an article, tags an entity, a position and a claim by mouse and keyboard, fills their fields, saves, validates and exports.
#[derive(Debug, clap::Args)]
pub(super) struct Tour {
    /// The folder for the annotation file, the export and the pictures
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The article to do it on, instead of a sample
    #[arg(long, value_name = "FILE")]
    article: Option<PathBuf>,
}

impl Tour {
    pub fn run(self) -> Result<Exit, Failure> {
        if let Some(article) = self.article.as_deref().filter(|article| !article.is_file()) {
            return Err(Failure::Disk(format!("There is no article file {}.", article.display())));
        }
        desktop::tour(&self.out, self.article.as_deref())
    }
}
