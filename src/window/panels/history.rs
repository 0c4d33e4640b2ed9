//! Every step done and undone, newest first; a click goes to that state.

use std::fmt;

use egui::{FontId, Ui, pos2};
use jiff::tz::TimeZone;

use super::list::{List, Row, Rows, row_response};
use super::list_keys::ListKey;
use super::problems::nothing;
use super::steps::step_words;
use crate::model::Transaction;
use crate::window::look;
use crate::window::panel::{Panel, Request};

const ROW: f32 = 26.0;

/// The history of the open article.
pub struct HistoryPanel {
    list: List,
    zone: TimeZone,
    seen: Option<usize>,
}

impl Default for HistoryPanel {
    fn default() -> Self {
        Self { list: List::default(), zone: TimeZone::system(), seen: None }
    }
}

impl fmt::Debug for HistoryPanel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistoryPanel").finish_non_exhaustive()
    }
}

impl HistoryPanel {
    /// A panel that shows times in this time zone instead of the system's.
    pub fn in_zone(zone: TimeZone) -> Self {
        Self { zone, ..Self::default() }
    }

    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.list.focus();
    }

    /// Shows the panel in what room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(open) = panel.open() else {
            nothing(ui, panel, "panel-no-article", None);
            return;
        };
        let history = &open.desk.history;
        let (done, undone) = (history.done(), history.undone());
        let all = done.len() + undone.len();
        if all == 0 {
            nothing(ui, panel, "history-none", Some("history-none-hint"));
            return;
        }
        if self.seen != Some(done.len()) {
            self.seen = Some(done.len());
            self.list.go_to(undone.len());
        }
        let name = panel.say("history-title");
        // One row for each state: after `all` steps at the top, before any at the bottom.
        let rows = Rows {
            salt: "history",
            name: &name,
            row: ROW,
            count: all + 1,
            may: &|_| true,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let zone = &self.zone;
        let key = self.list.show(ui, rows, |ui, row| {
            let steps = all - row.index;
            let step = match steps {
                0 => None,
                n if n <= done.len() => done.get(n - 1),
                // The undone steps are a stack: the last one is the next to be done again.
                n => undone.get(all - n),
            };
            state_row(ui, panel, row, step, steps, done.len(), zone)
        });
        if key == Some(ListKey::Enter) {
            go(panel, all - self.list.at, done.len());
        }
    }
}

fn go(panel: &Panel<'_>, steps: usize, now: usize) {
    if steps != now && panel.may_edit() {
        panel.ask(Request::History(steps));
    }
}

fn state_row(
    ui: &mut Ui,
    panel: &Panel<'_>,
    row: &Row,
    step: Option<&Transaction>,
    steps: usize,
    now: usize,
    zone: &TimeZone,
) -> bool {
    let tokens = panel.tokens;
    let words = step.map_or_else(|| panel.say("history-start"), |step| step_words(panel, step));
    let time = step.map(|step| local_time(&step.at, zone)).unwrap_or_default();
    let here = steps == now;
    let name = match (here, steps > now) {
        (true, _) => format!("{words}, {}", panel.say("history-here")),
        (_, true) => format!("{words}, {}", panel.say("history-undone")),
        _ => words.clone(),
    };
    let response = row_response(ui, row, here, &name, tokens);
    let middle = row.rect.center().y;
    let painter = ui.painter();
    // A line down the left as on a timetable: where we are, where we were, where we may go again.
    let x = row.rect.left() + 18.0;
    let sign = pos2(x, middle);
    let above = if steps < now { tokens.text_soft } else { tokens.line };
    let below = if steps <= now { tokens.text_soft } else { tokens.line };
    if row.index > 0 {
        painter.vline(x, row.rect.top()..=middle - 5.0, egui::Stroke::new(1.0, above));
    }
    if steps > 0 {
        painter.vline(x, middle + 5.0..=row.rect.bottom(), egui::Stroke::new(1.0, below));
    }
    if here {
        painter.circle_filled(sign, 5.0, tokens.accent);
    } else {
        let ink = if steps < now { tokens.text_soft } else { tokens.line };
        painter.circle_stroke(sign, 3.5, egui::Stroke::new(1.2, ink));
    }
    let ink = if steps > now { tokens.text_faint } else { tokens.text };
    let small = FontId::proportional(11.5);
    painter.text(pos2(x + 16.0, middle), egui::Align2::LEFT_CENTER, &time, small, tokens.text_soft);
    let font = if here { FontId::new(13.5, look::bold()) } else { FontId::proportional(13.5) };
    let left = pos2(x + 78.0, row.rect.top());
    let galley = super::list::line(ui, &words, row.rect.right() - left.x - 8.0, font, ink);
    let at = pos2(left.x, middle - galley.size().y / 2.0);
    galley.paint(ui.painter(), at, ink);
    let tip = match (here, steps > now) {
        (true, _) => panel.say("history-here"),
        (_, true) => panel.say("history-go-forward"),
        _ => panel.say("history-go-back"),
    };
    let clicked = response.on_hover_text(tip).clicked();
    if clicked {
        go(panel, steps, now);
    }
    clicked
}

/// An RFC 3339 time as the clock on the wall shows it; what cannot be read as it stands.
fn local_time(at: &str, zone: &TimeZone) -> String {
    match at.parse::<jiff::Timestamp>() {
        Ok(time) => time.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string(),
        Err(_) => at.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use egui::Key;
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial) -> egui_kittest::Harness<'a, World<HistoryPanel>> {
        let panel = HistoryPanel::in_zone(TimeZone::fixed(jiff::tz::offset(2)));
        let mut h = harness([760.0, 260.0], trial, panel, HistoryPanel::show);
        h.run();
        h
    }

    #[test]
    fn clicking_a_step_goes_back_or_forward_to_it() {
        let mut trial = Trial::new();
        trial.open().desk.undo().unwrap();
        // Done: three tags and a field. Undone: a relation.
        let mut h = shown(trial);
        h.get_by_label("Отмечено «Киев» как «Сущность»").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::History(1)]);
        h.get_by_label_contains("отменено").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::History(5)]);
        h.get_by_label("Начало").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::History(0)]);
        h.get_by_label_contains("сейчас здесь").click();
        h.run();
        assert!(h.state().trial.asked().is_empty(), "one is there already");
    }

    #[test]
    fn the_keyboard_walks_the_history() {
        let mut h = shown(Trial::new());
        h.state_mut().shown.focus();
        h.run();
        h.key_press(Key::ArrowDown);
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::History(4)]);
    }

    #[test]
    fn times_are_local() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(local_time("2026-01-21T22:30:05Z", &zone), "00:30:05");
        assert_eq!(local_time("yesterday", &zone), "yesterday");
    }

    #[test]
    fn nothing_done_yet_says_so() {
        let mut trial = Trial::new();
        trial.open().desk.history = crate::model::History::default();
        let h = shown(trial);
        assert!(h.query_by_label("Пока ничего не сделано").is_some());
    }
}
