//! Tagging and filling in from the keyboard, on a Latin and on a Russian layout.

use serde_json::json;

use super::desk::{Wanted, desk, press_cyrillic};

const TALKS: &str =
    "[entity s1: Министр Орлов] и [entity s2: Эрик Хольм] ‹требуют вывести войска| из Заречья.";

#[test]
fn one_key_tags_on_either_layout() {
    for (keys, label) in [("E Escape", "entity"), ("P", "position"), ("C Escape", "claim")] {
        let after = format!("Кто [*{label} s1: требует|] мира?");
        let mut latin = desk("Кто ‹требует| мира?");
        latin.press(keys);
        assert_eq!(latin.tagged(), after);
        let mut cyrillic = desk("Кто ‹требует| мира?");
        press_cyrillic(&mut cyrillic.stage, keys);
        assert_eq!(cyrillic.tagged(), after);
    }
}

#[test]
fn without_a_selection_the_word_at_the_caret_is_tagged_and_elsewhere_it_is_said() {
    let mut word = desk("Кто треб|ует мира?");
    word.press("P");
    assert_eq!(word.tagged(), "Кто [*position s1: треб|ует] мира?");
    let mut nothing = desk("Кто?\n\n|\n\nМира.");
    nothing.press("P");
    assert_eq!(nothing.tagged(), "Кто?\n\n|\n\nМира.");
    assert!(nothing.notices().contains("Select words first"), "{}", nothing.notices());
}

#[test]
fn the_same_span_is_not_made_twice() {
    let mut desk = desk("Кто ‹требует| мира?");
    desk.press("P");
    desk.select("требует");
    desk.press("P");
    assert_eq!(desk.open().desk.workspace.set.len(), 1);
}

#[test]
fn an_entity_asks_what_it_is_and_who() {
    let mut desk = desk("Министр ‹Орлов| приехал.");
    desk.press("E P \"орл\" Enter");
    assert_eq!(desk.tagged(), "Министр [*entity s1: Орлов|] приехал.");
    assert_eq!(desk.fields("s1"), json!({"kind": "person", "entity": "orlov"}));
}

#[test]
fn a_mention_of_someone_known_is_named_by_enter_in_any_case() {
    let mut desk = desk("Они верят Хольму и не верят ‹Орлову|.");
    desk.press("E P Enter");
    assert_eq!(desk.fields("s1"), json!({"kind": "person", "entity": "orlov"}));
    desk.select("Хольму");
    desk.press("E P Enter");
    assert_eq!(desk.fields("s2"), json!({"kind": "person", "entity": "holm"}));
}

#[test]
fn a_new_entry_may_be_called_as_the_text_calls_it() {
    let mut desk = desk("Приехала ‹Мария Ковач|.");
    desk.press("E P Up Enter");
    let id = desk.fields("s1")["entity"].as_str().unwrap().to_owned();
    let entry = desk.open().desk.workspace.register.get(&id).unwrap().clone();
    assert_eq!(entry.all_names().collect::<Vec<_>>(), ["Мария Ковач"]);
}

#[test]
fn an_entity_is_filled_in_on_the_russian_layout_too() {
    let mut desk = desk("Министр ‹Орлов| приехал.");
    press_cyrillic(&mut desk.stage, "E P \"орл\" Enter");
    assert_eq!(desk.fields("s1"), json!({"kind": "person", "entity": "orlov"}));
    press_cyrillic(&mut desk.stage, "M N");
    assert_eq!(desk.fields("s1"), json!({"kind": "person", "mention_level": "named", "entity": "orlov"}));
}

fn whole_position() -> serde_json::Value {
    json!({
        "holders": [{"entity": "orlov", "how": "explicit"}, {"entity": "holm", "how": "explicit"}],
        "issues": [
            {"issue": "territory.withdrawal", "stance": "for"},
            {"issue": "guarantees.security", "stance": "against"},
        ],
        "act": "demand",
    })
}

#[test]
fn a_position_with_two_holders_and_two_issues_costs_at_most_twelve_keys() {
    let mut desk = desk(&TALKS.replace("[entity s1: ", "").replace("[entity s2: ", "").replace(']', ""));
    let keys =
        desk.press("P H \"орлов\" Enter E H \"хольм\" Enter E I \"вывод\" Enter F I \"безопас\" Enter A A D");
    assert_eq!(desk.fields("s1"), whole_position());
    assert_eq!(desk.span("s1").label, "position");
    assert_eq!(desk.span("s1").surface(&desk.open().desk.article.text), "требуют вывести войска");
    assert!(keys <= 12, "{keys} keys");
}

#[test]
fn the_same_position_on_the_russian_layout() {
    let mut desk = desk(&TALKS.replace("[entity s1: ", "").replace("[entity s2: ", "").replace(']', ""));
    press_cyrillic(
        &mut desk.stage,
        "P H \"орлов\" Enter E H \"хольм\" Enter E I \"вывод\" Enter F I \"безопас\" Enter A A D",
    );
    assert_eq!(desk.fields("s1"), whole_position());
}

#[test]
fn a_record_filled_in_by_a_prompt_is_one_step_of_undo() {
    let mut desk = desk("Они ‹требуют| мира.");
    desk.press("P H \"орлов\" Enter E");
    assert_eq!(desk.fields("s1"), json!({"holders": [{"entity": "orlov", "how": "explicit"}]}));
    desk.press("Ctrl+Z");
    assert_eq!(desk.fields("s1"), json!({}));
    desk.press("Ctrl+Shift+Z");
    assert_eq!(desk.fields("s1"), json!({"holders": [{"entity": "orlov", "how": "explicit"}]}));
}

fn talks() -> super::desk::Desk {
    Wanted::default().article(TALKS).field("s1", "entity", "orlov").field("s2", "entity", "holm").open()
}

#[test]
fn a_holder_is_found_by_moving_to_its_mention() {
    let mut desk = talks();
    // The nearest mention is offered first, with the entry that the mention is known to name.
    desk.press("P H Enter E");
    assert_eq!(
        desk.fields("s3"),
        json!({"holders": [{"mention": "s2", "entity": "holm", "how": "explicit"}]})
    );
    desk.press("H Left Left Enter I");
    let both = json!([
        {"mention": "s2", "entity": "holm", "how": "explicit"},
        {"mention": "s1", "entity": "orlov", "how": "implicit"},
    ]);
    assert_eq!(desk.fields("s3"), json!({ "holders": both }));
}

#[test]
fn a_holder_is_found_by_clicking_its_mention() {
    let mut desk = talks();
    desk.press("P H");
    let at = desk.at("Орлов");
    desk.stage.click(at, egui::PointerButton::Primary, 1);
    desk.press("E");
    assert_eq!(
        desk.fields("s3"),
        json!({"holders": [{"mention": "s1", "entity": "orlov", "how": "explicit"}]})
    );
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s3"), "the position stays selected");
}

#[test]
fn a_mention_typed_by_its_words_brings_its_entry_along() {
    let mut desk = talks();
    desk.press("P H \"Министр\" Enter E");
    assert_eq!(
        desk.fields("s3"),
        json!({"holders": [{"mention": "s1", "entity": "orlov", "how": "explicit"}]})
    );
}

#[test]
fn a_register_entry_is_made_in_place_and_one_undo_takes_it_back() {
    let mut desk = desk("Фонд ‹«Заря»| за мир.");
    desk.press("E O \"Фонд Заря\" Enter");
    let entity = desk.span("s1").fields.text("entity").map(str::to_owned).expect("the entry is put in");
    let register = &desk.open().desk.workspace.register;
    let made = register.get(&entity).expect("the entry is in the register");
    assert!(made.all_names().any(|name| name == "Фонд Заря"));
    assert_eq!(made.kind, "organisation", "the kind is that of the mention");
    let count = register.len();
    desk.press("Ctrl+Z");
    assert_eq!(desk.open().desk.workspace.register.len(), count - 1);
    assert_eq!(desk.fields("s1"), json!({"kind": "organisation"}));
}

#[test]
fn a_codebook_term_is_made_in_place_and_one_undo_takes_it_back() {
    let mut desk = desk("Они ‹требуют| обмена.");
    let before = desk.open().desk.workspace.codebook.len();
    desk.press("P I \"Обмен пленными\" Enter Escape");
    let codebook = &desk.open().desk.workspace.codebook;
    let made = codebook.iter().find(|t| t.titles.all().any(|t| t == "Обмен пленными")).expect("the term");
    let issues = json!([{"issue": made.id.as_str()}]);
    assert_eq!(desk.fields("s1"), json!({ "issues": issues }));
    desk.press("Ctrl+Z");
    assert_eq!(desk.open().desk.workspace.codebook.len(), before, "one undo takes the term back");
    assert_eq!(desk.fields("s1"), json!({}), "and the record with it");
}

#[test]
fn tab_leaves_a_question_out_and_nothing_is_filled_in_for_it() {
    let mut desk = desk("Они ‹требуют| мира.");
    desk.press("P I Tab F");
    assert_eq!(desk.fields("s1"), json!({"issues": [{"stance": "for"}]}));
    desk.press("H Escape");
    assert_eq!(desk.fields("s1"), json!({"issues": [{"stance": "for"}]}));
}

#[test]
fn a_cue_is_the_selected_words() {
    let mut desk = desk("Они ‹требуют мира| сейчас.");
    desk.press("P U");
    assert!(desk.notices().contains("Select the words in the article first"), "{}", desk.notices());
    desk.select("требуют");
    desk.press("U");
    assert_eq!(desk.fields("s1"), json!({"cue": [[4, 11]]}));
}

#[test]
fn q_gives_another_label_and_x_relates() {
    let mut desk = desk("Они [*position s1: требуют| мира], [claim s2: мира нет].");
    desk.press("Q C");
    assert_eq!(desk.span("s1").label, "claim");
    desk.press("X X \"мира нет\" Enter");
    let set = &desk.open().desk.workspace.set;
    let relations: Vec<_> = set.relations().map(|r| format!("{} {} {}", r.from, r.label, r.to)).collect();
    assert_eq!(relations, ["s1 attacks s2"]);
}
