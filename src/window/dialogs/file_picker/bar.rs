//! The upper part: the path line with completion, and breadcrumbs.

use egui::{Button, Key, Margin, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::listing::{Listing, Reading};
use super::path_text::{Completion, complete, crumbs, cut, meant};
use super::{FilePicker, Hindrance, list_id, path_id};
use crate::window::dialogs::sheet::{Tone, note};
use crate::window::panel::Panel;

/// How many of the names that fit are shown.
const MATCHES: usize = 6;

impl FilePicker {
    /// The path line and the breadcrumbs.
    pub(super) fn bar(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::L)) {
            self.focus = Some(path_id());
        }
        self.path_line(ui, panel);
        match &self.path_fault {
            Some(Hindrance::IsFile) => {
                note(ui, panel, Tone::Wrong, &panel.say("picker-path-is-file"));
            }
            Some(_) => {
                note(ui, panel, Tone::Wrong, &panel.say("picker-path-not-there"));
            }
            None if self.matches.len() > 1 => {
                let mut names = self.matches.iter().take(MATCHES).cloned().collect::<Vec<_>>().join("   ");
                if self.matches.len() > MATCHES {
                    names.push_str("   …");
                }
                note(ui, panel, Tone::Plain, &names);
            }
            None => {}
        }
        self.breadcrumbs(ui, panel);
    }

    fn path_line(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let focused = ui.memory(|m| m.has_focus(path_id()));
        // Tab completes only where there is something to complete; else it goes on to the list, so that nobody is caught here.
        let completion = focused.then(|| self.completion(ui)).flatten();
        if focused && ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::Tab)) {
            ui.memory_mut(|m| m.move_focus(egui::FocusDirection::Previous));
        } else if let Some(done) = completion.as_ref()
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Tab))
        {
            let (folder, _) = cut(&self.path);
            self.path = format!("{folder}{}", done.text);
            self.matches.clone_from(&done.names);
            let end = egui::text::CCursor::new(self.path.chars().count());
            if let Some(mut state) = TextEdit::load_state(ui.ctx(), path_id()) {
                state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
                TextEdit::store_state(ui.ctx(), path_id(), state);
            }
        } else if focused && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            self.focus = Some(list_id());
        }
        let response = ui
            .horizontal(|ui| {
                let up = ui
                    .add_enabled(
                        self.folder.parent().is_some(),
                        Button::new("↑").min_size(egui::vec2(28.0, 28.0)),
                    )
                    .on_hover_text(panel.say("picker-up"))
                    .accessible_name(panel.say("picker-up"));
                if up.clicked() {
                    self.go_up();
                }
                ui.add(
                    TextEdit::singleline(&mut self.path)
                        .id(path_id())
                        .lock_focus(completion.is_some())
                        .margin(Margin::symmetric(7, 5))
                        .desired_width(f32::INFINITY),
                )
                .accessible_name(panel.say("picker-path"))
            })
            .inner;
        if response.changed() {
            self.path_fault = None;
            self.matches.clear();
        }
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            self.entered = self.enter_path();
        }
    }

    /// What Tab would do to the typed path now; `None` if nothing, or if the folder is still being read.
    fn completion(&mut self, ui: &Ui) -> Option<Completion> {
        let (folder, beginning) = cut(&self.path);
        if beginning.is_empty() && self.path_is_folder() {
            return None;
        }
        let parent = if folder.is_empty() { self.folder.clone() } else { meant(folder, &self.folder) };
        let files = self.files();
        let fits = |listing: &Listing| {
            let done = complete(beginning, listing.entries.iter().filter(|e| e.folder || files))?;
            (done.text != beginning || (done.names.len() > 1 && self.matches.is_empty())).then_some(done)
        };
        if self.listing.folder == parent {
            return fits(&self.listing);
        }
        match &self.aside {
            Some(aside) if aside.folder == parent => fits(aside),
            _ => {
                if self.aside_reading.as_ref().is_none_or(|r| r.folder != parent) {
                    let ctx = ui.ctx().clone();
                    self.aside_reading = Some(Reading::start(parent, move || ctx.request_repaint()));
                }
                None
            }
        }
    }

    /// Whether the line shows the folder that is listed and nothing more.
    fn path_is_folder(&self) -> bool {
        meant(&self.path, &self.folder) == self.folder
    }

    fn breadcrumbs(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let steps = crumbs(&self.folder);
        let mut to = None;
        ScrollArea::horizontal().id_salt("crumbs").stick_to_right(true).auto_shrink([false, true]).show(
            ui,
            |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 2.0;
                    ui.spacing_mut().button_padding = egui::vec2(5.0, 2.0);
                    for (n, (name, path)) in steps.iter().enumerate() {
                        if n > 1 {
                            ui.label(RichText::new("›").color(panel.tokens.text_faint));
                        }
                        let last = n + 1 == steps.len();
                        let ink = if last { panel.tokens.text } else { panel.tokens.text_soft };
                        let crumb =
                            ui.add(Button::new(RichText::new(name).color(ink)).frame_when_inactive(false));
                        if crumb.clicked() && !last {
                            let below = steps.get(n + 1).map(|(_, path)| path.clone());
                            to = Some((path.clone(), below));
                        }
                    }
                });
            },
        );
        if let Some((folder, below)) = to {
            self.go(folder, below);
            self.focus = Some(list_id());
        }
    }
}
