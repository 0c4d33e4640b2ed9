//! Observed agreement, Cohen's κ, Fleiss' κ and Krippendorff's α on one and the same categories: one pass over the units feeds all four.

use std::sync::Arc;

use super::cohen::cohen_kappa;
use super::fleiss::fleiss_kappa;
use super::krippendorff::alpha_nominal;
use super::metric::{Level, Metric, Unit};
use super::observed::observed;
use super::tally::{Columns, Details, Evaluate, Measure, Rows, Subject, Tally, column};

/// Units on which all annotators have a value.
pub(super) const UNITS: u32 = 0;
/// Of these the share of pairs of annotators who do not say the same.
pub(super) const DIFFERING: u32 = 1;
/// With more than two annotators, of units on which some have no value: pairable values, and how many of them do not coincide.
const PART_VALUES: u32 = 2;
const PART_DIFFERING: u32 = 3;
/// Columns of each category: with two annotators how often the first and the second used it, with more how often all did, and how often it
/// was used on units on which some have no value.
const EACH: u32 = 2;

/// Collects units article by article. Only what differs is counted, so that units nobody marked cost nothing.
#[derive(Clone)]
pub(super) struct Nominal {
    rows: Rows,
    row: Columns,
    annotators: usize,
    counts: Vec<(u32, f64)>,
}

impl Nominal {
    /// For this many annotators, at least two.
    pub fn new(annotators: usize) -> Self {
        let annotators = annotators.max(2);
        Self { rows: Rows::new(), row: Columns::default(), annotators, counts: Vec::new() }
    }

    fn first(annotators: usize) -> u32 {
        if annotators == 2 { 2 } else { 4 }
    }

    /// Counts `units` units of two annotators who used these categories.
    pub fn add_pair(&mut self, units: f64, one: u32, other: u32) {
        self.add_units(units);
        self.add_used(units, one, false);
        self.add_used(units, other, true);
        if one != other {
            self.add_differing(units);
        }
    }

    /// Counts `units` units on which all have a value, without their categories.
    pub fn add_units(&mut self, units: f64) {
        self.row.add(UNITS, units);
    }

    /// Of units already counted, that one of two annotators used this category on them.
    pub fn add_used(&mut self, units: f64, category: u32, second: bool) {
        self.row.add(2 + EACH * category + u32::from(second), units);
    }

    /// Of units already counted, that two annotators differ on them.
    pub fn add_differing(&mut self, units: f64) {
        self.row.add(DIFFERING, units);
    }

    /// Counts `units` units on which three or more annotators used these categories; `None` where one has no value.
    pub fn add(&mut self, units: f64, used: impl Iterator<Item = Option<u32>>) {
        self.counts.clear();
        for category in used.flatten() {
            match self.counts.iter_mut().find(|(known, _)| *known == category) {
                Some((_, count)) => *count += 1.0,
                None => self.counts.push((category, 1.0)),
            }
        }
        let counts = std::mem::take(&mut self.counts);
        let values: f64 = counts.iter().map(|(_, count)| count).sum();
        self.add_values(units, values);
        self.add_counts(units, values, &counts);
        self.counts = counts;
    }

    /// Counts `units` units on which `values` of three or more annotators have a value, without their categories.
    pub fn add_values(&mut self, units: f64, values: f64) {
        if values as usize == self.annotators {
            self.row.add(UNITS, units);
        } else if values >= 2.0 {
            self.row.add(PART_VALUES, units * values);
        }
    }

    /// Of units already counted, how many of three or more annotators used each category. The category that is derived
    /// ([`Nominal::tally`]) is left out.
    pub fn add_counts(&mut self, units: f64, values: f64, counts: &[(u32, f64)]) {
        debug_assert!(self.annotators > 2, "of two annotators it must be told who used what");
        if values < 2.0 {
            return;
        }
        // Those not listed used the category that is derived.
        let rest = values - counts.iter().map(|(_, count)| count).sum::<f64>();
        let agreeing = counts.iter().map(|(_, n)| n * (n - 1.0)).sum::<f64>() + rest * (rest - 1.0).max(0.0);
        let differing = values * (values - 1.0) - agreeing;
        let complete = values as usize == self.annotators;
        if complete {
            self.row.add(DIFFERING, units * differing / (values * (values - 1.0)));
        } else {
            self.row.add(PART_DIFFERING, units * differing / (values - 1.0));
        }
        let first = Self::first(self.annotators) + u32::from(!complete);
        for (category, count) in counts {
            self.row.add(first + EACH * category, units * count);
        }
    }

    /// Ends an article.
    pub fn end_article(&mut self, article: u32) {
        self.row.end_article(article, &mut self.rows);
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
    }

    /// The sums, with the metrics that make sense for this many annotators. `derived`: there is one category more, which was used wherever none
    /// of the others was.
    pub fn tally(
        self,
        metrics: &[Metric],
        subject: &Subject,
        nominal: Option<Level>,
        categories: usize,
        derived: bool,
    ) -> Tally {
        let annotators = self.annotators;
        let (first, categories) = (Self::first(annotators), categories as u32);
        let mut measures = Vec::new();
        let mut measure = |metric: Metric, level: Option<Level>, units: Evaluate, evaluate: Evaluate| {
            if metrics.contains(&metric) {
                let subject = Subject { metric, ..subject.clone() }.level(level);
                measures.push(Measure { subject, evaluate, units, details: Details::None });
            }
        };
        let (units, differing) = (UNITS as usize, DIFFERING as usize);
        measure(
            Metric::Observed,
            None,
            column(UNITS),
            Arc::new(move |sums| observed(sums[units], sums[units] - sums[differing])),
        );
        if annotators == 2 {
            measure(
                Metric::CohenKappa,
                None,
                column(UNITS),
                Arc::new(move |sums| {
                    let at = |c: u32, which: u32| sums[(first + EACH * c + which) as usize];
                    let rest = derived.then(|| {
                        let used = |which| (0..categories).map(|c| at(c, which)).sum::<f64>();
                        (sums[units] - used(0), sums[units] - used(1))
                    });
                    let pairs = (0..categories).map(|c| (at(c, 0), at(c, 1))).chain(rest);
                    cohen_kappa(sums[units], sums[units] - sums[differing], pairs)
                }),
            );
        }
        let all = annotators as f64;
        // How often a category was used where all have a value, and where some have none.
        let complete = move |sums: &[f64], c: u32| {
            let at = (first + EACH * c) as usize;
            if annotators == 2 { sums[at] + sums[at + 1] } else { sums[at] }
        };
        let part = move |sums: &[f64], c: u32| {
            if annotators == 2 { 0.0 } else { sums[(first + EACH * c) as usize + 1] }
        };
        measure(
            Metric::FleissKappa,
            None,
            column(UNITS),
            Arc::new(move |sums| {
                let used = (0..categories).map(|c| complete(sums, c));
                let rest = derived.then(|| all * sums[units] - used.clone().sum::<f64>());
                fleiss_kappa(sums[units], sums[units] - sums[differing], used.chain(rest))
            }),
        );
        let of_part = move |sums: &[f64]| match annotators {
            2 => (0.0, 0.0),
            _ => (sums[PART_VALUES as usize], sums[PART_DIFFERING as usize]),
        };
        measure(
            Metric::KrippendorffAlpha,
            nominal,
            Arc::new(move |sums| Ok(all * sums[units] + of_part(sums).0)),
            Arc::new(move |sums| {
                let (values, differs) = of_part(sums);
                let values = all * sums[units] + values;
                let used = (0..categories).map(|c| complete(sums, c) + part(sums, c));
                let rest = derived.then(|| values - used.clone().sum::<f64>());
                alpha_nominal(values, values - all * sums[differing] - differs, used.chain(rest))
            }),
        );
        let width = (first + EACH * categories) as usize;
        Tally { rows: self.rows, width, measures }
    }
}

/// What a figure on units of this kind is about, its metric yet to be named.
pub(super) fn on(unit: Unit, label: &str, field: Option<&str>) -> Subject {
    Subject::new(Metric::Observed, label).unit(unit).field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(nominal: Nominal, categories: usize, derived: bool) -> Vec<(Metric, f64, f64)> {
        let subject = on(Unit::Token, "*", None);
        let tally = nominal.tally(&Metric::ALL, &subject, None, categories, derived);
        let totals = tally.totals();
        let of =
            |m: &Measure| (m.subject.metric, (m.evaluate)(&totals).unwrap(), (m.units)(&totals).unwrap());
        tally.measures.iter().map(of).collect()
    }

    #[test]
    fn missing_values_count_for_alpha_only() {
        let mut nominal = Nominal::new(3);
        let (yes, no) = (0, 1);
        nominal.add(2.0, [Some(yes), Some(yes), None].into_iter());
        nominal.add(1.0, [Some(no), Some(no), Some(yes)].into_iter());
        nominal.add(5.0, [None, Some(no), None].into_iter());
        nominal.end_article(0);
        let found = values(nominal, 2, false);
        let of = |metric| found.iter().find(|f| f.0 == metric).unwrap();
        assert_eq!(of(Metric::Observed).2, 1.0);
        assert!((of(Metric::Observed).1 - 1.0 / 3.0).abs() < 1e-12);
        // Seven pairable values, 5 yes and 2 no; the diagonal holds 4 and 1.
        let alpha = of(Metric::KrippendorffAlpha);
        assert_eq!(alpha.2, 7.0);
        assert!((alpha.1 - (1.0 - 6.0 * 2.0 / (49.0 - 29.0))).abs() < 1e-12);
    }

    #[test]
    fn a_derived_category_is_as_good_as_one_that_was_counted() {
        // In and out, told by both categories or by "in" alone.
        for annotators in [2, 3] {
            let (mut both, mut derived) = (Nominal::new(annotators), Nominal::new(annotators));
            for (units, said) in [(7.0, [0, 0, 0]), (3.0, [1, 0, 1]), (2.0, [0, 1, 1]), (4.0, [1, 1, 1])] {
                if annotators == 2 {
                    both.add_pair(units, said[0], said[1]);
                    derived.add_units(units);
                    if said[0] == 1 {
                        derived.add_used(units, 0, false);
                    }
                    if said[1] == 1 {
                        derived.add_used(units, 0, true);
                    }
                    if said[0] != said[1] {
                        derived.add_differing(units);
                    }
                } else {
                    both.add(units, said.into_iter().map(Some));
                    let count = said.iter().sum::<u32>();
                    derived.add_values(units, 3.0);
                    derived.add_counts(units, 3.0, &[(0, f64::from(count))]);
                    both.add(units, [Some(said[0]), None, Some(said[1])].into_iter());
                    derived.add_values(units, 2.0);
                    derived.add_counts(units, 2.0, &[(0, f64::from(said[0] + said[1]))]);
                }
            }
            both.end_article(0);
            derived.end_article(0);
            let (both, derived) = (values(both, 2, false), values(derived, 1, true));
            assert!(!both.is_empty());
            for (one, other) in both.iter().zip(&derived) {
                assert!(
                    one.0 == other.0 && (one.1 - other.1).abs() < 1e-12 && one.2 == other.2,
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
