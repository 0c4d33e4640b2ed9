//! The selected span: what it is, its words and parts, its fields, its note, its relations, what is wrong with it.

use egui::{FontId, Id, RichText, Sense, Stroke, StrokeKind, TextEdit, TextStyle, Ui, vec2};

use super::form::{Form, Owner, first_to_fill, message, severity_ink};
use super::state::{Aim, Fresh, State};
use super::toggle::{Toggle, ToggleRow};
use crate::model::{FieldPath, Span};
use crate::session::{Edit, OpenArticle};
use crate::window::article_view::pattern_line;
use crate::window::describe::{clipped, shorten};
use crate::window::look;
use crate::window::one_line;
use crate::window::panel::{Panel, Request};

/// A label in its colour, with its line pattern under it.
pub(super) fn label_chip(ui: &mut Ui, panel: &Panel<'_>, label: &str, title: &str) {
    let number = panel.open().map_or(0, |open| open.desk.schema.colour_of(label));
    let look = panel.tokens.label(number);
    let font = TextStyle::Button.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(clipped(title, 40), font, look.ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 10.0), Sense::hover());
    let painter = ui.painter();
    painter.rect(rect, 5.0, look.ground, Stroke::new(1.0, look.ink), StrokeKind::Inside);
    painter.galley(rect.min + vec2(8.0, 3.0), galley, look.ink);
    pattern_line(painter, rect.left() + 8.0, rect.right() - 8.0, rect.bottom() - 4.5, look, 1.6);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
}

/// The selected span.
pub(super) fn show(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle, span: &Span, state: &mut State) {
    let Some(describer) = panel.describer() else {
        return;
    };
    let desk = &open.desk;
    let defs = desk.schema.fields_of(&span.label);
    let mut form = Form {
        panel: *panel,
        desk,
        describer,
        owner: Owner::Span(span.id.clone()),
        fields: &span.fields,
        near: Some(span.parts.hull()),
        findings: open.findings.of_span(&span.id).collect(),
        editable: panel.may_edit(),
        state,
    };
    if form.state.aim == Some(Aim::First) {
        form.state.aim = Some(match first_to_fill(defs, &span.fields) {
            Some(path) => Aim::Field(path),
            None => Aim::Note,
        });
    }
    form.head(ui, span);
    if let Some(why) = super::why_read_only(panel) {
        ui.label(RichText::new(why).color(panel.tokens.warning));
    }
    ui.add_space(4.0);
    ui.separator();
    ui.add_space(2.0);
    form.fields(ui, defs, &FieldPath::root(), &span.fields);
    form.note(ui, span);
    form.relations(ui, span);
    form.all_findings(ui);
}

impl Form<'_> {
    fn head(&mut self, ui: &mut Ui, span: &Span) {
        let panel = self.panel;
        let title = self.describer.label(&span.label).to_owned();
        ui.horizontal_wrapped(|ui| {
            label_chip(ui, &panel, &span.label, &title);
            let words = panel.say("inspector-change-label");
            let button = egui::Button::new(RichText::new(&words).small());
            if ui.add_enabled(self.editable, button).clicked() {
                self.state.relabelling = match self.state.relabelling {
                    None => Some(Fresh(true)),
                    Some(_) => None,
                };
            }
            ui.label(RichText::new(span.id.as_str()).small().color(panel.tokens.text_faint));
        });
        if let Some(Fresh(fresh)) = self.state.relabelling {
            self.state.relabelling = Some(Fresh(false));
            self.labels(ui, span, fresh);
        }
        if self.desk.schema.label(&span.label).is_none() {
            let words = panel.say("inspector-unknown-label");
            ui.label(RichText::new(format!("⚠ {words}")).small().color(panel.tokens.warning));
        }
        let surface = shorten(&span.surface(&self.desk.article.text).replace('\n', " "), 280);
        let font = FontId::new(15.0, look::serif());
        one_line::label(ui, &format!("«{surface}»"), font, panel.tokens.text);
        if span.parts.len() > 1 {
            self.parts(ui, span);
        }
    }

    fn labels(&mut self, ui: &mut Ui, span: &Span, focus: bool) {
        let language = self.panel.words.code();
        let toggles: Vec<Toggle> = self
            .desk
            .schema
            .labels
            .iter()
            .map(|label| Toggle {
                title: label.title(language).to_owned(),
                key: label.key.clone(),
                help: label.help.get(language).map(str::to_owned),
                on: label.name == span.label,
            })
            .collect();
        let name = self.panel.say("inspector-change-label");
        let row = ToggleRow {
            id: Id::unique(("inspector", "labels")),
            name: &name,
            several: false,
            editable: self.editable,
            focus,
            tokens: self.panel.tokens,
        };
        if let Some(picked) = row.show(ui, &toggles)
            && !toggles[picked.place].on
        {
            let label = self.desk.schema.labels[picked.place].name.clone();
            self.panel.edit(Edit::Relabel { span: span.id.clone(), label });
            if !picked.by_arrow {
                self.state.relabelling = None;
                self.state.aim = Some(Aim::First);
            }
        }
    }

    fn parts(&mut self, ui: &mut Ui, span: &Span) {
        let text = &self.desk.article.text;
        for (place, part) in span.parts.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.label(
                    RichText::new(format!("{}.", place + 1)).small().color(self.panel.tokens.text_faint),
                );
                let words = shorten(&text.slice(*part).unwrap_or("…").replace('\n', " "), 50);
                let name = format!("{} {}: {words}", self.panel.say("inspector-part"), place + 1);
                let quoted = RichText::new(format!("«{words}»")).family(look::serif());
                if ui.add(egui::Button::new(quoted).wrap()).accessible_name(&name).clicked() {
                    self.panel.ask(Request::GoTo(*part));
                }
                if self.small_button(ui, "×", &format!("{}: {name}", self.panel.say("field-remove"))) {
                    self.panel.edit(Edit::RemovePart { span: span.id.clone(), part: place });
                }
            });
        }
    }

    fn note(&mut self, ui: &mut Ui, span: &Span) {
        let title = self.panel.say("inspector-note");
        ui.label(RichText::new(&title).family(look::bold()));
        let id = self.id(&FieldPath::root(), "note");
        let mut text = self.drafted(id, &span.note);
        let edit = TextEdit::multiline(&mut text)
            .id(id)
            .desired_rows(2)
            .desired_width(f32::INFINITY)
            .hint_text(self.panel.say("inspector-note-hint"));
        let response = ui.add_enabled(self.editable, edit).accessible_name(title);
        if self.state.aim == Some(Aim::Note) {
            self.state.aim = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.changed() {
            let gesture = self.draft(id, &text, [span.note.clone(), text.clone()]);
            self.panel.edit(Edit::SetNote { span: span.id.clone(), note: text, gesture: Some(gesture) });
        }
        if response.lost_focus() && self.state.draft.as_ref().is_some_and(|d| d.id == id) {
            self.state.draft = None;
        }
        ui.add_space(8.0);
    }

    fn all_findings(&self, ui: &mut Ui) {
        if self.findings.is_empty() {
            return;
        }
        ui.label(RichText::new(self.panel.say("inspector-problems")).family(look::bold()));
        for finding in &self.findings {
            let words = message(&self.panel, finding);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let ink = severity_ink(&self.panel, finding);
                ui.label(RichText::new(finding.code).small().color(ink));
                ui.label(&words);
                if let Some(fix) = &finding.fix {
                    let fix_words = self.panel.say("inspector-fix");
                    let title =
                        crate::window::panels::fix_title(finding, &self.panel).unwrap_or(fix.title.clone());
                    let button = egui::Button::new(RichText::new(&fix_words).small());
                    let response = ui
                        .add_enabled(self.editable, button)
                        .on_hover_text(&title)
                        .accessible_name(format!("{fix_words}: {words}"));
                    if response.clicked() {
                        self.panel.ask(Request::Fix(Box::new((*finding).clone())));
                    }
                }
            });
        }
    }
}
