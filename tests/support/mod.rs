//! What the tests outside the library share.

use postil::window::offscreen::Renderer;

/// Lets `egui_kittest` take its pictures with the window's own renderer: no graphics card, the same bytes on every machine.
///
/// `Harness::builder().renderer(Soft::default())`, then `harness.snapshot("name")`.
#[derive(Default)]
pub struct Soft(Renderer);

impl egui_kittest::TestRenderer for Soft {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.update(delta);
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let pixels_per_point = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), pixels_per_point);
        let pixels = [size.x.round() as u32, size.y.round() as u32];
        Ok(self.0.render(&primitives, pixels, pixels_per_point))
    }
}
