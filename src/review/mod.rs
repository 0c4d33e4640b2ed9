//! Review: what several annotators said about one article, compared, measured and judged.
//!
//! Knows [`crate::model`] and [`crate::text`], no project, no disk, no pixels: sets of spans are handed in, figures, differences and
//! transactions come out. Everything here rests on one idea of which spans are about the same thing.
//!
//! - [`matching`]: which spans are about the same thing
//! - [`difference`]: several sets laid side by side; [`content`]: what a span says, freed of ids
//! - [`agreement`]: how far annotators say the same, in figures
//! - [`adjudication`]: verdicts and rules, and the gold they make

pub mod adjudication;
pub mod agreement;
pub mod anchoring;
mod clustering;
pub mod content;
pub mod difference;
pub mod matching;

pub use adjudication::{Borders, Judge, Judging, Mix, Plan, Refused, Rule, Standing, Verdict, standings};
pub use content::Content;
pub use difference::{
    ArticleFieldDifference, Cluster, ClusterKey, Comparison, DifferenceKind, DifferenceKinds,
    RelationCluster, compare,
};
