//! The panels around the article: each reads through [`Panel`](super::panel::Panel), keeps only its own small state, and asks.

mod available;
mod finding_words;
pub(in crate::window) mod list;
pub(in crate::window) mod list_keys;
mod relation_fields;
mod signs;
mod steps;

pub mod articles;
pub mod below;
pub mod guidelines;
pub mod history;
pub mod key_sheet;
pub mod palette;
pub mod problems;
pub mod relations;
pub mod status_bar;
pub mod top_bar;

#[cfg(test)]
mod trial;

pub use articles::ArticlesPanel;
pub use available::is_available;
pub use below::{BelowPanel, BelowTab};
pub use finding_words::{fix_title, message as finding_message};
pub use guidelines::GuidelinesPanel;
pub use history::HistoryPanel;
pub use key_sheet::KeySheet;
pub use palette::Palette;
pub use problems::ProblemsPanel;
pub use relations::RelationsPanel;
pub(in crate::window) use signs::swatch;
pub use signs::{severity_colour, severity_sign, severity_word, status_colour, status_sign, status_word};
pub use status_bar::StatusBar;
pub use steps::step_words;
pub use top_bar::TopBar;
