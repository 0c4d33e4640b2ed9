//! The article in the accessibility tree: the visible text as runs, spans as marks that can be clicked, selection and caret.

use egui::accesskit::{Action, Role, TextDirection, TextPosition, TextSelection};
use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::{Id, Response, Sense, Ui, UiBuilder};

use unicode_segmentation::UnicodeSegmentation;

use super::layout::TextRun;
use super::view::{ArticleView, Laid, Shown, ViewEvent, view_id};
use crate::model::SpanId;
use crate::window::describe::Describer;

/// The id of a span's mark.
pub fn mark_id(span: &SpanId) -> Id {
    view_id().with(("span", span.as_str()))
}

/// The runs of a block that egui did not lay out, with the part of the selection that is in it.
fn text_runs(view: &ArticleView, ui: &mut Ui, laid: &Laid, parent: Id, block: &str, visible: egui::Rect) {
    let runs = laid.layout.runs();
    // A child whose nodes belong to the block's.
    let inner = UiBuilder::new().max_rect(visible).id_salt(parent).accessibility_parent(parent);
    let ui = ui.new_child(inner);
    let ctx = ui.ctx();
    let run_id = |at: usize| parent.with(("run", at));
    // A place in the text as a run and a number of clusters in it.
    let position = |byte: usize| {
        let local = byte.clamp(laid.bytes.start, laid.bytes.end) - laid.bytes.start;
        let starts_before = |run: &TextRun| run.clusters.first().is_some_and(|c| c.0.start <= local);
        let at = runs.iter().rposition(starts_before).unwrap_or(0);
        let character_index =
            runs.get(at).map_or(0, |run| run.clusters.iter().filter(|c| c.0.end <= local).count());
        TextPosition { node: run_id(at).accesskit_id(), character_index }
    };
    if (laid.bytes.start..=laid.bytes.end).contains(&view.selection.head) && !runs.is_empty() {
        let selection =
            TextSelection { anchor: position(view.selection.anchor), focus: position(view.selection.head) };
        ctx.accesskit_node_builder(parent, |node| node.set_text_selection(selection));
    }
    for (at, run) in runs.iter().enumerate() {
        let (Some(first), Some(last)) = (run.clusters.first(), run.clusters.last()) else {
            continue;
        };
        let top = laid.row_top(run.row);
        let (left, right) = if run.rtl { (last.1, first.2) } else { (first.1, last.2) };
        let rect = egui::Rect::from_min_max(
            egui::pos2(laid.at.x + left, top),
            egui::pos2(laid.at.x + right, top + laid.row_height(run.row)),
        );
        ui.interact(rect.intersect(visible), run_id(at), Sense::hover());
        let same_row = |other: Option<&TextRun>| other.is_some_and(|other| other.row == run.row);
        let text: String = run.clusters.iter().map(|c| &block[c.0.clone()]).collect();
        ctx.accesskit_node_builder(run_id(at), |node| {
            node.set_role(Role::TextRun);
            let direction = if run.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
            node.set_text_direction(direction);
            if at > 0 && same_row(runs.get(at - 1)) {
                node.set_previous_on_line(run_id(at - 1).accesskit_id());
            }
            if same_row(runs.get(at + 1)) {
                node.set_next_on_line(run_id(at + 1).accesskit_id());
            }
            node.set_value(text.as_str());
            node.set_character_lengths(run.clusters.iter().map(|c| c.0.len() as u8).collect::<Vec<_>>());
            let from_start =
                |c: &(std::ops::Range<usize>, f32, f32)| if run.rtl { right - c.2 } else { c.1 - left };
            node.set_character_positions(run.clusters.iter().map(from_start).collect::<Vec<_>>());
            node.set_character_widths(run.clusters.iter().map(|c| c.2 - c.1).collect::<Vec<_>>());
            let starts = text.unicode_word_indices().filter_map(|(byte, _)| {
                let at = run.clusters.iter().position(|c| c.0.start >= first.0.start + byte)?;
                u8::try_from(at).ok()
            });
            node.set_word_starts(starts.collect::<Vec<_>>());
        });
    }
}

/// Publishes what is in view and takes the requests of assistive technology.
pub(super) fn publish(
    view: &ArticleView,
    ui: &mut Ui,
    shown: &Shown<'_>,
    response: &Response,
    selected: Option<&SpanId>,
    events: &mut Vec<ViewEvent>,
) {
    let ctx = &ui.ctx().clone();
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
        } else {
            text_runs(view, ui, laid, id, block, response.rect);
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
