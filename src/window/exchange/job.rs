//! Work on a thread of its own, looked at and stopped from the window.

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};
use egui::Context;

use crate::session::exchange::{Course, Progress};

/// Work that goes on. Dropping it stops it.
pub(super) struct Job<T> {
    course: Arc<Course>,
    result: Receiver<T>,
}

impl<T: Send + 'static> Job<T> {
    /// Begins. The window is woken when there is a result.
    pub fn start(ctx: &Context, work: impl FnOnce(&Course) -> T + Send + 'static) -> Self {
        let (send, result) = bounded(1);
        let course = Arc::new(Course::default());
        let (theirs, ctx) = (course.clone(), ctx.clone());
        let run = move || {
            // Nobody waits for it any more if this fails.
            let _given_up = send.send(work(&theirs));
            ctx.request_repaint();
        };
        if let Err(why) = std::thread::Builder::new().name("exchange".into()).spawn(run) {
            tracing::error!("no thread for an import or export: {why}");
        }
        Self { course, result }
    }

    /// The result once it is there.
    pub fn take(&self) -> Option<T> {
        self.result.try_recv().ok()
    }
}

impl<T> Job<T> {
    /// Which part is done, from 0 to 1.
    pub fn part(&self) -> f32 {
        self.course.part()
    }

    /// Whether it can still be stopped.
    pub fn may_stop(&self) -> bool {
        self.course.may_stop()
    }

    /// Whether it was asked to stop.
    pub fn is_stopping(&self) -> bool {
        self.course.is_stopped()
    }

    /// Asks it to stop. The result still comes.
    pub fn stop(&self) {
        self.course.stop();
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.course.stop();
    }
}
