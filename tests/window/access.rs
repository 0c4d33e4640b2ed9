//! What a screen reader meets, and what is said where there is nothing yet.

use egui::Role;
use egui::accesskit::Action;
use postil::window::preferences::Preferences;
use postil::window::words::Language;

use super::desk::{SIZE, Wanted, Window, desk, window};

/// Things that can be used but have no name; each as a line.
pub fn nameless(stage: &Window) -> Vec<String> {
    let used = |role: Role| {
        matches!(
            role,
            Role::Button
                | Role::CheckBox
                | Role::RadioButton
                | Role::TextInput
                | Role::ComboBox
                | Role::Link
                | Role::Slider
                | Role::SpinButton
                | Role::Tab
                | Role::MenuItem
                | Role::ListBoxOption
                | Role::Switch
                | Role::Mark
                | Role::Document
                | Role::ListBox
        )
    };
    let nodes = stage.nodes();
    let nameless = nodes.iter().filter(|n| used(n.role) && n.label.trim().is_empty());
    nameless.map(|n| format!("{n:?}")).collect()
}

#[test]
fn every_control_has_a_name_in_every_language() {
    for language in [Language::English, Language::Russian, Language::Ukrainian] {
        let mut stage = window(SIZE);
        super::desk::prefer(&mut stage, |p| p.language = language);
        assert_eq!(nameless(&stage), Vec::<String>::new(), "start page");
        for keys in ["Ctrl+N", "Escape Ctrl+O", "Escape Ctrl+K"] {
            super::desk::press(&mut stage, keys);
            assert_eq!(nameless(&stage), Vec::<String>::new(), "start page, {keys}");
        }
        let mut desk = desk("Один [*position s1: два [entity s2: три]] четыре|");
        super::desk::prefer(&mut desk.stage, |p| p.language = language);
        for keys in [
            "",
            "Ctrl+R",
            "Ctrl+H",
            "Ctrl+Shift+G",
            "Ctrl+2 Ctrl+G",
            "Escape",
            "Ctrl+4",
            "Ctrl+2 H",
            "Escape Ctrl+2 A",
            "Escape Ctrl+F",
            "Escape Ctrl+K",
            "Escape ?",
            "Escape Ctrl+I",
            "Escape Tab",
            "Escape Escape",
        ] {
            desk.press(keys);
            assert_eq!(nameless(&desk.stage), Vec::<String>::new(), "after {keys}");
        }
    }
}

#[test]
fn the_text_and_its_marks_are_in_the_tree_with_labels_and_fields() {
    let desk = Wanted::default()
        .article("Приехал [*entity s1: Орлов].\n\nОн [position s2: хочет мира].|")
        .field("s1", "entity", "orlov")
        .field("s2", "act", "demand")
        .open();
    let nodes = desk.stage.nodes();
    let texts: Vec<&str> =
        nodes.iter().filter(|n| n.role == Role::Paragraph).map(|n| n.label.as_str()).collect();
    assert!(texts.contains(&"Приехал Орлов.") && texts.contains(&"Он хочет мира."), "{texts:?}");
    let marks: Vec<(&str, bool, bool)> = nodes
        .iter()
        .filter(|n| n.role == Role::Mark)
        .map(|n| (n.label.as_str(), n.selected, n.clickable))
        .collect();
    assert_eq!(marks, [("Entity: Орлов", true, true), ("Position: хочет мира", false, true)]);
    assert!(nodes.iter().any(|n| n.role == Role::Document && n.label == "Article text"));
    assert!(desk.shows("Who or what"), "the fields of the selected span are there too");
}

#[test]
fn a_screen_reader_can_click_a_mark() {
    let mut desk = desk("Приехал [entity s1: Орлов]. Он [position s2: хочет мира].|");
    desk.stage.act("Position: хочет мира", Action::Click).unwrap();
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s2"));
    desk.stage.act("Entity: Орлов", Action::Click).unwrap();
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s1"));
    desk.press("W \"орлов\" Enter");
    assert_eq!(desk.fields("s1"), serde_json::json!({"entity": "orlov"}));
}

#[test]
fn a_screen_reader_can_answer_a_prompt() {
    let mut desk = desk("Они ‹требуют| мира.");
    desk.press("P A");
    desk.stage.act("demand", Action::Click).unwrap();
    assert_eq!(desk.fields("s1"), serde_json::json!({"act": "demand"}));
}

#[test]
fn the_keyboard_reaches_every_panel_by_tab_from_the_fields() {
    let mut desk = desk("Один [*claim s1: два] три|");
    desk.press("Ctrl+3");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let Some(node) = desk.stage.focused() else { break };
        assert!(!node.label.is_empty() || node.role == Role::Window, "{node:?}");
        seen.insert(node.label);
        desk.press("Tab");
    }
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn the_start_page_says_what_can_be_done() {
    let stage = window(SIZE);
    for words in ["Open", "New project", "sample", "drop"] {
        assert!(
            stage.tree_text().to_lowercase().contains(&words.to_lowercase()),
            "{words}: {}",
            stage.tree_text()
        );
    }
}

#[test]
fn a_project_without_articles_says_how_to_add_some() {
    let desk = Wanted::default().open();
    assert!(desk.shows("No articles yet"), "{}", desk.stage.tree_text());
    assert!(desk.shows("Add articles, or drop files here"));
    assert!(desk.shows("Add articles…"));
    assert!(desk.shows("No article is open"));
}

#[test]
fn the_keys_do_no_harm_in_a_project_without_articles() {
    let mut desk = Wanted::default().open();
    desk.press("E P C A F8 Alt+Enter Ctrl+Enter Ctrl+Z Ctrl+F \"a\" Enter Escape Tab Delete Ctrl+S");
    desk.press("Ctrl+PageDown Ctrl+3 Right S Z J G ] N X Q ? Escape Ctrl+K Escape Ctrl+H Ctrl+R");
    assert!(desk.stage.app().session().unwrap().open.is_none());
}

#[test]
fn an_article_without_spans_says_how_to_tag() {
    let desk = desk("Один |два");
    for words in
        ["To tag, select words in the text, then press", "Entity", "Position", "Claim", "No problems"]
    {
        assert!(desk.shows(words), "{words}: {}", desk.stage.tree_text());
    }
    let mut desk = desk;
    desk.press("Ctrl+H");
    assert!(desk.shows("Every step will be listed here"));
    desk.press("Ctrl+R");
    assert!(
        desk.shows("No relations yet") && desk.shows("Select a tag and press X"),
        "{}",
        desk.stage.tree_text()
    );
    desk.press("Ctrl+Shift+G");
    assert!(desk.shows("This project has no guidelines yet") || desk.shows("Search the guidelines"));
}

#[test]
fn a_filter_that_nothing_matches_can_be_taken_away() {
    let mut desk = desk("Один |два");
    desk.stage.click_label("Search titles and paths").unwrap();
    desk.press("\"щщщ\"");
    assert!(desk.shows("No article matches"), "{}", desk.stage.tree_text());
    desk.stage.click_label("Show all").unwrap();
    assert!(!desk.shows("No article matches"));
    assert!(desk.open().desk.workspace.set.is_empty(), "letters typed there tag nothing");
}

#[test]
fn empty_states_are_translated() {
    for language in [Language::Russian, Language::Ukrainian] {
        let change: fn(&mut Preferences) = match language {
            Language::Russian => |p| p.language = Language::Russian,
            _ => |p| p.language = Language::Ukrainian,
        };
        let desk = Wanted::default().prefer(change).open();
        let texts = desk.stage.nodes().into_iter().filter(|n| n.role == Role::Label).map(|n| n.label);
        let english: Vec<String> = texts.filter(|t| t.contains("article") || t.contains("Add ")).collect();
        assert_eq!(english, Vec::<String>::new());
    }
}
