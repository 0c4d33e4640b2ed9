//! κ and α of units that are coded already: one list of categories an annotator, the same units in each.
//!
//! What [`super::measure`] comes to when there are neither spans nor texts; for those who have their own units.

use super::cohen::cohen_kappa;
use super::fleiss::fleiss_kappa;
use super::krippendorff::{alpha_nominal, alpha_ordinal};
use super::metric::Undefined;

/// Categories up to this number are counted in a table, others are numbered anew first.
const TABLE: u32 = 64;

/// The lists with categories numbered from 0 without gaps if they are not small already, and how many categories there are.
fn numbered<'l>(
    lists: &[&'l [Option<u32>]],
    made: &'l mut Vec<Vec<Option<u32>>>,
) -> (Vec<&'l [Option<u32>]>, usize) {
    let most = lists.iter().flat_map(|list| list.iter().flatten()).max().copied();
    if most.is_none_or(|most| most < TABLE) {
        return (lists.to_vec(), most.map_or(0, |most| most as usize + 1));
    }
    let mut known: Vec<u32> = lists.iter().flat_map(|list| list.iter().flatten().copied()).collect();
    known.sort_unstable();
    known.dedup();
    let number = |category: &Option<u32>| category.map(|c| known.partition_point(|k| *k < c) as u32);
    *made = lists.iter().map(|list| list.iter().map(number).collect()).collect();
    (made.iter().map(Vec::as_slice).collect(), known.len())
}

/// Cohen's κ of two lists; see [`cohen_kappa`]. Units on which one has no value, or that only one list has, are left out.
///
/// # Errors
/// No units, or one category throughout.
pub fn cohen_kappa_of(one: &[Option<u32>], other: &[Option<u32>]) -> Result<f64, Undefined> {
    let mut made = Vec::new();
    let (lists, categories) = numbered(&[one, other], &mut made);
    let mut table = vec![0u64; categories * categories];
    for (one, other) in lists[0].iter().zip(lists[1]) {
        if let (Some(one), Some(other)) = (one, other) {
            table[*one as usize * categories + *other as usize] += 1;
        }
    }
    let agreeing: u64 = (0..categories).map(|c| table[c * categories + c]).sum();
    let used = (0..categories).map(|c| {
        let row: u64 = table[c * categories..][..categories].iter().sum();
        let column: u64 = (0..categories).map(|r| table[r * categories + c]).sum();
        (row as f64, column as f64)
    });
    cohen_kappa(table.iter().sum::<u64>() as f64, agreeing as f64, used)
}

/// Most patterns that are counted in a table.
const PATTERNS: usize = 1 << 16;

/// Goes over all units, those on which everybody gave the same together: how many they are, and the categories given. A group may come in
/// several pieces.
fn each_group(lists: &[&[Option<u32>]], categories: usize, group: impl FnMut(u64, &[u32])) {
    let units = lists.iter().map(|list| list.len()).max().unwrap_or_default();
    let patterns = (categories + 1).checked_pow(lists.len() as u32);
    match patterns.filter(|patterns| *patterns <= PATTERNS.min(units)) {
        Some(patterns) => each_pattern(lists, units, categories + 1, patterns, group),
        None => each_run(lists, units, group),
    }
}

/// By what everybody gave, read as one number: a digit an annotator, 0 for no value. How often each number comes is counted first.
fn each_pattern(
    lists: &[&[Option<u32>]],
    units: usize,
    digits: usize,
    patterns: usize,
    mut group: impl FnMut(u64, &[u32]),
) {
    let mut times = vec![0u64; patterns];
    // A few units at a time, a list after another: that is what processors are quick at.
    let mut numbers = [0u32; 512];
    for first in (0..units).step_by(numbers.len()) {
        let numbers = &mut numbers[..(units - first).min(512)];
        numbers.fill(0);
        for list in lists {
            numbers.iter_mut().for_each(|number| *number *= digits as u32);
            let given = list.get(first..).unwrap_or_default();
            for (number, value) in numbers.iter_mut().zip(given) {
                *number += value.map_or(0, |value| value + 1);
            }
        }
        numbers.iter().for_each(|number| times[*number as usize] += 1);
    }
    let mut used: Vec<u32> = Vec::with_capacity(lists.len());
    for (pattern, units) in times.into_iter().enumerate().filter(|(_, units)| *units > 0) {
        used.clear();
        let mut rest = pattern;
        while rest > 0 {
            used.extend((rest % digits > 0).then(|| (rest % digits - 1) as u32));
            rest /= digits;
        }
        group(units, &used);
    }
}

/// By runs of units on which nobody's category changes.
fn each_run(lists: &[&[Option<u32>]], units: usize, mut group: impl FnMut(u64, &[u32])) {
    let mut used: Vec<u32> = Vec::with_capacity(lists.len());
    let mut unit = 0;
    while unit < units {
        let first = unit;
        unit += 1;
        while unit < units && lists.iter().all(|list| list.get(unit) == list.get(first)) {
            unit += 1;
        }
        used.clear();
        used.extend(lists.iter().filter_map(|list| *list.get(first)?));
        group((unit - first) as u64, &used);
    }
}

/// For each number of values that a unit may have: how many units, the pairs of equal values on them, and how often each category was used.
fn by_values(lists: &[&[Option<u32>]], categories: usize) -> Vec<(u64, u64, Vec<u64>)> {
    let mut found = vec![(0, 0, vec![0u64; categories]); lists.len() + 1];
    each_group(lists, categories, |units, used| {
        let sums = &mut found[used.len()];
        sums.0 += units;
        for (i, one) in used.iter().enumerate() {
            sums.2[*one as usize] += units;
            sums.1 += units * used[i + 1..].iter().map(|other| u64::from(one == other)).sum::<u64>();
        }
    });
    found
}

/// Fleiss' κ of several lists; see [`fleiss_kappa`]. Units on which somebody has no value are left out.
///
/// # Errors
/// No units, or one category throughout.
pub fn fleiss_kappa_of(lists: &[&[Option<u32>]]) -> Result<f64, Undefined> {
    let mut made = Vec::new();
    let (lists, categories) = numbered(lists, &mut made);
    let found = by_values(&lists, categories);
    let Some((units, equal, used)) = found.last().filter(|_| lists.len() > 1) else {
        return Err(Undefined::OneAnnotator);
    };
    let pairs = (lists.len() * (lists.len() - 1) / 2) as f64;
    fleiss_kappa(*units as f64, *equal as f64 / pairs, used.iter().map(|n| *n as f64))
}

/// Krippendorff's nominal α of several lists, with missing values; see [`alpha_nominal`].
///
/// # Errors
/// Fewer than two pairable values, or all of them are the same.
pub fn alpha_nominal_of(lists: &[&[Option<u32>]]) -> Result<f64, Undefined> {
    let mut made = Vec::new();
    let (lists, categories) = numbered(lists, &mut made);
    let (mut values, mut agreeing, mut used) = (0.0, 0.0, vec![0.0; categories]);
    for (count, (units, equal, each)) in by_values(&lists, categories).into_iter().enumerate().skip(2) {
        values += (units * count as u64) as f64;
        agreeing += 2.0 * equal as f64 / (count as f64 - 1.0);
        used.iter_mut().zip(each).for_each(|(sum, n): (&mut f64, u64)| *sum += n as f64);
    }
    alpha_nominal(values, agreeing, used.into_iter())
}

/// Krippendorff's ordinal α of several lists, with missing values; see [`alpha_ordinal`]. Categories are ranks: the smaller comes first.
///
/// # Errors
/// Fewer than two pairable values, or all of them are the same.
pub fn alpha_ordinal_of(lists: &[&[Option<u32>]]) -> Result<f64, Undefined> {
    let mut made = Vec::new();
    let (lists, ranks) = numbered(lists, &mut made);
    // For each number of values that a unit may have, how often two ranks met on such units.
    let mut met = vec![vec![0u64; ranks * ranks]; lists.len() + 1];
    each_group(&lists, ranks, |units, used| {
        let met = &mut met[used.len()];
        for (i, one) in used.iter().enumerate() {
            used[i + 1..].iter().for_each(|other| met[*one as usize * ranks + *other as usize] += units);
        }
    });
    let mut coincidences = vec![0.0; ranks * ranks];
    for (values, met) in met.iter().enumerate().skip(2) {
        for (at, times) in met.iter().enumerate().filter(|(_, times)| **times > 0) {
            // Each pair counts both ways.
            let share = *times as f64 / (values as f64 - 1.0);
            coincidences[at] += share;
            coincidences[at % ranks * ranks + at / ranks] += share;
        }
    }
    alpha_ordinal(&coincidences, ranks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_example_of_two() {
        // 20 both yes, 15 both no, 5 and 10 differing; the numbers of the categories do not matter.
        for (yes, no) in [(0, 1), (70_000, 5)] {
            let list = |counts: [(usize, u32); 4]| -> Vec<Option<u32>> {
                counts.into_iter().flat_map(|(n, c)| std::iter::repeat_n(Some(c), n)).chain([None]).collect()
            };
            let one = list([(20, yes), (5, yes), (10, no), (15, no)]);
            let other = list([(20, yes), (5, no), (10, yes), (15, no)]);
            assert!((cohen_kappa_of(&one, &other).unwrap() - 0.4).abs() < 1e-12);
        }
        assert_eq!(cohen_kappa_of(&[], &[]), Err(Undefined::NoUnits));
    }

    proptest::proptest! {
        /// Patterns and runs are two ways to the same groups.
        #[test]
        fn groups_hold_every_unit_once(
            rows in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0u32..3), 0..300), 1..5)
        ) {
            let lists: Vec<&[Option<u32>]> = rows.iter().map(Vec::as_slice).collect();
            let units = rows.iter().map(Vec::len).max().unwrap_or_default();
            type Groups<'a> = &'a dyn Fn(&mut dyn FnMut(u64, &[u32]));
            let collected = |by: Groups<'_>| {
                let mut found = std::collections::BTreeMap::<Vec<u32>, u64>::new();
                by(&mut |units, used| {
                    let mut used = used.to_vec();
                    used.sort_unstable();
                    *found.entry(used).or_default() += units;
                });
                found
            };
            let runs = collected(&|group| each_run(&lists, units, group));
            let patterns = collected(&|group| each_pattern(&lists, units, 4, 4usize.pow(lists.len() as u32), group));
            proptest::prop_assert_eq!(&runs, &patterns);
            proptest::prop_assert_eq!(runs.values().sum::<u64>(), units as u64);
        }
    }

    #[test]
    fn the_example_of_krippendorff_with_missing_values() {
        let rows: [[u32; 12]; 4] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let lists = rows.map(|row| row.map(|value| (value > 0).then_some(value)));
        let lists: Vec<&[Option<u32>]> = lists.iter().map(<[_; 12]>::as_slice).collect();
        assert!((alpha_nominal_of(&lists).unwrap() - 0.743_421_052_6).abs() < 1e-9);
        assert!((alpha_ordinal_of(&lists).unwrap() - 0.815_387_795_9).abs() < 1e-6);
        // Of the eight units that all four have: Fleiss' own formula by hand.
        let (mut equal, mut used) = (0.0, [0.0; 6]);
        for unit in 0..12 {
            let values: Vec<u32> = rows.iter().map(|row| row[unit]).filter(|v| *v > 0).collect();
            if values.len() == 4 {
                let pairs = (0..4).flat_map(|i| (i + 1..4).map(move |j| (i, j)));
                equal += pairs.filter(|(i, j)| values[*i] == values[*j]).count() as f64 / 6.0;
                values.iter().for_each(|v| used[*v as usize] += 1.0);
            }
        }
        let units = used.iter().sum::<f64>() / 4.0;
        let chance: f64 = used.iter().map(|n| (n / (4.0 * units)) * (n / (4.0 * units))).sum();
        let expected = (equal / units - chance) / (1.0 - chance);
        assert!((fleiss_kappa_of(&lists).unwrap() - expected).abs() < 1e-12);
        assert_eq!(fleiss_kappa_of(&lists[..1]), Err(Undefined::OneAnnotator));
    }
}
