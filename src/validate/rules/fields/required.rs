//! Fields that should be filled in and are not.

use crate::model::{FieldKind, Status, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{FieldSite, Owner};

/// Whether a field holds nothing. A list of nothing is reported for its shape.
fn is_unset(site: &FieldSite) -> bool {
    site.value.is_none()
}

/// Nobody has begun with the article: nothing is missing yet.
fn is_untouched(site: &FieldSite) -> bool {
    let set = site.scope().input.set;
    matches!(site.among.owner, Owner::Article) && set.status == Status::Untouched && set.is_empty()
}

/// Fields whose absence has a rule of its own, with better words.
fn has_own_rule(site: &FieldSite) -> bool {
    is_stance(site) || is_holders(site)
}

pub(in crate::validate::rules) fn is_stance(site: &FieldSite) -> bool {
    site.def.name == "stance" && matches!(site.def.kind, FieldKind::Choice(_))
}

pub(in crate::validate::rules) fn is_holders(site: &FieldSite) -> bool {
    site.def.name == "holders" && matches!(site.def.kind, FieldKind::Record(_))
}

fn required_unset(site: &FieldSite, findings: &mut Findings) {
    if is_unset(site) && site.def.min > 0 && !has_own_rule(site) && !is_untouched(site) {
        findings.push(site.draft());
    }
}

rule!(
    REQUIRED_UNSET = "P308" "required-unset" Error Never Check::Field(required_unset),
    "A required field is unset.",
    message: "{path} of {owner} is unset, but the schema requires it. Fill it in.",
    does: "Finds unset fields whose `min` is 1 or more. There are no silent defaults: unset is a state of its own.",
    bad: "The annotation is incomplete.",
    example: "A position without `issues`.",
    mend: "Fill the field in. The window asks for it when the span is made.",
);

fn required_when_unset(site: &FieldSite, findings: &mut Findings) {
    let Some(when) = &site.def.required_when else {
        return;
    };
    if !is_unset(site) || site.def.min > 0 || has_own_rule(site) || !when.holds(site.among.fields) {
        return;
    }
    let said = match site.among.fields.get(&when.field) {
        Some(value) => {
            let words: Vec<&str> = value.each().iter().filter_map(Value::as_text).collect();
            format!("{} is {}", when.field, words.join(", "))
        }
        None => format!("{} is unset", when.field),
    };
    findings.push(site.draft().arg("condition", said));
}

rule!(
    REQUIRED_WHEN_UNSET = "P309" "required-when-unset" Error Never Check::Field(required_when_unset),
    "A field is unset that another field's value requires.",
    message: "{path} of {owner} is unset, but it is required when {condition}. Fill it in, or change the other field.",
    does: "Finds unset fields whose `required_when` holds.",
    bad: "The annotation is incomplete: what the other field says makes no sense without this one.",
    example: "`modality: conditional` without `condition`.",
    mend: "Fill the field in, or correct the field that requires it.",
);

fn field_unset(site: &FieldSite, findings: &mut Findings) {
    let required = site.def.is_required(site.among.fields);
    if is_unset(site)
        && site.def.ask
        && !required
        && !has_own_rule(site)
        && !is_untouched(site)
        && !has_stand_in(site)
    {
        findings.push(site.draft());
    }
}

/// A holder that is stated to be absent needs no name.
fn has_stand_in(site: &FieldSite) -> bool {
    let is_link = matches!(site.def.kind, FieldKind::Entity(_) | FieldKind::Span(_));
    is_link && matches!(site.among.fields.text("how"), Some("author" | "unknown" | "implicit"))
}

rule!(
    FIELD_UNSET = "P310" "field-unset" Info Never Check::Field(field_unset),
    "A field that the window asks for is unset.",
    message: "{path} of {owner} is unset. The schema does not require it, but asks for it.",
    does: "Finds unset fields that the schema marks with `ask: true` without requiring them.",
    bad: "It is no fault, but the schema's author hoped for an answer.",
    example: "An entity without `kind`.",
    mend: "Fill the field in if the article allows, or leave it.",
);
