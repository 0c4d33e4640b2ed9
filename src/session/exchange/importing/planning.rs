//! Records taken into a plan, one after another, each as a whole or not at all.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::Onto;
use super::articles::{Arrival, Articles, is_same, meta_over};
use super::mapping::{Mapped, Mapping};
use super::merging::merge_into;
use super::plan::{Fate, Intake, PlannedFiles, PlannedSet, Told};
use crate::formats::{Growth, Record, Remark, Sink};
use crate::model::{AnnotationSet, Article, ArticleMeta, Codebook, GOLD, Schema};
use crate::session::exchange::Progress;
use crate::store::{
    Digest, LockRefused, NameClaims, Project, SetLock, annotation_text, parse_set, read_set, safe_name,
    unsaved_work,
};
use crate::text::CanonicalText;

/// Whose the records are, and what happens where there are some already.
pub(super) struct Whose<'a> {
    /// Whose the annotations are, whatever the source says.
    pub annotator: Option<&'a str>,
    /// Whose they are if nobody says.
    pub fallback: &'static str,
    /// What happens where there are some already.
    pub onto: Onto,
    /// The annotator and article that whoever asks has open, and will close first.
    pub at_hand: Option<&'a (String, String)>,
}

/// A project that records are being planned into.
pub(super) struct Planning<'a> {
    pub project: Project,
    pub intake: Intake,
    pub files: PlannedFiles,
    whose: Whose<'a>,
    mapping: &'a Mapping,
    progress: &'a dyn Progress,
    growth: Growth,
    articles: Articles,
    /// Whether anyone ever had annotations open in this project, so that there may be locks.
    may_be_locked: bool,
    /// The annotation files by annotator and article: those on disk, and those planned. The ones on disk are `None` if one of them does
    /// not say whose it is, and every one must be looked for.
    on_disk: Option<HashMap<(String, String), String>>,
    planned: HashMap<(String, String), String>,
    /// Which article's annotations may have which file name.
    claims: NameClaims,
    /// Annotators and articles with work in the journal that their files do not hold.
    unsaved: HashSet<(String, String)>,
}

impl<'a> Planning<'a> {
    pub fn new(project: Project, whose: Whose<'a>, mapping: &'a Mapping, progress: &'a dyn Progress) -> Self {
        let growth =
            Growth::new(&project.schema, &project.register, &project.codebook, &project.settings.language);
        Self {
            on_disk: files_of(&project),
            planned: HashMap::new(),
            claims: project.claims(),
            unsaved: unsaved_work(&project).into_iter().collect(),
            may_be_locked: project.private_folder().join("locks").exists(),
            project,
            whose,
            mapping,
            progress,
            growth,
            articles: Articles::default(),
            intake: Intake::default(),
            files: PlannedFiles::new(),
        }
    }

    /// Puts what the project learns into its lists in memory.
    pub fn finish(&mut self) {
        if !self.intake.is_nothing() {
            self.growth.settle();
            self.intake.learnt.extend(self.growth.said().iter().cloned());
            self.project.schema = self.growth.schema.clone();
            self.project.register = self.growth.register().clone();
            self.project.codebook = self.growth.codebook().clone();
        }
        for what in self.mapping.unused(&self.intake.names) {
            self.intake.remarks.push(Told { what, left_out: false });
        }
    }

    fn take(&mut self, record: Record) -> Result<(), String> {
        let Record { meta, text, mut set } = record;
        set.article = Articles::place(&self.project, &set.article)?;
        self.may_be_written(&set.annotator, &set.article)?;
        let there = self.existing(&set.annotator, &set.article);
        if let (Some(file), Onto::Refuse) = (&there, self.whose.onto) {
            self.intake.refused += 1;
            return Err(format!("there are annotations of `{}` on it already ({file})", set.annotator));
        }
        let arrival = self.articles.arrive(&mut self.project, &set.article, &text)?;
        if let Arrival::Added { .. } = arrival {
            self.claims.add(&self.project, &set.article);
        }
        let is_there = there.is_some();
        let file = there.unwrap_or_else(|| {
            let planned = |file: &str| self.files.has(file);
            self.claims.path_beside(&self.project, &set.annotator, &set.article, &planned)
        });
        let written = self.plan(&mut set, &text, is_there, &file);
        match (written, arrival) {
            (Ok(()), arrival) => {
                self.growth.take_in(&set);
                let adds_article = matches!(arrival, Arrival::Added { .. });
                self.settle(&set.article, &meta, arrival)?;
                self.know(&set.annotator);
                self.note(set, file, is_there, adds_article);
                Ok(())
            }
            (Err(what), Arrival::Known) => Err(what),
            (Err(what), Arrival::Added { new_folder, .. }) => {
                self.articles.withdraw(&mut self.project, &set.article, new_folder.as_deref());
                Err(what)
            }
        }
    }

    /// Whether nobody is at work on these annotations.
    fn may_be_written(&self, annotator: &str, article: &str) -> Result<(), String> {
        let key = (annotator.to_owned(), article.to_owned());
        if self.whose.at_hand == Some(&key) {
            return Ok(());
        }
        if self.may_be_locked
            && let Some(holder) = SetLock::held_by(&self.project.root, annotator, article)
        {
            return Err(LockRefused::Held(holder).to_string());
        }
        if self.unsaved.contains(&key) {
            return Err(format!(
                "there is unsaved work of `{annotator}` on {article}; open the article in the window once, which recovers it"
            ));
        }
        Ok(())
    }

    /// The file of the annotations that are there already. Looking for it among all files, once a record, would make a large import
    /// slower with every record, so those of the beginning are listed once and those that were taken in are added.
    fn existing(&self, annotator: &str, article: &str) -> Option<String> {
        let key = (annotator.to_owned(), article.to_owned());
        if let Some(planned) = self.planned.get(&key) {
            return Some(planned.clone());
        }
        match &self.on_disk {
            Some(files) => files.get(&key).cloned(),
            None => self.project.existing_annotation_path(annotator, article),
        }
    }

    fn plan(
        &mut self,
        set: &mut AnnotationSet,
        text: &CanonicalText,
        is_there: bool,
        file: &str,
    ) -> Result<(), String> {
        let mut found = None;
        if is_there {
            let there = match self.files.has(file) {
                true => Some((self.read_planned(file, text)?, None)),
                false => self.read_there(set)?,
            };
            if let Some((there, digest)) = there {
                found = digest;
                if self.whose.onto == Onto::Merge {
                    *set = merge_into(there, set, &self.growth.schema);
                }
            }
        }
        let bytes = annotation_text(set, Some(text)).into_bytes();
        if found == Some(Digest::of(&bytes)) {
            return Ok(());
        }
        let whose = Some((set.annotator.clone(), set.article.clone()));
        self.files.plan(file, &bytes, found, whose).map_err(|error| format!("it could not be kept: {error}"))
    }

    fn read_planned(&mut self, file: &str, text: &CanonicalText) -> Result<AnnotationSet, String> {
        let bytes = self.files.bytes_of(file).map_err(|error| error.to_string())?;
        let (set, _) = parse_set(file, &bytes, &|_| Some(text.clone())).map_err(|fault| fault.to_string())?;
        Ok(set)
    }

    fn read_there(&self, set: &AnnotationSet) -> Result<Option<(AnnotationSet, Option<Digest>)>, String> {
        let article = self.article(&set.article)?;
        let there = read_set(&self.project, &set.annotator, &set.article, Some(&article))
            .map_err(|fault| format!("{fault}. Mend the file or move it away first"))?;
        Ok(there.map(|there| (there.set, Some(there.digest))))
    }

    /// An article of the project, on disk; one that is only planned has no annotations on disk that would be asked for.
    fn article(&self, path: &str) -> Result<Article, String> {
        self.project.read_article(path).map_err(|fault| fault.to_string())
    }

    /// What the source says of the article besides its text, and what adding it changes.
    fn settle(&mut self, path: &str, said: &ArticleMeta, arrival: Arrival) -> Result<(), String> {
        match arrival {
            Arrival::Known => {
                let says_nothing = ArticleMeta { language: None, ..said.clone() }.is_empty();
                if says_nothing {
                    return Ok(());
                }
                let article = match self.files.has(path) {
                    true => {
                        let bytes = self.files.bytes_of(path).map_err(|error| error.to_string())?;
                        self.project.article_of(path, &bytes)
                    }
                    false => self.project.read_article(path),
                };
                let Ok(article) = article else { return Ok(()) };
                let mut wanted = said.clone();
                if wanted.language.is_none() {
                    wanted.language.clone_from(&article.meta.language);
                }
                if !is_same(&article.meta, &wanted) {
                    let what = format!(
                        "{path}: the source says other things of the article (title, date, …) than the project; the project's were kept"
                    );
                    if !self.intake.remarks.iter().any(|there| there.what == what) {
                        self.intake.remarks.push(Told { what, left_out: false });
                    }
                }
            }
            Arrival::Added { bytes, new_folder, known } => {
                if let Some(bytes) = bytes {
                    self.files
                        .plan(path, &bytes, None, None)
                        .map_err(|error| format!("it could not be kept: {error}"))?;
                }
                self.intake.articles += 1;
                if let Some(folder) = new_folder {
                    self.intake.learnt.push(format!("folder of articles `{folder}`"));
                }
                let over = meta_over(&known, said);
                if !over.is_empty() {
                    self.project.settings.meta.insert(path.to_owned(), over);
                }
            }
        }
        Ok(())
    }

    /// Puts an annotator into the settings whose folder would not give the name back.
    fn know(&mut self, annotator: &str) {
        let annotators = &mut self.project.settings.annotators;
        if annotator != GOLD
            && safe_name(annotator) != annotator
            && !annotators.iter().any(|known| known == annotator)
        {
            annotators.push(annotator.to_owned());
        }
    }

    fn note(&mut self, set: AnnotationSet, file: String, is_there: bool, adds_article: bool) {
        let fate = match (is_there, self.whose.onto) {
            (false, _) => Fate::New,
            (true, Onto::Merge) => Fate::Merged,
            (true, _) => Fate::Replaced,
        };
        let (spans, relations) = (set.len(), set.relation_count());
        self.planned.insert((set.annotator.clone(), set.article.clone()), file);
        // One that comes twice is counted twice, as the source has it twice.
        self.intake.sets.push(PlannedSet {
            article: set.article.clone(),
            annotator: set.annotator.clone(),
            spans,
            relations,
            fate,
            adds_article,
        });
    }

    /// Says whose a record is.
    fn name(&self, set: &mut AnnotationSet) {
        let said = Some(set.annotator.trim()).filter(|name| !name.is_empty());
        set.annotator = match (self.whose.annotator, said) {
            (Some(annotator), _) => annotator.to_owned(),
            (None, Some(said)) => said.to_owned(),
            (None, None) => self.whose.fallback.to_owned(),
        };
    }
}

fn files_of(project: &Project) -> Option<HashMap<(String, String), String>> {
    let listed = project.annotation_files().into_iter().map(|entry| {
        let head = project.set_head(&entry.file)?;
        Some(((entry.annotator, head.article), entry.file))
    });
    listed.collect()
}

impl Sink for Planning<'_> {
    fn record(&mut self, mut record: Record) -> ControlFlow<()> {
        if self.progress.is_stopped() {
            return ControlFlow::Break(());
        }
        self.intake.met += 1;
        self.intake.names.note(&record.set);
        let (article, annotator) = (record.set.article.clone(), record.set.annotator.clone());
        if self.mapping.apply(&mut record.set, &self.growth.schema, &mut self.intake.dropped)
            == Mapped::Dropped
        {
            return ControlFlow::Continue(());
        }
        self.name(&mut record.set);
        if let Err(what) = self.take(record) {
            self.intake.left_out += 1;
            let whose = if annotator.is_empty() { String::new() } else { format!(" of `{annotator}`") };
            let what = format!("{article}{whose} was left out: {what}");
            self.intake.remarks.push(Told { what, left_out: true });
        }
        ControlFlow::Continue(())
    }

    fn remark(&mut self, remark: Remark) {
        self.intake.left_out += usize::from(remark.left_out);
        self.intake.remarks.push(Told { what: remark.to_string(), left_out: remark.left_out });
    }

    fn schema(&mut self, mut schema: Schema) {
        self.mapping.apply_to_schema(&mut schema);
        self.growth.learn(&schema);
    }

    fn codebook(&mut self, codebook: Codebook) {
        self.intake.is_codebook = true;
        self.growth.learn_codebook(&codebook);
    }
}
