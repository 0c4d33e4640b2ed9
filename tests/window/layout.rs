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

#[test]
fn look_at_spans() {
    let Ok(out) = std::env::var("LOOK_SPANS") else { return };
    let text = "[entity s1: الأمين العام] قال إن [*position s2: 250 جنديًا (من أصل 300) غادروا] المدينة.\n\n\
        [entity s3: ראש הממשלה] אמר כי [position s4: הסכם 12 abc ‹לא] ייחתם| עד 45.6 היום.\n\n\
        Latin then [claim s5: text עברית 12] and back, [position s6: דעה] end.";
    let mut desk = Wanted::default().article(text).size(vec2(900.0, 640.0)).open();
    desk.press("Shift+Left Shift+Left");
    desk.stage.picture().save(out).unwrap();
}
