//! Words that are tagged in one place and not in another.

use std::collections::{HashMap, HashSet};

use super::tagging::{LONGEST, words};
use crate::text::TextRange;
use crate::validate::draft::{Findings, shortened};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// How many surfaces with one beginning are tried at each place: enough for names, a bound for machine-made sets.
const MOST: usize = 64;

/// The most words that are looked for: whole clauses are positions and claims by what they mean, not by their words.
const MOST_WORDS: usize = 5;

/// Some words that are tagged somewhere.
struct Surface<'s> {
    text: &'s str,
    /// In code points.
    length: u32,
    known: Vec<Known<'s>>,
}

/// What is known of some words under one label.
struct Known<'s> {
    label: &'s str,
    tagged: usize,
    untagged: usize,
    first: Option<(usize, TextRange)>,
}

/// Surfaces by their beginning: the first two words, or the only one. Names that begin with one word (`президент …`) are many, with
/// two few, so that hardly ever more than one is compared at a place.
type ByBeginning<'s> = HashMap<&'s str, Vec<Surface<'s>>>;

/// Where the first run of letters and digits at or after a byte ends; `None` if there is none.
fn end_of_word(text: &str, from: usize) -> Option<usize> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let length = text[start..].find(|c: char| !c.is_alphanumeric());
    Some(length.map_or(text.len(), |length| start + length))
}

fn beginning(surface: &str) -> &str {
    let first = end_of_word(surface, 0).unwrap_or(surface.len());
    &surface[..end_of_word(surface, first).unwrap_or(first)]
}

/// What surfaces that stand at the beginning of this text may begin with.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    // Between two words of one surface there are only a few signs; a longer gap is not searched through.
    let mut near = text.len().min(LONGEST);
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    let near = &text[..near];
    let first = end_of_word(near, 0);
    let second = first.and_then(|first| end_of_word(near, first));
    [first, second].into_iter().flatten().map(|end| &near[..end])
}

fn gather<'s>(scopes: &[SetScope<'s>]) -> ByBeginning<'s> {
    let mut surfaces: ByBeginning = HashMap::new();
    for scope in scopes {
        for span in scope.spans.iter().copied() {
            let Some(text) =
                words(scope, span).filter(|text| text.split_whitespace().nth(MOST_WORDS).is_none())
            else {
                continue;
            };
            let same_start = surfaces.entry(beginning(text)).or_default();
            let place = same_start.iter().position(|surface| surface.text == text);
            let surface = match place {
                Some(place) => &mut same_start[place],
                None if same_start.len() < MOST => {
                    let length = text.chars().count() as u32;
                    same_start.push(Surface { text, length, known: Vec::new() });
                    let last = same_start.len() - 1;
                    &mut same_start[last]
                }
                None => continue,
            };
            match surface.known.iter_mut().find(|known| known.label == span.label) {
                Some(known) => known.tagged += 1,
                None => surface.known.push(Known { label: &span.label, tagged: 1, untagged: 0, first: None }),
            }
        }
    }
    surfaces
}

/// Where a set's spans are, for quick questions.
struct Tagged<'s> {
    /// Every part.
    exact: HashSet<TextRange>,
    /// What each label covers, overlapping parts joined, in text order.
    covered: HashMap<&'s str, Vec<TextRange>>,
}

impl<'s> Tagged<'s> {
    fn new(scope: &SetScope<'s>) -> Self {
        let mut covered: HashMap<&str, Vec<TextRange>> = HashMap::new();
        let mut exact = HashSet::with_capacity(scope.spans.len());
        for span in scope.spans.iter().copied() {
            covered.entry(&span.label).or_default().extend(span.parts.iter());
            exact.extend(span.parts.iter());
        }
        for parts in covered.values_mut() {
            parts.sort_unstable();
            parts.dedup_by(|next, joined| {
                let overlaps = next.start() < joined.end();
                if overlaps {
                    *joined = joined.hull(*next);
                }
                overlaps
            });
        }
        Self { exact, covered }
    }

    /// Whether something is tagged right here, or this is part of something of the same label, such as a longer name.
    fn is_tagged(&self, range: TextRange, label: &str) -> bool {
        // What is tagged as something else is another rule's.
        self.exact.contains(&range) || {
            let parts = self.covered.get(label).map_or(&[][..], Vec::as_slice);
            let after = parts.partition_point(|part| part.end() <= range.start());
            parts.get(after).is_some_and(|part| part.overlaps(range))
        }
    }
}

/// Looks at every place of a set's article where one of the surfaces stands as whole words.
fn look(nth: usize, scope: &SetScope, surfaces: &mut ByBeginning) {
    let Some(text) = scope.text else { return };
    let (text, tagged) = (text.as_str(), Tagged::new(scope));
    let mut inside = false;
    for (position, (at, character)) in (0u32..).zip(text.char_indices()) {
        let starts = character.is_alphanumeric() && !inside;
        inside = character.is_alphanumeric();
        if !starts {
            continue;
        }
        let rest = &text[at..];
        for beginning in beginnings(rest) {
            for surface in surfaces.get_mut(beginning).into_iter().flatten() {
                let Some(after) = rest.strip_prefix(surface.text) else { continue };
                if after.chars().next().is_some_and(char::is_alphanumeric) {
                    continue;
                }
                let Some(range) = TextRange::new(position, position + surface.length) else { continue };
                for known in surface.known.iter_mut().filter(|known| !tagged.is_tagged(range, known.label)) {
                    known.untagged += 1;
                    known.first.get_or_insert((nth, range));
                }
            }
        }
    }
}

fn untagged(scopes: &[SetScope], findings: &mut Findings) {
    let mut surfaces = gather(scopes);
    for (nth, scope) in scopes.iter().enumerate() {
        look(nth, scope, &mut surfaces);
    }
    for surface in surfaces.values().flatten() {
        for known in &surface.known {
            let Some((nth, range)) = known.first else { continue };
            let scope = &scopes[nth];
            let draft = scope
                .draft()
                .range(range, scope.text)
                .arg("surface", shortened(surface.text))
                .arg("label", known.label)
                .arg("tagged", known.tagged);
            findings.push(draft.arg("untagged", known.untagged));
        }
    }
}

rule!(
    UNTAGGED_HERE = "P604" "untagged-here" Info Never Check::Sets(untagged),
    "Words that are tagged elsewhere are not tagged here.",
    message: "“{surface}” is tagged as {label} elsewhere (× {tagged}), but not here (untagged × {untagged} in all). Tag it here too, if it means the same.",
    does: "Looks, within one annotator's articles, for the words of tagged spans (up to five words) in places where nothing is tagged. Told once for each words and label, at the first untagged place. Pronouns are left out.",
    bad: "Missed mentions are the most frequent fault of annotation, and lower agreement and recall.",
    example: "`Витков` is tagged in the first paragraph and not in the third.",
    mend: "Tag the place if the words mean the same there; else leave it.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces_are_found_by_what_they_begin_with() {
        for surface in ["Кремль", "Стив Виткофф", "премьер-министр Польши", "«A» и B"]
        {
            let surface = surface.trim_matches('«');
            let text = format!("{surface}, сказал");
            assert!(beginnings(&text).any(|b| b == beginning(surface)), "{surface}");
        }
        let far = format!("слово{}слово", "-".repeat(400));
        assert_eq!(beginnings(&far).collect::<Vec<_>>(), ["слово"]);
    }
}
