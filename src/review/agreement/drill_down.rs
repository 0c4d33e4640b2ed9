//! What is behind a figure: the very spans, outlying annotators and articles, agreement over time.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::corpus::{Corpus, Labels, Options, Side};
use super::f1::{self, Found};
use super::metric::{Match, Undefined};
use crate::model::{AnnotationSet, Span, SpanId};
use crate::review::matching::{self, Labels as PairLabels, Rule, best};

/// A span, or the lack of one, of each of two annotators. Never both `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairedSpans {
    /// Place of the article in [`Corpus::articles`].
    pub article: usize,
    /// The first annotator's span.
    pub left: Option<SpanId>,
    /// The second annotator's span.
    pub right: Option<SpanId>,
    /// Whether both have the same parts; `false` if one is missing.
    pub equal_parts: bool,
}

/// Which labels two annotators gave to spans that are about the same thing, with the spans of each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// By the first annotator's label and the second's; `None` = no such span. Cells with nothing in them are not listed.
    pub cells: BTreeMap<(Option<String>, Option<String>), Vec<PairedSpans>>,
}

impl Confusion {
    /// How many there are of a cell.
    pub fn count(&self, left: Option<&str>, right: Option<&str>) -> usize {
        self.cells.get(&(left.map(str::to_owned), right.map(str::to_owned))).map_or(0, Vec::len)
    }

    /// Everything that is not the same label with the same parts: what to look at.
    pub fn disagreements(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>, &PairedSpans)> {
        self.cells.iter().flat_map(|((left, right), spans)| {
            let same = left.is_some() && left == right;
            let differing = spans.iter().filter(move |pair| !(same && pair.equal_parts));
            differing.map(move |pair| (left.as_deref(), right.as_deref(), pair))
        })
    }
}

/// The confusion table of two annotators (places in [`Corpus::annotators`]) over the articles both have a file for. Spans are paired under
/// `rule`: [`Rule::SAME_THING`] shows what a person would pair, [`Rule::MATCHED`] what κ and α on matched spans count.
pub fn confusion(corpus: &Corpus<'_>, left: usize, right: usize, rule: Rule) -> Confusion {
    let mut confusion = Confusion::default();
    for (article, annotated) in corpus.articles.iter().enumerate() {
        let of = |who: usize| annotated.sets.get(who).copied().flatten();
        let (Some(one), Some(other)) = (of(left), of(right)) else { continue };
        let lefts: Vec<_> = one.spans().map(|span| &**span).collect();
        let rights: Vec<_> = other.spans().map(|span| &**span).collect();
        let matching = best(&lefts, &rights, rule);
        let pairs = matching.pairs.iter().map(|p| (Some(p.left), Some(p.right), p.equal_parts));
        let only_left = matching.only_left.iter().map(|l| (Some(*l), None, false));
        let only_right = matching.only_right.iter().map(|r| (None, Some(*r), false));
        for (l, r, equal_parts) in pairs.chain(only_left).chain(only_right) {
            let label =
                |spans: &[&crate::model::Span], place: Option<usize>| Some(spans[place?].label.clone());
            let id = |spans: &[&crate::model::Span], place: Option<usize>| Some(spans[place?].id.clone());
            confusion.cells.entry((label(&lefts, l), label(&rights, r))).or_default().push(PairedSpans {
                article,
                left: id(&lefts, l),
                right: id(&rights, r),
                equal_parts,
            });
        }
    }
    confusion
}

/// How two annotators compare in one article.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleFigure {
    /// Place of the article in [`Corpus::articles`].
    pub article: usize,
    /// The two annotators: places in [`Corpus::annotators`]; the first is the reference.
    pub annotators: [usize; 2],
    /// What they have in common, all labels that count together.
    pub found: Found,
}

impl ArticleFigure {
    /// F1 of this article.
    ///
    /// # Errors
    /// Neither has a span there.
    pub fn f1(&self, matching: Match) -> Result<f64, Undefined> {
        let [right, reference, found] = self.found.counts(matching);
        f1::f1(right, reference, found, Undefined::NoSpans)
    }
}

/// What every pair of annotators has in common in one article, one entry a label: what F1 is summed up from. Code points are not counted.
pub fn of_pairs(sets: &[Option<&AnnotationSet>], labels: &[&str]) -> Vec<([usize; 2], Vec<Found>)> {
    let labels = Labels::named(labels);
    let sides: Vec<Option<Side<'_>>> = sets.iter().map(|set| set.map(|set| Side::of(set, &labels))).collect();
    let mut figures = Vec::new();
    for a in 0..sides.len() {
        for b in a + 1..sides.len() {
            if let (Some(one), Some(other)) = (&sides[a], &sides[b]) {
                figures.push(([a, b], f1::compare(one, other, labels.names.len())));
            }
        }
    }
    figures
}

/// The spans of both that F1 does not count as found, of one label or of all.
pub fn not_found(
    one: &AnnotationSet,
    other: &AnnotationSet,
    label: Option<&str>,
    way: Match,
) -> [HashSet<SpanId>; 2] {
    let of = |set: &AnnotationSet| -> Vec<Arc<Span>> {
        set.spans().filter(|span| label.is_none_or(|label| span.label == label)).cloned().collect()
    };
    let both = [of(one), of(other)];
    let [left, right] = both.each_ref().map(|spans| spans.iter().map(|span| &**span).collect::<Vec<_>>());
    let pairs = match way {
        Match::Exact => matching::exact(&left, &right, PairLabels::Same),
        Match::Overlap | Match::Partial | Match::Character => best(&left, &right, Rule::LARGEST).pairs,
    };
    let mut alone =
        [left, right].map(|spans| spans.into_iter().map(|s| s.id.clone()).collect::<HashSet<_>>());
    // What is found with other borders is found in part only.
    for pair in pairs.iter().filter(|pair| way != Match::Partial || pair.equal_parts) {
        alone[0].remove(&both[0][pair.left].id);
        alone[1].remove(&both[1][pair.right].id);
    }
    alone
}

/// What every pair of annotators has in common, article by article. Code points are not counted.
pub fn by_article(corpus: &Corpus<'_>, options: &Options) -> Vec<ArticleFigure> {
    use rayon::prelude::*;
    let labels = Labels::of(corpus, options);
    let of_article = |(article, annotated): (usize, &super::AnnotatedArticle<'_>)| {
        let pairs = of_pairs(&annotated.sets, &labels.names).into_iter();
        pairs.map(move |(annotators, found)| {
            let found = found.into_iter().fold(Found::default(), Found::plus);
            ArticleFigure { article, annotators, found }
        })
    };
    corpus.articles.par_iter().enumerate().flat_map_iter(of_article).collect()
}

/// A group of article figures pooled: an annotator, an article, a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled<K> {
    /// What the group is.
    pub key: K,
    /// How many comparisons are in it.
    pub comparisons: usize,
    /// Micro F1 over them, or why there is none.
    pub f1: Result<f64, Undefined>,
}

fn pool<K: Ord + Clone>(figures: impl Iterator<Item = (K, Found)>, matching: Match) -> Vec<Pooled<K>> {
    let mut groups: BTreeMap<K, (usize, Found)> = BTreeMap::new();
    for (key, found) in figures {
        let group = groups.entry(key).or_default();
        *group = (group.0 + 1, group.1.plus(found));
    }
    groups
        .into_iter()
        .map(|(key, (comparisons, found))| {
            let [right, reference, other] = found.counts(matching);
            Pooled { key, comparisons, f1: f1::f1(right, reference, other, Undefined::NoSpans) }
        })
        .collect()
}

/// Each annotator's F1 with all others together: whoever stands far below the rest works differently.
pub fn by_annotator(figures: &[ArticleFigure], matching: Match) -> Vec<Pooled<usize>> {
    pool(figures.iter().flat_map(|f| f.annotators.map(|who| (who, f.found))), matching)
}

/// Each article's F1 over all pairs: the lowest are hard, or were misunderstood.
pub fn of_articles(figures: &[ArticleFigure], matching: Match) -> Vec<Pooled<usize>> {
    pool(figures.iter().map(|f| (f.article, f.found)), matching)
}

/// F1 by the articles' dates, cut to `digits` characters: 10 days, 7 months, 4 years. Articles without a date are left out; a date that is
/// shorter than that stands for itself.
pub fn over_time(
    corpus: &Corpus<'_>,
    figures: &[ArticleFigure],
    matching: Match,
    digits: usize,
) -> Vec<Pooled<String>> {
    let dated = figures.iter().filter_map(|figure| {
        let date = corpus.articles.get(figure.article)?.date?;
        Some((date.chars().take(digits).collect(), figure.found))
    });
    pool(dated, matching)
}
