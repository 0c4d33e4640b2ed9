//! The project's rules on crossing and overlapping spans, by sweeping over the text once.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use crate::model::{LabelDef, Overlap, Span};
use crate::text::TextRange;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// A part of a span that takes part in a rule.
struct Piece<'a> {
    range: TextRange,
    span: &'a Arc<Span>,
    /// Whether the span has the label whose rule this is.
    owns: bool,
    /// Whether it is one that the label's spans must not meet.
    against: bool,
}

/// The parts that matter for a label's rule, by start, then longest first.
fn pieces<'a>(scope: &SetScope<'a>, label: &LabelDef) -> Vec<Piece<'a>> {
    let is_against = |name: &str| match label.against.is_empty() {
        true => name == label.name,
        false => label.against.iter().any(|other| other == name),
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for span in scope.spans.iter().copied() {
        let (owns, against) = (span.label == label.name, is_against(&span.label));
        if owns || against {
            let parts = span.parts.iter().filter(|part| !part.is_empty());
            pieces.extend(parts.map(|part| Piece { range: *part, span, owns, against }));
        }
    }
    pieces.sort_by_key(|piece| piece.range);
    pieces
}

/// The two furthest-reaching parts so far, of different spans: one of them is never the span asked about.
#[derive(Default)]
struct Furthest<'a>(Vec<(u32, &'a Arc<Span>)>);

impl<'a> Furthest<'a> {
    fn add(&mut self, end: u32, span: &'a Arc<Span>) {
        match self.0.iter_mut().find(|(_, known)| Arc::ptr_eq(known, span)) {
            Some((known, _)) => *known = end.max(*known),
            None => self.0.push((end, span)),
        }
        self.0.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
        self.0.truncate(2);
    }

    /// A span that is not this one and reaches past `start`.
    fn over(&self, start: u32, span: &Arc<Span>) -> Option<&'a Arc<Span>> {
        self.0.iter().find(|(end, other)| *end > start && !Arc::ptr_eq(other, span)).map(|(_, other)| *other)
    }
}

/// Reports each span once, with the first it is in conflict with.
fn tell(
    scope: &SetScope,
    label: &LabelDef,
    mut pairs: Vec<(&Arc<Span>, &Arc<Span>)>,
    findings: &mut Findings,
) {
    pairs.sort_by(|a, b| a.0.place().cmp(&b.0.place()));
    pairs.dedup_by(|a, b| Arc::ptr_eq(a.0, b.0));
    for (span, other) in pairs {
        let draft = scope
            .at_span(span)
            .arg("label", &span.label)
            .arg("surface", scope.surface(span))
            .arg("other", &other.id)
            .arg("other_label", &other.label);
        findings.push(draft.arg("rule_of", &label.name));
    }
}

fn overlaps(scope: &SetScope, findings: &mut Findings) {
    for label in scope.input.schema.labels.iter().filter(|label| label.overlap == Overlap::None) {
        let (mut owners, mut others) = (Furthest::default(), Furthest::default());
        let mut pairs = Vec::new();
        for piece in pieces(scope, label) {
            let (start, end) = (piece.range.start().get(), piece.range.end().get());
            let met = (piece.owns.then(|| others.over(start, piece.span)).flatten())
                .or_else(|| piece.against.then(|| owners.over(start, piece.span)).flatten());
            pairs.extend(met.map(|other| (piece.span, other)));
            if piece.owns {
                owners.add(end, piece.span);
            }
            if piece.against {
                others.add(end, piece.span);
            }
        }
        tell(scope, label, pairs, findings);
    }
}

rule!(
    SPANS_OVERLAP = "P601" "spans-overlap" Error Never Check::Set(overlaps),
    "Two spans overlap that the schema wants apart.",
    message: "Span {span} ({label} “{surface}”) overlaps span {other} ({other_label}); the schema keeps {rule_of} apart from it. Shorten one of them.",
    does: "Finds spans that share text although the label's `overlap` is `none`. Each span is told once.",
    bad: "The project decided that these labels are alternatives; formats with one label a token lose one of them.",
    example: "`[entity s1: президент [entity s2: Украины]]` with `overlap: none`.",
    mend: "Shorten one of the spans, or take one out.",
);

fn crosses(scope: &SetScope, findings: &mut Findings) {
    for label in scope.input.schema.labels.iter().filter(|label| label.overlap == Overlap::Nested) {
        let pieces = pieces(scope, label);
        let mut pairs = Vec::new();
        // Ends of the parts that started before the present start, one span for each end is enough; owners apart from the others.
        let (mut owners, mut others) = (Ends::default(), Ends::default());
        let mut waiting: Vec<&Piece> = Vec::new();
        for piece in &pieces {
            if waiting.first().is_some_and(|first| first.range.start() < piece.range.start()) {
                for earlier in waiting.drain(..) {
                    if earlier.owns {
                        owners.add(earlier);
                    }
                    if earlier.against {
                        others.add(earlier);
                    }
                }
            }
            let met = (piece.owns.then(|| others.ending_inside(piece)).flatten())
                .or_else(|| piece.against.then(|| owners.ending_inside(piece)).flatten());
            pairs.extend(met.map(|other| (piece.span, other)));
            waiting.push(piece);
        }
        pairs.extend(crossing_in_pieces(scope, label));
        tell(scope, label, pairs, findings);
    }
}

/// Parts by their ends: for each end the last two, of different spans.
#[derive(Default)]
struct Ends<'a>(BTreeMap<u32, Vec<&'a Arc<Span>>>);

impl<'a> Ends<'a> {
    fn add(&mut self, piece: &Piece<'a>) {
        let at = self.0.entry(piece.range.end().get()).or_default();
        if at.len() < 2 && !at.iter().any(|span| Arc::ptr_eq(span, piece.span)) {
            at.push(piece.span);
        }
    }

    /// A span with a part that started before this one and ends within it.
    fn ending_inside(&self, piece: &Piece) -> Option<&'a Arc<Span>> {
        let (start, end) = (piece.range.start().get(), piece.range.end().get());
        let inside = (Bound::Excluded(start), Bound::Excluded(end));
        if start >= end {
            return None;
        }
        let mut found = self.0.range(inside).flat_map(|(_, spans)| spans.iter().copied());
        // Parts of one span do not cross each other unless the span itself is untidy, which is another rule's.
        found.find(|other| !Arc::ptr_eq(other, piece.span))
    }
}

/// How many neighbours of discontinuous spans are looked at in one set: these are compared pair by pair.
const PAIR_BUDGET: usize = 200_000;

/// Discontinuous spans can cross without any two parts crossing: one part inside, one outside.
fn crossing_in_pieces<'a>(scope: &SetScope<'a>, label: &LabelDef) -> Vec<(&'a Arc<Span>, &'a Arc<Span>)> {
    let is_against = |name: &str| match label.against.is_empty() {
        true => name == label.name,
        false => label.against.iter().any(|other| other == name),
    };
    let mut left = PAIR_BUDGET;
    let mut pairs = Vec::new();
    for span in scope.spans.iter().copied().filter(|span| span.parts.len() > 1) {
        let (owns, against) = (span.label == label.name, is_against(&span.label));
        if !owns && !against || left == 0 {
            continue;
        }
        let near: Vec<&Arc<Span>> =
            span.parts.iter().flat_map(|part| scope.input.set.touching(*part)).collect();
        left = left.saturating_sub(near.len());
        let meets = |other: &Arc<Span>| {
            !Arc::ptr_eq(other, span)
                && (owns && is_against(&other.label) || against && other.label == label.name)
                && span.parts.cross(&other.parts)
        };
        pairs.extend(near.into_iter().find(|other| meets(other)).map(|other| (span, other)));
    }
    pairs
}

rule!(
    SPANS_CROSS = "P602" "spans-cross" Error Never Check::Set(crosses),
    "Two spans cross that the schema allows only to nest.",
    message: "Span {span} ({label} “{surface}”) crosses span {other} ({other_label}); the schema lets {rule_of} only nest with it. Move an edge.",
    does: "Finds spans that overlap without one lying inside the other, although the label's `overlap` is `nested`. Each span is told once.",
    bad: "The project decided that these labels form a tree; formats such as TEI and bracketed text cannot carry crossing spans.",
    example: "`[a: one [b: two] three]` is fine; `a` on “one two” and `b` on “two three” is not.",
    mend: "Move the edge of one of the spans.",
);
