//! How far long work is, and whether it shall go on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Who is told how far long work is, and who may stop it.
pub trait Progress: Sync {
    /// A stretch of work begins that has so many steps.
    fn begin(&self, steps: u64);

    /// So many steps more are done.
    fn step(&self, by: u64);

    /// What is done from here on cannot be stopped: half of it would be worse than all or nothing.
    fn settle(&self) {}

    /// The stretch of work has ended.
    fn end(&self) {}

    /// Whether to stop at the next good moment.
    fn is_stopped(&self) -> bool;
}

/// Nobody is told and nobody stops it.
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _steps: u64) {}
    fn step(&self, _by: u64) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// The course of work on another thread: looked at and stopped from this one.
#[derive(Debug, Default)]
pub struct Course {
    done: AtomicU64,
    all: AtomicU64,
    stop: AtomicBool,
    settled: AtomicBool,
}

impl Course {
    /// Which part of the stretch at hand is done, from 0 to 1.
    pub fn part(&self) -> f32 {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        if all == 0 { 0.0 } else { (done as f32 / all as f32).min(1.0) }
    }

    /// Whether it can still be stopped.
    pub fn may_stop(&self) -> bool {
        !self.settled.load(Ordering::Relaxed)
    }

    /// Asks to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Progress for Course {
    fn begin(&self, steps: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(steps, Ordering::Relaxed);
    }

    fn step(&self, by: u64) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }

    fn settle(&self) {
        self.settled.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
