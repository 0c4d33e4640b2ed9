//! The lanes in the accessibility tree: the visible text, and everyone's spans as marks that say whose they are and how they stand.

use egui::accesskit::{Action, Role};
use egui::{Id, Response, Sense, Ui, UiBuilder};

use super::{LanesView, Shown, Standing, lanes_id, paint};
use crate::model::SpanId;
use crate::window::describe::shorten;
use crate::window::text_page::caret::Selection;
use crate::window::text_page::spoken::SpokenText;

/// The id of a span's mark in a person's lane.
pub fn bar_id(person: &str, span: &SpanId) -> Id {
    lanes_id().with((person, span.as_str()))
}

/// Publishes what is in view and takes the requests of assistive technology; gives the selection it asked for.
pub(super) fn publish(
    view: &LanesView,
    ui: &mut Ui,
    shown: &Shown<'_>,
    response: &Response,
    clicked: &mut Option<usize>,
) -> Option<Selection> {
    let ctx = &ui.ctx().clone();
    let label = shown.words.say("review-text");
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Document, true, &label));
    if !ctx.has_accesskit_node(lanes_id()) {
        return None;
    }
    // Paragraphs and marks lie in the document: it is what has a text.
    let inside =
        UiBuilder::new().max_rect(response.rect).id_salt("document").accessibility_parent(lanes_id());
    let ui = &mut ui.new_child(inside);
    let mut spoken = SpokenText::default();
    let mut seen = std::collections::HashSet::new();
    for laid in view.laid() {
        spoken.publish(ui, lanes_id(), shown.text, laid, response.rect);
        for bar in &laid.around.bars {
            let Some(person) = shown.people.get(bar.lane) else { continue };
            let id = bar_id(person.name, &bar.span.id);
            if !seen.insert(id) {
                continue;
            }
            let rect = paint::bar_rect(shown, laid, bar);
            ui.interact(rect.intersect(response.rect), id, Sense::hover());
            let title = shown
                .schema
                .label(&bar.span.label)
                .map_or(bar.span.label.as_str(), |l| l.title(shown.words.code()));
            let surface = shorten(&bar.span.surface(shown.text).replace('\n', " "), 60);
            let (mark, settled) = match bar.standing {
                Standing::Agreed => (None, false),
                Standing::Differs(mark) => (Some(mark), false),
                Standing::Settled(mark) => (Some(mark), true),
            };
            let said =
                mark.and_then(|m| shown.marks.get(m)?.said.as_ref()).map(|said| said.words(shown.words));
            let how = match mark.and_then(|m| shown.marks.get(m)) {
                None => shown.words.say("review-agreed"),
                Some(mark) if settled => format!("{}, {}", mark.words, shown.words.say("review-decided")),
                Some(mark) => mark.words.clone(),
            };
            ctx.accesskit_node_builder(id, |node| {
                node.set_role(Role::Mark);
                node.set_label(format!("{}: {title}: {surface}", person.name));
                node.set_description(said.map_or(how.clone(), |said| format!("{how}; {said}")));
                node.set_selected(mark.is_some() && mark == shown.at_hand);
                if mark.is_some() {
                    node.add_action(Action::Click);
                }
            });
            if mark.is_some() && ui.input(|i| i.has_accesskit_action_request(id, Action::Click)) {
                *clicked = mark;
            }
        }
    }
    spoken.exchange_selection(ui, lanes_id(), view.selection())
}
