//! Lists of records: each a card with its own fields; a complete one folds to a line.

use egui::{Frame, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::form::{Form, lacking};
use super::list::triangle;
use super::state::Aim;
use crate::model::{FieldDef, FieldPath, Fields, Value};
use crate::window::describe::shorten;

/// What is done to a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Up,
    Down,
    Remove,
}

impl Form<'_> {
    /// The records of a field and the button that adds one.
    pub(super) fn records(
        &mut self,
        ui: &mut Ui,
        def: &FieldDef,
        inner: &[FieldDef],
        title: &str,
        path: &FieldPath,
        value: Option<&Value>,
    ) {
        let records: Vec<&Fields> = match value {
            Some(Value::List(items)) => items.iter().filter_map(Value::as_record).collect(),
            Some(Value::Record(record)) => vec![record],
            _ => Vec::new(),
        };
        let at = |place: usize| if def.is_list() { path.item(place) } else { path.clone() };
        let full = def.max.is_some_and(|max| records.len() >= max as usize);
        let mut act = None;
        for (place, record) in records.iter().enumerate() {
            let done = self.card(ui, inner, title, &at(place), record, (place, records.len()));
            act = act.or(done.map(|done| (place, done)));
        }
        let fresh = at(records.len());
        // What was pending has become a record once it stands in the list.
        let is_pending = !full && self.state.pending.as_ref().is_some_and(|p| *p == fresh || p == path);
        if is_pending {
            let place = (records.len(), records.len() + 1);
            if self.card(ui, inner, title, &fresh, &Fields::new(), place).is_some() {
                self.state.pending = None;
            }
        } else if !full {
            let aimed = self.state.aims_at(path);
            let add = format!("+ {}", self.panel.say("field-add"));
            let mut button = egui::Button::new(add);
            if let Some(key) = &def.key {
                button = button.shortcut_text(key.to_uppercase());
            }
            let name = self.panel.with("field-add-to", &[("field", title.into())]);
            let response = ui.add_enabled(self.editable, button).accessible_name(name);
            if aimed {
                response.request_focus();
                response.scroll_to_me(None);
            }
            if response.clicked() {
                self.state.pending = Some(fresh.clone());
                self.state.aim = inner.first().map(|first| Aim::Field(fresh.then(&first.name)));
            }
        }
        if let Some((place, act)) = act {
            self.act(path, def, value, place, act);
        }
    }

    fn act(&mut self, path: &FieldPath, def: &FieldDef, value: Option<&Value>, place: usize, act: Act) {
        let other = match act {
            Act::Up => place.wrapping_sub(1),
            Act::Down => place + 1,
            Act::Remove => {
                self.set(&if def.is_list() { path.item(place) } else { path.clone() }, None, None);
                self.state.pending = None;
                return;
            }
        };
        if let Some(Value::List(items)) = value
            && other < items.len()
        {
            let mut items = items.clone();
            items.swap(place, other);
            let (a, b) = (path.item(place), path.item(other));
            let open = (self.state.open.remove(&a), self.state.open.remove(&b));
            self.state.open.extend(open.0.map(|open| (b, open)));
            self.state.open.extend(open.1.map(|open| (a, open)));
            self.set(path, Some(Value::List(items)), None);
        }
    }

    fn card(
        &mut self,
        ui: &mut Ui,
        inner: &[FieldDef],
        title: &str,
        path: &FieldPath,
        record: &Fields,
        (place, count): (usize, usize),
    ) -> Option<Act> {
        let complete = lacking(inner, record, path).is_none() && !record.is_empty();
        let by_itself = !(complete && count > 2);
        if self.state.aims_within(path) {
            self.state.open.insert(path.clone(), true);
        }
        let open = self.state.open.get(path).copied().unwrap_or(by_itself);
        let name = format!("{title} {}", place + 1);
        let tokens = self.panel.tokens;
        let mut act = None;
        let frame = Frame::new()
            .fill(tokens.page)
            .stroke(Stroke::new(1.0, tokens.line))
            .corner_radius(6.0)
            .inner_margin(egui::Margin::symmetric(8, 6));
        frame.show(ui, |ui| {
            ui.take_available_width();
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                let fold = self.panel.words.say(if open { "field-close" } else { "field-open" });
                let (sign, toggle) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::click());
                let ink = if toggle.has_focus() { tokens.accent } else { tokens.text_soft };
                triangle(ui.painter(), sign.center(), open, ink);
                let fold = format!("{name}: {fold}");
                toggle.widget_info(|| WidgetInfo::labeled(Role::Button, true, &fold));
                if toggle.clicked() {
                    self.state.open.insert(path.clone(), !open);
                }
                let buttons = if count > 1 { 84.0 } else { 30.0 };
                let summary = self.summary(inner, record);
                let words = format!("{}. {summary}", place + 1);
                let room = (ui.available_width() - buttons).max(40.0);
                let label = egui::Label::new(RichText::new(&words).color(tokens.text_soft)).truncate();
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    ui.set_min_width(room);
                    ui.add(label).on_hover_text(&words);
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if self.small_button(ui, "×", &format!("{}: {name}", self.panel.say("field-remove"))) {
                        act = Some(Act::Remove);
                    }
                    if count > 1 {
                        let down = format!("{}: {name}", self.panel.say("field-down"));
                        let up = format!("{}: {name}", self.panel.say("field-up"));
                        ui.add_enabled_ui(place + 1 < count, |ui| {
                            if self.small_button(ui, "↓", &down) {
                                act = Some(Act::Down);
                            }
                        });
                        ui.add_enabled_ui(place > 0, |ui| {
                            if self.small_button(ui, "↑", &up) {
                                act = Some(Act::Up);
                            }
                        });
                    }
                });
            });
            if open {
                ui.add_space(4.0);
                self.findings_at(ui, path);
                self.fields(ui, inner, path, record);
            } else {
                let count = self.findings_within(path);
                if count > 0 {
                    let words = self.panel.with("field-problems", &[("n", count.into())]);
                    ui.label(RichText::new(format!("⚠ {words}")).small().color(tokens.warning));
                }
            }
        });
        act
    }

    /// A record in a line: its values without the fields' names, which the reader knows by their order.
    fn summary(&self, inner: &[FieldDef], record: &Fields) -> String {
        let values: Vec<String> = inner
            .iter()
            .filter_map(|def| Some(self.describer.value(def, record.get(&def.name)?)))
            .filter(|words| !words.is_empty())
            .collect();
        if values.is_empty() { self.panel.say("field-unset") } else { shorten(&values.join(" · "), 90) }
    }
}
