//! Right-to-left words anywhere in the window: labels, buttons, menus, tables, charts, hover texts.
//!
//! egui's text follows no bidirectional algorithm: it draws each run of one font in its own direction and sets the runs from left to right.
//! So once a frame is painted, every row of text with right-to-left letters is set anew by the article's engine, which orders it as UAX #9
//! wants, and takes the other's place among what was painted. No widget has to know of it, rows break and end where egui broke them, and
//! the accessibility tree has the words as they are written.
//!
//! A field in which one writes keeps egui's order while it has the keyboard, because its caret and selection go by that: its places are
//! looked up from left to right in a row's glyphs, which an ordered row would lead astray. A line beneath it shows what is written in order.

use egui::epaint::text::Galley;
use egui::epaint::{ClippedShape, TextShape};
use egui::layers::ShapeIdx;
use egui::text_edit::TextEditState;
use egui::{
    Color32, Context, FontId, Id, LayerId, Order, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::look::Tokens;
use super::one_line::{Shaped, has_rtl};
use super::text_page::layout::{self, TextLook};

/// Puts right-to-left words in order at the end of each pass.
#[derive(Debug, Default)]
pub struct Bidi;

impl egui::Plugin for Bidi {
    fn debug_name(&self) -> &'static str {
        "bidi"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let found = texts(&ctx, ui.layer_id());
        if found.is_empty() {
            return;
        }
        let field = field_with_keyboard(&ctx);
        let mut written = None;
        for (layer, at, mut clipped) in found {
            let clip = clipped.clip_rect;
            if let (Some(field), Shape::Text(text)) = (field, &clipped.shape)
                && field.intersects(clip)
                && field.expand(1.0).contains_rect(clip.intersect(text.visual_bounding_rect()))
            {
                written.get_or_insert_with(|| (field, text.clone()));
                continue;
            }
            put_in_order(ui, clip, &mut clipped.shape);
            ctx.graphics_mut(|all| all.entry(layer).set(at, clip, clipped.shape));
        }
        if let Some((field, text)) = written {
            echo(ui, field, &text);
        }
    }
}

/// Everything that was painted in this pass and holds right-to-left letters.
fn texts(ctx: &Context, root: LayerId) -> Vec<(LayerId, ShapeIdx, ClippedShape)> {
    let mut layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    for layer in [root, LayerId::background()] {
        if !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    let mut found = Vec::new();
    ctx.graphics(|all| {
        for layer in layers {
            let Some(list) = all.get(layer) else { continue };
            for (at, clipped) in list.all_entries().enumerate() {
                if wants_order(&clipped.shape) {
                    found.push((layer, ShapeIdx(at), clipped.clone()));
                }
            }
        }
    });
    found
}

fn wants_order(shape: &Shape) -> bool {
    match shape {
        Shape::Text(text) => has_rtl(text.galley.text()),
        Shape::Vec(shapes) => shapes.iter().any(wants_order),
        _ => false,
    }
}

/// Where the field is that one writes in, if one does.
fn field_with_keyboard(ctx: &Context) -> Option<Rect> {
    let id = ctx.memory(|memory| memory.focused())?;
    TextEditState::load(ctx, id)?;
    ctx.read_response(id).map(|response| response.rect)
}

fn put_in_order(ui: &Ui, clip: Rect, shape: &mut Shape) {
    match shape {
        Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| put_in_order(ui, clip, shape)),
        Shape::Text(text) if has_rtl(text.galley.text()) && text.visual_bounding_rect().intersects(clip) => {
            *shape = ordered(ui, clip, text);
        }
        _ => {}
    }
}

/// A text's rows set anew.
fn ordered(ui: &Ui, clip: Rect, text: &TextShape) -> Shape {
    let (font, ink) = looks(text);
    let galley = &text.galley;
    paint_apart(ui.ctx(), clip, |painter| {
        for (row, words) in galley.rows.iter().zip(rows_of(galley)) {
            if words.trim().is_empty() {
                continue;
            }
            let whole = words.trim_end_matches(['\n', ' ']);
            // What was cut short is cut anew: the letters that egui left are not in order either.
            let cut = galley.elided && row.glyphs.last().is_some_and(|glyph| glyph.chr == '…');
            let width = if cut { row.size.x.max(galley.rect.width()) } else { f32::INFINITY };
            let line = Shaped::within(ui, whole, width, &font, ink, layout::direction_of(galley.text()));
            let down = (row.height() - line.size().y) / 2.0;
            line.paint(painter, text.pos + row.pos.to_vec2() + vec2(0.0, down));
        }
    })
}

/// The font and the colour in which a text is drawn, by its beginning.
fn looks(text: &TextShape) -> (FontId, Color32) {
    let format = text.galley.job.sections.first().map(|section| section.format.clone()).unwrap_or_default();
    let own = if format.color == Color32::PLACEHOLDER { text.fallback_color } else { format.color };
    let ink = text.override_text_color.unwrap_or(own).gamma_multiply(text.opacity_factor);
    (format.font_id, ink)
}

/// What each row of a galley says. Its glyphs do not tell: in a right-to-left run they are turned round and some stand there twice. But all
/// other characters are there once, so a row is as much of the text as holds as many of those.
pub fn rows_of(galley: &Galley) -> Vec<&str> {
    let text = galley.text();
    let mut rows = Vec::with_capacity(galley.rows.len());
    let mut from = 0;
    for (n, row) in galley.rows.iter().enumerate() {
        if n + 1 == galley.rows.len() {
            rows.push(&text[from..]);
            break;
        }
        let mut left = row.glyphs.iter().filter(|glyph| !is_rtl(glyph.chr)).count();
        let ends_in_rtl = row.glyphs.last().is_some_and(|glyph| is_rtl(glyph.chr));
        let mut to = text.len();
        for (at, c) in text[from..].char_indices() {
            if c == '\n' && row.ends_with_newline && left == 0 {
                to = from + at + 1;
                break;
            }
            let stays = is_rtl(c) && (left > 0 || ends_in_rtl);
            if !stays && left == 0 {
                to = from + at;
                break;
            }
            left -= usize::from(!is_rtl(c));
        }
        rows.push(&text[from..to]);
        from = to;
    }
    rows
}

fn is_rtl(c: char) -> bool {
    has_rtl(c.encode_utf8(&mut [0; 4]))
}

/// Lets something be painted, and gives what was painted instead of leaving it there.
fn paint_apart(ctx: &Context, clip: Rect, paint: impl FnOnce(&Painter)) -> Shape {
    let layer = LayerId::new(Order::Background, Id::unique("bidi"));
    let from = ctx.graphics_mut(|all| all.entry(layer).next_idx().0);
    paint(&ctx.layer_painter(layer).with_clip_rect(clip));
    let shapes = ctx.graphics_mut(|all| {
        let list = all.entry(layer);
        let mut shapes = Vec::new();
        for at in from..list.next_idx().0 {
            list.mutate_shape(ShapeIdx(at), |there| {
                shapes.push(std::mem::replace(&mut there.shape, Shape::Noop))
            });
        }
        shapes
    });
    Shape::Vec(shapes)
}

/// Shows what is written in a field in order, beneath it, or above where there is no room.
fn echo(ui: &Ui, field: Rect, text: &TextShape) {
    let t = Tokens::of(ui.theme());
    let font = text.galley.job.sections.first().map(|s| s.format.font_id.clone()).unwrap_or_default();
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let width = field.width().max(160.0) - 12.0;
    let words = text.galley.text();
    let look = TextLook {
        font,
        line_height,
        width,
        ink: t.text,
        faint_ink: t.text_soft,
        faint_until: 0,
        family: None,
        rtl: layout::direction_of(words),
    };
    let layout = layout::lay_out(ui, words, &look);
    let rows = layout.rows();
    let height = rows.last().map_or(line_height, |row| row.top + row.height);
    let size = vec2(width + 12.0, height + 6.0);
    let screen = ui.ctx().content_rect();
    let below = field.bottom() + 3.0 + size.y <= screen.bottom();
    let top = if below { field.bottom() + 3.0 } else { field.top() - 3.0 - size.y };
    let rect = Rect::from_min_size(pos2(field.left(), top), size);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("bidi-echo")));
    painter.rect(rect, 4.0, t.raised, Stroke::new(1.0, t.line), StrokeKind::Inside);
    layout.paint(&painter, rect.min + vec2(6.0, 3.0), &vec![0.0; rows.len()]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ctx() -> Context {
        let ctx = Context::default();
        super::super::look::install(&ctx);
        ctx
    }

    fn galley(ui: &Ui, text: &str, width: f32) -> std::sync::Arc<Galley> {
        let job =
            egui::text::LayoutJob::simple(text.to_owned(), FontId::proportional(13.0), Color32::BLACK, width);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn in_frame(ctx: &Context, show: impl FnMut(&mut Ui)) -> egui::FullOutput {
        let mut output = ctx.run_ui(egui::RawInput::default(), show);
        output.textures_delta.clear();
        output
    }

    fn words() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "שלום",
            "עולם",
            "יעל",
            "عربي",
            "سلام",
            "אבגד12",
            "2026",
            "12.5",
            "abc",
            "Orlov",
            "слово",
            "(",
            ")",
            "—",
            "«",
            "»",
            ":",
        ]);
        prop::collection::vec((word, prop::sample::select(vec![" ", " ", "", "-"])), 1..12)
            .prop_map(|pairs| pairs.into_iter().map(|(w, s)| format!("{w}{s}")).collect())
    }

    proptest! {
        /// Rows hold the whole text, each piece once, wherever it breaks.
        #[test]
        fn rows_are_the_text(text in words(), width in 60f32..400.0) {
            let ctx = ctx();
            let mut rows = Vec::new();
            in_frame(&ctx, |ui| {
                let galley = galley(ui, &text, width);
                rows = rows_of(&galley).into_iter().map(str::to_owned).collect();
            });
            prop_assert_eq!(rows.concat(), text);
        }

        /// Clusters lie on a line from left to right as unicode-bidi orders them.
        #[test]
        fn a_line_is_in_the_order_of_unicode_bidi(text in words()) {
            let ctx = ctx();
            let mut drawn: Vec<(f32, std::ops::Range<usize>)> = Vec::new();
            in_frame(&ctx, |ui| {
                let line = Shaped::within(ui, &text, f32::INFINITY, &FontId::proportional(13.0), Color32::BLACK, layout::direction_of(&text));
                drawn = line.clusters().into_iter().map(|(bytes, x0, x1)| (x0.min(x1), bytes)).collect();
            });
            drawn.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.start.cmp(&b.1.start)));
            let base = layout::direction_of(&text).map(|rtl| if rtl { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() });
            let info = unicode_bidi::BidiInfo::new(&text, Some(base.unwrap_or_else(unicode_bidi::Level::ltr)));
            let paragraph = &info.paragraphs[0];
            let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
            let mut wanted: Vec<usize> = Vec::new();
            for run in runs {
                let mut starts: Vec<usize> = text[run.clone()].char_indices().map(|(at, _)| run.start + at).collect();
                if levels[run.start].is_rtl() {
                    starts.reverse();
                }
                wanted.extend(starts);
            }
            // A cluster may hold several characters (a ligature): each is asked for by its first.
            let firsts: Vec<usize> = drawn.iter().map(|(_, bytes)| bytes.start).collect();
            let wanted: Vec<usize> = wanted.into_iter().filter(|at| firsts.contains(at)).collect();
            // Spaces that end a line have no room.
            let end = text.trim_end().len();
            let seen = |all: Vec<usize>| all.into_iter().filter(|at| *at < end).collect::<Vec<_>>();
            prop_assert_eq!(seen(firsts), seen(wanted), "{}", text);
        }
    }

    #[test]
    fn labels_buttons_and_menus_are_put_in_order_and_other_text_is_left_alone() {
        let ctx = ctx();
        let output = in_frame(&ctx, |ui| {
            ui.label("יעל כהן 12");
            let _button = ui.button("עברית");
            ui.label("Слово, word");
        });
        let texts: Vec<String> = (output.shapes.iter())
            .filter_map(|clipped| match &clipped.shape {
                Shape::Text(text) => Some(text.galley.text().to_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["Слово, word"], "the others are set by the article's engine");
        let meshes = output.shapes.iter().filter(|clipped| {
            matches!(&clipped.shape, Shape::Vec(shapes) if shapes.iter().any(|s| matches!(s, Shape::Mesh(_))))
        });
        assert_eq!(meshes.count(), 2);
    }

    #[test]
    fn a_field_with_the_keyboard_keeps_its_order_and_has_an_echo() {
        let ctx = ctx();
        let mut text = "יעל כהן 12".to_owned();
        let mut output = egui::FullOutput::default();
        for _ in 0..3 {
            output = in_frame(&ctx, |ui| {
                ui.text_edit_singleline(&mut text).request_focus();
            });
        }
        let raw = |c: &&ClippedShape| matches!(&c.shape, Shape::Text(text) if has_rtl(text.galley.text()));
        assert_eq!(output.shapes.iter().filter(raw).count(), 1);
        let meshes = output.shapes.iter().filter(|c| matches!(&c.shape, Shape::Mesh(_))).count();
        assert!(meshes >= 1, "the echo beneath it");
    }
}
