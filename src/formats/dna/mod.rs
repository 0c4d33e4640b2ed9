//! `dna`: statements of the Discourse Network Analyzer.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "dna",
    summary: "statements of the Discourse Network Analyzer",
    target: Target::File,
    ending: "csv",
    reader: None,
    writer: None,
};
