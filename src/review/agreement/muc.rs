//! The five counts of the Message Understanding Conferences: what became of each span of the reference and of the other.
//!
//! Chinchor & Sundheim 1993, "MUC-5 Evaluation Metrics": correct (same parts and label), incorrect (same parts, another label), partial
//! (they overlap), missing (only in the reference), spurious (only in the other). Spans are paired one to one under
//! [`Rule::SAME_THING`]; a pair that overlaps with unequal borders is partial if the labels are the same and incorrect if not.
//! *Possible* = COR + INC + PAR + MIS, *actual* = COR + INC + PAR + SPU; precision = (COR + ½ PAR) / actual, recall = (COR + ½ PAR) / possible.

use std::sync::Arc;

use super::corpus::Side;
use super::metric::{Metric, Undefined};
use super::tally::{Details, Measure, Rows, Subject, Tally, row};
use crate::review::matching::{Rule, best_sides};

/// MUC's five counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MucCounts {
    /// Same parts and label.
    pub correct: f64,
    /// Paired, with another label.
    pub incorrect: f64,
    /// Paired, with the same label and other borders.
    pub partial: f64,
    /// Only in the reference.
    pub missing: f64,
    /// Only in the other.
    pub spurious: f64,
}

impl MucCounts {
    fn as_array(self) -> [f64; 5] {
        [self.correct, self.incorrect, self.partial, self.missing, self.spurious]
    }
}

/// Compares two annotators; one entry a label. Pairs and missing spans count for the reference's label, spurious ones for the other's.
pub(super) fn compare(reference: &Side<'_>, other: &Side<'_>, labels: usize) -> Vec<MucCounts> {
    let mut counts = vec![MucCounts::default(); labels];
    let matching = best_sides(&reference.ready, &other.ready, Rule::SAME_THING);
    for pair in &matching.pairs {
        let counts = &mut counts[usize::from(reference.labels[pair.left])];
        match (pair.same_label, pair.equal_parts) {
            (true, true) => counts.correct += 1.0,
            (true, false) => counts.partial += 1.0,
            (false, _) => counts.incorrect += 1.0,
        }
    }
    matching.only_left.iter().for_each(|left| counts[usize::from(reference.labels[*left])].missing += 1.0);
    matching.only_right.iter().for_each(|right| counts[usize::from(other.labels[*right])].spurious += 1.0);
    counts
}

/// The sums of all articles for one label or, with `None`, of all labels together.
pub(super) fn tally(articles: &[(u32, Vec<MucCounts>)], label: Option<usize>, name: &str) -> Tally {
    let mut rows = Rows::new();
    for (article, by_label) in articles {
        let chosen = by_label.iter().enumerate().filter(|(l, _)| label.is_none_or(|label| label == *l));
        let sums: [f64; 5] = chosen.fold([0.0; 5], |sums, (_, counts)| {
            let counts = counts.as_array();
            std::array::from_fn(|i| sums[i] + counts[i])
        });
        rows.extend(row(*article, &sums));
    }
    let share = |below: fn(&[f64]) -> f64| {
        move |sums: &[f64]| {
            let below = below(sums);
            if below > 0.0 { Ok((sums[0] + sums[2] / 2.0) / below) } else { Err(Undefined::NoSpans) }
        }
    };
    let possible = |sums: &[f64]| sums[0] + sums[1] + sums[2] + sums[3];
    let actual = |sums: &[f64]| sums[0] + sums[1] + sums[2] + sums[4];
    let measure = Measure {
        subject: Subject::new(Metric::Muc, name),
        // The harmonic mean of precision and recall.
        evaluate: Arc::new(share(|sums| (2.0 * (sums[0] + sums[1] + sums[2]) + sums[3] + sums[4]) / 2.0)),
        units: Arc::new(move |sums| Ok(possible(sums) + actual(sums))),
        details: Details::Muc {
            precision: Arc::new(share(|sums| sums[0] + sums[1] + sums[2] + sums[4])),
            recall: Arc::new(share(|sums| sums[0] + sums[1] + sums[2] + sums[3])),
            support: Arc::new(move |sums| Ok(possible(sums))),
            counts: [0, 1, 2, 3, 4],
        },
    };
    Tally { rows, width: 5, measures: vec![measure] }
}
