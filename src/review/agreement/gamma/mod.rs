//! γ and γ-cat: agreement on where units are and what they are called, over the best alignment of all annotators.
//!
//! γ: Mathet, Widlöcher & Métivier 2015, "The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement Measure and
//! Alignment", *Computational Linguistics* 41(3). γ-cat and γ-k: Mathet 2017, "The Agreement Measure γcat, a Complement to γ Focused on
//! Categorization of a Continuum", *Computational Linguistics* 43(3).
//!
//! A unit is a span from its first part's start to its last part's end, in code points. γ = 1 − observed / expected disorder, where expected is
//! the mean over chance continua (see [`Chance`]).

mod alignment;
mod chance;
mod continuum;

pub use alignment::{Alignment, best_alignment};
pub use chance::{Chance, Sampling};
pub use continuum::{Continuum, Dissimilarity, Unit};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// How γ is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaOptions {
    /// How unlike two units are.
    pub dissimilarity: Dissimilarity,
    /// How chance continua are made.
    pub sampling: Sampling,
    /// How many chance continua at least.
    pub samples: usize,
    /// More are drawn until the expected disorder is known to this share of itself at 95 % (the paper's section 5.3); `None` = no more.
    pub precision: Option<f64>,
    /// For γ-cat: whether a unit left alone counts as a full disagreement about categories with each annotator who lacks it, as in the
    /// reference implementation (pygamma-agreement), or not at all, as in the paper.
    pub unaligned: bool,
    /// Whether it is computed however long it takes.
    pub always: bool,
}

impl Default for GammaOptions {
    fn default() -> Self {
        Self {
            dissimilarity: Dissimilarity::default(),
            sampling: Sampling::Statistical,
            samples: 30,
            precision: Some(0.02),
            unaligned: true,
            always: false,
        }
    }
}

/// No more chance continua than this are drawn, whatever the precision asked for.
const MOST_SAMPLES: usize = 5000;

/// γ of one continuum.
#[derive(Clone, Debug, PartialEq)]
pub struct Gamma {
    /// The disorder of the best alignment.
    pub observed: f64,
    /// The mean disorder of the chance continua.
    pub expected: f64,
    /// How many of them were drawn.
    pub samples: usize,
    /// 1 − observed / expected; 1 if nothing is in disorder; `None` if chance has no disorder.
    pub gamma: Option<f64>,
    /// γ-cat; `None` if no two units are aligned near each other.
    pub gamma_cat: Option<f64>,
    /// γ-k of each category asked for.
    pub gamma_k: Vec<Option<f64>>,
}

/// Computes γ, γ-cat and the γ-k of some categories. `None` for a continuum without units or with fewer than two annotators.
pub fn gamma(continuum: &Continuum, categories: &[u32], options: &GammaOptions, seed: u64) -> Option<Gamma> {
    if continuum.units() == 0 || continuum.annotators().len() < 2 {
        return None;
    }
    let dissimilarity = options.dissimilarity;
    let best = best_alignment(continuum, dissimilarity);
    let by_category = |continuum: &Continuum, alignment: &Alignment| -> Vec<Option<f64>> {
        let each = categories.iter().map(|category| Some(*category));
        std::iter::once(None).chain(each).map(|k| disorder(continuum, alignment, options, k)).collect()
    };
    let observed_by_category = by_category(continuum, &best);

    let chance = Chance::new(continuum, options.sampling);
    let sample = |number: usize| {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number as u64 + 1);
        let drawn = chance.draw(&mut random);
        let alignment = best_alignment(&drawn, dissimilarity);
        (alignment.disorder, by_category(&drawn, &alignment))
    };
    let least = options.samples.max(1);
    let mut drawn: Vec<(f64, Vec<Option<f64>>)> = (0..least).into_par_iter().map(sample).collect();
    if let Some(precision) = options.precision.filter(|p| *p > 0.0) {
        let mean = drawn.iter().map(|(d, _)| d).sum::<f64>() / least as f64;
        let variance = drawn.iter().map(|(d, _)| (d - mean) * (d - mean)).sum::<f64>() / least as f64;
        let needed = (variance.sqrt() / mean * 1.96 / precision).powi(2).ceil();
        if needed.is_finite() {
            let wanted = least.max(needed as usize).min(MOST_SAMPLES.max(least));
            drawn.par_extend((least..wanted).into_par_iter().map(sample));
        }
    }
    // In the order of their numbers, so that sums do not depend on which processor was first.
    let disorders: Vec<f64> = drawn.iter().map(|(disorder, _)| *disorder).collect();
    let mut chance_by_category: Vec<(f64, usize)> = vec![(0.0, 0); categories.len() + 1];
    for (sum, found) in drawn.iter().flat_map(|(_, found)| found.iter().enumerate()) {
        if let Some(found) = found {
            let sum = &mut chance_by_category[sum];
            *sum = (sum.0 + found, sum.1 + 1);
        }
    }
    let expected = disorders.iter().sum::<f64>() / disorders.len() as f64;
    let beyond = |observed: f64, expected: f64| {
        if observed == 0.0 { Some(1.0) } else { (expected > 0.0).then(|| 1.0 - observed / expected) }
    };
    let mut by_category = observed_by_category
        .into_iter()
        .zip(chance_by_category)
        .map(|(observed, (sum, count))| beyond(observed?, if count > 0 { sum / count as f64 } else { 0.0 }));
    Some(Gamma {
        observed: best.disorder,
        expected,
        samples: disorders.len(),
        gamma: beyond(best.disorder, expected),
        gamma_cat: by_category.next().flatten(),
        gamma_k: by_category.collect(),
    })
}

/// The disorder of categories in an alignment: the mean categorial dissimilarity of aligned pairs, each weighed by how near the two are,
/// max(0, 1 − α · position), and by 1 / (units in its unitary alignment − 1) (Mathet 2017, section 4.2). With a category given, only
/// pairs with a unit of it count (γ-k). A unit and a missing one weigh Δ∅ and differ by Δ∅ if [`GammaOptions::unaligned`]. `None` if no pair
/// of units has any weight.
pub fn disorder(
    continuum: &Continuum,
    alignment: &Alignment,
    options: &GammaOptions,
    category: Option<u32>,
) -> Option<f64> {
    let dissimilarity = options.dissimilarity;
    let (mut sum, mut weights, mut paired) = (0.0, 0.0, false);
    for group in &alignment.groups {
        let units: Vec<Unit> = group
            .iter()
            .zip(continuum.annotators())
            .filter_map(|(place, units)| Some(units[(*place)?]))
            .collect();
        for (i, one) in units.iter().enumerate() {
            for other in &units[i + 1..] {
                if category.is_some_and(|k| one.category != k && other.category != k) {
                    continue;
                }
                let near = 1.0 - dissimilarity.alpha * dissimilarity.position(*one, *other);
                let weight = near.max(0.0) / (units.len() as f64 - 1.0);
                sum += weight * dissimilarity.category(*one, *other);
                weights += weight;
                paired |= weight > 0.0;
            }
            if options.unaligned && category.is_none_or(|k| one.category == k) {
                let lacking = (group.len() - units.len()) as f64;
                sum += lacking * dissimilarity.empty * dissimilarity.empty;
                weights += lacking * dissimilarity.empty;
            }
        }
    }
    paired.then(|| sum / weights)
}
