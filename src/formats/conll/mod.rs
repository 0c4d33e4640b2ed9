//! `conll`: columns, one token a line.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "conll",
    summary: "columns, one token a line",
    target: Target::File,
    ending: "conll",
    reader: None,
    writer: None,
};
