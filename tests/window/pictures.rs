//! A few pictures of the whole window, compared pixel by pixel: the renderer draws the same on every machine.
//!
//! `UPDATE_SNAPSHOTS=1` writes the pictures anew; look at them before committing.

use std::path::PathBuf;
use std::time::Duration;

use egui::{Vec2, vec2};
use postil::window::describe::shown_path;
use postil::window::preferences::{Preferences, ThemeChoice};

use super::desk::{Desk, Wanted, Window, press, window};

const SIZE: Vec2 = vec2(900.0, 640.0);

/// Compares what a window shows with the picture that is kept under this name, once the list of articles is read:
/// until then it shows, row by row, what was known before.
pub(super) fn compare(stage: &mut Window, name: &str) {
    let at_rest = |w: &Window| w.app().session().is_none_or(|s| !s.is_reading() && !s.is_checking());
    assert!(stage.until(Duration::from_secs(60), at_rest), "{name}: the articles are never read");
    compare_picture(&without_folder(stage), name);
}

/// Compares a picture with the one that is kept under this name.
pub(super) fn compare_picture(now: &image::RgbaImage, name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/window_{name}.png"));
    let update = std::env::var("UPDATE_SNAPSHOTS").is_ok_and(|v| !matches!(v.as_str(), "" | "0" | "false"));
    if update {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        now.save(&path).unwrap();
        return;
    }
    let kept = image::open(&path)
        .unwrap_or_else(|why| panic!("{}: {why}. UPDATE_SNAPSHOTS=1 writes it.", path.display()))
        .to_rgba8();
    assert_eq!(kept.dimensions(), now.dimensions(), "{name}");
    let differing = kept.pixels().zip(now.pixels()).filter(|(a, b)| a != b).count();
    if differing > 0 {
        let beside = path.with_extension("new.png");
        now.save(&beside).unwrap();
        panic!("{differing} pixels of {name} differ; look at {}", beside.display());
    }
}

/// The picture with the project's folder, another one at each run, painted over.
fn without_folder(stage: &Window) -> image::RgbaImage {
    let mut picture = stage.picture();
    let Some(session) = stage.app().session() else { return picture };
    let folder = shown_path(&session.root);
    for node in stage.nodes().into_iter().filter(|n| n.label == folder) {
        // The name may be long or short, so its row of the list of articles goes as a whole.
        let rows = node.rect.top() as u32..node.rect.bottom().ceil() as u32;
        let ground = *picture.get_pixel(2, rows.start);
        // Above the row nothing stands but the edge of the panel.
        let edge = (0..).find(|&x| *picture.get_pixel(x, rows.start - 3) != ground).unwrap();
        for y in rows {
            for x in 0..edge {
                picture.put_pixel(x, y, ground);
            }
        }
    }
    picture
}

fn talks(change: Option<fn(&mut Preferences)>) -> Desk {
    let article = "Переговоры в Женеве\n\n[entity s1: Министр Орлов] [*position s2: потребовал вывести войска из \
        [entity s3: Заречья]]. Глава делегации [entity s4: Эрик Хольм] [position s5: отверг это требование]: \
        «[claim s6: Гарантии важнее земли]».\n\nПо его словам, [claim s7: переговоры], возможно, \
        [claim+ s7: продолжатся в Женеве].|";
    let wanted = Wanted::default()
        .article(article)
        .article("Второй день\n\nСтороны молчат.")
        .field("s1", "kind", "person")
        .field("s1", "entity", "orlov")
        .field("s3", "kind", "place")
        .field("s3", "entity", "zarechye")
        .field("s2", "act", "demand")
        .field("s6", "kind", "evaluation")
        .size(SIZE);
    match change {
        Some(change) => wanted.prefer(change).open(),
        None => wanted.open(),
    }
}

#[test]
fn main_window_light() {
    compare(&mut talks(None).stage, "light");
}

#[test]
fn main_window_dark() {
    compare(&mut talks(Some(|p| p.theme = ThemeChoice::Dark)).stage, "dark");
}

/// Tags nested, crossing, in parts, crowded, linked, some of their ends far away.
fn torture(change: fn(&mut Preferences)) -> Desk {
    let article = "Торги о перемирии\n\n[entity s1: Москва] [*position s2: требует [claim s3: передать [entity s4: Донбасс]] и] \
        сразу же [*position+ s2: отвести войска], а [entity s5: Киев] [position s6: отвергает [claim s7: это \
        [entity s8: требование]]]. [claim s9: Без гарантий [position s10: мира]⟨s9⟩ не будет]⟨s10⟩, сказал \
        [entity s11: он].\n\nПосредники [claim s12: предложили [claim s13: создать [claim s14: широкую \
        [claim s15: зону [claim s16: без [claim s17: тяжёлого [claim s18: оружия]]]]]]] по обе стороны.\n\n\
        [claim s19: Первая часть] осталась [claim+ s19: на бумаге], и [claim+ s19: вторая часть тоже], пишет \
        [entity s20: газета].|";
    let tail: String = (1..60).map(|n| format!("\n\nАбзац {n}: [entity e{n}: стороны] молчат.")).collect();
    let wanted = Wanted::default()
        .article(&format!("{article}{tail}"))
        .field("s1", "entity", "orlov")
        .field("s4", "kind", "place")
        .field("s5", "entity", "zarechye")
        .size(Vec2::new(1180.0, 760.0))
        .prefer(change);
    let mut desk = wanted.open();
    let app = desk.stage.app();
    for (to, label) in [("s6", "attacks"), ("s12", "supports"), ("e40", "supports"), ("s9", "restates")] {
        let to = postil::model::SpanId::from(to);
        let edit = postil::session::Edit::Relate { from: "s2".into(), to, label: label.into() };
        app.ask(postil::window::panel::Request::Edit(edit));
    }
    app.ask(postil::window::panel::Request::Select(Some("s2".into())));
    desk.stage.settle();
    desk.stage.app_mut().view_mut().restore(0, 0);
    desk.until("everything is saved", |w| {
        let open = w.app().session().unwrap().open.as_ref().unwrap();
        open.save == postil::session::SaveState::Saved
    });
    desk
}

#[test]
fn torture_page_light() {
    compare(&mut torture(|p| p.show_below = false).stage, "torture_light");
}

#[test]
fn torture_page_dark_in_russian() {
    let change: fn(&mut Preferences) = |p| {
        p.show_below = false;
        p.theme = ThemeChoice::Dark;
        p.language = postil::window::words::Language::Russian;
    };
    compare(&mut torture(change).stage, "torture_dark");
}

#[test]
fn prompt() {
    let mut desk = talks(None);
    desk.press("H");
    compare(&mut desk.stage, "prompt");
}

#[test]
fn palette() {
    let mut desk = talks(None);
    desk.press("Ctrl+K \"sp\"");
    compare(&mut desk.stage, "palette");
}

#[test]
fn start_page() {
    compare(&mut window(SIZE), "start");
}

#[test]
fn the_same_acts_give_the_same_picture() {
    let picture = || {
        let mut stage = window(SIZE);
        press(&mut stage, "Ctrl+K \"new\"");
        stage.picture()
    };
    assert!(picture() == picture());
}
