//! How one block of text lies on the page. Everything speaks bytes of the block and rows.
//!
//! Two ways of setting text stand behind [`BlockLayout`]: [`EpaintLayout`] for plain text (left to right, one character one glyph),
//! and [`ShapedLayout`] by parley for all the rest: both directions, scripts whose letters join, emoji, invisible characters.
//! [`marks`] says which text is which, [`prepared`] and [`engine`] lead through parley, [`cells`] is the geometry of a row in two
//! directions, [`glyphs`] keeps the textures of glyphs.

mod cells;
mod engine;
mod epaint;
mod glyphs;
mod marks;
mod prepared;
mod shaped;
#[cfg(test)]
mod tests;

use egui::{Color32, FontId, Painter, Pos2, Rect, pos2, vec2};
use std::ops::Range;
use std::rc::Rc;

pub use cells::{Affinity, Piece};
pub use epaint::EpaintLayout;
pub use shaped::ShapedLayout;

/// One row of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct RowBox {
    /// Distance from the block's top, before any room is made for chips and underlines.
    pub top: f32,
    /// Height of the row's text.
    pub height: f32,
    /// The bytes it shows.
    pub bytes: Range<usize>,
    /// Where its text begins on the left: 0, or more where text is set to the right.
    pub left: f32,
    /// How wide its text is.
    pub width: f32,
}

/// Where a caret stands: the row tells the end of one row from the beginning of the next, the affinity which of two places where
/// directions meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The row of the block.
    pub row: usize,
    /// The byte of the block.
    pub byte: usize,
    /// The neighbour it stands with.
    pub affinity: Affinity,
}

/// A block's layout, whatever made it.
pub trait BlockLayout {
    /// The rows from top to bottom; at least one.
    fn rows(&self) -> &[RowBox];
    /// Whether the paragraph runs from right to left.
    fn is_rtl(&self) -> bool {
        false
    }
    /// The caret place nearest to `x` in a row, at a grapheme boundary.
    fn place_at(&self, row: usize, x: f32) -> Place;
    /// Where in its row a caret stands.
    fn x_at(&self, place: Place) -> f32;
    /// The caret place one step to the left or right on the page in the same row; `None` at the row's edge.
    fn step(&self, place: Place, right: bool) -> Option<Place>;
    /// The outermost caret place of a row on the left or right.
    fn edge(&self, row: usize, right: bool) -> Place {
        self.place_at(row, if right { f32::MAX } else { f32::MIN })
    }
    /// Calls `found` with the row and horizontal pieces that a range of bytes covers, in the order of the text. In text of two
    /// directions there can be several in a row.
    fn pieces(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, Piece));
    /// The grapheme cluster drawn at `x` in a row.
    fn under(&self, row: usize, x: f32) -> Option<Range<usize>>;
    /// Paints the text with each row moved down by `shift[row]`.
    fn paint(&self, painter: &Painter, at: Pos2, shift: &[f32]);
    /// The text in runs of one direction for assistive technology, in the order of the text.
    fn runs(&self) -> Vec<TextRun>;

    /// The row a caret at this byte stands in; at a soft break it is the later row.
    fn row_of(&self, byte: usize) -> usize {
        let after = self.rows().partition_point(|row| row.bytes.start <= byte);
        after.saturating_sub(1)
    }
    /// Where in its row a caret before the character at this byte stands.
    fn x_of(&self, row: usize, byte: usize) -> f32 {
        self.x_at(Place { row, byte, affinity: Affinity::After })
    }
    /// Calls `found` with the row and horizontal extents that a range of bytes covers.
    fn extents(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, f32, f32)) {
        self.pieces(bytes, &mut |row, piece| found(row, piece.x0, piece.x1));
    }
}

/// A run of text of one direction in one row.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The row.
    pub row: usize,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Its grapheme clusters in the order of the text: bytes of the block, left and right edge.
    pub clusters: Vec<(Range<usize>, f32, f32)>,
}

/// How text is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLook {
    /// Font and size.
    pub font: FontId,
    /// A family of the system that the user chose instead.
    pub family: Option<&'static str>,
    /// Distance from one row's top to the next.
    pub line_height: f32,
    /// Where rows break.
    pub width: f32,
    /// The text's colour.
    pub ink: Color32,
    /// The colour of the first `faint_until` bytes, and of marks for what is invisible.
    pub faint_ink: Color32,
    /// See `faint_ink`.
    pub faint_until: usize,
    /// The paragraph's direction where it is known; else the first letter decides.
    pub rtl: Option<bool>,
}

/// Lays out a block by whichever backend sets it right.
pub fn lay_out(ui: &egui::Ui, text: &str, look: &TextLook) -> Rc<dyn BlockLayout> {
    if look.family.is_none() && look.rtl != Some(true) && marks::is_plain(text) {
        Rc::new(EpaintLayout::new(ui, text, look))
    } else {
        Rc::new(ShapedLayout::new(ui, text, look))
    }
}

/// The direction of a paragraph by its first letter that has one (UAX #9, rules P2 and P3); `None` if none has.
pub fn direction_of(text: &str) -> Option<bool> {
    use unicode_bidi::{Direction, get_base_direction};
    if text.is_ascii() {
        return None;
    }
    match get_base_direction(text) {
        Direction::Rtl => Some(true),
        Direction::Ltr => Some(false),
        Direction::Mixed => None,
    }
}

/// The place one step to the left or right, going on in the row above or below at a row's edge; `None` at the block's edge.
///
/// The end of a row that goes on in the next one is no place of its own: it is the same as the beginning of the next.
pub fn step(layout: &dyn BlockLayout, from: Place, right: bool) -> Option<Place> {
    let rows = layout.rows();
    let soft_end = |place: Place| place.row + 1 < rows.len() && place.byte == rows[place.row].bytes.end;
    let onwards = right != layout.is_rtl();
    let mut place = from;
    loop {
        place = match layout.step(place, right) {
            Some(next) => next,
            None if onwards && place.row + 1 < rows.len() => layout.edge(place.row + 1, !right),
            None if !onwards && place.row > 0 => layout.edge(place.row - 1, !right),
            None => return None,
        };
        if !soft_end(place) {
            return Some(place);
        }
    }
}

/// A vertical caret.
pub fn caret_rect(at: Pos2, x: f32, top: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(at.x + x, at.y + top), vec2(2.0, height))
}
