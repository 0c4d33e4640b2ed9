//! Another person's work coming in, in two steps: first it is looked at and everything is told, then, if the user says so, it is written.
//! Nothing that is there is written over, unless the newer work of a named person is to take its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::job::Steps;
use crate::model::{
    AnnotationSet, Article, Comments, FieldKind, ProjectSettings, Schema, Value, leaves, natural_order,
};
use crate::review::anchoring::reanchored;
use crate::store::{
    Digest, PackageError, Project, SETTINGS, SetLock, change_comments, inside, parse_comments, parse_set,
    read_package, safe_name, unsaved_work, write_atomically,
};

/// Whose work may come in, and whose may take the place of what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only these annotators' and authors' work; none named: everyone's.
    pub annotators: Vec<String>,
    /// Annotators whose files take the place of what the project has of them.
    pub replace: Vec<String>,
}

impl Wanted {
    fn wants(&self, name: &String) -> bool {
        self.annotators.is_empty() || self.annotators.contains(name)
    }
}

/// One annotation file that could come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingSet {
    /// Whose.
    pub annotator: String,
    /// On which article.
    pub article: String,
    /// How many spans it has.
    pub spans: usize,
    /// Where it would be written, relative to the project's root.
    pub file: String,
    /// The file that it would take the place of, as it was when it was looked at.
    pub replaces: Option<Digest>,
    bytes: Vec<u8>,
}

/// Something that incoming sets speak of and the project does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// A label.
    Label(String),
    /// A field, and of which label.
    Field(String, String),
    /// An entry of the register.
    Entity(String),
    /// A term of the codebook.
    Term(String),
    /// A kind of relation.
    Relation(String),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(name) => write!(f, "the label `{name}`"),
            Self::Field(name, label) => write!(f, "the field `{name}` of `{label}`"),
            Self::Entity(id) => write!(f, "the register entry `{id}`"),
            Self::Term(id) => write!(f, "the codebook term `{id}`"),
            Self::Relation(name) => write!(f, "the relation `{name}`"),
        }
    }
}

/// What a folder or zip holds, looked at against a project. Nothing is written yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// Sets that are new here, or take the place of older ones.
    pub sets: Vec<IncomingSet>,
    /// Sets that are here already, byte for byte.
    pub same: usize,
    /// Comments, by author and article.
    pub comments: Vec<Comments>,
    /// What cannot come in, and why, one a line.
    pub left_out: Vec<String>,
    /// What the sets speak of that the project does not know, with how often.
    pub unknown: BTreeMap<Unknown, usize>,
    /// In what the source's schema differs from the project's, as far as it matters to annotations, one a line.
    pub schema: Vec<String>,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// Annotation files that are new.
    pub new: Vec<String>,
    /// Annotation files that took the place of older ones.
    pub replaced: Vec<String>,
    /// Comments that were not here yet.
    pub comments: usize,
    /// What could not be written after all, and why.
    pub failed: Vec<String>,
    /// Annotators whose names their folders do not give back: they belong into the project's settings.
    pub names: BTreeSet<String>,
}

impl Incoming {
    /// Looks at a folder of annotation files, a project, or a zip of either. Stopped by `steps`, it has looked at part of it.
    ///
    /// # Errors
    /// It cannot be read, or is no honest package.
    pub fn look_at(
        project: &Project,
        source: &Path,
        wanted: &Wanted,
        steps: &Steps,
    ) -> Result<Self, PackageError> {
        let files = read_package(source, &|path| path.ends_with(".ron"))?;
        steps.expect(files.len());
        let theirs = Theirs::of(&files);
        let unsaved: BTreeSet<(String, String)> = unsaved_work(project).into_iter().collect();
        let mut incoming = Self { schema: theirs.schema_differences(&project.schema), ..Self::default() };
        for (path, bytes) in files {
            if !steps.go_on() {
                break;
            }
            steps.step();
            // Settings and lists of a whole project come along; they stay theirs.
            if theirs.is_list(&path) {
                continue;
            }
            let looked = match looks_like_comments(&bytes) {
                true => incoming.look_at_comments(project, &path, &bytes, wanted),
                false => incoming.look_at_set(project, &path, bytes, wanted, &unsaved),
            };
            if let Err(why) = looked {
                incoming.left_out.push(why);
            }
        }
        Ok(incoming)
    }

    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.comments.is_empty()
    }

    /// Whether the source held neither annotations nor comments, of whatever kind.
    pub fn is_nothing(&self) -> bool {
        self.is_empty() && self.same == 0 && self.left_out.is_empty()
    }

    fn look_at_comments(
        &mut self,
        project: &Project,
        path: &str,
        bytes: &[u8],
        wanted: &Wanted,
    ) -> Result<(), String> {
        let comments = parse_comments(path, bytes).map_err(|fault| fault.to_string())?;
        if wanted.wants(&comments.author) {
            may_come(project, &comments.article, &comments.author).map_err(|why| format!("{path}: {why}"))?;
            self.comments.push(comments);
        }
        Ok(())
    }

    fn look_at_set(
        &mut self,
        project: &Project,
        path: &str,
        bytes: Vec<u8>,
        wanted: &Wanted,
        unsaved: &BTreeSet<(String, String)>,
    ) -> Result<(), String> {
        let find = |article: &str| {
            inside(article).ok().and_then(|path| project.read_article(path).ok()).map(|a| a.text)
        };
        let (set, _) = parse_set(path, &bytes, &find).map_err(|fault| fault.to_string())?;
        if !wanted.wants(&set.annotator) {
            return Ok(());
        }
        let left_out = |why: String| format!("{path}: {why}");
        let article = may_come(project, &set.article, &set.annotator).map_err(left_out)?;
        if !set.fingerprint.is_empty() && set.fingerprint != article.text.fingerprint() {
            let spans = set.len();
            let told = reanchored(set, &article.text, &project.schema).1.unwrap_or_default();
            return Err(left_out(format!(
                "it was made on another version of the article: of {spans} spans {} stand where they stood, {} could be found again \
                 elsewhere, {} could not. Use the same text on both sides",
                told.stayed,
                told.moved,
                told.lost.len()
            )));
        }
        let there = project.existing_annotation_path(&set.annotator, &set.article);
        let file = there.clone().unwrap_or_else(|| project.annotation_path(&set.annotator, &set.article));
        let mut replaces = None;
        if there.is_some() {
            let now = Digest::of_file(&project.root.join(&file)).map_err(|why| left_out(why.to_string()))?;
            if now == Some(Digest::of(&bytes)) {
                self.same += 1;
                return Ok(());
            }
            if !wanted.replace.contains(&set.annotator) {
                return Err(left_out(format!(
                    "{file} is there with other contents and is kept; --replace {} puts this one in its place",
                    set.annotator
                )));
            }
            replaces = now;
        }
        let whose = (set.annotator.clone(), set.article.clone());
        if unsaved.contains(&whose) {
            return Err(left_out(format!(
                "there is unsaved work of {} on it here; open it in the window once",
                whose.0
            )));
        }
        note_unknown(&set, project, &mut self.unknown);
        let spans = set.len();
        self.sets.push(IncomingSet { spans, annotator: whose.0, article: whose.1, file, replaces, bytes });
        Ok(())
    }

    /// Writes what was looked at. A file that has come into being or changed meanwhile is kept.
    pub fn write(&self, project: &Project, steps: &Steps) -> BroughtIn {
        let mut done = BroughtIn::default();
        steps.expect(self.sets.len() + self.comments.len());
        for set in self.sets.iter().take_while(|_| steps.go_on()) {
            match set.write(project) {
                Err(why) => done.failed.push(format!("{}: {why}", set.file)),
                Ok(()) => {
                    if safe_name(&set.annotator) != set.annotator
                        && !project.settings.annotators.contains(&set.annotator)
                    {
                        done.names.insert(set.annotator.clone());
                    }
                    let files = if set.replaces.is_some() { &mut done.replaced } else { &mut done.new };
                    files.push(set.file.clone());
                }
            }
            steps.step();
        }
        for comments in self.comments.iter().take_while(|_| steps.go_on()) {
            match change_comments(project, &comments.author, &comments.article, |own| own.take_in(comments)) {
                Ok(came) => done.comments += came,
                Err(why) => done.failed.push(why.to_string()),
            }
            steps.step();
        }
        done
    }
}

impl IncomingSet {
    fn write(&self, project: &Project) -> Result<(), String> {
        let target = project.root.join(&self.file);
        let _lock =
            SetLock::try_take(&project.root, &self.annotator, &self.article).map_err(|r| r.to_string())?;
        if Digest::of_file(&target).map_err(|why| why.to_string())? != self.replaces {
            return Err("it has come or changed meanwhile and is kept".to_owned());
        }
        // The bytes as they came, so that the file stays what its annotator wrote.
        write_atomically(&target, &self.bytes).map_err(|why| why.to_string())
    }
}

/// Files of comments name an author; annotation files an annotator.
fn looks_like_comments(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    // What a comment says, or is about, may name anything; whose the file is stands before it.
    let (author, annotator) = (head.find("author:"), head.find("annotator:"));
    author.is_some_and(|author| annotator.is_none_or(|annotator| author < annotator))
        || head.contains("comments:") && !head.contains("spans:")
}

/// Names and paths out of a file become names and paths on disk, so they are looked at first.
fn may_come(project: &Project, article: &str, who: &str) -> Result<Article, String> {
    if who.trim().is_empty() {
        return Err("it does not say whose it is".into());
    }
    inside(article).map_err(|error| error.to_string())?;
    project.read_article(article).map_err(|fault| {
        format!("{fault} This project must have the article first; `postil add` brings it in")
    })
}

fn note_unknown(set: &AnnotationSet, project: &Project, unknown: &mut BTreeMap<Unknown, usize>) {
    let mut note = |what: Unknown| *unknown.entry(what).or_default() += 1;
    for span in set.spans() {
        let Some(label) = project.schema.label(&span.label) else {
            note(Unknown::Label(span.label.clone()));
            continue;
        };
        for (name, _) in span.fields.iter() {
            if !label.fields.iter().any(|field| field.name == name) {
                note(Unknown::Field(name.to_owned(), span.label.clone()));
            }
        }
        for leaf in leaves(&label.fields, &span.fields) {
            let Value::Text(id) = leaf.value else { continue };
            match &leaf.def.kind {
                FieldKind::Entity(_) if project.register.get(id).is_none() => {
                    note(Unknown::Entity(id.clone()));
                }
                FieldKind::Term(_) if project.codebook.get(id).is_none() => note(Unknown::Term(id.clone())),
                _ => {}
            }
        }
    }
    for relation in set.relations().filter(|relation| project.schema.relation(&relation.label).is_none()) {
        note(Unknown::Relation(relation.label.clone()));
    }
}

/// The lists of the project that the source is, if it is one.
#[derive(Default)]
struct Theirs {
    lists: Vec<String>,
    schema: Option<Schema>,
}

impl Theirs {
    fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        // A zip of a folder has that folder at its root.
        let settings = files
            .keys()
            .filter(|path| *path == SETTINGS || path.ends_with(&format!("/{SETTINGS}")))
            .min_by_key(|path| path.len());
        let Some(place) = settings else { return Self::default() };
        let base = place.strip_suffix(SETTINGS).unwrap_or_default();
        let read = |path: &str| files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(settings) = read(place).and_then(|text| ron::from_str::<ProjectSettings>(text).ok()) else {
            return Self { lists: vec![place.clone()], schema: None };
        };
        let named = [&settings.schema, &settings.codebook, &settings.register];
        let mut lists: Vec<String> = named.iter().map(|path| format!("{base}{path}")).collect();
        let schema = read(&lists[0]).and_then(|text| ron::from_str(text).ok());
        lists.push(place.clone());
        Self { lists, schema }
    }

    fn is_list(&self, path: &str) -> bool {
        self.lists.iter().any(|list| list == path)
    }

    /// In what the source's schema differs from ours, as far as it matters to annotations.
    fn schema_differences(&self, ours: &Schema) -> Vec<String> {
        let Some(theirs) = &self.schema else { return Vec::new() };
        let mut found = Vec::new();
        for label in &theirs.labels {
            match ours.label(&label.name) {
                None => {
                    found.push(format!("it has a label `{}`, which this project does not have", label.name))
                }
                Some(own) if own.fields != label.fields => {
                    let differing = label.fields.iter().filter(|field| !own.fields.contains(field));
                    let gone =
                        own.fields.iter().filter(|f| label.fields.iter().all(|other| other.name != f.name));
                    let mut names: Vec<&str> =
                        differing.chain(gone).map(|field| field.name.as_str()).collect();
                    names.sort_by(|a, b| natural_order(a, b));
                    found.push(format!("fields of `{}` differ: {}", label.name, names.join(", ")));
                }
                Some(_) => {}
            }
        }
        let lacks = ours.labels.iter().filter(|label| theirs.label(&label.name).is_none());
        found.extend(lacks.map(|label| format!("it lacks the label `{}`", label.name)));
        for relation in &theirs.relations {
            if ours.relation(&relation.name).is_none() {
                found
                    .push(format!("it has a relation `{}`, which this project does not have", relation.name));
            }
        }
        if found.is_empty() && theirs.name != ours.name {
            found.push(format!("it is called `{}`, though labels and fields are the same", theirs.name));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_at_first_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        for root in [&ours, &theirs] {
            crate::session::sample::write(root).unwrap();
        }
        std::fs::remove_dir_all(ours.join("annotations/boris")).unwrap();
        let file = theirs.join("annotations/anna/ru-davos.ron");
        let text = std::fs::read_to_string(&file).unwrap();
        write_atomically(&file, text.replacen("\"place\"", "\"person\"", 1).as_bytes()).unwrap();
        let project = Project::open(&ours).unwrap();
        let look = |source: &Path| {
            Incoming::look_at(&project, source, &Wanted::default(), &Steps::untold()).unwrap()
        };
        let incoming = look(&theirs);
        assert_eq!((incoming.sets.len(), incoming.same, incoming.left_out.len()), (7, 13, 1));
        assert!(incoming.left_out[0].contains("is kept"), "{:?}", incoming.left_out);
        assert!(!ours.join("annotations/boris").exists(), "nothing is written by looking");
        let done = incoming.write(&project, &Steps::untold());
        assert_eq!((done.new.len(), done.failed.len()), (7, 0));
        let again = look(&theirs);
        assert_eq!((again.sets.len(), again.same), (0, 20));
        // The newer work of a named person takes the place of the older; what came meanwhile is kept.
        let wanted = Wanted { annotators: vec!["anna".into()], replace: vec!["anna".into()] };
        let newer = Incoming::look_at(&project, &theirs, &wanted, &Steps::untold()).unwrap();
        assert_eq!((newer.sets.len(), newer.left_out.len()), (1, 0));
        let here = ours.join("annotations/anna/ru-davos.ron");
        let mine = std::fs::read_to_string(&here).unwrap();
        write_atomically(&here, mine.replacen("\"place\"", "\"event\"", 1).as_bytes()).unwrap();
        assert_eq!(newer.write(&project, &Steps::untold()).failed.len(), 1);
        write_atomically(&here, mine.as_bytes()).unwrap();
        assert_eq!(newer.write(&project, &Steps::untold()).replaced, ["annotations/anna/ru-davos.ron"]);
    }
}
