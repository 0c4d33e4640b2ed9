//! Canonical text: what an article says, and every way to point into it.
//!
//! The lowest room of the house. It knows nothing of schemas, projects, disks or windows: bytes and strings come in,
//! values go out. Three units of offset exist, each its own type, because mixing them is the classical fault of
//! annotation tools: [`ByteOffset`] (UTF-8 bytes, what Rust slices by), [`CodePoint`] (Unicode scalar values, what
//! is stored on disk) and [`Utf16Offset`] (what JavaScript and Java tools write).
//!
//! - [`CanonicalText`]: the text itself, with quick conversion between the units, its lines and paragraphs
//! - `segment` and `sentence`: graphemes, words and sentences by UAX #29, mended for Russian and Ukrainian; `token`: tokens, not mended
//! - [`decode`]: bytes of any encoding to canonical text
//! - [`read_header`]: title, date and source written above the text
//! - [`guess_language`]: which language a text is in

mod canonical;
mod encoding;
mod folding;
mod header;
mod language;
mod lines;
mod offset;
mod segment;
mod sentence;
mod token;
#[cfg(test)]
pub(crate) mod trial;
mod units;

pub use canonical::CanonicalText;
pub use encoding::{DecodeFault, DecodeNote, Decoded, Encoding, decode};
pub use folding::Folding;
pub use header::{Header, iso_date, read_header};
pub use language::guess_language;
pub use lines::{LineIndex, Paragraphs};
pub use offset::{ByteOffset, ByteRange, CodePoint, TextRange, Utf16Offset};
pub use segment::{
    GraphemeIndex, ceil_grapheme, floor_grapheme, is_grapheme_boundary, is_white, next_grapheme, next_word,
    prev_grapheme, prev_word, snap_to_words, trim_white_space, word_at, words,
};
pub use sentence::{sentence_at, sentences};
pub use token::{token_places, token_ranges, tokens};
pub use units::UnitTable;
