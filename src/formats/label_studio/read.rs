//! Reading tasks.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::placing::Placing;
use super::super::xml::{whole_file, xml_text};
use super::super::{
    FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, recognise_unit_or,
};
use super::config::{Config, read_config};
use super::result::ResultParts;
use super::source_text::{Place, SourceText};
use super::tasks;
use crate::model::{AnnotationSet, ArticleMeta, GOLD, Schema, Status};
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
        let mut reading =
            Reading { file, options, config, sink, articles: &mut articles, number: 0, several: true };
        if reading.file(source)?.is_break() {
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

struct Reading<'a> {
    file: &'a str,
    options: &'a ReadOptions<'a>,
    config: Option<&'a Config>,
    sink: &'a mut dyn Sink,
    /// The names that articles got.
    articles: &'a mut HashSet<String>,
    number: usize,
    several: bool,
}

impl Reading<'_> {
    fn file(&mut self, source: &dyn SourceFiles) -> Result<ControlFlow<()>, FormatError> {
        let failed = |cause| FormatError::Io { what: "could not read", file: self.file.to_owned(), cause };
        let stream = source.open(self.file).map_err(failed)?;
        // What begins with an object is one task with a file of its own, or one task a line.
        self.several = !self.file.ends_with(".json") || begins_a_list(source, self.file).unwrap_or(true);
        let reading = tasks::for_each(stream, &mut |task| self.task(task)).map_err(failed)?;
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

    fn task(&mut self, mut task: Map<String, Json>) -> ControlFlow<()> {
        self.number += 1;
        let annotations = lists(&mut task, &["annotations", "completions"]);
        let predictions = lists(&mut task, &["predictions"]);
        let id = task.get("id").filter(|id| id.is_number() || id.is_string()).cloned();
        let data = match task.remove("data") {
            Some(Json::Object(data)) => data,
            // Before version 1.0 a task was its data.
            Some(_) | None => task,
        };
        let is_html = || {
            let mut results = annotations.iter().chain(&predictions).filter_map(|one| one.get("result"));
            results.any(|result| {
                result.as_array().into_iter().flatten().any(|item| {
                    let by_path = item.pointer("/value/start").and_then(Json::as_str);
                    item.get("type").and_then(Json::as_str) == Some("hypertextlabels")
                        || by_path.is_some_and(|path| path.starts_with('/'))
                })
            })
        };
        let source = match SourceText::find(&data, self.config, is_html()) {
            Ok(source) => source,
            Err(why) => {
                self.remark(format!("{why}; the task was left out"), true);
                return ControlFlow::Continue(());
            }
        };
        let article = self.article(&data, id.as_ref());
        let meta = meta_of(&data, &source.key);
        let mut work = minimal(&data, &source);
        work.extend(annotations.into_iter().map(|one| Work::of(one, false)));
        work.extend(predictions.into_iter().map(|one| Work::of(one, true)));
        if work.is_empty() {
            let text = CanonicalText::new(&source.text);
            let mut set = AnnotationSet::new(article, "");
            set.fingerprint = text.fingerprint().to_owned();
            set.length = text.len();
            return self.sink.record(Record { meta, text, set });
        }
        self.records(work, &source, &article, &meta)
    }

    fn records(
        &mut self,
        work: Vec<Work>,
        source: &SourceText,
        article: &str,
        meta: &ArticleMeta,
    ) -> ControlFlow<()> {
        let mut names = HashSet::new();
        let work: Vec<(Work, ResultParts)> = work
            .into_iter()
            .map(|mut one| {
                let parts = ResultParts::of(std::mem::take(&mut one.result), source);
                (one, parts)
            })
            .collect();
        let unit = self.unit(source, &work);
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
                self.remark(
                    format!(
                        "it holds several annotations of {whose}; one was taken in as `{}`",
                        one.annotator
                    ),
                    false,
                );
            }
            let mut set = AnnotationSet::new(article, one.annotator);
            set.fingerprint = text.fingerprint().to_owned();
            set.length = text.len();
            set.status = one.status;
            let schemas: Vec<&Schema> = std::iter::once(self.options.schema)
                .chain(self.config.map(|config| &config.schema))
                .collect();
            for (what, left_out) in parts.fill(&mut set, &text, source, &placing, &found, &schemas) {
                self.remark(what, left_out);
            }
            for what in one.said {
                self.remark(what.to_owned(), false);
            }
            self.sink.record(Record { meta: meta.clone(), text: text.clone(), set })?;
        }
        ControlFlow::Continue(())
    }

    /// What the task's offsets count: what the user says, else what the quoted words say, else code points.
    fn unit(&mut self, source: &SourceText, work: &[(Work, ResultParts)]) -> OffsetUnit {
        if let Some(unit) = self.options.unit {
            return unit;
        }
        let regions = work.iter().flat_map(|(_, parts)| &parts.regions);
        let quoted: Vec<(u32, u32, &str)> = regions
            .filter_map(|region| match (region.place, &region.surface) {
                (Place::Counted(start, end), Some(surface)) => Some((start, end, surface.as_str())),
                _ => None,
            })
            .collect();
        let evidence = recognise_unit_or(&source.text, &quoted, OffsetUnit::CodePoints);
        if let Some(surprise) = evidence.surprise(OffsetUnit::CodePoints) {
            self.remark(surprise, false);
        }
        evidence.best(OffsetUnit::CodePoints)
    }

    /// What the article is called: what the task says, else the file and the task's number.
    fn article(&mut self, data: &Map<String, Json>, id: Option<&Json>) -> String {
        if let Some(article) =
            data.get("article").and_then(Json::as_str).filter(|name| !name.trim().is_empty())
        {
            return article.to_owned();
        }
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let number = match id {
            Some(Json::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => self.number.to_string(),
        };
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

use std::io::BufRead as _;

fn lists(task: &mut Map<String, Json>, keys: &[&str]) -> Vec<Map<String, Json>> {
    let mut all = Vec::new();
    for key in keys {
        // A key of this name that holds something else belongs to the data of an old task.
        if task.get(*key).is_some_and(|list| list.is_array())
            && let Some(Json::Array(items)) = task.remove(*key)
        {
            all.extend(items.into_iter().filter_map(|item| match item {
                Json::Object(item) => Some(item),
                _ => None,
            }));
        }
    }
    all
}

/// One annotation or prediction.
struct Work {
    annotator: String,
    status: Status,
    result: Vec<Json>,
    said: Vec<&'static str>,
}

impl Work {
    fn of(mut one: Map<String, Json>, is_prediction: bool) -> Self {
        let mut said = Vec::new();
        let flag = |key: &str| one.get(key).and_then(Json::as_bool).unwrap_or(false);
        let is_truth = flag("ground_truth") || flag("honeypot");
        let was_cancelled = flag("was_cancelled") || flag("skipped");
        let text = |key: &str| one.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
        let person = one.get("completed_by").and_then(|who| match who {
            Json::Number(number) => Some(format!("user-{number}")),
            Json::String(name) if !name.trim().is_empty() => Some(name.clone()),
            Json::Object(who) => {
                let named =
                    ["email", "username", "first_name"].iter().find_map(|key| who.get(*key)?.as_str());
                named
                    .filter(|name| !name.trim().is_empty())
                    .map(str::to_owned)
                    .or_else(|| who.get("id").map(|id| format!("user-{id}")))
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
            Some(Json::Array(result)) => result,
            _ => Vec::new(),
        };
        Self { annotator, status, result, said }
    }
}

/// The annotation of a task in the form JSON-MIN, where regions stand beside the data under the name of their control.
fn minimal(data: &Map<String, Json>, source: &SourceText) -> Vec<Work> {
    let mut result = Vec::new();
    for (name, value) in data.iter().filter(|(key, _)| **key != source.key) {
        for region in value.as_array().into_iter().flatten().filter_map(Json::as_object) {
            let kind = region.keys().find(|key| key.ends_with("labels") && region[key.as_str()].is_array());
            if let Some(kind) = kind.filter(|_| region.contains_key("start") && region.contains_key("end")) {
                result.push(serde_json::json!({
                    "from_name": name, "to_name": source.object.as_deref().unwrap_or_default(),
                    "type": kind, "value": region,
                }));
            }
        }
    }
    if result.is_empty() {
        return Vec::new();
    }
    let mut one = Map::new();
    if let Some(annotator) = data.get("annotator") {
        one.insert("completed_by".to_owned(), annotator.clone());
    }
    one.insert("result".to_owned(), Json::Array(result));
    vec![Work::of(one, false)]
}

fn meta_of(data: &Map<String, Json>, text_key: &str) -> ArticleMeta {
    let mut meta = ArticleMeta::default();
    for (key, value) in data {
        let known = key == text_key || key == "article" || key == "id";
        let value = match value {
            Json::Object(more) if key == "meta" => {
                for (key, value) in more {
                    if let Some(value) = value.as_str() {
                        meta.extra.push((key.clone(), value.to_owned()));
                    }
                }
                continue;
            }
            // Lists and objects are regions of JSON-MIN, other objects' data, …
            Json::Null | Json::Array(_) | Json::Object(_) => continue,
            _ if known => continue,
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let slot = match key.as_str() {
            "title" => &mut meta.title,
            "date" => &mut meta.date,
            "source" => &mut meta.source,
            "url" => &mut meta.url,
            "author" => &mut meta.author,
            "language" => &mut meta.language,
            _ => {
                meta.extra.push((key.clone(), value));
                continue;
            }
        };
        *slot = Some(value);
    }
    meta
}
