//! The card that appears over a span under the pointer, and the menu of the right mouse button.

use egui::{Align2, Id, Pos2, Rect, Response, Ui, pos2};
use std::sync::Arc;

use super::article_view::ArticleView;
use super::command::Command;
use super::comment_marks::CommentMarks;
use super::describe::Describer;
use super::look;
use super::one_line;
use super::panel::{Panel, Request};
use crate::model::{Span, SpanId};
use crate::session::Edit;

/// Seconds the pointer rests on a span before the card comes.
const DELAY: f64 = 0.35;
/// Seconds the card stays when the pointer leaves for the gap between two rows or words.
const GRACE: f64 = 0.18;

/// The card over what is under the pointer. It hangs below the row and not at the pointer, stays while the pointer wanders over the same
/// spans, and bridges the gaps between rows and words; so it does not flicker.
#[derive(Debug, Default)]
pub struct HoverCard {
    spans: Vec<Arc<Span>>,
    anchor: Option<Rect>,
    since: f64,
    left: Option<f64>,
    up: bool,
}

impl HoverCard {
    /// Shows the card for the spans under the pointer, if it is time.
    pub fn show(
        &mut self,
        ui: &Ui,
        panel: &Panel<'_>,
        view: &ArticleView,
        under: Vec<Arc<Span>>,
        pointer: Option<Pos2>,
        said: &CommentMarks,
    ) {
        let (now, acted) = ui.input(|i| {
            let wheel = i.smooth_scroll_delta() != egui::Vec2::ZERO;
            let key = i.events.iter().any(|e| matches!(e, egui::Event::Key { pressed: true, .. }));
            (i.time, wheel || key || i.pointer.any_pressed())
        });
        if acted || pointer.is_none() && self.left.is_none() && !self.up {
            *self = Self { since: now, ..Self::default() };
        }
        let later = |at: f64| {
            let wait = std::time::Duration::from_secs_f64((at - now).max(0.001));
            ui.ctx().request_repaint_after(wait);
        };
        let same = under.first().map(|s| &s.id) == self.spans.first().map(|s| &s.id);
        match (pointer, under.is_empty()) {
            (Some(_), false) if same && self.anchor.is_some() => {
                (self.spans, self.left) = (under, None);
            }
            (Some(at), false) => {
                let rects = view.span_rects(&under[0].id);
                // The row of the pointer: a span's other rows may be far away.
                let row = rects
                    .into_iter()
                    .min_by(|a, b| a.distance_sq_to_pos(at).total_cmp(&b.distance_sq_to_pos(at)));
                (self.anchor, self.spans, self.left) = (row, under, None);
                if !self.up {
                    self.since = now;
                }
            }
            _ if self.spans.is_empty() => return,
            _ => {
                let left = *self.left.get_or_insert(now);
                if now - left >= GRACE {
                    *self = Self::default();
                    return;
                }
                later(left + GRACE);
            }
        }
        if now - self.since < DELAY && !self.up {
            later(self.since + DELAY);
            return;
        }
        self.up = true;
        let (Some(anchor), Some(words)) = (self.anchor, panel.describer()) else { return };
        let screen = ui.ctx().content_rect();
        // Above where the lower half of the window is too low for it.
        let below = screen.bottom() - anchor.bottom() > 190.0 || anchor.center().y < screen.center().y;
        let (pivot, at) = if below {
            (Align2::LEFT_TOP, pos2(anchor.left(), anchor.bottom() + 10.0))
        } else {
            (Align2::LEFT_BOTTOM, pos2(anchor.left(), anchor.top() - 20.0))
        };
        egui::Area::new(Id::unique("hover-card"))
            .order(egui::Order::Tooltip)
            .interactable(false)
            .pivot(pivot)
            .fixed_pos(at)
            .constrain_to(screen.shrink(6.0))
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(ui.style()).show(ui, |ui| show(ui, panel, &words, &self.spans, said));
            });
    }
}

/// The card: label, words and fields of each span here, smallest first.
fn show(ui: &mut Ui, panel: &Panel<'_>, words: &Describer<'_>, spans: &[Arc<Span>], said: &CommentMarks) {
    ui.set_max_width(380.0);
    for (n, span) in spans.iter().take(4).enumerate() {
        if n > 0 {
            ui.separator();
        }
        let look = panel.tokens.label(words.schema.colour_of(&span.label));
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(words.label(&span.label)).color(look.ink).family(look::bold()));
            ui.label(egui::RichText::new(span.id.as_str()).color(panel.tokens.text_faint).size(11.0));
        });
        for line in words.fields(words.schema.fields_of(&span.label), &span.fields) {
            one_line::label(ui, &line, egui::FontId::proportional(12.5), panel.tokens.text);
        }
        if let Some(mark) = said.span(&span.id) {
            let line = mark.words(panel.words);
            one_line::label(ui, &line, egui::FontId::proportional(12.5), panel.tokens.accent);
        }
        if !span.note.is_empty() {
            ui.label(egui::RichText::new(&span.note).italics().size(12.5));
        }
    }
    if spans.len() > 4 {
        ui.label(panel.with("card-more", &[("n", (spans.len() - 4).into())]));
    }
}

/// The menu for the selected words and the selected span; says whether it is open.
pub fn context_menu(response: &Response, panel: &Panel<'_>, selected: Option<&SpanId>) -> bool {
    let language = panel.words.code();
    let shown = response.context_menu(|ui| {
        let Some(open) = panel.open() else { return };
        let schema = &open.desk.schema;
        if !panel.selection.is_empty() {
            for label in &schema.labels {
                let text = panel.with("menu-tag-as", &[("label", label.title(language).into())]);
                let key = label.key.clone().unwrap_or_default().to_uppercase();
                if ui.add_enabled(panel.may_edit(), egui::Button::new(text).shortcut_text(key)).clicked() {
                    panel.edit(Edit::Tag { ranges: panel.selection.to_vec(), label: label.name.clone() });
                    ui.close();
                }
            }
            ui.separator();
        }
        let span = selected.and_then(|id| open.desk.span(id));
        if let Some(span) = span {
            for def in schema.fields_of(&span.label).iter().filter(|d| d.key.is_some()) {
                let key = def.key.clone().unwrap_or_default().to_uppercase();
                let text = panel.with("menu-fill-in", &[("field", def.title(language).into())]);
                if ui.add_enabled(panel.may_edit(), egui::Button::new(text).shortcut_text(key)).clicked() {
                    panel.ask(Request::Prompt(crate::model::FieldPath::field(&def.name)));
                    ui.close();
                }
            }
            ui.separator();
            for command in [
                Command::Relate,
                Command::Relabel,
                Command::AddPart,
                Command::Reshape,
                Command::EditNote,
                Command::Remove,
            ] {
                item(ui, panel, command);
            }
            ui.separator();
        }
        for command in [Command::Copy, Command::Expand, Command::Find] {
            item(ui, panel, command);
        }
    });
    shown.is_some()
}

fn item(ui: &mut Ui, panel: &Panel<'_>, command: Command) {
    let button = egui::Button::new(panel.say(&command.word())).shortcut_text(panel.keys.shown(command));
    if ui.add(button).clicked() {
        panel.ask(Request::Command(command));
        ui.close();
    }
}
