//! Reading annotations: a page, a collection, a list, or a single one.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value as Json;

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::rest::{About, Rest};
use super::super::xml::whole_file;
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use crate::model::{Relation, Status};

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let ours = |file: &&String| files.len() == 1 || file.ends_with(".jsonld") || file.ends_with(".json");
    for file in files.iter().filter(ours) {
        let bytes = whole_file(source, file)?;
        let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
        let json: Json = match serde_json::from_slice(bytes) {
            Ok(json) => json,
            Err(error) => {
                let what = format!("it is no JSON: {error}; it was left out");
                sink.remark(Remark { place: file.clone(), what, left_out: true });
                continue;
            }
        };
        let mut reading = Reading::default();
        for item in items(json) {
            if let Err(why) = reading.item(&item) {
                *reading.faults.entry(why).or_default() += 1;
            }
        }
        for (why, count) in std::mem::take(&mut reading.faults) {
            let what = format!("{why} ({count}×); left out");
            sink.remark(Remark { place: file.clone(), what, left_out: true });
        }
        if reading.give(file, options, sink) {
            break;
        }
    }
    Ok(())
}

fn items(json: Json) -> Vec<Json> {
    match json {
        Json::Array(list) => list,
        Json::Object(mut object) => match (object.remove("items"), object.remove("first")) {
            (Some(Json::Array(list)), _) => list,
            (_, Some(first @ Json::Object(_))) => match first {
                Json::Object(mut page) => match page.remove("items") {
                    Some(Json::Array(list)) => list,
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            },
            _ => vec![Json::Object(object)],
        },
        other => vec![other],
    }
}

fn each(value: Option<&Json>) -> &[Json] {
    match value {
        None | Some(Json::Null) => &[],
        Some(Json::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}

fn text<'j>(value: &'j Json, key: &str) -> Option<&'j str> {
    value.get(key).and_then(Json::as_str)
}

/// The address of a thing that is told by its address or by an object.
fn address(value: &Json) -> Option<&str> {
    value.as_str().or_else(|| text(value, "id"))
}

#[derive(Default)]
struct Reading {
    texts: HashMap<String, String>,
    drafts: BTreeMap<(String, String), Draft>,
    faults: BTreeMap<String, usize>,
}

impl Reading {
    fn item(&mut self, item: &Json) -> Result<(), String> {
        let is_annotation = each(item.get("type")).iter().any(|kind| kind == "Annotation");
        if !is_annotation {
            return Err("an item is not of the type `Annotation`".to_owned());
        }
        let targets = each(item.get("target"));
        let first = targets.first().ok_or("an annotation has no target")?;
        let source = first
            .get("source")
            .and_then(address)
            .or_else(|| address(first))
            .ok_or("a target has no source")?;
        let creator = each(item.get("creator")).first();
        let annotator =
            creator.and_then(|who| text(who, "name").or_else(|| address(who))).unwrap_or_default().to_owned();
        let bodies = each(item.get("body"));
        let value_of = |purpose: &str, format: Option<&str>| {
            bodies.iter().find(|body| {
                let purposes = each(body.get("purpose")).iter().any(|there| there == purpose);
                purposes && format.is_none_or(|format| text(body, "format") == Some(format))
            })
        };
        let json = value_of("describing", Some("application/json")).and_then(|body| text(body, "value"));
        let motivated = |by: &str| each(item.get("motivation")).iter().any(|there| there == by);
        let key = |source: &str| (source.to_owned(), annotator.clone());
        if motivated("describing") && !first.is_object() {
            let body = value_of("describing", Some("text/plain")).ok_or("a description has no text")?;
            let said = text(body, "value").ok_or("a description has no text")?;
            self.texts.insert(source.to_owned(), said.to_owned());
            let draft = self.drafts.entry(key(source)).or_default();
            if let Some(about) = json.and_then(About::from_json) {
                draft.meta = about.article_meta();
                draft.status = Status::from_name(&about.status);
                draft.fields = about.fields;
                draft.article = about.article;
            }
            return Ok(());
        }
        if motivated("linking")
            && let Some(relation) = json.and_then(|json| serde_json::from_str::<Relation>(json).ok())
        {
            // Its article is that of the span's annotation, whose address begins in the same way.
            let article =
                source.strip_prefix("urn:postil:annotation:").and_then(|rest| rest.split(':').next());
            let source = format!("urn:postil:article:{}", article.unwrap_or_default());
            self.drafts.entry(key(&source)).or_default().relations.push(DraftRelation {
                id: Some(relation.id.as_str().to_owned()),
                label: relation.label,
                from: relation.from.as_str().to_owned(),
                to: relation.to.as_str().to_owned(),
                fields: relation.fields,
            });
            return Ok(());
        }
        let (mut parts, mut quoted) = (Vec::new(), None);
        for target in targets {
            let selectors = each(target.get("selector"));
            let of = |kind: &str| selectors.iter().find(|one| text(one, "type") == Some(kind));
            let at = |one: &Json, key: &str| {
                one.get(key).and_then(Json::as_u64).and_then(|n| u32::try_from(n).ok())
            };
            let place = of("TextPositionSelector").and_then(|one| at(one, "start").zip(at(one, "end")));
            parts.push(place.ok_or("an annotation has no text position")?);
            quoted = of("TextQuoteSelector").and_then(|one| text(one, "exact")).map(str::to_owned);
        }
        let rest = json.and_then(Rest::from_json).unwrap_or_default();
        let label = value_of("tagging", None)
            .or_else(|| bodies.first())
            .and_then(|body| text(body, "value").or_else(|| address(body)))
            .unwrap_or("annotation");
        let note = value_of("commenting", None).and_then(|body| text(body, "value")).unwrap_or_default();
        let draft = self.drafts.entry(key(source)).or_default();
        draft.spans.push(DraftSpan {
            id: rest.id,
            label: label.to_owned(),
            text: if parts.len() == 1 { quoted } else { rest.text },
            parts,
            fields: rest.fields,
            note: note.to_owned(),
        });
        Ok(())
    }

    /// Gives the records; says whether to stop.
    fn give(self, file: &str, options: &ReadOptions, sink: &mut dyn Sink) -> bool {
        for ((source, annotator), mut draft) in self.drafts {
            let place = format!("{file}: {source}");
            let Some(text) = self.texts.get(&source) else {
                let count = draft.spans.len() + draft.relations.len();
                let what = format!(
                    "its text is not in the file and nothing is fetched; {count} annotations were left out"
                );
                sink.remark(Remark { place, what, left_out: true });
                continue;
            };
            draft.text.clone_from(text);
            draft.annotator = annotator;
            if draft.article.is_empty() {
                let name = source.rsplit(['/', ':']).next().unwrap_or("article");
                draft.article = if name.contains('.') { name.to_owned() } else { format!("{name}.txt") };
            }
            let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
            if sink.record(record).is_break() {
                return true;
            }
        }
        false
    }
}
