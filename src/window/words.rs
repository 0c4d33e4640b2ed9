//! The words of the interface, in English, Russian and Ukrainian (Fluent files under `assets/words`).

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::Arc;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Russian, Self::Ukrainian];

    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Russian => "Русский",
            Self::Ukrainian => "Українська",
        }
    }

    /// The language of a BCP 47 tag, by its first part.
    pub fn from_code(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_', '.']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == first)
    }

    /// The system's language, if it is one of ours.
    pub fn of_system() -> Self {
        sys_locale::get_locale().as_deref().and_then(Self::from_code).unwrap_or_default()
    }

    /// The Fluent texts: one file a part of the window.
    fn sources(self) -> &'static [(&'static str, &'static str)] {
        macro_rules! files {
            ($language:literal) => {
                &[
                    ("window", include_str!(concat!("../../assets/words/", $language, "/window.ftl"))),
                    ("commands", include_str!(concat!("../../assets/words/", $language, "/commands.ftl"))),
                    ("panels", include_str!(concat!("../../assets/words/", $language, "/panels.ftl"))),
                    ("dialogs", include_str!(concat!("../../assets/words/", $language, "/dialogs.ftl"))),
                    ("fields", include_str!(concat!("../../assets/words/", $language, "/fields.ftl"))),
                    ("findings", include_str!(concat!("../../assets/words/", $language, "/findings.ftl"))),
                    ("view", include_str!(concat!("../../assets/words/", $language, "/view.ftl"))),
                    ("review", include_str!(concat!("../../assets/words/", $language, "/review.ftl"))),
                    ("remarks", include_str!(concat!("../../assets/words/", $language, "/remarks.ftl"))),
                    ("exchange", include_str!(concat!("../../assets/words/", $language, "/exchange.ftl"))),
                ]
            };
        }
        match self {
            Self::English => files!("en"),
            Self::Russian => files!("ru"),
            Self::Ukrainian => files!("uk"),
        }
    }
}

/// The words in one language, with English behind it. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    language: Language,
    own: Arc<FluentBundle<FluentResource>>,
    english: Arc<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.language.code())
    }
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        let own = Arc::new(bundle(language));
        let english =
            if language == Language::English { own.clone() } else { Arc::new(bundle(Language::English)) };
        Self { language, own, english }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The BCP 47 code, for titles in schemas and codebooks.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// What stands in the bars and side panels, as far as it is the same whatever is shown there.
    pub(in crate::window) fn fixed(&self) -> impl Iterator<Item = &'static str> {
        let panels = self
            .language()
            .sources()
            .iter()
            .filter(|(part, _)| ["window", "panels", "fields"].contains(part));
        let messages = panels.flat_map(|(_, text)| text.lines()).filter_map(|line| line.split_once(" = "));
        messages.map(|(_, words)| words).filter(|words| !words.contains('{'))
    }

    /// The message of this key; the key itself if there is none, which a test forbids.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message of this key with values put in. Whole numbers choose plural forms.
    pub fn with(&self, key: &str, values: &[(&str, Said<'_>)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// The message of this key, or `None` if no language has it.
    pub fn find(&self, key: &str, values: &[(&str, Said<'_>)]) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            let value: FluentValue<'_> = match value {
                Said::Text(text) => FluentValue::from(*text),
                Said::Count(n) => FluentValue::from(*n as f64),
            };
            args.set((*name).to_owned(), value);
        }
        [&self.own, &self.english].into_iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
            Some(text.into_owned())
        })
    }
}

/// A value to put into a message.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    /// As it is.
    Text(&'a str),
    /// A number that may choose a plural form.
    Count(usize),
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Said<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Said<'_> {
    fn from(n: usize) -> Self {
        Self::Count(n)
    }
}

#[expect(clippy::expect_used, reason = "the files are part of the program and tests read them")]
fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let id = language.code().parse().expect("our own language codes are well-formed");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would show as boxes in single-direction text and break searches by label in tests.
    bundle.set_use_isolating(false);
    for (_, source) in language.sources() {
        // A faulty message is left out and falls back to English; a test reports it with its place.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(language: Language) -> BTreeSet<String> {
        let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        let lines = language.sources().iter().flat_map(|(_, source)| source.lines());
        let keys: Vec<String> =
            lines.filter(is_key).filter_map(|l| Some(l.split_once('=')?.0.trim().to_owned())).collect();
        let unique: BTreeSet<String> = keys.iter().cloned().collect();
        assert_eq!(keys.len(), unique.len(), "{}: a key stands twice", language.code());
        unique
    }

    #[test]
    fn every_file_is_well_formed_and_says_the_same_things() {
        let english = keys(Language::English);
        for language in Language::ALL {
            for (name, source) in language.sources() {
                if let Err((_, faults)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{}/{name}.ftl: {faults:?}", language.code());
                }
            }
            let own = keys(language);
            let missing: Vec<_> = english.difference(&own).collect();
            let surplus: Vec<_> = own.difference(&english).collect();
            assert!(
                missing.is_empty() && surplus.is_empty(),
                "{}: lacks {missing:?}, has {surplus:?}",
                language.code()
            );
        }
    }

    #[test]
    fn every_key_the_window_says_is_there() {
        let english = keys(Language::English);
        let mut unknown = Vec::new();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![root];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("words.rs") {
                    let source = std::fs::read_to_string(&path).unwrap();
                    for opener in [".say(\"", "words.with(\"", "words().with(\""] {
                        for rest in source.split(opener).skip(1) {
                            let key = rest.split('"').next().unwrap_or_default();
                            if !english.contains(key) {
                                unknown.push(format!("{}: {key}", path.display()));
                            }
                        }
                    }
                }
            }
        }
        assert!(unknown.is_empty(), "{unknown:#?}");
    }

    /// One thing has one name; CONTRIBUTING.md has the table. A span is «метка», uk «позначка»; «мітка» and «фрагмент» were its names once.
    #[test]
    fn no_word_of_another_vocabulary_is_used() {
        let others: [(Language, &[&str]); 2] = [
            (Language::Russian, &["фрагмент", "отрезок", "отрезк", "«золот", "аннотатор"]),
            (
                Language::Ukrainian,
                &["фрагмент", "відріз", "«золот", "розпозначк", "анотатор", "мітк", "папк"],
            ),
        ];
        for (language, stems) in others {
            for (name, source) in language.sources() {
                for (line, n) in source.lines().zip(1..) {
                    // «розмітка» and the like have «мітк» inside; what is meant is the beginning of a word.
                    let mut words = line.split(|c: char| !c.is_alphabetic() && c != '«');
                    let found = words.find(|word| stems.iter().any(|s| word.to_lowercase().starts_with(s)));
                    assert_eq!(found, None, "{}/{name}.ftl:{n}: {line}", language.code());
                }
            }
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        let words = Words::new(Language::Russian);
        let n = |n: usize| words.with("count-spans", &[("n", n.into())]);
        assert_eq!([n(1), n(3), n(5), n(21)], ["1 метка", "3 метки", "5 меток", "21 метка"]);
    }
}
