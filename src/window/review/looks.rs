//! The choice between lanes below the lines and underlines in the text, and whose underline is which.

use egui::{Button, Label, RichText, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::lanes::{GOLD_LINE, line_of};
use super::scene::Scene;
use crate::window::article_view::pattern_line;
use crate::window::command::Command;
use crate::window::describe::shorten;
use crate::window::look::{LabelLook, LinePattern};
use crate::window::panel::{Panel, Request};

/// How long a sample of a line is.
const SAMPLE: f32 = 22.0;

/// Shows both.
pub(super) fn show(ui: &mut Ui, panel: &Panel<'_>, scene: &Scene) {
    if scene.people.is_empty() {
        return;
    }
    let on = panel.preferences.underlines;
    let key = panel.keys.shown(Command::ToggleUnderlines);
    let hint = format!("{} ({key})", panel.say("review-shown-as"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let soft = RichText::new(panel.say("review-shown-as")).small().color(panel.tokens.text_soft);
        ui.add(Label::new(soft));
        ui.add_space(4.0);
        for (which, word) in [(false, "review-as-lanes"), (true, "review-as-underlines")] {
            let words = panel.say(word);
            let button = ui.add(Button::new(RichText::new(&words).small()).selected(on == which));
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on == which, &words));
            if button.on_hover_text(&hint).clicked() && on != which {
                panel.ask(Request::Command(Command::ToggleUnderlines));
            }
        }
    });
    if on {
        legend(ui, panel, scene);
    }
}

fn legend(ui: &mut Ui, panel: &Panel<'_>, scene: &Scene) {
    let mut lines: Vec<(String, LinePattern, bool)> = Vec::new();
    for (n, person) in scene.people.iter().enumerate() {
        lines.push((shorten(&person.name, 28), line_of(n), false));
    }
    lines.push((panel.say("review-line-gold"), GOLD_LINE, false));
    if scene.people.len() > 1 {
        lines.push((panel.say("review-line-alike"), LinePattern::Solid, true));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        for (name, line, back) in lines {
            let t = panel.tokens;
            let ink = if back { t.text_faint } else { t.text };
            let font = TextStyle::Small.resolve(ui.style());
            let galley = ui.painter().layout_no_wrap(name.clone(), font, ink);
            let size = vec2(SAMPLE + 5.0 + galley.size().x, galley.size().y);
            let (room, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
            let look = LabelLook { ink, ground: t.page, line };
            let (left, y) = (room.left(), room.center().y);
            pattern_line(ui.painter(), left, left + SAMPLE, y, look, if back { 1.0 } else { 1.6 });
            ui.painter().galley(pos2(left + SAMPLE + 5.0, room.top()), galley, ink);
        }
    });
}
