//! The session: a project, the annotator, and the article at hand, on disk and in memory.

mod articles;
mod checks;
mod exchange;
mod judging;
mod outside;
mod reading;
mod retracing;
mod talking;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checking::{AT_ONCE, AT_ONCE_TEXT, Checking, Outcome, Snapshot};
use super::desk::Desk;
use super::edit::{Edit, Edited};
use super::findings::Findings;
use super::notice::Notice;
use super::rows::RowReading;
use crate::model::{
    AnnotationSet, Article, ArticleMeta, Became, Change, Codebook, History, Outdated, ProjectSettings,
    Register, Schema, Status, Subject, Transaction, Workspace,
};
use crate::store::{
    self, Digest, KeeperSetup, LockRefused, Project, ProjectWatcher, SaveEvent, SetKeeper, SetLock,
    StoreError,
};
use crate::validate;

pub use crate::store::SaveState;
pub use judging::Sitting;
pub(super) use reading::Read;
use retracing::CommentSteps;
pub use retracing::{CommentAct, Retraced};
pub use talking::CommentTo;
use talking::Talking;

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
    pub findings: Findings,
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
    /// What other articles' files say, by article: read on another thread, so that opening a big project is quick.
    unread: Vec<String>,
    reading: Option<RowReading>,
    findings_versions: u64,
    /// The sets beside gold, while a review goes on.
    sitting: Option<Sitting>,
    talking: Talking,
    comment_steps: CommentSteps,
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
            findings: Findings::default(),
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
            reading: None,
            findings_versions: 0,
            sitting: None,
            talking: Talking::default(),
            comment_steps: CommentSteps::default(),
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
            reading: None,
            findings_versions: 0,
            sitting: None,
            talking: Talking::default(),
            comment_steps: CommentSteps::default(),
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
        // Whatever is being read is of the old list.
        self.reading = None;
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
        self.unread = self.rows.iter().map(|row| row.path.clone()).collect();
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
            findings: Findings::default(),
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
        notices.extend(self.read_compared());
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

    /// Does several changes to the article at hand as one step of undo; `false` if nothing had to change or nothing may.
    ///
    /// # Errors
    /// They do not fit what is there. Nothing was changed.
    pub fn make(&mut self, transaction: Transaction) -> Result<bool, Outdated> {
        let Some(open) = self.open.as_mut().filter(|open| open.read_only.is_none()) else {
            return Ok(false);
        };
        let done = open.desk.make(transaction)?;
        self.keep();
        Ok(done)
    }

    /// The project on disk; `None` for a session without a disk.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_ref()
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
        if acts.iter().any(|act| matches!(act, crate::model::Act::Do(_) | crate::model::Act::Extend(_))) {
            self.comment_steps.forget_undone();
        }
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
        notices.extend(self.take_news());
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
}

impl Drop for Session {
    fn drop(&mut self) {
        // The keeper saves the set when it is dropped; register and codebook have only us.
        for notice in self.save_shared() {
            tracing::error!("{notice:?}");
        }
    }
}
