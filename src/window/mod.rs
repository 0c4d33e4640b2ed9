//! The window: everything with pixels.
//!
//! `app` runs a frame, `carry_out` does what was asked for; panels, dialogs, prompt and article view only ask (see `panel`).

mod app;
pub mod article_view;
pub mod bench;
mod bidi;
mod card;
mod carry_out;
mod clashes;
pub mod command;
pub(in crate::window) mod comment_marks;
pub mod dashboard;
pub mod describe;
pub mod dialogs;
pub mod exchange;
mod find_bar;
pub mod fonts;
mod go_to;
mod heading;
pub mod inspector;
mod keys;
mod lay_out;
mod letters;
pub mod look;
mod notices;
pub mod offscreen;
mod one_line;
pub mod panel;
pub mod panels;
pub mod preferences;
pub mod print;
mod prompt;
pub mod review;
mod rule_pages;
mod run;
pub mod start_page;
mod state;
mod text_page;
#[cfg(test)]
mod trial;
pub mod words;

pub use app::{App, wake_of};
pub use run::run;
