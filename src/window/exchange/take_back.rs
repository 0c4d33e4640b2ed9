//! The dialog that takes the newest import back.

use egui::{Context, Id, Ui};

use super::ExchangeAct;
use super::job::Job;
use super::parts::{begin_with, working};
use super::told::told;
use crate::session::Session;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::importing::{ImportHead, TakenBack, imports, take_back};
use crate::store::Project;
use crate::window::dialogs::sheet::{Sheet, Tone, buttons, note, primary, secondary, soft};
use crate::window::panel::Panel;

enum Phase {
    Asking,
    Waiting,
    Writing(Job<Result<TakenBack, ExchangeError>>),
    Done(Result<TakenBack, String>),
}

/// The dialog.
pub struct TakeBackDialog {
    project: Option<Project>,
    newest: Option<ImportHead>,
    phase: Phase,
    begun: bool,
    /// Whether the last try was stopped by the user.
    stopped: bool,
}

impl TakeBackDialog {
    /// For the project that is open.
    pub fn new(session: &Session) -> Self {
        let project = session.project().cloned();
        let newest = project.as_ref().and_then(|project| imports(project).into_iter().next());
        Self { project, newest, phase: Phase::Asking, begun: false, stopped: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        if let Phase::Writing(job) = &self.phase
            && let Some(result) = job.take()
        {
            self.begun = false;
            panel.ask(ExchangeAct::Written.into());
            self.phase = match result {
                Err(ExchangeError::Stopped) => {
                    self.stopped = true;
                    Phase::Asking
                }
                other => Phase::Done(other.map_err(|why| why.to_string())),
            };
        }
        let title = panel.say("take-back-title");
        let shown =
            Sheet::new(Id::unique("take-back"), &title, 560.0).show(ctx, panel, |ui| match &self.phase {
                Phase::Asking => self.ask(ui, panel),
                Phase::Waiting => {
                    soft(ui, panel, &panel.say("take-back-working"));
                    false
                }
                Phase::Writing(job) => {
                    working(ui, panel, "take-back-working", job, &mut self.begun);
                    false
                }
                Phase::Done(_) => self.done(ui, panel),
            });
        let busy = matches!(self.phase, Phase::Writing(_) | Phase::Waiting);
        shown.inner || shown.dismissed && !busy
    }

    fn ask(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        match &self.newest {
            None => drop(soft(ui, panel, &panel.say("take-back-none"))),
            Some(import) => {
                let when = import.when.replace('T', " ").trim_end_matches('Z').to_owned();
                let values = [
                    ("source", (&import.source).into()),
                    ("when", (&when).into()),
                    ("sets", import.sets.into()),
                    ("articles", import.articles.into()),
                ];
                ui.add(egui::Label::new(panel.with("take-back-what", &values)).wrap());
                soft(ui, panel, &panel.say("take-back-about"));
            }
        }
        if self.stopped {
            note(ui, panel, Tone::Careful, &panel.say("take-back-stopped"));
        }
        let (mut go, mut cancel) = (false, false);
        buttons(ui, |ui| {
            let action = primary(ui, panel, &panel.say("take-back-do"), self.newest.is_some());
            let close = secondary(ui, &panel.say("dialog-cancel"));
            begin_with(if self.newest.is_some() { &action } else { &close }, &mut self.begun);
            (go, cancel) = (action.clicked(), close.clicked());
        });
        if go {
            (self.begun, self.stopped) = (false, false);
            self.phase = Phase::Waiting;
            panel.ask(ExchangeAct::MakeWay.into());
        }
        cancel
    }

    /// Takes it back; the article at hand is closed.
    pub(super) fn write(&mut self, ctx: &Context) {
        if let (Phase::Waiting, Some(project)) = (&self.phase, self.project.clone()) {
            self.phase = Phase::Writing(Job::start(ctx, move |course| take_back(&project, course)));
        }
    }

    fn done(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let Phase::Done(result) = &self.phase else { return true };
        match result {
            Err(why) => drop(note(ui, panel, Tone::Wrong, &told(panel.words, why))),
            Ok(taken) => {
                let values = [("removed", taken.removed.into()), ("restored", taken.restored.into())];
                ui.add(egui::Label::new(panel.with("take-back-done", &values)).wrap());
            }
        }
        buttons(ui, |ui| {
            let close = primary(ui, panel, &panel.say("dialog-close"), true);
            begin_with(&close, &mut self.begun);
            close.clicked()
        })
    }
}
