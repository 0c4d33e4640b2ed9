//! The words that a file gives for a span against the words that stand there.

use std::sync::Arc;

use memchr::memmem;

use crate::model::{Change, Parts, Span};
use crate::text::{CanonicalText, is_grapheme_boundary};
use crate::validate::draft::{Draft, Findings, shortened};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{SetScope, SpanSite};

fn surface_differs(site: &SpanSite, findings: &mut Findings) {
    let (Some(text), Some(misquote)) = (site.scope.text, &site.span.misquote) else {
        return;
    };
    // A span out of range is told of there, with the same fix.
    if site.bytes.iter().any(Option::is_none) {
        return;
    }
    let there = site.span.surface(text);
    if there == misquote.text {
        return;
    }
    let draft = site.draft().arg("surface", shortened(&misquote.text)).arg("there", shortened(&there));
    findings.push(with_anchor(draft, site.scope, site.span));
}

rule!(
    SURFACE_DIFFERS = "P101" "surface-differs" Error Safe Check::Span(surface_differs),
    "The words at a span's place are not those that its file gives.",
    message: "Span {span} is “{surface}” by its file, but the article says “{there}” there. Move the span to its words, or take it out.",
    does: "Compares the surface text that the file stores for a span with what the article says at its offsets.",
    bad: "The span is on the wrong words: either the article or the offsets were changed by something that does not know of the other.",
    example: "The file says `parts: [[10, 16]], text: \"Витков\"`, and the article has `итков,` there: one character was taken out before it.",
    mend: "Take the fix where there is one, or mark the words anew in the window.",
    safety: "Safe only if the article's fingerprint differs too and the words occur exactly once in it. If they occur several times, but once with the stored context, the fix is offered and not made by `--fix`.",
);

/// The most text that is searched for one set's lost spans, in bytes: a file in which everything moved must not stop the window.
const SEARCH_BUDGET: usize = 256 << 20;

/// Adds the fix that moves a lost span to where its words stand now.
pub(super) fn with_anchor(draft: Draft, scope: &SetScope, span: &Arc<Span>) -> Draft {
    let Some(text) = scope.text else { return draft };
    if text.len_bytes().saturating_mul(scope.spans.len()) > SEARCH_BUDGET {
        return draft;
    }
    let Some((parts, only)) = place_of_words(text, span) else {
        return draft;
    };
    let changed = scope.input.set.fingerprint != text.fingerprint();
    let changes: Option<Vec<Change>> = scope.change(span, |span| {
        span.parts = parts;
        span.misquote = None;
    });
    draft.fix("Move the span to its words", only && changed, changes)
}

/// Where the stored words of a span stand in one piece, and whether nowhere else. Of several places the one whose surroundings are
/// those stored, if that is one.
fn place_of_words(text: &CanonicalText, span: &Span) -> Option<(Parts, bool)> {
    let misquote = span.misquote.as_ref()?;
    if span.parts.len() != 1 || misquote.text.trim().is_empty() {
        return None;
    }
    let all = text.as_str();
    let length = misquote.text.len();
    let mut places = memmem::find_iter(all.as_bytes(), misquote.text.as_bytes())
        .filter(|at| is_grapheme_boundary(all, *at) && is_grapheme_boundary(all, at + length));
    let first = places.next()?;
    let second = places.next();
    let only = second.is_none();
    let at = match second {
        None => first,
        Some(second) => {
            let in_context = |at: &usize| {
                all[..*at].ends_with(&misquote.before) && all[at + length..].starts_with(&misquote.after)
            };
            if misquote.before.is_empty() && misquote.after.is_empty() {
                return None;
            }
            let mut fitting = [first, second].into_iter().chain(places).filter(in_context);
            match (fitting.next(), fitting.next()) {
                (Some(at), None) => at,
                _ => return None,
            }
        }
    };
    Some((Parts::one(text.text_range(at..at + length)?), only))
}
