//! The article in the accessibility tree: the visible text as runs, spans as marks that can be clicked, selection and caret.

use egui::accesskit::{Action, Role};
use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::{Id, Response, Sense, Ui};

use super::view::{ArticleView, Shown, ViewEvent, view_id};
use crate::model::SpanId;
use crate::window::describe::Describer;

/// The id of a span's mark.
pub fn mark_id(span: &SpanId) -> Id {
    view_id().with(("span", span.as_str()))
}

/// Publishes what is in view and takes the requests of assistive technology.
pub(super) fn publish(
    view: &ArticleView,
    ui: &Ui,
    shown: &Shown<'_>,
    response: &Response,
    selected: Option<&SpanId>,
    events: &mut Vec<ViewEvent>,
) {
    let ctx = ui.ctx();
    let label = shown.words.say("article-text");
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Document, true, &label));
    if !ctx.has_accesskit_node(view_id()) {
        return;
    }
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
        let id = view_id().with(("block", laid.block));
        let bottom = laid.at.y + laid.decoration.height;
        let rect = egui::Rect::from_min_max(laid.at, egui::pos2(response.rect.right(), bottom));
        ui.interact(rect.intersect(response.rect), id, Sense::hover());
        let block = &shown.text.as_str()[laid.bytes.clone()];
        ctx.accesskit_node_builder(id, |node| {
            node.set_role(Role::Paragraph);
            node.set_label(block);
        });
        let selection = view.selection;
        let cursor = (laid.bytes.start..=laid.bytes.end).contains(&selection.head).then(|| {
            let chars = |byte: usize| {
                let local = byte.clamp(laid.bytes.start, laid.bytes.end) - laid.bytes.start;
                CCursor::new(CharIndex(block[..local].chars().count()))
            };
            CCursorRange::two(chars(selection.anchor), chars(selection.head))
        });
        let transform = egui::emath::TSTransform::from_translation(laid.at.to_vec2());
        if let Some(galley) = laid.layout.galley() {
            egui::text_selection::accesskit_text::update_accesskit_for_text_widget(
                ctx, id, cursor, transform, galley,
            );
        }
        for segment in &laid.decoration.segments {
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
            let fields =
                words.fields(shown.schema.fields_of(&segment.span.label), &segment.span.fields).join("; ");
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
}
