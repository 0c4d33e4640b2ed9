//! Where something is said: balloons on chips, below underlines where there are no chips, and in the right margin for what is said about
//! places and others' tags. They have room of their own, so they cover neither text nor chips.

use egui::{Painter, Rect, Sense, Ui, pos2, vec2};

use super::chips::Named;
use super::decorate::{self, Balloon};
use super::page::Laid;
use super::paint::{self, describer, label_look};
use super::shown::{Shown, ViewEvent};
use super::underline::lane_y;
use super::view::{ArticleView, view_id};
use crate::model::Span;
use crate::text::{CodePoint, TextRange};
use crate::window::comment_marks::{CommentMark, HEIGHT};
use std::sync::Arc;

/// Distance of a balloon in the margin from the page.
const MARGIN: f32 = 3.0;

/// What is said about some spans together.
fn together(shown: &Shown<'_>, spans: &[Arc<Span>]) -> Option<CommentMark> {
    let mut marks = spans.iter().filter_map(|span| shown.comments.span(&span.id));
    let mut all = marks.next()?.clone();
    marks.for_each(|mark| all.add(mark));
    Some(all)
}

/// The balloon on a chip, at its right end.
pub(super) fn on_chip(shown: &Shown<'_>, chip: Rect, named: &Named) -> Option<(CommentMark, Rect)> {
    if shown.comments.is_empty() {
        return None;
    }
    let mark = match named {
        Named::Span(span) => shown.comments.span(&span.id)?.clone(),
        Named::More(spans) => together(shown, spans)?,
    };
    let at = pos2(chip.right() - mark.width() - 2.0, chip.center().y - HEIGHT / 2.0);
    let rect = Rect::from_min_size(at, vec2(mark.width(), HEIGHT));
    Some((mark, rect))
}

/// The balloon below an underline.
fn below(shown: &Shown<'_>, laid: &Laid, balloon: &Balloon) -> Option<(CommentMark, Rect)> {
    let mark = together(shown, &balloon.spans)?;
    let lanes = decorate::underline_room(laid.around.lanes[balloon.row]);
    let top = laid.row_top(balloon.row) + laid.row_height(balloon.row) + lanes + 1.5;
    // Together they may be more than one balloon's number has room for: then it reaches to the left.
    let right = laid.at.x + balloon.x0 + balloon.width;
    let rect = Rect::from_min_max(pos2(right - mark.width(), top), pos2(right, top + HEIGHT));
    Some((mark, rect))
}

/// What is said about places that begin in a row, and about tags that are not there: one balloon for each row, in the margin.
fn in_margin(shown: &Shown<'_>, laid: &Laid, page: Rect) -> Vec<(CommentMark, Rect)> {
    let text = shown.text;
    let from = text.code_point_at_or_before(laid.bytes.start);
    let to = text.code_point_at_or_before(laid.bytes.end);
    // The line's end belongs to the line; where a long line was cut, the cut is the next piece's beginning.
    let cut = text.as_str()[laid.bytes.end..].chars().next().is_some_and(|c| c != '\n');
    let to = if cut { to } else { CodePoint(to.get() + 1) };
    let Some(range) = TextRange::new(from, to) else { return Vec::new() };
    let mut rows: Vec<(usize, CommentMark)> = Vec::new();
    for place in shown.comments.places(range) {
        if place.span.as_ref().is_some_and(|id| shown.set.get(id).is_some()) {
            continue;
        }
        let byte = text.byte_of(place.at.start()).map_or(laid.bytes.end, |b| b.index());
        let row = laid.layout.row_of(byte.clamp(laid.bytes.start, laid.bytes.end) - laid.bytes.start);
        match rows.iter_mut().find(|(of, _)| *of == row) {
            Some((_, mark)) => mark.add(&place.mark),
            None => rows.push((row, place.mark.clone())),
        }
    }
    rows.into_iter()
        .map(|(row, mark)| {
            let middle = laid.row_top(row) + laid.row_height(row) / 2.0;
            let at = pos2(page.right() + MARGIN, middle - HEIGHT / 2.0);
            let rect = Rect::from_min_size(at, vec2(mark.width(), HEIGHT));
            (mark, rect)
        })
        .collect()
}

/// Paints the balloons below underlines and in the margin; those on chips are painted with them.
pub(super) fn paint(view: &ArticleView, painter: &Painter, shown: &Shown<'_>, page: Rect) {
    if shown.comments.is_empty() {
        return;
    }
    for laid in view.laid() {
        for balloon in &laid.around.balloons {
            let Some((mark, rect)) = below(shown, laid, balloon) else { continue };
            let ink = balloon.spans.first().map_or(shown.tokens.accent, |s| label_look(shown, s).ink);
            let ends = laid.around.segments.iter().filter(|s| s.row == balloon.row && s.ends);
            let lane = ends.filter(|s| balloon.spans.iter().any(|b| b.id == s.span.id)).map(|s| s.lane).min();
            let from = lane_y(laid, balloon.row, lane.unwrap_or_default());
            let stem = egui::Stroke::new(1.0, ink);
            painter.vline(rect.right() - 1.0, from..=rect.top() + 2.0, stem);
            mark.paint(painter, rect, ink, shown.tokens.page);
        }
        for (mark, rect) in in_margin(shown, laid, page) {
            mark.paint(painter, rect, shown.tokens.accent, shown.tokens.page);
        }
    }
}

/// The balloons as buttons: a click, or a screen reader, opens what is said.
pub(super) fn buttons(
    view: &mut ArticleView,
    ui: &Ui,
    shown: &Shown<'_>,
    page: Rect,
    area: Rect,
    events: &mut Vec<ViewEvent>,
) {
    let words = describer(shown);
    let mut all: Vec<(CommentMark, Rect, String)> = Vec::new();
    let named = |spans: &[Arc<Span>]| match spans {
        [span] => words.span(span),
        several => shown.words.with("chips-more", &[("n", several.len().into())]),
    };
    for laid in view.laid() {
        for chip in &laid.around.chips {
            let found = on_chip(shown, paint::chip_rect(laid, chip), &chip.named);
            let spans = match &chip.named {
                Named::Span(span) => std::slice::from_ref(span),
                Named::More(spans) => spans.as_slice(),
            };
            all.extend(found.map(|(mark, rect)| (mark, rect, named(spans))));
        }
        for balloon in &laid.around.balloons {
            let found = below(shown, laid, balloon);
            all.extend(found.map(|(mark, rect)| (mark, rect, named(&balloon.spans))));
        }
        let margin = in_margin(shown, laid, page);
        let place = |(mark, rect)| (mark, rect, shown.words.say("talk-about-place"));
        all.extend(margin.into_iter().map(place));
    }
    let mut seen = std::collections::HashSet::new();
    for (mark, rect, about) in all {
        let rect = rect.expand(1.0).intersect(area);
        // A tag without an underline of its own may be counted in several rows.
        if !rect.is_positive() || !seen.insert(mark.threads.clone()) {
            continue;
        }
        let said = mark.words(shown.words);
        let id = view_id().with(("comments", mark.threads.first()));
        let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
        let name = format!("{said}: {about}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        view.controls.push(rect);
        if response.has_focus() {
            ui.painter().rect_stroke(
                rect,
                3.0,
                egui::Stroke::new(1.5, shown.tokens.accent),
                egui::StrokeKind::Outside,
            );
        }
        if response.on_hover_text(said).clicked() {
            events.push(ViewEvent::Comments(mark.threads));
        }
    }
}
