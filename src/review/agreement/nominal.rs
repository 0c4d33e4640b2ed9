//! Observed agreement, Cohen's κ, Fleiss' κ and Krippendorff's α on one and the same categories: one pass over the units feeds all four.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::cohen::cohen_kappa;
use super::fleiss::fleiss_kappa;
use super::krippendorff::alpha_nominal;
use super::metric::{Level, Metric, Unit};
use super::observed::observed;
use super::tally::{Columns, Details, Evaluate, Measure, Row, Subject, Tally, column};

/// Columns before those of the categories.
const UNITS: u32 = 0;
const AGREEING: u32 = 1;
const VALUES: u32 = 2;
const COINCIDING: u32 = 3;
const FIRST: u32 = 4;
/// Columns of each category: used by the first annotator, by the second, by all where all have a value; pairable values.
const EACH: u32 = 4;

/// Collects units article by article.
pub(super) struct Nominal<C> {
    categories: HashMap<C, u32>,
    rows: Vec<Row>,
    row: Columns,
    annotators: usize,
    counts: Vec<(u32, f64)>,
}

impl<C: Hash + Eq> Nominal<C> {
    pub fn new(annotators: usize) -> Self {
        Self {
            categories: HashMap::new(),
            rows: Vec::new(),
            row: Columns::default(),
            annotators,
            counts: Vec::new(),
        }
    }

    /// The number of a category.
    pub fn category(&mut self, category: C) -> u32 {
        let next = self.categories.len() as u32;
        *self.categories.entry(category).or_insert(next)
    }

    /// Counts `units` units on which the annotators used these categories; `None` where one has no value.
    pub fn add(&mut self, units: f64, used: &[Option<u32>]) {
        self.counts.clear();
        for category in used.iter().flatten() {
            match self.counts.iter_mut().find(|(known, _)| known == category) {
                Some((_, count)) => *count += 1.0,
                None => self.counts.push((*category, 1.0)),
            }
        }
        let values: f64 = self.counts.iter().map(|(_, count)| count).sum();
        if values < 2.0 {
            return;
        }
        let pairs: f64 = self.counts.iter().map(|(_, count)| count * (count - 1.0)).sum();
        let mut put = |column: u32, value: f64| self.row.add(column, value);
        put(VALUES, units * values);
        put(COINCIDING, units * pairs / (values - 1.0));
        let complete = values as usize == self.annotators;
        if complete {
            put(UNITS, units);
            put(AGREEING, units * pairs / (values * (values - 1.0)));
            for (who, category) in used.iter().take(2).enumerate() {
                if let Some(category) = category {
                    put(FIRST + EACH * category + who as u32, units);
                }
            }
        }
        for (category, count) in &self.counts {
            if complete {
                put(FIRST + EACH * category + 2, units * count);
            }
            put(FIRST + EACH * category + 3, units * count);
        }
    }

    /// Ends an article.
    pub fn end_article(&mut self) {
        self.rows.push(self.row.take());
    }

    /// The sums, with the metrics that make sense for this many annotators.
    pub fn tally(self, metrics: &[Metric], label: &str, unit: Unit, field: Option<&str>) -> Tally {
        let categories = self.categories.len() as u32;
        let subject = |metric| Subject::new(metric, label).unit(unit).field(field);
        let mut measures = Vec::new();
        let mut measure = |metric: Metric, level: Option<Level>, units: u32, evaluate: Evaluate| {
            if metrics.contains(&metric) {
                let (subject, units) = (subject(metric).level(level), column(units));
                measures.push(Measure { subject, evaluate, units, details: Details::None });
            }
        };
        let used = move |sums: &[f64], which: u32| -> Vec<f64> {
            (0..categories).map(|c| sums[(FIRST + EACH * c + which) as usize]).collect()
        };
        measure(
            Metric::Observed,
            None,
            UNITS,
            Arc::new(|sums| observed(sums[UNITS as usize], sums[AGREEING as usize])),
        );
        if self.annotators == 2 {
            measure(
                Metric::CohenKappa,
                None,
                UNITS,
                Arc::new(move |sums| {
                    let pairs = used(sums, 0).into_iter().zip(used(sums, 1));
                    cohen_kappa(sums[UNITS as usize], sums[AGREEING as usize], pairs)
                }),
            );
        }
        measure(
            Metric::FleissKappa,
            None,
            UNITS,
            Arc::new(move |sums| {
                fleiss_kappa(sums[UNITS as usize], sums[AGREEING as usize], used(sums, 2).into_iter())
            }),
        );
        measure(
            Metric::KrippendorffAlpha,
            field.map(|_| Level::Nominal),
            VALUES,
            Arc::new(move |sums| {
                alpha_nominal(sums[VALUES as usize], sums[COINCIDING as usize], used(sums, 3).into_iter())
            }),
        );
        Tally { rows: self.rows, width: (FIRST + EACH * categories) as usize, measures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_count_for_alpha_only() {
        let mut nominal = Nominal::new(3);
        let (yes, no) = (nominal.category("yes"), nominal.category("no"));
        nominal.add(2.0, &[Some(yes), Some(yes), None]);
        nominal.add(1.0, &[Some(no), Some(no), Some(yes)]);
        nominal.add(5.0, &[None, Some(no), None]);
        nominal.end_article();
        let tally = nominal.tally(&Metric::ALL, "*", Unit::Token, None);
        let totals = tally.totals();
        let value = |metric| {
            let measure = tally.measures.iter().find(|m| m.subject.metric == metric).unwrap();
            ((measure.evaluate)(&totals), (measure.units)(&totals).unwrap())
        };
        assert_eq!(value(Metric::Observed), (Ok(1.0 / 3.0), 1.0));
        let (alpha, values) = value(Metric::KrippendorffAlpha);
        // Seven pairable values, 5 yes and 2 no; the diagonal holds 4 and 1.
        assert_eq!(values, 7.0);
        assert!((alpha.unwrap() - (1.0 - 6.0 * 2.0 / (49.0 - 29.0))).abs() < 1e-12);
    }
}
