//! Import and export through their dialogs: by keys, with an eye on the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::vec2;
use serde_json::{Value as Json, json};

use super::desk::{Desk, Wanted, Window};

fn talks() -> Desk {
    let wanted = Wanted::default()
        .article("Переговоры\n\n[entity s1: Орлов] [position s2: требует вывести войска].|")
        .article("Второй день\n\n[entity s1: Стороны] молчат.")
        .field("s2", "act", "demand")
        .size(vec2(1100.0, 720.0));
    let mut desk = wanted.open();
    desk.until("the rows are read", |w| !w.app().session().unwrap().is_reading());
    desk
}

/// Every file of the project but its private ones, with its bytes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match (path.is_dir(), path.ends_with(".postil")) {
                (_, true) => {}
                (true, _) => folders.push(path),
                (false, _) => drop(all.insert(path.clone(), std::fs::read(&path).unwrap())),
            }
        }
    }
    all
}

fn shows(words: &str) -> impl Fn(&Window) -> bool {
    move |window: &Window| window.nodes().iter().any(|node| node.label.contains(words))
}

/// A record in the lossless format; the span is the text's first word.
fn record(article: &str, annotator: &str, text: &str, label: &str) -> String {
    let end = text.split(' ').next().unwrap().chars().count();
    json!({"article": article, "annotator": annotator, "text": text, "spans": [{"id": "s1", "label": label, "start": 0, "end": end}]})
        .to_string()
}

fn source(desk: &Desk, records: &[String]) -> String {
    let path = desk.root.parent().unwrap().join("in.jsonl");
    std::fs::write(&path, records.join("\n")).unwrap();
    path.display().to_string()
}

/// Opens the import dialog and gives it a source, by keys alone.
fn look_at(desk: &mut Desk, source: &str) {
    // The dialog begins with the button that chooses; the line for a path is before it.
    desk.press("Ctrl+Shift+I Shift+Tab");
    desk.stage.text(source);
    desk.until("the source was looked at", |w| {
        shows("comes in")(w) || shows("come in")(w) || shows("Nothing of it")(w)
    });
}

#[test]
fn what_is_exported_lies_where_it_was_wished_and_can_be_done_again_from_a_shell() {
    let mut desk = talks();
    let out = desk.root.parent().unwrap().join("мои данные.jsonl");
    desk.press("Ctrl+Shift+E Tab Ctrl+A");
    desk.stage.text(&out.display().to_string());
    desk.until("it was looked at", shows("2 sets of annotations on 2 articles"));
    desk.until("losses were counted", shows("Nothing will be lost"));
    assert!(
        shows("\"surface\"")(&desk.stage) || shows("articles/1.txt")(&desk.stage),
        "the first records are shown"
    );
    assert!(!out.exists(), "nothing is written before it is wished");
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Exported 2 sets"));
    let lines = std::fs::read_to_string(&out).unwrap();
    assert_eq!(lines.lines().count(), 2);
    desk.stage.click_label("Copy command line").unwrap();
    let command = desk.stage.clipboard().to_owned();
    assert!(command.starts_with("postil export jsonl --project "), "{command}");
    assert!(command.contains(&format!("--out '{}' --annotator anna", out.display())), "{command}");
    desk.stage.click_label("Show in folder").unwrap();
    desk.stage.settle();
    assert!(
        desk.stage.opened_links().iter().any(|link| link.starts_with("file:///")),
        "{:?}",
        desk.stage.opened_links()
    );
    desk.press("Escape");
    assert!(!desk.shows("Export annotations"));
}

#[test]
fn what_a_format_cannot_carry_is_told_and_a_file_that_is_there_is_asked_about() {
    let mut desk = talks();
    let out = desk.root.parent().unwrap().join("there.csv");
    std::fs::write(&out, "mine").unwrap();
    // Down goes through the formats; one file is there already.
    desk.press("Ctrl+Shift+E ArrowDown ArrowDown ArrowDown ArrowDown ArrowDown");
    assert!(values(&desk).contains(&"CoNLL columns".to_owned()), "{}", desk.stage.tree_text());
    desk.until("losses were counted", shows("cannot carry everything"));
    desk.press("Tab Ctrl+A");
    desk.stage.text(&out.display().to_string());
    desk.until("it was looked at", shows("There is a file of this name already"));
    desk.press("Ctrl+Enter");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "mine");
    desk.stage.click_label("Write over what is there").unwrap();
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Exported 2 sets"));
    assert!(std::fs::read_to_string(&out).unwrap().contains("B-"), "tagged tokens");
}

#[test]
fn escape_leaves_the_export_and_nothing_is_written() {
    let mut desk = talks();
    let before = files(&desk.root);
    desk.press("Ctrl+Shift+E");
    assert!(desk.shows("Export annotations"));
    desk.press("Escape");
    assert!(!desk.shows("Export annotations"));
    assert_eq!(files(&desk.root), before);
}

#[test]
fn an_import_is_looked_at_confirmed_and_taken_back_to_the_last_byte() {
    let mut desk = talks();
    let before = files(&desk.root);
    let source = source(
        &desk,
        &[
            record("articles/1.txt", "boris", "Переговоры\n\nОрлов требует вывести войска.", "person"),
            record("новая.txt", "anna", "Киев молчит.", "entity"),
            "{broken".to_owned(),
        ],
    );
    look_at(&mut desk, &source);
    desk.until("both sets are there", shows("2 sets of annotations come in, with 1 new article"));
    assert!(shows("1 thing is left out")(&desk.stage));
    desk.stage.click_label("Left out and remarks (1)").unwrap();
    assert!(shows("in.jsonl: line 3")(&desk.stage), "{}", desk.stage.tree_text());
    assert_eq!(files(&desk.root), before, "looking changes nothing");
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 2 sets"));
    let after = files(&desk.root);
    assert_eq!(after.len(), before.len() + 3, "two sets and an article");
    let schema = std::fs::read_to_string(desk.root.join("schema.ron")).unwrap();
    assert!(schema.contains("\"person\""));
    assert!(desk.stage.app().session().unwrap().rows.iter().any(|row| row.path == "articles/новая.txt"));
    assert_eq!(desk.open().desk.article.path, "articles/1.txt", "the article at hand is open again");
    desk.stage.click_label("Take back the import…").unwrap();
    desk.press("Enter");
    desk.until("it was taken back", shows("Taken back"));
    assert_eq!(files(&desk.root), before);
    assert_eq!(desk.stage.app().session().unwrap().rows.len(), 2);
    desk.press("Enter");
    desk.press("Ctrl+K \"take back\" Enter");
    assert!(shows("There is no import that could be taken back")(&desk.stage));
}

#[test]
fn names_that_the_project_does_not_know_become_others_and_that_is_remembered() {
    let mut desk = talks();
    let source = source(
        &desk,
        &[record("x.txt", "user 1", "Киев молчит.", "PER"), record("y.txt", "user 1", "Рим молчит.", "MISC")],
    );
    look_at(&mut desk, &source);
    desk.stage.click_label("Names (3)").unwrap();
    for (name, choice) in [
        ("Label PER · 1", "becomes entity"),
        ("Label MISC · 1", "leave out"),
        ("Annotator user 1 · 2", "becomes anna"),
    ] {
        choose(&mut desk, name, choice);
    }
    desk.until("it was looked at again", shows("2 sets of annotations come in"));
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 2 sets"));
    let set = std::fs::read_to_string(desk.root.join("annotations/anna/x.ron")).unwrap();
    assert!(set.contains("\"entity\""), "{set}");
    assert!(!std::fs::read_to_string(desk.root.join("annotations/anna/y.ron")).unwrap().contains("MISC"));
    assert!(!desk.root.join("annotations/user 1").exists());
    desk.press("Enter");
    let again = source_again(&desk);
    look_at(&mut desk, &again);
    desk.stage.click_label("Names (3)").unwrap();
    assert!(values(&desk).contains(&"becomes entity".to_owned()), "{}", desk.stage.tree_text());
}

fn source_again(desk: &Desk) -> String {
    source(
        desk,
        &[record("z.txt", "user 1", "Киев молчит.", "PER"), record("w.txt", "user 1", "Рим молчит.", "MISC")],
    )
}

fn values(desk: &Desk) -> Vec<String> {
    desk.stage.nodes().into_iter().map(|node| node.value).collect()
}

/// Opens the list of choices that belongs to a name, and takes one.
fn choose(desk: &mut Desk, name: &str, choice: &str) {
    desk.until("the name is there", shows(name));
    let nodes = desk.stage.nodes();
    let combo = nodes.iter().find(|node| node.label == name && node.role == egui::accesskit::Role::ComboBox);
    let at =
        combo.unwrap_or_else(|| panic!("no choice for {name} in {}", desk.stage.tree_text())).rect.center();
    desk.stage.click(at, egui::PointerButton::Primary, 1);
    desk.stage.settle();
    desk.stage.click_label(choice).unwrap_or_else(|_| panic!("no {choice} in {}", desk.stage.tree_text()));
    desk.stage.settle();
}

#[test]
fn annotations_that_are_there_stay_unless_they_are_to_be_replaced() {
    let mut desk = talks();
    let before = files(&desk.root);
    let text = std::fs::read_to_string(desk.root.join("articles/2.txt")).unwrap();
    let source = source(&desk, &[record("articles/2.txt", "anna", &text, "claim")]);
    look_at(&mut desk, &source);
    assert!(shows("because there are annotations already")(&desk.stage), "{}", desk.stage.tree_text());
    desk.stage.click_label("put the source's in their place").unwrap();
    desk.until("it was looked at again", shows("1 set of annotations comes in"));
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 1 set"));
    let set = std::fs::read_to_string(desk.root.join("annotations/anna/2.ron")).unwrap();
    assert!(set.contains("claim"), "{set}");
    // The article at hand was not touched; taking back gives the old bytes.
    desk.stage.click_label("Take back the import…").unwrap();
    desk.press("Enter");
    desk.until("it was taken back", shows("Taken back"));
    assert_eq!(files(&desk.root), before);
}

#[test]
fn an_import_that_was_worked_on_is_not_taken_back_and_the_file_is_named() {
    let mut desk = talks();
    let source = source(&desk, &[record("x.txt", "boris", "Киев молчит.", "entity")]);
    look_at(&mut desk, &source);
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 1 set"));
    let set = desk.root.join("annotations/boris/x.ron");
    let changed = std::fs::read_to_string(&set).unwrap().replace("entity", "claim");
    std::fs::write(&set, &changed).unwrap();
    desk.stage.click_label("Take back the import…").unwrap();
    desk.press("Enter");
    desk.until("it was refused", shows("annotations/boris/x.ron was changed since the import"));
    assert_eq!(std::fs::read_to_string(&set).unwrap(), changed);
}

#[test]
fn what_was_imported_is_on_record_in_the_private_folder() {
    let mut desk = talks();
    let source = source(&desk, &[record("x.txt", "boris", "Киев молчит.", "entity")]);
    look_at(&mut desk, &source);
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 1 set"));
    let record = std::fs::read_to_string(desk.root.join(".postil/imports/1/import.json")).unwrap();
    let record: Json = serde_json::from_str(&record).unwrap();
    assert_eq!(record["is_whole"], json!(true));
}

#[test]
fn annotations_of_another_program_dropped_on_the_window_are_imported_and_texts_become_articles() {
    let mut desk = talks();
    let folder = desk.root.parent().unwrap().join("brat");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), "Киев молчит.").unwrap();
    std::fs::write(folder.join("a.ann"), "T1\tentity 0 4\tКиев\n").unwrap();
    desk.stage.drop_files(&[folder]);
    desk.until("the folder was looked at", shows("1 set of annotations comes in"));
    assert!(values(&desk).contains(&"brat standoff".to_owned()), "{}", desk.stage.tree_text());
    // Another source dropped on the open dialog takes its place.
    let other = source(&desk, &[record("x.txt", "boris", "Киев молчит.", "entity")]);
    desk.stage.drop_files(&[PathBuf::from(&other)]);
    desk.until("the file was looked at", |w| {
        w.nodes().iter().any(|node| node.value == "JSON Lines of Postil")
    });
    desk.press("Escape");
    assert!(!desk.shows("Import annotations"));
    let text = desk.root.parent().unwrap().join("new.txt");
    std::fs::write(&text, "Новая статья.\n").unwrap();
    desk.stage.drop_files(&[text]);
    desk.until("the article was added", |w| w.app().session().unwrap().rows.len() == 3);
    assert!(!desk.shows("Import annotations"));
}

#[test]
fn of_several_sources_dropped_at_once_the_first_is_read_and_the_others_are_told() {
    let mut desk = talks();
    let folder = desk.root.parent().unwrap().join("mixed");
    std::fs::create_dir_all(&folder).unwrap();
    let line = |name: &str| record(name, "boris", "Киев молчит.", "entity");
    for name in ["one", "two", "three"] {
        std::fs::write(folder.join(format!("{name}.jsonl")), line(&format!("{name}.txt"))).unwrap();
    }
    let dropped = ["one.jsonl", "two.jsonl"].map(|name| folder.join(name));
    desk.stage.drop_files(&dropped);
    desk.until("the first was looked at", shows("1 set of annotations comes in"));
    assert!(desk.shows("one.jsonl first, one other thing is left"), "{}", desk.stage.tree_text());
}

#[test]
fn a_value_that_the_schema_does_not_know_becomes_another() {
    let mut desk = talks();
    let line = json!({"article": "x.txt", "annotator": "boris", "text": "Киев молчит.",
        "spans": [{"id": "s1", "label": "position", "start": 0, "end": 4, "fields": {"act": "insists"}}]});
    let source = source(&desk, &[line.to_string()]);
    look_at(&mut desk, &source);
    desk.stage.click_label("Names (2)").unwrap();
    choose(&mut desk, "Value position.act = insists · 1", "becomes demand");
    desk.until("it was looked at again", shows("1 set of annotations comes in"));
    desk.press("Ctrl+Enter");
    desk.until("it was written", shows("Imported 1 set"));
    let set = std::fs::read_to_string(desk.root.join("annotations/boris/x.ron")).unwrap();
    assert!(set.contains("demand") && !set.contains("insists"), "{set}");
    let remembered = std::fs::read_to_string(desk.root.join(".postil/mapping.ron")).unwrap();
    assert!(remembered.contains("\"position.act\": {\"insists\": \"demand\"}"), "{remembered}");
}

#[test]
fn the_parts_are_shown_with_their_articles_and_labels_before_anything_is_written() {
    let mut desk = talks();
    desk.press("Ctrl+Shift+E");
    desk.stage.click_label("Divide the articles").unwrap();
    desk.until("the parts are known", shows("train, Articles: "));
    let said: Vec<String> = desk.stage.nodes().into_iter().map(|node| node.label).collect();
    let count = |about: &str| -> usize {
        let parts = ["train", "dev", "test"].iter().filter_map(|part| {
            said.iter()
                .find_map(|label| label.strip_prefix(&format!("{part}, {about}: "))?.parse::<usize>().ok())
        });
        parts.sum()
    };
    assert_eq!((count("Articles"), count("Spans")), (2, 3), "{said:#?}");
}

#[test]
fn the_page_has_the_keyboard_again_when_a_dialog_is_closed() {
    for keys in ["Ctrl+Shift+E", "Ctrl+Shift+I"] {
        let mut desk = talks();
        let before = desk.stage.focused().map(|node| node.role);
        desk.press(keys);
        assert_ne!(desk.stage.focused().map(|node| node.role), before, "{keys}");
        desk.press("Escape");
        desk.stage.settle();
        assert_eq!(desk.stage.focused().map(|node| node.role), before, "{keys}");
    }
}
