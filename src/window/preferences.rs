//! The user's choices, kept between starts.

use std::collections::BTreeMap;

use super::article_view::{ArticleStyle, Marks, Numbers};
use super::fonts;
use super::words::Language;

/// The smallest text of an article, in points.
pub const SMALLEST_TEXT: f32 = 10.0;
/// The largest.
pub const LARGEST_TEXT: f32 = 40.0;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The user's choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The interface's language.
    pub language: Language,
    /// How articles look.
    pub style: ArticleStyle,
    /// Whether selections grow to whole words.
    pub snap: bool,
    /// Whether the review shows tags as underlines in the text instead of lanes below it.
    pub underlines: bool,
    /// Whether the list of articles is shown.
    pub show_articles: bool,
    /// Whether the fields are shown.
    pub show_fields: bool,
    /// Whether the panel below is shown.
    pub show_below: bool,
    /// Who annotates.
    pub annotator: String,
    /// Keys that differ from the table's: command id, then chords with spaces between.
    pub keys: BTreeMap<String, String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            language: Language::of_system(),
            style: ArticleStyle::default(),
            snap: true,
            underlines: false,
            show_articles: true,
            show_fields: true,
            show_below: true,
            annotator: String::new(),
            keys: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// From names and values as they are kept on disk; what cannot be read stays at its default.
    pub fn from_map(map: &BTreeMap<String, String>) -> Self {
        let mut all = Self::default();
        let number = |name: &str, least: f32, most: f32| {
            map.get(name)
                .and_then(|v| v.parse::<f32>().ok())
                .filter(|v| v.is_finite())
                .map(|v| v.clamp(least, most))
        };
        let yes = |name: &str, default: bool| map.get(name).map_or(default, |v| v == "true");
        all.theme = match map.get("theme").map(String::as_str) {
            Some("light") => ThemeChoice::Light,
            Some("dark") => ThemeChoice::Dark,
            _ => ThemeChoice::System,
        };
        if let Some(language) = map.get("language").and_then(|code| Language::from_code(code)) {
            all.language = language;
        }
        all.style.size = number("text-size", SMALLEST_TEXT, LARGEST_TEXT).unwrap_or(all.style.size);
        all.style.column = number("column", 320.0, 2000.0).unwrap_or(all.style.column);
        all.style.serif = yes("serif", all.style.serif);
        all.style.marks = match map.get("marks").map(String::as_str) {
            Some("names") => Marks::Names,
            Some("lines") => Marks::Lines,
            _ => Marks::Full,
        };
        all.style.family = map.get("font").filter(|name| !name.is_empty()).map(|name| fonts::keep_name(name));
        all.style.numbers = match map.get("numbers").map(String::as_str) {
            Some("none") => Numbers::None,
            Some("sentences") => Numbers::Sentences,
            _ => Numbers::Lines,
        };
        all.snap = yes("snap", all.snap);
        all.underlines = yes("review-underlines", false);
        all.show_articles = yes("show-articles", true);
        all.show_fields = yes("show-fields", true);
        all.show_below = yes("show-below", true);
        all.annotator = map.get("annotator").cloned().unwrap_or_default();
        let keys = map
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("key-")?.to_owned(), value.clone())));
        all.keys = keys.collect();
        all
    }

    /// As names and values for the disk.
    pub fn to_map(&self) -> BTreeMap<String, String> {
        let theme = match self.theme {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        };
        let numbers = match self.style.numbers {
            Numbers::None => "none",
            Numbers::Lines => "lines",
            Numbers::Sentences => "sentences",
        };
        let marks = match self.style.marks {
            Marks::Full => "full",
            Marks::Names => "names",
            Marks::Lines => "lines",
        };
        let mut map: BTreeMap<String, String> = [
            ("theme", theme.to_owned()),
            ("language", self.language.code().to_owned()),
            ("text-size", self.style.size.to_string()),
            ("column", self.style.column.to_string()),
            ("serif", self.style.serif.to_string()),
            ("marks", marks.to_owned()),
            ("font", self.style.family.unwrap_or_default().to_owned()),
            ("numbers", numbers.to_owned()),
            ("snap", self.snap.to_string()),
            ("review-underlines", self.underlines.to_string()),
            ("show-articles", self.show_articles.to_string()),
            ("show-fields", self.show_fields.to_string()),
            ("show-below", self.show_below.to_string()),
            ("annotator", self.annotator.clone()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        map.extend(self.keys.iter().map(|(id, keys)| (format!("key-{id}"), keys.clone())));
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_survive_the_disk_and_nonsense_does_not_break_them() {
        let mut chosen =
            Preferences { theme: ThemeChoice::Dark, annotator: "anna".into(), ..Preferences::default() };
        chosen.style.size = 21.0;
        chosen.style.family = Some(fonts::keep_name("Some Font"));
        chosen.style.numbers = Numbers::Sentences;
        chosen.style.marks = Marks::Names;
        chosen.underlines = true;
        chosen.keys.insert("undo".into(), "U".into());
        assert_eq!(Preferences::from_map(&chosen.to_map()), chosen);
        let odd = [("text-size", "NaN"), ("column", "-5"), ("theme", "pink")];
        let odd = Preferences::from_map(&odd.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect());
        assert_eq!(odd.style.size, ArticleStyle::default().size);
        assert_eq!(odd.style.column, 320.0);
    }
}
