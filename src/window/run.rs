//! Starting the window on a real desktop.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::app::{App, wake_of};
use super::bench::FirstFrame;
use super::{fonts, look};

struct Native {
    app: App,
    title: String,
    first_frame: Option<FirstFrame>,
}

impl eframe::App for Native {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let measured = self.first_frame.as_mut().is_some_and(|first| first.is_over(ui.ctx()));
        self.app.ui(ui);
        if self.app.wants_to_quit() || measured {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let title = match self.app.session() {
            Some(session) => match session.open.as_ref() {
                Some(open) => format!("{} – {} – Postil", open.desk.article.title(), session.settings.name),
                None => format!("{} – Postil", session.settings.name),
            },
            None => "Postil".to_owned(),
        };
        // The window has a name in the accessibility tree too; egui gives it none.
        ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title.as_str()));
        if self.title != title {
            self.title.clone_from(&title);
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.close();
    }
}

/// Opens the window: on a project folder, an article file, or the start page. Returns when it is closed.
///
/// # Errors
/// There is no desktop to open it on.
pub fn run(path: Option<PathBuf>) -> anyhow::Result<()> {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/256.png")).ok();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Postil")
        .with_app_id("postil")
        .with_inner_size([1360.0, 860.0])
        .with_min_inner_size([760.0, 480.0])
        .with_drag_and_drop(true);
    if let Some(icon) = icon {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    // The system's fonts are ours to ask for, once for both ways of setting text and only when one is missing.
    let options =
        eframe::NativeOptions { viewport, system_font_fallback: false, ..eframe::NativeOptions::default() };
    let started = std::time::Instant::now();
    let first_frame = FirstFrame::asked();
    eframe::run_native(
        "postil",
        options,
        Box::new(move |creation| {
            look::install(&creation.egui_ctx);
            fonts::allow_system(&creation.egui_ctx);
            let mut app = App::new(crate::store::config_folder(), wake_of(&creation.egui_ctx));
            match path.as_deref() {
                Some(path) => open(&mut app, path),
                None => {
                    // Started inside a project, the program opens it.
                    if let Some(root) =
                        std::env::current_dir().ok().and_then(|here| crate::store::Project::find(&here))
                    {
                        app.open_project(&root, None);
                    }
                }
            }
            tracing::info!("ready after {:?}", started.elapsed());
            Ok(Box::new(Native { app, title: String::new(), first_frame }))
        }),
    )
    .map_err(|why| anyhow::anyhow!("could not open a window: {why}"))
}

fn open(app: &mut App, path: &Path) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if path.join(crate::store::SETTINGS).is_file() {
        app.open_project(&path, None);
    } else {
        app.open_files(&[path]);
    }
}
