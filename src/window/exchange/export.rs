//! The export dialog.

use std::path::{Path, PathBuf};

use egui::{Context, Id, RichText, ScrollArea, Ui};

use super::division::part_title;
use super::export_form::ExportForm;
use super::export_look::ExportLook;
use super::job::Job;
use super::parts::{WIDTH, begin_with, command_line, show_in_folder, two_sides, working};
use super::told::told;
use crate::session::Session;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::exporting::{Export, ExportWish, Exported};
use crate::store::Project;
use crate::window::dialogs::sheet::{Sheet, Tone, buttons, note, primary, secondary, soft};
use crate::window::dialogs::{FilePicker, PickerMode, PickerOutcome};
use crate::window::panel::Panel;

enum Phase {
    Choosing,
    Writing(Job<Result<Exported, ExchangeError>>),
    Done(Result<Exported, String>),
}

/// The dialog.
pub struct ExportDialog {
    root: PathBuf,
    form: ExportForm,
    look: ExportLook,
    phase: Phase,
    /// What was or is being written.
    wish: Option<ExportWish>,
    picker: Option<Box<FilePicker>>,
    /// Whether the main button of the phase at hand has had the keyboard.
    begun: bool,
    /// Whether the last try was stopped by the user.
    stopped: bool,
}

impl ExportDialog {
    /// For the project that is open.
    pub fn new(session: &Session) -> Self {
        Self {
            root: session.root.clone(),
            form: ExportForm::new(session),
            look: ExportLook::default(),
            phase: Phase::Choosing,
            wish: None,
            picker: None,
            begun: false,
            stopped: false,
        }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        if let Some(picker) = &mut self.picker {
            if let Some(outcome) = picker.show(ctx, panel) {
                if let PickerOutcome::Picked(paths) = outcome
                    && let Some(folder) = paths.first()
                {
                    self.form.put_into(folder);
                }
                self.picker = None;
                ctx.request_repaint();
            }
            return false;
        }
        if let Phase::Writing(job) = &self.phase
            && let Some(result) = job.take()
        {
            self.begun = false;
            self.phase = match result {
                Err(ExchangeError::Stopped) => {
                    self.stopped = true;
                    self.form.begin_again();
                    Phase::Choosing
                }
                other => Phase::Done(other.map_err(|why| why.to_string())),
            };
        }
        let title = panel.say("export-title");
        let width = if matches!(self.phase, Phase::Choosing) { WIDTH } else { 620.0 };
        let shown =
            Sheet::new(Id::unique("export"), &title, width).show(ctx, panel, |ui| match &self.phase {
                Phase::Choosing => self.choose(ui, panel),
                Phase::Writing(job) => {
                    working(ui, panel, "export-writing", job, &mut self.begun);
                    false
                }
                Phase::Done(_) => self.done(ui, panel),
            });
        let writing = matches!(self.phase, Phase::Writing(_));
        shown.inner || shown.dismissed && !writing
    }

    fn choose(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let wish = self.form.wish();
        if let Ok(wish) = &wish {
            self.look.of(ui.ctx(), &self.root, wish);
        }
        let mut browse = false;
        let Self { form, look, .. } = self;
        two_sides(
            ui,
            |ui| browse = form.show(ui, panel),
            |ui| match &wish {
                Ok(_) => look.show(ui, panel),
                Err(word) => drop(note(ui, panel, Tone::Wrong, &panel.say(word))),
            },
        );
        if browse {
            let folder = PathBuf::from(self.form.out.trim());
            let folder = folder.parent().map_or_else(|| self.root.clone(), Path::to_owned);
            let mode = PickerMode::Folder { must_hold_project: false };
            let picker = FilePicker::new(mode, &folder, "export-picker", "export-picker-choose");
            self.picker = Some(Box::new(picker.with_places(Some(&self.root), [])));
        }
        if self.stopped {
            note(ui, panel, Tone::Careful, &panel.say("export-stopped"));
        }
        let in_the_way = wish.as_ref().is_ok_and(|wish| !wish.overwrite && is_in_the_way(&wish.out));
        let ready = wish.is_ok() && self.look.is_good() && !in_the_way;
        let (mut write, mut cancel) = (false, false);
        buttons(ui, |ui| {
            write = primary(ui, panel, &panel.say("export-write"), ready).clicked();
            cancel = secondary(ui, &panel.say("dialog-cancel")).clicked();
            if let Ok(wish) = &wish {
                command_line(ui, panel, &wish.as_command(&self.root));
            }
        });
        // Ctrl+Enter from anywhere in the form.
        write |= ready && ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if write && let Ok(wish) = wish {
            self.write(ui.ctx(), wish);
        }
        cancel
    }

    fn write(&mut self, ctx: &Context, wish: ExportWish) {
        let (root, wanted) = (self.root.clone(), wish.clone());
        self.wish = Some(wish);
        (self.begun, self.stopped) = (false, false);
        self.phase = Phase::Writing(Job::start(ctx, move |course| {
            let project = Project::open(&root)?;
            let export = Export::begin(&project, &wanted, course)?;
            let target = export.target()?;
            export.write(target)
        }));
    }

    fn done(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let Phase::Done(result) = &self.phase else { return true };
        let Some(wish) = &self.wish else { return true };
        match result {
            Err(why) => {
                note(ui, panel, Tone::Wrong, &told(panel.words, why));
                soft(ui, panel, &panel.say("export-nothing-written"));
            }
            Ok(exported) => {
                let path = wish.out.display().to_string();
                let values = [("sets", exported.sets.into()), ("path", (&path).into())];
                ui.add(egui::Label::new(panel.with("export-done", &values)).wrap());
                show_exported(ui, panel, exported);
            }
        }
        let failed = result.is_err();
        let mut again = false;
        let closed = buttons(ui, |ui| {
            let close = primary(ui, panel, &panel.say("dialog-close"), true);
            begin_with(&close, &mut self.begun);
            if failed {
                again = secondary(ui, &panel.say("exchange-back")).clicked();
            } else {
                if secondary(ui, &panel.say("exchange-show-in-folder")).clicked() {
                    show_in_folder(ui.ctx(), &wish.out);
                }
                command_line(ui, panel, &wish.as_command(&self.root));
            }
            close.clicked()
        });
        if again {
            self.form.begin_again();
            self.look.look_again();
            self.phase = Phase::Choosing;
        }
        closed
    }
}

fn show_exported(ui: &mut Ui, panel: &Panel<'_>, exported: &Exported) {
    ScrollArea::vertical().id_salt("exported").max_height(260.0).show(ui, |ui| {
        if let Some((_, parts)) = &exported.parts {
            for part in parts {
                let name = part_title(panel, &part.name);
                let values = [("part", (&name).into()), ("articles", part.articles.len().into())];
                ui.label(panel.with("export-part", &values));
            }
            soft(ui, panel, &panel.say("export-split-file"));
        }
        for problem in &exported.problems {
            note(ui, panel, Tone::Careful, &told(panel.words, problem));
        }
        if exported.loose_links > 0 {
            let text = panel.with("export-loose-links", &[("n", exported.loose_links.into())]);
            ui.add(egui::Label::new(RichText::new(text).small()).wrap());
        }
    });
}

/// Whether something is at a path that would be written over.
fn is_in_the_way(out: &Path) -> bool {
    match std::fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => out.exists(),
    }
}
