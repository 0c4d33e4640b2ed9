//! From spans to units: which set of labels each annotator put on each code point and on each token.
//!
//! Nothing here walks over single units: an annotator's labels change only at the borders of spans, so a text is cut there and each
//! piece counts as many units as it is long.

use std::collections::HashMap;

use super::corpus::Side;
use crate::text::{CanonicalText, tokens};

/// In the place of a set's number: this annotator has no file.
pub(super) const MISSING: u32 = u32::MAX;

/// Units on which all annotators have said the same things: how many, and each annotator's set of labels by number, or [`MISSING`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub units: f64,
    pub sets: Vec<u32>,
}

/// Sets of labels by number. The empty set is number 0.
#[derive(Clone, Debug)]
pub(super) struct LabelSets {
    pub sets: Vec<Vec<u16>>,
    numbers: HashMap<Vec<u16>, u32>,
}

impl Default for LabelSets {
    fn default() -> Self {
        Self { sets: vec![Vec::new()], numbers: HashMap::from([(Vec::new(), 0)]) }
    }
}

impl LabelSets {
    pub fn number(&mut self, set: &[u16]) -> u32 {
        if let Some(number) = self.numbers.get(set) {
            return *number;
        }
        let number = self.sets.len() as u32;
        self.sets.push(set.to_vec());
        self.numbers.insert(set.to_vec(), number);
        number
    }
}

/// Where an annotator's set of labels changes: the start of each piece and its set, from 0 up to the axis's end.
pub(super) type Profile = Vec<(u32, u32)>;

/// A stretch of the axis that carries a label.
pub(super) type Marked = (u32, u32, u16);

/// The spans' parts as marked stretches in code points, cut off at the text's end.
pub(super) fn in_code_points(side: &Side<'_>, text: &CanonicalText) -> Vec<Marked> {
    let end = text.len();
    let parts = side.spans.iter().zip(&side.labels).flat_map(|(span, label)| {
        span.parts.iter().map(move |part| (part.start().get().min(end), part.end().get().min(end), *label))
    });
    parts.filter(|(start, end, _)| start < end).collect()
}

/// The text's tokens as half-open ranges of code points.
pub(super) fn token_ranges(text: &CanonicalText) -> Vec<(u32, u32)> {
    let text = text.as_str();
    let (mut byte, mut at) = (0, 0);
    tokens(text)
        .map(|range| {
            at += text[byte..range.start].chars().count() as u32;
            let start = at;
            at += text[range.start..range.end].chars().count() as u32;
            byte = range.end;
            (start, at)
        })
        .collect()
}

/// Marked stretches in tokens: a token carries a label if the two share a code point.
pub(super) fn in_tokens(marked: &[Marked], tokens: &[(u32, u32)]) -> Vec<Marked> {
    let stretches = marked.iter().map(|(start, end, label)| {
        let first = tokens.partition_point(|token| token.1 <= *start);
        let after = tokens.partition_point(|token| token.0 < *end);
        (first as u32, after as u32, *label)
    });
    stretches.filter(|(first, after, _)| first < after).collect()
}

/// Cuts an axis of `length` units at every border of a marked stretch. Pieces with equal sets are not joined: two spans that
/// touch are two units of a continuum.
pub(super) fn profile(marked: &[Marked], length: u32, sets: &mut LabelSets) -> Profile {
    let mut borders: Vec<(u32, bool, u16)> = marked
        .iter()
        .flat_map(|(start, end, label)| [(*start, true, *label), (*end, false, *label)])
        .collect();
    borders.sort_unstable();
    let mut profile = Vec::with_capacity(borders.len() + 1);
    let mut open: Vec<(u16, u32)> = Vec::new();
    let mut set: Vec<u16> = Vec::new();
    if length > 0 && borders.first().is_none_or(|first| first.0 > 0) {
        profile.push((0, 0));
    }
    let mut borders = borders.into_iter().peekable();
    while let Some((at, opens, label)) = borders.next() {
        match open.binary_search_by_key(&label, |entry| entry.0) {
            Ok(place) if opens => open[place].1 += 1,
            Ok(place) => {
                open[place].1 -= 1;
                if open[place].1 == 0 {
                    open.remove(place);
                }
            }
            // An end without a start cannot be: ends sort before starts at one place, but no stretch is empty.
            Err(place) => open.insert(place, (label, 1)),
        }
        if borders.peek().is_none_or(|next| next.0 > at) && at < length {
            set.clear();
            set.extend(open.iter().map(|entry| entry.0));
            profile.push((at, sets.number(&set)));
        }
    }
    profile
}

/// Lays the profiles of all annotators over each other and counts equal stretches together. `None` = no file.
pub(super) fn stretches(profiles: &[Option<Profile>], length: u32) -> Vec<Stretch> {
    let mut next = vec![0usize; profiles.len()];
    let mut sets: Vec<u32> = profiles.iter().map(|p| if p.is_some() { 0 } else { MISSING }).collect();
    let mut found: HashMap<Vec<u32>, f64> = HashMap::new();
    let mut order: Vec<Vec<u32>> = Vec::new();
    let mut at = 0;
    while at < length {
        let mut end = length;
        for (who, profile) in profiles.iter().enumerate() {
            let Some(profile) = profile else { continue };
            if let Some((_, set)) = profile.get(next[who]).filter(|piece| piece.0 == at) {
                sets[who] = *set;
                next[who] += 1;
            }
            if let Some((start, _)) = profile.get(next[who]) {
                end = end.min(*start);
            }
        }
        match found.get_mut(&sets) {
            Some(units) => *units += f64::from(end - at),
            None => {
                order.push(sets.clone());
                found.insert(sets.clone(), f64::from(end - at));
            }
        }
        at = end;
    }
    let count = |sets: Vec<u32>| Stretch { units: found.get(&sets).copied().unwrap_or_default(), sets };
    order.into_iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_borders_and_stacked_labels_are_a_set() {
        let mut sets = LabelSets::default();
        let one = profile(&[(0, 4, 1), (2, 6, 0), (2, 3, 0)], 8, &mut sets);
        let drawn: Vec<(u32, &[u16])> =
            one.iter().map(|(at, set)| (*at, &*sets.sets[*set as usize])).collect();
        assert_eq!(
            drawn,
            [(0, &[1u16][..]), (2, &[0, 1]), (3, &[0, 1]), (4, &[0]), (6, &[])],
            "touching pieces with equal sets stay apart"
        );
        let other = profile(&[], 8, &mut sets);
        let found = stretches(&[Some(one), None, Some(other)], 8);
        assert_eq!(found.iter().map(|s| s.units).sum::<f64>(), 8.0);
        assert!(found.iter().all(|s| s.sets[1] == MISSING && s.sets[2] == 0));
        assert_eq!(found[1].units, 2.0, "both pieces with both labels count together");
    }

    #[test]
    fn tokens_carry_a_label_if_they_share_a_code_point_and_white_space_is_no_token() {
        let text = CanonicalText::new("Он, да 👍 нет");
        let tokens = token_ranges(&text);
        assert_eq!(tokens, [(0, 2), (2, 3), (4, 6), (7, 8), (9, 12)]);
        assert_eq!(in_tokens(&[(1, 5, 0), (3, 4, 1), (7, 8, 2)], &tokens), [(0, 3, 0), (3, 4, 2)]);
    }
}
