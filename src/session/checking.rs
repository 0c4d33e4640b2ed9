//! Validation beside the work: a large set is checked on another thread, so that no key press waits for it.

use std::sync::Arc;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::findings::Findings;
use crate::model::{AnnotationSet, Article, Codebook, ProjectSettings, Register, Schema};
use crate::store::Wake;
use crate::validate;

/// Sets of up to so many spans are checked at once, within the frame of the edit, so that what is found is seen in the very frame in
/// which it was caused. A check of 1,000 spans with several findings each was measured at 4 ms (`benches/annotations.rs`).
pub(super) const AT_ONCE: usize = 300;

/// And only of texts of up to so many code points: some rules read the whole text, which takes long for ten megabytes even where next to
/// nothing is tagged.
pub(super) const AT_ONCE_TEXT: u32 = 40_000;

/// How long a check waits before it begins, so that the frame in which an article opens or an edit shows has the processor to itself.
const AFTER: std::time::Duration = std::time::Duration::from_millis(120);

/// A set and everything it is checked against, as it was at one moment. Spans, schema and article are shared, not copied.
pub(super) struct Snapshot {
    pub file: String,
    pub settings: ProjectSettings,
    pub schema: Arc<Schema>,
    pub register: Register,
    pub codebook: Codebook,
    pub article: Arc<Article>,
    pub set: AnnotationSet,
}

impl Snapshot {
    fn findings(&self) -> Findings {
        validate::check_set(&validate::SetInput {
            file: &self.file,
            settings: &self.settings,
            schema: &self.schema,
            register: &self.register,
            codebook: &self.codebook,
            article: Some(&self.article),
            set: &self.set,
            places: None,
        })
        .into()
    }
}

/// A check that is under way on another thread. Dropped, its result is not waited for.
pub(super) struct Checking(Receiver<Findings>);

/// How a check stands.
pub(super) enum Outcome {
    /// Not finished.
    UnderWay,
    /// What was found.
    Found(Findings),
    /// The thread could not be started or died; the crash handler has written down why.
    Lost,
}

impl Checking {
    /// Starts a check; `wake` is called when it is finished.
    pub fn start(snapshot: Snapshot, wake: Wake) -> Self {
        let (sender, receiver) = bounded(1);
        let run = move || {
            std::thread::sleep(AFTER);
            // Nobody listens any more when the article was closed meanwhile.
            let _ = sender.send(snapshot.findings());
            wake();
        };
        if let Err(why) = std::thread::Builder::new().name("validation".to_owned()).spawn(run) {
            tracing::error!("validation could not be started: {why}");
        }
        Self(receiver)
    }

    /// How it stands; never waits.
    pub fn outcome(&self) -> Outcome {
        match self.0.try_recv() {
            Ok(findings) => Outcome::Found(findings),
            Err(TryRecvError::Empty) => Outcome::UnderWay,
            Err(TryRecvError::Disconnected) => Outcome::Lost,
        }
    }
}
