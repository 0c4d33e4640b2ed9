//! Taking records into a project, one after another, each as a whole or not at all.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::super::outcome::Failure;
use super::super::terminal::{count, is_stopped, say};
use super::articles::{Arrival, Articles, is_same, meta_over};
use super::merging::merge_into;
use crate::formats::{Growth, Record, Remark, Sink};
use crate::model::{ArticleMeta, GOLD, Schema};
use crate::store::{NameClaims, Project, SetLock, read_set, safe_name, unsaved_work, write_set_to};

/// What to do where the annotator has annotations on an article already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Onto {
    /// Leave the record out.
    Refuse,
    /// Add what is not there yet.
    Merge,
    /// Put the record in its place.
    Replace,
}

/// What an import came to.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// Records met.
    pub met: usize,
    /// Sets of annotations written.
    pub sets: usize,
    /// Articles added.
    pub articles: usize,
    /// Records left out because there were annotations already.
    pub refused: usize,
    /// Things left out.
    pub left_out: usize,
    /// What there is to say about the source, in order.
    pub remarks: Vec<String>,
    /// What the project learnt.
    pub learnt: Vec<String>,
}

impl Intake {
    /// Tells what was added to the project besides annotations.
    pub fn tell(&self) {
        if self.refused > 0 {
            say(
                "Annotations that are there are not touched: --merge adds what is not there yet, --replace puts the source's in their place.",
            );
        }
        if self.articles > 0 {
            say(format!("Added {}.", count(self.articles, "article", "articles")));
        }
        if !self.learnt.is_empty() {
            say("The project did not know these, and does now:");
            for learnt in &self.learnt {
                say(format!("  {learnt}"));
            }
        }
    }
}

/// A project that records are being taken into. The schema, register, codebook and settings are saved at the end, and only if a record
/// was taken in.
pub(super) struct TakingIn<'a> {
    project: &'a mut Project,
    /// Whose the annotations are, whatever the source says.
    annotator: Option<String>,
    /// Whose they are if nobody says.
    fallback: &'static str,
    onto: Onto,
    growth: Growth,
    articles: Articles,
    intake: Intake,
    /// Whether anyone ever had annotations open in this project, so that there may be locks.
    may_be_locked: bool,
    /// The annotation files that were there at the beginning, by annotator and article; `None` if one of them does not say whose it is,
    /// and every one must be looked for.
    files: Option<HashMap<(String, String), String>>,
    /// Which article's annotations may have which file name.
    claims: NameClaims,
    /// Annotators and articles with work in the journal that their files do not hold.
    unsaved: HashSet<(String, String)>,
}

impl<'a> TakingIn<'a> {
    /// Begins.
    pub fn new(
        project: &'a mut Project,
        annotator: Option<String>,
        fallback: &'static str,
        onto: Onto,
    ) -> Self {
        let growth =
            Growth::new(&project.schema, &project.register, &project.codebook, &project.settings.language);
        Self {
            files: files_of(project),
            claims: project.claims(),
            unsaved: unsaved_work(project).into_iter().collect(),
            may_be_locked: project.private_folder().join("locks").exists(),
            project,
            annotator,
            fallback,
            onto,
            growth,
            articles: Articles::default(),
            intake: Intake::default(),
        }
    }

    /// Saves what the project learnt, and tells what it all came to.
    ///
    /// # Errors
    /// A list could not be saved.
    pub fn finish(mut self) -> Result<Intake, Failure> {
        if self.intake.sets > 0 {
            self.growth.settle();
            self.intake.learnt.extend(self.growth.said().iter().cloned());
            let project = self.project;
            project.schema = self.growth.schema.clone();
            project.register = self.growth.register().clone();
            project.codebook = self.growth.codebook().clone();
            // The lists before the settings: nothing may point at what is not there.
            project.save_schema()?;
            project.save_register()?;
            project.save_codebook()?;
            project.save_settings()?;
        }
        Ok(self.intake)
    }

    fn take(&mut self, record: Record) -> Result<(), String> {
        let Record { meta, text, mut set } = record;
        set.article = Articles::place(self.project, &set.article)?;
        let said = Some(set.annotator.trim()).filter(|name| !name.is_empty());
        set.annotator = match (&self.annotator, said) {
            (Some(annotator), _) => annotator.clone(),
            (None, Some(said)) => said.to_owned(),
            (None, None) => self.fallback.to_owned(),
        };
        let _lock = self.lock(&set.annotator, &set.article)?;
        if self.unsaved.contains(&(set.annotator.clone(), set.article.clone())) {
            return Err(format!(
                "there is unsaved work of `{}` on {}; open the article in the window once, which recovers it",
                set.annotator, set.article
            ));
        }
        let there = self.existing(&set.annotator, &set.article);
        if let (Some(file), Onto::Refuse) = (&there, self.onto) {
            self.intake.refused += 1;
            return Err(format!("there are annotations of `{}` on it already ({file})", set.annotator));
        }
        let arrival = self.articles.arrive(self.project, &set.article, &text)?;
        if let Arrival::Added { .. } = arrival {
            self.claims.add(self.project, &set.article);
        }
        let is_there = there.is_some();
        let file = there.unwrap_or_else(|| self.claims.path(self.project, &set.annotator, &set.article));
        let written = self.write(&mut set, &text, is_there, &file);
        match (written, arrival) {
            (Ok(()), arrival) => {
                self.growth.take_in(&set);
                if let Some(files) = &mut self.files {
                    files.insert((set.annotator.clone(), set.article.clone()), file);
                }
                self.settle(&set.article, &meta, arrival);
                self.know(&set.annotator);
                Ok(())
            }
            (Err(what), Arrival::Known) => Err(what),
            (Err(what), Arrival::Added { .. }) => {
                self.articles.withdraw(self.project, &set.article);
                Err(what)
            }
        }
    }

    /// The file of the annotations that are there already. Looking for it among all files, once a record, would make a large import
    /// slower with every record, so those of the beginning are listed once and those that were taken in are added.
    fn existing(&self, annotator: &str, article: &str) -> Option<String> {
        match &self.files {
            Some(files) => files.get(&(annotator.to_owned(), article.to_owned())).cloned(),
            None => self.project.existing_annotation_path(annotator, article),
        }
    }

    /// The right to write the set, if anyone may hold it.
    fn lock(&self, annotator: &str, article: &str) -> Result<Option<SetLock>, String> {
        if !self.may_be_locked {
            return Ok(None);
        }
        SetLock::try_take(&self.project.root, annotator, article)
            .map(Some)
            .map_err(|refused| refused.to_string())
    }

    fn write(
        &self,
        set: &mut crate::model::AnnotationSet,
        text: &crate::text::CanonicalText,
        is_there: bool,
        file: &str,
    ) -> Result<(), String> {
        let mut expected = None;
        if is_there {
            let article = self.project.read_article(&set.article).map_err(|fault| fault.to_string())?;
            let there = read_set(self.project, &set.annotator, &set.article, Some(&article))
                .map_err(|fault| format!("{fault}. Mend the file or move it away first"))?;
            if let Some(there) = there {
                expected = Some(there.digest);
                if self.onto == Onto::Merge {
                    *set = merge_into(there.set, set, &self.growth.schema);
                }
            }
        }
        write_set_to(self.project, file, set, Some(text), expected)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// What the source says of the article besides its text, and what adding it changed.
    fn settle(&mut self, path: &str, said: &ArticleMeta, arrival: Arrival) {
        match arrival {
            Arrival::Known => {
                let says_nothing = ArticleMeta { language: None, ..said.clone() }.is_empty();
                if says_nothing {
                    return;
                }
                let Ok(article) = self.project.read_article(path) else { return };
                let mut wanted = said.clone();
                if wanted.language.is_none() {
                    wanted.language.clone_from(&article.meta.language);
                }
                if !is_same(&article.meta, &wanted) {
                    let what = format!(
                        "{path}: the source says other things of the article (title, date, …) than the project; the project's were kept"
                    );
                    if !self.intake.remarks.contains(&what) {
                        self.intake.remarks.push(what);
                    }
                }
            }
            Arrival::Added { new_folder, known } => {
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
}

fn files_of(project: &Project) -> Option<HashMap<(String, String), String>> {
    let listed = project.annotation_files().into_iter().map(|entry| {
        let head = project.set_head(&entry.file)?;
        Some(((entry.annotator, head.article), entry.file))
    });
    listed.collect()
}

impl Sink for TakingIn<'_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        if is_stopped() {
            return ControlFlow::Break(());
        }
        self.intake.met += 1;
        let (article, annotator) = (record.set.article.clone(), record.set.annotator.clone());
        match self.take(record) {
            Ok(()) => self.intake.sets += 1,
            Err(what) => {
                self.intake.left_out += 1;
                let whose = if annotator.is_empty() { String::new() } else { format!(" of `{annotator}`") };
                self.intake.remarks.push(format!("{article}{whose} was left out: {what}"));
            }
        }
        ControlFlow::Continue(())
    }

    fn remark(&mut self, remark: Remark) {
        self.intake.left_out += usize::from(remark.left_out);
        self.intake.remarks.push(remark.to_string());
    }

    fn schema(&mut self, schema: Schema) {
        self.growth.learn(&schema);
    }
}
