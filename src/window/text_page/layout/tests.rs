//! Laws that hold for text of every script, checked with the built-in fonts alone.

use super::*;
use crate::text::{ceil_grapheme, floor_grapheme};
use egui::FontId;
use proptest::prelude::*;
use std::cell::RefCell;
use unicode_segmentation::UnicodeSegmentation;

thread_local! {
    static CONTEXT: RefCell<Option<egui::Context>> = const { RefCell::new(None) };
}

fn look(width: f32) -> TextLook {
    TextLook {
        font: FontId::new(17.0, crate::window::fonts::serif()),
        family: None,
        line_height: 28.0,
        width,
        ink: Color32::PLACEHOLDER,
        faint_ink: Color32::PLACEHOLDER,
        faint_until: 0,
        rtl: None,
    }
}

/// Lays out a text and hands the layout to `then`.
fn laid<R>(text: &str, look: &TextLook, then: impl FnOnce(&dyn BlockLayout) -> R) -> R {
    let ctx = CONTEXT.with(|known| {
        known
            .borrow_mut()
            .get_or_insert_with(|| {
                let ctx = egui::Context::default();
                crate::window::look::install(&ctx);
                ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
                ctx
            })
            .clone()
    });
    let (mut then, mut result) = (Some(then), None);
    let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
        if let Some(then) = then.take() {
            let look = TextLook { rtl: look.rtl.or(direction_of(text)), ..look.clone() };
            result = Some(then(&*lay_out(ui, text, &look)));
        }
    });
    output.textures_delta.clear();
    result.unwrap()
}

/// Texts that mix what a reader may meet: letters of ten scripts, numbers, brackets, emoji, controls, lone marks.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[а-яёa-z]{1,8}",
        4 => "[א-ת]{1,8}",
        4 => "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,8}",
        2 => "[क-ह][ि-्]?[क-ह]?",
        1 => "[ก-ฮ][ะ-ู]?[่-๋]?",
        1 => "[ა-ჰ]{1,4}",
        1 => "[一-三]{1,4}|[あ-お]{1,3}|[가-각]",
        3 => "[0-9]{1,4}([.,/][0-9]{1,2})?",
        3 => "[ ]{1,2}",
        2 => "[()«»,.:!?—-]",
        1 => Just("👩\u{200d}👩\u{200d}👧".to_owned()),
        1 => Just("🇺🇦".to_owned()),
        1 => "[\u{301}\u{5b8}\u{64e}\u{200c}\u{200d}\u{fe0f}]",
        1 => "[\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{ad}\u{feff}\u{2060}]",
        1 => "[\u{0}\u{1}\u{b}\u{c}\u{1b}\u{1c}\u{7f}\u{85}\u{2028}\u{2029}\t]",
        1 => any::<char>().prop_filter("a line of its own", |c| *c != '\n').prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().replace(['\n', '\r'], ""))
}

fn boundaries(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

/// Rows cover the text without a gap, cells cover the rows, every cell has a width.
fn rows_are_whole(text: &str, layout: &dyn BlockLayout) -> Result<(), TestCaseError> {
    let rows = layout.rows();
    prop_assert_eq!(rows[0].bytes.start, 0);
    prop_assert_eq!(rows[rows.len() - 1].bytes.end, text.len());
    for pair in rows.windows(2) {
        prop_assert_eq!(pair[0].bytes.end, pair[1].bytes.start);
        prop_assert!(pair[0].top < pair[1].top);
    }
    for grapheme in boundaries(text).windows(2) {
        let mut width = 0.0;
        layout.pieces(grapheme[0]..grapheme[1], &mut |_, piece| width += piece.x1 - piece.x0);
        prop_assert!(width > 0.4, "{:?} is {} wide", &text[grapheme[0]..grapheme[1]], width);
    }
    Ok(())
}

/// Every boundary has a caret, and a hit beside the caret, on the side of the character it belongs to, gives the boundary back.
fn carets_come_back(text: &str, layout: &dyn BlockLayout) -> Result<(), TestCaseError> {
    for grapheme in boundaries(text).windows(2) {
        let (start, end) = (grapheme[0], grapheme[1]);
        let row = layout.row_of(start);
        let leading = layout.x_at(Place { row, byte: start, affinity: Affinity::After });
        let trailing = layout.x_at(Place { row, byte: end, affinity: Affinity::Before });
        let inwards = (trailing - leading) * 0.1;
        prop_assert!(inwards != 0.0, "{:?}", &text[start..end]);
        prop_assert_eq!(
            layout.place_at(row, leading + inwards).byte,
            start,
            "leading edge of {:?}",
            &text[start..end]
        );
        prop_assert_eq!(
            layout.place_at(row, trailing - inwards).byte,
            end,
            "trailing edge of {:?}",
            &text[start..end]
        );
        let hit = layout.under(row, (leading + trailing) / 2.0);
        prop_assert_eq!(hit, Some(start..end));
    }
    Ok(())
}

/// Rectangles of ranges that follow each other cover each row once, from its left edge to its right one.
fn ranges_tile(text: &str, layout: &dyn BlockLayout, cuts: &[usize]) -> Result<(), TestCaseError> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| floor_grapheme(text, cut % (text.len() + 1))).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut edges: Vec<Vec<(f32, f32)>> = vec![Vec::new(); layout.rows().len()];
    for pair in cuts.windows(2) {
        layout.pieces(pair[0]..pair[1], &mut |row, piece| edges[row].push((piece.x0, piece.x1)));
    }
    for (row, edges) in layout.rows().iter().zip(&mut edges) {
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        let close = |a: f32, b: f32| (a - b).abs() < 0.01;
        if let (Some(first), Some(last)) = (edges.first(), edges.last()) {
            prop_assert!(close(first.0, row.left), "{first:?} {row:?}");
            // What epaint calls a row's width leaves out a space at its end.
            let plain = super::marks::is_plain(text);
            prop_assert!(close(last.1, row.left + row.width) || plain, "{last:?} {row:?}");
        }
        for pair in edges.windows(2) {
            prop_assert!(close(pair[0].1, pair[1].0), "{pair:?}");
        }
    }
    Ok(())
}

/// Walking to the right (or left) from one edge of the block to the other visits every boundary exactly once.
fn walks_visit_all(text: &str, layout: &dyn BlockLayout, right: bool) -> Result<(), TestCaseError> {
    let rows = layout.rows().len();
    let forward = right != layout.is_rtl();
    let mut place = layout.edge(if forward { 0 } else { rows - 1 }, !right);
    let mut seen = vec![place.byte];
    while let Some(next) = step(layout, place, right) {
        prop_assert!(next != place);
        place = next;
        seen.push(place.byte);
        prop_assert!(seen.len() <= text.len() + 2, "no end: {seen:?}");
    }
    seen.sort_unstable();
    prop_assert_eq!(seen, boundaries(text));
    Ok(())
}

fn all_laws(text: &str, width: f32, cuts: &[usize]) -> Result<(), TestCaseError> {
    laid(text, &look(width), |layout| {
        rows_are_whole(text, layout)?;
        carets_come_back(text, layout)?;
        ranges_tile(text, layout, cuts)?;
        walks_visit_all(text, layout, true)?;
        walks_visit_all(text, layout, false)
    })
}

#[test]
fn laws_hold_for_texts_that_were_hard_once() {
    for text in [
        "",
        "Мир и хлеб",
        "שלום 12 (abc) עולם",
        "abc עברית 12 ועוד def",
        "قال 250 (من 300) يوم 12/5",
        "a\u{202e}bc\u{202c}d",
        "a\u{2067}שלום 12\u{2069}b",
        "\u{301}",
        "\u{301}אב",
        "\u{2029}",
        "\u{b}a\u{1}",
        "\u{200f}",
        "क्षत्रिय नमस्ते",
        "می\u{200c}خواهم",
        "والأرقام الآن لا إلى",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦🇺🇦",
        "אב גד הו זח טי כל מנ סע פצ קר שת abc def 12 34 אב גד",
    ] {
        for width in [60.0, 200.0, 700.0] {
            all_laws(text, width, &[1, 3, 7]).unwrap_or_else(|why| panic!("{text:?} at {width}: {why}"));
        }
    }
}

proptest! {
    #[test]
    fn laws_hold_for_mixed_text(text in mixed(), width in 60f32..600.0, cuts in prop::collection::vec(0usize..200, 0..6)) {
        all_laws(&text, width, &cuts)?;
    }

    #[test]
    fn ranges_within_a_cluster_cover_it_whole(text in mixed(), from in 0usize..200, len in 1usize..9) {
        let mut from = from % (text.len() + 1);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (from + len).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let whole = floor_grapheme(&text, from)..ceil_grapheme(&text, to);
        let (some, all) = laid(&text, &look(400.0), |layout| {
            let of = |range: Range<usize>| {
                let mut found = Vec::new();
                layout.pieces(range, &mut |row, piece| found.push((row, piece)));
                found
            };
            (of(from..to), of(whole))
        });
        if from < to {
            prop_assert_eq!(some, all);
        }
    }
}

/// Rows of the torture page, a line each: direction, bytes, left edge and width in points, rounded; then the text.
fn facts(width: f32) -> String {
    let mut all = String::new();
    for line in include_str!("../../../../tests/fixtures/torture.txt").lines().filter(|line| !line.is_empty())
    {
        laid(line, &look(width), |layout| {
            let way = if layout.is_rtl() { "rtl" } else { "ltr" };
            let by = if super::marks::is_plain(line) { "plain" } else { "shaped" };
            for row in layout.rows() {
                let (from, to) = (row.bytes.start, row.bytes.end);
                let text = line[row.bytes.clone()].escape_debug().to_string();
                let (left, width) = (row.left.round(), row.width.round());
                all.push_str(&format!("{way} {by} {from}..{to} left {left} width {width}: {text}\n"));
                let mut pieces = String::new();
                layout.pieces(row.bytes.start..(row.bytes.start + row.bytes.end) / 2, &mut |_, piece| {
                    let way = if piece.rtl { "<" } else { ">" };
                    pieces.push_str(&format!(" {}{way}{}", piece.x0.round(), piece.x1.round()));
                });
                all.push_str(&format!("    first half{pieces}\n"));
            }
        });
    }
    all
}

#[test]
fn the_torture_page_lies_as_it_lay() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/layout_torture.txt");
    let now = facts(520.0);
    if std::env::var("UPDATE_SNAPSHOTS").is_ok_and(|v| !matches!(v.as_str(), "" | "0" | "false")) {
        #[expect(clippy::disallowed_methods, reason = "a snapshot is no project's file")]
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == now, "{} is otherwise now:\n{now}", path.display());
}

/// Paints a text in a frame of its own and tells how many pictures of glyphs went to the graphics card.
fn painted(ctx: &egui::Context, text: &str, look: &TextLook) -> usize {
    let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
        let layout = lay_out(ui, text, look);
        let painter = ui.painter_at(Rect::EVERYTHING);
        layout.paint(&painter, pos2(10.3, 20.0), &vec![0.0; layout.rows().len()]);
    });
    let sent = output.textures_delta.set.values().map(|deltas| deltas.len()).sum();
    output.textures_delta.clear();
    sent
}

#[test]
fn glyphs_are_drawn_once_and_their_textures_do_not_grow_without_bound() {
    let ctx = egui::Context::default();
    crate::window::look::install(&ctx);
    let text = "والأرقام صحيحة שלום עולם क्षत्रिय 0123456789 abcdefghijklmnopqrstuvwxyz ".repeat(4);
    painted(&ctx, &text, &look(400.0));
    assert!(painted(&ctx, &text, &look(400.0)) == 0, "what was drawn is not drawn again");
    for size in 10..200 {
        let look = TextLook { font: FontId::new(size as f32, crate::window::fonts::serif()), ..look(900.0) };
        painted(&ctx, &text, &look);
    }
    let pages = shaped::glyph_pages(&ctx);
    assert!((2..=5).contains(&pages), "{pages} textures");
}

#[test]
fn white_space_at_a_rows_end_stands_at_its_end_whatever_it_follows() {
    // Broken within words of the other direction: UAX #9, rule L1.
    for (text, width) in [("abcdefg hij שלום עולם טוב", 150.0), ("שלום עולם abc defghijk lmn", 120.0)]
    {
        laid(text, &look(width), |layout| {
            let row = &layout.rows()[0];
            let (space, rtl) = (row.bytes.end - 1, layout.is_rtl());
            assert_eq!(&text[space..row.bytes.end], " ");
            layout.pieces(space..row.bytes.end, &mut |_, piece| {
                let (outer, edge) = if rtl { (piece.x0, row.left) } else { (piece.x1, row.left + row.width) };
                assert!((outer - edge).abs() < 0.01, "{text:?}: {piece:?} in {row:?}");
            });
        });
    }
}
