//! P6: spans against spans: what may overlap, and whether the same words are treated alike.

pub mod overlap;
pub mod tagging;
pub mod untagged;
