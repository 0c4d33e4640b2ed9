//! What a judge can say.

use crate::model::Span;

/// What a judge says of one cluster of differences.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// This annotator is right.
    TakeFrom(String),
    /// The smallest set of parts that covers everything anyone covered. Label and fields: what all agree on, else what more than half
    /// say, else the label of the first and the field unset, for validation to ask about.
    Union,
    /// The parts that all cover. Label and fields as for `Union`.
    Intersection,
    /// Piece by piece.
    Mix(Mix),
    /// As the judge has it; the span's id does not count.
    Own(Box<Span>),
    /// What the annotators marked is wrong.
    Reject {
        /// Why; may be empty.
        reason: String,
    },
    /// There is nothing to be tagged here.
    NothingHere,
}

/// Each piece from whom it is taken.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Mix {
    /// The borders.
    pub borders: Borders,
    /// Whose label; `None`: what all agree on, else the first annotator's.
    pub label: Option<String>,
    /// Top-level fields with whose value is taken; `None` leaves the field unset. Fields not named: what all agree on, else what more
    /// than half say, else unset.
    pub fields: Vec<(String, Option<String>)>,
}

/// Whose borders.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Borders {
    /// This annotator's.
    Of(String),
    /// Everything anyone covered.
    #[default]
    Union,
    /// What all cover.
    Intersection,
}

/// What a judge says of one relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelationVerdict {
    /// This annotator is right; both ends must be in gold.
    TakeFrom(String),
    /// There is no such relation.
    Reject {
        /// Why; may be empty.
        reason: String,
    },
}

/// Who decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judge {
    /// The person; empty: a rule run over the project, looked at by nobody.
    pub by: String,
    /// When, RFC 3339.
    pub when: String,
    /// Why; may be empty.
    pub why: String,
}

impl Verdict {
    /// The word for it in a decision.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TakeFrom(_) => "take",
            Self::Union => "union",
            Self::Intersection => "intersection",
            Self::Mix(_) => "mix",
            Self::Own(_) => "own",
            Self::Reject { .. } => "reject",
            Self::NothingHere => "nothing",
        }
    }
}
