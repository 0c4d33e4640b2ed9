//! The session: a project, the annotator, and the article at hand.

use std::path::PathBuf;
use std::sync::Arc;

use super::desk::Desk;
use crate::model::{ProjectSettings, Schema, Status};
use crate::validate::Finding;

/// One article in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its path in the project.
    pub path: String,
    /// Its title, or the file's name.
    pub title: String,
    /// Its day, if known.
    pub date: Option<String>,
    /// How far this annotator's work on it is.
    pub status: Status,
    /// This annotator's spans.
    pub spans: usize,
    /// Errors and warnings in this annotator's annotations.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// Why it cannot be read, if it cannot.
    pub fault: Option<String>,
}

/// Why nothing can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another window has these annotations open.
    OpenElsewhere {
        /// Its process id, if it said so.
        pid: Option<u32>,
    },
    /// The folder may not be written to.
    NoRights(String),
}

/// How saving stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum SaveState {
    /// Everything is on disk.
    #[default]
    Saved,
    /// In the journal, and soon in the file.
    Unsaved,
    /// The file could not be written; the journal still holds everything.
    Failed(String),
}

/// The article at hand.
pub struct OpenArticle {
    /// The annotations and everything one can do to them.
    pub desk: Desk,
    /// What validation finds, worst first.
    pub findings: Vec<Finding>,
    /// Why nothing can be changed, if so.
    pub read_only: Option<ReadOnly>,
    /// How saving stands.
    pub save: SaveState,
}

/// A sitting at a project.
pub struct Session {
    /// The project's folder.
    pub root: PathBuf,
    /// Its settings.
    pub settings: ProjectSettings,
    /// Its schema.
    pub schema: Arc<Schema>,
    /// Who annotates.
    pub annotator: String,
    /// Its articles.
    pub rows: Vec<ArticleRow>,
    /// The article at hand.
    pub open: Option<OpenArticle>,
    /// The guidelines by language (BCP 47), Markdown.
    pub guidelines: Vec<(String, String)>,
}
