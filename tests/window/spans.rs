//! Going from span to span, and changing them.

use egui::PointerButton;
use serde_json::json;

use super::desk::{Desk, Wanted, desk, press_cyrillic};

/// Each triple: an article with its caret, keys, the article after.
fn check(triples: &[(&str, &str, &str)]) {
    for (before, keys, after) in triples {
        let mut desk = desk(before);
        desk.press(keys);
        assert_eq!(desk.tagged(), *after, "{before:?} after {keys}");
    }
}

fn selected(desk: &Desk) -> String {
    desk.stage.app().selected().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn tab_goes_from_span_to_span_and_says_when_there_is_no_more() {
    let mut desk = desk("[entity s1: А] бэ| [entity s2: вэ] гэ [entity s3: дэ]");
    let mut seen = Vec::new();
    for keys in ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"] {
        desk.press(keys);
        seen.push(selected(&desk));
    }
    assert_eq!(seen, ["s2", "s3", "s3", "s2", "s1", "s1"]);
    assert!(desk.notices().contains("No more spans this way"), "{}", desk.notices());
}

#[test]
fn shift_tab_begins_with_the_span_before_the_caret() {
    let mut desk = desk("[entity s1: А] бэ| [entity s2: вэ]");
    desk.press("Shift+Tab");
    assert_eq!(selected(&desk), "s1");
}

const NESTED: &str = "[position s1: Хотят [claim s2: вывести [entity s3: войска] сейчас] и мира]";

#[test]
fn space_goes_through_what_overlaps_smallest_first() {
    let mut desk = desk(&NESTED.replace("войска", "вой|ска"));
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.press("Space");
        seen.push(selected(&desk));
    }
    assert_eq!(seen, ["s3", "s2", "s1", "s3"]);
}

#[test]
fn clicks_go_through_what_overlaps_smallest_first() {
    let mut desk = desk(NESTED);
    let mut seen = Vec::new();
    let at = desk.at("войска");
    for _ in 0..4 {
        desk.stage.click(at, PointerButton::Primary, 1);
        seen.push(selected(&desk));
    }
    assert_eq!(seen, ["s3", "s2", "s1", "s3"]);
    let plain = desk.at("мира");
    desk.stage.click(plain, PointerButton::Primary, 1);
    assert_eq!(selected(&desk), "s1");
}

#[test]
fn a_click_beside_every_span_lets_go() {
    let mut desk = desk("[*entity s1: Орлов] приехал|");
    let at = desk.at("приехал");
    desk.stage.click(at, PointerButton::Primary, 1);
    assert_eq!(selected(&desk), "");
}

#[test]
fn brackets_move_the_end_and_braces_the_start_word_by_word() {
    let text = "Один два [*claim s1: три четыре] пять шесть|";
    check(&[
        (text, "]", "Один два [*claim s1: три четыре пять] шесть|"),
        (text, "[", "Один два [*claim s1: три] четыре пять шесть|"),
        (text, "{", "Один [*claim s1: два три четыре] пять шесть|"),
        (text, "}", "Один два три [*claim s1: четыре] пять шесть|"),
        (text, "] ] [", "Один два [*claim s1: три четыре пять] шесть|"),
        // A span never becomes empty.
        (text, "[ [ [ [", "Один два [*claim s1: три] четыре пять шесть|"),
    ]);
}

#[test]
fn with_alt_they_move_by_one_character() {
    let text = "Один два [*claim s1: три четыре] пять|";
    check(&[
        (text, "Alt+[", "Один два [*claim s1: три четыр]е пять|"),
        (text, "Alt+]", "Один два [*claim s1: три четыре ]пять|"),
        (text, "Alt+Shift+[", "Один два[*claim s1:  три четыре] пять|"),
        (text, "Alt+Shift+]", "Один два т[*claim s1: ри четыре] пять|"),
    ]);
}

#[test]
fn the_same_keys_work_on_the_russian_layout() {
    let text = "Один два [*claim s1: три четыре] пять|";
    for (keys, after) in [
        ("]", "Один два [*claim s1: три четыре пять|]"),
        ("[", "Один два [*claim s1: три] четыре пять|"),
        ("Shift+[", "Один [*claim s1: два три четыре] пять|"),
        ("Alt+[", "Один два [*claim s1: три четыр]е пять|"),
    ] {
        let mut desk = desk(text);
        press_cyrillic(&mut desk.stage, keys);
        assert_eq!(desk.tagged(), after, "{keys}");
    }
}

#[test]
fn j_adds_a_part_g_reshapes_and_plus_keeps_a_part_for_the_next_tag() {
    check(&[
        ("[*claim s1: Один] два ‹три|", "J", "[*claim s1: Один] два [*claim+ s1: три|]"),
        ("[*claim s1: Один] два ‹три|", "G", "Один два [*claim s1: три|]"),
        ("‹Один| два три", "+ Ctrl+Shift+Right P", "[*position s1: Один] [*position+ s1: два|] три"),
    ]);
}

#[test]
fn a_kept_part_and_a_selection_further_on_become_one_span() {
    let mut desk = desk("‹Один| два три");
    desk.press("+");
    desk.select("три");
    desk.press("P");
    assert_eq!(desk.tagged(), "[*position s1: Один] два [*position+ s1: три|]");
    desk.press("Ctrl+Z");
    assert_eq!(desk.tagged(), "Один два три|");
}

#[test]
fn delete_takes_the_links_along_and_one_undo_brings_all_back() {
    let before = "[*entity s1: Орлов] [position s2: требует мира|]";
    let holders = |desk: &Desk| desk.fields("s2");
    let mut desk = Wanted::default().article(before).open();
    desk.press("Tab H Left Enter E");
    let full = json!({"holders": [{"mention": "s1", "how": "explicit"}]});
    assert_eq!(holders(&desk), full);
    desk.press("Shift+Tab Delete");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
    assert!(!holders(&desk).to_string().contains("s1"), "no link leads nowhere: {}", holders(&desk));
    desk.press("Ctrl+Z");
    assert_eq!(holders(&desk), full);
    assert_eq!(desk.open().desk.workspace.set.len(), 2);
    desk.press("Ctrl+Shift+Z");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
    desk.press("Ctrl+Z Ctrl+Y");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
}

#[test]
fn delete_takes_relations_along() {
    let mut desk = desk("[*claim s1: Мира нет], [claim s2: мир есть]|");
    desk.press("X X \"мир есть\" Enter");
    let relations = |desk: &Desk| desk.open().desk.workspace.set.relations().count();
    assert_eq!(relations(&desk), 1);
    desk.press("Backspace");
    assert_eq!(relations(&desk), 0);
    desk.press("Ctrl+Z");
    assert_eq!(relations(&desk), 1);
}

#[test]
fn undo_and_redo_go_through_every_step_and_say_when_there_is_none() {
    let start = "Кто ‹требует| мира?";
    let mut desk = desk(start);
    desk.press("P A D ] [ Delete");
    let done = desk.open().desk.history.done().len();
    assert_eq!(done, 5, "tag, act, two edges, removal");
    desk.press("Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Z");
    assert!(desk.open().desk.workspace.set.is_empty());
    assert_eq!(desk.notices(), "");
    desk.press("Ctrl+Z");
    assert!(desk.notices().contains("Nothing more to undo"), "{}", desk.notices());
    desk.press("Ctrl+Shift+Z Ctrl+Shift+Z");
    assert_eq!(desk.fields("s1"), json!({"act": "demand"}));
}

#[test]
fn a_click_in_the_history_goes_to_that_state() {
    let mut desk = desk("‹Один| два три");
    desk.press("P");
    desk.select("три");
    desk.press("P Ctrl+H");
    assert_eq!(desk.open().desk.workspace.set.len(), 2);
    desk.stage.click_label("Tagged “Один” as Position").unwrap();
    assert_eq!(desk.tagged(), "[position s1: Один] два три|");
    desk.stage.click_label("Tagged “три” as Position").unwrap();
    assert_eq!(desk.open().desk.workspace.set.len(), 2);
    desk.stage.click_label("Start").unwrap();
    assert!(desk.open().desk.workspace.set.is_empty());
}

#[test]
fn a_note_is_written_beside_the_span() {
    let mut desk = desk("[*claim s1: Один] два|");
    desk.press("N \"see page 2\"");
    desk.stage.wait(1.0);
    desk.press("Escape");
    assert_eq!(desk.span("s1").note, "see page 2");
}
