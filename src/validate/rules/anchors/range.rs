//! Offsets past the article's end.

use super::surface::with_anchor;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

fn out_of_range(site: &SpanSite, findings: &mut Findings) {
    let Some(text) = site.scope.text else { return };
    if site.bytes.iter().any(Option::is_none) {
        let draft = site
            .draft()
            .arg("start", site.span.start())
            .arg("end", site.span.end())
            .arg("length", text.len());
        findings.push(with_anchor(draft, site.scope, site.span));
    }
}

rule!(
    OFFSETS_OUT_OF_RANGE = "P102" "offsets-out-of-range" Error Safe Check::Span(out_of_range),
    "A span reaches past the end of its article.",
    message: "Span {span} is at {start}..{end}, but the article has only {length} code points. Mark the words anew, or take the span out.",
    does: "Finds parts of spans that end after the article does. Offsets are code points of the canonical text.",
    bad: "There are no words at that place. Often the offsets were counted in another unit (bytes, UTF-16), or the article was shortened.",
    example: "`parts: [[990, 1010]]` in an article of 1000 code points.",
    mend: "Take the fix where there is one; if all spans are shifted, import the source again with the right `--offset-unit`.",
    safety: "Safe only if the article's fingerprint differs and the stored words occur exactly once in the article; else it is offered.",
);
