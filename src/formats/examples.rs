//! Records cut into smaller examples, for programs that learn from sentences.

use super::stretches::map_stretches;
use super::{FormatError, Record, RecordSource};
use crate::model::{AnnotationSet, FieldDef, Fields, Parts, Schema, leaves, may_link_span};
use crate::text::{CanonicalText, TextRange, sentences};

/// What does not fit into single sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CutOff {
    /// Spans that reach over the border of a sentence, or lie between two: left out.
    pub spans: usize,
    /// Relations whose ends are in different sentences: left out.
    pub relations: usize,
    /// Values of fields that hold a stretch of another sentence: left out.
    pub stretches: usize,
    /// Links of fields to spans of other sentences: kept, and lead nowhere.
    pub links: usize,
}

/// The records of another source, a record a sentence.
pub struct SentenceRecords<'a> {
    /// Whose sentences.
    pub records: &'a dyn RecordSource,
    /// The project's schema.
    pub schema: &'a Schema,
}

impl SentenceRecords<'_> {
    /// Goes through all records and counts what does not fit.
    ///
    /// # Errors
    /// A record cannot be had.
    pub fn cut_off(&self) -> Result<CutOff, FormatError> {
        let mut all = CutOff::default();
        self.records.for_each(&mut |record| {
            let CutOff { spans, relations, stretches, links } = by_sentence(&record, self.schema).1;
            all.spans += spans;
            all.relations += relations;
            all.stretches += stretches;
            all.links += links;
            Ok(())
        })?;
        Ok(all)
    }
}

impl RecordSource for SentenceRecords<'_> {
    fn for_each(&self, visit: &mut dyn FnMut(Record) -> Result<(), FormatError>) -> Result<(), FormatError> {
        self.records
            .for_each(&mut |record| by_sentence(&record, self.schema).0.into_iter().try_for_each(&mut *visit))
    }
}

/// A record for each sentence of the article, in order; their articles are called `a.0001.txt`, `a.0002.txt`, …
pub fn by_sentence(record: &Record, schema: &Schema) -> (Vec<Record>, CutOff) {
    let text = record.text.as_str();
    let ranges: Vec<TextRange> = record
        .text
        .paragraphs()
        .flat_map(|paragraph| sentences(text, paragraph))
        .filter_map(|sentence| record.text.text_range(sentence))
        .collect();
    let mut cut =
        CutOff { spans: record.set.len(), relations: record.set.relation_count(), ..CutOff::default() };
    let examples = ranges
        .iter()
        .enumerate()
        .filter_map(|(number, range)| example(record, schema, *range, number + 1, &mut cut))
        .collect();
    (examples, cut)
}

fn example(
    record: &Record,
    schema: &Schema,
    range: TextRange,
    number: usize,
    cut: &mut CutOff,
) -> Option<Record> {
    let text = CanonicalText::new(record.text.slice(range)?);
    let mut set = AnnotationSet::new(name(&record.set.article, number), record.set.annotator.clone());
    set.fingerprint = text.fingerprint().to_owned();
    set.length = text.len();
    set.status = record.set.status;
    let from = range.start().get();
    let within: Vec<_> = record.set.touching(range);
    let inside = within.into_iter().filter(|span| span.parts.iter().all(|part| range.encloses(*part)));
    for span in inside {
        let shifted =
            span.parts.iter().map(|part| TextRange::new(part.start().get() - from, part.end().get() - from));
        let Some(parts) = shifted.collect::<Option<_>>().and_then(Parts::as_given) else { continue };
        // An empty span at a border belongs to two sentences; the first has it.
        if span.parts.hull().is_empty() && span.start() == range.start() && from > 0 {
            continue;
        }
        let mut span = crate::model::Span { parts, ..(**span).clone() };
        span.fields = moved(schema.fields_of(&span.label), &span.fields, range, cut);
        set.insert(span);
        cut.spans = cut.spans.saturating_sub(1);
    }
    for relation in record.set.relations() {
        if set.get(&relation.from).is_some() && set.get(&relation.to).is_some() {
            set.insert_relation(relation.clone());
            cut.relations = cut.relations.saturating_sub(1);
        }
    }
    for span in set.spans() {
        let links = leaves(schema.fields_of(&span.label), &span.fields);
        let loose = links.iter().filter(|leaf| {
            let id = leaf.value.as_text().unwrap_or_default().into();
            may_link_span(&leaf.def.kind) && record.set.get(&id).is_some() && set.get(&id).is_none()
        });
        cut.links += loose.count();
    }
    Some(Record { meta: record.meta.clone(), text, set })
}

/// Fields with their stretches moved into the sentence; a field with a stretch outside it goes.
fn moved(defs: &[FieldDef], fields: &Fields, range: TextRange, cut: &mut CutOff) -> Fields {
    let inside = |at: i64| {
        let (start, end) = (i64::from(range.start().get()), i64::from(range.end().get()));
        (start..=end).contains(&at).then_some(at - start)
    };
    let mut kept = Fields::new();
    for (name, value) in fields.iter() {
        let mut one: Fields = [(name, value.clone())].into_iter().collect();
        match map_stretches(defs, &mut one, &inside) {
            0 => {
                if let Some(value) = one.remove(name) {
                    kept.set(name, value);
                }
            }
            _ => cut.stretches += 1,
        }
    }
    kept
}

fn name(article: &str, number: usize) -> String {
    match article.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && !stem.is_empty() => {
            format!("{stem}.{number:04}.{ending}")
        }
        _ => format!("{article}.{number:04}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleMeta, Relation, Span};

    #[test]
    fn spans_move_into_their_sentences_and_what_reaches_over_is_counted() {
        let text = CanonicalText::new("Киев 😀 молчит. Москва ждёт!\n\nКонец.");
        let mut set = AnnotationSet::new("articles/a.txt", "anna");
        let mut put = |id: &str, words: &str, fields: &str| {
            let at = text.as_str().find(words).unwrap();
            let range = text.text_range(at..at + words.len()).unwrap();
            let mut span = Span::new(id, "position", Parts::one(range));
            span.fields = ron::from_str(fields).unwrap();
            set.insert(span);
        };
        put("s1", "Киев", "{}");
        put("s2", "Москва", r#"{"cue": [[22, 26]], "holders": [{"mention": "s1"}]}"#);
        put("s3", "молчит. Москва", "{}");
        put("s4", "Конец", r#"{"cue": [[0, 4]]}"#);
        for (id, from, to) in [("r1", "s1", "s2"), ("r2", "s4", "s4")] {
            let fields = Fields::new();
            set.insert_relation(Relation {
                id: id.into(),
                label: "supports".into(),
                from: from.into(),
                to: to.into(),
                fields,
            });
        }
        let record = Record { meta: ArticleMeta::default(), text, set };
        let (examples, cut) = by_sentence(&record, &Schema::positions());
        let said: Vec<(&str, &str, usize)> =
            examples.iter().map(|e| (e.set.article.as_str(), e.text.as_str(), e.set.len())).collect();
        assert_eq!(
            said,
            [
                ("articles/a.0001.txt", "Киев 😀 молчит.", 1),
                ("articles/a.0002.txt", "Москва ждёт!", 1),
                ("articles/a.0003.txt", "Конец.", 1)
            ]
        );
        let span = examples[1].set.get(&"s2".into()).unwrap();
        assert_eq!(span.surface(&examples[1].text), "Москва");
        let cue = span.fields.get("cue").unwrap().as_stretch().unwrap();
        assert_eq!(examples[1].text.slice(cue[0]), Some("ждёт"));
        assert_eq!(cut, CutOff { spans: 1, relations: 1, stretches: 1, links: 1 });
    }
}
