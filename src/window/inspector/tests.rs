use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::model::{Choice, FieldDef, FieldKind, Fields, Place, Schema, Severity, Status, Value};
use crate::session::Edit;
use crate::validate::{Args, Finding, Fix};
use crate::window::trial::{Stage, place};
use crate::window::words::Language;

struct Room {
    stage: Stage,
    inspector: Inspector,
}

type Test = Harness<'static, Room>;

fn harness(stage: Stage) -> Test {
    let theme = stage.theme;
    let mut harness = Harness::builder()
        .with_size(egui::vec2(340.0, 2400.0))
        .with_theme(theme)
        .with_max_steps(20)
        .with_context_setup(crate::window::look::install)
        .build_ui_state(
            |ui, room: &mut Room| {
                let Room { stage, inspector } = room;
                egui::Frame::new().inner_margin(10.0).show(ui, |ui| {
                    stage.frame(|panel| inspector.show(ui, panel));
                });
            },
            Room { stage, inspector: Inspector::default() },
        );
    harness.run();
    harness
}

fn selected(id: &str) -> Test {
    harness(Stage::new(Language::English).select(id))
}

fn click(harness: &mut Test, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn press(harness: &mut Test, key: Key) {
    harness.key_press(key);
    harness.run();
}

fn type_in(harness: &mut Test, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

/// The box of this name; the heading over it has the same one.
fn typing_box<'t>(harness: &'t Test, name: &'t str) -> egui_kittest::Node<'t> {
    let is_box = |n: &egui_kittest::Node<'_>| {
        matches!(n.accesskit_node().role(), egui::Role::TextInput | egui::Role::MultilineTextInput)
    };
    harness.get_all_by_label(name).find(is_box).unwrap()
}

fn path(text: &str) -> FieldPath {
    text.split('.').fold(FieldPath::root(), |path, step| match step.parse::<usize>() {
        Ok(place) => path.item(place),
        Err(_) => path.then(step),
    })
}

/// The last edit as span, path and value.
fn last(harness: &Test) -> (String, String, Option<Value>) {
    match harness.state().stage.edits().last() {
        Some(Edit::SetFields { span, values, .. }) => {
            (span.to_string(), values[0].0.to_string(), values[0].1.clone())
        }
        other => panic!("{other:?}"),
    }
}

fn set(span: &str, path: &str, value: &str) -> (String, String, Option<Value>) {
    (span.into(), path.into(), Some(Value::text(value)))
}

/// Puts one more field into a label of the schema.
fn with_field(mut stage: Stage, label: &str, def: FieldDef) -> Stage {
    let desk = &mut stage.open().desk;
    let mut schema = Schema::clone(&desk.schema);
    schema.labels.iter_mut().find(|l| l.name == label).unwrap().fields.insert(0, def);
    desk.schema = std::sync::Arc::new(schema);
    stage
}

fn titled(name: &str, kind: FieldKind) -> FieldDef {
    FieldDef::bare(name, kind)
}

#[test]
fn a_choice_is_set_by_a_click_and_unset_by_another() {
    let mut h = selected("s3");
    click(&mut h, "Kind: organisation");
    assert_eq!(last(&h), set("s3", "kind", "organisation"));
    click(&mut h, "Kind: organisation");
    assert_eq!(last(&h), ("s3".into(), "kind".into(), None));
    assert!(h.state().stage.fields("s3").is_empty());
}

#[test]
fn letters_and_arrows_pick_within_a_row_and_arrows_make_one_step() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_field(&path("mention_level"));
    h.run();
    press(&mut h, Key::M);
    assert_eq!(last(&h), set("s3", "mention_level", "nominal"));
    let steps = h.state_mut().stage.open().desk.history.done().len();
    press(&mut h, Key::ArrowRight);
    press(&mut h, Key::ArrowRight);
    assert_eq!(last(&h), set("s3", "mention_level", "named"), "the row is a ring");
    assert_eq!(h.state_mut().stage.open().desk.history.done().len(), steps + 1);
}

#[test]
fn tab_goes_from_field_to_field_not_from_button_to_button() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_first();
    h.run();
    assert!(h.get_by_label("Kind: place").is_focused());
    press(&mut h, Key::Tab);
    assert!(h.get_by_label("Mention: named").is_focused());
}

#[test]
fn the_first_required_field_gets_the_keyboard() {
    let mut h = selected("s5");
    h.state_mut().inspector.focus_first();
    h.run();
    assert!(h.get_by_label("Add: Issues").is_focused());
    h.state_mut().inspector.focus_note();
    h.run();
    assert!(typing_box(&h, "Note").is_focused());
}

#[test]
fn several_choices_are_kept_in_the_order_of_the_schema() {
    let choices = ["one", "two", "three"].map(Choice::bare).to_vec();
    let def = FieldDef { max: Some(2), ..titled("some", FieldKind::Choice(choices)) };
    let mut h = harness(with_field(Stage::new(Language::English), "entity", def).select("s3"));
    click(&mut h, "some: three");
    click(&mut h, "some: one");
    let both = Value::List(vec![Value::text("one"), Value::text("three")]);
    assert_eq!(last(&h).2, Some(both.clone()));
    click(&mut h, "some: two");
    assert_eq!(h.state().stage.fields("s3").get("some"), Some(&both), "two at most");
    click(&mut h, "some: one");
    click(&mut h, "some: three");
    assert_eq!(last(&h).2, None);
}

#[test]
fn many_choices_are_searched() {
    let names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];
    let def = titled("letter", FieldKind::Choice(names.map(Choice::bare).to_vec()));
    let mut h = harness(with_field(Stage::new(Language::English), "entity", def).select("s3"));
    h.state_mut().inspector.focus_first();
    h.run();
    type_in(&mut h, "gam");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s3", "letter", "gamma"));
    h.get_by_label("letter: gamma");
}

#[test]
fn typing_into_a_text_is_one_step_and_emptying_it_unsets() {
    let mut h = harness(
        with_field(Stage::new(Language::English), "entity", titled("remark", FieldKind::Text)).select("s3"),
    );
    h.state_mut().inspector.focus_first();
    h.run();
    for piece in ["п", "р", "о"] {
        type_in(&mut h, piece);
    }
    assert_eq!(last(&h), set("s3", "remark", "про"));
    assert_eq!(h.state_mut().stage.open().desk.history.done().len(), 1);
    for _ in 0..3 {
        press(&mut h, Key::Backspace);
    }
    assert_eq!(last(&h), ("s3".into(), "remark".into(), None));
}

#[test]
fn a_box_follows_undo_while_it_has_the_keyboard() {
    let mut h = harness(
        with_field(Stage::new(Language::English), "entity", titled("remark", FieldKind::Text)).select("s3"),
    );
    h.state_mut().inspector.focus_first();
    h.run();
    type_in(&mut h, "abc");
    h.state_mut().stage.open().desk.undo().unwrap();
    h.run();
    assert_eq!(typing_box(&h, "remark").value().as_deref(), Some(""));
}

#[test]
fn few_whole_numbers_are_buttons_and_digits_pick_them() {
    let mut h = selected("s2");
    click(&mut h, "Your confidence: 2");
    assert_eq!(last(&h).2, Some(Value::Integer(2)));
    h.state_mut().inspector.focus_field(&path("confidence"));
    h.run();
    press(&mut h, Key::Num5);
    assert_eq!(last(&h).2, Some(Value::Integer(5)));
    click(&mut h, "Your confidence: 5");
    assert_eq!(last(&h).2, None);
}

#[test]
fn other_numbers_are_typed_stepped_and_checked() {
    let kind = FieldKind::Number { min: Some(0.0), max: Some(100.0), whole: false };
    let mut h =
        harness(with_field(Stage::new(Language::English), "entity", titled("share", kind)).select("s3"));
    click(&mut h, "share: +1");
    assert_eq!(last(&h).2, Some(Value::Integer(0)), "from unset to the least");
    click(&mut h, "share: +1");
    assert_eq!(last(&h).2, Some(Value::Integer(1)));
    h.state_mut().inspector.focus_first();
    h.run();
    type_in(&mut h, ",5");
    assert_eq!(last(&h).2, Some(Value::Number(1.5)));
    let before = h.state().stage.edits().len();
    type_in(&mut h, "x");
    assert_eq!(h.state().stage.edits().len(), before, "what is no number is not set");
    h.get_by_label_contains("A number from 0 to 100");
    click(&mut h, "Clear: share");
    assert_eq!(last(&h).2, None);
}

#[test]
fn dates_are_typed_whole_or_in_part_and_stepped() {
    let mut h = harness(
        with_field(Stage::new(Language::English), "entity", titled("day", FieldKind::Date)).select("s3"),
    );
    h.state_mut().inspector.focus_first();
    h.run();
    type_in(&mut h, "2026");
    assert_eq!(last(&h), set("s3", "day", "2026"));
    type_in(&mut h, "-1");
    h.get_by_label_contains("A date like");
    assert_eq!(h.state().stage.fields("s3").text("day"), Some("2026"));
    type_in(&mut h, "2");
    assert_eq!(last(&h), set("s3", "day", "2026-12"));
    click(&mut h, "day, Month: +1");
    assert_eq!(last(&h), set("s3", "day", "2027-01"));
}

#[test]
fn yes_no_has_three_states() {
    let mut h = harness(
        with_field(Stage::new(Language::English), "entity", titled("sure", FieldKind::YesNo)).select("s3"),
    );
    click(&mut h, "sure: no");
    assert_eq!(last(&h).2, Some(Value::Bool(false)));
    click(&mut h, "sure: yes");
    assert_eq!(last(&h).2, Some(Value::Bool(true)));
    click(&mut h, "sure: yes");
    assert_eq!(last(&h).2, None);
}

#[test]
fn a_stretch_takes_the_selection_goes_there_and_clears() {
    let mut stage = Stage::new(Language::English).select("s5");
    stage.selection = vec![place("отверг")];
    let mut h = harness(stage);
    click(&mut h, "Cue: Use the selection");
    assert_eq!(last(&h), ("s5".into(), "cue".into(), Some(Value::stretch(&[place("отверг")]))));
    click(&mut h, "Cue: «отверг»");
    assert_eq!(h.state().stage.log.last(), Some(&Request::GoTo(place("отверг"))));
    click(&mut h, "Clear: Cue");
    assert_eq!(last(&h).2, None);
}

#[test]
fn an_entity_is_found_in_any_script_and_picked_by_keyboard() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_field(&path("entity"));
    h.run();
    type_in(&mut h, "зареч");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s3", "entity", "zarechye"));
    let chip = h.get_by_label("Who or what: Zarechye");
    assert!(chip.is_focused(), "the keyboard stays at the field");
    click(&mut h, "Clear: Who or what");
    assert_eq!(last(&h).2, None);
}

#[test]
fn arrows_go_down_the_list_and_a_click_picks_too() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_field(&path("entity"));
    h.run();
    press(&mut h, Key::ArrowDown);
    press(&mut h, Key::Enter);
    assert_eq!(
        last(&h),
        set("s3", "entity", "orlov"),
        "the place of that name is first, then who is used here"
    );
    click(&mut h, "Who or what: Viktor Orlov");
    h.get_by_label_contains("Norvia, organisation").click();
    h.run();
    assert_eq!(last(&h), set("s3", "entity", "norvia"));
}

#[test]
fn an_entity_is_created_in_place_with_the_kind_of_its_mention() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_field(&path("entity"));
    h.run();
    type_in(&mut h, "Nowhere");
    press(&mut h, Key::Enter);
    let into = Some(("s3".into(), path("entity")));
    let edit = Edit::CreateEntity { name: "Nowhere".into(), kind: "place".into(), into };
    assert_eq!(h.state().stage.edits().last(), Some(&edit));
    h.get_by_label("Who or what: Nowhere");
}

#[test]
fn a_claims_kind_is_no_kind_of_entity() {
    let mut h = selected("s6");
    h.state_mut().inspector.focus_field(&path("about"));
    h.run();
    type_in(&mut h, "Somebody");
    h.get_by_label_contains("Create “Somebody”").click();
    h.run();
    let into = Some(("s6".into(), path("about.0")));
    let edit = Edit::CreateEntity { name: "Somebody".into(), kind: String::new(), into };
    assert_eq!(h.state().stage.edits().last(), Some(&edit));
}

#[test]
fn the_codebook_is_a_tree_and_a_term_is_created_under_a_parent() {
    let mut h = selected("s5");
    click(&mut h, "Add: Issues");
    assert!(typing_box(&h, "Issue").is_focused(), "a new record begins with its first field");
    h.get_by_label_contains("Withdrawal of troops");
    press(&mut h, Key::ArrowLeft);
    assert!(h.query_by_label_contains("Withdrawal of troops").is_none(), "the branch is folded");
    type_in(&mut h, "Prisoners");
    h.get_by_label_contains("Create the term").click();
    h.run();
    type_in(&mut h, "Guar");
    press(&mut h, Key::ArrowDown);
    press(&mut h, Key::Enter);
    match h.state().stage.edits().last() {
        Some(Edit::CreateTerm { term, into }) => {
            assert_eq!(term.id.as_str(), "guarantees.prisoners");
            assert_eq!(term.parent, Some("guarantees".into()));
            assert_eq!(*into, Some(("s5".into(), path("issues.0.issue"))));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_span_link_offers_the_nearest_first_and_leads_there() {
    let mut h = selected("s5");
    click(&mut h, "Add: Holders");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s5", "holders[1].mention", "s4"));
    h.get_by_label_contains("Mention: «Глава").click();
    h.run();
    assert_eq!(h.state().stage.log.last(), Some(&Request::Select(Some("s4".into()))));
}

#[test]
fn a_field_of_either_kind_takes_free_text_where_that_is_allowed() {
    let mut h = selected("s5");
    h.state_mut().inspector.focus_field(&path("condition"));
    h.run();
    type_in(&mut h, "если уйдут");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s5", "condition", "если уйдут"));
    h.get_by_label("Condition: если уйдут");
}

#[test]
fn a_list_of_links_grows_and_shrinks() {
    let mut h = selected("s5");
    h.state_mut().inspector.focus_field(&path("addressees"));
    h.run();
    type_in(&mut h, "норв");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s5", "addressees[1]", "norvia"));
    h.state_mut().inspector.focus_field(&path("addressees"));
    h.run();
    type_in(&mut h, "viktor");
    press(&mut h, Key::Enter);
    assert_eq!(last(&h), set("s5", "addressees[2]", "orlov"));
    click(&mut h, "Clear: Addressed to 1");
    let left = h.state().stage.fields("s5").get("addressees").cloned();
    assert_eq!(left, Some(Value::List(vec![Value::text("orlov")])));
}

#[test]
fn records_are_added_moved_and_removed_and_none_is_left_empty() {
    let mut h = selected("s2");
    click(&mut h, "Add: Holders");
    assert_eq!(h.state().stage.fields("s2").get("holders").unwrap().each().len(), 1, "nothing said yet");
    h.get_all_by_label("How: unknown").last().unwrap().click();
    h.run();
    assert_eq!(last(&h), set("s2", "holders[2].how", "unknown"));
    click(&mut h, "Move up: Holders 2");
    let how = |h: &Test, place: &str| {
        h.state().stage.fields("s2").at(&path(place)).and_then(Value::as_text).map(str::to_owned)
    };
    assert_eq!(how(&h, "holders.0.how").as_deref(), Some("unknown"));
    // Unsetting the only field of a record takes the record along.
    h.get_all_by_label("How: unknown").next().unwrap().click();
    h.run();
    assert_eq!(last(&h), ("s2".into(), "holders[1]".into(), None));
    assert_eq!(how(&h, "holders.0.how").as_deref(), Some("explicit"));
    click(&mut h, "Remove: Holders 1");
    assert_eq!(last(&h), ("s2".into(), "holders".into(), None));
}

#[test]
fn many_complete_records_are_folded_and_open_for_the_keyboard() {
    let mut stage = Stage::new(Language::English).select("s5");
    let holder = |id: &str| {
        let fields: Fields =
            [("entity", Value::text(id)), ("how", Value::text("explicit"))].into_iter().collect();
        Value::Record(fields)
    };
    let holders = Value::List(["orlov", "holm", "norvia"].map(holder).to_vec());
    stage.open().desk.set_field(&"s5".into(), &path("holders"), Some(holders), None).unwrap();
    let mut h = harness(stage);
    assert!(h.query_by_label("Who: Erik Holm").is_none());
    h.get_by_label_contains("2. Erik Holm · explicit");
    h.state_mut().inspector.focus_field(&path("holders.1.entity"));
    h.run();
    assert!(h.get_by_label("Who: Erik Holm").is_focused());
    click(&mut h, "Holders 2: Fold");
    assert!(h.query_by_label("Who: Erik Holm").is_none());
}

#[test]
fn fields_the_schema_does_not_know_are_shown_flagged_and_removable() {
    let mut h = selected("s6");
    h.get_by_label("harsh");
    h.get_by_label("The schema does not know this field");
    click(&mut h, "Remove: tone");
    assert_eq!(last(&h), ("s6".into(), "tone".into(), None));
}

#[test]
fn a_value_of_the_wrong_shape_is_kept_until_the_user_removes_it() {
    let mut stage = Stage::new(Language::English).select("s5");
    stage.open().desk.set_field(&"s5".into(), &path("holders"), Some(Value::text("Хольм")), None).unwrap();
    let mut h = harness(stage);
    h.get_by_label("This value does not fit the field");
    click(&mut h, "Remove: Holders");
    assert_eq!(last(&h).2, None);
}

#[test]
fn parts_lead_to_their_words_and_can_be_removed() {
    let mut h = selected("s7");
    click(&mut h, "Part 2: продолжатся в Женеве");
    assert_eq!(h.state().stage.log.last(), Some(&Request::GoTo(place("продолжатся в Женеве"))));
    click(&mut h, "Remove: Part 1: переговоры");
    let edit = Edit::RemovePart { span: "s7".into(), part: 0 };
    assert_eq!(h.state().stage.edits().last(), Some(&edit));
    assert!(h.query_by_label_contains("Part 1").is_none(), "one part is no list");
}

#[test]
fn the_label_is_changed_among_the_schemas() {
    let mut h = selected("s5");
    click(&mut h, "Change label");
    click(&mut h, "Change label: Claim");
    assert_eq!(h.state().stage.edits(), [Edit::Relabel { span: "s5".into(), label: "claim".into() }]);
}

#[test]
fn a_note_is_one_step() {
    let mut h = selected("s5");
    h.state_mut().inspector.focus_note();
    h.run();
    type_in(&mut h, "a");
    type_in(&mut h, "b");
    match h.state().stage.edits().last() {
        Some(Edit::SetNote { note, .. }) => assert_eq!(note, "ab"),
        other => panic!("{other:?}"),
    }
    assert_eq!(h.state_mut().stage.open().desk.history.done().len(), 1);
}

#[test]
fn relations_are_shown_turned_removed_and_added() {
    let mut h = selected("s2");
    h.get_by_label_contains("attacks: «отверг");
    click(&mut h, "Turn round: attacks");
    assert_eq!(h.state().stage.edits().last(), Some(&Edit::TurnRelation { relation: "r1".into() }));
    h.get_by_label_contains("Remove: attacks").click();
    h.run();
    assert_eq!(h.state().stage.edits().last(), Some(&Edit::RemoveRelation { relation: "r1".into() }));
    click(&mut h, "+ Add a relation");
    click(&mut h, "Add a relation: supports");
    type_in(&mut h, "гарантии");
    press(&mut h, Key::Enter);
    let edit = Edit::Relate { from: "s2".into(), to: "s6".into(), label: "supports".into() };
    assert_eq!(h.state().stage.edits().last(), Some(&edit));
}

#[test]
fn findings_stand_under_their_field_and_offer_their_fix() {
    let mut stage = Stage::new(Language::English).select("s5");
    let finding = Finding {
        code: "P999",
        rule: "trial-rule",
        severity: Severity::Error,
        file: "".into(),
        place: Place::default(),
        article: None,
        article_place: None,
        span: Some("s5".into()),
        relation: None,
        path: Some(path("issues").into()),
        range: None,
        template: "A position needs an issue",
        args: Args::default(),
        fix: Some(Fix { title: "Mend it".into(), changes: Vec::new(), safe: true }.into()),
    };
    stage.open().findings = vec![finding.clone()].into();
    let mut h = harness(stage);
    assert_eq!(h.get_all_by_label_contains("A position needs an issue").count(), 3, "field, list, button");
    click(&mut h, "Fix: A position needs an issue");
    assert_eq!(h.state().stage.log.last(), Some(&Request::Fix(Box::new(finding))));
}

#[test]
fn escape_clears_a_search_then_goes_to_the_text() {
    let mut h = selected("s3");
    h.state_mut().inspector.focus_field(&path("entity"));
    h.run();
    type_in(&mut h, "zz");
    press(&mut h, Key::Escape);
    assert_eq!(typing_box(&h, "Who or what").value().as_deref(), Some(""));
    assert!(h.state().stage.log.is_empty());
    press(&mut h, Key::Escape);
    assert_eq!(h.state().stage.log, [Request::Command(Command::GoToText)]);
}

#[test]
fn escape_anywhere_else_goes_to_the_text() {
    let mut h = selected("s3");
    press(&mut h, Key::Escape);
    assert!(h.state().stage.log.is_empty(), "the keyboard was not here");
    h.state_mut().inspector.focus_first();
    h.run();
    press(&mut h, Key::Escape);
    assert_eq!(h.state().stage.log, [Request::Command(Command::GoToText)]);
}

#[test]
fn a_read_only_article_can_be_read_and_walked_but_not_changed() {
    let mut stage = Stage::new(Language::English).select("s2");
    stage.open().read_only = Some(ReadOnly::OpenElsewhere { pid: 7, since: String::new() });
    let mut h = harness(stage);
    h.get_by_label_contains("Another window has these annotations open");
    click(&mut h, "Act: offer");
    click(&mut h, "Remove: Holders 1");
    h.state_mut().inspector.focus_first();
    h.run();
    type_in(&mut h, "x");
    press(&mut h, Key::D);
    assert!(h.state().stage.edits().is_empty(), "{:?}", h.state().stage.edits());
    h.get_by_label_contains("Mention: «Министр").click();
    h.run();
    assert_eq!(h.state().stage.selected, Some("s1".into()), "going somewhere is no change");
}

#[test]
fn without_a_selection_there_are_status_counts_and_a_hint() {
    let mut h = harness(Stage::new(Language::English));
    h.get_by_label_contains("To tag, select words");
    h.get_by_label_contains("7 tags");
    click(&mut h, "Progress: Done");
    assert_eq!(h.state().stage.edits(), [Edit::SetStatus { status: Status::Done }]);
    h.state_mut().stage.session = None;
    h.run();
    h.get_by_label("Open an article to see its fields here");
}

#[test]
fn the_fields_of_the_article_are_edited_where_the_schema_has_any() {
    let mut stage = Stage::new(Language::English);
    let desk = &mut stage.open().desk;
    let mut schema = Schema::clone(&desk.schema);
    let def = FieldDef::bare("genre", FieldKind::Choice(["news", "essay"].map(Choice::bare).to_vec()));
    schema.article_fields.push(def);
    desk.schema = std::sync::Arc::new(schema);
    let mut h = harness(stage);
    click(&mut h, "genre: essay");
    let edit = Edit::SetArticleField { path: path("genre"), value: Some(Value::text("essay")) };
    assert_eq!(h.state().stage.edits(), [edit]);
}

#[test]
fn russian_and_ukrainian_speak_their_language() {
    let h = harness(Stage::new(Language::Russian).select("s2"));
    for label in ["Действие: требует", "Добавить: Темы", "Убрать: Кто хочет 1", "Кто: Виктор Орлов"]
    {
        h.get_by_label(label);
    }
    let h = harness(Stage::new(Language::Ukrainian).select("s5"));
    h.get_by_label("Додати: Теми");
    h.get_by_label_contains("треба заповнити");
}
