//! What the inspector itself remembers: where the keyboard is to go, what is being typed, which record stands open.

use std::collections::{BTreeSet, HashMap};

use egui::{Id, Rect};

use super::search::Candidate;
use crate::model::{FieldPath, RelationDef, SpanSnapshot, TermId};

/// Where the keyboard is to go at the next frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The first required field that is unset, else the first field.
    First,
    /// A field.
    Field(FieldPath),
    /// The note.
    Note,
    /// The button that adds a relation.
    Relate,
}

/// A text being typed, which may not be what the field can hold yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The box it is typed into.
    pub id: Id,
    /// What stands in the box.
    pub text: String,
    /// What the field held before this and what it will hold after what was asked for.
    pub known: [String; 2],
    /// All that is typed in one go is one step of undo.
    pub gesture: u64,
}

/// An open search box with its list.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    /// The box.
    pub id: Id,
    /// What was typed.
    pub query: String,
    /// Which row Enter takes.
    pub at: usize,
    /// The title of the term to be made, while its parent is being chosen.
    pub parent_of: Option<String>,
    /// Branches of the codebook that stand the other way than they do by themselves.
    pub flipped: BTreeSet<TermId>,
    /// The candidates, and for what they were found.
    pub found: Option<(Found, Vec<Candidate>)>,
    /// Where the list was, on the screen: a press there does not take the keyboard from the box.
    pub place: Rect,
}

/// What candidates depend on: query, and how often annotations and lists have changed.
pub(super) type Found = (String, bool, u64, usize, usize);

impl Pick {
    pub(super) fn new(id: Id, query: String) -> Self {
        Self {
            id,
            query,
            at: 0,
            parent_of: None,
            flipped: BTreeSet::new(),
            found: None,
            place: Rect::NOTHING,
        }
    }
}

/// Whether something was shown just now, so that it takes the keyboard once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fresh(pub bool);

/// How many spans of each label an article has, of which article, and what was counted.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub article: String,
    pub generation: u64,
    pub counted: SpanSnapshot,
    pub of_labels: Vec<(String, usize)>,
}

/// A relation being added.
#[derive(Clone, Debug)]
pub(super) struct NewRelation {
    /// Its label.
    pub label: Option<String>,
    /// Whether it was begun just now.
    pub fresh: Fresh,
}

impl NewRelation {
    /// The relation's definition, if its label is chosen.
    pub(super) fn def<'a>(&self, defs: &'a [RelationDef]) -> Option<&'a RelationDef> {
        defs.iter().find(|d| Some(&d.name) == self.label.as_ref())
    }
}

/// The state that lives between frames.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Where the keyboard is to go.
    pub aim: Option<Aim>,
    /// What is being typed.
    pub draft: Option<Draft>,
    /// The open search.
    pub pick: Option<Pick>,
    /// A record that was added and has nothing filled in yet: annotations hold no empty records.
    pub pending: Option<FieldPath>,
    /// Records that the user opened or closed.
    pub open: HashMap<FieldPath, bool>,
    /// Whether the labels to choose from are shown.
    pub relabelling: Option<Fresh>,
    /// The spans by label.
    pub counts: Option<Counts>,
    /// The relation being added.
    pub relation: Option<NewRelation>,
    /// Whether the keyboard was in the inspector when the last frame ended.
    pub inside: bool,
}

impl State {
    /// Forgets what belonged to another span, but not where the keyboard is to go.
    pub(super) fn forget(&mut self) {
        *self = Self { aim: self.aim.take(), inside: self.inside, ..Self::default() };
    }

    /// Takes the aim if it is this field.
    pub(super) fn aims_at(&mut self, path: &FieldPath) -> bool {
        let yes = matches!(&self.aim, Some(Aim::Field(aim)) if aim == path);
        if yes {
            self.aim = None;
        }
        yes
    }

    /// Whether the aim is inside this record or list.
    pub(super) fn aims_within(&self, path: &FieldPath) -> bool {
        matches!(&self.aim, Some(Aim::Field(aim))
            if aim.steps().len() > path.steps().len() && aim.steps().starts_with(path.steps()))
    }
}
