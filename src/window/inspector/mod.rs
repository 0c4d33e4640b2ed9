//! The inspector: the fields of the selected span as controls, all made from the schema.
//!
//! `span` and `overview` lay out what is shown, `form` walks the fields, `control`, `date`, `picker`, `list` and `record` are the
//! controls, `toggle` is the row of buttons they share, `search` finds what a link could lead to. Nothing here changes
//! annotations: every edit is asked for through the [`Panel`].

mod control;
mod date;
mod form;
mod list;
mod overview;
mod picker;
mod record;
mod relation;
pub mod search;
mod span;
mod state;
mod toggle;

#[cfg(test)]
#[cfg(test)]
mod tests;

use egui::{Key, Modifiers, RichText, ScrollArea, SurrenderFocusOn, Ui};

use super::command::Command;
use super::panel::{Panel, Request};
use crate::model::{FieldPath, SpanId};
use crate::session::ReadOnly;
use state::{Aim, State};

/// The right panel.
#[derive(Debug, Default)]
pub struct Inspector {
    shown: Option<SpanId>,
    state: State,
}

impl Inspector {
    /// Gives the keyboard to the first required field without a value, else to the first field, at the next frame.
    pub fn focus_first(&mut self) {
        self.state.aim = Some(Aim::First);
    }

    /// Gives the keyboard to a field at the next frame; a folded record opens for it.
    pub fn focus_field(&mut self, path: &FieldPath) {
        self.state.aim = Some(Aim::Field(path.clone()));
    }

    /// Gives the keyboard to the note at the next frame.
    pub fn focus_note(&mut self) {
        self.state.aim = Some(Aim::Note);
    }

    /// Shows the panel's content; scrolls by itself.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        if self.shown.as_ref() != panel.selected {
            self.state.forget();
            self.shown = panel.selected.cloned();
        }
        self.leave_by_escape(ui, panel);
        let aim = self.state.aim.clone();
        let area = ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]);
        let shown = area.show(ui, |ui| {
            // Faded controls must still be readable: nothing may be changed, but everything may be read.
            ui.visuals_mut().disabled_alpha = 0.85;
            ui.spacing_mut().item_spacing.y = 5.0;
            match panel.open() {
                None => {
                    let words = panel.say("inspector-no-article");
                    ui.label(RichText::new(words).color(panel.tokens.text_soft));
                }
                Some(open) => match panel.selected.and_then(|id| open.desk.span(id)) {
                    Some(span) => span::show(ui, panel, open, span, &mut self.state),
                    None => overview::show(ui, panel, open, &mut self.state),
                },
            }
            ui.add_space(24.0);
        });
        // An aim at something that is not shown must not wait for it to appear some day.
        if aim.is_some() && self.state.aim == aim {
            self.state.aim = None;
        }
        let place = shown.inner_rect;
        let layer = ui.layer_id();
        let focused = ui.memory(|m| m.focused());
        let focused = keeping_focus(ui, true, |ui| focused.and_then(|id| ui.ctx().read_response(id)));
        self.state.inside =
            focused.is_some_and(|r| r.layer_id == layer && place.x_range().contains(r.rect.center().x));
    }

    /// Esc anywhere but in a search box goes back to the text.
    fn leave_by_escape(&mut self, ui: &Ui, panel: &Panel<'_>) {
        let focused = ui.memory(|m| m.focused());
        let searching = self.state.pick.as_ref().is_some_and(|p| Some(p.id) == focused);
        // egui takes the focus away before panels see the key, so what counts is where it was.
        if self.state.inside && !searching && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.state.relation = None;
            self.state.pick = None;
            panel.ask(Request::Command(Command::GoToText));
        }
    }
}

/// Does something without egui taking the keyboard from a widget because the pointer was pressed elsewhere.
fn keeping_focus<R>(ui: &mut Ui, keep: bool, act: impl FnOnce(&mut Ui) -> R) -> R {
    let usual = ui.ctx().options(|o| o.input_options.surrender_focus_on);
    if keep {
        ui.ctx().options_mut(|o| o.input_options.surrender_focus_on = SurrenderFocusOn::Never);
    }
    let result = act(ui);
    ui.ctx().options_mut(|o| o.input_options.surrender_focus_on = usual);
    result
}

/// Why nothing may be changed, in the user's words.
fn why_read_only(panel: &Panel<'_>) -> Option<String> {
    match panel.open()?.read_only.as_ref()? {
        ReadOnly::OpenElsewhere { .. } => Some(panel.say("inspector-open-elsewhere")),
        ReadOnly::NoRights(_) => Some(panel.say("inspector-no-rights")),
    }
}
