//! The window without a display: egui's output drawn by the processor alone, and a stage that plays the user before it.
//!
//! Nothing here knows what the window shows. The `tour` command and the picture tests put the window's own code on a [`Stage`],
//! press keys and buttons, and look at what comes out: pixels through [`Renderer`], meaning through the accessibility tree.
//! Everything is deterministic: the same acts give the same pictures on every machine, and time goes on only when told.

mod keyboard;
mod renderer;
mod stage;
mod texture;
mod tree;
mod triangle;

pub use renderer::Renderer;
pub use stage::{Missing, Stage};
pub use tree::NodeInfo;
