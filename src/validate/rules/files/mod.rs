//! P0: files that cannot be read, do not belong, or are not finished.

pub mod assignment;
pub mod belonging;
pub mod decoding;
pub mod faults;
pub mod settings;
pub mod status;
