//! Links to the register.

use super::{kinds, link_of};
use crate::model::{FieldKind, Link, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::names::same_but_case;
use crate::validate::scope::ValueSite;

fn unknown_entity(site: &ValueSite, findings: &mut Findings) {
    let Some(Link::Entity(id)) = link_of(site) else {
        return;
    };
    let register = site.scope().input.register;
    if register.get(id.as_str()).is_some() {
        return;
    }
    let meant = same_but_case(id.as_str(), register.iter().map(|entity| entity.id.as_str()));
    let changes = meant.and_then(|meant| site.put(Some(Value::text(meant))));
    findings.push(site.draft().fix("Write the id as the register does", true, changes));
}

rule!(
    UNKNOWN_ENTITY = "P404" "unknown-entity" Error Safe Check::Value(unknown_entity),
    "A field names an entity that the register does not have.",
    message: "{path} of {owner} is “{value}”, which is no id of the register. Choose an entry, or add one.",
    does: "Finds links to register entries whose id `register.ron` does not have.",
    bad: "Nobody knows who is meant, and the network and stance tables miss the actor.",
    example: "`\"entity\": \"witkof\"`",
    mend: "Choose the entry in the window, or add it to the register.",
    safety: "Safe where the id differs from one of the register's by case only; else there is no fix.",
);

fn wrong_kind(site: &ValueSite, findings: &mut Findings) {
    let Some(Link::Entity(id)) = link_of(site) else {
        return;
    };
    let Some(entity) = site.scope().input.register.get(id.as_str()) else {
        return;
    };
    let mut allowed: Vec<&str> = Vec::new();
    for kind in kinds(site.kind()) {
        if let FieldKind::Entity(words) = kind {
            // What an entry does not say of itself cannot be wrong.
            if words.is_empty() || entity.kind.is_empty() || words.contains(&entity.kind) {
                return;
            }
            allowed.extend(words.iter().map(String::as_str));
        }
    }
    findings.push(site.draft().arg("kind", &entity.kind).arg("allowed", allowed.join(", ")));
}

rule!(
    WRONG_ENTITY_KIND = "P405" "wrong-entity-kind" Error Never Check::Value(wrong_kind),
    "A field names an entity of a kind that does not belong there.",
    message: "{path} of {owner} is “{value}”, which is a {kind}; only {allowed} may stand there. Choose another entry.",
    does: "Finds links to register entries whose kind the schema does not allow in that field.",
    bad: "Whoever reads the field expects a thing of another sort.",
    example: "A place in a field that takes persons only.",
    mend: "Choose another entry, or correct the entry's kind in the register.",
);
