//! Precision, recall and F1 of one annotator's spans against another's: exact, overlap, partial and character.

use std::sync::Arc;

use super::corpus::Side;
use super::metric::{Match, Metric, Undefined};
use super::tally::{Details, Evaluate, Measure, Rows, Subject, Tally, column, ratio, row};
use crate::review::matching::{Labels as PairLabels, Rule, best_pairs, exact_sides};

/// F1 = 2·TP / (reference + found): the harmonic mean of precision TP / found and recall TP / reference (van Rijsbergen 1979).
///
/// # Errors
/// Neither side has anything.
pub fn f1(right: f64, reference: f64, found: f64, why_not: Undefined) -> Result<f64, Undefined> {
    let both = reference + found;
    if both > 0.0 { Ok(2.0 * right / both) } else { Err(why_not) }
}

/// What a pair of annotators has in common in one article, by label.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Found {
    /// Spans of the reference, and of the other.
    pub spans: [f64; 2],
    /// Pairs with the same parts and label.
    pub exact: f64,
    /// Pairs of the largest matching of spans of this label that share a code point.
    pub overlap: f64,
    /// The same pairs, those with equal borders counted 1, any other ½.
    pub partial: f64,
    /// Code points that carry the label: with both, with the reference, with the other.
    pub characters: [f64; 3],
}

impl Found {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let sum3 = |a: [f64; 3], b: [f64; 3]| std::array::from_fn(|i| a[i] + b[i]);
        Self {
            spans: [self.spans[0] + other.spans[0], self.spans[1] + other.spans[1]],
            exact: self.exact + other.exact,
            overlap: self.overlap + other.overlap,
            partial: self.partial + other.partial,
            characters: sum3(self.characters, other.characters),
        }
    }

    /// True positives, reference and found under a way of matching.
    pub fn counts(&self, matching: Match) -> [f64; 3] {
        let [reference, found] = self.spans;
        match matching {
            Match::Exact => [self.exact, reference, found],
            Match::Overlap => [self.overlap, reference, found],
            Match::Partial => [self.partial, reference, found],
            Match::Character => self.characters,
        }
    }
}

/// Compares the spans of two annotators; the result has one entry a label. Code points are counted elsewhere.
pub(super) fn compare(reference: &Side<'_>, other: &Side<'_>, labels: usize) -> Vec<Found> {
    let mut found = vec![Found::default(); labels];
    for (which, side) in [reference, other].into_iter().enumerate() {
        side.labels.iter().for_each(|label| found[usize::from(*label)].spans[which] += 1.0);
    }
    for pair in exact_sides(&reference.ready, &other.ready, PairLabels::Same) {
        found[usize::from(reference.labels[pair.left])].exact += 1.0;
    }
    for pair in best_pairs(&reference.ready, &other.ready, Rule::LARGEST) {
        let found = &mut found[usize::from(reference.labels[pair.left])];
        found.overlap += 1.0;
        found.partial += if pair.equal_parts { 1.0 } else { 0.5 };
    }
    found
}

/// Collects what two annotators have in common, article by article: for all labels together, then for each.
#[derive(Clone)]
pub(super) struct Findings {
    rows: Vec<Rows>,
}

impl Findings {
    /// For this many labels.
    pub fn new(labels: usize) -> Self {
        Self { rows: vec![Rows::new(); labels + 1] }
    }

    /// Adds an article: one entry a label.
    pub fn add(&mut self, article: u32, by_label: &[Found]) {
        let all = by_label.iter().fold(Found::default(), |sum, found| sum.plus(*found));
        for (rows, found) in self.rows.iter_mut().zip(std::iter::once(&all).chain(by_label)) {
            if *found != Found::default() {
                let ([reference, other], [both, one, two]) = (found.spans, found.characters);
                rows.extend(row(
                    article,
                    &[found.exact, found.overlap, found.partial, reference, other, both, one, two],
                ));
            }
        }
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, other: Self) {
        self.rows.iter_mut().zip(other.rows).for_each(|(rows, mut more)| rows.append(&mut more));
    }

    /// The sums, with the names of `*` and of each label.
    pub fn tallies<'n>(self, names: impl Iterator<Item = &'n str>) -> Vec<Tally> {
        let measures = |name: &str| {
            let ways = Match::ALL.into_iter().map(|matching| {
                let columns = match matching {
                    Match::Exact => [0, 3, 4],
                    Match::Overlap => [1, 3, 4],
                    Match::Partial => [2, 3, 4],
                    Match::Character => [5, 6, 7],
                };
                finding(Subject::new(Metric::F1, name).matching(matching), columns, Undefined::NoSpans)
            });
            ways.collect()
        };
        self.rows
            .into_iter()
            .zip(names)
            .map(|(rows, name)| Tally { rows, width: 8, measures: measures(name) })
            .collect()
    }
}

/// The measure of three columns: true positives, reference, found.
pub(super) fn finding(subject: Subject, columns: [u32; 3], why_not: Undefined) -> Measure {
    let [right, reference, found] = columns.map(|column| column as usize);
    let evaluate: Evaluate = Arc::new(move |sums| f1(sums[right], sums[reference], sums[found], why_not));
    Measure {
        subject,
        evaluate,
        units: Arc::new(move |sums| Ok(sums[reference] + sums[found])),
        details: Details::Finding {
            precision: ratio(columns[0], columns[2], why_not),
            recall: ratio(columns[0], columns[1], why_not),
            support: column(columns[1]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};
    use crate::review::matching;
    use crate::text::TextRange;

    fn spans(all: &[(&str, u32, u32)]) -> Vec<Span> {
        let made = all.iter().enumerate();
        made.map(|(i, (label, s, e))| {
            Span::new(format!("s{i}"), *label, Parts::one(TextRange::new(*s, *e).unwrap()))
        })
        .collect()
    }

    fn side(spans: &[Span]) -> Side<'_> {
        Side {
            ready: matching::Side::new(spans.iter().collect()),
            labels: spans.iter().map(|s| u16::from(s.label == "b")).collect(),
        }
    }

    #[test]
    fn a_pair_with_equal_borders_counts_one_any_other_half() {
        let (one, other) = (
            spans(&[("a", 0, 5), ("a", 10, 15), ("b", 20, 25)]),
            spans(&[("a", 0, 5), ("a", 12, 30), ("a", 20, 25)]),
        );
        let found = compare(&side(&one), &side(&other), 2);
        assert_eq!((found[0].exact, found[0].overlap, found[0].partial), (1.0, 2.0, 1.5));
        assert_eq!((found[1].exact, found[1].overlap, found[1].spans), (0.0, 0.0, [1.0, 0.0]));
        let mut findings = Findings::new(2);
        findings.add(0, &found);
        let tally = findings.tallies(["*", "a", "b"].into_iter()).remove(0);
        let totals = tally.totals();
        let values: Vec<_> = tally.measures.iter().map(|m| (m.evaluate)(&totals)).collect();
        assert_eq!(&values[..3], [Ok(2.0 / 6.0), Ok(4.0 / 6.0), Ok(3.0 / 6.0)]);
        assert_eq!(values[3], Err(Undefined::NoSpans), "code points were not counted here");
    }
}
