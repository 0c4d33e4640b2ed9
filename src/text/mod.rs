//! Canonical text: what an article says, and every way to point into it.
//!
//! The lowest room of the house. It knows nothing of schemas, projects, disks or windows: bytes and strings come in,
//! values go out. Three units of offset exist, each its own type, because mixing them is the classical fault of
//! annotation tools: [`ByteOffset`] (UTF-8 bytes, what Rust slices by), [`CodePoint`] (Unicode scalar values, what
//! is stored on disk) and [`Utf16Offset`] (what JavaScript and Java tools write).
//!
//! - [`CanonicalText`]: the text itself, with quick conversion between the units, its lines and paragraphs

mod canonical;
mod folding;
mod lines;
mod offset;
mod units;

pub use canonical::CanonicalText;
pub use folding::Folding;
pub use lines::{LineIndex, Paragraphs};
pub use offset::{ByteOffset, ByteRange, CodePoint, TextRange, Utf16Offset};
pub use units::UnitTable;
