//! Where something is said, in the lanes: balloons on the flags of differences, and in the right margin for places where nothing differs.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::arrange::Flag;
use super::{Laid, LanesView, Shown, lanes_id, paint};
use crate::text::{CodePoint, TextRange};
use crate::window::comment_marks::{CommentMark, HEIGHT};

/// The balloon on a flag, at its right end; a mere tick has its balloon beside it.
pub(super) fn on_flag<'s>(shown: &Shown<'s>, laid: &Laid, flag: &Flag) -> Option<(&'s CommentMark, Rect)> {
    let said = shown.marks.get(flag.mark)?.said.as_ref()?;
    let rect = paint::flag_rect(laid, flag);
    if flag.width <= said.width() {
        return None;
    }
    let at = pos2(rect.right() - said.width() - 2.0, rect.center().y - HEIGHT / 2.0);
    Some((said, Rect::from_min_size(at, vec2(said.width(), HEIGHT))))
}

/// What is said about places that begin in a row and where nothing differs, or where a difference has no flag to hold it: one balloon a row.
pub(super) fn in_margin(shown: &Shown<'_>, laid: &Laid, page: Rect) -> Vec<(CommentMark, Rect)> {
    let mut rows: Vec<(usize, CommentMark)> = Vec::new();
    let mut add = |row: usize, said: &CommentMark| match rows.iter_mut().find(|(of, _)| *of == row) {
        Some((_, mark)) => mark.add(said),
        None => rows.push((row, said.clone())),
    };
    for flag in &laid.around.flags {
        if let Some(said) = shown.marks.get(flag.mark).and_then(|mark| mark.said.as_ref())
            && on_flag(shown, laid, flag).is_none()
        {
            add(flag.row, said);
        }
    }
    let text = shown.text;
    let from = text.code_point_at_or_before(laid.bytes.start);
    let to = text.code_point_at_or_before(laid.bytes.end);
    let cut = text.as_str()[laid.bytes.end..].chars().next().is_some_and(|c| c != '\n');
    let to = if cut { to } else { CodePoint(to.get() + 1) };
    if let (Some(range), false) = (TextRange::new(from, to), shown.beside.is_empty()) {
        let first = shown.beside.partition_point(|(at, _)| at.start() < range.start());
        for (at, said) in shown.beside[first..].iter().take_while(|(at, _)| at.start() < range.end()) {
            let byte = text.byte_of(at.start()).map_or(laid.bytes.end, |b| b.index());
            let byte = byte.clamp(laid.bytes.start, laid.bytes.end);
            add(laid.layout.row_of(byte - laid.bytes.start), said);
        }
    }
    let place = |(row, said): (usize, CommentMark)| {
        let middle = laid.row_top(row) + laid.layout.rows()[row].height / 2.0;
        let at = pos2(page.right() + 3.0, middle - HEIGHT / 2.0);
        let rect = Rect::from_min_size(at, vec2(said.width(), HEIGHT));
        (said, rect)
    };
    rows.into_iter().map(place).collect()
}

/// The balloons as buttons; gives the threads of the one that was clicked.
pub(super) fn buttons(
    view: &LanesView,
    ui: &Ui,
    shown: &Shown<'_>,
    page: Rect,
    area: Rect,
) -> Option<Vec<String>> {
    if !shown.talked {
        return None;
    }
    let mut asked = None;
    let mut button = |said: &CommentMark, rect: Rect, about: &str| {
        let rect = rect.expand(1.0).intersect(area);
        if !rect.is_positive() {
            return;
        }
        let id = lanes_id().with(("comments", said.threads.first()));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
        let words = said.words(shown.words);
        let name = format!("{words}: {about}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.on_hover_text(words).clicked() {
            asked = Some(said.threads.clone());
        }
    };
    for laid in view.laid() {
        for flag in &laid.around.flags {
            if let Some((said, rect)) = on_flag(shown, laid, flag) {
                button(said, rect, &shown.marks[flag.mark].words);
            }
        }
        for (said, rect) in in_margin(shown, laid, page) {
            button(&said, rect, &shown.words.say("talk-about-place"));
        }
    }
    asked
}
