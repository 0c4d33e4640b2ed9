//! The rule table as text: one rule's explanation, and the manual of all of them.

use std::fmt::Write as _;

use super::rule::{Fixability, Rule};
use super::rules::rules;

/// What a rule means, why, and how to mend what it finds, in Markdown; by its code or its name, in any case. `None` for an unknown one.
pub fn explain(code_or_name: &str) -> Option<String> {
    let wanted = code_or_name.trim();
    let rule = rules()
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted))?;
    Some(page(rule, 1))
}

/// The families of rules, by the first two signs of their codes.
const FAMILIES: [(&str, &str); 8] = [
    ("P0", "Files"),
    ("P1", "Places in the text"),
    ("P2", "Ids and duplicates"),
    ("P3", "Fields"),
    ("P4", "Links and relations"),
    ("P5", "What positions and claims mean"),
    ("P6", "Overlap and consistency"),
    ("P7", "The project's lists"),
];

/// The manual of all rules (`docs/rules.md`).
pub fn manual() -> String {
    let mut out = String::from(
        "# Validation rules\n\n\
         <!-- Generated from the rule table; `UPDATE_DOCS=1 cargo test --test rules` writes it anew. -->\n\n\
         `postil validate` looks at a project by these rules; `postil explain CODE` shows one of them. Severities can be set in \
         `postil.ron` by a rule's code or name, `off` turns a rule off:\n\n\
         ```ron\nrules: {\"P112\": off, \"crosses-paragraph\": error},\n```\n\n\
         A *safe* fix loses nothing that was said and is made by `--fix`; an *offered* one waits in the window for someone to choose it.\n",
    );
    for (prefix, title) in FAMILIES {
        let _infallible =
            write!(out, "\n## {title}\n\n| Code | Name | Severity | Fix | Finds |\n|---|---|---|---|---|\n");
        for rule in rules().iter().filter(|rule| rule.code.starts_with(prefix)) {
            let _infallible = writeln!(
                out,
                "| [{0}](#{1}) | `{2}` | {3} | {4} | {5} |",
                rule.code,
                anchor(rule),
                rule.name,
                rule.severity,
                fix_word(rule),
                rule.summary.replace('|', "\\|"),
            );
        }
    }
    for rule in rules() {
        out.push('\n');
        out.push_str(&page(rule, 2));
    }
    out
}

/// The English messages as a Fluent file: `finding-surface-differs = …`, the model for translations.
pub fn templates() -> String {
    let mut out = String::from(
        "# Messages of validation, from the rule table. Translations keep the pieces in braces.\n",
    );
    for rule in rules() {
        let message = rule.message.replace('{', "{ $").replace('}', " }");
        let _infallible = writeln!(out, "finding-{} = {message}", rule.name);
    }
    out
}

fn page(rule: &Rule, level: usize) -> String {
    let marks = "#".repeat(level);
    let body = rule.explanation.replace("## ", &format!("{marks}# "));
    format!(
        "{marks} {} {}\n\n{}\n\nSeverity: {}. Fix: {}.\n\n{body}",
        rule.code,
        rule.name,
        rule.summary,
        rule.severity,
        fix_word(rule)
    )
}

/// How Markdown viewers name the heading of a rule.
fn anchor(rule: &Rule) -> String {
    format!("{}-{}", rule.code.to_lowercase(), rule.name)
}

fn fix_word(rule: &Rule) -> &'static str {
    match rule.fixable {
        Fixability::Never => "none",
        Fixability::Offered => "offered",
        Fixability::Safe => "safe",
    }
}
