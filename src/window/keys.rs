//! Keys: which go to the article, which are commands, which tag by the schema's labels.

use super::app::App;
use super::article_view::CaretAct;
use super::command::{Command, Scope};
use super::panel::Request;
use egui::{Event, Key, Modifiers, Ui};

impl App {
    /// Turns key presses into commands and edits.
    pub(super) fn take_keys(&mut self, ui: &Ui) {
        let typing = self.review.is_about_to_write() || ui.ctx().text_edit_focused();
        let menu_open = self.menu_open || egui::Popup::is_any_open(ui.ctx());
        let in_article = !typing
            && self.prompt.is_none()
            && !self.view.is_listing()
            && self.go_to.is_none()
            && !menu_open
            && (self.view.focused || ui.memory(|m| m.focused().is_none()));
        let pressed = pressed(ui);
        for (key, modifiers) in pressed {
            let taken = if in_article && key == Key::Escape && !self.view.focused {
                // The way out of a panel leads to the text first; what is selected there stays. The find bar sees to its own end.
                self.view.take_focus();
                !self.find.open
            } else if in_article {
                self.article_key(key, modifiers)
            } else {
                self.everywhere_key(key, modifiers, typing)
            };
            if taken {
                ui.input_mut(|i| {
                    i.consume_key(modifiers, key);
                });
            }
        }
    }

    pub(super) fn everywhere_key(&mut self, key: Key, modifiers: Modifiers, typing: bool) -> bool {
        let Some((command, _)) = self.state.keys.command(key, modifiers) else { return false };
        // Boxes have an undo of their own.
        let of_the_box = typing && matches!(command, Command::Undo | Command::Redo);
        let plain = !modifiers.command && !modifiers.alt && !is_function_key(key);
        if command.scope() != Scope::Everywhere || of_the_box || plain {
            return false;
        }
        self.ask(Request::Command(command));
        true
    }

    pub(super) fn article_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        if self.state.session.as_ref().is_some_and(|s| s.open.is_some())
            && modifiers.is_none()
            && self.schema_key(key)
        {
            return true;
        }
        let Some((command, extend)) = self.state.keys.command(key, modifiers) else { return false };
        match command.motion() {
            Some((unit, forward)) => {
                if self.state.session.as_ref().is_none_or(|s| s.open.is_none()) {
                    return false;
                }
                self.view.act(CaretAct::Move { unit, forward, extend });
            }
            None => self.ask(Request::Command(command)),
        }
        true
    }

    /// The keys that the schema gives to labels, fields and relations.
    pub(super) fn schema_key(&mut self, key: Key) -> bool {
        let Some(open) = self.state.open() else { return false };
        let means =
            |k: &Option<String>| k.as_deref().and_then(|k| Key::from_name(&k.to_uppercase())) == Some(key);
        let schema = open.desk.schema.clone();
        if let Some(label) = schema.labels.iter().find(|l| means(&l.key)) {
            self.tag(&label.name);
            return true;
        }
        let Some(span) = self.state.selected.clone() else { return false };
        let Some(label) = open.desk.span(&span).map(|s| s.label.clone()) else { return false };
        let Some(field) = schema.fields_of(&label).iter().find(|f| means(&f.key)) else { return false };
        self.ask(Request::Prompt(crate::model::FieldPath::field(&field.name)));
        true
    }
}

/// The keys that were pressed since the last frame.
pub(super) fn pressed(ui: &Ui) -> Vec<(Key, Modifiers)> {
    ui.input(|input| {
        let press = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
            // The system's copy shortcut arrives as an event of its own.
            Event::Copy => Some((Key::C, Modifiers::COMMAND)),
            _ => None,
        };
        input.events.iter().filter_map(press).collect()
    })
}

fn is_function_key(key: Key) -> bool {
    matches!(
        key,
        Key::F1
            | Key::F2
            | Key::F3
            | Key::F4
            | Key::F5
            | Key::F6
            | Key::F7
            | Key::F8
            | Key::F9
            | Key::F10
            | Key::F11
            | Key::F12
    )
}
