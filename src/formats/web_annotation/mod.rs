//! `web-annotation`: W3C Web Annotation.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "web-annotation",
    summary: "W3C Web Annotation",
    target: Target::File,
    ending: "jsonld",
    reader: None,
    writer: None,
};
