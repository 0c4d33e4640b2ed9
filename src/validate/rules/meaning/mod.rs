//! P5: what positions and claims mean. These rules know the fields of the default schema by name and keep still where a schema has
//! no such fields.

pub mod contradiction;
pub mod holder;
pub mod kind;
pub mod stance;
