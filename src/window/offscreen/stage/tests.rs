use super::*;
use egui::vec2;

/// What a small window knows of what was done to it.
#[derive(Default)]
struct Trial {
    name: String,
    ticked: bool,
    clicks: Vec<&'static str>,
    keys: Vec<(Key, Option<Key>)>,
    dragged: Vec2,
    shift_drag: bool,
    scrolled: f32,
    work: Option<std::sync::Arc<std::sync::atomic::AtomicBool>>,
}

fn show(ui: &mut Ui, trial: &mut Trial) {
    ui.input(|i| {
        for event in &i.events {
            if let Event::Key { key, physical_key, pressed: true, .. } = event {
                trial.keys.push((*key, *physical_key));
            }
        }
    });
    let label = ui.label("Name");
    ui.text_edit_singleline(&mut trial.name).labelled_by(label.id);
    ui.checkbox(&mut trial.ticked, "Gold");
    if ui.button("Copy").clicked() {
        ui.ctx().copy_text("за́мок".to_owned());
    }
    let response = ui.add(egui::Button::new("Target").sense(egui::Sense::click_and_drag()));
    if response.triple_clicked() {
        trial.clicks.push("triple");
    } else if response.double_clicked() {
        trial.clicks.push("double");
    } else if response.clicked() {
        trial.clicks.push("single");
    } else if response.secondary_clicked() {
        trial.clicks.push("secondary");
    }
    trial.dragged += response.drag_delta();
    trial.shift_drag |= response.dragged() && ui.input(|i| i.modifiers.shift);
    let area = egui::ScrollArea::vertical().max_height(80.0).show(ui, |ui| {
        for row in 0..40 {
            if ui.button(format!("Row {row}.")).clicked() {
                trial.clicks.push("row");
            }
        }
    });
    trial.scrolled = area.state.clamped_offset().y;
}

fn stage() -> Stage<Trial> {
    Stage::new(vec2(300.0, 260.0), 1.0, Trial::default(), show)
}

fn place(stage: &Stage<Trial>, label: &str) -> Pos2 {
    stage.find(label).unwrap().rect.center()
}

#[test]
fn the_tree_tells_names_values_and_states() {
    let mut stage = stage();
    stage.click_label("Name").unwrap();
    stage.text("Дім, 24!");
    stage.click_label("Gold").unwrap();
    assert_eq!(stage.app().name, "Дім, 24!");
    assert!(stage.app().ticked);
    let field = stage.nodes().into_iter().find(|n| n.role == egui::Role::TextInput).unwrap();
    assert_eq!((field.label.as_str(), field.value.as_str()), ("Name", "Дім, 24!"));
    assert!(stage.find("Gold").unwrap().selected);
    assert!(stage.tree_text().contains("CheckBox \"Gold\" [selected]"), "{}", stage.tree_text());
}

#[test]
fn the_whole_name_goes_before_a_part_of_it() {
    let stage = stage();
    assert_eq!(stage.find("Row 1").unwrap().label, "Row 1.");
    assert_eq!(stage.find("Row 12.").unwrap().label, "Row 12.");
    assert!(stage.find("Row 99").is_none());
}

#[test]
fn what_is_missing_says_what_is_there() {
    let fault = stage().click_label("Nowhere").unwrap_err();
    assert!(fault.to_string().contains("`Nowhere`"));
    assert!(fault.shown.contains("Button \"Copy\""), "{fault}");
}

#[test]
fn clicks_far_apart_in_time_are_single_and_quick_ones_add_up() {
    let mut stage = stage();
    let at = place(&stage, "Target");
    stage.click(at, PointerButton::Primary, 1);
    stage.click(at, PointerButton::Primary, 1);
    stage.click(at, PointerButton::Secondary, 1);
    assert_eq!(stage.app().clicks, ["single", "single", "secondary"]);
    stage.click(at, PointerButton::Primary, 2);
    assert_eq!(stage.app().clicks[3..], ["single", "double"]);
    stage.click(at, PointerButton::Primary, 3);
    assert_eq!(stage.app().clicks[5..], ["single", "double", "triple"]);
}

#[test]
fn a_drag_moves_with_its_keys_held_and_is_no_click() {
    let mut stage = stage();
    let at = place(&stage, "Target");
    stage.drag(at, at + vec2(40.0, 10.0), 5, Modifiers::SHIFT);
    assert_eq!(stage.app().dragged, vec2(40.0, 10.0));
    assert!(stage.app().shift_drag);
    assert!(stage.app().clicks.is_empty());
    assert!(stage.context().input(|i| i.modifiers.is_none()));
}

#[test]
fn keys_come_with_their_places_on_either_layout() {
    let mut stage = stage();
    stage.key(Key::E, Modifiers::NONE);
    stage.key_on_layout(Key::E, None, "у", Modifiers::NONE);
    stage.key_on_layout(Key::A, Some(Key::Q), "q", Modifiers::NONE);
    assert_eq!(stage.app().keys, [(Key::E, Some(Key::E)), (Key::E, Some(Key::E)), (Key::Q, Some(Key::A))]);
    stage.click_label("Name").unwrap();
    stage.key_on_layout(Key::E, None, "у", Modifiers::NONE);
    assert_eq!(stage.app().name, "у");
}

#[test]
fn the_clipboard_goes_both_ways() {
    let mut stage = stage();
    stage.click_label("Copy").unwrap();
    assert_eq!(stage.clipboard(), "за́мок");
    stage.click_label("Name").unwrap();
    stage.key(Key::V, Modifiers::COMMAND);
    assert_eq!(stage.app().name, "за́мок");
    stage.key(Key::A, Modifiers::CTRL);
    stage.key(Key::X, Modifiers::CTRL);
    assert_eq!(stage.app().name, "");
}

#[test]
fn the_wheel_scrolls_and_a_click_by_name_finds_what_is_scrolled_away() {
    let mut stage = stage();
    let at = place(&stage, "Row 1.");
    stage.scroll(at, vec2(0.0, -30.0));
    assert_eq!(stage.app().scrolled, 30.0);
    stage.click_label("Row 35.").unwrap();
    assert_eq!(stage.app().clicks, ["row"]);
    assert!(stage.app().scrolled > 300.0);
}

#[test]
fn a_screen_reader_can_do_it_too() {
    let mut stage = stage();
    stage.act("Gold", Action::Click).unwrap();
    assert!(stage.app().ticked);
    stage.act("Name", Action::Focus).unwrap();
    assert_eq!(stage.focused().unwrap().role, egui::Role::TextInput);
}

#[test]
fn time_stands_still_but_for_frames_and_waiting() {
    let told = |stage: &Stage<Trial>| stage.context().input(|i| i.time);
    let mut stage = stage();
    let before = told(&stage);
    stage.step();
    assert!((told(&stage) - before - FRAME).abs() < 1e-9);
    stage.wait(10.0);
    assert!((10.0..10.2).contains(&(told(&stage) - before - FRAME)));
}

#[test]
fn a_window_that_never_rests_is_left_at_some_point() {
    let mut restless = Stage::new(vec2(50.0, 50.0), 1.0, 0, |ui, frames: &mut usize| {
        *frames += 1;
        ui.ctx().request_repaint();
    });
    assert!(!restless.settle());
    assert_eq!(*restless.app(), 2 * PATIENCE);
}

#[test]
fn work_in_other_threads_is_waited_for() {
    use std::sync::atomic::Ordering::SeqCst;
    let mut stage = stage();
    let done = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    stage.app_mut().work = Some(done.clone());
    let worker = std::thread::spawn(move || done.store(true, SeqCst));
    let finished = |s: &Stage<Trial>| s.app().work.as_ref().is_some_and(|w| w.load(SeqCst));
    assert!(stage.until(Duration::from_secs(30), finished));
    worker.join().unwrap();
    assert!(!stage.until(Duration::ZERO, |_| false));
}

#[test]
fn closing_can_be_refused() {
    let mut staying = Stage::new(vec2(50.0, 50.0), 1.0, (), |ui, ()| {
        ui.ctx().send_viewport_cmd(ViewportCommand::Title("Staying".to_owned()));
        if ui.input(|i| i.viewport().close_requested()) {
            ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
        }
    });
    assert!(!staying.close());
    assert_eq!(staying.title(), "Staying");
    let mut leaving = stage();
    assert!(leaving.close() && leaving.is_closed());
}

#[test]
fn pictures_are_the_same_each_time_and_as_large_as_they_should_be() {
    let picture =
        |pixels_per_point| Stage::new(vec2(120.0, 80.0), pixels_per_point, Trial::default(), show).picture();
    assert_eq!(picture(1.0), picture(1.0));
    assert_eq!(picture(1.5).dimensions(), (180, 120));
}

#[test]
fn the_picture_shows_the_themes_own_colours() {
    let mut stage = Stage::new(vec2(60.0, 40.0), 1.0, (), |ui, ()| {
        let ground = ui.visuals().panel_fill;
        ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, ground);
    });
    for theme in [Theme::Light, Theme::Dark] {
        stage.set_theme(theme);
        let ground = look::Tokens::of(theme).panel.to_array();
        assert!(stage.picture().pixels().all(|p| p.0 == ground), "{theme:?}");
    }
}

#[test]
fn zooming_changes_the_points_and_not_the_pixels() {
    let mut stage = stage();
    stage.context().set_zoom_factor(2.0);
    stage.settle();
    assert_eq!(stage.picture().dimensions(), (300, 260));
    assert_eq!(stage.screen().size(), vec2(150.0, 130.0));
}
