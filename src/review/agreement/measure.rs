//! From a corpus to figures: each article looked at once, each comparison summed up, intervals drawn.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bootstrap::intervals;
use super::coding::{
    LabelSets, MISSING, Marked, Profile, Stretch, in_code_points, in_tokens, profile, stretches, token_ranges,
};
use super::corpus::{AnnotatedArticle, Corpus, Labels, Options, Side};
use super::f1::Found;
use super::fields::{Answer, ComparedFields, Context, FieldCollector, Names};
use super::frames::Frame;
use super::gamma::{Continuum, Unit as GammaUnit, gamma};
use super::metric::{Metric, Undefined, Unit};
use super::nominal::Nominal;
use super::tally::{Details, Measure, Row, Subject, Tally, ratio};
use super::unitizing::Unitizing;
use super::{Agreement, Figure, Finding, MucCounts};
use super::{f1, frames, muc, relations};
use crate::model::AnnotationSet;
use crate::review::matching::{Cluster, Rule, clusters};

/// How much work γ may be before it is left out unless asked for: units aligned, all chance continua counted. A few seconds.
const AFFORDABLE: f64 = 3_000_000.0;

/// What is computed from the categories of units.
const NAMING: [Metric; 4] =
    [Metric::Observed, Metric::CohenKappa, Metric::FleissKappa, Metric::KrippendorffAlpha];

/// An article as all comparisons need it.
struct Prepared<'a> {
    article: &'a AnnotatedArticle<'a>,
    sides: Vec<Option<Side<'a>>>,
    marked: Vec<Option<Vec<Marked>>>,
    sets: LabelSets,
    profiles: Vec<Option<Profile>>,
    characters: Vec<Stretch>,
    tokens: Vec<Stretch>,
    length: u32,
    /// What each span of each side says in its fields; empty if no figure wants to know.
    answers: Vec<Vec<Vec<Answer>>>,
    /// Each side's frames; empty if no figure wants to know.
    frames: Vec<BTreeSet<Frame>>,
}

/// The article, and the names that what is said there goes by.
fn prepare<'a>(
    article: &'a AnnotatedArticle<'a>,
    labels: &Labels<'_>,
    fields: &ComparedFields<'_>,
    options: &Options,
) -> (Prepared<'a>, Names) {
    let length = article.text.len();
    let tokens = token_ranges(article.text);
    let mut sets = LabelSets::default();
    let sides: Vec<Option<Side<'a>>> =
        article.sets.iter().map(|set| set.map(|set| Side::of(set, labels))).collect();
    let marked: Vec<Option<Vec<Marked>>> =
        sides.iter().map(|side| side.as_ref().map(|side| in_code_points(side, article.text))).collect();
    let profiles: Vec<Option<Profile>> = marked
        .iter()
        .map(|marked| marked.as_ref().map(|marked| profile(marked, length, &mut sets)))
        .collect();
    let by_token: Vec<Option<Profile>> = marked
        .iter()
        .map(|marked| {
            let marked = marked.as_ref()?;
            Some(profile(&in_tokens(marked, &tokens), tokens.len() as u32, &mut sets))
        })
        .collect();
    let mut names = Names::default();
    let wants = |metrics: &[Metric]| metrics.iter().any(|metric| options.metrics.contains(metric));
    let (wants_fields, wants_frames) =
        (wants(&NAMING) || wants(&[Metric::AlphaMasi]), wants(&[Metric::FrameF1]));
    let (mut answers, mut frames) = (Vec::new(), Vec::new());
    for (side, set) in sides.iter().zip(&article.sets) {
        let (Some(side), Some(set)) = (side, set) else {
            answers.push(Vec::new());
            frames.push(BTreeSet::new());
            continue;
        };
        let spans = side.spans.iter().zip(&side.labels).filter(|_| wants_fields);
        answers.push(
            spans.map(|(span, label)| fields.read(*label, span, set, article.text, &mut names)).collect(),
        );
        let context = Context { schema: fields.schema, set, text: article.text };
        frames.push(if wants_frames { frames::frames(side, &context, &mut names) } else { BTreeSet::new() });
    }
    let prepared = Prepared {
        characters: stretches(&profiles, length),
        tokens: stretches(&by_token, tokens.len() as u32),
        article,
        sides,
        marked,
        sets,
        profiles,
        length,
        answers,
        frames,
    };
    (prepared, names)
}

impl<'a> Prepared<'a> {
    /// Gives what is said the numbers that hold for all articles.
    fn renumber(&mut self, to: &[u32]) {
        self.answers.iter_mut().flatten().flatten().for_each(|answer| answer.renumber(to));
        for frames in &mut self.frames {
            *frames = frames.iter().map(|(l, frame)| (*l, frame.map(|name| to[name as usize]))).collect();
        }
    }

    fn present(&self, members: &[usize]) -> usize {
        members.iter().filter(|member| self.sides[**member].is_some()).count()
    }

    fn both(&self, members: &[usize]) -> Option<[(&Side<'a>, &'a AnnotationSet); 2]> {
        let [one, other] = members else { return None };
        let of = |who: &usize| Some((self.sides[*who].as_ref()?, self.article.sets[*who]?));
        Some([of(one)?, of(other)?])
    }

    fn stretches(&self, unit: Unit) -> &[Stretch] {
        if unit == Unit::Token { &self.tokens } else { &self.characters }
    }
}

/// Some annotators compared, and the articles that at least two of them have a file for.
struct Comparison<'p, 'a> {
    members: Vec<usize>,
    articles: Vec<&'p Prepared<'a>>,
    /// How many of them all have a file for.
    complete: usize,
}

struct Work<'w, 'a> {
    corpus: &'w Corpus<'a>,
    options: &'w Options,
    labels: &'w Labels<'w>,
    fields: &'w ComparedFields<'w>,
}

/// Measures everything that `options` asks for. `steps` hears how many steps there will be, `step` is called after each; `go_on` is asked
/// often whether to go on. `None` if it said no.
///
/// Uses all processors; the result does not depend on how many there are.
pub fn measure(
    corpus: &Corpus<'_>,
    options: &Options,
    steps: &dyn Fn(usize),
    step: &(dyn Fn() + Sync),
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Agreement> {
    let labels = Labels::of(corpus, options);
    let everybody: Vec<usize> = (0..corpus.annotators.len()).collect();
    let mut groups: Vec<Vec<usize>> =
        everybody.iter().flat_map(|a| (a + 1..everybody.len()).map(|b| vec![*a, b])).collect();
    if everybody.len() > 2 || everybody.len() == 1 {
        groups.push(everybody.clone());
    }
    steps(corpus.articles.len() + groups.len() * 2);

    let fields = ComparedFields::new(corpus.schema, &labels.names);
    let prepared: Option<Vec<(Prepared<'_>, Names)>> = corpus
        .articles
        .par_iter()
        .map(|article| {
            let prepared = prepare(article, &labels, &fields, options);
            step();
            go_on().then_some(prepared)
        })
        .collect();
    // One after the other, so that numbers do not depend on which processor was first.
    let mut names = Names::default();
    let mut prepared: Vec<(Prepared<'_>, Vec<u32>)> =
        prepared?.into_iter().map(|(article, own)| (article, names.take_in(own))).collect();
    prepared.par_iter_mut().for_each(|(article, to)| article.renumber(to));
    let prepared: Vec<Prepared<'_>> = prepared.into_iter().map(|(article, _)| article).collect();
    let comparisons: Vec<Comparison<'_, '_>> = groups
        .into_iter()
        .map(|members| {
            let articles: Vec<&Prepared<'_>> =
                prepared.iter().filter(|article| article.present(&members) >= 2).collect();
            let complete = articles.iter().filter(|a| a.present(&members) == members.len()).count();
            Comparison { members, articles, complete }
        })
        .collect();
    let work = Work { corpus, options, labels: &labels, fields: &fields };
    let affordable = options.gamma.always || cost_of_gamma(&comparisons, options) <= AFFORDABLE;
    let found: Option<Vec<Vec<Figure>>> = comparisons
        .par_iter()
        .map(|comparison| {
            let mut tallies = work.tallies(comparison, go_on)?;
            step();
            tallies.extend(work.gamma_tallies(comparison, affordable, go_on)?);
            let figures = work.figures(comparison, &tallies);
            step();
            go_on().then_some(figures)
        })
        .collect();
    let mut figures: Vec<Figure> = found?.into_iter().flatten().collect();
    // Stable: pairs, labels and fields keep their order within a metric.
    figures
        .sort_by_key(|figure| (figure.subject.metric, figure.subject.field.is_some(), figure.subject.unit));
    let articles = prepared.iter().filter(|a| a.present(&everybody) == everybody.len()).count();
    Some(Agreement {
        annotators: corpus.annotators.clone(),
        articles: if everybody.is_empty() { 0 } else { articles },
        figures,
    })
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
            comparison.members.iter().filter_map(|m| article.sides[*m].as_ref()).map(|s| s.spans.len()).sum()
        };
        // Once for all labels together, once more for the labels one by one.
        2.0 * splits * comparison.articles.iter().map(units).sum::<usize>() as f64
    };
    let samples = options.gamma.samples.max(if options.gamma.precision.is_some() { 60 } else { 1 });
    comparisons.iter().map(cost).sum::<f64>() * samples as f64
}

impl<'w, 'a> Work<'w, 'a> {
    fn wants(&self, metrics: &[Metric]) -> bool {
        metrics.iter().any(|metric| self.options.metrics.contains(metric))
    }

    /// `*`, then each label with its number.
    fn each_label(&self) -> impl Iterator<Item = (Option<u16>, &'w str)> {
        let each = self.labels.names.iter().enumerate().map(|(number, name)| (Some(number as u16), *name));
        std::iter::once((None, "*")).chain(each)
    }

    fn tallies(
        &self,
        comparison: &Comparison<'_, '_>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tally>> {
        let mut tallies = Vec::new();
        if self.wants(&NAMING) {
            for unit in [Unit::Token, Unit::Character] {
                tallies.extend(
                    self.each_label().map(|(label, name)| self.naming(comparison, unit, label, name)),
                );
            }
        }
        if self.wants(&[Metric::KrippendorffAlphaU]) {
            tallies.extend(self.each_label().map(|(label, name)| self.unitizing(comparison, label, name)));
        }
        if self.wants(&NAMING) || self.wants(&[Metric::AlphaMasi]) {
            tallies.extend(self.matched(comparison, go_on)?);
        }
        if comparison.members.len() <= 2 {
            tallies.extend(self.pairs(comparison, go_on)?);
        }
        Some(tallies)
    }

    /// κ and α by token or character.
    fn naming(&self, comparison: &Comparison<'_, '_>, unit: Unit, label: Option<u16>, name: &str) -> Tally {
        let mut nominal: Nominal<Vec<u16>> = Nominal::new(comparison.members.len().max(2));
        let mut used = vec![None; comparison.members.len()];
        for article in &comparison.articles {
            let categories: Vec<u32> = article
                .sets
                .sets
                .iter()
                .map(|set| match label {
                    None => nominal.category(set.clone()),
                    Some(label) => {
                        nominal.category(if set.contains(&label) { vec![label] } else { Vec::new() })
                    }
                })
                .collect();
            for stretch in article.stretches(unit) {
                for (used, member) in used.iter_mut().zip(&comparison.members) {
                    let set = stretch.sets[*member];
                    *used = (set != MISSING).then(|| categories[set as usize]);
                }
                nominal.add(stretch.units, &used);
            }
            nominal.end_article();
        }
        nominal.tally(&self.options.metrics, name, unit, None)
    }

    fn unitizing(&self, comparison: &Comparison<'_, '_>, label: Option<u16>, name: &str) -> Tally {
        let mut unitizing = Unitizing::default();
        for article in &comparison.articles {
            let members = comparison.members.iter().filter(|m| article.sides[**m].is_some());
            let in_label = |set: u32| -> Vec<u16> {
                let set = &article.sets.sets[set as usize];
                match label {
                    None => set.clone(),
                    Some(label) => set.iter().copied().filter(|l| *l == label).collect(),
                }
            };
            let mut agreeing = 0.0;
            // Sets that are the same to this label have one number.
            let category: Vec<u32> = match label {
                None => (0..article.sets.sets.len() as u32).collect(),
                Some(label) => article.sets.sets.iter().map(|set| u32::from(set.contains(&label))).collect(),
            };
            let mut counts: Vec<(u32, f64)> = Vec::new();
            for stretch in &article.characters {
                counts.clear();
                for member in &comparison.members {
                    if stretch.sets[*member] == MISSING {
                        continue;
                    }
                    let set = category[stretch.sets[*member] as usize];
                    match counts.iter_mut().find(|(known, _)| *known == set) {
                        Some((_, count)) => *count += 1.0,
                        None => counts.push((set, 1.0)),
                    }
                }
                let values: f64 = counts.iter().map(|(_, count)| count).sum();
                let pairs: f64 = counts.iter().map(|(_, count)| count * (count - 1.0)).sum();
                agreeing += stretch.units * pairs / (values - 1.0).max(1.0);
            }
            match label {
                None => {
                    let profiles: Vec<&Profile> =
                        members.filter_map(|m| article.profiles[*m].as_ref()).collect();
                    unitizing.add(&profiles, article.length, agreeing, &in_label);
                }
                Some(label) => {
                    let mut sets = LabelSets::default();
                    let own: Vec<Profile> = members
                        .filter_map(|m| article.marked[*m].as_ref())
                        .map(|marked| {
                            let marked: Vec<Marked> =
                                marked.iter().copied().filter(|m| m.2 == label).collect();
                            profile(&marked, article.length, &mut sets)
                        })
                        .collect();
                    let profiles: Vec<&Profile> = own.iter().collect();
                    unitizing
                        .add(&profiles, article.length, agreeing, &|set| sets.sets[set as usize].clone());
                }
            }
        }
        unitizing.tally(name)
    }

    /// κ and α on matched spans, of labels and of fields.
    fn matched(
        &self,
        comparison: &Comparison<'_, '_>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tally>> {
        let members = &comparison.members;
        let groups: Vec<Vec<Cluster>> = comparison
            .articles
            .par_iter()
            .map(|article| {
                let sides: Vec<Vec<_>> = members
                    .iter()
                    .map(|m| article.sides[*m].as_ref().map(|side| side.spans.clone()).unwrap_or_default())
                    .collect();
                let mut found = clusters(&sides, Rule::MATCHED);
                found.retain(|cluster| cluster.size() >= 2);
                found
            })
            .collect();
        let mut tallies = Vec::new();
        for (label, name) in self.each_label() {
            let mut nominal: Nominal<Option<u16>> = Nominal::new(members.len().max(2));
            for (article, groups) in comparison.articles.iter().zip(&groups) {
                for group in groups {
                    let used: Vec<Option<u32>> = group
                        .members
                        .iter()
                        .zip(members)
                        .map(|(place, member)| {
                            let own = article.sides[*member].as_ref()?.labels[(*place)?];
                            Some(nominal.category(label.is_none_or(|label| label == own).then_some(own)))
                        })
                        .collect();
                    nominal.add(1.0, &used);
                }
                nominal.end_article();
            }
            tallies.push(nominal.tally(&self.options.metrics, name, Unit::Matched, None));
        }
        let mut fields = FieldCollector::new(self.fields, members.len().max(2));
        for (article, groups) in comparison.articles.iter().zip(&groups) {
            for group in groups {
                fields.add(group.spans().filter_map(|(annotator, place)| {
                    Some((annotator, article.answers.get(members[annotator])?.get(place)?.as_slice()))
                }));
            }
            fields.end_article();
            if !go_on() {
                return None;
            }
        }
        tallies.extend(fields.tallies(&self.options.metrics));
        Some(tallies)
    }

    /// What is defined for two annotators only.
    fn pairs(
        &self,
        comparison: &Comparison<'_, '_>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tally>> {
        let labels = self.labels.names.len();
        let mut tallies = Vec::new();
        let sides: Vec<(&Prepared<'_>, _)> = comparison
            .articles
            .iter()
            .filter_map(|article| Some((*article, article.both(&comparison.members)?)))
            .collect();
        let numbered = || self.each_label().map(|(label, name)| (label.map(usize::from), name));
        if self.wants(&[Metric::F1]) {
            let found: Vec<Vec<Found>> = sides
                .par_iter()
                .map(|(article, [one, other])| {
                    let mut found = f1::compare(one.0, other.0, labels);
                    for stretch in &article.characters {
                        let [one, other] =
                            [0, 1].map(|i| &article.sets.sets[stretch.sets[comparison.members[i]] as usize]);
                        for label in one {
                            let counts = &mut found[usize::from(*label)].characters;
                            counts[1] += stretch.units;
                            counts[0] += if other.contains(label) { stretch.units } else { 0.0 };
                        }
                        other.iter().for_each(|l| found[usize::from(*l)].characters[2] += stretch.units);
                    }
                    found
                })
                .collect();
            tallies.extend(numbered().map(|(label, name)| f1::tally(&found, label, name)));
        }
        if self.wants(&[Metric::Muc]) {
            let counts: Vec<Vec<MucCounts>> =
                sides.par_iter().map(|(_, [one, other])| muc::compare(one.0, other.0, labels)).collect();
            tallies.extend(numbered().map(|(label, name)| muc::tally(&counts, label, name)));
        }
        if self.wants(&[Metric::FrameF1]) {
            let schema = self.corpus.schema;
            let members = &comparison.members;
            let found: Vec<[&BTreeSet<Frame>; 2]> = sides
                .iter()
                .filter_map(|(article, _)| {
                    Some([article.frames.get(members[0])?, article.frames.get(members[1])?])
                })
                .collect();
            let holds_frames = |label: &str| {
                let has = |field: &str| schema.fields_of(label).iter().any(|def| def.name == field);
                has("holders") && has("issues")
            };
            tallies.extend(
                self.each_label()
                    .filter(|(label, name)| label.is_none() || holds_frames(name))
                    .map(|(label, name)| frames::tally(&found, label, name)),
            );
        }
        if self.wants(&[Metric::RelationF1]) {
            let related: Vec<_> = sides
                .par_iter()
                .map(|(_, [one, other])| relations::compare(*one, *other, self.corpus.schema))
                .collect();
            tallies.extend(relations::tallies(&related, self.corpus.schema));
        }
        go_on().then_some(tallies)
    }

    /// γ and γ-cat: for each article that all have a file for, weighed by its mean number of units.
    fn gamma_tallies(
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
            units: super::tally::column(2),
            details: Details::None,
        };
        if !affordable {
            let rows: Vec<Row> = vec![Row::new(); comparison.articles.len()];
            let of =
                |metric: Metric| self.each_label().map(move |(_, name)| (metric, name)).collect::<Vec<_>>();
            let all = wanted.iter().flat_map(|metric| of(*metric));
            let made = all.map(|(metric, name)| Tally {
                rows: rows.clone(),
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
                let rows = found
                    .iter()
                    .map(|values| match values[place][which] {
                        (Some(value), units) => {
                            vec![(0, value * units), (1, units), (2, units * members.len() as f64)]
                        }
                        (None, _) => Row::new(),
                    })
                    .collect();
                let why_not = if which == 1 { Undefined::OneCategory } else { Undefined::NoSpans };
                tallies.push(Tally { rows, width: 3, measures: vec![measures(metric, name, why_not)] });
            }
        }
        Some(tallies)
    }

    /// The figures of a comparison.
    fn figures(&self, comparison: &Comparison<'_, '_>, tallies: &[Tally]) -> Vec<Figure> {
        let names = comparison.members.iter().map(|m| self.corpus.annotators[*m].as_str());
        let seed = seed_of(self.options.seed, names);
        let intervals = intervals(tallies, self.options.replicates, seed);
        let mut figures = Vec::new();
        for (tally, intervals) in tallies.iter().zip(intervals) {
            let totals = tally.totals();
            for (measure, interval) in tally.measures.iter().zip(intervals) {
                if comparison.members.len() > 2 && measure.subject.metric == Metric::CohenKappa {
                    continue;
                }
                let with_rest = matches!(
                    measure.subject.metric,
                    Metric::KrippendorffAlpha | Metric::KrippendorffAlphaU | Metric::AlphaMasi
                );
                let articles = if with_rest { comparison.articles.len() } else { comparison.complete };
                let value = match (comparison.members.len(), articles) {
                    (0 | 1, _) => Err(Undefined::OneAnnotator),
                    (_, 0) => Err(Undefined::NoArticles),
                    _ => (measure.evaluate)(&totals),
                };
                let given = |evaluate: &super::tally::Evaluate| evaluate(&totals).ok();
                let finding = match &measure.details {
                    Details::None => None,
                    Details::Finding { precision, recall, support } => Some(Finding {
                        precision: given(precision),
                        recall: given(recall),
                        support: given(support).unwrap_or_default(),
                        muc: None,
                    }),
                    Details::Muc { precision, recall, support, counts } => {
                        let [correct, incorrect, partial, missing, spurious] =
                            counts.map(|c| totals[c as usize]);
                        Some(Finding {
                            precision: given(precision),
                            recall: given(recall),
                            support: given(support).unwrap_or_default(),
                            muc: Some(MucCounts { correct, incorrect, partial, missing, spurious }),
                        })
                    }
                };
                figures.push(Figure {
                    subject: measure.subject.clone(),
                    annotators: comparison.members.clone(),
                    interval: value.is_ok().then_some(interval).flatten(),
                    value,
                    finding,
                    articles,
                    units: given(&measure.units).unwrap_or_default(),
                });
            }
        }
        figures
    }
}

fn first_category(continuum: &Continuum) -> u32 {
    continuum.annotators().iter().flatten().next().map_or(0, |unit| unit.category)
}

fn continuum_of(article: &Prepared<'_>, members: &[usize], label: Option<u16>) -> Continuum {
    let units = |member: &usize| -> Vec<GammaUnit> {
        let Some(side) = &article.sides[*member] else { return Vec::new() };
        let chosen =
            side.spans.iter().zip(&side.labels).filter(|(_, own)| label.is_none_or(|label| label == **own));
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

/// A seed of its own for each article, label and group of annotators, so that a figure does not change with what else is measured
/// (FNV-1a over the names).
fn seed_of<'n>(seed: u64, names: impl Iterator<Item = &'n str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for name in names {
        for byte in name.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
