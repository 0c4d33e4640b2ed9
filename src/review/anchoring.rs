//! Sets that were made on another version of an article: what can be found again by its surface.
//!
//! A file stores each span's surface with a little text around it. Where the article says something else at a span's place, the surface
//! is looked for in the article as it is; the occurrence whose surroundings are most like the stored ones is it, unless two are equally
//! like. Offsets inside fields (stretches of text) move with their span where that moved as a whole.

use std::sync::Arc;

use crate::model::{AnnotationSet, FieldKind, Misquote, Parts, Schema, Span, SpanId, Value, leaves};
use crate::text::{CanonicalText, TextRange};

/// What became of a set that was made on another version of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reanchored {
    /// Spans that stand where they stood: the article says the same there.
    pub stayed: usize,
    /// Spans that were found elsewhere.
    pub moved: usize,
    /// Spans that could not be found again, or not with certainty; they take no part in a comparison.
    pub lost: Vec<SpanId>,
}

/// A set as it would be on this text, and what had to be found again; `None` if the set was made on this very text and every span says
/// what the article says.
pub fn reanchored(
    mut set: AnnotationSet,
    text: &CanonicalText,
    schema: &Schema,
) -> (AnnotationSet, Option<Reanchored>) {
    let beyond = |span: &Span| span.end().get() > text.len();
    let is_same = set.fingerprint.is_empty() || set.fingerprint == text.fingerprint();
    let spans: Vec<Arc<Span>> = set.spans().cloned().collect();
    if is_same && !spans.iter().any(|span| span.misquote.is_some() || beyond(span)) {
        return (set, None);
    }
    let mut told = Reanchored::default();
    for span in spans {
        let Some(quote) = &span.misquote else {
            if beyond(&span) {
                told.lost.push(span.id.clone());
                set.remove(&span.id);
            } else {
                told.stayed += 1;
            }
            continue;
        };
        set.remove(&span.id);
        match found_again(&span, quote, text) {
            Some(parts) => {
                told.moved += 1;
                set.insert(moved(&span, parts, schema));
            }
            None => told.lost.push(span.id.clone()),
        }
    }
    set.fingerprint = text.fingerprint().to_owned();
    set.length = text.len();
    (set, Some(told))
}

/// Where a span's surface is now. Only spans of one part are looked for: of several parts nothing says how far they stand apart now.
fn found_again(span: &Span, quote: &Misquote, text: &CanonicalText) -> Option<Parts> {
    if span.parts.len() != 1 || quote.text.trim().is_empty() {
        return None;
    }
    let all = text.as_str();
    let alike = |place: usize| {
        let before = all[..place].chars().rev().zip(quote.before.chars().rev());
        let after = all[place + quote.text.len()..].chars().zip(quote.after.chars());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    };
    let places: Vec<(usize, usize)> =
        all.match_indices(&quote.text).map(|(place, _)| (alike(place), place)).collect();
    let best = places.iter().map(|(alike, _)| *alike).max()?;
    let mut likeliest = places.iter().filter(|(alike, _)| *alike == best);
    let (_, place) = *likeliest.next()?;
    if likeliest.next().is_some() {
        return None;
    }
    text.text_range(place..place + quote.text.len()).map(Parts::one)
}

fn moved(span: &Span, parts: Parts, schema: &Schema) -> Span {
    let by = i64::from(parts.hull().start().get()) - i64::from(span.start().get());
    let mut new = Span { parts, misquote: None, ..span.clone() };
    let shift = |offset: u32| u32::try_from(i64::from(offset) + by).ok();
    let stretches: Vec<_> = leaves(schema.fields_of(&span.label), &span.fields)
        .into_iter()
        .filter(|leaf| leaf.def.kind == FieldKind::Stretch)
        .filter_map(|leaf| Some((leaf.path, leaf.value.as_stretch()?)))
        .collect();
    for (path, stretch) in stretches {
        let there: Option<Vec<TextRange>> = stretch
            .iter()
            .map(|range| TextRange::new(shift(range.start().get())?, shift(range.end().get())?))
            .collect();
        if let Some(there) = there {
            new.fields.put(&path, Some(Value::stretch(&there)));
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_on(text: &str, spans: &[(&str, &str)]) -> AnnotationSet {
        let text = CanonicalText::new(text);
        let mut set = AnnotationSet::new("a.txt", "anna");
        set.fingerprint = text.fingerprint().to_owned();
        for (id, surface) in spans {
            let at = text.as_str().find(surface).unwrap();
            let range = text.text_range(at..at + surface.len()).unwrap();
            set.insert(Span::new(*id, "entity", Parts::one(range)));
        }
        set
    }

    /// As reading does it: the file's surface is kept where the article disagrees.
    fn read_on(mut set: AnnotationSet, old: &str, new: &str) -> AnnotationSet {
        let (old, new) = (CanonicalText::new(old), CanonicalText::new(new));
        for span in set.spans().cloned().collect::<Vec<_>>() {
            if span.surface(&new) != span.surface(&old) {
                let mut said = (*span).clone();
                let hull = span.parts.hull();
                let before =
                    TextRange::new(hull.start().get().saturating_sub(4), hull.start().get()).unwrap();
                said.misquote = Some(Misquote {
                    text: span.surface(&old),
                    before: old.slice(before).unwrap_or_default().to_owned(),
                    after: String::new(),
                });
                set.remove(&span.id);
                set.insert(said);
            }
        }
        set
    }

    #[test]
    fn what_says_the_same_stays_what_moved_is_found_and_what_is_gone_is_told() {
        let (old, new) = ("Киев ждёт. Москва молчит. Париж.", "Киев ждёт. Вчера Москва молчит.");
        let set = set_on(old, &[("s1", "Киев"), ("s2", "Москва"), ("s3", "Париж")]);
        let text = CanonicalText::new(new);
        let (set, told) = reanchored(read_on(set, old, new), &text, &Schema::positions());
        assert_eq!(told, Some(Reanchored { stayed: 1, moved: 1, lost: vec!["s3".into()] }));
        assert_eq!(set.get(&"s2".into()).unwrap().surface(&text), "Москва");
        assert_eq!(set.fingerprint, text.fingerprint());
    }

    #[test]
    fn of_two_equally_likely_places_neither_is_taken() {
        let (old, new) = ("Киев.", "Да. Киев. Да. Киев.");
        let set = read_on(set_on(old, &[("s1", "Киев")]), old, new);
        let (set, told) = reanchored(set, &CanonicalText::new(new), &Schema::positions());
        assert_eq!(told.unwrap().lost, [SpanId::from("s1")]);
        assert!(set.is_empty());
    }
}
