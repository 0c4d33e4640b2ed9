//! What validation gives: findings and their fixes.

use crate::model::{Change, FieldPath, Place, RelationId, Severity, SpanId};
use crate::text::TextRange;

/// One thing that validation found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's code: `P101`.
    pub code: &'static str,
    /// The rule's name: `surface-differs`.
    pub rule: &'static str,
    /// How bad it is, as the rule or the project's settings have it; never [`Severity::Off`].
    pub severity: Severity,
    /// The file in which it stands, relative to the project's root, with `/`.
    pub file: String,
    /// Where in that file.
    pub place: Place,
    /// The article it is about.
    pub article: Option<String>,
    /// Where in the article (line and column as people count them), if there is a place and the article could be read.
    pub article_place: Option<Place>,
    /// The span it is about.
    pub span: Option<SpanId>,
    /// The relation it is about.
    pub relation: Option<RelationId>,
    /// The field it is about.
    pub path: Option<FieldPath>,
    /// Where in the article, code points.
    pub range: Option<TextRange>,
    /// What, where and what to do, in plain English.
    pub message: String,
    /// The pieces of the message by name, for the same message in another language: its key is `finding-` and the rule's name.
    pub args: Vec<(&'static str, String)>,
    /// How to mend it, where a program can.
    pub fix: Option<Fix>,
}

/// How to mend a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in English: "Leave out the white space".
    pub title: String,
    /// The changes, to be made as one transaction.
    pub changes: Vec<Change>,
    /// Whether it may be made without asking: nothing that was said is lost and there is only one way to read it.
    pub safe: bool,
}
