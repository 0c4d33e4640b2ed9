//! Stubs at the page's edges: ends of the selected span's links that are not in view, its own parts and itself. Each says what is there
//! and goes there.

use egui::{
    Align2, CornerRadius, FontId, Id, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::arcs::anchor;
use super::chips::more_width;
use super::paint::{describer, label_look};
use super::shown::Shown;
use super::span_list::Entry;
use super::view::{ArticleView, view_id};
use crate::model::{Span, SpanId};
use crate::text::CodePoint;
use crate::window::one_line::OneLine;

const HEIGHT: f32 = 20.0;
const TEXT: f32 = 11.5;
const WIDEST: f32 = 240.0;

/// Something that the selected span has to do with and that is not in view.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stub {
    pub span: SpanId,
    /// Where going there leads.
    pub at: CodePoint,
    pub above: bool,
    pub text: String,
}

/// What a click asked for.
pub(super) enum Asked {
    Visit(SpanId, CodePoint),
    List(Vec<Entry>, egui::Pos2),
}

/// A few words for a span: its registered name or what it says.
pub(super) fn short(shown: &Shown<'_>, span: &Span) -> String {
    let words = describer(shown);
    format!("{}: {}", words.label(&span.label), words.surface(span, 28))
}

/// The stubs of the selected span, nearest first.
pub(super) fn of(view: &ArticleView, shown: &Shown<'_>, selected: Option<&SpanId>) -> Vec<Stub> {
    let Some(span) = selected.and_then(|id| shown.set.get(id)) else {
        return Vec::new();
    };
    let seen = view.visible();
    let code = |byte: usize| shown.text.code_point_at_or_before(byte);
    let (first, last) = (code(seen.start), code(seen.end));
    let mut all = Vec::new();
    let mut add = |span: &SpanId, at: CodePoint, text: String| {
        all.push(Stub { span: span.clone(), at, above: at < first, text });
    };
    if anchor(view, shown, &span.id).is_none() {
        add(&span.id, span.start(), short(shown, span));
    } else {
        for part in span.parts.iter().filter(|p| p.end() <= first || p.start() >= last) {
            let surface = shown.text.slice(*part).unwrap_or_default();
            let words = crate::window::describe::shorten(surface, 24);
            add(&span.id, part.start(), shown.words.with("stub-part", &[("words", words.as_str().into())]));
        }
    }
    for link in view.links() {
        if let Some(target) = shown.set.get(&link.span)
            && anchor(view, shown, &link.span).is_none()
        {
            let sign = if link.incoming { "← " } else { "" };
            add(&link.span, target.start(), format!("{sign}{} · {}", link.what, short(shown, target)));
        }
    }
    let middle = u32::midpoint(first.get(), last.get());
    all.sort_by_key(|stub| stub.at.get().abs_diff(middle));
    all
}

/// Shows the stubs along the page's upper and lower edge, as many as fit; gives what was asked for. Where they stand goes into `rects`, so
/// that the text does not take clicks there.
pub(super) fn show(
    stubs: &[Stub],
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    page: Rect,
    rects: &mut Vec<Rect>,
) -> Option<Asked> {
    let mut asked = None;
    for above in [true, false] {
        let here: Vec<&Stub> = stubs.iter().filter(|stub| stub.above == above).collect();
        let top = if above { page.top() + 4.0 } else { page.bottom() - HEIGHT - 4.0 };
        let mut x = page.left();
        if !here.is_empty() {
            // A strip of its own, so that no row looks cut in half.
            let strip = Rect::from_min_size(
                pos2(page.left() - 6.0, top - 4.0),
                vec2(page.width() + 6.0, HEIGHT + 8.0),
            );
            painter.rect_filled(strip, 0.0, shown.tokens.page);
            let y = if above { strip.bottom() } else { strip.top() };
            painter.hline(strip.x_range(), y, Stroke::new(1.0, shown.tokens.line));
        }
        for (n, stub) in here.iter().enumerate() {
            let look = shown.set.get(&stub.span).map(|span| label_look(shown, span));
            let ink = look.map_or(shown.tokens.text, |look| look.ink);
            let text = format!("{} {}", if above { "↑" } else { "↓" }, stub.text);
            let font = FontId::new(TEXT, egui::FontFamily::Proportional);
            let line = OneLine::new(ui, &text, WIDEST, font, ink);
            let rest = here.len() - n;
            let width = line.size().x + 14.0;
            let kept = if rest > 1 { more_width(rest) + 20.0 } else { 0.0 };
            if n > 0 && x + width + kept > page.right() {
                let rect = Rect::from_min_size(pos2(x, top), vec2(more_width(rest) + 14.0, HEIGHT));
                let name = shown.words.with("stub-more", &[("n", rest.into())]);
                if button(ui, painter, shown, rect, ("more", above), &name, shown.tokens.text_soft) {
                    let entries = here[n..].iter().map(|s| Entry::new(&s.span, s.text.clone()));
                    asked = Some(Asked::List(entries.collect(), rect.left_bottom()));
                }
                let font = FontId::new(TEXT, egui::FontFamily::Proportional);
                let text = format!("+{rest}");
                painter.text(rect.center(), Align2::CENTER_CENTER, text, font, shown.tokens.text_soft);
                rects.push(rect);
                break;
            }
            let rect = Rect::from_min_size(pos2(x, top), vec2(width, HEIGHT));
            if button(ui, painter, shown, rect, (stub.span.as_str(), n), &text, ink) {
                asked = Some(Asked::Visit(stub.span.clone(), stub.at));
            }
            let at = pos2(rect.left() + 7.0, rect.center().y - line.size().y / 2.0);
            line.paint(painter, at, ink);
            rects.push(rect);
            x = rect.right() + 6.0;
        }
    }
    asked
}

/// A button on the page's edge; whether it was clicked.
fn button(
    ui: &Ui,
    painter: &Painter,
    shown: &Shown<'_>,
    rect: Rect,
    id: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    ink: egui::Color32,
) -> bool {
    let id: Id = view_id().with(("stub", id));
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name));
    let lit = response.hovered() || response.has_focus();
    let ground = if lit { shown.tokens.accent_ground } else { shown.tokens.raised };
    painter.rect(rect, CornerRadius::same(4), ground, Stroke::new(1.0, ink), StrokeKind::Inside);
    response.clicked()
}
