//! γ and γ-cat of the articles of a comparison: each article by itself, then the mean, weighed by units.

use rayon::prelude::*;

use super::Options;
use super::article::Prepared;
use super::gamma::{Continuum, Unit as GammaUnit, gamma};
use super::measure::{Comparison, seed_of};
use super::metric::{Metric, Undefined};
use super::sheet::Work;
use super::tally::{Details, Measure, Rows, Subject, Tally, column, ratio, row};

/// How much work γ may be before it is left out unless asked for: units aligned, all chance continua counted. A few seconds.
const AFFORDABLE: f64 = 3_000_000.0;

/// Whether γ is computed at all.
pub(super) fn is_affordable(comparisons: &[Comparison<'_, '_>], options: &Options) -> bool {
    options.gamma.always || cost_of_gamma(comparisons, options) <= AFFORDABLE
}

/// Units to be aligned for γ, chance continua and the more costly search for three and more annotators counted.
fn cost_of_gamma(comparisons: &[Comparison<'_, '_>], options: &Options) -> f64 {
    let cost = |comparison: &Comparison<'_, '_>| -> f64 {
        let splits = if comparison.members.len() > 2 {
            4.0 * f64::from(1u32 << comparison.members.len().min(10))
        } else {
            1.0
        };
        let units = |article: &&Prepared<'_>| -> usize {
            comparison
                .members
                .iter()
                .filter_map(|m| article.sides[*m].as_ref())
                .map(|s| s.spans().len())
                .sum()
        };
        // Once for all labels together, once more for the labels one by one.
        2.0 * splits * comparison.articles.iter().map(units).sum::<usize>() as f64
    };
    let samples = options.gamma.samples.max(if options.gamma.precision.is_some() { 60 } else { 1 });
    comparisons.iter().map(cost).sum::<f64>() * samples as f64
}

impl Work<'_, '_> {
    /// γ and γ-cat: for each article that all have a file for, weighed by its mean number of units.
    pub fn gamma_tallies(
        &self,
        comparison: &Comparison<'_, '_>,
        affordable: bool,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tally>> {
        let wanted: Vec<Metric> = [Metric::Gamma, Metric::GammaCat]
            .into_iter()
            .filter(|metric| self.options.metrics.contains(metric))
            .collect();
        if wanted.is_empty() {
            return Some(Vec::new());
        }
        let members = &comparison.members;
        let measures = |metric: Metric, name: &str, why_not: Undefined| Measure {
            subject: Subject::new(metric, name),
            evaluate: ratio(0, 1, why_not),
            units: column(2),
            details: Details::None,
        };
        if !affordable {
            let of =
                |metric: Metric| self.each_label().map(move |(_, name)| (metric, name)).collect::<Vec<_>>();
            let all = wanted.iter().flat_map(|metric| of(*metric));
            let made = all.map(|(metric, name)| Tally {
                rows: Rows::new(),
                width: 3,
                measures: vec![measures(metric, name, Undefined::TooLong)],
            });
            return Some(made.collect());
        }
        let numbers: Vec<u32> = (0..self.labels.names.len() as u32).collect();
        // One entry a label, `*` first: γ, γ-cat and the units they are weighed by.
        type Values = Vec<[(Option<f64>, f64); 2]>;
        let found: Option<Vec<Values>> = comparison
            .articles
            .par_iter()
            .map(|article| {
                let mut values: Values = vec![[(None, 0.0); 2]; numbers.len() + 1];
                if article.present(members) < members.len() || !go_on() {
                    return go_on().then_some(values);
                }
                let continuum = |label: Option<u16>| continuum_of(article, members, label);
                let seed = |label: &str| {
                    let whose = members.iter().map(|m| self.corpus.annotators[*m].as_str());
                    seed_of(self.options.seed, [article.article.path, label].into_iter().chain(whose))
                };
                let all = continuum(None);
                let mean = all.mean_units();
                // With one category only there is nothing that γ-cat could tell apart.
                let several = all.annotators().iter().flatten().any(|u| u.category != first_category(&all));
                if let Some(found) = gamma(&all, &numbers, &self.options.gamma, seed("*")) {
                    values[0][0] = (found.gamma, mean);
                    if several {
                        values[0][1] = (found.gamma_cat, mean);
                        for (value, k) in values[1..].iter_mut().zip(found.gamma_k) {
                            value[1] = (k, mean);
                        }
                    }
                }
                if wanted.contains(&Metric::Gamma) {
                    for (label, name) in self.each_label() {
                        let Some(number) = label else { continue };
                        let own = continuum(label);
                        if let Some(found) = gamma(&own, &[], &self.options.gamma, seed(name)) {
                            values[usize::from(number) + 1][0] = (found.gamma, own.mean_units());
                        }
                    }
                }
                Some(values)
            })
            .collect();
        let found = found?;
        let mut tallies = Vec::new();
        for metric in wanted {
            for (place, (_, name)) in self.each_label().enumerate() {
                let which = usize::from(metric == Metric::GammaCat);
                let mut rows = Rows::new();
                for (article, values) in found.iter().enumerate() {
                    if let (Some(value), units) = values[place][which] {
                        rows.extend(row(
                            article as u32,
                            &[value * units, units, units * members.len() as f64],
                        ));
                    }
                }
                let why_not = if which == 1 { Undefined::OneCategory } else { Undefined::NoSpans };
                tallies.push(Tally { rows, width: 3, measures: vec![measures(metric, name, why_not)] });
            }
        }
        Some(tallies)
    }
}

fn first_category(continuum: &Continuum) -> u32 {
    continuum.annotators().iter().flatten().next().map_or(0, |unit| unit.category)
}

fn continuum_of(article: &Prepared<'_>, members: &[usize], label: Option<u16>) -> Continuum {
    let units = |member: &usize| -> Vec<GammaUnit> {
        let Some(side) = &article.sides[*member] else { return Vec::new() };
        let chosen =
            side.spans().iter().zip(&side.labels).filter(|(_, own)| label.is_none_or(|label| label == **own));
        chosen
            .map(|(span, own)| GammaUnit {
                start: f64::from(span.start().get()),
                end: f64::from(span.end().get()),
                category: u32::from(*own),
            })
            .collect()
    };
    Continuum::new(members.iter().map(units).collect())
}
