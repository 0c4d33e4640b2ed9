//! Postil: read articles closely and tag what is in them.
pub mod command_line;
pub mod formats;
pub mod model;
pub mod session;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod tour;
pub mod validate;
#[cfg(feature = "gui")]
pub mod window;
