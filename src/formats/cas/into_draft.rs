//! Feature structures as a record.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::rest::{About, Rest};
use super::super::{OffsetUnit, ReadOptions, Record, Remark, Sink};
use super::{Cas, Feature, Structure};
use crate::model::{Fields, Status, Value};

/// The last step of a type's name.
fn short(kind: &str) -> &str {
    kind.rsplit_once('.').map_or(kind, |(_, short)| short)
}

/// Annotations that are no spans unless something leads to them.
fn is_frame(kind: &str) -> bool {
    matches!(
        short(kind),
        "Token" | "Sentence" | "Paragraph" | "DocumentMetaData" | "DocumentAnnotation" | "About"
    ) || kind.starts_with("uima.cas.")
}

/// A CAS as a record; `None` without a text, which is told.
pub(in super::super) fn into_record(
    cas: Cas,
    place: &str,
    article: String,
    annotator: String,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Option<Record> {
    let mut say = |what: String| sink.remark(Remark { place: place.to_owned(), what, left_out: true });
    let Some(text) = cas.text else {
        say("it has no text; it was left out".to_owned());
        return None;
    };
    if cas.other_views > 0 {
        say(format!("{} other views than the first were left out", cas.other_views));
    }
    let mut draft = Draft { article, annotator, text, status: None, ..Draft::default() };
    let by_id: HashMap<i64, &Structure> = cas.structures.iter().map(|one| (one.id, one)).collect();
    let is_here = |one: &Structure| one.sofa.is_none_or(|sofa| sofa == cas.sofa);
    let has_place = |one: &Structure| one.offset("begin").zip(one.offset("end"));
    let relation_ends = |one: &Structure| one.reference("Governor").zip(one.reference("Dependent"));
    let mut wanted: HashSet<i64> = HashSet::new();
    for one in &cas.structures {
        wanted.extend(relation_ends(one).into_iter().flat_map(|(from, to)| [from, to]));
        wanted.extend(one.reference("target").filter(|_| has_place(one).is_none()));
    }
    let mut ids: HashMap<i64, String> = HashMap::new();
    let rests: HashMap<i64, Rest> = cas
        .structures
        .iter()
        .filter_map(|one| Some((one.id, Rest::from_json(one.text("postil")?)?)))
        .collect();
    for one in &cas.structures {
        let own = rests.get(&one.id).and_then(|rest| rest.id.clone());
        ids.insert(one.id, own.unwrap_or_else(|| format!("s{}", one.id)));
    }
    let (mut elsewhere, mut loose) = (0usize, 0usize);
    // Structures that share others many times over must not grow into more than anyone can hold.
    let budget = Cell::new(1_000_000usize);
    for one in &cas.structures {
        if short(&one.kind) == "DocumentMetaData" || short(&one.kind) == "DocumentAnnotation" {
            document(one, &mut draft);
        }
        if one.kind == "postil.About"
            && let Some(about) = one.text("json").and_then(About::from_json)
        {
            draft.meta = about.article_meta();
            draft.status = Status::from_name(&about.status);
            draft.fields = about.fields;
            if !about.article.is_empty() {
                draft.article = about.article;
            }
            if !about.annotator.is_empty() {
                draft.annotator = about.annotator;
            }
        }
        let Some((begin, end)) = has_place(one) else { continue };
        if is_frame(&one.kind) && !wanted.contains(&one.id) {
            continue;
        }
        if !is_here(one) {
            elsewhere += 1;
            continue;
        }
        let rest = rests.get(&one.id).cloned().unwrap_or_default();
        let label = rest.label.unwrap_or_else(|| short(&one.kind).to_owned());
        let mut fields = Fields::new();
        for (name, feature) in &one.features {
            let is_own = ["begin", "end", "sofa", "postil", "Governor", "Dependent"].contains(&name.as_str());
            // The links beside what `postil` holds whole are only for other programs.
            if is_own || rest.fields.get(name).is_some() {
                continue;
            }
            if let Some(value) = value(feature, &by_id, &ids, 0, &budget) {
                fields.set(name.clone(), value);
            }
        }
        for (name, value) in rest.fields.iter() {
            fields.set(name, value.clone());
        }
        match relation_ends(one) {
            Some((from, to)) => match (ids.get(&from), ids.get(&to)) {
                (Some(from), Some(to)) => draft.relations.push(DraftRelation {
                    id: rest.id,
                    label,
                    from: from.clone(),
                    to: to.clone(),
                    fields,
                }),
                _ => loose += 1,
            },
            None => draft.spans.push(DraftSpan {
                id: ids.get(&one.id).cloned(),
                label,
                parts: if rest.parts.is_empty() { vec![(begin, end)] } else { rest.parts },
                text: rest.text,
                fields,
                note: rest.note,
            }),
        }
    }
    if elsewhere > 0 {
        say(format!("{elsewhere} annotations of other views were left out"));
    }
    if loose > 0 {
        say(format!("{loose} relations lead to nothing; they were left out"));
    }
    let options =
        ReadOptions { unit: Some(options.unit.unwrap_or(OffsetUnit::Utf16)), schema: options.schema };
    Some(draft.into_record(place, OffsetUnit::Utf16, &options, sink))
}

fn document(one: &Structure, draft: &mut Draft) {
    let said = |name: &str| one.text(name).filter(|text| !text.is_empty());
    if let Some(language) = said("language").filter(|language| *language != "x-unspecified") {
        draft.meta.language = Some(language.to_owned());
    }
    if let Some(title) = said("documentTitle") {
        draft.meta.title.get_or_insert_with(|| title.to_owned());
    }
}

/// What the links of a UIMA list hold, in order; a list that runs into itself ends with the budget.
fn list<'c>(
    first: &'c Structure,
    by_id: &HashMap<i64, &'c Structure>,
    budget: &Cell<usize>,
) -> Vec<&'c Feature> {
    let mut heads = Vec::new();
    let mut at = Some(first);
    while let Some(link) = at {
        let Some(left) = budget.get().checked_sub(1) else { break };
        budget.set(left);
        heads.extend(link.get("head"));
        at = link.reference("tail").and_then(|id| by_id.get(&id).copied());
        if heads.len() >= 10_000 {
            break;
        }
    }
    heads
}

/// A feature as a value; links become records of what they hold, annotations their ids.
fn value(
    feature: &Feature,
    by_id: &HashMap<i64, &Structure>,
    ids: &HashMap<i64, String>,
    depth: usize,
    budget: &Cell<usize>,
) -> Option<Value> {
    budget.set(budget.get().checked_sub(1)?);
    let one = |id: &i64| -> Option<Value> {
        let there = by_id.get(id)?;
        if there.offset("begin").is_some() {
            return ids.get(id).map(Value::text);
        }
        // Structures that lead to one another for ever are cut off.
        if depth > 4 {
            return None;
        }
        if let Some(elements) = there.get("elements") {
            return value(elements, by_id, ids, depth + 1, budget);
        }
        if there.kind.starts_with("uima.cas.") && there.kind.ends_with("List") {
            let items: Vec<Value> = list(there, by_id, budget)
                .into_iter()
                .filter_map(|head| value(head, by_id, ids, depth + 1, budget))
                .collect();
            return (!items.is_empty()).then_some(Value::List(items));
        }
        let inner = there.features.iter().filter(|(name, _)| name != "sofa");
        let fields: Fields = inner
            .filter_map(|(name, feature)| {
                Some((name.clone(), value(feature, by_id, ids, depth + 1, budget)?))
            })
            .collect();
        Some(Value::Record(fields))
    };
    match feature {
        Feature::Text(text) => Some(Value::text(text)),
        Feature::Integer(number) => Some(Value::Integer(*number)),
        Feature::Number(number) if number.is_finite() => Some(Value::Number(*number)),
        Feature::Number(number) => Some(Value::text(number.to_string())),
        Feature::Bool(yes) => Some(Value::Bool(*yes)),
        Feature::Ref(id) => one(id),
        Feature::Refs(list) if depth > 4 => (list.is_empty()).then(|| Value::List(Vec::new())),
        Feature::Refs(list) => {
            let items: Vec<Value> = list.iter().take(10_000).filter_map(one).collect();
            (!items.is_empty()).then_some(Value::List(items))
        }
        Feature::Texts(texts) => {
            (!texts.is_empty()).then(|| Value::List(texts.iter().map(Value::text).collect()))
        }
    }
}
