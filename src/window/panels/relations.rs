//! All relations of the open article.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Button, Rect, RichText, Ui, UiBuilder, vec2};

use super::list::{List, Row, Rows, row_response};
use super::list_keys::ListKey;
use super::problems::nothing;
use super::relation_fields::RelationFields;
use crate::model::{AnnotationSet, Relation, RelationDef, SpanId};
use crate::session::Edit;
use crate::window::command::Command;
use crate::window::describe::{Describer, shorten};
use crate::window::panel::{Panel, Request};

const ROW: f32 = 32.0;

/// The relations of the open article.
#[derive(Default)]
pub struct RelationsPanel {
    label: Option<String>,
    of_selected: bool,
    list: List,
    fields: RelationFields,
    listing: Listing,
}

/// What the list shows, worked out once a change: frames are short and a long article has many relations.
#[derive(Default)]
struct Listing {
    of: Option<ListingKey>,
    shown: Vec<Arc<Relation>>,
    /// How many there are of each label.
    counts: HashMap<String, usize>,
}

/// The article's path, the set's generation, the filter by label, and the span to which the list is narrowed.
type ListingKey = (String, u64, Option<String>, Option<SpanId>);

impl RelationsPanel {
    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.list.focus();
    }

    /// Shows the panel in what room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let (Some(open), Some(words)) = (panel.open(), panel.describer()) else {
            nothing(ui, panel, "panel-no-article", None);
            return;
        };
        let set = &open.desk.workspace.set;
        if set.relation_count() == 0 {
            let key = panel.keys.shown(Command::Relate);
            nothing(ui, panel, "relations-none", None);
            ui.vertical_centered(|ui| {
                let hint = panel.with("relations-none-hint", &[("key", (&key).into())]);
                ui.label(RichText::new(hint).color(panel.tokens.text_soft));
            });
            return;
        }
        let path = open.desk.article.path.as_str();
        let mut listing = self.take_listing(set, path, panel.selected);
        self.filters(ui, panel, &words, &listing.counts);
        self.list_relations(ui, panel, &words, &listing.shown);
        std::mem::swap(&mut self.listing, &mut listing);
    }

    /// The list for the filters as they are, taken out for the time of a frame.
    fn take_listing(&mut self, set: &AnnotationSet, article: &str, selected: Option<&SpanId>) -> Listing {
        let of_span = selected.filter(|_| self.of_selected);
        let key = (article.to_owned(), set.generation(), self.label.clone(), of_span.cloned());
        let listing = std::mem::take(&mut self.listing);
        if listing.of.as_ref() == Some(&key) {
            return listing;
        }
        let mut counts = HashMap::new();
        for relation in set.relations() {
            *counts.entry(relation.label.clone()).or_default() += 1;
        }
        let mut shown: Vec<Arc<Relation>> = set
            .relations()
            .filter(|r| self.label.as_ref().is_none_or(|label| r.label == *label))
            .filter(|r| of_span.is_none_or(|s| r.from == *s || r.to == *s))
            .cloned()
            .collect();
        // In text order, as people read.
        let place = |id: &SpanId| set.get(id).map(|s| s.start());
        shown.sort_by_cached_key(|r| (place(&r.from), place(&r.to), r.id.clone()));
        Listing { of: Some(key), shown, counts }
    }

    fn list_relations(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        words: &Describer<'_>,
        shown: &[Arc<Relation>],
    ) {
        if shown.is_empty() {
            nothing(ui, panel, "relations-nothing-matches", None);
            ui.vertical_centered(|ui| {
                if ui.button(panel.say("articles-clear-filter")).clicked() {
                    (self.label, self.of_selected) = (None, false);
                }
            });
            return;
        }
        let name = panel.say("relations-title");
        let rows = Rows {
            salt: "relations",
            name: &name,
            row: ROW,
            count: shown.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let fields = &mut self.fields;
        let key = self
            .list
            .show(ui, rows, |ui, row| relation_row(ui, panel, words, &shown[row.index], row, fields));
        if let Some(relation) = shown.get(self.list.at) {
            match key {
                Some(ListKey::Enter) => panel.ask(Request::Select(Some(relation.from.clone()))),
                Some(ListKey::Delete) if panel.may_edit() => {
                    panel.edit(Edit::RemoveRelation { relation: relation.id.clone() })
                }
                _ => {}
            }
        }
    }

    fn filters(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        words: &Describer<'_>,
        counts: &HashMap<String, usize>,
    ) {
        let language = panel.words.code();
        ui.horizontal_wrapped(|ui| {
            let all = panel.with("relations-all", &[("n", words.set.relation_count().into())]);
            if ui.add(Button::selectable(self.label.is_none(), all).frame_when_inactive(true)).clicked() {
                self.label = None;
            }
            for def in &words.schema.relations {
                let n = counts.get(&def.name).copied().unwrap_or_default();
                if n == 0 {
                    continue;
                }
                let on = self.label.as_ref() == Some(&def.name);
                let text = format!("{} {n}", def.title(language));
                if ui.add(Button::selectable(on, text).frame_when_inactive(true)).clicked() {
                    self.label = (!on).then(|| def.name.clone());
                }
            }
            ui.add_enabled_ui(panel.selected.is_some(), |ui| {
                ui.checkbox(&mut self.of_selected, panel.say("relations-of-selected"));
            });
        });
    }
}

fn relation_row(
    ui: &mut Ui,
    panel: &Panel<'_>,
    words: &Describer<'_>,
    relation: &Relation,
    row: &Row,
    fields: &mut RelationFields,
) -> bool {
    let language = panel.words.code();
    let tokens = panel.tokens;
    let def = words.schema.relation(&relation.label);
    let title = def.map_or(relation.label.as_str(), |d| d.title(language));
    let chosen = panel.selected.is_some_and(|s| relation.from == *s || relation.to == *s);
    let surface = |id: &SpanId, most| match words.set.get(id) {
        Some(span) => words.surface(span, most),
        None => format!("{id}?"),
    };
    let name = format!("{} {title} {}", surface(&relation.from, 60), surface(&relation.to, 60));
    let response = row_response(ui, row, chosen, &name, tokens);
    let inner = row.rect.shrink2(vec2(8.0, 2.0));
    ui.spacing_mut().button_padding = vec2(6.0, 2.0);
    let actions = ui
        .scope_builder(
            UiBuilder::new().max_rect(inner).layout(egui::Layout::right_to_left(egui::Align::Center)),
            |ui| {
                let edits = panel.may_edit();
                let remove = ui.add_enabled(edits, Button::new("×").small());
                let tip = panel.say("relations-remove");
                if remove.accessible_name(&tip).on_hover_text(&tip).clicked() {
                    panel.edit(Edit::RemoveRelation { relation: relation.id.clone() });
                }
                let turn = ui.add_enabled(edits, Button::new("⇄").small());
                let tip = panel.say("relations-turn");
                if turn.accessible_name(&tip).on_hover_text(&tip).clicked() {
                    panel.edit(Edit::TurnRelation { relation: relation.id.clone() });
                }
                if let Some(def) = def.filter(|d| !d.fields.is_empty()) {
                    fields.button(ui, panel, words, def, relation);
                }
                ui.min_rect().width()
            },
        )
        .inner;
    let left = Rect::from_min_max(inner.min, inner.max - vec2(actions + 12.0, 0.0));
    let label_width = 130.0_f32.min(left.width() * 0.26);
    let end_width = (left.width() - label_width - 24.0) / 2.0;
    let column =
        |x: f32, width: f32| Rect::from_min_size(left.min + vec2(x, 0.0), vec2(width, left.height()));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let end = |ui: &mut Ui, rect: Rect, id: &SpanId| {
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout).id_salt(id.as_str()), |ui| {
            let full = surface(id, 200);
            let text = RichText::new(shorten(&full, 80)).color(tokens.text);
            let link = ui.add(Button::new(text).frame(false).truncate());
            let known = words.set.get(id).is_some();
            let tip = words.set.get(id).map_or_else(|| panel.say("relations-lost-end"), |s| words.span(s));
            if link.accessible_name(&full).on_hover_text(tip).clicked() && known {
                panel.ask(Request::Select(Some(id.clone())));
            }
        });
    };
    end(ui, column(0.0, end_width), &relation.from);
    let middle = column(end_width + 6.0, label_width + 12.0);
    ui.scope_builder(UiBuilder::new().max_rect(middle).layout(layout).id_salt("label"), |ui| {
        let text = RichText::new(format!("{title} →")).color(tokens.accent);
        let button = Button::new(text).truncate();
        let tip = panel.say("relations-relabel");
        ui.add_enabled_ui(panel.may_edit(), |ui| {
            let (response, _) = egui::containers::menu::MenuButton::from_button(button)
                .ui(ui, |ui| relabel(ui, panel, words, relation));
            response.on_hover_text(tip);
        });
    });
    end(ui, column(end_width + label_width + 24.0, end_width), &relation.to);
    let clicked = response.clicked();
    if clicked {
        panel.ask(Request::Select(Some(relation.from.clone())));
    }
    clicked
}

fn relabel(ui: &mut Ui, panel: &Panel<'_>, words: &Describer<'_>, relation: &Relation) {
    let label_of = |id: &SpanId| words.set.get(id).map(|s| s.label.as_str()).unwrap_or_default();
    let allowed = |def: &&RelationDef| def.allows(label_of(&relation.from), label_of(&relation.to));
    for def in words.schema.relations.iter().filter(allowed) {
        let on = def.name == relation.label;
        let key = def.key.as_deref().unwrap_or_default().to_uppercase();
        let button = Button::selectable(on, def.title(panel.words.code())).shortcut_text(key);
        if ui.add(button).clicked() && !on {
            panel.edit(Edit::RelabelRelation { relation: relation.id.clone(), label: def.name.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FieldDef, FieldKind};
    use crate::window::panels::trial::{Trial, World, harness};
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial) -> egui_kittest::Harness<'a, World<RelationsPanel>> {
        let mut h = harness([760.0, 260.0], trial, RelationsPanel::default(), RelationsPanel::show);
        h.run();
        h
    }

    #[test]
    fn an_end_is_selected_by_clicking_it() {
        let mut h = shown(Trial::new());
        h.get_by_label("передать Донбасс").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Select(Some("s3".into()))]);
        h.get_by_label("настаивает на гарантиях").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Select(Some("s2".into()))]);
    }

    #[test]
    fn a_relation_is_turned_relabelled_and_removed() {
        let mut h = shown(Trial::new());
        let id = crate::model::RelationId::from("r1");
        h.get_by_label("Развернуть связь").click();
        h.run();
        h.get_by_label("Удалить связь").click();
        h.run();
        let turned = Request::Edit(Edit::TurnRelation { relation: id.clone() });
        let removed = Request::Edit(Edit::RemoveRelation { relation: id.clone() });
        assert_eq!(h.state().trial.asked(), [turned, removed]);
        h.get_by_label("оспаривает →").click();
        h.run();
        h.get_by_label_contains("подрывает").click();
        h.run();
        let label = "undercuts".to_owned();
        assert_eq!(h.state().trial.asked(), [Request::Edit(Edit::RelabelRelation { relation: id, label })]);
    }

    #[test]
    fn no_relations_tells_the_key() {
        let mut trial = Trial::new();
        trial.open().desk.undo().unwrap();
        let h = shown(trial);
        assert!(h.query_by_label_contains("клавишу X").is_some());
    }

    #[test]
    fn a_field_of_a_relation_can_be_chosen() {
        let mut trial = Trial::new();
        let mut schema = crate::model::Schema::positions();
        let attacks = schema.relations.iter_mut().find(|r| r.name == "attacks").unwrap();
        let choices = ["weak", "strong"].map(crate::model::Choice::bare).to_vec();
        attacks.fields.push(FieldDef::bare("force", FieldKind::Choice(choices)));
        trial.open().desk.schema = Arc::new(schema);
        let mut h = shown(trial);
        h.get_by_label("Поля связи").click();
        h.run();
        h.get_by_label("strong").click();
        h.run();
        let value = Some(crate::model::Value::text("strong"));
        let path = crate::model::FieldPath::field("force");
        let edit = Edit::SetRelationField { relation: "r1".into(), path, value };
        assert_eq!(h.state().trial.asked(), [Request::Edit(edit)]);
    }
}
