//! Agreement: how far several annotators said the same, in figures that state what they counted.
//!
//! [`measure`] takes a [`Corpus`] and gives an [`Agreement`], one [`Figure`] for each metric, label, field, each pair of annotators and all of them
//! together. A figure that is not defined says why ([`Undefined`]); there is no NaN. One file a metric; `docs/agreement.md` has formulas and
//! sources.
//!
//! - `metric`: the table of metrics. `corpus`: what is measured. `tally`, `bootstrap`: sums by article, and intervals from them.
//! - `article`: an article looked at once. `sheet`: all sums of a comparison. `measure`: the whole way.
//! - `coding`: spans to units. `contingency`: what is said on them, as small tables. `nominal`: `observed`, `cohen`, `fleiss`, `krippendorff`;
//!   `coded`: the same of lists.
//! - `unitizing`: α_U. `gamma/`: γ and γ-cat, `continua`: of articles.
//! - `f1`, `muc`, `relations`, `frames`: what was found. `fields`, `vocabulary`, `answers`, `masi`: what was filled in.
//! - [`drill_down`]: which spans are behind a figure; outlying annotators and articles; agreement over time.

mod answers;
mod article;
mod bootstrap;
mod coded;
mod coding;
mod cohen;
mod contingency;
mod continua;
mod corpus;
pub mod drill_down;
mod f1;
mod fields;
mod fleiss;
mod frames;
pub mod gamma;
mod krippendorff;
mod masi;
mod measure;
mod metric;
mod muc;
mod nominal;
mod observed;
mod relations;
mod sheet;
mod tally;
#[cfg(test)]
mod tests;
mod unitizing;
mod vocabulary;

pub use coded::{alpha_nominal_of, cohen_kappa_of, fleiss_kappa_of};
pub use cohen::cohen_kappa;
pub use corpus::{AnnotatedArticle, Corpus, Options};
pub use f1::{Found, f1};
pub use fleiss::fleiss_kappa;
pub use krippendorff::{alpha_nominal, alpha_ordinal};
pub use masi::masi;
pub use measure::measure;
pub use metric::{Level, Match, Metric, Undefined, Unit};
pub use muc::MucCounts;
pub use observed::observed;
pub use tally::Subject;
pub use unitizing::alpha_u;

/// One figure, and how it was obtained.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which metric, on what, for which label and field.
    pub subject: Subject,
    /// Whose annotations: places in [`Agreement::annotators`]. Of two, the first is the reference of F1.
    pub annotators: Vec<usize>,
    /// The value, or why there is none.
    pub value: Result<f64, Undefined>,
    /// The 95 % interval over articles; `None` with fewer than two articles or if most draws have no value.
    pub interval: Option<(f64, f64)>,
    /// For F1.
    pub finding: Option<Finding>,
    /// From how many articles.
    pub articles: usize,
    /// How many units were counted: units on which all had a value; for α pairable values; for F1 the spans (or code points) of both.
    pub units: f64,
}

/// What F1 is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Share of what the other found that the reference has; `None` if the other found nothing.
    pub precision: Option<f64>,
    /// Share of the reference that the other found; `None` if the reference has nothing.
    pub recall: Option<f64>,
    /// How many the reference has.
    pub support: f64,
    /// For MUC.
    pub muc: Option<MucCounts>,
}

/// All figures of a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Whose annotations were compared.
    pub annotators: Vec<String>,
    /// How many articles all of them have a file for.
    pub articles: usize,
    /// The figures by metric, then in the order of pairs, all annotators last.
    pub figures: Vec<Figure>,
}
