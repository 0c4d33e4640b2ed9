//! `brat`: standoff files of brat.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "brat",
    summary: "standoff files of brat",
    target: Target::Folder,
    ending: "ann",
    reader: None,
    writer: None,
};
