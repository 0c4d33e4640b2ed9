//! `spacy`: DocBin of spaCy.

use super::{FormatInfo, Target};

/// The format's line in the table.
pub(super) const INFO: FormatInfo = FormatInfo {
    name: "spacy",
    summary: "DocBin of spaCy",
    target: Target::File,
    ending: "spacy",
    reader: None,
    writer: None,
};
