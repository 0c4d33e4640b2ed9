//! A chart as a list of shapes: painted on the screen, written as SVG and rendered as PNG from one and the same description, so that
//! what is exported is what was seen.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, Vec2, pos2};
use std::fmt::Write as _;

use crate::window::look;

/// One shape. Places are points from the chart's upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Area {
        /// Where.
        rect: Rect,
        /// What it is filled with.
        fill: Color32,
        /// Its edge, if it has one.
        edge: Option<Color32>,
    },
    /// A line through points.
    Line {
        /// The points, at least two.
        points: Vec<Pos2>,
        /// Its colour.
        ink: Color32,
        /// Its width in points.
        width: f32,
    },
    /// A disc.
    Dot {
        /// Its middle.
        at: Pos2,
        /// Its radius in points.
        radius: f32,
        /// Its colour.
        ink: Color32,
    },
    /// A line of text.
    Words {
        /// The anchor.
        at: Pos2,
        /// Which point of the text the anchor is.
        align: Align2,
        /// What it says.
        text: String,
        /// Its height in points.
        size: f32,
        /// Its colour.
        ink: Color32,
        /// Whether it is bold.
        bold: bool,
    },
}

/// A chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Its size in points.
    pub size: Vec2,
    /// What it is made of, in the order of painting.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// An empty chart.
    pub fn new(width: f32, height: f32) -> Self {
        Self { size: Vec2::new(width, height), shapes: Vec::new() }
    }

    /// Adds a rectangle.
    pub fn area(&mut self, rect: Rect, fill: Color32, edge: Option<Color32>) {
        self.shapes.push(Shape::Area { rect, fill, edge });
    }

    /// Adds a line.
    pub fn line(&mut self, points: Vec<Pos2>, ink: Color32, width: f32) {
        self.shapes.push(Shape::Line { points, ink, width });
    }

    /// Adds a disc.
    pub fn dot(&mut self, at: Pos2, radius: f32, ink: Color32) {
        self.shapes.push(Shape::Dot { at, radius, ink });
    }

    /// Adds a line of text.
    pub fn words(&mut self, at: Pos2, align: Align2, text: impl Into<String>, size: f32, ink: Color32) {
        self.shapes.push(Shape::Words { at, align, text: text.into(), size, ink, bold: false });
    }

    /// Adds a line of bold text.
    pub fn title(&mut self, at: Pos2, text: impl Into<String>, size: f32, ink: Color32) {
        let align = Align2::LEFT_TOP;
        self.shapes.push(Shape::Words { at, align, text: text.into(), size, ink, bold: true });
    }

    /// Paints it with its upper left corner at `origin`.
    pub fn paint(&self, painter: &Painter, origin: Pos2) {
        let there = origin.to_vec2();
        for shape in &self.shapes {
            match shape {
                Shape::Area { rect, fill, edge } => {
                    let stroke = edge.map_or(Stroke::NONE, |ink| Stroke::new(1.0, ink));
                    painter.rect(rect.translate(there), 0.0, *fill, stroke, egui::StrokeKind::Inside);
                }
                Shape::Line { points, ink, width } => {
                    let points = points.iter().map(|p| *p + there).collect();
                    painter.add(egui::Shape::line(points, Stroke::new(*width, *ink)));
                }
                Shape::Dot { at, radius, ink } => {
                    painter.circle_filled(*at + there, *radius, *ink);
                }
                Shape::Words { at, align, text, size, ink, bold } => {
                    let family = if *bold { look::bold() } else { egui::FontFamily::Proportional };
                    painter.text(*at + there, *align, text, FontId::new(*size, family), *ink);
                }
            }
        }
    }

    /// The chart as an SVG 1.1 document on a ground of this colour.
    pub fn svg(&self, ground: Color32) -> String {
        let (width, height) = (self.size.x, self.size.y);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"Noto Sans, sans-serif\">\n<rect width=\"100%\" height=\"100%\" {}/>\n",
            paint_of("fill", ground)
        );
        for shape in &self.shapes {
            // Writing to a String cannot fail.
            let _ = match shape {
                Shape::Area { rect, fill, edge } => {
                    let edge = edge.map(|ink| format!(" {}", paint_of("stroke", ink))).unwrap_or_default();
                    writeln!(
                        out,
                        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" {}{edge}/>",
                        rect.left(),
                        rect.top(),
                        rect.width(),
                        rect.height(),
                        paint_of("fill", *fill)
                    )
                }
                Shape::Line { points, ink, width } => {
                    let points: Vec<String> =
                        points.iter().map(|p| format!("{:.1},{:.1}", p.x, p.y)).collect();
                    writeln!(
                        out,
                        "<polyline points=\"{}\" fill=\"none\" stroke-width=\"{width}\" {}/>",
                        points.join(" "),
                        paint_of("stroke", *ink)
                    )
                }
                Shape::Dot { at, radius, ink } => {
                    let fill = paint_of("fill", *ink);
                    writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius}\" {fill}/>", at.x, at.y)
                }
                Shape::Words { at, align, text, size, ink, bold } => {
                    let anchor = match align.x() {
                        egui::Align::Min => "start",
                        egui::Align::Center => "middle",
                        egui::Align::Max => "end",
                    };
                    // A text's place in SVG is its base line; a capital letter is about 0.71 of the height.
                    let base = match align.y() {
                        egui::Align::Min => at.y + size * 0.95,
                        egui::Align::Center => at.y + size * 0.36,
                        egui::Align::Max => at.y - size * 0.25,
                    };
                    let weight = if *bold { " font-weight=\"bold\"" } else { "" };
                    writeln!(
                        out,
                        "<text x=\"{:.1}\" y=\"{base:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight} {}>{}</text>",
                        at.x,
                        paint_of("fill", *ink),
                        escaped(text)
                    )
                }
            };
        }
        out.push_str("</svg>\n");
        out
    }

    /// The chart as a PNG with two pixels to the point, on a ground of this colour.
    ///
    /// # Errors
    /// What the encoder says.
    pub fn png(&self, ground: Color32) -> Result<Vec<u8>, image::ImageError> {
        let drawing = self.clone();
        let stage = crate::window::offscreen::Stage::new(self.size, 2.0, (), move |ui, ()| {
            let painter = ui.painter();
            painter.rect_filled(ui.ctx().content_rect(), 0.0, ground);
            drawing.paint(painter, pos2(0.0, 0.0));
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        stage.picture().write_to(&mut bytes, image::ImageFormat::Png)?;
        Ok(bytes.into_inner())
    }
}

/// An SVG attribute that paints in a colour.
fn paint_of(what: &str, colour: Color32) -> String {
    let [r, g, b, a] = colour.to_srgba_unmultiplied();
    if a == 255 {
        format!("{what}=\"#{r:02x}{g:02x}{b:02x}\"")
    } else {
        format!("{what}=\"#{r:02x}{g:02x}{b:02x}\" {what}-opacity=\"{:.3}\"", f32::from(a) / 255.0)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::look::Tokens;

    fn sample() -> Drawing {
        let tokens = Tokens::of(egui::Theme::Light);
        let mut drawing = Drawing::new(120.0, 40.0);
        drawing.area(Rect::from_min_max(pos2(10.0, 10.0), pos2(50.0, 30.0)), tokens.accent, None);
        drawing.line(vec![pos2(0.0, 0.0), pos2(120.0, 40.0)], tokens.error, 2.0);
        drawing.words(pos2(60.0, 20.0), Align2::LEFT_CENTER, "a < b & «в»", 12.0, tokens.text);
        drawing
    }

    #[test]
    fn svg_is_well_formed_and_says_the_words() {
        let svg = sample().svg(Tokens::of(egui::Theme::Light).page);
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut elements = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Empty(_) | quick_xml::events::Event::Start(_) => elements += 1,
                _ => {}
            }
        }
        assert_eq!(elements, 5, "{svg}");
        assert!(svg.contains("a &lt; b &amp; «в»"));
    }

    #[test]
    fn the_png_shows_what_was_drawn() {
        let tokens = Tokens::of(egui::Theme::Light);
        let png = sample().png(tokens.page).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_rgba8();
        assert_eq!(picture.dimensions(), (240, 80));
        let [r, g, b, _] = tokens.accent.to_array();
        assert_eq!(&picture.get_pixel(30, 50).0[..3], [r, g, b], "inside the rectangle");
        let [r, g, b, _] = tokens.page.to_array();
        assert_eq!(&picture.get_pixel(2, 78).0[..3], [r, g, b], "the ground");
    }
}
