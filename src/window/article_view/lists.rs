//! Lists that the view opens: what a counting chip counts, what lies at the caret, where a span's links lead.

use egui::{Pos2, Rect, Sense, Ui};
use std::sync::Arc;

use super::chips::Named;
use super::links::{self, LinkEnd};
use super::paint;
use super::shown::{Shown, ViewEvent};
use super::span_list::{Choice, Entry, SpanList};
use super::view::{ArticleView, LinksKey, view_id};
use crate::model::{AnnotationSet, Span, SpanId};
use crate::text::{CanonicalText, CodePoint};

impl ArticleView {
    /// The counting chips as buttons: a click, or a screen reader, opens the list of what they count.
    pub(super) fn counting_chips(&mut self, ui: &Ui, shown: &Shown<'_>, area: Rect) {
        let mut open = None;
        for laid in self.column.laid() {
            for chip in &laid.around.chips {
                let Named::More(spans) = &chip.named else { continue };
                let rect = paint::chip_rect(laid, chip).intersect(area);
                if !rect.is_positive() {
                    continue;
                }
                let id = view_id().with(("chip", laid.block, chip.row, chip.x0 as i32));
                let response =
                    ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
                let name = shown.words.with("chips-more", &[("n", spans.len().into())]);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                self.controls.push(rect);
                if response.clicked() {
                    open = Some((spans.clone(), rect.left_bottom()));
                }
            }
        }
        if let Some((spans, at)) = open {
            self.open_list(&spans, at);
        }
    }

    pub(super) fn open_list(&mut self, spans: &[Arc<Span>], at: Pos2) {
        let entries = spans.iter().map(|span| Entry::new(&span.id, String::new())).collect();
        self.list = Some(SpanList::new(entries, at));
    }

    pub(super) fn span_list(&mut self, ui: &Ui, shown: &Shown<'_>, events: &mut Vec<ViewEvent>) {
        let Some(list) = &mut self.list else { return };
        match list.show(ui, shown) {
            Choice::Open => return,
            Choice::Closed => {}
            Choice::Taken(span) => {
                if let Some(there) = shown.set.get(&span) {
                    events.push(ViewEvent::Visit(span, there.start()));
                }
            }
        }
        self.list = None;
        self.take_focus = true;
        ui.request_repaint();
    }

    /// Whether a list of spans is open, which then has the keyboard.
    pub fn is_listing(&self) -> bool {
        self.list.is_some()
    }

    /// Opens the list of the spans at the caret. `false` if there is none.
    pub fn list_here(&mut self, text: &CanonicalText, set: &AnnotationSet) -> bool {
        let at = text.code_point_at_or_before(self.selection().head);
        let mut here = set.covering(at);
        if here.is_empty() && at.get() > 0 {
            here = set.covering(CodePoint(at.get() - 1));
        }
        let here: Vec<Arc<Span>> = here.into_iter().cloned().collect();
        let place = self.caret_rect(self.selection().head).map(|r| r.left_bottom());
        let place = place.or(self.page().map(|page| page.center())).unwrap_or_default();
        if !here.is_empty() {
            self.open_list(&here, place);
        }
        !here.is_empty()
    }

    /// Opens the list of what the selected span is linked with, or gives the other end where there is only one.
    pub fn follow_links(&mut self) -> Option<SpanId> {
        if let [only] = self.links.as_slice() {
            return Some(only.span.clone());
        }
        let of = self.links_for.as_ref().and_then(|key| key.4.clone())?;
        let place = self.span_rects(&of).first().map(|r| r.left_bottom());
        let place = place.or(self.page().map(|page| page.center())).unwrap_or_default();
        let entries = self.links.iter().map(|link| {
            let sign = if link.incoming { "←" } else { "→" };
            Entry::new(&link.span, format!("{sign} {}", link.what))
        });
        self.list = Some(SpanList::new(entries.collect(), place)).filter(|_| !self.links.is_empty());
        None
    }

    /// How many links the selected span has.
    pub fn link_count(&self) -> usize {
        self.links.len()
    }

    /// The spans that the selected one is linked with.
    pub(super) fn links(&self) -> &[LinkEnd] {
        &self.links
    }

    /// Who refers to the selected span is found by looking at every span, so it is looked up when something changed, not in every
    /// frame.
    pub(super) fn look_up_links(&mut self, shown: &Shown<'_>, selected: Option<&SpanId>) {
        let text = shown.text.as_str().as_ptr().addr();
        let schema = std::ptr::from_ref(shown.schema).addr();
        let key: LinksKey = (text, shown.set.generation(), schema, shown.words.code(), selected.cloned());
        if self.links_for.as_ref() != Some(&key) {
            self.links = links::linked(shown, selected);
            self.links_for = Some(key);
        }
    }
}
