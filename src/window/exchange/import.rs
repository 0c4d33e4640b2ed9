//! The import dialog.

use std::path::{Path, PathBuf};

use egui::{Context, Id, Ui};

use super::ExchangeAct;
use super::import_form::ImportForm;
use super::import_look::ImportLook;
use super::job::Job;
use super::mapping_table::MappingAsks;
use super::parts::{WIDTH, begin_with, two_sides, working};
use super::told::told;
use crate::session::Session;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::importing::{ImportPlan, Imported, confirm};
use crate::store::OwnWrites;
use crate::window::dialogs::sheet::{Sheet, Tone, buttons, note, primary, secondary, soft};
use crate::window::dialogs::{FilePicker, PickerMode, PickerOutcome, documents};
use crate::window::panel::Panel;

enum Phase {
    Choosing,
    /// The plan waits until the article at hand is closed.
    Waiting(Box<ImportPlan>),
    Writing(Job<Result<Imported, ExchangeError>>),
    Done(Result<Imported, String>),
}

/// What a path is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picks {
    /// What is to be imported.
    Source,
    /// A mapping to be read.
    MappingToRead,
    /// The folder for a mapping.
    MappingFolder,
}

/// The dialog.
pub struct ImportDialog {
    root: PathBuf,
    own_writes: OwnWrites,
    form: ImportForm,
    look: ImportLook,
    phase: Phase,
    /// What was left out of what was imported.
    left_out: usize,
    picker: Option<Box<FilePicker>>,
    /// What the picker is asked for.
    picks: Picks,
    begun: bool,
    /// Whether the last try was stopped by the user.
    stopped: bool,
}

impl ImportDialog {
    /// For the project that is open.
    pub fn new(session: &Session) -> Self {
        Self {
            root: session.root.clone(),
            own_writes: session.project().map(|project| project.own_writes.clone()).unwrap_or_default(),
            form: ImportForm::new(session),
            look: ImportLook::default(),
            phase: Phase::Choosing,
            left_out: 0,
            picker: None,
            picks: Picks::Source,
            begun: false,
            stopped: false,
        }
    }

    /// Takes a source, as when it was dropped on the window. Not while something is written.
    pub fn take_source(&mut self, source: PathBuf) {
        if matches!(self.phase, Phase::Done(_)) {
            self.phase = Phase::Choosing;
            self.begun = false;
        }
        if matches!(self.phase, Phase::Choosing) {
            (self.picker, self.stopped) = (None, false);
            self.form.take_source(source);
        }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        if let Some(picker) = &mut self.picker {
            if let Some(outcome) = picker.show(ctx, panel) {
                if let PickerOutcome::Picked(paths) = outcome
                    && let Some(source) = paths.into_iter().next()
                {
                    match self.picks {
                        Picks::Source => self.form.take_source(source),
                        Picks::MappingToRead => self.look.read_mapping(panel, source, &mut self.form.mapping),
                        Picks::MappingFolder => self.look.save_mapping(panel, &source, &self.form.mapping),
                    }
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
            self.look.look_again();
            panel.ask(ExchangeAct::Written.into());
            self.phase = match result {
                Err(ExchangeError::Stopped) => {
                    self.stopped = true;
                    self.form.begin_again();
                    Phase::Choosing
                }
                other => Phase::Done(other.map_err(|why| why.to_string())),
            };
        }
        let title = panel.say("import-title");
        let width = if matches!(self.phase, Phase::Choosing) { WIDTH } else { 620.0 };
        let shown =
            Sheet::new(Id::unique("import"), &title, width).show(ctx, panel, |ui| match &self.phase {
                Phase::Choosing => self.choose(ui, panel),
                Phase::Waiting(_) => {
                    soft(ui, panel, &panel.say("import-writing"));
                    false
                }
                Phase::Writing(job) => {
                    working(ui, panel, "import-writing", job, &mut self.begun);
                    false
                }
                Phase::Done(_) => self.done(ui, panel),
            });
        let busy = matches!(self.phase, Phase::Writing(_) | Phase::Waiting(_));
        shown.inner || shown.dismissed && !busy
    }

    fn choose(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let wish = self.form.wish();
        if let Ok(wish) = &wish {
            self.look.of(ui.ctx(), &self.root, &self.own_writes, wish);
        }
        let (mut browse, mut mapping, mut file) = (false, self.form.mapping.clone(), None);
        let Self { form, look, .. } = self;
        two_sides(
            ui,
            |ui| browse = form.show(ui, panel),
            |ui| match &wish {
                Ok(_) => file = look.show(ui, panel, &mut mapping),
                Err("import-no-source") => drop(soft(ui, panel, &panel.say("import-about"))),
                Err("exchange-looking") => drop(soft(ui, panel, &panel.say("import-looking"))),
                Err(word) => drop(note(ui, panel, Tone::Wrong, &panel.say(word))),
            },
        );
        self.form.mapping = mapping;
        if browse {
            let typed = PathBuf::from(self.form.source.trim());
            let folder = typed.parent().filter(|there| there.is_dir()).map_or_else(documents, Path::to_owned);
            let picker = FilePicker::new(PickerMode::Files, &folder, "import-picker", "import-picker-choose");
            let picker = picker.any_file().folders_too().with_places(Some(&self.root), []);
            (self.picks, self.picker) = (Picks::Source, Some(Box::new(picker)));
        }
        if let Some(asks) = file {
            self.pick_mapping(asks);
        }
        if self.stopped {
            note(ui, panel, Tone::Careful, &panel.say("import-stopped"));
        }
        let ready = wish.is_ok() && self.look.is_good();
        let (mut go, mut cancel) = (false, false);
        buttons(ui, |ui| {
            let action = match self.look.sets() {
                sets if ready && sets > 0 => panel.with("import-confirm", &[("sets", sets.into())]),
                _ => panel.say("import-confirm-none"),
            };
            go = primary(ui, panel, &action, ready).clicked();
            cancel = secondary(ui, &panel.say("dialog-cancel")).clicked();
        });
        go |= ready && ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if go && let Some(plan) = self.look.take_plan() {
            self.left_out = plan.intake().left_out;
            (self.begun, self.stopped) = (false, false);
            if let Err(why) = self.form.mapping.remember(&self.root) {
                tracing::warn!("the mapping could not be remembered: {why}");
            }
            self.phase = Phase::Waiting(Box::new(plan));
            panel.ask(ExchangeAct::MakeWay.into());
        }
        cancel
    }

    fn pick_mapping(&mut self, asks: MappingAsks) {
        let folder = self.look.mapping_folder().unwrap_or_else(documents);
        let (mode, title, action) = match asks {
            MappingAsks::File => (PickerMode::Files, "import-mapping-picker", "import-picker-choose"),
            MappingAsks::Folder => {
                let folder = PickerMode::Folder { must_hold_project: false };
                (folder, "import-mapping-folder", "import-mapping-save-here")
            }
        };
        let picker = FilePicker::new(mode, &folder, title, action).with_places(Some(&self.root), []);
        (self.picks, self.picker) = match asks {
            MappingAsks::File => {
                let picker = picker.one_file(&["ron"], "import-mapping-files");
                (Picks::MappingToRead, Some(Box::new(picker)))
            }
            MappingAsks::Folder => (Picks::MappingFolder, Some(Box::new(picker))),
        };
    }

    /// Writes what was looked at; the article at hand is closed.
    pub(super) fn write(&mut self, ctx: &Context) {
        if let Phase::Waiting(plan) = std::mem::replace(&mut self.phase, Phase::Choosing) {
            self.phase = Phase::Writing(Job::start(ctx, move |course| confirm(*plan, course)));
        }
    }

    fn done(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let Phase::Done(result) = &self.phase else { return true };
        match result {
            Err(why) => {
                note(ui, panel, Tone::Wrong, &told(panel.words, why));
                soft(ui, panel, &panel.say("import-nothing-written"));
            }
            Ok(imported) => {
                let values = [("sets", imported.sets.into()), ("articles", imported.articles.into())];
                ui.label(panel.with("import-done", &values));
                if self.left_out > 0 {
                    let text = panel.with("import-left-out-done", &[("n", self.left_out.into())]);
                    note(ui, panel, Tone::Careful, &text);
                }
                soft(ui, panel, &panel.say("import-can-be-undone"));
            }
        }
        let undoable = matches!(result, Ok(Imported { number: Some(_), .. }));
        let failed = result.is_err();
        let mut again = false;
        let closed = buttons(ui, |ui| {
            let close = primary(ui, panel, &panel.say("dialog-close"), true);
            begin_with(&close, &mut self.begun);
            if failed {
                again = secondary(ui, &panel.say("exchange-back")).clicked();
            }
            if undoable && secondary(ui, &panel.say("import-take-back")).clicked() {
                panel.ask(ExchangeAct::TakeBack.into());
            }
            close.clicked()
        });
        if again {
            self.form.begin_again();
            self.phase = Phase::Choosing;
        }
        closed
    }
}
