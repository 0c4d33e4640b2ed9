//! The fields of one relation, in a small popup: choices as buttons, the rest as text.

use egui::{Button, Popup, PopupCloseBehavior, RichText, TextEdit, Ui};

use crate::model::{FieldDef, FieldKind, FieldPath, Relation, RelationDef, RelationId, Value};
use crate::session::Edit;
use crate::window::describe::Describer;
use crate::window::look;
use crate::window::panel::Panel;

/// What is being typed into a relation's fields.
#[derive(Debug, Default)]
pub(super) struct RelationFields {
    typing: Option<(RelationId, String, String)>,
}

impl RelationFields {
    /// The button that shows the fields of a relation; its text is what is set.
    pub fn button(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        words: &Describer<'_>,
        def: &RelationDef,
        relation: &Relation,
    ) {
        let set = words.fields(&def.fields, &relation.fields).join(" · ");
        let name = panel.say("relations-fields");
        let text = if set.is_empty() { "…".to_owned() } else { crate::window::describe::clipped(&set, 40) };
        let response = ui.add(Button::new(text).small()).accessible_name(&name).on_hover_text(&name);
        Popup::from_toggle_button_response(&response)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_min_width(220.0);
                for field in &def.fields {
                    self.field(ui, panel, field, relation);
                }
            });
    }

    fn field(&mut self, ui: &mut Ui, panel: &Panel<'_>, def: &FieldDef, relation: &Relation) {
        let language = panel.words.code();
        let title = def.title(language);
        ui.label(RichText::new(title).small().family(look::bold()));
        let now = relation.fields.get(&def.name);
        let put = |value: Option<Value>| {
            let path = FieldPath::field(&def.name);
            panel.edit(Edit::SetRelationField { relation: relation.id.clone(), path, value });
        };
        ui.add_enabled_ui(panel.may_edit(), |ui| match &def.kind {
            FieldKind::Choice(choices) => {
                ui.horizontal_wrapped(|ui| {
                    for choice in choices {
                        let value = Value::text(&choice.name);
                        let on = now == Some(&value);
                        if ui.add(Button::selectable(on, choice.title(language))).clicked() {
                            put((!on).then_some(value));
                        }
                    }
                });
            }
            FieldKind::YesNo => {
                ui.horizontal(|ui| {
                    for (yes, word) in [(true, panel.say("panel-yes")), (false, panel.say("panel-no"))] {
                        let on = now == Some(&Value::Bool(yes));
                        if ui.add(Button::selectable(on, word)).clicked() {
                            put((!on).then_some(Value::Bool(yes)));
                        }
                    }
                });
            }
            FieldKind::Text | FieldKind::Date | FieldKind::Number { .. } => {
                self.text(ui, title, def, relation, now, &put);
            }
            _ => {
                ui.label(RichText::new(panel.say("relations-field-elsewhere")).color(panel.tokens.text_soft));
            }
        });
    }

    fn text(
        &mut self,
        ui: &mut Ui,
        title: &str,
        def: &FieldDef,
        relation: &Relation,
        now: Option<&Value>,
        put: &dyn Fn(Option<Value>),
    ) {
        let shown = match now {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Integer(n)) => n.to_string(),
            Some(Value::Number(n)) => n.to_string(),
            _ => String::new(),
        };
        let mine = |(id, field, _): &&(RelationId, String, String)| *id == relation.id && *field == def.name;
        let mut text = self.typing.as_ref().filter(mine).map_or(shown.clone(), |(_, _, text)| text.clone());
        let response = ui.add(TextEdit::singleline(&mut text)).accessible_name(title);
        if response.changed() {
            self.typing = Some((relation.id.clone(), def.name.clone(), text.clone()));
        }
        if response.lost_focus() {
            self.typing = None;
            if text != shown {
                put(read(&def.kind, text.trim()));
            }
        }
    }
}

/// What was typed as a value; `None` unsets. A number that is none is kept as text, which validation reports.
fn read(kind: &FieldKind, text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    if let FieldKind::Number { .. } = kind {
        if let Ok(n) = text.parse::<i64>() {
            return Some(Value::Integer(n));
        }
        if let Some(n) = text.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()) {
            return Some(Value::Number(n));
        }
    }
    Some(Value::text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let number = FieldKind::Number { min: None, max: None, whole: false };
        assert_eq!(read(&number, "3"), Some(Value::Integer(3)));
        assert_eq!(read(&number, "0,5"), Some(Value::Number(0.5)));
        assert_eq!(read(&number, "about 3"), Some(Value::text("about 3")));
        assert_eq!(read(&FieldKind::Text, "3"), Some(Value::text("3")));
        assert_eq!(read(&number, ""), None);
    }
}
