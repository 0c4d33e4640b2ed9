//! Sums by article, from which figures and their intervals are computed.
//!
//! Every metric here is a function of sums over articles. So each article is looked at once, and drawing articles anew for an
//! interval only adds up its sums again.

use std::sync::Arc;

use super::metric::{Level, Match, Metric, Undefined, Unit};

/// One sum of one article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// The article's place in its comparison.
    pub article: u32,
    pub column: u32,
    pub value: f64,
}

/// The sums of all articles of a comparison. Columns that are not listed are 0.
pub(super) type Rows = Vec<Entry>;

/// The sums of the article at hand, column by column, while they are made. What is added is never negative.
#[derive(Clone, Default)]
pub(super) struct Columns {
    sums: Vec<f64>,
    touched: Vec<u32>,
}

impl Columns {
    pub fn add(&mut self, column: u32, value: f64) {
        let place = column as usize;
        if self.sums.len() <= place {
            self.sums.resize(place + 1, 0.0);
        }
        if self.sums[place] == 0.0 && value != 0.0 {
            self.touched.push(column);
        }
        self.sums[place] += value;
    }

    /// Ends an article: its sums go to `rows`.
    pub fn end_article(&mut self, article: u32, rows: &mut Rows) {
        let sums = &mut self.sums;
        rows.extend(self.touched.drain(..).map(|column| Entry {
            article,
            column,
            value: std::mem::take(&mut sums[column as usize]),
        }));
    }
}

/// The entries of one article, those that are 0 left out.
pub(super) fn row(article: u32, sums: &[f64]) -> impl Iterator<Item = Entry> + '_ {
    let all = sums.iter().enumerate().filter(|(_, value)| **value != 0.0);
    all.map(move |(column, value)| Entry { article, column: column as u32, value: *value })
}

/// How a figure follows from the sums.
pub(super) type Evaluate = Arc<dyn Fn(&[f64]) -> Result<f64, Undefined> + Send + Sync>;

/// What a figure is about, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The metric.
    pub metric: Metric,
    /// What it counts, for metrics on units.
    pub unit: Option<Unit>,
    /// When a span counts as found, for F1.
    pub matching: Option<Match>,
    /// A label or `*`.
    pub label: String,
    /// The field, for metrics on fields: `act`, `issues.stance`.
    pub field: Option<String>,
    /// How values are weighed, for α on fields.
    pub level: Option<Level>,
}

impl Subject {
    pub(super) fn new(metric: Metric, label: &str) -> Self {
        Self { metric, unit: None, matching: None, label: label.to_owned(), field: None, level: None }
    }

    pub(super) fn unit(self, unit: Unit) -> Self {
        Self { unit: Some(unit), ..self }
    }

    pub(super) fn matching(self, matching: Match) -> Self {
        Self { matching: Some(matching), ..self }
    }

    pub(super) fn field(self, field: Option<&str>) -> Self {
        Self { field: field.map(str::to_owned), ..self }
    }

    pub(super) fn level(self, level: Option<Level>) -> Self {
        Self { level, ..self }
    }
}

/// A figure yet to be computed.
#[derive(Clone)]
pub(super) struct Measure {
    pub subject: Subject,
    pub evaluate: Evaluate,
    /// How many units were counted.
    pub units: Evaluate,
    pub details: Details,
}

/// What a figure gives besides its value.
#[derive(Clone)]
pub(super) enum Details {
    None,
    /// Precision, recall, and the number of the reference's.
    Finding {
        precision: Evaluate,
        recall: Evaluate,
        support: Evaluate,
    },
    /// The same, and the columns of MUC's five counts.
    Muc {
        precision: Evaluate,
        recall: Evaluate,
        support: Evaluate,
        counts: [u32; 5],
    },
}

/// Sums of some articles, and the figures made of them.
#[derive(Clone)]
pub(super) struct Tally {
    /// The sums of each article of the comparison.
    pub rows: Rows,
    /// How many columns there are.
    pub width: usize,
    pub measures: Vec<Measure>,
}

impl Tally {
    /// The sums over all articles.
    pub fn totals(&self) -> Vec<f64> {
        let mut totals = vec![0.0; self.width];
        for entry in &self.rows {
            totals[entry.column as usize] += entry.value;
        }
        totals
    }
}

/// The sum in one column.
pub(super) fn column(number: u32) -> Evaluate {
    Arc::new(move |sums| Ok(sums[number as usize]))
}

/// One column over another; undefined if there is nothing below the line.
pub(super) fn ratio(above: u32, below: u32, why_not: Undefined) -> Evaluate {
    Arc::new(move |sums| match sums[below as usize] {
        below if below > 0.0 => Ok(sums[above as usize] / below),
        _ => Err(why_not),
    })
}
