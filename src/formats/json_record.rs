//! What formats of JSON can carry of a record besides its text and places, in keys that their own programs keep and pass over.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::draft::{Draft, DraftRelation, DraftSpan, put_meta};
use super::json_value::{fields_from, plain};
use super::{Record, meta_entries};
use crate::model::{ArticleMeta, Fields, Span, Status};
use crate::text::CanonicalText;

/// What is known of the article, `language` left out, as an object of texts.
pub(super) fn meta_object(meta: &ArticleMeta) -> Json {
    Json::Object(
        meta_entries(meta).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect(),
    )
}

/// `article fingerprint annotator language status fields`.
pub(super) fn about(record: &Record) -> Map<String, Json> {
    let set = &record.set;
    let mut about = Map::new();
    about.insert("article".to_owned(), json!(set.article));
    about.insert("fingerprint".to_owned(), json!(record.text.fingerprint()));
    about.insert("annotator".to_owned(), json!(set.annotator));
    about.insert("language".to_owned(), json!(record.meta.language));
    about.insert("status".to_owned(), json!(set.status.name()));
    about.insert("fields".to_owned(), fields_json(&set.fields));
    about
}

/// Takes out of an object what [`about`] put into it.
pub(super) fn take_about(object: &mut Map<String, Json>, draft: &mut Draft) {
    let mut text = |key: &str| object.remove(key).and_then(plain).unwrap_or_default();
    draft.article = text("article");
    draft.annotator = text("annotator");
    let language = text("language");
    put_meta(&mut draft.meta, "language", language);
    draft.status = Status::from_name(&text("status"));
    text("fingerprint");
    if let Some(Json::Object(fields)) = object.remove("fields") {
        draft.fields = fields_from(fields).unwrap_or_default();
    }
}

/// Takes an object of texts into what is known of the article.
pub(super) fn take_meta(meta: Option<Json>, into: &mut ArticleMeta) {
    if let Some(Json::Object(meta)) = meta {
        for (name, value) in meta {
            put_meta(into, &name, plain(value).unwrap_or_default());
        }
    }
}

/// `id text parts fields note` of a span; the last three only where there is something to say. Parts count code points.
#[derive(Serialize)]
pub(super) struct SpanRest<'a> {
    pub id: &'a str,
    pub text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<[u32; 2]>,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: &'a Fields,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub note: &'a str,
}

impl<'a> SpanRest<'a> {
    /// What there is to say of a span of this text.
    pub fn of(span: &'a Span, text: &'a CanonicalText) -> Self {
        let surface = match (&span.misquote, span.parts.len()) {
            (Some(misquote), _) => Cow::Borrowed(misquote.text.as_str()),
            (None, 1) => Cow::Borrowed(text.slice(span.parts.first()).unwrap_or_default()),
            (None, _) => Cow::Owned(span.surface(text)),
        };
        let parts = span.parts.iter().map(|part| [part.start().get(), part.end().get()]);
        Self {
            id: span.id.as_str(),
            text: surface,
            parts: if span.parts.len() > 1 { parts.collect() } else { Vec::new() },
            fields: &span.fields,
            note: &span.note,
        }
    }
}

/// Takes out of an object what [`SpanRest`] put into it. Parts are taken only if they span the place that is there already: a program
/// that moved the span knows nothing of its parts.
pub(super) fn take_span_rest(object: &mut Map<String, Json>, span: &mut DraftSpan) {
    span.id = object.remove("id").and_then(plain).filter(|id| !id.is_empty());
    span.text = object.remove("text").and_then(|text| text.as_str().map(str::to_owned));
    if let Some(parts) =
        object.remove("parts").and_then(|parts| serde_json::from_value::<Vec<(u32, u32)>>(parts).ok())
        && let (Some(hull), Some(start), Some(end)) =
            (span.parts.first(), parts.iter().map(|p| p.0).min(), parts.iter().map(|p| p.1).max())
        && *hull == (start, end)
        && parts.iter().all(|(start, end)| start <= end)
    {
        span.parts = parts;
    }
    if let Some(Json::Object(fields)) = object.remove("fields") {
        span.fields = fields_from(fields).unwrap_or_default();
    }
    span.note = object.remove("note").and_then(|note| note.as_str().map(str::to_owned)).unwrap_or_default();
}

/// Fields as JSON.
pub(super) fn fields_json(fields: &Fields) -> Json {
    // Values are finite and keys are texts, so this cannot fail.
    serde_json::to_value(fields).unwrap_or_default()
}

/// A span with `start end label` and what [`SpanRest`] writes.
pub(super) fn draft_span(entry: &Json) -> Option<DraftSpan> {
    let mut object = entry.as_object()?.clone();
    let offset = |key: &str| object.get(key).and_then(Json::as_u64).and_then(|at| u32::try_from(at).ok());
    let (start, end) = (offset("start")?, offset("end")?);
    let label = object.remove("label").and_then(plain)?;
    let mut span = DraftSpan { label, parts: vec![(start, end)], ..DraftSpan::default() };
    take_span_rest(&mut object, &mut span);
    (start <= end).then_some(span)
}

/// A relation `id label from to fields`.
pub(super) fn draft_relation(entry: &Json) -> Option<DraftRelation> {
    let text = |key: &str| entry.get(key).and_then(Json::as_str).map(str::to_owned);
    let fields = match entry.get("fields") {
        Some(Json::Object(fields)) => fields_from(fields.clone()).unwrap_or_default(),
        _ => Default::default(),
    };
    Some(DraftRelation {
        id: text("id"),
        label: text("label")?,
        from: text("from")?,
        to: text("to")?,
        fields,
    })
}
