//! Links from fields to spans.

use super::{kinds, link_of};
use crate::model::{FieldKind, Link, SpanId};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{Owner, ValueSite};

fn target(site: &ValueSite) -> Option<SpanId> {
    match link_of(site)? {
        Link::Span(id) => Some(id),
        _ => None,
    }
}

fn is_self(site: &ValueSite, id: &SpanId) -> bool {
    matches!(site.field.among.owner, Owner::Span(span) if span.id == *id)
}

fn dangling(site: &ValueSite, findings: &mut Findings) {
    if let Some(id) = target(site)
        && site.scope().input.set.get(&id).is_none()
    {
        findings.push(site.draft().arg("target", &id).fix("Unset the link", false, site.put(None)));
    }
}

rule!(
    DANGLING_LINK = "P401" "dangling-link" Error Offered Check::Value(dangling),
    "A field links to a span that is not there.",
    message: "{path} of {owner} links to span {target}, which is not in this file. Link it to another span, or unset it.",
    does: "Finds links to spans (such as a holder's `mention`) whose id no span of the file has.",
    bad: "The link says something about nothing.",
    example: "`\"mention\": \"s12\"` after `s12` was taken out by hand.",
    mend: "Link the field anew, or take the fix.",
    safety: "Offered only: it removes what was said.",
);

fn wrong_label(site: &ValueSite, findings: &mut Findings) {
    let Some(id) = target(site) else { return };
    let Some(span) = site.scope().input.set.get(&id) else {
        return;
    };
    if is_self(site, &id) {
        return;
    }
    let mut allowed: Vec<&str> = Vec::new();
    for kind in kinds(site.kind()) {
        if let FieldKind::Span(labels) = kind {
            if labels.is_empty() || labels.contains(&span.label) {
                return;
            }
            allowed.extend(labels.iter().map(String::as_str));
        }
    }
    let draft = site.draft().arg("target", &id).arg("label", &span.label);
    findings.push(draft.arg("allowed", allowed.join(", ")));
}

rule!(
    WRONG_LINK_LABEL = "P402" "wrong-link-label" Error Never Check::Value(wrong_label),
    "A field links to a span of a label that does not belong there.",
    message: "{path} of {owner} links to span {target}, which is a {label}; only {allowed} may stand there. Link it to another span.",
    does: "Finds links to spans whose label the schema does not allow in that field.",
    bad: "Whoever reads the field expects a thing of another sort.",
    example: "A holder's `mention` that links to a claim instead of an entity.",
    mend: "Link the field to a span of the right label.",
);

fn self_link(site: &ValueSite, findings: &mut Findings) {
    if let Some(id) = target(site)
        && is_self(site, &id)
    {
        findings.push(site.draft().fix("Unset the link", false, site.put(None)));
    }
}

rule!(
    SELF_LINK = "P403" "self-link" Error Offered Check::Value(self_link),
    "A field of a span links to the span itself.",
    message: "{path} of {owner} links to the span itself. Link it to another span, or unset it.",
    does: "Finds links of a span to itself.",
    bad: "A position cannot be its own condition, nor a mention its own source.",
    example: "Position `s7` with `\"condition\": \"s7\"`.",
    mend: "Link the field to the span that was meant, or take the fix.",
    safety: "Offered only: it removes what was said.",
);
