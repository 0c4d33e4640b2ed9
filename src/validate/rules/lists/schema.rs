//! The schema against itself.

use std::collections::BTreeSet;

use crate::model::{FieldDef, FieldKind, Schema};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

/// Every list of fields of the schema: whose it is, in words, and the fields. Records come after what holds them.
fn field_lists(schema: &Schema) -> Vec<(String, &[FieldDef])> {
    fn into_records<'a>(owner: &str, defs: &'a [FieldDef], lists: &mut Vec<(String, &'a [FieldDef])>) {
        lists.push((owner.to_owned(), defs));
        for def in defs {
            for kind in alternatives(&def.kind) {
                if let FieldKind::Record(inner) = kind {
                    into_records(&format!("{owner}, {}", def.name), inner, lists);
                }
            }
        }
    }
    let mut lists = Vec::new();
    for label in &schema.labels {
        into_records(&format!("label {}", label.name), &label.fields, &mut lists);
    }
    for relation in &schema.relations {
        into_records(&format!("relation {}", relation.name), &relation.fields, &mut lists);
    }
    into_records("the article", &schema.article_fields, &mut lists);
    lists
}

fn alternatives(kind: &FieldKind) -> &[FieldKind] {
    match kind {
        FieldKind::Either(kinds) => kinds,
        one => std::slice::from_ref(one),
    }
}

/// Every field with whose it is.
fn all_fields(schema: &Schema) -> impl Iterator<Item = (String, &FieldDef, &[FieldDef])> {
    field_lists(schema)
        .into_iter()
        .flat_map(|(owner, defs)| defs.iter().map(move |def| (owner.clone(), def, defs)))
}

fn draft(input: &ProjectInput) -> Draft {
    Draft::in_file(input.settings.schema.as_str())
}

/// The names that come more than once.
fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| !seen.insert(*name)).collect()
}

fn names_twice(input: &ProjectInput, findings: &mut Findings) {
    let schema = input.schema;
    let mut tell = |owner: &str, names: BTreeSet<&str>| {
        for name in names {
            findings.push(draft(input).arg("owner", owner).arg("name", name));
        }
    };
    tell("labels", repeated(schema.labels.iter().map(|label| label.name.as_str())));
    tell("relations", repeated(schema.relations.iter().map(|relation| relation.name.as_str())));
    for (owner, defs) in field_lists(schema) {
        tell(&format!("fields of {owner}"), repeated(defs.iter().map(|def| def.name.as_str())));
        for def in defs {
            let choices = def.choices().unwrap_or_default();
            let owner = format!("choices of {owner}, {}", def.name);
            tell(&owner, repeated(choices.iter().map(|choice| choice.name.as_str())));
        }
    }
}

rule!(
    SCHEMA_NAME_TWICE = "P701" "schema-name-twice" Error Never Check::Project(names_twice),
    "The schema gives one name to two things of one kind.",
    message: "The name {name} is given twice among the {owner}. Rename one of them.",
    does: "Finds names that two labels, two relations, two fields of one label or record, or two choices of one field share.",
    bad: "Only the first of them can be reached; what belongs to the second is read as the first.",
    example: "Two labels called `entity`.",
    mend: "Rename one of the two, in the schema and in the annotations that mean it.",
);

fn keys_twice(input: &ProjectInput, findings: &mut Findings) {
    let schema = input.schema;
    let mut tell = |owner: &str, keys: BTreeSet<&str>| {
        for key in keys {
            findings.push(draft(input).arg("owner", owner).arg("key", key));
        }
    };
    let labels = || schema.labels.iter().filter_map(|label| label.key.as_deref());
    let of_labels = repeated(labels());
    tell("the labels", of_labels.clone());
    tell("the relations", repeated(schema.relations.iter().filter_map(|relation| relation.key.as_deref())));
    for label in &schema.labels {
        // While a span is selected, its fields' keys and the labels' keys are all live.
        let fields = label.fields.iter().filter_map(|field| field.key.as_deref());
        let mut keys = repeated(labels().chain(fields));
        keys.retain(|key| !of_labels.contains(key));
        tell(&format!("the fields of label {} and the labels", label.name), keys);
    }
    for (owner, def, _) in all_fields(schema) {
        let choices = def.choices().unwrap_or_default();
        let keys = repeated(choices.iter().filter_map(|choice| choice.key.as_deref()));
        tell(&format!("the choices of {owner}, {}", def.name), keys);
    }
}

rule!(
    SCHEMA_KEY_TWICE = "P702" "schema-key-twice" Warning Never Check::Project(keys_twice),
    "The schema gives one key to two things that are live together.",
    message: "The key {key} is given twice among {owner}. Choose another key for one of them.",
    does: "Finds keys shared by two labels, two relations, a label and a field of a label, or two choices of one field.",
    bad: "Pressing the key does only one of the two.",
    example: "`key: \"p\"` for the label `position` and for the field `place`.",
    mend: "Choose another key for one of the two.",
);

fn bounds(input: &ProjectInput, findings: &mut Findings) {
    for (owner, def, _) in all_fields(input.schema) {
        let mut tell = |what: &str, min: String, max: String| {
            let draft = draft(input).arg("field", format!("{} of {owner}", def.name)).arg("what", what);
            findings.push(draft.arg("min", min).arg("max", max));
        };
        if let Some(max) = def.max
            && def.min > max
        {
            tell("count", def.min.to_string(), max.to_string());
        } else if def.max == Some(0) {
            tell("count", "1".to_owned(), "0".to_owned());
        }
        for kind in alternatives(&def.kind) {
            if let FieldKind::Number { min: Some(min), max: Some(max), .. } = kind
                && min > max
            {
                tell("number", min.to_string(), max.to_string());
            }
        }
    }
}

rule!(
    SCHEMA_BOUNDS = "P703" "schema-bounds" Error Never Check::Project(bounds),
    "A field's least is greater than its greatest.",
    message: "The {what} of field {field} must be at least {min} and at most {max}: nothing fits. Correct one of the two.",
    does: "Finds fields whose `min` is greater than their `max` (of values, or of a number), and fields that may have no value at all.",
    bad: "No annotation can ever be right.",
    example: "`min: 2, max: Some(1)`",
    mend: "Correct the bounds.",
);

fn when_unknown(input: &ProjectInput, findings: &mut Findings) {
    for (owner, def, siblings) in all_fields(input.schema) {
        let Some(when) = &def.required_when else { continue };
        let draft = draft(input).arg("field", format!("{} of {owner}", def.name));
        let Some(sibling) = siblings.iter().find(|sibling| sibling.name == when.field) else {
            findings.push(draft.arg("missing", &when.field));
            continue;
        };
        let Some(choices) = sibling.choices() else {
            continue;
        };
        let unknown = when.is.iter().find(|word| !choices.iter().any(|choice| choice.name == **word));
        if let Some(word) = unknown {
            findings.push(draft.arg("missing", format!("{} = {word}", when.field)));
        }
    }
}

rule!(
    SCHEMA_WHEN_UNKNOWN = "P704" "schema-when-unknown" Error Never Check::Project(when_unknown),
    "A field is required by a field or a value that does not exist.",
    message: "Field {field} is required when {missing}, which does not exist beside it. Correct `required_when`.",
    does: "Finds `required_when` conditions on a field that is not beside this one, or on a word that is none of its choices.",
    bad: "The condition never holds, so the field is never required.",
    example: "`required_when: Some((field: \"modalty\"))`",
    mend: "Correct the name of the field or the word.",
);

fn label_unknown(input: &ProjectInput, findings: &mut Findings) {
    let schema = input.schema;
    let mut tell = |owner: &str, labels: &[String]| {
        for label in labels.iter().filter(|label| schema.label(label).is_none()) {
            findings.push(draft(input).arg("owner", owner).arg("label", label));
        }
    };
    for label in &schema.labels {
        tell(&format!("`against` of label {}", label.name), &label.against);
    }
    for relation in &schema.relations {
        tell(&format!("`from` of relation {}", relation.name), &relation.from);
        tell(&format!("`to` of relation {}", relation.name), &relation.to);
    }
    for (owner, def, _) in all_fields(schema) {
        for kind in alternatives(&def.kind) {
            if let FieldKind::Span(labels) = kind {
                tell(&format!("field {} of {owner}", def.name), labels);
            }
        }
    }
}

rule!(
    SCHEMA_LABEL_UNKNOWN = "P705" "schema-label-unknown" Error Never Check::Project(label_unknown),
    "The schema speaks of a label that it does not have.",
    message: "The label {label} is named in {owner}, but the schema has no such label. Correct the name, or add the label.",
    does: "Finds labels named in links to spans, in relations' ends and in `against` that are not declared.",
    bad: "Nothing can ever be linked there, or the rule on overlap has no effect.",
    example: "`kind: Span([\"entitty\"])`",
    mend: "Correct the name, or add the label.",
);

fn term_unknown(input: &ProjectInput, findings: &mut Findings) {
    for (owner, def, _) in all_fields(input.schema) {
        for kind in alternatives(&def.kind) {
            if let FieldKind::Term(Some(term)) = kind
                && input.codebook.get(term.as_str()).is_none()
            {
                findings
                    .push(draft(input).arg("field", format!("{} of {owner}", def.name)).arg("term", term));
            }
        }
    }
}

rule!(
    SCHEMA_TERM_UNKNOWN = "P706" "schema-term-unknown" Warning Never Check::Project(term_unknown),
    "The schema speaks of a branch that the codebook does not have.",
    message: "Field {field} takes terms under {term}, which the codebook does not have. Correct the name, or add the term.",
    does: "Finds fields of the kind `Term(Some(…))` whose term is not in `codebook.ron`.",
    bad: "No term can be chosen in the field.",
    example: "`kind: Term(Some(\"teritory\"))`",
    mend: "Correct the name, or add the term to the codebook.",
);

fn no_choices(input: &ProjectInput, findings: &mut Findings) {
    for (owner, def, _) in all_fields(input.schema) {
        if def.choices().is_some_and(<[_]>::is_empty) {
            findings.push(draft(input).arg("field", format!("{} of {owner}", def.name)));
        }
    }
}

rule!(
    SCHEMA_NO_CHOICES = "P707" "schema-no-choices" Warning Never Check::Project(no_choices),
    "A choice has nothing to choose from.",
    message: "Field {field} is a choice without choices. Add some, or make it a text.",
    does: "Finds fields of the kind `Choice([])`.",
    bad: "The field can never be filled in.",
    example: "`kind: Choice([])`",
    mend: "Add the choices, or change the field's kind.",
);
