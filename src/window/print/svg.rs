//! The sheet as one picture: outlines in an SVG, or dots in a PNG.

use std::collections::HashMap;
use std::fmt::Write as _;

use swash::FontRef;
use swash::scale::ScaleContext;
use swash::zeno::{Command, PathData as _};

use super::super::look::LinePattern;
use super::sheet::{Item, lines};
use super::text::Run;
use super::{Paper, PaperError, hex};

const WIDTH: f32 = 720.0;
const MARGIN: f32 = 40.0;
/// Higher than this no program shows an SVG well.
const HIGHEST_SVG: f32 = 60_000.0;
/// What PNG readers take without complaint, at two dots to a point.
const HIGHEST_PNG: f32 = 16_000.0;

/// The text of an SVG file.
pub(super) fn picture(paper: &Paper<'_>) -> Result<String, PaperError> {
    drawn(paper, HIGHEST_SVG)
}

fn drawn(paper: &Paper<'_>, most: f32) -> Result<String, PaperError> {
    let all = lines(paper, WIDTH - 2.0 * MARGIN);
    let height = all.iter().map(|line| line.height).sum::<f32>() + 2.0 * MARGIN;
    if height > most {
        return Err(PaperError::TooHigh { height: height as u32, most: most as u32 });
    }
    let mut drawing = Drawing {
        body: String::new(),
        outlines: HashMap::new(),
        scale: ScaleContext::new(),
        defs: String::new(),
    };
    let mut top = MARGIN;
    for line in &all {
        for item in &line.items {
            drawing.item(item, top);
        }
        top += line.height;
    }
    let (title, _) = paper.heading();
    // Writing to a String cannot fail.
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{WIDTH}\" height=\"{height:.0}\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<defs>\n{}</defs>\n{}</svg>\n",
        super::html::escaped(&title),
        drawing.defs,
        drawing.body
    ))
}

/// The bytes of a PNG, two dots to a point.
pub(super) fn dots(paper: &Paper<'_>) -> Result<Vec<u8>, PaperError> {
    let refused = |error: String| PaperError::Refused("PNG", error);
    let svg = drawn(paper, HIGHEST_PNG)?;
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default())
        .map_err(|e| refused(e.to_string()))?;
    let size = tree.size();
    let (width, height) = ((size.width() * 2.0) as u32, (size.height() * 2.0) as u32);
    let mut map =
        resvg::tiny_skia::Pixmap::new(width, height).ok_or_else(|| refused("it has no area".to_owned()))?;
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(2.0, 2.0), &mut map.as_mut());
    // The ground is opaque, so nothing is premultiplied by anything but 1.
    let picture = image::RgbaImage::from_raw(width, height, map.take())
        .ok_or_else(|| refused("its size is wrong".to_owned()))?;
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).map_err(|error| refused(error.to_string()))?;
    Ok(bytes.into_inner())
}

struct Drawing {
    body: String,
    defs: String,
    /// The name of each outline that is in `defs`; `None` for glyphs without one, such as spaces.
    outlines: HashMap<(u64, u32, u32), Option<usize>>,
    scale: ScaleContext,
}

impl Drawing {
    fn item(&mut self, item: &Item, top: f32) {
        let left = MARGIN;
        // Writing to a String cannot fail.
        let _ = match item {
            Item::Ground { x, y, width, height, radius, colour } => writeln!(
                self.body,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" rx=\"{radius}\" fill=\"{}\"/>",
                left + x,
                top + y,
                hex(*colour)
            ),
            Item::Rule { x0, x1, y, colour, pattern } => {
                let rules: &[f32] = if *pattern == LinePattern::Double { &[-0.7, 0.7] } else { &[0.0] };
                for shift in rules {
                    self.rule(left + x0, left + x1, top + y + shift, &hex(*colour), *pattern);
                }
                Ok(())
            }
            Item::Text { x, baseline, colour, run, .. } => {
                self.text(left + x, top + baseline, &hex(*colour), run);
                Ok(())
            }
        };
    }

    fn rule(&mut self, x0: f32, x1: f32, y: f32, colour: &str, pattern: LinePattern) {
        let (width, dash) = pen(pattern);
        let mut path = format!("M{x0:.2} {y:.2}");
        match pattern {
            LinePattern::Wavy => wave(x0, x1, y).into_iter().for_each(|(x, y)| {
                let _ = write!(path, "L{x:.2} {y:.2}");
            }),
            _ => {
                let _ = write!(path, "H{x1:.2}");
            }
        }
        let dash = match dash {
            [] => String::new(),
            some => format!(
                " stroke-dasharray=\"{}\"",
                some.iter().map(f32::to_string).collect::<Vec<_>>().join(" ")
            ),
        };
        let _ = writeln!(
            self.body,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash}/>"
        );
    }

    fn text(&mut self, x: f32, baseline: f32, colour: &str, run: &Run) {
        let _ = write!(self.body, "<g fill=\"{colour}\">");
        for glyph in &run.glyphs {
            if let Some(outline) = self.outline(run, glyph.id) {
                // Outlines are of a thousand units to the size, so that every size shares them.
                let scale = run.size / 1000.0;
                let _ = write!(
                    self.body,
                    "<use xlink:href=\"#g{outline}\" transform=\"translate({:.2} {:.2}) scale({scale:.5} {:.5})\"/>",
                    x + glyph.x,
                    baseline - glyph.y,
                    -scale
                );
            }
        }
        self.body.push_str("</g>\n");
    }

    fn outline(&mut self, run: &Run, glyph: u32) -> Option<usize> {
        let next = self.outlines.len();
        let key = (run.font.data.id(), run.font.index, glyph);
        if let Some(known) = self.outlines.get(&key) {
            return *known;
        }
        let path = outline(&mut self.scale, run, glyph);
        let name = path.map(|path| {
            let _ = writeln!(self.defs, "<path id=\"g{next}\" d=\"{path}\"/>");
            next
        });
        self.outlines.insert(key, name);
        name
    }
}

fn outline(scale: &mut ScaleContext, run: &Run, glyph: u32) -> Option<String> {
    let font = FontRef::from_index(run.font.data.data(), run.font.index as usize)?;
    let outline =
        scale.builder(font).size(1000.0).hint(false).build().scale_outline(u16::try_from(glyph).ok()?)?;
    let mut path = String::new();
    for command in outline.path().commands() {
        let _ = match command {
            Command::MoveTo(p) => write!(path, "M{:.0} {:.0}", p.x, p.y),
            Command::LineTo(p) => write!(path, "L{:.0} {:.0}", p.x, p.y),
            Command::QuadTo(a, p) => write!(path, "Q{:.0} {:.0} {:.0} {:.0}", a.x, a.y, p.x, p.y),
            Command::CurveTo(a, b, p) => {
                write!(path, "C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}", a.x, a.y, b.x, b.y, p.x, p.y)
            }
            Command::Close => write!(path, "Z"),
        };
    }
    (!path.is_empty()).then_some(path)
}

/// Width and dashes of an underline.
pub(super) fn pen(pattern: LinePattern) -> (f32, &'static [f32]) {
    match pattern {
        LinePattern::Solid | LinePattern::Wavy => (1.1, &[]),
        LinePattern::Double => (0.7, &[]),
        LinePattern::Dashed => (1.2, &[4.0, 2.0]),
        LinePattern::Dotted => (1.3, &[1.3, 1.8]),
        LinePattern::Thick => (2.0, &[]),
        LinePattern::DashDot => (1.2, &[4.0, 1.6, 1.2, 1.6]),
    }
}

/// The corners of a wavy line after its start.
pub(super) fn wave(x0: f32, x1: f32, y: f32) -> Vec<(f32, f32)> {
    const STEP: f32 = 1.6;
    let steps = ((x1 - x0) / STEP).floor() as usize;
    (1..=steps).map(|n| (x0 + n as f32 * STEP, y + if n % 2 == 0 { -0.7 } else { 0.7 })).collect()
}
