//! What is chosen in the import dialog.

use std::path::PathBuf;

use egui::Ui;

use super::parts::{begin_with, carries, format_choice, heading, unit_choice};
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
    /// When the path was typed at last, in seconds of the window's own time.
    typed: f64,
    now: f64,
}

/// For how long a path must rest before it is looked at, in seconds: what is typed begins with `/`, the whole disk.
const REST: f64 = 0.4;

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
            typed: f64::NEG_INFINITY,
            now: 0.0,
        }
    }

    /// Another source: its format is guessed.
    pub fn take_source(&mut self, source: PathBuf) {
        self.source = source.display().to_string();
        self.guess();
    }

    /// Takes the keyboard once more.
    pub fn begin_again(&mut self) {
        self.begun = false;
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
        if self.now - self.typed < REST {
            return Err("exchange-looking");
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
        self.now = ui.input(|i| i.time);
        if line.changed() {
            self.typed = self.now;
            self.guessed = None;
        }
        if self.now - self.typed < REST {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST));
        } else if self.typed.is_finite() {
            self.typed = f64::NEG_INFINITY;
            self.guess();
            // What is wished for was asked before this frame; the next one looks at it.
            ui.ctx().request_repaint();
        }
        let browse = ui.button(panel.say("import-browse"));
        begin_with(&browse, &mut self.begun);
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
