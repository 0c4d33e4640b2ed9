//! Which layers an export needs: found out from all its records, so that every file has the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Record, WriteOptions};
use super::header::{Feature, Kind, Layer, layer_of};
use super::{LABEL, REST};
use crate::model::{AnnotationSet, FieldDef, Fields, SpanId, Value, may_link_span};

/// How a field goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Text,
    Number,
    Flag,
    /// Links to spans.
    Slots,
    /// Values of several kinds, or of a kind that has no column: as JSON.
    Rest,
}

/// The labels and relations of an export, with their layers.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// Label and field → how it goes out.
    columns: Columns,
    /// Relation label and field.
    relation_columns: Columns,
    labels: BTreeSet<String>,
    /// Relation label → labels of its ends.
    relations: BTreeMap<String, BTreeSet<String>>,
    /// Made at the end.
    pub layers: Vec<Layer>,
    layer_of_label: BTreeMap<String, usize>,
    layer_of_relation: BTreeMap<String, usize>,
    pub shared: Vec<String>,
}

/// Label → field → how it goes out.
type Columns = BTreeMap<String, BTreeMap<String, Column>>;

/// Whether a name can be that of a feature.
fn is_feature(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name != REST
        && name != LABEL
        && !name.starts_with("ROLE_")
        && !name.starts_with("BT_")
}

/// What links of a value lead to spans that are there; `None` if one of its values is no such link.
pub(super) fn targets(value: &Value, set: &AnnotationSet) -> Option<Vec<SpanId>> {
    let target = |link: &Value| {
        let id = SpanId::from(link.as_text()?);
        set.get(&id).map(|_| id)
    };
    let found: Vec<SpanId> = value.each().iter().map(target).collect::<Option<_>>()?;
    (!found.is_empty()).then_some(found)
}

fn column(
    name: &str,
    value: &Value,
    def: Option<&FieldDef>,
    set: &AnnotationSet,
    may_be_slots: bool,
) -> Column {
    if !is_feature(name) {
        return Column::Rest;
    }
    let links = may_be_slots && !name.contains('_') && def.is_some_and(|def| may_link_span(&def.kind));
    match value {
        value if links && targets(value, set).is_some() => Column::Slots,
        Value::Text(text) if !text.is_empty() => Column::Text,
        Value::Integer(_) => Column::Number,
        Value::Bool(_) => Column::Flag,
        _ => Column::Rest,
    }
}

impl Layers {
    /// Takes note of a record.
    pub fn see(&mut self, record: &Record, options: &WriteOptions) {
        let set = &record.set;
        for span in set.spans() {
            if !self.labels.contains(&span.label) {
                self.labels.insert(span.label.clone());
            }
            let defs = options.schema.fields_of(&span.label);
            for (name, value) in span.fields.iter() {
                let def = defs.iter().find(|def| def.name == name);
                let column = column(name, value, def, set, true);
                note(&mut self.columns, &span.label, name, column);
            }
        }
        for relation in set.relations() {
            let ends = [&relation.from, &relation.to].map(|id| set.get(id));
            if let [Some(from), Some(to)] = ends {
                let labels = self.relations.entry(relation.label.clone()).or_default();
                labels.insert(from.label.clone());
                labels.insert(to.label.clone());
            }
            for (name, value) in relation.fields.iter() {
                note(
                    &mut self.relation_columns,
                    &relation.label,
                    name,
                    column(name, value, None, set, false),
                );
            }
        }
    }

    /// Makes the layers: one for each label, and one for all those that relations join.
    pub fn settle(&mut self) {
        let mut group: BTreeMap<&String, usize> =
            self.labels.iter().enumerate().map(|(number, label)| (label, number)).collect();
        for ends in self.relations.values() {
            let groups: BTreeSet<usize> = ends.iter().filter_map(|label| group.get(label).copied()).collect();
            if let Some(first) = groups.first().copied() {
                group
                    .values_mut()
                    .filter(|number| groups.contains(number))
                    .for_each(|number| *number = first);
            }
        }
        let mut members: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
        for (label, number) in group {
            members.entry(number).or_default().push(label);
        }
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut fresh = |wanted: String| {
            let mut name = wanted.clone();
            let mut number = 2;
            while !taken.insert(name.to_lowercase()) {
                name = format!("{wanted}{number}");
                number += 1;
            }
            name
        };
        // The names that labels fix first; shared layers and relations take what is left.
        let alone: Vec<&&String> = members.values().filter(|labels| labels.len() == 1).flatten().collect();
        let mut names: BTreeMap<&String, String> = BTreeMap::new();
        for label in alone {
            names.insert(label, fresh(layer_of(label)));
        }
        for labels in members.values() {
            let is_shared = match labels[..] {
                [only] => names.get(only).is_none_or(|name| *name != layer_of(only)),
                _ => true,
            };
            let name = match (labels[..].first(), is_shared) {
                (Some(only), false) => names.get(only).cloned().unwrap_or_default(),
                _ => fresh("webanno.custom.Span".to_owned()),
            };
            let mut features = Vec::new();
            if is_shared {
                features.push(Feature::Plain(LABEL.to_owned()));
                self.shared.push(name.clone());
            }
            let columns = || self.columns.iter().filter(|(label, _)| labels.contains(label));
            features.extend(plain_features(columns().flat_map(|(_, fields)| fields)));
            let slots =
                columns().flat_map(|(_, fields)| fields).filter(|(_, column)| **column == Column::Slots);
            let slot_names: BTreeSet<&String> = slots.map(|(field, _)| field).collect();
            let target = "uima.tcas.Annotation".to_owned();
            features.extend(
                slot_names
                    .into_iter()
                    .map(|field| Feature::Slots { name: field.clone(), target: target.clone() }),
            );
            features.push(Feature::Plain(REST.to_owned()));
            for label in labels {
                self.layer_of_label.insert((*label).clone(), self.layers.len());
            }
            self.layers.push(Layer { name, kind: Kind::Span, features });
        }
        for (relation, ends) in &self.relations {
            let Some(base) = ends.first().and_then(|label| self.layer_of_label.get(label)) else { continue };
            let base = self.layers[*base].name.clone();
            let wanted = layer_of(relation);
            let name = fresh(wanted.clone());
            let mut features = Vec::new();
            if name != wanted {
                features.push(Feature::Plain(LABEL.to_owned()));
                self.shared.push(name.clone());
            }
            features.extend(plain_features(self.relation_columns.get(relation).into_iter().flatten()));
            features.push(Feature::Plain(REST.to_owned()));
            self.layer_of_relation.insert(relation.clone(), self.layers.len());
            self.layers.push(Layer { name, kind: Kind::Relation(base), features });
        }
    }

    /// The layer of a label.
    pub fn of_label(&self, label: &str) -> Option<usize> {
        self.layer_of_label.get(label).copied()
    }

    /// The layer of a relation.
    pub fn of_relation(&self, label: &str) -> Option<usize> {
        self.layer_of_relation.get(label).copied()
    }

    /// How a field goes out; a relation's if `relation`.
    pub fn column(&self, label: &str, field: &str, relation: bool) -> Column {
        let columns = if relation { &self.relation_columns } else { &self.columns };
        columns.get(label).and_then(|fields| fields.get(field)).copied().unwrap_or(Column::Rest)
    }

    /// The features that hold something else than text: layer's label and field.
    pub fn typed(&self, wanted: Column) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (label, fields) in self.columns.iter().chain(&self.relation_columns) {
            let own = fields.iter().filter(|(_, column)| **column == wanted);
            found.extend(own.map(|(field, _)| (label.clone(), field.clone())));
        }
        found
    }

    /// The fields that go out as JSON.
    pub fn rest_of(&self, label: &str, fields: &Fields, relation: bool) -> Fields {
        let all = fields.iter().filter(|(name, _)| self.column(label, name, relation) == Column::Rest);
        all.map(|(name, value)| (name, value.clone())).collect()
    }
}

fn plain_features<'c>(
    columns: impl Iterator<Item = (&'c String, &'c Column)>,
) -> impl Iterator<Item = Feature> {
    let plain = columns.filter(|(_, column)| !matches!(column, Column::Slots | Column::Rest));
    let names: BTreeSet<&String> = plain.map(|(field, _)| field).collect();
    names.into_iter().map(|name| Feature::Plain(name.clone())).collect::<Vec<_>>().into_iter()
}

fn note(columns: &mut Columns, label: &str, field: &str, column: Column) {
    // Nearly always it is known already, and names need not be copied to find that out.
    let known = match columns.get_mut(label).and_then(|fields| fields.get_mut(field)) {
        Some(known) => known,
        None => columns.entry(label.to_owned()).or_default().entry(field.to_owned()).or_insert(column),
    };
    if *known != column {
        *known = Column::Rest;
    }
}
