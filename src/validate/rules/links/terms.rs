//! Links to the codebook.

use super::{kinds, link_of};
use crate::model::{FieldKind, Link, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::names::same_but_case;
use crate::validate::scope::ValueSite;

fn unknown_term(site: &ValueSite, findings: &mut Findings) {
    let Some(Link::Term(id)) = link_of(site) else {
        return;
    };
    let codebook = site.scope().input.codebook;
    if codebook.get(id.as_str()).is_some() {
        return;
    }
    let meant = same_but_case(id.as_str(), codebook.iter().map(|term| term.id.as_str()));
    let changes = meant.and_then(|meant| site.put(Some(Value::text(meant))));
    findings.push(site.draft().fix("Write the id as the codebook does", true, changes));
}

rule!(
    UNKNOWN_TERM = "P406" "unknown-term" Error Safe Check::Value(unknown_term),
    "A field names a term that the codebook does not have.",
    message: "{path} of {owner} is “{value}”, which is no term of the codebook. Choose a term, or add this one.",
    does: "Finds links to codebook terms whose id `codebook.ron` does not have.",
    bad: "The statement is left out of every count by issue.",
    example: "`\"issue\": \"teritory.donbas\"`",
    mend: "Choose the term in the window, or add it to the codebook.",
    safety: "Safe where the id differs from one of the codebook's by case only; else there is no fix.",
);

fn retired_term(site: &ValueSite, findings: &mut Findings) {
    let Some(Link::Term(id)) = link_of(site) else {
        return;
    };
    let codebook = site.scope().input.codebook;
    let Some(term) = codebook.get(id.as_str()) else {
        return;
    };
    let successors: Vec<&str> = term.replaced_by.iter().map(|id| id.as_str()).collect();
    let changes = match successors.as_slice() {
        [] => return,
        // A successor that is retired itself is the next step; one that is missing is no step at all.
        [only] if *only != id.as_str() && codebook.get(only).is_some() => site.put(Some(Value::text(*only))),
        _ => None,
    };
    let draft = site.draft().arg("successors", successors.join(", "));
    findings.push(draft.fix("Take the term that replaced it", true, changes));
}

rule!(
    RETIRED_TERM = "P407" "retired-term" Warning Safe Check::Value(retired_term),
    "A field names a term that was merged or split.",
    message: "{path} of {owner} is “{value}”, which was replaced by {successors}. Choose the term that fits.",
    does: "Finds links to codebook terms that have `replaced_by`. Together these findings are the worklist after a change of the codebook.",
    bad: "The same issue is counted under two names.",
    example: "`\"issue\": \"territory\"` after it was split into `territory.donbas` and `territory.crimea`.",
    mend: "Choose the successor that fits the words.",
    safety: "Safe where there is exactly one successor; after a split a person has to choose.",
);

fn outside_branch(site: &ValueSite, findings: &mut Findings) {
    let Some(Link::Term(id)) = link_of(site) else {
        return;
    };
    let codebook = site.scope().input.codebook;
    if codebook.get(id.as_str()).is_none() {
        return;
    }
    let mut branches: Vec<&str> = Vec::new();
    for kind in kinds(site.kind()) {
        match kind {
            FieldKind::Term(None) => return,
            FieldKind::Term(Some(above)) if codebook.is_at_or_under(&id, above) => return,
            FieldKind::Term(Some(above)) => branches.push(above.as_str()),
            _ => {}
        }
    }
    findings.push(site.draft().arg("branch", branches.join(", ")));
}

rule!(
    TERM_OUTSIDE_BRANCH = "P408" "term-outside-branch" Error Never Check::Value(outside_branch),
    "A field names a term of another branch of the codebook.",
    message: "{path} of {owner} is “{value}”, which does not lie under {branch}. Choose a term of that branch.",
    does: "Finds links to terms that do not lie at or under the term that the schema gives for the field.",
    bad: "Whoever reads the field expects a term of another sort.",
    example: "`guarantees.security` in a field that takes terms under `territory`.",
    mend: "Choose another term, or widen the field in the schema.",
);
