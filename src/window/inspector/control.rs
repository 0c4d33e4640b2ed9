//! Controls of plain values: choices, numbers, yes or no, text, stretches of the article.

use egui::{Key, KeyboardShortcut, Modifiers, RichText, TextEdit, Ui};

use super::form::Form;
use super::state::Draft;
use super::toggle::{Toggle, ToggleRow};
use crate::model::{Choice, FieldDef, FieldPath, Value};
use crate::window::describe::shorten;
use crate::window::panel::Request;

/// Least, greatest, and whether only whole numbers will do.
type Bounds = (Option<f64>, Option<f64>, bool);

impl Form<'_> {
    /// A few words to choose from.
    pub(super) fn choices(
        &mut self,
        ui: &mut Ui,
        def: &FieldDef,
        choices: &[Choice],
        title: &str,
        path: &FieldPath,
        value: Option<&Value>,
    ) {
        let language = self.panel.words.code();
        let chosen: Vec<&str> =
            value.map(Value::each).unwrap_or_default().iter().filter_map(Value::as_text).collect();
        let toggles: Vec<Toggle> = choices
            .iter()
            .map(|choice| Toggle {
                title: choice.title(language).to_owned(),
                key: choice.key.clone(),
                help: choice.help.get(language).map(str::to_owned),
                on: chosen.contains(&choice.name.as_str()),
            })
            .collect();
        let picked = self.row(ui, title, path, def.is_list(), &toggles);
        if let Some(picked) = picked {
            let choice = &choices[picked.place].name;
            let was_on = toggles[picked.place].on;
            if def.is_list() {
                let on = |c: &&Choice| chosen.contains(&c.name.as_str()) != (c.name == *choice);
                let list: Vec<Value> =
                    choices.iter().filter(on).map(|c| Value::text(c.name.clone())).collect();
                let fits = def.max.is_none_or(|max| list.len() <= max as usize);
                if fits {
                    self.set(path, (!list.is_empty()).then_some(Value::List(list)), None);
                }
            } else {
                self.pick_one(path, Value::text(choice.clone()), was_on, picked.by_arrow);
            }
        }
        // A word that the schema no longer has would otherwise be invisible.
        for stray in chosen.iter().filter(|c| !choices.iter().any(|choice| choice.name == **c)) {
            ui.horizontal_wrapped(|ui| {
                let words = format!("⚠ {stray}");
                ui.label(RichText::new(words).color(self.panel.tokens.warning));
                if self.small_button(ui, "×", &format!("{}: {stray}", self.panel.say("field-remove"))) {
                    let rest: Vec<Value> =
                        chosen.iter().filter(|c| *c != stray).map(|c| Value::text(*c)).collect();
                    let left = def.is_list() && !rest.is_empty();
                    self.set(path, left.then_some(Value::List(rest)), None);
                }
            });
        }
    }

    fn pick_one(&mut self, path: &FieldPath, value: Value, was_on: bool, by_arrow: bool) {
        let gesture = by_arrow.then(|| self.gesture_of(path));
        match (was_on, by_arrow) {
            (true, true) => {}
            (true, false) => self.set(path, None, None),
            (false, _) => self.set(path, Some(value), gesture),
        }
    }

    /// One number for all steps through a row by arrows.
    fn gesture_of(&mut self, path: &FieldPath) -> u64 {
        let id = self.id(path, "arrows");
        match &self.state.draft {
            Some(draft) if draft.id == id => draft.gesture,
            _ => {
                let gesture = self.gesture();
                self.state.draft =
                    Some(Draft { id, text: String::new(), known: Default::default(), gesture });
                gesture
            }
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        title: &str,
        path: &FieldPath,
        several: bool,
        toggles: &[Toggle],
    ) -> Option<super::toggle::Picked> {
        let row = ToggleRow {
            id: self.id(path, "row"),
            name: title,
            several,
            editable: self.editable,
            focus: self.state.aims_at(path),
            tokens: self.panel.tokens,
        };
        row.show(ui, toggles)
    }

    /// Yes, no, or neither.
    pub(super) fn yes_no(&mut self, ui: &mut Ui, title: &str, path: &FieldPath, value: Option<&Value>) {
        let now = value.and_then(|v| match v {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        });
        let toggle =
            |title: String, key: &str, on: bool| Toggle { title, key: Some(key.into()), help: None, on };
        let toggles = [
            toggle(self.panel.say("field-yes"), "y", now == Some(true)),
            toggle(self.panel.say("field-no"), "n", now == Some(false)),
        ];
        if let Some(picked) = self.row(ui, title, path, false, &toggles) {
            self.pick_one(path, Value::Bool(picked.place == 0), toggles[picked.place].on, picked.by_arrow);
        }
    }

    /// A number: a few whole ones as buttons, others typed or stepped.
    pub(super) fn number(
        &mut self,
        ui: &mut Ui,
        bounds: Bounds,
        title: &str,
        path: &FieldPath,
        value: Option<&Value>,
    ) {
        let now = value.and_then(Value::as_number);
        if let (Some(min), Some(max), true) = bounds
            && max >= min
            && max - min < 7.0
            && now.is_none_or(|n| n.fract() == 0.0 && (min..=max).contains(&n))
        {
            let numbers: Vec<i64> = (min as i64..=max as i64).collect();
            let toggles: Vec<Toggle> = numbers
                .iter()
                .map(|n| Toggle { title: n.to_string(), key: None, help: None, on: now == Some(*n as f64) })
                .collect();
            let by_digit = self.digit(ui, path, &numbers);
            if let Some(picked) = self.row(ui, title, path, false, &toggles) {
                let number = Value::Integer(numbers[picked.place]);
                self.pick_one(path, number, toggles[picked.place].on, picked.by_arrow);
            } else if let Some(number) = by_digit {
                self.set(path, Some(Value::Integer(number)), None);
            }
            return;
        }
        let current = match value {
            Some(Value::Integer(n)) => n.to_string(),
            Some(Value::Number(n)) => n.to_string(),
            _ => String::new(),
        };
        ui.horizontal(|ui| {
            let step = |by: f64| {
                let from = now.unwrap_or_else(|| bounds.0.unwrap_or(0.0) - if by > 0.0 { by } else { 0.0 });
                number_value((from + by).max(bounds.0.unwrap_or(f64::MIN)).min(bounds.1.unwrap_or(f64::MAX)))
            };
            let hint = match bounds {
                (Some(min), Some(max), _) => format!("{min}–{max}"),
                _ => String::new(),
            };
            self.typed(ui, title, path, &current, (90.0, &hint), &|text| {
                read_number(text, bounds).map(number_value)
            });
            if self.small_button(ui, "−", &format!("{title}: −1")) {
                self.set(path, Some(step(-1.0)), None);
            }
            if self.small_button(ui, "+", &format!("{title}: +1")) {
                self.set(path, Some(step(1.0)), None);
            }
            self.unset_button(ui, title, path, value);
        });
        if self.is_typing_badly(path, &current, &|text| read_number(text, bounds).is_some()) {
            let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_else(|| "…".into());
            let (min, max) = (number(bounds.0), number(bounds.1));
            let words =
                self.panel.with("field-number-bad", &[("min", (&min).into()), ("max", (&max).into())]);
            ui.label(RichText::new(words).small().color(self.panel.tokens.error));
        }
    }

    fn digit(&self, ui: &Ui, path: &FieldPath, numbers: &[i64]) -> Option<i64> {
        let id = self.id(path, "row");
        let held = (0..numbers.len()).any(|place| ui.memory(|m| m.has_focus(id.with(place))));
        if !held || !self.editable {
            return None;
        }
        numbers.iter().copied().find(|n| {
            Key::from_name(&n.to_string())
                .is_some_and(|key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)))
        })
    }

    /// A box into which a value is typed, with its width in points and what it says while empty; `read` says what the typed text means, `None` while it means nothing.
    pub(super) fn typed(
        &mut self,
        ui: &mut Ui,
        title: &str,
        path: &FieldPath,
        current: &str,
        (width, hint): (f32, &str),
        read: &dyn Fn(&str) -> Option<Value>,
    ) {
        let id = self.id(path, "box");
        let mut text = self.drafted(id, current);
        let newline = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
        let edit = TextEdit::multiline(&mut text)
            .id(id)
            .desired_rows(1)
            .desired_width(width)
            .return_key(newline)
            .hint_text(hint.to_owned());
        let response = ui.add_enabled(self.editable, edit).accessible_name(title);
        if self.state.aims_at(path) {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.changed() {
            let value = if text.trim().is_empty() { None } else { read(&text) };
            let meaningful = value.is_some() || text.trim().is_empty();
            let after = if meaningful { shown(value.as_ref()) } else { current.to_owned() };
            let gesture = self.draft(id, &text, [current.to_owned(), after]);
            if meaningful {
                self.set(path, value, Some(gesture));
            }
        }
        if response.lost_focus() && self.state.draft.as_ref().is_some_and(|d| d.id == id) {
            self.state.draft = None;
        }
    }

    /// What a box shows: what is being typed into it, unless the value has changed meanwhile (by undo, say).
    pub(super) fn drafted(&mut self, id: egui::Id, current: &str) -> String {
        if let Some(draft) = self.state.draft.as_mut().filter(|d| d.id == id && d.known[1] == current) {
            // What was asked for is done: the value before it, coming back, is an undo from now on.
            draft.known[0] = current.to_owned();
        }
        match &self.state.draft {
            Some(draft) if draft.id == id && draft.known.iter().any(|k| k == current) => draft.text.clone(),
            _ => current.to_owned(),
        }
    }

    /// Remembers what is being typed; gives the go's gesture.
    pub(super) fn draft(&mut self, id: egui::Id, text: &str, known: [String; 2]) -> u64 {
        let gesture = match &self.state.draft {
            Some(draft) if draft.id == id => draft.gesture,
            _ => self.gesture(),
        };
        self.state.draft = Some(Draft { id, text: text.to_owned(), known, gesture });
        gesture
    }

    /// Whether what is being typed here means nothing yet.
    pub(super) fn is_typing_badly(
        &mut self,
        path: &FieldPath,
        current: &str,
        good: &dyn Fn(&str) -> bool,
    ) -> bool {
        let text = self.drafted(self.id(path, "box"), current);
        !text.trim().is_empty() && !good(&text)
    }

    /// A button that unsets, if there is something to unset.
    pub(super) fn unset_button(&mut self, ui: &mut Ui, title: &str, path: &FieldPath, value: Option<&Value>) {
        if value.is_some()
            && self.small_button(ui, "×", &format!("{}: {title}", self.panel.say("field-clear")))
        {
            self.set(path, None, None);
        }
    }

    /// Free text, one line that grows.
    pub(super) fn text(&mut self, ui: &mut Ui, title: &str, path: &FieldPath, value: Option<&Value>) {
        let current = value.and_then(Value::as_text).unwrap_or_default().to_owned();
        self.typed(ui, title, path, &current, (f32::INFINITY, ""), &|text| Some(Value::text(text)));
    }

    /// Words of the article.
    pub(super) fn stretch(&mut self, ui: &mut Ui, title: &str, path: &FieldPath, value: Option<&Value>) {
        let parts = value.and_then(Value::as_stretch).unwrap_or_default();
        let text = &self.desk.article.text;
        let selection: Vec<_> = self.panel.selection.iter().copied().filter(|r| !r.is_empty()).collect();
        ui.horizontal_wrapped(|ui| {
            if !parts.is_empty() {
                let words: Vec<&str> = parts.iter().map(|p| text.slice(*p).unwrap_or("…")).collect();
                let quoted = format!("«{}»", shorten(&words.join(" … ").replace('\n', " "), 60));
                let go =
                    ui.add(egui::Button::new(RichText::new(&quoted).family(crate::window::look::serif())));
                if go.accessible_name(format!("{title}: {quoted}")).clicked() {
                    self.panel.ask(Request::GoTo(parts[0]));
                }
            }
            self.unset_button(ui, title, path, value);
            let usable = self.editable && !selection.is_empty();
            let use_words = self.panel.say("field-use-selection");
            let name = format!("{title}: {use_words}");
            let button = ui
                .add_enabled(usable, egui::Button::new(use_words))
                .accessible_name(name)
                .on_disabled_hover_text(self.panel.say("field-select-first"));
            if self.state.aims_at(path) {
                button.request_focus();
                button.scroll_to_me(None);
            }
            if button.clicked() {
                self.set(path, Some(Value::stretch(&selection)), None);
            }
        });
    }
}

/// A value as its box shows it.
fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Integer(n)) => n.to_string(),
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// A number as files hold it: whole if it is.
fn number_value(number: f64) -> Value {
    // Beyond 2^53 whole numbers are no longer exact, and nobody counts that far.
    if number.fract() == 0.0 && number.abs() < 9e15 {
        Value::Integer(number as i64)
    } else {
        Value::Number(number)
    }
}

/// What a typed number means, within its bounds; a comma is a point.
fn read_number(text: &str, (min, max, whole): Bounds) -> Option<f64> {
    let number: f64 = text.trim().replace(',', ".").replace('−', "-").parse().ok()?;
    let fits = number.is_finite()
        && min.is_none_or(|min| number >= min)
        && max.is_none_or(|max| number <= max)
        && (!whole || number.fract() == 0.0);
    fits.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_within_their_bounds() {
        let bounds = (Some(0.0), Some(10.0), false);
        assert_eq!(read_number(" 2,5 ", bounds), Some(2.5));
        assert_eq!(read_number("11", bounds), None);
        assert_eq!(read_number("2.5", (None, None, true)), None);
        assert_eq!(read_number("−3", (None, None, true)), Some(-3.0));
        assert_eq!(read_number("inf", (None, None, false)), None);
        assert_eq!((number_value(3.0), number_value(0.5)), (Value::Integer(3), Value::Number(0.5)));
    }
}
