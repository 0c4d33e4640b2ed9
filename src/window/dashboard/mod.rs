//! The overview of a project: progress, agreement, confusion, outliers, assignments.
//!
//! `figures` are worked out from what a thread has read, `charts` turns them into `drawing`s, which are the same on the screen, in SVG
//! and in PNG; `chart_view` makes one a part of the page, `page` is all of it.

mod assignments;
mod carry_out;
mod chart_view;
pub mod charts;
mod comments;
pub mod drawing;
mod export;
pub mod figures;
mod own_work;
mod page;

pub(in crate::window) use comments::open_thread;
pub use export::ExportDialog;
pub use page::{OverviewPage, Section};

use crate::text::TextRange;
use crate::window::panel::Request;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How a chart is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartFormat {
    /// Lines and letters that stay sharp.
    Svg,
    /// Pixels.
    Png,
    /// The figures.
    Csv,
}

impl ChartFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
            Self::Csv => "CSV",
        }
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }
}

/// Something the overview asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum DashboardAct {
    /// Reads the project anew.
    Read,
    /// Opens an article in the review, some people's sets compared, at a place.
    Open {
        /// Its path.
        article: String,
        /// Whose sets; none = everyone's.
        people: Vec<String>,
        /// Where.
        at: Option<TextRange>,
    },
    /// Opens an article at a thread.
    OpenThread {
        /// The article's path.
        article: String,
        /// The thread.
        thread: String,
        /// Whether in the review: it is about a tag that is not the user's own.
        review: bool,
    },
    /// Asks where the chart that is shown is to be written.
    AskExport(ChartFormat),
    /// Writes it there.
    Export(ChartFormat, PathBuf),
    /// Sets who annotates which article: article path, then names.
    Assign(BTreeMap<String, Vec<String>>),
    /// Names somebody as an annotator of the project.
    AddPerson(String),
    /// Hides others' work from whoever is not done with an article, or shows it.
    SetBlind(bool),
}

impl From<DashboardAct> for Request {
    fn from(act: DashboardAct) -> Self {
        Self::Dashboard(Box::new(act))
    }
}
