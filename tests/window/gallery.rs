//! Every part of the review and the overview, with few people and many, short names and long, in all languages, themes and sizes. Nothing
//! may lie outside the window or be without a name. `GALLERY=folder` keeps the pictures, to be looked at.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Vec2, vec2};
use postil::model::{AnnotationSet, Parts, Span, Status, Value};
use postil::store::{Project, read_set, write_set};
use postil::text::TextRange;
use postil::window::preferences::ThemeChoice;
use postil::window::words::{Language, Words};

use super::desk::{Window, prefer, press, window};

const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

/// Names as people have them.
const LONG: [&str; 6] = [
    "anna",
    "boris",
    "Александра Константиновна Преображенская-Вознесенская",
    "🦊 Оксана",
    "יעל כהן 7",
    "Wolfeschlegelsteinhausenbergerdorff the Younger of Aberystwyth",
];

struct Room {
    stage: Window,
    _folder: tempfile::TempDir,
}

/// What one person made of another's tags: some left out, some with other borders, labels or fields.
fn differing(set: &AnnotationSet, who: &str, salt: usize) -> AnnotationSet {
    let mut mine = AnnotationSet::new(&set.article, who);
    (mine.fingerprint, mine.length, mine.status) = (set.fingerprint.clone(), set.length, Status::Done);
    for (n, span) in set.spans().enumerate() {
        let turn = n + salt;
        let mut span = Span::clone(span);
        match turn % 7 {
            0 => continue,
            1 => {
                let hull = span.parts.hull();
                let end = (hull.end().get() + 9).min(set.length);
                span.parts = Parts::one(TextRange::new(hull.start().get(), end).unwrap());
            }
            2 => span.label = if span.label == "claim" { "position" } else { "claim" }.into(),
            3 => {
                let long = "очень длинное значение, которое не помещается ни в одну клетку таблицы и всё же должно читаться";
                span.fields.set("condition", Value::text(long));
                span.fields.set("act", Value::text(["demand", "offer", "reject"][salt % 3]));
            }
            _ => {}
        }
        mine.insert(span);
    }
    mine
}

fn room(names: &[&str], size: Vec2, change: impl Fn(&Path)) -> Room {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    std::fs::remove_dir_all(root.join("annotations/gold")).unwrap();
    let mut project = Project::open(&root).unwrap();
    let articles: Vec<String> = project.articles().into_iter().map(|a| a.path).collect();
    for (salt, name) in names.iter().enumerate().skip(2) {
        for article in &articles {
            let read = project.read_article(article).unwrap();
            let Some(anna) = read_set(&project, "anna", article, Some(&read)).unwrap() else { continue };
            let mine = differing(&anna.set, name, salt);
            write_set(&project, &mine, Some(&read.text), None).unwrap();
        }
    }
    project.settings.annotators = names.iter().map(|n| (*n).to_owned()).collect();
    project.save_settings().unwrap();
    drop(project);
    for gone in ["anna", "boris"].iter().filter(|n| !names.contains(n)) {
        std::fs::remove_dir_all(root.join("annotations").join(gone)).unwrap();
    }
    change(&root);
    let mut stage = window(size);
    stage.app_mut().open_project(&root, Some(DAVOS));
    stage.settle();
    Room { stage, _folder: folder }
}

impl Room {
    fn press(&mut self, keys: &str) {
        press(&mut self.stage, keys);
    }

    /// Looks whether all is well, and keeps the picture.
    fn look(&self, name: &str) {
        assert_eq!(super::access::nameless(&self.stage), Vec::<String>::new(), "{name}");
        if let Ok(folder) = std::env::var("GALLERY") {
            self.stage.save_png(&PathBuf::from(folder).join(format!("{name}.png"))).unwrap();
        }
    }

    fn read_through(&mut self) {
        let there = |w: &Window| !w.app().overview().is_reading() && w.app().overview().overview().is_some();
        assert!(self.stage.until(Duration::from_secs(60), there));
        self.stage.settle();
    }

    /// Every part of the review and the overview.
    fn walk(&mut self, name: &str, words: &Words) {
        self.press("Ctrl+5");
        self.look(&format!("{name}-1-review"));
        self.press("O");
        self.look(&format!("{name}-1-underlines"));
        self.press("O");
        self.press("N N N Down");
        self.look(&format!("{name}-2-row"));
        self.press("X \"это титул, а не имя: см. правило 3\"");
        self.look(&format!("{name}-3-reason"));
        self.press("Escape Escape R");
        self.look(&format!("{name}-4-rules"));
        self.press("Escape P");
        self.look(&format!("{name}-5-people"));
        self.press("Escape C \"@boris, а почему?\" Enter E");
        self.look(&format!("{name}-6-fields"));
        self.press("Escape Escape Escape F9");
        self.look(&format!("{name}-6-talk"));
        self.press("Escape Escape Escape Ctrl+6");
        self.read_through();
        self.look(&format!("{name}-7-progress"));
        for section in [
            "agreement",
            "by-label",
            "confusion",
            "over-time",
            "outliers",
            "assignments",
            "own-work",
            "comments",
        ] {
            self.stage.click_label(&words.say(&format!("overview-{section}"))).unwrap();
            self.stage.settle();
            self.read_through();
            self.look(&format!("{name}-8-{section}"));
        }
    }
}

fn scene(name: &str, people: usize, names: &[&str], size: Vec2, language: Language, theme: ThemeChoice) {
    let wanted = std::env::var("GALLERY_ONLY").unwrap_or_default();
    if !name.contains(&wanted) {
        return;
    }
    let mut room = room(&names[..people.min(names.len())], size, |_| {});
    prefer(&mut room.stage, |p| (p.language, p.theme) = (language, theme));
    room.walk(name, &Words::new(language));
}

const PLAIN: [&str; 6] = ["anna", "boris", "clara", "dmytro", "elena", "fedir"];

#[test]
fn two_people_in_a_usual_window() {
    scene("a-en-light-2", 2, &PLAIN, vec2(1280.0, 800.0), Language::English, ThemeChoice::Light);
}

#[test]
fn three_people_in_a_small_window_russian_dark() {
    scene("b-ru-dark-3", 3, &PLAIN, vec2(900.0, 600.0), Language::Russian, ThemeChoice::Dark);
}

#[test]
fn six_people_with_long_names_in_a_large_window_ukrainian() {
    scene("c-uk-light-6", 6, &LONG, vec2(1920.0, 1080.0), Language::Ukrainian, ThemeChoice::Light);
}

#[test]
fn six_people_with_long_names_in_a_usual_window() {
    scene("d-ru-light-6", 6, &LONG, vec2(1280.0, 800.0), Language::Russian, ThemeChoice::Light);
}

#[test]
fn two_people_in_a_wide_window_ukrainian_dark() {
    scene("i-uk-dark-2", 2, &PLAIN, vec2(1440.0, 900.0), Language::Ukrainian, ThemeChoice::Dark);
}

/// As at a zoom of 150 % on a laptop.
#[test]
fn three_people_in_a_window_of_few_points() {
    scene("j-en-light-3", 3, &PLAIN, vec2(853.0, 533.0), Language::English, ThemeChoice::Light);
}

#[test]
fn one_person_alone() {
    scene("e-en-dark-1", 1, &PLAIN, vec2(1280.0, 800.0), Language::English, ThemeChoice::Dark);
}

/// Nobody differs in anything, or there is nothing in common: each part says what to do.
#[test]
fn nothing_to_be_seen() {
    let copy = |root: &Path| {
        for file in std::fs::read_dir(root.join("annotations/anna")).unwrap() {
            let file = file.unwrap();
            let text = std::fs::read_to_string(file.path())
                .unwrap()
                .replace("annotator: \"anna\"", "annotator: \"boris\"");
            std::fs::write(root.join("annotations/boris").join(file.file_name()), text).unwrap();
        }
    };
    let mut alike = room(&PLAIN[..2], vec2(1280.0, 800.0), copy);
    alike.walk("f-en-alike", &Words::new(Language::English));
    let apart = |root: &Path| {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(root.join("annotations/anna")).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for (n, file) in files.iter().enumerate() {
            let gone = if n % 2 == 0 {
                file.clone()
            } else {
                root.join("annotations/boris").join(file.file_name().unwrap())
            };
            let _none = std::fs::remove_file(gone);
        }
    };
    let mut apart = room(&PLAIN[..2], vec2(1280.0, 800.0), apart);
    apart.walk("g-en-apart", &Words::new(Language::English));
    let nobody = |root: &Path| {
        for who in ["anna", "boris"] {
            std::fs::remove_dir_all(root.join("annotations").join(who)).unwrap();
        }
    };
    let mut nobody = room(&PLAIN[..2], vec2(1280.0, 800.0), nobody);
    nobody.walk("h-en-nobody", &Words::new(Language::English));
}

/// The overview's charts in the windows people have.
#[test]
fn charts_in_usual_and_large_windows() {
    for (size, language, theme, name) in [
        (vec2(1280.0, 800.0), Language::Russian, ThemeChoice::Light, "k-ru-light-1280"),
        (vec2(1280.0, 800.0), Language::English, ThemeChoice::Dark, "l-en-dark-1280"),
        (vec2(1920.0, 1080.0), Language::English, ThemeChoice::Light, "m-en-light-1920"),
        (vec2(1920.0, 1080.0), Language::Russian, ThemeChoice::Dark, "n-ru-dark-1920"),
    ] {
        let mut room = room(&PLAIN[..3], size, |_| {});
        prefer(&mut room.stage, |p| (p.language, p.theme) = (language, theme));
        let words = Words::new(language);
        room.press("Ctrl+6");
        room.read_through();
        for section in ["progress", "agreement", "by-label", "confusion", "over-time", "outliers"] {
            room.stage.click_label(&words.say(&format!("overview-{section}"))).unwrap();
            room.stage.settle();
            room.read_through();
            room.look(&format!("{name}-{section}"));
            let nodes = room.stage.nodes();
            let Some(chart) = nodes.iter().find(|n| n.role == egui::Role::Grid) else { continue };
            assert!(chart.rect.right() <= size.x, "{name} {section}: {:?}", chart.rect);
            let page = size.x - chart.rect.left();
            let fills = ["progress", "over-time"].contains(&section);
            assert!(!fills || chart.rect.width() > page * 0.95, "{name} {section}: {:?}", chart.rect);
        }
    }
}
