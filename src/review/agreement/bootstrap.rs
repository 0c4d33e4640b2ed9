//! Confidence intervals: articles are drawn anew with replacement, and the figure is computed again from their sums.
//!
//! The percentile bootstrap (Efron & Tibshirani 1993, ch. 13) at 95 %. Articles are drawn, not units, because units of one article are
//! alike. The seed decides everything, whatever the number of processors.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::tally::Tally;

/// How many replicates are worked on at once: their weights stay in the processor's cache.
const AT_ONCE: usize = 64;

/// The sums of a tally by column: the columns in which there is anything, and the end of each one's entries.
struct ByColumn {
    columns: Vec<(u32, usize)>,
    entries: Vec<(u32, f64)>,
}

impl ByColumn {
    fn of(tally: &Tally) -> Self {
        let mut starts = vec![0usize; tally.width + 1];
        tally.rows.iter().for_each(|entry| starts[entry.column as usize + 1] += 1);
        for column in 0..tally.width {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); tally.rows.len()];
        for entry in &tally.rows {
            let place = &mut next[entry.column as usize];
            entries[*place] = (entry.article, entry.value);
            *place += 1;
        }
        let columns = starts.windows(2).enumerate().filter(|(_, ends)| ends[0] < ends[1]);
        Self { columns: columns.map(|(column, ends)| (column as u32, ends[1])).collect(), entries }
    }
}

/// For each tally and each of its measures the 95 % interval; `None` with fewer than two articles, or if more than half of the
/// replicates are undefined.
///
/// All tallies must be of the same articles, `articles` of them.
pub(super) fn intervals(
    tallies: &[Tally],
    articles: usize,
    replicates: usize,
    seed: u64,
) -> Vec<Vec<Option<(f64, f64)>>> {
    if articles < 2 || replicates == 0 {
        return tallies.iter().map(|tally| vec![None; tally.measures.len()]).collect();
    }
    let by_column: Vec<ByColumn> = tallies.iter().map(ByColumn::of).collect();
    let blocks: Vec<usize> = (0..replicates.div_ceil(AT_ONCE)).collect();
    let found: Vec<Vec<Vec<Vec<f64>>>> = blocks
        .into_par_iter()
        .map(|block| {
            let lanes = AT_ONCE.min(replicates - block * AT_ONCE);
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(block as u64 + 1);
            let mut weights = vec![0.0f64; articles * AT_ONCE];
            for lane in 0..lanes {
                for _ in 0..articles {
                    weights[random.random_range(0..articles) * AT_ONCE + lane] += 1.0;
                }
            }
            let (mut scratch, each) = (Scratch::default(), tallies.iter().zip(&by_column));
            each.map(|(tally, sums)| replicate(tally, sums, &weights, lanes, &mut scratch)).collect()
        })
        .collect();
    tallies
        .iter()
        .enumerate()
        .map(|(t, tally)| {
            (0..tally.measures.len())
                .map(|m| {
                    let mut values: Vec<f64> =
                        found.iter().flat_map(|block| block[t][m].iter().copied()).collect();
                    if values.len() * 2 < replicates {
                        return None;
                    }
                    Some((percentile(&mut values, 0.025)?, percentile(&mut values, 0.975)?))
                })
                .collect()
        })
        .collect()
}

/// Room for the sums of one tally, kept from one to the next.
#[derive(Default)]
struct Scratch {
    /// The sums of the columns in which there is anything, lane by lane.
    sums: Vec<f64>,
    /// The sums of all columns of one lane.
    drawn: Vec<f64>,
}

/// The defined values of each measure in each lane.
fn replicate(
    tally: &Tally,
    by_column: &ByColumn,
    weights: &[f64],
    lanes: usize,
    scratch: &mut Scratch,
) -> Vec<Vec<f64>> {
    let mut values = vec![Vec::with_capacity(lanes); tally.measures.len()];
    let used = by_column.columns.len();
    scratch.sums.resize(used * AT_ONCE, 0.0);
    let mut first = 0;
    for (place, (_, end)) in by_column.columns.iter().enumerate() {
        let mut sum = [0.0f64; AT_ONCE];
        for (article, value) in &by_column.entries[first..*end] {
            let weights = &weights[*article as usize * AT_ONCE..][..AT_ONCE];
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        first = *end;
        for (lane, sum) in sum.into_iter().enumerate() {
            scratch.sums[lane * used + place] = sum;
        }
    }
    scratch.drawn.clear();
    scratch.drawn.resize(tally.width, 0.0);
    for lane in 0..lanes {
        for ((column, _), sum) in by_column.columns.iter().zip(&scratch.sums[lane * used..]) {
            scratch.drawn[*column as usize] = *sum;
        }
        for (values, measure) in values.iter_mut().zip(&tally.measures) {
            values.extend((measure.evaluate)(&scratch.drawn).ok().filter(|value| value.is_finite()));
        }
    }
    values
}

/// The percentile of some values, interpolated linearly between neighbours in order. Puts the values into another order.
fn percentile(values: &mut [f64], share: f64) -> Option<f64> {
    let at = share * (values.len().checked_sub(1)? as f64);
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    let (below, high_value, _) = values.select_nth_unstable_by(high, f64::total_cmp);
    let high_value = *high_value;
    let low_value = if low == high { high_value } else { below.iter().copied().max_by(f64::total_cmp)? };
    Some(low_value + (high_value - low_value) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::super::metric::{Metric, Undefined};
    use super::super::tally::{Details, Measure, Subject, column, ratio, row};
    use super::*;

    fn tally(rows: &[(f64, f64)]) -> Tally {
        let measure = Measure {
            subject: Subject::new(Metric::Observed, "*"),
            evaluate: ratio(0, 1, Undefined::NoUnits),
            units: column(1),
            details: Details::None,
        };
        let numbered = rows.iter().enumerate();
        let rows = numbered.flat_map(|(n, (a, b))| row(n as u32, &[*a, *b]).collect::<Vec<_>>()).collect();
        Tally { rows, width: 2, measures: vec![measure] }
    }

    #[test]
    fn it_holds_the_value_and_repeats_with_the_seed() {
        let tally = tally(&[(9.1, 10.0), (5.3, 11.0), (7.7, 12.0), (8.2, 10.5), (6.4, 9.7), (7.9, 13.1)]);
        let of = |seed| intervals(std::slice::from_ref(&tally), 6, 1000, seed)[0][0].unwrap();
        let (low, high) = of(7);
        assert!(low > 0.5 && low < 0.7 && high > 0.7 && high < 0.9, "{low} {high}");
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8));
    }

    #[test]
    fn one_article_and_mostly_undefined_replicates_have_no_interval() {
        assert_eq!(intervals(&[tally(&[(1.0, 2.0)])], 1, 100, 1), [[None]]);
        assert_eq!(intervals(&[tally(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)])], 3, 100, 1), [[None]]);
    }

    #[test]
    fn percentiles_are_interpolated() {
        assert_eq!(percentile(&mut [3.0, 0.0, 2.0, 1.0], 0.5), Some(1.5));
        assert_eq!(percentile(&mut [3.0, 0.0, 2.0, 1.0], 1.0), Some(3.0));
        assert_eq!(percentile(&mut [], 0.5), None);
    }
}
