//! Keeping one open set of annotations safe: its journal, and saving in the background.

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::annotations::write_if_expected;
use super::digest::{Digest, OwnWrites};
use super::error::{SaveError, StoreError};
use super::journal::{Journal, Record, journal_path, read_journal};
use super::project::Project;
use super::recovery::{LARGE, Recovery, has_work, recover, shortened};
use super::ron_text::annotation_text;
use crate::model::{Act, AnnotationSet, Workspace};
use crate::text::CanonicalText;

/// How long saving waits for the next change.
const QUIET: Duration = Duration::from_millis(700);

/// How long saving waits at most while changes go on.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long to wait before trying again what the disk refused; doubled each time, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest time between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How a set of annotations stands with its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The file holds everything.
    Saved,
    /// The file is being written.
    Saving,
    /// The journal holds what the file does not yet.
    Unsaved,
    /// It could not be saved; the message says what, where and what to do. It is tried again in the background.
    Failed(String),
}

/// What became of saving.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveEvent {
    /// The file was written.
    Saved {
        /// What it is now.
        digest: Digest,
        /// What it holds. By the time this is read, more may have been done.
        set: Box<AnnotationSet>,
    },
    /// It could not be written, and will be tried again.
    Failed {
        /// What, where, what to do.
        message: String,
    },
    /// Someone else changed the file; nothing is written until [`SetKeeper::expect`] is called.
    ChangedOnDisk {
        /// What it is now; `None` if it is gone.
        found: Option<Digest>,
    },
}

/// Called when there is news, from another thread: to repaint.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What a [`SetKeeper`] needs to know.
#[derive(Clone)]
pub struct KeeperSetup {
    /// The project's folder.
    pub root: PathBuf,
    /// Whose annotations.
    pub annotator: String,
    /// On which article.
    pub article: String,
    /// The annotation file, relative to the root.
    pub file: String,
    /// What the file was when it was read; `None`: there was none.
    pub digest: Option<Digest>,
    /// Where own writes are noted, see [`super::Project::own_writes`].
    pub own_writes: OwnWrites,
    /// Called when there is news.
    pub wake: Wake,
}

/// Keeps one open set of annotations: acts go into the journal at once, snapshots into the file a little later.
///
/// Dropping it saves what is unsaved and waits for that.
pub struct SetKeeper {
    journal: Arc<Journal>,
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
    state: Arc<Mutex<SaveState>>,
    events: Receiver<SaveEvent>,
}

struct Snapshot {
    set: AnnotationSet,
    text: Option<CanonicalText>,
    /// The number of the last act in it.
    upto: u64,
}

enum Order {
    Soon(Box<Snapshot>),
    Now(Sender<Result<(), String>>),
    Expect(Option<Digest>),
}

impl SetKeeper {
    /// Opens the journal, recovers what it holds and the file does not, and begins to keep. `workspace` is what was read.
    ///
    /// Where something was recovered, the caller goes on with the recovered workspace and history, tells the user
    /// ([`Recovery::message`]), and calls [`Self::save_soon`].
    ///
    /// # Errors
    /// The journal cannot be opened or written: then nothing that is done would be safe, and the set should be opened read-only.
    pub fn open(setup: KeeperSetup, workspace: Workspace) -> Result<(Self, Recovery), StoreError> {
        let path = journal_path(&setup.root, &setup.annotator, &setup.article);
        let failed = |error| StoreError::io("could not open the journal", &path)(error);
        let of = (setup.root.as_path(), setup.annotator.as_str(), setup.article.as_str());
        let (mut journal, found) = Journal::open(of.0, of.1, of.2).map_err(failed)?;
        let mut recovery = recover(workspace, setup.digest, &found.records);
        recovery.damaged = found.damaged;
        let knows_file =
            |record: &Record| matches!(record, Record::Saved { digest, .. } if Some(*digest) == setup.digest);
        if let Some(records) = recovery.restart.take() {
            drop(journal);
            journal = Journal::restart(of.0, of.1, of.2, &records).map_err(failed)?;
        } else if let Some(digest) = setup.digest
            && !found.records.iter().any(knows_file)
        {
            journal.mark_saved(digest, journal.last());
            journal.mark_written(digest);
        } else if std::fs::metadata(&path).is_ok_and(|there| there.len() > LARGE)
            && let Some(records) = shortened(setup.digest, &found.records)
        {
            drop(journal);
            journal = Journal::replace(of.0, of.1, of.2, &records).map_err(failed)?;
        }
        let journal = Arc::new(journal);
        let state = Arc::new(Mutex::new(match recovery.recovered {
            0 => SaveState::Saved,
            _ => SaveState::Unsaved,
        }));
        let (orders, inbox) = unbounded();
        let (outbox, events) = unbounded();
        let saver = Saver {
            path: setup.root.join(&setup.file),
            expected: setup.digest,
            journal: journal.clone(),
            own: setup.own_writes,
            state: state.clone(),
            outbox,
            wake: setup.wake,
            pending: None,
            first_change: None,
            due: None,
            wait: FIRST_WAIT,
            halted: false,
        };
        let thread = std::thread::Builder::new()
            .name("postil-saver".to_owned())
            .spawn(move || saver.run(&inbox))
            .map_err(StoreError::io("could not begin saving in the background", &setup.root))?;
        let keeper = Self { journal, orders: Some(orders), thread: Some(thread), state, events };
        Ok((keeper, recovery))
    }

    /// Writes an act into the journal; returns at once.
    pub fn record(&self, act: Act) {
        self.journal.append(act);
        set_state(&self.state, |state| {
            if matches!(state, SaveState::Saved) {
                *state = SaveState::Unsaved;
            }
        });
    }

    /// Saves this snapshot once no other has come for a while. It must hold every act recorded so far. `text` is the article's.
    pub fn save_soon(&self, snapshot: AnnotationSet, text: Option<CanonicalText>) {
        self.order(Order::Soon(Box::new(Snapshot { set: snapshot, text, upto: self.journal.last() })));
    }

    /// Saves the last snapshot given, if it is not saved yet, and waits for that.
    ///
    /// # Errors
    /// What, where, what to do; the journal keeps everything.
    pub fn save_now(&self) -> Result<(), String> {
        let (reply, answer) = bounded(1);
        self.order(Order::Now(reply));
        answer.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| {
            Err("The disk does not answer. What was done is in the journal; try again.".to_owned())
        })
    }

    /// Waits until every act recorded is on the disk, in the journal.
    ///
    /// # Errors
    /// What the disk said when it refused.
    pub fn flush(&self) -> Result<(), String> {
        self.journal.flush()
    }

    /// Says that the file on disk is known now and may be written over: after its changes were merged in, or the user chose.
    /// `None`: that it is gone is known.
    pub fn expect(&self, digest: Option<Digest>) {
        self.order(Order::Expect(digest));
    }

    /// Says that register and codebook were saved, with every act recorded so far in them. If it is never said, a kill can bring
    /// back entries that someone else has since taken out.
    pub fn shared_saved(&self) {
        self.journal.mark_shared(self.journal.last());
    }

    /// How the set stands with its file.
    pub fn state(&self) -> SaveState {
        if let Some(trouble) = self.journal.trouble() {
            return SaveState::Failed(format!("could not write the journal: {trouble}"));
        }
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What became of saving, in order.
    pub fn events(&self) -> &Receiver<SaveEvent> {
        &self.events
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only after the sender is gone.
            let _delivered = orders.send(order);
        }
    }
}

impl Drop for SetKeeper {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told so already, and the journal has everything.
            let _ended = thread.join();
        }
    }
}

fn set_state(state: &Mutex<SaveState>, change: impl FnOnce(&mut SaveState)) {
    change(&mut state.lock().unwrap_or_else(PoisonError::into_inner));
}

struct Saver {
    path: PathBuf,
    expected: Option<Digest>,
    journal: Arc<Journal>,
    own: OwnWrites,
    state: Arc<Mutex<SaveState>>,
    outbox: Sender<SaveEvent>,
    wake: Wake,
    pending: Option<Box<Snapshot>>,
    /// When the first change came that is not saved.
    first_change: Option<Instant>,
    /// When to save.
    due: Option<Instant>,
    /// How long to wait after the next failure.
    wait: Duration,
    /// Whether someone must first decide about the file on disk.
    halted: bool,
}

impl Saver {
    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            let wait = match self.due.filter(|_| !self.halted && self.pending.is_some()) {
                Some(due) => due.saturating_duration_since(Instant::now()),
                None => Duration::from_secs(3600),
            };
            match inbox.recv_timeout(wait) {
                Ok(Order::Soon(snapshot)) => {
                    let now = Instant::now();
                    let latest = *self.first_change.get_or_insert(now) + PATIENCE;
                    self.pending = Some(snapshot);
                    // An act recorded in the very moment in which the last saving ended.
                    set_state(&self.state, |state| {
                        if *state == SaveState::Saved {
                            *state = SaveState::Unsaved;
                        }
                    });
                    self.due = Some((now + QUIET).min(latest));
                }
                Ok(Order::Now(reply)) => {
                    // Nobody waits any more: then nobody needs the answer.
                    let _answered = reply.send(self.save());
                }
                Ok(Order::Expect(digest)) => {
                    self.expected = digest;
                    self.halted = false;
                    self.due = Some(Instant::now() + QUIET);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.due.is_some_and(|due| due <= Instant::now()) && !self.halted {
                        let _told_by_event = self.save();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    if !self.halted {
                        let _in_the_journal = self.save();
                    }
                    return;
                }
            }
        }
    }

    /// Saves what is pending, if anything is.
    fn save(&mut self) -> Result<(), String> {
        let Some(snapshot) = self.pending.take() else {
            return match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
                SaveState::Failed(message) => Err(message.clone()),
                _ => Ok(()),
            };
        };
        self.say(SaveState::Saving, None);
        let bytes = annotation_text(&snapshot.set, snapshot.text.as_ref()).into_bytes();
        self.journal.mark_saved(Digest::of(&bytes), snapshot.upto);
        // A journal that cannot be written is told by its own state; the file may lie on a disk that can.
        let _told_by_state = self.journal.flush();
        match write_if_expected(&self.path, &bytes, self.expected, &self.own) {
            Ok(digest) => {
                self.journal.mark_written(digest);
                self.expected = Some(digest);
                (self.first_change, self.due, self.wait) = (None, None, FIRST_WAIT);
                let all = self.journal.last() <= snapshot.upto;
                let state = if all { SaveState::Saved } else { SaveState::Unsaved };
                self.say(state, Some(SaveEvent::Saved { digest, set: Box::new(snapshot.set) }));
                Ok(())
            }
            Err(error) => {
                let message = error.to_string();
                self.pending = Some(snapshot);
                let event = match error {
                    SaveError::ChangedOnDisk { found, .. } => {
                        self.halted = true;
                        SaveEvent::ChangedOnDisk { found }
                    }
                    SaveError::Io { .. } => {
                        self.due = Some(Instant::now() + self.wait);
                        self.wait = (self.wait * 2).min(LONGEST_WAIT);
                        SaveEvent::Failed { message: message.clone() }
                    }
                };
                self.say(SaveState::Failed(message.clone()), Some(event));
                Err(message)
            }
        }
    }

    /// The state comes before the event, so that who hears of the one sees the other.
    fn say(&self, now: SaveState, event: Option<SaveEvent>) {
        set_state(&self.state, |state| *state = now);
        if let Some(event) = event {
            // The keeper may be going away; then nobody listens.
            let _heard = self.outbox.send(event);
        }
        (self.wake)();
    }
}

/// The annotator and article of every set whose journal holds work that its file does not: what was open when the program was
/// killed. For telling at the next start; opening the set recovers it.
pub fn unsaved_work(project: &Project) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in journal_files(&project.private_folder().join("journal"), 0) {
        let Ok(journal) = read_journal(&path) else {
            continue;
        };
        let Some(Record::Begin { article, annotator, .. }) = journal.records.first() else {
            continue;
        };
        let file = project.existing_annotation_path(annotator, article);
        let digest = file.and_then(|file| Digest::of_file(&project.root.join(file)).ok().flatten());
        if has_work(digest, &journal.records) {
            found.push((annotator.clone(), article.clone()));
        }
    }
    found.sort();
    found
}

fn journal_files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && depth < 32 {
            found.extend(journal_files(&path, depth + 1));
        } else if path.extension().is_some_and(|ending| ending == "log") {
            found.push(path);
        }
    }
    found
}

#[cfg(test)]
mod tests;
