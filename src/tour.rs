//! The main job, driven through the window's own code, off screen.

use std::path::Path;

/// What the tour came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TourOutcome {
    /// What was done, one line a step.
    pub lines: Vec<String>,
    /// Whether every step did what it says.
    pub passed: bool,
}

/// Drives the main job and writes what comes of it into `out`.
///
/// # Errors
/// This version has no tour.
pub fn run(_out: &Path, _article: Option<&Path>) -> anyhow::Result<TourOutcome> {
    anyhow::bail!("This version of Postil has no tour yet.")
}
