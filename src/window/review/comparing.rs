//! Laying many spans side by side on a thread of its own: with 3 × 10,000 of them it takes longer than a frame may.

use std::sync::Arc;

use super::scene::{Person, Scene};
use crate::model::{AnnotationSet, Article, Schema};
use crate::review::compare;
use crate::session::{Job, Session};
use crate::store::Wake;
use crate::window::words::Words;

/// So many spans of all together are compared at once, within the frame, so that what came is seen in the frame in which it came. 3,000
/// spans were measured at 8 ms (`benches/review.rs`).
const AT_ONCE: usize = 3_000;

/// For what a comparison was made: the article, the state of the sets, the language.
pub(super) type For = (String, u64, &'static str);

/// Everything that a comparison is made of.
pub(super) struct Sources {
    people: Vec<Person>,
    article: Arc<Article>,
    schema: Arc<Schema>,
    words: Words,
}

impl Sources {
    /// These people's work on the article at hand.
    pub fn of(people: Vec<Person>, article: Arc<Article>, session: &Session, words: &Words) -> Self {
        Self { people, article, schema: session.schema.clone(), words: words.clone() }
    }

    /// How many spans they have in all.
    pub fn spans(&self) -> usize {
        self.people.iter().map(|person| person.set.len()).sum()
    }

    /// Whether that is little enough for a frame.
    pub fn is_quick(&self) -> bool {
        self.spans() <= AT_ONCE
    }

    /// Compares.
    pub fn scene(self) -> Scene {
        let sets: Vec<(&str, &AnnotationSet)> =
            self.people.iter().map(|person| (person.name.as_str(), &*person.set)).collect();
        let comparison = Arc::new(compare(&sets, &self.schema));
        Scene::of(self.people, comparison, &self.article.text, &self.schema, &self.words)
    }
}

/// A comparison that is under way.
pub(super) struct Comparing {
    /// What it is made for.
    pub key: For,
    /// How many spans are compared.
    pub spans: usize,
    /// Of how many people.
    pub people: usize,
    job: Job<Scene>,
}

impl Comparing {
    /// Starts it; `wake` is called when it is done.
    pub fn start(key: For, sources: Sources, wake: Wake) -> Self {
        let (spans, people) = (sources.spans(), sources.people.len());
        Self { key, spans, people, job: Job::start("comparing", wake, move |_| sources.scene()) }
    }

    /// The scene once it is there; an empty one if the thread died.
    pub fn take(&self) -> Option<Scene> {
        self.job.take().map(Result::unwrap_or_default)
    }
}
