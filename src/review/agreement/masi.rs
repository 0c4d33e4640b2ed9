//! Krippendorff's α of sets, weighed by MASI.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::metric::{Metric, Undefined, Unit};
use super::tally::{Columns, Details, Measure, Rows, Subject, Tally, column};

/// How alike two sets are: Jaccard × monotonicity, monotonicity being 1 for equal sets, ⅔ if one holds the other, ⅓ if they
/// only cross, 0 if they share nothing (Passonneau 2006, "Measuring Agreement on Set-valued Items (MASI)"). Two empty sets are equal.
/// The distance that α weighs by is 1 minus this.
///
/// Both are given in ascending order, each member once.
pub fn masi<T: Ord>(one: &[T], other: &[T]) -> f64 {
    let (mut shared, mut i, mut j) = (0usize, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let order = a.cmp(b);
        shared += usize::from(order.is_eq());
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    let all = one.len() + other.len() - shared;
    if shared == all {
        1.0
    } else if shared == 0 {
        0.0
    } else {
        let is_nested = shared == one.len() || shared == other.len();
        shared as f64 / all as f64 * if is_nested { 2.0 / 3.0 } else { 1.0 / 3.0 }
    }
}

/// Columns: pairable values, alikeness of the pairs that coincide, then how often each set was used.
const VALUES: u32 = 0;
const ALIKE: u32 = 1;
const FIRST: u32 = 2;

/// Collects set-valued units article by article.
#[derive(Clone, Default)]
pub(super) struct Sets {
    rows: Rows,
    row: Columns,
}

impl Sets {
    /// Adds a unit with the sets that annotators gave it, by number; `members` tells what is in a set: ascending, each once.
    pub fn add(&mut self, given: &[u32], members: &[Vec<u32>]) {
        if given.len() < 2 {
            return;
        }
        let mut alike = 0.0;
        for (i, one) in given.iter().enumerate() {
            for other in &given[i + 1..] {
                let same = one == other;
                alike +=
                    if same { 2.0 } else { 2.0 * masi(&members[*one as usize], &members[*other as usize]) };
            }
        }
        self.row.add(VALUES, given.len() as f64);
        self.row.add(ALIKE, alike / (given.len() as f64 - 1.0));
        for set in given {
            self.row.add(FIRST + set, 1.0);
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

    /// α = 1 − (*n* − 1)·*D*ₒ / *D*ₑ over the distances 1 − MASI (Krippendorff 2011, section D, with any metric). `alike` is what
    /// [`alike_pairs`] says of all `sets` sets.
    pub fn tally(self, label: &str, field: &str, sets: usize, alike: Arc<Vec<(u32, u32, f64)>>) -> Tally {
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
        Tally { rows: self.rows, width: FIRST as usize + sets, measures: vec![measure] }
    }
}

/// Every ordered pair of sets that are alike at all, each with itself too. Most sets share nothing, so the list is short.
pub(super) fn alike_pairs(sets: &[Vec<u32>]) -> Vec<(u32, u32, f64)> {
    let mut with: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, set) in sets.iter().enumerate() {
        set.iter().for_each(|member| with.entry(*member).or_default().push(number));
    }
    let mut pairs = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        let touching: BTreeSet<usize> =
            set.iter().flat_map(|member| with[member].iter().copied()).chain([number]).collect();
        for other in touching {
            pairs.push((number as u32, other as u32, masi(set, &sets[other])));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masi_of_equal_nested_crossing_and_disjoint_sets() {
        let alike = |one: &str, other: &str| masi(one.as_bytes(), other.as_bytes());
        assert_eq!(alike("ab", "ab"), 1.0);
        assert!((alike("a", "ab") - 1.0 / 3.0).abs() < 1e-15);
        assert!((alike("ab", "bc") - 1.0 / 9.0).abs() < 1e-15);
        assert_eq!(alike("a", "b"), 0.0);
        assert_eq!((alike("", ""), alike("", "a")), (1.0, 0.0));
    }

    #[test]
    fn with_single_members_it_is_the_nominal_alpha() {
        let (mut sets, members) = (Sets::default(), [vec![], vec![7], vec![9]]);
        for (one, other) in [(1, 1), (2, 2), (1, 2), (2, 2)] {
            sets.add(&[one, other], &members);
        }
        sets.end_article(0);
        let tally = sets.tally("position", "holders", 3, Arc::new(alike_pairs(&members)));
        let alpha = (tally.measures[0].evaluate)(&tally.totals()).unwrap();
        let nominal = super::super::krippendorff::alpha_nominal(8.0, 6.0, [3.0, 5.0].into_iter()).unwrap();
        assert!((alpha - nominal).abs() < 1e-12);
    }
}
