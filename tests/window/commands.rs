//! Commands: palette, key sheet, finding, the way out, and how things look.

use postil::window::preferences::{Preferences, ThemeChoice};
use postil::window::words::Language;

use postil::window::article_view::Marks;

use super::desk::{Desk, Wanted, desk, press_cyrillic, window};

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut desk = desk("Один ‹два| три");
    desk.press("P");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
    desk.press("Ctrl+K \"undo\" Enter");
    assert!(desk.open().desk.workspace.set.is_empty());
    assert!(!desk.shows("What would you like to do?"), "the palette closes");
}

#[test]
fn the_palette_runs_a_command_by_its_russian_name() {
    let russian: fn(&mut Preferences) = |p| p.language = Language::Russian;
    let mut desk = Wanted::default().article("Один ‹два| три").prefer(russian).open();
    desk.press("P");
    desk.press("Ctrl+K \"отмен\" Enter");
    assert!(desk.open().desk.workspace.set.is_empty(), "{}", desk.stage.tree_text());
    // Who knows the English name finds it too.
    desk.press("Ctrl+K \"redo\" Enter");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
}

#[test]
fn the_palette_opens_on_the_russian_layout_and_says_when_nothing_fits() {
    let mut desk = desk("Один |два");
    press_cyrillic(&mut desk.stage, "Ctrl+K \"щщщщ\"");
    assert!(desk.shows("Nothing found"));
    desk.press("Escape");
    assert!(!desk.shows("Nothing found"));
    desk.press("Ctrl+Shift+P");
    assert!(desk.shows("What would you like to do?"));
}

#[test]
fn after_the_palette_the_article_has_the_keyboard_again() {
    let mut desk = desk("Один ‹два| три");
    desk.press("Ctrl+K Escape C Escape");
    assert_eq!(desk.tagged(), "Один [*claim s1: два|] три");
}

#[test]
fn a_question_mark_shows_every_key() {
    let mut desk = desk("Один |два");
    desk.press("?");
    assert!(desk.shows("Search keys"), "{}", desk.stage.tree_text());
    desk.press("\"problem\"");
    assert!(desk.shows("F8"), "{}", desk.stage.tree_text());
    desk.press("Escape");
    assert!(!desk.shows("Search keys"));
    desk.press("Right");
    assert_eq!(desk.tagged(), "Один д|ва", "the article has the keyboard again");
}

#[test]
fn finding_takes_yo_and_ye_for_one_another_and_ignores_case() {
    let mut desk = desk("|Пётр и Семен. Петр и СЕМЁН.");
    desk.press("Ctrl+F \"семён\"");
    assert!(desk.shows("1 of 2"), "{}", desk.stage.tree_text());
    assert_eq!(desk.tagged(), "Пётр и ‹Семен|. Петр и СЕМЁН.");
    desk.press("Enter");
    assert_eq!(desk.tagged(), "Пётр и Семен. Петр и ‹СЕМЁН|.");
    desk.press("Enter");
    assert_eq!(desk.tagged(), "Пётр и ‹Семен|. Петр и СЕМЁН.");
    desk.press("Shift+Enter");
    assert_eq!(desk.tagged(), "Пётр и Семен. Петр и ‹СЕМЁН|.");
    desk.press("Escape P");
    assert_eq!(desk.tagged(), "Пётр и Семен. Петр и [*position s1: СЕМЁН|].");
}

#[test]
fn what_is_not_there_is_said_not_to_be_found_and_letters_typed_there_tag_nothing() {
    let mut desk = desk("|Пётр");
    desk.press("Ctrl+F \"pec\"");
    assert!(desk.shows("not found"));
    assert!(desk.open().desk.workspace.set.is_empty());
    desk.press("Escape");
    assert!(!desk.shows("not found"), "{}", desk.stage.tree_text());
}

#[test]
fn f3_goes_to_the_next_hit() {
    let mut desk = desk("|да нет да нет да");
    desk.press("Ctrl+F \"да\" F3");
    assert_eq!(desk.tagged(), "да нет ‹да| нет да");
    desk.press("Shift+F3");
    assert_eq!(desk.tagged(), "‹да| нет да нет да");
}

#[test]
fn escape_leads_out_step_by_step() {
    let mut desk = desk("Один [*position s1: два] ‹три|");
    desk.press("A");
    assert!(desk.shows("demand"), "the prompt is open");
    desk.press("Escape");
    assert_eq!(desk.tagged(), "Один [*position s1: два] ‹три|", "first the prompt");
    desk.press("Escape");
    assert_eq!(desk.tagged(), "Один [*position s1: два] три|", "then the selection");
    desk.press("Escape");
    assert_eq!(desk.tagged(), "Один [position s1: два] три|", "then the span");
    desk.press("Escape");
    assert_eq!(desk.tagged(), "Один [position s1: два] три|");
}

#[test]
fn escape_leads_from_the_fields_back_to_the_text() {
    let mut desk = desk("Один [*claim s1: два] три|");
    desk.press("Enter");
    assert!(!desk.stage.app().view().focused);
    desk.press("Escape");
    assert!(desk.stage.app().view().focused, "{:?}", desk.stage.focused());
    assert_eq!(desk.tagged(), "Один [*claim s1: два] три|", "the way out of the fields keeps the span");
}

#[test]
fn f6_and_ctrl_digits_move_the_keyboard_between_the_panels() {
    let mut desk = desk("Один [*claim s1: два] три|");
    assert!(desk.stage.app().view().focused);
    for keys in ["F6", "Ctrl+3", "Ctrl+1"] {
        desk.press(keys);
        assert!(!desk.stage.app().view().focused, "{keys}");
        assert!(
            desk.stage.focused().is_some_and(|n| !n.label.is_empty()),
            "{keys}: {:?}",
            desk.stage.focused()
        );
        desk.press("Ctrl+2");
        assert!(desk.stage.app().view().focused, "{keys}");
    }
}

#[test]
fn copying_takes_the_selected_words() {
    let mut desk = desk("Один ‹два три| четыре");
    desk.press("Ctrl+C");
    assert_eq!(desk.stage.clipboard(), "два три");
    let mut desk = super::desk::desk("Один ‹два| три");
    press_cyrillic(&mut desk.stage, "Ctrl+C");
    assert_eq!(desk.stage.clipboard(), "два");
    assert!(desk.open().desk.workspace.set.is_empty(), "C with Ctrl is no claim");
}

fn command(desk: &mut Desk, name: &str) {
    desk.press(&format!("Ctrl+K \"{name}\" Enter"));
}

#[test]
fn the_language_changes_at_once() {
    let mut desk = desk("Один [*position s1: два] три|");
    assert!(desk.shows("Problems (2)"));
    command(&mut desk, "russian");
    assert!(desk.shows("Позиция: два"), "{}", desk.stage.tree_text());
    assert!(!desk.shows("Problems (2)"));
    command(&mut desk, "ukrainian");
    assert!(desk.shows("Позиція: два"));
    command(&mut desk, "english");
    assert!(desk.shows("Position: два") && desk.shows("Problems (2)"));
}

#[test]
fn the_theme_changes_at_once() {
    let mut desk = desk("Один |два");
    let light = desk.stage.picture();
    desk.press("Ctrl+Shift+L");
    assert_eq!(desk.stage.app().preferences().theme, ThemeChoice::Dark);
    let dark = desk.stage.picture();
    let bright = |p: &image::RgbaImage| p.pixels().filter(|p| p.0[0] > 200).count() * 2 > p.pixels().count();
    assert!(bright(&light) && !bright(&dark));
    desk.press("Ctrl+Shift+L");
    assert!(desk.stage.picture() == light, "and back to the very same picture");
}

#[test]
fn the_text_grows_and_shrinks() {
    let mut desk = desk("|Один два три");
    let wide = |desk: &Desk| desk.edge("Один два три", false).x - desk.edge("Один два три", true).x;
    let usual = wide(&desk);
    desk.press("Ctrl+Equals Ctrl+Equals");
    let larger = wide(&desk);
    assert!(larger > usual, "{larger} {usual}");
    desk.press("Ctrl+Minus Ctrl+Minus Ctrl+Minus");
    assert!(wide(&desk) < usual);
    desk.press(&"Ctrl+Minus ".repeat(60));
    assert!(wide(&desk) > 20.0, "it stays legible");
}

#[test]
fn the_column_grows_and_shrinks() {
    let mut desk = Wanted::default().article("|Слово").size(egui::vec2(1800.0, 700.0)).open();
    let page = |desk: &Desk| desk.stage.app().view().page().unwrap().width();
    let usual = page(&desk);
    desk.press("Ctrl+Shift+Period");
    assert!(page(&desk) > usual, "{} {usual}", page(&desk));
    desk.press("Ctrl+Shift+Comma Ctrl+Shift+Comma");
    assert!(page(&desk) < usual);
}

#[test]
fn chips_can_be_left_out_and_panels_hidden() {
    let mut desk = desk("Один [position s1: два] три|");
    let with = desk.stage.picture();
    desk.press("Ctrl+Shift+H");
    assert_eq!(desk.stage.app().preferences().style.marks, Marks::Names);
    let names = desk.stage.picture();
    desk.press("Ctrl+Shift+H");
    assert_eq!(desk.stage.app().preferences().style.marks, Marks::Lines);
    assert!(desk.stage.picture() != with && desk.stage.picture() != names);
    assert!(desk.shows("Position: два"), "a mark is still there for assistive technology");
    desk.press("Ctrl+Shift+H");
    assert!(desk.stage.picture() == with);
    let wide = |desk: &Desk| desk.stage.app().view().page().unwrap().left();
    let left = wide(&desk);
    desk.press("Ctrl+B");
    assert!(wide(&desk) < left);
    assert!(desk.shows("Problems (2)"));
    desk.press("Ctrl+J");
    assert!(!desk.shows("Problems (2)"));
    desk.press("Ctrl+B Ctrl+J");
    assert!(desk.stage.picture() == with);
}

#[test]
fn without_a_project_the_keys_for_one_do_no_harm() {
    let mut stage = window(super::desk::SIZE);
    super::desk::press(
        &mut stage,
        "E P C A F8 Alt+Enter Ctrl+Enter Ctrl+Z Ctrl+F Escape Tab Delete Ctrl+S Ctrl+PageDown Ctrl+3 Ctrl+I Escape",
    );
    assert!(stage.app().session().is_none());
}
