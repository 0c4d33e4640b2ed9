//! The counting itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::model::{AnnotationSet, GOLD, Schema, Status};
use crate::review::progress::{GoldProgress, PersonProgress, by_person};
use crate::session::check::LoadedProject;
use crate::text::tokens;

/// The size of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Words and single other signs; white space left out.
    pub tokens: usize,
    /// Code points, white space and header included.
    pub code_points: usize,
}

impl std::ops::AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.code_points += other.code_points;
    }
}

/// How often a field is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    pub filled: usize,
    pub of: usize,
}

/// What annotation files hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub files: usize,
    pub articles: BTreeSet<String>,
    pub size: Size,
    pub statuses: BTreeMap<Status, usize>,
    pub spans: usize,
    pub discontinuous: usize,
    pub notes: usize,
    /// In the order of the schema; labels it does not know after them.
    pub spans_by_label: Vec<(String, usize)>,
    pub relations: usize,
    pub relations_by_label: Vec<(String, usize)>,
    /// By label, then field, both in the order of the schema.
    pub fields: Vec<(String, Vec<(String, Fill)>)>,
}

/// Everything that is counted of a project.
#[derive(Clone, Debug)]
pub(super) struct Statistics {
    pub project: String,
    pub articles: usize,
    pub size: Size,
    pub languages: BTreeMap<String, usize>,
    pub unreadable: usize,
    pub total: Counts,
    /// In the order of the project.
    pub by_annotator: Vec<(String, Counts)>,
    /// How far each annotator is; gold left out.
    pub progress: Vec<PersonProgress>,
    /// What was decided.
    pub gold: GoldProgress,
    /// How many articles have so many annotators assigned; those that are everyone's left out.
    pub assigned: BTreeMap<usize, usize>,
    /// Articles that are everyone's, having no assignment.
    pub unassigned: usize,
}

impl Statistics {
    /// Counts a project.
    pub fn of(loaded: &LoadedProject) -> Self {
        let project = &loaded.project;
        let sizes: HashMap<&str, Size> = loaded
            .articles
            .par_iter()
            .filter_map(|article| {
                let text = &article.outcome.as_ref().ok()?.text;
                let size = Size { tokens: tokens(text.as_str()).count(), code_points: text.len() as usize };
                Some((article.path.as_str(), size))
            })
            .collect();
        let mut languages = BTreeMap::new();
        let mut size = Size::default();
        for article in loaded.articles.iter().filter_map(|article| article.outcome.as_ref().ok()) {
            size += sizes.get(article.path.as_str()).copied().unwrap_or_default();
            *languages.entry(article.meta.language.clone().unwrap_or_default()).or_default() += 1;
        }
        let annotators = project.annotators();
        let mut by_annotator: Vec<(String, Counts)> =
            annotators.iter().map(|name| (name.clone(), Counts::new(&project.schema))).collect();
        let mut total = Counts::new(&project.schema);
        for file in &loaded.sets {
            let Ok(read) = &file.outcome else { continue };
            let size = sizes.get(read.set.article.as_str()).copied().unwrap_or_default();
            total.count(&read.set, size, &project.schema);
            if let Some((_, counts)) = by_annotator.iter_mut().find(|(name, _)| *name == file.annotator) {
                counts.count(&read.set, size, &project.schema);
            }
        }
        for (name, counts) in &mut by_annotator {
            // Nobody is asked to write gold by hand.
            if *name == GOLD {
                continue;
            }
            let to_do = loaded.articles.iter().filter(|article| {
                project.settings.is_for(&article.path, name) && !counts.articles.contains(&article.path)
            });
            let to_do = to_do.count();
            *counts.statuses.entry(Status::Untouched).or_default() += to_do;
            *total.statuses.entry(Status::Untouched).or_default() += to_do;
        }
        let sets = || loaded.sets.iter().filter_map(|file| Some((file, &file.outcome.as_ref().ok()?.set)));
        let paths: Vec<&str> = loaded.articles.iter().map(|article| article.path.as_str()).collect();
        let there = sets().map(|(file, set)| (file.annotator.as_str(), set.article.as_str(), set.status));
        let progress = by_person(&project.settings, &annotators, &paths, there);
        let mut gold = GoldProgress::default();
        sets().filter(|(file, _)| file.annotator == GOLD).for_each(|(_, set)| gold.count(set));
        let mut assigned: BTreeMap<usize, usize> = BTreeMap::new();
        let assignments = paths.iter().filter_map(|path| project.settings.assignments.get(*path));
        assignments.for_each(|names| *assigned.entry(names.len()).or_default() += 1);
        let unassigned = paths.len() - assigned.values().sum::<usize>();
        Self {
            progress,
            gold,
            assigned,
            unassigned,
            project: project.settings.name.clone(),
            articles: loaded.articles.len(),
            size,
            languages,
            unreadable: loaded.all_faults().count(),
            total,
            by_annotator,
        }
    }

    /// As the JSON document that `--help` describes.
    pub fn json(&self) -> Json {
        let by_annotator: serde_json::Map<String, Json> =
            self.by_annotator.iter().map(|(name, counts)| (name.clone(), counts.json())).collect();
        let annotators: Vec<&str> = self.by_annotator.iter().map(|(name, _)| name.as_str()).collect();
        let progress: serde_json::Map<String, Json> = self
            .progress
            .iter()
            .map(|person| {
                let mut said = serde_json::Map::new();
                said.insert("assigned".into(), person.assigned.into());
                said.extend(
                    person.statuses.iter().map(|(status, n)| (status.name().to_owned(), (*n).into())),
                );
                said.insert("beyond".into(), person.beyond.into());
                said.insert("share".into(), person.share().into());
                (person.annotator.clone(), said.into())
            })
            .collect();
        json!({
            "project": self.project,
            "articles": self.articles,
            "tokens": self.size.tokens,
            "code_points": self.size.code_points,
            "languages": self.languages,
            "unreadable": self.unreadable,
            "annotators": annotators,
            "total": self.total.json(),
            "by_annotator": by_annotator,
            "progress": progress,
            "gold": {
                "articles": self.gold.articles, "spans": self.gold.spans, "with_decision": self.gold.with_decision,
                "decisions": {"taken": self.gold.taken, "rejected": self.gold.rejected, "nothing": self.gold.nothing},
                "by": self.gold.by,
            },
            "assignments": {
                "unassigned": self.unassigned,
                "by_annotators": self.assigned.iter().map(|(n, articles)| (n.to_string(), *articles)).collect::<BTreeMap<_, _>>(),
            },
        })
    }
}

impl Counts {
    /// Nothing yet, with a row for everything the schema knows.
    fn new(schema: &Schema) -> Self {
        let fields = |label: &crate::model::LabelDef| {
            label.fields.iter().map(|field| (field.name.clone(), Fill::default())).collect()
        };
        Self {
            statuses: Status::ALL.into_iter().map(|status| (status, 0)).collect(),
            spans_by_label: schema.labels.iter().map(|label| (label.name.clone(), 0)).collect(),
            relations_by_label: schema.relations.iter().map(|relation| (relation.name.clone(), 0)).collect(),
            fields: schema.labels.iter().map(|label| (label.name.clone(), fields(label))).collect(),
            ..Self::default()
        }
    }

    fn count(&mut self, set: &AnnotationSet, size: Size, schema: &Schema) {
        self.files += 1;
        if self.articles.insert(set.article.clone()) {
            self.size += size;
        }
        *self.statuses.entry(set.status).or_default() += 1;
        for span in set.spans() {
            self.spans += 1;
            self.discontinuous += usize::from(span.parts.len() > 1);
            self.notes += usize::from(!span.note.is_empty());
            *row(&mut self.spans_by_label, &span.label) += 1;
            if schema.label(&span.label).is_none() {
                continue;
            }
            for (name, fill) in row(&mut self.fields, &span.label) {
                fill.of += 1;
                fill.filled += usize::from(span.fields.get(name).is_some());
            }
        }
        for relation in set.relations() {
            self.relations += 1;
            *row(&mut self.relations_by_label, &relation.label) += 1;
        }
    }

    fn json(&self) -> Json {
        let map = |rows: &[(String, usize)]| rows.iter().cloned().map(|(name, n)| (name, n.into())).collect();
        let statuses: serde_json::Map<String, Json> =
            self.statuses.iter().map(|(status, n)| (status.name().to_owned(), (*n).into())).collect();
        let (spans, relations): (serde_json::Map<_, _>, serde_json::Map<_, _>) =
            (map(&self.spans_by_label), map(&self.relations_by_label));
        let mut fields = serde_json::Map::new();
        for (label, fills) in &self.fields {
            let fills: serde_json::Map<String, Json> = fills
                .iter()
                .map(|(name, fill)| (name.clone(), json!({"filled": fill.filled, "of": fill.of})))
                .collect();
            fields.insert(label.clone(), fills.into());
        }
        json!({
            "files": self.files,
            "articles": self.articles.len(),
            "tokens": self.size.tokens,
            "code_points": self.size.code_points,
            "statuses": statuses,
            "spans": self.spans,
            "discontinuous": self.discontinuous,
            "notes": self.notes,
            "spans_by_label": spans,
            "relations": self.relations,
            "relations_by_label": relations,
            "fields": fields,
        })
    }
}

/// The row of this name, made at the end if there is none.
fn row<'r, T: Default>(rows: &'r mut Vec<(String, T)>, name: &str) -> &'r mut T {
    let place = match rows.iter().position(|(there, _)| there == name) {
        Some(place) => place,
        None => {
            rows.push((name.to_owned(), T::default()));
            rows.len() - 1
        }
    };
    &mut rows[place].1
}
