//! What others change in a project while it is open: files compared by their contents, own writes left out.

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::autosave::Wake;
use super::digest::{Digest, OwnWrites};
use super::project::Project;

/// How long a file must be left alone before it counts as changed: editors write in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// A file in a new folder that is younger than this came with it.
const FRESH: Duration = Duration::from_secs(10);
/// How long changes may go on until they are told all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(2);

/// A file is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChanged {
    /// Its path relative to the project's root, with `/`.
    pub relative: String,
    /// What it is now; `None` if it is gone or cannot be read.
    pub digest: Option<Digest>,
}

/// Watches a project until it is dropped.
pub struct ProjectWatcher {
    // Dropped first, which closes the channel and so ends the thread.
    watcher: Box<dyn Watcher + Send>,
    changes: Receiver<FileChanged>,
    root: PathBuf,
    polling: bool,
}

impl ProjectWatcher {
    /// Begins to watch a project's own files, its articles and its annotations. Where the system does not tell of changes (a network
    /// disk, too many watches), files are looked at every two seconds.
    ///
    /// # Errors
    /// Neither can be done; the message says why. The program works without, but hears of others' changes only when saving.
    pub fn start(project: &Project, wake: Wake) -> Result<Self, String> {
        let start = |polling| Self::start_with(project, wake.clone(), polling);
        start(false).or_else(|_| start(true))
    }

    /// Watches as [`Self::start`] does, by looking every two seconds.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_polling(project: &Project, wake: Wake) -> Result<Self, String> {
        Self::start_with(project, wake, true)
    }

    fn start_with(project: &Project, wake: Wake, polling: bool) -> Result<Self, String> {
        let told = |error: notify::Error| format!("changes by others cannot be watched: {error}");
        // Events come with real paths.
        let root = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
        let (sender, inbox) = unbounded::<PathBuf>();
        let hear = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !event.kind.is_access() {
                for path in event.paths {
                    // The watcher is going away; then nobody listens.
                    let _heard = sender.send(path);
                }
            }
        };
        let mut watcher: Box<dyn Watcher + Send> = if polling {
            let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
            Box::new(PollWatcher::new(hear, config).map_err(told)?)
        } else {
            Box::new(RecommendedWatcher::new(hear, Config::default()).map_err(told)?)
        };
        watcher.watch(&root, RecursiveMode::NonRecursive).map_err(told)?;
        let folders = project.settings.articles.iter().chain([&project.settings.annotations]);
        for folder in folders.filter(|folder| *folder != ".") {
            let folder = root.join(folder);
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive).map_err(told)?;
            }
        }
        let (outbox, changes) = unbounded();
        let listener = Listener {
            root: root.clone(),
            given_root: project.root.clone(),
            own: project.own_writes.clone(),
            last: HashMap::new(),
            outbox,
            wake,
        };
        std::thread::Builder::new()
            .name("postil-watcher".to_owned())
            .spawn(move || listener.run(&inbox))
            .map_err(|error| format!("changes by others cannot be watched: {error}"))?;
        Ok(Self { watcher, changes, root, polling })
    }

    /// What changed, in order.
    pub fn changes(&self) -> &Receiver<FileChanged> {
        &self.changes
    }

    /// Whether files are looked at rather than the system telling.
    pub fn is_polling(&self) -> bool {
        self.polling
    }

    /// Watches a folder of the project that was not there before.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn watch_folder(&mut self, relative: &str) -> Result<(), String> {
        self.watcher
            .watch(&self.root.join(relative), RecursiveMode::Recursive)
            .map_err(|error| format!("changes by others in {relative} cannot be watched: {error}"))
    }
}

struct Listener {
    /// The real path.
    root: PathBuf,
    /// The path that own writes are noted under.
    given_root: PathBuf,
    own: OwnWrites,
    /// What was told last.
    last: HashMap<String, Option<Digest>>,
    outbox: Sender<FileChanged>,
    wake: Wake,
}

impl Listener {
    fn run(mut self, inbox: &Receiver<PathBuf>) {
        let mut touched: HashSet<String> = HashSet::new();
        let (mut first, mut last) = (Instant::now(), Instant::now());
        loop {
            let wait = if touched.is_empty() {
                Duration::from_secs(3600)
            } else {
                (last + QUIET).min(first + PATIENCE).saturating_duration_since(Instant::now())
            };
            match inbox.recv_timeout(wait) {
                Ok(path) => {
                    if let Some(relative) = self.relative(&path) {
                        last = Instant::now();
                        if touched.is_empty() {
                            first = last;
                        }
                        touched.insert(relative);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.look(touched.drain()),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// The path inside the project, unless it is hidden or unfinished.
    fn relative(&self, path: &Path) -> Option<String> {
        let steps: Vec<&str> = path
            .strip_prefix(&self.root)
            .ok()?
            .components()
            .map(|step| step.as_os_str().to_str())
            .collect::<Option<_>>()?;
        let shown = !steps.is_empty() && !steps.iter().any(|step| step.starts_with('.'));
        shown.then(|| steps.join("/"))
    }

    /// Adds the files of a folder that were written a moment ago.
    fn just_written(&self, folder: &str, depth: usize, found: &mut Vec<String>) {
        let Ok(entries) = std::fs::read_dir(self.given_root.join(folder)) else { return };
        for entry in entries.flatten() {
            let Some(relative) = self.relative(&self.root.join(folder).join(entry.file_name())) else {
                continue;
            };
            let Ok(about) = entry.metadata() else { continue };
            // Deeper than anyone sorts files.
            if about.is_dir() && depth < 8 {
                self.just_written(&relative, depth + 1, found);
            } else if about.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age < FRESH) {
                found.push(relative);
            }
        }
    }

    fn look(&mut self, touched: impl Iterator<Item = String>) {
        let mut touched: Vec<String> = touched.collect();
        // Files that came with a new folder, before the system was asked to tell of what happens in it, nobody tells of.
        let folders: Vec<String> =
            touched.iter().filter(|path| self.given_root.join(path).is_dir()).cloned().collect();
        folders.iter().for_each(|folder| self.just_written(folder, 0, &mut touched));
        touched.sort();
        touched.dedup();
        let mut told = false;
        for relative in touched {
            let path = self.given_root.join(&relative);
            if path.is_dir() {
                continue;
            }
            let digest = Digest::of_file(&path).unwrap_or_default();
            let ours = digest.is_some_and(|digest| self.own.is_ours(&path, digest));
            let news = self.last.insert(relative.clone(), digest) != Some(digest);
            if news && !ours {
                // The watcher is going away; then nobody listens.
                told |= self.outbox.send(FileChanged { relative, digest }).is_ok();
            }
        }
        if told {
            (self.wake)();
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;
    use crate::store::{SchemaChoice, write_atomically};
    use std::sync::Arc;

    fn watched(polling: bool) {
        let dir = tempfile::tempdir().unwrap();
        let schema = SchemaChoice::Template("entities".into());
        let project = Project::create(&dir.path().join("проект 1"), "x", schema, "ru").unwrap();
        let watcher = ProjectWatcher::start_with(&project, Arc::new(|| {}), polling).unwrap();
        let path = |relative: &str| project.root.join(relative);
        let patience = Duration::from_secs(20);

        // Our own writes and the private folder are not told; the last write is, and comes after them.
        let own = path("annotations/anna/a.ron");
        std::fs::create_dir_all(own.parent().unwrap()).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        project.own_writes.note(&own, Digest::of(b"own"));
        write_atomically(&own, b"own").unwrap();
        std::fs::write(path(".postil/x"), b"hidden").unwrap();
        std::fs::write(path("articles/ё.txt"), b"text").unwrap();
        let change = watcher.changes().recv_timeout(patience).unwrap();
        assert_eq!(
            change,
            FileChanged { relative: "articles/ё.txt".into(), digest: Some(Digest::of(b"text")) }
        );
        std::fs::remove_file(path("articles/ё.txt")).unwrap();
        let change = watcher.changes().recv_timeout(patience).unwrap();
        assert_eq!(change, FileChanged { relative: "articles/ё.txt".into(), digest: None });
    }

    #[test]
    fn a_file_that_comes_with_its_folder_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let schema = SchemaChoice::Template("entities".into());
        let project = Project::create(&dir.path().join("p"), "x", schema, "ru").unwrap();
        let watcher = ProjectWatcher::start(&project, Arc::new(|| {})).unwrap();
        // Written elsewhere and moved in whole, so that nothing happens in the folder once it is there.
        let made = dir.path().join("boris");
        std::fs::create_dir_all(made.join("deeper")).unwrap();
        std::fs::write(made.join("deeper/a.ron"), b"text").unwrap();
        std::fs::rename(&made, project.root.join("annotations/boris")).unwrap();
        let change = watcher.changes().recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(change.relative, "annotations/boris/deeper/a.ron");
    }

    #[test]
    fn others_changes_are_told_and_own_are_not() {
        watched(false);
    }

    #[test]
    fn polling_tells_the_same() {
        watched(true);
    }
}
