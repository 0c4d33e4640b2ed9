//! `postil take-in`: another person's annotations and comments, out of a folder or a zip file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, count, is_stopped, listen_for_ctrl_c, progress, say};
use crate::model::{AnnotationSet, Article, Comments, ProjectSettings, Schema, Value, leaves, natural_order};
use crate::review::anchoring::reanchored;
use crate::store::{
    Digest, Project, SETTINGS, SetLock, change_comments, parse_comments, parse_set, read_package, safe_name,
    unsaved_work, write_atomically,
};

/// Bring in another person's annotations: a folder of annotation files, a project, or a zip of either
///
/// Nothing is overwritten: where the project has a file with other contents already, it is kept and told. Files on another version of an
/// article, on articles the project does not have, and files that cannot be read are left out and told. Comments are added to those
/// that are there.
#[derive(Debug, clap::Args)]
pub(super) struct TakeIn {
    /// A folder or a zip file
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Only these annotators' work; else everyone's
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Put the source's files of these annotators in the place of what the project has of them: when the same person sends a newer state
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    replace: Vec<String>,
    /// Tell what would come in and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What came of it.
#[derive(Default)]
struct Taken {
    new: Vec<String>,
    replaced: Vec<String>,
    same: usize,
    comments: usize,
    left_out: Vec<String>,
    annotators: BTreeSet<String>,
    /// What the sets speak of that this project does not know.
    unknown: BTreeMap<String, usize>,
}

impl TakeIn {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut project = self.project.open_whole()?;
        listen_for_ctrl_c();
        let files = read_package(&self.source, &|path| path.ends_with(".ron"))
            .map_err(|error| Failure::Disk(error.to_string()))?;
        let theirs = Theirs::of(&files);
        let mut taken = Taken::default();
        for difference in theirs.schema_differences(&project.schema) {
            say(format!("The source's schema is another: {difference}"));
        }
        let unsaved: BTreeSet<(String, String)> = unsaved_work(&project).into_iter().collect();
        let bar = progress(files.len() as u64, "Taking in");
        for (path, bytes) in &files {
            if is_stopped() {
                return Err(Failure::Stopped);
            }
            bar.inc(1);
            if theirs.is_list(path) {
                continue;
            }
            if looks_like_comments(bytes) {
                self.comments(&project, path, bytes, &mut taken);
                continue;
            }
            if let Err(why) = self.set(&project, path, bytes, &unsaved, &mut taken) {
                taken.left_out.push(format!("{path}: {why}"));
            }
        }
        bar.finish_and_clear();
        let met = taken.new.len() + taken.replaced.len() + taken.same + taken.left_out.len() + taken.comments;
        if met == 0 {
            return Err(Failure::Disk(format!(
                "{} holds no annotation files and no comments; nothing was taken in.",
                self.source.display()
            )));
        }
        if !self.dry_run {
            self.know(&mut project, &taken)?;
        }
        self.tell(&taken)?;
        let came = taken.new.len() + taken.replaced.len() + taken.same + taken.comments;
        Ok(match (taken.left_out.is_empty(), came) {
            (true, _) => Exit::Done,
            (false, 0) => Exit::Disk,
            (false, _) => Exit::Problems,
        })
    }

    fn tell(&self, taken: &Taken) -> Result<(), Failure> {
        for (what, n) in &taken.unknown {
            say(format!("This project does not know {what} (× {n}); validation will report it."));
        }
        for left_out in &taken.left_out {
            say(format!("Left out: {left_out}"));
        }
        let mut out = String::new();
        for (word, files) in [("new", &taken.new), ("replaced", &taken.replaced)] {
            for file in files {
                out.push_str(&format!("{word} {file}\n"));
            }
        }
        out.push_str(&format!(
            "{}{} new, {} replaced, {} there already, {} new, {} left out\n",
            if self.dry_run { "Nothing was written. Would be: " } else { "" },
            count(taken.new.len(), "annotation file", "annotation files"),
            taken.replaced.len(),
            taken.same,
            count(taken.comments, "comment", "comments"),
            taken.left_out.len()
        ));
        answer(&out)
    }

    /// Puts annotators into the settings whose folders would not give their names back.
    fn know(&self, project: &mut Project, taken: &Taken) -> Result<(), Failure> {
        let mut changed = false;
        for name in &taken.annotators {
            if safe_name(name) != *name && !project.settings.annotators.contains(name) {
                project.settings.annotators.push(name.clone());
                changed = true;
            }
        }
        if changed {
            project.save_settings()?;
        }
        Ok(())
    }

    fn comments(&self, project: &Project, path: &str, bytes: &[u8], taken: &mut Taken) {
        let theirs: Comments = match parse_comments(path, bytes) {
            Ok(comments) => comments,
            Err(fault) => return taken.left_out.push(fault.to_string()),
        };
        if !self.annotators.is_empty() && !self.annotators.contains(&theirs.author) {
            return;
        }
        if let Err(why) = self.may_come(project, &theirs.article, &theirs.author) {
            return taken.left_out.push(format!("{path}: {why}"));
        }
        if self.dry_run {
            taken.comments += theirs.comments.len();
            return;
        }
        match change_comments(project, &theirs.author, &theirs.article, |own| own.take_in(&theirs)) {
            Ok(came) => taken.comments += came,
            Err(error) => taken.left_out.push(format!("{path}: {error}")),
        }
    }

    /// Names and paths out of a file become names and paths on disk, so they are looked at first.
    fn may_come(&self, project: &Project, article: &str, who: &str) -> Result<Article, String> {
        if who.trim().is_empty() {
            return Err("it does not say whose it is".into());
        }
        crate::store::inside(article).map_err(|error| error.to_string())?;
        project.read_article(article).map_err(|fault| {
            format!("{fault} This project must have the article first; `postil add` brings it in")
        })
    }

    fn set(
        &self,
        project: &Project,
        path: &str,
        bytes: &[u8],
        unsaved: &BTreeSet<(String, String)>,
        taken: &mut Taken,
    ) -> Result<(), String> {
        let find = |article: &str| {
            crate::store::inside(article)
                .ok()
                .and_then(|path| project.read_article(path).ok())
                .map(|a| a.text)
        };
        let (set, _) = parse_set(path, bytes, &find).map_err(|fault| fault.to_string())?;
        if !self.annotators.is_empty() && !self.annotators.contains(&set.annotator) {
            return Ok(());
        }
        let article = self.may_come(project, &set.article, &set.annotator)?;
        if !set.fingerprint.is_empty() && set.fingerprint != article.text.fingerprint() {
            let spans = set.len();
            let told = reanchored(set, &article.text, &project.schema).1.unwrap_or_default();
            return Err(format!(
                "it was made on another version of the article: of {spans} spans {} stand where they stood, {} could be found again \
                 elsewhere, {} could not. Use the same text on both sides",
                told.stayed,
                told.moved,
                told.lost.len()
            ));
        }
        let whose = (set.annotator.clone(), set.article.clone());
        let there = project.existing_annotation_path(&set.annotator, &set.article);
        let file = there.clone().unwrap_or_else(|| project.annotation_path(&set.annotator, &set.article));
        let target = project.root.join(&file);
        let _lock =
            SetLock::try_take(&project.root, &set.annotator, &set.article).map_err(|r| r.to_string())?;
        if there.is_some() {
            let now = Digest::of_file(&target).map_err(|error| error.to_string())?;
            if now == Some(Digest::of(bytes)) {
                taken.same += 1;
                return Ok(());
            }
            if !self.replace.contains(&set.annotator) {
                return Err(format!(
                    "{file} is there with other contents and is kept; --replace {} puts this one in its place",
                    set.annotator
                ));
            }
        }
        if unsaved.contains(&whose) {
            return Err(format!(
                "there is unsaved work of {} on it here; open it in the window once",
                whose.0
            ));
        }
        unknown_things(&set, project, &mut taken.unknown);
        if !self.dry_run {
            // The bytes as they came, so that the file stays what its annotator wrote.
            project.own_writes.note(&target, Digest::of(bytes));
            write_atomically(&target, bytes).map_err(|error| format!("could not write {file}: {error}"))?;
        }
        taken.annotators.insert(set.annotator.clone());
        if there.is_some() {
            taken.replaced.push(file)
        } else {
            taken.new.push(file)
        }
        Ok(())
    }
}

/// Files of comments name an author; annotation files an annotator.
fn looks_like_comments(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    head.contains("author:") && !head.contains("annotator:")
        || head.contains("comments:") && !head.contains("spans:")
}

/// Labels, relations, register entries and terms that the sets use and this project does not have.
fn unknown_things(set: &AnnotationSet, project: &Project, unknown: &mut BTreeMap<String, usize>) {
    let mut note = |what: String| *unknown.entry(what).or_default() += 1;
    for span in set.spans() {
        let Some(label) = project.schema.label(&span.label) else {
            note(format!("the label `{}`", span.label));
            continue;
        };
        for (name, _) in span.fields.iter() {
            if !label.fields.iter().any(|field| field.name == name) {
                note(format!("the field `{name}` of `{}`", span.label));
            }
        }
        for leaf in leaves(&label.fields, &span.fields) {
            let id = leaf.value.as_text().unwrap_or_default();
            match (&leaf.def.kind, leaf.value) {
                (crate::model::FieldKind::Entity(_), Value::Text(_))
                    if project.register.get(id).is_none() =>
                {
                    note(format!("the register entry `{id}`"));
                }
                (crate::model::FieldKind::Term(_), Value::Text(_)) if project.codebook.get(id).is_none() => {
                    note(format!("the codebook term `{id}`"));
                }
                _ => {}
            }
        }
    }
    for relation in set.relations().filter(|relation| project.schema.relation(&relation.label).is_none()) {
        note(format!("the relation `{}`", relation.label));
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
