//! A project's settings (`postil.ron`): its name, where things are, who annotates, how strict validation is.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use super::article::ArticleMeta;

/// The settings of a project. All paths are relative to the project's root, with `/`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectSettings {
    /// Version of the file format, see [`super::FORMAT`].
    pub format: u32,
    /// What people call it.
    pub name: String,
    /// The language of articles that do not say theirs (BCP 47).
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub language: String,
    /// The folders in which articles lie, looked through with all their folders.
    #[serde(default = "articles", skip_serializing_if = "is_articles")]
    pub articles: Vec<String>,
    /// The folder with one folder an annotator.
    #[serde(default = "annotations", skip_serializing_if = "is_annotations")]
    pub annotations: String,
    /// The schema's file.
    #[serde(default = "schema", skip_serializing_if = "is_schema")]
    pub schema: String,
    /// The codebook's file.
    #[serde(default = "codebook", skip_serializing_if = "is_codebook")]
    pub codebook: String,
    /// The register's file.
    #[serde(default = "register", skip_serializing_if = "is_register")]
    pub register: String,
    /// The guidelines' Markdown files by language (BCP 47); the first serves languages that have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<(String, String)>,
    /// Who annotates: short names, as the folders under `annotations` are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotators: Vec<String>,
    /// Who is to annotate which article: article path, then annotators. Articles not listed are for everyone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assignments: BTreeMap<String, Vec<String>>,
    /// Whether annotators see others' work on an article only once they are done with it themselves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blind_until_done: bool,
    /// Severities of validation rules that differ from the rules' own, by rule code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, Severity>,
    /// What the user said about an article, over what its header says; by article path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub meta: BTreeMap<String, ArticleMeta>,
    /// The encodings that the user chose, by article path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub encodings: BTreeMap<String, String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rule is not run.
    Off,
    /// Worth a look.
    Info,
    /// Probably wrong, or wrong with some consumers of the data.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl ProjectSettings {
    /// The settings of a new project, everything in its usual place.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            format: super::FORMAT,
            name: name.into(),
            language: english(),
            articles: articles(),
            annotations: annotations(),
            schema: schema(),
            codebook: codebook(),
            register: register(),
            guidelines: Vec::new(),
            annotators: Vec::new(),
            assignments: BTreeMap::new(),
            blind_until_done: false,
            rules: BTreeMap::new(),
            meta: BTreeMap::new(),
            encodings: BTreeMap::new(),
        }
    }

    /// Whether an article is an annotator's to do. Articles without an assignment are everyone's.
    pub fn is_for(&self, article: &str, annotator: &str) -> bool {
        self.assignments.get(article).is_none_or(|names| names.iter().any(|name| name == annotator))
    }

    /// The article's path without the articles folder it lies in: `a.txt` of `articles/a.txt`. The longest folder that fits counts.
    pub fn name_in_folder<'a>(&self, article: &'a str) -> &'a str {
        let fits = |folder: &String| {
            article.strip_prefix(folder.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'))
        };
        self.articles.iter().filter_map(fits).min_by_key(|rest| rest.len()).unwrap_or(article)
    }
}

fn english() -> String {
    "en".into()
}
fn is_english(s: &String) -> bool {
    s == "en"
}
fn articles() -> Vec<String> {
    vec!["articles".into()]
}
fn is_articles(v: &Vec<String>) -> bool {
    *v == articles()
}
fn annotations() -> String {
    "annotations".into()
}
fn is_annotations(s: &String) -> bool {
    *s == annotations()
}
fn schema() -> String {
    "schema.ron".into()
}
fn is_schema(s: &String) -> bool {
    *s == schema()
}
fn codebook() -> String {
    "codebook.ron".into()
}
fn is_codebook(s: &String) -> bool {
    *s == codebook()
}
fn register() -> String {
    "register.ron".into()
}
fn is_register(s: &String) -> bool {
    *s == register()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_settings_are_a_format_and_a_name() {
        let least: ProjectSettings = ron::from_str(r#"(format: 1, name: "Talks")"#).unwrap();
        assert_eq!(least, ProjectSettings::new("Talks"));
    }

    #[test]
    fn the_longest_folder_counts() {
        let mut settings = ProjectSettings::new("x");
        settings.articles = vec!["articles".into(), "articles/wire".into()];
        assert_eq!(settings.name_in_folder("articles/wire/a.txt"), "a.txt");
        assert_eq!(settings.name_in_folder("articles/2026/a.txt"), "2026/a.txt");
        assert_eq!(settings.name_in_folder("elsewhere/a.txt"), "elsewhere/a.txt");
    }
}
