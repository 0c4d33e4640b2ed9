//! Validation through its public door: every rule with a project that triggers it and one that nearly does, the reports, the fixes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

#[path = "rules/fixes.rs"]
mod fixes;
#[path = "rules/fixtures.rs"]
mod fixtures;
#[path = "rules/notation.rs"]
mod notation;
#[path = "rules/reports.rs"]
mod reports;

use std::collections::BTreeSet;
use std::path::Path;

use notation::world;
use postil::model::{Place, Severity};
use postil::validate::{Finding, check_set, explain, manual, rules};

/// Findings as they are read in a failing test.
fn brief(findings: &[Finding]) -> String {
    findings.iter().map(|f| format!("\n{} {}: {}", f.code, f.rule, f.message())).collect()
}

#[test]
fn each_rule_finds_its_fault_and_nothing_else_does() {
    let mut wrong = String::new();
    for (rule, hit, _) in fixtures::all() {
        let findings = hit.report().findings;
        let found: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
        if found != BTreeSet::from([rule]) {
            wrong += &format!("\nfor {rule}:{}", brief(&findings));
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn each_rule_keeps_still_where_its_fault_is_nearly_there() {
    let mut wrong = String::new();
    for (rule, _, near) in fixtures::all() {
        let findings = near.report().findings;
        if findings.iter().any(|finding| finding.rule == rule) {
            wrong += &format!("\nfor {rule}:{}", brief(&findings));
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn every_rule_of_the_table_has_a_fixture() {
    let tried: BTreeSet<&str> = fixtures::all().iter().map(|(rule, ..)| *rule).collect();
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!(tried, known);
}

#[test]
fn messages_are_filled_in_and_say_where() {
    for (rule, hit, _) in fixtures::all() {
        for finding in hit.report().findings {
            assert!(!finding.message().contains(['{', '}']), "{rule}: {}", finding.message());
            let template = rules().iter().find(|known| known.name == rule).unwrap().message;
            for (name, _) in template.match_indices('{').map(|(at, _)| {
                let name = template[at + 1..].split('}').next().unwrap();
                (name, at)
            }) {
                assert!(finding.args.iter().any(|(arg, _)| *arg == *name), "{rule} lacks the piece {name}");
            }
            assert!(finding.place >= Place { line: 1, column: 1 } && !finding.file.is_empty(), "{finding:?}");
        }
    }
}

#[test]
fn checking_one_set_finds_what_checking_the_project_finds_in_it() {
    for (rule, hit, _) in fixtures::all() {
        if hit.sets.len() != 1 || !hit.articles.values().all(Result::is_ok) {
            continue;
        }
        let alone = check_set(&hit.input(0));
        let in_project = hit.report().findings;
        assert!(alone.iter().all(|finding| in_project.contains(finding)), "{rule}: {}", brief(&alone));
    }
}

#[test]
fn settings_turn_rules_off_and_change_how_bad_they_are() {
    // The schema of the tests speaks of a term that this project does not have.
    let drawn = || world("Он [word w1: сказал ]да").severity("P706", Severity::Off);
    for key in ["P106", "white-space-edge"] {
        assert_eq!(drawn().severity(key, Severity::Off).report().findings, []);
        assert_eq!(drawn().severity(key, Severity::Error).report().errors(), 1);
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the manual is written anew from the table, no work can be lost"
)]
fn the_manual_is_the_one_in_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, manual()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == manual(),
        "docs/rules.md is stale; UPDATE_DOCS=1 cargo test --test rules writes it anew"
    );
}

#[test]
fn an_unknown_code_explains_nothing() {
    assert!(explain("P101").is_some_and(|page| page.starts_with("# P101 surface-differs\n")));
    assert_eq!(explain("E101"), None);
    assert_eq!(explain(""), None);
}

#[test]
fn frequent_words_are_one_finding_not_many() {
    let drawn = format!("[word w1: Кремль] {}", "и Кремль ".repeat(500));
    let found = check_set(&world(&drawn).input(0));
    assert_eq!(found.len(), 1, "{}", brief(&found));
    assert!(found[0].message().contains("untagged × 500"), "{}", found[0].message());
}

#[test]
fn words_of_a_huge_set_are_compared_with_the_project_but_not_at_every_edit() {
    let huge = |spans: u32| {
        // `a1`, `a2`, … are all different; `Кремль` comes twice and is tagged once.
        let names: String = (0..spans).map(|n| format!("[word w{n}: a{n}] ")).collect();
        world(&format!("{names}[word k: Кремль] Кремль"))
    };
    let untagged = |findings: &[Finding]| findings.iter().filter(|f| f.rule == "untagged-here").count();
    assert_eq!(untagged(&check_set(&huge(10).input(0))), 1);
    let world = huge(20_000);
    assert_eq!(untagged(&check_set(&world.input(0))), 0);
    assert_eq!(untagged(&world.report().findings), 1);
}

#[test]
fn words_are_compared_over_the_articles_of_one_annotator_only() {
    let other = |annotator| world("[word w1: Кремль]").article("b", annotator, "Снова Кремль").report();
    let about = |report: &postil::validate::Report| {
        let mut found = report.findings.iter().filter(|finding| finding.rule == "untagged-here");
        found.next().map(|finding| (finding.file.clone(), finding.article.clone()))
    };
    assert_eq!(about(&other("anna")), Some(("annotations/anna/b.ron".into(), Some("articles/b.txt".into()))));
    assert_eq!(about(&other("boris")), None);
}

#[test]
fn places_come_from_the_file_and_from_the_article() {
    let drawn = "Первая\nОн [word w1: сказал ]да [word w1: снова]";
    let world = world(drawn).set(|file| {
        let at = |line| Place { line, column: 9 };
        file.places.spans.insert("w1".into(), vec![at(8), at(9)]);
    });
    let found = check_set(&world.input(0));
    let place =
        |rule: &str| found.iter().find(|f| f.rule == rule).map(|f| (f.place.line, f.article_place)).unwrap();
    assert_eq!(place("white-space-edge"), (8, Some(Place { line: 2, column: 4 })));
    assert_eq!(place("duplicate-span-id").0, 9, "the second of the two");
}
