//! Reading `doccano`.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::draft::{Draft, DraftRelation, DraftSpan, put_meta};
use super::super::json_source::each_object;
use super::super::json_value::plain;
use super::super::loose::Given;
use super::super::{FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles};
use super::edges::Edges;
use super::line::{self, Entry, Line};
use super::write::OWN_KEYS;
use crate::model::{Status, file_stem};

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let wanted = |file: &&String| {
        files.len() == 1 || [".jsonl", ".ndjson", ".json"].iter().any(|ending| file.ends_with(ending))
    };
    let files: Vec<&String> = files.iter().filter(wanted).collect();
    let by_user = files.len() > 1 && is_by_user(source, &files)?;
    for file in files {
        let mut reading = Reading { file, by_user, options, edges: Edges::default() };
        let flow = each_object(source, file, "doccano", &[], sink, &mut |sink, place, number, line| {
            reading.line(sink, place, number, line)
        })?;
        reading.edges.tell(file, options, sink);
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether several files hold the same texts under the same ids, as exports with a file for each user do. Keeps two numbers a line.
fn is_by_user(source: &dyn SourceFiles, files: &[&String]) -> Result<bool, FormatError> {
    struct Nobody;
    impl Sink for Nobody {
        fn record(&mut self, _record: Record) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
        fn remark(&mut self, _remark: Remark) {}
    }
    let mut seen: HashMap<(String, u64), usize> = HashMap::new();
    let mut same = false;
    for (number, file) in files.iter().enumerate() {
        let flow = each_object(
            source,
            file,
            "doccano",
            &[],
            &mut Nobody,
            &mut |_, _, _, Line { rest: object, .. }| {
                let (Some(id), Some(Json::String(text))) = (object.get("id"), object.get("text")) else {
                    return Ok(ControlFlow::Continue(()));
                };
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                let first = *seen.entry((id.to_string(), hasher.finish())).or_insert(number);
                same |= first != number;
                Ok(if same { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            },
        );
        // A file that cannot be read is told when it is read in earnest.
        if matches!(flow, Err(FormatError::Io { .. })) || same {
            break;
        }
    }
    Ok(same)
}

struct Reading<'a> {
    file: &'a str,
    by_user: bool,
    options: &'a ReadOptions<'a>,
    edges: Edges,
}

/// The spans of one annotator, and the relations.
type Said = (Vec<DraftSpan>, Vec<DraftRelation>);

impl Reading<'_> {
    fn line(
        &mut self,
        sink: &mut dyn Sink,
        place: &str,
        number: usize,
        mut line: Line,
    ) -> Result<ControlFlow<()>, String> {
        let list = line.take_spans();
        let mut object = line.rest;
        let text = match object.remove("text").or_else(|| object.remove("data")) {
            Some(Json::String(text)) => text,
            Some(_) => return Err("its `text` is no text".to_owned()),
            None => return Err("it has no `text`".to_owned()),
        };
        let mut faults = Vec::new();
        let relations = relations(object.remove("relations"), &mut faults);
        let (mut by_annotator, from_users) = self.spans(&object, list, &mut faults)?;
        if let Some((_, last)) = by_annotator.iter_mut().next_back().filter(|_| !relations.is_empty()) {
            last.1 = relations;
        }
        for fault in faults {
            sink.remark(Remark {
                place: place.to_owned(),
                what: format!("{fault}; it was left out"),
                left_out: true,
            });
        }
        let article = self.article(&object, number);
        let annotator = match object.get("annotator") {
            Some(Json::String(name)) => name.clone(),
            _ if self.by_user => file_stem(self.file).to_owned(),
            _ => String::new(),
        };
        let status = object.get("status").and_then(Json::as_str).and_then(Status::from_name);
        let mut meta = crate::model::ArticleMeta::default();
        let nested = object.remove("meta").or_else(|| object.remove("metadata"));
        if let Some(Json::Object(nested)) = nested {
            for (name, value) in nested {
                put_meta(&mut meta, &name, plain(value).unwrap_or_default());
            }
        }
        for (name, value) in object {
            let is_known = matches!(name.as_str(), "article" | "annotator" | "status");
            if !is_known && !OWN_KEYS.contains(&name.as_str()) {
                put_meta(&mut meta, &name, plain(value).unwrap_or_default());
            }
        }
        for (user, (spans, relations)) in by_annotator {
            self.edges.look(&text, &spans);
            let draft = Draft {
                article: article.clone(),
                annotator: if from_users { user } else { annotator.clone() },
                meta: meta.clone(),
                status,
                text: text.clone(),
                spans,
                relations,
                ..Draft::default()
            };
            let record = draft.into_record(place, OffsetUnit::Utf16, self.options, sink);
            if sink.record(record).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The spans, by annotator; whether the line itself says whose they are.
    fn spans(
        &self,
        object: &Map<String, Json>,
        list: Given<Vec<Given<Entry>>>,
        faults: &mut Vec<String>,
    ) -> Result<(BTreeMap<String, Said>, bool), String> {
        let mut said: BTreeMap<String, Said> = BTreeMap::new();
        if let Some(Json::Array(annotations)) = object.get("annotations") {
            let annotations = annotations.clone();
            for (place, annotation) in annotations.into_iter().enumerate() {
                let user = match annotation.get("user").or_else(|| annotation.get("username")) {
                    Some(Json::String(name)) => name.clone(),
                    Some(Json::Number(number)) => number.to_string(),
                    _ => String::new(),
                };
                match span(annotation) {
                    // Ids of old exports are those of the annotation, and not given.
                    Ok(span) => said.entry(user).or_default().0.push(span),
                    Err(what) => faults.push(format!("annotation {}: {what}", place + 1)),
                }
            }
            let from_users = said.keys().any(|user| !user.is_empty());
            if said.is_empty() {
                said.insert(String::new(), Said::default());
            }
            return Ok((said, from_users));
        }
        let mut spans = Vec::new();
        match list {
            Given::Nothing => {}
            Given::Right(list) => {
                spans.reserve(list.len());
                for (place, entry) in list.into_iter().enumerate() {
                    let read = match entry {
                        Given::Right(Entry(read)) => read,
                        Given::Nothing => span(Json::Null),
                        Given::Wrong(other) => span(other),
                    };
                    match read {
                        Ok(span) => spans.push(span),
                        Err(what) => faults.push(format!("span {}: {what}", place + 1)),
                    }
                }
            }
            Given::Wrong(_) => {
                return Err("its `label` is no list of spans (labels of whole texts are not read)".to_owned());
            }
        }
        said.insert(String::new(), (spans, Vec::new()));
        Ok((said, false))
    }

    fn article(&self, object: &Map<String, Json>, number: usize) -> String {
        if let Some(Json::String(article)) = object.get("article").filter(|said| **said != *"") {
            return article.clone();
        }
        let id = match object.get("id") {
            Some(Json::Number(id)) => id.to_string(),
            Some(Json::String(id)) if !id.is_empty() => id.clone(),
            _ => number.to_string(),
        };
        match self.by_user {
            true => format!("doccano-{id}.txt"),
            false => format!("{}-{id}.txt", file_stem(self.file)),
        }
    }
}

fn whole(value: Option<&Json>, name: &str) -> Result<u32, String> {
    let number = value.ok_or_else(|| format!("it has no `{name}`"))?;
    let said = number
        .as_u64()
        .or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as u64));
    said.and_then(|n| u32::try_from(n).ok())
        .ok_or_else(|| format!("`{name}` is {number} and should be a whole number from 0"))
}

fn name(value: Option<&Json>, key: &str) -> Result<String, String> {
    match value {
        Some(Json::String(name)) if !name.is_empty() => Ok(name.clone()),
        Some(Json::Number(number)) => Ok(number.to_string()),
        Some(other) => Err(format!("`{key}` is {other} and should be a name")),
        None => Err(format!("it has no `{key}`")),
    }
}

fn span(entry: Json) -> Result<DraftSpan, String> {
    let (id, label, start, end) = match &entry {
        Json::Array(triple) => {
            let [start, end, label] = triple.as_slice() else {
                return Err(format!("{entry} is not [start, end, label]"));
            };
            (None, name(Some(label), "label")?, whole(Some(start), "start")?, whole(Some(end), "end")?)
        }
        Json::Object(object) => {
            let id = object.get("id").and_then(Json::as_u64).map(|id| format!("s{id}"));
            let label = name(object.get("label"), "label")?;
            let start = whole(object.get("start_offset").or_else(|| object.get("start")), "start_offset")?;
            let end = whole(object.get("end_offset").or_else(|| object.get("end")), "end_offset")?;
            (id, label, start, end)
        }
        _ => return Err(format!("{entry} is no span")),
    };
    line::span(id, label, start, end)
}

fn relations(list: Option<Json>, faults: &mut Vec<String>) -> Vec<DraftRelation> {
    let Some(Json::Array(list)) = list else { return Vec::new() };
    let relation = |entry: &Json| {
        let end = |key: &str| -> Result<String, String> {
            let id = entry.get(key).and_then(Json::as_u64).ok_or_else(|| format!("it has no `{key}`"))?;
            Ok(format!("s{id}"))
        };
        Ok::<_, String>(DraftRelation {
            id: entry.get("id").and_then(Json::as_u64).map(|id| format!("r{id}")),
            label: name(entry.get("type").or_else(|| entry.get("label")), "type")?,
            from: end("from_id")?,
            to: end("to_id")?,
            ..DraftRelation::default()
        })
    };
    let mut read = Vec::new();
    for (place, entry) in list.iter().enumerate() {
        match relation(entry) {
            Ok(relation) => read.push(relation),
            Err(what) => faults.push(format!("relation {}: {what}", place + 1)),
        }
    }
    read
}
