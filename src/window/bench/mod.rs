//! How quick the window is, told by the window itself: its first frame on a real display, and its frames under a hand that never rests.

mod acts;
mod first_frame;

pub use acts::{ActTimes, Bench, Times, run};
pub(super) use first_frame::FirstFrame;
