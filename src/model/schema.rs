//! The schema: which labels and relations a project knows, and which typed fields they carry.
//!
//! Everything a user can fill in is declared here and nowhere else; the inspector's controls, validation, the exports' columns
//! and the loss reports are read from it. A field has **no silent default**: unset is a state of its own.

use serde::{Deserialize, Serialize};

use super::id::TermId;
use super::words::Words;

/// The labels, relations and article-level fields of a project (`schema.ron`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Version of the file format, see [`super::FORMAT`].
    pub format: u32,
    /// Short name: `positions`.
    pub name: String,
    /// What spans may be.
    pub labels: Vec<LabelDef>,
    /// What may link two spans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationDef>,
    /// Fields of an article as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub article_fields: Vec<FieldDef>,
}

/// One label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelDef {
    /// The label as it stands in the files, in any script.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// The key that tags with it: one Latin letter, meaning the physical key of a QWERTY keyboard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Which of the palette's colours and line patterns it takes, from 0; labels without one take the next free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<u8>,
    /// One or two sentences on when to use it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub help: Words,
    /// What its spans may do with spans of the labels in `against`.
    #[serde(default, skip_serializing_if = "Overlap::is_any")]
    pub overlap: Overlap,
    /// The labels that `overlap` speaks of; empty = this label itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// Its fields in the order in which they are shown and written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldDef>,
}

/// What two spans may do to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    /// Nest and cross freely.
    #[default]
    Any,
    /// Nest, but not cross.
    Nested,
    /// Neither.
    None,
}

impl Overlap {
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// One kind of relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationDef {
    /// The relation's label as it stands in the files.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// The key that starts it from the selected span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// When to use it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub help: Words,
    /// The labels it may start from; empty = any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// The labels it may lead to; empty = any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Whether it says the same in both directions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// Its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldDef>,
}

/// One field of a label, a relation, an article or a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    /// The field as it stands in the files.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// What may be filled in.
    pub kind: FieldKind,
    /// How many values at least; 1 or more = required.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub min: u32,
    /// How many values at most; `None` = any number. A field with a maximum of one holds a bare value, others a list.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub max: Option<u32>,
    /// Required too whenever this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<When>,
    /// Whether the window asks for it at once when its span or record is made, so that it costs one key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ask: bool,
    /// The key that fills it in on the selected span: one Latin letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub help: Words,
}

/// A condition on a sibling field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The sibling's name.
    pub field: String,
    /// Holds if the sibling has one of these values; empty = if it has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Holds if the sibling is *unset*, whatever `is` says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unset: bool,
}

/// What a field may hold, and how a [`super::Value`] says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One of these words (several of them where the maximum allows).
    Choice(Vec<Choice>),
    /// Free text.
    Text,
    /// A number within bounds.
    Number {
        /// Least allowed.
        #[serde(default)]
        min: Option<f64>,
        /// Greatest allowed.
        #[serde(default)]
        max: Option<f64>,
        /// Whether only whole numbers will do.
        #[serde(default)]
        whole: bool,
    },
    /// A day, `2026-01-21`; a month or a year alone will do too.
    Date,
    /// Yes or no, unset until someone says which.
    YesNo,
    /// A stretch of the article's own text: `[[start, end], …]` in code points, always a list.
    Stretch,
    /// A span of the same article, by its id, of one of these labels (empty = any).
    Span(Vec<String>),
    /// A register entry, by its id, of one of these kinds (empty = any).
    Entity(Vec<String>),
    /// A codebook term, by its id, at or under this one (`None` = any).
    Term(Option<TermId>),
    /// Any of these; a text is read as the first kind that recognises it, spans before register before codebook before text.
    Either(Vec<FieldKind>),
    /// A record of fields.
    Record(Vec<FieldDef>),
}

/// One word of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value as it stands in the files.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// The key that picks it: one Latin letter or digit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// When to use it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub help: Words,
}

fn one() -> Option<u32> {
    Some(1)
}
fn is_one(max: &Option<u32>) -> bool {
    *max == Some(1)
}
fn is_zero(min: &u32) -> bool {
    *min == 0
}

impl Schema {
    /// The names of the built-in schemas, for `new --schema NAME`.
    pub const TEMPLATES: [&'static str; 2] = ["positions", "entities"];

    /// The RON text of a built-in schema, ready to be written into a new project.
    pub fn template_text(name: &str) -> Option<&'static str> {
        match name {
            "positions" => Some(include_str!("../../assets/schemas/positions.ron")),
            "entities" => Some(include_str!("../../assets/schemas/entities.ron")),
            _ => None,
        }
    }

    /// A schema without labels, to which an import adds what it meets.
    pub fn empty(name: impl Into<String>) -> Self {
        Self {
            format: super::FORMAT,
            name: name.into(),
            labels: Vec::new(),
            relations: Vec::new(),
            article_fields: Vec::new(),
        }
    }

    /// The default schema, `positions`.
    ///
    /// # Panics
    /// Never in a program that passes its own tests: the text is built in and read by them.
    #[expect(clippy::expect_used, reason = "the text is part of the program and a test reads it")]
    pub fn positions() -> Self {
        ron::from_str(include_str!("../../assets/schemas/positions.ron"))
            .expect("the built-in schema is well-formed")
    }

    /// A label's definition.
    pub fn label(&self, name: &str) -> Option<&LabelDef> {
        self.labels.iter().find(|l| l.name == name)
    }

    /// A relation's definition.
    pub fn relation(&self, name: &str) -> Option<&RelationDef> {
        self.relations.iter().find(|r| r.name == name)
    }

    /// The fields of a label; none for an unknown one.
    pub fn fields_of(&self, label: &str) -> &[FieldDef] {
        self.label(label).map_or(&[], |l| &l.fields)
    }

    /// Which colour and pattern a label takes: its own, else its place in the schema.
    pub fn colour_of(&self, label: &str) -> usize {
        match self.labels.iter().position(|l| l.name == label) {
            Some(place) => self.labels[place].colour.map_or(place, usize::from),
            None => self.labels.len(),
        }
    }
}

impl LabelDef {
    /// A label with nothing but its name.
    pub fn bare(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            titles: Words::default(),
            key: None,
            colour: None,
            help: Words::default(),
            overlap: Overlap::Any,
            against: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// What people see: the title in `language`, else the name.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(&self.name)
    }
}

impl RelationDef {
    /// A relation with nothing but its name.
    pub fn bare(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            titles: Words::default(),
            key: None,
            help: Words::default(),
            from: Vec::new(),
            to: Vec::new(),
            symmetric: false,
            fields: Vec::new(),
        }
    }

    /// What people see: the title in `language`, else the name.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(&self.name)
    }

    /// Whether the relation may lead from a span labelled `from` to one labelled `to`.
    pub fn allows(&self, from: &str, to: &str) -> bool {
        let fits = |ends: &[String], label: &str| ends.is_empty() || ends.iter().any(|l| l == label);
        fits(&self.from, from) && fits(&self.to, to)
            || self.symmetric && fits(&self.from, to) && fits(&self.to, from)
    }
}

impl FieldDef {
    /// An optional field with one value and nothing but its name and kind.
    pub fn bare(name: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            name: name.into(),
            titles: Words::default(),
            kind,
            min: 0,
            max: Some(1),
            required_when: None,
            ask: false,
            key: None,
            help: Words::default(),
        }
    }

    /// Whether the field's value is a list of values. A stretch is not: its list is one value's parts.
    pub fn is_list(&self) -> bool {
        self.max != Some(1)
    }

    /// What people see: the title in `language`, else the name.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(&self.name)
    }

    /// Whether a value must be given, seeing what its siblings hold.
    pub fn is_required(&self, siblings: &super::Fields) -> bool {
        self.min > 0 || self.required_when.as_ref().is_some_and(|when| when.holds(siblings))
    }

    /// The choices, if this is a choice.
    pub fn choices(&self) -> Option<&[Choice]> {
        match &self.kind {
            FieldKind::Choice(choices) => Some(choices),
            _ => None,
        }
    }
}

impl Choice {
    /// A choice with nothing but its name.
    pub fn bare(name: impl Into<String>) -> Self {
        Self { name: name.into(), titles: Words::default(), key: None, help: Words::default() }
    }

    /// What people see: the title in `language`, else the name.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(&self.name)
    }
}

impl When {
    /// Whether the condition holds among these fields.
    pub fn holds(&self, siblings: &super::Fields) -> bool {
        match siblings.get(&self.field) {
            None => self.unset,
            Some(_) if self.unset => false,
            Some(_) if self.is.is_empty() => true,
            Some(value) => {
                value.each().iter().any(|v| v.as_text().is_some_and(|t| self.is.iter().any(|is| is == t)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_schema_reads_and_has_unique_names_and_keys() {
        for name in Schema::TEMPLATES {
            let schema: Schema = ron::from_str(Schema::template_text(name).unwrap()).unwrap();
            assert_eq!(schema.name, name);
            assert_eq!(schema.format, crate::model::FORMAT);
            let mut names: Vec<&str> = schema.labels.iter().map(|l| l.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), schema.labels.len());
            for label in &schema.labels {
                // A key must mean one thing while a span of this label is selected, or typing becomes a gamble.
                let mut keys: Vec<&str> = label.fields.iter().filter_map(|f| f.key.as_deref()).collect();
                keys.extend(schema.labels.iter().filter_map(|l| l.key.as_deref()));
                let all = keys.len();
                keys.sort_unstable();
                keys.dedup();
                assert_eq!(keys.len(), all, "keys of {}", label.name);
            }
        }
    }

    #[test]
    fn the_default_schema_holds_what_the_contract_names() {
        let schema = Schema::positions();
        let holders = &schema.fields_of("position").iter().find(|f| f.name == "holders").unwrap().kind;
        let FieldKind::Record(fields) = holders else { panic!("holders are records") };
        let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["mention", "entity", "how", "on_behalf_of"]);
        let relations: Vec<&str> = schema.relations.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(relations, ["supports", "attacks", "undercuts", "restates", "same_as"]);
    }

    #[test]
    fn a_condition_on_a_sibling_makes_a_field_required() {
        let mut field = FieldDef::bare("mention", FieldKind::Text);
        field.required_when = Some(When { field: "how".into(), is: vec!["explicit".into()], unset: false });
        let how = |value: &str| [("how", crate::model::Value::text(value))].into_iter().collect();
        assert!(field.is_required(&how("explicit")));
        assert!(!field.is_required(&how("author")));
        assert!(!field.is_required(&crate::model::Fields::new()));
    }
}
