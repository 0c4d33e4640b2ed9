//! The window.

pub mod article_view;
pub mod command;
pub mod describe;
pub mod dialogs;
pub mod inspector;
pub mod look;
pub mod panel;
pub mod panels;
pub mod preferences;
pub mod start_page;
pub mod words;
