//! The same words under different labels.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{FieldKind, Span};
use crate::validate::draft::{Findings, shortened};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// The longest surface that is compared, in bytes: longer ones do not repeat.
pub(super) const LONGEST: usize = 160;

/// What a span is: its label, with its `kind` if it has such a choice.
fn tag<'a>(scope: &SetScope, span: &'a Span) -> (&'a str, Option<&'a str>) {
    let has_kind = scope.label(&span.label).is_some_and(|label| {
        let is_kind = |field: &crate::model::FieldDef| {
            field.name == "kind" && matches!(field.kind, FieldKind::Choice(_))
        };
        label.fields.iter().any(is_kind)
    });
    (&span.label, span.fields.text("kind").filter(|_| has_kind))
}

/// The words of a span in one piece that begins and ends with a letter or digit: what can be compared with other places.
pub(super) fn words<'a>(scope: &SetScope<'a>, span: &Span) -> Option<&'a str> {
    let text = scope.text?;
    let [part] = span.parts.as_slice() else {
        return None;
    };
    if part.len() as usize > LONGEST {
        return None;
    }
    let surface = text.slice(*part).filter(|surface| surface.len() <= LONGEST)?;
    let ends = [surface.chars().next()?, surface.chars().next_back()?];
    // A pronoun is another thing every time.
    let is_pronoun = span.fields.text("mention_level") == Some("pronominal");
    (ends.iter().all(|c| c.is_alphanumeric()) && !is_pronoun).then_some(surface)
}

/// One way of tagging some words: how often, and where first.
#[derive(Default)]
struct Way<'s> {
    times: usize,
    first: Option<(usize, &'s Arc<Span>)>,
}

fn tagged_differently(scopes: &[SetScope], findings: &mut Findings) {
    // Everything that one place is tagged as counts as one way, so that a clause that is a position and a claim is no contradiction.
    let mut by_words: HashMap<&str, BTreeMap<String, Way>> = HashMap::new();
    for (nth, scope) in scopes.iter().enumerate() {
        let together = |a: &&Arc<Span>, b: &&Arc<Span>| a.parts.hull() == b.parts.hull();
        for here in scope.spans.chunk_by(together) {
            let in_one_piece = || here.iter().copied().filter(|span| span.parts.len() == 1);
            let Some((span, words)) = in_one_piece().find_map(|span| Some((span, words(scope, span)?)))
            else {
                continue;
            };
            let tags: BTreeSet<(&str, Option<&str>)> = in_one_piece().map(|span| tag(scope, span)).collect();
            let tags: Vec<String> = tags
                .into_iter()
                .map(|(label, kind)| kind.map_or(label.to_owned(), |kind| format!("{label}/{kind}")))
                .collect();
            let way = by_words.entry(words).or_default().entry(tags.join("+")).or_default();
            way.times += 1;
            way.first.get_or_insert((nth, span));
        }
    }
    for (words, mut ways) in by_words {
        // A kind that is not filled in contradicts none that is.
        let labels: BTreeSet<String> =
            ways.keys().filter(|tag| tag.contains('/')).map(|tag| bare(tag)).collect();
        ways.retain(|tag, _| tag.contains('/') || !labels.contains(tag));
        // The most frequent way is taken for the rule; of equals the first by name.
        let Some((usual, times)) =
            ways.iter().rev().max_by_key(|(_, way)| way.times).map(|(t, w)| (t.clone(), w.times))
        else {
            continue;
        };
        for (tag, way) in ways.iter().filter(|(tag, _)| **tag != usual) {
            let Some((nth, span)) = way.first else { continue };
            let draft = scopes[nth]
                .at_span(span)
                .arg("surface", shortened(words))
                .arg("tag", tag)
                .arg("times", way.times)
                .arg("usual", &usual)
                .arg("usual_times", times);
            findings.push(draft);
        }
    }
}

/// The labels of a way without their kinds.
fn bare(tag: &str) -> String {
    let labels: Vec<&str> = tag.split('+').map(|one| one.split('/').next().unwrap_or(one)).collect();
    labels.join("+")
}

rule!(
    TAGGED_DIFFERENTLY = "P603" "tagged-differently" Info Never Check::Sets(tagged_differently),
    "The same words are tagged differently elsewhere.",
    message: "“{surface}” is {tag} here (× {times} in all), but {usual} elsewhere (× {usual_times}). Look whether both are meant.",
    does: "Compares, within one annotator's articles, the label (and `kind`, where it is filled in) of spans with the same words. Each rarer way is told once, at its first place. Pronouns are left out.",
    bad: "Mostly the words mean the same and one of the two is a slip.",
    example: "`Кремль` is an organisation twelve times and a place once.",
    mend: "Look at both places; `postil search` finds all of them. If both are meant, leave them.",
);
