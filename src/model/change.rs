//! Changes as values: every act on annotations, register or codebook is a transaction that knows what was there before, so it can be
//! inverted, written to a journal, and refused when the world has moved on.

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thiserror::Error;

use super::codebook::{Codebook, Term};
use super::decision::Decision;
use super::id::{DecisionId, EntityId, RelationId, SpanId, TermId};
use super::register::{Entity, Register};
use super::schema::Schema;
use super::set::{AnnotationSet, Status};
use super::span::{Misquote, Parts, Relation, Span};
use super::value::{Fields, Value};
use super::walk::links_to;

/// One thing that became another: `None` before = it was made, `None` after = it was taken away.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A span.
    Span(Became<Arc<Span>>),
    /// A relation.
    Relation(Became<Arc<Relation>>),
    /// The set's status.
    Status {
        /// What it was.
        before: Status,
        /// What it is now.
        after: Status,
    },
    /// One article-level field.
    ArticleField {
        /// The field.
        name: String,
        /// From what to what.
        value: Became<Value>,
    },
    /// A register entry.
    Entity(Became<Arc<Entity>>),
    /// A codebook term.
    Term(Became<Arc<Term>>),
    /// What was decided about a place.
    Decision(Became<Arc<Decision>>),
}

/// From what to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Became<T> {
    /// What was there.
    pub before: Option<T>,
    /// What is there now.
    pub after: Option<T>,
}

impl<T> Became<T> {
    /// It was made.
    pub fn new(after: T) -> Self {
        Self { before: None, after: Some(after) }
    }

    /// It was taken away.
    pub fn gone(before: T) -> Self {
        Self { before: Some(before), after: None }
    }

    /// It became something else.
    pub fn other(before: T, after: T) -> Self {
        Self { before: Some(before), after: Some(after) }
    }

    fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

/// Changes that belong together: one step of undo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// The changes in the order in which they were made.
    pub changes: Vec<Change>,
    /// What the user did, as the name of a command (`tag`, `set_field`): the history panel says it in the user's language.
    pub what: String,
    /// What it was done to, for people: a surface, a name.
    pub about: String,
    /// When, in RFC 3339; handed in, never asked of a clock here.
    pub at: String,
    /// Transactions with the same gesture (typing into one box, dragging one edge) merge into one step.
    pub gesture: Option<u64>,
}

/// What a transaction is applied to: one set of annotations and the project's shared lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// The annotations.
    pub set: AnnotationSet,
    /// The register.
    pub register: Register,
    /// The codebook.
    pub codebook: Codebook,
}

/// A transaction did not fit what is there; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{thing} is no longer what it was when this was done, so it was left alone")]
pub struct Outdated {
    /// What did not fit: "span s7".
    pub thing: String,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Span(b) => Self::Span(b.inverse()),
            Self::Relation(b) => Self::Relation(b.inverse()),
            Self::Status { before, after } => Self::Status { before: after, after: before },
            Self::ArticleField { name, value } => Self::ArticleField { name, value: value.inverse() },
            Self::Entity(b) => Self::Entity(b.inverse()),
            Self::Term(b) => Self::Term(b.inverse()),
            Self::Decision(b) => Self::Decision(b.inverse()),
        }
    }

    /// Whether nothing becomes something else.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::Span(b) => b.before == b.after,
            Self::Relation(b) => b.before == b.after,
            Self::Status { before, after } => before == after,
            Self::ArticleField { value, .. } => value.before == value.after,
            Self::Entity(b) => b.before == b.after,
            Self::Term(b) => b.before == b.after,
            Self::Decision(b) => b.before == b.after,
        }
    }

    /// The span it speaks of, if it speaks of one.
    pub fn span_id(&self) -> Option<&SpanId> {
        match self {
            Self::Span(b) => b.after.as_ref().or(b.before.as_ref()).map(|s| &s.id),
            _ => None,
        }
    }

    /// Whether it concerns the project's shared lists rather than the set.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Entity(_) | Self::Term(_))
    }

    /// Makes the change, or refuses it and changes nothing if what is there is not `before`.
    ///
    /// # Errors
    /// [`Outdated`] if something else is there.
    pub fn apply(&self, to: &mut Workspace) -> Result<(), Outdated> {
        match self {
            Self::Span(b) => {
                let id = one_id(b.before.as_ref().map(|s| &s.id), b.after.as_ref().map(|s| &s.id), "span")?;
                if to.set.get(id) != b.before.as_ref() {
                    return Err(Outdated { thing: format!("span {id}") });
                }
                if b.before.is_some() {
                    to.set.remove(id);
                }
                if let Some(after) = &b.after {
                    to.set.insert(after.clone());
                }
            }
            Self::Relation(b) => {
                let id =
                    one_id(b.before.as_ref().map(|r| &r.id), b.after.as_ref().map(|r| &r.id), "relation")?;
                if to.set.relation(id) != b.before.as_ref() {
                    return Err(Outdated { thing: format!("relation {id}") });
                }
                if b.before.is_some() {
                    to.set.remove_relation(id);
                }
                if let Some(after) = &b.after {
                    to.set.insert_relation(after.clone());
                }
            }
            Self::Status { before, after } => {
                if to.set.status != *before {
                    return Err(Outdated { thing: "the status".into() });
                }
                to.set.status = *after;
                to.set.touch();
            }
            Self::ArticleField { name, value } => {
                if to.set.fields.get(name) != value.before.as_ref() {
                    return Err(Outdated { thing: format!("article field {name}") });
                }
                match &value.after {
                    Some(after) => drop(to.set.fields.set(name.clone(), after.clone())),
                    None => drop(to.set.fields.remove(name)),
                }
                to.set.touch();
            }
            Self::Entity(b) => {
                let id = one_id(
                    b.before.as_ref().map(|e| &e.id),
                    b.after.as_ref().map(|e| &e.id),
                    "register entry",
                )?;
                if to.register.get(id.as_str()) != b.before.as_ref() {
                    return Err(Outdated { thing: format!("register entry {id}") });
                }
                match &b.after {
                    Some(after) => drop(to.register.insert(after.clone())),
                    None => drop(to.register.remove(id.as_str())),
                }
            }
            Self::Term(b) => {
                let id = one_id(
                    b.before.as_ref().map(|t| &t.id),
                    b.after.as_ref().map(|t| &t.id),
                    "codebook term",
                )?;
                if to.codebook.get(id.as_str()) != b.before.as_ref() {
                    return Err(Outdated { thing: format!("codebook term {id}") });
                }
                match &b.after {
                    Some(after) => drop(to.codebook.insert(after.clone())),
                    None => drop(to.codebook.remove(id.as_str())),
                }
            }
            Self::Decision(b) => {
                let id =
                    one_id(b.before.as_ref().map(|d| &d.id), b.after.as_ref().map(|d| &d.id), "decision")?;
                if to.set.decision(id) != b.before.as_ref() {
                    return Err(Outdated { thing: format!("decision {id}") });
                }
                match &b.after {
                    Some(after) => drop(to.set.insert_decision(after.clone())),
                    None => drop(to.set.remove_decision(id)),
                }
            }
        }
        Ok(())
    }
}

/// A change must not turn one thing into another of a different name: that would be two changes.
fn one_id<'a, T: PartialEq>(
    before: Option<&'a T>,
    after: Option<&'a T>,
    thing: &str,
) -> Result<&'a T, Outdated> {
    match (before, after) {
        (Some(b), Some(a)) if b != a => Err(Outdated { thing: thing.to_owned() }),
        (b, a) => b.or(a).ok_or_else(|| Outdated { thing: thing.to_owned() }),
    }
}

impl Transaction {
    /// A transaction of these changes, idle ones left out.
    pub fn new(what: impl Into<String>, about: impl Into<String>, changes: Vec<Change>) -> Self {
        let changes = changes.into_iter().filter(|c| !c.is_idle()).collect();
        Self { changes, what: what.into(), about: about.into(), at: String::new(), gesture: None }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The transaction that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { changes: self.changes.iter().rev().cloned().map(Change::inverse).collect(), ..self.clone() }
    }

    /// Makes all changes or none.
    ///
    /// # Errors
    /// [`Outdated`] names the first thing that did not fit.
    pub fn apply(&self, to: &mut Workspace) -> Result<(), Outdated> {
        for (done, change) in self.changes.iter().enumerate() {
            if let Err(outdated) = change.apply(to) {
                for made in self.changes[..done].iter().rev() {
                    // Taking back what was made a moment ago always fits.
                    let _fits = made.clone().inverse().apply(to);
                }
                return Err(outdated);
            }
        }
        Ok(())
    }

    /// Makes what still fits and says what did not: for merging in work that was done on an older state.
    pub fn apply_what_fits(&self, to: &mut Workspace) -> Vec<Outdated> {
        self.changes.iter().filter_map(|change| change.apply(to).err()).collect()
    }

    /// Whether a span is touched.
    pub fn concerns(&self, span: &SpanId) -> bool {
        self.changes.iter().any(|c| c.span_id() == Some(span))
    }
}

// Written out by hand rather than derived, so that a journal written today can be read by any later version.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "lives only while one record is written or read")]
enum StoredChange {
    Span(Became<StoredSpan>),
    Relation(Became<Arc<Relation>>),
    Status(Status, Status),
    ArticleField(String, Became<Value>),
    Entity(Became<Arc<Entity>>),
    Term(Became<Arc<Term>>),
    Decision(Became<Arc<Decision>>),
}

#[derive(Serialize, Deserialize)]
struct StoredSpan {
    id: SpanId,
    label: String,
    parts: Parts,
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    fields: Fields,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    misquote: Option<(String, String, String)>,
}

impl From<&Span> for StoredSpan {
    fn from(span: &Span) -> Self {
        Self {
            id: span.id.clone(),
            label: span.label.clone(),
            parts: span.parts.clone(),
            fields: span.fields.clone(),
            note: span.note.clone(),
            misquote: span.misquote.clone().map(|m| (m.text, m.before, m.after)),
        }
    }
}

impl From<StoredSpan> for Arc<Span> {
    fn from(stored: StoredSpan) -> Self {
        Self::new(Span {
            id: stored.id,
            label: stored.label,
            parts: stored.parts,
            fields: stored.fields,
            note: stored.note,
            misquote: stored.misquote.map(|(text, before, after)| Misquote { text, before, after }),
        })
    }
}

impl Serialize for Change {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let span = |s: &Option<Arc<Span>>| s.as_deref().map(StoredSpan::from);
        match self {
            Self::Span(b) => StoredChange::Span(Became { before: span(&b.before), after: span(&b.after) }),
            Self::Relation(b) => StoredChange::Relation(b.clone()),
            Self::Status { before, after } => StoredChange::Status(*before, *after),
            Self::ArticleField { name, value } => StoredChange::ArticleField(name.clone(), value.clone()),
            Self::Entity(b) => StoredChange::Entity(b.clone()),
            Self::Term(b) => StoredChange::Term(b.clone()),
            Self::Decision(b) => StoredChange::Decision(b.clone()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match StoredChange::deserialize(deserializer)? {
            StoredChange::Span(b) => {
                Self::Span(Became { before: b.before.map(Into::into), after: b.after.map(Into::into) })
            }
            StoredChange::Relation(b) => Self::Relation(b),
            StoredChange::Status(before, after) => Self::Status { before, after },
            StoredChange::ArticleField(name, value) => Self::ArticleField { name, value },
            StoredChange::Entity(b) => Self::Entity(b),
            StoredChange::Term(b) => Self::Term(b),
            StoredChange::Decision(b) => Self::Decision(b),
        })
    }
}

impl Workspace {
    /// The changes that take a span away with everything that hangs on it: relations that end at it, and links to it in
    /// other spans' fields. One list, so that one undo brings all of it back.
    pub fn removal_of(&self, id: &SpanId, schema: &Schema) -> Vec<Change> {
        let Some(span) = self.set.get(id) else {
            return Vec::new();
        };
        let mut changes: Vec<Change> =
            self.set.relations_of(id).map(|r| Change::Relation(Became::gone(r.clone()))).collect();
        for other in self.set.referring_to(id).filter(|other| other.id != *id) {
            let mut paths = links_to(schema.fields_of(&other.label), &other.fields, id);
            // From the back, so that taking an item out of a list does not move those still to be taken out.
            paths.sort();
            let mut freed = (**other).clone();
            for path in paths.iter().rev() {
                freed.fields.put(path, None);
            }
            changes.push(Change::Span(Became::other(other.clone(), Arc::new(freed))));
        }
        changes.push(Change::Span(Became::gone(span.clone())));
        changes
    }
}

/// The names that changes go by, for whoever sorts them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A span.
    Span(SpanId),
    /// A relation.
    Relation(RelationId),
    /// The set's status.
    Status,
    /// An article-level field.
    ArticleField(String),
    /// A register entry.
    Entity(EntityId),
    /// A codebook term.
    Term(TermId),
    /// What was decided about a place.
    Decision(DecisionId),
}

impl Change {
    /// What it changes.
    pub fn subject(&self) -> Option<Subject> {
        fn either<T>(b: &Became<T>) -> Option<&T> {
            b.after.as_ref().or(b.before.as_ref())
        }
        Some(match self {
            Self::Span(b) => Subject::Span(either(b)?.id.clone()),
            Self::Relation(b) => Subject::Relation(either(b)?.id.clone()),
            Self::Status { .. } => Subject::Status,
            Self::ArticleField { name, .. } => Subject::ArticleField(name.clone()),
            Self::Entity(b) => Subject::Entity(either(b)?.id.clone()),
            Self::Term(b) => Subject::Term(either(b)?.id.clone()),
            Self::Decision(b) => Subject::Decision(either(b)?.id.clone()),
        })
    }
}
