//! White space and invisible signs at the edges of spans.

use super::emptiness::{is_invisible, is_unseen, shows_nothing};
use crate::model::{Change, Parts};
use crate::text::{ByteRange, TextRange, is_grapheme_boundary};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SpanSite;

/// The part without what cannot be seen at its edges, cut between graphemes only; empty if nothing is left.
fn trimmed(all: &str, part: ByteRange) -> ByteRange {
    let (mut start, mut end) = (part.start, part.end);
    while let Some(first) = all[start..end].chars().next().filter(|c| is_unseen(*c)) {
        if !is_grapheme_boundary(all, start + first.len_utf8()) {
            break;
        }
        start += first.len_utf8();
    }
    while let Some(last) = all[start..end].chars().next_back().filter(|c| is_unseen(*c)) {
        if !is_grapheme_boundary(all, end - last.len_utf8()) {
            break;
        }
        end -= last.len_utf8();
    }
    start..end
}

/// Reports the span if a sign of this kind would be trimmed from the edge of a part.
fn at_edges(site: &SpanSite, findings: &mut Findings, is_meant: fn(char) -> bool) {
    let Some((all, parts)) = site.within() else { return };
    let has_edge = |part: &ByteRange| {
        let edges = [all[part.clone()].chars().next(), all[part.clone()].chars().next_back()];
        edges.into_iter().flatten().any(is_meant) && trimmed(all, part.clone()) != *part
    };
    let edges: Vec<char> = parts
        .clone()
        .filter(has_edge)
        .flat_map(|part| [all[part.clone()].chars().next(), all[part].chars().next_back()])
        .flatten()
        .filter(|c| is_meant(*c))
        .collect();
    if edges.is_empty() || shows_nothing(all, parts.clone()) {
        return;
    }
    let mut signs: Vec<String> = edges.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    signs.sort_unstable();
    signs.dedup();
    let draft = site.draft().arg("surface", site.scope.surface(site.span)).arg("signs", signs.join(", "));
    findings.push(draft.fix("Leave out what cannot be seen at the edges", true, trim(site, all, parts)));
}

fn trim(site: &SpanSite, all: &str, parts: impl Iterator<Item = ByteRange>) -> Option<Vec<Change>> {
    let text = site.scope.text?;
    let kept: Option<Vec<TextRange>> = parts
        .map(|part| match part.is_empty() {
            true => part,
            false => trimmed(all, part),
        })
        .map(|part| text.text_range(part))
        .collect();
    // A part of nothing but white space would become an empty one, so it goes too.
    let before = site.span.parts.as_slice();
    let kept = kept?
        .into_iter()
        .zip(before)
        .filter(|(now, was)| was.is_empty() || !now.is_empty())
        .map(|(now, _)| now)
        .collect();
    let parts = Parts::as_given(kept)?;
    site.scope.change(site.span, |span| span.parts = parts)
}

rule!(
    WHITE_SPACE_EDGE = "P106" "white-space-edge" Warning Safe
    Check::Span(|site, findings| at_edges(site, findings, |c| c.is_whitespace())),
    "A span begins or ends with white space.",
    message: "Span {span} (“{surface}”) begins or ends with white space ({signs}). Leave the white space out.",
    does: "Finds parts of spans whose first or last character is white space.",
    bad: "Two annotators who mean the same words disagree by a space, and token-based formats lose the span's edge.",
    example: "`[сказал ]` instead of `[сказал]`.",
    mend: "Take the fix.",
    safety: "Safe: only white space and invisible signs leave the span.",
);

rule!(
    INVISIBLE_EDGE = "P111" "invisible-edge" Warning Safe Check::Span(|site, findings| at_edges(site, findings, is_invisible)),
    "A span begins or ends with an invisible sign.",
    message: "Span {span} (“{surface}”) begins or ends with a sign that cannot be seen ({signs}). Leave it out.",
    does: "Finds byte order marks, zero-width spaces, soft hyphens, word joiners and direction marks at the edges of spans.",
    bad: "The words look the same and are not equal: searching, counting and comparing them goes wrong.",
    example: "A span that takes in the zero-width space that a web page left behind a name.",
    mend: "Take the fix.",
    safety: "Safe: only white space and invisible signs leave the span.",
);
