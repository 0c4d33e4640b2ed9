//! The window.

pub mod article_view;
pub mod command;
pub mod describe;
pub mod look;
pub mod words;
