//! Merging two versions of one set of annotations, span by span: what someone else did to a file while it was open here.
//!
//! A pure function of three values. What only one side changed is taken; what both changed differently is a [`Conflict`], of which
//! the merged set holds our version until someone decides. Nothing that was ever written by hand is lost without being named.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{
    AnnotationSet, Became, Change, Decision, DecisionId, FieldPath, Fields, Relation, RelationId, Schema,
    Span, SpanId, Status, Step, Subject, Value, links_to,
};

/// Two versions made one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The one.
    pub set: AnnotationSet,
    /// What theirs brought: applied to ours, these changes give `set`.
    pub taken: Vec<Change>,
    /// What both changed differently.
    pub conflicts: Vec<Conflict>,
}

/// Something that both changed differently. `None` = it is not there in that version.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What it is.
    pub subject: Subject,
    /// What both began with.
    pub base: Option<Version>,
    /// What we made of it.
    pub ours: Option<Version>,
    /// What they made of it.
    pub theirs: Option<Version>,
}

/// One version of something.
#[derive(Clone, Debug, PartialEq)]
pub enum Version {
    /// Of a span.
    Span(Arc<Span>),
    /// Of a relation.
    Relation(Arc<Relation>),
    /// Of the status.
    Status(Status),
    /// Of an article-level field.
    Field(Value),
    /// Of a decision.
    Decision(Arc<Decision>),
}

/// Merges `ours` and `theirs`, which both began as `base`. Links to spans that must get another id are found by their looks:
/// any text in a field that is the id. Where a schema is at hand, [`merge_by_schema`] knows better.
pub fn merge(base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) -> Merged {
    merge_with(base, ours, theirs, None)
}

/// Merges as [`merge`] does, with the schema saying which fields are links to spans.
pub fn merge_by_schema(
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    schema: &Schema,
) -> Merged {
    merge_with(base, ours, theirs, Some(schema))
}

fn merge_with(
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    schema: Option<&Schema>,
) -> Merged {
    let theirs = with_fresh_ids(base, ours, theirs, schema);
    let mut merge = Merge { merged: ours.clone(), taken: Vec::new(), conflicts: Vec::new() };
    // The article as it was last saved is what the file says now.
    merge.merged.fingerprint.clone_from(&theirs.fingerprint);
    merge.merged.length = theirs.length;
    merge.status(base.status, ours.status, theirs.status);
    merge.article_fields(base, ours, &theirs);
    merge.spans(base, ours, &theirs);
    merge.relations(base, ours, &theirs);
    merge.decisions(base, ours, &theirs);
    merge.keep_what_is_referred_to(base, ours, &theirs);
    Merged { set: merge.merged, taken: merge.taken, conflicts: merge.conflicts }
}

/// Three values of one thing: `Ok` what comes of it, `Err` if both changed it differently.
fn three<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T) -> Result<T, ()> {
    if base == theirs || ours == theirs {
        Ok(ours.clone())
    } else if base == ours {
        Ok(theirs.clone())
    } else {
        Err(())
    }
}

struct Merge {
    merged: AnnotationSet,
    taken: Vec<Change>,
    conflicts: Vec<Conflict>,
}

impl Merge {
    fn conflict<T>(&mut self, subject: Subject, version: impl Fn(T) -> Version, of: [Option<T>; 3]) {
        let [base, ours, theirs] = of.map(|thing| thing.map(&version));
        self.conflicts.push(Conflict { subject, base, ours, theirs });
    }

    fn status(&mut self, base: Status, ours: Status, theirs: Status) {
        match three(&base, &ours, &theirs) {
            Ok(status) if status != ours => {
                self.taken.push(Change::Status { before: ours, after: status });
                self.merged.status = status;
            }
            Ok(_as_it_is) => {}
            Err(()) => self.conflict(Subject::Status, Version::Status, [base, ours, theirs].map(Some)),
        }
    }

    fn article_fields(&mut self, base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) {
        for name in field_names([&base.fields, &ours.fields, &theirs.fields]) {
            let of = [base, ours, theirs].map(|set| set.fields.get(&name).cloned());
            match three(&of[0], &of[1], &of[2]) {
                Ok(value) if value != of[1] => {
                    match &value {
                        Some(value) => drop(self.merged.fields.set(name.clone(), value.clone())),
                        None => drop(self.merged.fields.remove(&name)),
                    }
                    self.taken.push(Change::ArticleField {
                        name,
                        value: Became { before: of[1].clone(), after: value },
                    });
                }
                Ok(_as_it_is) => {}
                Err(()) => self.conflict(Subject::ArticleField(name), Version::Field, of),
            }
        }
    }

    fn spans(&mut self, base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) {
        let [base, ours, theirs] = [base, ours, theirs].map(|set| by_key(set.spans(), |span| &span.id));
        let keys: BTreeSet<_> = base.keys().chain(ours.keys()).chain(theirs.keys()).cloned().collect();
        for key in keys {
            let of = [&base, &ours, &theirs].map(|all| all.get(&key).map(|span| (*span).clone()));
            let (merged, at_odds) = match (&of[0], &of[1], &of[2]) {
                (base, ours, theirs) if base == theirs || ours == theirs => (ours.clone(), false),
                (base, ours, theirs) if base == ours => (theirs.clone(), false),
                (Some(base), Some(ours), Some(theirs)) => {
                    let (span, at_odds) = merged_span(base, ours, theirs);
                    (Some(span), at_odds)
                }
                // One took away what the other changed: what was written stays until someone decides.
                (_, ours, theirs) => (ours.clone().or(theirs.clone()), true),
            };
            self.put_span(of[1].clone(), merged);
            if at_odds {
                self.conflict(Subject::Span(key.0), Version::Span, of);
            }
        }
    }

    fn relations(&mut self, base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) {
        let [base, ours, theirs] =
            [base, ours, theirs].map(|set| by_key(set.relations(), |relation| &relation.id));
        let keys: BTreeSet<_> = base.keys().chain(ours.keys()).chain(theirs.keys()).cloned().collect();
        for key in keys {
            let of = [&base, &ours, &theirs].map(|all| all.get(&key).map(|relation| (*relation).clone()));
            let (merged, at_odds) = match (&of[0], &of[1], &of[2]) {
                (base, ours, theirs) if base == theirs || ours == theirs => (ours.clone(), false),
                (base, ours, theirs) if base == ours => (theirs.clone(), false),
                (Some(base), Some(ours), Some(theirs)) => {
                    let (relation, at_odds) = merged_relation(base, ours, theirs);
                    (Some(relation), at_odds)
                }
                (_, ours, theirs) => (ours.clone().or(theirs.clone()), true),
            };
            self.put_relation(of[1].clone(), merged);
            if at_odds {
                self.conflict(Subject::Relation(key.0), Version::Relation, of);
            }
        }
    }

    /// Decisions are whole: whoever decided anew is right over what was there, and two who did are at odds.
    fn decisions(&mut self, base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) {
        let ids: BTreeSet<DecisionId> =
            [base, ours, theirs].iter().flat_map(|set| set.decisions()).map(|d| d.id.clone()).collect();
        for id in ids {
            let of = [base, ours, theirs].map(|set| set.decision(&id).cloned());
            match three(&of[0], &of[1], &of[2]) {
                Ok(decision) if decision != of[1] => {
                    match &decision {
                        Some(decision) => drop(self.merged.insert_decision(decision.clone())),
                        None => drop(self.merged.remove_decision(&id)),
                    }
                    self.taken.push(Change::Decision(Became { before: of[1].clone(), after: decision }));
                }
                Ok(_as_it_is) => {}
                Err(()) => self.conflict(Subject::Decision(id), Version::Decision, of),
            }
        }
    }

    /// One side took a span away while the other linked to it: the span stays, and someone decides.
    fn keep_what_is_referred_to(
        &mut self,
        base: &AnnotationSet,
        ours: &AnnotationSet,
        theirs: &AnnotationSet,
    ) {
        let mut gone: Vec<&Arc<Span>> =
            base.spans().filter(|span| self.merged.get(&span.id).is_none()).collect();
        // Links that led nowhere for both sides already are nothing new.
        gone.retain(|span| ours.get(&span.id).is_some() != theirs.get(&span.id).is_some());
        // A span that is put back may itself lead to one that is gone.
        while let Some(place) = gone.iter().position(|span| self.is_referred_to(&span.id)) {
            let span = gone.swap_remove(place);
            let of = [base, ours, theirs].map(|set| set.get(&span.id).cloned());
            self.put_span(None, Some(span.clone()));
            self.conflict(Subject::Span(span.id.clone()), Version::Span, of);
        }
        // Taken away from ours and put back: for ours that is no change at all.
        let mut net: Vec<Change> = Vec::new();
        for change in std::mem::take(&mut self.taken) {
            let undone = net.iter().position(|earlier| {
                earlier.subject() == change.subject() && earlier.clone().inverse() == change
            });
            match undone {
                Some(place) => drop(net.remove(place)),
                None => net.push(change),
            }
        }
        self.taken = net;
    }

    fn is_referred_to(&self, span: &SpanId) -> bool {
        self.merged.relations_of(span).next().is_some() || self.merged.referring_to(span).next().is_some()
    }

    fn put_span(&mut self, ours: Option<Arc<Span>>, merged: Option<Arc<Span>>) {
        if ours == merged {
            return;
        }
        if let Some(ours) = &ours {
            self.merged.remove(&ours.id);
        }
        if let Some(merged) = &merged {
            self.merged.insert(merged.clone());
        }
        self.taken.push(Change::Span(Became { before: ours, after: merged }));
    }

    fn put_relation(&mut self, ours: Option<Arc<Relation>>, merged: Option<Arc<Relation>>) {
        if ours == merged {
            return;
        }
        if let Some(ours) = &ours {
            self.merged.remove_relation(&ours.id);
        }
        if let Some(merged) = &merged {
            self.merged.insert_relation(merged.clone());
        }
        self.taken.push(Change::Relation(Became { before: ours, after: merged }));
    }
}

/// By id and, for ids given twice, by their order.
fn by_key<'a, T: 'a, I: Clone + Ord + 'a>(
    things: impl Iterator<Item = &'a Arc<T>>,
    id: impl Fn(&T) -> &I,
) -> BTreeMap<(I, usize), &'a Arc<T>> {
    let mut all = BTreeMap::new();
    for thing in things {
        let id = id(thing);
        let nth = all.range((id.clone(), 0)..=(id.clone(), usize::MAX)).count();
        all.insert((id.clone(), nth), thing);
    }
    all
}

fn field_names(of: [&Fields; 3]) -> BTreeSet<String> {
    of.iter().flat_map(|fields| fields.iter().map(|(name, _)| name.to_owned())).collect()
}

/// Field by field; the flag says that some field was changed differently by both and is ours.
fn merged_fields(base: &Fields, ours: &Fields, theirs: &Fields) -> (Fields, bool) {
    let (mut merged, mut at_odds) = (ours.clone(), false);
    for name in field_names([base, ours, theirs]) {
        match three(&base.get(&name), &ours.get(&name), &theirs.get(&name)) {
            Ok(Some(value)) => drop(merged.set(name, value.clone())),
            Ok(None) => drop(merged.remove(&name)),
            Err(()) => at_odds = true,
        }
    }
    (merged, at_odds)
}

fn merged_span(base: &Span, ours: &Span, theirs: &Span) -> (Arc<Span>, bool) {
    let mut merged = ours.clone();
    let (fields, mut at_odds) = merged_fields(&base.fields, &ours.fields, &theirs.fields);
    merged.fields = fields;
    let mut put = |done: Result<(), ()>| at_odds |= done.is_err();
    put(three(&base.label, &ours.label, &theirs.label).map(|label| merged.label = label));
    put(three(&base.note, &ours.note, &theirs.note).map(|note| merged.note = note));
    // A misquote belongs to the place it was found at.
    let place = |span: &Span| (span.parts.clone(), span.misquote.clone());
    put(three(&place(base), &place(ours), &place(theirs))
        .map(|place| (merged.parts, merged.misquote) = place));
    (Arc::new(merged), at_odds)
}

fn merged_relation(base: &Relation, ours: &Relation, theirs: &Relation) -> (Arc<Relation>, bool) {
    let mut merged = ours.clone();
    let (fields, mut at_odds) = merged_fields(&base.fields, &ours.fields, &theirs.fields);
    merged.fields = fields;
    let mut put = |done: Result<(), ()>| at_odds |= done.is_err();
    put(three(&base.label, &ours.label, &theirs.label).map(|label| merged.label = label));
    put(three(&base.from, &ours.from, &theirs.from).map(|from| merged.from = from));
    put(three(&base.to, &ours.to, &theirs.to).map(|to| merged.to = to));
    (Arc::new(merged), at_odds)
}

/// `theirs` with new ids for what both sides made anew under one id but differently, and all their links following.
fn with_fresh_ids(
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    schema: Option<&Schema>,
) -> AnnotationSet {
    let clashing: Vec<SpanId> = theirs
        .spans()
        .filter(|span| base.get(&span.id).is_none() && ours.get(&span.id).is_some_and(|our| our != *span))
        .map(|span| span.id.clone())
        .collect();
    let mut renamed: HashMap<SpanId, SpanId> = HashMap::new();
    let highest = |prefix: &str, ids: &mut dyn Iterator<Item = &str>| {
        let numbers = ids.filter_map(|id| id.strip_prefix(prefix)?.parse::<u64>().ok());
        numbers.max().unwrap_or(0)
    };
    let sets = [base, ours, theirs];
    let mut next = highest("s", &mut sets.iter().flat_map(|set| set.spans()).map(|span| span.id.as_str()));
    for id in clashing {
        next = next.saturating_add(1);
        renamed.insert(id, format!("s{next}").into());
    }
    let relations = || sets.iter().flat_map(|set| set.relations());
    let mut next = highest("r", &mut relations().map(|relation| relation.id.as_str()));
    let mut all = AnnotationSet::new(theirs.article.clone(), theirs.annotator.clone());
    all.fingerprint.clone_from(&theirs.fingerprint);
    all.length = theirs.length;
    all.status = theirs.status;
    all.fields = theirs.fields.clone();
    let follow = |id: &SpanId| renamed.get(id).unwrap_or(id).clone();
    for span in theirs.spans() {
        let mut new = (**span).clone();
        new.id = follow(&span.id);
        for (from, to) in &renamed {
            let paths = match schema {
                Some(schema) => links_to(schema.fields_of(&new.label), &new.fields, from),
                None => paths_of(&new.fields, from.as_str()),
            };
            for path in paths {
                new.fields.put(&path, Some(Value::text(to.as_str())));
            }
        }
        all.insert(new);
    }
    for relation in theirs.relations() {
        let mut new = (**relation).clone();
        (new.from, new.to) = (follow(&new.from), follow(&new.to));
        let clashes =
            base.relation(&new.id).is_none() && ours.relation(&new.id).is_some_and(|our| **our != new);
        if clashes {
            next = next.saturating_add(1);
            new.id = RelationId::from(format!("r{next}"));
        }
        all.insert_relation(new);
    }
    for decision in theirs.decisions() {
        let mut new = (**decision).clone();
        new.span = new.span.as_ref().map(follow);
        all.insert_decision(new);
    }
    all
}

/// The paths at which any text is `wanted`.
fn paths_of(fields: &Fields, wanted: &str) -> Vec<FieldPath> {
    fn walk(value: &Value, path: &FieldPath, wanted: &str, found: &mut Vec<FieldPath>) {
        match value {
            Value::Text(text) if text == wanted => found.push(path.clone()),
            Value::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    walk(item, &path.item(place), wanted, found);
                }
            }
            Value::Record(fields) => {
                for (name, value) in fields.iter() {
                    walk(value, &path.then(name), wanted, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (name, value) in fields.iter() {
        walk(value, &FieldPath::field(name), wanted, &mut found);
    }
    debug_assert!(found.iter().all(|path| matches!(path.steps().first(), Some(Step::Field(_)))));
    found
}

#[cfg(test)]
mod tests;
