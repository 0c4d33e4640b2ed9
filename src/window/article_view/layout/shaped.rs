//! Text of any script and direction, set by parley and painted from our own textures of glyphs.

use egui::epaint::{Mesh, Shape};
use egui::{Align2, Color32, CornerRadius, FontId, Id, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};
use parley::fontique::{GenericFamily, SourceCache};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontFamily, FontFamilyName, Layout, LayoutContext, LineHeight,
    OverflowWrap, PositionedLayoutItem, StyleProperty,
};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use unicode_segmentation::UnicodeSegmentation;

use super::cells::{Affinity, Cell, CellRow, Piece};
use super::glyphs::{GlyphRun, Glyphs, Paint};
use super::{BlockLayout, Place, RowBox, TextLook, TextRun, marks};
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
struct Setting {
    rows: Vec<RowBox>,
    cells: Vec<CellRow>,
    lines: Vec<Vec<GlyphRun>>,
    marks: Vec<PlacedMark>,
    baseline: f32,
    rtl: bool,
}

/// A mark for an invisible character.
struct PlacedMark {
    row: usize,
    x0: f32,
    x1: f32,
    /// Empty for a joiner, which has no room of its own and gets a tick.
    name: String,
}

/// Everything a context needs to set text; one for each, kept in its memory.
struct Engine {
    fonts: FontContext,
    contexts: LayoutContext<Ink>,
    glyphs: Glyphs,
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
    family: Option<&'static str>,
    rtl: Option<bool>,
    system: bool,
}

/// AccessKit counts the characters of a run in a byte.
const LONGEST_RUN: usize = 255;

/// How many settings are kept although they were not used in the last frames.
const KEPT: usize = 256;

impl Engine {
    fn new() -> Self {
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
        let mut both = system;
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

    fn begin(&mut self, frame: u64) {
        if self.frame == frame {
            return;
        }
        self.frame = frame;
        self.glyphs.begin(frame);
        if self.kept.len() > KEPT {
            self.kept.retain(|_, (_, used)| *used + 2 >= frame);
        }
    }

    fn setting(&mut self, text: &str, look: &TextLook, system_allowed: bool) -> Arc<Setting> {
        let key = Key {
            text: text.to_owned(),
            size: look.font.size.to_bits(),
            line_height: look.line_height.to_bits(),
            width: look.width.to_bits(),
            faint_until: look.faint_until,
            serif: look.font.family == fonts::serif(),
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
        if system_allowed && lacking.iter().any(|c| !self.missing.contains(c)) {
            self.load_system();
            for c in &lacking {
                if !self.missing.contains(c) && !self.find(*c) {
                    self.missing.insert(*c);
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
        let mut families = fonts::families(look.family, serif);
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
            let levels = bidi.paragraphs.first().map(|all| bidi.reordered_levels(all, range.clone())).unwrap_or_default();
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
            lines.push(runs_of(&line));
        }
        if rows.is_empty() {
            let origin = if rtl { look.width } else { 0.0 };
            rows.push(RowBox { top: 0.0, height: look.line_height, bytes: 0..text.len(), left: origin, width: 0.0 });
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

/// The glyphs of a line, measured from its left edge and its own baseline.
fn runs_of(line: &parley::Line<'_, Ink>) -> Vec<GlyphRun> {
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
        let glyphs = run.positioned_glyphs().map(|glyph| (glyph.id, vec2(glyph.x, glyph.y - baseline))).collect();
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

fn is_emoji(c: char) -> bool {
    matches!(c as u32, 0x1f000..=0x1faff | 0xfe0f | 0x20e3 | 0xe0020..=0xe007f)
}

/// A text made ready for shaping: invisible characters replaced where they would do harm, lone marks given something to stand on.
struct Prepared {
    text: String,
    /// Where in `text` a dotted circle stands that the article does not have.
    circles: Vec<usize>,
    marks: Vec<PreparedMark>,
    /// Where joiners stand that join nothing.
    joiners: Vec<usize>,
    emoji: Vec<Range<usize>>,
}

struct PreparedMark {
    /// Bytes of the prepared text.
    bytes: Range<usize>,
    name: String,
    spacing: f32,
}

const CIRCLE: &str = "\u{25cc}";

impl PreparedMark {
    /// Room for the name in small letters; `own` is what the shaped character brings, in widths of a letter.
    fn new(bytes: Range<usize>, name: String, own: f32, size: f32) -> Self {
        let wide = (name.len() as f32 * 0.33 + 0.25 - own).max(0.1);
        Self { bytes, name, spacing: wide * size }
    }
}

impl Prepared {
    fn of(text: &str, size: f32) -> Self {
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
                    let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
                    if !marks::joiner_at_home(before, after) {
                        all.joiners.push(here);
                    }
                }
                match marks::mark_of(c) {
                    Some(mark) => {
                        alone = true;
                        all.text.push_str(mark.stand_in.unwrap_or(c.encode_utf8(&mut [0; 4])));
                        let own = if mark.stand_in.is_some() { 0.5 } else { 0.0 };
                        all.marks.push(PreparedMark::new(here..all.text.len(), mark.name.to_string(), own, size));
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
    fn real(&self, shown: usize) -> usize {
        shown - CIRCLE.len() * self.circles.partition_point(|at| *at < shown)
    }

    /// The prepared text's byte for one of the article.
    fn shown(&self, real: usize) -> usize {
        let before = self.circles.iter().enumerate().take_while(|(n, at)| *at - n * CIRCLE.len() < real).count();
        (real + before * CIRCLE.len()).min(self.text.len())
    }

    /// Gives room and a name to what turned out to have no width in any font; tells whether there was such a thing.
    fn widen(&mut self, text: &str, setting: &Setting, size: f32) -> bool {
        let before = self.marks.len();
        for cell in setting.cells.iter().flat_map(|row| &row.cells).filter(|cell| cell.x1 - cell.x0 < 0.5) {
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
fn is_stand_in(c: char) -> bool {
    matches!(c, '_' | '\u{a6}' | '\u{25af}' | '\u{1d300}')
}

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
        painter.rect(rect, CornerRadius::same(2), Color32::TRANSPARENT, Stroke::new(0.8, self.faint), StrokeKind::Inside);
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
        let (byte, affinity) = if right { places.last() } else { places.first() }.copied().unwrap_or_default();
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
                    Some(last) if last.row == row && last.rtl == cell.is_rtl() && last.clusters.len() < LONGEST_RUN => {
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
                if top > clip.bottom() + self.size * 2.0 || top + self.setting.rows[row].height < clip.top() - self.size * 2.0 {
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
