//! A row of toggle buttons: one Tab stop, arrows and letters inside, as radio groups have it everywhere.

use egui::{
    EventFilter, FontId, Id, Key, Modifiers, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, vec2,
};

use crate::window::look::Tokens;

/// One button of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Toggle {
    /// What it says.
    pub title: String,
    /// The key that picks it while the row has the keyboard.
    pub key: Option<String>,
    /// What it means.
    pub help: Option<String>,
    /// Whether it is on.
    pub on: bool,
}

/// The row.
pub(super) struct ToggleRow<'a> {
    /// Its id.
    pub id: Id,
    /// What is chosen here, for the accessibility tree.
    pub name: &'a str,
    /// Whether several can be on.
    pub several: bool,
    /// Whether it can be changed.
    pub editable: bool,
    /// Whether it takes the keyboard now.
    pub focus: bool,
    /// The colours.
    pub tokens: &'a Tokens,
}

/// What the user picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picked {
    /// Which button.
    pub place: usize,
    /// Whether by an arrow, which never turns a button off and of which several in a row are one step.
    pub by_arrow: bool,
}

impl ToggleRow<'_> {
    /// Shows the row, wrapping where it must.
    pub(super) fn show(&self, ui: &mut Ui, toggles: &[Toggle]) -> Option<Picked> {
        if toggles.is_empty() {
            return None;
        }
        let ids: Vec<Id> = (0..toggles.len()).map(|place| self.id.with(place)).collect();
        let stop = toggles.iter().position(|t| t.on).unwrap_or(0);
        if self.focus && self.editable {
            ui.memory_mut(|m| m.request_focus(ids[stop]));
        }
        let holder = |ui: &Ui| ids.iter().position(|id| ui.memory(|m| m.has_focus(*id)));
        let before = holder(ui).filter(|_| self.editable);
        let mut picked = before.and_then(|held| self.keys(ui, toggles, &ids, held));
        // A key may have moved the focus, and egui takes it from a widget that does not ask for it in the same frame.
        let held = holder(ui);
        let old_spacing = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.horizontal_wrapped(|ui| {
            for (place, toggle) in toggles.iter().enumerate() {
                let is_stop = held.unwrap_or(stop) == place;
                if self.button(ui, toggle, ids[place], is_stop).clicked() {
                    picked = Some(Picked { place, by_arrow: false });
                }
            }
        });
        ui.spacing_mut().item_spacing = old_spacing;
        if self.focus && self.editable {
            ui.scroll_to_rect(ui.min_rect(), None);
        }
        picked
    }

    fn keys(&self, ui: &Ui, toggles: &[Toggle], ids: &[Id], held: usize) -> Option<Picked> {
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(ids[held], arrows));
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let count = toggles.len();
        for (key, step) in [(Key::ArrowRight, 1), (Key::ArrowLeft, count - 1)] {
            if pressed(key) {
                let place = (held + step) % count;
                ui.memory_mut(|m| m.request_focus(ids[place]));
                return (!self.several).then_some(Picked { place, by_arrow: true });
            }
        }
        for (place, toggle) in toggles.iter().enumerate() {
            let key = toggle.key.as_deref().and_then(|key| Key::from_name(&key.to_uppercase()));
            if key.is_some_and(pressed) {
                ui.memory_mut(|m| m.request_focus(ids[place]));
                return Some(Picked { place, by_arrow: false });
            }
        }
        None
    }

    fn button(&self, ui: &mut Ui, toggle: &Toggle, id: Id, is_stop: bool) -> egui::Response {
        let tokens = self.tokens;
        let pad = vec2(8.0, 4.0);
        let font = TextStyle::Button.resolve(ui.style());
        let ink = if toggle.on { tokens.on_accent } else { tokens.text };
        let key_ink = if toggle.on { tokens.on_accent } else { tokens.text_faint };
        let room = (ui.max_rect().width() - 2.0 * pad.x).max(40.0);
        let title = ui.painter().layout(toggle.title.clone(), font, ink, room);
        let cap = toggle
            .key
            .as_ref()
            .map(|key| ui.painter().layout_no_wrap(key.to_uppercase(), FontId::proportional(10.5), key_ink));
        let cap_width = cap.as_ref().map_or(0.0, |cap| cap.size().x + 5.0);
        let size = vec2(title.size().x + cap_width, title.size().y) + 2.0 * pad;
        let (_, rect) = ui.allocate_space(size);
        // Only one button of the row stops Tab, so that a form of many choices is not a hundred stops long.
        let sense = match (self.editable, is_stop) {
            (false, _) => Sense::hover(),
            (true, true) => Sense::click(),
            (true, false) => Sense::CLICK,
        };
        let response = ui.interact(rect, id, sense);
        if ui.is_rect_visible(rect) {
            let (fill, border) = match (toggle.on, response.hovered() && self.editable) {
                (true, _) => (tokens.accent, tokens.accent),
                (false, true) => (tokens.accent_ground, tokens.accent),
                (false, false) => (tokens.raised, tokens.line),
            };
            let painter = ui.painter();
            painter.rect(rect, 5.0, fill, Stroke::new(1.0, border), StrokeKind::Inside);
            if response.has_focus() {
                painter.rect_stroke(
                    rect.expand(2.0),
                    6.0,
                    Stroke::new(1.6, tokens.accent),
                    StrokeKind::Middle,
                );
            }
            let top = rect.center().y - title.size().y / 2.0;
            let (title_width, baseline) = (title.size().x, rect.center().y);
            painter.galley(egui::pos2(rect.left() + pad.x, top), title, ink);
            if let Some(cap) = cap {
                let at =
                    egui::pos2(rect.left() + pad.x + title_width + 5.0, baseline - cap.size().y / 2.0 + 1.0);
                painter.galley(at, cap, key_ink);
            }
        }
        let role = if self.several { Role::CheckBox } else { Role::RadioButton };
        let name = format!("{}: {}", self.name, toggle.title);
        response.widget_info(|| WidgetInfo::selected(role, self.editable, toggle.on, &name));
        match &toggle.help {
            Some(help) if !help.is_empty() => response.on_hover_text(help),
            _ => response,
        }
    }
}
