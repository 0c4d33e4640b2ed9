//! Postil: read articles closely and tag what is in them.
pub mod text;
pub mod model;
pub mod store;
pub mod validate;
pub mod formats;
pub mod session;
pub mod command_line;
#[cfg(feature = "gui")]
pub mod window;
