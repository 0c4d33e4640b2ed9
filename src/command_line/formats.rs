//! Formats and offset units as arguments.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ValueEnum, builder::TypedValueParser};

use super::outcome::Failure;
use crate::formats::{FORMATS, FormatInfo, OffsetUnit, format};

/// Reads a format's name; help and errors list all of them from the table.
pub(super) fn format_parser() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| {
        let help = match (format.reads(), format.writes()) {
            (true, true) => format.summary.to_owned(),
            (true, false) => format!("{} (import only)", format.summary),
            (false, true) => format!("{} (export only)", format.summary),
            (false, false) => format!("{} (not in this version yet)", format.summary),
        };
        PossibleValue::new(format.name).help(help)
    }))
}

/// The format of this name, if `able` says that this version can do what is asked of it.
pub(super) fn usable(
    name: &str,
    verb: &str,
    able: fn(&FormatInfo) -> bool,
) -> Result<&'static FormatInfo, Failure> {
    match format(name) {
        Some(format) if able(format) => Ok(format),
        _ => {
            let known: Vec<&str> =
                FORMATS.iter().filter(|format| able(format)).map(|format| format.name).collect();
            Err(Failure::Usage(format!(
                "This version of Postil cannot {verb} `{name}` yet. It can {verb}: {}.",
                known.join(", ")
            )))
        }
    }
}

/// An offset unit as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitArgument {
    /// UTF-16 code units, as JavaScript, Java and C# count
    Utf16,
    /// Unicode code points, as Python counts
    CodePoints,
    /// Grapheme clusters, what people call characters
    Graphemes,
    /// Bytes of UTF-8
    Bytes,
}

impl From<UnitArgument> for OffsetUnit {
    fn from(unit: UnitArgument) -> Self {
        match unit {
            UnitArgument::Utf16 => Self::Utf16,
            UnitArgument::CodePoints => Self::CodePoints,
            UnitArgument::Graphemes => Self::Graphemes,
            UnitArgument::Bytes => Self::Bytes,
        }
    }
}
