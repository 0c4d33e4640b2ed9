//! From a corpus to figures: each article looked at once, each comparison summed up, intervals drawn.

use rayon::prelude::*;

use super::answers::AllWords;
use super::article::{Prepared, Wanted};
use super::bootstrap::intervals;
use super::coding::LabelSets;
use super::continua::is_affordable;
use super::corpus::{Corpus, Labels, Options};
use super::fields::{ComparedFields, Reading};
use super::metric::{Metric, Undefined};
use super::sheet::{Sheet, Work};
use super::tally::{Details, Tally};
use super::{Agreement, Figure, Finding, MucCounts};

/// All comparisons together are cut into about so many pieces of at least so many articles, which are added up beside each other.
const PIECES: usize = 24;
const LEAST: usize = 16;

/// Some annotators compared, and the articles that at least two of them have a file for.
pub(super) struct Comparison<'p, 'a> {
    pub members: Vec<usize>,
    pub articles: Vec<&'p Prepared<'a>>,
    /// How many of them all have a file for.
    complete: usize,
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

    let wanted = Wanted::by(&options.metrics);
    let fields = ComparedFields::new(corpus.schema, &labels.names, |reading| match reading {
        Reading::Set => wanted.masi,
        Reading::Category | Reading::Ordinal => wanted.naming,
    });
    let prepared: Option<Vec<Prepared<'_>>> = corpus
        .articles
        .par_iter()
        .map(|article| {
            let prepared = Prepared::new(article, &labels, &fields, wanted);
            step();
            go_on().then_some(prepared)
        })
        .collect();
    let mut prepared = prepared?;
    // One after the other, so that numbers do not depend on which processor was first.
    let (mut sets, mut words) = (LabelSets::default(), fields.no_words());
    let to: Vec<Vec<Vec<u32>>> =
        prepared.iter_mut().map(|article| article.take_in(&mut sets, &mut words)).collect();
    prepared.par_iter_mut().zip(&to).for_each(|(article, to)| article.renumber(to));
    drop(to);
    let comparisons: Vec<Comparison<'_, '_>> = groups
        .into_iter()
        .map(|members| {
            let articles: Vec<&Prepared<'_>> =
                prepared.iter().filter(|article| article.present(&members) >= 2).collect();
            let complete = articles.iter().filter(|a| a.present(&members) == members.len()).count();
            Comparison { members, articles, complete }
        })
        .collect();
    let words = AllWords::new(words);
    let sets = sets.sets.len();
    let work = Work {
        corpus,
        options,
        labels: &labels,
        fields: &fields,
        words: &words,
        wanted,
        sets,
        comparisons: comparisons.len(),
    };
    let affordable = is_affordable(&comparisons, options);
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

impl<'w, 'a> Work<'w, 'a> {
    /// Everything but γ.
    fn tallies(
        &'w self,
        comparison: &'w Comparison<'_, 'a>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tally>> {
        let empty = || Sheet::new(self, &comparison.members);
        let at_once = (comparison.articles.len() * self.comparisons).div_ceil(PIECES).max(LEAST);
        let pieces: Vec<(usize, &[&Prepared<'a>])> =
            comparison.articles.chunks(at_once).enumerate().collect();
        let sheets: Option<Vec<Sheet<'_, '_>>> = pieces
            .into_par_iter()
            .map(|(piece, articles)| {
                let mut sheet = empty();
                for (place, article) in articles.iter().enumerate() {
                    sheet.add((piece * at_once + place) as u32, article);
                }
                go_on().then_some(sheet)
            })
            .collect();
        let mut sheets = sheets?.into_iter();
        let mut all = sheets.next().unwrap_or_else(empty);
        sheets.for_each(|sheet| all.append(sheet));
        Some(all.tallies())
    }

    /// The figures of a comparison.
    fn figures(&self, comparison: &Comparison<'_, '_>, tallies: &[Tally]) -> Vec<Figure> {
        let names = comparison.members.iter().map(|m| self.corpus.annotators[*m].as_str());
        let seed = seed_of(self.options.seed, names);
        let intervals = intervals(tallies, comparison.articles.len(), self.options.replicates, seed);
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

/// A seed of its own for each article, label and group of annotators, so that a figure does not change with what else is measured
/// (FNV-1a over the names).
pub(super) fn seed_of<'n>(seed: u64, names: impl Iterator<Item = &'n str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for name in names {
        for byte in name.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
