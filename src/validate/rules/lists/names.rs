//! Names that two register entries share.

use std::collections::BTreeMap;

use crate::model::Entity;
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

/// Tells of each pair of entries that share one of their marks, once a pair, by the first mark they share.
fn shared<'a, I: Iterator<Item = String>>(
    input: &'a ProjectInput<'a>,
    marks: impl Fn(&'a Entity) -> I,
    findings: &mut Findings,
) {
    let mut first: BTreeMap<String, &Entity> = BTreeMap::new();
    for entity in input.register.iter() {
        let mut told: Vec<&str> = Vec::new();
        for mark in marks(entity) {
            match first.get(&mark) {
                Some(other) if other.id != entity.id => {
                    if !told.contains(&other.id.as_str()) {
                        told.push(other.id.as_str());
                        let draft =
                            Draft::in_file(input.settings.register.as_str()).arg("entity", &entity.id);
                        findings.push(draft.arg("other", &other.id).arg("shared", mark));
                    }
                }
                Some(_) => {}
                None => drop(first.insert(mark, entity)),
            }
        }
    }
}

fn names_shared(input: &ProjectInput, findings: &mut Findings) {
    let marks = |entity: &'_ Entity| -> std::vec::IntoIter<String> {
        let names: Vec<String> = entity
            .all_names()
            .map(|name| name.trim().to_lowercase())
            .filter(|name| !name.is_empty())
            .collect();
        names.into_iter()
    };
    shared(input, marks, findings);
}

rule!(
    NAMES_SHARED = "P721" "names-shared" Warning Never Check::Project(names_shared),
    "Two register entries go by the same name.",
    message: "The entries {entity} and {other} are both called “{shared}”. Merge them if they are one; else tell their names apart.",
    does: "Finds names and aliases, in any language and without regard to case, that two entries share.",
    bad: "The same person or country is counted as two, and a suggestion by name may take the wrong one.",
    example: "`witkoff` and `steve-witkoff`, both called “Стив Виткофф”.",
    mend: "Lead all spans to one of the two and take the other out; or add what tells them apart to the names.",
);

fn wikidata_shared(input: &ProjectInput, findings: &mut Findings) {
    shared(input, |entity: &'_ Entity| entity.wikidata.clone().into_iter(), findings);
}

rule!(
    WIKIDATA_SHARED = "P725" "wikidata-shared" Warning Never Check::Project(wikidata_shared),
    "Two register entries have the same Wikidata id.",
    message: "The entries {entity} and {other} both have the Wikidata id {shared}. Merge them, or correct one id.",
    does: "Finds Wikidata ids that two entries share.",
    bad: "The same entity is counted as two.",
    example: "`usa` and `united-states`, both `Q30`.",
    mend: "Lead all spans to one of the two and take the other out, or correct the id.",
);
