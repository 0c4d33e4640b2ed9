//! Groups of spans of several annotators that are about the same thing: at most one of each annotator in a group.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Parts, Span};
use crate::text::{CanonicalText, TextRange};

/// A span: whose it is, and which of that annotator's spans.
type Member = (usize, usize);

/// The groups; each span is in exactly one. The best pairs are joined first: those alike in parts and label before all others, then by how
/// much of their text they share (Jaccard's index over code points), with a bonus for the same label. Spans of different labels are
/// about the same thing only if they share at least half; spans that share nothing never are.
pub(super) fn clusters(spans: &[Vec<&Arc<Span>>], _text: &CanonicalText) -> Vec<Vec<Member>> {
    let mut pairs = candidates(spans);
    let hull = |member: Member| spans[member.0][member.1].parts.hull();
    // Ties go by place, and between equal places by what does not depend on whose the spans are.
    pairs.sort_by(|a, b| {
        let place = |(x, y): (Member, Member)| {
            let (p, q) = (hull(x), hull(y));
            if p <= q { (p, q) } else { (q, p) }
        };
        b.0.total_cmp(&a.0).then_with(|| place(a.1).cmp(&place(b.1))).then_with(|| a.1.cmp(&b.1))
    });
    let mut group_of: HashMap<Member, usize> = HashMap::new();
    let mut groups: Vec<Vec<Member>> = Vec::new();
    for (who, all) in spans.iter().enumerate() {
        for nth in 0..all.len() {
            group_of.insert((who, nth), groups.len());
            groups.push(vec![(who, nth)]);
        }
    }
    for (_, (a, b)) in pairs {
        let (Some(&into), Some(&gone)) = (group_of.get(&a), group_of.get(&b)) else { continue };
        let clash = groups[into].iter().any(|(who, _)| groups[gone].iter().any(|(other, _)| who == other));
        if into == gone || clash {
            continue;
        }
        for member in std::mem::take(&mut groups[gone]) {
            group_of.insert(member, into);
            groups[into].push(member);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Pairs of different annotators' spans that may be about the same thing, with how much speaks for it.
fn candidates<'s>(spans: &[Vec<&'s Arc<Span>>]) -> Vec<(f64, (Member, Member))> {
    let mut all: Vec<Member> =
        spans.iter().enumerate().flat_map(|(who, of)| (0..of.len()).map(move |nth| (who, nth))).collect();
    let span = |member: Member| spans[member.0][member.1];
    all.sort_by_key(|member| (span(*member).parts.hull(), *member));
    let told = |span: &'s Arc<Span>| (&span.parts, span.label.as_str());
    // A sweep from left to right: what has not ended yet may share text with what comes next.
    let (mut open, mut pairs): (Vec<Member>, Vec<(f64, (Member, Member))>) = (Vec::new(), Vec::new());
    for member in all {
        let here = span(member).parts.hull();
        open.retain(|other| {
            let there = span(*other).parts.hull();
            there.end() > here.start() || (there == here && here.is_empty())
        });
        for other in open.iter().filter(|other| other.0 != member.0) {
            if let Some(weight) = likeness(told(span(*other)), told(span(member))) {
                let pair = if *other < member { (*other, member) } else { (member, *other) };
                pairs.push((weight, pair));
            }
        }
        open.push(member);
    }
    pairs
}

/// How much speaks for two spans, told by parts and label, being about the same thing; `None`: nothing does.
pub(super) fn likeness(a: (&Parts, &str), b: (&Parts, &str)) -> Option<f64> {
    let same_label = a.1 == b.1;
    if a.0 == b.0 {
        return Some(if same_label { 4.0 } else { 1.5 });
    }
    let each = |p: &TextRange| b.0.iter().filter_map(|q| p.intersection(*q)).map(|r| r.len()).sum::<u32>();
    let shared: u32 = a.0.iter().map(each).sum();
    if shared == 0 {
        return None;
    }
    let all = (a.0.covered() + b.0.covered()).saturating_sub(shared).max(1);
    let jaccard = f64::from(shared) / f64::from(all);
    match same_label {
        true => Some(1.0 + jaccard),
        false => (jaccard >= 0.5).then_some(jaccard),
    }
}
