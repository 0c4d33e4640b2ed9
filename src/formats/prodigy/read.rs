//! Reading `prodigy`.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::json_record::{take_about, take_meta, take_span_rest};
use super::super::json_source::each_object;
use super::super::json_value::{fields_from, plain};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
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
    for file in files.iter().filter(wanted) {
        let mut reading =
            Reading { file, options, names: HashMap::new(), taken: HashSet::new(), rejected: 0 };
        let flow =
            each_object(source, file, "prodigy", &["tokens"], sink, &mut |sink, place, number, task| {
                reading.task(sink, place, number, task)
            })?;
        if reading.rejected > 0 {
            let what = format!(
                "{} rejected answers are not what anybody holds true, and were left out",
                reading.rejected
            );
            sink.remark(Remark { place: file.clone(), what, left_out: true });
        }
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

struct Reading<'a> {
    file: &'a str,
    options: &'a ReadOptions<'a>,
    /// What the article of a text without a path of its own is called, by the text's hash.
    names: HashMap<u64, String>,
    /// Who has annotated which text already.
    taken: HashSet<(u64, String)>,
    rejected: usize,
}

impl Reading<'_> {
    fn task(
        &mut self,
        sink: &mut dyn Sink,
        place: &str,
        number: usize,
        mut task: Map<String, Json>,
    ) -> Result<ControlFlow<()>, String> {
        let Some(Json::String(text)) = task.remove("text") else {
            return Err("it has no `text` (tasks of pictures and sound are not read)".to_owned());
        };
        let answer = task.get("answer").and_then(Json::as_str).unwrap_or("accept").to_owned();
        if answer == "reject" {
            self.rejected += 1;
            return Ok(ControlFlow::Continue(()));
        }
        let mut draft = Draft { text, ..Draft::default() };
        take_meta(task.remove("meta"), &mut draft.meta);
        take_about(&mut task, &mut draft);
        if draft.annotator.is_empty() {
            let whose = ["_annotator_id", "_session_id"].iter().find_map(|key| task.get(*key)?.as_str());
            draft.annotator = whose.unwrap_or_default().to_owned();
        }
        if draft.article.is_empty() {
            draft.article = self.article(&draft, number);
        }
        let mut faults = Vec::new();
        let mut ids: HashMap<(u64, u64, String), String> = HashMap::new();
        if answer == "ignore" {
            let ignored = task.get("spans").and_then(Json::as_array).map_or(0, Vec::len);
            if ignored > 0 {
                faults.push(format!(
                    "the answer is `ignore`, so the text was read without its {ignored} spans"
                ));
            }
            draft.status = Some(Status::Untouched);
        } else {
            // Spans without an id get one here, so that relations can name them.
            let given: HashSet<String> =
                entries(&task, "spans").filter_map(|span| span.get("id").cloned().and_then(plain)).collect();
            let mut fresh = (1u64..).map(|n| format!("s{n}")).filter(|id| !given.contains(id));
            for (number, entry) in entries(&task, "spans").enumerate() {
                match span(entry.clone()) {
                    Ok(mut span) => {
                        let id = span.id.take().or_else(|| fresh.next()).unwrap_or_default();
                        if let Some(key) = key_of(entry) {
                            ids.entry(key).or_insert_with(|| id.clone());
                        }
                        draft.spans.push(DraftSpan { id: Some(id), ..span });
                    }
                    Err(what) => faults.push(format!("span {}: {what}; it was left out", number + 1)),
                }
            }
            for (number, entry) in entries(&task, "relations").enumerate() {
                match relation(entry, &ids) {
                    Ok(relation) => draft.relations.push(relation),
                    Err(what) => faults.push(format!("relation {}: {what}; it was left out", number + 1)),
                }
            }
            draft.status = draft
                .status
                .or((!task.contains_key("answer")).then_some(Status::InProgress))
                .or(Some(Status::Done));
        }
        for what in faults {
            sink.remark(Remark { place: place.to_owned(), what, left_out: true });
        }
        let record = draft.into_record(place, OffsetUnit::CodePoints, self.options, sink);
        Ok(sink.record(record))
    }

    /// A name for the article: the same for the same text of several annotators, another for the same text of one.
    fn article(&mut self, draft: &Draft, number: usize) -> String {
        let mut hasher = DefaultHasher::new();
        draft.text.hash(&mut hasher);
        let hash = hasher.finish();
        let fresh = format!("{}-{number}.txt", file_stem(self.file));
        match self.taken.insert((hash, draft.annotator.clone())) {
            true => self.names.entry(hash).or_insert(fresh).clone(),
            false => fresh,
        }
    }
}

fn entries<'t>(task: &'t Map<String, Json>, key: &str) -> impl Iterator<Item = &'t Json> {
    task.get(key).and_then(Json::as_array).into_iter().flatten()
}

/// What relations know a span by.
fn key_of(span: &Json) -> Option<(u64, u64, String)> {
    let label = span.get("label").and_then(Json::as_str).unwrap_or_default();
    Some((span.get("start")?.as_u64()?, span.get("end")?.as_u64()?, label.to_owned()))
}

fn span(entry: Json) -> Result<DraftSpan, String> {
    let Json::Object(mut object) = entry else { return Err(format!("{entry} is no span")) };
    let offset = |key: &str| {
        let said = object.get(key).ok_or_else(|| format!("it has no `{key}`"))?;
        let number = said.as_u64().and_then(|n| u32::try_from(n).ok());
        number.ok_or_else(|| format!("`{key}` is {said} and should be a whole number from 0"))
    };
    let (start, end) = (offset("start")?, offset("end")?);
    if end < start {
        return Err(format!("[{start}, {end}] ends before it starts"));
    }
    let label = object
        .remove("label")
        .and_then(plain)
        .filter(|label| !label.is_empty())
        .ok_or("it has no `label`")?;
    let mut span = DraftSpan { label, parts: vec![(start, end)], ..DraftSpan::default() };
    take_span_rest(&mut object, &mut span);
    Ok(span)
}

fn relation(entry: &Json, ids: &HashMap<(u64, u64, String), String>) -> Result<DraftRelation, String> {
    let end = |key: &str| {
        let span = entry
            .get(key)
            .ok_or_else(|| format!("it has no `{key}` (dependencies between bare tokens are not read)"))?;
        let own = span.get("id").and_then(Json::as_str).map(str::to_owned);
        let found = || key_of(span).and_then(|key| ids.get(&key).cloned());
        own.or_else(found).ok_or_else(|| format!("its `{key}` is none of the spans"))
    };
    let fields = match entry.get("fields") {
        Some(Json::Object(fields)) => fields_from(fields.clone())?,
        _ => Default::default(),
    };
    Ok(DraftRelation {
        id: entry.get("id").and_then(Json::as_str).map(str::to_owned),
        label: entry.get("label").and_then(Json::as_str).ok_or("it has no `label`")?.to_owned(),
        from: end("head_span")?,
        to: end("child_span")?,
        fields,
    })
}
