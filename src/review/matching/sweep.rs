//! Which spans of two sides share code points, and how many: one sweep over their parts.

use super::side::Side;
use crate::text::TextRange;

/// The parts of these places, by start.
fn parts(side: &Side<'_>, of: &[usize]) -> Vec<(TextRange, usize)> {
    let mut parts: Vec<(TextRange, usize)> = Vec::with_capacity(of.len());
    for place in of {
        parts.extend(side.cover(*place).iter().map(|part| (*part, *place)));
    }
    if !parts.is_sorted_by_key(|part| part.0.start()) {
        parts.sort_by_key(|part| part.0);
    }
    parts
}

/// Every pair (left place, right place) that shares a code point, with the number it shares; sorted. Only the places listed in
/// `of_left` and `of_right` take part.
///
/// n log n in the number of parts, and what is found: a part is looked at again only by parts that overlap it.
pub(super) fn shared(
    left: &Side<'_>,
    right: &Side<'_>,
    of_left: &[usize],
    of_right: &[usize],
) -> Vec<(usize, usize, u32)> {
    let (lefts, rights) = (parts(left, of_left), parts(right, of_right));
    let mut found: Vec<(usize, usize, u32)> = Vec::new();
    let mut open_left: Vec<(TextRange, usize)> = Vec::new();
    let mut open_right: Vec<(TextRange, usize)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    loop {
        let is_left = match (lefts.get(i), rights.get(j)) {
            (None, None) => break,
            (Some(_), None) if open_right.is_empty() => break,
            (None, Some(_)) if open_left.is_empty() => break,
            (Some(l), Some(r)) => l.0.start() <= r.0.start(),
            (l, _) => l.is_some(),
        };
        let (part, others) = if is_left { (lefts[i], &mut open_right) } else { (rights[j], &mut open_left) };
        others.retain(|other| other.0.end() > part.0.start());
        for other in others.iter() {
            let shared = part.0.end().min(other.0.end()).get() - part.0.start().get();
            let (l, r) = if is_left { (part.1, other.1) } else { (other.1, part.1) };
            found.push((l, r, shared));
        }
        if is_left {
            open_left.push(part);
            i += 1;
        } else {
            open_right.push(part);
            j += 1;
        }
    }
    found.sort_unstable();
    // Spans in several parts may share several stretches.
    found.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        kept.2 += if same { next.2 } else { 0 };
        same
    });
    found
}
