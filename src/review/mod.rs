//! Review: what several annotators said about one article, compared, measured and judged.
//!
//! Knows [`crate::model`] and [`crate::text`], no project, no disk, no pixels: sets of spans are handed in, figures, differences and
//! transactions come out. Everything here rests on one idea of which spans are about the same thing.

pub mod agreement;
pub mod matching;
