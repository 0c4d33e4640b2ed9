//! Relations and their ends.

use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::names::same_but_case;
use crate::validate::scope::RelationSite;

fn unknown_relation(site: &RelationSite, findings: &mut Findings) {
    let schema = site.scope.input.schema;
    if schema.relation(&site.relation.label).is_some() {
        return;
    }
    let meant = same_but_case(&site.relation.label, schema.relations.iter().map(|def| def.name.as_str()));
    let changes = meant.and_then(|meant| site.change(|relation| meant.clone_into(&mut relation.label)));
    let draft = site.draft().arg("label", &site.relation.label);
    findings.push(draft.fix("Write the label as the schema does", true, changes));
}

rule!(
    UNKNOWN_RELATION = "P409" "unknown-relation" Error Safe Check::Relation(unknown_relation),
    "A relation has a label that the schema does not have.",
    message: "Relation {relation} has the label {label}, which the schema does not have. Correct it, or add the relation to the schema.",
    does: "Finds relations whose label `schema.ron` does not declare.",
    bad: "Nothing is known about what it says or what it may link.",
    example: "`label: \"suports\"`",
    mend: "Give the relation a label of the schema, or add the label.",
    safety: "Safe where the label differs from one of the schema's by case only; else there is no fix.",
);

fn dangling_relation(site: &RelationSite, findings: &mut Findings) {
    let ends = [&site.relation.from, &site.relation.to];
    let missing: Vec<&str> =
        ends.into_iter().filter(|id| site.scope.input.set.get(id).is_none()).map(|id| id.as_str()).collect();
    if missing.is_empty() {
        return;
    }
    let draft = site.draft().arg("label", &site.relation.label).arg("missing", missing.join(", "));
    findings.push(draft.fix("Take the relation out", false, site.removal()));
}

rule!(
    DANGLING_RELATION = "P410" "dangling-relation" Error Offered Check::Relation(dangling_relation),
    "A relation starts or ends at a span that is not there.",
    message: "Relation {relation} ({label}) needs span {missing}, which is not in this file. Correct the end, or take the relation out.",
    does: "Finds relations of which one end is no span of the file.",
    bad: "The relation links nothing, and most formats refuse it.",
    example: "`from: \"s7\", to: \"s12\"` after `s12` was taken out by hand.",
    mend: "Correct the end, or take the fix.",
    safety: "Offered only: it removes what was said.",
);

fn self_relation(site: &RelationSite, findings: &mut Findings) {
    if site.relation.from == site.relation.to {
        let draft = site.draft().arg("label", &site.relation.label).arg("end", &site.relation.from);
        findings.push(draft.fix("Take the relation out", false, site.removal()));
    }
}

rule!(
    SELF_RELATION = "P411" "self-relation" Error Offered Check::Relation(self_relation),
    "A relation leads from a span to itself.",
    message: "Relation {relation} ({label}) leads from span {end} to itself. Correct an end, or take the relation out.",
    does: "Finds relations with the same span at both ends.",
    bad: "Nothing supports, attacks or restates itself.",
    example: "`from: \"s7\", to: \"s7\"`",
    mend: "Correct the end that is wrong, or take the fix.",
    safety: "Offered only: it removes what was said.",
);

fn wrong_ends(site: &RelationSite, findings: &mut Findings) {
    let (scope, relation) = (site.scope, site.relation);
    let Some(def) = scope.input.schema.relation(&relation.label) else {
        return;
    };
    let (Some(from), Some(to)) = (scope.input.set.get(&relation.from), scope.input.set.get(&relation.to))
    else {
        return;
    };
    if relation.from == relation.to || def.allows(&from.label, &to.label) {
        return;
    }
    let any = |ends: &[String]| match ends.is_empty() {
        true => "any".to_owned(),
        false => ends.join("/"),
    };
    let swapped = def
        .allows(&to.label, &from.label)
        .then(|| site.change(|relation| std::mem::swap(&mut relation.from, &mut relation.to)));
    let draft = site
        .draft()
        .arg("label", &relation.label)
        .arg("from", &from.label)
        .arg("to", &to.label)
        .arg("allowed", format!("{} → {}", any(&def.from), any(&def.to)));
    findings.push(draft.fix("Turn the relation round", false, swapped.flatten()));
}

rule!(
    WRONG_RELATION_ENDS = "P412" "wrong-relation-ends" Error Offered Check::Relation(wrong_ends),
    "A relation links spans of labels that it may not link.",
    message: "Relation {relation} ({label}) leads from {from} to {to}; the schema allows {allowed}. Correct an end or the label.",
    does: "Finds relations whose ends have labels that the schema does not allow there.",
    bad: "The relation says something that makes no sense, such as an entity that attacks a place.",
    example: "`supports` from an entity to a claim, where only positions and claims may stand.",
    mend: "Correct the end that is wrong, or take the fix where turning it round makes it right.",
    safety: "Offered only: it changes what was said.",
);
