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

/// For each tally and each of its measures the 95 % interval; `None` with fewer than two articles, or if more than half of the
/// replicates are undefined.
///
/// All tallies must have the same number of articles.
pub(super) fn intervals(tallies: &[Tally], replicates: usize, seed: u64) -> Vec<Vec<Option<(f64, f64)>>> {
    let articles = tallies.first().map_or(0, |tally| tally.rows.len());
    if articles < 2 || replicates == 0 {
        return tallies.iter().map(|tally| vec![None; tally.measures.len()]).collect();
    }
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
            tallies.iter().map(|tally| replicate(tally, &weights, lanes)).collect()
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
                    let enough = values.len() * 2 >= replicates;
                    values.sort_unstable_by(f64::total_cmp);
                    enough.then(|| Some((percentile(&values, 0.025)?, percentile(&values, 0.975)?))).flatten()
                })
                .collect()
        })
        .collect()
}

/// The defined values of each measure in each lane.
fn replicate(tally: &Tally, weights: &[f64], lanes: usize) -> Vec<Vec<f64>> {
    let mut sums = vec![0.0f64; tally.width * AT_ONCE];
    for (row, weights) in tally.rows.iter().zip(weights.chunks_exact(AT_ONCE)) {
        for (column, value) in row {
            let sums = &mut sums[*column as usize * AT_ONCE..][..AT_ONCE];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }
    let mut values = vec![Vec::with_capacity(lanes); tally.measures.len()];
    let mut drawn = vec![0.0; tally.width];
    for lane in 0..lanes {
        for (column, sum) in drawn.iter_mut().enumerate() {
            *sum = sums[column * AT_ONCE + lane];
        }
        for (values, measure) in values.iter_mut().zip(&tally.measures) {
            values.extend((measure.evaluate)(&drawn).ok().filter(|value| value.is_finite()));
        }
    }
    values
}

/// The percentile of sorted values, interpolated linearly between neighbours.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = share * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::super::metric::{Metric, Undefined};
    use super::super::tally::{Details, Measure, Subject, column, ratio};
    use super::*;

    fn tally(rows: &[(f64, f64)]) -> Tally {
        let measure = Measure {
            subject: Subject::new(Metric::Observed, "*"),
            evaluate: ratio(0, 1, Undefined::NoUnits),
            units: column(1),
            details: Details::None,
        };
        let rows = rows.iter().map(|(a, b)| vec![(0, *a), (1, *b)]).collect();
        Tally { rows, width: 2, measures: vec![measure] }
    }

    #[test]
    fn it_holds_the_value_and_repeats_with_the_seed() {
        let tally = tally(&[(9.1, 10.0), (5.3, 11.0), (7.7, 12.0), (8.2, 10.5), (6.4, 9.7), (7.9, 13.1)]);
        let of = |seed| intervals(std::slice::from_ref(&tally), 1000, seed)[0][0].unwrap();
        let (low, high) = of(7);
        assert!(low > 0.5 && low < 0.7 && high > 0.7 && high < 0.9, "{low} {high}");
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8));
    }

    #[test]
    fn one_article_and_mostly_undefined_replicates_have_no_interval() {
        assert_eq!(intervals(&[tally(&[(1.0, 2.0)])], 100, 1), [[None]]);
        assert_eq!(intervals(&[tally(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)])], 100, 1), [[None]]);
    }

    #[test]
    fn percentiles_are_interpolated() {
        assert_eq!(percentile(&[0.0, 1.0, 2.0, 3.0], 0.5), Some(1.5));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
