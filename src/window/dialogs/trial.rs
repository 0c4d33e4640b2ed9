//! A window for the tests of dialogs and start page: words, keys, colours, and a list of what was asked for.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Theme, Ui};
use egui_kittest::Harness;

use crate::session::Session;
use crate::window::command::Keys;
use crate::window::look::{self, Tokens};
use crate::window::panel::{Panel, Request};
use crate::window::preferences::Preferences;
use crate::window::words::{Language, Words};

/// Everything a panel looks at.
pub struct World {
    /// What is open.
    pub session: Option<Session>,
    words: Words,
    tokens: Arc<Tokens>,
    keys: Keys,
    preferences: Preferences,
    asked: RefCell<Vec<Request>>,
}

impl World {
    /// With nothing open.
    pub fn new(language: Language, theme: Theme) -> Self {
        Self {
            session: None,
            words: Words::new(language),
            tokens: Tokens::of(theme),
            keys: Keys::new([]),
            preferences: Preferences { language, ..Preferences::default() },
            asked: RefCell::default(),
        }
    }

    /// In English, light.
    pub fn english() -> Self {
        Self::new(Language::English, Theme::Light)
    }

    /// The panel of one frame.
    pub fn panel(&self) -> Panel<'_> {
        Panel {
            session: self.session.as_ref(),
            words: &self.words,
            tokens: &self.tokens,
            keys: &self.keys,
            preferences: &self.preferences,
            selected: None,
            selection: &[],
            asked: &self.asked,
        }
    }

    /// What was asked for since this was called last.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.take()
    }
}

/// A harness that shows one thing.
pub type Trial<S> = Harness<'static, (World, S)>;

/// A window of this size that shows `show`.
pub fn window<S: 'static>(
    size: [f32; 2],
    world: World,
    state: S,
    mut show: impl FnMut(&mut Ui, &World, &mut S) + 'static,
) -> Trial<S> {
    let theme = if world.tokens.dark { Theme::Dark } else { Theme::Light };
    Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_step_dt(1.0 / 30.0)
        .with_context_setup(look::install)
        .build_ui_state(move |ui, (world, state)| show(ui, world, state), (world, state))
}

/// Makes an empty file and the folders above it.
pub fn touch(path: &Path) -> PathBuf {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).unwrap();
    }
    crate::store::write_atomically(path, b"").unwrap();
    path.to_owned()
}
