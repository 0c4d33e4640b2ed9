//! What checking a project came to, and the ways to say it.

mod github;
mod json;
mod sarif;
mod text;

use super::finding::Finding;
use crate::model::Severity;

pub use github::report_github;
pub use json::report_json;
pub use sarif::report_sarif;
pub use text::report_text;

/// What was found in a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many annotation files were looked at.
    pub files: usize,
    /// How many articles.
    pub articles: usize,
    /// How many spans.
    pub spans: usize,
    /// What was found, by file, line, column and code.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// How many remarks there are.
    pub fn infos(&self) -> usize {
        self.count(Severity::Info)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
