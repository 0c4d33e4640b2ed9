use super::*;
use crate::window::dialogs::trial::{Trial, World, touch, window};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tempfile::TempDir;

struct Shown {
    picker: FilePicker,
    outcome: Option<PickerOutcome>,
}

fn show(picker: FilePicker) -> Trial<Shown> {
    let shown = Shown { picker, outcome: None };
    let mut trial = window([1000.0, 700.0], World::english(), shown, |ui, world, shown| {
        if shown.outcome.is_none() {
            shown.outcome = shown.picker.show(ui.ctx(), &world.panel());
        }
    });
    settle(&mut trial);
    trial
}

/// Runs until folders are read and focus has gone where it was sent.
fn settle(trial: &mut Trial<Shown>) {
    // Reading has a thread of its own, which a busy machine may leave waiting: this one sleeps meanwhile instead of spinning.
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while std::time::Instant::now() < end {
        trial.run_steps(3);
        let Shown { picker, outcome, .. } = &trial.state().1;
        // A picker that has done its work is shown no more, so what it still reads beside would never be taken.
        let idle = picker.reading.is_none() && picker.aside_reading.is_none() && picker.system.is_none();
        if idle || outcome.is_some() {
            trial.run_steps(2);
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("the folder was never read");
}

fn press(trial: &mut Trial<Shown>, modifiers: Modifiers, key: Key) {
    trial.key_press_modifiers(modifiers, key);
    settle(trial);
}

fn typed(trial: &mut Trial<Shown>, text: &str) {
    trial.event(egui::Event::Text(text.to_owned()));
    settle(trial);
}

fn folder(trial: &Trial<Shown>) -> &Path {
    trial.state().1.picker.folder()
}

fn outcome(trial: &Trial<Shown>) -> Option<PickerOutcome> {
    trial.state().1.outcome.clone()
}

fn files(folder: &Path) -> FilePicker {
    FilePicker::new(PickerMode::Files, folder, "picker-title-open-articles", "picker-open")
}

fn projects(folder: &Path) -> FilePicker {
    let mode = PickerMode::Folder { must_hold_project: true };
    FilePicker::new(mode, folder, "picker-title-project", "picker-open-project")
}

fn new_folder(folder: &Path) -> FilePicker {
    FilePicker::new(PickerMode::NewFolder, folder, "picker-title-sample", "picker-put-sample")
}

/// `Мои статьи/январь 2026.txt`, `Мои статьи/b.md`, `Мои статьи/c.png`, `Книги/`, `Проект/postil.ron`, `.hidden/`, `a.txt`
fn tree() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in
        ["Мои статьи/январь 2026.txt", "Мои статьи/b.md", "Мои статьи/c.png", "Проект/postil.ron", "a.txt"]
    {
        touch(&dir.path().join(file));
    }
    for folder in ["Книги", ".hidden"] {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
    }
    dir
}

#[test]
fn the_keyboard_goes_through_folders_and_picks_a_file() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    typed(&mut trial, "м");
    typed(&mut trial, "о");
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(folder(&trial), dir.path().join("Мои статьи"));
    // b.md, then январь 2026.txt; the picture is not shown.
    assert!(trial.query_by_label("c.png").is_none());
    press(&mut trial, Modifiers::NONE, Key::ArrowDown);
    press(&mut trial, Modifiers::NONE, Key::ArrowDown);
    press(&mut trial, Modifiers::NONE, Key::Enter);
    let expected = dir.path().join("Мои статьи/январь 2026.txt");
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(vec![expected])));
}

#[test]
fn going_up_lands_on_the_folder_one_came_from() {
    let dir = tree();
    let mut trial = show(files(&dir.path().join("Мои статьи")));
    press(&mut trial, Modifiers::NONE, Key::Backspace);
    assert_eq!(folder(&trial), dir.path());
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(folder(&trial), dir.path().join("Мои статьи"));
    press(&mut trial, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(folder(&trial), dir.path());
    let crumb = dir.path().file_name().unwrap().to_string_lossy().into_owned();
    trial.get_by_label("Мои статьи").click();
    trial.get_by_label(&crumb);
}

#[test]
fn a_typed_path_is_completed_and_gone_to() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::COMMAND, Key::L);
    assert!(trial.get_by_label("Path").is_focused());
    trial.state_mut().1.picker.path = format!("{}/мои", dir.path().display());
    settle(&mut trial);
    press(&mut trial, Modifiers::NONE, Key::Tab);
    let completed = format!("{}/Мои статьи{}", dir.path().display(), std::path::MAIN_SEPARATOR);
    assert_eq!(trial.state().1.picker.path, completed);
    assert!(trial.get_by_label("Path").is_focused(), "Tab completed and did not leave");
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(folder(&trial), dir.path().join("Мои статьи"));
    assert!(trial.get_by_label("Folders and files").is_focused());
}

#[test]
fn tab_leaves_the_path_when_there_is_nothing_to_complete() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::COMMAND, Key::L);
    trial.state_mut().1.picker.path = format!("{}/", dir.path().display());
    settle(&mut trial);
    press(&mut trial, Modifiers::NONE, Key::Tab);
    assert!(!trial.get_by_label("Path").is_focused());
}

#[test]
fn a_path_that_is_not_there_is_said_in_place() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::COMMAND, Key::L);
    trial.state_mut().1.picker.path = format!("{}/нет такой", dir.path().display());
    press(&mut trial, Modifiers::NONE, Key::Enter);
    trial.get_by_label_contains("nothing at this path");
    assert_eq!(folder(&trial), dir.path());
    // A file's path picks the file.
    trial.state_mut().1.picker.path = dir.path().join("Мои статьи/b.md").display().to_string();
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(vec![dir.path().join("Мои статьи/b.md")])));
}

#[test]
fn a_new_folder_is_made_and_entered() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    assert!(trial.get_by_label("Name of the new folder").is_focused());
    typed(&mut trial, "Книги");
    press(&mut trial, Modifiers::NONE, Key::Enter);
    trial.get_by_label_contains("has this name already");
    trial.state_mut().1.picker.making.as_mut().unwrap().name = "a/b".into();
    press(&mut trial, Modifiers::NONE, Key::Enter);
    trial.get_by_label_contains("cannot have this name");
    trial.state_mut().1.picker.making.as_mut().unwrap().name = "Новая папка".into();
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert!(dir.path().join("Новая папка").is_dir());
    assert_eq!(folder(&trial), dir.path().join("Новая папка"));
    trial.get_by_label("This folder is empty");
}

#[test]
fn escape_closes_the_new_folder_line_first_and_then_the_dialog() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    trial.get_by_label("New folder…").click();
    settle(&mut trial);
    press(&mut trial, Modifiers::NONE, Key::Escape);
    assert!(trial.query_by_label("Name of the new folder").is_none() && outcome(&trial).is_none());
    press(&mut trial, Modifiers::NONE, Key::Escape);
    assert_eq!(outcome(&trial), Some(PickerOutcome::Cancelled));
}

#[test]
fn several_files_are_chosen_with_ctrl_and_shift() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"] {
        touch(&dir.path().join(name));
    }
    let mut trial = show(files(dir.path()));
    let click = |trial: &mut Trial<Shown>, name: &str, modifiers| {
        trial.get_by_label(name).click_modifiers(modifiers);
        // Long enough that two clicks are not a double click.
        trial.run_steps(20);
    };
    click(&mut trial, "1.txt", Modifiers::NONE);
    click(&mut trial, "3.txt", Modifiers::SHIFT);
    click(&mut trial, "5.txt", Modifiers::COMMAND);
    click(&mut trial, "2.txt", Modifiers::COMMAND);
    trial.get_by_label("Open (3)").click();
    settle(&mut trial);
    let expected = ["1.txt", "3.txt", "5.txt"].map(|n| dir.path().join(n)).to_vec();
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(expected)));
}

#[test]
fn several_files_are_chosen_with_the_keyboard() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["1.txt", "2.txt", "3.txt"] {
        touch(&dir.path().join(name));
    }
    std::fs::create_dir(dir.path().join("folder")).unwrap();
    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::COMMAND, Key::A);
    press(&mut trial, Modifiers::NONE, Key::Enter);
    let expected = ["1.txt", "2.txt", "3.txt"].map(|n| dir.path().join(n)).to_vec();
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(expected)), "folders are not among them");

    let mut trial = show(files(dir.path()));
    press(&mut trial, Modifiers::NONE, Key::End);
    press(&mut trial, Modifiers::SHIFT, Key::ArrowUp);
    press(&mut trial, Modifiers::NONE, Key::Enter);
    let expected = ["2.txt", "3.txt"].map(|n| dir.path().join(n)).to_vec();
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(expected)));
}

#[test]
fn only_a_project_can_be_opened_as_one() {
    let dir = tree();
    let mut trial = show(projects(dir.path()));
    assert!(trial.query_by_label("a.txt").is_none(), "no files where folders are wanted");
    let disabled = |trial: &Trial<Shown>| trial.get_by_label("Open project").accesskit_node().is_disabled();
    assert!(disabled(&trial));
    trial.get_by_label_contains("Not a project");
    typed(&mut trial, "к");
    assert!(disabled(&trial), "chosen: no project");
    typed(&mut trial, "\u{1}");
    trial.run_steps(40);
    typed(&mut trial, "п");
    assert!(!disabled(&trial));
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(vec![dir.path().join("Проект")])));
}

#[test]
fn a_folder_without_rights_says_so_and_offers_the_way_back() {
    let dir = tree();
    let mut trial = show(files(&dir.path().join("Книги")));
    trial.state_mut().1.picker.fault = Some(ListingFault::NoRights);
    trial.run_steps(3);
    trial.get_by_label("You have no right to read this folder");
    let ways = trial.get_all_by_label("Folder above").count();
    assert_eq!(ways, 2, "the arrow above, and a button right there");
    trial.get_all_by_label("Folder above").last().unwrap().click();
    settle(&mut trial);
    assert_eq!(folder(&trial), dir.path());
    assert!(trial.query_by_label("You have no right to read this folder").is_none());
}

#[test]
fn where_the_desktop_has_no_dialog_that_is_said() {
    let dir = tree();
    let mut trial = show(files(dir.path()).with_system(|_| None));
    trial.get_by_label("System dialog…").click();
    settle(&mut trial);
    trial.get_by_label_contains("offers no file dialog");
    assert_eq!(outcome(&trial), None);

    let mut trial = show(files(dir.path()).with_system(|ask| Some(vec![ask.folder.join("x y.txt")])));
    trial.get_by_label("System dialog…").click();
    settle(&mut trial);
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(vec![dir.path().join("x y.txt")])));

    let mut trial = show(projects(dir.path()).with_system(|ask| Some(vec![ask.folder.join("Книги")])));
    trial.get_by_label("System dialog…").click();
    settle(&mut trial);
    assert_eq!(
        (outcome(&trial), folder(&trial)),
        (None, dir.path().join("Книги").as_path()),
        "not a project"
    );
}

#[test]
fn hidden_things_show_on_demand() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    assert!(trial.query_by_label(".hidden").is_none());
    trial.get_by_label("Hidden files").click();
    settle(&mut trial);
    trial.get_by_label(".hidden");
    press(&mut trial, Modifiers::NONE, Key::Escape);
}

#[test]
fn ten_thousand_files_are_listed_and_few_are_drawn() {
    let dir = tempfile::tempdir().unwrap();
    let listing = Listing {
        folder: dir.path().to_owned(),
        project: false,
        entries: (0..10_000).map(|n| Entry::new(dir.path().join(format!("{n:05}.txt")), false)).collect(),
    };
    let mut trial = show(files(dir.path()));
    trial.state_mut().1.picker.listing = listing;
    trial.state_mut().1.picker.arrange();
    settle(&mut trial);
    press(&mut trial, Modifiers::NONE, Key::End);
    trial.get_by_label("09999.txt");
    assert!(trial.query_by_label("00000.txt").is_none());
    assert!(trial.get_all_by_role(Role::ListBoxOption).count() < 40);
    typed(&mut trial, "05");
    trial.get_by_label("05000.txt");
}

#[test]
fn a_new_folder_is_named_and_may_not_be_a_project_or_full() {
    let dir = tree();
    let mut trial = show(new_folder(dir.path()).must_be_empty());
    let disabled =
        |trial: &Trial<Shown>| trial.get_by_label("Put the sample here").accesskit_node().is_disabled();
    assert!(trial.get_by_label("Name of the folder").is_focused() && disabled(&trial));
    typed(&mut trial, "Проект");
    assert!(disabled(&trial));
    trial.get_by_label_contains("a project in this folder already");
    for (name, said) in [("Мои статьи", "not empty"), ("a.txt", "a file"), ("a:b", "cannot have this name")]
    {
        trial.state_mut().1.picker.name = name.into();
        trial.run_steps(2);
        assert!(disabled(&trial), "{name}");
        trial.get_by_label_contains(said);
    }
    trial.state_mut().1.picker.name = "Учебный проект".into();
    press(&mut trial, Modifiers::NONE, Key::Enter);
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(vec![dir.path().join("Учебный проект")])));
}

#[test]
fn folders_may_be_chosen_with_files_where_that_is_wanted() {
    let dir = tree();
    let mut trial = show(files(dir.path()).folders_too());
    trial.get_by_label("Мои статьи").click();
    trial.run_steps(20);
    trial.get_by_label("a.txt").click_modifiers(Modifiers::COMMAND);
    trial.run_steps(20);
    trial.get_by_label("Open (2)").click();
    settle(&mut trial);
    let expected = vec![dir.path().join("a.txt"), dir.path().join("Мои статьи")];
    assert_eq!(outcome(&trial), Some(PickerOutcome::Picked(expected)));
}

#[test]
fn double_click_enters() {
    let dir = tree();
    let mut trial = show(files(dir.path()));
    trial.get_by_label("Мои статьи").click();
    trial.run_steps(1);
    trial.get_by_label("Мои статьи").click();
    settle(&mut trial);
    assert_eq!(folder(&trial), dir.path().join("Мои статьи"));
}

#[test]
fn a_picker_begins_in_the_nearest_folder_that_is_there() {
    let dir = tree();
    let picker = files(&dir.path().join("gone/deeper"));
    assert_eq!(picker.folder(), dir.path());
}
