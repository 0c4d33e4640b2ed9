//! Review: what several annotators said about one article, compared, measured and judged.
//!
//! Knows [`crate::model`] and [`crate::text`], no project, no disk, no pixels: sets of spans are handed in, figures, differences and
//! transactions come out. Everything here rests on one idea of which spans are about the same thing.
//!
//! - [`matching`]: which spans are about the same thing
//! - [`difference`]: several sets laid side by side; [`content`]: what a span says, freed of ids
//! - [`against_gold`](mod@against_gold): what became of one annotator's work; [`anchoring`]: work on another version of the text
//! - [`thread`]: comments put together; [`assignment`], [`progress`]: who does what, and how far they are
//! - [`agreement`]: how far they said the same, in figures
//! - [`adjudication`]: verdicts and rules, and the gold they make

pub mod adjudication;
pub mod against_gold;
pub mod agreement;
pub mod anchoring;
pub mod assignment;
mod clustering;
pub mod content;
pub mod difference;
pub mod matching;
pub mod progress;
pub mod thread;

pub use adjudication::{Borders, Judge, Judging, Mix, Plan, Refused, Rule, Standing, Verdict, standings};
pub use against_gold::{AgainstGold, Fate, against_gold};
pub use assignment::{Unassignable, assign, may_see_others};
pub use content::Content;
pub use difference::{
    ArticleFieldDifference, Cluster, ClusterKey, Comparison, DifferenceKind, DifferenceKinds,
    RelationCluster, compare,
};
pub use progress::{GoldProgress, PersonProgress};
pub use thread::{Said, Thread, mentions, threads, whole_threads};
