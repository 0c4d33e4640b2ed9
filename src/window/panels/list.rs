//! A list of rows of one height: only those in view are made, one is at hand, the keyboard moves it.

use egui::{
    Color32, EventFilter, FontId, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2,
};

use super::list_keys::{ListKey, keys};
use crate::window::look::Tokens;
use crate::window::one_line::OneLine;

/// A list's state between frames.
#[derive(Clone, Debug, Default)]
pub(in crate::window) struct List {
    /// The row at hand.
    pub at: usize,
    offset: f32,
    height: f32,
    reveal: bool,
    wants_focus: bool,
}

/// What a list is this frame.
#[derive(Clone, Copy)]
pub(in crate::window) struct Rows<'a> {
    /// Tells lists apart.
    pub salt: &'a str,
    /// Its accessible name.
    pub name: &'a str,
    /// A row's height.
    pub row: f32,
    /// How many rows.
    pub count: usize,
    /// Which rows may be at hand; the others are headings.
    pub may: &'a dyn Fn(usize) -> bool,
    /// Colours.
    pub tokens: &'a Tokens,
}

/// One row while it is made.
pub(in crate::window) struct Row {
    /// Which.
    pub index: usize,
    /// Where.
    pub rect: Rect,
    /// For widgets of its own.
    pub id: Id,
    /// Whether the keyboard is at it.
    pub focused: bool,
}

impl List {
    /// Takes the keyboard at the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
        self.reveal = true;
    }

    /// Puts this row at hand and brings it into view.
    pub fn go_to(&mut self, row: usize) {
        self.at = row;
        self.reveal = true;
    }

    /// How many whole rows are in view.
    pub fn page(&self, row: f32) -> usize {
        (self.height / row.max(1.0)) as usize
    }

    /// Shows the rows; gives what the keyboard asked of the one at hand. `each` makes a row and gives whether it was clicked.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        rows: Rows<'_>,
        mut each: impl FnMut(&mut Ui, &Row) -> bool,
    ) -> Option<ListKey> {
        self.at = self.at.min(rows.count.saturating_sub(1));
        let id = ui.make_persistent_id(rows.salt);
        let outer = ui.available_rect_before_wrap();
        let list = ui.interact(outer, id, Sense::focusable_noninteractive());
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, rows.name));
        if std::mem::take(&mut self.wants_focus) {
            list.request_focus();
        }
        let focused = list.has_focus();
        let mut asked = None;
        if focused {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
            let page = self.page(rows.row);
            asked = keys(ui, &mut self.at, rows.count, page, rows.may);
            self.reveal |= asked == Some(ListKey::Moved);
        }
        let mut area = ScrollArea::vertical().id_salt(("rows", rows.salt)).auto_shrink(false);
        if std::mem::take(&mut self.reveal) {
            let height = outer.height();
            let top = self.at as f32 * rows.row;
            // Where there is less room than a row, the row's top is what is shown.
            let offset = self.offset.clamp((top + rows.row - height).clamp(0.0, top), top);
            area = area.vertical_scroll_offset(offset);
        }
        let mut clicked = None;
        let output = area.show_viewport(ui, |ui, view| {
            ui.set_height(rows.row * rows.count as f32);
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width();
            let first = (view.min.y / rows.row).floor().max(0.0) as usize;
            let last = ((view.max.y / rows.row).ceil() as usize).min(rows.count);
            for index in first..last {
                let rect = Rect::from_min_size(
                    pos2(origin.x, origin.y + index as f32 * rows.row),
                    egui::vec2(width, rows.row),
                );
                let row = Row { index, rect, id: id.with(index), focused: focused && index == self.at };
                let builder =
                    UiBuilder::new().max_rect(rect).id_salt(("row", index)).accessibility_parent(id);
                let hit = ui.scope_builder(builder, |ui| each(ui, &row)).inner;
                if hit {
                    clicked = Some(index);
                }
                if row.focused {
                    // The list has the focus; the row at hand is what a screen reader is to read.
                    let at_hand = row.id.accesskit_id();
                    ui.ctx().accesskit_node_builder(id, |node| node.set_active_descendant(at_hand));
                    let stroke = Stroke::new(1.5, rows.tokens.accent);
                    ui.painter().rect_stroke(rect.shrink(1.0), 4.0, stroke, StrokeKind::Inside);
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
        self.height = output.inner_rect.height();
        if let Some(index) = clicked {
            self.at = index;
            list.request_focus();
        }
        asked
    }
}

/// Makes a row's ground clickable without making each row a stop of the Tab key (the list is one stop), and tells assistive
/// technology about it.
pub(in crate::window) fn row_response(
    ui: &Ui,
    row: &Row,
    selected: bool,
    name: &str,
    tokens: &Tokens,
) -> egui::Response {
    let response = ui.interact(row.rect, row.id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, name));
    if selected {
        ui.painter().rect_filled(row.rect.shrink2(egui::vec2(2.0, 1.0)), 4.0, tokens.accent_ground);
    } else if response.hovered() {
        ui.painter().rect_filled(row.rect.shrink2(egui::vec2(2.0, 1.0)), 4.0, tokens.raised);
    }
    response
}

/// One line of text no wider than `width`, with an ellipsis if some had to go.
pub(in crate::window) fn line(ui: &Ui, text: &str, width: f32, font: FontId, ink: Color32) -> OneLine {
    OneLine::new(ui, text, width, font, ink)
}
