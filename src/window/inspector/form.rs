//! The fields of a span, an article or a relation as a form: headings, controls, findings, each edit by its path.

use egui::{FontId, Id, RichText, Sense, Stroke, StrokeKind, Ui, vec2};

use super::state::State;
use crate::model::{FieldDef, FieldKind, FieldPath, Fields, Link, RelationId, SpanId, Step, Value};
use crate::session::{Desk, Edit};
use crate::text::TextRange;
use crate::validate::Finding;
use crate::window::describe::Describer;
use crate::window::look;
use crate::window::panel::{Panel, Request};

/// Whose fields a form shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A span's.
    Span(SpanId),
    /// The article's.
    Article,
    /// A relation's.
    Relation(RelationId),
}

/// One form, for one frame.
pub(super) struct Form<'a> {
    pub panel: Panel<'a>,
    pub desk: &'a Desk,
    pub describer: Describer<'a>,
    pub owner: Owner,
    /// The owner's fields.
    pub fields: &'a Fields,
    /// Where in the article we are, for what is near.
    pub near: Option<TextRange>,
    /// What validation finds about the owner.
    pub findings: Vec<&'a Finding>,
    pub editable: bool,
    pub state: &'a mut State,
}

impl Form<'_> {
    /// The id of a control, stable from frame to frame.
    pub(super) fn id(&self, path: &FieldPath, what: &str) -> Id {
        let owner = match &self.owner {
            Owner::Span(id) => format!("span {id}"),
            Owner::Article => "article".to_owned(),
            Owner::Relation(id) => format!("relation {id}"),
        };
        Id::unique(("inspector", owner, path.to_string(), what))
    }

    /// A number under which edits of one go become one step. The count of steps done tells goes apart, because a go that
    /// changed anything has made a step; the high bit keeps off the gestures of pointer and keys.
    pub(super) fn gesture(&self) -> u64 {
        1 << 62 | (self.desk.history.done().len() as u64) << 1
    }

    /// Asks for a field to be set, or unset with whatever is empty without it.
    pub(super) fn set(&mut self, path: &FieldPath, value: Option<Value>, gesture: Option<u64>) {
        let (path, value) = match value {
            Some(value) => (path.clone(), Some(value)),
            None if self.fields.at(path).is_none() => return,
            None => {
                let emptied = emptied(self.fields, path);
                if emptied != *path {
                    // The card stays until the user leaves it, or unsetting to choose anew would take it from under the hands.
                    self.state.pending = Some(emptied.clone());
                }
                (emptied, None)
            }
        };
        self.panel.edit(match &self.owner {
            Owner::Span(span) => Edit::SetFields { span: span.clone(), values: vec![(path, value)], gesture },
            Owner::Article => Edit::SetArticleField { path, value },
            Owner::Relation(relation) => Edit::SetRelationField { relation: relation.clone(), path, value },
        });
    }

    /// Every field of these definitions, then what the schema does not know.
    pub(super) fn fields(&mut self, ui: &mut Ui, defs: &[FieldDef], base: &FieldPath, values: &Fields) {
        for def in defs {
            self.field(ui, def, &base.then(&def.name), values);
        }
        for (name, value) in values.iter().filter(|(name, _)| !defs.iter().any(|d| d.name == *name)) {
            self.unknown(ui, name, value, &base.then(name));
        }
    }

    fn field(&mut self, ui: &mut Ui, def: &FieldDef, path: &FieldPath, siblings: &Fields) {
        let value = siblings.get(&def.name);
        let title = def.title(self.panel.words.code()).to_owned();
        self.heading(ui, def, &title, value.is_none(), def.is_required(siblings));
        match (&def.kind, value) {
            (_, Some(value)) if !fits(def, value) => self.odd(ui, &title, value, path),
            (FieldKind::Record(inner), value) => self.records(ui, def, inner, &title, path, value),
            (FieldKind::Choice(choices), value) if choices.len() <= 7 => {
                self.choices(ui, def, choices, &title, path, value);
            }
            (_, value) if def.is_list() => self.items(ui, def, &title, path, value),
            (kind, value) => self.control(ui, kind, &title, path, value),
        }
        self.findings_at(ui, path);
        ui.add_space(8.0);
    }

    /// One value by its kind.
    fn control(
        &mut self,
        ui: &mut Ui,
        kind: &FieldKind,
        title: &str,
        path: &FieldPath,
        value: Option<&Value>,
    ) {
        match kind {
            FieldKind::Text => self.text(ui, title, path, value),
            FieldKind::Number { min, max, whole } => {
                self.number(ui, (*min, *max, *whole), title, path, value);
            }
            FieldKind::Date => self.date(ui, title, path, value),
            FieldKind::YesNo => self.yes_no(ui, title, path, value),
            FieldKind::Stretch => self.stretch(ui, title, path, value),
            FieldKind::Choice(_)
            | FieldKind::Span(_)
            | FieldKind::Entity(_)
            | FieldKind::Term(_)
            | FieldKind::Either(_) => self.link(ui, kind, title, path, value),
            FieldKind::Record(_) => {}
        }
    }

    /// Several values: each with its control, and one more control that adds.
    fn items(&mut self, ui: &mut Ui, def: &FieldDef, title: &str, path: &FieldPath, value: Option<&Value>) {
        let items = value.and_then(Value::as_list).unwrap_or_default();
        let full = def.max.is_some_and(|max| items.len() >= max as usize);
        if self.state.aims_at(path) {
            let place = if full { 0 } else { items.len() };
            self.state.aim = Some(super::state::Aim::Field(path.item(place)));
        }
        for (place, item) in items.iter().enumerate() {
            let name = format!("{title} {}", place + 1);
            self.control(ui, &def.kind, &name, &path.item(place), Some(item));
            self.findings_at(ui, &path.item(place));
        }
        if !full {
            self.control(ui, &def.kind, title, &path.item(items.len()), None);
        }
    }

    fn heading(&self, ui: &mut Ui, def: &FieldDef, title: &str, unset: bool, required: bool) {
        let tokens = self.panel.tokens;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new(title).family(look::bold()).color(tokens.text));
            // A record's key stands on the button that adds one.
            if let Some(key) = def.key.as_ref().filter(|_| !matches!(def.kind, FieldKind::Record(_))) {
                key_cap(ui, key, tokens);
            }
            match (unset, required) {
                (true, true) => {
                    let (dot, _) = ui.allocate_exact_size(vec2(7.0, 16.0), Sense::hover());
                    ui.painter().circle_filled(dot.center(), 3.0, tokens.error);
                    let words = self.panel.say("field-required");
                    ui.label(RichText::new(words).small().color(tokens.error));
                }
                (true, false) => {
                    ui.label(RichText::new(self.panel.say("field-unset")).small().color(tokens.text_faint));
                }
                (false, _) => {}
            }
            if let Some(help) = def.help.get(self.panel.words.code()) {
                ui.label(RichText::new("?").small().color(tokens.accent)).on_hover_text(help);
            }
        });
    }

    /// A value of a shape that the field cannot hold: shown as it is, to be removed or mended in the file.
    fn odd(&mut self, ui: &mut Ui, title: &str, value: &Value, path: &FieldPath) {
        self.kept(ui, title, value, path, "field-odd");
    }

    fn unknown(&mut self, ui: &mut Ui, name: &str, value: &Value, path: &FieldPath) {
        ui.label(RichText::new(name).family(look::bold()));
        self.kept(ui, name, value, path, "field-unknown");
        self.findings_at(ui, path);
        ui.add_space(8.0);
    }

    fn kept(&mut self, ui: &mut Ui, title: &str, value: &Value, path: &FieldPath, why: &str) {
        let def = FieldDef::bare(title, FieldKind::Text);
        let words = self.describer.value(&def, value);
        ui.label(RichText::new(self.panel.words.say(why)).small().color(self.panel.tokens.warning));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).italics());
            if self.small_button(ui, "×", &format!("{}: {title}", self.panel.say("field-remove"))) {
                self.set(path, None, None);
            }
        });
    }

    /// A small button with a sign on it and a name behind it.
    pub(super) fn small_button(&self, ui: &mut Ui, sign: &str, name: &str) -> bool {
        let button = egui::Button::new(RichText::new(sign)).small();
        ui.add_enabled(self.editable, button).on_hover_text(name).accessible_name(name).clicked()
    }

    /// What validation finds at exactly this field.
    pub(super) fn findings_at(&self, ui: &mut Ui, path: &FieldPath) {
        for finding in self.findings.iter().filter(|f| f.path.as_deref() == Some(path)) {
            ui.label(
                RichText::new(format!("⚠ {}", message(&self.panel, finding)))
                    .small()
                    .color(severity_ink(&self.panel, finding)),
            );
        }
    }

    /// How many findings stand inside a record.
    pub(super) fn findings_within(&self, path: &FieldPath) -> usize {
        let inside = |at: &FieldPath| at.steps().starts_with(path.steps());
        self.findings.iter().filter(|f| f.path.as_deref().is_some_and(inside)).count()
    }

    /// Goes to what a link leads to, if that is a place in the article.
    pub(super) fn follow(&self, link: &Link) {
        if let Link::Span(id) = link {
            self.panel.ask(Request::Select(Some(id.clone())));
        }
    }
}

/// The message of a finding in the user's language.
pub(super) fn message(panel: &Panel<'_>, finding: &Finding) -> String {
    crate::window::panels::finding_message(finding, panel)
}

/// The colour of a finding.
pub(super) fn severity_ink(panel: &Panel<'_>, finding: &Finding) -> egui::Color32 {
    use crate::model::Severity;
    match finding.severity {
        Severity::Error => panel.tokens.error,
        Severity::Warning => panel.tokens.warning,
        Severity::Info | Severity::Off => panel.tokens.info,
    }
}

/// A small key cap.
pub(super) fn key_cap(ui: &mut Ui, key: &str, tokens: &look::Tokens) {
    let galley =
        ui.painter().layout_no_wrap(key.to_uppercase(), FontId::proportional(10.5), tokens.text_soft);
    let size = vec2((galley.size().x + 8.0).max(17.0), 16.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect(rect, 3.0, tokens.raised, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, tokens.text_soft);
}

/// Whether a value has the shape that a field holds: a list where several are allowed, a record where records are.
fn fits(def: &FieldDef, value: &Value) -> bool {
    let one = |value: &Value| match &def.kind {
        FieldKind::Record(_) => value.as_record().is_some(),
        FieldKind::Number { .. } => value.as_number().is_some(),
        FieldKind::YesNo => matches!(value, Value::Bool(_)),
        FieldKind::Stretch => value.as_stretch().is_some(),
        _ => value.as_text().is_some(),
    };
    if def.is_list() { value.as_list().is_some_and(|items| items.iter().all(one)) } else { one(value) }
}

/// The outermost list or record that would be empty without the value at `path`, else the path itself.
fn emptied(fields: &Fields, path: &FieldPath) -> FieldPath {
    let steps = path.steps();
    for end in 1..steps.len() {
        let at = rebuilt(&steps[..end]);
        let rest_is_alone = (end..steps.len()).all(|deep| match fields.at(&rebuilt(&steps[..deep])) {
            Some(Value::Record(record)) => record.len() == 1,
            Some(Value::List(items)) => items.len() == 1,
            _ => false,
        });
        if rest_is_alone {
            return at;
        }
    }
    path.clone()
}

/// The path of these steps.
pub(super) fn rebuilt(steps: &[Step]) -> FieldPath {
    steps.iter().fold(FieldPath::root(), |path, step| match step {
        Step::Field(name) => path.then(name),
        Step::Item(place) => path.item(*place),
    })
}

/// The first required field without a value, looking into records too; else the first field.
pub(super) fn first_to_fill(defs: &[FieldDef], fields: &Fields) -> Option<FieldPath> {
    lacking(defs, fields, &FieldPath::root()).or_else(|| Some(FieldPath::field(&defs.first()?.name)))
}

/// The first required field without a value.
pub(super) fn lacking(defs: &[FieldDef], fields: &Fields, base: &FieldPath) -> Option<FieldPath> {
    defs.iter().find_map(|def| {
        let path = base.then(&def.name);
        match (fields.get(&def.name), &def.kind) {
            (None, _) => def.is_required(fields).then_some(path),
            (Some(Value::Record(record)), FieldKind::Record(inner)) => lacking(inner, record, &path),
            (Some(Value::List(items)), FieldKind::Record(inner)) => items
                .iter()
                .enumerate()
                .find_map(|(place, item)| lacking(inner, item.as_record()?, &path.item(place))),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schema;

    #[test]
    fn unsetting_the_last_field_takes_record_and_list_along() {
        let fields: Fields = ron::from_str(
            r#"{"holders": [{"how": "author"}], "issues": [{"issue": "a", "stance": "for"}, {"issue": "b"}]}"#,
        )
        .unwrap();
        let at = |path: FieldPath| emptied(&fields, &path).to_string();
        assert_eq!(at(FieldPath::field("holders").item(0).then("how")), "holders");
        assert_eq!(at(FieldPath::field("issues").item(0).then("stance")), "issues[1].stance");
        assert_eq!(at(FieldPath::field("issues").item(1).then("issue")), "issues[2]");
    }

    #[test]
    fn the_first_to_fill_is_the_first_required_one_in_records_too() {
        let schema = Schema::positions();
        let defs = schema.fields_of("position");
        let first = |ron: &str| first_to_fill(defs, &ron::from_str(ron).unwrap()).unwrap().to_string();
        assert_eq!(first("{}"), "issues");
        assert_eq!(first(r#"{"holders": [{"entity": "x"}]}"#), "holders[1].how");
        assert_eq!(first(r#"{"issues": [{"issue": "x"}]}"#), "issues[1].stance");
        let full = r#"{"issues": [{"issue": "x", "stance": "for"}]}"#;
        assert_eq!(first(full), "holders", "nothing is lacking: the first field");
        let conditional = r#"{"issues": [{"issue": "x", "stance": "for"}], "modality": "conditional"}"#;
        assert_eq!(first(conditional), "condition");
    }
}
