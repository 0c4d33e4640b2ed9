//! (stub, replaced by its first real commit)
use crate::model::*;
use crate::text::TextRange;

/// One thing that validation found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub code: &'static str,
    pub rule: &'static str,
    pub severity: Severity,
    pub file: String,
    pub place: Place,
    pub article: Option<String>,
    pub span: Option<SpanId>,
    pub relation: Option<RelationId>,
    pub path: Option<FieldPath>,
    pub range: Option<TextRange>,
    pub message: String,
    pub args: Vec<(&'static str, String)>,
    pub fix: Option<Fix>,
}
/// How to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    pub title: String,
    pub changes: Vec<Change>,
    pub safe: bool,
}
/// Input.
pub struct SetInput<'a> {
    pub file: &'a str,
    pub settings: &'a ProjectSettings,
    pub schema: &'a Schema,
    pub register: &'a Register,
    pub codebook: &'a Codebook,
    pub article: Option<&'a Article>,
    pub set: &'a AnnotationSet,
    pub places: Option<&'a Places>,
}
/// Checks.
pub fn check_set(_input: &SetInput<'_>) -> Vec<Finding> {
    Vec::new()
}
