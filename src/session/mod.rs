//! A sitting at a project, without pixels: what is open, every act on it, saving, recovering, checking. The window shows it.

pub mod desk;

pub use desk::{Desk, Edge, Nudge};
