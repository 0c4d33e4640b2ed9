//! Groups of spans of several annotators that are about the same thing: at most one of each annotator in a group.

use std::sync::Arc;

use super::matching::{self, Rule};
use crate::model::{Parts, Span};
use crate::text::TextRange;

/// A span: whose it is, and which of that annotator's spans.
pub(super) type Member = (usize, usize);

/// The groups; each span is in exactly one.
///
/// Matching joins whatever is best joined, and a position may so be joined with an entity inside it for want of anything better. A judge
/// must be able to take both, so members that are not like each other ([`likeness`]) are set apart again.
pub(super) fn clusters(spans: &[Vec<&Arc<Span>>]) -> Vec<Vec<Member>> {
    let sides: Vec<Vec<&Span>> = spans.iter().map(|of| of.iter().map(|span| &***span).collect()).collect();
    let found = matching::clusters(&sides, Rule::SAME_THING);
    found.iter().flat_map(|cluster| apart(cluster.spans().collect(), &sides)).collect()
}

/// The members in groups of those that are like each other, directly or through others.
fn apart(members: Vec<Member>, sides: &[Vec<&Span>]) -> Vec<Vec<Member>> {
    let told = |member: &Member| {
        let span = sides[member.0][member.1];
        (&span.parts, span.label.as_str())
    };
    let mut groups: Vec<Vec<Member>> = Vec::new();
    for member in members {
        let (mut own, others): (Vec<Vec<Member>>, Vec<Vec<Member>>) = groups
            .into_iter()
            .partition(|group| group.iter().any(|other| likeness(told(other), told(&member)).is_some()));
        own.push(vec![member]);
        groups = others;
        groups.push(own.concat());
    }
    groups
}

/// How much speaks for two spans, told by parts and label, being about the same thing: the share of their text that they have in common
/// (Jaccard's index over code points), more for the same label, most for the same parts. `None`: they share nothing, or their labels differ
/// and they share less than half.
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
