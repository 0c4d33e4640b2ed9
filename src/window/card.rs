//! The card that appears over a span under the pointer, and the menu of the right mouse button.

use egui::{Response, Ui};
use std::sync::Arc;

use super::command::Command;
use super::describe::Describer;
use super::look;
use super::panel::{Panel, Request};
use crate::model::{Span, SpanId};
use crate::session::Edit;

/// The card: label, words and fields of each span here, smallest first.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, words: &Describer<'_>, spans: &[Arc<Span>]) {
    ui.set_max_width(380.0);
    for (n, span) in spans.iter().take(4).enumerate() {
        if n > 0 {
            ui.separator();
        }
        let look = panel.tokens.label(words.schema.colour_of(&span.label));
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(words.label(&span.label)).color(look.ink).family(look::bold()));
            ui.label(egui::RichText::new(span.id.as_str()).color(panel.tokens.text_faint).size(11.0));
        });
        for line in words.fields(words.schema.fields_of(&span.label), &span.fields) {
            ui.label(egui::RichText::new(line).size(12.5));
        }
        if !span.note.is_empty() {
            ui.label(egui::RichText::new(&span.note).italics().size(12.5));
        }
    }
    if spans.len() > 4 {
        ui.label(panel.with("card-more", &[("n", (spans.len() - 4).into())]));
    }
}

/// The menu for the selected words and the selected span; says whether it is open.
pub fn context_menu(response: &Response, panel: &Panel<'_>, selected: Option<&SpanId>) -> bool {
    let language = panel.words.code();
    let shown = response.context_menu(|ui| {
        let Some(open) = panel.open() else { return };
        let schema = &open.desk.schema;
        if !panel.selection.is_empty() {
            for label in &schema.labels {
                let text = panel.with("menu-tag-as", &[("label", label.title(language).into())]);
                let key = label.key.clone().unwrap_or_default().to_uppercase();
                if ui.add_enabled(panel.may_edit(), egui::Button::new(text).shortcut_text(key)).clicked() {
                    panel.edit(Edit::Tag { ranges: panel.selection.to_vec(), label: label.name.clone() });
                    ui.close();
                }
            }
            ui.separator();
        }
        let span = selected.and_then(|id| open.desk.span(id));
        if let Some(span) = span {
            for def in schema.fields_of(&span.label).iter().filter(|d| d.key.is_some()) {
                let key = def.key.clone().unwrap_or_default().to_uppercase();
                let text = panel.with("menu-fill-in", &[("field", def.title(language).into())]);
                if ui.add_enabled(panel.may_edit(), egui::Button::new(text).shortcut_text(key)).clicked() {
                    panel.ask(Request::Prompt(crate::model::FieldPath::field(&def.name)));
                    ui.close();
                }
            }
            ui.separator();
            for command in [
                Command::Relate,
                Command::Relabel,
                Command::AddPart,
                Command::Reshape,
                Command::EditNote,
                Command::Remove,
            ] {
                item(ui, panel, command);
            }
            ui.separator();
        }
        for command in [Command::Copy, Command::Expand, Command::Find] {
            item(ui, panel, command);
        }
    });
    shown.is_some()
}

fn item(ui: &mut Ui, panel: &Panel<'_>, command: Command) {
    let button = egui::Button::new(panel.say(&command.word())).shortcut_text(panel.keys.shown(command));
    if ui.add(button).clicked() {
        panel.ask(Request::Command(command));
        ui.close();
    }
}
