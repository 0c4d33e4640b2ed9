//! Deciding in bulk: a rule, what it would put into gold, and what it leaves to the judge; shown before anything is done.

use egui::{Context, Id, Key, Modifiers, RichText, Ui};

use super::ReviewAct;
use super::scene::Scene;
use crate::model::AnnotationSet;
use crate::review::adjudication::{Case, Judge, Plan, Refused, Rule};
use crate::window::describe::shorten;
use crate::window::dialogs::sheet::{
    Sheet, Tone, buttons, height_left, marks, note, primary, secondary, soft,
};
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows, line, row_response};
use crate::window::panels::swatch;

const ROW: f32 = 24.0;

/// The dialog.
pub struct RulesDialog {
    rules: Vec<Rule>,
    chosen: usize,
    plan: Option<(usize, u64, Result<Plan, Refused>)>,
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
        Self { rules, chosen: 0, plan: None, list: List::default(), begun: false, at_rule: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>, scene: &Scene) -> bool {
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
            self.work_out(panel, scene);
            let ready = self.preview(ui, panel);
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
        cancelled || shown.dismissed
    }

    /// What the chosen rule would do, worked out when rule or gold are new.
    fn work_out(&mut self, panel: &Panel<'_>, scene: &Scene) {
        let Some(open) = panel.open() else { return };
        let gold = &open.desk.workspace.set;
        let key = (self.chosen, gold.generation());
        if self.plan.as_ref().is_some_and(|(chosen, generation, _)| (*chosen, *generation) == key) {
            return;
        }
        let sets: Vec<(&str, &AnnotationSet)> =
            scene.people.iter().map(|p| (p.name.as_str(), &*p.set)).collect();
        let case = Case { sets: &sets, comparison: &scene.comparison, gold, schema: &open.desk.schema };
        let plan = self.rules[self.chosen].plan(case, &Judge::default());
        self.plan = Some((key.0, key.1, plan));
        self.list = List::default();
    }

    /// What would be done; whether there is anything to do.
    fn preview(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let (Some((_, _, plan)), Some(open)) = (&self.plan, panel.open()) else { return false };
        let plan = match plan {
            Ok(plan) => plan,
            Err(why) => {
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

fn rule_words(panel: &Panel<'_>, rule: &Rule) -> String {
    match rule {
        Rule::Unanimous => panel.say("review-rule-unanimous"),
        Rule::Majority => panel.say("review-rule-majority"),
        Rule::Trusted(name) => panel.with("review-rule-trusted", &[("who", name.into())]),
    }
}
