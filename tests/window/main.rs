//! The whole window through its public door, used as a person uses it: keys, mouse, screen reader, pictures.
#![cfg(feature = "gui")]

mod access;
mod caret;
mod commands;
mod desk;
mod disk;
mod mouse;
mod pictures;
mod problems;
mod spans;
mod tagging;
