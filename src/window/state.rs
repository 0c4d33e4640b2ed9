//! What every part of the window reads and only requests change.

use std::cell::RefCell;

use super::command::Keys;
use super::look::Tokens;
use super::panel::{Panel, Request};
use super::preferences::Preferences;
use super::words::Words;
use crate::model::SpanId;
use crate::session::{OpenArticle, Session};
use crate::text::TextRange;

/// The window's state, apart from the parts that show it: so that those can be handed a [`Panel`] of it while they change themselves.
pub struct State {
    /// What is open.
    pub session: Option<Session>,
    /// The user's choices.
    pub preferences: Preferences,
    /// The words, in the chosen language.
    pub words: Words,
    /// The keys, with the user's own.
    pub keys: Keys,
    /// The selected span.
    pub selected: Option<SpanId>,
    /// The selected words, snapped as the user chose; several if parts were kept.
    pub selection: Vec<TextRange>,
    /// What was asked for in this frame and is carried out after it.
    pub asked: RefCell<Vec<Request>>,
}

impl State {
    /// Nothing open, with these choices.
    pub fn new(preferences: Preferences) -> Self {
        Self {
            session: None,
            words: Words::new(preferences.language),
            keys: Keys::new(preferences.keys.iter().map(|(id, keys)| (id.as_str(), keys.as_str()))),
            preferences,
            selected: None,
            selection: Vec::new(),
            asked: RefCell::default(),
        }
    }

    /// What a panel sees in this frame.
    pub fn panel<'a>(&'a self, tokens: &'a Tokens) -> Panel<'a> {
        Panel {
            session: self.session.as_ref(),
            words: &self.words,
            tokens,
            keys: &self.keys,
            preferences: &self.preferences,
            selected: self.selected.as_ref(),
            selection: &self.selection,
            asked: &self.asked,
        }
    }

    /// The article at hand.
    pub fn open(&self) -> Option<&OpenArticle> {
        self.session.as_ref()?.open.as_ref()
    }
}
