//! Offsets between a letter and what belongs to it.

use crate::model::Parts;
use crate::text::{ByteRange, CanonicalText, TextRange, ceil_grapheme, floor_grapheme, is_grapheme_boundary};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

fn inside_grapheme(site: &SpanSite, findings: &mut Findings) {
    let (Some(text), Some((all, parts))) = (site.scope.text, site.within()) else {
        return;
    };
    let cuts =
        |part: &ByteRange| !is_grapheme_boundary(all, part.start) || !is_grapheme_boundary(all, part.end);
    if !parts.clone().any(|part| cuts(&part)) {
        return;
    }
    let whole = widened(text, parts);
    let changes = whole.and_then(|parts| site.scope.change(site.span, |span| span.parts = parts));
    let draft = site.draft().arg("surface", site.scope.surface(site.span));
    findings.push(draft.fix("Take in the whole letters at the edges", true, changes));
}

/// The parts, widened to whole graphemes and as they were otherwise; parts that grow into each other are joined.
fn widened(text: &CanonicalText, parts: impl Iterator<Item = ByteRange>) -> Option<Parts> {
    let all = text.as_str();
    let mut whole: Vec<TextRange> = Vec::new();
    for part in parts {
        // An empty part inside a letter has nothing to widen: it goes to the letter's beginning.
        let end = match part.is_empty() {
            true => floor_grapheme(all, part.start),
            false => ceil_grapheme(all, part.end),
        };
        let range = text.text_range(floor_grapheme(all, part.start)..end)?;
        match whole.last_mut() {
            Some(last) if last.overlaps(range) => *last = last.hull(range),
            _ => whole.push(range),
        }
    }
    Parts::as_given(whole)
}

rule!(
    INSIDE_GRAPHEME = "P103" "inside-grapheme" Error Safe Check::Span(inside_grapheme),
    "A span begins or ends in the middle of a character.",
    message: "Span {span} (“{surface}”) begins or ends in the middle of what people see as one character. Take in the whole character.",
    does: "Finds parts whose edge lies inside a grapheme cluster (Unicode UAX #29): between a letter and its accent, or inside an emoji.",
    bad: "The words cannot be shown or exported as they look, and other tools refuse or move such edges.",
    example: "`й` written as `и` and a combining breve, with the span ending between the two.",
    mend: "Take the fix: it widens the span to whole characters.",
    safety: "Safe: the span grows by signs that cannot be seen apart from what it has already.",
);
