//! Spans over a paragraph border.

use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

fn crosses_paragraph(site: &SpanSite, findings: &mut Findings) {
    let (Some(text), Some((all, parts))) = (site.scope.text, site.within()) else {
        return;
    };
    // Line ends at a part's edge are white space at an edge, which is another rule's.
    let crosses = parts.clone().any(|part| {
        let inner = all[part.clone()].trim_ascii();
        let start = part.start + (all[part.clone()].len() - all[part].trim_ascii_start().len());
        !inner.is_empty() && text.lines().line_of(start) != text.lines().line_of(start + inner.len() - 1)
    });
    if crosses {
        findings.push(site.draft().arg("surface", site.scope.surface(site.span)));
    }
}

rule!(
    CROSSES_PARAGRAPH = "P110" "crosses-paragraph" Warning Never Check::Span(crosses_paragraph),
    "A span reaches over the end of a paragraph.",
    message: "Span {span} (“{surface}”) reaches over the end of a paragraph. Usually two spans, or one of two parts, are meant.",
    does: "Finds parts of spans that hold a line end between words. In news texts a paragraph is a line.",
    bad: "Often a drag went too far; and formats that go paragraph by paragraph cannot carry the span.",
    example: "A span from the end of the headline into the first sentence.",
    mend: "Shorten the span, or give it two parts.",
);
