//! What is measured: articles, who annotated them, and how the figures are wanted.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::gamma::GammaOptions;
use super::metric::Metric;
use crate::model::{AnnotationSet, Schema, Span};
use crate::review::matching;
use crate::text::CanonicalText;

/// One article with the sets of the annotators that are compared.
#[derive(Clone, Debug)]
pub struct AnnotatedArticle<'a> {
    /// Its path relative to the project's root.
    pub path: &'a str,
    /// Its text. Offsets beyond its end are cut off.
    pub text: &'a CanonicalText,
    /// Its day, month or year, if known: `2026-01-21`.
    pub date: Option<&'a str>,
    /// One entry an annotator, in the order of [`Corpus::annotators`]; `None` if that annotator has no file for it.
    pub sets: Vec<Option<&'a AnnotationSet>>,
}

/// Everything that is measured. All sets of an article must speak of one and the same text.
#[derive(Clone, Debug)]
pub struct Corpus<'a> {
    /// Whose annotations are compared. Of a pair, the one that stands first here is the reference of F1.
    pub annotators: Vec<String>,
    /// The articles.
    pub articles: Vec<AnnotatedArticle<'a>>,
    /// Which labels and fields there are. Labels that it lacks are taken from the spans; their fields are not measured.
    pub schema: &'a Schema,
}

/// How the figures are wanted.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only spans of these labels count, for `*` too; `None` = all.
    pub labels: Option<Vec<String>>,
    /// Which metrics.
    pub metrics: Vec<Metric>,
    /// How many times articles are drawn anew for the intervals; 0 = no intervals.
    pub replicates: usize,
    /// The seed of everything that is left to chance.
    pub seed: u64,
    /// How γ is computed.
    pub gamma: GammaOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            labels: None,
            metrics: Metric::USUAL.to_vec(),
            replicates: 1000,
            seed: 1,
            gamma: GammaOptions::default(),
        }
    }
}

/// The labels that are measured, by number.
#[derive(Clone, Debug)]
pub(super) struct Labels<'a> {
    pub names: Vec<&'a str>,
    numbers: FxHashMap<&'a str, u16>,
}

impl<'a> Labels<'a> {
    pub fn of(corpus: &Corpus<'a>, options: &'a Options) -> Self {
        let names: Vec<&'a str> = match &options.labels {
            Some(named) => named.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect(),
            None => {
                let declared: Vec<&str> = corpus.schema.labels.iter().map(|l| l.name.as_str()).collect();
                let used: BTreeSet<&str> = corpus
                    .articles
                    .iter()
                    .flat_map(|article| article.sets.iter().flatten())
                    .flat_map(|set| set.each_span().map(|span| span.label.as_str()))
                    .filter(|label| !declared.contains(label))
                    .collect();
                declared.into_iter().chain(used).collect()
            }
        };
        Self::named(&names)
    }

    /// These labels, numbered in this order.
    pub fn named(names: &[&'a str]) -> Self {
        let numbers = names.iter().enumerate().map(|(number, name)| (*name, number as u16)).collect();
        Self { names: names.to_vec(), numbers }
    }

    pub fn number(&self, label: &str) -> Option<u16> {
        self.numbers.get(label).copied()
    }
}

/// One annotator's spans that count, in listing order.
#[derive(Clone, Debug, Default)]
pub(super) struct Side<'a> {
    /// The spans, ready to be matched with anybody's.
    pub ready: matching::Side<'a>,
    /// Their labels' numbers.
    pub labels: Vec<u16>,
}

impl<'a> Side<'a> {
    pub fn of(set: &'a AnnotationSet, labels: &Labels<'_>) -> Self {
        let (spans, labels) =
            set.spans().filter_map(|span| Some((&**span, labels.number(&span.label)?))).unzip();
        Self { ready: matching::Side::new(spans), labels }
    }

    pub fn spans(&self) -> &[&'a Span] {
        &self.ready.spans
    }
}
