//! What every dialog is made of: the sheet it stands on, labelled inputs, buttons, lines that say what is wrong.

use egui::{
    Align, Button, Context, Frame, Id, Layout, Margin, Modal, Response, RichText, Role, TextEdit, Ui,
};

use crate::window::look::bold;
use crate::window::panel::Panel;

/// A dialog's frame: in the middle of the window, over everything, with a title.
pub struct Sheet<'a> {
    id: Id,
    title: &'a str,
    width: f32,
}

/// What came of showing a sheet.
pub struct Shown<T> {
    /// What the contents gave.
    pub inner: T,
    /// Whether Esc was pressed here. A click beside the sheet does not count: it would throw away what was typed.
    pub dismissed: bool,
}

impl<'a> Sheet<'a> {
    /// A sheet of this width in points; narrower if the window is.
    pub fn new(id: Id, title: &'a str, width: f32) -> Self {
        Self { id, title, width }
    }

    /// Shows it. Keyboard and pointer reach nothing behind it.
    pub fn show<T>(self, ctx: &Context, panel: &Panel<'_>, content: impl FnOnce(&mut Ui) -> T) -> Shown<T> {
        let room = ctx.content_rect().size();
        let style = ctx.global_style();
        let frame = Frame::popup(&style).inner_margin(Margin::same(20)).corner_radius(10);
        let title = self.title;
        // Not `UiKind::Modal`: that would make a dialog without a name around ours.
        let area = Modal::default_area(self.id).kind(egui::UiKind::GenericArea);
        let shown = Modal::new(self.id).area(area).frame(frame).show(ctx, |ui| {
            ui.set_width(self.width.min(room.x - 72.0).max(200.0));
            ui.set_max_height((room.y - 72.0).max(160.0));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Dialog);
                node.set_label(title);
                node.set_modal();
            });
            ui.label(RichText::new(title).heading().color(panel.tokens.text));
            ui.add_space(4.0);
            let inner = content(ui);
            let rect = ui.min_rect();
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                let (min, max) = (rect.min, rect.max);
                node.set_bounds(egui::accesskit::Rect {
                    x0: min.x.into(),
                    y0: min.y.into(),
                    x1: max.x.into(),
                    y1: max.y.into(),
                });
            });
            inner
        });
        // An open list of choices takes Esc for itself.
        let dismissed = shown.is_top_modal
            && !shown.any_popup_open
            && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        Shown { inner: shown.inner, dismissed }
    }
}

/// How many points of height a sheet's contents may take besides what `others` take, at least `least`.
pub fn height_left(ctx: &Context, others: f32, least: f32) -> f32 {
    (ctx.content_rect().height() - 72.0 - 40.0 - others).max(least)
}

/// A small label above an input, and the input, tied together for assistive technology.
pub fn labelled(
    ui: &mut Ui,
    panel: &Panel<'_>,
    label: &str,
    input: impl FnOnce(&mut Ui) -> Response,
) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let caption = ui.label(RichText::new(label).small().color(panel.tokens.text_soft));
        input(ui).labelled_by(caption.id)
    })
    .inner
}

/// A line of text under its label, as wide as there is room.
pub fn text_line(
    ui: &mut Ui,
    panel: &Panel<'_>,
    id: Id,
    label: &str,
    hint: &str,
    text: &mut String,
) -> Response {
    labelled(ui, panel, label, |ui| {
        ui.add(
            TextEdit::singleline(text)
                .id(id)
                .hint_text(RichText::new(hint).color(panel.tokens.text_faint))
                .margin(Margin::symmetric(7, 5))
                .desired_width(f32::INFINITY),
        )
    })
}

/// The button that does what the dialog is for.
pub fn primary(ui: &mut Ui, panel: &Panel<'_>, text: &str, enabled: bool) -> Response {
    let text = RichText::new(text).family(bold());
    let button = match enabled {
        true => Button::new(text.color(panel.tokens.on_accent)).fill(panel.tokens.accent),
        false => Button::new(text),
    };
    ui.add_enabled(enabled, button.min_size(egui::vec2(96.0, 30.0)))
}

/// Any other button of a dialog's last row.
pub fn secondary(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text).min_size(egui::vec2(80.0, 30.0)))
}

/// A dialog's last row, its buttons from the right.
pub fn buttons<T>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> T) -> T {
    ui.add_space(10.0);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), 32.0),
        Layout::right_to_left(Align::Center),
        content,
    )
    .inner
}

/// How serious a line under an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Plain,
    /// Allowed, but have a look.
    Careful,
    /// Must be changed first.
    Wrong,
}

/// A line that says how an input stands. A sign tells the tones apart without colour.
pub fn note(ui: &mut Ui, panel: &Panel<'_>, tone: Tone, text: &str) -> Response {
    let (sign, ink) = match tone {
        Tone::Plain => ("", panel.tokens.text_soft),
        Tone::Careful => ("! ", panel.tokens.warning),
        Tone::Wrong => ("× ", panel.tokens.error),
    };
    ui.add(egui::Label::new(RichText::new(format!("{sign}{text}")).small().color(ink)).wrap())
}

/// How far work is, 0 to 1, as a bar of the room's width with a ground that can be seen on a sheet and on the page.
pub fn meter(ui: &mut Ui, panel: &Panel<'_>, part: f32) -> Response {
    let part = part.clamp(0.0, 1.0);
    let (bar, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 6.0), egui::Sense::hover());
    ui.painter().rect_filled(bar, 3.0, panel.tokens.line);
    if part > 0.0 {
        let done = egui::vec2((bar.width() * part).max(6.0), bar.height());
        ui.painter().rect_filled(egui::Rect::from_min_size(bar.min, done), 3.0, panel.tokens.accent);
    }
    response.widget_info(|| {
        let words = format!("{:.0} %", part * 100.0);
        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, words)
    });
    response
}

/// Text in the soft colour, wrapped.
pub fn soft(ui: &mut Ui, panel: &Panel<'_>, text: &str) -> Response {
    ui.add(egui::Label::new(RichText::new(text).color(panel.tokens.text_soft)).wrap())
}

/// Shows boxes to tick and buttons to choose with outlines that can be seen on a sheet.
pub fn marks<T>(ui: &mut Ui, panel: &Panel<'_>, content: impl FnOnce(&mut Ui) -> T) -> T {
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = panel.tokens.text_faint;
        content(ui)
    })
    .inner
}

/// Whether Enter ended the editing of this line.
pub fn entered(response: &Response) -> bool {
    response.lost_focus() && response.ctx.input(|i| i.key_pressed(egui::Key::Enter))
}
