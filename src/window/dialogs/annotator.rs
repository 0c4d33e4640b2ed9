//! Who annotates.

use egui::{Context, Id, RichText, ScrollArea};

use super::sheet::{Sheet, Tone, buttons, entered, note, primary, secondary, soft, text_line};
use crate::model::GOLD;
use crate::window::panel::{Panel, Request};

/// The longest name, in characters.
const LONGEST: usize = 40;

/// Why a text cannot become an annotator's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing is left of it.
    Empty,
    /// That name is the adjudicated set's.
    Gold,
    /// It is too long.
    TooLong,
}

impl NameFault {
    /// The words' key of what to tell the user.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "annotator-empty",
            Self::Gold => "annotator-gold",
            Self::TooLong => "annotator-too-long",
        }
    }
}

/// An annotator's name as a folder can be called on any system: letters and digits of any script, `-`, `_` and `.`. Spaces become `-`,
/// anything else is left out; it neither begins nor ends with a dot and is no device's name.
///
/// # Errors
/// Nothing is left, it is too long, or it is the adjudicated set's name.
pub fn annotator_name(typed: &str) -> Result<String, NameFault> {
    // A letter's combining mark belongs to it: "й" may be two code points.
    let mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let words: Vec<String> = typed
        .split_whitespace()
        .map(|word| word.chars().filter(|&c| c.is_alphanumeric() || mark(c) || "-_.".contains(c)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    let mut name = words.join("-").trim_matches('.').to_owned();
    if name.is_empty() || !name.contains(char::is_alphanumeric) {
        return Err(NameFault::Empty);
    }
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && ("1"..="9").contains(&n));
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        name.insert(0, '_');
    }
    if name.to_lowercase() == GOLD {
        return Err(NameFault::Gold);
    }
    if name.chars().count() > LONGEST {
        return Err(NameFault::TooLong);
    }
    Ok(name)
}

/// The dialog. Made anew each time it is opened.
#[derive(Debug, Default)]
pub struct AnnotatorDialog {
    typed: String,
    begun: bool,
}

impl AnnotatorDialog {
    /// With the name of whoever annotates now, or an empty line.
    pub fn new(panel: &Panel<'_>) -> Self {
        let now = panel.session.map(|s| s.annotator.as_str());
        Self { typed: now.unwrap_or(&panel.preferences.annotator).to_owned(), begun: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        let title = panel.say("annotator-title");
        let mut chosen: Option<String> = None;
        let shown = Sheet::new(Id::unique("annotator"), &title, 460.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("annotator-about"));
            ui.add_space(4.0);
            let label = panel.say("annotator-name");
            let hint = panel.say("annotator-hint");
            let line = text_line(ui, panel, Id::unique("annotator-name"), &label, &hint, &mut self.typed);
            if !self.begun {
                self.begun = true;
                line.request_focus();
                // The old name is selected, so that typing puts the new one in its place.
                let mut state = egui::text_edit::TextEditState::load(ctx, line.id).unwrap_or_default();
                let end = egui::text::CCursor::new(self.typed.chars().count());
                let all = egui::text::CCursorRange::two(egui::text::CCursor::default(), end);
                state.cursor.set_char_range(Some(all));
                state.store(ctx, line.id);
            }
            let name = annotator_name(&self.typed);
            match &name {
                Ok(name) => {
                    let folder = panel.session.map_or("annotations", |s| s.settings.annotations.as_str());
                    let folder = format!("{}/{name}/", folder.trim_end_matches('/'));
                    note(
                        ui,
                        panel,
                        Tone::Plain,
                        &panel.with("annotator-folder", &[("folder", (&folder).into())]),
                    );
                }
                Err(_) if self.typed.trim().is_empty() => {
                    note(ui, panel, Tone::Plain, &panel.say("annotator-rules"));
                }
                Err(fault) => {
                    note(ui, panel, Tone::Wrong, &panel.say(fault.word()));
                }
            }
            if entered(&line) && name.is_ok() {
                chosen = name.clone().ok();
            }
            self.known(ui, panel, &mut chosen);
            buttons(ui, |ui| {
                if primary(ui, panel, &panel.say("annotator-choose"), name.is_ok()).clicked() {
                    chosen = name.ok();
                }
                secondary(ui, &panel.say("dialog-cancel")).clicked()
            })
        });
        if let Some(name) = chosen {
            panel.ask(Request::SetAnnotator(name));
            return true;
        }
        shown.inner || shown.dismissed
    }

    /// The project's annotators, one click each.
    fn known(&self, ui: &mut egui::Ui, panel: &Panel<'_>, chosen: &mut Option<String>) {
        let Some(session) = panel.session else { return };
        let mut names = session.annotators();
        for name in &session.settings.annotators {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.sort();
        names.retain(|name| name != GOLD);
        if names.is_empty() {
            return;
        }
        ui.add_space(6.0);
        ui.label(RichText::new(panel.say("annotator-known")).small().color(panel.tokens.text_soft));
        ScrollArea::vertical().max_height(150.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                for name in names {
                    let now = name == session.annotator;
                    if ui.selectable_label(now, &name).clicked() {
                        *chosen = Some(name);
                    }
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_folders() {
        for (typed, expected) in [
            ("anna", "anna"),
            ("  Анна  Коваль ", "Анна-Коваль"),
            ("Дар’я", "Даря"),
            ("gpt-4.1", "gpt-4.1"),
            ("../../etc", "etc"),
            ("a/b\\c:d", "abcd"),
            (".hidden.", "hidden"),
            ("nul", "_nul"),
            ("COM1.x", "_COM1.x"),
            ("王小明", "王小明"),
        ] {
            assert_eq!(annotator_name(typed).as_deref(), Ok(expected), "{typed}");
        }
        assert_eq!(annotator_name(" ?! "), Err(NameFault::Empty));
        assert_eq!(annotator_name("--"), Err(NameFault::Empty));
        assert_eq!(annotator_name("Gold"), Err(NameFault::Gold));
        assert_eq!(annotator_name(&"я".repeat(41)), Err(NameFault::TooLong));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_folder_is_safe(typed in ".{0,60}") {
            if let Ok(name) = annotator_name(&typed) {
                prop_assert!(!name.contains(['/', '\\', ':', '\0']) && !name.starts_with('.') && !name.ends_with('.'));
                prop_assert_eq!(annotator_name(&name), Ok(name));
            }
        }
    }
}
