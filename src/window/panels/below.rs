//! The panel below the article: problems, relations, comments, history and guidelines as tabs.

use egui::{Button, RichText, Ui, UiBuilder};

use super::{GuidelinesPanel, HistoryPanel, ProblemsPanel, RelationsPanel};
use crate::validate::Finding;
use crate::window::command::Command;
use crate::window::panel::Panel;

/// The side of the cross that closes the panel, in points.
const CROSS: f32 = 24.0;

/// What the panel below shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BelowTab {
    /// What validation finds.
    #[default]
    Problems,
    /// Links between spans.
    Relations,
    /// What people said about the article.
    Comments,
    /// Steps done and undone.
    History,
    /// How to annotate.
    Guidelines,
}

impl BelowTab {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Problems, Self::Relations, Self::Comments, Self::History, Self::Guidelines];

    /// The command that shows it.
    pub fn command(self) -> Command {
        match self {
            Self::Problems => Command::GoToProblems,
            Self::Relations => Command::ShowRelations,
            Self::Comments => Command::ShowComments,
            Self::History => Command::ShowHistory,
            Self::Guidelines => Command::ShowGuidelines,
        }
    }
}

/// The panel below.
#[derive(Default)]
pub struct BelowPanel {
    tab: BelowTab,
    /// What validation finds.
    pub problems: ProblemsPanel,
    /// Links between spans.
    pub relations: RelationsPanel,
    /// Steps done and undone.
    pub history: HistoryPanel,
    /// How to annotate.
    pub guidelines: GuidelinesPanel,
}

impl BelowPanel {
    /// Shows this tab from now on.
    pub fn show_tab(&mut self, tab: BelowTab) {
        self.tab = tab;
    }

    /// Which tab is shown.
    pub fn tab(&self) -> BelowTab {
        self.tab
    }

    /// Goes to the next problem or the one before, round the end, and gives its place among the findings.
    pub fn step_problem(&mut self, findings: &[Finding], forward: bool) -> Option<usize> {
        self.problems.step(findings, forward)
    }

    /// Opens the page on the rule of the problem at hand, or of the first. False if there is none.
    pub fn explain_problem(&mut self, findings: &[Finding]) -> bool {
        self.problems.explain(findings)
    }

    /// The problem at hand, by its place among the findings.
    pub fn selected_problem(&self) -> Option<usize> {
        self.problems.selected()
    }

    /// Gives the tab that is shown the keyboard.
    pub fn focus(&mut self) {
        match self.tab {
            BelowTab::Problems => self.problems.focus(),
            BelowTab::Relations => self.relations.focus(),
            // The list of threads takes the keyboard by itself.
            BelowTab::Comments => {}
            BelowTab::History => self.history.focus(),
            BelowTab::Guidelines => self.guidelines.focus(),
        }
    }

    /// Shows the panel in what room there is; `comments` shows the threads.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, comments: impl FnOnce(&mut Ui)) {
        // The cross keeps its corner; the tabs take a second row where one is too narrow for them.
        let corner = egui::Rect::from_min_max(
            egui::pos2(ui.max_rect().right() - CROSS, ui.max_rect().top()),
            egui::pos2(ui.max_rect().right(), ui.max_rect().top() + CROSS),
        );
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() - CROSS - 4.0).max(0.0));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(2.0, 0.0);
                for tab in BelowTab::ALL {
                    self.tab_button(ui, panel, tab);
                }
            });
        });
        let name = panel.words.say(&Command::ToggleBelow.word());
        let tip = format!("{name}  {}", panel.keys.shown(Command::ToggleBelow));
        // Not `put`, which would go on below the cross instead of below the tabs.
        let cross = Button::new("×").frame_when_inactive(false);
        let close = ui.new_child(UiBuilder::new().max_rect(corner)).add(cross);
        if close.accessible_name(&name).on_hover_text(tip).clicked() {
            panel.ask(crate::window::panel::Request::Command(Command::ToggleBelow));
        }
        let line = ui.available_rect_before_wrap();
        ui.painter().hline(line.x_range(), line.top() - 2.0, egui::Stroke::new(1.0, panel.tokens.line));
        ui.push_id(self.tab, |ui| match self.tab {
            BelowTab::Problems => self.problems.show(ui, panel),
            BelowTab::Relations => self.relations.show(ui, panel),
            BelowTab::Comments => comments(ui),
            BelowTab::History => self.history.show(ui, panel),
            BelowTab::Guidelines => self.guidelines.show(ui, panel),
        });
    }

    fn tab_button(&mut self, ui: &mut Ui, panel: &Panel<'_>, tab: BelowTab) {
        let open = panel.open();
        let counted = |key: &str, n: usize| panel.words.with(key, &[("n", n.into())]);
        let title = match tab {
            BelowTab::Problems => counted("tab-problems", open.map_or(0, |o| o.findings.len())),
            BelowTab::Relations => {
                counted("tab-relations", open.map_or(0, |o| o.desk.workspace.set.relation_count()))
            }
            BelowTab::Comments => {
                let threads = panel.session.map_or(&[][..], |session| session.talk().threads());
                counted("talk-tab", threads.iter().filter(|thread| thread.resolved.is_none()).count())
            }
            BelowTab::History => panel.say("history-title"),
            BelowTab::Guidelines => panel.say("guidelines-title"),
        };
        let on = self.tab == tab;
        let ink = if on { panel.tokens.text } else { panel.tokens.text_soft };
        let button = Button::new(RichText::new(title).color(ink))
            .selected(on)
            .frame_when_inactive(false)
            .corner_radius(0);
        let response = ui.add(button);
        if on {
            let under = response.rect.bottom() - 1.0;
            ui.painter().hline(response.rect.x_range(), under, egui::Stroke::new(2.0, panel.tokens.accent));
        }
        let key = panel.keys.shown(tab.command());
        let response = if key.is_empty() { response } else { response.on_hover_text(key) };
        if response.clicked() {
            self.tab = tab;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panel::Request;
    use crate::window::panels::trial::{Trial, harness};
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn tabs_count_and_change_what_is_shown() {
        let mut h = harness([760.0, 260.0], Trial::new(), BelowPanel::default(), |below, ui, panel| {
            below.show(ui, panel, |_| {})
        });
        h.run();
        assert!(h.query_by_label_contains("at least one issue").is_some());
        h.get_by_label("Связи (1)").click();
        h.run();
        assert_eq!(h.state().shown.tab(), BelowTab::Relations);
        assert!(h.query_by_label("оспаривает →").is_some());
        h.state_mut().shown.show_tab(BelowTab::Guidelines);
        h.run();
        assert!(h.query_by_label_contains("Сначала прочтите").is_some());
        h.get_by_label("Проблемы (3)").click();
        h.run();
        assert_eq!(h.state().shown.tab(), BelowTab::Problems);
        h.get_by_label("Показать или скрыть нижнюю панель").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Command(Command::ToggleBelow)]);
    }
}
