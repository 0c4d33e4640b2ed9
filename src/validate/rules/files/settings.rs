//! What the settings say about validation itself.

use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::rules::rules;
use crate::validate::run::ProjectInput;

/// The settings' file, always at the project's root.
pub(in crate::validate::rules) const SETTINGS_FILE: &str = "postil.ron";

fn rule_unknown(input: &ProjectInput, findings: &mut Findings) {
    for name in input.settings.rules.keys() {
        if !rules().iter().any(|rule| rule.code == name || rule.name == name) {
            findings.push(Draft::in_file(SETTINGS_FILE).arg("name", name));
        }
    }
}

rule!(
    RULE_UNKNOWN = "P017" "rule-unknown" Warning Never Check::Project(rule_unknown),
    "The settings set the severity of a rule that does not exist.",
    message: "postil.ron sets a severity for {name}, but there is no such rule. Correct the code, or leave the entry out.",
    does: "Finds keys of `rules` in `postil.ron` that are neither a rule's code nor its name.",
    bad: "The rule that was meant keeps its own severity.",
    example: "`rules: {\"P9999\": off}`",
    mend: "Look the code up in the list of rules.",
);
