//! One actor that is for and against one thing in one article.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{FieldPath, Fields, Span, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

/// The records of a field, one by one.
fn records<'a>(fields: &'a Fields, name: &str) -> impl Iterator<Item = (usize, &'a Fields)> {
    let values = fields.get(name).map_or(&[][..], Value::each);
    values.iter().enumerate().filter_map(|(place, value)| Some((place, value.as_record()?)))
}

/// Whether a position is held here and now: not given up, not denied, not only supposed.
fn is_held(span: &Span) -> bool {
    !matches!(span.fields.text("state"), Some("past" | "withdrawn"))
        && !matches!(span.fields.text("modality"), Some("denied" | "hypothetical"))
}

/// Who holds a position: the register ids of its holders, those of their mentions where the holder gives none.
fn actors<'a>(scope: &SetScope<'a>, span: &'a Span) -> Vec<&'a str> {
    let mut actors: Vec<&str> = records(&span.fields, "holders")
        .filter_map(|(_, holder)| {
            holder.text("entity").or_else(|| {
                let mention = scope.input.set.get(&holder.text("mention")?.into())?;
                mention.fields.text("entity")
            })
        })
        .collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// The first of each stance that an actor takes on an issue, and whether that was told already.
#[derive(Default)]
struct Taken<'a> {
    pro: Option<&'a Arc<Span>>,
    contra: Option<&'a Arc<Span>>,
    told: bool,
}

fn contradictory(scope: &SetScope, findings: &mut Findings) {
    let mut taken: HashMap<(&str, &str), Taken> = HashMap::new();
    for span in scope.spans.iter().copied().filter(|span| is_held(span)) {
        let mut issues = records(&span.fields, "issues").peekable();
        if issues.peek().is_none() {
            continue;
        }
        let actors = actors(scope, span);
        for (place, record) in issues {
            let (Some(issue), Some(stance @ ("for" | "against"))) =
                (record.text("issue"), record.text("stance"))
            else {
                continue;
            };
            for actor in &actors {
                let taken = taken.entry((actor, issue)).or_default();
                let (mine, other) = match stance {
                    "for" => (&mut taken.pro, taken.contra),
                    _ => (&mut taken.contra, taken.pro),
                };
                mine.get_or_insert(span);
                let Some(other) = other.filter(|_| !taken.told) else {
                    continue;
                };
                // Both in one span is a fault of that span's list.
                if other.id == span.id {
                    continue;
                }
                taken.told = true;
                let draft = scope
                    .at_span(span)
                    .path(FieldPath::field("issues").item(place).then("stance"))
                    .arg("actor", actor)
                    .arg("issue", issue)
                    .arg("stance", stance)
                    .arg("other", &other.id);
                findings.push(draft);
            }
        }
    }
}

rule!(
    CONTRADICTORY_STANCES = "P505" "contradictory-stances" Warning Never Check::Set(contradictory),
    "One actor is for and against one issue in one article.",
    message: "{actor} is {stance} {issue} in span {span} and the opposite in span {other}. Check the two; a change of mind has a `state`.",
    does: "Finds an actor (a holder's register entry, or that of its mention) who is `for` an issue in one position and `against` it in another of the same article. Positions that are past, withdrawn, denied or hypothetical do not count. It is told once for an actor and issue.",
    bad: "One of the two is usually a slip, a holder taken for its source, or a position that was given up.",
    example: "Moscow is for a truce in `s7` and against it in `s9`.",
    mend: "Check holder, stance and the chain of sources; if both are right, use `conditional`, `mixed`, or `state: past` for the older one.",
);
