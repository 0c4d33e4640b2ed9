//! The review and the overview as they are seen, compared pixel by pixel.

use egui::vec2;
use postil::window::preferences::ThemeChoice;
use postil::window::words::{Language, Words};

use super::desk::prefer;
use super::pictures::compare;
use super::review::{Sample, read_through};

const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

fn at_fields(language: Language, theme: ThemeChoice) -> Sample {
    let mut sample = Sample::without_gold(DAVOS, vec2(1100.0, 700.0));
    prefer(&mut sample.stage, |p| (p.language, p.theme) = (language, theme));
    sample.press("Ctrl+5");
    let mark = {
        let scene = sample.stage.app().review().scene();
        scene.marks.iter().position(|m| m.kinds.len() == 2 && m.members.len() == 2).unwrap()
    };
    while sample.stage.app().review().at() != Some(mark) {
        sample.press("N");
    }
    sample
}

#[test]
fn the_card_with_a_piece_taken_light() {
    let mut sample = at_fields(Language::English, ThemeChoice::Light);
    sample.press("Shift+2");
    compare(&mut sample.stage, "review_light");
}

#[test]
fn the_card_in_russian_dark() {
    let mut sample = at_fields(Language::Russian, ThemeChoice::Dark);
    compare(&mut sample.stage, "review_ru_dark");
}

#[test]
fn the_overview_in_ukrainian() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1100.0, 700.0));
    prefer(&mut sample.stage, |p| p.language = Language::Ukrainian);
    let words = Words::new(Language::Ukrainian);
    sample.press("Ctrl+6");
    read_through(&mut sample);
    for section in ["agreement", "assignments"] {
        sample.stage.click_label(&words.say(&format!("overview-{section}"))).unwrap();
        sample.stage.hover(egui::pos2(500.0, 690.0));
        sample.stage.settle();
        compare(&mut sample.stage, &format!("overview_{section}_uk"));
    }
}
