//! Precision, recall and F1 of one annotator's spans against another's: exact, overlap, partial and character.

use std::collections::HashMap;

use super::corpus::Side;
use super::metric::{Match, Metric, Undefined};
use super::tally::{Details, Evaluate, Measure, Row, Subject, Tally, column, ratio};
use crate::review::matching::{self, Labels as PairLabels, Rule};
use std::sync::Arc;

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
    for pair in matching::exact(&reference.spans, &other.spans, PairLabels::Same) {
        found[usize::from(reference.labels[pair.left])].exact += 1.0;
    }
    for pair in matching::best(&reference.spans, &other.spans, Rule::LARGEST).pairs {
        let found = &mut found[usize::from(reference.labels[pair.left])];
        found.overlap += 1.0;
        found.partial += if pair.equal_parts { 1.0 } else { 0.5 };
    }
    found
}

/// The sums of all articles for one label or, with `None`, of all labels together.
pub(super) fn tally(articles: &[Vec<Found>], label: Option<usize>, name: &str) -> Tally {
    let rows = articles
        .iter()
        .map(|by_label| {
            let mut sums: HashMap<u32, f64> = HashMap::new();
            let chosen: &[Found] = match label {
                Some(label) => by_label.get(label..=label).unwrap_or_default(),
                None => by_label,
            };
            for found in chosen {
                for (way, matching) in Match::ALL.into_iter().enumerate() {
                    for (place, count) in found.counts(matching).into_iter().enumerate() {
                        *sums.entry((3 * way + place) as u32).or_default() += count;
                    }
                }
            }
            let mut row: Row = sums.into_iter().filter(|(_, count)| *count != 0.0).collect();
            row.sort_unstable_by_key(|entry| entry.0);
            row
        })
        .collect();
    let measures = Match::ALL
        .into_iter()
        .enumerate()
        .map(|(way, matching)| {
            let subject = Subject::new(Metric::F1, name).matching(matching);
            finding(subject, 3 * way as u32, Undefined::NoSpans)
        })
        .collect();
    Tally { rows, width: 12, measures }
}

/// The measure of three columns: true positives, reference, found.
pub(super) fn finding(subject: Subject, first: u32, why_not: Undefined) -> Measure {
    let (right, reference, found) = (first as usize, first as usize + 1, first as usize + 2);
    let evaluate: Evaluate = Arc::new(move |sums| f1(sums[right], sums[reference], sums[found], why_not));
    Measure {
        subject,
        evaluate,
        units: Arc::new(move |sums| Ok(sums[reference] + sums[found])),
        details: Details::Finding {
            precision: ratio(first, first + 2, why_not),
            recall: ratio(first, first + 1, why_not),
            support: column(first + 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};
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
            spans: spans.iter().collect(),
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
        let tally = tally(&[found], None, "*");
        let totals = tally.totals();
        let values: Vec<_> = tally.measures.iter().map(|m| (m.evaluate)(&totals)).collect();
        assert_eq!(&values[..3], [Ok(2.0 / 6.0), Ok(4.0 / 6.0), Ok(3.0 / 6.0)]);
        assert_eq!(values[3], Err(Undefined::NoSpans), "code points were not counted here");
    }
}
