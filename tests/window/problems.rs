//! Problems, and going on to the next article.

use postil::model::Status;
use postil::window::words::Language;

use super::desk::{Wanted, desk};

#[test]
fn f8_goes_to_each_problem_and_round() {
    let mut desk = desk("|[position s1: Требует] мира. [position s2: Отверг] мир.");
    let rules: Vec<&str> = desk.open().findings.iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["required-unset", "holder-absent", "required-unset", "holder-absent"]);
    let mut seen = Vec::new();
    for keys in ["F8", "F8", "F8", "F8", "F8", "Shift+F8"] {
        desk.press(keys);
        seen.push(desk.stage.app().selected().unwrap().to_string());
    }
    assert_eq!(seen, ["s1", "s1", "s2", "s2", "s1", "s2"]);
}

#[test]
fn alt_enter_mends_the_problem_at_hand_and_undo_takes_it_back() {
    // White space inside the edge is something Postil can mend by itself.
    let mut desk = desk("|Один [entity s1: два ]три");
    assert!(desk.open().findings.iter().any(|f| f.fix.is_some()), "{:?}", desk.open().findings);
    desk.press("F8 Alt+Enter");
    assert_eq!(desk.span("s1").surface(&desk.open().desk.article.text), "два");
    assert!(desk.open().findings.iter().all(|f| f.fix.is_none()), "{:?}", desk.open().findings);
    desk.press("Ctrl+Z");
    assert_eq!(desk.span("s1").surface(&desk.open().desk.article.text), "два ");
}

#[test]
fn the_rule_of_a_problem_is_explained_by_a_key_in_the_windows_language() {
    let wanted = Wanted::default().article("|Один [entity s1: два ]три");
    let mut desk = wanted.prefer(|p| p.language = Language::Russian).open();
    desk.press("Alt+F8");
    desk.stage.settle();
    for words in ["P106 white-space-edge", "Чем это плохо", "Как исправить"] {
        assert!(desk.shows(words), "{words}: {}", desk.stage.tree_text());
    }
    desk.press("Escape");
    assert!(!desk.shows("Чем это плохо"));
}

#[test]
fn without_problems_f8_says_so_and_without_a_fix_alt_enter_does() {
    let mut desk = desk("|Один два три");
    desk.press("F8");
    assert!(desk.notices().contains("No problems in this article"), "{}", desk.notices());
    desk.press("Alt+Enter");
    assert!(desk.notices().contains("no automatic fix"), "{}", desk.notices());
}

#[test]
fn problems_come_and_go_with_what_is_filled_in() {
    let mut desk = desk("Они ‹требуют| мира.");
    desk.press("P");
    assert_eq!(desk.open().findings.len(), 2);
    assert!(desk.shows("Problems (2)"));
    desk.press("I \"вывод\" Enter F H Tab U");
    assert_eq!(desk.open().findings.len(), 0, "{:?}", desk.open().findings);
    assert!(desk.shows("Problems (0)"));
}

fn article(desk: &super::desk::Desk) -> String {
    desk.open().desk.article.path.clone()
}

#[test]
fn ctrl_enter_marks_done_and_goes_on_to_the_next_that_is_not() {
    let mut desk = Wanted::default().article("Один").article("Два").article("Три").open();
    desk.press("Ctrl+PageDown");
    assert_eq!(article(&desk), "articles/2.txt");
    desk.press("Ctrl+Enter");
    assert_eq!(article(&desk), "articles/3.txt");
    desk.press("Ctrl+Enter");
    assert_eq!(article(&desk), "articles/1.txt", "it goes round to what was left out");
    desk.press("Ctrl+Enter");
    assert!(desk.notices().contains("Every article is done"), "{}", desk.notices());
    let rows = &desk.stage.app().session().unwrap().rows;
    assert!(rows.iter().all(|row| row.status == Status::Done), "{rows:?}");
    desk.press("Ctrl+Enter");
    assert_eq!(desk.open().desk.workspace.set.status, Status::InProgress, "once more takes the mark back");
}

#[test]
fn ctrl_page_keys_go_from_article_to_article_and_stop_at_the_ends() {
    let mut desk = Wanted::default().article("Один").article("Два").open();
    desk.press("Ctrl+PageUp");
    assert_eq!(article(&desk), "articles/1.txt");
    assert!(desk.notices().contains("No more articles this way"), "{}", desk.notices());
    desk.press("Ctrl+PageDown Ctrl+PageDown");
    assert_eq!(article(&desk), "articles/2.txt");
    desk.press("Alt+PageUp");
    assert_eq!(article(&desk), "articles/1.txt");
}

#[test]
fn what_was_tagged_is_there_when_one_comes_back() {
    let mut desk = Wanted::default().article("Кто ‹требует| мира?").article("Два").open();
    desk.press("P A D Ctrl+PageDown Ctrl+PageUp");
    assert_eq!(desk.fields("s1"), serde_json::json!({"act": "demand"}));
}

#[test]
fn the_list_of_articles_opens_by_click_and_filters_by_title() {
    let mut desk = Wanted::default().article("Один").article("Два").article("Три").open();
    desk.until("the rows are read", |w| !w.app().session().unwrap().is_reading());
    desk.stage.click_label("Search titles and paths").unwrap();
    desk.press("\"2\"");
    let rows = desk.stage.nodes().into_iter().filter(|n| n.label.starts_with("articles/")).count();
    assert!(rows <= 1, "{}", desk.stage.tree_text());
    desk.press("Enter");
    desk.press("Ctrl+1 Enter");
    assert_eq!(article(&desk), "articles/2.txt", "{}", desk.stage.tree_text());
}
