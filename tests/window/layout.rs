//! Text of every script: pictures, facts of layout, and laws of caret and selection.

use egui::vec2;

use super::desk::Wanted;

const TORTURE: &str = include_str!("../fixtures/torture.txt");

#[test]
fn look() {
    let Ok(out) = std::env::var("LOOK") else { return };
    let text = std::env::var("LOOK_TEXT").map_or(TORTURE.to_owned(), |p| std::fs::read_to_string(p).unwrap());
    let mut desk = Wanted::default().article(&format!("|{text}")).size(vec2(1100.0, 1500.0)).open();
    if std::env::var("LOOK_SYSTEM").is_ok() {
        postil::window::fonts::allow_system(desk.stage.context());
    }
    desk.press("Down Up");
    desk.stage.picture().save(out).unwrap();
}
