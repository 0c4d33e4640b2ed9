//! What a rule is.

use super::draft::Findings;
use super::run::ProjectInput;
use super::scope::{FieldSite, RelationSite, SetScope, SpanSite, ValueSite};
use crate::model::Severity;

/// One rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// Its code, which never changes and is never given to another rule: `P101`.
    pub code: &'static str,
    /// Its name, as in the JSON report: `surface-differs`.
    pub name: &'static str,
    /// How bad its findings are where the project's settings do not say otherwise.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// The message, `{pieces}` in braces.
    pub message: &'static str,
    /// The whole explanation in Markdown: what it does, why that is bad, an example, how to mend it, how safe the fix is.
    pub explanation: &'static str,
    /// Whether a program can mend it.
    pub fixable: Fixability,
    pub(super) check: Check,
}

/// Whether a program can mend what a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixability {
    /// Only a person can.
    Never,
    /// There is a fix to choose in the window; `--fix` leaves it alone.
    Offered,
    /// There may be a safe fix, which `--fix` makes.
    Safe,
}

/// What a rule looks at. A rule on spans is called once a span, and so on; the walk is shared by all rules.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    Span(fn(&SpanSite, &mut Findings)),
    /// Every declared field of every span, relation, article and record, set or not.
    Field(fn(&FieldSite, &mut Findings)),
    /// Every value that is there, lists taken apart.
    Value(fn(&ValueSite, &mut Findings)),
    Relation(fn(&RelationSite, &mut Findings)),
    /// A set as a whole.
    Set(fn(&SetScope, &mut Findings)),
    /// The sets of one annotator; a single one while an article is being annotated.
    Sets(fn(&[SetScope], &mut Findings)),
    Project(fn(&ProjectInput, &mut Findings)),
}

/// Writes a rule down: its fixed sections become the explanation.
macro_rules! rule {
    (
        $rule:ident = $code:literal $name:literal $severity:ident $fixable:ident $check:expr,
        $summary:literal,
        message: $message:literal,
        does: $does:literal,
        bad: $bad:literal,
        example: $example:literal,
        mend: $mend:literal $(,
        safety: $safety:literal)? $(,)?
    ) => {
        pub(in crate::validate) static $rule: $crate::validate::rule::Rule = $crate::validate::rule::Rule {
            code: $code,
            name: $name,
            severity: $crate::model::Severity::$severity,
            summary: $summary,
            message: $message,
            explanation: concat!(
                "## What it does\n", $does,
                "\n\n## Why is this bad\n", $bad,
                "\n\n## Example\n", $example,
                "\n\n## How to mend it\n", $mend,
                $("\n\n## Fix safety\n", $safety,)?
                "\n"
            ),
            fixable: $crate::validate::rule::Fixability::$fixable,
            check: $check,
        };
    };
}
pub(super) use rule;
