//! Edits as values: what panels, prompts and keys ask for, applied to the desk at one place.

use super::desk::{Desk, Edge, Nudge};
use crate::model::{Change, FieldPath, Outdated, RelationId, SpanId, Status, Term, Transaction, Value};
use crate::text::{CodePoint, TextRange};

/// One thing a person does to the annotations. Field edits with the same `gesture` are one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Tags ranges.
    Tag { ranges: Vec<TextRange>, label: String },
    /// Another label.
    Relabel { span: SpanId, label: String },
    /// Takes spans away.
    Remove { spans: Vec<SpanId> },
    /// Sets or unsets fields.
    SetFields { span: SpanId, values: Vec<(FieldPath, Option<Value>)>, gesture: Option<u64> },
    /// Writes the note.
    SetNote { span: SpanId, note: String, gesture: Option<u64> },
    /// Puts an edge somewhere.
    MoveEdge { span: SpanId, part: usize, edge: Edge, to: CodePoint, gesture: Option<u64> },
    /// Moves an edge a little.
    NudgeEdge { span: SpanId, edge: Edge, forward: bool, by: Nudge },
    /// More parts.
    AddParts { span: SpanId, ranges: Vec<TextRange> },
    /// One part less.
    RemovePart { span: SpanId, part: usize },
    /// Elsewhere entirely.
    Reshape { span: SpanId, ranges: Vec<TextRange> },
    /// A new relation.
    Relate { from: SpanId, to: SpanId, label: String },
    /// Another label for a relation.
    RelabelRelation { relation: RelationId, label: String },
    /// The relation the other way round.
    TurnRelation { relation: RelationId },
    /// A relation's field.
    SetRelationField { relation: RelationId, path: FieldPath, value: Option<Value> },
    /// Takes a relation away.
    RemoveRelation { relation: RelationId },
    /// How far the work is.
    SetStatus { status: Status },
    /// An article-level field.
    SetArticleField { path: FieldPath, value: Option<Value> },
    /// A new register entry, put into a field.
    CreateEntity { name: String, kind: String, into: Option<(SpanId, FieldPath)> },
    /// A new codebook term, put into a field.
    CreateTerm { term: Term, into: Option<(SpanId, FieldPath)> },
    /// A fix that validation offers.
    Fix { title: String, changes: Vec<Change> },
}

/// What came of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// Nothing had to change.
    Nothing,
    /// Done.
    Done,
    /// A span was made, or was there already.
    Span(SpanId),
    /// A relation was made, or was there already.
    Relation(RelationId),
    /// A register entry or codebook term of this id was made.
    Made(String),
}

impl From<bool> for Edited {
    fn from(done: bool) -> Self {
        if done { Self::Done } else { Self::Nothing }
    }
}

impl Desk {
    /// Does an edit.
    ///
    /// # Errors
    /// [`Outdated`] if it does not fit what is there; nothing is changed then.
    pub fn edit(&mut self, edit: Edit) -> Result<Edited, Outdated> {
        Ok(match edit {
            Edit::Tag { ranges, label } => self.tag(ranges, &label)?.map_or(Edited::Nothing, Edited::Span),
            Edit::Relabel { span, label } => self.relabel(&span, &label)?.into(),
            Edit::Remove { spans } => self.remove(&spans)?.into(),
            Edit::SetFields { span, values, gesture } => self.set_fields(&span, values, gesture)?.into(),
            Edit::SetNote { span, note, gesture } => self.set_note(&span, &note, gesture)?.into(),
            Edit::MoveEdge { span, part, edge, to, gesture } => {
                self.move_edge(&span, part, edge, to, gesture)?.into()
            }
            Edit::NudgeEdge { span, edge, forward, by } => self.nudge(&span, edge, forward, by, None)?.into(),
            Edit::AddParts { span, ranges } => self.add_parts(&span, ranges)?.into(),
            Edit::RemovePart { span, part } => self.remove_part(&span, part)?.into(),
            Edit::Reshape { span, ranges } => self.reshape(&span, ranges)?.into(),
            Edit::Relate { from, to, label } => {
                self.relate(&from, &to, &label)?.map_or(Edited::Nothing, Edited::Relation)
            }
            Edit::RelabelRelation { relation, label } => {
                self.change_relation(&relation, |r| r.label = label)?.into()
            }
            Edit::TurnRelation { relation } => {
                self.change_relation(&relation, |r| std::mem::swap(&mut r.from, &mut r.to))?.into()
            }
            Edit::SetRelationField { relation, path, value } => self
                .change_relation(&relation, |r| {
                    r.fields.put(&path, value);
                })?
                .into(),
            Edit::RemoveRelation { relation } => self.remove_relation(&relation)?.into(),
            Edit::SetStatus { status } => self.set_status(status)?.into(),
            Edit::SetArticleField { path, value } => self.set_article_field(&path, value)?.into(),
            Edit::CreateEntity { name, kind, into } => {
                Edited::Made(self.create_entity(&name, &kind, into.as_ref().map(|(s, p)| (s, p)))?)
            }
            Edit::CreateTerm { term, into } => {
                Edited::Made(self.create_term(term, into.as_ref().map(|(s, p)| (s, p)))?)
            }
            Edit::Fix { title, changes } => self.make(Transaction::new("fix", title, changes))?.into(),
        })
    }
}
