//! What can be wrong with a file, and where things stand in it: values that readers give and validation and the window show.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

use super::id::{RelationId, SpanId};

/// A place in a file; both count from 1, columns in code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// Where things stand in an annotation file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Each span; for ids given twice, in the order of the file.
    pub spans: HashMap<SpanId, Vec<Place>>,
    /// Each relation, likewise.
    pub relations: HashMap<RelationId, Vec<Place>>,
}

impl Places {
    /// Where the (first) span of this id stands, else the top of the file.
    pub fn span(&self, id: &SpanId) -> Place {
        self.spans.get(id).and_then(|p| p.first()).copied().unwrap_or(Place { line: 1, column: 1 })
    }

    /// Where the (first) relation of this id stands, else the top of the file.
    pub fn relation(&self, id: &RelationId) -> Place {
        self.relations.get(id).and_then(|p| p.first()).copied().unwrap_or(Place { line: 1, column: 1 })
    }
}

/// Why a file of the project could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file, relative to the project's root, with `/`.
    pub file: String,
    /// What is wrong.
    pub kind: FileFaultKind,
    /// Where in the file, if there is a place.
    pub place: Option<Place>,
    /// The details in plain words, from whoever read it: what was expected, what was found.
    pub detail: String,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFaultKind {
    /// It is not there.
    Missing,
    /// It is there but may not or cannot be read.
    Unreadable,
    /// It is not well-formed RON, or ends in the middle.
    Malformed,
    /// It is RON, but not of the shape that this file must have.
    Misshapen,
    /// Its `format` number is greater than this program knows.
    TooNew,
    /// It has no `format` number, or one that never was.
    UnknownFormat,
    /// It is not text.
    NotText,
}

impl fmt::Display for FileFault {
    /// `annotations/anna/a.ron:14:5: detail`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(place) = self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {}", self.detail)
    }
}

impl std::error::Error for FileFault {}
