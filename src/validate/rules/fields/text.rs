//! Texts that say nothing, and values said twice.

use crate::model::Value;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::{FieldSite, ValueSite};

fn blank_text(site: &ValueSite, findings: &mut Findings) {
    if site.value.as_text().is_some_and(|text| text.trim().is_empty()) {
        findings.push(site.draft().fix("Unset the field", true, site.put(None)));
    }
}

rule!(
    BLANK_TEXT = "P314" "blank-text" Warning Safe Check::Value(blank_text),
    "A field is filled in with nothing but white space.",
    message: "{path} of {owner} is filled in with an empty text. Unset it, or fill it in.",
    does: "Finds texts, choices, dates and ids that are empty or white space.",
    bad: "It looks like an answer and is none. Unset is a state of its own, and the files leave unset fields out.",
    example: "`\"stance\": \"\"`",
    mend: "Fill the field in, or take the fix.",
    safety: "Safe: unset says the same. If the field is required, that is reported next.",
);

fn repeated_value(site: &FieldSite, findings: &mut Findings) {
    let Some(Value::List(items)) = site.value.filter(|_| site.def.is_list()) else {
        return;
    };
    // Lists of a field are short; one grown to thousands by a script is not worth a slow window.
    if items.len() > 256 {
        return;
    }
    for (place, item) in items.iter().enumerate() {
        let Some(first) = items[..place].iter().position(|before| before == item) else {
            continue;
        };
        let path = site.path().item(place);
        let changes = site.among.put(&path, None);
        let draft = site.among.draft(path).arg("field", &site.def.name).arg("first", site.path().item(first));
        findings.push(draft.fix("Take the repetition out", true, changes));
    }
}

rule!(
    REPEATED_VALUE = "P315" "repeated-value" Warning Safe Check::Field(repeated_value),
    "A list holds the same value twice.",
    message: "{path} of {owner} says the same as {first}. Take one of them out.",
    does: "Finds values and records that stand twice in one field.",
    bad: "What they say is counted twice.",
    example: "`\"addressees\": [\"usa\", \"usa\"]`",
    mend: "Take the fix.",
    safety: "Safe: the first of the two stays.",
);
