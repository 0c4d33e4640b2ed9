//! Deciding in bulk: a rule, what it would put into gold, and what it leaves to the judge; shown before anything is done.

use egui::{Context, Id, Key, Modifiers, RichText, Ui};

use super::ReviewAct;
use super::planning::Planning;
use super::scene::Scene;
use crate::review::adjudication::Rule;
use crate::window::describe::shorten;
use crate::window::dialogs::sheet::{
    Sheet, Tone, buttons, height_left, marks, meter, note, primary, secondary, soft,
};
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows, line, row_response};
use crate::window::panels::swatch;

const ROW: f32 = 24.0;

/// The dialog.
pub struct RulesDialog {
    rules: Vec<Rule>,
    chosen: usize,
    list: List,
    begun: bool,
    /// Whether the keyboard was at one of the rules in the last frame.
    at_rule: bool,
}

impl RulesDialog {
    /// The rules for these people: what all say, what most say, and each one's word alone.
    pub fn new(people: &[String]) -> Self {
        let mut rules = vec![Rule::Unanimous];
        if people.len() > 2 {
            rules.push(Rule::Majority);
        }
        rules.extend(people.iter().cloned().map(Rule::Trusted));
        Self { rules, chosen: 0, list: List::default(), begun: false, at_rule: false }
    }

    /// Shows the dialog. True once it is done with. What the chosen rule would do is in `planning`; it stays there if it is to be done.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        panel: &Panel<'_>,
        scene: &Scene,
        planning: &mut Option<Planning>,
    ) -> bool {
        let entered = self.at_rule && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        self.at_rule = false;
        let title = panel.say("review-rules-title");
        let shown = Sheet::new(Id::unique("review-rules"), &title, 640.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("review-rules-about"));
            ui.add_space(4.0);
            marks(ui, panel, |ui| {
                for (n, rule) in self.rules.iter().enumerate() {
                    let choice = ui.radio_value(&mut self.chosen, n, rule_words(panel, rule));
                    if n == 0 && !self.begun {
                        choice.request_focus();
                    }
                    if choice.has_focus() {
                        self.chosen = n;
                        self.at_rule = true;
                    }
                }
            });
            self.begun = true;
            self.work_out(panel, scene, planning);
            let ready = planning.as_ref().is_some_and(|planning| self.preview(ui, panel, planning));
            buttons(ui, |ui| {
                let done = primary(ui, panel, &panel.say("review-rules-apply"), ready).clicked();
                (ready, done, secondary(ui, &panel.say("dialog-cancel")).clicked())
            })
        });
        let (ready, done, cancelled) = shown.inner;
        if done || (entered && ready) {
            panel.ask(ReviewAct::Apply(self.rules[self.chosen].clone()).into());
            return true;
        }
        if cancelled || shown.dismissed {
            // Nobody waits for it any more: that ends it.
            if planning.take().is_some_and(|mut planning| !planning.is_there()) {
                panel.ask(ReviewAct::Stopped.into());
            }
            return true;
        }
        false
    }

    /// What the chosen rule would do, worked out when rule, gold or what is compared are new.
    fn work_out(&mut self, panel: &Panel<'_>, scene: &Scene, planning: &mut Option<Planning>) {
        let Some(session) = panel.session else { return };
        let rule = &self.rules[self.chosen];
        if !planning.as_ref().is_some_and(|planning| planning.is_of(rule, scene, session)) {
            *planning = Planning::start(rule.clone(), scene, session);
            self.list = List::default();
        }
        planning.as_mut().map(Planning::is_there);
    }

    /// What would be done; whether there is anything to do.
    fn preview(&mut self, ui: &mut Ui, panel: &Panel<'_>, planning: &Planning) -> bool {
        let Some(open) = panel.open() else { return false };
        let plan = match planning.plan() {
            None => {
                let (done, all) = planning.progress();
                ui.add_space(10.0);
                soft(ui, panel, &panel.say("working-deciding"));
                meter(ui, panel, share(done, all));
                ui.add_space(6.0);
                return false;
            }
            Some(Ok(plan)) => plan,
            Some(Err(why)) => {
                note(ui, panel, Tone::Wrong, &why.to_string());
                return false;
            }
        };
        ui.add_space(4.0);
        let counts = [
            ("taken", plan.taken.len().into()),
            ("relations", plan.relations.into()),
            ("open", plan.open.len().into()),
            ("kept", plan.kept.len().into()),
        ];
        ui.label(RichText::new(panel.with("review-rules-counts", &counts)));
        let height = height_left(ui.ctx(), 260.0 + self.rules.len() as f32 * 26.0, 90.0).min(260.0);
        let name = panel.say("review-rules-preview");
        let rows = Rows {
            salt: "rule-preview",
            name: &name,
            row: ROW,
            count: plan.taken.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        let text = &open.desk.article.text;
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.list.show(ui, rows, |ui, row| {
                let planned = &plan.taken[row.index];
                let surfaces: Vec<&str> =
                    planned.content.parts.iter().map(|p| text.slice(*p).unwrap_or_default()).collect();
                let surface = shorten(&surfaces.join(" ").replace('\n', " "), 80);
                let title = open.desk.schema.label(&planned.content.label);
                let title = title.map_or(planned.content.label.as_str(), |l| l.title(panel.words.code()));
                let words = format!("{title}: {surface} · {}", planned.from.join(", "));
                let response = row_response(ui, row, false, &words, panel.tokens);
                let middle = row.rect.center().y;
                let at = egui::pos2(row.rect.left() + 16.0, middle);
                let rect = egui::Rect::from_center_size(at, egui::vec2(16.0, 14.0));
                let number = open.desk.schema.colour_of(&planned.content.label);
                swatch(ui.painter(), rect, panel.tokens.label(number));
                let font = egui::FontId::proportional(12.5);
                let galley = line(ui, &words, row.rect.width() - 44.0, font, panel.tokens.text);
                let at = egui::pos2(row.rect.left() + 32.0, middle - galley.size().y / 2.0);
                galley.paint(ui.painter(), at, panel.tokens.text);
                response.clicked()
            });
        });
        !plan.is_empty()
    }
}

/// How much is done, 0 to 1.
pub(super) fn share(done: usize, all: usize) -> f32 {
    if all > 0 { (done as f32 / all as f32).min(1.0) } else { 0.0 }
}

fn rule_words(panel: &Panel<'_>, rule: &Rule) -> String {
    match rule {
        Rule::Unanimous => panel.say("review-rule-unanimous"),
        Rule::Majority => panel.say("review-rule-majority"),
        Rule::Trusted(name) => panel.with("review-rule-trusted", &[("who", name.into())]),
    }
}
