//! Whose sets are compared.

use egui::{Context, Id, Key, Modifiers, RichText};

use super::ReviewAct;
use crate::window::dialogs::sheet::{Sheet, buttons, marks, primary, secondary, soft};
use crate::window::panel::Panel;

/// The dialog.
pub struct PeopleDialog {
    people: Vec<(String, bool)>,
    begun: bool,
    /// Whether the keyboard was at one of the boxes in the last frame.
    at_box: bool,
}

impl PeopleDialog {
    /// Everyone who has a set on the article, those that are compared ticked.
    pub fn new(there: &[String], compared: &[String]) -> Self {
        let people = there.iter().map(|name| (name.clone(), compared.contains(name))).collect();
        Self { people, begun: false, at_box: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        // Enter is the answer, not a tick: Space ticks.
        let entered = self.at_box && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        self.at_box = false;
        let title = panel.say("review-people-title");
        let shown = Sheet::new(Id::unique("review-people"), &title, 420.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("review-people-about"));
            ui.add_space(4.0);
            marks(ui, panel, |ui| {
                for (name, on) in &mut self.people {
                    let tick = ui.checkbox(on, RichText::new(name.as_str()));
                    if !std::mem::replace(&mut self.begun, true) {
                        tick.request_focus();
                    }
                    self.at_box |= tick.has_focus();
                }
            });
            let any = self.people.iter().any(|(_, on)| *on);
            buttons(ui, |ui| {
                let done = primary(ui, panel, &panel.say("review-people-choose"), any).clicked();
                (done, secondary(ui, &panel.say("dialog-cancel")).clicked())
            })
        });
        let (done, cancelled) = shown.inner;
        if done || (entered && self.people.iter().any(|(_, on)| *on)) {
            let chosen = self.people.iter().filter(|(_, on)| *on).map(|(name, _)| name.clone()).collect();
            panel.ask(ReviewAct::Compare(chosen).into());
            return true;
        }
        cancelled || shown.dismissed
    }
}
