//! Words that a choice does not have.

use super::names::same_but_case;
use crate::model::{FieldKind, Value};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::ValueSite;

fn unknown_choice(site: &ValueSite, findings: &mut Findings) {
    let (FieldKind::Choice(choices), Some(word)) = (site.kind(), site.value.as_text()) else {
        return;
    };
    if word.trim().is_empty() || choices.iter().any(|choice| choice.name == word) {
        return;
    }
    let names = || choices.iter().map(|choice| choice.name.as_str());
    let meant = same_but_case(word, names());
    let changes = meant.and_then(|meant| site.put(Some(Value::text(meant))));
    let draft = site.draft().arg("choices", names().collect::<Vec<_>>().join(", "));
    findings.push(draft.fix("Write the word as the schema does", true, changes));
}

rule!(
    UNKNOWN_CHOICE = "P303" "unknown-choice" Error Safe Check::Value(unknown_choice),
    "A choice holds a word that is not among its choices.",
    message: "{path} of {owner} is “{value}”, which is none of {choices}. Choose one of them, or add the word to the schema.",
    does: "Finds values of choice fields that the schema does not list.",
    bad: "The value is left out of every count by choice.",
    example: "`\"stance\": \"pro\"` where the choices are `for`, `against`, …",
    mend: "Choose one of the words, or add the word to the schema.",
    safety: "Safe where the word differs from one of the choices by case or surrounding white space only; else there is no fix.",
);
