//! The records of a project that are to be exported, read from disk a few at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::super::{ExchangeError, Progress};
use crate::formats::{FormatError, Record, RecordSource};
use crate::model::{AnnotationSet, Article, GOLD, Status, leaves, may_link_span};
use crate::store::{Project, nearest, read_set_alone};

/// Whose annotations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Gold where there is any, else the only annotator.
    #[default]
    NotSaid,
    /// Gold.
    Gold,
    /// Everyone, gold included.
    All,
    /// These.
    These(Vec<String>),
}

/// One annotation file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Chosen {
    article: String,
    annotator: String,
    file: String,
}

/// How many articles are read at once: enough for every core to have work, few enough to be held in memory.
const AT_ONCE: usize = 64;

/// The chosen records, by article path, then annotator.
pub struct ChosenRecords<'a> {
    project: &'a Project,
    chosen: Vec<Chosen>,
    labels: &'a [String],
    progress: &'a dyn Progress,
    problems: Mutex<BTreeSet<String>>,
    /// How many fields of a file's spans link to spans that were left out.
    loose_links: Mutex<BTreeMap<String, usize>>,
}

impl<'a> ChosenRecords<'a> {
    /// Finds out which annotation files are asked for.
    ///
    /// # Errors
    /// It is not clear whose are meant, there are none, or one of them does not say what article it is about.
    pub fn choose(
        project: &'a Project,
        whose: &Whose,
        labels: &'a [String],
        states: &[Status],
        progress: &'a dyn Progress,
    ) -> Result<Self, ExchangeError> {
        let (files, faults) = project.list_annotation_files();
        if let Some(fault) = faults.first() {
            return Err(ExchangeError::Disk(fault.to_string()));
        }
        let mut there: Vec<&str> = files.iter().map(|file| file.annotator.as_str()).collect();
        there.dedup();
        if there.is_empty() {
            return Err(ExchangeError::Disk(
                "There are no annotations to export in this project.".to_owned(),
            ));
        }
        let annotators = annotators(whose, &there)?;
        let mut chosen = Vec::new();
        for entry in files.iter().filter(|entry| annotators.contains(&entry.annotator.as_str())) {
            let head = project.set_head(&entry.file).ok_or_else(|| {
                ExchangeError::Disk(format!(
                    "{} does not say which article it is about, so nothing was exported. Mend it first; `postil validate` tells more.",
                    entry.file
                ))
            })?;
            if !states.is_empty() && !states.contains(&head.status) {
                continue;
            }
            chosen.push(Chosen {
                article: head.article,
                annotator: entry.annotator.clone(),
                file: entry.file.clone(),
            });
        }
        if chosen.is_empty() {
            return Err(ExchangeError::Disk(
                "None of the annotations asked for has that status; nothing was exported.".to_owned(),
            ));
        }
        chosen.sort();
        Ok(Self {
            project,
            chosen,
            labels,
            progress,
            problems: Mutex::default(),
            loose_links: Mutex::default(),
        })
    }

    /// How many records there are; never none.
    pub fn count(&self) -> usize {
        self.chosen.len()
    }

    /// Whether every one of them is gold.
    pub fn is_gold(&self) -> bool {
        self.chosen.iter().all(|chosen| chosen.annotator == GOLD)
    }

    /// The articles of the first records, in their order.
    pub fn first_articles(&self, records: usize) -> BTreeSet<String> {
        self.chosen.iter().take(records).map(|chosen| chosen.article.clone()).collect()
    }

    /// The articles they are about.
    pub fn articles(&self) -> BTreeSet<String> {
        self.chosen.iter().map(|chosen| chosen.article.clone()).collect()
    }

    /// The records about these articles alone.
    pub fn of_articles<'s>(&'s self, articles: &'s BTreeSet<String>) -> PartOfRecords<'s, 'a> {
        PartOfRecords { all: self, articles }
    }

    /// What was found to be wrong while they were read.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.iter().cloned().collect()
    }

    /// How many fields link to spans that were left out, by label.
    pub fn loose_links(&self) -> usize {
        self.loose_links.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    fn problem(&self, what: String) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(what);
    }

    fn visit<'c>(
        &'c self,
        chosen: impl Iterator<Item = &'c Chosen>,
        visit: &mut dyn FnMut(Vec<Record>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let chosen: Vec<&Chosen> = chosen.collect();
        let groups: Vec<&[&Chosen]> = chosen.chunk_by(|a, b| a.article == b.article).collect();
        self.progress.begin(chosen.len() as u64);
        for some in groups.chunks(AT_ONCE) {
            if self.progress.is_stopped() {
                self.progress.end();
                return Err(FormatError::Stopped);
            }
            let read: Result<Vec<Vec<Record>>, FormatError> =
                some.par_iter().map(|group| self.read(group)).collect();
            let records: Vec<Record> = read?.into_iter().flatten().collect();
            let count = records.len() as u64;
            visit(records)?;
            self.progress.step(count);
        }
        self.progress.end();
        Ok(())
    }

    /// Reads the sets of one article.
    fn read(&self, group: &[&Chosen]) -> Result<Vec<Record>, FormatError> {
        let Some(first) = group.first() else { return Ok(Vec::new()) };
        let cannot = |fault: &dyn std::fmt::Display| {
            FormatError::Source(format!("{fault}. Nothing was exported; mend it first."))
        };
        let article = self.project.read_article(&first.article).map_err(|fault| {
            FormatError::Source(format!(
                "{fault}. {} is about it, so nothing was exported; mend that first.",
                first.file
            ))
        })?;
        let read = |chosen: &&Chosen| {
            let loaded = read_set_alone(&self.project.root, &chosen.file, &|_| Some(article.text.clone()));
            let mut set = loaded.map_err(|fault| cannot(&fault))?;
            // Whose they are is told by the folder; a copied file may still name somebody else.
            set.annotator.clone_from(&chosen.annotator);
            self.look_for_change(&set, &article, &chosen.file);
            if !self.labels.is_empty() {
                self.keep_labels(&mut set, &chosen.file);
            }
            Ok(Record { meta: article.meta.clone(), text: article.text.clone(), set })
        };
        group.iter().map(read).collect()
    }

    fn look_for_change(&self, set: &AnnotationSet, article: &Article, file: &str) {
        let moved = set.spans().filter(|span| span.misquote.is_some()).count();
        if set.fingerprint != article.text.fingerprint() && !set.fingerprint.is_empty() {
            self.problem(format!(
                "{file}: {} changed after it was annotated; {moved} of {} say another text than stands there now. They were exported with \
                 what they say.",
                set.article,
                match set.len() {
                    1 => "1 span".to_owned(),
                    spans => format!("{spans} spans"),
                }
            ));
        }
    }

    /// Leaves out spans of other labels, relations of which an end is left out, and tells of links that lead nowhere now.
    fn keep_labels(&self, set: &mut AnnotationSet, file: &str) {
        let others: Vec<_> = set
            .spans()
            .filter(|span| !self.labels.contains(&span.label))
            .map(|span| span.id.clone())
            .collect();
        let gone: BTreeSet<_> = others.iter().cloned().collect();
        for id in &others {
            set.remove(id);
        }
        let loose: Vec<_> = set
            .relations()
            .filter(|relation| gone.contains(&relation.from) || gone.contains(&relation.to))
            .map(|relation| relation.id.clone())
            .collect();
        for id in &loose {
            set.remove_relation(id);
        }
        let schema = &self.project.schema;
        let dangling: usize = set
            .spans()
            .map(|span| {
                let links = leaves(schema.fields_of(&span.label), &span.fields);
                let leads_out = |text: &str| gone.contains(&text.into());
                links
                    .iter()
                    .filter(|leaf| {
                        may_link_span(&leaf.def.kind) && leaf.value.as_text().is_some_and(leads_out)
                    })
                    .count()
            })
            .sum();
        if dangling > 0 {
            self.loose_links.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), dangling);
        }
    }
}

/// Whether annotations of more than one annotator are among these.
fn are_several<'c>(mut chosen: impl Iterator<Item = &'c Chosen>) -> bool {
    let first = chosen.next().map(|chosen| chosen.annotator.as_str());
    chosen.any(|chosen| Some(chosen.annotator.as_str()) != first)
}

impl RecordSource for ChosenRecords<'_> {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.for_each_chunk(&mut |records| records.into_iter().try_for_each(&mut *visit))
    }

    fn for_each_chunk(
        &self,
        visit: &mut dyn FnMut(Vec<Record>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        self.visit(self.chosen.iter(), visit)
    }

    fn known_count(&self) -> Option<usize> {
        Some(self.count())
    }

    fn several_annotators(&self) -> Option<bool> {
        Some(are_several(self.chosen.iter()))
    }
}

/// Those of the chosen records that are about some articles.
pub struct PartOfRecords<'s, 'a> {
    all: &'s ChosenRecords<'a>,
    articles: &'s BTreeSet<String>,
}

impl RecordSource for PartOfRecords<'_, '_> {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.for_each_chunk(&mut |records| records.into_iter().try_for_each(&mut *visit))
    }

    fn for_each_chunk(
        &self,
        visit: &mut dyn FnMut(Vec<Record>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let wanted = self.all.chosen.iter().filter(|chosen| self.articles.contains(&chosen.article));
        self.all.visit(wanted, visit)
    }

    fn known_count(&self) -> Option<usize> {
        Some(self.all.chosen.iter().filter(|chosen| self.articles.contains(&chosen.article)).count())
    }

    fn several_annotators(&self) -> Option<bool> {
        let wanted = self.all.chosen.iter().filter(|chosen| self.articles.contains(&chosen.article));
        Some(are_several(wanted))
    }
}

/// Which annotators are meant, of those who have annotations.
fn annotators<'t>(whose: &Whose, there: &[&'t str]) -> Result<Vec<&'t str>, ExchangeError> {
    match whose {
        Whose::All => Ok(there.to_vec()),
        Whose::Gold if there.contains(&GOLD) => Ok(vec![GOLD]),
        Whose::Gold => Err(ExchangeError::Wish(
            "There is no gold in this project. Leave out --gold, or adjudicate first.".to_owned(),
        )),
        Whose::NotSaid if there.contains(&GOLD) => Ok(vec![GOLD]),
        Whose::NotSaid => match there {
            [only] => Ok(vec![only]),
            several => Err(ExchangeError::Wish(format!(
                "There are several annotators and no gold: {}. Say whose annotations to export: --annotator A[,B], --gold or --all.",
                several.join(", ")
            ))),
        },
        Whose::These(names) => names
            .iter()
            .map(|name| {
                there.iter().find(|known| *known == name).copied().ok_or_else(|| {
                    let near = nearest(name, there.iter().copied())
                        .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
                    ExchangeError::Wish(format!(
                        "There are no annotations of `{name}`.{near} There are: {}.",
                        there.join(", ")
                    ))
                })
            })
            .collect(),
    }
}
