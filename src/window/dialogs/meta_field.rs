//! One thing known about an article, as a form edits it: from the file's header, the user's own words, or left empty on purpose.

use egui::{Id, RichText, Ui};

use super::sheet::{Tone, note, text_line};
use crate::window::panel::Panel;

/// The state of one input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetaField {
    /// What the header says.
    pub header: Option<String>,
    /// What the user typed; empty means the header's word counts.
    pub text: String,
    /// The header is wrong and there is nothing to put in its place.
    pub nothing: bool,
}

impl MetaField {
    /// For a value that stands now, and what the header says.
    pub fn new(stands: Option<&String>, header: Option<&String>) -> Self {
        let own = stands.filter(|value| Some(*value) != header);
        Self {
            header: header.cloned(),
            text: own.cloned().unwrap_or_default(),
            nothing: stands.is_none() && header.is_some(),
        }
    }

    /// What the user wants it to be.
    pub fn wanted(&self) -> Option<String> {
        let typed = self.text.trim();
        match (typed.is_empty(), self.nothing) {
            (false, _) => Some(typed.to_owned()),
            (true, true) => None,
            (true, false) => self.header.clone(),
        }
    }

    /// Shows it: the header's word as a hint, and a way to have the header's word or nothing.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, id: Id, label: &str) -> egui::Response {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let hint = match (&self.header, self.nothing) {
                (_, true) => panel.say("details-left-empty"),
                (Some(header), false) => header.clone(),
                (None, false) => String::new(),
            };
            let line = text_line(ui, panel, id, label, &hint, &mut self.text);
            if line.changed() && !self.text.trim().is_empty() {
                self.nothing = false;
            }
            self.origin(ui, panel, label);
            line
        })
        .inner
    }

    /// Says where the value comes from, with the other possibilities as small links.
    pub fn origin(&mut self, ui: &mut Ui, panel: &Panel<'_>, label: &str) {
        let Some(header) = &self.header else { return };
        let own = !self.text.trim().is_empty();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if own || self.nothing {
                let word = if own { "details-in-file" } else { "details-file-says" };
                note(ui, panel, Tone::Plain, &panel.with(word, &[("value", header.into())]));
                let text = panel.say("details-use-file");
                if small_link(ui, &text, &format!("{label}: {text}")) {
                    self.text.clear();
                    self.nothing = false;
                }
            } else {
                note(ui, panel, Tone::Plain, &panel.say("details-from-file"));
                let text = panel.say("details-leave-empty");
                if small_link(ui, &text, &format!("{label}: {text}")) {
                    self.nothing = true;
                }
            }
        });
    }
}

fn small_link(ui: &mut Ui, text: &str, name: &str) -> bool {
    ui.link(RichText::new(text).small()).accessible_name(name).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_is_what_is_wanted_until_something_is_typed() {
        let (a, b) = ("А".to_owned(), "Б".to_owned());
        for stands in [None, Some(&a), Some(&b)] {
            for header in [None, Some(&a), Some(&b)] {
                let field = MetaField::new(stands, header);
                assert_eq!(field.wanted().as_ref(), stands, "{header:?}");
            }
        }
        let mut field = MetaField::new(Some(&a), Some(&a));
        assert_eq!(field.text, "", "the header's word is only a hint");
        field.text = "  В ".into();
        assert_eq!(field.wanted().as_deref(), Some("В"));
        field.text.clear();
        assert_eq!(field.wanted().as_deref(), Some("А"), "cleared: the header counts again");
        field.nothing = true;
        assert_eq!(field.wanted(), None);
    }
}
