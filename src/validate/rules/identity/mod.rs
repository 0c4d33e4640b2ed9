//! P2: ids that are not unique, and things said twice.

pub mod copies;
pub mod ids;
