//! `parquet`: Parquet, as data sets are shared.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "parquet",
    summary: "Parquet, as data sets are shared",
    target: Target::Folder,
    ending: "parquet",
    reader: None,
    writer: None,
};
