//! Who annotates which article: by hand in a table, or dealt out evenly; and whether people see each other's work before they are done.

use egui::{Button, Checkbox, DragValue, FontId, Rect, RichText, TextEdit, Ui, UiBuilder, pos2, vec2};
use std::collections::BTreeMap;

use super::{DashboardAct, figures};
use crate::review::assignment::assign;
use crate::session::overview::Overview;
use crate::window::dialogs::annotator::annotator_name;
use crate::window::look;
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows, line, row_response};
use crate::window::panels::{status_sign, status_word};

const ROW: f32 = 28.0;

/// The table while it is edited.
#[derive(Default)]
pub struct Assignments {
    /// What is written down now, by article.
    kept: BTreeMap<String, Vec<String>>,
    /// What it is to be.
    wanted: BTreeMap<String, Vec<String>>,
    begun: bool,
    each: usize,
    seed: u64,
    /// Whether dealing out leaves what is assigned already.
    keeps: bool,
    /// The name of somebody to come, while it is written.
    name: String,
    list: List,
}

impl Assignments {
    /// The project was read anew.
    pub fn begin(&mut self, overview: &Overview) {
        if self.each == 0 {
            self.each = figures::annotators(overview).len().clamp(1, 2);
            self.seed = 1;
            self.keeps = true;
        }
        // What is not saved yet is not lost because somebody's work came in.
        self.begun &= self.wanted != self.kept;
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        let Some(session) = panel.session else { return };
        if !self.begun || self.kept != session.settings.assignments {
            self.kept.clone_from(&session.settings.assignments);
            self.wanted.clone_from(&self.kept);
            self.begun = true;
        }
        let names: Vec<String> =
            figures::annotators(overview).iter().map(|who| overview.people[*who].clone()).collect();
        self.deal(ui, panel, overview, &names);
        ui.add_space(6.0);
        self.table(ui, panel, overview, &names);
    }

    fn deal(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview, names: &[String]) {
        let t = panel.tokens;
        let mut blind = panel.session.is_some_and(|s| s.settings.blind_until_done);
        let words = panel.say("overview-blind");
        let tick = ui.checkbox(&mut blind, words).on_hover_text(panel.say("overview-blind-about"));
        if tick.clicked() {
            panel.ask(DashboardAct::SetBlind(blind).into());
        }
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(panel.say("overview-each"));
            let most = names.len().max(1);
            self.each = self.each.clamp(1, most);
            ui.add(DragValue::new(&mut self.each).range(1..=most)).labelled_by(label.id);
            let label = ui.label(panel.say("overview-seed"));
            ui.add(DragValue::new(&mut self.seed)).labelled_by(label.id);
            if ui.add_enabled(!names.is_empty(), Button::new(panel.say("overview-deal"))).clicked() {
                let articles: Vec<String> = overview.articles.iter().map(|a| a.path.clone()).collect();
                let there = if self.keeps { self.wanted.clone() } else { BTreeMap::new() };
                let dealt = assign(&articles, names, self.each, self.seed, &there);
                // There are always as many people as the number asks for: it cannot be set higher.
                self.wanted = dealt.unwrap_or_default();
            }
            ui.checkbox(&mut self.keeps, panel.say("overview-keep"))
                .on_hover_text(panel.say("overview-keep-about"));
            if ui.add_enabled(!self.wanted.is_empty(), Button::new(panel.say("overview-everyone"))).clicked()
            {
                self.wanted.clear();
            }
            let changed = self.wanted != self.kept;
            let save = Button::new(RichText::new(panel.say("overview-save")).family(look::bold()));
            if ui.add_enabled(changed, save).clicked() {
                panel.ask(DashboardAct::Assign(self.wanted.clone()).into());
            }
            if changed {
                ui.label(RichText::new(panel.say("overview-unsaved")).small().color(t.warning));
            }
        });
        self.someone_new(ui, panel);
        let load = |name: &String| {
            let of = |path: &String| self.wanted.get(path).is_none_or(|names| names.contains(name));
            overview.articles.iter().filter(|a| of(&a.path)).count()
        };
        let loads: Vec<String> = names.iter().map(|name| format!("{name}: {}", load(name))).collect();
        let words = panel.with("overview-loads", &[("loads", (&loads.join(", ")).into())]);
        ui.label(RichText::new(words).small().color(t.text_soft));
    }

    /// A line for the name of somebody who has no work here yet: articles can be theirs before they begin.
    fn someone_new(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let t = panel.tokens;
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(panel.say("overview-person"));
            let line =
                ui.add(TextEdit::singleline(&mut self.name).desired_width(160.0)).labelled_by(label.id);
            let entered = line.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            let name = annotator_name(&self.name);
            let clicked =
                ui.add_enabled(name.is_ok(), Button::new(panel.say("overview-add-person"))).clicked();
            match name {
                Ok(name) if entered || clicked => {
                    self.name.clear();
                    line.request_focus();
                    panel.ask(DashboardAct::AddPerson(name).into());
                }
                Err(fault) if !self.name.trim().is_empty() => {
                    ui.label(RichText::new(panel.say(fault.word())).small().color(t.warning));
                }
                _ => {}
            }
        });
    }

    fn table(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview, names: &[String]) {
        let t = panel.tokens;
        let width = ui.available_width();
        let title = (width * 0.4).clamp(140.0, 360.0);
        let column = ((width - title - 12.0) / names.len().max(1) as f32).clamp(64.0, 130.0);
        let (head, _) = ui.allocate_exact_size(vec2(width, 22.0), egui::Sense::hover());
        for (n, name) in names.iter().enumerate() {
            let galley = line(ui, name, column - 6.0, FontId::new(12.5, look::bold()), t.text);
            let at = pos2(head.left() + title + column * n as f32, head.top() + 2.0);
            galley.paint(ui.painter(), at, t.text);
        }
        let people: Vec<usize> = figures::annotators(overview);
        let name = panel.say("overview-assignments");
        let rows = Rows {
            salt: "assignments",
            name: &name,
            row: ROW,
            count: overview.articles.len(),
            may: &|_| true,
            tokens: t,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let wanted = &mut self.wanted;
        self.list.show(ui, rows, |ui, row| {
            let article = &overview.articles[row.index];
            let response = row_response(ui, row, false, &article.title, t);
            let middle = row.rect.center().y;
            let galley = line(ui, &article.title, title - 12.0, FontId::proportional(13.0), t.text);
            let at = pos2(row.rect.left() + 6.0, middle - galley.size().y / 2.0);
            galley.paint(ui.painter(), at, t.text);
            for (n, name) in names.iter().enumerate() {
                let left = row.rect.left() + title + column * n as f32;
                let rect = Rect::from_min_size(pos2(left, row.rect.top() + 3.0), vec2(26.0, ROW - 6.0));
                let listed = wanted.get(&article.path);
                let mut on = listed.is_none_or(|names| names.contains(name));
                let builder = UiBuilder::new().max_rect(rect).id_salt(("assign", row.index, n));
                let tick = ui.scope_builder(builder, |ui| {
                    ui.visuals_mut().widgets.inactive.bg_stroke.color = t.text_faint;
                    // Everyone's by default: not chosen, so not as dark as what was chosen.
                    if listed.is_none() {
                        ui.visuals_mut().widgets.inactive.fg_stroke.color = t.text_faint;
                    }
                    ui.add(Checkbox::without_text(&mut on))
                });
                let words = format!("{}: {name}", article.title);
                tick.inner.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, &words));
                if tick.inner.clicked() {
                    let all = || names.to_vec();
                    let entry = wanted.entry(article.path.clone()).or_insert_with(all);
                    entry.retain(|n| n != name);
                    if on {
                        entry.push(name.clone());
                        entry.sort();
                    }
                }
                if let Some(status) = article.statuses.get(people[n]).copied().flatten() {
                    let at = pos2(left + 40.0, middle);
                    status_sign(ui.painter(), at, 5.0, status, t);
                    let rect = Rect::from_center_size(at, vec2(16.0, 16.0));
                    let sign = ui.interact(rect, row.id.with(n), egui::Sense::hover());
                    sign.on_hover_text(panel.words.say(status_word(status)));
                }
            }
            response.clicked()
        });
    }
}
