//! Reading `doccano`.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::super::draft::{Draft, DraftRelation, DraftSpan, put_meta};
use super::super::json_source::each_object;
use super::super::json_value::plain;
use super::super::{FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, UnitConverter};
use super::write::OWN_KEYS;
use crate::model::{Status, file_stem};
use crate::text::{CodePoint, tokens};

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
        let flow = each_object(source, file, "doccano", &[], sink, &mut |sink, place, number, object| {
            reading.line(sink, place, number, object)
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
        let flow = each_object(source, file, "doccano", &[], &mut Nobody, &mut |_, _, _, object| {
            let (Some(id), Some(Json::String(text))) = (object.get("id"), object.get("text")) else {
                return Ok(ControlFlow::Continue(()));
            };
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            let first = *seen.entry((id.to_string(), hasher.finish())).or_insert(number);
            same |= first != number;
            Ok(if same { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
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
        mut object: Map<String, Json>,
    ) -> Result<ControlFlow<()>, String> {
        let text = match object.remove("text").or_else(|| object.remove("data")) {
            Some(Json::String(text)) => text,
            Some(_) => return Err("its `text` is no text".to_owned()),
            None => return Err("it has no `text`".to_owned()),
        };
        let mut faults = Vec::new();
        let relations = relations(object.remove("relations"), &mut faults);
        let (mut by_annotator, from_users) = self.spans(&mut object, &mut faults)?;
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
        object: &mut Map<String, Json>,
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
        let list = ["entities", "label", "labels"].iter().find_map(|key| object.remove(*key));
        let mut spans = Vec::new();
        match list {
            None | Some(Json::Null) => {}
            Some(Json::Array(list)) => {
                for (place, entry) in list.into_iter().enumerate() {
                    match span(entry) {
                        Ok(span) => spans.push(span),
                        Err(what) => faults.push(format!("span {}: {what}", place + 1)),
                    }
                }
            }
            Some(_) => {
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
    if end < start {
        return Err(format!("[{start}, {end}] ends before it starts"));
    }
    Ok(DraftSpan { id, label, parts: vec![(start, end)], ..DraftSpan::default() })
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

/// How many edges of spans are edges of words, unit by unit, in texts in which the units differ. doccano quotes no words, so this is the
/// only evidence there is.
#[derive(Default)]
struct Edges {
    fits: [usize; OffsetUnit::ALL.len()],
    seen: usize,
}

impl Edges {
    fn look(&mut self, text: &str, spans: &[DraftSpan]) {
        if spans.is_empty() || text.is_ascii() {
            return;
        }
        let starts: std::collections::HashSet<u32> = {
            let mut edges = std::collections::HashSet::new();
            let (mut byte, mut at) = (0, 0u32);
            for token in tokens(text) {
                for edge in [token.start, token.end] {
                    at += text[byte..edge].chars().count() as u32;
                    byte = edge;
                    edges.insert(at);
                }
            }
            edges
        };
        for (slot, unit) in OffsetUnit::ALL.into_iter().enumerate() {
            let units = UnitConverter::new(text, unit);
            let is_edge =
                |offset: u32| units.to_code_point(offset).is_some_and(|CodePoint(at)| starts.contains(&at));
            let ends =
                spans.iter().flat_map(|span| span.parts.iter().flat_map(|(start, end)| [*start, *end]));
            self.fits[slot] += ends.filter(|offset| is_edge(*offset)).count();
        }
        self.seen += spans.len() * 2;
    }

    /// Says so if another unit than the one that was read by makes more edges of spans edges of words.
    fn tell(&self, file: &str, options: &ReadOptions, sink: &mut dyn Sink) {
        if options.unit.is_some() {
            return;
        }
        let fits = |unit: OffsetUnit| self.fits[unit as usize];
        let best = [OffsetUnit::CodePoints, OffsetUnit::Graphemes]
            .into_iter()
            .fold(OffsetUnit::Utf16, |best, unit| if fits(unit) > fits(best) { unit } else { best });
        if best != OffsetUnit::Utf16 {
            let what = format!(
                "read as UTF-16, as doccano counts, {} of {} edges of spans are edges of words; as {best} {} would be. If that is \
                 what was meant, import again with --offset-unit {best}",
                fits(OffsetUnit::Utf16),
                self.seen,
                fits(best)
            );
            sink.remark(Remark { place: file.to_owned(), what, left_out: false });
        }
    }
}
