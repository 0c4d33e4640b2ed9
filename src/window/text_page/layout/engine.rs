//! What parley needs to set text, and what it gives: rows, cells and glyphs. One for each context, kept in its memory.

use egui::vec2;
use parley::fontique::{GenericFamily, Language, SourceCache};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontFamily, FontFamilyName, Layout,
    LayoutContext, LineHeight, OverflowWrap, PositionedLayoutItem, StyleProperty,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

use super::cells::{Cell, CellRow};
use super::glyphs::{GlyphRun, Glyphs};
use super::prepared::{NARROW, Prepared, is_emoji, is_stand_in};
use super::{RowBox, TextLook, glyphs, marks};
use crate::window::fonts;

/// What a run of text is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Ink {
    #[default]
    Text,
    Faint,
    /// A mark in the place of an invisible character, painted apart.
    Mark,
}

/// What parley set, without colours: it stays right when the theme changes.
pub(super) struct Setting {
    pub(super) rows: Vec<RowBox>,
    pub(super) cells: Vec<CellRow>,
    pub(super) lines: Vec<Vec<GlyphRun>>,
    pub(super) marks: Vec<PlacedMark>,
    pub(super) baseline: f32,
    pub(super) rtl: bool,
}

/// A mark for an invisible character.
pub(super) struct PlacedMark {
    pub(super) row: usize,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Empty for a joiner, which has no room of its own and gets a tick.
    pub(super) name: String,
}

/// Everything a context needs to set text.
pub(super) struct Engine {
    fonts: FontContext,
    contexts: LayoutContext<Ink>,
    pub(super) glyphs: Glyphs,
    kept: HashMap<Key, (Arc<Setting>, u64)>,
    frame: u64,
    /// Whether the system's fonts are among `fonts`.
    system: bool,
    /// Families of the system found for characters that nothing else has, and those that nothing has at all.
    found: Vec<String>,
    missing: HashSet<char>,
}

/// What a setting depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    size: u32,
    line_height: u32,
    width: u32,
    faint_until: usize,
    serif: bool,
    bold: bool,
    family: Option<&'static str>,
    rtl: Option<bool>,
    system: bool,
}

/// How many settings are kept although they were not used in the last frames.
const KEPT: usize = 256;

impl Engine {
    pub(super) fn new() -> Self {
        let mut engine = Self {
            fonts: FontContext { collection: fonts::collection(false), source_cache: SourceCache::default() },
            contexts: LayoutContext::new(),
            glyphs: Glyphs::default(),
            kept: HashMap::new(),
            frame: 0,
            system: false,
            found: Vec::new(),
            missing: HashSet::new(),
        };
        engine.name_emoji();
        engine
    }

    /// Colour emoji of the system go before the built-in ones.
    fn name_emoji(&mut self) {
        let all = &mut self.fonts.collection;
        let system: Vec<_> = all.generic_families(GenericFamily::Emoji).collect();
        let ours: Vec<_> = fonts::emoji_families().iter().filter_map(|name| all.family_id(name)).collect();
        let mut both: Vec<_> = system;
        both.retain(|id| {
            let font = all.family(*id).and_then(|family| family.default_font().cloned());
            font.is_some_and(|font| {
                let bytes = font.load(Some(&mut self.fonts.source_cache));
                bytes.is_some_and(|bytes| glyphs::can_draw_emoji(bytes.as_ref(), font.index()))
            })
        });
        both.retain(|id| !ours.contains(id));
        both.extend(ours);
        all.set_generic_families(GenericFamily::Emoji, both.into_iter());
    }

    fn load_system(&mut self) {
        if !self.system {
            self.system = true;
            self.fonts.collection = fonts::collection(true);
            self.name_emoji();
            self.contexts = LayoutContext::new();
        }
    }

    pub(super) fn begin(&mut self, frame: u64) {
        if self.frame == frame {
            return;
        }
        self.frame = frame;
        self.glyphs.begin(frame);
        if self.kept.len() > KEPT {
            self.kept.retain(|_, (_, used)| *used + 2 >= frame);
        }
    }

    pub(super) fn setting(&mut self, text: &str, look: &TextLook, system_allowed: bool) -> Arc<Setting> {
        let key = Key {
            text: text.to_owned(),
            size: look.font.size.to_bits(),
            line_height: look.line_height.to_bits(),
            width: look.width.to_bits(),
            faint_until: look.faint_until,
            serif: look.font.family == fonts::serif(),
            bold: look.font.family == fonts::bold(),
            family: look.family,
            rtl: look.rtl,
            system: system_allowed,
        };
        let frame = self.frame;
        if let Some((known, used)) = self.kept.get_mut(&key) {
            *used = frame;
            return known.clone();
        }
        if system_allowed && (look.family.is_some() || text.chars().any(is_emoji)) {
            self.load_system();
        }
        let mut prepared = Prepared::of(text, look.font.size);
        let (mut layout, mut lacking) = self.set(&prepared, look);
        if system_allowed && !self.system && !lacking.is_empty() {
            self.load_system();
            (layout, lacking) = self.set(&prepared, look);
        }
        lacking.retain(|c| !self.missing.contains(c));
        if system_allowed && !lacking.is_empty() {
            // What the system proposes for the script has no such letter; some other font may.
            for c in lacking {
                if !self.find(c) {
                    self.missing.insert(c);
                }
            }
            (layout, lacking) = self.set(&prepared, look);
            self.missing.extend(lacking);
        }
        let mut setting = self.collect(text, &prepared, &layout, look);
        if prepared.widen(text, &setting, look.font.size) {
            (layout, _) = self.set(&prepared, look);
            setting = self.collect(text, &prepared, &layout, look);
        }
        let setting = Arc::new(setting);
        self.kept.insert(key, (setting.clone(), frame));
        setting
    }

    /// Looks for a family with a character and remembers it.
    fn find(&mut self, c: char) -> bool {
        let FontContext { collection, source_cache } = &mut self.fonts;
        let Some(font) = fonts::find(collection, source_cache, c) else {
            return false;
        };
        if let Some(name) = collection.family_name(font.family.0).map(str::to_owned)
            && !self.found.contains(&name)
        {
            self.found.push(name);
        }
        true
    }

    /// Sets a text; also tells which characters no font had.
    fn set(&mut self, prepared: &Prepared, look: &TextLook) -> (Layout<Ink>, Vec<char>) {
        let serif = look.font.family == fonts::serif();
        let mut families = match look.font.family == fonts::bold() {
            true => fonts::bold_families(),
            false => fonts::families(look.family, serif),
        };
        families.extend(self.found.iter().cloned());
        let named = |names: &[String]| -> Vec<FontFamilyName<'static>> {
            names.iter().map(|name| FontFamilyName::Named(name.clone().into())).collect()
        };
        let text_families = FontFamily::List(named(&families).into());
        let mut emoji = vec![FontFamilyName::Generic(GenericFamily::Emoji)];
        emoji.extend(named(&families));
        let emoji_families = FontFamily::List(emoji.into());

        let mut builder = self.contexts.ranged_builder(&mut self.fonts, &prepared.text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(text_families));
        builder.push_default(StyleProperty::FontSize(look.font.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(look.line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Brush(Ink::Text));
        if look.faint_until > 0 {
            builder.push(StyleProperty::Brush(Ink::Faint), 0..prepared.shown(look.faint_until));
        }
        builder.push_default(StyleProperty::Locale(language_of(&prepared.text)));
        for range in &prepared.emoji {
            builder.push(StyleProperty::FontFamily(emoji_families.clone()), range.clone());
        }
        for mark in &prepared.marks {
            builder.push(StyleProperty::Brush(Ink::Mark), mark.bytes.clone());
            builder.push(StyleProperty::LetterSpacing(mark.spacing), mark.bytes.clone());
        }
        builder.set_base_direction(match look.rtl {
            Some(true) => BaseDirection::Rtl,
            Some(false) => BaseDirection::Ltr,
            None => BaseDirection::Auto,
        });
        let mut layout = builder.build(&prepared.text);
        layout.break_all_lines(Some(look.width));
        layout.align(Alignment::Start, AlignmentOptions::default());

        let mut lacking = Vec::new();
        for line in layout.lines() {
            for run in line.runs() {
                for cluster in run.clusters() {
                    if cluster.glyphs().any(|glyph| glyph.id == 0) {
                        lacking.extend(prepared.text[cluster.text_range()].chars().next());
                    }
                }
            }
        }
        let marks: HashSet<usize> = prepared.marks.iter().map(|m| m.bytes.start).collect();
        if !marks.is_empty() {
            lacking.retain(|c| marks::mark_of(*c).is_none() && !is_stand_in(*c));
        }
        (layout, lacking)
    }

    /// Takes rows, cells and glyphs out of a layout.
    fn collect(&mut self, text: &str, prepared: &Prepared, layout: &Layout<Ink>, look: &TextLook) -> Setting {
        let rtl = layout.is_rtl();
        let base = if rtl { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() };
        let bidi = unicode_bidi::BidiInfo::new(&prepared.text, Some(base));
        let mut starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        starts.push(text.len());
        let real = |byte: usize| prepared.real(byte).min(text.len());
        let (mut rows, mut cells, mut lines, mut marks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, line) in layout.lines().enumerate() {
            let range = line.text_range();
            // A line may break between a space and a mark upon it, which are one cluster; it belongs to the row it begins in.
            let whole = |byte: usize| starts[starts.partition_point(|s| *s < byte).min(starts.len() - 1)];
            let bytes = whole(real(range.start))..whole(real(range.end));
            let levels = bidi
                .paragraphs
                .first()
                .map(|all| bidi.reordered_levels(all, range.clone()))
                .unwrap_or_default();
            let mut x = line.metrics().offset + line.metrics().inline_min_coord;
            let origin = x;
            let mut row_cells: Vec<Cell> = Vec::new();
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    let shaped = cluster.text_range();
                    let here = real(shaped.start)..real(shaped.end);
                    let x1 = x + cluster.advance();
                    let level = levels.get(shaped.start).map_or(base.number(), |level| level.number());
                    // The levels are ours, the order is parley's; where they should ever disagree, what is on the page counts.
                    let agree = (level % 2 == 1) == run.is_rtl();
                    let level = if agree { level } else { base.number() + u8::from(rtl != run.is_rtl()) };
                    if here.is_empty() {
                        // The dotted circle that carries a lone mark belongs to the mark, which follows.
                        match row_cells.last_mut() {
                            Some(last) if last.is_rtl() => last.x1 = x1,
                            _ => row_cells.push(Cell { bytes: here, x0: x, x1, level }),
                        }
                        x = x1;
                        continue;
                    }
                    let first = starts.partition_point(|s| *s <= here.start).saturating_sub(1);
                    let whole = starts[first]..starts.get(first + 1).copied().unwrap_or(text.len());
                    if whole.start < bytes.start {
                        x = x1;
                        continue;
                    }
                    match row_cells.last_mut() {
                        Some(last) if last.bytes == whole || last.bytes.is_empty() => {
                            last.x1 = x1;
                            last.bytes = whole;
                        }
                        _ => row_cells.push(Cell { bytes: whole, x0: x, x1, level }),
                    }
                    x = x1;
                }
            }
            row_cells.retain(|cell| !cell.bytes.is_empty());
            share_width(text, &mut row_cells);
            let moved = end_white_space(text, &mut row_cells, rtl);
            for mark in &prepared.marks {
                let start = real(mark.bytes.start);
                if (bytes.start..bytes.end).contains(&start)
                    && let Some(cell) = row_cells.iter().find(|cell| cell.bytes.contains(&start))
                {
                    marks.push(PlacedMark { row: at, x0: cell.x0, x1: cell.x1, name: mark.name.clone() });
                }
            }
            for joiner in &prepared.joiners {
                let start = real(*joiner);
                if let Some(cell) = row_cells.iter().find(|cell| cell.bytes.contains(&start)) {
                    let x = cell.trailing();
                    marks.push(PlacedMark { row: at, x0: x, x1: x, name: String::new() });
                }
            }
            let row = CellRow::new(bytes.clone(), row_cells, rtl, origin);
            let top = at as f32 * look.line_height;
            rows.push(RowBox {
                top,
                height: look.line_height,
                bytes,
                left: row.left(),
                width: row.right() - row.left(),
            });
            cells.push(row);
            lines.push(runs_of(&line, moved));
        }
        if rows.is_empty() {
            let origin = if rtl { look.width } else { 0.0 };
            rows.push(RowBox {
                top: 0.0,
                height: look.line_height,
                bytes: 0..text.len(),
                left: origin,
                width: 0.0,
            });
            cells.push(CellRow::new(0..text.len(), Vec::new(), rtl, origin));
            lines.push(Vec::new());
        }
        let (ascent, descent) = self.metrics(look);
        let baseline = (look.line_height - ascent - descent) / 2.0 + ascent;
        Setting { rows, cells, lines, marks, baseline, rtl }
    }

    /// Ascent and descent of the text's first font, in points: rows of both backends stand on the same line.
    fn metrics(&mut self, look: &TextLook) -> (f32, f32) {
        let serif = look.font.family == fonts::serif();
        let wanted = fonts::families(look.family, serif);
        let FontContext { collection, source_cache } = &mut self.fonts;
        for name in wanted.iter().take(2) {
            let font = collection.family_by_name(name).and_then(|family| family.default_font().cloned());
            if let Some(font) = font
                && let Some(bytes) = font.load(Some(source_cache))
                && let Some(face) = swash::FontRef::from_index(bytes.as_ref(), font.index() as usize)
            {
                let metrics = face.metrics(&[]).scale(look.font.size);
                return (metrics.ascent, metrics.descent);
            }
        }
        (look.font.size, look.font.size * 0.25)
    }
}

/// Letters that a font draws with the letter before them (lam and alef in some) share its width, as in a ligature.
fn share_width(text: &str, cells: &mut [Cell]) {
    for at in 0..cells.len() {
        let cell = &cells[at];
        let letter = text[cell.bytes.clone()].starts_with(char::is_alphabetic);
        if cell.x1 - cell.x0 >= NARROW || !letter {
            continue;
        }
        let rtl = cell.is_rtl();
        let Some(before) = (if rtl { Some(at + 1) } else { at.checked_sub(1) }) else {
            continue;
        };
        let (start, level) = (cell.bytes.start, cell.level);
        if cells.get(before).is_none_or(|other| other.bytes.end != start || other.level != level) {
            continue;
        }
        let middle = (cells[before].x0 + cells[before].x1) / 2.0;
        if rtl {
            cells[before].x0 = middle;
            cells[at].x1 = middle;
        } else {
            cells[before].x1 = middle;
            cells[at].x0 = middle;
        }
    }
}

/// Glyphs on one side of a place that move by so much.
#[derive(Clone, Copy)]
struct Moved {
    beyond: f32,
    by: f32,
}

impl Moved {
    fn place(self, x: f32) -> f32 {
        let moves = if self.by < 0.0 { x > self.beyond } else { x < self.beyond };
        if moves { x + self.by } else { x }
    }
}

/// White space at a row's end belongs to the paragraph (UAX #9, rule L1), which parley leaves out: where the last words run the other
/// way it stood in the middle of the row, a double gap. It goes to the row's end; what stood beyond it closes the gap.
fn end_white_space(text: &str, cells: &mut [Cell], rtl: bool) -> Option<Moved> {
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(cells[*at].bytes.start));
    let white =
        |at: &&usize| text[cells[**at].bytes.clone()].chars().all(|c| c.is_whitespace() && c != '\u{a0}');
    let mut last: Vec<usize> = order.iter().take_while(white).copied().collect();
    last.sort_unstable();
    let (first, end) = (*last.first()?, *last.last()? + 1);
    let at_end = if rtl { first == 0 } else { end == cells.len() };
    if end - first != last.len() || end - first == cells.len() {
        return None;
    }
    for cell in &mut cells[first..end] {
        cell.level = rtl.into();
    }
    if at_end {
        return None;
    }
    let (x0, x1) = (cells[first].x0, cells[end - 1].x1);
    let by = if rtl { x1 - x0 } else { x0 - x1 };
    let outer = if rtl { cells[0].x0 - x0 } else { cells[cells.len() - 1].x1 - x1 };
    let beyond = if rtl { 0..first } else { end..cells.len() };
    for cell in &mut cells[beyond] {
        (cell.x0, cell.x1) = (cell.x0 + by, cell.x1 + by);
    }
    for cell in &mut cells[first..end] {
        (cell.x0, cell.x1) = (cell.x0 + outer, cell.x1 + outer);
    }
    if rtl {
        cells[..end].rotate_left(first);
    } else {
        let count = end - first;
        cells[first..].rotate_left(count);
    }
    Some(Moved { beyond: (x0 + x1) / 2.0, by })
}

/// The glyphs of a line, measured from its left edge and its own baseline.
fn runs_of(line: &parley::Line<'_, Ink>, moved: Option<Moved>) -> Vec<GlyphRun> {
    let mut runs = Vec::new();
    for item in line.items() {
        let PositionedLayoutItem::GlyphRun(run) = item else {
            continue;
        };
        let ink = run.style().brush;
        if ink == Ink::Mark {
            continue;
        }
        let baseline = run.baseline();
        let glyphs = run.positioned_glyphs().map(|glyph| {
            let x = moved.map_or(glyph.x, |moved| moved.place(glyph.x));
            (glyph.id, vec2(x, glyph.y - baseline))
        });
        let glyphs = glyphs.collect();
        let coords = run.run().normalized_coords().iter().map(|c| c.to_bits()).collect();
        runs.push(GlyphRun {
            font: run.run().font().clone(),
            size: run.run().font_size(),
            coords,
            faint: ink == Ink::Faint,
            glyphs,
        });
    }
    runs
}

/// The language that decides how Chinese characters are drawn, told by the letters among them: the same character looks different in
/// Japan, Korea and China.
fn language_of(text: &str) -> Option<Language> {
    let mut han = false;
    for c in text.chars() {
        match c as u32 {
            0x3041..=0x30ff => return Language::parse("ja").ok(),
            0xac00..=0xd7a3 | 0x1100..=0x11ff => return Language::parse("ko").ok(),
            0x3400..=0x9fff | 0x20000..=0x3ffff => han = true,
            _ => {}
        }
    }
    // Not the plain `zh`: what fontique keeps for that is whatever font it found first for any language.
    han.then(|| Language::parse("zh-SG").ok()).flatten()
}
