//! Dividing a corpus into parts for training, tuning and testing: by article, so that no article is in two of them.
//!
//! - without more: at random, by the seed alone (`shares`)
//! - grouped: articles that belong together stay together: of one source, of one date, or near-duplicates (`likeness`)
//! - stratified: every part gets its share of every label's spans, as nearly as whole groups allow (`strata`)
//!
//! The same articles, annotations, seed and options give the same parts on every machine.

mod likeness;
mod shares;
mod strata;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{FormatError, Record, RecordSource};
use crate::text::CanonicalText;
use likeness::Signature;
pub use shares::Shares;

/// What keeps articles together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The same source.
    Source,
    /// The same date.
    Date,
    /// Almost the same words.
    NearDuplicates,
}

/// How to divide.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitPlan {
    /// The parts and their shares.
    pub shares: Shares,
    /// What decides by chance.
    pub seed: u64,
    /// Whether every part is to get its share of every label.
    pub stratify: bool,
    /// What keeps articles together.
    pub group: Option<Grouping>,
}

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SplitPart {
    /// Its name: `train`.
    pub name: String,
    /// The articles in it.
    pub articles: BTreeSet<String>,
    /// How many groups they make.
    pub groups: usize,
    /// How many spans of each label they have.
    pub labels: BTreeMap<String, usize>,
}

/// What the division goes by, article by article.
#[derive(Debug, Default)]
struct Facts {
    labels: BTreeMap<String, usize>,
    source: Option<String>,
    date: Option<String>,
    signature: Option<Signature>,
}

impl SplitPlan {
    /// Divides the articles of these records. Goes through the records once.
    ///
    /// # Errors
    /// A record cannot be had.
    pub fn divide(&self, records: &dyn RecordSource) -> Result<Vec<SplitPart>, FormatError> {
        let mut facts: BTreeMap<String, Facts> = BTreeMap::new();
        records.for_each(&mut |record| {
            self.note(&record, facts.entry(record.set.article.clone()).or_default());
            Ok(())
        })?;
        let groups = self.groups(&facts);
        let parts = match (self.stratify, self.group) {
            (false, None) => {
                let divided = self.shares.divide(facts.keys().cloned().collect(), self.seed);
                divided.into_iter().map(|(_, articles)| articles.into_iter().collect()).collect()
            }
            _ => self.by_groups(&groups, &facts),
        };
        Ok(self.described(parts, &groups, &facts))
    }

    fn note(&self, record: &Record, facts: &mut Facts) {
        for span in record.set.spans() {
            *facts.labels.entry(span.label.clone()).or_default() += 1;
        }
        facts.source.clone_from(&record.meta.source);
        facts.date.clone_from(&record.meta.date);
        if self.group == Some(Grouping::NearDuplicates) && facts.signature.is_none() {
            facts.signature = Some(signature_of(&record.text));
        }
    }

    /// The articles in groups, each in order of their paths; groups by their first article.
    fn groups(&self, facts: &BTreeMap<String, Facts>) -> Vec<Vec<String>> {
        let by = |key: &dyn Fn(&Facts) -> Option<String>| {
            let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (article, facts) in facts {
                // Of what nothing is known, nothing is known to belong together.
                let group = match key(facts) {
                    Some(key) => format!("={key}"),
                    None => format!("/{article}"),
                };
                groups.entry(group).or_default().push(article.clone());
            }
            groups.into_values().collect::<Vec<_>>()
        };
        let mut groups = match self.group {
            None => by(&|_| None),
            Some(Grouping::Source) => {
                by(&|facts| facts.source.as_deref().map(|source| source.trim().to_lowercase()))
            }
            Some(Grouping::Date) => by(&|facts| facts.date.clone()),
            Some(Grouping::NearDuplicates) => {
                let signatures: Vec<&Signature> =
                    facts.values().filter_map(|facts| facts.signature.as_ref()).collect();
                let articles: Vec<&String> = facts.keys().collect();
                likeness::groups(&signatures)
                    .into_iter()
                    .map(|group| {
                        group
                            .into_iter()
                            .filter_map(|place| articles.get(place).map(|a| (*a).clone()))
                            .collect()
                    })
                    .collect()
            }
        };
        groups.sort();
        groups
    }

    fn by_groups(&self, groups: &[Vec<String>], facts: &BTreeMap<String, Facts>) -> Vec<Vec<String>> {
        let mut order: Vec<usize> = (0..groups.len()).collect();
        shares::shuffle(&mut order, self.seed);
        let units: Vec<strata::Unit> = order
            .iter()
            .map(|place| {
                let mut unit = strata::Unit { size: groups[*place].len(), labels: BTreeMap::new() };
                for article in groups[*place].iter().filter(|_| self.stratify) {
                    for (label, count) in facts.get(article).map(|facts| &facts.labels).into_iter().flatten()
                    {
                        *unit.labels.entry(label.as_str()).or_default() += count;
                    }
                }
                unit
            })
            .collect();
        let shares: Vec<f64> = self.shares.iter().map(|(_, share)| share).collect();
        let mut parts = vec![Vec::new(); shares.len()];
        for (place, part) in order.iter().zip(strata::assign(&units, &shares)) {
            parts[part].extend(groups[*place].iter().cloned());
        }
        parts
    }

    fn described(
        &self,
        parts: Vec<Vec<String>>,
        groups: &[Vec<String>],
        facts: &BTreeMap<String, Facts>,
    ) -> Vec<SplitPart> {
        let named = self.shares.iter().zip(parts);
        named
            .map(|((name, _), articles)| {
                let articles: BTreeSet<String> = articles.into_iter().collect();
                let mut labels: BTreeMap<String, usize> = BTreeMap::new();
                for facts in articles.iter().filter_map(|article| facts.get(article)) {
                    for (label, count) in &facts.labels {
                        *labels.entry(label.clone()).or_default() += count;
                    }
                }
                let whole =
                    groups.iter().filter(|group| group.first().is_some_and(|first| articles.contains(first)));
                SplitPart { name: name.to_owned(), groups: whole.count(), articles, labels }
            })
            .collect()
    }

    /// What was done, in words and a table of what went where, as Markdown.
    pub fn report(&self, parts: &[SplitPart]) -> String {
        let mut report = String::from("# How the articles were divided\n\n");
        let shares: Vec<String> = self.shares.iter().map(|(name, share)| format!("{name}={share}")).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(report, "By article, {}, seed {}. {}\n", shares.join(" "), self.seed, self.method());
        let labels: BTreeSet<&String> = parts.iter().flat_map(|part| part.labels.keys()).collect();
        let _ = write!(report, "| part | articles | groups | spans |");
        for label in &labels {
            let _ = write!(report, " {} |", in_cell(label));
        }
        let _ = write!(report, "\n| --- | ---: | ---: | ---: |{}\n", " ---: |".repeat(labels.len()));
        for part in parts {
            let spans: usize = part.labels.values().sum();
            let _ = write!(report, "| {} | {} | {} | {spans} |", part.name, part.articles.len(), part.groups);
            for label in &labels {
                let _ = write!(report, " {} |", part.labels.get(*label).copied().unwrap_or_default());
            }
            report.push('\n');
        }
        report.push_str("\n| article | part |\n| --- | --- |\n");
        let mut places: Vec<(&String, &str)> = parts
            .iter()
            .flat_map(|part| part.articles.iter().map(|article| (article, part.name.as_str())))
            .collect();
        places.sort();
        for (article, part) in places {
            let _ = writeln!(report, "| {} | {part} |", in_cell(article));
        }
        report
    }

    /// The method, in a sentence or two.
    pub fn method(&self) -> String {
        let how = match self.stratify {
            true => {
                "Stratified by label: iterative stratification (Sechidis, Tsoumakas and Vlahavas 2011), counting spans."
            }
            false if self.group.is_some() => "At random, larger groups first.",
            false => "At random.",
        };
        let together = match self.group {
            None => "",
            Some(Grouping::Source) => " Articles of one source stay together.",
            Some(Grouping::Date) => " Articles of one date stay together.",
            Some(Grouping::NearDuplicates) => {
                " Near-duplicates stay together: articles whose sets of five-word shingles have a Jaccard index of at least 0.5, estimated by \
                 MinHash (Broder 1997) with 128 hashes in 32 bands, and whatever is linked by such pairs."
            }
        };
        format!("{how}{together}")
    }
}

fn signature_of(text: &CanonicalText) -> Signature {
    Signature::of(text.as_str())
}

fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests;
