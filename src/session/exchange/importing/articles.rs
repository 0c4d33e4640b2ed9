//! Articles of a source and those of the project: the same, new, or not to be reconciled.

use std::collections::{HashMap, HashSet};

use crate::formats::meta_entries;
use crate::model::ArticleMeta;
use crate::store::{Project, inside, is_article_name};
use crate::text::{CanonicalText, Encoding, decode};

/// What becomes of an article of the source.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The project has it, or will have it by this import, with this very text.
    Known,
    /// It is to be added.
    Added {
        /// Its bytes; none if they lie there already, in a folder that was none of the project's.
        bytes: Option<Vec<u8>>,
        /// The folder that becomes one of the project's by that.
        new_folder: Option<String>,
        /// What is known of it before the source has its say.
        known: Box<ArticleMeta>,
    },
}

/// The articles that were met so far, with their fingerprints.
#[derive(Default)]
pub(super) struct Articles {
    fingerprints: HashMap<String, String>,
    /// Those of them that are to be added.
    planned: HashSet<String>,
}

impl Articles {
    /// Where an article of the source belongs in the project: its own path, below the first folder of articles if it names no folder,
    /// with an ending that articles have.
    ///
    /// # Errors
    /// The path leads out of the project, or no system can hold it.
    pub fn place(project: &Project, said: &str) -> Result<String, String> {
        let mut path = said.replace('\\', "/");
        while let Some(rest) = path.strip_prefix("./") {
            path = rest.to_owned();
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        if !is_article_name(name) {
            path.push_str(".txt");
        }
        if !path.contains('/') {
            let folder = project.settings.articles.first().map_or("articles", String::as_str);
            path = match folder.trim_end_matches('/') {
                "." => path,
                folder => format!("{folder}/{path}"),
            };
        }
        inside(&path).map_err(|error| error.to_string())?;
        Ok(path)
    }

    /// Takes an article in, if the project lacks it. The settings of the project change in memory; nothing is written.
    ///
    /// # Errors
    /// The project has another text under this path, or it could not be written there.
    pub fn arrive(
        &mut self,
        project: &mut Project,
        path: &str,
        text: &CanonicalText,
    ) -> Result<Arrival, String> {
        if let Some(fingerprint) = self.fingerprint(project, path)? {
            if fingerprint != text.fingerprint() {
                return Err(format!(
                    "the project has another text under {path} (its fingerprint is {fingerprint}, that of the source {})",
                    text.fingerprint()
                ));
            }
            if self.planned.contains(path) || project.path_of_article(&project.root.join(path)).is_some() {
                return Ok(Arrival::Known);
            }
        }
        self.add(project, path, text)
    }

    /// The fingerprint of an article of the project; `None` if there is no such file.
    fn fingerprint(&mut self, project: &Project, path: &str) -> Result<Option<String>, String> {
        if let Some(fingerprint) = self.fingerprints.get(path) {
            return Ok(Some(fingerprint.clone()));
        }
        if !project.root.join(path).exists() {
            return Ok(None);
        }
        let article = project.read_article(path).map_err(|fault| fault.to_string())?;
        let fingerprint = article.text.fingerprint().to_owned();
        self.fingerprints.insert(path.to_owned(), fingerprint.clone());
        Ok(Some(fingerprint))
    }

    fn add(&mut self, project: &mut Project, path: &str, text: &CanonicalText) -> Result<Arrival, String> {
        let (bytes, encoding) = bytes_of(text)?;
        if let Some(encoding) = encoding {
            project.settings.encodings.insert(path.to_owned(), encoding.label().to_owned());
        }
        let added = project.place_article_bytes(path, &bytes).map_err(|error| error.to_string())?;
        let article = project.article_of(path, &bytes).map_err(|fault| fault.to_string())?;
        self.fingerprints.insert(path.to_owned(), text.fingerprint().to_owned());
        self.planned.insert(path.to_owned());
        Ok(Arrival::Added {
            bytes: (!added.was_there).then_some(bytes),
            new_folder: added.new_folder,
            known: Box::new(article.meta),
        })
    }

    /// Forgets an article that was to be added, because nothing else of its record could be kept.
    pub fn withdraw(&mut self, project: &mut Project, path: &str, new_folder: Option<&str>) {
        self.fingerprints.remove(path);
        self.planned.remove(path);
        project.settings.encodings.remove(path);
        if let Some(folder) = new_folder {
            project.settings.articles.retain(|there| there != folder);
        }
    }
}

/// The bytes of a file that reads as this text, and the encoding that must be named for that where it would be taken for another.
fn bytes_of(text: &CanonicalText) -> Result<(Vec<u8>, Option<Encoding>), String> {
    let mut bytes = Vec::with_capacity(text.len_bytes() + 3);
    // Reading cuts one byte order mark; a text that begins with that very sign needs one more.
    if text.as_str().starts_with('\u{FEFF}') {
        bytes.extend_from_slice("\u{FEFF}".as_bytes());
    }
    bytes.extend_from_slice(text.as_str().as_bytes());
    let utf8 = Encoding::from_label("utf-8");
    let mut fault = None;
    for choice in [None, utf8] {
        match decode(&bytes, choice) {
            Ok(decoded) if decoded.text == *text => return Ok((bytes, choice)),
            Ok(_other) => {}
            Err(error) => fault = Some(error.to_string()),
        }
    }
    Err(fault.unwrap_or_else(|| "its text would not be read back as it is".to_owned()))
}

/// What must be put over `known`, what the project knows of an article by itself, so that what the source says comes out, in the same
/// order: nothing that the article's own header says already.
pub(super) fn meta_over(known: &ArticleMeta, said: &ArticleMeta) -> ArticleMeta {
    let mut wanted = said.clone();
    if wanted.language.is_none() {
        wanted.language.clone_from(&known.language);
    }
    if is_same(known, &wanted) {
        return ArticleMeta::default();
    }
    let mut over = wanted.difference_from(known);
    if !is_same(&known.clone().overridden_by(&over), &wanted) {
        // The order of the other values: putting all of them over, last, gives exactly theirs.
        let gone = over.extra.iter().filter(|(_, value)| value.is_empty()).cloned();
        over.extra = gone.chain(wanted.extra.iter().cloned()).collect();
    }
    over
}

/// Whether formats write the two alike.
pub(super) fn is_same(a: &ArticleMeta, b: &ArticleMeta) -> bool {
    a.language == b.language && meta_entries(a) == meta_entries(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(title: Option<&str>, extra: &[(&str, &str)]) -> ArticleMeta {
        ArticleMeta {
            title: title.map(str::to_owned),
            extra: extra.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            ..ArticleMeta::default()
        }
    }

    #[test]
    fn what_the_header_says_is_not_said_again() {
        let known = ArticleMeta {
            language: Some("ru".into()),
            ..meta(Some("A"), &[("place", "Davos"), ("date", "yesterday")])
        };
        assert!(meta_over(&known, &known).is_empty());
        // As a format gives it back: what is called `date` is the date.
        let said = ArticleMeta { date: Some("yesterday".into()), ..meta(Some("A"), &[("place", "Davos")]) };
        let come_out = known.clone().overridden_by(&meta_over(&known, &said));
        assert_eq!(meta_entries(&come_out), meta_entries(&said));
    }

    #[test]
    fn the_source_comes_out_in_its_own_order() {
        let known = meta(Some("A"), &[("a", "1"), ("b", "2"), ("c", "3")]);
        for said in [
            meta(None, &[("b", "2"), ("a", "1")]),
            meta(Some("B"), &[("c", "3"), ("x", "0"), ("a", "9")]),
            meta(Some("A"), &[]),
        ] {
            let come_out = known.clone().overridden_by(&meta_over(&known, &said));
            assert_eq!(meta_entries(&come_out), meta_entries(&said), "{:?}", meta_over(&known, &said));
        }
    }

    #[test]
    fn any_text_has_bytes_that_read_as_it() {
        for text in ["a", "\u{FEFF}a", "е\u{301}", "Á Ã", "\u{5E9}\u{5DC}", "a\u{85}b\u{2028}c", "\n"] {
            // The first mark is the file's own and is cut; what is left is the text.
            let text = CanonicalText::new(&format!("\u{FEFF}{text}"));
            let (bytes, encoding) = bytes_of(&text).unwrap();
            assert_eq!(decode(&bytes, encoding).unwrap().text, text);
        }
        assert!(bytes_of(&CanonicalText::new("")).is_err(), "an empty article is none");
    }
}
