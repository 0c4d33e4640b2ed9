//! `xmi`: UIMA CAS XMI.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "xmi",
    summary: "UIMA CAS XMI",
    target: Target::Folder,
    ending: "xmi",
    reader: None,
    writer: None,
};
