//! A list of spans to choose from: those for which there was no room, or the ends of a span's links. It stays quick with ten thousand
//! lines, because only those in view are shown.

use egui::{Id, Key, Modifiers, Pos2, Rect, RichText, ScrollArea, Sense, Ui, vec2};

use super::paint::{describer, label_look};
use super::shown::Shown;
use crate::model::SpanId;
use crate::window::one_line::OneLine;

const ROW: f32 = 24.0;

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub span: SpanId,
    /// What is said of it before its own words; may be empty.
    pub lead: String,
}

impl Entry {
    pub fn new(span: &SpanId, lead: String) -> Self {
        Self { span: span.clone(), lead }
    }
}

/// The list while it is open.
#[derive(Clone, Debug)]
pub(super) struct SpanList {
    entries: Vec<Entry>,
    at: usize,
    place: Pos2,
    follow: bool,
    fresh: bool,
}

/// How the list stands after a frame.
pub(super) enum Choice {
    Open,
    Closed,
    Taken(SpanId),
}

impl SpanList {
    pub fn new(entries: Vec<Entry>, place: Pos2) -> Self {
        Self { entries, at: 0, place, follow: true, fresh: true }
    }

    /// Shows the list below its place and takes its keys.
    pub fn show(&mut self, ui: &Ui, shown: &Shown<'_>) -> Choice {
        let mut choice = Choice::Open;
        let last = self.entries.len().saturating_sub(1);
        let pressed = |key: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        for (key, to) in [
            (Key::ArrowDown, (self.at + 1).min(last)),
            (Key::ArrowUp, self.at.saturating_sub(1)),
            (Key::PageDown, (self.at + 10).min(last)),
            (Key::PageUp, self.at.saturating_sub(10)),
            (Key::Home, 0),
            (Key::End, last),
        ] {
            if pressed(key) {
                (self.at, self.follow) = (to, true);
            }
        }
        if pressed(Key::Escape) || self.entries.is_empty() {
            return Choice::Closed;
        }
        if pressed(Key::Enter) {
            return Choice::Taken(self.entries[self.at].span.clone());
        }
        let screen = ui.ctx().content_rect();
        let height = (ROW * self.entries.len() as f32 + 8.0).min(screen.height() * 0.5).min(340.0);
        let area = egui::Area::new(Id::unique("span-list"))
            .order(egui::Order::Foreground)
            .fixed_pos(self.place + vec2(0.0, 4.0))
            .constrain_to(screen.shrink(8.0))
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(ui.style()).inner_margin(6.0).show(ui, |ui| {
                    ui.set_width(340.0);
                    let name = shown.words.with("span-list", &[("n", self.entries.len().into())]);
                    ui.label(RichText::new(name).size(11.5).color(shown.tokens.text_soft));
                    self.lines(ui, shown, height)
                })
            });
        if let Some(n) = area.inner.inner {
            choice = Choice::Taken(self.entries[n].span.clone());
        }
        let pressed_outside = ui.input(|i| i.pointer.any_pressed())
            && ui.input(|i| i.pointer.interact_pos()).is_some_and(|at| !area.response.rect.contains(at));
        if std::mem::take(&mut self.fresh) {
            // The press that opened it may still be in this frame's input.
        } else if pressed_outside {
            choice = Choice::Closed;
        }
        choice
    }

    /// The lines in view; gives the one that was clicked.
    fn lines(&mut self, ui: &mut Ui, shown: &Shown<'_>, height: f32) -> Option<usize> {
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut scroll = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        if std::mem::take(&mut self.follow) {
            let top = self.at as f32 * ROW;
            scroll = scroll.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        scroll.show_rows(ui, ROW, self.entries.len(), |ui, rows| {
            for n in rows {
                let entry = &self.entries[n];
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
                let chosen = n == self.at;
                let name = line_text(shown, entry);
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, &name)
                });
                if chosen || response.hovered() {
                    let ground = if chosen { shown.tokens.accent_ground } else { shown.tokens.panel };
                    ui.painter().rect_filled(rect, 4.0, ground);
                }
                draw_line(ui, shown, entry, &name, rect);
                if response.clicked() {
                    clicked = Some(n);
                }
            }
        });
        clicked
    }
}

fn line_text(shown: &Shown<'_>, entry: &Entry) -> String {
    match shown.set.get(&entry.span) {
        Some(_) if !entry.lead.is_empty() => entry.lead.clone(),
        Some(span) => describer(shown).span(span),
        None => entry.span.as_str().to_owned(),
    }
}

fn draw_line(ui: &Ui, shown: &Shown<'_>, entry: &Entry, text: &str, rect: Rect) {
    if let Some(span) = shown.set.get(&entry.span) {
        let look = label_look(shown, span);
        let swatch = Rect::from_center_size(rect.left_center() + vec2(13.0, 0.0), vec2(14.0, 12.0));
        ui.painter().rect_filled(swatch, 2.0, look.ground);
        super::underline::line(ui.painter(), swatch.left(), swatch.right(), swatch.bottom() - 1.0, look, 1.4);
    }
    let font = egui::FontId::proportional(13.0);
    let line = OneLine::new(ui, text, rect.width() - 34.0, font, shown.tokens.text);
    let at = egui::pos2(rect.left() + 26.0, rect.center().y - line.size().y / 2.0);
    line.paint(ui.painter(), at, shown.tokens.text);
}
