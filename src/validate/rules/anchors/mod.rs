//! P1: whether annotations stand where they say, and whether that is a sensible place.

pub mod edges;
pub mod emptiness;
pub mod fingerprint;
pub mod grapheme;
pub mod paragraph;
pub mod parts;
pub mod range;
pub mod stretch;
pub mod surface;
pub mod word;
