//! An article as the program holds it: its canonical text and what is known about it.

use serde::{Deserialize, Serialize};

use crate::text::{CanonicalText, TextRange};

/// What is known about an article besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleMeta {
    /// Its headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its day, `2026-01-21`, or a month or year alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Its language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Anything else, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<(String, String)>,
}

impl ArticleMeta {
    /// This, with everything that `over` gives put over it. An empty text in `over` unsets what is there.
    #[must_use]
    pub fn overridden_by(mut self, over: &Self) -> Self {
        fn put(to: &mut Option<String>, from: &Option<String>) {
            match from.as_deref() {
                Some("") => *to = None,
                Some(given) => *to = Some(given.to_owned()),
                None => {}
            }
        }
        put(&mut self.title, &over.title);
        put(&mut self.date, &over.date);
        put(&mut self.source, &over.source);
        put(&mut self.url, &over.url);
        put(&mut self.author, &over.author);
        put(&mut self.language, &over.language);
        for (name, value) in &over.extra {
            self.extra.retain(|(n, _)| n != name);
            if !value.is_empty() {
                self.extra.push((name.clone(), value.clone()));
            }
        }
        self
    }

    /// What must be put over `from` to get this: the inverse of [`Self::overridden_by`].
    #[must_use]
    pub fn difference_from(&self, from: &Self) -> Self {
        fn over(wanted: &Option<String>, there: &Option<String>) -> Option<String> {
            match (wanted, there) {
                (wanted, there) if wanted == there => None,
                (None, Some(_)) => Some(String::new()),
                (wanted, _) => wanted.clone(),
            }
        }
        let mut extra: Vec<(String, String)> =
            self.extra.iter().filter(|pair| !from.extra.contains(pair)).cloned().collect();
        let gone = from.extra.iter().filter(|(name, _)| !self.extra.iter().any(|(n, _)| n == name));
        extra.extend(gone.map(|(name, _)| (name.clone(), String::new())));
        Self {
            title: over(&self.title, &from.title),
            date: over(&self.date, &from.date),
            source: over(&self.source, &from.source),
            url: over(&self.url, &from.url),
            author: over(&self.author, &from.author),
            language: over(&self.language, &from.language),
            extra,
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An article that was read.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its path relative to the project's root, with `/`.
    pub path: String,
    /// Its canonical text, header included: offsets count all of it.
    pub text: CanonicalText,
    /// What is known about it: read from its header, then overridden by the project's settings.
    pub meta: ArticleMeta,
    /// What its header alone says.
    pub header_meta: ArticleMeta,
    /// Where in the text the header stands; empty if there is none.
    pub header: TextRange,
    /// The label of the encoding it was decoded from (`utf-8`, `windows-1251`).
    pub encoding: String,
    /// Whether the encoding is certain: marked, valid UTF-8, or the user's choice.
    pub encoding_certain: bool,
    /// How many bytes could not be decoded and stand as `U+FFFD`.
    pub replaced: usize,
    /// Anything the reader should be told about the file.
    pub notes: Vec<String>,
}

impl Article {
    /// An article from text alone, for tests and imports.
    pub fn from_text(path: impl Into<String>, text: CanonicalText) -> Self {
        Self {
            path: path.into(),
            text,
            meta: ArticleMeta::default(),
            header_meta: ArticleMeta::default(),
            header: TextRange::default(),
            encoding: "utf-8".to_owned(),
            encoding_certain: true,
            replaced: 0,
            notes: Vec::new(),
        }
    }

    /// The title, else the file's name without folders and ending.
    pub fn title(&self) -> &str {
        match self.meta.title.as_deref() {
            Some(title) if !title.trim().is_empty() => title,
            _ => file_stem(&self.path),
        }
    }
}

/// The last part of a `/` path without its ending.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overriding_and_taking_the_difference_are_inverse() {
        let header = ArticleMeta {
            title: Some("A".into()),
            date: Some("2026-01-21".into()),
            extra: vec![("place".into(), "Davos".into()), ("desk".into(), "world".into())],
            ..ArticleMeta::default()
        };
        let wanted = ArticleMeta {
            title: Some("B".into()),
            source: Some("Wire".into()),
            extra: vec![("desk".into(), "europe".into())],
            ..ArticleMeta::default()
        };
        let over = wanted.difference_from(&header);
        assert_eq!(header.clone().overridden_by(&over), wanted);
        assert!(header.difference_from(&header).is_empty());
    }

    #[test]
    fn stems_survive_dots_and_folders() {
        assert_eq!(file_stem("articles/2026/a.b.txt"), "a.b");
        assert_eq!(file_stem(".hidden"), ".hidden");
    }
}
