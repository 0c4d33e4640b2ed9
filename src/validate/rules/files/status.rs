//! Work that says it is done and is not.

use crate::model::{FieldDef, FieldKind, Fields, Status, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// How many required fields are unset here and in the records below.
pub(super) fn unset_among(defs: &[FieldDef], fields: &Fields) -> usize {
    defs.iter()
        .map(|def| match (fields.get(&def.name), &def.kind) {
            (None, _) => usize::from(def.is_required(fields)),
            (Some(value), FieldKind::Record(inner)) => value
                .each()
                .iter()
                .filter_map(Value::as_record)
                .map(|record| unset_among(inner, record))
                .sum(),
            _ => 0,
        })
        .sum()
}

fn done_but_incomplete(scope: &SetScope, findings: &mut Findings) {
    let set = scope.input.set;
    if set.status < Status::Done {
        return;
    }
    let schema = scope.input.schema;
    let of_spans: usize = scope
        .spans
        .iter()
        .filter_map(|span| Some(unset_among(&scope.label(&span.label)?.fields, &span.fields)))
        .sum();
    let of_relations: usize = set
        .relations()
        .filter_map(|relation| Some(unset_among(&schema.relation(&relation.label)?.fields, &relation.fields)))
        .sum();
    let unset = of_spans + of_relations + unset_among(&schema.article_fields, &set.fields);
    if unset > 0 {
        findings.push(scope.draft().arg("status", set.status).arg("unset", unset));
    }
}

rule!(
    DONE_BUT_INCOMPLETE = "P018" "done-but-incomplete" Warning Never Check::Set(done_but_incomplete),
    "An article is marked as done, but required fields are unset.",
    message: "This is marked {status}, but {unset} required fields are unset. Fill them in, or set the status back.",
    does: "Counts the required fields that are unset in files whose status is `done` or `reviewed`. Each of them is a finding of its own too.",
    bad: "Whoever relies on the status takes unfinished work for finished.",
    example: "`status: \"done\"` while a position has no stance.",
    mend: "Fill the fields in (the findings name them), or set the status to `in_progress`.",
);
