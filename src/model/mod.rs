//! The model: what annotations are, with no disk and no pixels.
//!
//! Knows [`crate::text`] and nothing else of the program. Everything here is a value: schema, register and codebook say what may be
//! filled in, a [`Span`] says what is, a [`Transaction`] says what changed, and a [`History`] takes it back.
//! Offsets are code points of the canonical text, half-open.

mod article;
mod by_id;
mod change;
mod chunked;
mod codebook;
mod comment;
mod decision;
mod fault;
mod history;
mod id;
mod interval;
mod project;
mod register;
mod schema;
mod set;
mod shared_map;
mod span;
mod value;
mod walk;
mod words;

pub use article::{Article, ArticleMeta, file_stem};
pub use change::{Became, Change, Outdated, Subject, Transaction, Workspace};
pub use codebook::{Codebook, Term};
pub use comment::{Comment, CommentState, Comments, Revised, Revision, Settles, Topic};
pub use decision::{Decision, Outcome, Seen};
pub use fault::{FileFault, FileFaultKind, Place, Places};
pub use history::{Act, History};
pub use id::{DecisionId, EntityId, RelationId, SpanId, TermId, natural_order};
pub use project::{ProjectSettings, Severity};
pub use register::{Affiliation, Entity, Register};
pub use schema::{Choice, FieldDef, FieldKind, LabelDef, Overlap, RelationDef, Schema, When};
pub use set::{AnnotationSet, GOLD, SpanSnapshot, Status};
pub use span::{Misquote, Parts, Relation, Span};
pub use value::{FieldPath, Fields, Step, Value};
pub use walk::{Leaf, Link, Lookup, leaves, links_to, may_link_span};
pub use words::Words;

/// The number that every file of a project carries as `format`. A greater one is refused with a clear message; a smaller one is
/// migrated when it is read.
pub const FORMAT: u32 = 1;
