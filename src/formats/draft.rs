//! A record in the making: what a source says, before its offsets are understood and its line ends folded.

use std::collections::HashSet;
use std::sync::Arc;

use super::stretches::map_stretches;
use super::{OffsetUnit, ReadOptions, Record, Remark, Sink, UnitConverter, recognise_unit_or};
use crate::model::{
    AnnotationSet, ArticleMeta, FieldDef, FieldKind, Fields, Misquote, Parts, Relation, Schema, Span, Status,
    Value,
};
use crate::text::{CanonicalText, Folding, TextRange};

/// How many faults of one record are told one by one.
const TOLD: usize = 5;

/// A record whose offsets are still those of the source.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub article: String,
    pub annotator: String,
    pub meta: ArticleMeta,
    /// `None`: in progress if there is a span, else untouched.
    pub status: Option<Status>,
    /// The text as the source has it.
    pub text: String,
    pub fields: Fields,
    pub spans: Vec<DraftSpan>,
    pub relations: Vec<DraftRelation>,
}

/// A span of a draft.
#[derive(Debug, Default)]
pub(super) struct DraftSpan {
    /// A fresh one if there is none.
    pub id: Option<String>,
    pub label: String,
    /// Half-open, in the source's unit, of the source's text; at least one.
    pub parts: Vec<(u32, u32)>,
    /// The words that the source quotes: the parts' surfaces joined by one space.
    pub text: Option<String>,
    pub fields: Fields,
    pub note: String,
}

/// A relation of a draft.
#[derive(Debug, Default)]
pub(super) struct DraftRelation {
    /// A fresh one if there is none.
    pub id: Option<String>,
    pub label: String,
    pub from: String,
    pub to: String,
    pub fields: Fields,
}

impl Draft {
    /// The same with the fields in the schema's order, for formats whose columns have an order of their own.
    #[must_use]
    pub fn in_schema_order(mut self, schema: &Schema) -> Self {
        sort(&schema.article_fields, &mut self.fields);
        for span in &mut self.spans {
            sort(schema.fields_of(&span.label), &mut span.fields);
        }
        for relation in &mut self.relations {
            if let Some(def) = schema.relation(&relation.label) {
                sort(&def.fields, &mut relation.fields);
            }
        }
        self
    }

    /// Understands the offsets, in the unit that the user names, else in the one in which the quoted words stand at their places, else
    /// in `expected`. What cannot be understood is left out and told.
    pub fn into_record(
        self,
        place: &str,
        expected: OffsetUnit,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Record {
        let mut say = |what: String, left_out| {
            sink.remark(Remark { place: place.to_owned(), what, left_out });
        };
        let (text, folding) = CanonicalText::with_folding(&self.text);
        // Most sources are what they should be. Where the text is the source's own, the quotations need not be looked up in it twice.
        let is_as_written = folding.is_identity() && folding.folded_line_ends() == 0;
        let is_quoted_right = is_as_written
            && options.unit.unwrap_or(expected) == OffsetUnit::CodePoints
            && self.spans.iter().all(|span| span.is_quoted_right(&text));
        let unit = options.unit.unwrap_or_else(|| {
            if is_quoted_right || self.spans.iter().all(|span| span.text.is_none()) {
                return expected;
            }
            let quoted: Vec<(u32, u32, &str)> = self
                .spans
                .iter()
                .filter_map(|span| match (span.parts.as_slice(), &span.text) {
                    ([(start, end)], Some(text)) => Some((*start, *end, text.as_str())),
                    _ => None,
                })
                .collect();
            let evidence = recognise_unit_or(&self.text, &quoted, expected);
            if let Some(surprise) = evidence.surprise(expected) {
                say(surprise, false);
            }
            evidence.best(expected)
        });
        let mut set = AnnotationSet::new(self.article, self.annotator);
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        set.status = self.status.unwrap_or(match self.spans.is_empty() && self.relations.is_empty() {
            true => Status::Untouched,
            false => Status::InProgress,
        });
        let mut placing = Placing {
            units: UnitConverter::new(&self.text, unit),
            is_identity: unit == OffsetUnit::CodePoints && folding.is_identity(),
            folding,
            stray: 0,
        };
        set.fields = placing.fields(&options.schema.article_fields, self.fields);
        let mut faults = Vec::new();
        let mut misquotes = 0usize;
        let mut fresh = FreshIds::beside('s', &self.spans, |span| span.id.as_ref());
        let mut spans = Vec::with_capacity(self.spans.len());
        for (number, draft) in self.spans.into_iter().enumerate() {
            let Some(parts) = placing.parts(&draft.parts) else {
                let named = draft.id.map_or(format!("span {}", number + 1), |id| format!("span `{id}`"));
                faults.push(format!("{named}: {:?} is no place in the text, counted in {unit}", draft.parts));
                continue;
            };
            let id = draft.id.unwrap_or_else(|| fresh.take());
            let mut span = Span::new(id, draft.label, parts);
            span.fields = placing.fields(options.schema.fields_of(&span.label), draft.fields);
            span.note = draft.note;
            if !is_quoted_right
                && let Some(said) = draft.text.map(folded)
                && !span.says(&text, &said)
            {
                misquotes += 1;
                span.misquote = Some(Misquote { text: said, before: String::new(), after: String::new() });
            }
            spans.push(span);
        }
        set.insert_all(spans);
        let mut fresh = FreshIds::beside('r', &self.relations, |relation| relation.id.as_ref());
        let mut relations = Vec::with_capacity(self.relations.len());
        for draft in self.relations {
            let defs = options.schema.relation(&draft.label).map_or(&[][..], |def| &def.fields);
            relations.push(Arc::new(Relation {
                id: draft.id.unwrap_or_else(|| fresh.take()).into(),
                label: draft.label,
                from: draft.from.into(),
                to: draft.to.into(),
                fields: placing.fields(defs, draft.fields),
            }));
        }
        set.insert_relations(relations);
        let more = faults.len().saturating_sub(TOLD);
        for fault in faults.into_iter().take(TOLD) {
            say(format!("{fault}; it was left out"), true);
        }
        if more > 0 {
            say(format!("{more} more spans were left out for reasons like these"), true);
        }
        if misquotes > 0 {
            say(
                format!(
                    "{misquotes} spans say another text than stands at their place; they were kept with what they say"
                ),
                false,
            );
        }
        if placing.stray > 0 {
            let count = placing.stray;
            say(
                format!("{count} stretches among the fields are no places in {unit}; they stay as they were"),
                true,
            );
        }
        Record { meta: self.meta, text, set }
    }
}

impl DraftSpan {
    /// Whether the words that it quotes, if any, are those of this text at its places, which are code points.
    fn is_quoted_right(&self, text: &CanonicalText) -> bool {
        match (&self.text, self.parts.as_slice()) {
            (None, _) => true,
            (Some(said), [(start, end)]) => {
                let there = TextRange::new(*start, *end).and_then(|range| text.slice(range));
                there.is_some_and(|there| there == said)
            }
            (Some(_), _) => false,
        }
    }
}

/// Ids `s1`, `s2`, … that are not among those of a source.
pub(super) struct FreshIds {
    letter: char,
    last: u64,
    taken: HashSet<String>,
}

impl FreshIds {
    /// The ids of these things are looked at only where one of them has none.
    pub fn beside<T>(letter: char, things: &[T], id: impl Fn(&T) -> Option<&String>) -> Self {
        let taken = match things.iter().all(|thing| id(thing).is_some()) {
            true => HashSet::new(),
            false => things.iter().filter_map(id).cloned().collect(),
        };
        Self { letter, last: 0, taken }
    }

    /// The next one.
    pub fn take(&mut self) -> String {
        loop {
            self.last += 1;
            let id = format!("{}{}", self.letter, self.last);
            if !self.taken.contains(&id) {
                return id;
            }
        }
    }
}

/// Sorts fields, those of records among them too; fields without a definition come last.
fn sort(defs: &[FieldDef], fields: &mut Fields) {
    for (name, value) in fields.iter_mut() {
        let def = defs.iter().find(|def| def.name == name);
        let Some(FieldKind::Record(defs)) = def.map(|def| &def.kind) else { continue };
        match value {
            Value::List(items) => {
                for item in items {
                    if let Value::Record(record) = item {
                        sort(defs, record);
                    }
                }
            }
            Value::Record(record) => sort(defs, record),
            _ => {}
        }
    }
    let rank = |name: &str| defs.iter().position(|def| def.name == name).unwrap_or(defs.len());
    fields.sort_by_rank(rank);
}

/// From offsets of the source's text to places of the canonical text.
struct Placing<'a> {
    units: UnitConverter<'a>,
    folding: Folding,
    is_identity: bool,
    /// Stretches that are no places.
    stray: usize,
}

impl Placing<'_> {
    fn offset(&self, offset: u32) -> Option<u32> {
        let at = self.units.to_code_point(offset)?;
        Some(self.folding.map(at).get())
    }

    fn parts(&self, parts: &[(u32, u32)]) -> Option<Parts> {
        let range = |(start, end): &(u32, u32)| TextRange::new(self.offset(*start)?, self.offset(*end)?);
        Parts::as_given(parts.iter().map(range).collect::<Option<_>>()?)
    }

    fn fields(&mut self, defs: &[FieldDef], mut fields: Fields) -> Fields {
        if !self.is_identity && !fields.is_empty() {
            let convert = |at: i64| self.offset(u32::try_from(at).ok()?).map(i64::from);
            self.stray += map_stretches(defs, &mut fields, &convert);
        }
        fields
    }
}

/// Puts one named value into what is known about an article; empty values say nothing.
pub(super) fn put_meta(meta: &mut ArticleMeta, name: &str, value: String) {
    if value.is_empty() {
        return;
    }
    let slot = match name {
        "title" => &mut meta.title,
        "date" => &mut meta.date,
        "source" => &mut meta.source,
        "url" => &mut meta.url,
        "author" => &mut meta.author,
        "language" => &mut meta.language,
        _ => return meta.extra.push((name.to_owned(), value)),
    };
    *slot = Some(value);
}

/// A surface with its line endings as canonical text has them.
pub(super) fn folded(text: String) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}
