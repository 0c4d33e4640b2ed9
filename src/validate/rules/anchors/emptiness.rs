//! Spans with nothing in them.

use crate::text::{ByteRange, is_white};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

fn empty(site: &SpanSite, findings: &mut Findings) {
    if site.span.parts.covered() == 0 {
        findings.push(site.draft().arg("start", site.span.start()));
    }
}

rule!(
    EMPTY_SPAN = "P104" "empty-span" Error Never Check::Span(empty),
    "A span covers no text.",
    message: "Span {span} at {start} covers nothing. Mark its words, or take it out.",
    does: "Finds spans of length zero.",
    bad: "Nobody can see or click such a span, and most formats cannot carry it.",
    example: "`parts: [[12, 12]]`",
    mend: "Choose the problem in the window, which leads to the span; mark the words that were meant, or remove the span.",
);

/// White space as text has it, and signs that cannot be seen at all.
pub(super) fn is_unseen(character: char) -> bool {
    is_white(character) || is_invisible(character)
}

/// Signs without width that are not part of the character before them: zero-width space, byte order mark, soft hyphen, word joiner,
/// direction marks. Joiners inside emoji and scripts are no oddity and are not among them.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200B}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}' | '\u{200E}' | '\u{200F}' | '\u{061C}'
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Whether the parts together show nothing.
pub(super) fn shows_nothing(all: &str, mut parts: impl Iterator<Item = ByteRange>) -> bool {
    parts.all(|part| all[part].chars().all(is_unseen))
}

fn blank(site: &SpanSite, findings: &mut Findings) {
    if site.span.parts.covered() == 0 {
        return;
    }
    if let Some((all, parts)) = site.within()
        && shows_nothing(all, parts)
    {
        let draft = site.draft().arg("start", site.span.start()).arg("end", site.span.end());
        findings.push(draft);
    }
}

rule!(
    BLANK_SPAN = "P105" "blank-span" Error Never Check::Span(blank),
    "A span covers nothing but white space.",
    message: "Span {span} at {start}..{end} covers nothing but white space. Mark its words, or take it out.",
    does: "Finds spans of which every character is white space or invisible.",
    bad: "It says nothing, and usually means that offsets are shifted.",
    example: "`parts: [[12, 13]]` where the article has a space.",
    mend: "Choose the problem in the window, which leads to the span; mark the words that were meant, or remove the span.",
);
