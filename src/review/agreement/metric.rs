//! The table of metrics: names as they stand on the command line and in its JSON, and why a figure may be missing.

use std::fmt;

/// A metric. Each has a page section in the documentation with its formula and source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// The share of units on which two annotators say the same.
    Observed,
    /// Cohen's κ of two annotators.
    CohenKappa,
    /// Fleiss' κ of all annotators.
    FleissKappa,
    /// Krippendorff's α.
    KrippendorffAlpha,
    /// Krippendorff's α for unitizing.
    KrippendorffAlphaU,
    /// Mathet's γ.
    Gamma,
    /// Mathet's γ-cat.
    GammaCat,
    /// Precision, recall and F1 of spans.
    F1,
    /// Krippendorff's α of set-valued fields.
    AlphaMasi,
    /// F1 of (holder, issue, stance).
    FrameF1,
    /// MUC's five counts. Only when asked for.
    Muc,
    /// F1 of relations. Only when asked for.
    RelationF1,
}

impl Metric {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 12] = [
        Self::Observed,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::KrippendorffAlpha,
        Self::KrippendorffAlphaU,
        Self::Gamma,
        Self::GammaCat,
        Self::F1,
        Self::AlphaMasi,
        Self::FrameF1,
        Self::Muc,
        Self::RelationF1,
    ];
    /// Those that are reported unless others are asked for.
    pub const USUAL: [Self; 10] = [
        Self::Observed,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::KrippendorffAlpha,
        Self::KrippendorffAlphaU,
        Self::Gamma,
        Self::GammaCat,
        Self::F1,
        Self::AlphaMasi,
        Self::FrameF1,
    ];

    /// The name in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::CohenKappa => "cohen_kappa",
            Self::FleissKappa => "fleiss_kappa",
            Self::KrippendorffAlpha => "krippendorff_alpha",
            Self::KrippendorffAlphaU => "krippendorff_alpha_u",
            Self::Gamma => "gamma",
            Self::GammaCat => "gamma_cat",
            Self::F1 => "f1",
            Self::AlphaMasi => "alpha_masi",
            Self::FrameF1 => "frame_f1",
            Self::Muc => "muc",
            Self::RelationF1 => "relation_f1",
        }
    }

    /// The metric of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Tokens by UAX #29, white space left out.
    Token,
    /// Code points, white space included.
    Character,
    /// Spans that were matched one to one by overlap.
    Matched,
}

impl Unit {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Character => "character",
            Self::Matched => "matched",
        }
    }
}

/// When F1 takes a span for found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Match {
    /// Same parts and label.
    Exact,
    /// The largest one-to-one matching of spans of one label that share a code point.
    Overlap,
    /// The same matching; a pair with equal borders counts 1, any other ½.
    Partial,
    /// Code points that carry the label.
    Character,
}

impl Match {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Overlap, Self::Partial, Self::Character];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Overlap => "overlap",
            Self::Partial => "partial",
            Self::Character => "character",
        }
    }
}

/// How α weighs two values against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The same or not.
    Nominal,
    /// By how many values lie between them.
    Ordinal,
}

impl Level {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
        }
    }
}

/// Why a figure is not defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// Fewer than two annotators.
    #[error("agreement needs two annotators; there is no second one here")]
    OneAnnotator,
    /// No article in common.
    #[error("no article was annotated by all of these annotators")]
    NoArticles,
    /// Nothing to count.
    #[error(
        "there is nothing to count: the articles have no such unit that two annotators marked or filled in"
    )]
    NoUnits,
    /// No span on either side.
    #[error("none of these annotators has such a span in the articles they share")]
    NoSpans,
    /// Only one category.
    #[error(
        "only one category was used, so chance alone would agree fully and there is nothing to correct for"
    )]
    OneCategory,
    /// Left out because it would take long.
    #[error(
        "left out because it would take long with so many spans; ask for it with --metrics gamma,gamma_cat"
    )]
    TooLong,
    /// Nobody filled the fields in.
    #[error("nobody filled in a holder, an issue and a stance")]
    NoFrames,
    /// Nobody drew a relation.
    #[error("none of these annotators has such a relation in the articles they share")]
    NoRelations,
}
