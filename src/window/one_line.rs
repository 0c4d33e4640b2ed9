//! Lines of text outside the article: in lists, chips, at the page's edge. egui's own text puts right-to-left words in the wrong order, so
//! what has such letters is set by the article's engine; all else stays with egui, which keeps its galleys anyway.

use std::rc::Rc;
use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Color32, FontId, Galley, Painter, Pos2, Response, RichText, Role, Sense, Ui, Vec2, WidgetInfo, vec2,
};

use super::text_page::layout::{self, BlockLayout, TextLook};

/// Wide enough that no line breaks, and narrow enough that places on it are exact to a hundredth of a point.
const ENDLESS: f32 = 20_000.0;

/// A line, ready to be painted.
pub(in crate::window) enum OneLine {
    /// Set by egui.
    Plain(Arc<Galley>),
    /// Set by the article's engine.
    Shaped(Shaped),
}

/// A line with its first row's extent.
pub(in crate::window) struct Shaped {
    layout: Rc<dyn BlockLayout>,
    left: f32,
    size: Vec2,
}

impl OneLine {
    /// Sets a text in one line no wider than `width`, with an ellipsis if some had to go.
    pub fn new(ui: &Ui, text: &str, width: f32, font: FontId, ink: Color32) -> Self {
        if !has_rtl(text) {
            let mut job = LayoutJob::simple(text.replace('\n', " "), font, ink, f32::INFINITY);
            job.wrap = TextWrapping::truncate_at_width(width.max(10.0));
            return Self::Plain(ui.fonts_mut(|fonts| fonts.layout_job(job)));
        }
        // One letter of a right-to-left script turns the line only if it comes first.
        Self::Shaped(Shaped::within(ui, text, width, &font, ink, None))
    }

    /// How much room it takes.
    pub fn size(&self) -> Vec2 {
        match self {
            Self::Plain(galley) => galley.size(),
            Self::Shaped(shaped) => shaped.size,
        }
    }

    /// How high its first row is.
    pub fn row_height(&self) -> f32 {
        match self {
            Self::Plain(galley) => galley.rows.first().map_or(galley.size().y, |row| row.height()),
            Self::Shaped(shaped) => shaped.size.y,
        }
    }

    /// Paints it with its left top corner at a place.
    pub fn paint(self, painter: &Painter, at: Pos2, ink: Color32) {
        match self {
            Self::Plain(galley) => {
                painter.galley(at, galley, ink);
            }
            Self::Shaped(shaped) => shaped.paint(painter, at),
        }
    }
}

/// A label that may have several rows. Right-to-left words are in their order, where a label of egui's would turn them round.
pub(in crate::window) fn label(ui: &mut Ui, text: &str, font: FontId, ink: Color32) -> Response {
    if !has_rtl(text) {
        return ui.label(RichText::new(text).font(font).color(ink));
    }
    let width = ui.available_width().clamp(40.0, 2_000.0);
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let look =
        TextLook { font, line_height, width, ink, faint_ink: ink, faint_until: 0, family: None, rtl: None };
    let layout = layout::lay_out(ui, text, &look);
    let rows = layout.rows();
    let height = rows.last().map_or(line_height, |row| row.top + row.height);
    // One row takes the room it needs, so that something may stand beside it.
    let (mut left, mut right) = (0.0, width);
    if rows.len() == 1 {
        (left, right) = extent(&*layout, text.len());
    }
    let (rect, response) = ui.allocate_exact_size(vec2(right - left, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    if ui.is_rect_visible(rect) {
        layout.paint(ui.painter(), rect.min - vec2(left, 0.0), &vec![0.0; rows.len()]);
    }
    response
}

/// From where to where a layout's text reaches.
fn extent(layout: &dyn BlockLayout, bytes: usize) -> (f32, f32) {
    let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
    layout.pieces(0..bytes, &mut |_, piece| {
        left = left.min(piece.x0);
        right = right.max(piece.x1);
    });
    if left > right { (0.0, 0.0) } else { (left, right) }
}

impl Shaped {
    /// Sets a text in one line no wider than `width`, with an ellipsis if some had to go. `rtl` is its direction where that is known; else its
    /// first letter decides.
    pub fn within(ui: &Ui, text: &str, width: f32, font: &FontId, ink: Color32, rtl: Option<bool>) -> Self {
        let text = text.replace('\n', " ");
        let whole = Self::new(ui, &text, font, ink, rtl);
        if whole.size.x <= width {
            return whole;
        }
        let fits = whole.bytes_within(width - font.size * 0.9);
        let short = format!("{}…", text[..text.floor_char_boundary(fits)].trim_end());
        Self::new(ui, &short, font, ink, rtl)
    }

    /// How much room it takes.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Paints it with its left top corner at a place.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        self.layout.paint(painter, at - vec2(self.left, 0.0), &[0.0]);
    }

    /// Its clusters in the order of the text: bytes, left and right edge.
    #[cfg(test)]
    pub fn clusters(&self) -> Vec<(std::ops::Range<usize>, f32, f32)> {
        self.layout.runs().into_iter().flat_map(|run| run.clusters).collect()
    }

    fn new(ui: &Ui, text: &str, font: &FontId, ink: Color32, rtl: Option<bool>) -> Self {
        let line_height = ui.fonts_mut(|fonts| fonts.row_height(font));
        let look = TextLook {
            font: font.clone(),
            line_height,
            width: ENDLESS,
            ink,
            faint_ink: ink,
            faint_until: 0,
            family: None,
            rtl,
        };
        let layout = layout::lay_out(ui, text, &look);
        let (left, right) = extent(&*layout, text.len());
        let height = layout.rows().first().map_or(line_height, |row| row.height);
        Self { layout, left, size: vec2(right - left, height) }
    }

    /// How many bytes from the text's beginning have room in a width, by whole clusters.
    fn bytes_within(&self, width: f32) -> usize {
        let mut clusters: Vec<_> = self.layout.runs().into_iter().flat_map(|run| run.clusters).collect();
        clusters.sort_by_key(|(bytes, ..)| bytes.start);
        let mut left = width;
        let mut fits = 0;
        for (bytes, x0, x1) in clusters {
            left -= (x1 - x0).abs();
            if left < 0.0 {
                break;
            }
            fits = bytes.end;
        }
        fits
    }
}

/// Whether a text has a letter of a right-to-left script: by the blocks that Unicode sets apart for them (UAX #9, table of default classes).
pub(in crate::window) fn has_rtl(text: &str) -> bool {
    let rtl = |c: char| {
        matches!(c,
            '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        )
    };
    // The first bytes of all such letters in UTF-8; those of most others are not among them.
    let may = |byte: &u8| matches!(byte, 0xD6..=0xE0 | 0xEF | 0xF0);
    text.as_bytes().iter().any(may) && text.chars().any(rtl)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, width: f32) -> OneLine {
        let ctx = egui::Context::default();
        super::super::look::install(&ctx);
        let mut made = None;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            made = Some(OneLine::new(ui, text, width, FontId::proportional(13.0), Color32::BLACK));
        });
        output.textures_delta.clear();
        made.unwrap()
    }

    fn x_of(line: &Shaped, bytes: std::ops::Range<usize>) -> f32 {
        let mut x = f32::NAN;
        line.layout.pieces(bytes, &mut |_, piece| x = piece.x0 - line.left);
        x
    }

    #[test]
    fn hebrew_begins_at_the_right_and_its_digits_keep_their_order() {
        let text = "שלום 12";
        let OneLine::Shaped(line) = line(text, 300.0) else { panic!("set by egui") };
        assert!(x_of(&line, 0..2) > x_of(&line, 6..8), "the first letter is right of the last");
        assert!(x_of(&line, 9..10) < x_of(&line, 10..11), "1 is left of 2");
        assert!(x_of(&line, 9..10).abs() < 1.0, "and the line begins where it is put");
    }

    #[test]
    fn too_long_a_line_loses_its_end_and_fits() {
        let text = "שלום ".repeat(40);
        let long = line(&text, 5_000.0).size().x;
        let OneLine::Shaped(short) = line(&text, 120.0) else { panic!("set by egui") };
        assert!(long > 500.0 && (60.0..=120.0).contains(&short.size.x), "{long} {}", short.size.x);
    }

    #[test]
    fn other_scripts_stay_with_egui() {
        assert!(matches!(line("Слово word 字", 300.0), OneLine::Plain(_)));
        assert!(has_rtl("слово עברית") && has_rtl("العربية") && !has_rtl("ascii, кириллица, 漢字, हिन्दी"));
    }
}
