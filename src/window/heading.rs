//! The line above the text that stays while one scrolls: whose text this is once its beginning is out of view, what has been done, and
//! which part is in view. The status bar says where the caret is; this says where the reader is.

use egui::{Button, RichText, Ui, vec2};

use super::command::Command;
use super::look;
use super::panel::{Panel, Request};
use crate::model::Severity;
use crate::text::CodePoint;

/// What the heading says of the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The first code point in view.
    pub top: CodePoint,
    /// Whether the article's beginning is in view.
    pub at_beginning: bool,
    /// The sentence at the top, from 1, if sentences are counted.
    pub sentence: Option<usize>,
}

/// Shows the heading.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, reading: Reading) {
    let Some(open) = panel.open() else { return };
    let text = &open.desk.article.text;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, panel.tokens.page);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, panel.tokens.line));
    let inner = rect.shrink2(vec2(12.0, 1.0));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let builder = egui::UiBuilder::new().max_rect(inner).layout(layout).id_salt("heading-right");
    let used = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = vec2(6.0, 1.0);
        place(ui, panel, reading);
        progress(ui, panel);
        ui.min_rect()
    });
    if reading.at_beginning {
        return;
    }
    let rest = egui::Rect::from_min_max(inner.min, egui::pos2(used.inner.left() - 10.0, inner.max.y));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let builder = egui::UiBuilder::new().max_rect(rest).layout(layout).id_salt("heading-left");
    ui.scope_builder(builder, |ui| {
        let title = RichText::new(open.desk.article.title()).family(look::bold()).size(12.5);
        let label = egui::Label::new(title.color(panel.tokens.text_soft)).truncate();
        if ui.add(label.sense(egui::Sense::click())).clicked() {
            panel.ask(Request::GoTo(crate::text::TextRange::empty(text.range().start())));
        }
    });
}

fn place(ui: &mut Ui, panel: &Panel<'_>, reading: Reading) {
    let Some(open) = panel.open() else { return };
    let text = &open.desk.article.text;
    let (line, _) = text.line_column(reading.top);
    let percent = u64::from(reading.top.get()) * 100 / u64::from(text.len().max(1));
    let lines = text.lines().line_count();
    let mut words = panel.with(
        "heading-place",
        &[("line", (line as usize).into()), ("lines", lines.into()), ("percent", (percent as usize).into())],
    );
    if let Some(n) = reading.sentence {
        words = format!("{words} · {}", panel.with("heading-sentence", &[("n", n.into())]));
    }
    let tip = format!("{}  {}", panel.say("command-go-to"), panel.keys.shown(Command::GoTo));
    let button = Button::new(RichText::new(&words).small().color(panel.tokens.text_soft));
    if ui.add(button.frame_when_inactive(false)).on_hover_text(tip).clicked() {
        panel.ask(Request::Command(Command::GoTo));
    }
}

fn progress(ui: &mut Ui, panel: &Panel<'_>) {
    let Some(open) = panel.open() else { return };
    let worst = open.findings.iter().map(|f| f.severity).max();
    let count = open.findings.iter().filter(|f| f.severity >= Severity::Warning).count();
    let (words, ink) = match (count, worst) {
        (0, _) => (panel.say("heading-no-problems"), panel.tokens.good),
        (n, Some(Severity::Error)) => (panel.with("count-problems", &[("n", n.into())]), panel.tokens.error),
        (n, _) => (panel.with("count-problems", &[("n", n.into())]), panel.tokens.warning),
    };
    let button = Button::new(RichText::new(&words).small().color(ink)).frame_when_inactive(false);
    let tip = format!("{}  {}", panel.say("command-go-to-problems"), panel.keys.shown(Command::GoToProblems));
    if ui.add(button).on_hover_text(tip).clicked() {
        panel.ask(Request::Command(Command::GoToProblems));
    }
    let spans = panel.with("count-spans", &[("n", open.desk.workspace.set.len().into())]);
    let status = panel.say(super::panels::status_word(open.desk.workspace.set.status));
    let words = RichText::new(format!("{status} · {spans}")).small().color(panel.tokens.text_soft);
    ui.label(words);
}
