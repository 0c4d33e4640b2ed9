//! Reading what came from others, writing it, packing work for others: beside the window, with a bar that says how far it is.

use egui::{Context, Id, Ui};
use std::path::PathBuf;

use super::planning::{NoPlan, Planning};
use super::rules::share;
use crate::review::Plan;
use crate::session::bringing_in::{BroughtIn, Incoming, Wanted};
use crate::session::{Job, Lost, Session};
use crate::store::{PackageError, Packed, StoreError, write_package};
use crate::window::dialogs::sheet::{Sheet, buttons, meter, secondary, soft};
use crate::window::panel::Panel;

/// Work under way.
enum Work {
    Looking { source: PathBuf, job: Job<Result<Incoming, PackageError>> },
    TakingIn(Job<BroughtIn>),
    Packing { out: PathBuf, job: Job<Result<Option<Packed>, StoreError>> },
    Deciding(Planning),
}

/// What came of it.
pub(super) enum Done {
    /// A folder or zip was looked at.
    Looked(PathBuf, Result<Incoming, PackageError>),
    /// Work of others was written; part of it, if the user stopped it.
    TakenIn(BroughtIn, bool),
    /// A package was written; `None`: the user stopped it.
    Packed(PathBuf, Result<Option<Packed>, StoreError>),
    /// The user did not want to know what came.
    Stopped,
    /// What a rule decides, worked out.
    Decided(Result<Plan, NoPlan>),
    /// The thread died.
    Lost(Lost),
}

/// The dialog that is shown meanwhile.
pub(super) struct WorkingDialog {
    work: Work,
    begun: bool,
    /// The user stopped it; it ends at its next step.
    stopped: bool,
}

impl WorkingDialog {
    /// Looks at a folder or zip.
    pub fn look_at(session: &Session, source: PathBuf) -> Option<Self> {
        let project = session.project()?.clone();
        let from = source.clone();
        let job = Job::start("looking", session.waker(), move |steps| {
            Incoming::look_at(&project, &from, &Wanted::default(), steps)
        });
        Some(Self { work: Work::Looking { source, job }, begun: false, stopped: false })
    }

    /// Writes what was looked at.
    pub fn take_in(session: &Session, incoming: Incoming) -> Option<Self> {
        let project = session.project()?.clone();
        let job = Job::start("taking in", session.waker(), move |steps| incoming.write(&project, steps));
        Some(Self { work: Work::TakingIn(job), begun: false, stopped: false })
    }

    /// Packs these people's work on every article.
    pub fn pack(session: &Session, out: PathBuf, people: Vec<String>, comments: bool) -> Option<Self> {
        let project = session.project()?.clone();
        let articles: Vec<String> = session.rows.iter().map(|row| row.path.clone()).collect();
        let to = out.clone();
        let job = Job::start("packing", session.waker(), move |steps| {
            steps.expect(articles.len() * (people.len() + 1));
            write_package(&project, &to, &articles, &people, comments, &mut || {
                steps.step();
                steps.go_on()
            })
        });
        Some(Self { work: Work::Packing { out, job }, begun: false, stopped: false })
    }

    /// Waits for what a rule decides.
    pub fn decide(planning: Planning) -> Self {
        Self { work: Work::Deciding(planning), begun: false, stopped: false }
    }

    /// What came of it, once it is done; the dialog is of no use any more then.
    pub fn take(&mut self) -> Option<Done> {
        match &mut self.work {
            Work::Looking { source, job } => {
                let looked = job.take()?;
                // Half of what came is not to be brought in for the whole.
                if self.stopped {
                    return Some(Done::Stopped);
                }
                Some(looked.map_or_else(Done::Lost, |looked| Done::Looked(source.clone(), looked)))
            }
            Work::TakingIn(job) => {
                Some(job.take()?.map_or_else(Done::Lost, |done| Done::TakenIn(done, self.stopped)))
            }
            Work::Packing { out, job } => {
                Some(job.take()?.map_or_else(Done::Lost, |packed| Done::Packed(out.clone(), packed)))
            }
            Work::Deciding(planning) => planning.take().map(Done::Decided),
        }
    }

    /// Shows how far it is.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) {
        let (title, (done, all)) = match &self.work {
            Work::Looking { job, .. } => ("working-looking", job.progress()),
            Work::TakingIn(job) => ("working-taking-in", job.progress()),
            Work::Packing { job, .. } => ("working-packing", job.progress()),
            Work::Deciding(planning) => ("working-deciding", planning.progress()),
        };
        let title = panel.say(title);
        let counts = [("done", done.min(all.max(done)).into()), ("all", all.into())];
        let counted = !matches!(self.work, Work::Deciding(_));
        let words = if all > 0 { panel.with("working-steps", &counts) } else { String::new() };
        let shown = Sheet::new(Id::unique("working"), &title, 420.0).show(ctx, panel, |ui: &mut Ui| {
            ui.add_space(6.0);
            meter(ui, panel, share(done, all));
            ui.add_space(2.0);
            // The line is there from the start: else the button below would be another one once it comes, and lose the keyboard.
            if counted {
                soft(ui, panel, &words);
            }
            buttons(ui, |ui| {
                let stop = secondary(ui, &panel.say("dialog-cancel"));
                if !std::mem::replace(&mut self.begun, true) {
                    stop.request_focus();
                }
                stop.clicked()
            })
        });
        if shown.inner || shown.dismissed {
            self.stopped = true;
            match &self.work {
                Work::Looking { job, .. } => job.stop(),
                Work::TakingIn(job) => job.stop(),
                Work::Packing { job, .. } => job.stop(),
                Work::Deciding(planning) => planning.stop(),
            }
        }
    }
}
