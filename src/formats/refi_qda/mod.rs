//! `refi-qda`: REFI-QDA project, as ATLAS.ti, MAXQDA and NVivo read it.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "refi-qda",
    summary: "REFI-QDA project, as ATLAS.ti, MAXQDA and NVivo read it",
    target: Target::File,
    ending: "qdpx",
    reader: None,
    writer: None,
};
