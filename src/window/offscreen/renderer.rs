//! Draws egui's output on the processor: no graphics card, no display, the same bytes on every machine.

use std::collections::HashMap;
use std::ops::Range;

use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use egui::{Rect, TextureId, TexturesDelta};
use image::RgbaImage;

use super::texture::{Rgba, Texture};
use super::triangle::{Triangle, Window};

/// How far, in pixels, a textured corner may lie off the grid and still count as lying on it.
const ON_GRID: f32 = 1.0 / 64.0;

/// The textures that egui has sent so far, and the drawing.
///
/// Colours are multiplied and blended in gamma space with premultiplied alpha, as `egui_glow` does, but without its dithering.
/// Paint callbacks are not drawn: they belong to a graphics card.
#[derive(Default)]
pub struct Renderer {
    textures: HashMap<TextureId, Texture>,
    freed: Vec<TextureId>,
}

impl Renderer {
    /// Takes in what changed in the textures. To be called after every frame, whether it is drawn or not.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        // What a frame frees it may still show, so it goes only when the next frame comes.
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        for (id, images) in delta.set.drain() {
            for image in &images {
                match (image.pos, self.textures.get_mut(&id)) {
                    (Some(place), Some(texture)) => texture.patch(place, image),
                    _ => {
                        self.textures.insert(id, Texture::new(image));
                    }
                }
            }
        }
        self.freed.extend(delta.free.drain());
    }

    /// Draws tessellated shapes on a transparent picture of `size` pixels.
    pub fn render(
        &self,
        primitives: &[ClippedPrimitive],
        size: [u32; 2],
        pixels_per_point: f32,
    ) -> RgbaImage {
        let mut canvas = Canvas::new(size);
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let Some(texture) = self.textures.get(&mesh.texture_id).filter(|t| !t.is_empty()) else {
                continue;
            };
            let window = canvas.window(*clip_rect * pixels_per_point);
            if !window.x.is_empty() && !window.y.is_empty() {
                canvas.mesh(mesh, texture, &window, pixels_per_point);
            }
        }
        canvas.picture(size)
    }
}

/// What a triangle is filled with: the cheapest of four ways that gives the same result.
enum Ink<'t> {
    /// One colour; most of a window.
    Plain(Rgba),
    /// Colours at the corners; soft edges and shadows.
    Shaded([[f32; 4]; 3]),
    /// Texels that lie exactly on pixels, in one tint; text.
    Copied {
        texture: &'t Texture,
        /// From pixel to texel.
        offset: [i64; 2],
        tint: Rgba,
    },
    /// Anything else; scaled pictures.
    Sampled { texture: &'t Texture, places: [[f32; 2]; 3], colours: [[f32; 4]; 3] },
}

impl<'t> Ink<'t> {
    /// The ink for a triangle whose corners lie at `corners`, in pixels.
    fn of(vertices: [&Vertex; 3], corners: [[f32; 2]; 3], texture: &'t Texture) -> Self {
        let [width, height] = texture.size();
        let places = vertices.map(|v| [v.uv.x * width, v.uv.y * height]);
        let tints = vertices.map(|v| v.color.to_array());
        let one_tint = tints[0] == tints[1] && tints[1] == tints[2];
        if vertices[0].uv == vertices[1].uv && vertices[1].uv == vertices[2].uv {
            let ground = texture.sample(places[0][0], places[0][1]);
            return if one_tint {
                Self::Plain(rounded(tinted(ground, tints[0].map(f32::from))))
            } else {
                Self::Shaded(tints.map(|tint| tinted(ground, tint.map(f32::from))))
            };
        }
        match texel_offset(corners, places).filter(|_| one_tint) {
            Some(offset) => Self::Copied { texture, offset, tint: tints[0] },
            None => Self::Sampled { texture, places, colours: tints.map(|tint| tint.map(f32::from)) },
        }
    }

    /// The colour at a pixel of the triangle.
    fn at(&self, triangle: &Triangle, x: i64, y: i64) -> Rgba {
        match self {
            Self::Plain(colour) => *colour,
            Self::Shaded(colours) => rounded(weighted(triangle.weights(x, y), colours)),
            Self::Copied { texture, offset, tint } => {
                let texel = texture.texel(x + offset[0], y + offset[1]);
                std::array::from_fn(|i| share(texel[i], tint[i]))
            }
            Self::Sampled { texture, places, colours } => {
                let weights = triangle.weights(x, y);
                let [u, v] = weighted(weights, places);
                rounded(tinted(texture.sample(u, v), weighted(weights, colours)))
            }
        }
    }
}

/// From pixels to texels where one is the other moved by a whole number.
fn texel_offset(corners: [[f32; 2]; 3], places: [[f32; 2]; 3]) -> Option<[i64; 2]> {
    let mut offset = [0; 2];
    for axis in 0..2 {
        let moved = places[0][axis] - corners[0][axis];
        let whole = moved.round();
        for corner in 0..3 {
            if (places[corner][axis] - corners[corner][axis] - whole).abs() > ON_GRID {
                return None;
            }
        }
        offset[axis] = whole as i64;
    }
    Some(offset)
}

/// The pixels drawn so far, premultiplied.
struct Canvas {
    width: i64,
    height: i64,
    pixels: Vec<Rgba>,
}

impl Canvas {
    fn new([width, height]: [u32; 2]) -> Self {
        Self {
            width: i64::from(width),
            height: i64::from(height),
            pixels: vec![[0; 4]; width as usize * height as usize],
        }
    }

    /// The pixels of a clip rectangle, rounded as `egui_glow` rounds them.
    fn window(&self, clip: Rect) -> Window {
        let side = |from: f32, to: f32, end: i64| {
            (from.round() as i64).clamp(0, end)..(to.round() as i64).clamp(0, end)
        };
        Window { x: side(clip.min.x, clip.max.x, self.width), y: side(clip.min.y, clip.max.y, self.height) }
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, window: &Window, pixels_per_point: f32) {
        let vertex = |i: u32| mesh.vertices.get(i as usize);
        for [a, b, c] in mesh.triangles() {
            let (Some(a), Some(b), Some(c)) = (vertex(a), vertex(b), vertex(c)) else {
                continue;
            };
            let vertices = [a, b, c];
            let corners = vertices.map(|v| [v.pos.x * pixels_per_point, v.pos.y * pixels_per_point]);
            if let Some(triangle) = Triangle::new(corners) {
                self.fill(&triangle, &Ink::of(vertices, corners, texture), window);
            }
        }
    }

    fn fill(&mut self, triangle: &Triangle, ink: &Ink<'_>, window: &Window) {
        if matches!(ink, Ink::Plain([0, 0, 0, 0])) {
            return;
        }
        triangle.rows(window, |y, run| {
            let start = run.start;
            let row = self.row(y, run);
            match ink {
                Ink::Plain(colour @ [_, _, _, 255]) => row.fill(*colour),
                Ink::Plain(colour) => row.iter_mut().for_each(|pixel| *pixel = over(*pixel, *colour)),
                _ => {
                    for (x, pixel) in (start..).zip(row) {
                        *pixel = over(*pixel, ink.at(triangle, x, y));
                    }
                }
            }
        });
    }

    fn row(&mut self, y: i64, run: Range<i64>) -> &mut [Rgba] {
        let start = y * self.width;
        &mut self.pixels[(start + run.start) as usize..(start + run.end) as usize]
    }

    /// As a picture with straight alpha, as PNG has it.
    fn picture(self, [width, height]: [u32; 2]) -> RgbaImage {
        let straight = |pixel: Rgba| {
            let alpha = u32::from(pixel[3]);
            if alpha == 0 || alpha == 255 {
                return pixel;
            }
            let channel = |v: u8| ((u32::from(v) * 255 + alpha / 2) / alpha).min(255) as u8;
            [channel(pixel[0]), channel(pixel[1]), channel(pixel[2]), pixel[3]]
        };
        let bytes = self.pixels.into_iter().flat_map(straight).collect();
        RgbaImage::from_raw(width, height, bytes).unwrap_or_default()
    }
}

/// One premultiplied colour over another.
fn over(below: Rgba, above: Rgba) -> Rgba {
    match above[3] {
        255 => above,
        alpha => std::array::from_fn(|i| above[i].saturating_add(share(below[i], 255 - alpha))),
    }
}

/// `value · part / 255`, rounded.
fn share(value: u8, part: u8) -> u8 {
    let product = u32::from(value) * u32::from(part) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// A texture's colour in a tint, both 0 to 255 a channel.
fn tinted(ground: [f32; 4], tint: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|i| ground[i] * tint[i] / 255.0)
}

fn rounded(colour: [f32; 4]) -> Rgba {
    colour.map(|v| (v + 0.5) as u8)
}

/// The mean of three corners' values.
fn weighted<const N: usize>(weights: [f32; 3], values: &[[f32; N]; 3]) -> [f32; N] {
    std::array::from_fn(|i| weights[0] * values[0][i] + weights[1] * values[1][i] + weights[2] * values[2][i])
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::epaint::ImageDelta;
    use egui::{Color32, ColorImage, Pos2, TextureOptions, pos2};

    const RED: Rgba = [255, 0, 0, 255];
    const BLUE: Rgba = [0, 0, 255, 255];
    /// Half-transparent white, premultiplied.
    const VEIL: Rgba = [128, 128, 128, 128];

    fn colour(rgba: Rgba) -> Color32 {
        ColorImage::from_rgba_premultiplied([1, 1], &rgba).pixels[0]
    }

    /// A renderer whose texture is two texels, white and blue.
    fn renderer() -> Renderer {
        let image = ColorImage::new([2, 1], vec![colour([255; 4]), colour(BLUE)]);
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::default(), ImageDelta::full(image, TextureOptions::NEAREST));
        let mut renderer = Renderer::default();
        renderer.update(&mut delta);
        renderer
    }

    fn shown(renderer: &Renderer, mesh: Mesh, clip: Rect) -> Vec<Rgba> {
        let primitive = ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh) };
        let picture = renderer.render(&[primitive], [4, 2], 1.0);
        picture.pixels().map(|p| p.0).collect()
    }

    fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    const ALL: Rect = Rect { min: Pos2 { x: 0.0, y: 0.0 }, max: Pos2 { x: 4.0, y: 2.0 } };

    #[test]
    fn plain_rectangles_cover_their_pixels_and_blend_over_what_is_there() {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(rect(0.0, 0.0, 3.0, 1.0), colour(RED));
        mesh.add_colored_rect(rect(2.0, 0.0, 4.0, 1.0), colour(VEIL));
        let pixels = shown(&renderer(), mesh, ALL);
        assert_eq!(pixels[..2], [RED, RED]);
        assert_eq!(pixels[2], [255, 128, 128, 255], "the veil over red");
        assert_eq!(pixels[3], [255, 255, 255, 128], "the veil alone, its alpha made straight");
        assert_eq!(pixels[4..], [[0; 4]; 4], "nothing below");
    }

    #[test]
    fn the_clip_rectangle_holds() {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(ALL, colour(RED));
        let pixels = shown(&renderer(), mesh, rect(1.0, 1.0, 3.0, 9.0));
        assert_eq!(pixels, [[0; 4], [0; 4], [0; 4], [0; 4], [0; 4], RED, RED, [0; 4]]);
    }

    #[test]
    fn corners_of_other_colours_shade_between() {
        let mut mesh = Mesh::default();
        for (x, y, c) in [(0.0, 0.0, RED), (4.0, 0.0, BLUE), (0.0, 4.0, RED), (4.0, 4.0, BLUE)] {
            mesh.colored_vertex(pos2(x, y), colour(c));
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(2, 1, 3);
        let row = &shown(&renderer(), mesh, ALL)[..4];
        assert_eq!(row, [[223, 0, 32, 255], [159, 0, 96, 255], [96, 0, 159, 255], [32, 0, 223, 255]]);
    }

    #[test]
    fn texels_on_pixels_are_copied_in_the_tint_and_scaled_ones_are_sampled() {
        let uv = rect(0.0, 0.0, 1.0, 1.0);
        let mut copied = Mesh::default();
        copied.add_rect_with_uv(rect(1.0, 1.0, 3.0, 2.0), uv, colour(VEIL));
        let pixels = shown(&renderer(), copied, ALL);
        assert_eq!(pixels[5..7], [[255, 255, 255, 128], [0, 0, 255, 128]]);

        let mut scaled = Mesh::default();
        scaled.add_rect_with_uv(rect(0.0, 0.0, 4.0, 1.0), uv, colour([255; 4]));
        let pixels = shown(&renderer(), scaled, ALL);
        assert_eq!(pixels[..4], [[255; 4], [255; 4], BLUE, BLUE]);
    }

    #[test]
    fn a_freed_texture_lasts_until_the_next_frame() {
        let mut renderer = renderer();
        let red = || {
            let mut mesh = Mesh::default();
            mesh.add_colored_rect(ALL, colour(RED));
            mesh
        };
        let mut delta = TexturesDelta::default();
        delta.free(TextureId::default());
        renderer.update(&mut delta);
        assert_eq!(shown(&renderer, red(), ALL), [RED; 8]);
        renderer.update(&mut TexturesDelta::default());
        assert_eq!(shown(&renderer, red(), ALL), [[0; 4]; 8]);
    }

    #[test]
    fn sharing_is_exact_at_the_ends_and_rounded_between() {
        for value in 0..=255 {
            assert_eq!((share(value, 255), share(value, 0)), (value, 0));
            for part in 0..=255 {
                let exact = (f32::from(value) * f32::from(part) / 255.0).round();
                assert_eq!(f32::from(share(value, part)), exact);
            }
        }
    }
}
