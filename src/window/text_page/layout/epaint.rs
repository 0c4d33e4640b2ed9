//! Plain text set by epaint. Only here do egui's character counts occur.

use egui::emath::GuiRounding;
use egui::text::{CharIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, Galley, Painter, Pos2};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

use super::{Affinity, BlockLayout, Piece, Place, RowBox, TextLook, TextRun};
use crate::text::{ceil_grapheme, floor_grapheme, next_grapheme, prev_grapheme};

/// Layout by epaint: shaping and left-to-right order, one section where possible, because sections break shaping.
#[derive(Debug)]
pub struct EpaintLayout {
    galley: Arc<Galley>,
    text: String,
    /// The byte at which each character starts, and the text's length at the end.
    bytes: Vec<u32>,
    rows: Vec<RowBox>,
    /// The first character of each row.
    row_chars: Vec<usize>,
}

impl EpaintLayout {
    /// Lays out a block. egui keeps what was laid out a frame ago, so this is cheap while the block stays visible.
    pub fn new(ui: &egui::Ui, text: &str, look: &TextLook) -> Self {
        let shown: String = text.replace('\t', " ");
        let format = |ink: Color32| TextFormat {
            font_id: look.font.clone(),
            color: ink,
            line_height: Some(look.line_height),
            ..TextFormat::default()
        };
        // `shown` has the characters of `text` one for one but not its bytes.
        let split = shown
            .char_indices()
            .nth_byte(text[..look.faint_until.min(text.len())].chars().count(), shown.len());
        let section = |bytes: Range<usize>, ink| LayoutSection {
            leading_space: 0.0,
            byte_range: egui::text::ByteIndex(bytes.start)..egui::text::ByteIndex(bytes.end),
            format: format(ink),
        };
        let sections = match split {
            0 => vec![section(0..shown.len(), look.ink)],
            all if all == shown.len() => vec![section(0..all, look.faint_ink)],
            some => vec![section(0..some, look.faint_ink), section(some..shown.len(), look.ink)],
        };
        let job = LayoutJob {
            sections,
            text: shown,
            wrap: TextWrapping::wrap_at_width(look.width),
            keep_trailing_whitespace: true,
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        bytes.push(text.len() as u32);
        let (mut rows, mut row_chars, mut first) = (Vec::new(), Vec::new(), 0);
        for placed in &galley.rows {
            let count = placed.row.glyphs.len();
            let last = (first + count).min(bytes.len() - 1);
            rows.push(RowBox {
                top: placed.pos.y,
                height: placed.row.size.y,
                bytes: bytes[first.min(bytes.len() - 1)] as usize..bytes[last] as usize,
                left: placed.pos.x,
                width: placed.row.size.x,
            });
            row_chars.push(first);
            first += count;
        }
        if rows.is_empty() {
            rows.push(RowBox {
                top: 0.0,
                height: look.line_height,
                bytes: 0..text.len(),
                left: 0.0,
                width: 0.0,
            });
            row_chars.push(0);
        }
        Self { galley, text: text.to_owned(), bytes, rows, row_chars }
    }

    fn char_of(&self, byte: usize) -> usize {
        self.bytes.partition_point(|b| (*b as usize) < byte).min(self.bytes.len() - 1)
    }
}

trait NthByte {
    fn nth_byte(self, chars: usize, end: usize) -> usize;
}

impl<I: Iterator<Item = (usize, char)>> NthByte for I {
    fn nth_byte(mut self, chars: usize, end: usize) -> usize {
        self.nth(chars).map_or(end, |(at, _)| at)
    }
}

impl BlockLayout for EpaintLayout {
    fn rows(&self) -> &[RowBox] {
        &self.rows
    }

    fn place_at(&self, row: usize, x: f32) -> Place {
        let Some(placed) = self.galley.rows.get(row) else {
            return Place::default();
        };
        let column = placed.row.char_at(x - placed.pos.x).0;
        let char = (self.row_chars[row] + column).min(self.bytes.len() - 1);
        let byte = self.bytes[char] as usize;
        let (floor, ceil) = (floor_grapheme(&self.text, byte), ceil_grapheme(&self.text, byte));
        let nearer_floor = floor == ceil || x - self.x_of(row, floor) <= self.x_of(row, ceil) - x;
        Place { row, byte: if nearer_floor { floor } else { ceil }, affinity: Affinity::After }
    }

    fn row_of(&self, byte: usize) -> usize {
        let char = self.char_of(byte);
        self.row_chars.partition_point(|first| *first <= char).saturating_sub(1)
    }

    fn x_at(&self, place: Place) -> f32 {
        let Some(placed) = self.galley.rows.get(place.row) else {
            return 0.0;
        };
        let column =
            self.char_of(place.byte).saturating_sub(self.row_chars[place.row]).min(placed.row.glyphs.len());
        placed.pos.x + placed.row.x_offset(CharIndex(column))
    }

    fn step(&self, place: Place, right: bool) -> Option<Place> {
        let row = &self.rows[place.row].bytes;
        if right && place.byte < row.end {
            Some(Place { byte: next_grapheme(&self.text, place.byte).min(row.end), ..place })
        } else if !right && place.byte > row.start {
            Some(Place { byte: prev_grapheme(&self.text, place.byte).max(row.start), ..place })
        } else {
            None
        }
    }

    fn under(&self, row: usize, x: f32) -> Option<Range<usize>> {
        let byte = self.place_at(row, x).byte;
        let start = if self.x_of(row, byte) > x { prev_grapheme(&self.text, byte) } else { byte };
        let here = &self.rows[row];
        let inside = start >= here.bytes.start && start < here.bytes.end;
        (inside && x >= here.left).then(|| start..next_grapheme(&self.text, start))
    }

    fn pieces(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, Piece)) {
        let from = floor_grapheme(&self.text, bytes.start.min(self.text.len()));
        let to = ceil_grapheme(&self.text, bytes.end.min(self.text.len()));
        let last_row = self.rows.len() - 1;
        for row in self.row_of(from)..=last_row {
            let here = &self.rows[row].bytes;
            if here.start > to || (here.start == to && to > from) {
                break;
            }
            let (x0, x1) = (self.x_of(row, from.max(here.start)), self.x_of(row, to.min(here.end)));
            if x1 > x0 || from == to {
                found(row, Piece { x0, x1, rtl: false });
            }
        }
    }

    fn runs(&self) -> Vec<TextRun> {
        let row_run = |(row, here): (usize, &RowBox)| {
            let text = &self.text[here.bytes.clone()];
            let cluster = |(at, cluster): (usize, &str)| {
                let start = here.bytes.start + at;
                let end = start + cluster.len();
                (start..end, self.x_of(row, start), self.x_of(row, end))
            };
            // A heap of marks on one letter may be too long to be told as one character.
            let clusters: Vec<_> =
                text.grapheme_indices(true).filter(|c| c.1.len() < 255).map(cluster).collect();
            (!clusters.is_empty()).then_some(TextRun { row, rtl: false, clusters })
        };
        self.rows.iter().enumerate().filter_map(row_run).collect()
    }

    fn paint(&self, painter: &Painter, at: Pos2, shift: &[f32]) {
        let mut galley = (*self.galley).clone();
        let mut most: f32 = 0.0;
        let scale = painter.pixels_per_point();
        for (row, down) in galley.rows.iter_mut().zip(shift) {
            // Only a galley as a whole is put on whole pixels; letters between two rows of them would be dull.
            row.pos.y = (row.pos.y + down).round_to_pixels(scale);
            most = most.max(*down);
        }
        galley.rect.max.y += most;
        galley.mesh_bounds.max.y += most;
        painter.galley(at, Arc::new(galley), Color32::PLACEHOLDER);
    }
}
