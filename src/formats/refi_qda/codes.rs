//! Codes: labels, the choices of their fields, and the terms of the codebook, written as a tree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::WriteOptions;
use super::super::xml::{attribute, content};
use super::Guid;
use crate::model::{Codebook, FieldDef, FieldKind, Fields, Term, TermId, Value, Words, leaves};

/// Terms are nested no deeper; readers have their bounds.
const DEEPEST: usize = 64;

/// The code of a label.
pub(super) fn of_label(label: &str) -> Guid {
    Guid::new("code", label)
}

/// The code of a term.
pub(super) fn of_term(id: &str) -> Guid {
    Guid::new("term", id)
}

/// The code under which all terms stand.
pub(super) fn of_codebook() -> Guid {
    Guid::new("codebook", "")
}

fn of_field(label: &str, field: &str) -> Guid {
    Guid::new("field", &format!("{label}\n{field}"))
}

fn of_choice(label: &str, field: &str, choice: &str) -> Guid {
    Guid::new("choice", &format!("{label}\n{field}\n{choice}"))
}

/// The codes that a span gets besides its label's: of its choices, and of the terms anywhere among its fields.
pub(super) fn besides(
    label: &str,
    defs: &[FieldDef],
    fields: &Fields,
    codebook: &Codebook,
) -> BTreeSet<Guid> {
    let mut codes = BTreeSet::new();
    for leaf in leaves(defs, fields) {
        let Some(said) = leaf.value.as_text() else { continue };
        if may_be_term(&leaf.def.kind) && codebook.get(said).is_some() {
            codes.insert(of_term(said));
        }
    }
    for def in defs {
        let Some(choices) = def.choices() else { continue };
        for value in fields.get(&def.name).map(Value::each).unwrap_or_default() {
            if let Some(said) = value.as_text()
                && choices.iter().any(|choice| choice.name == said)
            {
                codes.insert(of_choice(label, &def.name, said));
            }
        }
    }
    codes
}

fn may_be_term(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Term(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(may_be_term),
        _ => false,
    }
}

/// Every code: `<Codes>` and what is in it; empty where there is none. `labels` are those that occur, whether the schema knows them or not.
pub(super) fn codes(labels: &BTreeSet<String>, options: &WriteOptions) -> String {
    let mut inside = String::new();
    let known = options.schema.labels.iter().map(|label| label.name.as_str());
    let unknown = labels.iter().map(String::as_str).filter(|label| options.schema.label(label).is_none());
    for label in known.chain(unknown) {
        let def = options.schema.label(label);
        open(&mut inside, of_label(label), label, true, &help(def.map(|def| &def.help)));
        for def in options.schema.fields_of(label) {
            let Some(choices) = def.choices() else { continue };
            open(&mut inside, of_field(label, &def.name), &def.name, false, &help(Some(&def.help)));
            for choice in choices {
                let code = of_choice(label, &def.name, &choice.name);
                open(&mut inside, code, &choice.name, true, &help(Some(&choice.help)));
                inside.push_str("</Code>");
            }
            inside.push_str("</Code>\n");
        }
        inside.push_str("</Code>\n");
    }
    let codebook = options.codebook;
    if !codebook.is_empty() {
        let name = if codebook.name.is_empty() { "codebook" } else { &codebook.name };
        open(&mut inside, of_codebook(), name, false, "");
        let mut tree = Tree { codebook, children: BTreeMap::new(), written: BTreeSet::new() };
        for term in codebook.iter() {
            let above = term.parent.as_ref().filter(|id| codebook.get(id.as_str()).is_some());
            tree.children.entry(above.cloned()).or_default().push(term);
        }
        tree.under(None, 0, &mut inside);
        // Terms whose parents run in a circle, and those that lie too deep, stand at the top.
        for term in codebook.iter() {
            if !tree.written.contains(&term.id) {
                tree.term(term, DEEPEST, &mut inside);
            }
        }
        inside.push_str("</Code>\n");
    }
    match inside.is_empty() {
        true => inside,
        false => format!("<Codes>\n{inside}</Codes>\n"),
    }
}

struct Tree<'a> {
    codebook: &'a Codebook,
    children: BTreeMap<Option<TermId>, Vec<&'a Term>>,
    written: BTreeSet<TermId>,
}

impl Tree<'_> {
    fn under(&mut self, parent: Option<&TermId>, depth: usize, out: &mut String) {
        for term in self.children.get(&parent.cloned()).cloned().unwrap_or_default() {
            self.term(term, depth, out);
        }
    }

    fn term(&mut self, term: &Term, depth: usize, out: &mut String) {
        if !self.written.insert(term.id.clone()) {
            return;
        }
        debug_assert!(self.codebook.get(term.id.as_str()).is_some());
        open(out, of_term(term.id.as_str()), term.id.as_str(), true, &described(term));
        if depth < DEEPEST {
            self.under(Some(&term.id), depth + 1, out);
        }
        out.push_str("</Code>\n");
    }
}

fn open(out: &mut String, code: Guid, name: &str, is_codable: bool, description: &str) {
    let _ = write!(out, "<Code guid=\"{code}\" name=\"{}\" isCodable=\"{is_codable}\">", attribute(name));
    if !description.is_empty() {
        let _ = write!(out, "<Description>{}</Description>", content(description));
    }
}

fn help(words: Option<&Words>) -> String {
    words.and_then(|words| words.get("en")).unwrap_or_default().to_owned()
}

/// A term's definition, titles and examples as people read them; [`term`] reads them back.
fn described(term: &Term) -> String {
    let folded = |text: &str| text.replace('\n', "\n    ");
    let mut lines = Vec::new();
    for (language, title) in &term.titles.0 {
        lines.push(format!("title ({language}): {}", folded(title)));
    }
    lines.extend(term.examples.iter().map(|example| format!("example: {}", folded(example))));
    lines.extend(term.replaced_by.iter().map(|id| format!("replaced by: {id}")));
    match (term.definition.is_empty(), lines.is_empty()) {
        (_, true) => term.definition.clone(),
        (true, false) => lines.join("\n"),
        (false, false) => format!("{}\n\n{}", term.definition, lines.join("\n")),
    }
}

/// The term that a code under [`of_codebook`] stands for.
pub(super) fn term(id: &str, parent: Option<&str>, description: &str) -> Term {
    let mut term = Term::new(id, "en", "");
    term.titles = Words::default();
    term.parent = parent.map(TermId::from);
    let (definition, block) = match description.rsplit_once("\n\n") {
        Some((definition, block)) => (definition, block),
        None => ("", description),
    };
    if !take_block(&mut term, block) {
        term.titles = Words::default();
        term.examples.clear();
        term.replaced_by.clear();
        description.clone_into(&mut term.definition);
    } else {
        definition.clone_into(&mut term.definition);
    }
    term
}

/// Whether every line was understood.
fn take_block(term: &mut Term, block: &str) -> bool {
    let mut entries: Vec<String> = Vec::new();
    for line in block.split('\n') {
        match (line.strip_prefix("    "), entries.last_mut()) {
            (Some(more), Some(last)) => {
                last.push('\n');
                last.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    for entry in entries {
        if let Some(example) = entry.strip_prefix("example: ") {
            term.examples.push(example.to_owned());
        } else if let Some(id) = entry.strip_prefix("replaced by: ") {
            term.replaced_by.push(id.into());
        } else if let Some((language, title)) =
            entry.strip_prefix("title (").and_then(|rest| rest.split_once("): "))
        {
            term.titles.0.push((language.to_owned(), title.to_owned()));
        } else {
            return false;
        }
    }
    true
}

/// Whether a code is one of those that a span gets besides its label's: reading needs it not, for the fields are told elsewhere.
pub(super) fn is_field_or_choice(guid: &str, names: &[String]) -> bool {
    match names {
        [.., label, field, choice] if guid == of_choice(label, field, choice).to_string() => true,
        [.., label, field] => guid == of_field(label, field).to_string(),
        _ => false,
    }
}
