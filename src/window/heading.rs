//! The line above the text that stays while one scrolls: whose text this is once its beginning is out of view, what has been done, and
//! which part is in view. The status bar says where the caret is; this says where the reader is.

use egui::{FontId, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::command::Command;
use super::comment_marks::{CommentMark, HEIGHT};
use super::look;
use super::one_line::{self, OneLine};
use super::panel::{Panel, Request};
use crate::text::{CodePoint, TextRange};

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

/// A piece of the heading: what it says, in which colour, and the command that a click does.
struct Piece {
    words: String,
    ink: egui::Color32,
    command: Option<Command>,
}

/// Shows the heading. What is more important stands further right; in a narrow window the rest is left out.
/// What is said about the article stands beside its title; says whether that was clicked.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, reading: Reading, said: Option<&CommentMark>) -> bool {
    let Some(open) = panel.open() else { return false };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, panel.tokens.page);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, panel.tokens.line));
    let inner = rect.shrink2(vec2(12.0, 1.0));
    let mut right = inner.right();
    for (n, piece) in [place(panel, reading, true), place(panel, reading, false)].into_iter().enumerate() {
        // The sentence is the first to go.
        if width(ui, &piece.words) <= inner.width() || n == 1 {
            right = show_piece(ui, panel, piece, inner, right);
            break;
        }
    }
    for piece in [problems(panel), done(panel)].into_iter().flatten() {
        if width(ui, &piece.words) + 12.0 > right - inner.left() {
            break;
        }
        right = show_piece(ui, panel, piece, inner, right - 12.0);
    }
    let mut inner = inner;
    let asked = said.is_some_and(|mark| comments(ui, panel, mark, &mut inner));
    let rest = Rect::from_min_max(inner.min, pos2(right - 14.0, inner.max.y));
    if reading.at_beginning || rest.width() < 60.0 {
        return asked;
    }
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child =
        ui.new_child(egui::UiBuilder::new().max_rect(rest).layout(layout).id_salt("heading-title"));
    let title = open.desk.article.title();
    if one_line::has_rtl(title) {
        let ink = panel.tokens.text_soft;
        let line = OneLine::new(&child, title, rest.width(), FontId::new(12.5, look::bold()), ink);
        let at = Rect::from_min_size(pos2(rest.left(), rest.center().y - line.size().y / 2.0), line.size());
        let response = child.interact(at, child.scope_id().with("title"), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
        line.paint(child.painter(), at.min, ink);
        if response.clicked() {
            panel.ask(Request::GoTo(TextRange::empty(CodePoint(0))));
        }
        return asked;
    }
    let title = RichText::new(title).family(look::bold()).size(12.5);
    let label = egui::Label::new(title.color(panel.tokens.text_soft)).truncate().sense(Sense::click());
    if child.add(label).clicked() {
        panel.ask(Request::GoTo(TextRange::empty(CodePoint(0))));
    }
    asked
}

/// The balloon of the article at the heading's left; the room that is left comes after it. Says whether it was clicked.
fn comments(ui: &Ui, panel: &Panel<'_>, mark: &CommentMark, inner: &mut Rect) -> bool {
    let t = panel.tokens;
    let at = pos2(inner.left(), inner.center().y - HEIGHT / 2.0);
    let rect = Rect::from_min_size(at, vec2(mark.width(), HEIGHT));
    inner.min.x = rect.right() + 8.0;
    let said = mark.words(panel.words);
    let name = format!("{said}: {}", panel.say("talk-about-article"));
    let response = ui.interact(rect.expand(4.0), ui.scope_id().with("heading-comments"), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand(4.0), 4.0, t.accent_ground);
    }
    mark.paint(ui.painter(), rect, t.accent, t.page);
    response.on_hover_text(name).clicked()
}

fn font() -> FontId {
    FontId::proportional(11.5)
}

fn width(ui: &Ui, words: &str) -> f32 {
    ui.fonts_mut(|f| f.layout_no_wrap(words.to_owned(), font(), egui::Color32::PLACEHOLDER)).size().x
}

/// Shows a piece that ends at `right`; gives where it begins.
fn show_piece(ui: &Ui, panel: &Panel<'_>, piece: Piece, inner: Rect, right: f32) -> f32 {
    let galley = ui.fonts_mut(|f| f.layout_no_wrap(piece.words.clone(), font(), piece.ink));
    let left = right - galley.size().x;
    let rect = Rect::from_min_max(pos2(left, inner.top()), pos2(right, inner.bottom()));
    let at = pos2(left, inner.center().y - galley.size().y / 2.0);
    let id = ui.scope_id().with(("heading", piece.command.map(Command::id)));
    match piece.command {
        Some(command) => {
            let response = ui.interact(rect.expand2(vec2(4.0, 0.0)), id, Sense::click());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &piece.words));
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect.expand2(vec2(5.0, -2.0)), 4.0, panel.tokens.accent_ground);
            }
            let tip = format!("{}  {}", panel.say(&command.word()), panel.keys.shown(command));
            if response.on_hover_text(tip).clicked() {
                panel.ask(Request::Command(command));
            }
        }
        None => {
            let response = ui.interact(rect, id, Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &piece.words));
        }
    }
    ui.painter().galley(at, galley, piece.ink);
    left
}

fn place(panel: &Panel<'_>, reading: Reading, with_sentence: bool) -> Piece {
    let mut words = String::new();
    if let Some(open) = panel.open() {
        let text = &open.desk.article.text;
        let (line, _) = text.line_column(reading.top);
        let percent = u64::from(reading.top.get()) * 100 / u64::from(text.len().max(1));
        let lines = text.lines().line_count();
        words = panel.with(
            "heading-place",
            &[
                ("line", (line as usize).into()),
                ("lines", lines.into()),
                ("percent", (percent as usize).into()),
            ],
        );
        if let (Some(n), true) = (reading.sentence, with_sentence) {
            words = format!("{words} · {}", panel.with("heading-sentence", &[("n", n.into())]));
        }
    }
    Piece { words, ink: panel.tokens.text_soft, command: Some(Command::GoTo) }
}

fn problems(panel: &Panel<'_>) -> Option<Piece> {
    let findings = &panel.open()?.findings;
    let count = findings.errors() + findings.warnings();
    // Remarks are no problems, but whoever reads "no problems" above a list of them wonders.
    let remarks = findings.len() - count;
    let ink = match findings.errors() {
        _ if count == 0 && remarks > 0 => panel.tokens.text_soft,
        _ if count == 0 => panel.tokens.good,
        0 => panel.tokens.warning,
        _ => panel.tokens.error,
    };
    let words = match count {
        0 if remarks > 0 => panel.with("severity-infos", &[("n", remarks.into())]),
        0 => panel.say("heading-no-problems"),
        n => panel.with("count-problems", &[("n", n.into())]),
    };
    Some(Piece { words, ink, command: Some(Command::GoToProblems) })
}

fn done(panel: &Panel<'_>) -> Option<Piece> {
    let set = &panel.open()?.desk.workspace.set;
    let spans = panel.with("count-spans", &[("n", set.len().into())]);
    let status = panel.say(super::panels::status_word(set.status));
    Some(Piece { words: format!("{status} · {spans}"), ink: panel.tokens.text_soft, command: None })
}
