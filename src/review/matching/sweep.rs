//! Which spans of two sides share code points, and how many: one sweep over their parts.

use std::collections::HashMap;

use crate::model::Parts;
use crate::text::TextRange;

#[derive(Clone, Copy)]
struct Part {
    range: TextRange,
    place: usize,
    left: bool,
}

/// Every pair (left place, right place) that shares a code point, with the number it shares; sorted. Only the places listed in
/// `of_left` and `of_right` take part. `covers` must be tidy, as [`Parts::tidy`] makes it.
///
/// n log n in the number of parts, and what is found: a part is looked at again only by parts that overlap it.
pub(super) fn shared(
    covers_left: &[Option<Parts>],
    covers_right: &[Option<Parts>],
    of_left: &[usize],
    of_right: &[usize],
) -> Vec<(usize, usize, u32)> {
    let parts = |covers: &[Option<Parts>], of: &[usize], left: bool| -> Vec<Part> {
        of.iter()
            .flat_map(|place| {
                let parts = covers[*place].iter().flat_map(|parts| parts.iter().copied());
                parts.map(|range| Part { range, place: *place, left }).collect::<Vec<_>>()
            })
            .collect()
    };
    let mut all = parts(covers_left, of_left, true);
    all.extend(parts(covers_right, of_right, false));
    all.sort_by_key(|part| (part.range, !part.left, part.place));

    let mut found: HashMap<(usize, usize), u32> = HashMap::new();
    let (mut open_left, mut open_right): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    for part in all {
        let others = if part.left { &mut open_right } else { &mut open_left };
        others.retain(|other| other.range.end() > part.range.start());
        for other in others.iter() {
            let shared = part.range.end().min(other.range.end()).get() - part.range.start().get();
            let key = if part.left { (part.place, other.place) } else { (other.place, part.place) };
            *found.entry(key).or_default() += shared;
        }
        if part.left { &mut open_left } else { &mut open_right }.push(part);
    }
    let mut found: Vec<(usize, usize, u32)> =
        found.into_iter().map(|((l, r), shared)| (l, r, shared)).collect();
    found.sort_unstable();
    found
}
