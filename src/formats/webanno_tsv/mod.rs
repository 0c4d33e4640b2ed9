//! `webanno-tsv`: WebAnno TSV 3 of WebAnno and INCEpTION.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "webanno-tsv",
    summary: "WebAnno TSV 3 of WebAnno and INCEpTION",
    target: Target::Folder,
    ending: "tsv",
    reader: None,
    writer: None,
};
