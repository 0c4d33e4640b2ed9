//! What is chosen in the import dialog.

use std::path::PathBuf;

use egui::Ui;

use super::parts::{carries, format_choice, heading, unit_choice};
use crate::formats::{FORMATS, FormatInfo, OffsetUnit, format};
use crate::session::Session;
use crate::session::exchange::importing::{ImportWish, Mapping, Onto, guess};
use crate::window::dialogs::sheet::{Tone, marks, note, soft, text_line};
use crate::window::panel::Panel;

/// The form.
pub(super) struct ImportForm {
    pub source: String,
    format: Option<&'static FormatInfo>,
    /// The format as it was guessed, to be told.
    guessed: Option<&'static str>,
    annotator: String,
    unit: Option<OffsetUnit>,
    onto: Onto,
    pub mapping: Mapping,
    at_hand: Option<(String, String)>,
    begun: bool,
}

impl ImportForm {
    pub fn new(session: &Session) -> Self {
        Self {
            source: String::new(),
            format: None,
            guessed: None,
            annotator: String::new(),
            unit: None,
            onto: Onto::Refuse,
            mapping: Mapping::remembered(&session.root),
            at_hand: session.at_hand(),
            begun: false,
        }
    }

    /// Another source: its format is guessed.
    pub fn take_source(&mut self, source: PathBuf) {
        self.source = source.display().to_string();
        self.guess();
    }

    fn guess(&mut self) {
        let path = PathBuf::from(self.source.trim());
        self.guessed = if path.exists() { guess(&path) } else { None };
        if let Some(guessed) = self.guessed {
            self.format = format(guessed).filter(|format| format.reads());
        }
    }

    /// What is wished, or the key of what is wrong.
    pub fn wish(&self) -> Result<ImportWish, &'static str> {
        let source = PathBuf::from(self.source.trim());
        if self.source.trim().is_empty() {
            return Err("import-no-source");
        }
        if !source.exists() {
            return Err("import-not-there");
        }
        let format = self.format.ok_or("import-no-format")?;
        let annotator = Some(self.annotator.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        Ok(ImportWish {
            format,
            source,
            annotator,
            unit: self.unit,
            onto: self.onto,
            mapping: self.mapping.clone(),
            at_hand: self.at_hand.clone(),
        })
    }

    /// Shows the form. True if the picker is asked for.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let label = panel.say("import-source");
        let line = text_line(ui, panel, egui::Id::unique("import-source"), &label, "", &mut self.source);
        if line.changed() {
            self.guess();
        }
        let browse = ui.button(panel.say("import-browse"));
        if !std::mem::replace(&mut self.begun, true) {
            browse.request_focus();
        }
        ui.add_space(6.0);
        let formats: Vec<&'static FormatInfo> = FORMATS.iter().filter(|format| format.reads()).collect();
        if format_choice(ui, panel, &mut self.format, &formats).0 {
            self.guessed = None;
        }
        if let Some(format) = self.format {
            if self.guessed == Some(format.name) {
                soft(ui, panel, &panel.say("import-guessed"));
            }
            soft(ui, panel, &carries(panel, format));
        }
        ui.add_space(6.0);
        let label = panel.say("import-annotator");
        let hint = panel.say("import-annotator-hint");
        text_line(ui, panel, egui::Id::unique("import-annotator"), &label, &hint, &mut self.annotator);
        if self.annotator.trim() == crate::model::GOLD {
            note(ui, panel, Tone::Plain, &panel.say("import-is-gold"));
        }
        marks(ui, panel, |ui| {
            heading(ui, panel, "import-onto");
            for (onto, word) in [
                (Onto::Refuse, "import-refuse"),
                (Onto::Merge, "import-merge"),
                (Onto::Replace, "import-replace"),
            ] {
                ui.radio_value(&mut self.onto, onto, panel.say(word));
            }
            ui.add_space(6.0);
            unit_choice(ui, panel, &mut self.unit);
        });
        browse.clicked()
    }
}
