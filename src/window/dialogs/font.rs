//! The font of articles: built in or of the system, and its size. What is chosen is seen at once.

use std::thread::JoinHandle;

use egui::{Context, DragValue, Id, RichText, ScrollArea};

use super::sheet::{Sheet, buttons, height_left, labelled, primary, secondary, soft, text_line};
use crate::window::fonts;
use crate::window::panel::{Panel, Request};
use crate::window::preferences::{LARGEST_TEXT, Preferences, SMALLEST_TEXT};

/// The dialog. Made anew each time it is opened.
pub struct FontDialog {
    before: Preferences,
    filter: String,
    /// The system's families; they are listed beside the window's own work, for that takes a while.
    families: Vec<String>,
    listing: Option<JoinHandle<Vec<String>>>,
    begun: bool,
}

impl FontDialog {
    /// With what is set now.
    pub fn new(panel: &Panel<'_>) -> Self {
        let before = panel.preferences.clone();
        Self { before, filter: String::new(), families: Vec::new(), listing: None, begun: false }
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        self.list(ctx);
        let mut wanted = panel.preferences.clone();
        let title = panel.say("font-title");
        let shown = Sheet::new(Id::unique("font"), &title, 420.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("font-about"));
            ui.add_space(4.0);
            labelled(ui, panel, &panel.say("font-size"), |ui| {
                let size = DragValue::new(&mut wanted.style.size);
                ui.add(size.range(SMALLEST_TEXT..=LARGEST_TEXT).speed(0.1).max_decimals(1))
            });
            ui.add_space(4.0);
            for (serif, word) in [(true, "font-serif"), (false, "font-sans")] {
                let on = wanted.style.family.is_none() && wanted.style.serif == serif;
                let choice = ui.selectable_label(on, panel.say(word));
                if !std::mem::replace(&mut self.begun, true) {
                    choice.request_focus();
                }
                if choice.clicked() {
                    (wanted.style.family, wanted.style.serif) = (None, serif);
                }
            }
            if self.listing.is_some() {
                soft(ui, panel, &panel.say("font-listing"));
            } else if !self.families.is_empty() {
                self.of_system(ui, panel, &mut wanted);
            }
            buttons(ui, |ui| {
                let done = primary(ui, panel, &panel.say("font-done"), true).clicked();
                let back = secondary(ui, &panel.say("dialog-cancel")).clicked();
                (done, back)
            })
        });
        let (done, back) = shown.inner;
        if back || shown.dismissed {
            wanted = self.before.clone();
        }
        if wanted != *panel.preferences {
            panel.ask(Request::Preferences(Box::new(wanted)));
        }
        done || back || shown.dismissed
    }

    fn of_system(&mut self, ui: &mut egui::Ui, panel: &Panel<'_>, wanted: &mut Preferences) {
        ui.add_space(6.0);
        let (label, hint) = (panel.say("font-of-system"), panel.say("font-search"));
        text_line(ui, panel, Id::unique("font-search"), &label, &hint, &mut self.filter);
        let sought = self.filter.trim().to_lowercase();
        let fit: Vec<&String> =
            self.families.iter().filter(|name| name.to_lowercase().contains(&sought)).collect();
        if fit.is_empty() {
            ui.label(RichText::new(panel.say("font-none")).color(panel.tokens.text_soft));
            return;
        }
        let height = ui.spacing().interact_size.y;
        let room = height_left(ui.ctx(), 320.0, 96.0).min(300.0);
        ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show_rows(
            ui,
            height,
            fit.len(),
            |ui, rows| {
                for name in &fit[rows] {
                    let on = wanted.style.family.is_some_and(|family| family == name.as_str());
                    if ui.selectable_label(on, name.as_str()).clicked() {
                        wanted.style.family = Some(fonts::keep_name(name));
                    }
                }
            },
        );
    }

    /// Begins listing the system's families, and takes them in when they are there.
    fn list(&mut self, ctx: &Context) {
        if !self.begun && self.listing.is_none() && self.families.is_empty() && fonts::system_allowed(ctx) {
            let wake = ctx.clone();
            self.listing = Some(std::thread::spawn(move || {
                let families = fonts::system_families();
                wake.request_repaint();
                families
            }));
        }
        if let Some(listing) = self.listing.take_if(|listing| listing.is_finished()) {
            self.families = listing.join().unwrap_or_default();
        } else if self.listing.is_some() {
            // The thread wakes the window a moment before it is over.
            ctx.request_repaint_after(std::time::Duration::from_millis(50));
        }
    }
}
