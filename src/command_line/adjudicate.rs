//! `postil adjudicate`: what annotators agree on, taken into gold by a rule.

use std::collections::HashSet;
use std::sync::Mutex;

use clap::ValueEnum;
use rayon::prelude::*;
use serde_json::json;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::sides::{OnArticle, by_article, names_known, tell};
use super::terminal::{answer, answer_json, count, is_stopped, listen_for_ctrl_c, progress, say};
use super::validate::load;
use crate::model::{AnnotationSet, Change, GOLD, Status, Transaction, Workspace};
use crate::review::adjudication::{Case, Judge, Rule};
use crate::review::difference::compare;
use crate::store::{Project, SetLock, unsaved_work, write_set_to};

/// Take what annotators agree on into gold
#[derive(Debug, clap::Args)]
#[command(after_long_help = SHAPE)]
pub(super) struct Adjudicate {
    /// How many must agree
    #[arg(long, value_enum)]
    rule: Agreement,
    #[command(flatten)]
    project: InProject,
    /// Whose annotations count; else everyone's
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Tell what would be taken and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How to say what was done
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Agreement {
    /// Every annotator of the article
    Unanimous,
    /// More than half of the annotators of the article
    Majority,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A few lines for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// What it does exactly, for `--help`.
const SHAPE: &str = r#"The annotators of an article are those who have a file on it, gold left out. Two spans are the same if parts, label and fields are equal;
notes do not count, and a link to a span counts by what that span is. Relations are taken likewise, between spans that are in gold.
What gold has already stays, and what a person decided or put into gold by hand is never changed. Running it again adds only what
annotators have come to agree on since. Each gold span is written with a decision that says whose it is.

The JSON document:
  {"rule": "majority", "annotators": ["anna", "boris"], "articles": 12, "written": 11, "taken": 320, "relations": 18,
   "kept": 4, "open": 61, "alone": 1, "left_out": [{"article": "articles/a.txt", "reason": "…"}]}
`kept`: the rule has an answer, but a person decided already. `open`: for a judge. `alone`: articles of a single annotator."#;

/// What came of one article.
#[derive(Default)]
struct Done {
    written: bool,
    taken: usize,
    relations: usize,
    kept: usize,
    open: usize,
    alone: bool,
}

impl Adjudicate {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open_whole()?;
        if self.annotators.iter().any(|name| name == GOLD) {
            return Err(Failure::Usage(
                "gold is what comes out, so it cannot be one of --annotators; name the annotators it is made from.".into(),
            ));
        }
        listen_for_ctrl_c();
        let loaded = load(&project)?;
        names_known(&project, &self.annotators)?;
        let annotators: Vec<String> = match self.annotators.is_empty() {
            true => project.annotators().into_iter().filter(|name| name != GOLD).collect(),
            false => self.annotators.clone(),
        };
        let mut everyone = annotators.clone();
        everyone.push(GOLD.to_owned());
        let faults: Vec<String> = loaded.all_faults().map(ToString::to_string).collect();
        faults.iter().for_each(say);
        // A set that cannot be read would have had a vote, so its article is left alone; so is one whose gold cannot be read.
        let broken: HashSet<&str> =
            loaded.sets.iter().filter_map(|f| f.outcome.is_err().then_some(f.file.as_str())).collect();
        let mut articles = by_article(&loaded, &everyone);
        articles.retain(|on| on.sides.iter().any(|side| side.annotator != GOLD));
        let unsaved: HashSet<(String, String)> = unsaved_work(&project).into_iter().collect();
        let rule = match self.rule {
            Agreement::Unanimous => Rule::Unanimous,
            Agreement::Majority => Rule::Majority,
        };
        let task =
            Task { project: &project, rule, unsaved, broken, annotators: &annotators, dry_run: self.dry_run };
        let bar = progress(articles.len() as u64, "Adjudicating");
        let left_out: Mutex<Vec<(usize, String)>> = Mutex::new(Vec::new());
        let done: Option<Vec<Done>> = articles
            .par_iter()
            .enumerate()
            .map(|(nth, on)| {
                if is_stopped() {
                    return None;
                }
                let done = task.article(on).unwrap_or_else(|reason| {
                    let mut left_out = left_out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    left_out.push((nth, reason));
                    Done::default()
                });
                bar.inc(1);
                Some(done)
            })
            .collect();
        bar.finish_and_clear();
        let done = done.ok_or(Failure::Stopped)?;
        for on in &articles {
            for side in &on.sides {
                if let Some(told) = &side.reanchored {
                    say(tell(&on.article.path, side, told));
                }
            }
        }
        let mut left_out = left_out.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        left_out.sort();
        for (nth, reason) in &left_out {
            say(format!("{} was left out: {reason}", articles[*nth].article.path));
        }
        let sum = |of: fn(&Done) -> usize| done.iter().map(of).sum::<usize>();
        let (taken, relations) = (sum(|d| d.taken), sum(|d| d.relations));
        let (kept, open, written) = (sum(|d| d.kept), sum(|d| d.open), sum(|d| usize::from(d.written)));
        let alone = sum(|d| usize::from(d.alone));
        if alone > 0 {
            say(format!(
                "{} of a single annotator: everything there counts as agreed.",
                count(alone, "article is", "articles are")
            ));
        }
        match self.format {
            Format::Text => answer(&format!(
                "{}{}: {} and {} taken into gold, {} left open, {} left as a person decided.",
                if self.dry_run { "Would be done on " } else { "" },
                count(articles.len() - left_out.len(), "article", "articles"),
                count(taken, "span", "spans"),
                count(relations, "relation", "relations"),
                count(open, "place", "places"),
                kept,
            ))?,
            Format::Json => answer_json(&json!({
                "rule": task.rule.name(), "annotators": annotators, "articles": articles.len(), "written": written,
                "taken": taken, "relations": relations, "kept": kept, "open": open, "alone": alone,
                "left_out": left_out.iter()
                    .map(|(nth, reason)| json!({"article": articles[*nth].article.path, "reason": reason}))
                    .collect::<Vec<_>>(),
            }))?,
        }
        Ok(if left_out.is_empty() && faults.is_empty() { Exit::Done } else { Exit::Disk })
    }
}

struct Task<'a> {
    project: &'a Project,
    rule: Rule,
    unsaved: HashSet<(String, String)>,
    /// Annotation files that could not be read.
    broken: HashSet<&'a str>,
    annotators: &'a [String],
    dry_run: bool,
}

impl Task<'_> {
    fn article(&self, on: &OnArticle) -> Result<Done, String> {
        let path = &on.article.path;
        if !self.broken.is_empty() {
            for annotator in self.annotators.iter().map(String::as_str).chain([GOLD]) {
                let file = self.project.annotation_path(annotator, path);
                if self.broken.contains(file.as_str()) {
                    return Err(format!("{file} cannot be read; mend it first"));
                }
            }
        }
        let sets: Vec<(&str, &AnnotationSet)> = on
            .sides
            .iter()
            .filter(|side| side.annotator != GOLD)
            .map(|side| (side.annotator.as_str(), &side.set))
            .collect();
        let there = on.side(GOLD);
        if there.is_some_and(|gold| gold.reanchored.is_some()) {
            return Err(
                "gold was made on another version of the text; open it and bring it up to date first".into(),
            );
        }
        let mut gold = Workspace::default();
        gold.set = there.map_or_else(|| AnnotationSet::new(path.clone(), GOLD), |gold| gold.set.clone());
        gold.set.fingerprint = on.article.text.fingerprint().to_owned();
        gold.set.length = on.article.text.len();
        let comparison = compare(&sets, &self.project.schema);
        let case =
            Case { sets: &sets, comparison: &comparison, gold: &gold.set, schema: &self.project.schema };
        let when = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let judge = Judge { when, ..Judge::default() };
        let plan = self.rule.plan(case, &judge).map_err(|refused| refused.to_string())?;
        let mut done = Done {
            taken: plan.taken.len(),
            relations: plan.relations,
            kept: plan.kept.len(),
            open: plan.open.len(),
            alone: sets.len() == 1,
            written: false,
        };
        let mut changes = plan.changes;
        if changes.is_empty() || self.dry_run {
            return Ok(done);
        }
        // Nothing left to decide: gold is finished, unless a person has said how far it is.
        let untouched = there.is_none_or(|gold| gold.set.status == Status::Untouched);
        if untouched && done.open == 0 {
            changes.retain(|change| !matches!(change, Change::Status { .. }));
            changes.push(Change::Status { before: gold.set.status, after: Status::Done });
        }
        if self.unsaved.contains(&(GOLD.to_owned(), path.clone())) {
            return Err(
                "there is unsaved work on its gold; open it in the window once, which recovers it".into()
            );
        }
        let _lock =
            SetLock::try_take(&self.project.root, GOLD, path).map_err(|refused| refused.to_string())?;
        Transaction::new("adjudicate", self.rule.name(), changes)
            .apply(&mut gold)
            .map_err(|outdated| outdated.to_string())?;
        let file = match there {
            Some(gold) => gold.file.clone(),
            None => self.new_file(on),
        };
        let text = Some(&on.article.text);
        write_set_to(self.project, &file, &gold.set, text, there.map(|gold| gold.digest))
            .map_err(|error| error.to_string())?;
        done.written = true;
        Ok(done)
    }

    /// The name that an annotator's file has is free for gold too, as all follow one rule; looking at every file each time would make
    /// thousands of articles slow.
    fn new_file(&self, on: &OnArticle) -> String {
        let folder = format!("{}/", self.project.settings.annotations.trim_end_matches('/'));
        let beside = on.sides.iter().find_map(|side| {
            let (_, name) = side.file.strip_prefix(&folder)?.split_once('/')?;
            Some(format!("{folder}{GOLD}/{name}"))
        });
        match beside.filter(|file| !self.project.root.join(file).exists()) {
            Some(file) => file,
            None => self.project.annotation_path(GOLD, &on.article.path),
        }
    }
}
