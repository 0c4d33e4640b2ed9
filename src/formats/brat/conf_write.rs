//! Writing brat's configuration from a schema and from what the records used.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::names::encoded;
use super::write::is_plain_word;
use crate::model::{FieldDef, FieldKind, Schema, may_link_span};

/// What brat must know of a label.
#[derive(Debug, Default)]
struct Kind {
    /// Roles with how often they may come (`?`, `*`) and what they lead to. Not empty = an event.
    roles: BTreeMap<String, (&'static str, String)>,
}

/// What brat must know of an attribute.
#[derive(Debug, Default)]
struct Attribute {
    of: BTreeSet<String>,
    /// Empty = present or not.
    values: Vec<String>,
}

/// Something that a record uses.
#[derive(Debug, PartialEq, Eq)]
enum Use {
    Label(String),
    Role(String, String, bool),
    Attribute(String, String, Option<String>),
    Relation(String, String, String),
}

/// What a record uses, in the order in which it is met, each thing once: gathered beside others, taken in one after another.
#[derive(Debug, Default)]
pub(super) struct Used(Vec<Use>);

impl Used {
    /// A label.
    pub fn saw_label(&mut self, label: &str) {
        if !self.0.iter().any(|there| matches!(there, Use::Label(known) if known == label)) {
            self.0.push(Use::Label(label.to_owned()));
        }
    }

    /// A role of a label.
    pub fn saw_role(&mut self, label: &str, role: &str, is_list: bool) {
        let is_known = |there: &Use| matches!(there, Use::Role(l, r, list) if l == label && r == role && *list == is_list);
        if !self.0.iter().any(is_known) {
            self.0.push(Use::Role(label.to_owned(), role.to_owned(), is_list));
        }
    }

    /// A value of an attribute (stored name) of a label; none if it is only there.
    pub fn saw_attribute(&mut self, label: &str, name: &str, value: Option<&str>) {
        let is_known = |there: &Use| matches!(there, Use::Attribute(l, n, v) if l == label && n == name && v.as_deref() == value);
        if !self.0.iter().any(is_known) {
            self.0.push(Use::Attribute(label.to_owned(), name.to_owned(), value.map(str::to_owned)));
        }
    }

    /// A relation.
    pub fn saw_relation(&mut self, label: &str, roles: (&str, &str)) {
        if !self.0.iter().any(|there| matches!(there, Use::Relation(known, ..) if known == label)) {
            self.0.push(Use::Relation(label.to_owned(), roles.0.to_owned(), roles.1.to_owned()));
        }
    }
}

/// Everything that brat must know.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    labels: Vec<(String, Kind)>,
    relations: Vec<(String, String)>,
    attributes: BTreeMap<String, Attribute>,
    titles: Vec<(String, String)>,
    keys: Vec<(String, String)>,
}

/// Whether spans of a label are events: whether a field of theirs, or of their records, may lead to a span.
pub(super) fn is_event(fields: &[FieldDef]) -> bool {
    fields.iter().any(|def| match &def.kind {
        FieldKind::Record(inner) => inner.iter().any(|def| may_link_span(&def.kind)),
        kind => may_link_span(kind),
    })
}

impl Configuration {
    /// What a schema says.
    pub fn of(schema: &Schema) -> Self {
        let mut all = Self::default();
        for label in &schema.labels {
            let name = encoded(&label.name).into_owned();
            let kind = all.label(&name);
            for def in &label.fields {
                if let FieldKind::Record(inner) = &def.kind {
                    for inner in inner.iter().filter(|inner| may_link_span(&inner.kind)) {
                        let role = format!("{}-{}", encoded(&def.name), encoded(&inner.name));
                        kind.roles.insert(role, ("*", targets(&inner.kind)));
                    }
                } else if may_link_span(&def.kind) {
                    let often = if def.is_list() { "*" } else { "?" };
                    kind.roles.insert(encoded(&def.name).into_owned(), (often, targets(&def.kind)));
                }
            }
            for def in label.fields.iter().filter(|def| !def.is_list()) {
                all.attribute_of(def, &name);
            }
            let titled = label.fields.iter().map(|def| (&def.name, &def.titles));
            for (name, titles) in std::iter::once((&label.name, &label.titles)).chain(titled) {
                all.title(name, titles.get("en"));
            }
            if let Some(key) = &label.key {
                all.keys.push((key.clone(), name));
            }
        }
        for relation in &schema.relations {
            let ends = |labels: &[String]| match labels {
                [] => "<ANY>".to_owned(),
                labels => labels.iter().map(|label| encoded(label)).collect::<Vec<_>>().join("|"),
            };
            let symmetric = if relation.symmetric { ", <REL-TYPE>:symmetric" } else { "" };
            let arguments = format!("Arg1:{}, Arg2:{}{symmetric}", ends(&relation.from), ends(&relation.to));
            all.relations.push((encoded(&relation.name).into_owned(), arguments));
            all.title(&relation.name, relation.titles.get("en"));
        }
        all
    }

    fn attribute_of(&mut self, def: &FieldDef, label: &str) {
        let values: Vec<String> = match &def.kind {
            FieldKind::Choice(choices) => choices.iter().map(|choice| choice.name.clone()).collect(),
            FieldKind::YesNo => Vec::new(),
            FieldKind::Number { min: Some(min), max: Some(max), whole: true } if max - min < 20.0 => {
                (*min as i64..=*max as i64).map(|n| n.to_string()).collect()
            }
            _ => return,
        };
        let attribute = self.attributes.entry(encoded(&def.name).into_owned()).or_default();
        attribute.of.insert(label.to_owned());
        for value in values.iter().filter(|value| is_plain_word(value)) {
            push_new(&mut attribute.values, value);
        }
    }

    fn title(&mut self, name: &str, title: Option<&str>) {
        let stored = encoded(name);
        let title = title.unwrap_or(name).replace(['|', '\n', '\t', '\r'], " ");
        if title != stored && !self.titles.iter().any(|(there, _)| *there == stored) {
            self.titles.push((stored.into_owned(), title));
        }
    }

    fn label(&mut self, name: &str) -> &mut Kind {
        let at = match self.labels.iter().position(|(there, _)| there == name) {
            Some(at) => at,
            None => {
                self.labels.push((name.to_owned(), Kind::default()));
                self.labels.len() - 1
            }
        };
        &mut self.labels[at].1
    }

    /// Takes in what a record uses.
    pub fn take_in(&mut self, used: &Used) {
        for one in &used.0 {
            match one {
                Use::Label(label) => self.saw_label(label),
                Use::Role(label, role, is_list) => self.saw_role(label, role, *is_list),
                Use::Attribute(label, name, value) => self.saw_attribute(label, name, value.as_deref()),
                Use::Relation(label, one, two) => self.saw_relation(label, (one, two)),
            }
        }
    }

    /// Notes that a label is used.
    fn saw_label(&mut self, label: &str) {
        if !self.labels.iter().any(|(there, _)| *there == encoded(label)) {
            self.title(label, None);
            self.label(&encoded(label));
        }
    }

    /// Notes that a label has a role.
    fn saw_role(&mut self, label: &str, role: &str, is_list: bool) {
        let roles = &mut self.label(&encoded(label)).roles;
        let known = roles.entry(role.to_owned()).or_insert(("?", "<ANY>".to_owned()));
        if is_list {
            known.0 = "*";
        }
    }

    /// Notes that an attribute (stored name) of a label has a value, or is only there.
    fn saw_attribute(&mut self, label: &str, name: &str, value: Option<&str>) {
        let attribute = self.attributes.entry(name.to_owned()).or_default();
        attribute.of.insert(encoded(label).into_owned());
        if let Some(value) = value {
            push_new(&mut attribute.values, value);
        }
    }

    /// Notes that a relation is used.
    fn saw_relation(&mut self, label: &str, roles: (&str, &str)) {
        let stored = encoded(label);
        if !self.relations.iter().any(|(there, _)| *there == stored) {
            self.relations.push((stored.into_owned(), format!("{}:<ANY>, {}:<ANY>", roles.0, roles.1)));
            self.title(label, None);
        }
    }

    /// `annotation.conf`.
    pub fn annotation(&self) -> String {
        let mut out = String::from("# Written by Postil from the project's schema.\n\n[entities]\n\n");
        for (name, _) in self.labels.iter().filter(|(_, kind)| kind.roles.is_empty()) {
            let _ = writeln!(out, "{name}");
        }
        out.push_str("\n[relations]\n\n");
        for (name, arguments) in &self.relations {
            let _ = writeln!(out, "{name}\t{arguments}");
        }
        // Without this brat's own check calls every nested or crossing span a mistake.
        out.push_str("<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n");
        out.push_str("\n[events]\n\n");
        for (name, kind) in self.labels.iter().filter(|(_, kind)| !kind.roles.is_empty()) {
            let roles: Vec<String> =
                kind.roles.iter().map(|(role, (often, to))| format!("{role}{often}:{to}")).collect();
            let _ = writeln!(out, "{name}\t{}", roles.join(", "));
        }
        out.push_str("\n[attributes]\n\n");
        for (name, attribute) in &self.attributes {
            let of: Vec<&str> = attribute.of.iter().map(String::as_str).collect();
            let _ = write!(out, "{name}\tArg:{}", of.join("|"));
            if !attribute.values.is_empty() {
                let _ = write!(out, ", Value:{}", attribute.values.join("|"));
            }
            out.push('\n');
        }
        out
    }

    /// `visual.conf`.
    pub fn visual(&self) -> String {
        let mut out = String::from("[labels]\n\n");
        for (name, title) in &self.titles {
            let _ = writeln!(out, "{name} | {title}");
        }
        out.push_str("\n[drawing]\n\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken\n");
        out.push_str("ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n");
        for (name, attribute) in &self.attributes {
            // Without a sign of its own brat draws nothing for an attribute.
            if attribute.values.is_empty() {
                let _ = writeln!(out, "{name}\tglyph:*, position:right");
            } else {
                let _ = writeln!(
                    out,
                    "{name}\tglyph:{}, position:right",
                    vec!["*"; attribute.values.len()].join("|")
                );
            }
        }
        out
    }

    /// `kb_shortcuts.conf`, empty if there are no keys.
    pub fn shortcuts(&self) -> String {
        self.keys.iter().map(|(key, name)| format!("{}\t{name}\n", key.to_uppercase())).collect()
    }
}

fn push_new(values: &mut Vec<String>, value: &str) {
    if !values.iter().any(|there| there == value) {
        values.push(value.to_owned());
    }
}

/// The labels that a field leads to, in brat's words.
fn targets(kind: &FieldKind) -> String {
    let labels: Vec<&String> = match kind {
        FieldKind::Span(labels) => labels.iter().collect(),
        FieldKind::Either(kinds) => {
            let spans = kinds.iter().filter_map(|kind| match kind {
                FieldKind::Span(labels) => Some(labels),
                _ => None,
            });
            let all: Vec<&Vec<String>> = spans.collect();
            if all.iter().any(|labels| labels.is_empty()) {
                Vec::new()
            } else {
                all.into_iter().flatten().collect()
            }
        }
        _ => Vec::new(),
    };
    match labels[..] {
        [] => "<ANY>".to_owned(),
        _ => labels.iter().map(|label| encoded(label)).collect::<Vec<_>>().join("|"),
    }
}
