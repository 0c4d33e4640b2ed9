//! Work on a thread of its own, so that the window goes on: how far it is, a way to stop it, and what came of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use thiserror::Error;

use crate::store::Wake;

/// The thread ended without a result: it could not be started, or it died. The crash handler has written down why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the work ended without a result; the log says why")]
pub struct Lost;

/// Hears how many steps are done, of how many; says whether to go on.
type Tell = Box<dyn Fn(usize, usize) -> bool + Send + Sync>;

/// How far the work is; whoever does it counts here, the window reads.
#[derive(Default)]
pub struct Steps {
    done: AtomicUsize,
    all: AtomicUsize,
    stop: AtomicBool,
    tell: Option<Tell>,
}

impl Steps {
    /// For work whose steps nobody wants to know.
    pub fn untold() -> Self {
        Self::default()
    }

    /// For work that somebody waits for: `tell` hears after each step how many are done, of how many, and says whether to go on.
    pub fn told(tell: impl Fn(usize, usize) -> bool + Send + Sync + 'static) -> Self {
        Self { tell: Some(Box::new(tell)), ..Self::default() }
    }

    /// There are so many steps.
    pub fn expect(&self, all: usize) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// One more step is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.tell.as_ref().is_some_and(|tell| !tell(done, self.all.load(Ordering::Relaxed))) {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Whether to go on; `false` once nobody waits any more.
    pub fn go_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

/// Work under way. Dropping it stops the work at its next step.
pub struct Job<T> {
    steps: Arc<Steps>,
    result: Receiver<T>,
}

impl<T: Send + 'static> Job<T> {
    /// Starts the work on a thread of this name; `wake` is called as it goes on and once it is done.
    pub fn start(name: &str, wake: Wake, work: impl FnOnce(&Steps) -> T + Send + 'static) -> Self {
        let (send, result) = bounded(1);
        let news = wake.clone();
        // About a hundred times in all: whoever shows it need not see every step.
        let steps = Arc::new(Steps::told(move |done, all| {
            if done.is_multiple_of((all / 100).max(1)) {
                news();
            }
            true
        }));
        let counted = steps.clone();
        let run = move || {
            let done = work(&counted);
            // Nobody waits for it any more if this fails.
            let _ = send.send(done);
            wake();
        };
        if let Err(why) = std::thread::Builder::new().name(name.to_owned()).spawn(run) {
            tracing::error!("no thread for {name}: {why}");
        }
        Self { steps, result }
    }
}

impl<T> Job<T> {
    /// How many steps are done, of how many; of 0 while that is not known.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps.done.load(Ordering::Relaxed), self.steps.all.load(Ordering::Relaxed))
    }

    /// Asks the work to stop at its next step. What came of it until then can still be taken.
    pub fn stop(&self) {
        self.steps.stop.store(true, Ordering::Relaxed);
    }

    /// What came of it, once it is there. Never waits.
    pub fn take(&self) -> Option<Result<T, Lost>> {
        match self.result.try_recv() {
            Ok(done) => Some(Ok(done)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Lost)),
        }
    }

    /// What came of it; waits so long at most.
    ///
    /// # Errors
    /// It is not there by then.
    pub fn wait(&self, at_most: Duration) -> Result<T, Lost> {
        self.result.recv_timeout(at_most).map_err(|_late_or_lost| Lost)
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn it_counts_and_gives_its_result_once() {
        let job = Job::start("test", Arc::new(|| {}), |steps| {
            steps.expect(3);
            (0..3).for_each(|_| steps.step());
            "done"
        });
        assert_eq!(job.wait(LONG), Ok("done"));
        assert_eq!(job.progress(), (3, 3));
        assert_eq!(job.wait(Duration::from_millis(1)), Err(Lost));
    }

    #[test]
    fn whoever_lets_go_of_it_stops_it() {
        let (tell, told) = bounded(1);
        let job: Job<()> = Job::start("test", Arc::new(|| {}), move |steps| {
            while steps.go_on() {
                std::thread::yield_now();
            }
            tell.send("stopped").unwrap();
        });
        drop(job);
        assert_eq!(told.recv_timeout(LONG), Ok("stopped"));
    }

    #[test]
    fn a_thread_that_dies_is_lost() {
        let job: Job<()> = Job::start("test", Arc::new(|| {}), |_| panic!("on purpose"));
        while job.take().is_none() {
            std::thread::yield_now();
        }
        assert_eq!(job.take(), Some(Err(Lost)));
    }
}
