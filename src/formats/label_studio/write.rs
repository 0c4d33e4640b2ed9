//! Writing tasks and the configuration.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Write};

use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::super::digits::push_number;
use super::super::json_text::push_json_text;
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
            out: Vec::with_capacity(1024 + 600 * record.set.len()),
            has_items: false,
            keys: HashMap::with_capacity(record.set.len()),
            taken: None,
        };
        let data = if is_new { data_of(record) } else { Vec::new() };
        (data, annotation.json(number))
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
        let texts: Vec<(bool, Vec<u8>, Vec<u8>)> = work.collect();
        for (is_new, data, annotation) in texts {
            let mut put = |text: &[u8]| file.write_all(text).map_err(failed(tasks));
            if is_new {
                put(if number > 0 { b"]},\n" } else { b"\n" })?;
                number += 1;
                put(format!("{{\"id\":{number},\"data\":").as_bytes())?;
                put(&data)?;
                put(b",\"annotations\":[")?;
            } else {
                put(b",")?;
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

/// A task's data as JSON: the text, and beside it what is known of the article.
fn data_of(record: &Record) -> Vec<u8> {
    let ArticleMeta { title, date, source, url, author, language, extra } = &record.meta;
    let mut out = Vec::with_capacity(record.text.len_bytes() + 512);
    out.extend_from_slice(b"{\"text\":");
    push_json_text(&mut out, record.text.as_str());
    out.extend_from_slice(b",\"article\":");
    push_json_text(&mut out, &record.set.article);
    for (key, value) in [
        ("title", title),
        ("date", date),
        ("source", source),
        ("url", url),
        ("author", author),
        ("language", language),
    ] {
        if let Some(value) = value {
            out.push(b',');
            push_json_text(&mut out, key);
            out.push(b':');
            push_json_text(&mut out, value);
        }
    }
    if !extra.is_empty() {
        let more: Map<String, Json> = extra.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        out.extend_from_slice(b",\"meta\":");
        // Writing to memory never fails.
        let _ = serde_json::to_writer(&mut out, &more);
    }
    out.push(b'}');
    out
}

/// An annotation on its way into JSON. There are several items a span, so no value of JSON is made of each.
struct Annotation<'a> {
    record: &'a Record,
    offsets: Offsets<'a>,
    schema: &'a Schema,
    codebook: &'a Codebook,
    out: Vec<u8>,
    has_items: bool,
    /// The ids of regions, by those of spans; where two spans share one, that of the first.
    keys: HashMap<&'a str, Cow<'a, str>>,
    /// Ids that are no free ones; gathered when one is needed.
    taken: Option<HashSet<Cow<'a, str>>>,
}

/// A field that a control can hold, and its value in JSON.
type Controlled<'d> = (&'d FieldDef, Control, Vec<u8>);

impl<'a> Annotation<'a> {
    fn json(mut self, id: usize) -> Vec<u8> {
        let set = &self.record.set;
        self.put("{\"id\":");
        self.put(&id.to_string());
        self.put(",\"annotator\":");
        self.text(&set.annotator);
        self.put(",\"status\":");
        self.text(set.status.name());
        self.put(",\"ground_truth\":");
        self.put(if set.annotator == GOLD { "true" } else { "false" });
        self.put(",\"result\":[");
        self.fields_of_article();
        for span in set.spans() {
            self.span(span);
        }
        self.relations();
        self.put("]}");
        self.out
    }

    fn put(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    fn text(&mut self, text: &str) {
        push_json_text(&mut self.out, text);
    }

    fn fields(&mut self, fields: &Fields) {
        // Writing to memory never fails.
        let _ = serde_json::to_writer(&mut self.out, fields);
    }

    /// Begins an item, the comma before it included.
    fn begin_item(&mut self) {
        let begin = if std::mem::replace(&mut self.has_items, true) { ",{" } else { "{" };
        self.put(begin);
    }

    /// What items of a region begin with, up to the place in their value.
    fn begin_region(&mut self, key: &str, name: (&str, &str), kind: &str, (start, end): (u32, u32)) {
        self.begin_item();
        self.put("\"id\":");
        self.text(key);
        self.put(",\"from_name\":");
        match name {
            (whole, "") => self.text(whole),
            (label, field) => self.text(&format!("{label}.{field}")),
        }
        self.put(",\"to_name\":\"text\",\"type\":");
        self.text(kind);
        self.put(",\"origin\":\"manual\",\"value\":{\"start\":");
        push_number(&mut self.out, start);
        self.put(",\"end\":");
        push_number(&mut self.out, end);
    }

    /// The item that marks a part of a span; what ends it is left to be written.
    fn part(&mut self, key: &str, place: (u32, u32), surface: &str, label: &str) {
        self.begin_region(key, ("label", ""), "labels", place);
        self.put(",\"text\":");
        self.text(surface);
        self.put(",\"labels\":[");
        self.text(label);
        self.put("]}");
    }

    fn fresh(&mut self, base: &str) -> String {
        let base = if base.is_empty() { "region" } else { base };
        let set = &self.record.set;
        let taken =
            self.taken.get_or_insert_with(|| set.spans().map(|span| span.id.as_str().into()).collect());
        let mut number = 2;
        loop {
            let key = format!("{base}~{number}");
            if taken.insert(key.clone().into()) {
                return key;
            }
            number += 1;
        }
    }

    fn span(&mut self, span: &'a Span) {
        let own = span.id.as_str();
        let is_free = !own.is_empty() && !self.keys.contains_key(own);
        let key: Cow<'a, str> = if is_free { own.into() } else { self.fresh(own).into() };
        self.keys.entry(own).or_insert_with(|| key.clone());
        let record = self.record;
        let slice = |part| record.text.slice(part).unwrap_or_default();
        let place = self.offsets.range(span.parts.first());
        let surface = match &span.misquote {
            Some(misquote) if span.parts.len() == 1 => misquote.text.as_str(),
            _ => slice(span.parts.first()),
        };
        let defs = self.schema.fields_of(&span.label);
        let fields = self.offsets.counted(defs, &span.fields);
        let (controls, rest) = self.divided(defs, &fields);
        self.part(&key, place, surface, &span.label);
        let mut before = ",\"meta\":{";
        if !span.note.is_empty() {
            self.put(std::mem::replace(&mut before, ","));
            self.put("\"text\":[");
            self.text(&span.note);
            self.put("]");
        }
        if key != own {
            self.put(std::mem::replace(&mut before, ","));
            self.put("\"id\":");
            self.text(own);
        }
        if !rest.is_empty() {
            self.put(std::mem::replace(&mut before, ","));
            self.put("\"fields\":");
            self.fields(&rest);
        }
        if let Some(misquote) = span.misquote.as_ref().filter(|_| span.parts.len() > 1) {
            self.put(std::mem::replace(&mut before, ","));
            self.put("\"said\":");
            self.text(&misquote.text);
        }
        self.put(if before == "," { "}}" } else { "}" });
        for (def, control, value) in controls {
            let (kind, field) = control.keys();
            self.begin_region(&key, (&span.label, &def.name), kind, place);
            self.put(",");
            self.text(field);
            self.put(":");
            self.out.extend_from_slice(&value);
            // The words of the region, which a text area would take for its own.
            if kind != "textarea" {
                self.put(",\"text\":");
                self.text(surface);
            }
            self.put(if def.is_list() { "},\"meta\":{\"list\":true}}" } else { "}}" });
        }
        for part in span.parts.iter().skip(1) {
            let place = self.offsets.range(*part);
            let own = self.fresh(&key);
            self.part(&own, place, slice(*part), &span.label);
            self.put(",\"meta\":{\"part_of\":");
            self.text(&key);
            self.put("}}");
        }
    }

    /// What controls can hold, and the rest.
    fn divided<'d>(&self, defs: &'d [FieldDef], fields: &Fields) -> (Vec<Controlled<'d>>, Fields) {
        let (mut controls, mut rest) = (Vec::new(), Fields::new());
        for (name, value) in fields.iter() {
            let def = defs.iter().find(|def| def.name == name && !name.is_empty());
            match def.and_then(|def| Some((def, encoded(def, value, self.codebook)?))) {
                Some((def, json)) => controls.push((def, Control::of(def), json)),
                None => drop(rest.set(name, value.clone())),
            }
        }
        (controls, rest)
    }

    fn fields_of_article(&mut self) {
        let defs = &self.schema.article_fields;
        let fields = self.offsets.fields(defs, &self.record.set.fields);
        let (controls, rest) = self.divided(defs, &fields);
        for (def, control, value) in controls {
            let (kind, field) = control.keys();
            self.begin_item();
            self.put("\"from_name\":");
            self.text(&format!("{ARTICLE}{}", def.name));
            self.put(",\"to_name\":\"text\",\"type\":");
            self.text(kind);
            self.put(",\"origin\":\"manual\",\"value\":{");
            self.text(field);
            self.put(":");
            self.out.extend_from_slice(&value);
            self.put(if def.is_list() { "},\"meta\":{\"list\":true}}" } else { "}}" });
        }
        if !rest.is_empty() {
            self.begin_item();
            self.put("\"from_name\":");
            self.text(ARTICLE);
            self.put(
                ",\"to_name\":\"text\",\"type\":\"textarea\",\"origin\":\"manual\",\"value\":{\"text\":[",
            );
            self.text(&serde_json::to_string(&rest).unwrap_or_default());
            self.put("]},\"meta\":{\"fields\":");
            self.fields(&rest);
            self.put("}}");
        }
    }

    fn relations(&mut self) {
        for relation in self.record.set.relations() {
            let def = self.schema.relation(&relation.label);
            let is_symmetric = def.is_some_and(|def| def.symmetric);
            let fields = self.offsets.counted(def.map_or(&[][..], |def| &def.fields), &relation.fields);
            self.begin_item();
            self.put("\"type\":\"relation\",\"from_id\":");
            self.key_of(&relation.from);
            self.put(",\"to_id\":");
            self.key_of(&relation.to);
            self.put(",\"direction\":");
            self.text(if is_symmetric { "bi" } else { "right" });
            self.put(",\"labels\":[");
            self.text(&relation.label);
            self.put("],\"meta\":{\"id\":");
            self.text(relation.id.as_str());
            if !fields.is_empty() {
                self.put(",\"fields\":");
                self.fields(&fields);
            }
            self.put("}}");
        }
    }

    /// The id of a span's region.
    fn key_of(&mut self, id: &SpanId) {
        let key = self.keys.get(id.as_str()).map_or(id.as_str(), Cow::as_ref);
        push_json_text(&mut self.out, key);
    }
}
