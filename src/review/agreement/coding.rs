//! From spans to units: which set of labels each annotator put on each code point and on each token.
//!
//! Nothing here walks over single units: an annotator's labels change only at the borders of spans, so a text is cut there and each
//! piece counts as many units as it is long.

use rustc_hash::FxHashMap;

use super::corpus::Side;
use crate::text::{CanonicalText, TextRange};

/// In the place of a set's number: this annotator has no file.
pub(super) const MISSING: u32 = u32::MAX;

/// The stretches of an axis on which nobody's labels change, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stretches {
    /// How many annotators.
    width: usize,
    /// How many units each is long.
    units: Vec<f64>,
    /// Of each stretch every annotator's set of labels by number, or [`MISSING`].
    sets: Vec<u32>,
}

impl Stretches {
    /// Each stretch's units, and each annotator's set.
    pub fn iter(&self) -> impl Iterator<Item = (f64, &[u32])> {
        self.units.iter().copied().zip(self.sets.chunks_exact(self.width.max(1)))
    }

    /// How many units there are in all.
    pub fn length(&self) -> f64 {
        self.units.iter().sum()
    }
}

/// Sets of labels by number. The empty set is number 0.
#[derive(Clone, Debug)]
pub(super) struct LabelSets {
    pub sets: Vec<Vec<u16>>,
    numbers: FxHashMap<Vec<u16>, u32>,
}

impl Default for LabelSets {
    fn default() -> Self {
        let numbers = std::iter::once((Vec::new(), 0)).collect();
        Self { sets: vec![Vec::new()], numbers }
    }
}

impl LabelSets {
    pub fn number(&mut self, set: &[u16]) -> u32 {
        if set.is_empty() {
            return 0;
        }
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
    let parts = side.spans().iter().zip(&side.labels).flat_map(|(span, label)| {
        span.parts.iter().map(move |part| (part.start().get().min(end), part.end().get().min(end), *label))
    });
    parts.filter(|(start, end, _)| start < end).collect()
}

/// Marked stretches in tokens: a token carries a label if the two share a code point.
pub(super) fn in_tokens(marked: &[Marked], tokens: &[TextRange]) -> Vec<Marked> {
    let stretches = marked.iter().map(|(start, end, label)| {
        let first = tokens.partition_point(|token| token.end().get() <= *start);
        let after = first + tokens[first..].partition_point(|token| token.start().get() < *end);
        (first as u32, after as u32, *label)
    });
    stretches.filter(|(first, after, _)| first < after).collect()
}

/// Cuts an axis of `length` units at every border of a marked stretch. Pieces with equal sets are not joined: two spans that
/// touch are two units of a continuum.
pub(super) fn profile(marked: &[Marked], length: u32, sets: &mut LabelSets) -> Profile {
    // As one number each, ends before starts at one place: that is sorted the quickest.
    let border =
        |at: u32, opens: bool, label: u16| u64::from(at) << 17 | u64::from(opens) << 16 | u64::from(label);
    let mut borders: Vec<u64> = Vec::with_capacity(2 * marked.len());
    for (start, end, label) in marked {
        borders.extend([border(*start, true, *label), border(*end, false, *label)]);
    }
    borders.sort_unstable();
    let place = |border: &u64| (border >> 17) as u32;
    let mut profile = Vec::with_capacity(borders.len() + 1);
    let mut open: Vec<(u16, u32)> = Vec::new();
    let mut set: Vec<u16> = Vec::new();
    if length > 0 && borders.first().is_none_or(|first| place(first) > 0) {
        profile.push((0, 0));
    }
    let mut borders = borders.into_iter().peekable();
    while let Some(border) = borders.next() {
        let (at, opens, label) = (place(&border), border >> 16 & 1 == 1, border as u16);
        match open.binary_search_by_key(&label, |entry| entry.0) {
            Ok(known) if opens => open[known].1 += 1,
            Ok(known) => {
                open[known].1 -= 1;
                if open[known].1 == 0 {
                    open.remove(known);
                }
            }
            // An end without a start cannot be: ends sort before starts at one place, but no stretch is empty.
            Err(next) => open.insert(next, (label, 1)),
        }
        if borders.peek().is_none_or(|next| place(next) > at) && at < length {
            set.clear();
            set.extend(open.iter().map(|entry| entry.0));
            profile.push((at, sets.number(&set)));
        }
    }
    profile
}

/// Lays the profiles of all annotators over each other. `None` = no file.
pub(super) fn stretches(profiles: &[Option<Profile>], length: u32) -> Stretches {
    let pieces = profiles.iter().flatten().map(Vec::len).sum();
    let mut found = Stretches {
        width: profiles.len(),
        units: Vec::with_capacity(pieces),
        sets: Vec::with_capacity(pieces * profiles.len()),
    };
    let mut left: Vec<&[(u32, u32)]> = profiles.iter().map(|p| p.as_deref().unwrap_or_default()).collect();
    let mut sets: Vec<u32> = profiles.iter().map(|p| if p.is_some() { 0 } else { MISSING }).collect();
    let mut at = 0;
    while at < length {
        let mut end = length;
        for (left, set) in left.iter_mut().zip(&mut sets) {
            if let [(start, number), rest @ ..] = *left
                && *start == at
            {
                (*set, *left) = (*number, rest);
            }
            if let Some((start, _)) = left.first() {
                end = end.min(*start);
            }
        }
        found.units.push(f64::from(end - at));
        found.sets.extend_from_slice(&sets);
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token_ranges;

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
        assert_eq!(found.length(), 8.0);
        assert!(found.iter().all(|(_, sets)| sets[1] == MISSING && sets[2] == 0));
        let drawn: Vec<(f64, &[u16])> =
            found.iter().map(|(units, of)| (units, &*sets.sets[of[0] as usize])).collect();
        assert_eq!(drawn, [(2.0, &[1u16][..]), (1.0, &[0, 1]), (1.0, &[0, 1]), (2.0, &[0]), (2.0, &[])]);
    }

    #[test]
    fn tokens_carry_a_label_if_they_share_a_code_point_and_white_space_is_no_token() {
        let text = CanonicalText::new("Он, да 👍 нет");
        let tokens: Vec<TextRange> = token_ranges(text.as_str()).collect();
        let drawn: Vec<_> = tokens.iter().map(|token| (token.start().get(), token.end().get())).collect();
        assert_eq!(drawn, [(0, 2), (2, 3), (4, 6), (7, 8), (9, 12)]);
        assert_eq!(in_tokens(&[(1, 5, 0), (3, 4, 1), (7, 8, 2)], &tokens), [(0, 3, 0), (3, 4, 2)]);
    }
}
