//! `doccano`: JSON Lines of doccano.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "doccano",
    summary: "JSON Lines of doccano",
    target: Target::File,
    ending: "jsonl",
    reader: None,
    writer: None,
};
