//! The list of articles, read beside the work: titles, states and counts come in from another thread, a batch at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, unbounded};

use super::session::ArticleRow;
use crate::model::{Severity, Status};
use crate::store::{self, Project, Wake};
use crate::validate;

/// How often the window is woken while rows come in, so that a long list fills without a frame a row.
const WAKE_EVERY: Duration = Duration::from_millis(60);

/// Articles that are being read on another thread. Dropped, the thread ends after the article at hand.
pub(super) struct RowReading {
    rows: Receiver<ArticleRow>,
    given_up: Arc<AtomicBool>,
}

impl RowReading {
    /// Starts to read these articles with this annotator's sets; `wake` is called as rows come in and at the end.
    pub fn start(project: Project, annotator: String, articles: Vec<String>, wake: Wake) -> Self {
        let (sender, rows) = unbounded();
        let given_up = Arc::new(AtomicBool::new(false));
        let stop = given_up.clone();
        let run = move || {
            let mut woken = Instant::now();
            for path in articles {
                if stop.load(Ordering::Relaxed) || sender.send(read_row(&project, &annotator, path)).is_err()
                {
                    break;
                }
                if woken.elapsed() >= WAKE_EVERY {
                    woken = Instant::now();
                    wake();
                }
            }
            drop(sender);
            wake();
        };
        if let Err(why) = std::thread::Builder::new().name("article list".to_owned()).spawn(run) {
            tracing::error!("the list of articles could not be read: {why}");
        }
        Self { rows, given_up }
    }

    /// The rows that have come in; never waits. The second value says whether there will be more.
    pub fn take(&self) -> (Vec<ArticleRow>, bool) {
        let mut taken = Vec::new();
        loop {
            match self.rows.try_recv() {
                Ok(row) => taken.push(row),
                Err(TryRecvError::Empty) => return (taken, true),
                Err(TryRecvError::Disconnected) => return (taken, false),
            }
        }
    }
}

impl Drop for RowReading {
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
    }
}

fn read_row(project: &Project, annotator: &str, path: String) -> ArticleRow {
    let mut row =
        ArticleRow { title: crate::model::file_stem(&path).to_owned(), path, ..ArticleRow::default() };
    let article = match project.read_article(&row.path) {
        Ok(article) => article,
        Err(fault) => {
            row.fault = Some(fault.detail);
            return row;
        }
    };
    row.title = article.title().to_owned();
    row.date.clone_from(&article.meta.date);
    match store::read_set(project, annotator, &row.path, Some(&article)) {
        Ok(Some(loaded)) => {
            row.status = loaded.set.status;
            row.spans = loaded.set.len();
            let findings = validate::check_set(&validate::SetInput {
                file: &loaded.file,
                settings: &project.settings,
                schema: &project.schema,
                register: &project.register,
                codebook: &project.codebook,
                article: Some(&article),
                set: &loaded.set,
                places: None,
            });
            let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
            (row.errors, row.warnings) = (count(Severity::Error), count(Severity::Warning));
        }
        Ok(None) => row.status = Status::Untouched,
        Err(fault) => row.fault = Some(fault.to_string()),
    }
    row
}
