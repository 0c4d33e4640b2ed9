//! Chance: continua as they would come about if annotators had nothing in common but their habits.

use rand::{Rng, RngExt};

use super::continuum::{Continuum, Unit};

/// How chance continua are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// From the means and standard deviations of the number of units, of the gaps between them and of their lengths, and the shares of
    /// the categories, each drawn from a normal distribution (the statistical sampling of the reference implementation, pygamma-agreement).
    #[default]
    Statistical,
    /// Each annotator gets the units of a random annotator, shifted around by a random pivot; pivots keep at least half a mean
    /// unit's length from each other (Mathet et al. 2015, section 5.2).
    Shuffle,
}

/// What statistical sampling needs to know of a continuum.
#[derive(Clone, Debug)]
struct Habits {
    units: (f64, f64),
    gap: (f64, f64),
    length: (f64, f64),
    /// Categories with their cumulative shares.
    categories: Vec<(u32, f64)>,
}

fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

impl Habits {
    fn of(continuum: &Continuum) -> Self {
        let annotators = continuum.annotators();
        // The leading 0 keeps the gap of a single unit defined, as in the reference implementation.
        let mut gaps = vec![0.0];
        for units in annotators {
            gaps.extend(units.windows(2).map(|pair| pair[1].start - pair[0].end));
            gaps.extend(units.first().map(|first| first.start).filter(|start| *start > 0.0));
        }
        let counts: Vec<f64> = annotators.iter().map(|units| units.len() as f64).collect();
        let lengths: Vec<f64> = annotators.iter().flatten().map(|unit| unit.length()).collect();
        let mut categories: Vec<(u32, f64)> = Vec::new();
        let mut all: Vec<u32> = annotators.iter().flatten().map(|unit| unit.category).collect();
        all.sort_unstable();
        for (seen, category) in all.iter().enumerate() {
            let share = (seen + 1) as f64 / all.len() as f64;
            match categories.last_mut() {
                Some(last) if last.0 == *category => last.1 = share,
                _ => categories.push((*category, share)),
            }
        }
        Self {
            units: mean_and_deviation(&counts),
            gap: mean_and_deviation(&gaps),
            length: mean_and_deviation(&lengths),
            categories,
        }
    }
}

/// A value of the normal distribution (Box & Muller 1958).
fn normal(random: &mut impl Rng, (mean, deviation): (f64, f64)) -> f64 {
    let one: f64 = 1.0 - random.random::<f64>();
    let other: f64 = random.random();
    mean + deviation * (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

/// Makes chance continua from one that was observed.
pub struct Chance<'a> {
    observed: &'a Continuum,
    sampling: Sampling,
    habits: Habits,
}

impl<'a> Chance<'a> {
    /// For a continuum that has at least one unit.
    pub fn new(observed: &'a Continuum, sampling: Sampling) -> Self {
        Self { observed, sampling, habits: Habits::of(observed) }
    }

    /// One continuum with at least one unit.
    pub fn draw(&self, random: &mut impl Rng) -> Continuum {
        match self.sampling {
            Sampling::Statistical => self.statistical(random),
            Sampling::Shuffle => self.shuffled(random),
        }
    }

    fn statistical(&self, random: &mut impl Rng) -> Continuum {
        let habits = &self.habits;
        let mut annotators: Vec<Vec<Unit>> = Vec::new();
        for _ in self.observed.annotators() {
            let mut count = normal(random, habits.units).trunc().abs() as usize;
            if annotators.iter().all(Vec::is_empty) {
                count = count.max(1);
            }
            let mut last = 0.0;
            let units = (0..count).map(|_| {
                let start = last + normal(random, habits.gap);
                // A unit without length is drawn anew, unless all observed ones are like that.
                let drawn =
                    (0..100).map(|_| normal(random, habits.length).abs()).find(|length| *length > 1e-6);
                let end = start + drawn.unwrap_or(0.0);
                last = end;
                let share: f64 = random.random();
                let category = habits.categories.iter().find(|(_, up_to)| share < *up_to);
                Unit { start, end, category: category.map_or(0, |(category, _)| *category) }
            });
            annotators.push(units.collect());
        }
        Continuum::new(annotators)
    }

    fn shuffled(&self, random: &mut impl Rng) -> Continuum {
        let annotators = self.observed.annotators();
        let all = || annotators.iter().flatten();
        let (low, high) =
            all().fold((0.0f64, 0.0f64), |(low, high), unit| (low.min(unit.start), high.max(unit.end)));
        let apart = self.habits.length.0 / 2.0;
        for _ in 0..1000 {
            let mut free = vec![(low, high)];
            let mut made = Vec::new();
            for _ in annotators {
                let length: f64 = free.iter().map(|(start, end)| end - start).sum();
                let pivot = if length > 0.0 {
                    let mut at = random.random::<f64>() * length;
                    let mut pivot = low;
                    for (start, end) in &free {
                        pivot = start + at.min(end - start);
                        if at <= end - start {
                            break;
                        }
                        at -= end - start;
                    }
                    free = free
                        .into_iter()
                        .flat_map(|(start, end)| {
                            [(start, end.min(pivot - apart)), (start.max(pivot + apart), end)]
                        })
                        .filter(|(start, end)| start < end)
                        .collect();
                    pivot
                } else {
                    low + random.random::<f64>() * (high - low)
                };
                let pivot = pivot.trunc();
                let whose = &annotators[random.random_range(0..annotators.len())];
                let shift = |unit: &Unit| {
                    let by = if unit.start + pivot > high { pivot + low - high } else { pivot };
                    Unit { start: unit.start + by, end: unit.end + by, ..*unit }
                };
                made.push(whose.iter().map(shift).collect());
            }
            let made = Continuum::new(made);
            if made.units() > 0 {
                return made;
            }
        }
        self.observed.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn observed() -> Continuum {
        let unit = |i: u32, shift: f64| Unit {
            start: f64::from(i) * 20.0 + shift,
            end: f64::from(i) * 20.0 + 8.0 + shift,
            category: u32::from(i.is_multiple_of(4)),
        };
        Continuum::new(vec![(0..40).map(|i| unit(i, 0.0)).collect(), (0..40).map(|i| unit(i, 3.0)).collect()])
    }

    #[test]
    fn drawn_continua_are_like_the_observed_one_and_repeat_with_the_seed() {
        let observed = observed();
        for sampling in [Sampling::Statistical, Sampling::Shuffle] {
            let chance = Chance::new(&observed, sampling);
            let draw = |seed| chance.draw(&mut ChaCha8Rng::seed_from_u64(seed));
            assert_eq!(draw(3), draw(3));
            assert_ne!(draw(3), draw(4));
            let lengths: Vec<f64> =
                (0..50).flat_map(|s| draw(s).annotators().concat()).map(|u| u.length()).collect();
            let mean = lengths.iter().sum::<f64>() / lengths.len() as f64;
            assert!((mean - 8.0).abs() < 0.5, "{mean}");
            assert_eq!(draw(1).units(), 80);
        }
    }
}
