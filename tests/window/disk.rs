//! What is done is on disk soon, comes back, and gets along with other windows and other programs.

use postil::model::{Parts, Span, SpanId, Value};
use postil::session::{Edit, ReadOnly, SaveState};
use postil::text::TextRange;
use serde_json::json;

use super::desk::{Desk, Window, desk};

fn saved(window: &Window) -> bool {
    let open = window.app().session().and_then(|s| s.open.as_ref());
    open.is_some_and(|open| open.save == SaveState::Saved)
}

fn tagged_and_saved() -> Desk {
    let mut desk = desk("Кто ‹требует| мира?");
    desk.press("P A D");
    desk.until("it is saved", saved);
    desk
}

#[test]
fn what_is_tagged_is_on_disk_without_asking() {
    let mut desk = desk("Кто ‹требует| мира?");
    assert!(!desk.file().contains("s1"));
    desk.press("P A D");
    assert!(desk.shows("Saving…"), "it says that it is not on disk yet");
    desk.until("it is saved", saved);
    let file = desk.file();
    assert!(file.contains("требует") && file.contains("demand"), "{file}");
    assert!(desk.shows("Saved"));
}

#[test]
fn ctrl_s_saves_at_once_and_saving_again_changes_no_byte() {
    let mut desk = desk("Кто ‹требует| мира?");
    desk.press("P Ctrl+S");
    let file = desk.file();
    assert!(file.contains("требует"), "{file}");
    assert!(desk.notices().contains("Saved"));
    desk.press("Ctrl+S");
    assert_eq!(desk.file(), file);
}

#[test]
fn spans_and_steps_survive_a_restart() {
    let desk = tagged_and_saved();
    let mut desk = desk.restart();
    assert_eq!(desk.fields("s1"), json!({"act": "demand"}));
    assert_eq!(desk.open().desk.history.done().len(), 2);
    desk.press("Ctrl+Z");
    assert_eq!(desk.fields("s1"), json!({}));
    desk.press("Ctrl+Z");
    assert!(desk.open().desk.workspace.set.is_empty());
    desk.press("Ctrl+Shift+Z Ctrl+Shift+Z");
    assert_eq!(desk.fields("s1"), json!({"act": "demand"}));
}

#[test]
fn steps_taken_back_before_a_restart_can_be_done_again_after_it() {
    let mut desk = tagged_and_saved();
    desk.press("Ctrl+Z");
    let mut desk = desk.restart();
    assert_eq!(desk.fields("s1"), json!({}));
    desk.press("Ctrl+Shift+Z");
    assert_eq!(desk.fields("s1"), json!({"act": "demand"}));
}

#[test]
fn a_register_entry_made_in_place_is_in_the_file_after_a_restart() {
    let mut desk = desk("Фонд ‹Заря| за мир.");
    desk.press("E O \"Фонд Заря\" Enter");
    let desk = desk.restart();
    let id = desk.span("s1").fields.text("entity").unwrap().to_owned();
    assert!(desk.open().desk.workspace.register.get(&id).is_some());
    let file = std::fs::read_to_string(desk.root.join("register.ron")).unwrap();
    assert!(file.contains("Фонд Заря"), "{file}");
}

#[test]
fn a_second_window_may_read_but_not_write_and_says_so() {
    let desk = tagged_and_saved();
    let mut second = desk.again();
    assert!(matches!(second.open().read_only, Some(ReadOnly::OpenElsewhere { .. })));
    assert!(second.shows("Read only"), "{}", second.stage.tree_text());
    second.select("мира");
    second.press("P");
    assert_eq!(second.open().desk.workspace.set.len(), 1);
    assert!(second.notices().contains("open in another window"), "{}", second.notices());
    second.press("Tab Delete Ctrl+Z A");
    assert_eq!(second.open().desk.workspace.set.len(), 1);
    assert_eq!(second.fields("s1"), json!({"act": "demand"}));
    drop(desk);
    let third = second.again();
    assert_eq!(third.open().read_only, None, "the lock ends with the window that had it");
}

fn another(set: &mut postil::model::AnnotationSet) {
    let parts = Parts::one(TextRange::new(12_u32, 16_u32).unwrap());
    set.insert(Span::new("s9", "claim", parts));
}

#[test]
fn what_another_program_adds_is_taken_in() {
    let mut desk = tagged_and_saved();
    desk.change_on_disk(another);
    desk.until("the new span is there", |w| tagged_ids(w).contains(&"s9".to_owned()));
    assert_eq!(desk.fields("s1"), json!({"act": "demand"}));
    assert!(desk.notices().contains("Took in one change"), "{}", desk.notices());
    desk.press("Ctrl+Z");
    assert_eq!(tagged_ids(&desk.stage), ["s1"], "taking in is a step that can be undone");
}

fn tagged_ids(window: &Window) -> Vec<String> {
    let open = window.app().session().and_then(|s| s.open.as_ref()).unwrap();
    open.desk.workspace.set.spans().map(|s| s.id.to_string()).collect()
}

#[test]
fn what_both_changed_in_different_places_is_kept_both() {
    let mut desk = tagged_and_saved();
    desk.press("M A");
    desk.change_on_disk(another);
    desk.until("the new span is there", |w| tagged_ids(w).contains(&"s9".to_owned()));
    desk.until("it is saved", saved);
    assert_eq!(desk.fields("s1"), json!({"act": "demand", "modality": "actual"}));
    let file = desk.file();
    assert!(file.contains("s9") && file.contains("actual"), "{file}");
}

/// The file holds the first span; the second is done before the session hears that the first was saved. Someone else's change then
/// must not be taken for a removal of the second.
#[test]
fn what_is_done_while_saving_is_not_lost_to_a_merge() {
    let desk = desk("Кто требует мира?");
    let root = desk.root.clone();
    let mut session = {
        let second = postil::session::Session::open(&root, "anna", std::sync::Arc::new(|| {}));
        drop(desk.stage);
        second.unwrap().0
    };
    session.open_article(super::desk::FIRST).unwrap();
    let tag = |start: u32, end: u32| Edit::Tag {
        ranges: vec![TextRange::new(start, end).unwrap()],
        label: "claim".into(),
    };
    session.edit(tag(0, 3)).unwrap();
    let file = root.join("annotations/anna/1.ron");
    let begun = std::time::Instant::now();
    while !file.is_file() {
        assert!(begun.elapsed().as_secs() < 20, "the first span is not saved");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    session.edit(tag(4, 11)).unwrap();
    session.tick();
    super::desk::change_on_disk(&root, another);
    let open = |session: &postil::session::Session| session.open.as_ref().unwrap().desk.workspace.set.len();
    while session.open.as_ref().unwrap().desk.span(&SpanId::from("s9")).is_none() {
        assert!(begun.elapsed().as_secs() < 40, "the change is not taken in");
        std::thread::sleep(std::time::Duration::from_millis(5));
        session.tick();
    }
    assert_eq!(open(&session), 3);
}

fn rejecting(set: &mut postil::model::AnnotationSet) {
    let mut span = Span::clone(&set.remove(&SpanId::from("s1")).unwrap());
    span.fields.set("act", Value::text("reject"));
    set.insert(span);
}

fn clashing() -> Desk {
    let mut desk = tagged_and_saved();
    // The other program read the file before we changed the span, and writes it after.
    let write = super::desk::prepare_change(&desk.root, rejecting);
    desk.press("A O");
    write();
    desk.until("the clash is seen", |w| {
        !w.app().session().and_then(|s| s.open.as_ref()).unwrap().clashes.is_empty()
    });
    desk
}

#[test]
fn what_both_changed_is_asked_about_and_mine_can_stay() {
    let mut desk = clashing();
    assert_eq!(desk.fields("s1"), json!({"act": "offer"}), "mine is in force until then");
    let tree = desk.stage.tree_text();
    assert!(tree.contains("offer") && tree.contains("reject"), "both are shown: {tree}");
    desk.stage.click_label(&say("conflict-all-mine")).unwrap();
    desk.stage.click_label(&say("conflict-apply")).unwrap();
    assert!(desk.open().clashes.is_empty());
    desk.until("it is saved", saved);
    assert!(desk.file().contains("offer"));
    assert_eq!(desk.fields("s1"), json!({"act": "offer"}));
}

#[test]
fn what_both_changed_is_asked_about_and_theirs_can_be_taken() {
    let mut desk = clashing();
    desk.stage.click_label(&say("conflict-all-theirs")).unwrap();
    desk.stage.click_label(&say("conflict-apply")).unwrap();
    assert_eq!(desk.fields("s1"), json!({"act": "reject"}));
    desk.until("it is saved", saved);
    assert!(desk.file().contains("reject"));
    desk.press("Ctrl+Z");
    assert_eq!(desk.fields("s1"), json!({"act": "offer"}), "the decision can be undone");
}

#[test]
fn a_clash_can_be_put_off_and_mine_stays_in_force() {
    let mut desk = clashing();
    desk.press("Escape");
    assert!(!desk.shows(&say("conflict-apply")), "it does not come back at once");
    assert_eq!(desk.open().clashes.len(), 1);
    assert_eq!(desk.fields("s1"), json!({"act": "offer"}));
}

#[test]
fn a_file_removed_by_another_program_is_written_again() {
    let mut desk = tagged_and_saved();
    std::fs::remove_file(desk.file_path()).unwrap();
    let path = desk.file_path();
    desk.until("the file is there again", |_| path.is_file());
    assert!(desk.file().contains("demand"));
}

#[test]
fn a_broken_file_is_not_written_over_and_is_said() {
    let mut desk = tagged_and_saved();
    let broken = "(format: 1, spans: [";
    std::fs::write(desk.file_path(), broken).unwrap();
    desk.until("it is said", |w| !w.app().notice_texts().is_empty());
    desk.press("M A");
    desk.stage.wait(1.0);
    assert_eq!(desk.file(), broken);
    assert_eq!(desk.fields("s1"), json!({"act": "demand", "modality": "actual"}));
}

fn say(key: &str) -> String {
    postil::window::words::Words::new(postil::window::words::Language::English).say(key)
}
