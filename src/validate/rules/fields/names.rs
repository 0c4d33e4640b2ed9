//! Labels and fields that the schema does not know.

use crate::model::{FieldDef, FieldKind, FieldPath, Fields, Value};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{SetScope, SpanSite};

/// The only one of these names that differs from `name` by case and surrounding white space alone.
pub(in crate::validate::rules) fn same_but_case<'n>(
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> Option<&'n str> {
    let folded = name.trim().to_lowercase();
    let mut fitting = known.filter(|known| known.to_lowercase() == folded);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

fn unknown_label(site: &SpanSite, findings: &mut Findings) {
    if site.label.is_some() {
        return;
    }
    let labels = &site.scope.input.schema.labels;
    let meant = same_but_case(&site.span.label, labels.iter().map(|label| label.name.as_str()));
    let changes =
        meant.and_then(|meant| site.scope.change(site.span, |span| meant.clone_into(&mut span.label)));
    let draft = site.draft().arg("label", &site.span.label).arg("surface", site.scope.surface(site.span));
    findings.push(draft.fix("Write the label as the schema does", true, changes));
}

rule!(
    UNKNOWN_LABEL = "P301" "unknown-label" Error Safe Check::Span(unknown_label),
    "A span has a label that the schema does not have.",
    message: "Span {span} (“{surface}”) has the label {label}, which the schema does not have. Correct it, or add the label to the schema.",
    does: "Finds spans whose label `schema.ron` does not declare.",
    bad: "Nothing is known about the span: it has no colour, no fields, and filters do not find it.",
    example: "`label: \"persn\"`",
    mend: "Give the span a label of the schema, or add the label.",
    safety: "Safe where the label differs from one of the schema's by case only; else there is no fix.",
);

fn unknown_among(
    defs: &[FieldDef],
    fields: &Fields,
    base: &FieldPath,
    draft: &dyn Fn() -> Draft,
    findings: &mut Findings,
) {
    for (name, value) in fields.iter() {
        let path = base.then(name);
        let Some(def) = defs.iter().find(|def| def.name == name) else {
            findings.push(draft().arg("field", name).arg("path", &path).path(path));
            continue;
        };
        if let FieldKind::Record(inner) = &def.kind {
            let at_item = |place: usize| match value {
                Value::List(_) => path.item(place),
                _ => path.clone(),
            };
            for (place, record) in value.each().iter().enumerate() {
                if let Some(record) = record.as_record() {
                    unknown_among(inner, record, &at_item(place), draft, findings);
                }
            }
        }
    }
}

fn unknown_field(scope: &SetScope, findings: &mut Findings) {
    let schema = scope.input.schema;
    let set = scope.input.set;
    let root = FieldPath::root();
    let article = || scope.draft().arg("owner", "the article");
    unknown_among(&schema.article_fields, &set.fields, &root, &article, findings);
    for span in &scope.spans {
        // Of an unknown label everything is unknown: that is one finding, not many.
        if let Some(label) = scope.label(&span.label) {
            let draft = || scope.at_span(span).arg("owner", format!("span {}", span.id));
            unknown_among(&label.fields, &span.fields, &root, &draft, findings);
        }
    }
    for relation in set.relations() {
        if let Some(def) = schema.relation(&relation.label) {
            let draft = || scope.at_relation(relation).arg("owner", format!("relation {}", relation.id));
            unknown_among(&def.fields, &relation.fields, &root, &draft, findings);
        }
    }
}

rule!(
    UNKNOWN_FIELD = "P302" "unknown-field" Error Never Check::Set(unknown_field),
    "A field is filled in that the schema does not have.",
    message: "{path} of {owner} is filled in, but the schema has no such field. Correct the name, or add the field to the schema.",
    does: "Finds fields of spans, relations, records and articles that `schema.ron` does not declare.",
    bad: "Nobody sees or checks the value in the window, though it is kept.",
    example: "`fields: {\"kindd\": \"person\"}`",
    mend: "Correct the name in the file, or add the field to the schema.",
);
