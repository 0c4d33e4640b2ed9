//! The relations of a span: what it supports, attacks, repeats; and adding one.

use egui::{RichText, Ui};
use std::sync::Arc;

use super::form::{Form, Owner};
use super::picker::Choice;
use super::state::{Aim, Fresh, NewRelation, State};
use super::toggle::{Toggle, ToggleRow};
use crate::model::{FieldKind, FieldPath, Relation, RelationDef, Span, SpanId};
use crate::session::Edit;
use crate::window::look;
use crate::window::panel::Request;

impl Form<'_> {
    /// The relations that start or end at this span.
    pub(super) fn relations(&mut self, ui: &mut Ui, span: &Span) {
        let relations: Vec<Arc<Relation>> = self.desk.workspace.set.relations_of(&span.id).cloned().collect();
        let schema = self.desk.schema.clone();
        let defs: Vec<&RelationDef> = schema.relations.iter().filter(|d| may_start(d, &span.label)).collect();
        if relations.is_empty() && defs.is_empty() {
            return;
        }
        ui.label(RichText::new(self.panel.say("inspector-relations")).family(look::bold()));
        for relation in &relations {
            self.relation(ui, relation, &span.id);
        }
        self.add_relation(ui, span, &defs);
        ui.add_space(8.0);
    }

    fn relation(&mut self, ui: &mut Ui, relation: &Relation, own: &SpanId) {
        let language = self.panel.words.code();
        let def = self.desk.schema.relation(&relation.label);
        let label = def.map_or(relation.label.as_str(), |d| d.title(language)).to_owned();
        let outgoing = relation.from == *own;
        let other = if outgoing { &relation.to } else { &relation.from };
        let quoted = self.describer.link(&crate::model::Link::Span(other.clone()));
        let this = self.panel.say("inspector-this");
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let button = |ui: &mut Ui| {
                let text = RichText::new(&quoted).family(look::serif());
                let go = ui.add(egui::Button::new(text).wrap());
                if go.accessible_name(format!("{label}: {quoted}")).clicked() {
                    self.panel.ask(Request::Select(Some(other.clone())));
                }
            };
            if outgoing {
                ui.label(format!("{label} →"));
                button(ui);
            } else {
                button(ui);
                ui.label(format!("{label} → {this}"));
            }
            let symmetric = def.is_some_and(|d| d.symmetric);
            let turn = format!("{}: {label}", self.panel.say("inspector-turn"));
            if !symmetric && self.small_button(ui, "↑↓", &turn) {
                self.panel.edit(Edit::TurnRelation { relation: relation.id.clone() });
            }
            let remove = format!("{}: {label} {quoted}", self.panel.say("field-remove"));
            if self.small_button(ui, "×", &remove) {
                self.panel.edit(Edit::RemoveRelation { relation: relation.id.clone() });
            }
        });
        if let Some(def) = def.filter(|d| !d.fields.is_empty()) {
            ui.indent(("relation", relation.id.as_str()), |ui| {
                self.of_relation(relation).fields(ui, &def.fields, &FieldPath::root(), &relation.fields);
            });
        }
    }

    fn of_relation<'f>(&'f mut self, relation: &'f Relation) -> Form<'f> {
        let open = self.panel.open();
        let state: &'f mut State = self.state;
        Form {
            panel: self.panel,
            desk: self.desk,
            describer: self.describer,
            owner: Owner::Relation(relation.id.clone()),
            fields: &relation.fields,
            near: self.near,
            findings: open.map(|o| o.findings.of_relation(&relation.id).collect()).unwrap_or_default(),
            editable: self.editable,
            state,
        }
    }

    fn add_relation(&mut self, ui: &mut Ui, span: &Span, defs: &[&RelationDef]) {
        if defs.is_empty() {
            return;
        }
        let Some(new) = self.state.relation.clone() else {
            let words = format!("+ {}", self.panel.say("inspector-relate"));
            let button = ui.add_enabled(self.editable, egui::Button::new(words));
            if self.state.aim.take_if(|aim| *aim == Aim::Relate).is_some() {
                button.request_focus();
            }
            if button.clicked() {
                self.state.relation = Some(NewRelation { label: None, fresh: Fresh(true) });
            }
            return;
        };
        let language = self.panel.words.code();
        let toggles: Vec<Toggle> = defs
            .iter()
            .map(|d| Toggle {
                title: d.title(language).to_owned(),
                key: d.key.clone(),
                help: d.help.get(language).map(str::to_owned),
                on: new.label.as_ref() == Some(&d.name),
            })
            .collect();
        let path = FieldPath::field("relation");
        let id = self.id(&path, "new relation");
        let name = self.panel.say("inspector-relate");
        let row = ToggleRow {
            id,
            name: &name,
            several: false,
            editable: self.editable,
            focus: new.fresh.0,
            tokens: self.panel.tokens,
        };
        let picked = row.show(ui, &toggles);
        self.state.relation = Some(NewRelation { fresh: Fresh(false), ..new.clone() });
        if let Some(picked) = picked {
            let label = Some(defs[picked.place].name.clone());
            self.state.relation = Some(NewRelation { label, fresh: Fresh(false) });
            if !picked.by_arrow {
                ui.memory_mut(|m| m.request_focus(id.with("target")));
            }
        }
        let schema = self.desk.schema.clone();
        if let Some(def) = new.def(&schema.relations) {
            let labels =
                ends(def, &span.label, &schema.labels.iter().map(|l| l.name.as_str()).collect::<Vec<_>>());
            let title = self.panel.say("inspector-relation-target");
            let target = id.with("target");
            let own = Some(&span.id);
            let choice = self.search_box(ui, &FieldKind::Span(labels), &title, &title, target, false, own);
            if let Some(Choice::Value(value)) = choice
                && let Some(to) = value.as_text()
            {
                let (from, to, label) = (span.id.clone(), SpanId::from(to), def.name.clone());
                self.panel.edit(Edit::Relate { from, to, label });
                self.state.relation = None;
                self.state.aim = Some(Aim::Relate);
            }
        }
        if ui.button(self.panel.say("field-cancel")).clicked() {
            self.state.relation = None;
            self.state.pick = None;
            self.state.aim = Some(Aim::Relate);
        }
    }
}

fn may_start(def: &RelationDef, label: &str) -> bool {
    let fits = |ends: &[String]| ends.is_empty() || ends.iter().any(|l| l == label);
    fits(&def.from) || def.symmetric && fits(&def.to)
}

/// The labels to which a relation may lead from a span of this label; empty = any.
fn ends(def: &RelationDef, from: &str, labels: &[&str]) -> Vec<String> {
    labels.iter().filter(|to| def.allows(from, to)).map(|to| (*to).to_owned()).collect()
}
