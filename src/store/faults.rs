//! Reading the project's files: what is wrong with one, where, and what to do, in plain words.

use ron::Options;
use ron::error::{Error as RonError, SpannedError};
use ron::extensions::Extensions;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::io;
use std::path::Path;

use super::error::cure;
use super::places::top_level;
use crate::model::{FORMAT, FileFault, FileFaultKind, Place};

/// How Postil reads RON: `Some(…)` may be left out.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Reads a file of the project as text, a byte order mark left out.
///
/// # Errors
/// [`FileFaultKind::Missing`], [`FileFaultKind::Unreadable`] or [`FileFaultKind::NotText`].
pub(super) fn read_bytes(root: &Path, file: &str) -> Result<Vec<u8>, FileFault> {
    std::fs::read(root.join(file)).map_err(|error| unreadable(file, &error))
}

/// The fault of a file that the system would not let us read.
pub(super) fn unreadable(file: &str, error: &io::Error) -> FileFault {
    let missing = error.kind() == io::ErrorKind::NotFound;
    FileFault {
        file: file.to_owned(),
        kind: if missing { FileFaultKind::Missing } else { FileFaultKind::Unreadable },
        place: None,
        detail: if missing {
            "this file is not there. Look whether it was moved or renamed, or take it from a backup"
                .to_owned()
        } else {
            format!("this file cannot be read: {error}. {}", cure(error))
        },
    }
}

/// The text of a file's bytes, a byte order mark left out.
pub(super) fn as_text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, FileFault> {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            Err(FileFault {
                file: file.to_owned(),
                kind: FileFaultKind::NotText,
                place: Some(end_of(&sound)),
                detail:
                    "this is not UTF-8 text from here on. Save the file as UTF-8, or take it from a backup"
                        .to_owned(),
            })
        }
    }
}

/// The place right behind a text.
fn end_of(text: &str) -> Place {
    let line = 1 + text.bytes().filter(|b| *b == b'\n').count();
    let column = 1 + text.chars().rev().take_while(|c| *c != '\n').count();
    place(line, column)
}

fn place(line: usize, column: usize) -> Place {
    let count = |n| u32::try_from(n).unwrap_or(u32::MAX);
    Place { line: count(line), column: count(column) }
}

/// The `format` number of a file that is well-formed RON: 0 or greater, at most what this program knows.
///
/// # Errors
/// [`FileFaultKind::Malformed`] if it is no RON; [`FileFaultKind::TooNew`] and [`FileFaultKind::UnknownFormat`] by its `format`,
/// whatever its other keys are.
pub(super) fn format_of(file: &str, text: &str) -> Result<u32, FileFault> {
    if let Err(error) = options().from_str::<IgnoredAny>(text) {
        return Err(fault(file, text, &error, FileFaultKind::Malformed));
    }
    let unknown = |place, detail: String| FileFault {
        file: file.to_owned(),
        kind: FileFaultKind::UnknownFormat,
        place: Some(place),
        detail,
    };
    let Some((at, written)) = top_level(text, "format") else {
        return Err(unknown(
            Place { line: 1, column: 1 },
            format!(
                "`format` is missing. If this is a file of Postil, write `format: {FORMAT},` after the first `(`"
            ),
        ));
    };
    match written.parse::<u64>() {
        Ok(format) if format > u64::from(FORMAT) => Err(FileFault {
            file: file.to_owned(),
            kind: FileFaultKind::TooNew,
            place: Some(at),
            detail: format!(
                "this file is of format {format}, made by a newer Postil; this one knows formats up to {FORMAT}. Install the newer \
                 Postil to open it; the file was not touched"
            ),
        }),
        Ok(format) => Ok(u32::try_from(format).unwrap_or(FORMAT)),
        Err(_not_a_number) => {
            Err(unknown(at, format!("`format` must be a whole number such as {FORMAT}, not `{written}`")))
        }
    }
}

/// Reads a value from the text of a file whose format is [`FORMAT`].
///
/// # Errors
/// As [`format_of`]; [`FileFaultKind::Misshapen`] if it is not of the shape it must have; an older format too, since only
/// annotation files have older ones.
pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FileFault> {
    let format = format_of(file, text)?;
    if format < FORMAT {
        return Err(FileFault {
            file: file.to_owned(),
            kind: FileFaultKind::UnknownFormat,
            place: top_level(text, "format").map(|(at, _)| at),
            detail: format!(
                "there never was a format {format} of this file. Write `format: {FORMAT}` and look whether it opens"
            ),
        });
    }
    shaped(file, text)
}

/// Reads a value whatever the file's format.
pub(super) fn shaped<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FileFault> {
    options().from_str(text).map_err(|error| fault(file, text, &error, FileFaultKind::Misshapen))
}

fn fault(file: &str, text: &str, error: &SpannedError, kind: FileFaultKind) -> FileFault {
    FileFault {
        file: file.to_owned(),
        kind,
        place: Some(place(error.span.start.line, error.span.start.col)),
        detail: in_plain_words(text, error),
    }
}

/// An error of the reader, with what to do.
fn in_plain_words(text: &str, error: &SpannedError) -> String {
    let found = || found_at(text, error.span.end.line, error.span.end.col);
    let expected = |what: &str| {
        format!("expected {what}, found {}. Put it in, or take out what does not belong here", found())
    };
    let inside = |outer: &Option<String>| {
        outer.as_ref().map_or(String::new(), |outer| format!(" in {}", thing(outer)))
    };
    match &error.code {
        RonError::Eof => "the file ends in the middle, as if it had been cut off. Complete it, or take it from a backup or from \
                          version control"
            .to_owned(),
        RonError::ExpectedComma => expected("`,`"),
        RonError::ExpectedMapColon => expected("`:`"),
        RonError::ExpectedArray => expected("`[`"),
        RonError::ExpectedArrayEnd => expected("`]` or `,`"),
        RonError::ExpectedMap => expected("`{`"),
        RonError::ExpectedMapEnd => expected("`}` or `,`"),
        RonError::ExpectedStructLike | RonError::ExpectedNamedStructLike(_) => expected("`(`"),
        RonError::ExpectedStructLikeEnd | RonError::ExpectedOptionEnd => expected("`)` or `,`"),
        RonError::ExpectedString => expected("a text in quotes, \"…\""),
        RonError::ExpectedStringEnd => {
            "a text that begins here has no closing `\"`. Put it where the text ends".to_owned()
        }
        RonError::ExpectedInteger | RonError::IntegerOutOfBounds => expected("a whole number, 0 or greater"),
        RonError::ExpectedFloat => expected("a number"),
        RonError::ExpectedBoolean => expected("`true` or `false`"),
        RonError::ExpectedIdentifier => expected("a name"),
        RonError::TrailingCharacters => {
            format!("something follows after the end: {}. Take it out", found())
        }
        RonError::UnclosedBlockComment => "a comment begins with `/*` and never ends. Put `*/` behind it".to_owned(),
        RonError::InvalidEscape(why) => {
            format!("this text has a backslash that means nothing ({why}). Write `\\\\` for a backslash itself")
        }
        RonError::MissingStructField { field, outer } => {
            format!("`{field}` is missing{}. Add `{field}: …`", inside(outer))
        }
        RonError::DuplicateStructField { field, outer } => {
            format!("`{field}` is given twice{}. Take one out", inside(outer))
        }
        RonError::NoSuchStructField {
            expected,
            found,
            outer,
        } => unknown_name("key", found, expected, &inside(outer)),
        RonError::NoSuchEnumVariant {
            expected,
            found,
            outer,
        } => unknown_name("word", found, expected, &inside(outer)),
        RonError::InvalidValueForType { expected, found } => {
            format!("expected {expected}, found {found}. Write what is expected")
        }
        RonError::ExpectedDifferentLength { expected, found } => {
            format!("expected {expected}, found {found} of them")
        }
        RonError::Message(message) => message.clone(),
        RonError::ExceededRecursionLimit => "brackets are nested too deeply here (more than 128). Is one missing?".to_owned(),
        other => {
            let said = other.to_string();
            let mut chars = said.chars();
            let first = chars.next().map(|c| c.to_lowercase().to_string());
            format!("{}{}; found {}", first.unwrap_or_default(), chars.as_str(), found())
        }
    }
}

fn unknown_name(what: &str, found: &str, known: &[&str], inside: &str) -> String {
    let guess = nearest(found, known.iter().copied())
        .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    if known.is_empty() {
        return format!("the {what} `{found}` is not known{inside}. Take it out");
    }
    format!("the {what} `{found}` is not known{inside}.{guess} Known are {}", known.join(", "))
}

/// What the reader's own names for the shapes mean to people.
fn thing(outer: &str) -> String {
    let words = match outer {
        "Schema" => "the schema",
        "LabelDef" => "a label",
        "RelationDef" => "a relation's definition",
        "FieldDef" => "a field",
        "FieldKind" => "a field's `kind`",
        "Choice" => "a choice",
        "When" => "a `required_when`",
        "Overlap" => "an `overlap`",
        "ProjectSettings" => "the project's settings",
        "ArticleMeta" => "an article's `meta`",
        "Severity" => "a severity",
        "Term" => "a term",
        "Entity" => "an entity",
        "Affiliation" => "an affiliation",
        "Relation" => "a relation",
        other => return format!("`{other}`"),
    };
    words.to_owned()
}

fn found_at(text: &str, line: usize, column: usize) -> String {
    let rest = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    match rest.chars().nth(column.saturating_sub(1)) {
        Some(c) if !c.is_control() => format!("`{c}`"),
        _ => "the end of the line".to_owned(),
    }
}

/// The known name that is nearest to a mistyped one, if any is near: at most a third of its letters differ.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = found.chars().count();
    let near_enough = (letters / 3).max(1);
    // A name of unreasonable length resembles nothing, and must not cost time.
    if letters > 100 {
        return None;
    }
    known
        .into_iter()
        .map(|name| (distance(&found.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= near_enough)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must be put in, taken out, changed, or swapped with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    fn schema_fault(text: &str) -> FileFault {
        parse::<Schema>("schema.ron", text).unwrap_err()
    }

    #[test]
    fn a_mistyped_key_is_named_placed_and_mended() {
        let fault = schema_fault("(\n    format: 1,\n    name: \"x\",\n    lables: [],\n)");
        assert_eq!(fault.kind, FileFaultKind::Misshapen);
        assert_eq!(fault.place.unwrap().line, 4);
        assert!(fault.detail.contains("Did you mean `labels`?"), "{fault}");
        let fault = schema_fault(
            "(format: 1, name: \"x\", labels: [\n  (name: \"я\", fields: [(name: \"a\", kind: Txt)])])",
        );
        assert!(fault.detail.contains("Did you mean `Text`?"), "{fault}");
        assert_eq!(fault.place.unwrap().line, 2);
    }

    #[test]
    fn columns_count_code_points() {
        let fault = schema_fault("(format: 1, name: \"ёжик 👩‍👩‍👧\" labels: [])");
        // The comma is missing before the 32nd code point.
        assert_eq!(fault.place, Some(Place { line: 1, column: 32 }), "{fault}");
        assert!(fault.detail.contains("`,`"), "{fault}");
    }

    #[test]
    fn a_newer_format_is_told_before_its_shape() {
        let fault = schema_fault("(new_things: [1, 2], name: 7, format: 99)");
        assert_eq!(fault.kind, FileFaultKind::TooNew);
        assert_eq!(fault.place, Some(Place { line: 1, column: 39 }));
        assert_eq!(schema_fault("(name: \"x\")").kind, FileFaultKind::UnknownFormat);
        assert_eq!(schema_fault("(format: \"1\")").kind, FileFaultKind::UnknownFormat);
        assert_eq!(schema_fault("(format: 99, name: \"x").kind, FileFaultKind::Malformed);
        assert_eq!(schema_fault("").kind, FileFaultKind::Malformed);
        // Inside something else, `format` is not the file's.
        assert_eq!(schema_fault("(name: (format: 99))").kind, FileFaultKind::UnknownFormat);
    }

    #[test]
    fn what_is_missing_is_named() {
        let fault = schema_fault("(format: 1, name: \"x\", labels: [(key: \"k\")])");
        assert!(fault.detail.contains("`name` is missing in a label"), "{fault}");
    }

    #[test]
    fn options_may_be_written_plainly() {
        let schema: Schema =
            parse("s", "(format: 1, name: \"x\", labels: [(name: \"a\", key: \"k\", colour: Some(2))])")
                .unwrap();
        assert_eq!(schema.labels[0].key.as_deref(), Some("k"));
        assert_eq!(schema.labels[0].colour, Some(2));
    }

    #[test]
    fn broken_utf8_is_placed() {
        let fault = as_text("a", b"(\n\xD1\x8F\xFF").unwrap_err();
        assert_eq!(fault.place, Some(Place { line: 2, column: 2 }));
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["labels", "relations", "name"];
        assert_eq!(nearest("lables", known), Some("labels"));
        assert_eq!(nearest("Label", known), Some("labels"));
        assert_eq!(nearest("fingerprint", known), None);
    }
}
