//! The mouse: selecting, dragging edges, the menu, the card.

use egui::{Modifiers, PointerButton, vec2};

use super::desk::{Desk, Wanted, desk};

fn drag(desk: &mut Desk, from: &str, to: &str, modifiers: Modifiers) {
    let (from, to) = (desk.edge(from, true), desk.edge(to, false));
    desk.stage.drag(from, to, 6, modifiers);
}

#[test]
fn a_drag_selects_and_a_key_tags() {
    let mut desk = desk("|Один два три четыре");
    drag(&mut desk, "два", "три", Modifiers::NONE);
    assert_eq!(desk.tagged(), "Один ‹два три| четыре");
    desk.press("P");
    assert_eq!(desk.tagged(), "Один [*position s1: два три|] четыре");
}

#[test]
fn a_drag_backwards_selects_too() {
    let mut desk = desk("|Один два три четыре");
    let (from, to) = (desk.edge("три", false), desk.edge("два", true));
    desk.stage.drag(from, to, 6, Modifiers::NONE);
    assert_eq!(desk.tagged(), "Один |два три› четыре");
}

#[test]
fn two_clicks_take_the_word_three_the_sentence_four_the_paragraph() {
    for (clicks, after) in [
        (2, "Мир. Но ‹когда|? Да.\n\nКонец."),
        (3, "Мир. ‹Но когда?| Да.\n\nКонец."),
        (4, "‹Мир. Но когда? Да.|\n\nКонец."),
    ] {
        let mut desk = desk("|Мир. Но когда? Да.\n\nКонец.");
        let at = desk.at("когда");
        desk.stage.click(at, PointerButton::Primary, clicks);
        assert_eq!(desk.tagged(), after);
    }
}

#[test]
fn shift_and_a_click_make_the_selection_longer() {
    let mut desk = desk("Один |два три четыре");
    let at = desk.edge("три", false);
    desk.stage.click_with(at, Modifiers::SHIFT);
    assert_eq!(desk.tagged(), "Один ‹два три| четыре");
}

#[test]
fn the_edges_of_the_selected_span_can_be_dragged_and_each_drag_is_one_step() {
    let mut desk = desk("Один [*claim s1: два три] четыре пять|");
    let (from, to) = (desk.edge("два три", false), desk.edge("четыре", false));
    desk.stage.drag(from, to, 8, Modifiers::NONE);
    assert_eq!(desk.tagged(), "Один [*claim s1: два три четыре] пять|");
    let (from, to) = (desk.edge("два", true), desk.edge("Один", true));
    desk.stage.drag(from, to, 8, Modifiers::NONE);
    assert_eq!(desk.tagged(), "[*claim s1: Один два три четыре] пять|");
    desk.press("Ctrl+Z");
    assert_eq!(desk.span("s1").surface(&desk.open().desk.article.text), "два три четыре");
    desk.press("Ctrl+Z");
    assert_eq!(desk.span("s1").surface(&desk.open().desk.article.text), "два три");
}

#[test]
fn ctrl_and_a_drag_take_another_part() {
    let mut desk = desk("|Один два три четыре");
    drag(&mut desk, "Один", "Один", Modifiers::NONE);
    drag(&mut desk, "три", "три", Modifiers::COMMAND);
    desk.press("P");
    assert_eq!(desk.tagged(), "[*position s1: Один] два [*position+ s1: три|] четыре");
}

#[test]
fn the_menu_tags_what_is_selected() {
    let mut desk = desk("Один ‹два| три");
    let at = desk.at("два");
    desk.stage.click(at, PointerButton::Secondary, 1);
    assert_eq!(desk.tagged(), "Один ‹два| три", "the right button leaves the selection alone");
    menu_item(&mut desk, "Tag as Claim");
    desk.press("Escape");
    assert_eq!(desk.tagged(), "Один [*claim s1: два|] три");
}

/// Clicks the item of the menu over the text, not the button at the top that does the same.
fn menu_item(desk: &mut Desk, name: &str) {
    let items = desk.stage.nodes().into_iter().filter(|n| n.label.contains(name) && n.clickable);
    let item = items.max_by(|a, b| a.rect.top().total_cmp(&b.rect.top())).expect(name);
    desk.stage.click(item.rect.center(), PointerButton::Primary, 1);
}

#[test]
fn the_menu_over_a_span_selects_it_and_fills_it_in() {
    let mut desk = desk("Один [position s1: два] три|");
    let at = desk.at("два");
    desk.stage.click(at, PointerButton::Secondary, 1);
    assert_eq!(desk.tagged(), "Один [*position s1: два] три|");
    menu_item(&mut desk, "Act…");
    desk.press("R");
    assert_eq!(desk.fields("s1"), serde_json::json!({"act": "reject"}));
    let at = desk.at("два");
    desk.stage.click(at, PointerButton::Secondary, 1);
    desk.press("Escape");
    assert!(desk.open().desk.workspace.set.len() == 1);
}

#[test]
fn the_menu_removes() {
    let mut desk = desk("Один [position s1: два] три|");
    let at = desk.at("два");
    desk.stage.click(at, PointerButton::Secondary, 1);
    let name =
        postil::window::words::Words::new(postil::window::words::Language::English).say("command-remove");
    menu_item(&mut desk, &name);
    assert!(desk.open().desk.workspace.set.is_empty());
}

#[test]
fn the_card_over_a_span_tells_its_fields() {
    let mut desk = Wanted::default()
        .article("Один [entity s1: Орлов] три|")
        .field("s1", "entity", "orlov")
        .field("s1", "mention_level", "named")
        .open();
    let at = desk.at("Орлов");
    let before = desk.stage.tree_text().matches("Mention: named").count();
    desk.stage.hover(at);
    desk.stage.wait(2.0);
    let tree = desk.stage.tree_text();
    assert!(tree.matches("Mention: named").count() > before, "{tree}");
    assert!(tree.contains("Who or what: Viktor Orlov"), "{tree}");
}

#[test]
fn the_wheel_scrolls_the_article() {
    let text: String = (0..200).map(|n| format!("Строка {n}.\n")).collect();
    let mut desk = desk(&format!("|{text}"));
    let at = desk.at("Строка 3.");
    desk.stage.scroll(at, vec2(0.0, -2000.0));
    assert!(desk.stage.app().view().visible().start > text.find("Строка 20.").unwrap());
}
