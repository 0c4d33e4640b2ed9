//! Words that are tagged in one place and not in another.

use std::collections::{BTreeMap, HashMap};

use super::tagging::words;
use crate::text::{ByteRange, TextRange};
use crate::validate::draft::{Findings, shortened};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// The words before each place at which letters begin, with what may stand there: surfaces by their first word.
type ByFirstWord<'s> = HashMap<&'s str, Vec<&'s str>>;

/// How many surfaces with one first word are tried at each place: enough for names, a bound for machine-made sets.
const MOST: usize = 64;

/// The first run of letters and digits.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// Every place where one of the surfaces stands as whole words.
fn places<'t>(text: &'t str, surfaces: &ByFirstWord, mut found: impl FnMut(ByteRange, &'t str)) {
    let mut inside = false;
    for (at, character) in text.char_indices() {
        let starts = character.is_alphanumeric() && !inside;
        inside = character.is_alphanumeric();
        if !starts {
            continue;
        }
        let rest = &text[at..];
        for surface in surfaces.get(first_word(rest)).into_iter().flatten() {
            let goes_on = |end: usize| rest[end..].chars().next().is_some_and(char::is_alphanumeric);
            if rest.starts_with(surface) && !goes_on(surface.len()) {
                found(at..at + surface.len(), &rest[..surface.len()]);
            }
        }
    }
}

/// What is known of some words under a label.
#[derive(Default)]
struct Known {
    tagged: usize,
    untagged: usize,
    first: Option<(usize, TextRange)>,
}

fn untagged(scopes: &[SetScope], findings: &mut Findings) {
    let mut known: BTreeMap<(&str, &str), Known> = BTreeMap::new();
    let mut labels_of: HashMap<&str, Vec<&str>> = HashMap::new();
    for scope in scopes {
        for span in scope.spans.iter().copied() {
            // Whole clauses are positions and claims by what they mean, not by their words.
            let Some(words) = words(scope, span).filter(|words| words.split_whitespace().count() <= 5) else {
                continue;
            };
            let entry = known.entry((words, &span.label)).or_default();
            entry.tagged += 1;
            if entry.tagged == 1 {
                labels_of.entry(words).or_default().push(&span.label);
            }
        }
    }
    let mut surfaces: ByFirstWord = HashMap::new();
    let mut in_order: Vec<&str> = labels_of.keys().copied().collect();
    in_order.sort_unstable();
    for surface in in_order {
        let same_start = surfaces.entry(first_word(surface)).or_default();
        if same_start.len() < MOST {
            same_start.push(surface);
        }
    }
    for (nth, scope) in scopes.iter().enumerate() {
        let Some(text) = scope.text else { continue };
        // Most places are tagged exactly: one look into a sorted list, not a question to the index.
        let mut exact: Vec<(TextRange, &str)> = scope
            .spans
            .iter()
            .flat_map(|span| span.parts.iter().map(|part| (*part, span.label.as_str())))
            .collect();
        exact.sort_unstable();
        places(text.as_str(), &surfaces, |bytes, surface| {
            let Some(range) = text.text_range(bytes) else {
                return;
            };
            for label in labels_of.get(surface).into_iter().flatten() {
                if exact.binary_search(&(range, *label)).is_ok() {
                    continue;
                }
                let near = scope.input.set.touching(range);
                // Tagged as something else is another rule's; part of a longer name is tagged well.
                let is_tagged = near.iter().any(|span| {
                    span.parts.iter().any(|part| *part == range)
                        || span.label == **label && span.parts.iter().any(|p| p.overlaps(range))
                });
                if is_tagged {
                    continue;
                }
                let Some(entry) = known.get_mut(&(surface, *label)) else {
                    continue;
                };
                entry.untagged += 1;
                entry.first.get_or_insert((nth, range));
            }
        });
    }
    for ((surface, label), known) in known {
        let Some((nth, range)) = known.first else { continue };
        let scope = &scopes[nth];
        let draft = scope
            .draft()
            .range(range, scope.text)
            .arg("surface", shortened(surface))
            .arg("label", label)
            .arg("tagged", known.tagged);
        findings.push(draft.arg("untagged", known.untagged));
    }
}

rule!(
    UNTAGGED_HERE = "P604" "untagged-here" Info Never Check::Sets(untagged),
    "Words that are tagged elsewhere are not tagged here.",
    message: "“{surface}” is tagged as {label} elsewhere (× {tagged}), but not here (untagged × {untagged} in all). Tag it here too, if it means the same.",
    does: "Looks, within one annotator's articles, for the words of tagged spans (up to five words) in places where nothing is tagged. Told once for each words and label, at the first untagged place. Pronouns are left out.",
    bad: "Missed mentions are the most frequent fault of annotation, and lower agreement and recall.",
    example: "`Витков` is tagged in the first paragraph and not in the third.",
    mend: "Tag the place; the window's *every mention* does all of them at once.",
);
