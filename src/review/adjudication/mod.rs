//! Adjudication: what is made of the differences, by a judge's verdicts or by a rule, and the gold that comes of it.
//!
//! Pure: a [`Case`] goes in, [`Change`](crate::model::Change)s of the gold set come out, each with the
//! [`Decision`](crate::model::Decision) that says what was seen, who decided, when and why. Whoever holds the gold applies them.
//!
//! - `verdict`: what a judge can say; `judging`: carrying it out; `making`: the gold span; `relating`: the relations that follow
//! - `standing`: what has been decided already, and what is new since
//! - `rule`: decisions in bulk

mod filling;
mod judging;
mod making;
mod relating;
mod rule;
mod standing;
mod verdict;

pub use judging::{Judging, Refused};
pub use rule::{Plan, Planned, Rule};
pub use standing::{Standing, Standings, standings};
pub use verdict::{Borders, Judge, Mix, RelationVerdict, Verdict};

use super::difference::Comparison;
use crate::model::{AnnotationSet, Schema};

/// What there is to judge: the annotators' sets on one article, compared, and gold as it is.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The annotators' sets, in the order of the comparison.
    pub sets: &'a [(&'a str, &'a AnnotationSet)],
    /// The sets compared.
    pub comparison: &'a Comparison,
    /// Gold as it is.
    pub gold: &'a AnnotationSet,
    /// What may be filled in.
    pub schema: &'a Schema,
}

#[cfg(test)]
mod tests;
