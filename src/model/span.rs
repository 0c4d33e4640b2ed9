//! Spans and relations: the annotations themselves.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::id::{RelationId, SpanId};
use super::value::Fields;
use crate::text::{CanonicalText, CodePoint, TextRange};

/// A labelled stretch of an article: one or more parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Unique within its set.
    pub id: SpanId,
    /// What it is.
    pub label: String,
    /// Where it is, in code points of the canonical text.
    pub parts: Parts,
    /// What is filled in.
    pub fields: Fields,
    /// A remark for people.
    pub note: String,
    /// The surface that the file gives for it, kept only where it is *not* what the article says at that place: evidence that
    /// something moved, which saving must not wipe out.
    pub misquote: Option<Misquote>,
}

/// What a file says stands at a span's place, where the article says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misquote {
    /// The parts' surfaces joined by one space.
    pub text: String,
    /// A little text from before the span.
    pub before: String,
    /// A little text from after it.
    pub after: String,
}

impl Span {
    /// A span with nothing filled in.
    pub fn new(id: impl Into<SpanId>, label: impl Into<String>, parts: Parts) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            parts,
            fields: Fields::new(),
            note: String::new(),
            misquote: None,
        }
    }

    /// Where it starts: its first part's start.
    pub fn start(&self) -> CodePoint {
        self.parts.hull().start()
    }

    /// Where it ends: its last part's end.
    pub fn end(&self) -> CodePoint {
        self.parts.hull().end()
    }

    /// The order in which spans are listed everywhere: by start, then longest first, then id.
    pub fn place(&self) -> (TextRange, &SpanId) {
        (self.parts.hull(), &self.id)
    }

    /// The parts' surfaces joined by one space; parts that lie outside the article count as empty.
    pub fn surface(&self, text: &CanonicalText) -> String {
        let surfaces: Vec<&str> =
            self.parts.iter().map(|part| text.slice(*part).unwrap_or_default()).collect();
        surfaces.join(" ")
    }

    /// Whether [`Span::surface`] is this very text, without making it.
    pub fn says(&self, article: &CanonicalText, text: &str) -> bool {
        let mut rest = text;
        for (place, part) in self.parts.iter().enumerate() {
            if place > 0 {
                let Some(behind) = rest.strip_prefix(' ') else { return false };
                rest = behind;
            }
            let Some(behind) = rest.strip_prefix(article.slice(*part).unwrap_or_default()) else {
                return false;
            };
            rest = behind;
        }
        rest.is_empty()
    }
}

/// The parts of a span in the order in which they were given; at least one.
///
/// Parts that overlap or run backwards can be held, because files and imports hold them and validation must be able to say so;
/// whatever the program itself makes goes through [`Parts::tidy`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Parts(Vec<TextRange>);

impl Parts {
    /// A span in one piece.
    pub fn one(range: TextRange) -> Self {
        Self(vec![range])
    }

    /// Parts as they are; `None` if there are none.
    pub fn as_given(parts: Vec<TextRange>) -> Option<Self> {
        (!parts.is_empty()).then_some(Self(parts))
    }

    /// Parts put into text order, touching and overlapping ones joined, empty ones dropped; `None` if nothing is left.
    pub fn tidy(parts: impl IntoIterator<Item = TextRange>) -> Option<Self> {
        let mut parts: Vec<TextRange> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        parts.sort_unstable();
        let mut tidy: Vec<TextRange> = Vec::with_capacity(parts.len());
        for part in parts {
            match tidy.last_mut() {
                Some(last) if part.start() <= last.end() => *last = last.hull(part),
                _ => tidy.push(part),
            }
        }
        Self::as_given(tidy)
    }

    /// Whether the parts are in text order, not empty and apart from each other. Touching parts are allowed.
    pub fn is_tidy(&self) -> bool {
        self.0.iter().all(|p| !p.is_empty()) && self.0.windows(2).all(|w| w[0].end() <= w[1].start())
    }

    /// The parts in order.
    pub fn iter(&self) -> std::slice::Iter<'_, TextRange> {
        self.0.iter()
    }

    /// The parts as a slice.
    pub fn as_slice(&self) -> &[TextRange] {
        &self.0
    }

    /// The first part.
    pub fn first(&self) -> TextRange {
        self.0[0]
    }

    /// The last part.
    pub fn last(&self) -> TextRange {
        self.0[self.0.len() - 1]
    }

    /// How many parts; never 0.
    #[expect(clippy::len_without_is_empty, reason = "there is always a part")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest range that holds all parts.
    pub fn hull(&self) -> TextRange {
        self.0.iter().skip(1).fold(self.0[0], |hull, part| hull.hull(*part))
    }

    /// Whether a part covers this code point.
    pub fn cover(&self, at: CodePoint) -> bool {
        self.0.iter().any(|part| part.contains(at))
    }

    /// Whether a part shares a code point with a part of the other.
    pub fn overlap(&self, other: &Self) -> bool {
        self.0.iter().any(|a| other.0.iter().any(|b| a.overlaps(*b)))
    }

    /// How many code points they cover, counting none twice if they are tidy.
    pub fn covered(&self) -> u32 {
        self.0.iter().map(|p| p.len()).sum()
    }

    /// Whether every code point of `inner` is covered by these parts.
    pub fn enclose(&self, inner: &Self) -> bool {
        inner.0.iter().all(|i| self.0.iter().any(|o| o.encloses(*i)))
    }

    /// Whether the two cross: they share text, and neither encloses the other.
    pub fn cross(&self, other: &Self) -> bool {
        self.overlap(other) && !self.enclose(other) && !other.enclose(self)
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Parts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = Vec::<TextRange>::deserialize(deserializer)?;
        Self::as_given(parts).ok_or_else(|| serde::de::Error::custom("a span needs at least one part"))
    }
}

/// A labelled, directed link between two spans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Unique within its set.
    pub id: RelationId,
    /// What it says.
    pub label: String,
    /// Where it starts.
    pub from: SpanId,
    /// Where it leads.
    pub to: SpanId,
    /// What is filled in.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(ranges: &[(u32, u32)]) -> Vec<TextRange> {
        ranges.iter().map(|(s, e)| TextRange::new(*s, *e).unwrap()).collect()
    }

    #[test]
    fn tidying_sorts_joins_and_drops() {
        let tidy = Parts::tidy(parts(&[(9, 12), (0, 3), (3, 5), (7, 7), (4, 6)])).unwrap();
        assert_eq!(tidy.as_slice(), parts(&[(0, 6), (9, 12)]));
        assert!(tidy.is_tidy());
        assert!(Parts::tidy(parts(&[(4, 4)])).is_none());
    }

    #[test]
    fn crossing_is_overlap_without_enclosure() {
        let p = |r: &[(u32, u32)]| Parts::as_given(parts(r)).unwrap();
        assert!(p(&[(0, 5)]).cross(&p(&[(3, 8)])));
        assert!(!p(&[(0, 8)]).cross(&p(&[(3, 8)])), "nested");
        assert!(!p(&[(0, 3)]).cross(&p(&[(3, 8)])), "touching");
        assert!(!p(&[(0, 2), (6, 8)]).cross(&p(&[(3, 5)])), "in the gap");
    }
}
