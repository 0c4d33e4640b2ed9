//! The lower part: a new folder, the filter, the desktop's own dialog, and the buttons.

use egui::{ComboBox, Key, Margin, Modifiers, RichText, TextEdit, Ui};

use super::system::{SystemAsk, SystemDialog};
use super::{
    FileFilter, FilePicker, Hindrance, Making, PickerMode, PickerOutcome, list_id, making_id, name_id,
};
use crate::window::dialogs::sheet::{
    Tone, buttons, entered, marks, note, primary, secondary, soft, text_line,
};
use crate::window::panel::Panel;
use crate::window::words::Said;

impl FilePicker {
    /// The line that asks for a new folder's name.
    pub(super) fn new_folder_line(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(making) = &mut self.making else { return };
        if !making.begun {
            making.begun = true;
            self.focus = Some(making_id());
        }
        let (mut make, mut cancel) = (false, false);
        let fault = making.fault.clone();
        ui.horizontal(|ui| {
            let caption = ui.label(panel.say("picker-new-folder-name"));
            let room = (ui.available_width() - 190.0).max(90.0);
            let line = ui
                .add(
                    TextEdit::singleline(&mut making.name)
                        .id(making_id())
                        .margin(Margin::symmetric(7, 4))
                        .desired_width(room),
                )
                .labelled_by(caption.id);
            if line.changed() {
                making.fault = None;
            }
            make = entered(&line) | ui.button(panel.say("picker-make")).clicked();
            cancel = ui.button(panel.say("dialog-cancel")).clicked();
        });
        if let Some(fault) = fault {
            note(ui, panel, Tone::Wrong, &fault);
        }
        if make {
            self.make_folder(panel);
            if self.making.is_some() {
                self.focus = Some(making_id());
            }
        } else if cancel {
            self.making = None;
            self.focus = Some(list_id());
        }
    }

    /// Everything below the list. Gives what was chosen.
    pub(super) fn foot(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> Option<PickerOutcome> {
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N)) {
            self.making = Some(Making::default());
        }
        ui.horizontal_wrapped(|ui| {
            self.options(ui, panel);
        });
        let mut name_entered = false;
        if self.mode == PickerMode::NewFolder {
            let label = panel.say("picker-new-name");
            let line = text_line(ui, panel, name_id(), &label, "", &mut self.name);
            name_entered = entered(&line);
        }
        self.system_line(ui, panel);
        let hindrance = self.hindrance();
        self.target_line(ui, panel, hindrance.as_ref());
        let action = self.action_text(panel);
        let (pick, cancel) = buttons(ui, |ui| {
            let pick = primary(ui, panel, &action, hindrance.is_none()).clicked();
            let cancel = secondary(ui, &panel.say("dialog-cancel")).clicked();
            (pick, cancel)
        });
        if cancel {
            return Some(PickerOutcome::Cancelled);
        }
        if let Some(outcome) = self.entered.take() {
            return Some(outcome);
        }
        if pick || name_entered {
            return self.pick();
        }
        None
    }

    fn options(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        if self.files() {
            let (endings, word) = self.endings;
            let name = |filter: FileFilter| match filter {
                FileFilter::Wanted => panel.say(word),
                FileFilter::Ending(n) => format!("*.{}", endings.get(n).unwrap_or(&"*")),
                FileFilter::All => panel.say("picker-filter-all"),
            };
            let mut choices = vec![FileFilter::Wanted];
            if endings.len() > 1 {
                choices.extend((0..endings.len()).map(FileFilter::Ending));
            }
            choices.push(FileFilter::All);
            let before = self.filter;
            let combo =
                ComboBox::from_id_salt("picker-filter").selected_text(name(self.filter)).show_ui(ui, |ui| {
                    for choice in choices {
                        ui.selectable_value(&mut self.filter, choice, name(choice));
                    }
                });
            combo.response.accessible_name(panel.say("picker-filter"));
            if before != self.filter {
                self.arrange();
            }
        }
        let hidden = marks(ui, panel, |ui| ui.checkbox(&mut self.hidden, panel.say("picker-hidden")));
        if hidden.changed() {
            self.arrange();
        }
        if ui.button(panel.say("picker-new-folder")).clicked() {
            self.making = Some(Making::default());
        }
        if ui.button(panel.say("picker-system")).clicked() && self.system.is_none() {
            self.no_system = false;
            let ask = SystemAsk {
                title: panel.say(self.title),
                folder: self.folder.clone(),
                files: self.files(),
                several: self.several(),
                filter: match (self.files(), self.filter) {
                    (false, _) | (_, FileFilter::All) => String::new(),
                    _ => panel.say(self.endings.1),
                },
                endings: self.endings.0,
            };
            let ctx = ui.ctx().clone();
            self.system = Some(SystemDialog::open(ask, self.ask_system, move || ctx.request_repaint()));
        }
        ui.label(RichText::new(self.tally(panel)).small().color(panel.tokens.text_soft));
    }

    fn system_line(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        if self.system.is_some() {
            ui.horizontal(|ui| {
                soft(ui, panel, &panel.say("picker-system-open"));
                if ui.button(panel.say("picker-system-back")).clicked() {
                    self.system = None;
                }
            });
        } else if self.no_system {
            note(ui, panel, Tone::Careful, &panel.say("picker-no-system"));
        }
    }

    /// What the main button would do, or why it cannot.
    fn target_line(&self, ui: &mut Ui, panel: &Panel<'_>, hindrance: Option<&Hindrance>) {
        let target = self.target();
        let path = target.first().map(|p| p.display().to_string()).unwrap_or_default();
        let (tone, text) = match hindrance {
            None if target.len() > 1 => {
                (Tone::Plain, panel.with("picker-chosen", &[("n", Said::Count(target.len()))]))
            }
            None => (Tone::Plain, path),
            Some(Hindrance::Nothing) if self.single => (Tone::Plain, panel.say("picker-choose-one")),
            Some(Hindrance::Nothing) => (Tone::Plain, panel.say("picker-choose-something")),
            Some(Hindrance::NoProject) => (Tone::Plain, panel.say("picker-no-project")),
            Some(Hindrance::AlreadyProject) => (Tone::Wrong, panel.say("picker-already-project")),
            Some(Hindrance::NotEmpty) => (Tone::Wrong, panel.say("picker-not-empty")),
            Some(Hindrance::BadName) if self.name.trim().is_empty() => {
                (Tone::Plain, panel.say("picker-name-needed"))
            }
            Some(Hindrance::BadName) => (Tone::Wrong, panel.say("picker-bad-name")),
            Some(Hindrance::IsFile) => (Tone::Wrong, panel.say("picker-path-is-file")),
            Some(Hindrance::NotThere) => (Tone::Wrong, panel.say("picker-path-not-there")),
        };
        note(ui, panel, tone, &text);
    }

    fn action_text(&self, panel: &Panel<'_>) -> String {
        let target = self.target();
        match target.as_slice() {
            [_, _, ..] => format!("{} ({})", panel.say(self.action), target.len()),
            _ => panel.say(self.action),
        }
    }
}
