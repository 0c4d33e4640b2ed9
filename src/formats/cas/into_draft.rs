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

/// Structures by their numbers, and what they are called in the record.
struct Known<'c> {
    all: &'c [Structure<'c>],
    /// Numbers with the places of their structures, ascending; of two structures with one number the last counts.
    places: Vec<(i64, usize)>,
    /// What `postil` says, of those that say something.
    rests: HashMap<i64, Rest>,
}

impl<'c> Known<'c> {
    fn of(all: &'c [Structure<'c>]) -> Self {
        let mut places: Vec<(i64, usize)> = all.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        // Most often they ascend already. Where numbers come twice, the last one stands last.
        places.sort();
        let rest = |one: &Structure| Some((one.id, Rest::from_json(one.text("postil")?)?));
        Self { all, places, rests: all.iter().filter_map(rest).collect() }
    }

    fn get(&self, id: i64) -> Option<&'c Structure<'c>> {
        let after = self.places.partition_point(|(there, _)| *there <= id);
        let (there, at) = *self.places.get(after.checked_sub(1)?)?;
        (there == id).then(|| &self.all[at])
    }

    /// The id of a structure, which must be there.
    fn id_of(&self, id: i64) -> String {
        let own = self.rests.get(&id).and_then(|rest| rest.id.clone());
        own.unwrap_or_else(|| format!("s{id}"))
    }
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
    let mut draft = Draft { article, annotator, text: text.into_owned(), status: None, ..Draft::default() };
    let is_here = |one: &Structure| one.sofa.is_none_or(|sofa| sofa == cas.sofa);
    let relation_ends = |one: &Structure| one.reference("Governor").zip(one.reference("Dependent"));
    let mut wanted: HashSet<i64> = HashSet::new();
    for one in cas.structures.iter().filter(|one| !one.features.is_empty()) {
        wanted.extend(relation_ends(one).into_iter().flat_map(|(from, to)| [from, to]));
        wanted.extend(one.reference("target").filter(|_| one.place().is_none()));
    }
    let known = Known::of(&cas.structures);
    let (mut elsewhere, mut loose) = (0usize, 0usize);
    // Structures that share others many times over must not grow into more than anyone can hold.
    let budget = Cell::new(1_000_000usize);
    for one in &cas.structures {
        if !one.features.is_empty() {
            if short(&one.kind) == "DocumentMetaData" || short(&one.kind) == "DocumentAnnotation" {
                document(one, &mut draft);
            }
            if &*one.kind == "postil.About"
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
        }
        let Some((begin, end)) = one.place() else { continue };
        if is_frame(&one.kind) && !wanted.contains(&one.id) {
            continue;
        }
        if !is_here(one) {
            elsewhere += 1;
            continue;
        }
        let nothing = Rest::default();
        let rest = known.rests.get(&one.id).unwrap_or(&nothing);
        let label = rest.label.clone().unwrap_or_else(|| short(&one.kind).to_owned());
        let mut fields = Fields::new();
        for (name, feature) in &one.features {
            let is_own = ["begin", "end", "sofa", "postil", "Governor", "Dependent"].contains(&name.as_ref());
            // The links beside what `postil` holds whole are only for other programs.
            if is_own || rest.fields.get(name).is_some() {
                continue;
            }
            if let Some(value) = value(feature, &known, 0, &budget) {
                fields.set(name.as_ref(), value);
            }
        }
        for (name, value) in rest.fields.iter() {
            fields.set(name, value.clone());
        }
        match relation_ends(one) {
            Some((from, to)) => match (known.get(from), known.get(to)) {
                (Some(_), Some(_)) => draft.relations.push(DraftRelation {
                    id: rest.id.clone(),
                    label,
                    from: known.id_of(from),
                    to: known.id_of(to),
                    fields,
                }),
                _ => loose += 1,
            },
            None => draft.spans.push(DraftSpan {
                id: Some(known.id_of(one.id)),
                label,
                parts: if rest.parts.is_empty() { vec![(begin, end)] } else { rest.parts.clone() },
                text: rest.text.clone(),
                fields,
                note: rest.note.clone(),
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
fn list<'c>(first: &'c Structure<'c>, known: &Known<'c>, budget: &Cell<usize>) -> Vec<&'c Feature<'c>> {
    let mut heads = Vec::new();
    let mut at = Some(first);
    while let Some(link) = at {
        let Some(left) = budget.get().checked_sub(1) else { break };
        budget.set(left);
        heads.extend(link.get("head"));
        at = link.reference("tail").and_then(|id| known.get(id));
        if heads.len() >= 10_000 {
            break;
        }
    }
    heads
}

/// A feature as a value; links become records of what they hold, annotations their ids.
fn value(feature: &Feature, known: &Known, depth: usize, budget: &Cell<usize>) -> Option<Value> {
    budget.set(budget.get().checked_sub(1)?);
    let one = |id: &i64| -> Option<Value> {
        let there = known.get(*id)?;
        if there.begin().is_some() {
            return Some(Value::Text(known.id_of(*id)));
        }
        // Structures that lead to one another for ever are cut off.
        if depth > 4 {
            return None;
        }
        if let Some(elements) = there.get("elements") {
            return value(elements, known, depth + 1, budget);
        }
        if there.kind.starts_with("uima.cas.") && there.kind.ends_with("List") {
            let items: Vec<Value> = list(there, known, budget)
                .into_iter()
                .filter_map(|head| value(head, known, depth + 1, budget))
                .collect();
            return (!items.is_empty()).then_some(Value::List(items));
        }
        let inner = there.features.iter().filter(|(name, _)| name != "sofa");
        let fields: Fields = inner
            .filter_map(|(name, feature)| Some((name.as_ref(), value(feature, known, depth + 1, budget)?)))
            .collect();
        Some(Value::Record(fields))
    };
    match feature {
        Feature::Text(text) => Some(Value::text(text.as_ref())),
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
