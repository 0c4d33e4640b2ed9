//! `label-studio`: tasks and configuration of Label Studio.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "label-studio",
    summary: "tasks and configuration of Label Studio",
    target: Target::Folder,
    ending: "json",
    reader: None,
    writer: None,
};
