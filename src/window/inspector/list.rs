//! The list under a search box.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, FontId, Frame, Id, Painter, Pos2, Rect, RichText, Role, ScrollArea, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::form::Form;
use super::state::Pick;
use crate::model::{TermId, Value};

/// What a row means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RowKind {
    /// This value; while a parent is being chosen, that term.
    Value(Value),
    /// No parent.
    Top,
    /// What was typed, as it is.
    AsText,
    /// A new entity of the name typed.
    CreateEntity,
    /// A new term of the title typed.
    CreateTerm,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub kind: RowKind,
    pub title: String,
    pub detail: String,
    /// Shown under the list while the row is the one that Enter takes.
    pub help: String,
    pub struck: bool,
    pub depth: usize,
    /// Of a term with terms under it: which, and whether they are shown.
    pub branch: Option<(TermId, bool)>,
}

impl Row {
    pub(super) fn plain(kind: RowKind, title: String) -> Self {
        Self {
            kind,
            title,
            detail: String::new(),
            help: String::new(),
            struck: false,
            depth: 0,
            branch: None,
        }
    }
}

/// What came of the list.
pub(super) struct ListShown {
    pub picked: Option<usize>,
    pub rect: Rect,
}

impl Pick {
    /// Opens a closed branch or closes an open one.
    pub(super) fn flip(&mut self, id: &TermId) {
        if !self.flipped.remove(id) {
            self.flipped.insert(id.clone());
        }
    }
}

const ROW: f32 = 24.0;
const INDENT: f32 = 14.0;

/// The sign of something that folds: it points down when open, to the right when closed.
pub(super) fn triangle(painter: &Painter, at: Pos2, open: bool, ink: Color32) {
    let corners = match open {
        true => [vec2(-4.5, -2.5), vec2(4.5, -2.5), vec2(0.0, 3.5)],
        false => [vec2(-2.5, -4.5), vec2(3.5, 0.0), vec2(-2.5, 4.5)],
    };
    painter.add(Shape::convex_polygon(corners.map(|c| at + c).to_vec(), ink, Stroke::NONE));
}

impl Form<'_> {
    /// Shows the rows and, under them, what the row at hand means.
    pub(super) fn list(&self, ui: &mut Ui, rows: &[Row], pick: &mut Pick, id: Id, follow: bool) -> ListShown {
        let tokens = self.panel.tokens;
        let mut picked = None;
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(1.0, tokens.line))
            .corner_radius(6.0)
            .inner_margin(4.0);
        let shown = frame.show(ui, |ui| {
            if rows.is_empty() {
                ui.label(RichText::new(self.panel.say("field-nothing-found")).color(tokens.text_soft));
                return;
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            let area = ScrollArea::vertical()
                .id_salt(id.with("list"))
                .max_height(9.0 * ROW)
                .min_scrolled_height(9.0 * ROW);
            area.auto_shrink([false, true]).show(ui, |ui| {
                for (place, row) in rows.iter().enumerate() {
                    if self.list_row(ui, row, pick, place, id) {
                        picked = Some(place);
                    }
                    if follow && place == pick.at {
                        let bottom = ui.min_rect().bottom();
                        let rect = Rect::from_min_max(
                            pos2(ui.min_rect().left(), bottom - ROW),
                            pos2(ui.min_rect().right(), bottom),
                        );
                        ui.scroll_to_rect(rect, None);
                    }
                }
            });
            if let Some(help) = rows.get(pick.at).map(|row| row.help.as_str()).filter(|h| !h.is_empty()) {
                ui.add_space(4.0);
                ui.label(RichText::new(help).small().color(tokens.text_soft));
            }
        });
        ListShown { picked, rect: shown.response.rect }
    }

    fn list_row(&self, ui: &mut Ui, row: &Row, pick: &mut Pick, place: usize, id: Id) -> bool {
        let tokens = self.panel.tokens;
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        // Rows are no Tab stops: the box keeps the keyboard, arrows move in the list.
        let response = ui.interact(rect, id.with(("row", place)), Sense::CLICK);
        let at_hand = place == pick.at;
        let left = rect.left() + 6.0 + row.depth as f32 * INDENT;
        let indent = if row.branch.is_some() || row.depth > 0 { INDENT } else { 0.0 };
        if ui.is_rect_visible(rect) {
            let painter = ui.painter_at(rect);
            if at_hand || response.hovered() {
                let fill = if at_hand { tokens.accent_ground } else { tokens.page };
                painter.rect_filled(rect, 4.0, fill);
            }
            if let Some((_, open)) = &row.branch {
                triangle(&painter, pos2(left + 4.0, rect.center().y), *open, tokens.text_soft);
            }
            let is_new = !matches!(row.kind, RowKind::Value(_));
            let ink = match (is_new, row.struck) {
                (true, _) => tokens.accent,
                (false, true) => tokens.text_faint,
                (false, false) => tokens.text,
            };
            let strike = if row.struck { Stroke::new(1.0, ink) } else { Stroke::NONE };
            let mut job = LayoutJob {
                wrap: TextWrapping::truncate_at_width(rect.right() - left - indent - 6.0),
                ..LayoutJob::default()
            };
            let format = |size: f32, color| TextFormat {
                font_id: FontId::proportional(size),
                color,
                ..TextFormat::default()
            };
            let title = TextFormat { strikethrough: strike, ..format(13.5, ink) };
            job.append(&row.title, 0.0, title);
            if !row.detail.is_empty() {
                job.append(&row.detail, 8.0, format(11.5, tokens.text_faint));
            }
            let galley = painter.layout_job(job);
            let at = pos2(left + indent, rect.center().y - galley.size().y / 2.0);
            painter.galley(at, galley, ink);
        }
        let name = match row.detail.is_empty() {
            true => row.title.clone(),
            false => format!("{}, {}", row.title, row.detail),
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, at_hand, &name));
        if !response.clicked() {
            return false;
        }
        let on_triangle = response.interact_pointer_pos().is_some_and(|at| at.x < left + INDENT);
        match &row.branch {
            Some((term, _)) if on_triangle => {
                pick.flip(term);
                false
            }
            _ => true,
        }
    }
}
