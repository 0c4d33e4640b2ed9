//! Work that comes in from others and goes out to them: what a folder or zip holds, told before anything is written; and a package for
//! somebody to review.

use egui::{Context, Id, RichText, ScrollArea, Ui};
use std::path::PathBuf;

use super::ReviewAct;
use crate::session::bringing_in::{Incoming, Unknown};
use crate::window::dialogs::sheet::{
    Sheet, Tone, buttons, entered, height_left, marks, note, primary, secondary, soft, text_line,
};
use crate::window::exchange::told;
use crate::window::look;
use crate::window::panel::Panel;

/// What came, before it is written.
pub struct IncomingDialog {
    source: PathBuf,
    incoming: Incoming,
    begun: bool,
}

impl IncomingDialog {
    /// A dialog about what was found there.
    pub fn new(source: PathBuf, incoming: Incoming) -> Self {
        Self { source, incoming, begun: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        let title = panel.say("incoming-title");
        let mut done = false;
        let shown = Sheet::new(Id::unique("incoming"), &title, 620.0).show(ctx, panel, |ui| {
            soft(ui, panel, &self.source.display().to_string());
            ui.add_space(4.0);
            let all = &self.incoming;
            let comments: usize = all.comments.iter().map(|c| c.comments.len()).sum();
            let counts = [
                ("new", all.sets.len().into()),
                ("same", all.same.into()),
                ("comments", comments.into()),
                ("left", all.left_out.len().into()),
            ];
            ui.label(RichText::new(panel.with("incoming-counts", &counts)).family(look::bold()));
            if !all.schema.is_empty() {
                note(ui, panel, Tone::Careful, &panel.say("incoming-schema"));
            }
            let height = height_left(ctx, 240.0, 80.0).min(300.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                for difference in &all.schema {
                    soft(ui, panel, &told(panel.words, difference));
                }
                for (what, n) in &all.unknown {
                    note(ui, panel, Tone::Careful, &unknown_words(panel, what, *n));
                }
                for set in &all.sets {
                    let spans = panel.with("count-spans", &[("n", set.spans.into())]);
                    ui.label(format!("+ {}: {} · {spans}", set.annotator, set.article));
                }
                for why in &all.left_out {
                    note(ui, panel, Tone::Wrong, &told(panel.words, why));
                }
            });
            let ready = !all.is_empty();
            buttons(ui, |ui| {
                let take = primary(ui, panel, &panel.say("incoming-take"), ready);
                if !std::mem::replace(&mut self.begun, true) {
                    take.request_focus();
                }
                done = take.clicked();
                secondary(ui, &panel.say("dialog-cancel")).clicked()
            })
        });
        if done {
            panel.ask(ReviewAct::TakeIn(Box::new(self.incoming.clone())).into());
            return true;
        }
        shown.inner || shown.dismissed
    }
}

fn unknown_words(panel: &Panel<'_>, what: &Unknown, n: usize) -> String {
    let (kind, name) = match what {
        Unknown::Label(name) => ("label", name.clone()),
        Unknown::Field(name, label) => ("field", format!("{label}.{name}")),
        Unknown::Entity(id) => ("entity", id.clone()),
        Unknown::Term(id) => ("term", id.clone()),
        Unknown::Relation(name) => ("relation", name.clone()),
    };
    panel.with("incoming-unknown", &[("kind", kind.into()), ("name", (&name).into()), ("n", n.into())])
}

/// What goes into a package, and where it is written.
pub struct PackageDialog {
    path: String,
    people: Vec<(String, bool)>,
    comments: bool,
    begun: bool,
}

impl PackageDialog {
    /// Everyone's work, beside the project's folder.
    pub fn new(panel_root: &std::path::Path, people: Vec<String>) -> Self {
        let name = panel_root.file_name().map_or("project".into(), |n| n.to_string_lossy().into_owned());
        let folder = panel_root.parent().unwrap_or(panel_root);
        let numbered = std::iter::once(format!("{name} – review.zip"))
            .chain((2u32..).map(|n| format!("{name} – review {n}.zip")));
        let free = numbered.map(|name| folder.join(name)).find(|path| !path.exists());
        let path = free.unwrap_or_default().display().to_string();
        Self { path, people: people.into_iter().map(|p| (p, true)).collect(), comments: true, begun: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        let title = panel.say("package-title");
        let mut chosen = None;
        let shown = Sheet::new(Id::unique("package"), &title, 560.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("package-about"));
            ui.add_space(4.0);
            let label = panel.say("overview-export-file");
            let line = text_line(ui, panel, Id::unique("package-file"), &label, "", &mut self.path);
            if !std::mem::replace(&mut self.begun, true) {
                line.request_focus();
            }
            let path = PathBuf::from(self.path.trim());
            if path.exists() {
                note(ui, panel, Tone::Wrong, &panel.say("overview-export-there"));
            }
            self.whose(ui, panel);
            let ready = !self.path.trim().is_empty() && path.is_absolute() && !path.exists();
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
        if let Some(out) = chosen {
            let people = self.people.iter().filter(|(_, on)| *on).map(|(name, _)| name.clone()).collect();
            panel.ask(ReviewAct::WritePackage { out, people, comments: self.comments }.into());
            return true;
        }
        shown.inner || shown.dismissed
    }

    fn whose(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.add_space(4.0);
        ui.label(RichText::new(panel.say("package-whose")).small().color(panel.tokens.text_soft));
        marks(ui, panel, |ui| {
            ui.horizontal_wrapped(|ui| {
                for (name, on) in &mut self.people {
                    ui.checkbox(on, name.as_str());
                }
            });
            ui.checkbox(&mut self.comments, panel.say("package-comments"));
        });
    }
}
