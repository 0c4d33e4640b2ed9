//! Where a chart is to be written.

use egui::{Context, Id};
use std::path::{Path, PathBuf};

use super::{ChartFormat, DashboardAct};
use crate::window::dialogs::sheet::{Sheet, Tone, buttons, entered, note, primary, secondary, text_line};
use crate::window::panel::Panel;

/// The dialog.
pub struct ExportDialog {
    format: ChartFormat,
    path: String,
    begun: bool,
}

impl ExportDialog {
    /// Proposes a file beside the project's folder of charts that is not there yet.
    pub fn new(root: &Path, name: &str, format: ChartFormat) -> Self {
        let folder = root.join("charts");
        let numbered = std::iter::once(name.to_owned()).chain((2u32..).map(|n| format!("{name}-{n}")));
        let free = numbered
            .map(|name| folder.join(format!("{name}.{}", format.ending())))
            .find(|path| !path.exists())
            .unwrap_or_else(|| folder.join(name));
        Self { format, path: free.display().to_string(), begun: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        let title = panel.with("overview-export-as", &[("format", self.format.name().into())]);
        let mut chosen = None;
        let shown = Sheet::new(Id::unique("export-chart"), &title, 560.0).show(ctx, panel, |ui| {
            let label = panel.say("overview-export-file");
            let line = text_line(ui, panel, Id::unique("export-chart-file"), &label, "", &mut self.path);
            if !std::mem::replace(&mut self.begun, true) {
                line.request_focus();
            }
            let path = PathBuf::from(self.path.trim());
            let there = path.exists();
            if there {
                note(ui, panel, Tone::Wrong, &panel.say("overview-export-there"));
            }
            let ready = !self.path.trim().is_empty() && path.is_absolute() && !there;
            let mut done = ready && entered(&line);
            let cancelled = buttons(ui, |ui| {
                done |= primary(ui, panel, &panel.say("overview-export-write"), ready).clicked();
                secondary(ui, &panel.say("dialog-cancel")).clicked()
            });
            if done {
                chosen = Some(path);
            }
            cancelled
        });
        if let Some(path) = chosen {
            panel.ask(DashboardAct::Export(self.format, path).into());
            return true;
        }
        shown.inner || shown.dismissed
    }
}
