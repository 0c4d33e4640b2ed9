//! The parts of discontinuous spans: their order, and that they are apart.

use crate::model::{Change, Parts};
use crate::text::TextRange;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

fn sorted(site: &SpanSite) -> Vec<TextRange> {
    let mut parts = site.span.parts.as_slice().to_vec();
    parts.sort_unstable();
    parts
}

fn overlap(site: &SpanSite) -> bool {
    let sorted = sorted(site);
    let mut reached = 0;
    sorted.iter().filter(|part| !part.is_empty()).any(|part| {
        let overlaps = part.start().get() < reached;
        reached = reached.max(part.end().get());
        overlaps
    })
}

fn tidied(site: &SpanSite) -> Option<Vec<Change>> {
    let parts = Parts::tidy(site.span.parts.iter().copied())?;
    site.scope.change(site.span, |span| span.parts = parts)
}

fn out_of_order(site: &SpanSite, findings: &mut Findings) {
    if site.span.parts.len() > 1
        && !site.span.parts.as_slice().is_sorted_by_key(|part| part.start())
        && !overlap(site)
    {
        let draft = site.draft().arg("parts", format!("{:?}", pairs(site)));
        findings.push(draft.fix("Put the parts into text order", true, tidied(site)));
    }
}

fn overlapping(site: &SpanSite, findings: &mut Findings) {
    if site.span.parts.len() > 1 && overlap(site) {
        let draft = site.draft().arg("parts", format!("{:?}", pairs(site)));
        findings.push(draft.fix("Join the parts that overlap", true, tidied(site)));
    }
}

fn empty_part(site: &SpanSite, findings: &mut Findings) {
    let parts = &site.span.parts;
    if parts.len() > 1 && parts.covered() > 0 && parts.iter().any(|part| part.is_empty()) {
        let draft = site.draft().arg("parts", format!("{:?}", pairs(site)));
        findings.push(draft.fix("Leave the empty part out", true, tidied(site)));
    }
}

fn pairs(site: &SpanSite) -> Vec<(u32, u32)> {
    let parts = site.span.parts.iter();
    parts.map(|part| (part.start().get(), part.end().get())).collect()
}

rule!(
    PARTS_OUT_OF_ORDER = "P107" "parts-out-of-order" Error Safe Check::Span(out_of_order),
    "The parts of a span are not in text order.",
    message: "The parts of span {span} ({parts}) are not in text order. Put the earlier part first.",
    does: "Finds discontinuous spans whose parts run backwards.",
    bad: "The surface reads in the wrong order, and `start` and `end` in exports are not what readers expect.",
    example: "`parts: [[40, 50], [10, 20]]`",
    mend: "Take the fix.",
    safety: "Safe: the span covers the same characters.",
);

rule!(
    PARTS_OVERLAP = "P108" "parts-overlap" Error Safe Check::Span(overlapping),
    "Parts of one span overlap.",
    message: "Parts of span {span} ({parts}) overlap. Join them.",
    does: "Finds discontinuous spans of which two parts share characters.",
    bad: "The shared words are counted twice.",
    example: "`parts: [[10, 20], [15, 30]]`",
    mend: "Take the fix.",
    safety: "Safe: the span covers the same characters.",
);

rule!(
    EMPTY_PART = "P109" "empty-part" Warning Safe Check::Span(empty_part),
    "A part of a span covers no text.",
    message: "One of the parts of span {span} ({parts}) covers nothing. Leave it out.",
    does: "Finds discontinuous spans with a part of length zero beside others.",
    bad: "An empty part says nothing, and most formats cannot carry it.",
    example: "`parts: [[10, 20], [30, 30]]`",
    mend: "Take the fix.",
    safety: "Safe: the span covers the same characters.",
);
