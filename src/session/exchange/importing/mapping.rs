//! Names of a source turned into the project's, or left out: labels, relations, fields, values and annotators.
//!
//! A mapping file is RON:
//!
//! ```ron
//! (
//!     labels: {"PER": "entity", "MISC": None},
//!     relations: {"works_for": "supports"},
//!     fields: {"PER.sex": None, "Type": "kind"},
//!     values: {"PER.Type": {"PERSON": "person"}, "*": {"Q42": "adams"}},
//!     annotators: {"user 1": "anna", "bot": None},
//! )
//! ```
//!
//! `None` leaves out. Everything is called as the source calls it. A field is `label.field`, or `field` for those of every label; a
//! field within a record has one more step. The values of `*` are those of every field.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{
    AnnotationSet, FieldDef, FieldKind, Fields, Relation, Schema, Span, SpanId, Value, leaves, may_link_span,
};
use crate::session::exchange::ExchangeError;
use crate::store::{PRIVATE, cure};

use super::record::write_private;

/// From a name of the source to one of the project, or to nothing.
pub type Names = BTreeMap<String, Option<String>>;

/// Which name of the source becomes which of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Labels of spans.
    pub labels: Names,
    /// Labels of relations.
    pub relations: Names,
    /// Fields: `label.field`, or `field` of every label.
    pub fields: Names,
    /// Texts in fields, ids of terms and entities among them, by the field, as in `fields`; `*` is every field.
    pub values: BTreeMap<String, Names>,
    /// Annotators.
    pub annotators: Names,
}

/// What a mapping left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Sets of annotators that were left out.
    pub sets: usize,
    /// Spans, by their label in the source.
    pub spans: BTreeMap<String, usize>,
    /// Relations, by their label in the source, those among them of which an end was left out.
    pub relations: BTreeMap<String, usize>,
    /// Values of fields that were left out, or for which there was another value of that name already.
    pub fields: BTreeMap<String, usize>,
    /// Single texts within fields.
    pub values: usize,
    /// Links of fields to spans that were left out; they stay, and lead nowhere.
    pub loose_links: usize,
}

impl Dropped {
    /// What there is to tell, a line a kind.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |number: usize, one: &str, many: &str, of: &str| {
            if number > 0 {
                lines.push(format!("{number} {}{of}", if number == 1 { one } else { many }));
            }
        };
        say(self.sets, "set of annotations", "sets of annotations", "");
        for (label, number) in &self.spans {
            say(*number, "span", "spans", &format!(" of `{label}`"));
        }
        for (label, number) in &self.relations {
            say(*number, "relation", "relations", &format!(" of `{label}`"));
        }
        for (field, number) in &self.fields {
            say(*number, "value", "values", &format!(" of the field `{field}`"));
        }
        say(self.values, "text in a field", "texts in fields", "");
        say(
            self.loose_links,
            "link of a field",
            "links of fields",
            " to spans that were left out, which stays and leads nowhere",
        );
        lines
    }
}

/// How many different texts of a field are noted.
const VALUES: usize = 200;

/// How long a text is that is noted, in bytes.
const VALUE: usize = 100;

/// What a source calls things, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Labels of spans.
    pub labels: BTreeMap<String, usize>,
    /// Labels of relations.
    pub relations: BTreeMap<String, usize>,
    /// Fields: `label.field`.
    pub fields: BTreeMap<String, usize>,
    /// Texts in fields, by the field as in `fields`, one within a record with one more step. No more than `VALUES` of a field, and none
    /// that is longer than `VALUE`: what is longer is prose, and nobody maps prose.
    pub values: BTreeMap<String, BTreeMap<String, usize>>,
    /// Annotators; the empty name where the source says none.
    pub annotators: BTreeMap<String, usize>,
}

impl Met {
    pub(super) fn note(&mut self, set: &AnnotationSet) {
        let count = |names: &mut BTreeMap<String, usize>, name: &str| match names.get_mut(name) {
            Some(number) => *number += 1,
            None => drop(names.insert(name.to_owned(), 1)),
        };
        count(&mut self.annotators, &set.annotator);
        let mut place = String::new();
        let mut fields = |names: &mut BTreeMap<String, usize>, base: &str, fields: &Fields| {
            for (name, _) in fields.iter() {
                place.clear();
                // Writing to a String cannot fail.
                let _ = write!(place, "{base}.{name}");
                count(names, &place);
            }
        };
        let values = &mut self.values;
        fields(&mut self.fields, "article", &set.fields);
        note_texts(values, &mut "article".to_owned(), &set.fields);
        let mut base = String::new();
        for span in set.spans() {
            count(&mut self.labels, &span.label);
            fields(&mut self.fields, &span.label, &span.fields);
            base.clone_from(&span.label);
            note_texts(values, &mut base, &span.fields);
        }
        for relation in set.relations() {
            count(&mut self.relations, &relation.label);
            fields(&mut self.fields, &relation.label, &relation.fields);
            base.clone_from(&relation.label);
            note_texts(values, &mut base, &relation.fields);
        }
    }
}

/// Notes the texts among fields; `place` is where they stand, and is given back as it was.
fn note_texts(met: &mut BTreeMap<String, BTreeMap<String, usize>>, place: &mut String, fields: &Fields) {
    for (name, value) in fields.iter() {
        let length = place.len();
        place.push('.');
        place.push_str(name);
        note_text(met, place, value);
        place.truncate(length);
    }
}

fn note_text(met: &mut BTreeMap<String, BTreeMap<String, usize>>, place: &mut String, value: &Value) {
    match value {
        Value::Text(text) if text.len() <= VALUE => {
            if !met.contains_key(place) {
                met.insert(place.clone(), BTreeMap::new());
            }
            let Some(texts) = met.get_mut(place) else { return };
            let is_full = texts.len() >= VALUES;
            match texts.get_mut(text) {
                Some(number) => *number += 1,
                None if is_full => {}
                None => drop(texts.insert(text.clone(), 1)),
            }
        }
        Value::List(items) => items.iter().for_each(|item| note_text(met, place, item)),
        Value::Record(fields) => note_texts(met, place, fields),
        _ => {}
    }
}

fn remembered_file(project: &Path) -> PathBuf {
    project.join(PRIVATE).join("mapping.ron")
}

/// Whether a record is to be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mapped {
    /// It is.
    Kept,
    /// Its annotator is left out.
    Dropped,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// It cannot be read, or is no mapping: where, and what to write.
    pub fn read(path: &Path) -> Result<Self, ExchangeError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            ExchangeError::Disk(format!(
                "could not read the mapping {}: {error}. {}",
                path.display(),
                cure(&error)
            ))
        })?;
        Self::parse(&text).map_err(|what| ExchangeError::Wish(format!("{}: {what}", path.display())))
    }

    /// The mapping that was used last for this project, from its private folder; an empty one if there is none.
    pub fn remembered(project: &Path) -> Self {
        let text = std::fs::read_to_string(remembered_file(project)).unwrap_or_default();
        Self::parse(&text).unwrap_or_default()
    }

    /// Remembers the mapping for the next import into this project.
    ///
    /// # Errors
    /// The system refuses.
    pub fn remember(&self, project: &Path) -> Result<(), ExchangeError> {
        if *self == Self::remembered(project) {
            return Ok(());
        }
        write_private(project, &remembered_file(project), self.text().as_bytes())
    }

    /// Reads the text of a mapping.
    ///
    /// # Errors
    /// Where it is no mapping, and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let mapping: Self = options.from_str(text.trim_start_matches('\u{FEFF}')).map_err(|error| {
            let at = error.span.start;
            format!(
                "line {}, column {}: {}. A mapping looks like (labels: {{\"PER\": \"entity\", \"MISC\": None}}), with labels, relations, \
                 fields, values and annotators; None leaves out",
                at.line, at.col, error.code
            )
        })?;
        let names = [&mapping.labels, &mapping.relations, &mapping.fields, &mapping.annotators];
        let all = names.into_iter().chain(mapping.values.values());
        let empty = |to: &&Option<String>| to.as_ref().is_some_and(|to| to.trim().is_empty());
        if all.flat_map(BTreeMap::values).any(|to| empty(&to)) {
            return Err("a name leads to an empty one. Write None to leave it out".to_owned());
        }
        Ok(mapping)
    }

    /// The text of a mapping file, in stable order.
    pub fn text(&self) -> String {
        let mut out = String::from("(\n");
        let quoted = |text: &str| ron::to_string(text).unwrap_or_default();
        let entry = |(from, to): (&String, &Option<String>)| {
            let to = to.as_deref().map_or_else(|| "None".to_owned(), quoted);
            format!("{}: {to}", quoted(from))
        };
        for (name, names) in [
            ("labels", &self.labels),
            ("relations", &self.relations),
            ("fields", &self.fields),
            ("annotators", &self.annotators),
        ] {
            if !names.is_empty() {
                out.push_str(&format!("    {name}: {{\n"));
                names.iter().for_each(|names| out.push_str(&format!("        {},\n", entry(names))));
                out.push_str("    },\n");
            }
        }
        if !self.values.is_empty() {
            out.push_str("    values: {\n");
            for (field, names) in &self.values {
                let entries: Vec<String> = names.iter().map(entry).collect();
                out.push_str(&format!("        {}: {{{}}},\n", quoted(field), entries.join(", ")));
            }
            out.push_str("    },\n");
        }
        out.push_str(")\n");
        out
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the mapping speaks of and the source does not have, to be told: mostly a slip of the pen.
    pub fn unused(&self, met: &Met) -> Vec<String> {
        let is_met = |met: &BTreeMap<String, usize>, name: &String| met.contains_key(name);
        let field = |name: &String| {
            // A field within a record is not counted by itself; its first steps are.
            met.fields.keys().any(|there| {
                let short = there.split_once('.').map_or("", |(_, field)| field);
                [there.as_str(), short].iter().any(|there| {
                    name == there || name.strip_prefix(there).is_some_and(|r| r.starts_with('.'))
                })
            })
        };
        let mut unused = Vec::new();
        let mut look =
            |what: &str, names: &mut dyn Iterator<Item = &String>, is_met: &dyn Fn(&String) -> bool| {
                for name in names.filter(|name| !is_met(name)) {
                    unused.push(format!(
                        "The mapping speaks of the {what} `{name}`, which the source does not have."
                    ));
                }
            };
        look("label", &mut self.labels.keys(), &|name| is_met(&met.labels, name));
        look("relation", &mut self.relations.keys(), &|name| is_met(&met.relations, name));
        look("annotator", &mut self.annotators.keys(), &|name| is_met(&met.annotators, name));
        let fields: BTreeSet<&String> =
            self.fields.keys().chain(self.values.keys().filter(|name| *name != "*")).collect();
        look("field", &mut fields.into_iter(), &field);
        unused
    }

    /// Gives a record's annotations the project's names.
    pub(super) fn apply(&self, set: &mut AnnotationSet, schema: &Schema, dropped: &mut Dropped) -> Mapped {
        match self.annotators.get(&set.annotator) {
            Some(None) => {
                dropped.sets += 1;
                return Mapped::Dropped;
            }
            Some(Some(to)) => set.annotator.clone_from(to),
            None => {}
        }
        if !self.labels.is_empty() {
            self.drop_labels(set, schema, dropped);
        }
        if !self.relations.is_empty() || self.has_fields() {
            self.map_relations(set, dropped);
        }
        if !self.labels.is_empty() || self.has_fields() {
            let spans: Vec<Span> = set.each_span().map(|span| self.map_span(span, dropped)).collect();
            for span in &spans {
                while set.remove(&span.id).is_some() {}
            }
            set.insert_all(spans);
        }
        if self.has_fields() {
            set.fields = self.map_fields("article", "", &set.fields, dropped);
        }
        Mapped::Kept
    }

    fn has_fields(&self) -> bool {
        !self.fields.is_empty() || !self.values.is_empty()
    }

    /// Leaves out spans of labels that lead to nothing, and relations of which an end goes with them.
    fn drop_labels(&self, set: &mut AnnotationSet, schema: &Schema, dropped: &mut Dropped) {
        let gone: BTreeSet<SpanId> = set
            .spans()
            .filter(|span| matches!(self.labels.get(&span.label), Some(None)))
            .map(|span| span.id.clone())
            .collect();
        for id in &gone {
            if let Some(span) = set.remove(id) {
                *dropped.spans.entry(span.label.clone()).or_default() += 1;
            }
        }
        let loose: Vec<_> = set
            .relations()
            .filter(|relation| gone.contains(&relation.from) || gone.contains(&relation.to))
            .map(|relation| relation.id.clone())
            .collect();
        for id in &loose {
            if let Some(relation) = set.remove_relation(id) {
                *dropped.relations.entry(relation.label.clone()).or_default() += 1;
            }
        }
        for span in set.spans() {
            let links = leaves(schema.fields_of(&span.label), &span.fields);
            let loose = links.iter().filter(|leaf| {
                may_link_span(&leaf.def.kind)
                    && leaf.value.as_text().is_some_and(|id| gone.contains(&id.into()))
            });
            dropped.loose_links += loose.count();
        }
    }

    fn map_relations(&self, set: &mut AnnotationSet, dropped: &mut Dropped) {
        let relations: Vec<Relation> = set.relations().map(|relation| (**relation).clone()).collect();
        for mut relation in relations {
            let fields = self.map_fields(&relation.label, "", &relation.fields, dropped);
            match self.relations.get(&relation.label) {
                Some(None) => {
                    set.remove_relation(&relation.id);
                    *dropped.relations.entry(relation.label).or_default() += 1;
                    continue;
                }
                Some(Some(to)) => relation.label.clone_from(to),
                None if fields == relation.fields => continue,
                None => {}
            }
            relation.fields = fields;
            set.remove_relation(&relation.id);
            set.insert_relation(relation);
        }
    }

    fn map_span(&self, span: &Span, dropped: &mut Dropped) -> Span {
        let mut mapped = span.clone();
        mapped.fields = self.map_fields(&span.label, "", &span.fields, dropped);
        if let Some(label) = self.labels.get(&span.label).and_then(Option::as_ref) {
            mapped.label.clone_from(label);
        }
        mapped
    }

    fn map_fields(&self, base: &str, above: &str, fields: &Fields, dropped: &mut Dropped) -> Fields {
        if !self.has_fields() {
            return fields.clone();
        }
        let mut mapped = Fields::new();
        for (name, value) in fields.iter() {
            let place = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
            let full = format!("{base}.{place}");
            let to = match self.fields.get(&full).or_else(|| self.fields.get(&place)) {
                Some(None) => {
                    *dropped.fields.entry(full).or_default() += 1;
                    continue;
                }
                Some(Some(to)) => to.as_str(),
                None => name,
            };
            let Some(value) = self.map_value(base, &place, value, dropped) else { continue };
            if mapped.get(to).is_some() {
                *dropped.fields.entry(full).or_default() += 1;
            } else {
                mapped.set(to, value);
            }
        }
        mapped
    }

    fn map_value(&self, base: &str, place: &str, value: &Value, dropped: &mut Dropped) -> Option<Value> {
        match value {
            Value::Text(text) => {
                let full = format!("{base}.{place}");
                let to = [full.as_str(), place, "*"]
                    .iter()
                    .find_map(|field| self.values.get(*field).and_then(|names| names.get(text)));
                match to {
                    None => Some(value.clone()),
                    Some(Some(to)) => Some(Value::Text(to.clone())),
                    Some(None) => {
                        dropped.values += 1;
                        None
                    }
                }
            }
            Value::List(items) => {
                let mapped: Vec<Value> =
                    items.iter().filter_map(|item| self.map_value(base, place, item, dropped)).collect();
                (items.is_empty() || !mapped.is_empty()).then_some(Value::List(mapped))
            }
            Value::Record(fields) => Some(Value::Record(self.map_fields(base, place, fields, dropped))),
            other => Some(other.clone()),
        }
    }

    /// Gives what a source says of its labels the project's names.
    pub(super) fn apply_to_schema(&self, schema: &mut Schema) {
        self.map_defs("article", "", &mut schema.article_fields);
        for label in &mut schema.labels {
            self.map_defs(&label.name, "", &mut label.fields);
        }
        for relation in &mut schema.relations {
            self.map_defs(&relation.name, "", &mut relation.fields);
            let labels = |names: &mut Vec<String>| {
                names.retain_mut(|name| self.rename(&self.labels, name));
                names.dedup();
            };
            labels(&mut relation.from);
            labels(&mut relation.to);
        }
        schema.labels.retain_mut(|label| self.rename(&self.labels, &mut label.name));
        schema.relations.retain_mut(|relation| self.rename(&self.relations, &mut relation.name));
    }

    /// Renames what is to be renamed; whether it stays at all.
    fn rename(&self, names: &Names, name: &mut String) -> bool {
        match names.get(name) {
            None => true,
            Some(None) => false,
            Some(Some(to)) => {
                name.clone_from(to);
                true
            }
        }
    }

    fn map_defs(&self, base: &str, above: &str, defs: &mut Vec<FieldDef>) {
        if !self.has_fields() {
            return;
        }
        defs.retain_mut(|def| {
            let place = if above.is_empty() { def.name.clone() } else { format!("{above}.{}", def.name) };
            let full = format!("{base}.{place}");
            match &mut def.kind {
                FieldKind::Record(inner) => self.map_defs(base, &place, inner),
                FieldKind::Choice(choices) => {
                    let names =
                        [full.as_str(), &place, "*"].into_iter().filter_map(|field| self.values.get(field));
                    for names in names {
                        choices.retain_mut(|choice| self.rename(names, &mut choice.name));
                    }
                    let mut seen = BTreeSet::new();
                    choices.retain(|choice| seen.insert(choice.name.clone()));
                }
                _ => {}
            }
            let to = self.fields.get(&full).or_else(|| self.fields.get(&place));
            match to {
                Some(None) => false,
                Some(Some(to)) => {
                    def.name.clone_from(to);
                    true
                }
                None => true,
            }
        });
        let mut seen = BTreeSet::new();
        defs.retain(|def| seen.insert(def.name.clone()));
    }
}
