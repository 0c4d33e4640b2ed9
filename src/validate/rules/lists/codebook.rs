//! The codebook against itself. (Two terms with one id make the file misshapen, P004.)

use std::collections::{BTreeSet, HashMap};

use crate::model::{Term, TermId};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

fn draft(input: &ProjectInput, term: &Term) -> Draft {
    Draft::in_file(input.settings.codebook.as_str()).arg("term", &term.id)
}

/// Circles among terms, each told once at its first term in the codebook's order. `next` gives what a term leads to.
fn circles<'a>(
    input: &'a ProjectInput<'a>,
    next: impl Fn(&'a Term) -> &'a [TermId],
    mut found: impl FnMut(&'a Term, Vec<&'a TermId>),
) {
    let mut done: BTreeSet<&TermId> = BTreeSet::new();
    for start in input.codebook.iter() {
        if done.contains(&start.id) {
            continue;
        }
        let mut way: Vec<(&Term, usize)> = vec![(start, 0)];
        let mut on_way: HashMap<&TermId, usize> = HashMap::from([(&start.id, 0)]);
        while let Some((at, place)) = way.last_mut() {
            let at: &'a Term = at;
            let Some(target) = next(at).get(*place) else {
                done.insert(&at.id);
                on_way.remove(&at.id);
                way.pop();
                continue;
            };
            *place += 1;
            if let Some(from) = on_way.get(target) {
                let circle: Vec<&TermId> = way[*from..].iter().map(|(term, _)| &term.id).collect();
                found(way[*from].0, circle);
            } else if let Some(term) = input.codebook.get(target.as_str())
                && !done.contains(&term.id)
            {
                on_way.insert(&term.id, way.len());
                way.push((term, 0));
            }
        }
    }
}

fn chain(circle: &[&TermId]) -> String {
    let names: Vec<&str> = circle.iter().chain(circle.first()).map(|id| id.as_str()).collect();
    names.join(" → ")
}

fn parent_circle(input: &ProjectInput, findings: &mut Findings) {
    circles(
        input,
        |term| term.parent.as_slice(),
        |term, circle| findings.push(draft(input, term).arg("chain", chain(&circle))),
    );
}

rule!(
    TERM_CYCLE = "P711" "term-cycle" Error Never Check::Project(parent_circle),
    "Terms of the codebook lie under each other in a circle.",
    message: "The term {term} lies under itself: {chain}. Correct a parent.",
    does: "Finds terms whose parents lead back to them.",
    bad: "The terms belong to no branch, and the tree cannot be shown.",
    example: "`a` has the parent `b`, and `b` the parent `a`.",
    mend: "Correct one of the parents.",
);

fn parent_missing(input: &ProjectInput, findings: &mut Findings) {
    for term in input.codebook.iter() {
        if let Some(parent) = &term.parent
            && input.codebook.get(parent.as_str()).is_none()
        {
            findings.push(draft(input, term).arg("parent", parent));
        }
    }
}

rule!(
    TERM_PARENT_MISSING = "P712" "term-parent-missing" Error Never Check::Project(parent_missing),
    "A term lies under a term that does not exist.",
    message: "The term {term} lies under {parent}, which the codebook does not have. Correct the parent, or add that term.",
    does: "Finds terms whose `parent` is not in the codebook.",
    bad: "The term is shown as a root, and counts by branch miss it.",
    example: "`(id: \"territory.donbas\", parent: Some(\"teritory\"))`",
    mend: "Correct the parent, or add the term.",
);

fn successor_missing(input: &ProjectInput, findings: &mut Findings) {
    for term in input.codebook.iter() {
        for successor in &term.replaced_by {
            if input.codebook.get(successor.as_str()).is_none() {
                findings.push(draft(input, term).arg("successor", successor));
            }
        }
    }
}

rule!(
    TERM_SUCCESSOR_MISSING = "P713" "term-successor-missing" Error Never Check::Project(successor_missing),
    "A term was replaced by a term that does not exist.",
    message: "The term {term} was replaced by {successor}, which the codebook does not have. Correct `replaced_by`, or add that term.",
    does: "Finds terms of whose `replaced_by` one is not in the codebook.",
    bad: "Spans that use the old term cannot be led on to the new one.",
    example: "`(id: \"territory\", replaced_by: [\"teritory.donbas\"])`",
    mend: "Correct the name, or add the term.",
);

fn successor_circle(input: &ProjectInput, findings: &mut Findings) {
    circles(
        input,
        |term| &term.replaced_by,
        |term, circle| findings.push(draft(input, term).arg("chain", chain(&circle))),
    );
}

rule!(
    TERM_SUCCESSOR_CYCLE = "P714" "term-successor-cycle" Error Never Check::Project(successor_circle),
    "Terms of the codebook replace each other in a circle.",
    message: "The term {term} was replaced by itself in the end: {chain}. Leave one `replaced_by` out.",
    does: "Finds terms whose `replaced_by` leads back to them.",
    bad: "No term of the circle is in use, and whoever follows it never arrives.",
    example: "`a` was replaced by `b`, and `b` by `a`.",
    mend: "Leave the `replaced_by` of the term that is to be used out.",
);
