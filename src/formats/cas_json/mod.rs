//! `cas-json`: UIMA CAS JSON.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "cas-json",
    summary: "UIMA CAS JSON",
    target: Target::Folder,
    ending: "json",
    reader: None,
    writer: None,
};
