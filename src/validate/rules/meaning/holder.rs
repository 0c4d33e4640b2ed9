//! Holders: whose position or claim it is.

use crate::model::FieldKind;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::required::is_holders;
use crate::validate::scope::FieldSite;

fn holder_absent(site: &FieldSite, findings: &mut Findings) {
    if is_holders(site) && site.value.is_none() {
        findings.push(site.draft());
    }
}

rule!(
    HOLDER_ABSENT = "P502" "holder-absent" Error Never Check::Field(holder_absent),
    "A position or claim has no holder, and does not say why.",
    message: "{path} of {owner} is unset. Say whose it is; if nobody is named, add a holder that is implicit, the author or unknown.",
    does: "Finds spans whose label has `holders` and that have none.",
    bad: "The absence of a holder is an answer too, and must be told apart from a question nobody asked.",
    example: "“Donbas must be handed over” with no `holders` at all.",
    mend: "Add the holder, or a holder with `how: author` (the article speaks for itself), `implicit` or `unknown`.",
);

/// A field `how` among `mention` or `entity`: the record of a holder.
fn is_how(site: &FieldSite) -> bool {
    let named = |def: &crate::model::FieldDef| {
        def.name == "mention" && matches!(def.kind, FieldKind::Span(_))
            || def.name == "entity" && matches!(def.kind, FieldKind::Entity(_))
    };
    site.def.name == "how"
        && matches!(site.def.kind, FieldKind::Choice(_))
        && site.among.defs.iter().any(named)
}

fn is_named(site: &FieldSite) -> bool {
    ["mention", "entity"].iter().any(|name| site.among.fields.get(name).is_some())
}

fn holder_unnamed(site: &FieldSite, findings: &mut Findings) {
    let how = site.among.fields.text("how");
    if is_how(site) && !is_named(site) && how == Some("explicit") {
        findings.push(site.draft());
    }
}

rule!(
    HOLDER_UNNAMED = "P503" "holder-unnamed" Error Never Check::Field(holder_unnamed),
    "A holder is explicit, but neither its mention nor its entity is given.",
    message: "{path} of {owner} is explicit, but neither a mention nor an entity says who it is. Give one of them, or change how.",
    does: "Finds holders with `how: explicit` and neither `mention` nor `entity`.",
    bad: "The holder is named in the article, and the annotation does not say who it is.",
    example: "`\"holders\": [{\"how\": \"explicit\"}]`",
    mend: "Link the mention in the text or choose the entry of the register.",
);

fn holder_contradicts(site: &FieldSite, findings: &mut Findings) {
    let how = site.among.fields.text("how");
    if is_how(site) && is_named(site) && how == Some("unknown") {
        findings.push(site.draft());
    }
}

rule!(
    HOLDER_CONTRADICTS = "P504" "holder-contradicts" Warning Never Check::Field(holder_contradicts),
    "A holder is unknown, but a mention or an entity is given.",
    message: "{path} of {owner} is unknown, but a mention or an entity says who it is. Change how, or unset the other.",
    does: "Finds holders with `how: unknown` beside a `mention` or an `entity`.",
    bad: "One of the two is wrong, and counts by holder depend on which is believed.",
    example: "`\"holders\": [{\"entity\": \"russia\", \"how\": \"unknown\"}]`",
    mend: "Choose `explicit` or `implicit`, or unset the name.",
);
