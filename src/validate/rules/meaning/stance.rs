//! Stances.

use std::collections::HashMap;

use crate::model::{FieldKind, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::required::is_stance;
use crate::validate::scope::FieldSite;

fn stance_unset(site: &FieldSite, findings: &mut Findings) {
    if is_stance(site) && site.value.is_none() {
        let issue = site.among.fields.text("issue").unwrap_or("this issue");
        findings.push(site.draft().arg("issue", issue));
    }
}

rule!(
    STANCE_UNSET = "P501" "stance-unset" Error Never Check::Field(stance_unset),
    "A statement on an issue has no stance.",
    message: "{path} of {owner} is unset: nobody has said whether it is for or against {issue}. Choose a stance; `unclear` is one too.",
    does: "Finds records with a `stance` field that is unset, whatever the schema says of its minimum.",
    bad: "A stance is never filled in for the annotator, so without one nobody knows what is wanted.",
    example: "`\"issues\": [{\"issue\": \"territory.donbas\"}]`",
    mend: "Choose `for`, `against`, `conditional`, `mixed`, `neutral` or `unclear`.",
);

fn issue_twice(site: &FieldSite, findings: &mut Findings) {
    let (FieldKind::Record(defs), Some(Value::List(items))) = (&site.def.kind, site.value) else {
        return;
    };
    if !(defs.iter().any(|def| def.name == "issue") && defs.iter().any(|def| def.name == "stance")) {
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        let Some(issue) = item.as_record().and_then(|record| record.text("issue")) else {
            continue;
        };
        match seen.get(issue) {
            Some(first) if items[*first] != *item => {
                let draft = site.among.draft(site.path().item(place)).arg("issue", issue);
                findings.push(draft.arg("first", site.path().item(*first)));
            }
            Some(_) => {}
            None => drop(seen.insert(issue, place)),
        }
    }
}

rule!(
    ISSUE_TWICE = "P506" "issue-twice" Warning Never Check::Field(issue_twice),
    "One statement takes a stance on one issue twice.",
    message: "{path} of {owner} is on {issue}, and so is {first}, with another answer. Make one of them, `mixed` or `conditional` if need be.",
    does: "Finds positions whose `issues` name the same issue twice with different stance or strength.",
    bad: "The same words count as two answers to one question.",
    example: "`\"issues\": [{\"issue\": \"x\", \"stance\": \"for\"}, {\"issue\": \"x\", \"stance\": \"against\"}]`",
    mend: "Keep one of the two.",
);
