//! Names and explanations in several languages, as schema, codebook and register hold them.

use serde::{Deserialize, Serialize};

/// The same words in several languages: `[("en", "Holders"), ("ru", "Кто хочет")]`, language codes by BCP 47.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub Vec<(String, String)>);

impl Words {
    /// The words in `language`, else in English, else in whatever language comes first.
    pub fn get(&self, language: &str) -> Option<&str> {
        let find = |wanted: &str| self.0.iter().find(|(l, _)| l == wanted).map(|(_, w)| w.as_str());
        find(language).or_else(|| find("en")).or_else(|| self.0.first().map(|(_, w)| w.as_str()))
    }

    /// Every wording, whatever the language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, w)| w.as_str())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
