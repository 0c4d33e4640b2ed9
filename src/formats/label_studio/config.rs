//! Reading a labelling configuration: where a task's text stands, and what schema the controls amount to.

use super::super::xml::{Element, Piece, Pieces};
use super::control::ARTICLE;
use crate::model::{Choice, FieldDef, FieldKind, LabelDef, RelationDef, Schema};

/// Before the schema that this program writes into a comment.
pub(super) const SCHEMA_COMMENT: &str = "postil-schema ";

/// How an object shows a task's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    Text,
    /// As HTML.
    HyperText,
    /// As a dialogue: a list of objects with these keys for the speaker and for what is said.
    Paragraphs {
        /// `author`, usually.
        name: String,
        /// `text`, usually.
        text: String,
    },
}

/// An object of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    /// What results call it.
    pub name: String,
    /// The key of the task's data.
    pub key: String,
    /// How it shows it.
    pub shown: Shown,
    /// Whether the data holds an address instead of the text.
    pub is_address: bool,
}

/// What a configuration says.
#[derive(Clone, Debug)]
pub(super) struct Config {
    /// The objects with text.
    pub objects: Vec<Object>,
    /// The schema.
    pub schema: Schema,
}

/// A control whose definition is not complete yet.
struct Open {
    depth: usize,
    name: String,
    def: FieldDef,
    /// The labels it is for; empty = all.
    labels: Vec<String>,
    of_regions: bool,
}

/// Reads a configuration.
///
/// # Errors
/// It is no XML, or its root is no `View`.
pub(super) fn read_config(xml: &str) -> Result<Config, String> {
    let mut pieces = Pieces::new(xml);
    let mut reading = Reading::default();
    let mut depth = 0usize;
    let mut is_first = true;
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Start(element) => {
                depth += 1;
                if std::mem::take(&mut is_first) && element.name != "View" {
                    return Err(format!("its root is `{}`, not `View`", element.name));
                }
                reading.start(&element, depth);
            }
            Piece::End => {
                reading.end(depth);
                depth -= 1;
            }
            Piece::Comment(comment) => {
                if let Some(json) = comment.trim().strip_prefix(SCHEMA_COMMENT) {
                    reading.written = serde_json::from_str(json).ok();
                }
            }
            Piece::Text(_) => {}
        }
    }
    if is_first {
        return Err("it is empty".to_owned());
    }
    Ok(reading.finish())
}

#[derive(Default)]
struct Reading {
    objects: Vec<Object>,
    labels: Vec<LabelDef>,
    relations: Vec<RelationDef>,
    fields: Vec<Open>,
    open: Option<Open>,
    /// For which labels what stands inside is shown, and how deep that begins.
    conditions: Vec<(usize, Vec<String>)>,
    written: Option<Schema>,
}

impl Reading {
    fn start(&mut self, element: &Element, depth: usize) {
        let name = || element.get("name").unwrap_or_default().to_owned();
        let value = || element.get("value").unwrap_or_default();
        let condition: Vec<String> = element
            .get("whenLabelValue")
            .map(|labels| labels.split(',').map(|label| label.trim().to_owned()).collect())
            .unwrap_or_default();
        match element.name {
            "Text" | "HyperText" | "Paragraphs" => {
                let shown = match element.name {
                    "Text" => Shown::Text,
                    "HyperText" => Shown::HyperText,
                    _ => Shown::Paragraphs {
                        name: element.get("nameKey").unwrap_or("author").to_owned(),
                        text: element.get("textKey").unwrap_or("text").to_owned(),
                    },
                };
                self.objects.push(Object {
                    name: name(),
                    key: value().trim_start_matches('$').to_owned(),
                    shown,
                    is_address: element.get("valueType") == Some("url"),
                });
            }
            "View" if !condition.is_empty() => self.conditions.push((depth, condition)),
            "Label" => {
                let mut label = LabelDef::bare(element.get("alias").unwrap_or(value()));
                label.key = element.get("hotkey").filter(|key| is_plain_key(key)).map(str::to_owned);
                if !label.name.is_empty() && !self.labels.iter().any(|there| there.name == label.name) {
                    self.labels.push(label);
                }
            }
            "Relation" => {
                let relation = RelationDef::bare(value());
                if !relation.name.is_empty()
                    && !self.relations.iter().any(|there| there.name == relation.name)
                {
                    self.relations.push(relation);
                }
            }
            "Choice" => {
                let name = element.get("alias").unwrap_or(value());
                if let Some(Open { def: FieldDef { kind: FieldKind::Choice(choices), .. }, .. }) =
                    &mut self.open
                    && !name.is_empty()
                    && !choices.iter().any(|there| there.name == name)
                {
                    choices.push(Choice::bare(name));
                }
            }
            _ => self.control(element, depth, condition),
        }
    }

    fn control(&mut self, element: &Element, depth: usize, condition: Vec<String>) {
        let bound = |name: &str| element.get(name).and_then(|number| number.parse::<f64>().ok());
        let (kind, is_list) = match element.name {
            "Choices" => {
                (FieldKind::Choice(Vec::new()), element.get("choice").is_some_and(|how| how == "multiple"))
            }
            "Taxonomy" => {
                let is_single = element.get("maxUsages") == Some("1");
                (FieldKind::Choice(Vec::new()), !is_single)
            }
            "TextArea" => (FieldKind::Text, element.get("maxSubmissions") != Some("1")),
            "Number" => {
                let whole = element.get("step").is_none_or(|step| step.parse::<i64>().is_ok());
                (FieldKind::Number { min: bound("min"), max: bound("max"), whole }, false)
            }
            "Rating" => {
                let max = Some(bound("maxRating").unwrap_or(5.0));
                (FieldKind::Number { min: Some(1.0), max, whole: true }, false)
            }
            "DateTime" => (FieldKind::Date, false),
            _ => return,
        };
        let name = element.get("name").unwrap_or_default().to_owned();
        let mut def = FieldDef::bare("", kind);
        if is_list {
            def.max = None;
        }
        if element.get("required") == Some("true") {
            def.min = 1;
        }
        let mut labels = condition;
        if labels.is_empty() {
            labels = self.conditions.last().map(|(_, labels)| labels.clone()).unwrap_or_default();
        }
        let of_regions = ["perRegion", "perItem"].iter().any(|how| element.get(how) == Some("true"));
        self.open = Some(Open { depth, name, def, labels, of_regions });
    }

    fn end(&mut self, depth: usize) {
        if self.open.as_ref().is_some_and(|open| open.depth == depth) {
            self.fields.extend(self.open.take());
        }
        if self.conditions.last().is_some_and(|(at, _)| *at == depth) {
            self.conditions.pop();
        }
    }

    fn finish(self) -> Config {
        let mut schema = self.written.unwrap_or_else(|| Schema::empty("label-studio"));
        for label in self.labels {
            if schema.label(&label.name).is_none() {
                schema.labels.push(label);
            }
        }
        for relation in self.relations {
            if schema.relation(&relation.name).is_none() {
                schema.relations.push(relation);
            }
        }
        for Open { name, mut def, labels, of_regions, .. } in self.fields {
            if name.is_empty() {
                continue;
            }
            if !of_regions {
                def.name = name.strip_prefix(ARTICLE).unwrap_or(&name).to_owned();
                add(&mut schema.article_fields, def);
                continue;
            }
            let own = |label: &LabelDef| {
                name.strip_prefix(label.name.as_str())?.strip_prefix('.').map(str::to_owned)
            };
            // A control that is named for a label is for that one, unless it says which it is for.
            let is_named_for_one =
                labels.is_empty() && schema.labels.iter().any(|label| own(label).is_some());
            for label in &mut schema.labels {
                let rest = own(label);
                if labels.contains(&label.name) || labels.is_empty() && (rest.is_some() || !is_named_for_one)
                {
                    def.name = rest.unwrap_or_else(|| name.clone());
                    add(&mut label.fields, def.clone());
                }
            }
        }
        Config { objects: self.objects, schema }
    }
}

fn add(defs: &mut Vec<FieldDef>, def: FieldDef) {
    match defs.iter_mut().find(|there| there.name == def.name) {
        None => defs.push(def),
        // Choices that somebody added after this program wrote the configuration.
        Some(FieldDef { kind: FieldKind::Choice(there), .. }) => {
            if let FieldKind::Choice(choices) = def.kind {
                for choice in choices {
                    if !there.iter().any(|known| known.name == choice.name) {
                        there.push(choice);
                    }
                }
            }
        }
        Some(_) => {}
    }
}

fn is_plain_key(key: &str) -> bool {
    matches!(key.as_bytes(), [letter] if letter.is_ascii_alphabetic())
}
