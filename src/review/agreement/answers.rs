//! What matched spans say in their fields, counted: κ and α of each field that is compared.

use std::sync::Arc;

use super::fields::{Answer, ComparedFields, OwnWords, Reading};
use super::krippendorff::alpha_ordinal;
use super::masi::{Sets, alike_pairs};
use super::metric::{Level, Metric, Undefined, Unit};
use super::nominal::{Nominal, on};
use super::tally::{Columns, Details, Measure, Rows, Subject, Tally};

/// Where the numbers of a field stand on their scale, and how many places that has.
struct Scale {
    places: Vec<u32>,
    values: u32,
}

/// All that is said in the articles together.
pub(super) struct AllWords {
    words: OwnWords,
    /// Of each field of numbers, where its numbers stand on their scale.
    scales: Vec<Scale>,
    /// Of each field of sets, which sets are alike.
    alike: Vec<Arc<Vec<(u32, u32, f64)>>>,
}

impl AllWords {
    /// When everything was taken in.
    pub fn new(words: OwnWords) -> Self {
        let scales = words.fields.iter().map(|words| {
            let places = words.scale();
            let values = places.iter().max().map_or(0, |last| last + 1);
            Scale { places, values }
        });
        let scales = scales.collect();
        let alike = words.fields.iter().map(|words| Arc::new(alike_pairs(&words.sets))).collect();
        Self { words, scales, alike }
    }
}

/// What was collected of one field.
#[derive(Clone)]
struct Collected {
    categories: Nominal,
    ordinal: Ordinal,
    sets: Sets,
}

/// Collects the fields of matched spans.
#[derive(Clone)]
pub(super) struct FieldCollector<'w> {
    fields: &'w ComparedFields<'w>,
    words: &'w AllWords,
    collected: Vec<Collected>,
    /// The fields in which the article at hand has anything.
    touched: Vec<u16>,
    is_touched: Vec<bool>,
}

impl<'w> FieldCollector<'w> {
    /// For these fields and what is said in them.
    pub fn new(fields: &'w ComparedFields<'w>, words: &'w AllWords, annotators: usize) -> Self {
        let fresh = Collected {
            categories: Nominal::new(annotators),
            ordinal: Ordinal::default(),
            sets: Sets::default(),
        };
        Self {
            fields,
            words,
            collected: vec![fresh; fields.fields.len()],
            touched: Vec::new(),
            is_touched: vec![false; fields.fields.len()],
        }
    }

    fn touch(&mut self, field: u16) {
        if !std::mem::replace(&mut self.is_touched[usize::from(field)], true) {
            self.touched.push(field);
        }
    }

    /// Adds two spans that are about the same thing: what each says, in order.
    pub fn add_pair(&mut self, one: &[Answer], other: &[Answer]) {
        let (mut left, mut right) = (one, other);
        while let ([a, after_a @ ..], [b, after_b @ ..]) = (left, right) {
            let (key_a, key_b) = ((a.fields[0], a.key), (b.fields[0], b.key));
            if key_a == key_b {
                let own = (a.fields[1] == b.fields[1]).then_some(a.fields[1]);
                for field in [Some(a.fields[0]), own].into_iter().flatten() {
                    self.count_pair(field, a.said, b.said);
                }
            }
            left = if key_a <= key_b { after_a } else { left };
            right = if key_b <= key_a { after_b } else { right };
        }
    }

    fn count_pair(&mut self, field: u16, one: u32, other: u32) {
        self.touch(field);
        let compared = &self.fields.fields[usize::from(field)];
        let words = usize::from(compared.words);
        let collected = &mut self.collected[usize::from(field)];
        match compared.reading {
            Reading::Set => collected.sets.add(&[one, other], &self.words.words.fields[words].sets),
            Reading::Category => collected.categories.add_pair(1.0, one, other),
            Reading::Ordinal => {
                collected.categories.add_pair(1.0, one, other);
                collected.ordinal.add(&[one, other], &self.words.scales[words]);
            }
        }
    }

    /// Adds one group of spans of three or more annotators that are about the same thing: what each span says.
    pub fn add<'s>(&mut self, members: impl Iterator<Item = &'s [Answer]>, units: &mut Vec<Answer>) {
        units.clear();
        members.for_each(|answers| units.extend_from_slice(answers));
        // Stable: annotators stay in their order.
        units.sort_by_key(|answer| (answer.fields[0], answer.key, answer.fields[1]));
        for unit in units.chunk_by(|a, b| (a.fields[0], a.key) == (b.fields[0], b.key)) {
            self.count(unit[0].fields[0], unit);
            for own in unit.chunk_by(|a, b| a.fields[1] == b.fields[1]) {
                self.count(own[0].fields[1], own);
            }
        }
    }

    fn count(&mut self, field: u16, unit: &[Answer]) {
        if unit.len() < 2 {
            return;
        }
        self.touch(field);
        let compared = &self.fields.fields[usize::from(field)];
        let words = usize::from(compared.words);
        let collected = &mut self.collected[usize::from(field)];
        let said = || unit.iter().map(|answer| answer.said);
        match compared.reading {
            Reading::Set => {
                collected.sets.add(&said().collect::<Vec<_>>(), &self.words.words.fields[words].sets);
            }
            Reading::Category => collected.categories.add(1.0, said().map(Some)),
            Reading::Ordinal => {
                collected.categories.add(1.0, said().map(Some));
                collected.ordinal.add(&said().collect::<Vec<_>>(), &self.words.scales[words]);
            }
        }
    }

    /// Ends an article.
    pub fn end_article(&mut self, article: u32) {
        for field in std::mem::take(&mut self.touched) {
            self.is_touched[usize::from(field)] = false;
            let collected = &mut self.collected[usize::from(field)];
            collected.categories.end_article(article);
            collected.ordinal.end_article(article);
            collected.sets.end_article(article);
        }
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, other: Self) {
        for (collected, more) in self.collected.iter_mut().zip(other.collected) {
            collected.categories.append(more.categories);
            collected.ordinal.rows.extend(more.ordinal.rows);
            collected.sets.append(more.sets);
        }
    }

    /// The sums of every field.
    pub fn tallies(self, metrics: &[Metric]) -> Vec<Tally> {
        let mut tallies = Vec::new();
        for (collected, compared) in self.collected.into_iter().zip(&self.fields.fields) {
            let (label, field) = (compared.label.as_str(), compared.name.as_str());
            let words = &self.words.words.fields[usize::from(compared.words)];
            if compared.reading == Reading::Set {
                if metrics.contains(&Metric::AlphaMasi) {
                    let alike = Arc::clone(&self.words.alike[usize::from(compared.words)]);
                    tallies.push(collected.sets.tally(label, field, words.sets.len(), alike));
                }
                continue;
            }
            let mut nominal = metrics.to_vec();
            if compared.reading == Reading::Ordinal {
                nominal.retain(|metric| *metric != Metric::KrippendorffAlpha);
                if metrics.contains(&Metric::KrippendorffAlpha) {
                    let scale = &self.words.scales[usize::from(compared.words)];
                    tallies.push(collected.ordinal.tally(label, field, scale));
                }
            }
            let subject = on(Unit::Matched, label, Some(field));
            let level = Some(Level::Nominal);
            tallies.push(collected.categories.tally(&nominal, &subject, level, words.names.len(), false));
        }
        tallies
    }
}

/// Collects numbers for the ordinal α: how often each two places of the scale coincide.
#[derive(Clone, Default)]
struct Ordinal {
    rows: Rows,
    row: Columns,
}

impl Ordinal {
    fn add(&mut self, given: &[u32], scale: &Scale) {
        let weight = 1.0 / (given.len() as f64 - 1.0);
        for (i, one) in given.iter().enumerate() {
            for (j, other) in given.iter().enumerate() {
                if i != j {
                    let place = |said: u32| scale.places[said as usize];
                    self.row.add(place(*one) * scale.values + place(*other), weight);
                }
            }
        }
    }

    fn end_article(&mut self, article: u32) {
        self.row.end_article(article, &mut self.rows);
    }

    fn tally(self, label: &str, field: &str, scale: &Scale) -> Tally {
        let values = scale.values as usize;
        let subject = Subject::new(Metric::KrippendorffAlpha, label)
            .unit(Unit::Matched)
            .field(Some(field))
            .level(Some(Level::Ordinal));
        let evaluate = move |sums: &[f64]| match values {
            0 => Err(Undefined::NoUnits),
            values => alpha_ordinal(sums, values),
        };
        let measure = Measure {
            subject,
            evaluate: Arc::new(evaluate),
            units: Arc::new(|sums| Ok(sums.iter().sum())),
            details: Details::None,
        };
        Tally { rows: self.rows, width: values * values, measures: vec![measure] }
    }
}
