//! Register entries that nothing needs, and ids that are none.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::model::{AnnotationSet, Link, Lookup, leaves};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

/// The register ids that a set's fields name.
fn named(input: &ProjectInput, set: &AnnotationSet) -> HashSet<String> {
    let lookup = Lookup { set, register: input.register, codebook: input.codebook };
    let of_spans = set.spans().map(|span| (input.schema.fields_of(&span.label), &span.fields));
    let of_relations = set
        .relations()
        .filter_map(|relation| Some((&input.schema.relation(&relation.label)?.fields[..], &relation.fields)));
    let of_article = std::iter::once((&input.schema.article_fields[..], &set.fields));
    let mut found = HashSet::new();
    for (defs, fields) in of_spans.chain(of_relations).chain(of_article) {
        for leaf in leaves(defs, fields) {
            if let Some(Link::Entity(id)) = lookup.link(&leaf.def.kind, leaf.value) {
                found.insert(id.to_string());
            }
        }
    }
    found
}

fn unreferenced(input: &ProjectInput, findings: &mut Findings) {
    let sets: Vec<&AnnotationSet> =
        input.sets.iter().filter_map(|state| Some(state.outcome.as_ref().ok()?.0)).collect();
    // Before anyone has annotated, nothing can be in use.
    if sets.iter().all(|set| set.is_empty()) {
        return;
    }
    let mut used: HashSet<String> =
        sets.par_iter().map(|set| named(input, set)).reduce(HashSet::new, |mut all, more| {
            all.extend(more);
            all
        });
    let affiliations = input.register.iter().flat_map(|entity| &entity.affiliations);
    used.extend(affiliations.map(|affiliation| affiliation.entity.to_string()));
    for entity in input.register.iter().filter(|entity| !used.contains(entity.id.as_str())) {
        let draft = Draft::in_file(input.settings.register.as_str()).arg("entity", &entity.id);
        findings.push(draft.arg("name", &entity.name));
    }
}

rule!(
    ENTITY_UNREFERENCED = "P726" "entity-unreferenced" Info Never Check::Project(unreferenced),
    "A register entry is used by no annotation.",
    message: "Nothing links to the entry {entity} ({name}). Leave it for later work, or take it out.",
    does: "Finds entries that no field of any annotation file and no affiliation names.",
    bad: "It is no fault; but an entry nobody uses is often the twin of one that everybody uses.",
    example: "`steve-witkoff`, while all spans link to `witkoff`.",
    mend: "Merge it with its twin, or leave it.",
);

fn wikidata_malformed(input: &ProjectInput, findings: &mut Findings) {
    for entity in input.register.iter() {
        let Some(id) = &entity.wikidata else { continue };
        let digits = id.strip_prefix('Q').unwrap_or_default();
        let is_id =
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if !is_id {
            let draft = Draft::in_file(input.settings.register.as_str()).arg("entity", &entity.id);
            findings.push(draft.arg("wikidata", id));
        }
    }
}

rule!(
    WIKIDATA_MALFORMED = "P724" "wikidata-malformed" Warning Never Check::Project(wikidata_malformed),
    "A Wikidata id is none.",
    message: "The entry {entity} has the Wikidata id “{wikidata}”; such ids are a Q and a number, like Q30. Correct it, or leave it out.",
    does: "Finds Wikidata ids that are not `Q` and a number.",
    bad: "The entry cannot be looked up or joined with other data.",
    example: "`wikidata: Some(\"https://www.wikidata.org/wiki/Q30\")`",
    mend: "Leave only the id, `Q30`.",
);
