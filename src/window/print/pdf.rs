//! The sheet on pages of A4.

use std::collections::HashMap;

use egui::Color32;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::super::look::LinePattern;
use super::sheet::{Item, Line, lines};
use super::svg::wave;
use super::text::Run;
use super::{Paper, PaperError};

/// A4 in points.
const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;

/// The bytes of a PDF.
pub(super) fn document(paper: &Paper<'_>) -> Result<Vec<u8>, PaperError> {
    let refused = |what: &str| PaperError::Refused("PDF", what.to_owned());
    let all = lines(paper, PAGE.0 - 2.0 * MARGIN);
    let (title, _) = paper.heading();
    let mut document = Document::new();
    let mut metadata = Metadata::new().title(title).creator("Postil".to_owned());
    if let Some(language) = &paper.article.meta.language {
        metadata = metadata.language(language.clone());
    }
    document.set_metadata(metadata);
    let mut fonts: HashMap<(u64, u32), Option<Font>> = HashMap::new();
    for page_lines in pages(&all) {
        let settings =
            PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| refused("no page of this size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut y = MARGIN;
        for line in page_lines {
            for item in &line.items {
                draw(&mut surface, item, y, &mut fonts);
            }
            y += line.height;
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| PaperError::Refused("PDF", format!("{error:?}")))
}

/// The lines of each page. What must stand with the next line goes to the next page with it.
pub(super) fn pages(all: &[Line]) -> Vec<&[Line]> {
    let room = PAGE.1 - 2.0 * MARGIN;
    let (mut pages, mut start) = (Vec::new(), 0);
    while start < all.len() {
        let (mut end, mut height) = (start, 0.0);
        while end < all.len() && (height + all[end].height <= room || end == start) {
            height += all[end].height;
            end += 1;
        }
        let mut cut = end;
        while end < all.len() && cut > start + 1 && all[cut - 1].with_next {
            cut -= 1;
        }
        pages.push(&all[start..cut]);
        start = cut;
    }
    pages
}

fn fill(colour: Color32) -> Fill {
    Fill {
        paint: rgb::Color::new(colour.r(), colour.g(), colour.b()).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

fn draw(surface: &mut Surface<'_>, item: &Item, top: f32, fonts: &mut HashMap<(u64, u32), Option<Font>>) {
    let left = MARGIN;
    match item {
        Item::Ground { x, y, width, height, colour, .. } => {
            let rect = Rect::from_xywh(left + x, top + y, *width, *height);
            let path = rect.and_then(|rect| {
                let mut path = PathBuilder::new();
                path.push_rect(rect);
                path.finish()
            });
            if let Some(path) = path {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*colour)));
                surface.draw_path(&path);
            }
        }
        Item::Rule { x0, x1, y, colour, pattern } => {
            let rules: &[f32] = if *pattern == LinePattern::Double { &[-0.7, 0.7] } else { &[0.0] };
            for shift in rules {
                let Some(path) = rule(left + x0, left + x1, top + y + shift, *pattern) else { continue };
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*colour, *pattern)));
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
        }
        Item::Text { x, baseline, colour, run, text } => {
            let key = (run.font.data.id(), run.font.index);
            let font = fonts.entry(key).or_insert_with(|| {
                let (data, _) = run.font.data.clone().into_raw_parts();
                Font::new(data.into(), run.font.index)
            });
            if let Some(font) = font {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*colour)));
                let start = Point::from_xy(left + x, top + baseline);
                surface.draw_glyphs(start, &glyphs(run), font.clone(), text, run.size, false);
            }
        }
    }
}

fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let mut pen = 0.0;
    run.glyphs
        .iter()
        .map(|glyph| {
            let placed = KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / run.size,
                (glyph.x - pen) / run.size,
                glyph.y / run.size,
                0.0,
                glyph.bytes.clone(),
                None,
            );
            pen += glyph.advance;
            placed
        })
        .collect()
}

fn rule(x0: f32, x1: f32, y: f32, pattern: LinePattern) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(x0, y);
    match pattern {
        LinePattern::Wavy => wave(x0, x1, y).into_iter().for_each(|(x, y)| path.line_to(x, y)),
        _ => path.line_to(x1, y),
    }
    path.finish()
}

fn stroke(colour: Color32, pattern: LinePattern) -> Stroke {
    let (width, dash) = super::svg::pen(pattern);
    Stroke {
        paint: rgb::Color::new(colour.r(), colour.g(), colour.b()).into(),
        width,
        dash: (!dash.is_empty()).then(|| krilla::paint::StrokeDash { array: dash.to_vec(), offset: 0.0 }),
        ..Stroke::default()
    }
}
