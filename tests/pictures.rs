//! Pictures of the window's parts, drawn without a display.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod support;

use egui_kittest::Harness;
use support::Soft;

/// The renderer that tests plug into the harness and the one on the stage give the same picture of the same thing.
#[test]
fn harness_and_stage_agree() {
    let size = egui::vec2(200.0, 120.0);
    let show = |ui: &mut egui::Ui| {
        // An area of its own, because the harness shows its content inside a margin.
        let corner = egui::Area::new(egui::Id::unique("part")).fixed_pos(egui::Pos2::ZERO);
        corner.show(ui.ctx(), |ui| {
            egui::Frame::window(ui.style()).show(ui, |ui| {
                ui.heading("Передати Донбас?");
                ui.add(egui::Button::new("Save").selected(true));
            });
        });
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(egui::Theme::Dark)
        .with_context_setup(postil::window::look::install)
        .renderer(Soft::default())
        .build_ui(show);
    harness.run();
    let by_harness = harness.render().expect("the renderer draws");

    let mut stage = postil::window::offscreen::Stage::new(size, 1.0, (), move |ui, ()| show(ui));
    stage.set_theme(egui::Theme::Dark);
    let by_stage = stage.picture();
    assert_eq!(by_harness.dimensions(), by_stage.dimensions());
    let colours: std::collections::BTreeSet<_> = by_stage.pixels().map(|p| p.0).collect();
    assert!(colours.len() > 20, "letters have soft edges");
    let part = |x: &u32, y: &u32| *x < 150 && *y < 60;
    let differing = by_harness
        .enumerate_pixels()
        .filter(|(x, y, p)| part(x, y) && by_stage.get_pixel(*x, *y) != *p)
        .count();
    assert_eq!(differing, 0);
}
