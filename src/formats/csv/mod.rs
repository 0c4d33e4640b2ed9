//! `csv`: tables of spans, stances, relations and articles.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "csv",
    summary: "tables of spans, stances, relations and articles",
    target: Target::File,
    ending: "csv",
    reader: None,
    writer: None,
};
