//! Text of any script and direction, set by parley and painted from our own textures of glyphs.

use egui::epaint::{Mesh, Shape};
use egui::{Align2, Color32, CornerRadius, FontId, Id, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cells::{Affinity, CellRow, Piece};
use super::engine::{Engine, PlacedMark, Setting};
use super::glyphs::Paint;
use super::{BlockLayout, Place, RowBox, TextLook, TextRun};
use crate::window::fonts;

/// AccessKit counts the characters of a run in a byte.
const LONGEST_RUN: usize = 255;

/// A block set by parley.
pub struct ShapedLayout {
    setting: Arc<Setting>,
    engine: Arc<Mutex<Engine>>,
    ink: Color32,
    faint: Color32,
    size: f32,
}

fn engine_of(ctx: &egui::Context) -> Arc<Mutex<Engine>> {
    let id = Id::unique("article-text-engine");
    if let Some(known) = ctx.data(|data| data.get_temp::<Arc<Mutex<Engine>>>(id)) {
        return known;
    }
    let fresh = Arc::new(Mutex::new(Engine::new()));
    ctx.data_mut(|data| data.insert_temp(id, fresh.clone()));
    fresh
}

/// How many textures of glyphs a context has.
#[cfg(test)]
pub(super) fn glyph_pages(ctx: &egui::Context) -> usize {
    lock(&engine_of(ctx)).glyphs.pages()
}

fn lock(engine: &Mutex<Engine>) -> MutexGuard<'_, Engine> {
    engine.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ShapedLayout {
    /// Lays out a block. What was laid out a frame ago is kept, so this is cheap while the block stays visible.
    pub fn new(ui: &egui::Ui, text: &str, look: &TextLook) -> Self {
        let engine = engine_of(ui.ctx());
        let allowed = fonts::system_allowed(ui.ctx());
        let frame = ui.ctx().cumulative_pass_nr();
        let setting = {
            let mut engine = lock(&engine);
            engine.begin(frame);
            engine.setting(text, look, allowed)
        };
        Self { setting, engine, ink: look.ink, faint: look.faint_ink, size: look.font.size }
    }

    fn row(&self, row: usize) -> &CellRow {
        &self.setting.cells[row.min(self.setting.cells.len() - 1)]
    }

    fn paint_mark(&self, painter: &Painter, at: Pos2, shift: &[f32], mark: &PlacedMark) {
        let row = &self.setting.rows[mark.row];
        let middle = at.y + row.top + shift.get(mark.row).copied().unwrap_or_default() + row.height / 2.0;
        let high = self.size * 0.66;
        if mark.name.is_empty() {
            let (x, top) = (at.x + mark.x0, middle - high * 0.6);
            let stroke = Stroke::new(0.8, self.faint);
            painter.line_segment([pos2(x, top), pos2(x, middle + high * 0.5)], stroke);
            painter.line_segment([pos2(x - 2.5, top - 1.0), pos2(x + 2.5, top + 3.0)], stroke);
            painter.line_segment([pos2(x + 2.5, top - 1.0), pos2(x - 2.5, top + 3.0)], stroke);
            return;
        }
        let rect = Rect::from_min_max(
            pos2(at.x + mark.x0 + 1.0, middle - high / 2.0),
            pos2(at.x + mark.x1 - 1.0, middle + high / 2.0),
        );
        painter.rect(
            rect,
            CornerRadius::same(2),
            Color32::TRANSPARENT,
            Stroke::new(0.8, self.faint),
            StrokeKind::Inside,
        );
        let font = FontId::new(self.size * 0.46, egui::FontFamily::Proportional);
        painter.text(rect.center(), Align2::CENTER_CENTER, &mark.name, font, self.faint);
    }
}

impl BlockLayout for ShapedLayout {
    fn rows(&self) -> &[RowBox] {
        &self.setting.rows
    }

    fn is_rtl(&self) -> bool {
        self.setting.rtl
    }

    fn place_at(&self, row: usize, x: f32) -> Place {
        let (byte, affinity) = self.row(row).byte_at(x);
        Place { row, byte, affinity }
    }

    fn x_at(&self, place: Place) -> f32 {
        self.row(place.row).x_of(place.byte, place.affinity)
    }

    fn step(&self, place: Place, right: bool) -> Option<Place> {
        let (byte, affinity) = self.row(place.row).step(place.byte, place.affinity, right)?;
        Some(Place { byte, affinity, ..place })
    }

    fn edge(&self, row: usize, right: bool) -> Place {
        let places = self.row(row).places();
        let (byte, affinity) =
            if right { places.last() } else { places.first() }.copied().unwrap_or_default();
        Place { row, byte, affinity }
    }

    fn under(&self, row: usize, x: f32) -> Option<Range<usize>> {
        self.row(row).under(x)
    }

    fn pieces(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, Piece)) {
        if bytes.is_empty() {
            let row = self.row_of(bytes.start);
            let x = self.row(row).x_of(bytes.start, Affinity::After);
            return found(row, Piece { x0: x, x1: x, rtl: self.setting.rtl });
        }
        for row in self.row_of(bytes.start)..self.setting.rows.len() {
            if self.setting.rows[row].bytes.start >= bytes.end {
                break;
            }
            for piece in self.row(row).pieces(bytes.clone()) {
                found(row, piece);
            }
        }
    }

    fn runs(&self) -> Vec<TextRun> {
        let mut runs: Vec<TextRun> = Vec::new();
        for (row, cells) in self.setting.cells.iter().enumerate() {
            // A heap of marks on one letter may be too long to be told as one character.
            for cell in cells.in_order().filter(|cell| cell.bytes.len() < LONGEST_RUN) {
                let cluster = (cell.bytes.clone(), cell.x0, cell.x1);
                match runs.last_mut() {
                    Some(last)
                        if last.row == row
                            && last.rtl == cell.is_rtl()
                            && last.clusters.len() < LONGEST_RUN =>
                    {
                        last.clusters.push(cluster);
                    }
                    _ => runs.push(TextRun { row, rtl: cell.is_rtl(), clusters: vec![cluster] }),
                }
            }
        }
        runs
    }

    fn paint(&self, painter: &Painter, at: Pos2, shift: &[f32]) {
        let clip = painter.clip_rect();
        let ctx = painter.ctx();
        let paint = Paint {
            ctx,
            scale: ctx.pixels_per_point(),
            dark: ctx.theme() == egui::Theme::Dark,
            ink: self.ink,
            faint: self.faint,
        };
        {
            let mut engine = lock(&self.engine);
            for (row, runs) in self.setting.lines.iter().enumerate() {
                let top = at.y + self.setting.rows[row].top + shift.get(row).copied().unwrap_or_default();
                // Marks above and below letters may reach into the neighbouring rows.
                if top > clip.bottom() + self.size * 2.0
                    || top + self.setting.rows[row].height < clip.top() - self.size * 2.0
                {
                    continue;
                }
                let mut meshes: Vec<Mesh> = Vec::new();
                for run in runs {
                    engine.glyphs.add(run, pos2(at.x, top + self.setting.baseline), &paint, &mut meshes);
                }
                painter.extend(meshes.into_iter().map(Shape::mesh));
            }
        }
        // The names are egui's text, which may ask for fonts itself, so nothing is held while they are drawn.
        for mark in &self.setting.marks {
            self.paint_mark(painter, at, shift, mark);
        }
    }
}
