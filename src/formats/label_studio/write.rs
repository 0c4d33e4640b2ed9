//! Writing tasks and the configuration.

use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Write};

use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::super::placing::Offsets;
use super::super::{
    FormatError, Growth, LossReport, OffsetUnit, Record, RecordSource, TargetFiles, WriteOptions,
};
use super::config_text::config_text;
use super::control::{ARTICLE, Control, encoded};
use crate::model::{ArticleMeta, Codebook, FieldDef, Fields, GOLD, Schema, Span, SpanId};

pub(super) fn count_loss(record: &Record, loss: &mut LossReport) {
    let several = record.set.spans().filter(|span| span.parts.len() > 1).count();
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        "become a region for each part, which only Postil joins again",
    );
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |file: &'static str| {
        move |cause| FormatError::Io { what: "could not write", file: file.to_owned(), cause }
    };
    let (tasks, config) = ("tasks.json", "config.xml");
    let mut file = BufWriter::with_capacity(1 << 16, out.create(tasks).map_err(failed(tasks))?);
    // The configuration must know every label and choice that occurs.
    let mut growth = Growth::new(options.schema, options.register, options.codebook, "en");
    let mut article: Option<String> = None;
    let mut number = 0usize;
    let mut annotations = 0usize;
    let made = |growth: &Growth, record: &Record, number: usize, is_new: bool| {
        let annotation = Annotation {
            record,
            offsets: Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::CodePoints)),
            schema: &growth.schema,
            codebook: growth.codebook(),
            items: Vec::new(),
            keys: HashMap::new(),
            taken: HashSet::new(),
        };
        let data = if is_new { Json::Object(data_of(record)).to_string() } else { String::new() };
        (data, annotation.json(number).to_string())
    };
    file.write_all(b"[").map_err(failed(tasks))?;
    records.for_each_chunk(&mut |chunk| {
        chunk.iter().for_each(|record| growth.take_in(&record.set));
        let before = |place: usize| match place {
            0 => article.as_ref(),
            place => Some(&chunk[place - 1].set.article),
        };
        let work = chunk.par_iter().enumerate().map(|(place, record)| {
            let is_new = before(place) != Some(&record.set.article);
            let (data, annotation) = made(&growth, record, annotations + place + 1, is_new);
            (is_new, data, annotation)
        });
        let texts: Vec<(bool, String, String)> = work.collect();
        for (is_new, data, annotation) in texts {
            let mut put = |text: &str| file.write_all(text.as_bytes()).map_err(failed(tasks));
            if is_new {
                put(if number > 0 { "]},\n" } else { "\n" })?;
                number += 1;
                put(&format!("{{\"id\":{number},\"data\":{data},\"annotations\":["))?;
            } else {
                put(",")?;
            }
            put(&annotation)?;
        }
        annotations += chunk.len();
        article = chunk.into_iter().next_back().map(|record| record.set.article);
        Ok(())
    })?;
    file.write_all(if number > 0 { b"]}\n]\n" } else { b"]\n" }).map_err(failed(tasks))?;
    file.flush().map_err(failed(tasks))?;
    let mut file = out.create(config).map_err(failed(config))?;
    let text = config_text(&growth.schema, growth.register(), growth.codebook());
    file.write_all(text.as_bytes()).map_err(failed(config))?;
    file.flush().map_err(failed(config))
}

/// A task's data: the text, and beside it what is known of the article.
fn data_of(record: &Record) -> Map<String, Json> {
    let mut data = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            data.insert(key.to_owned(), json!(value));
        }
    };
    put("text", Some(record.text.as_str()));
    put("article", Some(&record.set.article));
    let ArticleMeta { title, date, source, url, author, language, extra } = &record.meta;
    for (key, value) in [
        ("title", title),
        ("date", date),
        ("source", source),
        ("url", url),
        ("author", author),
        ("language", language),
    ] {
        put(key, value.as_deref());
    }
    if !extra.is_empty() {
        let more: Map<String, Json> = extra.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        data.insert("meta".to_owned(), Json::Object(more));
    }
    data
}

struct Annotation<'a> {
    record: &'a Record,
    offsets: Offsets<'a>,
    schema: &'a Schema,
    codebook: &'a Codebook,
    items: Vec<Json>,
    /// The ids of regions, by those of spans; where two spans share one, that of the first.
    keys: HashMap<SpanId, String>,
    taken: HashSet<String>,
}

impl Annotation<'_> {
    fn json(mut self, id: usize) -> Json {
        let set = &self.record.set;
        self.taken = set.spans().map(|span| span.id.as_str().to_owned()).collect();
        self.fields_of_article();
        for span in set.spans() {
            self.span(span);
        }
        self.relations();
        json!({
            "id": id,
            "annotator": set.annotator,
            "status": set.status.name(),
            "ground_truth": set.annotator == GOLD,
            "result": self.items,
        })
    }

    fn fresh(&mut self, base: &str) -> String {
        let base = if base.is_empty() { "region" } else { base };
        let mut number = 2;
        loop {
            let key = format!("{base}~{number}");
            if self.taken.insert(key.clone()) {
                return key;
            }
            number += 1;
        }
    }

    fn span(&mut self, span: &Span) {
        let own = span.id.as_str();
        let is_free = !own.is_empty() && !self.keys.contains_key(&span.id);
        let key = if is_free { own.to_owned() } else { self.fresh(own) };
        self.keys.entry(span.id.clone()).or_insert_with(|| key.clone());
        let slice = |part| self.record.text.slice(part).unwrap_or_default();
        let (start, end) = self.offsets.range(span.parts.first());
        let surface = match &span.misquote {
            Some(misquote) if span.parts.len() == 1 => misquote.text.as_str(),
            _ => slice(span.parts.first()),
        };
        let defs = self.schema.fields_of(&span.label);
        let fields = self.offsets.fields(defs, &span.fields);
        let (controls, rest) = self.divided(defs, &fields);
        let mut meta = Map::new();
        if !span.note.is_empty() {
            meta.insert("text".to_owned(), json!([span.note]));
        }
        if key != own {
            meta.insert("id".to_owned(), json!(own));
        }
        if !rest.is_empty() {
            meta.insert("fields".to_owned(), json!(rest));
        }
        if let Some(misquote) = span.misquote.as_ref().filter(|_| span.parts.len() > 1) {
            meta.insert("said".to_owned(), json!(misquote.text));
        }
        let mut region = json!({
            "id": key, "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
            "value": {"start": start, "end": end, "text": surface, "labels": [span.label]},
        });
        if !meta.is_empty() {
            region["meta"] = Json::Object(meta);
        }
        let mut further = Vec::new();
        for part in span.parts.iter().skip(1) {
            let (start, end) = self.offsets.range(*part);
            further.push(json!({
                "id": "", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
                "value": {"start": start, "end": end, "text": slice(*part), "labels": [span.label]},
                "meta": {"part_of": key},
            }));
        }
        self.items.push(region);
        for (def, control, value, is_list) in controls {
            let (kind, field) = control.keys();
            let mut item = json!({
                "id": key, "from_name": format!("{}.{}", span.label, def.name), "to_name": "text",
                "type": kind, "origin": "manual",
                "value": {"start": start, "end": end, field: value},
            });
            // The words of the region, which a text area would take for its own.
            if kind != "textarea" {
                item["value"]["text"] = json!(surface);
            }
            if is_list {
                item["meta"] = json!({"list": true});
            }
            self.items.push(item);
        }
        for mut part in further {
            part["id"] = json!(self.fresh(&key));
            self.items.push(part);
        }
    }

    /// What controls can hold, and the rest.
    fn divided(&self, defs: &[FieldDef], fields: &Fields) -> (Vec<(FieldDef, Control, Json, bool)>, Fields) {
        let (mut controls, mut rest) = (Vec::new(), Fields::new());
        for (name, value) in fields.iter() {
            let def = defs.iter().find(|def| def.name == name && !name.is_empty());
            match def.and_then(|def| Some((def, encoded(def, value, self.codebook)?))) {
                Some((def, json)) => controls.push((def.clone(), Control::of(def), json, def.is_list())),
                None => drop(rest.set(name, value.clone())),
            }
        }
        (controls, rest)
    }

    fn fields_of_article(&mut self) {
        let defs = &self.schema.article_fields;
        let fields = self.offsets.fields(defs, &self.record.set.fields);
        let (controls, rest) = self.divided(defs, &fields);
        for (def, control, value, is_list) in controls {
            let (kind, field) = control.keys();
            let mut item = json!({
                "from_name": format!("{ARTICLE}{}", def.name), "to_name": "text", "type": kind,
                "origin": "manual", "value": {field: value},
            });
            if is_list {
                item["meta"] = json!({"list": true});
            }
            self.items.push(item);
        }
        if !rest.is_empty() {
            self.items.push(json!({
                "from_name": ARTICLE, "to_name": "text", "type": "textarea", "origin": "manual",
                "value": {"text": [json!(rest).to_string()]}, "meta": {"fields": rest},
            }));
        }
    }

    fn relations(&mut self) {
        for relation in self.record.set.relations() {
            let key = |id: &SpanId| self.keys.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned());
            let def = self.schema.relation(&relation.label);
            let is_symmetric = def.is_some_and(|def| def.symmetric);
            let fields = self.offsets.fields(def.map_or(&[][..], |def| &def.fields), &relation.fields);
            let mut meta = Map::new();
            meta.insert("id".to_owned(), json!(relation.id.as_str()));
            if !fields.is_empty() {
                meta.insert("fields".to_owned(), json!(fields));
            }
            self.items.push(json!({
                "type": "relation", "from_id": key(&relation.from), "to_id": key(&relation.to),
                "direction": if is_symmetric { "bi" } else { "right" }, "labels": [relation.label], "meta": meta,
            }));
        }
    }
}
