//! A project on disk: opening it, making one, and what it is made of.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::annotations::SetHead;
use super::atomic::{sweep, write_atomically};
use super::digest::{Digest, OwnWrites};
use super::error::StoreError;
use super::faults::{as_text, nearest, parse, read_bytes};
use super::ron_text::{codebook_text, register_text, schema_text, settings_text};
use crate::model::{Codebook, Entity, FileFault, FileFaultKind, ProjectSettings, Register, Schema, Term};

/// The file that makes a folder a project.
pub const SETTINGS: &str = "postil.ron";

/// A project that is open.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// `postil.ron`.
    pub settings: ProjectSettings,
    /// The schema; empty if it could not be read, see `faults`.
    pub schema: Schema,
    /// The register; empty if it could not be read, see `faults`.
    pub register: Register,
    /// The codebook; empty if it could not be read, see `faults`.
    pub codebook: Codebook,
    /// What is wrong with the files above. A list that could not be read is never written over.
    pub faults: Vec<FileFault>,
    /// What this program wrote itself, for the watcher.
    pub own_writes: OwnWrites,
    /// What was read, so that saving can tell our changes from other people's.
    pub(super) read: Read,
    /// The beginnings of annotation files by path, with the file's time and length then.
    pub(super) heads: Heads,
}

pub(super) type Stamp = (Option<std::time::SystemTime>, u64);
pub(super) type Heads = Arc<Mutex<HashMap<PathBuf, (Stamp, Option<SetHead>)>>>;

/// The project's files as they were read or last written; no digest = there was no file.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) settings: (ProjectSettings, Option<Digest>),
    pub(super) schema: (Schema, Option<Digest>),
    pub(super) register: (Register, Option<Digest>),
    pub(super) codebook: (Codebook, Option<Digest>),
}

/// Which schema a new project gets.
#[derive(Clone, Debug)]
pub enum SchemaChoice {
    /// A built-in one, by its name.
    Template(String),
    /// The one in this file, copied as it is.
    File(PathBuf),
}

/// A file of the project that can be read from its text.
pub(super) trait Stored: Sized {
    /// What there is when there is no file.
    fn nothing() -> Self;
    /// Reads it.
    fn read(file: &str, text: &str) -> Result<Self, FileFault>;
    /// Writes it.
    fn text(&self) -> String;
}

impl Stored for ProjectSettings {
    fn nothing() -> Self {
        Self::new("")
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        parse(file, text)
    }
    fn text(&self) -> String {
        settings_text(self)
    }
}

impl Stored for Schema {
    fn nothing() -> Self {
        Self::empty("")
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        parse(file, text)
    }
    fn text(&self) -> String {
        schema_text(self)
    }
}

/// `register.ron`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterFile {
    format: u32,
    #[serde(default)]
    entities: Vec<Entity>,
}

/// `codebook.ron`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodebookFile {
    format: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    terms: Vec<Term>,
}

impl From<&Register> for RegisterFile {
    fn from(register: &Register) -> Self {
        Self {
            format: crate::model::FORMAT,
            entities: register.iter().map(|entity| (**entity).clone()).collect(),
        }
    }
}

impl From<RegisterFile> for Register {
    fn from(file: RegisterFile) -> Self {
        file.entities.into_iter().collect()
    }
}

impl From<&Codebook> for CodebookFile {
    fn from(codebook: &Codebook) -> Self {
        Self {
            format: crate::model::FORMAT,
            name: codebook.name.clone(),
            terms: codebook.iter().map(|term| (**term).clone()).collect(),
        }
    }
}

impl From<CodebookFile> for Codebook {
    fn from(file: CodebookFile) -> Self {
        Self::new(file.name, file.terms)
    }
}

/// Two entries of one id cannot both be held in memory; reading such a file would drop one.
fn no_id_twice<'a>(file: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), FileFault> {
    let mut seen = std::collections::HashSet::new();
    match ids.into_iter().find(|id| !seen.insert(id.to_owned())) {
        None => Ok(()),
        Some(twice) => Err(FileFault {
            file: file.to_owned(),
            kind: FileFaultKind::Misshapen,
            place: None,
            detail: format!(
                "the id `{twice}` is given to two entries. Give one of them another id, or take it out"
            ),
        }),
    }
}

impl Stored for Register {
    fn nothing() -> Self {
        Self::default()
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        let read: RegisterFile = parse(file, text)?;
        no_id_twice(file, read.entities.iter().map(|entity| entity.id.as_str()))?;
        Ok(read.into())
    }
    fn text(&self) -> String {
        register_text(self)
    }
}

impl Stored for Codebook {
    fn nothing() -> Self {
        Self::default()
    }
    fn read(file: &str, text: &str) -> Result<Self, FileFault> {
        let read: CodebookFile = parse(file, text)?;
        no_id_twice(file, read.terms.iter().map(|term| term.id.as_str()))?;
        Ok(read.into())
    }
    fn text(&self) -> String {
        codebook_text(self)
    }
}

/// Reads a file of the project with its digest.
pub(super) fn read_stored<T: Stored>(root: &Path, file: &str) -> Result<(T, Digest), FileFault> {
    let bytes = read_bytes(root, file)?;
    Ok((T::read(file, as_text(file, &bytes)?)?, Digest::of(&bytes)))
}

/// Reads a schema from any file, outside a project too.
///
/// # Errors
/// The file cannot be used, with its place.
pub fn read_schema(path: &Path) -> Result<Schema, FileFault> {
    let file = path.display().to_string();
    read_stored(Path::new(""), &file).map(|(schema, _)| schema)
}

impl Project {
    /// The nearest folder at or above `from` that holds a project.
    pub fn find(from: &Path) -> Option<PathBuf> {
        // Made absolute, so that the folders above are there to look into; if that fails, what was given must do.
        let from = std::path::absolute(from).unwrap_or_else(|_| from.to_owned());
        from.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_owned)
    }

    /// Opens a project. A schema, codebook or register that cannot be read leaves an empty list and a fault.
    ///
    /// # Errors
    /// There is none, its settings cannot be read, or one of its files was made by a newer version.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let project = Self::open_for_checking(root)?;
        match project.faults.iter().find(|fault| fault.kind == FileFaultKind::TooNew) {
            Some(too_new) => Err(too_new.clone().into()),
            None => Ok(project),
        }
    }

    /// Opens a project as [`Self::open`] does, but takes files of a newer version for faults too: for validation, which reports them.
    ///
    /// # Errors
    /// There is none, or its settings cannot be read.
    pub fn open_for_checking(root: &Path) -> Result<Self, StoreError> {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        if !root.join(SETTINGS).exists() && root.is_dir() {
            return Err(StoreError::NoProject(root));
        }
        let (settings, digest) = read_stored::<ProjectSettings>(&root, SETTINGS)?;
        let mut faults = Vec::new();
        fn part<T: Stored>(root: &Path, file: &str, faults: &mut Vec<FileFault>) -> (T, Option<Digest>) {
            match read_stored(root, file) {
                Ok((read, digest)) => (read, Some(digest)),
                Err(fault) => {
                    faults.push(fault);
                    (T::nothing(), None)
                }
            }
        }
        let annotations = settings.annotations.clone();
        let read = Read {
            schema: part(&root, &settings.schema, &mut faults),
            register: part(&root, &settings.register, &mut faults),
            codebook: part(&root, &settings.codebook, &mut faults),
            settings: (settings, Some(digest)),
        };
        sweep(&root, 0);
        for folder in [annotations, PRIVATE.to_owned()] {
            sweep(&root.join(folder), 8);
        }
        Ok(Self {
            root,
            settings: read.settings.0.clone(),
            schema: read.schema.0.clone(),
            register: read.register.0.clone(),
            codebook: read.codebook.0.clone(),
            faults,
            own_writes: OwnWrites::default(),
            read,
            heads: Heads::default(),
        })
    }

    /// Makes a project in a folder, which may hold other things but no project. The schema's text is copied as it is.
    ///
    /// # Errors
    /// There is a project already, the schema cannot be used, or the system refuses. `postil.ron` is written last, so what failed
    /// half-way is no project and can be tried again.
    pub fn create(dir: &Path, name: &str, schema: SchemaChoice, language: &str) -> Result<Self, StoreError> {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        if dir.join(SETTINGS).exists() {
            return Err(StoreError::AlreadyProject(dir));
        }
        let schema = match schema {
            SchemaChoice::Template(name) => match Schema::template_text(&name) {
                Some(text) => text.as_bytes().to_owned(),
                None => {
                    return Err(StoreError::UnknownTemplate {
                        near: nearest(&name, Schema::TEMPLATES).map(ToOwned::to_owned),
                        known: Schema::TEMPLATES.join(", "),
                        name,
                    });
                }
            },
            SchemaChoice::File(path) => {
                read_schema(&path)?;
                std::fs::read(&path).map_err(StoreError::io("could not read", &path))?
            }
        };
        let mut settings = ProjectSettings::new(name);
        settings.language = language.to_owned();
        let folders = settings.articles.iter().chain([&settings.annotations]);
        for folder in folders {
            let folder = dir.join(folder);
            std::fs::create_dir_all(&folder).map_err(StoreError::io("could not make the folder", &folder))?;
        }
        let files: [(&str, Vec<u8>); 5] = [
            (&settings.schema, schema),
            (&settings.codebook, codebook_text(&Codebook::new(name, [])).into_bytes()),
            (&settings.register, register_text(&Register::default()).into_bytes()),
            (".postil/.gitignore", b"*\n".to_vec()),
            (SETTINGS, settings_text(&settings).into_bytes()),
        ];
        for (file, bytes) in files {
            let path = dir.join(file);
            // What is there already is somebody's: a schema put there by hand, say.
            if !path.exists() {
                write_atomically(&path, &bytes).map_err(StoreError::io("could not write", &path))?;
            }
        }
        Self::open(&dir)
    }

    /// The folder for what concerns this machine alone: journal, locks, reports. Kept out of version control.
    pub fn private_folder(&self) -> PathBuf {
        self.root.join(PRIVATE)
    }
}

/// The name of the folder for what concerns this machine alone.
pub(super) const PRIVATE: &str = ".postil";

/// Makes the private folder, with the file that keeps it out of version control.
pub(super) fn make_private_folder(root: &Path) -> std::io::Result<PathBuf> {
    let folder = root.join(PRIVATE);
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        write_atomically(&ignore, b"*\n")?;
    }
    Ok(folder)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;
    use crate::model::{AnnotationSet, ArticleMeta};
    use crate::store::{ENDINGS, LockRefused, SetLock, read_set, write_set};
    use crate::text::Encoding;
    use std::fs;

    fn project(dir: &tempfile::TempDir) -> Project {
        let schema = SchemaChoice::Template("positions".into());
        Project::create(&dir.path().join("Мой проект 1"), "Переговоры", schema, "ru").unwrap()
    }

    #[test]
    fn a_new_project_opens_and_saving_it_unchanged_touches_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut made = project(&dir);
        let below = made.root.join("articles");
        assert_eq!(Project::find(&below).as_deref(), Some(made.root.as_path()));
        assert_eq!(made.schema, Schema::positions());
        assert!(made.faults.is_empty());
        let bytes = |project: &Project| {
            [SETTINGS, "schema.ron", "codebook.ron", "register.ron"]
                .map(|file| fs::read(project.root.join(file)).unwrap())
        };
        let before = bytes(&made);
        made.save_settings().unwrap();
        made.save_schema().unwrap();
        made.save_register().unwrap();
        made.save_codebook().unwrap();
        assert_eq!(bytes(&made), before);
        assert!(String::from_utf8_lossy(&before[1]).starts_with("//"), "the schema's comments are there");
        let again = Project::create(&made.root, "x", SchemaChoice::Template("positions".into()), "en");
        assert!(matches!(again, Err(StoreError::AlreadyProject(_))));
        let unknown = Project::create(dir.path(), "x", SchemaChoice::Template("position".into()), "en");
        assert!(unknown.unwrap_err().to_string().contains("did you mean `positions`?"));
        assert!(Project::find(dir.path()).is_none());
        assert!(matches!(Project::open(dir.path()), Err(StoreError::NoProject(_))));
    }

    #[test]
    fn every_file_of_a_project_reads_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let mut made = project(&dir);
        made.settings.rules.insert("E1".into(), crate::model::Severity::Off);
        made.settings.assignments.insert("articles/ё.txt".into(), vec!["anna".into()]);
        made.settings.meta.insert(
            "articles/ё.txt".into(),
            ArticleMeta { title: Some("\"Ё\"\n".into()), ..Default::default() },
        );
        made.schema.labels[0].help = crate::model::Words(vec![("en".into(), "\u{301}".into())]);
        made.register.insert(Entity {
            wikidata: Some("Q1".into()),
            affiliations: vec![crate::model::Affiliation {
                entity: "usa".into(),
                role: "envoy".into(),
                from: None,
                to: Some("2026".into()),
            }],
            ..Entity::new("witkoff", "Steve \"W\"", "person")
        });
        made.codebook
            .insert(Term { replaced_by: vec!["b".into()], ..Term::new("a", "ru", "А".repeat(200)) });
        made.save_settings().unwrap();
        made.save_schema().unwrap();
        made.save_register().unwrap();
        made.save_codebook().unwrap();
        let read = Project::open(&made.root).unwrap();
        assert_eq!(read.settings, made.settings);
        assert_eq!(read.schema, made.schema);
        assert_eq!(read.register, made.register);
        assert_eq!(read.codebook, made.codebook);
        assert!(read.faults.is_empty(), "{:?}", read.faults);
    }

    #[test]
    fn a_broken_list_is_a_fault_and_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let made = project(&dir);
        let path = made.root.join("register.ron");
        for broken in
            ["(format: 1, entities: [(id: \"a\"", "(format: 1, entities: [(id: \"a\", nmae: \"A\")])"]
        {
            fs::write(&path, broken).unwrap();
            let mut opened = Project::open(&made.root).unwrap();
            assert_eq!(opened.faults.len(), 1);
            assert_eq!(opened.faults[0].file, "register.ron");
            opened.register.insert(Entity::new("b", "B", ""));
            assert!(matches!(opened.save_register(), Err(StoreError::Broken { .. })));
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
        // One id twice: reading would drop one of them.
        fs::write(&path, "(format: 1, entities: [(id: \"a\", name: \"A\"), (id: \"a\", name: \"B\")])")
            .unwrap();
        assert!(Project::open(&made.root).unwrap().faults[0].detail.contains("`a`"));
        // One that is gone may be made anew.
        fs::remove_file(&path).unwrap();
        let mut opened = Project::open(&made.root).unwrap();
        assert_eq!(opened.faults[0].kind, FileFaultKind::Missing);
        opened.register.insert(Entity::new("b", "B", ""));
        opened.save_register().unwrap();
        assert!(Project::open(&made.root).unwrap().faults.is_empty());
    }

    #[test]
    fn a_newer_project_is_refused_and_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let made = project(&dir);
        for file in ["schema.ron", SETTINGS] {
            fs::write(made.root.join(file), "(format: 9, who: [knows, \"what\"])").unwrap();
            let refused = Project::open(&made.root).unwrap_err();
            assert!(refused.to_string().contains("newer Postil"), "{refused}");
        }
        fs::write(made.root.join(SETTINGS), "(format: 1, name: \"x\")").unwrap();
        assert_eq!(Project::open_for_checking(&made.root).unwrap().faults[0].kind, FileFaultKind::TooNew);
    }

    #[test]
    fn others_changes_are_taken_in_and_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let mut ours = project(&dir);
        ours.register.insert(Entity::new("usa", "USA", ""));
        ours.save_register().unwrap();
        let mut theirs = Project::open(&ours.root).unwrap();
        theirs.register.insert(Entity::new("eu", "EU", ""));
        theirs.save_register().unwrap();
        ours.register.insert(Entity::new("nato", "NATO", ""));
        ours.save_register().unwrap();
        assert_eq!(ours.register.len(), 3);

        theirs.take_in_changes().unwrap();
        assert_eq!(theirs.register, ours.register);

        theirs.register.insert(Entity::new("eu", "European Union", ""));
        theirs.save_register().unwrap();
        ours.register.insert(Entity::new("eu", "L’UE", ""));
        let before = fs::read(ours.root.join("register.ron")).unwrap();
        match ours.save_register() {
            Err(StoreError::Conflict { things, .. }) => assert_eq!(things, ["entities eu name"]),
            other => panic!("{other:?}"),
        }
        assert_eq!(fs::read(ours.root.join("register.ron")).unwrap(), before);
    }

    #[test]
    fn articles_are_listed_in_order_read_and_added_once() {
        let dir = tempfile::tempdir().unwrap();
        let mut made = project(&dir);
        let articles = made.root.join("articles");
        fs::create_dir_all(articles.join("2026/.hidden")).unwrap();
        for name in ["10.txt", "9.md", "2026/б.TXT", "2026/.hidden/a.txt", ".a.txt", "picture.png"] {
            fs::write(
                articles.join(name),
                "Date: 2026-01-21\n\nПеревод на русский язык сделан сегодня утром, это было быстро.",
            )
            .unwrap();
        }
        let listed: Vec<String> = made.articles().into_iter().map(|a| a.path).collect();
        assert_eq!(listed, ["articles/9.md", "articles/10.txt", "articles/2026/б.TXT"]);

        let mut article = made.read_article("articles/10.txt").unwrap();
        assert_eq!(article.meta.date.as_deref(), Some("2026-01-21"));
        assert_eq!(article.meta.language.as_deref(), Some("ru"));
        let wanted = ArticleMeta { title: Some("Т".into()), date: None, ..article.meta.clone() };
        made.set_article_meta(&mut article, &wanted).unwrap();
        assert_eq!(Project::open(&made.root).unwrap().read_article("articles/10.txt").unwrap().meta, wanted);
        made.set_article_meta(
            &mut article,
            &ArticleMeta { date: Some("2026-01-21".into()), title: None, ..wanted },
        )
        .unwrap();
        assert!(made.settings.meta.is_empty(), "what the header says is not said twice");

        let outside = dir.path().join("статья 1.txt");
        fs::write(
            &outside,
            b"\xD2\xE5\xEA\xF1\xF2 \xED\xE0 \xF0\xF3\xF1\xF1\xEA\xEE\xEC \xFF\xE7\xFB\xEA\xE5\r\n",
        )
        .unwrap();
        let path = made.add_article(&outside).unwrap();
        assert_eq!(path, "articles/статья 1.txt");
        assert_eq!(fs::read(made.root.join(&path)).unwrap(), fs::read(&outside).unwrap());
        assert_eq!(made.add_article(&outside).unwrap(), path);
        assert_eq!(made.add_article(&made.root.join(&path)).unwrap(), path, "it is one already");
        let chosen = made.set_article_encoding(&path, Encoding::from_label("koi8-r")).unwrap();
        assert_eq!((chosen.encoding.as_str(), chosen.encoding_certain), ("koi8-r", true));
        fs::write(&outside, "other").unwrap();
        assert!(matches!(made.add_article(&outside), Err(StoreError::OtherContents { .. })));
        let picture = dir.path().join("x.txt");
        fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\0").unwrap();
        assert!(made.add_article(&picture).unwrap_err().to_string().contains("PNG"));
        assert!(
            made.add_article(&dir.path().join("page.html")).unwrap_err().to_string().contains(ENDINGS[0])
        );

        assert!(made.add_article_bytes("../a.txt", b"x").is_err());
        assert!(made.add_article_bytes("articles/../../a.txt", b"x").is_err());
        assert_eq!(made.add_article_bytes("a.txt", b"x").unwrap().path, "articles/a.txt");
        let added = made.add_article_bytes("wire/b/a.txt", b"x").unwrap();
        assert_eq!(added.new_folder.as_deref(), Some("wire"));
        assert!(Project::open(&made.root).unwrap().articles().iter().any(|a| a.path == "wire/b/a.txt"));
    }

    #[test]
    fn each_article_has_its_own_annotation_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut made = project(&dir);
        for path in ["articles/a.md", "articles/a.txt", "articles/2026/б в.txt", "wire/a.txt"] {
            made.add_article_bytes(path, path.as_bytes()).unwrap();
        }
        let paths = |made: &Project| {
            ["articles/a.md", "articles/a.txt", "wire/a.txt", "articles/2026/б в.txt"]
                .map(|a| made.annotation_path("anna", a))
        };
        let expected = ["a.ron", "a.txt.ron", "wire/a.txt.ron", "2026/б в.ron"]
            .map(|file| format!("annotations/anna/{file}"));
        assert_eq!(paths(&made), expected);
        let write = |article: &str| {
            write_set(&made, &AnnotationSet::new(article, "anna"), None, None).unwrap();
        };
        // Once a file is there it keeps its article, whatever comes later.
        fs::remove_file(made.root.join("articles/a.md")).unwrap();
        write("articles/a.txt");
        made.add_article_bytes("articles/a.md", b"new").unwrap();
        assert_eq!(made.annotation_path("anna", "articles/a.txt"), "annotations/anna/a.ron");
        assert_eq!(made.annotation_path("anna", "articles/a.md"), "annotations/anna/a.md.ron");
        // A file moved by hand is found by what it says.
        fs::rename(made.root.join("annotations/anna/a.ron"), made.root.join("annotations/anna/moved.ron"))
            .unwrap();
        let read = read_set(&made, "anna", "articles/a.txt", None).unwrap().unwrap();
        assert_eq!(read.file, "annotations/anna/moved.ron");
        assert!(read_set(&made, "boris", "articles/a.txt", None).unwrap().is_none());
        write_set(&made, &AnnotationSet::new("articles/a.txt", "gold"), None, None).unwrap();
        write_set(&made, &AnnotationSet::new("articles/a.txt", "Who? Me"), None, None).unwrap();
        made.settings.annotators = vec!["zoe".into(), "Who? Me".into()];
        assert_eq!(made.annotators(), ["zoe", "Who? Me", "anna", "gold"]);
        assert_eq!(made.annotation_files().len(), 3);
    }

    #[test]
    fn a_file_that_was_changed_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let made = project(&dir);
        let mut set = AnnotationSet::new("articles/a.txt", "anna");
        let digest = write_set(&made, &set, None, None).unwrap();
        set.status = crate::model::Status::Done;
        for wrong in [None, Some(Digest::of(b"other"))] {
            let refused = write_set(&made, &set, None, wrong).unwrap_err();
            assert!(
                matches!(refused, crate::store::SaveError::ChangedOnDisk { found, .. } if found == Some(digest))
            );
        }
        let path = made.root.join("annotations/anna/a.ron");
        assert_eq!(Digest::of_file(&path).unwrap(), Some(digest));
        write_set(&made, &set, None, Some(digest)).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(write_set(&made, &AnnotationSet::new("articles/a.txt", "anna"), None, Some(digest)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_rights_is_told() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let made = project(&dir);
        let mode = |mode| fs::set_permissions(&made.root, fs::Permissions::from_mode(mode)).unwrap();
        mode(0o555);
        if fs::write(made.root.join("probe"), b"").is_ok() {
            mode(0o755);
            eprintln!("left out: this user may write everywhere");
            return;
        }
        let refused = write_set(&made, &AnnotationSet::new("a.txt", "anna"), None, None).err();
        let locked = SetLock::try_take(&made.root, "anna", "a.txt");
        mode(0o755);
        assert!(refused.is_none_or(|e| e.to_string().contains("right")));
        assert!(locked.is_ok() || matches!(locked, Err(LockRefused::Unavailable(_))));
    }
}
