//! `tei`: TEI P5 with standoff annotation.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "tei",
    summary: "TEI P5 with standoff annotation",
    target: Target::Folder,
    ending: "xml",
    reader: None,
    writer: None,
};
