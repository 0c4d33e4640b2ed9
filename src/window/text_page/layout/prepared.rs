//! A text on its way to parley: what would vanish or do harm is given a form, and it is known where.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

use super::engine::Setting;
use super::marks;

/// A text made ready for shaping: invisible characters replaced where they would do harm, lone marks given something to stand on.
pub(super) struct Prepared {
    pub(super) text: String,
    /// Where in `text` a dotted circle stands that the article does not have.
    pub(super) circles: Vec<usize>,
    pub(super) marks: Vec<PreparedMark>,
    /// Where joiners stand that join nothing.
    pub(super) joiners: Vec<usize>,
    pub(super) emoji: Vec<Range<usize>>,
}

pub(super) struct PreparedMark {
    /// Bytes of the prepared text.
    pub(super) bytes: Range<usize>,
    pub(super) name: String,
    pub(super) spacing: f32,
}

/// Narrower than this, in points, a cell cannot be pointed at.
pub(super) const NARROW: f32 = 0.5;

const CIRCLE: &str = "\u{25cc}";

impl PreparedMark {
    /// Room for the name in small letters; `own` is what the shaped character brings, in widths of a letter.
    fn new(bytes: Range<usize>, name: String, own: f32, size: f32) -> Self {
        let wide = (name.len() as f32 * 0.36 + 0.3 - own).max(0.1);
        Self { bytes, name, spacing: wide * size }
    }
}

impl Prepared {
    pub(super) fn of(text: &str, size: f32) -> Self {
        let mut all = Self {
            text: String::with_capacity(text.len() + CIRCLE.len()),
            circles: Vec::new(),
            marks: Vec::new(),
            joiners: Vec::new(),
            emoji: Vec::new(),
        };
        // A mark stands alone at the beginning and after what is no letter (UAX #29, rule GB4).
        let mut alone = true;
        for (at, grapheme) in text.grapheme_indices(true) {
            if alone && marks::begins_with_combining_mark(grapheme) {
                all.circles.push(all.text.len());
                all.text.push_str(CIRCLE);
            }
            alone = false;
            let start = all.text.len();
            for (offset, c) in grapheme.char_indices() {
                let here = all.text.len();
                if marks::is_joiner(c) {
                    let at = at + offset;
                    let (before, after) =
                        (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
                    if !marks::joiner_at_home(before, after) {
                        all.joiners.push(here);
                    }
                }
                match marks::mark_of(c) {
                    Some(mark) => {
                        alone = true;
                        all.text.push_str(mark.stand_in.unwrap_or(c.encode_utf8(&mut [0; 4])));
                        let own = if mark.stand_in.is_some() { 0.5 } else { 0.0 };
                        all.marks.push(PreparedMark::new(
                            here..all.text.len(),
                            mark.name.to_string(),
                            own,
                            size,
                        ));
                    }
                    None => all.text.push(c),
                }
            }
            if grapheme.chars().any(is_emoji) {
                all.emoji.push(start..all.text.len());
            }
        }
        all
    }

    /// The article's byte for one of the prepared text.
    pub(super) fn real(&self, shown: usize) -> usize {
        shown - CIRCLE.len() * self.circles.partition_point(|at| *at < shown)
    }

    /// The prepared text's byte for one of the article.
    pub(super) fn shown(&self, real: usize) -> usize {
        let before =
            self.circles.iter().enumerate().take_while(|(n, at)| *at - n * CIRCLE.len() < real).count();
        (real + before * CIRCLE.len()).min(self.text.len())
    }

    /// Gives room and a name to what turned out to have no width in any font; tells whether there was such a thing.
    pub(super) fn widen(&mut self, text: &str, setting: &Setting, size: f32) -> bool {
        let before = self.marks.len();
        for cell in setting.cells.iter().flat_map(|row| &row.cells).filter(|cell| cell.x1 - cell.x0 < NARROW)
        {
            let bytes = self.shown(cell.bytes.start)..self.shown(cell.bytes.end);
            let number = text[cell.bytes.clone()].chars().next().map_or(0, u32::from);
            if self.marks.iter().all(|mark| mark.bytes.start != bytes.start) {
                self.marks.push(PreparedMark::new(bytes, format!("{number:04X}"), 0.0, size));
            }
        }
        self.marks.sort_by_key(|mark| mark.bytes.start);
        self.marks.len() > before
    }
}

/// Whether a character is one that stands for a mark.
pub(super) fn is_stand_in(c: char) -> bool {
    matches!(c, '_' | '\u{a6}' | '\u{25af}' | '\u{1d300}')
}

/// Whether a character is drawn as a picture, or asks that its neighbour be.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c as u32, 0x1f000..=0x1faff | 0xfe0f | 0x20e3 | 0xe0020..=0xe007f)
}
