//! Agreement figures of a project, computed on a thread of its own: κ, α and their like take longer than a frame may.

use std::sync::Arc;

use super::job::Job;
use super::overview::Overview;
use crate::model::Schema;
use crate::review::agreement::{Agreement, AnnotatedArticle, Corpus, Metric, Options, measure};
use crate::store::Wake;

/// Begins to measure everyone an overview has, gold too, with these metrics. `None` as a result: it was stopped. `wake` is called when
/// there is news.
pub fn measuring(
    overview: Arc<Overview>,
    schema: Arc<Schema>,
    metrics: Vec<Metric>,
    wake: Wake,
) -> Job<Option<Agreement>> {
    Job::start("agreement", wake, move |steps| {
        // Fewer draws than for a report: here values are looked at, and somebody waits.
        let options = Options { metrics, replicates: 200, ..Options::default() };
        let (expect, step) = (|all: usize| steps.expect(all), || steps.step());
        measure(&corpus(&overview, &schema), &options, &expect, &step, &|| steps.go_on())
    })
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
