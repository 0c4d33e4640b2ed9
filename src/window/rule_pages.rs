//! What a validation rule means, in the window's language: `assets/words/*/rules.md` hold the pages, English has them in the rule table.

use super::words::{Language, Words};
use crate::validate::{Fixability, Rule, rules};

/// The page of the rule with this code, in Markdown with headings of one size. English stands in for a page that nobody has translated,
/// which a test forbids.
pub fn page(code: &str, words: &Words) -> Option<String> {
    let rule = rules().iter().find(|rule| rule.code == code)?;
    let english = || (rule.summary, rule.explanation.replace("## ", "# "));
    let (summary, sections) = translated(rule, words.language()).unwrap_or_else(english);
    let fix = words.say(match rule.fixable {
        Fixability::Never => "rule-fix-none",
        Fixability::Offered => "rule-fix-offered",
        Fixability::Safe => "rule-fix-safe",
    });
    Some(format!("# {} {}\n\n{summary}\n\n{fix}\n\n{sections}", rule.code, rule.name))
}

/// The pages of a language; none for English.
fn pages(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::Russian => include_str!("../../assets/words/ru/rules.md"),
        Language::Ukrainian => include_str!("../../assets/words/uk/rules.md"),
    }
}

/// The summary and the sections of a rule's page.
fn translated(rule: &Rule, language: Language) -> Option<(&'static str, String)> {
    let heading = format!("\n## {} {}\n", rule.code, rule.name);
    let (_, rest) = pages(language).split_once(heading.as_str())?;
    let page = rest.split("\n## ").next()?.trim();
    let (summary, _) = page.split_once("\n### ")?;
    let sections = page.strip_prefix(summary)?.trim_start();
    Some((summary.trim(), sections.replace("### ", "# ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many sections and how many lines of code stand in a page: the same in each language.
    fn shape(page: &str) -> (usize, usize) {
        (page.matches("\n# ").count(), page.matches("```").count())
    }

    #[test]
    fn every_rule_is_explained_in_every_language() {
        for rule in rules() {
            let english = page(rule.code, &Words::new(Language::English)).unwrap_or_default();
            for language in [Language::Russian, Language::Ukrainian] {
                let own = page(rule.code, &Words::new(language)).unwrap_or_default();
                let name = format!("{} in {}", rule.code, language.code());
                assert!(own.chars().any(|c| ('а'..='я').contains(&c)), "{name} is not translated");
                assert_eq!(shape(&own), shape(&english), "{name}:\n{own}");
            }
        }
    }

    #[test]
    fn no_page_explains_a_rule_that_is_not() {
        for language in [Language::Russian, Language::Ukrainian] {
            for heading in pages(language).lines().filter_map(|line| line.strip_prefix("## ")) {
                let known = rules().iter().any(|rule| format!("{} {}", rule.code, rule.name) == heading);
                assert!(known, "{}: {heading}", language.code());
            }
        }
    }
}
