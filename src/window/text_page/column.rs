//! The column of text: which blocks lie on the page, laid out as they come into view. Heights are estimated until then, and the scroll
//! position holds to the text: it is a block and a distance from its top, never a distance from the top of the text.

use egui::{FontId, Pos2, Rect, Ui, pos2};
use std::ops::Range;
use std::rc::Rc;

use super::blocks::{Blocks, Heights};
use super::layout::{self, BlockLayout, Place, TextLook};
use crate::text::{CanonicalText, TextRange};
use crate::window::look::{self, Tokens};

/// The page's margin above the first block.
pub const TOP_MARGIN: f32 = 14.0;

/// Blocks that one frame lays out at most to find its way back over what was scrolled past.
const MOST_PASSES: usize = 400;

/// What a view draws around a block's text, as far as the page must know it.
pub trait Around {
    /// How far each row moves down for what stands above and below rows.
    fn shift(&self) -> &[f32];
    /// The block's height with everything.
    fn height(&self) -> f32;
}

/// What a page is laid out with; borrowed for one frame.
pub struct Sheet<'a, A> {
    /// For fonts and textures.
    pub ui: &'a Ui,
    /// The text.
    pub text: &'a CanonicalText,
    /// Where its header stands, which is set smaller and fainter.
    pub header: TextRange,
    /// Colours.
    pub tokens: &'a Tokens,
    /// Size of the text in points.
    pub size: f32,
    /// Serif or sans.
    pub serif: bool,
    /// A family of the system instead of the built-in ones.
    pub family: Option<&'static str>,
    /// Distance from one row's top to the next.
    pub line_height: f32,
    /// How high a row is with what usually stands around it: until a block is laid out, its height is estimated by that.
    pub usual_row: f32,
    /// Whatever else decides how rows lie, as one number.
    pub also: u64,
    /// The page on screen.
    pub page: Rect,
    /// Arranges what stands around the block of these bytes.
    pub around: &'a dyn Fn(Range<usize>, &dyn BlockLayout) -> A,
}

impl<A> Sheet<'_, A> {
    /// Where rows break and how they look, all but the text.
    fn breaks(&self) -> Breaks {
        let (width, size) = (self.page.width().to_bits(), self.size.to_bits());
        Breaks { width, size, serif: self.serif, family: self.family, also: self.also }
    }

    /// Which text it is: texts never change in place.
    fn identity(&self) -> (usize, usize) {
        let text = self.text.as_str();
        (text.as_ptr() as usize, text.len())
    }

    /// The height of an empty line between paragraphs.
    fn gap(&self) -> f32 {
        (self.line_height * 0.55).round()
    }

    /// Sets a block.
    pub fn set(&self, blocks: &Blocks, block: usize) -> Rc<dyn BlockLayout> {
        let bytes = blocks.range(block);
        let header_end = self.text.byte_of(self.header.end()).map_or(0, |b| b.index());
        let all_header = bytes.end <= header_end && header_end > 0;
        let (size, line_height) = if all_header {
            (self.size * 0.78, (self.size * 1.25).round())
        } else {
            (self.size, self.line_height)
        };
        let family = if self.serif { look::serif() } else { egui::FontFamily::Proportional };
        let text_look = TextLook {
            font: FontId::new(size, family),
            line_height,
            width: self.page.width(),
            ink: self.tokens.text,
            faint_ink: self.tokens.text_faint,
            faint_until: header_end.saturating_sub(bytes.start).min(bytes.len()),
            family: self.family,
            rtl: direction(blocks, self.text, block),
        };
        layout::lay_out(self.ui, &self.text.as_str()[bytes], &text_look)
    }
}

/// The direction of a block: that of the whole line, of which it may be a piece.
pub(super) fn direction(blocks: &Blocks, text: &CanonicalText, block: usize) -> Option<bool> {
    let of = |block: usize| layout::direction_of(&text.as_str()[blocks.range(block)]);
    (blocks.first_piece(block)..=block).find_map(of)
}

/// What decides where rows break, but for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Breaks {
    width: u32,
    size: u32,
    serif: bool,
    family: Option<&'static str>,
    also: u64,
}

/// A block as it lay on the page in the last frame.
pub struct Laid<A> {
    /// Which.
    pub block: usize,
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Its corner on screen.
    pub at: Pos2,
    /// Its height with everything.
    pub height: f32,
    /// Its text.
    pub layout: Rc<dyn BlockLayout>,
    /// What stands around the text.
    pub around: A,
}

impl<A: Around> Laid<A> {
    /// Where a row's text begins on screen.
    pub fn row_top(&self, row: usize) -> f32 {
        self.at.y + self.layout.rows()[row].top + self.around.shift()[row]
    }

    /// The height of a row's text.
    pub fn row_height(&self, row: usize) -> f32 {
        self.layout.rows()[row].height
    }

    /// Calls `found` with the screen rectangles of a range of the text's bytes, as far as they lie in this block.
    pub fn rects(&self, bytes: &Range<usize>, found: &mut dyn FnMut(Rect)) {
        let (from, to) = (bytes.start.max(self.bytes.start), bytes.end.min(self.bytes.end));
        if from < to {
            self.layout.extents(from - self.bytes.start..to - self.bytes.start, &mut |row, x0, x1| {
                let (left, top) = (self.at.x + x0, self.row_top(row));
                let corner = pos2(self.at.x + x1, top + self.row_height(row));
                found(Rect::from_min_max(pos2(left, top), corner));
            });
        }
    }
}

/// A place in the text that stands, or is to stand, at a height of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hold {
    /// The place.
    byte: usize,
    /// Distance from the page's top.
    y: f32,
    /// Which part of the row's height is there: 0 its top, 1 its bottom.
    share: f32,
}

/// What became of the column when it was prepared for a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// Nothing new.
    Same,
    /// Another text.
    OtherText,
    /// The same text, but its rows break anew.
    OtherBreaks,
}

/// The text's blocks under each other, and what of them is on the page.
pub struct Column<A> {
    blocks: Blocks,
    heights: Heights,
    text: Option<(usize, usize)>,
    breaks: Option<Breaks>,
    /// The topmost block, and how far its top lies above the page's top edge.
    top_block: usize,
    top_offset: f32,
    laid: Vec<Laid<A>>,
    page: Option<Rect>,
    /// A byte that is to stand at a height of the page in the next frame.
    put: Option<Hold>,
    /// What stays where it is while rows break anew: the same place for as long as nobody scrolls, so that it does not creep.
    held: Option<Hold>,
}

impl<A> Default for Column<A> {
    fn default() -> Self {
        Self {
            blocks: Blocks::default(),
            heights: Heights::default(),
            text: None,
            breaks: None,
            top_block: 0,
            top_offset: 0.0,
            laid: Vec::new(),
            page: None,
            put: None,
            held: None,
        }
    }
}

impl<A: Around> Column<A> {
    /// The text's blocks.
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// What lay on the page in the last frame, from top to bottom.
    pub fn laid(&self) -> &[Laid<A>] {
        &self.laid
    }

    /// The page of the last frame.
    pub fn page(&self) -> Option<Rect> {
        self.page
    }

    /// The bytes in view in the last frame.
    pub fn visible(&self) -> Range<usize> {
        match (self.laid.first(), self.laid.last()) {
            (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
            _ => 0..0,
        }
    }

    /// Whether the text's beginning is in view.
    fn is_at_start(&self) -> bool {
        self.top_block == 0 && self.top_offset <= 1.0
    }

    /// The block a byte lay in, if it was in view.
    pub fn laid_at(&self, byte: usize) -> Option<&Laid<A>> {
        self.laid.iter().rev().find(|laid| laid.bytes.start <= byte && byte <= laid.bytes.end)
    }

    /// The caret place nearest to a place on screen, with its byte. `above` says how much room over a row's text belongs to the row.
    pub fn place_under(&self, at: Pos2, above: impl Fn(&A, usize) -> f32) -> Option<(usize, Place)> {
        let laid = self.laid.iter().rev().find(|l| l.at.y <= at.y).or_else(|| self.laid.first())?;
        let rows = laid.layout.rows().len();
        let row = (0..rows).rev().find(|row| laid.row_top(*row) - above(&laid.around, *row) <= at.y);
        let place = laid.layout.place_at(row.unwrap_or(0), at.x - laid.at.x);
        Some((laid.bytes.start + place.byte, place))
    }

    /// Cuts the text into blocks and estimates their heights when text, width or font are new. When only rows break anew, what the
    /// reader looks at keeps its place: `watched`, a height on screen, or else the first row in view.
    pub fn prepare(&mut self, sheet: &Sheet<'_, A>, watched: Option<f32>) -> Prepared {
        let (text, breaks) = (Some(sheet.identity()), Some(sheet.breaks()));
        if self.breaks != breaks {
            self.hold(watched);
        }
        self.page = Some(sheet.page);
        if (self.text, self.breaks) == (text, breaks) {
            return Prepared::Same;
        }
        let other_text = self.text != text;
        if other_text {
            self.blocks = Blocks::of(sheet.text);
        }
        (self.text, self.breaks) = (text, breaks);
        // Measured on Russian prose: the average letter is about half as wide as the font is high.
        let per_row = (sheet.page.width() / (sheet.size * 0.5)).max(8.0);
        let estimate = |block: usize| {
            let bytes = self.blocks.range(block).len() as f32;
            if bytes == 0.0 { sheet.gap() } else { (bytes / 1.8 / per_row).ceil().max(1.0) * sheet.usual_row }
        };
        self.heights = Heights::new((0..self.blocks.len()).map(estimate).collect());
        self.top_block = self.top_block.min(self.blocks.len() - 1);
        if other_text { Prepared::OtherText } else { Prepared::OtherBreaks }
    }

    /// Remembers what is to stay in place while rows break anew.
    fn hold(&mut self, watched: Option<f32>) {
        if self.laid.is_empty() || self.put.is_some() {
            return;
        }
        if self.held.is_none() && !self.is_at_start() {
            let top = self.page.map_or(0.0, |page| page.top());
            self.held = self.row_near(watched.unwrap_or(top + TOP_MARGIN));
        }
        self.put = self.held;
    }

    /// Keeps the row nearest to a height of the screen where it is when rows break anew.
    pub fn hold_near(&mut self, y: f32) {
        self.held = self.row_near(y).or(self.held);
    }

    /// The row that is nearest to a height of the screen.
    fn row_near(&self, y: f32) -> Option<Hold> {
        let page = self.page?;
        let rows = self.laid.iter().flat_map(|laid| {
            let rows = laid.layout.rows().iter().enumerate();
            rows.map(move |(n, row)| {
                (laid.bytes.start + row.bytes.start, laid.row_top(n), laid.row_height(n))
            })
        });
        let away = |top: f32, height: f32| (top + height / 2.0 - y).abs();
        let nearest = rows.min_by(|a, b| away(a.1, a.2).total_cmp(&away(b.1, b.2)))?;
        let share = (y - nearest.1) / nearest.2.max(1.0);
        Some(Hold { byte: nearest.0, y: y - page.top(), share })
    }

    /// Shows the row of a byte at the top of the page at the next frame.
    pub fn put_at_top(&mut self, byte: usize) {
        self.held = None;
        self.put = Some(Hold { byte, y: TOP_MARGIN, share: 0.0 });
    }

    /// The byte at the page's top: what [`Self::put_at_top`] takes. 0 while the text's beginning is in view.
    pub fn top_byte(&self) -> usize {
        if self.is_at_start() {
            return 0;
        }
        self.page.and_then(|page| self.row_near(page.top() + TOP_MARGIN)).map_or(0, |hold| hold.byte)
    }

    /// Scrolls by so many points, down if positive.
    pub fn scroll(&mut self, by: f32) {
        self.top_offset += by;
        self.held = None;
    }

    /// Scrolls while something is dragged beyond the page's edge, faster the further out it is; as fast on a slow machine as on a quick one.
    pub fn scroll_to_drag(&mut self, ui: &Ui, page: Rect, at: Pos2) {
        let past = if at.y < page.top() { at.y - page.top() } else { (at.y - page.bottom()).max(0.0) };
        if past != 0.0 {
            let seconds = ui.input(|i| i.stable_dt).min(0.1);
            self.scroll((past * 15.0).clamp(-3600.0, 3600.0) * seconds);
            ui.request_repaint();
        }
    }

    /// Shows what lies at this part of the text's height, 0 to 1, at the top.
    pub fn go_to_part(&mut self, part: f64) {
        let y = part * self.heights.total();
        self.top_block = self.heights.find(y);
        self.top_offset = (y - self.heights.top(self.top_block)) as f32;
        self.held = None;
    }

    /// How far the page's top is from the top of the text, in points, as far as heights are known.
    fn top(&self) -> f64 {
        self.heights.top(self.top_block.min(self.heights.len())) + f64::from(self.top_offset)
    }

    /// How far down the text the page's top is, 0 to 1.
    pub fn progress(&self) -> f64 {
        let total = self.heights.total();
        if total <= 0.0 { 0.0 } else { self.top() / total }
    }

    /// Which part of the text's height so many points are.
    pub fn part(&self, points: f32) -> f64 {
        f64::from(points) / self.heights.total().max(1.0)
    }

    fn lay(&mut self, sheet: &Sheet<'_, A>, block: usize) -> (Rc<dyn BlockLayout>, A, f32) {
        let bytes = self.blocks.range(block);
        let is_empty = bytes.is_empty();
        let layout = sheet.set(&self.blocks, block);
        let around = (sheet.around)(bytes, &*layout);
        let height = match (is_empty, self.blocks.goes_on(block)) {
            (true, _) => sheet.gap(),
            (false, true) => around.height(),
            (false, false) => around.height() + 2.0,
        };
        self.heights.set(block, height);
        (layout, around, height)
    }

    fn height_of(&mut self, sheet: &Sheet<'_, A>, block: usize) -> f32 {
        self.lay(sheet, block).2
    }

    /// Brings the scroll position into order (offset inside the top block, no empty page at the end), laying out what it passes.
    fn settle(&mut self, sheet: &Sheet<'_, A>) {
        let mut passes = 0;
        while self.top_offset < 0.0 && self.top_block > 0 && passes <= MOST_PASSES {
            self.top_block -= 1;
            self.top_offset += self.height_of(sheet, self.top_block);
            passes += 1;
        }
        if self.top_block == 0 {
            self.top_offset = self.top_offset.max(0.0);
        }
        while self.top_offset > 0.0 {
            let height = self.height_of(sheet, self.top_block);
            if self.top_offset < height || self.top_block + 1 >= self.blocks.len() {
                break;
            }
            self.top_offset -= height;
            self.top_block += 1;
        }
        // The end of the text may come up to the middle of the page, not further.
        let half = sheet.page.height() * 0.5;
        let mut below = -self.top_offset;
        for block in self.top_block..self.blocks.len() {
            below += self.height_of(sheet, block);
            if below > half {
                return;
            }
        }
        if below < half && (self.top_block > 0 || self.top_offset > 0.0) {
            self.top_offset -= half - below;
            while self.top_offset < 0.0 && self.top_block > 0 {
                self.top_block -= 1;
                self.top_offset += self.height_of(sheet, self.top_block);
            }
            self.top_offset = self.top_offset.max(0.0);
        }
    }

    /// Lays out the page, after what was held has been put back in its place.
    pub fn lay_out(&mut self, sheet: &Sheet<'_, A>) {
        self.put_back(sheet);
        self.settle(sheet);
        self.laid.clear();
        let page = sheet.page;
        let mut y = page.top() + TOP_MARGIN - self.top_offset;
        for block in self.top_block..self.blocks.len() {
            if y > page.bottom() {
                break;
            }
            let (layout, around, height) = self.lay(sheet, block);
            let (at, bytes) = (pos2(page.left(), y), self.blocks.range(block));
            y += height;
            self.laid.push(Laid { block, bytes, at, height, layout, around });
        }
    }

    /// Brings the row of what is held to its height of the page.
    fn put_back(&mut self, sheet: &Sheet<'_, A>) {
        let Some(hold) = self.put.take() else { return };
        let (block, layout, around, row) = self.row_of(sheet, hold.byte.min(sheet.text.len_bytes()));
        self.top_block = block;
        let here = &layout.rows()[row];
        self.top_offset = here.top + here.height * hold.share + around.shift()[row] - hold.y + TOP_MARGIN;
        self.settle(sheet);
    }

    fn row_of(&mut self, sheet: &Sheet<'_, A>, byte: usize) -> (usize, Rc<dyn BlockLayout>, A, usize) {
        let block = self.blocks.at(byte);
        let (layout, around, _) = self.lay(sheet, block);
        let row = layout.row_of(byte.saturating_sub(self.blocks.range(block).start));
        (block, layout, around, row)
    }

    /// Brings a byte into view: where it is near by, by no more than is needed, else a third down the page. `centre` moves it there also
    /// when it is in view but near an edge.
    pub fn bring_into_view(&mut self, sheet: &Sheet<'_, A>, byte: usize, centre: bool) {
        self.put_back(sheet);
        self.held = None;
        let page = sheet.page.height();
        let (block, layout, around, row) = self.row_of(sheet, byte);
        let within = layout.rows()[row].top + around.shift()[row];
        let height = layout.rows()[row].height;
        // Distance from the page's top to the row, adding up real heights near by and estimates far away.
        let y = (self.heights.top(block) + f64::from(within) - self.top()) as f32 + TOP_MARGIN;
        let margin = if centre { page * 0.18 } else { height * 1.5 };
        let fits = y >= margin.min(page / 3.0) && y + height <= page - margin;
        if fits && block >= self.top_block {
            return;
        }
        let wanted = if centre || !(-page..page * 2.0).contains(&y) {
            page * 0.33
        } else if y < page / 2.0 {
            margin
        } else {
            page - margin - height
        };
        self.top_block = block;
        self.top_offset = within - wanted + TOP_MARGIN;
        self.settle(sheet);
    }
}
