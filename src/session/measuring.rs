//! Agreement figures of a project, computed on a thread of its own: κ, α and their like take longer than a frame may.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::overview::Overview;
use crate::model::Schema;
use crate::review::agreement::{Agreement, AnnotatedArticle, Corpus, Metric, Options, measure};
use crate::store::Wake;

/// Figures being computed. Dropping it stops the work.
pub struct MeasureJob {
    done: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    result: crossbeam_channel::Receiver<Agreement>,
}

impl MeasureJob {
    /// Begins to measure everyone an overview has, gold too, with these metrics. `wake` is called when there is news.
    pub fn start(overview: Arc<Overview>, schema: Arc<Schema>, metrics: Vec<Metric>, wake: Wake) -> Self {
        let (send, result) = crossbeam_channel::bounded(1);
        let job = Self { done: Arc::default(), all: Arc::default(), stop: Arc::default(), result };
        let (done, all, stop) = (job.done.clone(), job.all.clone(), job.stop.clone());
        let work = move || {
            let corpus = corpus(&overview, &schema);
            // The intervals are for reports; here values are looked at.
            let options = Options { metrics, replicates: 200, ..Options::default() };
            let steps = |n: usize| all.store(n, Ordering::Relaxed);
            let step = || {
                done.fetch_add(1, Ordering::Relaxed);
            };
            let go_on = || !stop.load(Ordering::Relaxed);
            if let Some(agreement) = measure(&corpus, &options, &steps, &step, &go_on) {
                // Nobody waits for it any more if this fails.
                let _ = send.send(agreement);
            }
            wake();
        };
        if let Err(why) = std::thread::Builder::new().name("agreement".into()).spawn(work) {
            tracing::error!("no thread for the agreement: {why}");
        }
        job
    }

    /// How many steps are done, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// The figures once they are there.
    pub fn take(&self) -> Option<Agreement> {
        self.result.try_recv().ok()
    }
}

impl Drop for MeasureJob {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn corpus<'a>(overview: &'a Overview, schema: &'a Schema) -> Corpus<'a> {
    let articles = overview.articles.iter().filter_map(|article| {
        Some(AnnotatedArticle {
            path: &article.path,
            text: article.text.as_ref()?,
            date: article.date.as_deref(),
            sets: article.sets.iter().map(|set| set.as_deref()).collect(),
        })
    });
    Corpus { annotators: overview.people.clone(), articles: articles.collect(), schema }
}
