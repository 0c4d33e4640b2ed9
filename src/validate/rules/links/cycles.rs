//! Chains that lead back to where they began.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{FieldDef, FieldKind, Fields, Link, Span, SpanId, Value, may_link_span};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{FieldSite, SetScope};

fn cyclic_via(site: &FieldSite, findings: &mut Findings) {
    let (FieldKind::Record(defs), Some(Value::List(items))) = (&site.def.kind, site.value) else {
        return;
    };
    let is_source = |def: &&FieldDef| def.name == "source" && may_link_span(&def.kind);
    if site.def.name != "via" || !defs.iter().any(|def| is_source(&def)) {
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        let Some(source) = item.as_record().and_then(|record| record.text("source")) else {
            continue;
        };
        // The very same record twice is a repetition, which is another rule's.
        match seen.get(source) {
            Some(first) if items[*first] != *item => {
                let path = site.path().item(place).then("source");
                let draft = site.among.draft(path).arg("source", source);
                findings.push(draft.arg("first", site.path().item(*first)));
            }
            Some(_) => {}
            None => drop(seen.insert(source, place)),
        }
    }
}

rule!(
    CYCLIC_VIA = "P413" "cyclic-via" Error Never Check::Field(cyclic_via),
    "A chain of sources leads back to one of them.",
    message: "{path} of {owner} is span {source}, which stands in the chain at {first} already: a source cannot report itself. Correct the chain.",
    does: "Finds `via` chains (outer to inner sources) in which one mention stands twice.",
    bad: "The chain says that someone reports their own report; who really said it cannot be told.",
    example: "`\"via\": [{\"source\": \"s1\"}, {\"source\": \"s2\"}, {\"source\": \"s1\", \"quote\": \"direct\"}]`",
    mend: "Keep each source once. If a person is quoted by someone who quotes them, link the second mention in the text.",
);

/// Gathers the spans of this set that fields link to, the span itself left out.
fn targets(scope: &SetScope, span: &Span, defs: &[FieldDef], fields: &Fields, found: &mut Vec<SpanId>) {
    for def in defs {
        let Some(value) = fields.get(&def.name) else { continue };
        let is_link = may_link_span(&def.kind);
        for value in value.each() {
            match (&def.kind, value) {
                (FieldKind::Record(inner), Value::Record(record)) => {
                    targets(scope, span, inner, record, found)
                }
                (kind, value) if is_link => match scope.lookup().link(kind, value) {
                    // Only what leads on can be part of a circle.
                    Some(Link::Span(id)) if id != span.id => {
                        let leads_on = |target: &Arc<Span>| {
                            !target.fields.is_empty()
                                && scope.label(&target.label).is_some_and(|label| may_link(&label.fields))
                        };
                        if scope.input.set.get(&id).is_some_and(leads_on) {
                            found.push(id);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

/// Whether one of these fields can hold a link to a span.
fn may_link(defs: &[FieldDef]) -> bool {
    defs.iter().any(|def| match &def.kind {
        FieldKind::Record(inner) => may_link(inner),
        kind => may_link_span(kind),
    })
}

fn cyclic_links(scope: &SetScope, findings: &mut Findings) {
    // Depth first with the way kept by hand: a chain of a hundred thousand spans must not end the stack.
    let mut links: HashMap<&SpanId, Vec<SpanId>> = HashMap::new();
    for span in &scope.spans {
        let Some(label) = scope.label(&span.label) else { continue };
        let mut found = Vec::new();
        targets(scope, span, &label.fields, &span.fields, &mut found);
        if !found.is_empty() {
            links.entry(&span.id).or_default().extend(found);
        }
    }
    let mut done: BTreeSet<SpanId> = BTreeSet::new();
    for start in scope.spans.iter().filter(|span| links.contains_key(&span.id)) {
        if done.contains(&start.id) {
            continue;
        }
        let mut way: Vec<(SpanId, usize)> = vec![(start.id.clone(), 0)];
        let mut on_way: HashMap<SpanId, usize> = HashMap::from([(start.id.clone(), 0)]);
        while let Some((at, next)) = way.last_mut() {
            let Some(target) = links.get(at).and_then(|targets| targets.get(*next)) else {
                done.insert(at.clone());
                on_way.remove(at);
                way.pop();
                continue;
            };
            *next += 1;
            if let Some(from) = on_way.get(target) {
                let circle: Vec<&str> = way[*from..].iter().map(|(id, _)| id.as_str()).collect();
                report(scope, &circle, findings);
            } else if !done.contains(target) {
                on_way.insert(target.clone(), way.len());
                way.push((target.clone(), 0));
            }
        }
    }
}

fn report(scope: &SetScope, circle: &[&str], findings: &mut Findings) {
    let Some(span) = circle.first().and_then(|id| scope.input.set.get(&SpanId::from(*id))) else {
        return;
    };
    let span: &Arc<Span> = span;
    let shown: Vec<&str> = circle.iter().copied().take(8).chain(circle.first().copied()).collect();
    findings.push(scope.at_span(span).arg("chain", shown.join(" → ")));
}

rule!(
    CYCLIC_LINKS = "P414" "cyclic-links" Error Never Check::Set(cyclic_links),
    "Links between spans run in a circle.",
    message: "The links of span {span} run in a circle: {chain}. Cut the circle where it is wrong.",
    does: "Finds spans whose fields link to spans that link, over any number of steps, back to them.",
    bad: "Two positions cannot each be the condition of the other; programs that follow the links never end.",
    example: "`s7` has `\"condition\": \"s9\"` and `s9` has `\"condition\": \"s7\"`.",
    mend: "Unset the link that is wrong.",
);
