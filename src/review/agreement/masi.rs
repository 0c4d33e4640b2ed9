//! Krippendorff's α of sets, weighed by MASI.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::metric::{Metric, Undefined, Unit};
use super::tally::{Details, Measure, Row, Subject, Tally, column};

/// How alike two sets are: Jaccard × monotonicity, monotonicity being 1 for equal sets, ⅔ if one holds the other, ⅓ if they
/// only cross, 0 if they share nothing (Passonneau 2006, "Measuring Agreement on Set-valued Items (MASI)"). Two empty sets are equal.
/// The distance that α weighs by is 1 minus this.
pub fn masi<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let shared = one.intersection(other).count() as f64;
    let all = one.union(other).count() as f64;
    if one == other {
        1.0
    } else if shared == 0.0 {
        0.0
    } else {
        let monotonicity = if one.is_subset(other) || other.is_subset(one) { 2.0 / 3.0 } else { 1.0 / 3.0 };
        shared / all * monotonicity
    }
}

/// Columns: pairable values, alikeness of the pairs that coincide, then how often each set was used.
const VALUES: u32 = 0;
const ALIKE: u32 = 1;
const FIRST: u32 = 2;

/// Collects set-valued units article by article.
#[derive(Default)]
pub(super) struct Sets {
    numbers: HashMap<BTreeSet<String>, u32>,
    sets: Vec<BTreeSet<String>>,
    rows: Vec<Row>,
    row: HashMap<u32, f64>,
}

impl Sets {
    /// Adds a unit with the sets that annotators gave it.
    pub fn add(&mut self, given: Vec<BTreeSet<String>>) {
        if given.len() < 2 {
            return;
        }
        let mut alike = 0.0;
        for (i, one) in given.iter().enumerate() {
            for (j, other) in given.iter().enumerate() {
                if i != j {
                    alike += masi(one, other);
                }
            }
        }
        *self.row.entry(VALUES).or_default() += given.len() as f64;
        *self.row.entry(ALIKE).or_default() += alike / (given.len() as f64 - 1.0);
        for set in given {
            let number = match self.numbers.get(&set) {
                Some(number) => *number,
                None => {
                    let number = self.sets.len() as u32;
                    self.numbers.insert(set.clone(), number);
                    self.sets.push(set);
                    number
                }
            };
            *self.row.entry(FIRST + number).or_default() += 1.0;
        }
    }

    /// Ends an article.
    pub fn end_article(&mut self) {
        let mut row: Row = self.row.drain().collect();
        row.sort_unstable_by_key(|entry| entry.0);
        self.rows.push(row);
    }

    /// α = 1 − (*n* − 1)·*D*ₒ / *D*ₑ over the distances 1 − MASI (Krippendorff 2011, section D, with any metric).
    pub fn tally(self, label: &str, field: &str) -> Tally {
        let alike = Arc::new(alike_pairs(&self.sets));
        let evaluate = move |sums: &[f64]| {
            let values = sums[VALUES as usize];
            if values <= 1.0 {
                return Err(Undefined::NoUnits);
            }
            let by_chance: f64 = alike
                .iter()
                .map(|(one, other, alike)| {
                    sums[(FIRST + one) as usize] * sums[(FIRST + other) as usize] * alike
                })
                .sum();
            let expected = values * values - by_chance;
            if expected <= values * values * f64::EPSILON * 4.0 {
                return Err(Undefined::OneCategory);
            }
            Ok(1.0 - (values - 1.0) * (values - sums[ALIKE as usize]) / expected)
        };
        let measure = Measure {
            subject: Subject::new(Metric::AlphaMasi, label).unit(Unit::Matched).field(Some(field)),
            evaluate: Arc::new(evaluate),
            units: column(VALUES),
            details: Details::None,
        };
        Tally { rows: self.rows, width: FIRST as usize + self.sets.len(), measures: vec![measure] }
    }
}

/// Every ordered pair of sets that are alike at all, each with itself too. Most sets share nothing, so the list is short.
fn alike_pairs(sets: &[BTreeSet<String>]) -> Vec<(u32, u32, f64)> {
    let mut with: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, set) in sets.iter().enumerate() {
        set.iter().for_each(|member| with.entry(member).or_default().push(number));
    }
    let mut pairs = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        let touching: BTreeSet<usize> =
            set.iter().flat_map(|member| with[member.as_str()].iter().copied()).chain([number]).collect();
        for other in touching {
            pairs.push((number as u32, other as u32, masi(set, &sets[other])));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(members: &str) -> BTreeSet<String> {
        members.chars().map(String::from).collect()
    }

    #[test]
    fn masi_of_equal_nested_crossing_and_disjoint_sets() {
        let alike = |one: &str, other: &str| masi(&set(one), &set(other));
        assert_eq!(alike("ab", "ab"), 1.0);
        assert!((alike("a", "ab") - 1.0 / 3.0).abs() < 1e-15);
        assert!((alike("ab", "bc") - 1.0 / 9.0).abs() < 1e-15);
        assert_eq!(alike("a", "b"), 0.0);
        assert_eq!((alike("", ""), alike("", "a")), (1.0, 0.0));
    }

    #[test]
    fn with_single_members_it_is_the_nominal_alpha() {
        let mut sets = Sets::default();
        for (one, other) in [("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")] {
            sets.add(vec![set(one), set(other)]);
        }
        sets.end_article();
        let tally = sets.tally("position", "holders");
        let alpha = (tally.measures[0].evaluate)(&tally.totals()).unwrap();
        let nominal = super::super::krippendorff::alpha_nominal(8.0, 6.0, [3.0, 5.0].into_iter()).unwrap();
        assert!((alpha - nominal).abs() < 1e-12);
    }
}
