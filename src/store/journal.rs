//! The journal of one set of annotations: every act, written down the moment it is done.
//!
//! One record a line, JSON behind a checksum, only ever appended. A background thread writes each record at once, so that a killed
//! program loses nothing that reached the system, and syncs at most [`SYNC`] later, so that a power cut loses little more.

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::atomic::write_atomically;
use super::digest::Digest;
use super::names::{safe_name, safe_path};
use super::project::make_private_folder;
use crate::model::Act;

/// How long a record may wait for the disk.
const SYNC: Duration = Duration::from_millis(100);

/// How long to wait before trying again what the disk refused.
const RETRY: Duration = Duration::from_millis(500);

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The first line: what the journal is of.
    Begin {
        /// The version of the journal's own format.
        format: u32,
        /// The article's path.
        article: String,
        /// Whose annotations.
        annotator: String,
    },
    /// An act.
    Act {
        /// Its number, counting from 1.
        n: u64,
        /// The act.
        act: Act,
    },
    /// The file of this digest is about to be put in place, and holds what the acts up to this number did. Written *before* the
    /// file is: of two digests the one that the disk then shows tells whether the writing came about.
    Saved {
        /// The file's digest.
        digest: Digest,
        /// The number of the last act in it.
        upto: u64,
    },
    /// The file of this digest is in place. Written after the file is: if the disk shows an unknown file later, or none, this tells
    /// what was saved for certain before someone else came.
    Written {
        /// The file's digest.
        digest: Digest,
    },
    /// The register and codebook on disk hold what the acts up to this number did to them.
    Shared {
        /// The number of the last act in them.
        upto: u64,
    },
}

/// The version of the journal's format.
const FORMAT: u32 = 1;

/// What was found in a journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The whole records in order.
    pub records: Vec<Record>,
    /// How many bytes at the end were not a whole record: what was being written when the program was killed.
    pub torn: usize,
    /// Whether there was something else than a torn end behind the last whole record; it is kept beside the journal then.
    pub damaged: bool,
}

/// Where the journal of a set lies.
pub fn journal_path(root: &Path, annotator: &str, article: &str) -> PathBuf {
    root.join(super::project::PRIVATE)
        .join("journal")
        .join(safe_name(annotator))
        .join(format!("{}.log", safe_path(article)))
}

/// Reads a journal; none is an empty one.
///
/// # Errors
/// It is there but may not be read.
pub fn read_journal(path: &Path) -> io::Result<Records> {
    match fs::read(path) {
        Ok(bytes) => Ok(parse_journal(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Records::default()),
        Err(error) => Err(error),
    }
}

/// Takes a journal's bytes apart. Reads up to the first line that is not whole; never fails.
pub fn parse_journal(bytes: &[u8]) -> Records {
    let mut found = Records::default();
    let mut at = 0;
    while at < bytes.len() {
        let line = bytes[at..].split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        let Some(record) = parse_line(line) else { break };
        found.records.push(record);
        at += line.len();
    }
    found.torn = bytes.len() - at;
    // A kill tears one line and leaves nothing behind it.
    found.damaged = bytes[at..].iter().rev().skip(1).any(|byte| *byte == b'\n');
    found
}

fn parse_line(line: &[u8]) -> Option<Record> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let (sum, json) = line.split_at_checked(9)?;
    let whole = sum.strip_suffix(b" ")? == Digest::of(json).short().as_bytes();
    whole.then(|| serde_json::from_slice(json).ok())?
}

fn line_of(record: &Record) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(record)?;
    let mut line = Digest::of(&json).short().into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    Ok(line)
}

enum Order {
    Write(Record),
    Flush(Sender<Result<(), String>>),
}

/// A journal that is open for writing. Dropping it writes and syncs what is left.
#[derive(Debug)]
pub struct Journal {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
    /// The number of the last act. Held while an order is sent, so that numbers and lines have one order.
    last: Mutex<u64>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Journal {
    /// Opens the journal of a set and reads what is in it; a torn end is cut off.
    ///
    /// # Errors
    /// The file cannot be made, read or written, or is of a newer version.
    pub fn open(root: &Path, annotator: &str, article: &str) -> io::Result<(Self, Records)> {
        make_private_folder(root)?;
        let path = journal_path(root, annotator, article);
        let found = read_journal(&path)?;
        if let Some(Record::Begin { format, .. }) = found.records.first()
            && *format > FORMAT
        {
            return Err(io::Error::other(format!(
                "{} was made by a newer Postil. Open the project with that one, and close it there, first",
                path.display()
            )));
        }
        if found.damaged {
            fs::copy(&path, beside(&path, "damaged"))?;
        }
        let begin =
            Record::Begin { format: FORMAT, article: article.to_owned(), annotator: annotator.to_owned() };
        if found.records.is_empty() || found.damaged {
            rewrite(&path, std::iter::once(&begin).chain(found.records.iter().skip(1)))?;
        }
        Self::append_to(&path, &found.records).map(|journal| (journal, found))
    }

    /// Begins a journal anew with these acts behind a saved file, because the old one no longer says how the file came about. The
    /// old one is kept beside it.
    ///
    /// # Errors
    /// The system refuses; the old journal is then still there.
    pub(super) fn restart(
        root: &Path,
        annotator: &str,
        article: &str,
        records: &[Record],
    ) -> io::Result<Self> {
        make_private_folder(root)?;
        let path = journal_path(root, annotator, article);
        if path.exists() {
            fs::copy(&path, beside(&path, "old"))?;
        }
        Self::replace(root, annotator, article, records)
    }

    /// Puts a shorter journal in place of one that says the same.
    pub(super) fn replace(
        root: &Path,
        annotator: &str,
        article: &str,
        records: &[Record],
    ) -> io::Result<Self> {
        let path = journal_path(root, annotator, article);
        let begin =
            Record::Begin { format: FORMAT, article: article.to_owned(), annotator: annotator.to_owned() };
        rewrite(&path, std::iter::once(&begin).chain(records))?;
        Self::append_to(&path, records)
    }

    fn append_to(path: &Path, records: &[Record]) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let bytes = fs::read(path)?;
        let whole = bytes.len() - parse_journal(&bytes).torn;
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        if bytes[..whole].last().is_some_and(|byte| *byte != b'\n') {
            // Killed between a record and its line's end.
            file.write_all(b"\n")?;
        }
        let length = file.stream_position()?;
        let last = records.iter().filter_map(Record::act_number).max().unwrap_or(0);
        let (orders, inbox) = unbounded();
        let trouble = Arc::new(Mutex::new(None));
        let writer =
            JournalWriter { file, length, waiting: Vec::new(), unsynced: None, trouble: trouble.clone() };
        let thread = std::thread::Builder::new()
            .name("postil-journal".to_owned())
            .spawn(move || writer.run(&inbox))?;
        Ok(Self { orders: Some(orders), thread: Some(thread), last: Mutex::new(last), trouble })
    }

    /// Writes an act down and gives its number. Returns at once; the writing is done in the background.
    pub fn append(&self, act: Act) -> u64 {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last += 1;
        self.order(Order::Write(Record::Act { n: *last, act }));
        *last
    }

    /// Writes down that a file of this digest, with all acts up to number `upto` in it, is about to be put in place. To be called
    /// before the file is written, with a [`Self::flush`] between.
    pub fn mark_saved(&self, digest: Digest, upto: u64) {
        self.order(Order::Write(Record::Saved { digest, upto }));
    }

    /// Writes down that the file of this digest is in place.
    pub fn mark_written(&self, digest: Digest) {
        self.order(Order::Write(Record::Written { digest }));
    }

    /// Writes down that the register and codebook were saved, with all acts up to number `upto` in them.
    pub fn mark_shared(&self, upto: u64) {
        self.order(Order::Write(Record::Shared { upto }));
    }

    /// The number of the last act.
    pub fn last(&self) -> u64 {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until everything is on the disk.
    ///
    /// # Errors
    /// What the system said when it refused. Nothing is forgotten: the journal goes on trying.
    pub fn flush(&self) -> Result<(), String> {
        let (reply, answer) = bounded(1);
        self.order(Order::Flush(reply));
        answer
            .recv_timeout(Duration::from_secs(10))
            .unwrap_or_else(|_| Err("the disk does not answer".to_owned()))
    }

    /// What the disk refused last, if it still does.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only after the sender is gone.
            let _delivered = orders.send(order);
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told so already.
            let _ended = thread.join();
        }
    }
}

impl Record {
    pub(super) fn act_number(&self) -> Option<u64> {
        match self {
            Self::Act { n, .. } => Some(*n),
            Self::Saved { upto, .. } | Self::Shared { upto } => Some(*upto),
            Self::Begin { .. } | Self::Written { .. } => None,
        }
    }
}

struct JournalWriter {
    file: File,
    /// How long the file is up to its last whole record.
    length: u64,
    /// What the disk refused so far.
    waiting: Vec<u8>,
    /// Since when something is unsynced.
    unsynced: Option<Instant>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl JournalWriter {
    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            let wait = match (self.waiting.is_empty(), self.unsynced) {
                (false, _) => RETRY,
                (true, Some(since)) => SYNC.saturating_sub(since.elapsed()),
                (true, None) => Duration::from_secs(3600),
            };
            match inbox.recv_timeout(wait) {
                Ok(Order::Write(record)) => {
                    match line_of(&record) {
                        Ok(line) => self.waiting.extend(line),
                        Err(error) => self.say(Some(error.to_string())),
                    }
                    self.write();
                }
                Ok(Order::Flush(reply)) => {
                    self.write();
                    // Nobody waits any more: then nobody needs the answer.
                    let _answered = reply.send(self.sync());
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.write();
                    let _said_already = self.sync();
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.write();
                    let _said_already = self.sync();
                    return;
                }
            }
        }
    }

    fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        match self.file.write_all(&self.waiting) {
            Ok(()) => {
                self.length += self.waiting.len() as u64;
                self.waiting.clear();
                self.unsynced.get_or_insert_with(Instant::now);
                self.say(None);
            }
            Err(error) => {
                // Half a record must not stand before the next attempt.
                let _tried_again = self
                    .file
                    .set_len(self.length)
                    .and_then(|()| self.file.seek(SeekFrom::Start(self.length)));
                self.say(Some(format!("{error}. {}", super::error::cure(&error))));
            }
        }
    }

    fn sync(&mut self) -> Result<(), String> {
        if self.unsynced.is_some() {
            match self.file.sync_data() {
                Ok(()) => self.unsynced = None,
                Err(error) => {
                    // The next attempt comes in a while, not at once.
                    self.unsynced = Some(Instant::now());
                    self.say(Some(error.to_string()));
                }
            }
        }
        match &*self.trouble.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(trouble) => Err(trouble.clone()),
            None => Ok(()),
        }
    }

    fn say(&self, trouble: Option<String>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

fn rewrite<'a>(path: &Path, records: impl Iterator<Item = &'a Record>) -> io::Result<()> {
    let mut bytes = Vec::new();
    for record in records {
        bytes.extend(line_of(record)?);
    }
    write_atomically(path, &bytes)
}

/// A name beside a journal that nothing has yet.
fn beside(path: &Path, why: &str) -> PathBuf {
    let mut n = 1u32;
    loop {
        let candidate = path.with_extension(format!("{why}-{n}"));
        if !candidate.exists() {
            return candidate;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests;
