//! The articles of a project: listing, reading and adding them. Their files are never altered.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::atomic::write_atomically;
use super::error::StoreError;
use super::faults::{read_bytes, unreadable};
use super::names::{inside, safe_name};
use super::project::Project;
use crate::model::{Article, ArticleMeta, FileFault, FileFaultKind, natural_order};
use crate::text::{Encoding, decode, guess_language, read_header};

/// The endings of files that are articles.
pub const ENDINGS: [&str; 4] = ["txt", "md", "markdown", "text"];

/// An article's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleEntry {
    /// Its path relative to the project's root, with `/`.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was last changed, if the system says.
    pub modified: Option<SystemTime>,
}

/// An article that was added from bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Where it lies now, relative to the project's root.
    pub path: String,
    /// The folder that became one of the project's folders of articles by this, to be told.
    pub new_folder: Option<String>,
    /// Whether the same bytes lay there before.
    pub was_there: bool,
}

/// Whether a file of this name is taken for an article.
pub fn is_article_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    !name.starts_with('.') && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

impl Project {
    /// Every article in natural order of the paths. See [`Self::list_articles`] for what could not be looked into.
    pub fn articles(&self) -> Vec<ArticleEntry> {
        self.list_articles().0
    }

    /// Every article in natural order of the paths, and the folders and files that could not be looked into.
    pub fn list_articles(&self) -> (Vec<ArticleEntry>, Vec<FileFault>) {
        let mut listing = Listing::default();
        for folder in &self.settings.articles {
            let folder = folder.trim_end_matches('/');
            let path = self.root.join(folder);
            // An empty folder does not survive version control: a missing one holds no articles, and that is all.
            if path.exists() {
                listing.folder(&path, if folder == "." { "" } else { folder });
            }
        }
        let mut entries = listing.entries;
        entries.sort_by(|a, b| natural_order(&a.path, &b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        (entries, listing.faults)
    }

    /// Reads an article: decoded as the settings say or as is recognised, its header read, its metadata overridden by the settings.
    /// An article that does not say its language gets the one it seems to be in, else the project's.
    ///
    /// # Errors
    /// It is not there, may not be read, or is no text.
    pub fn read_article(&self, path: &str) -> Result<Article, FileFault> {
        self.article_of(path, &read_bytes(&self.root, path)?)
    }

    /// What [`Self::read_article`] would give if a file at this path held these bytes.
    ///
    /// # Errors
    /// They are no text.
    pub fn article_of(&self, path: &str, bytes: &[u8]) -> Result<Article, FileFault> {
        let not_text = |detail: String| FileFault {
            file: path.to_owned(),
            kind: FileFaultKind::NotText,
            place: None,
            detail,
        };
        let choice = match self.settings.encodings.get(path) {
            None => None,
            Some(label) => Some(Encoding::from_label(label).ok_or_else(|| {
                not_text(format!(
                    "the encoding `{label}` that {} gives for it is not known. Write utf-8, windows-1251 or another, or take the line out",
                    super::project::SETTINGS
                ))
            })?),
        };
        let decoded = decode(bytes, choice).map_err(|fault| not_text(fault.to_string()))?;
        let header = read_header(&decoded.text);
        let header_meta = ArticleMeta {
            title: header.title,
            date: header.date,
            source: header.source,
            url: header.url,
            author: header.author,
            language: header.language,
            extra: header.extra,
        };
        let mut article = Article {
            path: path.to_owned(),
            header: header.extent,
            encoding: decoded.encoding.label().to_owned(),
            encoding_certain: decoded.certain,
            replaced: decoded.replaced,
            notes: decoded.notes.iter().map(ToString::to_string).collect(),
            text: decoded.text,
            meta: ArticleMeta::default(),
            header_meta,
        };
        article.meta = self.meta_before_settings(&article);
        if let Some(over) = self.settings.meta.get(path) {
            article.meta = article.meta.overridden_by(over);
        }
        Ok(article)
    }

    /// What is known of an article before the settings have their say.
    fn meta_before_settings(&self, article: &Article) -> ArticleMeta {
        let mut meta = article.header_meta.clone();
        if meta.language.is_none() {
            let body = article.text.byte_of(article.header.end()).map_or(0, |byte| byte.index());
            let guessed = guess_language(&article.text.as_str()[body..]);
            meta.language = Some(guessed.unwrap_or(&self.settings.language).to_owned());
        }
        meta
    }

    /// Makes `wanted` an article's metadata, by writing what differs from its header into the settings, and saves them. The
    /// article's file is not touched.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn set_article_meta(
        &mut self,
        article: &mut Article,
        wanted: &ArticleMeta,
    ) -> Result<(), StoreError> {
        let over = wanted.difference_from(&self.meta_before_settings(article));
        let old = self.settings.meta.remove(&article.path);
        if !over.is_empty() {
            self.settings.meta.insert(article.path.clone(), over);
        }
        if let Err(refused) = self.save_settings() {
            self.settings.meta.remove(&article.path);
            self.settings.meta.extend(old.map(|old| (article.path.clone(), old)));
            return Err(refused);
        }
        article.meta = wanted.clone();
        Ok(())
    }

    /// Makes `encoding` the one in which an article is read (`None`: whatever is recognised), saves the settings, and reads it.
    ///
    /// # Errors
    /// The encoding does not fit the file, and nothing is changed then; or the settings cannot be saved.
    pub fn set_article_encoding(
        &mut self,
        path: &str,
        encoding: Option<Encoding>,
    ) -> Result<Article, StoreError> {
        let old = self.settings.encodings.remove(path);
        if let Some(encoding) = encoding {
            self.settings.encodings.insert(path.to_owned(), encoding.label().to_owned());
        }
        let read = self.read_article(path).map_err(StoreError::from);
        let done = read.and_then(|article| self.save_settings().map(|()| article));
        if done.is_err() {
            self.settings.encodings.remove(path);
            self.settings.encodings.extend(old.map(|old| (path.to_owned(), old)));
        }
        done
    }

    /// Copies an article's file byte for byte into the first folder of articles, under the same name; gives its path there. The
    /// same file added twice is there once.
    ///
    /// # Errors
    /// It is no text, is called what no article is called, or another file of that name is there.
    pub fn add_article(&mut self, source: &Path) -> Result<String, StoreError> {
        if let Some(path) = self.path_of_article(source) {
            return Ok(path);
        }
        let refuse = |why: String| StoreError::NotAnArticle { path: source.to_owned(), why };
        let name = source
            .file_name()
            .and_then(|name| name.to_str())
            .ok_or_else(|| refuse("its name is not Unicode. Rename it.".to_owned()))?;
        if !is_article_name(name) {
            return Err(refuse(format!(
                "articles are plain text or Markdown, and their names end in .{}. Save it as plain text under such a name.",
                ENDINGS.join(", .")
            )));
        }
        if safe_name(name) != name {
            return Err(refuse("not every system can hold a file of this name. Rename it.".to_owned()));
        }
        let bytes = fs::read(source).map_err(StoreError::io("could not read", source))?;
        decode(&bytes, None).map_err(|fault| refuse(fault.to_string()))?;
        let path = format!("{}{name}", self.first_folder());
        self.put(&path, &bytes, source)?;
        Ok(path)
    }

    /// Puts an article's bytes at a path inside the project, as imports do. A path without a folder goes into the first folder of
    /// articles; a folder that is none of the project's becomes one.
    ///
    /// # Errors
    /// The path leads out of the project or is called what no article is called; another file is there; the system refuses.
    pub fn add_article_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Added, StoreError> {
        let added = self.place_article_bytes(path, bytes)?;
        self.put(&added.path, bytes, Path::new(&added.path))?;
        if added.new_folder.is_some() {
            self.save_settings()?;
        }
        Ok(added)
    }

    /// Finds out where [`Self::add_article_bytes`] would put an article, and takes its folder into the settings in memory; writes nothing.
    ///
    /// # Errors
    /// As there.
    pub fn place_article_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Added, StoreError> {
        let path = inside(path)?;
        if !is_article_name(path.rsplit('/').next().unwrap_or(path)) {
            return Err(StoreError::NotAnArticle {
                path: PathBuf::from(path),
                why: format!(
                    "the names of articles end in .{}. Rename it in the source.",
                    ENDINGS.join(", .")
                ),
            });
        }
        let path = match path.contains('/') {
            true => path.to_owned(),
            false => format!("{}{path}", self.first_folder()),
        };
        let was_there = self.is_there(&path, bytes, Path::new(&path))?;
        let mut new_folder = None;
        if !self.lies_in_a_folder(&path) {
            let folder = path.split('/').next().unwrap_or(&path).to_owned();
            self.settings.articles.push(folder.clone());
            new_folder = Some(folder);
        }
        Ok(Added { path, new_folder, was_there })
    }

    /// The path by which the project knows a file, if it is one of its articles.
    pub fn path_of_article(&self, file: &Path) -> Option<String> {
        let file = file.canonicalize().ok()?;
        let root = self.root.canonicalize().ok()?;
        let steps: Vec<&str> = file
            .strip_prefix(root)
            .ok()?
            .components()
            .map(|step| step.as_os_str().to_str())
            .collect::<Option<_>>()?;
        let path = steps.join("/");
        let is_one = self.lies_in_a_folder(&path) && is_article_name(steps.last()?);
        is_one.then_some(path)
    }

    fn lies_in_a_folder(&self, path: &str) -> bool {
        self.settings.articles.iter().any(|folder| {
            folder == "."
                || path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// The first folder of articles with a `/` behind it.
    fn first_folder(&self) -> String {
        match self.settings.articles.first().map(|folder| folder.trim_end_matches('/')) {
            Some(".") => String::new(),
            Some(folder) => format!("{folder}/"),
            None => "articles/".to_owned(),
        }
    }

    /// Writes an article's bytes where there is none yet; says whether the same bytes were there.
    fn put(&self, path: &str, bytes: &[u8], source: &Path) -> Result<bool, StoreError> {
        if self.is_there(path, bytes, source)? {
            return Ok(true);
        }
        let target = self.root.join(path);
        self.own_writes.note(&target, super::digest::Digest::of(bytes));
        write_atomically(&target, bytes).map_err(StoreError::io("could not write", &target))?;
        Ok(false)
    }

    /// Whether these bytes are there already; other bytes there are an error.
    fn is_there(&self, path: &str, bytes: &[u8], source: &Path) -> Result<bool, StoreError> {
        let target = self.root.join(path);
        match fs::read(&target) {
            Ok(there) if there == bytes => Ok(true),
            Ok(_) => Err(StoreError::OtherContents { existing: target, new: source.to_owned() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(StoreError::io("could not look at", &target)(error)),
        }
    }
}

/// A listing in the making.
#[derive(Default)]
struct Listing {
    entries: Vec<ArticleEntry>,
    faults: Vec<FileFault>,
    /// The real paths of folders seen, so that links that run in a circle end.
    seen: BTreeSet<PathBuf>,
}

impl Listing {
    fn folder(&mut self, folder: &Path, relative: &str) {
        if let Ok(real) = folder.canonicalize()
            && !self.seen.insert(real)
        {
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.faults.push(unreadable(relative, &error)),
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                self.faults.push(FileFault {
                    file: format!("{relative}/{}", entry.file_name().to_string_lossy()),
                    kind: FileFaultKind::Unreadable,
                    place: None,
                    detail: "its name is not Unicode, so nothing can refer to it. Rename it".to_owned(),
                });
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let path = match relative {
                "" => name.clone(),
                relative => format!("{relative}/{name}"),
            };
            // Not the entry's own metadata: a link counts as what it leads to.
            match fs::metadata(entry.path()) {
                Ok(there) if there.is_dir() => self.folder(&entry.path(), &path),
                Ok(there) if there.is_file() && is_article_name(&name) => self.entries.push(ArticleEntry {
                    path,
                    bytes: there.len(),
                    modified: there.modified().ok(),
                }),
                Ok(_) => {}
                Err(error) if is_article_name(&name) => self.faults.push(unreadable(&path, &error)),
                Err(_of_no_interest) => {}
            }
        }
    }
}
