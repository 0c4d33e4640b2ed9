//! `prodigy`: JSON Lines of Prodigy.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "prodigy",
    summary: "JSON Lines of Prodigy",
    target: Target::File,
    ending: "jsonl",
    reader: None,
    writer: None,
};
