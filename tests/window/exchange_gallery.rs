//! Every state of the dialogs of import and export in all languages, themes and sizes: each thing has a name, each dialog and its buttons
//! lie within the window. `GALLERY=folder` keeps the pictures, to be looked at.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Vec2, vec2};
use postil::window::preferences::ThemeChoice;
use postil::window::words::{Language, Words};
use serde_json::json;

use super::desk::{Desk, Wanted, Window, prefer};

const USUAL: Vec2 = vec2(1280.0, 800.0);
const SMALL: Vec2 = vec2(900.0, 600.0);
/// What the usual window holds when everything is drawn at 150 %.
const ZOOMED: Vec2 = vec2(853.0, 533.0);

struct Scene {
    desk: Desk,
    words: Words,
    name: String,
    size: Vec2,
}

fn scene(name: &str, size: Vec2, language: Language, theme: ThemeChoice) -> Scene {
    let mut wanted = Wanted::default();
    for n in 0..6 {
        wanted = wanted.article(&format!(
            "Переговоры, день {n}\n\n[entity s1: Орлов] [position s2: требует вывести войска из [entity s3: Заречья]]. \
             [claim s4: Гарантии важнее земли]."
        ));
    }
    let mut desk = wanted.field("s2", "act", "demand").size(size).open();
    desk.until("the rows are read", |w| !w.app().session().unwrap().is_reading());
    prefer(&mut desk.stage, |preferences| {
        preferences.language = language;
        preferences.theme = theme;
    });
    desk.stage.settle();
    Scene { desk, words: Words::new(language), name: name.to_owned(), size }
}

impl Scene {
    fn look(&self, what: &str) {
        let stage = &self.desk.stage;
        assert_eq!(super::access::nameless(stage), Vec::<String>::new(), "{}: {what}", self.name);
        if let Ok(folder) = std::env::var("GALLERY") {
            stage.save_png(&PathBuf::from(folder).join(format!("{}-{what}.png", self.name))).unwrap();
        }
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, self.size);
        for node in stage.nodes() {
            let bounds = matches!(node.role, Role::Dialog);
            assert!(!bounds || window.contains_rect(node.rect), "{}: {what}: {node:?}", self.name);
        }
        for key in ["dialog-cancel", "dialog-close"] {
            let word = self.words.say(key);
            for node in
                stage.nodes().into_iter().filter(|node| node.role == Role::Button && node.label == word)
            {
                assert!(window.contains_rect(node.rect), "{}: {what}: {node:?}", self.name);
            }
        }
    }

    fn until(&mut self, key: &str, values: &[(&str, postil::window::words::Said<'_>)]) {
        let words = self.words.with(key, values);
        self.desk.until(key, move |w: &Window| w.nodes().iter().any(|node| node.label.contains(&words)));
    }

    fn write(&self, name: &str, contents: &str) -> PathBuf {
        let path = self.desk.root.parent().unwrap().join(name);
        std::fs::write(&path, contents).unwrap();
        path
    }

    /// Export: chosen, parts, losses, written; a target that cannot be written.
    fn exports(&mut self) {
        self.desk.press("Ctrl+Shift+E");
        self.until("export-loses-nothing", &[]);
        self.look("1-export");
        self.desk.press("ArrowDown ArrowDown ArrowDown ArrowDown ArrowDown");
        self.until("export-loses", &[]);
        self.look("2-losses");
        let split = self.words.say("export-split");
        self.tab_to(&split);
        self.desk.press("Space");
        self.until("export-division", &[]);
        self.look("3-parts");
        let out = self.write("file", "mine");
        self.desk.press("Escape Ctrl+Shift+E Tab Ctrl+A");
        self.desk.stage.text(&out.join("under/a.jsonl").display().to_string());
        self.until("export-loses-nothing", &[]);
        self.desk.press("Ctrl+Enter");
        self.until("export-nothing-written", &[]);
        self.look("4-failed");
        self.desk.press("Escape Ctrl+Shift+E Tab Ctrl+A");
        self.desk.stage.text(&self.desk.root.parent().unwrap().join("good.jsonl").display().to_string());
        self.until("export-loses-nothing", &[]);
        self.desk.press("Ctrl+Enter");
        self.until("exchange-show-in-folder", &[]);
        self.look("5-written");
        self.desk.press("Escape");
    }

    /// Import: nothing chosen, each of the four lists, a bad file, imported, taken back.
    fn imports(&mut self) {
        self.desk.press("Ctrl+Shift+I");
        self.look("6-import");
        let record = |n: usize, label: &str, act: &str, end: usize| {
            let spans = json!([{"id": "s1", "label": label, "start": 0, "end": end, "fields": {"act": act}},
                {"id": "s2", "label": "очень длинное название метки, какого никто не ждал", "start": 0, "end": 4}]);
            let annotator = ["boris", "Александра Константиновна Преображенская-Вознесенская"][n % 2];
            json!({"article": format!("articles/пример {n}.txt"), "annotator": annotator, "text": "Киев молчит.", "spans": spans})
                .to_string()
        };
        let lines: Vec<String> = (0..30)
            .map(|n| match n % 5 {
                0 => "{\"article\": \"x.txt\"}".to_owned(),
                1 => record(n, "position", "невиданное", 4),
                2 => record(n, "PER", "demand", 900),
                _ => record(n, "position", "demand", 4),
            })
            .collect();
        let source = self.write("in.jsonl", &lines.join("\n"));
        self.drop(&source);
        let begins = self.words.with("import-tab-out", &[("n", "#".into())]);
        let begins = begins.split('#').next().unwrap_or_default().to_owned();
        let is_read = move |w: &Window| w.nodes().iter().any(|node| node.label.starts_with(&begins));
        self.desk.until("the source was read", is_read);
        self.look("7-in");
        for (number, tab) in ["import-tab-out", "import-tab-learnt", "import-tab-names"].iter().enumerate() {
            let nodes = self.desk.stage.nodes();
            let begins = self.words.with(tab, &[("n", "#".into())]);
            let begins = begins.split('#').next().unwrap();
            let node = nodes.iter().find(|node| node.label.starts_with(begins)).expect(begins);
            let label = node.label.clone();
            self.desk.stage.click_label(&label).unwrap();
            self.desk.stage.settle();
            self.look(&format!("8-{number}-list"));
        }
        self.desk.press("Ctrl+Enter");
        self.until("import-can-be-undone", &[]);
        self.look("9-imported");
        self.desk.press("Escape");
        let bad = self.write("bad.xmi", "<xmi:XMI");
        self.drop(&bad);
        self.until("import-no-record", &[]);
        self.look("9-bad");
        self.desk.press("Escape Ctrl+K");
        self.desk.stage.text(&self.words.say("command-take-back-import"));
        self.desk.press("Enter");
        self.look("9-take-back");
        self.desk.press("Enter");
        self.until("dialog-close", &[]);
        self.look("9-taken-back");
        self.desk.press("Escape");
    }

    /// Goes to something by the keyboard alone, which scrolls it into view.
    fn tab_to(&mut self, label: &str) {
        for _ in 0..80 {
            if self.desk.stage.focused().is_some_and(|node| node.label == label) {
                return;
            }
            self.desk.press("Tab");
        }
        panic!("Tab does not lead to {label}");
    }

    fn drop(&mut self, source: &Path) {
        self.desk.stage.drop_files(&[source.to_owned()]);
        self.desk.stage.settle();
    }

    fn walk(mut self) {
        self.exports();
        self.imports();
    }
}

#[test]
fn dialogs_in_a_usual_window_in_english() {
    scene("en-light", USUAL, Language::English, ThemeChoice::Light).walk();
}

#[test]
fn dialogs_in_a_small_window_in_russian_dark() {
    scene("ru-dark", SMALL, Language::Russian, ThemeChoice::Dark).walk();
}

#[test]
fn dialogs_at_one_and_a_half_in_ukrainian() {
    scene("uk-zoom", ZOOMED, Language::Ukrainian, ThemeChoice::Light).walk();
}
