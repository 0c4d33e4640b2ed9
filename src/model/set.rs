//! A set of annotations: what one annotator said about one article.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::by_id::{ById, Slots};
use super::chunked::Chunked;
use super::decision::Decision;
use super::id::{DecisionId, RelationId, SpanId};
use super::interval::{Entry, IntervalIndex};
use super::shared_map::SharedMap;
use super::span::{Relation, Span};
use super::value::{Fields, Value};
use crate::text::{CodePoint, TextRange};

/// How far the work on an article has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    #[default]
    Untouched,
    /// Begun.
    InProgress,
    /// The annotator is finished.
    Done,
    /// Someone has looked it over.
    Reviewed,
}

impl Status {
    /// All of them in order.
    pub const ALL: [Self; 4] = [Self::Untouched, Self::InProgress, Self::Done, Self::Reviewed];

    /// The word in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Reviewed => "reviewed",
        }
    }

    /// The status of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The annotator's name under which adjudicated annotations are kept.
pub const GOLD: &str = "gold";

/// What one annotator said about one article. Cheap to clone for a background thread: what neither copy changed is shared.
///
/// Spans with one and the same id (a fault of a file, reported by validation) are all kept; [`AnnotationSet::get`] gives the first.
#[derive(Clone, Debug, Default)]
pub struct AnnotationSet {
    /// The article's path relative to the project's root, with `/`.
    pub article: String,
    /// The article's fingerprint, `sha256:…`, when the annotations were last saved.
    pub fingerprint: String,
    /// The article's length in code points then.
    pub length: u32,
    /// Whose annotations these are.
    pub annotator: String,
    /// How far the work has come.
    pub status: Status,
    /// The article-level fields.
    pub fields: Fields,
    slots: Chunked<Place>,
    free: Vec<u32>,
    by_id: ById,
    index: IntervalIndex,
    relations: SharedMap<RelationId, Vec<Arc<Relation>>>,
    /// How many relations there are, those of one id counted each.
    relation_count: usize,
    ends: SharedMap<SpanId, Vec<RelationId>>,
    decisions: BTreeMap<DecisionId, Arc<Decision>>,
    /// Counts up with every change, so that views know when to look again.
    generation: u64,
}

/// A place for a span, and which texts its fields hold.
#[derive(Clone, Debug, Default)]
struct Place {
    span: Option<Arc<Span>>,
    /// See [`signature`].
    texts: u64,
}

/// The spans of a set at one moment; see [`AnnotationSet::span_snapshot`]. Empty by default.
#[derive(Clone, Debug, Default)]
pub struct SpanSnapshot(Chunked<Place>);

/// A Bloom filter (Bloom 1970) of one word: two bits for every text in the fields of a span. Who refers to an id is asked of every span, and
/// looking into a hundred thousand spans takes milliseconds; into a list of words it takes none.
fn signature(fields: &Fields) -> u64 {
    fn of_value(value: &Value) -> u64 {
        match value {
            Value::Text(text) => bits(text),
            Value::List(items) => items.iter().fold(0, |all, item| all | of_value(item)),
            Value::Record(fields) => signature(fields),
            _ => 0,
        }
    }
    fields.iter().fold(0, |all, (_, value)| all | of_value(value))
}

/// The two bits of a text: FNV-1a (Fowler, Noll and Vo) of its first bytes and its length.
fn bits(text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ text.len() as u64;
    let hash = text
        .bytes()
        .take(24)
        .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash >> 58) | 1 << (hash >> 52 & 63)
}

impl PartialEq for AnnotationSet {
    fn eq(&self, other: &Self) -> bool {
        self.article == other.article
            && self.fingerprint == other.fingerprint
            && self.length == other.length
            && self.annotator == other.annotator
            && self.status == other.status
            && self.fields == other.fields
            && self.len() == other.len()
            && self.spans().zip(other.spans()).all(|(a, b)| a == b)
            && self.relations().eq(other.relations())
            && self.decisions == other.decisions
    }
}

impl AnnotationSet {
    /// An empty set.
    pub fn new(article: impl Into<String>, annotator: impl Into<String>) -> Self {
        Self { article: article.into(), annotator: annotator.into(), ..Self::default() }
    }

    /// How many spans there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether there is no span.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts up with every change.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// A span by its id.
    pub fn get(&self, id: &SpanId) -> Option<&Arc<Span>> {
        self.by_id.get(id).and_then(|slots| self.span_at(slots.first()?))
    }

    /// Every span in listing order: by start, then longest first, then id.
    pub fn spans(&self) -> impl Iterator<Item = &Arc<Span>> {
        let mut all: Vec<&Arc<Span>> = self.slots.iter().filter_map(|place| place.span.as_ref()).collect();
        all.sort_by_key(|span| span.place());
        all.into_iter()
    }

    /// Every span in no particular order: quicker than [`AnnotationSet::spans`], which sorts.
    pub fn each_span(&self) -> impl Iterator<Item = &Arc<Span>> {
        self.slots.iter().filter_map(|place| place.span.as_ref())
    }

    /// The ids that several spans have: a fault of a file. In no particular order.
    pub fn shared_ids(&self) -> impl Iterator<Item = &SpanId> {
        self.by_id
            .iter()
            .filter(|(_, slots)| matches!(slots, Slots::Several(several) if several.len() > 1))
            .map(|(id, _)| id)
    }

    /// The spans that share a code point with `range`, in listing order. An empty range asks for what has it inside or at an edge;
    /// empty spans are found by ranges they lie in or touch. Logarithmic in the number of spans, plus what is found.
    pub fn touching(&self, range: TextRange) -> Vec<&Arc<Span>> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.index.touching(range, &mut |entry| {
            if seen.insert(entry.slot) {
                found.extend(self.span_at(entry.slot));
            }
        });
        found.sort_by_key(|span| span.place());
        found
    }

    /// The spans that cover the code point at `at`, smallest first: what a click there means, and what a second click means next.
    pub fn covering(&self, at: CodePoint) -> Vec<&Arc<Span>> {
        let Some(range) = TextRange::new(at, CodePoint(at.0.saturating_add(1))) else {
            return Vec::new();
        };
        let mut found = self.touching(range);
        found.retain(|span| span.parts.cover(at));
        found.sort_by_key(|span| (span.parts.covered(), span.parts.hull(), span.id.clone()));
        found
    }

    /// The span after `place` in listing order (by its first part), or the first of all for `None`.
    pub fn next_span(&self, after: Option<&SpanId>) -> Option<&Arc<Span>> {
        let bound = match after.and_then(|id| self.by_id.get(id)).and_then(Slots::first) {
            Some(slot) => Entry { part: 1, ..self.entry(slot, 0)? },
            None => lowest(CodePoint(0)),
        };
        self.first_part_from(bound)
    }

    /// The span before `place` in listing order (by its first part), or the last of all for `None`.
    pub fn previous_span(&self, before: Option<&SpanId>) -> Option<&Arc<Span>> {
        let mut bound = match before.and_then(|id| self.by_id.get(id)).and_then(Slots::first) {
            Some(slot) => self.entry(slot, 0)?,
            None => lowest(CodePoint(u32::MAX)),
        };
        loop {
            bound = self.index.last_before(&bound)?;
            if bound.part == 0 {
                return self.span_at(bound.slot);
            }
        }
    }

    /// The first span whose first part starts at or after `at`.
    pub fn first_from(&self, at: CodePoint) -> Option<&Arc<Span>> {
        self.first_part_from(lowest(at))
    }

    /// The last span whose first part starts before `at`.
    pub fn last_before(&self, at: CodePoint) -> Option<&Arc<Span>> {
        let mut bound = lowest(at);
        loop {
            bound = self.index.last_before(&bound)?;
            if bound.part == 0 {
                return self.span_at(bound.slot);
            }
        }
    }

    fn first_part_from(&self, mut bound: Entry) -> Option<&Arc<Span>> {
        loop {
            let entry = self.index.first_from(&bound)?;
            if entry.part == 0 {
                return self.span_at(entry.slot);
            }
            bound = Entry { part: entry.part + 1, ..entry };
        }
    }

    fn entry(&self, slot: u32, part: usize) -> Option<Entry> {
        let span = self.span_at(slot)?;
        Some(Entry { range: *span.parts.as_slice().get(part)?, slot, part: part as u32 })
    }

    /// Every relation in the order of their ids.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations.values().flatten()
    }

    /// A relation by its id.
    pub fn relation(&self, id: &RelationId) -> Option<&Arc<Relation>> {
        self.relations.get(id).and_then(|same| same.first())
    }

    /// The relations that start or end at a span.
    pub fn relations_of(&self, span: &SpanId) -> impl Iterator<Item = &Arc<Relation>> {
        self.ends.get(span).into_iter().flatten().filter_map(|id| self.relation(id))
    }

    /// How many relations there are.
    pub fn relation_count(&self) -> usize {
        self.relation_count
    }

    /// What was decided about places of the article, in the order of the ids; only gold has any.
    pub fn decisions(&self) -> impl Iterator<Item = &Arc<Decision>> {
        self.decisions.values()
    }

    /// A decision by its id.
    pub fn decision(&self, id: &DecisionId) -> Option<&Arc<Decision>> {
        self.decisions.get(id)
    }

    /// How many decisions there are.
    pub fn decision_count(&self) -> usize {
        self.decisions.len()
    }

    /// Adds a decision as it is, or puts it in the place of the one of its id, which is given back.
    pub fn insert_decision(&mut self, decision: impl Into<Arc<Decision>>) -> Option<Arc<Decision>> {
        let decision = decision.into();
        self.generation += 1;
        self.decisions.insert(decision.id.clone(), decision)
    }

    /// Takes out the decision of this id.
    pub fn remove_decision(&mut self, id: &DecisionId) -> Option<Arc<Decision>> {
        self.generation += 1;
        self.decisions.remove(id)
    }

    /// The lowest free id of the form `s7`.
    pub fn fresh_span_id(&self) -> SpanId {
        let start = self.len() as u64 + 1;
        (start..)
            .map(|n| SpanId::from(format!("s{n}")))
            .find(|id| self.by_id.get(id).is_none())
            .unwrap_or("s".into())
    }

    /// The lowest free id of the form `r7`.
    pub fn fresh_relation_id(&self) -> RelationId {
        let start = self.relations.len() as u64 + 1;
        (start..)
            .map(|n| RelationId::from(format!("r{n}")))
            .find(|id| !self.relations.contains_key(id))
            .unwrap_or("r".into())
    }

    fn span_at(&self, slot: u32) -> Option<&Arc<Span>> {
        self.slots.at(slot as usize).span.as_ref()
    }

    /// The spans of which a field anywhere holds this id as text: who refers to it.
    pub fn referring_to<'a>(&'a self, id: &'a SpanId) -> impl Iterator<Item = &'a Arc<Span>> {
        let wanted = bits(id.as_str());
        self.slots
            .iter()
            .filter(move |place| place.texts & wanted == wanted)
            .filter_map(|place| place.span.as_ref())
            .filter(move |span| span.fields.iter().any(|(_, value)| names(value, id.as_str())))
    }

    /// Adds a span as it is, even with an id that is there already. For readers of files; people's edits are
    /// [`super::Change`]s.
    pub fn insert(&mut self, span: impl Into<Arc<Span>>) {
        let span = span.into();
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                self.slots.push(Place::default());
                (self.slots.len() - 1) as u32
            }
        };
        for (part, range) in span.parts.iter().enumerate() {
            self.index.insert(Entry { range: *range, slot, part: part as u32 });
        }
        self.by_id.add(&span.id, slot);
        *self.slots.at_mut(slot as usize) = Place { texts: signature(&span.fields), span: Some(span) };
        self.generation += 1;
    }

    /// Adds spans as they are, like [`AnnotationSet::insert`] one after another. Into an empty set they go much quicker.
    pub fn insert_all<S: Into<Arc<Span>>>(&mut self, spans: Vec<S>) {
        if !self.slots.is_empty() {
            spans.into_iter().for_each(|span| self.insert(span));
            return;
        }
        let mut entries = Vec::with_capacity(spans.len());
        self.by_id.reserve(spans.len());
        for (slot, span) in (0u32..).zip(spans) {
            let span: Arc<Span> = span.into();
            let parts = (0u32..).zip(span.parts.iter());
            entries.extend(parts.map(|(part, range)| Entry { range: *range, slot, part }));
            self.by_id.add(&span.id, slot);
            self.slots.push(Place { texts: signature(&span.fields), span: Some(span) });
        }
        self.generation += self.slots.len() as u64;
        self.index = IntervalIndex::of(entries);
    }

    /// Takes out the (first) span of this id.
    pub fn remove(&mut self, id: &SpanId) -> Option<Arc<Span>> {
        let slot = self.by_id.take(id)?;
        let span = std::mem::take(self.slots.at_mut(slot as usize)).span?;
        for (part, range) in span.parts.iter().enumerate() {
            self.index.remove(&Entry { range: *range, slot, part: part as u32 });
        }
        self.free.push(slot);
        self.generation += 1;
        Some(span)
    }

    /// Adds a relation as it is. For readers of files.
    pub fn insert_relation(&mut self, relation: impl Into<Arc<Relation>>) {
        let relation = relation.into();
        for end in [&relation.from, &relation.to] {
            self.ends.change(end, |of_end| {
                let of_end = of_end.get_or_insert_default();
                if !of_end.contains(&relation.id) {
                    of_end.push(relation.id.clone());
                }
            });
        }
        let id = relation.id.clone();
        self.relations.change(&id, |same| same.get_or_insert_default().push(relation));
        self.relation_count += 1;
        self.generation += 1;
    }

    /// Adds relations as they are, like [`AnnotationSet::insert_relation`] one after another. Where there are none yet they go much
    /// quicker.
    pub fn insert_relations(&mut self, relations: Vec<Arc<Relation>>) {
        if self.relation_count > 0 {
            relations.into_iter().for_each(|relation| self.insert_relation(relation));
            return;
        }
        self.relation_count = relations.len();
        self.generation += relations.len() as u64;
        let ends = relations.iter().flat_map(|r| [(r.from.clone(), r.id.clone()), (r.to.clone(), r.id.clone())]);
        self.ends = SharedMap::gathered(ends.collect(), |all| {
            // As one after another: each id once, where it came first.
            let mut known = HashSet::with_capacity(all.len());
            all.retain(|id| known.insert(id.clone()));
        });
        let by_id = relations.into_iter().map(|relation| (relation.id.clone(), relation));
        self.relations = SharedMap::gathered(by_id.collect(), |_| {});
    }

    /// Takes out the (first) relation of this id.
    pub fn remove_relation(&mut self, id: &RelationId) -> Option<Arc<Relation>> {
        self.relations.get(id)?;
        let (relation, was_last) = self.relations.change(id, |same| {
            let all = same.as_mut()?;
            let relation = all.remove(0);
            let was_last = all.is_empty();
            if was_last {
                *same = None;
            }
            Some((relation, was_last))
        })?;
        self.relation_count -= 1;
        if was_last {
            for end in [&relation.from, &relation.to] {
                self.ends.change(end, |of_end| {
                    if let Some(all) = of_end {
                        all.retain(|other| other != id);
                    }
                    *of_end = of_end.take().filter(|all| !all.is_empty());
                });
            }
        }
        self.generation += 1;
        Some(relation)
    }

    /// The spans as they are now, to ask later what became other: [`AnnotationSet::changed_since`].
    pub fn span_snapshot(&self) -> SpanSnapshot {
        SpanSnapshot(self.slots.clone())
    }

    /// Calls `changed` with every span that is in this set and not in the snapshot, `true`, and with every one that was there and is not here,
    /// `false`; one that was changed comes once as it was and once as it is. Time: what was changed, if the snapshot is of this set.
    pub fn changed_since<'a>(
        &'a self,
        snapshot: &'a SpanSnapshot,
        mut changed: impl FnMut(&'a Arc<Span>, bool),
    ) {
        self.slots.differing(&snapshot.0, |now, then| {
            let (now, then) = (now.and_then(|p| p.span.as_ref()), then.and_then(|p| p.span.as_ref()));
            if let (Some(now), Some(then)) = (now, then)
                && Arc::ptr_eq(now, then)
            {
                return;
            }
            if let Some(then) = then {
                changed(then, false);
            }
            if let Some(now) = now {
                changed(now, true);
            }
        });
    }

    pub(super) fn touch(&mut self) {
        self.generation += 1;
    }
}

fn lowest(at: CodePoint) -> Entry {
    // The longest range that starts at `at` comes first among its equals; only `u32::MAX` itself could be longer.
    let range = TextRange::new(at, CodePoint(u32::MAX)).unwrap_or_default();
    Entry { range, slot: 0, part: 0 }
}

fn names(value: &Value, id: &str) -> bool {
    match value {
        Value::Text(text) => text == id,
        Value::List(items) => items.iter().any(|item| names(item, id)),
        Value::Record(fields) => fields.iter().any(|(_, value)| names(value, id)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::span::Parts;
    use super::*;

    fn set(spans: &[(&str, &[(u32, u32)])]) -> AnnotationSet {
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (id, parts) in spans {
            let parts = parts.iter().map(|(s, e)| TextRange::new(*s, *e).unwrap()).collect();
            set.insert(Span::new(*id, "entity", Parts::as_given(parts).unwrap()));
        }
        set
    }

    fn ids<'a>(spans: impl IntoIterator<Item = &'a Arc<Span>>) -> Vec<&'a str> {
        spans.into_iter().map(|s| s.id.as_str()).collect()
    }

    #[test]
    fn covering_lists_the_smallest_first_and_leaves_gaps_out() {
        let set = set(&[("s1", &[(0, 20)]), ("s2", &[(4, 8)]), ("s3", &[(2, 5), (10, 12)])]);
        assert_eq!(ids(set.covering(CodePoint(4))), ["s2", "s3", "s1"]);
        assert_eq!(ids(set.covering(CodePoint(9))), ["s1"]);
        assert_eq!(ids(set.touching(TextRange::new(5u32, 10u32).unwrap())), ["s1", "s2"]);
    }

    #[test]
    fn walking_visits_each_span_once_in_listing_order_and_back() {
        let set =
            set(&[("s1", &[(5, 9)]), ("s2", &[(0, 3), (12, 14)]), ("s3", &[(5, 20)]), ("s10", &[(5, 9)])]);
        let listed = ids(set.spans());
        assert_eq!(listed, ["s2", "s3", "s1", "s10"]);
        let mut walked = vec![];
        let mut at = set.next_span(None);
        while let Some(span) = at {
            walked.push(span.id.as_str());
            at = set.next_span(Some(&span.id));
        }
        assert_eq!(walked, listed);
        let mut back = vec![];
        let mut at = set.previous_span(None);
        while let Some(span) = at {
            back.push(span.id.as_str());
            at = set.previous_span(Some(&span.id));
        }
        back.reverse();
        assert_eq!(back, listed);
        assert_eq!(set.first_from(CodePoint(4)).unwrap().id.as_str(), "s3");
    }

    #[test]
    fn a_snapshot_tells_what_became_other() {
        let mut set = set(&[("s1", &[(0, 2)]), ("s2", &[(4, 8)]), ("s3", &[(9, 12)])]);
        let told = |set: &AnnotationSet, snapshot: &SpanSnapshot| {
            let mut told = Vec::new();
            set.changed_since(snapshot, |span, here| {
                told.push(format!("{}{}{}", if here { '+' } else { '-' }, span.id, span.label));
            });
            told
        };
        assert_eq!(told(&set, &SpanSnapshot::default()), ["+s1entity", "+s2entity", "+s3entity"]);
        let snapshot = set.span_snapshot();
        assert!(told(&set, &snapshot).is_empty());
        let mut other = (*set.remove(&"s2".into()).unwrap()).clone();
        other.label = "claim".into();
        set.insert(other);
        set.remove(&"s3".into());
        assert_eq!(told(&set, &snapshot), ["-s2entity", "+s2claim", "-s3entity"]);
    }

    #[test]
    fn two_spans_of_one_id_are_both_kept() {
        let mut set = set(&[("s1", &[(5, 9)]), ("s1", &[(0, 3)])]);
        assert_eq!(set.len(), 2);
        assert!(set.remove(&"s1".into()).is_some());
        assert_eq!(set.get(&"s1".into()).unwrap().start(), CodePoint(0));
    }
}
