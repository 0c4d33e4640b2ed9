//! The same words under different labels.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{FieldKind, Span};
use crate::validate::draft::{Findings, shortened};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// The longest surface that is compared, in bytes: longer ones do not repeat.
pub(super) const LONGEST: usize = 160;

/// What a span is: its label, with its `kind` if it has such a choice.
fn tag<'a>(scope: &SetScope, span: &'a Span) -> Tag<'a> {
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

/// A label, with its kind.
type Tag<'s> = (&'s str, Option<&'s str>);

/// One way of tagging some words: everything that one place is tagged as, how often, and where first.
struct Way<'s> {
    tags: Vec<Tag<'s>>,
    times: usize,
    first: (usize, &'s Arc<Span>),
}

impl Way<'_> {
    fn shown(&self) -> String {
        let shown: Vec<String> = self
            .tags
            .iter()
            .map(|(label, kind)| kind.map_or((*label).to_owned(), |kind| format!("{label}/{kind}")))
            .collect();
        shown.join("+")
    }

    /// Whether this is the other way, but for kinds that are not filled in: they contradict none that is.
    fn is_vaguer_than(&self, other: &Self) -> bool {
        let vaguer =
            |(mine, theirs): (&Tag, &Tag)| mine.0 == theirs.0 && (mine.1.is_none() || mine.1 == theirs.1);
        self.tags != other.tags
            && self.tags.len() == other.tags.len()
            && self.tags.iter().zip(&other.tags).all(vaguer)
    }
}

fn tagged_differently(scopes: &[SetScope], findings: &mut Findings) {
    let mut by_words: HashMap<&str, Vec<Way>> = HashMap::new();
    let mut tags: Vec<Tag> = Vec::new();
    for (nth, scope) in scopes.iter().enumerate() {
        let together = |a: &&Arc<Span>, b: &&Arc<Span>| a.parts.hull() == b.parts.hull();
        for here in scope.spans.chunk_by(together) {
            let in_one_piece = || here.iter().copied().filter(|span| span.parts.len() == 1);
            let Some((span, words)) = in_one_piece().find_map(|span| Some((span, words(scope, span)?)))
            else {
                continue;
            };
            // All labels of a place count as one way, so that a clause that is a position and a claim is no contradiction.
            tags.clear();
            tags.extend(in_one_piece().map(|span| tag(scope, span)));
            tags.sort_unstable();
            tags.dedup();
            let ways = by_words.entry(words).or_default();
            match ways.iter_mut().find(|way| way.tags == tags) {
                Some(way) => way.times += 1,
                None => ways.push(Way { tags: tags.clone(), times: 1, first: (nth, span) }),
            }
        }
    }
    for (words, ways) in by_words.iter().filter(|(_, ways)| ways.len() > 1) {
        let clear: Vec<&Way> =
            ways.iter().filter(|way| !ways.iter().any(|other| way.is_vaguer_than(other))).collect();
        // The most frequent way is taken for the rule; of equals the first by name.
        let Some(usual) = clear.iter().max_by(|a, b| a.times.cmp(&b.times).then_with(|| b.tags.cmp(&a.tags)))
        else {
            continue;
        };
        for way in clear.iter().filter(|way| way.tags != usual.tags) {
            let (nth, span) = way.first;
            let draft = scopes[nth]
                .at_span(span)
                .arg("surface", shortened(words))
                .arg("tag", way.shown())
                .arg("times", way.times)
                .arg("usual", usual.shown())
                .arg("usual_times", usual.times);
            findings.push(draft);
        }
    }
}

rule!(
    TAGGED_DIFFERENTLY = "P603" "tagged-differently" Info Never Check::Sets(tagged_differently),
    "The same words are tagged differently elsewhere.",
    message: "“{surface}” is {tag} here (× {times} in all), but {usual} elsewhere (× {usual_times}). Look whether both are meant.",
    does: "Compares, within one annotator's articles, the label (and `kind`, where it is filled in) of spans with the same words. Each rarer way is told once, at its first place. Pronouns are left out.",
    bad: "Mostly the words mean the same and one of the two is a slip.",
    example: "`Кремль` is an organisation twelve times and a place once.",
    mend: "Look at both places. If both are meant, leave them.",
);
