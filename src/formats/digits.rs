//! Whole numbers as decimal digits: documents of tokens hold thousands of them, and `write!` would take longer than all else.

/// Adds a number in decimal digits.
pub(super) fn push_number(out: &mut Vec<u8>, number: impl Into<i64>) {
    out.extend_from_slice(itoa::Buffer::new().format(number.into()).as_bytes());
}
