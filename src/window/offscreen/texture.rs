//! Textures in memory, kept up to date by egui's deltas.

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureFilter};

/// A colour with premultiplied alpha, red first, as egui's vertices and texels hold it.
pub(super) type Rgba = [u8; 4];

/// An image that triangles are filled with.
///
/// Addresses beyond the edge read the edge (egui's own default); repeating textures are deliberately not known.
pub(super) struct Texture {
    width: usize,
    height: usize,
    texels: Vec<Color32>,
    smooth: bool,
}

impl Texture {
    /// The texture a whole delta holds.
    pub(super) fn new(delta: &ImageDelta) -> Self {
        let ImageData::Color(image) = &delta.image;
        Self {
            width: image.width(),
            height: image.height(),
            texels: image.pixels.clone(),
            smooth: delta.options.magnification == TextureFilter::Linear,
        }
    }

    /// Puts a partial delta's image at its place. What lies beyond the edge is left out.
    pub(super) fn patch(&mut self, [left, top]: [usize; 2], delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let across = image.width().min(self.width.saturating_sub(left));
        let down = image.height().min(self.height.saturating_sub(top));
        for row in 0..down {
            let to = (top + row) * self.width + left;
            let from = row * image.width();
            self.texels[to..to + across].copy_from_slice(&image.pixels[from..from + across]);
        }
    }

    /// Width and height in texels.
    pub(super) fn size(&self) -> [f32; 2] {
        [self.width as f32, self.height as f32]
    }

    /// Whether there is nothing to read.
    pub(super) fn is_empty(&self) -> bool {
        self.texels.is_empty()
    }

    /// The texel at a column and row, or the nearest one. The texture must not be empty.
    pub(super) fn texel(&self, column: i64, row: i64) -> Rgba {
        let column = column.clamp(0, self.width as i64 - 1) as usize;
        let row = row.clamp(0, self.height as i64 - 1) as usize;
        self.texels[row * self.width + column].to_array()
    }

    /// The colour at a place measured in texels from the top left corner, each channel 0 to 255.
    pub(super) fn sample(&self, x: f32, y: f32) -> [f32; 4] {
        if !self.smooth {
            return self.texel(x.floor() as i64, y.floor() as i64).map(f32::from);
        }
        // A texel's colour is its colour at its centre, half a texel in.
        let (left, top) = ((x - 0.5).floor(), (y - 0.5).floor());
        let (right_share, lower_share) = (x - 0.5 - left, y - 0.5 - top);
        let (column, row) = (left as i64, top as i64);
        let mut sum = [0.0; 4];
        for (dx, dy, share) in [
            (0, 0, (1.0 - right_share) * (1.0 - lower_share)),
            (1, 0, right_share * (1.0 - lower_share)),
            (0, 1, (1.0 - right_share) * lower_share),
            (1, 1, right_share * lower_share),
        ] {
            let texel = self.texel(column + dx, row + dy);
            for channel in 0..4 {
                sum[channel] += share * f32::from(texel[channel]);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{ColorImage, TextureOptions};

    fn grey(size: [usize; 2], levels: &[u8]) -> ColorImage {
        ColorImage::from_gray(size, levels)
    }

    #[test]
    fn sampling_blends_between_centres_and_holds_the_edge() {
        let texture = Texture::new(&ImageDelta::full(grey([2, 1], &[0, 200]), TextureOptions::LINEAR));
        assert_eq!(texture.sample(0.5, 0.5)[0], 0.0);
        assert_eq!(texture.sample(1.0, 0.5)[0], 100.0);
        assert_eq!(texture.sample(1.5, 0.5)[0], 200.0);
        assert_eq!(texture.sample(9.0, -9.0)[0], 200.0);
    }

    #[test]
    fn nearest_sampling_does_not_blend() {
        let texture = Texture::new(&ImageDelta::full(grey([2, 1], &[0, 200]), TextureOptions::NEAREST));
        assert_eq!(texture.sample(0.99, 0.5)[0], 0.0);
        assert_eq!(texture.sample(1.0, 0.5)[0], 200.0);
    }

    #[test]
    fn a_patch_changes_its_part_only() {
        let mut texture = Texture::new(&ImageDelta::full(grey([3, 2], &[1; 6]), TextureOptions::LINEAR));
        texture.patch([1, 1], &ImageDelta::partial([1, 1], grey([2, 1], &[7, 8]), TextureOptions::LINEAR));
        let row = |y| [0, 1, 2].map(|x| texture.texel(x, y)[0]);
        assert_eq!((row(0), row(1)), ([1, 1, 1], [1, 7, 8]));
    }
}
