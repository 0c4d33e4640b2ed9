//! Merging two people's versions of one file of the project, seen from the version both began with.
//!
//! Works on the value tree of any of the project's lists: records key by key, lists of things that have an `id` or a `name` thing
//! by thing, lists of words word by word. What both changed differently is a conflict, named by its path.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Merges `ours` and `theirs`; both come from `base`. The errors name what both changed differently: `entities witkoff name`.
pub(super) fn merge<T: Serialize + DeserializeOwned>(
    base: &T,
    ours: &T,
    theirs: &T,
) -> Result<T, Vec<String>> {
    let everything = |_| vec!["everything".to_owned()];
    let tree = |value: &T| serde_json::to_value(value).map_err(everything);
    let mut conflicts = Vec::new();
    let merged = values(Some(&tree(base)?), Some(&tree(ours)?), Some(&tree(theirs)?), "", &mut conflicts);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    // Two changes that fit as trees may still make nonsense together: a field's kind made both a number and a date.
    serde_json::from_value(merged.unwrap_or(Value::Null)).map_err(everything)
}

fn values(
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
    path: &str,
    conflicts: &mut Vec<String>,
) -> Option<Value> {
    if ours == theirs || base == theirs {
        return ours.cloned();
    }
    if base == ours {
        return theirs.cloned();
    }
    let inner = match (ours, theirs) {
        (Some(Value::Object(ours)), Some(Value::Object(theirs))) => match base {
            Some(Value::Object(base)) => Some(objects(base, ours, theirs, path, conflicts)),
            None => Some(objects(&Map::new(), ours, theirs, path, conflicts)),
            _ => None,
        },
        (Some(Value::Array(ours)), Some(Value::Array(theirs))) => match base {
            Some(Value::Array(base)) => arrays(base, ours, theirs, path, conflicts),
            None => arrays(&[], ours, theirs, path, conflicts),
            _ => None,
        },
        _ => None,
    };
    if inner.is_none() {
        conflicts.push(path.trim_start().to_owned());
        return ours.cloned();
    }
    inner
}

fn objects(
    base: &Map<String, Value>,
    ours: &Map<String, Value>,
    theirs: &Map<String, Value>,
    path: &str,
    conflicts: &mut Vec<String>,
) -> Value {
    let mut merged = Map::new();
    for key in ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(*key))) {
        let path = format!("{path} {key}");
        if let Some(value) = values(base.get(key), ours.get(key), theirs.get(key), &path, conflicts) {
            merged.insert(key.clone(), value);
        }
    }
    Value::Object(merged)
}

/// What makes a list's item this one and not another: its id or name, the language of a wording, a word itself.
fn name_of(item: &Value) -> Option<&str> {
    match item {
        Value::Object(object) => object.get("id").or_else(|| object.get("name"))?.as_str(),
        Value::Array(pair) => match pair.as_slice() {
            [Value::String(name), _] => Some(name),
            _ => None,
        },
        Value::String(word) => Some(word),
        _ => None,
    }
}

fn by_name(items: &[Value]) -> Option<BTreeMap<&str, &Value>> {
    let named: BTreeMap<&str, &Value> =
        items.iter().map(|item| Some((name_of(item)?, item))).collect::<Option<_>>()?;
    (named.len() == items.len()).then_some(named)
}

/// `None` if the items have no names of their own; lists are then one value.
fn arrays(
    base: &[Value],
    ours: &[Value],
    theirs: &[Value],
    path: &str,
    conflicts: &mut Vec<String>,
) -> Option<Value> {
    let (base, our_items, their_items) = (by_name(base)?, by_name(ours)?, by_name(theirs)?);
    // Their order, so that the difference to the file on disk is our change alone; what only we have comes at the end.
    let names = theirs.iter().chain(ours).filter_map(name_of);
    let mut merged = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for name in names.filter(|name| seen.insert(*name)) {
        let get = |items: &BTreeMap<&str, &Value>| items.get(name).map(|item| (*item).clone());
        let (base, ours, theirs) = (get(&base), get(&our_items), get(&their_items));
        let path = format!("{path} {name}");
        merged.extend(values(base.as_ref(), ours.as_ref(), theirs.as_ref(), &path, conflicts));
    }
    Some(Value::Array(merged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, Entity, FieldKind, ProjectSettings, Schema};

    #[test]
    fn different_things_of_one_entity_go_together() {
        let base = vec![Entity::new("witkoff", "Witkoff", "person"), Entity::new("usa", "USA", "")];
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours[0].aliases.push("Уиткофф".into());
        ours.push(Entity::new("nato", "NATO", ""));
        theirs[0].wikidata = Some("Q1".into());
        theirs[0].aliases.push("Steve".into());
        theirs.remove(1);
        theirs.push(Entity::new("eu", "EU", ""));
        let merged = merge(&base, &ours, &theirs).unwrap();
        let ids: Vec<&str> = merged.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["witkoff", "eu", "nato"]);
        assert_eq!(merged[0].wikidata.as_deref(), Some("Q1"));
        assert_eq!(merged[0].aliases, ["Steve", "Уиткофф"]);
    }

    #[test]
    fn the_same_thing_changed_twice_is_named() {
        let base = vec![Entity::new("witkoff", "Witkoff", "person")];
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours[0].name = "Steve Witkoff".into();
        theirs[0].name = "Стив Уиткофф".into();
        assert_eq!(merge(&base, &ours, &theirs).unwrap_err(), ["witkoff name"]);
        // One takes it out while the other changes it.
        assert_eq!(merge(&base, &ours, &Vec::new()).unwrap_err(), ["witkoff"]);
    }

    #[test]
    fn schemas_and_settings_merge_deep_inside() {
        let base = Schema::positions();
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        let choices = |schema: &mut Schema, name: &str| {
            if let FieldKind::Choice(choices) = &mut schema.labels[0].fields[0].kind {
                choices.push(Choice::bare(name));
            }
        };
        choices(&mut ours, "ship");
        choices(&mut theirs, "treaty");
        theirs.labels[1].key = Some("z".into());
        let merged = merge(&base, &ours, &theirs).unwrap();
        let names: Vec<&str> =
            merged.labels[0].fields[0].choices().unwrap().iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names[names.len() - 2..], ["treaty", "ship"]);
        assert_eq!(merged.labels[1].key.as_deref(), Some("z"));

        let base = ProjectSettings::new("x");
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.annotators.push("anna".into());
        theirs.annotators.push("boris".into());
        theirs.language = "ru".into();
        let merged = merge(&base, &ours, &theirs).unwrap();
        assert_eq!(merged.annotators, ["boris", "anna"]);
        assert_eq!(merged.language, "ru");
    }

    #[test]
    fn trees_that_fit_but_make_nonsense_are_a_conflict() {
        let base = vec![crate::model::FieldDef::bare("a", FieldKind::Choice(vec![Choice::bare("x")]))];
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours[0].kind = FieldKind::Record(Vec::new());
        theirs[0].kind = FieldKind::Either(Vec::new());
        assert!(merge(&base, &ours, &theirs).is_err());
    }
}
