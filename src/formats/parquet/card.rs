//! The data card, `README.md`: YAML for Hugging Face, then what people need to know.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::{Record, WriteOptions};
use crate::model::{FieldDef, FieldKind};

/// What a part is made of.
#[derive(Debug, Default)]
pub(super) struct Tally {
    records: usize,
    articles: BTreeSet<String>,
    annotators: BTreeMap<String, usize>,
    languages: BTreeMap<String, usize>,
    labels: BTreeMap<String, usize>,
    relations: BTreeMap<String, usize>,
    status: BTreeMap<&'static str, usize>,
    first_date: Option<String>,
    last_date: Option<String>,
}

impl Tally {
    /// Counts a record.
    pub fn add(&mut self, record: &Record) {
        let set = &record.set;
        self.records += 1;
        // Paths are short; texts are what does not fit into memory.
        if self.articles.insert(set.article.clone()) {
            if let Some(language) = &record.meta.language {
                *self.languages.entry(language.clone()).or_default() += 1;
            }
            if let Some(date) =
                record.meta.date.as_deref().filter(|date| date.starts_with(|c: char| c.is_ascii_digit()))
            {
                let earlier = self.first_date.as_deref().is_none_or(|first| date < first);
                let later = self.last_date.as_deref().is_none_or(|last| date > last);
                self.first_date = if earlier { Some(date.to_owned()) } else { self.first_date.take() };
                self.last_date = if later { Some(date.to_owned()) } else { self.last_date.take() };
            }
        }
        *self.annotators.entry(set.annotator.clone()).or_default() += 1;
        *self.status.entry(set.status.name()).or_default() += 1;
        for span in set.spans() {
            *self.labels.entry(span.label.clone()).or_default() += 1;
        }
        for relation in set.relations() {
            *self.relations.entry(relation.label.clone()).or_default() += 1;
        }
    }
}

/// What the card speaks of.
pub(super) struct Card<'a> {
    pub options: &'a WriteOptions<'a>,
    pub parts: &'a [(String, Tally)],
}

impl Card<'_> {
    /// The whole file. Writing to a String cannot fail.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.yaml(&mut text);
        let name = self.name();
        let _ = writeln!(text, "# {name}\n");
        let _ = writeln!(
            text,
            "Annotations of news articles, exported by Postil {}. A row is one article with one annotator's annotations.\n",
            env!("CARGO_PKG_VERSION")
        );
        text.push_str("```python\nfrom datasets import load_dataset\ndata = load_dataset(\"path/of/this/folder\")\n```\n\n");
        self.composition(&mut text);
        self.columns(&mut text);
        self.schema(&mut text);
        text.push_str(
            "## Annotators\n\nWho they are, how they were trained and paid: *say it here.*\n\n\
             ## Agreement\n\n*Put here what `postil agree` says of the project.*\n\n\
             ## Licence\n\n*Say here under which licence the texts and the annotations may be used; they need not be the same.*\n\n\
             ## How to cite\n\n*Say here how to cite this data set.*\n",
        );
        text
    }

    fn name(&self) -> &str {
        match self.options.project {
            "" => "Annotations",
            name => name,
        }
    }

    fn yaml(&self, text: &mut String) {
        let languages: BTreeSet<&str> = self
            .parts
            .iter()
            .flat_map(|(_, tally)| tally.languages.keys())
            .map(|language| language.split(['-', '_']).next().unwrap_or(language))
            .filter(|language| {
                (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase())
            })
            .collect();
        // A JSON text is a YAML text.
        let quoted = serde_json::to_string(self.name()).unwrap_or_default();
        let _ = writeln!(text, "---\npretty_name: {quoted}");
        if !languages.is_empty() {
            text.push_str("language:\n");
            for language in languages {
                // `no` is Norwegian, and a truth value to YAML 1.1.
                let _ = writeln!(text, "- \"{language}\"");
            }
        }
        text.push_str(
            "task_categories:\n- token-classification\ntags:\n- span-annotation\n- stance\n- postil\n",
        );
        text.push_str("configs:\n- config_name: default\n  data_files:\n");
        for (part, _) in self.parts {
            let _ = writeln!(text, "  - split: {part}\n    path: \"data/{part}-*.parquet\"");
        }
        text.push_str("---\n\n");
    }

    fn composition(&self, text: &mut String) {
        text.push_str("## Composition\n\n| | ");
        let names: Vec<&str> = self.parts.iter().map(|(name, _)| name.as_str()).collect();
        let _ = writeln!(text, "{} |\n| --- |{}", names.join(" | "), " ---: |".repeat(names.len()));
        let mut row = |what: &str, of: &dyn Fn(&Tally) -> String| {
            let cells: Vec<String> = self.parts.iter().map(|(_, tally)| of(tally)).collect();
            let _ = writeln!(text, "| {} | {} |", in_cell(what), cells.join(" | "));
        };
        row("rows", &|tally| tally.records.to_string());
        row("articles", &|tally| tally.articles.len().to_string());
        row("dates", &|tally| match (&tally.first_date, &tally.last_date) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(first), _) => first.clone(),
            _ => String::new(),
        });
        let all = |of: &dyn Fn(&Tally) -> Vec<String>| -> BTreeSet<String> {
            self.parts.iter().flat_map(|(_, tally)| of(tally)).collect()
        };
        for annotator in all(&|tally| tally.annotators.keys().cloned().collect()) {
            row(&format!("rows of {annotator}"), &|tally| number(&tally.annotators, &annotator));
        }
        for language in all(&|tally| tally.languages.keys().cloned().collect()) {
            row(&format!("articles in {language}"), &|tally| number(&tally.languages, &language));
        }
        for status in all(&|tally| tally.status.keys().map(|name| (*name).to_owned()).collect()) {
            row(&format!("rows that are {status}"), &|tally| {
                tally.status.get(status.as_str()).copied().unwrap_or_default().to_string()
            });
        }
        for label in all(&|tally| tally.labels.keys().cloned().collect()) {
            row(&format!("spans `{label}`"), &|tally| number(&tally.labels, &label));
        }
        for label in all(&|tally| tally.relations.keys().cloned().collect()) {
            row(&format!("relations `{label}`"), &|tally| number(&tally.relations, &label));
        }
        text.push('\n');
    }

    fn columns(&self, text: &mut String) {
        text.push_str(
            "## Columns\n\n\
             | column | holds |\n| --- | --- |\n\
             | `article` | the article's path in the project |\n\
             | `fingerprint` | `sha256:` and the SHA-256 of `text` in UTF-8 |\n\
             | `annotator` | whose annotations; `gold` for adjudicated ones |\n\
             | `language` | BCP 47 |\n\
             | `meta` | title, date, source and so on, as JSON |\n\
             | `status` | `untouched`, `in_progress`, `done`, `reviewed` |\n\
             | `text` | the article |\n\
             | `spans` | `id label start end parts text fields note`; offsets are half-open and count code points, so `text[start:end]` in Python |\n\
             | `relations` | `id label from to fields`; `from` and `to` are ids of spans |\n\n\
             A span of several parts has them all in `parts`; `start` and `end` are those of the first and the last. In `fields` what is unset is \
             null. `other_fields` is JSON, for what does not fit the schema.\n\n",
        );
    }

    fn schema(&self, text: &mut String) {
        let schema = self.options.schema;
        let _ = writeln!(text, "## Schema `{}`\n", schema.name);
        for label in &schema.labels {
            let _ = writeln!(text, "### `{}`\n\n{}\n", label.name, label.help.get("en").unwrap_or_default());
            fields(text, &label.fields, "");
            text.push('\n');
        }
        if !schema.relations.is_empty() {
            text.push_str("### Relations\n\n");
            for relation in &schema.relations {
                let _ =
                    writeln!(text, "- `{}`: {}", relation.name, relation.help.get("en").unwrap_or_default());
            }
            text.push('\n');
        }
    }
}

fn fields(text: &mut String, defs: &[FieldDef], before: &str) {
    for def in defs {
        let several = if def.is_list() { ", several" } else { "" };
        let _ = write!(text, "{before}- `{}` ({}{several})", def.name, kind(&def.kind));
        match def.help.get("en") {
            Some(help) => drop_newline(text, help),
            None => text.push('\n'),
        }
        if let FieldKind::Record(inner) = &def.kind {
            fields(text, inner, &format!("{before}  "));
        }
    }
}

fn drop_newline(text: &mut String, help: &str) {
    let _ = writeln!(text, ": {}", help.replace('\n', " "));
}

fn kind(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Choice(choices) => {
            let names: Vec<String> = choices.iter().map(|choice| format!("`{}`", choice.name)).collect();
            names.join(" ")
        }
        FieldKind::Text => "text".to_owned(),
        FieldKind::Number { whole: true, .. } => "whole number".to_owned(),
        FieldKind::Number { .. } => "number".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::YesNo => "yes or no".to_owned(),
        FieldKind::Stretch => "stretch of the text".to_owned(),
        FieldKind::Span(_) => "id of a span".to_owned(),
        FieldKind::Entity(_) => "id of an entity of the register".to_owned(),
        FieldKind::Term(_) => "id of a term of the codebook".to_owned(),
        FieldKind::Either(kinds) => kinds.iter().map(self::kind).collect::<Vec<_>>().join(" or "),
        FieldKind::Record(_) => "record".to_owned(),
    }
}

fn number(counts: &BTreeMap<String, usize>, name: &str) -> String {
    counts.get(name).copied().unwrap_or_default().to_string()
}

fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
