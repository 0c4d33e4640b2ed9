//! Reading tasks.

use std::collections::{BTreeMap, HashSet};
use std::io::BufRead as _;
use std::ops::ControlFlow;

use super::super::json_tree::{Members, Tree};
use super::super::placing::Placing;
use super::super::xml::{whole_file, xml_text};
use super::super::{
    FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, recognise_unit_or,
};
use super::config::{Config, read_config};
use super::result::{ResultParts, Schemas};
use super::source_text::{Place, SourceText};
use super::tasks;
use crate::model::{AnnotationSet, ArticleMeta, GOLD, Status};
use crate::text::CanonicalText;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let mut configs: BTreeMap<String, Config> = BTreeMap::new();
    for file in files.iter().filter(|file| file.ends_with(".xml")) {
        let bytes = whole_file(source, file)?;
        match xml_text(&bytes).and_then(|xml| read_config(&xml)) {
            Ok(config) => {
                sink.schema(config.schema.clone());
                configs.insert(folder_of(file).to_owned(), config);
            }
            Err(why) => sink.remark(Remark {
                place: file.clone(),
                what: format!("it is no labelling configuration: {why}; it was left out"),
                left_out: true,
            }),
        }
    }
    let is_task_file = |file: &&String| {
        file.ends_with(".json") || file.ends_with(".jsonl") || files.len() == 1 && !file.ends_with(".xml")
    };
    let mut articles = HashSet::new();
    for file in files.iter().filter(is_task_file) {
        let config = config_for(file, &configs);
        let mut reading = Reading { file, sink, articles: &mut articles, number: 0, several: true };
        let schemas =
            Schemas::of(std::iter::once(options.schema).chain(config.map(|config| &config.schema)).collect());
        let understanding = Understanding { options, config, schemas };
        if reading.file(source, &understanding)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The configuration in the file's folder, else in one above it, else the only one there is.
fn config_for<'c>(file: &str, configs: &'c BTreeMap<String, Config>) -> Option<&'c Config> {
    let mut folder = folder_of(file);
    loop {
        if let Some(config) = configs.get(folder) {
            return Some(config);
        }
        if folder.is_empty() {
            break;
        }
        folder = folder_of(folder);
    }
    if configs.len() == 1 { configs.values().next() } else { None }
}

/// What is needed to understand a task, whatever came before it.
struct Understanding<'a> {
    options: &'a ReadOptions<'a>,
    config: Option<&'a Config>,
    schemas: Schemas<'a>,
}

/// What an understood task says.
enum Said {
    Remark(String, bool),
    Record(Box<Record>),
}

/// A task that is understood, but for the name of its article, which depends on those before it.
#[derive(Default)]
struct Task {
    /// What the task itself calls its article.
    article: Option<String>,
    /// Its own number or name.
    id: Option<String>,
    said: Vec<Said>,
}

impl Task {
    fn remark(&mut self, what: String, left_out: bool) {
        self.said.push(Said::Remark(what, left_out));
    }

    fn record(&mut self, meta: ArticleMeta, text: CanonicalText, mut set: AnnotationSet) {
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        self.said.push(Said::Record(Box::new(Record { meta, text, set })));
    }
}

impl Understanding<'_> {
    fn task(&self, mut task: Members) -> Task {
        let mut understood = Task::default();
        let annotations = lists(&mut task, &["annotations", "completions"]);
        let predictions = lists(&mut task, &["predictions"]);
        understood.id = match task.get("id") {
            Some(Tree::Text(id)) => Some(id.to_string()),
            Some(Tree::Number(id)) => Some(id.to_string()),
            _ => None,
        };
        let data = match task.remove("data") {
            Some(Tree::Object(data)) => data,
            // Before version 1.0 a task was its data.
            Some(_) | None => task,
        };
        let is_html = || {
            let results = annotations.iter().chain(&predictions).filter_map(|one| one.get("result"));
            results.filter_map(Tree::as_list).flatten().any(|item| {
                let start = item.get("value").and_then(|value| value.get("start"));
                item.get("type").and_then(Tree::as_str) == Some("hypertextlabels")
                    || start.and_then(Tree::as_str).is_some_and(|path| path.starts_with('/'))
            })
        };
        let source = match SourceText::find(&data, self.config, is_html()) {
            Ok(source) => source,
            Err(why) => {
                understood.remark(format!("{why}; the task was left out"), true);
                return understood;
            }
        };
        let named = data.get("article").and_then(Tree::as_str).filter(|name| !name.trim().is_empty());
        understood.article = named.map(str::to_owned);
        let meta = meta_of(&data, &source.key);
        let mut work = minimal(&data, &source);
        work.extend(annotations.into_iter().map(|one| Work::of(one, false)));
        work.extend(predictions.into_iter().map(|one| Work::of(one, true)));
        if work.is_empty() {
            understood.record(meta, CanonicalText::new(&source.text), AnnotationSet::new("", ""));
            return understood;
        }
        self.records(work, &source, &meta, &mut understood);
        understood
    }

    fn records(&self, work: Vec<Work>, source: &SourceText, meta: &ArticleMeta, understood: &mut Task) {
        let mut names = HashSet::new();
        let work: Vec<(Work, ResultParts)> = work
            .into_iter()
            .map(|mut one| {
                let parts = ResultParts::of(std::mem::take(&mut one.result), source);
                (one, parts)
            })
            .collect();
        let unit = self.unit(source, &work, understood);
        let (text, placing) = Placing::new(&source.text, unit);
        let (_, found) = Placing::new(&source.text, OffsetUnit::CodePoints);
        for (mut one, parts) in work {
            let wanted = one.annotator.clone();
            let mut number = 2;
            while !names.insert(one.annotator.clone()) {
                let base = if wanted.is_empty() { "annotation" } else { &wanted };
                one.annotator = format!("{base}-{number}");
                number += 1;
            }
            if one.annotator != wanted {
                let whose = if wanted.is_empty() { "nobody in particular" } else { &wanted };
                understood.remark(
                    format!(
                        "it holds several annotations of {whose}; one was taken in as `{}`",
                        one.annotator
                    ),
                    false,
                );
            }
            let mut set = AnnotationSet::new("", one.annotator);
            set.status = one.status;
            for (what, left_out) in parts.fill(&mut set, &text, source, &placing, &found, &self.schemas) {
                understood.remark(what, left_out);
            }
            for what in one.said {
                understood.remark(what.to_owned(), false);
            }
            understood.record(meta.clone(), text.clone(), set);
        }
    }

    /// What the task's offsets count: what the user says, else what the quoted words say, else code points.
    fn unit(&self, source: &SourceText, work: &[(Work, ResultParts)], understood: &mut Task) -> OffsetUnit {
        if let Some(unit) = self.options.unit {
            return unit;
        }
        let regions = work.iter().flat_map(|(_, parts)| &parts.regions);
        let quoted: Vec<(u32, u32, &str)> = regions
            .filter_map(|region| match (region.place, &region.surface) {
                (Place::Counted(start, end), Some(surface)) => Some((start, end, surface.as_ref())),
                _ => None,
            })
            .collect();
        let evidence = recognise_unit_or(&source.text, &quoted, OffsetUnit::CodePoints);
        if let Some(surprise) = evidence.surprise(OffsetUnit::CodePoints) {
            understood.remark(surprise, false);
        }
        evidence.best(OffsetUnit::CodePoints)
    }
}

/// The tasks of a file, one after another.
struct Reading<'a> {
    file: &'a str,
    sink: &'a mut dyn Sink,
    /// The names that articles got.
    articles: &'a mut HashSet<String>,
    number: usize,
    several: bool,
}

impl Reading<'_> {
    fn file(
        &mut self,
        source: &dyn SourceFiles,
        understanding: &Understanding,
    ) -> Result<ControlFlow<()>, FormatError> {
        let failed = |cause| FormatError::Io { what: "could not read", file: self.file.to_owned(), cause };
        let stream = source.open(self.file).map_err(failed)?;
        // What begins with an object is one task with a file of its own, or one task a line.
        self.several = !self.file.ends_with(".json") || begins_a_list(source, self.file).unwrap_or(true);
        let understand = |task: Members| understanding.task(task);
        let reading = tasks::for_each(stream, &understand, &mut |task| self.task(task)).map_err(failed)?;
        if let Some(why) = reading.broken {
            if reading.tasks == 0 {
                return Err(FormatError::NotThisFormat {
                    file: self.file.to_owned(),
                    format: "label-studio",
                    why: format!("it holds no list of tasks: {why}"),
                });
            }
            self.remark(
                format!("after task {} it cannot be read on: {why}; the rest was left out", reading.tasks),
                true,
            );
        }
        Ok(if reading.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn remark(&mut self, what: String, left_out: bool) {
        let place = match self.number {
            0 => self.file.to_owned(),
            number => format!("{}: task {number}", self.file),
        };
        self.sink.remark(Remark { place, what, left_out });
    }

    fn task(&mut self, task: Task) -> ControlFlow<()> {
        self.number += 1;
        let holds_records = task.said.iter().any(|said| matches!(said, Said::Record(_)));
        let article = match (task.article, holds_records) {
            (Some(article), _) => article,
            (None, true) => self.article(task.id),
            (None, false) => String::new(),
        };
        for said in task.said {
            match said {
                Said::Remark(what, left_out) => self.remark(what, left_out),
                Said::Record(mut record) => {
                    record.set.article.clone_from(&article);
                    self.sink.record(*record)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// What an article is called whose task does not say it: the file and the task's number.
    fn article(&mut self, id: Option<String>) -> String {
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let number = id.unwrap_or_else(|| self.number.to_string());
        let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
        let number: String = number.chars().take(80).map(plain).collect();
        let wanted = if self.several { format!("{stem}-{number}.txt") } else { format!("{stem}.txt") };
        let mut name = wanted.clone();
        let mut again = 2;
        while !self.articles.insert(name.clone()) {
            name = format!("{}-{again}.txt", wanted.strip_suffix(".txt").unwrap_or(&wanted));
            again += 1;
        }
        name
    }
}

fn begins_a_list(source: &dyn SourceFiles, file: &str) -> std::io::Result<bool> {
    let mut stream = source.open(file)?;
    let head = stream.fill_buf()?;
    let head = head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head);
    Ok(head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'['))
}

fn lists<'t>(task: &mut Members<'t>, keys: &[&str]) -> Vec<Members<'t>> {
    let mut all = Vec::new();
    for key in keys {
        // A key of this name that holds something else belongs to the data of an old task.
        if task.get(key).is_some_and(|list| list.as_list().is_some())
            && let Some(Tree::List(items)) = task.remove(key)
        {
            all.extend(items.into_iter().filter_map(|item| match item {
                Tree::Object(item) => Some(item),
                _ => None,
            }));
        }
    }
    all
}

/// One annotation or prediction.
struct Work<'t> {
    annotator: String,
    status: Status,
    result: Vec<Tree<'t>>,
    said: Vec<&'static str>,
}

impl<'t> Work<'t> {
    fn of(mut one: Members<'t>, is_prediction: bool) -> Self {
        let mut said = Vec::new();
        let flag = |key: &str| one.get(key).and_then(Tree::as_bool).unwrap_or(false);
        let is_truth = flag("ground_truth") || flag("honeypot");
        let was_cancelled = flag("was_cancelled") || flag("skipped");
        let text = |key: &str| one.get(key).and_then(Tree::as_str).filter(|text| !text.trim().is_empty());
        let person = one.get("completed_by").and_then(|who| match who {
            Tree::Number(number) => Some(format!("user-{number}")),
            Tree::Text(name) if !name.trim().is_empty() => Some(name.to_string()),
            Tree::Object(who) => {
                let named = ["email", "username", "first_name"].iter().find_map(|key| who.get(key)?.as_str());
                named
                    .filter(|name| !name.trim().is_empty())
                    .map(str::to_owned)
                    .or_else(|| who.get("id").map(|id| format!("user-{}", id.to_json())))
            }
            _ => None,
        });
        let annotator = match (is_prediction, text("annotator")) {
            (_, Some(annotator)) => annotator.to_owned(),
            (true, None) => text("model_version").unwrap_or("prediction").to_owned(),
            (false, None) => match person {
                Some(person) => {
                    if is_truth {
                        said.push("an annotation is marked as ground truth; it was kept as its annotator's, not as gold");
                    }
                    person
                }
                None if is_truth => GOLD.to_owned(),
                None => String::new(),
            },
        };
        if was_cancelled {
            said.push("an annotation was skipped by its annotator; it was kept as unfinished");
        }
        let status = match text("status").and_then(Status::from_name) {
            Some(status) => status,
            None if is_prediction || was_cancelled => Status::InProgress,
            None => Status::Done,
        };
        let result = match one.remove("result") {
            Some(Tree::List(result)) => result,
            _ => Vec::new(),
        };
        Self { annotator, status, result, said }
    }
}

/// The annotation of a task in the form JSON-MIN, where regions stand beside the data under the name of their control.
fn minimal<'t>(data: &Members<'t>, source: &SourceText) -> Vec<Work<'t>> {
    let mut result = Vec::new();
    for (name, value) in data.iter().filter(|(key, _)| *key != source.key) {
        for region in value.as_list().into_iter().flatten().filter_map(Tree::as_object) {
            let mut kinds = region.iter().filter(|(_, value)| value.as_list().is_some());
            let kind = kinds.find(|(key, _)| key.ends_with("labels")).map(|(key, _)| key.to_owned());
            if let Some(kind) = kind.filter(|_| region.has("start") && region.has("end")) {
                let object = source.object.clone().unwrap_or_default();
                result.push(Tree::Object(Members::of(vec![
                    ("from_name".into(), Tree::Text(name.to_owned().into())),
                    ("to_name".into(), Tree::Text(object.into())),
                    ("type".into(), Tree::Text(kind.into())),
                    ("value".into(), Tree::Object(region.clone())),
                ])));
            }
        }
    }
    if result.is_empty() {
        return Vec::new();
    }
    let mut one = Vec::new();
    if let Some(annotator) = data.get("annotator") {
        one.push(("completed_by".into(), annotator.clone()));
    }
    one.push(("result".into(), Tree::List(result)));
    vec![Work::of(Members::of(one), false)]
}

fn meta_of(data: &Members, text_key: &str) -> ArticleMeta {
    let mut meta = ArticleMeta::default();
    for (key, value) in data.iter() {
        let known = key == text_key || key == "article" || key == "id";
        let value = match value {
            Tree::Object(more) if key == "meta" => {
                for (key, value) in more.iter() {
                    if let Some(value) = value.as_str() {
                        meta.extra.push((key.to_owned(), value.to_owned()));
                    }
                }
                continue;
            }
            // Lists and objects are regions of JSON-MIN, other objects' data, …
            Tree::Null | Tree::List(_) | Tree::Object(_) => continue,
            _ if known => continue,
            Tree::Text(text) => text.to_string(),
            other => other.to_json().to_string(),
        };
        let slot = match key {
            "title" => &mut meta.title,
            "date" => &mut meta.date,
            "source" => &mut meta.source,
            "url" => &mut meta.url,
            "author" => &mut meta.author,
            "language" => &mut meta.language,
            _ => {
                meta.extra.push((key.to_owned(), value));
                continue;
            }
        };
        *slot = Some(value);
    }
    meta
}
