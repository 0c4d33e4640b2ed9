//! P3: what is filled in, against what the schema says may be.

pub mod bounds;
pub mod choice;
pub mod count;
pub mod names;
pub mod required;
pub mod shape;
pub mod text;
