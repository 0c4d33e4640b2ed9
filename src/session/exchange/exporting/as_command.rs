//! A wish as a line for a shell.

use std::path::Path;

use super::{Examples, ExportWish, Whose};
use crate::formats::{Grouping, OffsetUnit, TagScheme};

impl ExportWish {
    /// The command that does the same in a POSIX shell, with the paths as they are given here.
    pub fn as_command(&self, project: &Path) -> String {
        let mut line = format!("postil export {}", self.format.name);
        let mut option = |name: &str, value: Option<&str>| {
            line.push_str(" --");
            line.push_str(name);
            if let Some(value) = value {
                line.push(' ');
                line.push_str(&quoted(value));
            }
        };
        option("project", Some(&project.to_string_lossy()));
        option("out", Some(&self.out.to_string_lossy()));
        match &self.whose {
            Whose::NotSaid => {}
            Whose::Gold => option("gold", None),
            Whose::All => option("all", None),
            Whose::These(names) => option("annotator", Some(&names.join(","))),
        }
        if !self.labels.is_empty() {
            option("labels", Some(&self.labels.join(",")));
        }
        if !self.states.is_empty() {
            let states: Vec<&str> = self.states.iter().map(|status| status.name()).collect();
            option("status", Some(&states.join(",")));
        }
        if let Some(split) = &self.split {
            let shares: Vec<String> =
                split.shares.iter().map(|(name, share)| format!("{name}={share}")).collect();
            option("split", Some(&shares.join(",")));
            option("seed", Some(&split.seed.to_string()));
            if split.stratify {
                option("stratify", None);
            }
            match split.group {
                None => {}
                Some(Grouping::Source) => option("group", Some("source")),
                Some(Grouping::Date) => option("group", Some("date")),
                Some(Grouping::NearDuplicates) => option("group", Some("near-duplicates")),
            }
        }
        if self.examples == Examples::Sentence {
            option("examples", Some("sentence"));
        }
        if self.byte_order_mark {
            option("byte-order-mark", None);
        }
        if let Some(scheme) = self.scheme {
            let name = match scheme {
                TagScheme::Bio => "bio",
                TagScheme::Iob1 => "iob1",
                TagScheme::Bioes => "bioes",
                TagScheme::Bilou => "bilou",
            };
            option("scheme", Some(name));
        }
        if let Some(unit) = self.unit {
            option("offset-unit", Some(unit_name(unit)));
        }
        if self.overwrite {
            option("overwrite", None);
        }
        line
    }
}

/// What an offset unit is called on the command line.
pub(in crate::session::exchange) fn unit_name(unit: OffsetUnit) -> &'static str {
    match unit {
        OffsetUnit::Utf16 => "utf16",
        OffsetUnit::CodePoints => "code-points",
        OffsetUnit::Graphemes => "graphemes",
        OffsetUnit::Bytes => "bytes",
    }
}

/// A word as a POSIX shell reads it back.
pub(in crate::session::exchange) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,=:+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
