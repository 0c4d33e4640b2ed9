//! The card under the pointer: who tagged these words as what, and how it differs.

use egui::{Response, RichText, Sense, Ui, vec2};

use super::arrange::Bar;
use super::{LanesView, Shown, Standing, overlaid, paint};
use crate::window::article_view::pattern_line;
use crate::window::describe::shorten;
use crate::window::look;

/// People the card names; there may be more.
const MOST: usize = 12;

/// Shows the card over whatever the pointer rests on.
pub(super) fn card(view: &LanesView, shown: &Shown<'_>, response: &Response) {
    let Some(at) = response.hover_pos() else { return };
    let mut here: Vec<&Bar> = Vec::new();
    for laid in view.laid() {
        for bar in &laid.around.bars {
            let rect = paint::text_rect(laid, bar.row, bar.x0, bar.x1);
            let over = rect.contains(at) || paint::bar_rect(shown, laid, bar).contains(at);
            let told = |other: &&Bar| other.lane == bar.lane && other.span.id == bar.span.id;
            if over && here.len() < MOST && !here.iter().any(told) {
                here.push(bar);
            }
        }
    }
    if here.is_empty() {
        return;
    }
    here.sort_by_key(|bar| (bar.span.parts.covered(), bar.lane));
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut last = None;
        for bar in here {
            if last != Some(bar.standing) {
                last = Some(bar.standing);
                heading(ui, shown, bar.standing);
            }
            line(ui, shown, bar);
        }
    });
}

fn heading(ui: &mut Ui, shown: &Shown<'_>, standing: Standing) {
    let words = match standing {
        Standing::Agreed => shown.words.say("review-agreed"),
        Standing::Differs(mark) | Standing::Settled(mark) => match shown.marks.get(mark) {
            Some(mark) if mark.settled => format!("✓ {}", mark.words),
            Some(mark) => mark.words.clone(),
            None => return,
        },
    };
    ui.label(RichText::new(words).family(look::bold()).small());
}

fn line(ui: &mut Ui, shown: &Shown<'_>, bar: &Bar) {
    let Some(person) = shown.people.get(bar.lane) else { return };
    let label = shown.schema.label(&bar.span.label);
    let title = label.map_or(bar.span.label.as_str(), |l| l.title(shown.words.code()));
    let surface = shorten(&bar.span.surface(shown.text).replace('\n', " "), 48);
    ui.horizontal(|ui| {
        let (room, _) = ui.allocate_exact_size(vec2(22.0, 12.0), Sense::hover());
        let mut look = shown.tokens.label(shown.schema.colour_of(&bar.span.label));
        if shown.overlaid {
            let gold = bar.lane + 1 == shown.people.len();
            look.line = if gold { overlaid::GOLD_LINE } else { overlaid::line_of(bar.lane) };
        }
        pattern_line(ui.painter(), room.left(), room.right(), room.center().y, look, 1.8);
        let name = if bar.lane + 1 == shown.people.len() { person.badge } else { person.name };
        ui.label(RichText::new(shorten(name, 24)).small());
        ui.label(RichText::new(format!("{title}: {surface}")).small().color(shown.tokens.text_soft));
    });
}
