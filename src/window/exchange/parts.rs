//! What the dialogs of import and export are made of.

use std::path::Path;

use egui::{Align, Context, Layout, RichText, ScrollArea, Ui, vec2};

use super::job::Job;
use crate::formats::{FormatInfo, OffsetUnit};
use crate::window::dialogs::sheet::{buttons, height_left, labelled, secondary, soft};
use crate::window::look::bold;
use crate::window::panel::Panel;

/// How wide these dialogs are, in points.
pub(super) const WIDTH: f32 = 1000.0;

/// How wide the form at the left is, in points.
const FORM: f32 = 370.0;

/// A form at the left and what comes of it at the right, as high as the window leaves room besides the last row.
pub(super) fn two_sides(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let height = height_left(ui.ctx(), 110.0, 200.0).min(600.0);
    let form = FORM.min(ui.available_width() * 0.45);
    ui.horizontal_top(|ui| {
        let column = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(form, height), column, |ui| {
            ui.set_width(form);
            ScrollArea::vertical().id_salt("form").auto_shrink([false, false]).max_height(height).show(
                ui,
                |ui| {
                    // The bar of the scrolling stands beside the inputs, not over them.
                    ui.set_width(form - 14.0);
                    left(ui);
                },
            );
        });
        ui.add_space(8.0);
        let rest = ui.available_width();
        ui.allocate_ui_with_layout(vec2(rest, height), column, |ui| {
            ui.set_width(rest);
            ui.set_height(height);
            right(ui);
        });
    });
}

/// Gives something the keyboard when its dialog begins. Asked again until it has it: while the dialog before is still closing, nothing
/// beside that one may have it.
pub(super) fn begin_with(response: &egui::Response, begun: &mut bool) {
    if !*begun {
        *begun = response.has_focus();
        response.request_focus();
        response.ctx.request_repaint();
    }
}

/// A heading within a dialog.
pub(super) fn heading(ui: &mut Ui, panel: &Panel<'_>, word: &str) {
    ui.add_space(7.0);
    ui.label(RichText::new(panel.say(word)).family(bold()).color(panel.tokens.text));
}

/// The choice of a format. True if another was chosen.
pub(super) fn format_choice(
    ui: &mut Ui,
    panel: &Panel<'_>,
    chosen: &mut Option<&'static FormatInfo>,
    formats: &[&'static FormatInfo],
) -> (bool, egui::Response) {
    let before = chosen.map(|format| format.name);
    let label = panel.say("exchange-format");
    let shown = chosen.map_or_else(|| panel.say("exchange-format-none"), |format| title(panel, format));
    let response = labelled(ui, panel, &label, |ui| {
        let width = ui.available_width();
        egui::ComboBox::from_id_salt("exchange-format")
            .selected_text(shown)
            .width(width)
            .height(420.0)
            .truncate()
            .show_ui(ui, |ui| {
                ui.set_min_width(width);
                for format in formats {
                    let is_chosen = before == Some(format.name);
                    let response = ui.selectable_label(is_chosen, title(panel, format));
                    let response = response.on_hover_text(carries(panel, format));
                    if response.clicked() {
                        *chosen = Some(format);
                    }
                }
            })
            .response
    });
    // With the keyboard: the arrows go through the formats without the list being opened.
    if response.has_focus() {
        let lock = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, lock));
        let step = ui.input_mut(|input| {
            let down = input.consume_key(egui::Modifiers::NONE, egui::Key::ArrowDown);
            let up = input.consume_key(egui::Modifiers::NONE, egui::Key::ArrowUp);
            i32::from(down) - i32::from(up)
        });
        let at = formats.iter().position(|format| before == Some(format.name));
        let next = match (step, at) {
            (0, _) => None,
            (1, None) => formats.first(),
            (1, Some(at)) => formats.get(at + 1),
            (_, at) => at.and_then(|at| at.checked_sub(1)).and_then(|at| formats.get(at)),
        };
        if let Some(next) = next {
            *chosen = Some(next);
        }
    }
    (chosen.map(|format| format.name) != before, response)
}

/// What people call a format.
pub(super) fn title(panel: &Panel<'_>, format: &FormatInfo) -> String {
    panel.say(&format!("format-{}", format.name))
}

/// What a format carries, in a sentence.
pub(super) fn carries(panel: &Panel<'_>, format: &FormatInfo) -> String {
    panel.say(&format!("format-{}-carries", format.name))
}

/// The choice of what offsets count; `None` is what the format prescribes.
pub(super) fn unit_choice(ui: &mut Ui, panel: &Panel<'_>, unit: &mut Option<OffsetUnit>) {
    let word = |unit: Option<OffsetUnit>| match unit {
        None => "exchange-unit-usual",
        Some(OffsetUnit::Utf16) => "exchange-unit-utf16",
        Some(OffsetUnit::CodePoints) => "exchange-unit-code-points",
        Some(OffsetUnit::Graphemes) => "exchange-unit-graphemes",
        Some(OffsetUnit::Bytes) => "exchange-unit-bytes",
    };
    let label = panel.say("exchange-unit");
    labelled(ui, panel, &label, |ui| {
        let width = ui.available_width();
        egui::ComboBox::from_id_salt("exchange-unit")
            .selected_text(panel.say(word(*unit)))
            .width(width)
            .show_ui(ui, |ui| {
                for choice in std::iter::once(None).chain(OffsetUnit::ALL.map(Some)) {
                    ui.selectable_value(unit, choice, panel.say(word(choice)));
                }
            })
            .response
    });
}

/// Work that goes on, with a button that stops it.
pub(super) fn working<T>(ui: &mut Ui, panel: &Panel<'_>, word: &str, job: &Job<T>, begun: &mut bool) {
    let settled = !job.may_stop();
    let word = match (settled, job.is_stopping()) {
        (true, _) => "exchange-settled",
        (false, true) => "exchange-stopping",
        (false, false) => word,
    };
    soft(ui, panel, &panel.say(word));
    ui.add_space(4.0);
    let bar = egui::ProgressBar::new(job.part()).desired_width(ui.available_width()).show_percentage();
    let bar = ui.add(bar);
    let (title, part) = (panel.say("exchange-progress"), f64::from(job.part()) * 100.0);
    bar.ctx.accesskit_node_builder(bar.id, |node| {
        node.set_role(egui::accesskit::Role::ProgressIndicator);
        node.set_label(title);
        node.set_numeric_value(part.round());
        node.set_max_numeric_value(100.0);
    });
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(60));
    buttons(ui, |ui| {
        let free = !settled && !job.is_stopping();
        let stop = ui.add_enabled_ui(free, |ui| secondary(ui, &panel.say("exchange-stop"))).inner;
        if free {
            begin_with(&stop, begun);
        }
        if stop.clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
            job.stop();
        }
    });
}

/// Shows a folder, or the folder of a file, in the desktop's file manager.
pub(super) fn show_in_folder(ctx: &Context, path: &Path) {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    ctx.open_url(egui::OpenUrl::new_tab(format!("file://{}", encoded(&folder.to_string_lossy()))));
}

/// A path as it stands in an address (RFC 3986), with `/` as it is.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    let path = path.replace('\\', "/");
    if !path.starts_with('/') {
        out.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A line for a shell that can be looked at and copied.
pub(super) fn command_line(ui: &mut Ui, panel: &Panel<'_>, command: &str) {
    ui.horizontal(|ui| {
        if ui.button(panel.say("exchange-copy-command")).on_hover_text(command).clicked() {
            ui.ctx().copy_text(command.to_owned());
        }
    });
}
