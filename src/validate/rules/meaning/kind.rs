//! What a mention's kind is, against what the register says.

use crate::model::FieldKind;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::FieldSite;

fn kind_differs(site: &FieldSite, findings: &mut Findings) {
    let FieldKind::Choice(choices) = &site.def.kind else {
        return;
    };
    if site.def.name != "kind" {
        return;
    }
    let is_link =
        |def: &crate::model::FieldDef| def.name == "entity" && matches!(def.kind, FieldKind::Entity(_));
    if !site.among.defs.iter().any(is_link) {
        return;
    }
    let (Some(kind), Some(id)) = (site.among.fields.text("kind"), site.among.fields.text("entity")) else {
        return;
    };
    let Some(entity) = site.scope().input.register.get(id) else {
        return;
    };
    let known = |kind: &str| choices.iter().any(|choice| choice.name == kind);
    if entity.kind != kind && known(&entity.kind) && known(kind) {
        let draft = site.draft().arg("kind", kind).arg("entity", id);
        findings.push(draft.arg("registered", &entity.kind));
    }
}

rule!(
    KIND_DIFFERS = "P507" "kind-differs" Warning Never Check::Field(kind_differs),
    "A mention is of another kind than its register entry.",
    message: "{path} of {owner} is {kind}, but the register says that {entity} is {registered}. What it literally names belongs into `literal`.",
    does: "Finds spans whose `kind` is not that of the register entry they link to.",
    bad: "The same actor is counted under two kinds.",
    example: "`Кремль` with kind `place`, linked to the Russian government, an `organisation`.",
    mend: "Take the register's kind, and put what the words literally name into `literal`; or correct the register.",
);
