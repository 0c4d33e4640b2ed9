//! Someone else changed the same annotations while they were open here: for each, whose shall stay.

use egui::{Context, Frame, Id, Margin, RichText, ScrollArea, Stroke, Ui};

use super::sheet::{Sheet, Tone, buttons, height_left, marks, note, primary, secondary, soft};
use crate::window::look::bold;
use crate::window::panel::Panel;
use crate::window::words::Said;

/// Whose version stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What stands in this window.
    Mine,
    /// What stands in the file.
    Theirs,
}

/// One thing both changed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictView {
    /// What it is: the span's words.
    pub title: String,
    /// How it stands here.
    pub mine: String,
    /// How it stands in the file.
    pub theirs: String,
    /// What was decided, if anything.
    pub choice: Option<Keep>,
}

/// The dialog.
#[derive(Clone, Debug, Default)]
pub struct ConflictDialog {
    /// The file, for people.
    pub file: String,
    /// What both changed.
    pub conflicts: Vec<ConflictView>,
    begun: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConflictOutcome {
    /// Every conflict has a choice.
    Decided(Vec<ConflictView>),
    /// Not now: nothing is written until it is decided.
    Later,
}

impl ConflictDialog {
    /// A dialog about these conflicts.
    pub fn new(file: impl Into<String>, conflicts: Vec<ConflictView>) -> Self {
        Self { file: file.into(), conflicts, begun: false }
    }

    fn undecided(&self) -> usize {
        self.conflicts.iter().filter(|c| c.choice.is_none()).count()
    }

    /// Shows the dialog. `None` while the user is at it.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> Option<ConflictOutcome> {
        let title = panel.say("conflict-title");
        let shown = Sheet::new(Id::unique("conflicts"), &title, 760.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.with("conflict-about", &[("file", (&self.file).into())]));
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                for (keep, word) in [(Keep::Mine, "conflict-all-mine"), (Keep::Theirs, "conflict-all-theirs")]
                {
                    let button = ui.button(panel.say(word));
                    if !self.begun {
                        self.begun = true;
                        button.request_focus();
                    }
                    if button.clicked() {
                        self.conflicts.iter_mut().for_each(|c| c.choice = Some(keep));
                    }
                }
            });
            ScrollArea::vertical()
                .max_height(height_left(ui.ctx(), 210.0, 100.0))
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (n, conflict) in self.conflicts.iter_mut().enumerate() {
                        one(ui, panel, n, conflict);
                    }
                });
            let left = self.undecided();
            if left > 0 {
                note(ui, panel, Tone::Plain, &panel.with("conflict-left", &[("n", Said::Count(left))]));
            }
            buttons(ui, |ui| {
                let done = primary(ui, panel, &panel.say("conflict-apply"), left == 0).clicked();
                let later = secondary(ui, &panel.say("conflict-later")).clicked();
                (done, later)
            })
        });
        let (done, later) = shown.inner;
        if done {
            return Some(ConflictOutcome::Decided(self.conflicts.clone()));
        }
        (later || shown.dismissed).then_some(ConflictOutcome::Later)
    }
}

fn one(ui: &mut Ui, panel: &Panel<'_>, number: usize, conflict: &mut ConflictView) {
    ui.push_id(("conflict", number), |ui| {
        ui.add_space(6.0);
        ui.add(egui::Label::new(RichText::new(&conflict.title).family(bold())).wrap());
        let title = conflict.title.clone();
        let choice = &mut conflict.choice;
        let sides = [
            (Keep::Mine, "conflict-mine", &conflict.mine),
            (Keep::Theirs, "conflict-theirs", &conflict.theirs),
        ];
        ui.columns(2, |columns| {
            for (ui, (keep, word, text)) in columns.iter_mut().zip(sides) {
                let on = *choice == Some(keep);
                let (fill, line) = match on {
                    true => (panel.tokens.accent_ground, panel.tokens.accent),
                    false => (panel.tokens.page, panel.tokens.line),
                };
                Frame::new()
                    .fill(fill)
                    .stroke(Stroke::new(1.0, line))
                    .corner_radius(6)
                    .inner_margin(Margin::symmetric(10, 7))
                    .show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        let words = panel.say(word);
                        let name = format!("{words}: {title}");
                        let radio = marks(ui, panel, |ui| ui.radio(on, &words));
                        if radio.accessible_name(name).clicked() {
                            *choice = Some(keep);
                        }
                        let none = panel.say("conflict-nothing");
                        let text = if text.is_empty() { &none } else { text };
                        // Columns spread words over the whole width; text to be compared must not look different for it.
                        ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                            ui.add(egui::Label::new(text).wrap());
                        });
                    });
            }
        });
    });
}
