//! Annotation files: reading them, whatever their format, and writing them where nobody else has been meanwhile.

mod quick;

use serde::{Deserialize, Deserializer};
use std::io;
use std::path::Path;

use super::atomic::write_atomically;
use super::digest::{Digest, OwnWrites};
use super::error::SaveError;
use super::faults::{as_text, format_of, read_bytes, shaped};
use super::places::places;
use super::project::Project;
use super::ron_text::annotation_text;
use crate::model::{
    AnnotationSet, Article, Decision, Fields, FileFault, FileFaultKind, Misquote, Parts, Places, Relation,
    Span, Status, Value,
};
use crate::text::{CanonicalText, TextRange};

/// A set of annotations as it was read.
#[derive(Clone, Debug)]
pub struct LoadedSet {
    /// The annotations.
    pub set: AnnotationSet,
    /// Where each of them stands in the file; empty from [`read_set`], since only findings about files need it.
    pub places: Places,
    /// What the file's bytes were.
    pub digest: Digest,
    /// The file, relative to the project's root, with `/`.
    pub file: String,
    /// Whether the file is of an older format: saving will write the present one.
    pub migrated: bool,
}

/// Reads the annotations of one annotator on one article; `None` if there is no file of them yet.
///
/// `article` is the article itself, with which surfaces are compared; without it every surface is kept as the file has it.
///
/// # Errors
/// The file is there but cannot be used.
pub fn read_set(
    project: &Project,
    annotator: &str,
    article_path: &str,
    article: Option<&Article>,
) -> Result<Option<LoadedSet>, FileFault> {
    match project.existing_annotation_path(annotator, article_path) {
        Some(file) => {
            let text = article.map(|article| &article.text);
            read_without_places(&project.root, &file, &|_| text.cloned()).map(|(loaded, _)| Some(loaded))
        }
        None => Ok(None),
    }
}

/// Reads an annotation file. `lookup` gives the text of the article of a path, if there is such an article.
///
/// # Errors
/// Every way in which a file can be unusable, with its place: see [`FileFaultKind`].
pub fn read_set_file(
    root: &Path,
    file: &str,
    lookup: &dyn Fn(&str) -> Option<CanonicalText>,
) -> Result<LoadedSet, FileFault> {
    let (loaded, bytes) = read_without_places(root, file, lookup)?;
    Ok(LoadedSet { places: as_text(file, &bytes).map(places).unwrap_or_default(), ..loaded })
}

/// As [`read_set_file`], for whoever wants the annotations and not where they stand, nor whether the file changes later: that costs as
/// much as reading them.
///
/// # Errors
/// As [`read_set_file`].
pub fn read_set_alone(
    root: &Path,
    file: &str,
    lookup: &dyn Fn(&str) -> Option<CanonicalText>,
) -> Result<AnnotationSet, FileFault> {
    parse_set(file, &read_bytes(root, file)?, lookup).map(|(set, _)| set)
}

fn read_without_places(
    root: &Path,
    file: &str,
    lookup: &dyn Fn(&str) -> Option<CanonicalText>,
) -> Result<(LoadedSet, Vec<u8>), FileFault> {
    let bytes = read_bytes(root, file)?;
    let (set, migrated) = parse_set(file, &bytes, lookup)?;
    let digest = Digest::of(&bytes);
    Ok((LoadedSet { set, places: Places::default(), digest, file: file.to_owned(), migrated }, bytes))
}

/// Reads annotations from a file's bytes; says too whether they were of an older format.
///
/// # Errors
/// As [`read_set_file`], but for what only the disk can do wrong.
pub fn parse_set(
    file: &str,
    bytes: &[u8],
    lookup: &dyn Fn(&str) -> Option<CanonicalText>,
) -> Result<(AnnotationSet, bool), FileFault> {
    let text = as_text(file, bytes)?;
    match quick::read(text, lookup) {
        Some(set) => Ok((set, false)),
        None => parse_any(file, text, lookup),
    }
}

/// Reads annotations however their RON is written.
fn parse_any(
    file: &str,
    text: &str,
    lookup: &dyn Fn(&str) -> Option<CanonicalText>,
) -> Result<(AnnotationSet, bool), FileFault> {
    let format = format_of(file, text)?;
    // One arm a format; each older shape turns into the next younger one.
    let stored: StoredSet = match format {
        0 => shaped::<StoredSet0>(file, text)?.into(),
        _ => shaped(file, text)?,
    };
    let article = lookup(&stored.article);
    Ok((stored.into_set(article.as_ref()), format < crate::model::FORMAT))
}

/// Writes a set of annotations to its file, if that is still the one that was read: `expected` is its digest, `None` that there was
/// none. Surfaces come from `text`. A file that would not change is not touched.
///
/// # Errors
/// [`SaveError::ChangedOnDisk`] if the file is another by now; nothing is written then.
pub fn write_set(
    project: &Project,
    set: &AnnotationSet,
    text: Option<&CanonicalText>,
    expected: Option<Digest>,
) -> Result<Digest, SaveError> {
    write_set_to(project, &project.annotation_path(&set.annotator, &set.article), set, text, expected)
}

/// As [`write_set`], where it is known already which file it is: looking for that among all files, once a set, is what makes work on
/// thousands of sets slow.
///
/// # Errors
/// As [`write_set`].
pub fn write_set_to(
    project: &Project,
    file: &str,
    set: &AnnotationSet,
    text: Option<&CanonicalText>,
    expected: Option<Digest>,
) -> Result<Digest, SaveError> {
    let bytes = annotation_text(set, text).into_bytes();
    write_if_expected(&project.root.join(file), &bytes, expected, &project.own_writes)
}

/// Writes a file if it is still the expected one.
pub(super) fn write_if_expected(
    path: &Path,
    bytes: &[u8],
    expected: Option<Digest>,
    own: &OwnWrites,
) -> Result<Digest, SaveError> {
    let refused = |cause: io::Error| SaveError::Io { path: path.to_owned(), cause };
    let (digest, found) = (Digest::of(bytes), Digest::of_file(path).map_err(refused)?);
    if found == Some(digest) {
        return Ok(digest);
    }
    if found != expected {
        return Err(SaveError::ChangedOnDisk { path: path.to_owned(), found });
    }
    own.note(path, digest);
    write_atomically(path, bytes).map_err(refused)?;
    Ok(digest)
}

/// An annotation file of format 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSet {
    #[serde(rename = "format")]
    _format: u32,
    article: String,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    length: u32,
    annotator: String,
    #[serde(default, deserialize_with = "status")]
    status: Status,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    spans: Vec<StoredSpan>,
    #[serde(default)]
    relations: Vec<Relation>,
    #[serde(default)]
    decisions: Vec<Decision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSpan {
    id: String,
    label: String,
    #[serde(deserialize_with = "parts")]
    at: Parts,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    note: String,
}

/// An annotation file of format 0: spans in one piece, with `start` and `end`, and no status.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSet0 {
    #[serde(rename = "format")]
    _format: u32,
    article: String,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    length: u32,
    annotator: String,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    spans: Vec<StoredSpan0>,
    #[serde(default)]
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSpan0 {
    id: String,
    label: String,
    start: u32,
    end: u32,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    note: String,
}

impl From<StoredSet0> for StoredSet {
    fn from(old: StoredSet0) -> Self {
        // Someone worked on it, or there would be no file.
        let status = if old.spans.is_empty() { Status::Untouched } else { Status::InProgress };
        let spans = old.spans.into_iter().map(|span| StoredSpan {
            id: span.id,
            label: span.label,
            // Format 0 did not forbid ends before starts; the other way round it is the same stretch.
            at: Parts::one(TextRange::between(span.start, span.end)),
            text: span.text,
            before: span.before,
            after: span.after,
            fields: span.fields,
            note: span.note,
        });
        Self {
            _format: 1,
            article: old.article,
            fingerprint: old.fingerprint,
            length: old.length,
            annotator: old.annotator,
            status,
            fields: old.fields,
            spans: spans.collect(),
            relations: old.relations,
            decisions: Vec::new(),
        }
    }
}

/// A status as a text or, as people like to write it, as a bare word.
fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Status, D::Error> {
    let written = <&ron::value::RawValue>::deserialize(deserializer)?.get_ron().trim();
    let word: String = match written.starts_with(['"', 'r']) && written.contains('"') {
        true => ron::from_str(written).map_err(|error| serde::de::Error::custom(error.code))?,
        false => written.to_owned(),
    };
    Status::from_name(&word).ok_or_else(|| {
        let known: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        let near = super::faults::nearest(&word, known.iter().copied());
        let guess = near.map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
        serde::de::Error::custom(format!(
            "the status `{word}` is not known.{guess} Known are `{}`",
            known.join("`, `")
        ))
    })
}

/// The parts of a span, as tuples or, as in JSON, as lists.
fn parts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Parts, D::Error> {
    use serde::de::Error;
    let written = Value::deserialize(deserializer)?;
    if let Some(parts) = written.as_stretch() {
        return Parts::as_given(parts)
            .ok_or_else(|| D::Error::custom("a span needs at least one part: `at: [(start, end)]`"));
    }
    let backwards = written.each().iter().find_map(|part| match part.as_list()? {
        [Value::Integer(start), Value::Integer(end)] if start > end => Some((start, end)),
        _ => None,
    });
    Err(match backwards {
        Some((start, end)) => D::Error::custom(format!(
            "the part ({start}, {end}) ends before it starts; write the smaller number first"
        )),
        None => D::Error::custom(
            "expected the span's parts, `[(start, end), …]`, whole numbers that count code points",
        ),
    })
}

impl StoredSet {
    fn into_set(self, article: Option<&CanonicalText>) -> AnnotationSet {
        let mut set = AnnotationSet::new(self.article, self.annotator);
        set.fingerprint = self.fingerprint;
        set.length = self.length;
        set.status = self.status;
        set.fields = self.fields;
        let spans = self.spans.into_iter().map(|stored| {
            let mut span = Span::new(stored.id, stored.label, stored.at);
            span.fields = stored.fields;
            span.note = stored.note;
            // A file that says no surface, as one written by hand may, says nothing wrong.
            span.misquote = stored.text.and_then(|text| {
                let as_said = article.is_some_and(|article| span.says(article, &text));
                (!as_said).then_some(Misquote { text, before: stored.before, after: stored.after })
            });
            span
        });
        set.insert_all(spans.collect());
        for relation in self.relations {
            set.insert_relation(relation);
        }
        for mut decision in self.decisions {
            // Two of one id come from a merge made by hand; both were meant.
            let id = decision.id.clone();
            for n in 2u32.. {
                if set.decision(&decision.id).is_none() {
                    break;
                }
                decision.id = format!("{id}~{n}").into();
            }
            set.insert_decision(decision);
        }
        set
    }
}

/// What an annotation file says of itself at its beginning, read without reading its spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetHead {
    /// The article it speaks of.
    pub article: String,
    /// Whose it is.
    pub annotator: String,
    /// How far the work has come.
    pub status: Status,
}

/// Reads the beginning of an annotation file; `None` if it cannot be read or names no article.
pub fn read_head(path: &Path) -> Option<SetHead> {
    use io::Read as _;
    let mut bytes = Vec::new();
    // Head keys are short; article-level fields are rarely long. Spans start well before this in all but odd files.
    std::fs::File::open(path).ok()?.take(64 * 1024).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut said = SetHead::default();
    for (key, value) in super::places::head(&text, "spans") {
        match key {
            "article" => said.article = value,
            "annotator" => said.annotator = value,
            "status" => said.status = Status::from_name(&value).unwrap_or_default(),
            _ => {}
        }
    }
    (!said.article.is_empty()).then_some(said)
}

/// Whether a fault means that a file must not be written over although it could not be read: all of them but its absence.
pub(super) fn forbids_writing(kind: FileFaultKind) -> bool {
    kind != FileFaultKind::Missing
}

#[cfg(test)]
mod tests;
