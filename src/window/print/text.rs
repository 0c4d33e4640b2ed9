//! Text for paper, set by parley: glyphs with their places, and where ranges of bytes lie.

use std::borrow::Cow;
use std::ops::Range;

use egui::Color32;
use parley::{
    Affinity, Alignment, AlignmentOptions, Cursor, FontContext, FontData, FontFamily, FontFamilyName, Layout,
    LayoutContext, LineHeight, OverflowWrap, Selection, StyleProperty,
};

use super::super::fonts;

/// One glyph, in points from the left edge of its text and its baseline.
#[derive(Clone, Debug)]
pub(super) struct GlyphAt {
    pub id: u32,
    pub x: f32,
    pub y: f32,
    pub advance: f32,
    /// The bytes that it shows.
    pub bytes: Range<usize>,
}

/// Glyphs of one font on one line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub font: FontData,
    pub size: f32,
    /// Distance from the left edge of the text to the first glyph.
    pub x: f32,
    pub glyphs: Vec<GlyphAt>,
}

/// One line of a text.
#[derive(Clone, Debug)]
pub(super) struct SetLine {
    pub runs: Vec<Run>,
    pub height: f32,
    /// From the line's top.
    pub baseline: f32,
    pub width: f32,
}

/// How a text is to be set.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    pub families: &'a [String],
    pub size: f32,
    pub line_height: f32,
    pub colour: Color32,
}

/// A text that was set.
pub(super) struct SetText {
    layout: Layout<[u8; 4]>,
}

/// Sets texts; keeps fonts and what is needed again.
pub(super) struct Setter {
    fonts: FontContext,
    contexts: LayoutContext<[u8; 4]>,
}

impl Setter {
    pub fn new() -> Self {
        let mut fonts = FontContext::new();
        fonts.collection = fonts::collection(true);
        Self { fonts, contexts: LayoutContext::new() }
    }

    /// Sets a text in lines of at most this width, in points.
    pub fn set(&mut self, text: &str, style: Style<'_>, width: f32) -> SetText {
        let names = style
            .families
            .iter()
            .chain(&fonts::emoji_families())
            .map(|name| FontFamilyName::Named(Cow::Owned(name.clone())))
            .collect::<Vec<_>>();
        let mut builder = self.contexts.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(names.into())));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(style.line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Brush(style.colour.to_array()));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        SetText { layout }
    }

    /// How wide a short text is on one line.
    pub fn width(&mut self, text: &str, style: Style<'_>) -> f32 {
        self.set(text, style, f32::INFINITY).layout.width()
    }
}

impl SetText {
    pub fn lines(&self) -> Vec<SetLine> {
        self.layout
            .lines()
            .map(|line| {
                let metrics = *line.metrics();
                let mut x = metrics.offset;
                let mut runs = Vec::new();
                for run in line.runs() {
                    let begin = x;
                    let mut glyphs: Vec<GlyphAt> = Vec::new();
                    for cluster in run.visual_clusters() {
                        if cluster.is_ligature_continuation() {
                            if let Some(last) = glyphs.last_mut() {
                                last.bytes.end = last.bytes.end.max(cluster.text_range().end);
                            }
                            continue;
                        }
                        for glyph in cluster.glyphs() {
                            glyphs.push(GlyphAt {
                                id: glyph.id,
                                x: x - begin + glyph.x,
                                y: glyph.y,
                                advance: glyph.advance,
                                bytes: cluster.text_range(),
                            });
                            x += glyph.advance;
                        }
                    }
                    runs.push(Run { font: run.font().clone(), size: run.font_size(), x: begin, glyphs });
                }
                let width = metrics.offset + metrics.advance - metrics.hanging_advance;
                SetLine {
                    runs,
                    height: metrics.line_height,
                    baseline: metrics.baseline - metrics.block_min_coord,
                    width,
                }
            })
            .collect()
    }

    /// Where a range of bytes lies: for each line it touches the extents, left and right.
    pub fn extents(&self, bytes: Range<usize>) -> Vec<(usize, f32, f32)> {
        let at = |byte| Cursor::from_byte_index(&self.layout, byte, Affinity::Downstream);
        let mut found = Vec::new();
        Selection::new(at(bytes.start), at(bytes.end)).geometry_with(&self.layout, |rect, line| {
            found.push((line, rect.x0 as f32, rect.x1 as f32));
        });
        found
    }
}
