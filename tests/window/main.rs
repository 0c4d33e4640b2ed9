//! The whole window through its public door, used as a person uses it: keys, mouse, screen reader, pictures.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and write their own fixtures"
)]
#![cfg(feature = "gui")]
#![allow(clippy::type_complexity, reason = "tests say their shapes in place")]

mod access;
mod caret;
mod commands;
mod comments;
mod desk;
mod disk;
mod exchange;
mod exchange_gallery;
mod gallery;
mod layout;
mod mouse;
mod overview;
mod own_comments;
mod pictures;
mod problems;
mod readme_pictures;
mod review;
mod review_keys;
mod review_pictures;
mod review_text;
mod review_waiting;
mod spans;
mod tagging;
