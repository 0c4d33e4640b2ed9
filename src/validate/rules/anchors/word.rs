//! Spans that cut a word.

use crate::model::Parts;
use crate::text::{ByteRange, TextRange, snap_to_words, word_at};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

/// Whether a word goes on over this byte.
fn is_inside_word(all: &str, byte: usize) -> bool {
    // Most edges stand beside a space: only where letters meet is a word looked for.
    let before = all[..byte].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = all[byte..].chars().next().is_some_and(char::is_alphanumeric);
    before && after && word_at(all, byte).is_some_and(|word| word.start < byte && byte < word.end)
}

fn cuts_word(site: &SpanSite, findings: &mut Findings) {
    let (Some(text), Some((all, parts))) = (site.scope.text, site.within()) else {
        return;
    };
    let cuts = |part: &ByteRange| {
        !part.is_empty() && (is_inside_word(all, part.start) || is_inside_word(all, part.end))
    };
    if !parts.clone().any(|part| cuts(&part)) {
        return;
    }
    let whole: Option<Vec<TextRange>> = parts.map(|part| text.text_range(snap_to_words(all, part))).collect();
    let changes =
        whole.and_then(Parts::tidy).and_then(|parts| site.scope.change(site.span, |span| span.parts = parts));
    let draft = site.draft().arg("surface", site.scope.surface(site.span));
    findings.push(draft.fix("Take in the whole words", false, changes));
}

rule!(
    CUTS_WORD = "P112" "cuts-word" Info Offered Check::Span(cuts_word),
    "A span begins or ends inside a word.",
    message: "Span {span} (“{surface}”) begins or ends inside a word. Take in the whole word, unless the part is meant.",
    does: "Finds parts whose edge lies between two letters of one word.",
    bad: "Mostly a slip of the mouse; token-based formats widen or drop such spans.",
    example: "`[Трам]па` instead of `[Трампа]`.",
    mend: "Take the fix, or leave it if part of a word is meant (`[анти]российский`).",
    safety: "Offered only: part of a word can be meant.",
);
