//! The pictures of the README and the guide, drawn anew from the sample project.

use std::path::Path;

use egui::{PointerButton, pos2, vec2};
use postil::window::preferences::ThemeChoice;
use postil::window::words::Language;

use super::desk::{Window, prefer, press, window};

const ARTICLE: &str = "assets/sample/articles/ru-davos.txt";

/// Shows these words in the middle of the article and clicks into them.
fn click(stage: &mut Window, words: &str, count: usize) {
    let text = stage.app().session().unwrap().open.as_ref().unwrap().desk.article.text.clone();
    let byte = text.as_str().find(words).unwrap() + 2;
    stage.app_mut().view_mut().reveal(byte, true);
    stage.settle();
    let at = stage.app().view().caret_rect(byte).unwrap().center() + vec2(2.0, 0.0);
    stage.click(at, PointerButton::Primary, count);
    // Nothing hovers over what is shown.
    stage.hover(pos2(700.0, 2.0));
    stage.wait(1.0);
}

/// Not a test of anything.
#[test]
#[ignore = "draws the pictures of the README"]
fn pictures_of_the_readme() {
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    // A path that reads well in the pictures, if the folder for temporary files is the user's own (`TMPDIR=$HOME`).
    let folder = std::env::temp_dir().join("January talks");
    let _ = std::fs::remove_dir_all(&folder);
    postil::session::sample::write(&folder).unwrap();
    let open = |theme, language| {
        let mut stage = window(vec2(1400.0, 900.0));
        prefer(&mut stage, |p| (p.theme, p.language) = (theme, language));
        stage.app_mut().open_project(&folder, Some(ARTICLE));
        stage.settle();
        stage
    };
    let keep = |stage: &Window, name: &str| stage.save_png(&pictures.join(format!("{name}.png"))).unwrap();

    let mut stage = open(ThemeChoice::Light, Language::English);
    click(&mut stage, "добивается гарантий", 1);
    keep(&stage, "article");
    click(&mut stage, "считает, что", 3);
    press(&mut stage, "P I \"гаран\"");
    stage.wait(1.0);
    keep(&stage, "prompt");
    press(&mut stage, "Escape Escape Ctrl+Z Ctrl+5");
    press(&mut stage, "N N");
    stage.wait(1.0);
    keep(&stage, "review");
    stage.app_mut().close_project();

    let mut stage = open(ThemeChoice::Dark, Language::Ukrainian);
    click(&mut stage, "добивается гарантий", 1);
    keep(&stage, "dark");
    stage.app_mut().close_project();
    std::fs::remove_dir_all(&folder).unwrap();
}
