//! What concerns this user on this machine: what was open lately, and how they like things. Never part of a project.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic::write_atomically;
use super::faults::options;

/// How many projects and articles are remembered.
const KEPT: usize = 20;

/// The folder of the program's settings on this machine: `POSTIL_CONFIG_DIR` if it is set, else where the system keeps such things;
/// `None` if there is no such place.
pub fn config_folder() -> Option<PathBuf> {
    match std::env::var_os("POSTIL_CONFIG_DIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => Some(folder.into()),
        None => Some(directories::ProjectDirs::from("", "", "postil")?.config_dir().to_owned()),
    }
}

/// What was open lately, the last first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    /// Projects' folders.
    pub projects: Vec<PathBuf>,
    /// Articles: the project's folder and the article's path in it.
    pub articles: Vec<(PathBuf, String)>,
    /// Where in articles the reader was.
    pub places: Vec<Place>,
}

/// How many articles' places are remembered.
const PLACES: usize = 200;

/// Where the reader was in an article. Code points, so that an edit of the program's insides cannot shift them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The project's folder.
    pub root: PathBuf,
    /// The article's path in it.
    pub article: String,
    /// The code point at the page's top.
    pub top: u32,
    /// The code point of the caret.
    pub caret: u32,
}

impl Recent {
    /// What is remembered in this folder; nothing if nothing can be read.
    pub fn load(folder: &Path) -> Self {
        read(&folder.join("recent.ron"))
    }

    /// Remembers that a project was opened.
    pub fn note_project(&mut self, root: &Path) {
        self.projects.retain(|known| known != root);
        self.projects.insert(0, root.to_owned());
        self.projects.truncate(KEPT);
    }

    /// Remembers that an article was opened.
    pub fn note_article(&mut self, root: &Path, article: &str) {
        self.note_project(root);
        self.articles.retain(|(known, path)| known != root || path != article);
        self.articles.insert(0, (root.to_owned(), article.to_owned()));
        self.articles.truncate(KEPT);
    }

    /// Remembers where the reader was in an article; the beginning is what one gets without.
    pub fn note_place(&mut self, place: Place) {
        self.places.retain(|known| known.root != place.root || known.article != place.article);
        self.places.insert(0, place);
        self.places.truncate(PLACES);
    }

    /// Where the reader was in an article.
    pub fn place(&self, root: &Path, article: &str) -> Option<&Place> {
        self.places.iter().find(|known| known.root == root && known.article == article)
    }

    /// Forgets a project, because it is gone or the user says so.
    pub fn forget_project(&mut self, root: &Path) {
        self.projects.retain(|known| known != root);
        self.articles.retain(|(known, _)| known != root);
        self.places.retain(|known| known.root != root);
    }

    /// Writes it into this folder.
    ///
    /// # Errors
    /// The system refuses.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        write(&folder.join("recent.ron"), self)
    }
}

/// How the user likes things, by name: `theme`, `language`, `annotator`, `key.tag_position`, … Every value is a text, so that an older
/// program keeps what a newer one wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Preferences(pub BTreeMap<String, String>);

impl Preferences {
    /// What is kept in this folder; nothing if nothing can be read.
    pub fn load(folder: &Path) -> Self {
        read(&folder.join("preferences.ron"))
    }

    /// One preference.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// One preference as a number or whatever else can be read from its text; `None` if it is not set or not such.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// Sets one; `None` unsets it.
    pub fn set(&mut self, name: impl Into<String>, value: Option<String>) {
        let name = name.into();
        match value {
            Some(value) => drop(self.0.insert(name, value)),
            None => drop(self.0.remove(&name)),
        }
    }

    /// Writes them into this folder.
    ///
    /// # Errors
    /// The system refuses.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        write(&folder.join("preferences.ron"), self)
    }
}

/// Tolerant: these files are comfort, not work. One that cannot be read is put aside, not lost, and the program starts without.
fn read<T: DeserializeOwned + Default>(path: &Path) -> T {
    let Ok(bytes) = std::fs::read(path) else {
        return T::default();
    };
    match options().from_bytes(&bytes) {
        Ok(value) => value,
        Err(_unreadable) => {
            // If this fails too, the file is still where it was until the next saving.
            let _kept = write_atomically(&path.with_extension("unreadable.ron"), &bytes);
            T::default()
        }
    }
}

fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    write_atomically(path, super::ron_text::plain_text(value).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_is_first_and_once() {
        let dir = tempfile::tempdir().unwrap();
        let mut recent = Recent::load(dir.path());
        for name in ["a", "b", "a"] {
            recent.note_article(Path::new(name), "articles/ё.txt");
            let article = "articles/ё.txt".to_owned();
            recent.note_place(Place { root: name.into(), article, top: 7, caret: 9 });
        }
        assert_eq!(recent.places.len(), 2);
        recent.save(dir.path()).unwrap();
        let read = Recent::load(dir.path());
        assert_eq!(read, recent);
        assert_eq!(read.projects, [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn preferences_survive_and_rubbish_is_put_aside() {
        let dir = tempfile::tempdir().unwrap();
        let mut preferences = Preferences::default();
        preferences.set("theme", Some("dark".into()));
        preferences.set("font size", Some("16.5".into()));
        preferences.save(dir.path()).unwrap();
        let read = Preferences::load(dir.path());
        assert_eq!(read.parsed::<f32>("font size"), Some(16.5));
        assert_eq!(read.parsed::<f32>("theme"), None);
        write_atomically(&dir.path().join("preferences.ron"), b"{rubbish").unwrap();
        assert_eq!(Preferences::load(dir.path()), Preferences::default());
        assert!(dir.path().join("preferences.unreadable.ron").exists());
    }
}
