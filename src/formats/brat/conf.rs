//! Reading brat's configuration: `annotation.conf` as a schema, titles from `visual.conf`, keys from `kb_shortcuts.conf`.

use super::names::decoded;
use crate::model::{Choice, FieldDef, FieldKind, LabelDef, RelationDef, Schema, Words};

/// A line of `annotation.conf`.
struct Entry {
    line: usize,
    section: Section,
    name: String,
    arguments: Vec<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    None,
    Entities,
    Relations,
    Events,
    Attributes,
}

/// Adds what `annotation.conf` says to a schema; gives back the lines that it could not understand.
pub(super) fn annotation(text: &str, schema: &mut Schema) -> Vec<(usize, String)> {
    let (entries, mut faults) = entries(text);
    let named = |section: Section| -> Vec<String> {
        entries.iter().filter(|entry| entry.section == section).map(|entry| entry.name.clone()).collect()
    };
    let (entities, events) = (named(Section::Entities), named(Section::Events));
    // What a list of types means; empty = any.
    let types = |said: &str| -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for kind in said.split('|').map(str::trim) {
            match kind {
                "<ANY>" => return Vec::new(),
                "<ENTITY>" if events.is_empty() => return Vec::new(),
                "<EVENT>" if entities.is_empty() => return Vec::new(),
                "<ENTITY>" => all.extend(entities.iter().cloned()),
                "<EVENT>" => all.extend(events.iter().cloned()),
                "" => {}
                kind => all.push(decoded(kind)),
            }
        }
        all
    };
    for entry in &entries {
        match entry.section {
            Section::Entities => drop(label(schema, &entry.name)),
            Section::Relations => relation(schema, entry, &types),
            Section::Events => {
                for (role, targets) in &entry.arguments {
                    let Some(field) = role_field(role, types(targets)) else { continue };
                    put_field(&mut label(schema, &entry.name).fields, field);
                }
                label(schema, &entry.name);
            }
            Section::Attributes | Section::None => {}
        }
    }
    for entry in entries.iter().filter(|entry| entry.section == Section::Attributes) {
        let argument = |wanted: &str| {
            entry.arguments.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str())
        };
        let Some(of) = argument("Arg") else {
            faults.push((entry.line, format!("the attribute `{}` does not say what it is of", entry.name)));
            continue;
        };
        let kind = match argument("Value") {
            Some(values) => kind_of(values),
            None => FieldKind::YesNo,
        };
        let mut targets = types(of);
        if targets.is_empty() {
            targets = entities.iter().chain(&events).cloned().collect();
        }
        for target in targets {
            if let Some(def) = schema.labels.iter_mut().find(|label| label.name == target) {
                put_field(&mut def.fields, FieldDef::bare(&*entry.name, kind.clone()));
            }
        }
    }
    faults
}

/// Values that are all whole numbers are numbers, others words.
fn kind_of(values: &str) -> FieldKind {
    let values = || values.split('|').map(str::trim);
    let numbers: Option<Vec<i64>> = values().map(|value| value.parse().ok()).collect();
    let bounds = numbers.as_ref().and_then(|numbers| numbers.iter().min().zip(numbers.iter().max()));
    match bounds {
        Some((min, max)) => FieldKind::Number { min: Some(*min as f64), max: Some(*max as f64), whole: true },
        None => FieldKind::Choice(values().map(Choice::bare).collect()),
    }
}

fn entries(text: &str) -> (Vec<Entry>, Vec<(usize, String)>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    let mut section = Section::None;
    let mut macros: Vec<(String, String)> = Vec::new();
    // The arguments of the last line of each depth, for `<INHERIT>`.
    let mut above: Vec<(usize, Vec<(String, String)>)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') || bare.bytes().all(|b| b == b'-') {
            continue;
        }
        if let Some(name) = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = match name {
                "entities" | "spans" => Section::Entities,
                "relations" => Section::Relations,
                "events" => Section::Events,
                "attributes" => Section::Attributes,
                _ => Section::None,
            };
            macros.clear();
            above.clear();
            continue;
        }
        if section == Section::None {
            continue;
        }
        if let Some((name, value)) = bare.split_once(">=")
            && name.starts_with('<')
        {
            macros.push((format!("{name}>"), value.trim().to_owned()));
            continue;
        }
        let mut full = bare.to_owned();
        for (name, value) in &macros {
            // Macros of macros could double a line each time.
            if full.len() < 1 << 16 {
                full = full.replace(name, value);
            }
        }
        let depth = line.len() - line.trim_start().len();
        let (name, rest) = full.split_once(char::is_whitespace).unwrap_or((&full, ""));
        let mut arguments = Vec::new();
        for argument in rest.split(',').map(str::trim).filter(|argument| !argument.is_empty()) {
            if argument == "<INHERIT>" {
                let parent = above.iter().rev().find(|(there, _)| *there < depth);
                arguments.extend(parent.iter().flat_map(|(_, arguments)| arguments.iter().cloned()));
            } else if let Some((key, value)) = argument.split_once(':') {
                arguments.push((key.trim().to_owned(), value.trim().to_owned()));
            } else {
                faults.push((number, format!("`{argument}` is no argument `NAME:TYPE`")));
            }
        }
        above.retain(|(there, _)| *there < depth);
        above.push((depth, arguments.clone()));
        let first = name.split('|').next().unwrap_or(name);
        // What begins with `!` is there to group others and is no type of its own; `<OVERLAP>` says which texts may overlap, which
        // in Postil all may.
        if !first.starts_with(['!', '<']) {
            entries.push(Entry { line: number, section, name: decoded(first), arguments });
        }
    }
    (entries, faults)
}

fn label<'s>(schema: &'s mut Schema, name: &str) -> &'s mut LabelDef {
    let at = match schema.labels.iter().position(|label| label.name == name) {
        Some(at) => at,
        None => {
            schema.labels.push(LabelDef::bare(name));
            schema.labels.len() - 1
        }
    };
    &mut schema.labels[at]
}

fn put_field(fields: &mut Vec<FieldDef>, field: FieldDef) {
    if !fields.iter().any(|known| known.name == field.name) {
        fields.push(field);
    }
}

/// Several lines may speak of one relation, each with other ends.
fn relation(schema: &mut Schema, entry: &Entry, types: &dyn Fn(&str) -> Vec<String>) {
    let mut ends = entry.arguments.iter().filter(|(key, _)| !key.starts_with('<'));
    let mut end = || ends.next().map_or_else(Vec::new, |(_, said)| types(said));
    let (from, to) = (end(), end());
    let symmetric =
        entry.arguments.iter().any(|(key, value)| key == "<REL-TYPE>" && value.contains("symmetric"));
    match schema.relations.iter_mut().find(|relation| relation.name == entry.name) {
        Some(known) => {
            widen(&mut known.from, from);
            widen(&mut known.to, to);
            known.symmetric |= symmetric;
        }
        None => schema.relations.push(RelationDef { from, to, symmetric, ..RelationDef::bare(&*entry.name) }),
    }
}

/// Adds ends to those that are allowed; none at all means any.
fn widen(known: &mut Vec<String>, more: Vec<String>) {
    if known.is_empty() || more.is_empty() {
        known.clear();
        return;
    }
    for label in more {
        if !known.contains(&label) {
            known.push(label);
        }
    }
}

/// `Place-Arg?`, `Org-Arg+`, `Person-Arg{2}`: a field that links to spans.
fn role_field(role: &str, targets: Vec<String>) -> Option<FieldDef> {
    let (name, min, max) = match role.as_bytes().last()? {
        b'?' => (&role[..role.len() - 1], 0, Some(1)),
        b'*' => (&role[..role.len() - 1], 0, None),
        b'+' => (&role[..role.len() - 1], 1, None),
        b'}' => {
            let (name, count) = role[..role.len() - 1].split_once('{')?;
            let (least, most) = count.split_once('-').unwrap_or((count, count));
            (name, least.parse().ok()?, most.parse().ok())
        }
        _ => (role, 1, Some(1)),
    };
    (!name.is_empty()).then(|| FieldDef {
        min,
        max,
        ..FieldDef::bare(decoded(name), FieldKind::Span(targets))
    })
}

/// Adds the titles of `visual.conf`.
pub(super) fn visual(text: &str, schema: &mut Schema) {
    for line in section(text, "labels") {
        let mut forms = line.split('|').map(str::trim);
        let (Some(name), Some(title)) = (forms.next(), forms.next()) else { continue };
        let name = decoded(name);
        if title.is_empty() || title == name {
            continue;
        }
        let title = || Words(vec![("en".to_owned(), title.to_owned())]);
        for label in &mut schema.labels {
            if label.name == name && label.titles.is_empty() {
                label.titles = title();
            }
            let same = label.fields.iter_mut().filter(|field| field.name == name && field.titles.is_empty());
            same.for_each(|field| field.titles = title());
        }
        for relation in schema.relations.iter_mut().filter(|relation| relation.name == name) {
            relation.titles = title();
        }
    }
}

/// Adds the keys of `kb_shortcuts.conf`.
pub(super) fn shortcuts(text: &str, schema: &mut Schema) {
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(key), Some(name)) = (words.next(), words.next()) else { continue };
        let key = key.to_ascii_lowercase();
        let is_letter = key.len() == 1 && key.bytes().all(|b| b.is_ascii_lowercase());
        let is_taken = schema.labels.iter().any(|label| label.key.as_deref() == Some(&key));
        let name = decoded(name);
        if let Some(label) = schema.labels.iter_mut().find(|label| label.name == name)
            && is_letter
            && !is_taken
        {
            label.key = Some(key);
        }
    }
}

/// The lines of a section that say something.
fn section<'t>(text: &'t str, wanted: &str) -> impl Iterator<Item = &'t str> {
    let heading = format!("[{wanted}]");
    let mut inside = false;
    text.lines().filter(move |line| {
        let bare = line.trim();
        if bare.starts_with('[') && bare.ends_with(']') {
            inside = bare == heading;
            return false;
        }
        inside && !bare.is_empty() && !bare.starts_with('#')
    })
}
