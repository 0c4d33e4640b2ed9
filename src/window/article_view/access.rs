//! The article in the accessibility tree: the visible text as runs, spans as marks that can be clicked, selection and caret.

use egui::accesskit::{Action, Role};
use egui::{Id, Response, Sense, Ui, UiBuilder};

use super::shown::{Shown, ViewEvent};
use super::view::{ArticleView, view_id};
use crate::model::SpanId;
use crate::window::describe::Describer;
use crate::window::text_page::caret::Selection;
use crate::window::text_page::spoken::SpokenText;

/// The id of a span's mark.
pub fn mark_id(span: &SpanId) -> Id {
    view_id().with(("span", span.as_str()))
}

/// Publishes what is in view and takes the requests of assistive technology; gives the selection it asked for.
pub(super) fn publish(
    view: &ArticleView,
    ui: &mut Ui,
    shown: &Shown<'_>,
    response: &Response,
    selected: Option<&SpanId>,
    events: &mut Vec<ViewEvent>,
) -> Option<Selection> {
    let ctx = &ui.ctx().clone();
    let label = shown.words.say("article-text");
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Document, true, &label));
    if !ctx.has_accesskit_node(view_id()) {
        return None;
    }
    // Paragraphs and marks lie in the document: it is what has a text, a caret and a selection.
    let inside = UiBuilder::new().max_rect(response.rect).id_salt("document").accessibility_parent(view_id());
    let ui = &mut ui.new_child(inside);
    let mut spoken = SpokenText::default();
    let words = Describer {
        text: shown.text,
        set: shown.set,
        schema: shown.schema,
        register: shown.register,
        codebook: shown.codebook,
        language: shown.words.code(),
    };
    let mut seen = std::collections::HashSet::new();
    for laid in view.laid() {
        spoken.publish(ui, view_id(), shown.text, laid, response.rect);
        for segment in &laid.around.segments {
            if !seen.insert(segment.span.id.clone()) {
                continue;
            }
            let id = mark_id(&segment.span.id);
            let top = laid.row_top(segment.row);
            let rect = egui::Rect::from_min_max(
                egui::pos2(laid.at.x + segment.x0, top),
                egui::pos2(laid.at.x + segment.x1, top + laid.row_height(segment.row)),
            );
            ui.interact(rect.intersect(response.rect), id, Sense::hover());
            let mut told = words.fields(shown.schema.fields_of(&segment.span.label), &segment.span.fields);
            told.extend(shown.comments.span(&segment.span.id).map(|mark| mark.words(shown.words)));
            let fields = told.join("; ");
            ctx.accesskit_node_builder(id, |node| {
                node.set_role(Role::Mark);
                node.set_label(words.span(&segment.span));
                if !fields.is_empty() {
                    node.set_description(fields);
                }
                node.set_selected(selected == Some(&segment.span.id));
                node.add_action(Action::Click);
            });
            if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
                events.push(ViewEvent::Select(Some(segment.span.id.clone())));
            }
        }
    }
    spoken.exchange_selection(ui, view_id(), view.selection())
}
