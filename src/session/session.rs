//! The session: a project, the annotator, and the article at hand, on disk and in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checking::{AT_ONCE, Checking, Outcome, Snapshot, worst_first};
use super::desk::Desk;
use super::edit::{Edit, Edited};
use super::notice::Notice;
use crate::model::{
    AnnotationSet, Article, ArticleMeta, Became, Change, Codebook, History, Outdated, ProjectSettings,
    Register, Schema, Severity, Status, Subject, Transaction, Workspace,
};
use crate::store::{
    self, Digest, KeeperSetup, LockRefused, Project, ProjectWatcher, SaveEvent, SetKeeper, SetLock,
    StoreError,
};
use crate::validate::{self, Finding};

pub use crate::store::SaveState;

/// One article in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its path in the project.
    pub path: String,
    /// Its title, or the file's name.
    pub title: String,
    /// Its day, if known.
    pub date: Option<String>,
    /// How far this annotator's work on it is.
    pub status: Status,
    /// This annotator's spans.
    pub spans: usize,
    /// Errors and warnings in this annotator's annotations.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
    /// Why it cannot be read, if it cannot.
    pub fault: Option<String>,
}

/// Why nothing can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another window has these annotations open.
    OpenElsewhere {
        /// Its process id.
        pid: u32,
        /// Since when.
        since: String,
    },
    /// The folder may not be written to, or the journal not be opened.
    NoRights(String),
}

/// A change of someone else's that clashes with one of ours, waiting for a decision.
#[derive(Clone, Debug)]
pub struct Clash {
    /// What both changed.
    pub conflict: store::Conflict,
}

/// The article at hand.
pub struct OpenArticle {
    /// The annotations and everything one can do to them.
    pub desk: Desk,
    /// What validation finds, worst first. In a large set it may speak of the set as it was a moment ago.
    pub findings: Vec<Finding>,
    /// Counts up with every new list of findings, so that views know when to look again.
    pub findings_version: u64,
    /// Why nothing can be changed, if so.
    pub read_only: Option<ReadOnly>,
    /// How saving stands.
    pub save: SaveState,
    /// What someone else changed as well as we; ours is in force until the user decides.
    pub clashes: Vec<Clash>,
    file: String,
    keeper: Option<SetKeeper>,
    /// Keeps other windows from writing; given back when dropped.
    _lock: Option<SetLock>,
    /// The set as the file had it when it was last read or merged: the base of the next merge.
    base: AnnotationSet,
    /// The set's generation that was last checked, or is being checked.
    checked: Option<u64>,
    checking: Option<Checking>,
}

/// A sitting at a project.
pub struct Session {
    /// The project's folder.
    pub root: PathBuf,
    /// Its settings.
    pub settings: ProjectSettings,
    /// Its schema.
    pub schema: Arc<Schema>,
    /// Who annotates.
    pub annotator: String,
    /// Its articles.
    pub rows: Vec<ArticleRow>,
    /// The article at hand.
    pub open: Option<OpenArticle>,
    /// The guidelines by language (BCP 47), Markdown.
    pub guidelines: Vec<(String, String)>,
    project: Option<Project>,
    /// The shared lists while no article is open.
    shared: (Register, Codebook),
    watcher: Option<ProjectWatcher>,
    wake: store::Wake,
    shared_dirty: bool,
    /// What other articles' files say, by article: read in the background of ticks, so that opening a big project is quick.
    unread: Vec<String>,
    findings_versions: u64,
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Session {
    /// A session without a disk, for tests and demonstrations.
    pub fn in_memory(schema: Schema, annotator: &str, article: Article, workspace: Workspace) -> Self {
        let row = ArticleRow {
            path: article.path.clone(),
            title: article.title().to_owned(),
            ..ArticleRow::default()
        };
        let schema = Arc::new(schema);
        let base = workspace.set.clone();
        let desk = Desk::new(Arc::new(article), workspace, History::default(), schema.clone(), now);
        let open = OpenArticle {
            desk,
            findings: Vec::new(),
            findings_version: 0,
            read_only: None,
            save: SaveState::Saved,
            clashes: Vec::new(),
            file: String::new(),
            keeper: None,
            _lock: None,
            base,
            checked: None,
            checking: None,
        };
        let mut session = Self {
            root: PathBuf::new(),
            settings: ProjectSettings::new("In memory"),
            schema,
            annotator: annotator.to_owned(),
            rows: vec![row],
            open: Some(open),
            guidelines: Vec::new(),
            project: None,
            shared: Default::default(),
            watcher: None,
            wake: Arc::new(|| {}),
            shared_dirty: false,
            unread: Vec::new(),
            findings_versions: 0,
        };
        session.check();
        session
    }

    /// Opens a project for an annotator. `wake` is called from other threads when there is news for [`Session::tick`].
    ///
    /// # Errors
    /// There is no project there, it is of a newer version, or it cannot be read.
    pub fn open(root: &Path, annotator: &str, wake: store::Wake) -> Result<(Self, Vec<Notice>), StoreError> {
        let project = Project::open(root)?;
        let mut notices: Vec<Notice> =
            project.faults.iter().map(|fault| Notice::error("notice-fault").with("fault", fault)).collect();
        let watcher = match ProjectWatcher::start(&project, wake.clone()) {
            Ok(watcher) => Some(watcher),
            Err(why) => {
                notices.push(Notice::warning("notice-no-watching").with("why", why));
                None
            }
        };
        let mut session = Self {
            root: project.root.clone(),
            settings: project.settings.clone(),
            schema: Arc::new(project.schema.clone()),
            annotator: annotator.to_owned(),
            rows: Vec::new(),
            open: None,
            guidelines: Vec::new(),
            shared: (project.register.clone(), project.codebook.clone()),
            project: Some(project),
            watcher,
            wake,
            shared_dirty: false,
            unread: Vec::new(),
            findings_versions: 0,
        };
        session.read_guidelines();
        notices.extend(session.list_articles());
        Ok((session, notices))
    }

    fn read_guidelines(&mut self) {
        self.guidelines = self
            .settings
            .guidelines
            .iter()
            .filter_map(|(language, path)| {
                Some((language.clone(), std::fs::read_to_string(self.root.join(path)).ok()?))
            })
            .collect();
    }

    /// Reads the list of articles anew.
    pub fn list_articles(&mut self) -> Vec<Notice> {
        let Some(project) = &self.project else { return Vec::new() };
        let (entries, faults) = project.list_articles();
        let old: BTreeMap<String, ArticleRow> =
            self.rows.drain(..).map(|row| (row.path.clone(), row)).collect();
        for entry in entries {
            let row = old.get(&entry.path).cloned().unwrap_or_else(|| ArticleRow {
                title: crate::model::file_stem(&entry.path).to_owned(),
                path: entry.path.clone(),
                ..ArticleRow::default()
            });
            self.rows.push(row);
        }
        self.unread = self.rows.iter().map(|row| row.path.clone()).rev().collect();
        faults.iter().map(|fault| Notice::warning("notice-fault").with("fault", fault)).collect()
    }

    /// The register in force.
    pub fn register(&self) -> &Register {
        self.open.as_ref().map_or(&self.shared.0, |open| &open.desk.workspace.register)
    }

    /// The codebook in force.
    pub fn codebook(&self) -> &Codebook {
        self.open.as_ref().map_or(&self.shared.1, |open| &open.desk.workspace.codebook)
    }

    /// The annotators of the project, this one among them.
    pub fn annotators(&self) -> Vec<String> {
        let mut all = self.project.as_ref().map(Project::annotators).unwrap_or_default();
        if !all.contains(&self.annotator) && !self.annotator.is_empty() {
            all.push(self.annotator.clone());
        }
        all
    }

    /// Opens an article, saving and closing the one at hand.
    ///
    /// # Errors
    /// The article or its annotations cannot be read; then none is open.
    pub fn open_article(&mut self, path: &str) -> Result<Vec<Notice>, StoreError> {
        let mut notices = self.close_article();
        let Some(project) = &self.project else { return Ok(notices) };
        let article = match project.read_article(path) {
            Ok(article) => article,
            Err(fault) => {
                if let Some(row) = self.rows.iter_mut().find(|r| r.path == path) {
                    row.fault = Some(fault.detail.clone());
                }
                return Err(fault.into());
            }
        };
        if article.replaced > 0 {
            notices.push(
                Notice::warning("notice-replaced")
                    .with("n", article.replaced)
                    .with("encoding", &article.encoding),
            );
        } else if !article.encoding_certain {
            notices.push(Notice::info("notice-encoding-guessed").with("encoding", &article.encoding));
        }
        let loaded = store::read_set(project, &self.annotator, path, Some(&article))?;
        let (set, digest, file) = match loaded {
            Some(loaded) => (loaded.set, Some(loaded.digest), loaded.file),
            None => {
                let mut set = AnnotationSet::new(path, self.annotator.clone());
                set.fingerprint = article.text.fingerprint().to_owned();
                set.length = article.text.len();
                (set, None, project.annotation_path(&self.annotator, path))
            }
        };
        if !set.is_empty() && set.fingerprint != article.text.fingerprint() {
            notices.push(Notice::warning("notice-article-changed"));
        }
        let base = set.clone();
        let (register, codebook) = std::mem::take(&mut self.shared);
        let workspace = Workspace { set, register, codebook };
        let (lock, mut read_only) = match SetLock::try_take(&self.root, &self.annotator, path) {
            Ok(lock) => (Some(lock), None),
            Err(LockRefused::Held(held)) => {
                (None, Some(ReadOnly::OpenElsewhere { pid: held.pid, since: held.since }))
            }
            Err(refused) => (None, Some(ReadOnly::NoRights(refused.to_string()))),
        };
        let (mut workspace, mut history, mut keeper) = (workspace, History::default(), None);
        let mut recovered = false;
        if lock.is_some() {
            let setup = KeeperSetup {
                root: self.root.clone(),
                annotator: self.annotator.clone(),
                article: path.to_owned(),
                file: file.clone(),
                digest,
                own_writes: project.own_writes.clone(),
                wake: self.wake.clone(),
            };
            match SetKeeper::open(setup, workspace.clone()) {
                Ok((opened, recovery)) => {
                    if let Some(message) = recovery.message() {
                        let kind = if recovery.lost.is_empty() { Notice::info } else { Notice::warning };
                        notices.push(
                            kind("notice-recovered").with("n", recovery.recovered).with("message", message),
                        );
                    }
                    recovered = recovery.recovered > 0;
                    self.shared_dirty |= recovery.shared > 0;
                    workspace = recovery.workspace;
                    history = recovery.history;
                    keeper = Some(opened);
                }
                Err(why) => read_only = Some(ReadOnly::NoRights(why.to_string())),
            }
        }
        let desk = Desk::new(Arc::new(article), workspace, history, self.schema.clone(), now);
        self.open = Some(OpenArticle {
            desk,
            findings: Vec::new(),
            findings_version: 0,
            read_only,
            save: SaveState::Saved,
            clashes: Vec::new(),
            file,
            keeper,
            _lock: lock,
            base,
            checked: None,
            checking: None,
        });
        if recovered {
            self.keep();
        }
        self.check();
        Ok(notices)
    }

    /// Saves and closes the article at hand.
    pub fn close_article(&mut self) -> Vec<Notice> {
        let notices = self.save();
        self.update_row();
        if let Some(open) = self.open.take() {
            self.shared = (open.desk.workspace.register.clone(), open.desk.workspace.codebook.clone());
        }
        notices
    }

    /// Does an edit to the article at hand.
    ///
    /// # Errors
    /// It does not fit what is there. Nothing was changed.
    pub fn edit(&mut self, edit: Edit) -> Result<Edited, Outdated> {
        let Some(open) = self.open.as_mut().filter(|open| open.read_only.is_none()) else {
            return Ok(Edited::Nothing);
        };
        let edited = open.desk.edit(edit)?;
        self.keep();
        Ok(edited)
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// It no longer fits what is there.
    pub fn undo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let Some(open) = self.open.as_mut().filter(|open| open.read_only.is_none()) else { return Ok(None) };
        let step = open.desk.undo()?;
        self.keep();
        Ok(step)
    }

    /// Does the last step taken back again.
    ///
    /// # Errors
    /// It no longer fits what is there.
    pub fn redo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let Some(open) = self.open.as_mut().filter(|open| open.read_only.is_none()) else { return Ok(None) };
        let step = open.desk.redo()?;
        self.keep();
        Ok(step)
    }

    /// Puts what was done into the journal and orders a save.
    fn keep(&mut self) {
        let Some(open) = &mut self.open else { return };
        let acts = open.desk.take_acts();
        let shared = acts.iter().any(|act| match act {
            crate::model::Act::Do(t) | crate::model::Act::Extend(t) => {
                t.changes.iter().any(crate::model::Change::is_shared)
            }
            // What an undo takes back may have been shared; writing the same bytes again does no harm.
            crate::model::Act::Undo | crate::model::Act::Redo => true,
        });
        if shared {
            self.shared_dirty = true;
            // A new entry or term changes what the same spans mean to validation.
            open.checked = None;
        }
        if let Some(keeper) = &open.keeper {
            for act in acts {
                keeper.record(act);
            }
            let set = &mut open.desk.workspace.set;
            if set.is_empty() || set.fingerprint.is_empty() {
                // Nothing is anchored yet, so the text as it is now is the text that will be annotated.
                set.fingerprint = open.desk.article.text.fingerprint().to_owned();
                set.length = open.desk.article.text.len();
            }
            keeper.save_soon(set.clone(), Some(open.desk.article.text.clone()));
        }
        self.check();
    }

    /// Writes everything to disk now and waits for that.
    pub fn save(&mut self) -> Vec<Notice> {
        let mut notices = self.save_shared();
        if let Some(open) = &mut self.open
            && let Some(keeper) = &open.keeper
        {
            if let Err(message) = keeper.save_now() {
                notices.push(Notice::error("notice-not-saved").with("message", message));
            }
            open.save = keeper.state();
        }
        notices.extend(self.tick());
        notices
    }

    fn save_shared(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if !std::mem::take(&mut self.shared_dirty) {
            return notices;
        }
        let (register, codebook) = (self.register().clone(), self.codebook().clone());
        let Some(project) = &mut self.project else { return notices };
        let (mut failed, mut merged) = (false, false);
        if project.register != register {
            project.register = register.clone();
            if let Err(why) = project.save_register() {
                notices.push(Notice::error("notice-not-saved").with("message", why));
                failed = true;
            }
            merged |= project.register != register;
        }
        if project.codebook != codebook {
            project.codebook = codebook.clone();
            if let Err(why) = project.save_codebook() {
                notices.push(Notice::error("notice-not-saved").with("message", why));
                failed = true;
            }
            merged |= project.codebook != codebook;
        }
        self.shared_dirty = failed;
        if merged && !failed {
            let lists = (project.register.clone(), project.codebook.clone());
            self.put_shared(lists);
        }
        if let Some(keeper) = self.open.as_ref().and_then(|open| open.keeper.as_ref())
            && !failed
        {
            keeper.shared_saved();
        }
        notices
    }

    fn put_shared(&mut self, lists: (Register, Codebook)) {
        match &mut self.open {
            Some(open) => (open.desk.workspace.register, open.desk.workspace.codebook) = lists,
            None => self.shared = lists,
        }
    }

    /// Takes in what other threads and other programs did since the last call. Call it once a frame; it is quick.
    pub fn tick(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut changed: Option<Option<Digest>> = None;
        let mut saved = false;
        if let Some(open) = &mut self.open
            && let Some(keeper) = &open.keeper
        {
            for event in keeper.events().try_iter() {
                match event {
                    // What was done since the snapshot was taken is not in the file: it is ours alone at the next merge.
                    SaveEvent::Saved { set, .. } => {
                        open.base = *set;
                        saved = true;
                    }
                    SaveEvent::Failed { message } => {
                        notices.push(Notice::error("notice-not-saved").with("message", message));
                    }
                    SaveEvent::ChangedOnDisk { found } => changed = Some(found),
                }
            }
            open.save = keeper.state();
        }
        if saved {
            // Register and codebook follow the annotations that speak of them, so that the files on disk agree.
            notices.extend(self.save_shared());
        }
        let mut files: Vec<String> = Vec::new();
        if let Some(watcher) = &self.watcher {
            files.extend(watcher.changes().try_iter().map(|change| change.relative));
        }
        files.sort();
        files.dedup();
        for file in files {
            notices.extend(self.file_changed(&file, &mut changed));
        }
        if changed.is_some() {
            notices.extend(self.merge_from_disk());
        }
        self.end_check();
        self.read_some_rows();
        notices
    }

    fn file_changed(&mut self, file: &str, set_changed: &mut Option<Option<Digest>>) -> Vec<Notice> {
        let lists = [&self.settings.register, &self.settings.codebook, &self.settings.schema];
        if self.open.as_ref().is_some_and(|open| open.file == file) {
            *set_changed = Some(None);
            return Vec::new();
        }
        if lists.iter().any(|list| *list == file) || file == store::SETTINGS {
            let Some(project) = &mut self.project else { return Vec::new() };
            return match project.take_in_changes() {
                Ok(()) => {
                    self.settings = project.settings.clone();
                    self.schema = Arc::new(project.schema.clone());
                    let lists = (project.register.clone(), project.codebook.clone());
                    self.put_shared(lists);
                    if let Some(open) = &mut self.open {
                        open.desk.schema = self.schema.clone();
                        open.checked = None;
                    }
                    self.check();
                    vec![Notice::info("notice-list-changed").with("file", file)]
                }
                Err(why) => vec![Notice::warning("notice-fault").with("fault", why)],
            };
        }
        if self.open.as_ref().is_some_and(|open| open.desk.article.path == file) {
            return vec![Notice::warning("notice-article-changed")];
        }
        if self.settings.articles.iter().any(|folder| file.starts_with(folder.trim_end_matches('/'))) {
            return self.list_articles();
        }
        if file.starts_with(self.settings.annotations.as_str()) {
            self.unread = self.rows.iter().map(|row| row.path.clone()).rev().collect();
        }
        Vec::new()
    }

    /// Merges what someone else wrote into our annotation file, span by span; what both changed is asked about.
    fn merge_from_disk(&mut self) -> Vec<Notice> {
        let Some(open) = &mut self.open else { return Vec::new() };
        let Some(keeper) = &open.keeper else { return Vec::new() };
        let article = open.desk.article.clone();
        let theirs = match store::read_set_file(&self.root, &open.file, &|_| Some(article.text.clone())) {
            Ok(theirs) => theirs,
            Err(fault) if fault.kind == crate::model::FileFaultKind::Missing => {
                // The file is gone; what we hold is all there is, so it is written again.
                keeper.expect(None);
                keeper.save_soon(open.desk.workspace.set.clone(), Some(article.text.clone()));
                return vec![Notice::warning("notice-file-gone").with("file", &open.file)];
            }
            Err(fault) => return vec![Notice::error("notice-fault").with("fault", fault)],
        };
        if theirs.set == open.desk.workspace.set {
            keeper.expect(Some(theirs.digest));
            return Vec::new();
        }
        let merged = store::merge_by_schema(&open.base, &open.desk.workspace.set, &theirs.set, &self.schema);
        open.base = theirs.set;
        let taken = merged.taken.len();
        keeper.expect(Some(theirs.digest));
        // As a step of its own, so that the history stays true and one undo takes it back.
        let step = Transaction::new("merge", "", merged.taken);
        if open.desk.make(step).is_err() {
            open.desk.workspace.set = merged.set;
            open.desk.history.clear();
        }
        let clashes = merged.conflicts.len();
        open.clashes.extend(merged.conflicts.into_iter().map(|conflict| Clash { conflict }));
        self.keep();
        let mut notices = vec![Notice::info("notice-merged").with("n", taken)];
        if clashes > 0 {
            notices.push(Notice::warning("notice-clashes").with("n", clashes));
        }
        notices
    }

    /// Decides a clash: `theirs` puts in what the other program wrote, else ours stays.
    ///
    /// # Errors
    /// The span was changed since.
    pub fn decide(&mut self, clash: usize, theirs: bool) -> Result<(), Outdated> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if clash >= open.clashes.len() {
            return Ok(());
        }
        let decided = open.clashes.remove(clash);
        if theirs && let Some(change) = taking_theirs(&decided.conflict, &open.desk.workspace.set) {
            open.desk.make(Transaction::new("merge", "", vec![change]))?;
            self.keep();
        }
        Ok(())
    }

    /// Runs validation on the article at hand if something changed since it last ran: small sets at once, large ones on another
    /// thread, whose findings [`Session::tick`] takes in.
    pub fn check(&mut self) {
        let Some(open) = &mut self.open else { return };
        let generation = open.desk.workspace.set.generation();
        if open.checked == Some(generation) {
            return;
        }
        let workspace = &open.desk.workspace;
        if workspace.set.len() > AT_ONCE {
            if open.checking.is_none() {
                open.checked = Some(generation);
                let snapshot = Snapshot {
                    file: open.file.clone(),
                    settings: self.settings.clone(),
                    schema: self.schema.clone(),
                    register: workspace.register.clone(),
                    codebook: workspace.codebook.clone(),
                    article: open.desk.article.clone(),
                    set: workspace.set.clone(),
                };
                open.checking = Some(Checking::start(snapshot, self.wake.clone()));
            }
            // One at a time: when the one under way is finished, `tick` starts the next with the set as it is then.
            self.update_row();
            return;
        }
        open.checked = Some(generation);
        open.checking = None;
        let mut findings = validate::check_set(&validate::SetInput {
            file: &open.file,
            settings: &self.settings,
            schema: &self.schema,
            register: &workspace.register,
            codebook: &workspace.codebook,
            article: Some(&open.desk.article),
            set: &workspace.set,
            places: None,
        });
        worst_first(&mut findings);
        self.take_findings(findings);
    }

    fn take_findings(&mut self, findings: Vec<Finding>) {
        if let Some(open) = &mut self.open {
            open.findings = findings;
            // Counted by the session, so that an article opened anew never repeats a number.
            self.findings_versions += 1;
            open.findings_version = self.findings_versions;
        }
        self.update_row();
    }

    /// Takes in what a check on another thread found, and starts the next one if the set was changed meanwhile.
    fn end_check(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(outcome) = open.checking.as_ref().map(Checking::outcome) else { return };
        if matches!(outcome, Outcome::UnderWay) {
            return;
        }
        open.checking = None;
        if let Outcome::Found(findings) = outcome {
            self.take_findings(findings);
        }
        self.check();
    }

    /// Whether a large set is being checked on another thread.
    pub fn is_checking(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.checking.is_some())
    }

    fn update_row(&mut self) {
        let Some(open) = &self.open else { return };
        let article = &open.desk.article;
        let set = &open.desk.workspace.set;
        let count = |severity| open.findings.iter().filter(|f| f.severity == severity).count();
        if let Some(row) = self.rows.iter_mut().find(|row| row.path == article.path) {
            row.title = article.title().to_owned();
            row.date.clone_from(&article.meta.date);
            row.status = set.status;
            row.spans = set.len();
            row.errors = count(Severity::Error);
            row.warnings = count(Severity::Warning);
            row.fault = None;
        }
    }

    /// Reads titles, states and counts of a few articles a frame, until all are known.
    fn read_some_rows(&mut self) {
        let Some(project) = &self.project else { return };
        let started = std::time::Instant::now();
        let at_hand = self.open.as_ref().map(|open| open.desk.article.path.clone());
        while let Some(path) = self.unread.pop() {
            let Some(row) = self.rows.iter_mut().find(|row| row.path == path) else { continue };
            if at_hand.as_deref() == Some(path.as_str()) {
                continue;
            }
            match project.read_article(&path) {
                Ok(article) => {
                    row.title = article.title().to_owned();
                    row.date.clone_from(&article.meta.date);
                    row.fault = None;
                    match store::read_set(project, &self.annotator, &path, Some(&article)) {
                        Ok(Some(loaded)) => {
                            row.status = loaded.set.status;
                            row.spans = loaded.set.len();
                            let findings = validate::check_set(&validate::SetInput {
                                file: &loaded.file,
                                settings: &self.settings,
                                schema: &self.schema,
                                register: &project.register,
                                codebook: &project.codebook,
                                article: Some(&article),
                                set: &loaded.set,
                                places: None,
                            });
                            row.errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
                            row.warnings =
                                findings.iter().filter(|f| f.severity == Severity::Warning).count();
                        }
                        Ok(None) => {
                            (row.status, row.spans, row.errors, row.warnings) = (Status::Untouched, 0, 0, 0)
                        }
                        Err(fault) => row.fault = Some(fault.to_string()),
                    }
                }
                Err(fault) => row.fault = Some(fault.detail),
            }
            if started.elapsed().as_millis() > 4 {
                (self.wake)();
                break;
            }
        }
    }

    /// Whether rows are still being read.
    pub fn is_reading(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Brings files and folders of articles into the project; gives the paths of what is there now.
    pub fn add_articles(&mut self, sources: &[PathBuf]) -> (Vec<String>, Vec<Notice>) {
        let (mut added, mut notices) = (Vec::new(), Vec::new());
        let Some(project) = &mut self.project else { return (added, notices) };
        let mut files = Vec::new();
        for source in sources {
            collect_articles(source, &mut files, &mut notices);
        }
        for file in files {
            match project.add_article(&file) {
                Ok(path) => added.push(path),
                Err(why) => notices.push(Notice::error("notice-fault").with("fault", why)),
            }
        }
        self.settings = project.settings.clone();
        notices.extend(self.list_articles());
        if !added.is_empty() {
            notices.push(Notice::info("notice-added").with("n", added.len()));
        }
        (added, notices)
    }

    /// Sets what is known about an article.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn set_meta(&mut self, path: &str, meta: &ArticleMeta) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        match &mut self.open {
            Some(open) if open.desk.article.path == path => {
                let mut article = (*open.desk.article).clone();
                project.set_article_meta(&mut article, meta)?;
                open.desk.article = Arc::new(article);
            }
            _ => {
                let mut article = project.read_article(path)?;
                project.set_article_meta(&mut article, meta)?;
                self.unread.push(path.to_owned());
            }
        }
        self.settings = project.settings.clone();
        self.update_row();
        Ok(())
    }

    /// Reads an article in another encoding from now on, and opens it again if it is at hand.
    ///
    /// # Errors
    /// The encoding does not fit the file, or the settings cannot be saved.
    pub fn set_encoding(&mut self, path: &str, label: &str) -> Result<Vec<Notice>, StoreError> {
        let at_hand = self.open.as_ref().is_some_and(|open| open.desk.article.path == path);
        let mut notices = if at_hand { self.close_article() } else { Vec::new() };
        let Some(project) = &mut self.project else { return Ok(notices) };
        let set = project.set_article_encoding(path, crate::text::Encoding::from_label(label));
        self.settings = project.settings.clone();
        if at_hand {
            notices.extend(self.open_article(path)?);
        }
        set.map(|_| notices)
    }

    /// Remembers an annotator in the project's settings.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn register_annotator(&mut self, name: &str) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        if !project.settings.annotators.iter().any(|a| a == name) {
            project.settings.annotators.push(name.to_owned());
            project.save_settings()?;
            self.settings = project.settings.clone();
        }
        Ok(())
    }

    /// The raw bytes of an article's file, for previews of encodings.
    pub fn article_bytes(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(path)).ok()
    }
}

/// The change that puts the others' version in place of what is there now.
fn taking_theirs(conflict: &store::Conflict, set: &AnnotationSet) -> Option<Change> {
    let theirs = conflict.theirs.clone();
    Some(match &conflict.subject {
        Subject::Span(id) => Change::Span(Became {
            before: set.get(id).cloned(),
            after: theirs.and_then(|v| if let store::Version::Span(span) = v { Some(span) } else { None }),
        }),
        Subject::Relation(id) => Change::Relation(Became {
            before: set.relation(id).cloned(),
            after: theirs
                .and_then(|v| if let store::Version::Relation(relation) = v { Some(relation) } else { None }),
        }),
        Subject::Status => match theirs {
            Some(store::Version::Status(after)) => Change::Status { before: set.status, after },
            _ => return None,
        },
        Subject::ArticleField(name) => Change::ArticleField {
            name: name.clone(),
            value: Became {
                before: set.fields.get(name).cloned(),
                after: theirs
                    .and_then(|v| if let store::Version::Field(value) = v { Some(value) } else { None }),
            },
        },
        Subject::Entity(_) | Subject::Term(_) => return None,
    })
}

fn collect_articles(source: &Path, into: &mut Vec<PathBuf>, notices: &mut Vec<Notice>) {
    if !source.is_dir() {
        into.push(source.to_owned());
        return;
    }
    let entries = match std::fs::read_dir(source) {
        Ok(entries) => entries,
        Err(why) => {
            notices.push(Notice::error("notice-fault").with("fault", format!("{}: {why}", source.display())));
            return;
        }
    };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() || store::is_article_name(&name) {
            collect_articles(&entry, into, notices);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The keeper saves the set when it is dropped; register and codebook have only us.
        for notice in self.save_shared() {
            tracing::error!("{notice:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};
    use crate::text::{CanonicalText, TextRange};

    /// So many words, each tagged as a position, which nobody is said to hold.
    fn session(spans: u32) -> Session {
        let text = CanonicalText::new(&"слово ".repeat(spans as usize));
        let article = Article::from_text("a.txt", text);
        let mut workspace = Workspace::default();
        for n in 0..spans {
            let range = TextRange::new(n * 6, n * 6 + 5).unwrap();
            workspace.set.insert(Span::new(format!("s{}", n + 1), "position", Parts::one(range)));
        }
        Session::in_memory(Schema::positions(), "anna", article, workspace)
    }

    fn finish(session: &mut Session) {
        for _ in 0..3_000 {
            session.tick();
            if !session.is_checking() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("the check never ended");
    }

    fn found(session: &Session, span: &str) -> usize {
        let open = session.open.as_ref().unwrap();
        open.findings.iter().filter(|f| f.span.as_ref().is_some_and(|s| s.as_str() == span)).count()
    }

    #[test]
    fn a_small_set_is_checked_within_the_edit() {
        let mut session = session(20);
        assert!(!session.is_checking());
        assert!(found(&session, "s7") > 0);
        session.edit(Edit::Remove { spans: vec!["s7".into()] }).unwrap();
        assert_eq!(found(&session, "s7"), 0);
    }

    #[test]
    fn a_large_set_is_checked_beside_the_work_and_ends_up_with_what_was_done_meanwhile() {
        let mut session = session(AT_ONCE as u32 + 50);
        assert!(session.is_checking());
        session.edit(Edit::Remove { spans: vec!["s7".into()] }).unwrap();
        let version = session.open.as_ref().unwrap().findings_version;
        finish(&mut session);
        assert_eq!(found(&session, "s7"), 0);
        assert!(found(&session, "s8") > 0);
        assert!(session.open.as_ref().unwrap().findings_version > version);
        session.undo().unwrap();
        finish(&mut session);
        assert!(found(&session, "s7") > 0);
        assert!(session.rows[0].errors + session.rows[0].warnings > AT_ONCE);
    }
}
