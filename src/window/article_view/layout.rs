//! How one block of text lies on the page. Everything speaks bytes of the block; only here do egui's character counts occur.

use egui::text::{CharIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};
use std::ops::Range;
use std::sync::Arc;

use crate::text::{ceil_grapheme, floor_grapheme};

/// One row of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct RowBox {
    /// Distance from the block's top, before any room is made for chips and underlines.
    pub top: f32,
    /// Height of the row's text.
    pub height: f32,
    /// The bytes it shows.
    pub bytes: Range<usize>,
    /// How wide its text is.
    pub width: f32,
}

/// A block's layout, whatever made it.
pub trait BlockLayout {
    /// The rows from top to bottom; at least one.
    fn rows(&self) -> &[RowBox];
    /// The byte nearest to `x` in a row, at a grapheme boundary.
    fn byte_at(&self, row: usize, x: f32) -> usize;
    /// The row a caret at this byte stands in; at a soft break it is the later row.
    fn row_of(&self, byte: usize) -> usize;
    /// Where in its row a caret at this byte stands.
    fn x_of(&self, row: usize, byte: usize) -> f32;
    /// Calls `found` with the row and horizontal extents that a range of bytes covers.
    fn extents(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, f32, f32));
    /// Paints the text with each row moved down by `shift[row]`.
    fn paint(&self, painter: &Painter, at: Pos2, shift: &[f32]);
}

/// How text is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLook {
    /// Font and size.
    pub font: FontId,
    /// Distance from one row's top to the next.
    pub line_height: f32,
    /// Where rows break.
    pub width: f32,
    /// The text's colour.
    pub ink: Color32,
    /// The colour of the first `faint_until` bytes.
    pub faint_ink: Color32,
    /// See `faint_ink`.
    pub faint_until: usize,
}

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
        let shown: String = text.chars().map(stand_in).collect();
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
                width: placed.row.size.x,
            });
            row_chars.push(first);
            first += count;
        }
        if rows.is_empty() {
            rows.push(RowBox { top: 0.0, height: look.line_height, bytes: 0..text.len(), width: 0.0 });
            row_chars.push(0);
        }
        Self { galley, text: text.to_owned(), bytes, rows, row_chars }
    }

    fn char_of(&self, byte: usize) -> usize {
        self.bytes.partition_point(|b| (*b as usize) < byte).min(self.bytes.len() - 1)
    }

    /// The whole layout as egui has it, for the accessibility tree.
    pub fn galley(&self) -> &Arc<Galley> {
        &self.galley
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

/// What is drawn for a character that would draw nothing or confuse the order of others: a visible mark, one for one, so that
/// offsets stay what they are and nothing is hidden.
fn stand_in(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{2421}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' => '\u{b6}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{25e6}',
        c => c,
    }
}

impl BlockLayout for EpaintLayout {
    fn rows(&self) -> &[RowBox] {
        &self.rows
    }

    fn byte_at(&self, row: usize, x: f32) -> usize {
        let Some(placed) = self.galley.rows.get(row) else {
            return 0;
        };
        let column = placed.row.char_at(x - placed.pos.x).0;
        let char = (self.row_chars[row] + column).min(self.bytes.len() - 1);
        let byte = self.bytes[char] as usize;
        let (floor, ceil) = (floor_grapheme(&self.text, byte), ceil_grapheme(&self.text, byte));
        if floor == ceil || x - self.x_of(row, floor) <= self.x_of(row, ceil) - x { floor } else { ceil }
    }

    fn row_of(&self, byte: usize) -> usize {
        let char = self.char_of(byte);
        self.row_chars.partition_point(|first| *first <= char).saturating_sub(1)
    }

    fn x_of(&self, row: usize, byte: usize) -> f32 {
        let Some(placed) = self.galley.rows.get(row) else {
            return 0.0;
        };
        let column = self.char_of(byte).saturating_sub(self.row_chars[row]).min(placed.row.glyphs.len());
        placed.pos.x + placed.row.x_offset(CharIndex(column))
    }

    fn extents(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, f32, f32)) {
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
                found(row, x0, x1);
            }
        }
    }

    fn paint(&self, painter: &Painter, at: Pos2, shift: &[f32]) {
        let mut galley = (*self.galley).clone();
        let mut most: f32 = 0.0;
        for (row, down) in galley.rows.iter_mut().zip(shift) {
            row.pos.y += down;
            most = most.max(*down);
        }
        galley.rect.max.y += most;
        galley.mesh_bounds.max.y += most;
        painter.galley(at, Arc::new(galley), Color32::PLACEHOLDER);
    }
}

/// A vertical caret.
pub fn caret_rect(at: Pos2, x: f32, top: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(at.x + x, at.y + top), vec2(2.0, height))
}
