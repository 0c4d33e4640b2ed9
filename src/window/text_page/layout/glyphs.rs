//! Glyphs as pictures in textures: drawn once for each font, size and place within a pixel, then copied.

use egui::epaint::{Color32, ColorImage, Mesh, Pos2, Rect, TextureHandle, Vec2, pos2, vec2};
use egui::{Context, TextureOptions};
use parley::FontData;
use std::collections::HashMap;
use swash::scale::{Render, ScaleContext, Source, StrikeWith, image::Content};
use swash::zeno::Vector;
use swash::{CacheKey, FontRef};

/// A texture's side in pixels: room for about two thousand letters of the usual size.
const SIDE: usize = 1024;
/// Textures kept when they are not on the page; a page that shows more has as many as it needs.
const KEPT: usize = 4;
/// Places within a pixel at which a glyph is drawn, so that letters stand where the layout wants them.
const STEPS: f32 = 4.0;
/// Nothing larger is drawn; no text is that large.
const LARGEST: u32 = 512;

/// One glyph of a font at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    font: u64,
    index: u32,
    glyph: u32,
    /// Pixels to the em in 64ths.
    size: u32,
    /// Which of [`STEPS`].
    step: u8,
    variant: u64,
    dark: bool,
}

/// Where a glyph is in a texture, and how far its picture lies from its origin, in pixels.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    page: usize,
    from: [usize; 2],
    size: [usize; 2],
    left: i32,
    top: i32,
    coloured: bool,
}

struct Page {
    texture: TextureHandle,
    /// Rows of glyphs: top, height, and how far they are filled.
    shelves: Vec<(usize, usize, usize)>,
    bottom: usize,
    used: u64,
}

/// The textures of one context.
#[derive(Default)]
pub struct Glyphs {
    scale: ScaleContext,
    fonts: HashMap<(u64, u32), Option<(u32, CacheKey)>>,
    drawn: HashMap<Key, Option<Drawn>>,
    pages: HashMap<usize, Page>,
    next_page: usize,
    frame: u64,
}

/// A run of glyphs of one font.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// The font.
    pub font: FontData,
    /// Its size in points.
    pub size: f32,
    /// Where a variable font stands on its axes.
    pub coords: Vec<i16>,
    /// Whether it is drawn in the faint ink.
    pub faint: bool,
    /// Glyph numbers with where their origins stand, from the row's left edge and baseline, in points.
    pub glyphs: Vec<(u32, Vec2)>,
}

/// How glyphs are painted.
#[derive(Clone, Copy)]
pub struct Paint<'a> {
    /// The context the textures belong to.
    pub ctx: &'a Context,
    /// Pixels to the point.
    pub scale: f32,
    /// Light on dark.
    pub dark: bool,
    /// Colour of the text.
    pub ink: Color32,
    /// Colour of faint runs.
    pub faint: Color32,
}

/// Whether we can draw a font's emoji: pictures, or flat layers. Fonts with gradients alone (COLR version 1) we cannot, and their
/// emoji would be blank.
pub fn can_draw_emoji(bytes: &[u8], index: u32) -> bool {
    let Some(font) = FontRef::from_index(bytes, index as usize) else {
        return false;
    };
    let has = |tag: &[u8; 4]| font.table(swash::tag_from_bytes(tag)).is_some();
    match font.table(swash::tag_from_bytes(b"COLR")) {
        // The table begins with its version and the number of glyphs made of flat layers, two bytes each.
        Some([0, 1, 0, 0, ..]) => has(b"CBDT") || has(b"sbix"),
        _ => true,
    }
}

impl Glyphs {
    /// Tells which frame it is, so that what is on the page can be told from what was.
    pub fn begin(&mut self, frame: u64) {
        self.frame = frame;
    }

    /// How many textures there are, for tests.
    #[cfg(test)]
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Adds a run's glyphs to meshes, one for each texture. `origin` is where the row's left edge meets its baseline, in points.
    pub fn add(&mut self, run: &GlyphRun, origin: Pos2, paint: &Paint<'_>, meshes: &mut Vec<Mesh>) {
        let variant = run.coords.iter().fold(0u64, |sum, c| sum.wrapping_mul(31).wrapping_add(*c as u64));
        let baseline = (origin.y * paint.scale).round();
        for (glyph, at) in &run.glyphs {
            let x = (origin.x + at.x) * paint.scale;
            let step = ((x - x.floor()) * STEPS).floor().clamp(0.0, STEPS - 1.0);
            let key = Key {
                font: run.font.data.id(),
                index: run.font.index,
                glyph: *glyph,
                size: (run.size * paint.scale * 64.0).round() as u32,
                step: step as u8,
                variant,
                dark: paint.dark,
            };
            let Some(drawn) = self.look_up(key, run, paint) else {
                continue;
            };
            let Some(page) = self.pages.get_mut(&drawn.page) else {
                continue;
            };
            page.used = self.frame;
            let id = page.texture.id();
            let y = baseline + (at.y * paint.scale).round();
            let corner = pos2(x.floor() + drawn.left as f32, y - drawn.top as f32);
            let size = vec2(drawn.size[0] as f32, drawn.size[1] as f32);
            let rect = Rect::from_min_size(corner / paint.scale, size / paint.scale);
            let from = pos2(drawn.from[0] as f32, drawn.from[1] as f32) / SIDE as f32;
            let uv = Rect::from_min_size(from, size / SIDE as f32);
            let ink = if run.faint { paint.faint } else { paint.ink };
            let tint = if drawn.coloured { Color32::from_white_alpha(ink.a()) } else { ink };
            let mesh = match meshes.iter().position(|mesh| mesh.texture_id == id) {
                Some(at) => &mut meshes[at],
                None => {
                    meshes.push(Mesh::with_texture(id));
                    let last = meshes.len() - 1;
                    &mut meshes[last]
                }
            };
            mesh.add_rect_with_uv(rect, uv, tint);
        }
    }

    fn look_up(&mut self, key: Key, run: &GlyphRun, paint: &Paint<'_>) -> Option<Drawn> {
        if let Some(known) = self.drawn.get(&key) {
            return *known;
        }
        let drawn = self.draw(key, run, paint);
        self.drawn.insert(key, drawn);
        drawn
    }

    fn draw(&mut self, key: Key, run: &GlyphRun, paint: &Paint<'_>) -> Option<Drawn> {
        let bytes = run.font.data.as_ref();
        let font = self.fonts.entry((key.font, key.index)).or_insert_with(|| {
            FontRef::from_index(bytes, key.index as usize).map(|font| (font.offset, font.key))
        });
        let (offset, cache) = (*font)?;
        let font = FontRef { data: bytes, offset, key: cache };
        let mut scaler = self
            .scale
            .builder(font)
            .size(key.size as f32 / 64.0)
            .hint(false)
            .normalized_coords(run.coords.iter().copied())
            .build();
        let glyph = u16::try_from(key.glyph).ok()?;
        let image = Render::new(&[
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
            Source::Bitmap(StrikeWith::BestFit),
        ])
        .offset(Vector::new(f32::from(key.step) / STEPS, 0.0))
        .render(&mut scaler, glyph)?;
        let place = image.placement;
        if place.width == 0 || place.height == 0 || place.width > LARGEST || place.height > LARGEST {
            return None;
        }
        let coloured = image.content == Content::Color;
        let transfer = if paint.dark {
            egui::epaint::FontColorTransferFunction::DARK_MODE_DEFAULT
        } else {
            egui::epaint::FontColorTransferFunction::LIGHT_MODE_DEFAULT
        };
        let pixels: Vec<Color32> = if coloured {
            image
                .data
                .as_chunks::<4>()
                .0
                .iter()
                .map(|[r, g, b, a]| Color32::from_rgba_unmultiplied(*r, *g, *b, *a))
                .collect()
        } else {
            image.data.iter().map(|a| transfer.color_from_coverage(f32::from(*a) / 255.0)).collect()
        };
        let size = [place.width as usize, place.height as usize];
        if pixels.len() != size[0] * size[1] {
            return None;
        }
        let (page, from) = self.room(size, paint.ctx);
        if let Some(page) = self.pages.get_mut(&page) {
            page.texture.set_partial(from, ColorImage::new(size, pixels), TextureOptions::LINEAR);
        }
        Some(Drawn { page, from, size, left: place.left, top: place.top, coloured })
    }

    /// A free place for a picture, on a new texture if need be.
    fn room(&mut self, [width, height]: [usize; 2], ctx: &Context) -> (usize, [usize; 2]) {
        // A pixel stays free on all sides, so that nothing bleeds.
        let (width, height) = (width + 1, height + 1);
        let newest = self.next_page.wrapping_sub(1);
        if let Some(place) = self.pages.get_mut(&newest).and_then(|page| page.place(width, height)) {
            return (newest, place);
        }
        self.forget();
        let number = self.next_page;
        self.next_page += 1;
        let image = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        let texture = ctx.load_texture(format!("glyphs {number}"), image, TextureOptions::LINEAR);
        let mut page = Page { texture, shelves: Vec::new(), bottom: 1, used: self.frame };
        let place = page.place(width, height).unwrap_or([1, 1]);
        self.pages.insert(number, page);
        (number, place)
    }

    /// Lets go of the textures that were longest out of use; never of one that the frame at hand shows.
    fn forget(&mut self) {
        while self.pages.len() >= KEPT {
            let old = self
                .pages
                .iter()
                .filter(|(_, page)| page.used < self.frame)
                .min_by_key(|(_, page)| page.used);
            let Some(old) = old.map(|(number, _)| *number) else {
                return;
            };
            self.pages.remove(&old);
            self.drawn.retain(|_, drawn| drawn.is_none_or(|drawn| drawn.page != old));
        }
        // Spaces and other glyphs without a picture are cheap, but not for ever.
        if self.drawn.len() > 100_000 {
            self.drawn.retain(|_, drawn| drawn.is_some());
        }
    }
}

impl Page {
    fn place(&mut self, width: usize, height: usize) -> Option<[usize; 2]> {
        if let Some((top, _, end)) = self
            .shelves
            .iter_mut()
            .find(|(_, h, end)| *h >= height && *h <= height + 8 && end.saturating_add(width) <= SIDE)
        {
            let place = [*end, *top];
            *end += width;
            return Some(place);
        }
        if self.bottom + height > SIDE || 1 + width > SIDE {
            return None;
        }
        let top = self.bottom;
        let tall = height.div_ceil(4) * 4;
        self.shelves.push((top, tall.min(SIDE - top), 1 + width));
        self.bottom += tall;
        Some([1, top])
    }
}
