//! Who was to annotate what.

use std::collections::BTreeSet;

use super::settings::SETTINGS_FILE;
use crate::model::GOLD;
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;
use crate::validate::scope::SetScope;

fn not_assigned(scope: &SetScope, findings: &mut Findings) {
    let set = scope.input.set;
    let Some(assigned) = scope.input.settings.assignments.get(&set.article) else {
        return;
    };
    if set.annotator != GOLD && !set.is_empty() && !assigned.contains(&set.annotator) {
        let draft = scope.draft().arg("annotator", &set.annotator).arg("article", &set.article);
        findings.push(draft.arg("assigned", assigned.join(", ")));
    }
}

rule!(
    NOT_ASSIGNED = "P015" "not-assigned" Warning Never Check::Set(not_assigned),
    "Someone annotated an article that was assigned to others.",
    message: "{article} is assigned to {assigned}, not to {annotator}. Change the assignment in postil.ron, or take this file out.",
    does: "Finds annotations on articles whose assignment does not name their annotator. Articles without assignment are for everyone.",
    bad: "Work may have been done twice, or by the wrong person, and agreement counts it.",
    example: "`assignments: {\"articles/a.txt\": [\"anna\"]}`, and Boris has annotated it.",
    mend: "Add the annotator to the assignment if the work is wanted.",
);

fn assignment_unknown(input: &ProjectInput, findings: &mut Findings) {
    let articles: BTreeSet<&str> = input.articles.iter().map(|state| state.path).collect();
    let known = &input.settings.annotators;
    let mut missing = |thing: &str, name: &str, article: &str| {
        let draft = Draft::in_file(SETTINGS_FILE).arg("thing", thing).arg("name", name);
        findings.push(draft.article(article));
    };
    for (article, annotators) in &input.settings.assignments {
        if !articles.contains(article.as_str()) {
            missing("article", article, article);
        }
        for annotator in annotators.iter().filter(|name| !known.is_empty() && !known.contains(*name)) {
            missing("annotator", annotator, article);
        }
    }
}

rule!(
    ASSIGNMENT_UNKNOWN = "P016" "assignment-unknown" Warning Never Check::Project(assignment_unknown),
    "An assignment names an article or an annotator that the project does not have.",
    message: "The assignments name the {thing} {name}, which the project does not have. Correct the name in postil.ron.",
    does: "Finds names in `assignments` that are no article of the project or none of its listed annotators.",
    bad: "The assignment has no effect, and nobody does the work.",
    example: "`assignments: {\"articles/a.text\": [\"anna\"]}` where the article is `articles/a.txt`.",
    mend: "Correct the name in `postil.ron`.",
);
