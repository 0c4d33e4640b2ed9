//! Too few and too many values.

use crate::model::Value;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::run::holds_stretch;
use crate::validate::scope::FieldSite;

/// How many values a field has; `None` if it is unset (or an empty list, which says the same).
fn count(site: &FieldSite) -> Option<usize> {
    match site.value? {
        Value::List(items) if items.is_empty() => None,
        Value::List(items) if site.def.is_list() || !holds_stretch(&site.def.kind) => Some(items.len()),
        _ => Some(1),
    }
}

fn too_few(site: &FieldSite, findings: &mut Findings) {
    if let Some(count) = count(site)
        && count < site.def.min as usize
    {
        findings.push(site.draft().arg("count", count).arg("min", site.def.min));
    }
}

rule!(
    TOO_FEW = "P306" "too-few" Error Never Check::Field(too_few),
    "A field has fewer values than the schema asks for.",
    message: "{path} of {owner} has {count} values; the schema asks for at least {min}. Add what is missing.",
    does: "Finds fields with some values, but fewer than `min`. A field with none at all is required-unset (P308).",
    bad: "The annotation is incomplete.",
    example: "One value where the schema says `min: 2`.",
    mend: "Add the missing values.",
);

fn too_many(site: &FieldSite, findings: &mut Findings) {
    if let (Some(count), Some(max)) = (count(site), site.def.max)
        && count > max as usize
    {
        findings.push(site.draft().arg("count", count).arg("max", max));
    }
}

rule!(
    TOO_MANY = "P307" "too-many" Error Never Check::Field(too_many),
    "A field has more values than the schema allows.",
    message: "{path} of {owner} has {count} values; the schema allows at most {max}. Take some out.",
    does: "Finds fields with more values than `max`.",
    bad: "Exports with one column a field can carry only some of them.",
    example: "`\"kind\": [\"person\", \"place\"]` where one kind is allowed.",
    mend: "Take values out until the number fits, or raise `max` in the schema.",
);
