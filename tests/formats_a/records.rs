//! Records of every kind, and the way out and back.

use std::collections::BTreeMap;

use postil::formats::{
    Gathered, LossReport, MemoryFiles, OffsetUnit, ReadOptions, Record, TagScheme, WriteOptions, format,
    meta_entries,
};
use postil::model::{
    AnnotationSet, ArticleMeta, Codebook, Fields, Parts, Register, Relation, Schema, Span, Status,
};
use postil::text::{CanonicalText, TextRange};
use proptest::prelude::*;

/// Reads a source.
pub fn read(name: &str, files: &MemoryFiles, unit: Option<OffsetUnit>) -> Gathered {
    try_read(name, files, unit).unwrap()
}

/// Reads a source that may be no such thing.
pub fn try_read(name: &str, files: &MemoryFiles, unit: Option<OffsetUnit>) -> Result<Gathered, String> {
    let mut gathered = Gathered::default();
    let schema = Schema::positions();
    let options = ReadOptions { unit, schema: &schema };
    let reader = format(name).unwrap().reader.unwrap();
    reader.read(files, &options, &mut gathered).map_err(|error| error.to_string())?;
    Ok(gathered)
}

/// Writes records.
pub fn write(
    name: &str,
    records: &[Record],
    unit: Option<OffsetUnit>,
    scheme: TagScheme,
) -> (MemoryFiles, LossReport) {
    let schema = Schema::positions();
    write_with(name, records, unit, scheme, &schema)
}

/// Writes records of a project with this schema.
pub fn write_with(
    name: &str,
    records: &[Record],
    unit: Option<OffsetUnit>,
    scheme: TagScheme,
    schema: &Schema,
) -> (MemoryFiles, LossReport) {
    let options = WriteOptions {
        unit,
        scheme,
        project: "Talks",
        schema,
        register: &Register::default(),
        codebook: &Codebook::default(),
    };
    let writer = format(name).unwrap().writer.unwrap();
    let mut loss = LossReport::default();
    for record in records {
        writer.count_loss(record, &options, &mut loss);
    }
    let mut out = MemoryFiles::default();
    writer.write(&records.to_vec(), &options, &mut out).unwrap();
    (out, loss)
}

/// What a record says, so that two of them can be compared whatever order things were read in.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub article: String,
    pub annotator: String,
    pub text: String,
    pub status: Status,
    pub language: Option<String>,
    pub meta: Vec<(String, String)>,
    pub fields: Fields,
    pub spans: BTreeMap<String, (String, Vec<(u32, u32)>, Fields, String, Option<String>)>,
    pub relations: BTreeMap<String, (String, String, String, Fields)>,
}

/// Every record's content.
pub fn contents(records: &[Record]) -> Vec<Content> {
    records.iter().map(content_of).collect()
}

/// A record's content.
pub fn content_of(record: &Record) -> Content {
    let parts = |parts: &Parts| parts.iter().map(|part| (part.start().get(), part.end().get())).collect();
    let entries = meta_entries(&record.meta);
    Content {
        article: record.set.article.clone(),
        annotator: record.set.annotator.clone(),
        text: record.text.as_str().to_owned(),
        status: record.set.status,
        language: record.meta.language.clone(),
        meta: entries.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        fields: record.set.fields.clone(),
        spans: record
            .set
            .spans()
            .map(|span| {
                let misquote = span.misquote.as_ref().map(|misquote| misquote.text.clone());
                let rest = (
                    span.label.clone(),
                    parts(&span.parts),
                    span.fields.clone(),
                    span.note.clone(),
                    misquote,
                );
                (span.id.to_string(), rest)
            })
            .collect(),
        relations: record
            .set
            .relations()
            .map(|relation| {
                let ends = (relation.from.to_string(), relation.to.to_string());
                (relation.id.to_string(), (relation.label.clone(), ends.0, ends.1, relation.fields.clone()))
            })
            .collect(),
    }
}

/// A record from parts.
pub fn record(
    article: &str,
    annotator: &str,
    text: &str,
    spans: &[(&str, &str, &[(u32, u32)], &str)],
) -> Record {
    let text = CanonicalText::new(text);
    let mut set = AnnotationSet::new(article, annotator);
    set.fingerprint = text.fingerprint().to_owned();
    set.length = text.len();
    set.status = Status::InProgress;
    for (id, label, parts, fields) in spans {
        let parts = parts.iter().map(|(start, end)| TextRange::new(*start, *end).unwrap()).collect();
        let mut span = Span::new(*id, *label, Parts::as_given(parts).unwrap());
        span.fields = serde_json::from_str(fields).unwrap();
        set.insert(span);
    }
    Record { meta: ArticleMeta::default(), text, set }
}

const PIECES: [&str; 22] = [
    "Киев",
    " ",
    "требует",
    " ",
    "гарантий",
    ".",
    "\n",
    "😀",
    "e\u{301}",
    "שלום",
    "مرحبا",
    "🇺🇦",
    "«NATO»",
    "\t",
    "a\\b",
    "—",
    "I'm",
    "\n\n",
    "1,5",
    "x_y",
    "&<>\"'",
    "\u{200D}",
];

const FIELDS: [&str; 14] = [
    r#"{}"#,
    r#"{"kind": "person", "mention_level": "named", "entity": "witkoff"}"#,
    r#"{"kind": "place", "literal": "two words", "sure": true}"#,
    r#"{"act": "demand", "confidence": 4, "state": "past"}"#,
    r#"{"holders": [{"mention": "s1", "entity": "kyiv", "how": "explicit"}, {"how": "unknown"}], "issues": [{"issue": "territory.donbas", "stance": "for", "strength": 2}]}"#,
    r#"{"cue": [[0, 3], [5, 6]], "condition": "если «да»\tи|нет\n", "addressees": ["s1", "s2"]}"#,
    r#"{"addressees": ["usa", "s1"], "condition": "s2"}"#,
    r#"{"via": [{"source": "s1", "cue": [[1, 2]], "quote": "direct", "negated": false}], "modality": "denied"}"#,
    r#"{"about": ["war.peace"], "role": "premise", "certainty": "certain"}"#,
    r#"{"odd": 0.5, "no": false, "five": "5", "empty": "", "nothing": [], "deep": {"a": [1, "б", {"c": []}]}}"#,
    r#"{"имя поля": "значение поля", "a:b|c": "x", "references": [{"source": "Wikidata", "id": "Q1"}]}"#,
    r#"{"n": -3, "big": 9007199254740993, "text": " lead and trail ", "list": ["one"], "под": ["а", "б"]}"#,
    r#"{"references": [{"source": "W", "id": "Q1", "text": "Киев"}, {"source": "V", "id": "2"}], "addressees": ["s1"]}"#,
    r#"{"label": "x", "id": "y", "from": "z", "note": "w", "value": "*", "none": "_"}"#,
];

const LABELS: [&str; 6] = ["entity", "position", "claim", "новая метка", "a|b:c", "Event_U_1"];

const NOTES: [&str; 7] =
    ["", "", "", "plain", "две\nстроки", "\"q\" \\ | _ * [1] ; -> \t tab", " {\"id\":1} "];

prop_compose! {
    /// A record with nesting, crossing, parts, fields, notes, relations and signs of every kind.
    pub fn any_record()(
        pieces in prop::collection::vec(0..PIECES.len(), 1..30),
        spans in prop::collection::vec((
            prop::collection::vec((any::<u16>(), 0u16..9), 1..4), 0..LABELS.len(), 0..FIELDS.len(), 0..NOTES.len()), 0..9),
        relations in prop::collection::vec((0usize..9, 0usize..9, 0usize..3, 0..FIELDS.len()), 0..4),
        status in 0usize..4,
        meta in 0usize..3,
        odd_ids in any::<bool>(),
    ) -> Record {
        let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        // An article is never only white space.
        let text = CanonicalText::new(&format!("{text}Слово"));
        let mut set = AnnotationSet::new("articles/a.md", "anna b");
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        set.status = Status::ALL[status];
        let mut ids = Vec::new();
        for (number, (parts, label, fields, note)) in spans.iter().enumerate() {
            let ranges = parts.iter().map(|(start, length)| {
                let start = u32::from(*start) % text.len();
                TextRange::new(start, (start + u32::from(*length)).min(text.len())).unwrap()
            });
            let Some(parts) = Parts::tidy(ranges) else { continue };
            let id = if odd_ids && number % 3 == 2 { format!("ид {number}") } else { format!("s{}", number + 1) };
            let mut span = Span::new(id.as_str(), LABELS[*label], parts);
            span.fields = serde_json::from_str(FIELDS[*fields]).unwrap();
            span.note = NOTES[*note].to_owned();
            set.insert(span);
            ids.push(id);
        }
        for (number, (from, to, label, fields)) in relations.iter().enumerate() {
            let (Some(from), Some(to)) = (ids.get(*from), ids.get(*to)) else { continue };
            set.insert_relation(Relation {
                id: format!("r{}", number + 1).into(),
                label: ["supports", "same_as", "не знаю"][*label].to_owned(),
                from: from.as_str().into(),
                to: to.as_str().into(),
                fields: serde_json::from_str(FIELDS[*fields]).unwrap(),
            });
        }
        let meta = match meta {
            0 => ArticleMeta::default(),
            1 => ArticleMeta { language: Some("ru".into()), title: Some("«Талк» & <b>".into()), ..ArticleMeta::default() },
            _ => ArticleMeta {
                date: Some("2026-01-21".into()),
                source: Some("Wire".into()),
                url: Some("https://example.org/?a=1&b=2".into()),
                author: Some("A. B.".into()),
                extra: vec![("desk".into(), "мир\tвойна".into())],
                ..ArticleMeta::default()
            },
        };
        if status == 3 {
            set.fields = serde_json::from_str(r#"{"topic": "war", "n": 3, "list": [{"a": "b"}]}"#).unwrap();
        }
        Record { meta, text, set }
    }
}
