//! The languages articles may be in, as a list to choose from.

use egui::{ComboBox, Response, Ui};

use super::sheet::labelled;
use crate::window::panel::Panel;

/// Languages offered, by BCP 47 code and by what their speakers call them. Those the program's own readers meet most come first.
pub const LANGUAGES: [(&str, &str); 20] = [
    ("en", "English"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("be", "Беларуская"),
    ("bg", "Български"),
    ("cs", "Čeština"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("kk", "Қазақша"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("sk", "Slovenčina"),
    ("sr", "Српски"),
    ("tr", "Türkçe"),
];

/// What to call a language: its own name, else its code.
pub fn language_name(code: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// A labelled list of languages. `none` is what stands for no choice (an empty `code`), if that is allowed.
pub fn language_choice(
    ui: &mut Ui,
    panel: &Panel<'_>,
    salt: &str,
    label: &str,
    none: Option<&str>,
    code: &mut String,
) -> Response {
    let shown = match (code.as_str(), none) {
        ("", Some(none)) => none.to_owned(),
        (code, _) => language_name(code).to_owned(),
    };
    labelled(ui, panel, label, |ui| {
        let mut choices: Vec<String> = none.iter().map(|_| String::new()).collect();
        // A language that is not offered but was set elsewhere stays choosable.
        if !code.is_empty() && !LANGUAGES.iter().any(|(known, _)| known == code) {
            choices.push(code.clone());
        }
        choices.extend(LANGUAGES.iter().map(|(code, _)| (*code).to_owned()));
        ComboBox::from_id_salt(salt)
            .selected_text(shown)
            .width(ui.available_width().min(230.0))
            .height(320.0)
            .truncate()
            .show_ui(ui, |ui| {
                for choice in choices {
                    let name = match (choice.as_str(), none) {
                        ("", Some(none)) => none.to_owned(),
                        (code, _) => format!("{}  ·  {code}", language_name(code)),
                    };
                    ui.selectable_value(code, choice, name);
                }
            })
            .response
    })
}
