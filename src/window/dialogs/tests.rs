use super::trial::{Trial, World, touch, window};
use super::*;
use crate::model::{Article, ArticleMeta, Schema, Workspace};
use crate::session::Session;
use crate::text::CanonicalText;
use crate::window::words::Language;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const KINDS: [DialogKind; 8] = [
    DialogKind::OpenProject,
    DialogKind::OpenArticles,
    DialogKind::AddArticles,
    DialogKind::OpenSample,
    DialogKind::NewProject,
    DialogKind::ArticleDetails,
    DialogKind::Annotator,
    DialogKind::Font,
];

pub(super) fn session() -> Session {
    let text = "Переговоры в Женеве\n21 января 2026\n\nКиев настаивает на гарантиях.\n";
    let mut article = Article::from_text("articles/zheneva.txt", CanonicalText::new(text));
    article.header_meta = ArticleMeta {
        title: Some("Переговоры в Женеве".into()),
        date: Some("2026-01-21".into()),
        ..ArticleMeta::default()
    };
    article.meta = ArticleMeta {
        source: Some("Вестовой".into()),
        extra: vec![("desk".into(), "world".into())],
        ..article.header_meta.clone()
    };
    article.encoding = "windows-1251".into();
    article.encoding_certain = false;
    let mut session = Session::in_memory(Schema::positions(), "anna", article, Workspace::default());
    session.settings.annotators = vec!["anna".into(), "boris".into(), "gold".into()];
    session
}

fn preview(label: &str) -> String {
    format!("as {label}\n\nsecond line")
}

type Shown = (Dialogs, Vec<ConflictOutcome>);

fn open(size: [f32; 2], world: World, dialogs: Dialogs) -> Trial<Shown> {
    let mut trial = window(size, world, (dialogs, Vec::new()), |ui, world, (dialogs, answers)| {
        // Something behind the dialog that must not be reached.
        if ui.button("behind").clicked() {
            world.panel().ask(Request::GoTo(Default::default()));
        }
        let around = Surroundings { recent: &[], preview: &preview };
        answers.extend(dialogs.show(ui.ctx(), &world.panel(), &around));
    });
    trial.run_steps(8);
    trial
}

fn of_kind(kind: DialogKind) -> Trial<Shown> {
    let mut world = World::english();
    world.session = Some(session());
    let mut dialogs = Dialogs::default();
    dialogs.open(kind);
    open([1000.0, 700.0], world, dialogs)
}

fn press(trial: &mut Trial<Shown>, key: Key) {
    trial.key_press(key);
    trial.run_steps(4);
}

fn write(trial: &mut Trial<Shown>, label: &str, text: &str) {
    trial.get_by_label(label).focus();
    trial.run_steps(2);
    trial.key_press_modifiers(Modifiers::COMMAND, Key::A);
    trial.run_steps(2);
    trial.get_by_label(label).type_text(text);
    trial.run_steps(3);
}

fn asked(trial: &Trial<Shown>) -> Vec<Request> {
    trial.state().0.asked()
}

#[test]
fn every_dialog_shows_in_every_language_size_and_theme_and_closes_with_escape() {
    for language in Language::ALL {
        for (size, theme) in
            [([900.0, 600.0], Theme::Light), ([1600.0, 1000.0], Theme::Dark), ([520.0, 400.0], Theme::Light)]
        {
            for kind in KINDS {
                let mut world = World::new(language, theme);
                world.session = Some(session());
                let mut dialogs = Dialogs::default();
                dialogs.open(kind);
                let mut trial = open(size, world, dialogs);
                assert!(trial.state().1.0.is_open(), "{kind:?}");
                let dialog = trial.get_by_role(egui::Role::Dialog).rect();
                let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
                assert!(window.contains_rect(dialog), "{kind:?} {language:?} {size:?}: {dialog:?}");
                press(&mut trial, Key::Escape);
                assert!(!trial.state().1.0.is_open(), "{kind:?}");
                assert_eq!(asked(&trial), [], "{kind:?}");
            }
        }
    }
}

#[test]
fn the_keyboard_never_leaves_a_dialog() {
    for kind in KINDS {
        let mut trial = of_kind(kind);
        let first = trial.ctx.memory(|m| m.focused());
        assert!(first.is_some(), "{kind:?}: nothing has the focus");
        for _ in 0..40 {
            press(&mut trial, Key::Tab);
            assert!(!trial.get_by_label("behind").is_focused(), "{kind:?}");
        }
        trial.get_by_label("behind").click();
        trial.run_steps(3);
        assert_eq!(asked(&trial), [], "{kind:?}");
        assert!(trial.state().1.0.is_open(), "{kind:?}: a click beside it closes nothing");
    }
}

#[test]
fn what_is_picked_goes_to_the_app() {
    let path = || vec![PathBuf::from("a")];
    assert_eq!(request(DialogKind::OpenProject, path()), Some(Request::OpenProject("a".into())));
    assert_eq!(request(DialogKind::OpenSample, path()), Some(Request::OpenSample("a".into())));
    assert_eq!(request(DialogKind::OpenArticles, path()), Some(Request::OpenArticles(path())));
    assert_eq!(request(DialogKind::AddArticles, path()), Some(Request::AddArticles(path())));
}

#[test]
fn the_palette_is_left_to_the_app() {
    let trial = of_kind(DialogKind::Palette);
    assert_eq!(trial.state().1.0.kind(), Some(DialogKind::Palette));
    assert!(trial.state().1.0.is_open() && trial.query_by_role(egui::Role::Dialog).is_none());
}

#[test]
fn details_without_an_article_are_not_shown() {
    let mut dialogs = Dialogs::default();
    dialogs.open(DialogKind::ArticleDetails);
    let trial = open([900.0, 600.0], World::english(), dialogs);
    assert!(!trial.state().1.0.is_open());
}

fn new_project(parent: &std::path::Path) -> Trial<Shown> {
    let state = State::NewProject(Box::new(NewProjectDialog::new(parent, "uk")));
    let dialogs = Dialogs { kind: Some(DialogKind::NewProject), state: Some(state) };
    open([1000.0, 760.0], World::english(), dialogs)
}

#[test]
fn a_new_project_follows_its_name_and_is_made_with_enter() {
    let dir = tempfile::tempdir().unwrap();
    touch(&dir.path().join("Мир/x"));
    let mut trial = new_project(dir.path());
    assert!(trial.get_by_label("Name").is_focused());
    assert!(trial.get_by_label("Create project").accesskit_node().is_disabled());
    write(&mut trial, "Name", "Мир");
    let folder = dir.path().join("Мир 2");
    assert_eq!(trial.get_by_label("Folder").value().as_deref(), folder.to_str());
    trial.get_by_label("Names only").click();
    trial.run_steps(3);
    trial.get_by_label("Organisation");
    trial.get_by_label("Name").focus();
    trial.run_steps(2);
    press(&mut trial, Key::Enter);
    let wanted = crate::window::panel::NewProject {
        folder,
        name: "Мир".into(),
        template: "entities".into(),
        schema_file: None,
        language: "uk".into(),
        articles: Vec::new(),
    };
    assert_eq!(asked(&trial), [Request::CreateProject(wanted)]);
    assert!(!trial.state().1.0.is_open());
}

#[test]
fn a_new_project_is_checked_while_one_types() {
    let dir = tempfile::tempdir().unwrap();
    touch(&dir.path().join("taken/postil.ron"));
    touch(&dir.path().join("full/x.txt"));
    let mut trial = new_project(dir.path());
    write(&mut trial, "Name", "x");
    for (folder, said, allowed) in [
        ("taken", "a project in this folder already", false),
        ("full/x.txt", "a file, not a folder", false),
        ("full", "holds other files", true),
        ("fresh", "will be made", true),
    ] {
        write(&mut trial, "Folder", &dir.path().join(folder).display().to_string());
        trial.get_by_label_contains(said);
        let button = trial.get_by_label("Create project");
        assert_eq!(!button.accesskit_node().is_disabled(), allowed, "{folder}");
    }
    write(&mut trial, "Name", "another name");
    let fresh = dir.path().join("fresh");
    assert_eq!(trial.get_by_label("Folder").value().as_deref(), fresh.to_str(), "a chosen folder stays");
}

#[test]
fn articles_come_along_and_can_be_taken_off_the_list() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (touch(&dir.path().join("а.txt")), touch(&dir.path().join("б.txt")));
    let dialog = NewProjectDialog::new(dir.path(), "ru").with_articles([a.clone(), b.clone(), a]);
    let state = State::NewProject(Box::new(dialog));
    let dialogs = Dialogs { kind: Some(DialogKind::NewProject), state: Some(state) };
    let mut trial = open([1000.0, 860.0], World::english(), dialogs);
    write(&mut trial, "Name", "P");
    trial.get_by_label("Take а.txt off the list").click();
    trial.run_steps(3);
    trial.get_by_label("Create project").click();
    trial.run_steps(3);
    match &asked(&trial)[..] {
        [Request::CreateProject(wanted)] => assert_eq!(wanted.articles, [b]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn details_ask_only_for_what_changed() {
    let mut trial = of_kind(DialogKind::ArticleDetails);
    trial.get_by_label("Save").click();
    trial.run_steps(3);
    assert_eq!(asked(&trial), [], "nothing was changed");
    assert!(!trial.state().1.0.is_open());

    let mut trial = of_kind(DialogKind::ArticleDetails);
    write(&mut trial, "Author", "О. Коваль");
    write(&mut trial, "Date", "22 января 2026");
    trial.get_by_label_contains("2026-01-22");
    press(&mut trial, Key::Enter);
    let wanted = ArticleMeta {
        author: Some("О. Коваль".into()),
        date: Some("2026-01-22".into()),
        ..session().open.as_ref().unwrap().desk.article.meta.clone()
    };
    let expected = Request::SetMeta("articles/zheneva.txt".into(), Box::new(wanted));
    assert_eq!(asked(&trial), [expected]);
}

#[test]
fn a_date_that_cannot_be_is_not_saved() {
    let mut trial = of_kind(DialogKind::ArticleDetails);
    write(&mut trial, "Date", "2026-13-40");
    assert!(trial.get_by_label("Save").accesskit_node().is_disabled());
    press(&mut trial, Key::Enter);
    assert_eq!(asked(&trial), []);
    for (typed, expected) in [
        ("2026", Some("2026")),
        ("2026-01", Some("2026-01")),
        ("2026-13", None),
        ("21.01.2026", Some("2026-01-21")),
        ("21 січня 2026", Some("2026-01-21")),
        ("скоро", None),
    ] {
        assert_eq!(checked_date(typed).as_deref(), expected, "{typed}");
    }
}

#[test]
fn the_header_can_be_overridden_emptied_and_taken_back() {
    let mut trial = of_kind(DialogKind::ArticleDetails);
    trial.get_by_label("Title: leave empty").click();
    trial.run_steps(3);
    trial.get_by_label_contains("The file says: Переговоры в Женеве");
    trial.get_by_label("Save").click();
    trial.run_steps(3);
    match &asked(&trial)[..] {
        [Request::SetMeta(_, wanted)] => assert_eq!(wanted.title, None),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_encoding_is_previewed_and_asked_for() {
    let mut trial = of_kind(DialogKind::ArticleDetails);
    trial.get_by_label_contains("as windows-1251");
    trial.get_by_label_contains("This was guessed");
    trial.get_by_label("The file is read as").scroll_to_me();
    trial.run_steps(4);
    trial.get_by_label("The file is read as").click();
    trial.run_steps(4);
    trial.get_by_label("Cyrillic (KOI8-R, Russian)").click();
    trial.run_steps(4);
    trial.get_by_label_contains("as koi8-r");
    trial.get_by_label("Save").click();
    trial.run_steps(3);
    assert_eq!(asked(&trial), [Request::SetEncoding("articles/zheneva.txt".into(), "koi8-r".into())]);
}

#[test]
fn an_annotator_is_chosen_or_named() {
    let mut trial = of_kind(DialogKind::Annotator);
    assert!(trial.query_by_label("gold").is_none());
    trial.get_by_label("boris").click();
    trial.run_steps(3);
    assert_eq!(asked(&trial), [Request::SetAnnotator("boris".into())]);

    let mut trial = of_kind(DialogKind::Annotator);
    assert!(trial.get_by_label("Short name").is_focused());
    trial.get_by_label("Short name").type_text("Олена Коваль");
    trial.run_steps(3);
    trial.get_by_label_contains("annotations/Олена-Коваль/");
    press(&mut trial, Key::Enter);
    assert_eq!(
        asked(&trial),
        [Request::SetAnnotator("Олена-Коваль".into())],
        "the old name was selected and gave way"
    );

    let mut trial = of_kind(DialogKind::Annotator);
    write(&mut trial, "Short name", "gold");
    assert!(trial.get_by_label("Annotate under this name").accesskit_node().is_disabled());
    press(&mut trial, Key::Enter);
    assert_eq!(asked(&trial), []);
}

fn conflicts() -> Trial<Shown> {
    let view = |title: &str| ConflictView {
        title: title.into(),
        mine: "Position".into(),
        theirs: "Claim".into(),
        choice: None,
    };
    let mut dialogs = Dialogs::default();
    dialogs.open_conflicts(ConflictDialog::new(
        "annotations/anna/a.ron",
        vec![view("передать Донбасс"), view("мир")],
    ));
    open([1000.0, 700.0], World::english(), dialogs)
}

#[test]
fn conflicts_are_decided_one_by_one_or_all_at_once() {
    let mut trial = conflicts();
    assert!(trial.get_by_label("Apply").accesskit_node().is_disabled());
    trial.get_by_label("Take all of theirs").click();
    trial.run_steps(3);
    trial.get_by_label("Keep mine: мир").click();
    trial.run_steps(3);
    trial.get_by_label("Apply").click();
    trial.run_steps(3);
    match &trial.state().1.1[..] {
        [ConflictOutcome::Decided(views)] => {
            assert_eq!([views[0].choice, views[1].choice], [Some(Keep::Theirs), Some(Keep::Mine)]);
        }
        other => panic!("{other:?}"),
    }
    assert!(!trial.state().1.0.is_open());
    let mut trial = conflicts();
    press(&mut trial, Key::Escape);
    assert_eq!(trial.state().1.1, [ConflictOutcome::Later]);
}

#[test]
fn every_key_kept_in_a_variable_is_among_the_words() {
    let words = crate::window::words::Words::new(Language::English);
    let mut keys: Vec<String> = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/window/dialogs");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.contains("tests") || name == "trial.rs" {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for prefix in [
                "picker-",
                "folder-",
                "details-",
                "annotator-",
                "conflict-",
                "new-project-",
                "schema-",
                "size-",
            ] {
                for rest in source.split(&format!("\"{prefix}")).skip(1) {
                    keys.push(format!("{prefix}{}", rest.split('"').next().unwrap()));
                }
            }
        }
    }
    // Ids of widgets look like keys, and some keys are put together.
    let ids =
        ["picker-filter", "details-language", "details-encoding", "details-file", "new-project-language"];
    let unknown: Vec<&String> = keys
        .iter()
        .filter(|k| !k.contains('{') && !ids.contains(&k.as_str()) && words.find(k, &[]).is_none())
        .collect();
    assert!(keys.len() > 60 && unknown.is_empty(), "{unknown:?}");
}
