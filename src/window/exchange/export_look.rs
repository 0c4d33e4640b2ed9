//! What would come of an export: how much, the first records, what is lost. Found out on other threads while one chooses.

use std::path::{Path, PathBuf};

use egui::{Context, RichText, ScrollArea, Ui};

use super::division::division;
use super::job::Job;
use super::parts::heading;
use super::told::{told, told_loss};
use crate::formats::SplitPart;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::exporting::{Export, ExportWish, FilePreview, Losses};
use crate::store::Project;
use crate::window::dialogs::sheet::{Tone, note, soft};
use crate::window::panel::Panel;

/// How many sets are looked at for the preview.
const RECORDS: usize = 3;

/// How much of each file is shown, in bytes.
const BYTES: usize = 6_000;

/// What height the preview keeps, in points, whatever there is to say above it.
const LEAST: f32 = 150.0;

/// How many files are shown.
const FILES: usize = 12;

struct Beginning {
    sets: usize,
    articles: usize,
    files: Vec<FilePreview>,
}

/// What is known only when all records were gone through.
struct Weighed {
    losses: Losses,
    parts: Option<Vec<SplitPart>>,
}

/// What comes of the wish at hand.
#[derive(Default)]
pub(super) struct ExportLook {
    of: String,
    beginning: Option<Job<Result<Beginning, ExchangeError>>>,
    begun: Option<Result<Beginning, String>>,
    weighing: Option<Job<Result<Weighed, ExchangeError>>>,
    weighed: Option<Result<Weighed, String>>,
}

impl ExportLook {
    /// Begins to find out anew if the wish is another, and takes what was found out.
    pub fn of(&mut self, ctx: &Context, root: &Path, wish: &ExportWish) {
        // Where it is written changes nothing but whether that is a folder.
        let place = PathBuf::from(if wish.out.extension().is_some() { "f.f" } else { "f" });
        let of = format!(
            "{} {}",
            ExportWish { out: place, overwrite: false, ..wish.clone() }.as_command(root),
            wish.out.is_dir()
        );
        if of != self.of {
            *self = Self { of, ..Self::default() };
            let (root, wish) = (root.to_owned(), wish.clone());
            let (again, also) = (root.clone(), wish.clone());
            self.beginning = Some(Job::start(ctx, move |course| {
                let project = Project::open(&root)?;
                let export = Export::begin(&project, &wish, course)?;
                let files = export.preview(RECORDS, BYTES)?;
                let records = export.records();
                Ok(Beginning { sets: records.count(), articles: records.articles().len(), files })
            }));
            self.weighing = Some(Job::start(ctx, move |course| {
                let project = Project::open(&again)?;
                let export = Export::begin(&project, &also, course)?;
                Ok(Weighed { parts: export.parts()?, losses: export.losses()? })
            }));
        }
        if let Some(result) = self.beginning.as_ref().and_then(Job::take) {
            self.begun = Some(result.map_err(|why| why.to_string()));
            self.beginning = None;
        }
        if let Some(result) = self.weighing.as_ref().and_then(Job::take) {
            self.weighed = Some(result.map_err(|why| why.to_string()));
            self.weighing = None;
        }
    }

    /// Looks anew: something may have been changed.
    pub fn look_again(&mut self) {
        self.of.clear();
    }

    /// Whether there is something to write.
    pub fn is_good(&self) -> bool {
        matches!(self.begun, Some(Ok(_)))
    }

    /// Shows it.
    pub fn show(&self, ui: &mut Ui, panel: &Panel<'_>) {
        match &self.begun {
            None => {
                soft(ui, panel, &panel.say("exchange-looking"));
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(60));
            }
            Some(Err(why)) => drop(note(ui, panel, Tone::Wrong, &told(panel.words, why))),
            Some(Ok(beginning)) => {
                let counts = [("sets", beginning.sets.into()), ("articles", beginning.articles.into())];
                // What is above the preview leaves it some lines, and scrolls where the window is low.
                let above = (ui.available_height() - LEAST).max(LEAST * 0.6);
                ScrollArea::vertical()
                    .id_salt("export-says")
                    .max_height(above)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.add(egui::Label::new(panel.with("export-counts", &counts)).wrap());
                        self.show_weighed(ui, panel);
                    });
                heading(ui, panel, "export-preview");
                show_files(ui, panel, &beginning.files);
            }
        }
    }

    fn show_weighed(&self, ui: &mut Ui, panel: &Panel<'_>) {
        let weighed = match &self.weighed {
            None => {
                let part = self.weighing.as_ref().map_or(0.0, Job::part);
                let done = format!("{:.0}", part * 100.0);
                soft(ui, panel, &panel.with("export-losses-counting", &[("part", (&done).into())]));
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
                return;
            }
            Some(Err(why)) => return drop(note(ui, panel, Tone::Wrong, &told(panel.words, why))),
            Some(Ok(weighed)) => weighed,
        };
        if let Some(parts) = &weighed.parts {
            division(ui, panel, parts);
            ui.add_space(4.0);
        }
        let losses = &weighed.losses;
        if losses.is_empty() {
            soft(ui, panel, &panel.say("export-loses-nothing"));
            return;
        }
        note(ui, panel, Tone::Careful, &panel.say("export-loses"));
        let cut = losses.cut_off;
        for (word, n) in [
            ("export-cut-spans", cut.spans),
            ("export-cut-relations", cut.relations),
            ("export-cut-stretches", cut.stretches),
            ("export-cut-links", cut.links),
        ] {
            if n > 0 {
                line(ui, panel, &panel.with(word, &[("n", n.into())]));
            }
        }
        for loss in losses.report.iter() {
            line(ui, panel, &told_loss(panel.words, loss));
        }
    }
}

fn line(ui: &mut Ui, panel: &Panel<'_>, text: &str) {
    ui.add(egui::Label::new(RichText::new(format!("• {text}")).small().color(panel.tokens.text)).wrap());
}

fn show_files(ui: &mut Ui, panel: &Panel<'_>, files: &[FilePreview]) {
    let frame = egui::Frame::new()
        .fill(panel.tokens.page)
        .stroke(egui::Stroke::new(1.0, panel.tokens.line))
        .corner_radius(6)
        .inner_margin(8);
    frame.show(ui, |ui| {
        let height = ui.available_height().max(60.0);
        ScrollArea::vertical().id_salt("preview").auto_shrink([false, false]).max_height(height).show(
            ui,
            |ui| {
                for file in files.iter().take(FILES) {
                    let name = RichText::new(&file.name).small().color(panel.tokens.text_soft);
                    ui.add(egui::Label::new(name).wrap());
                    match &file.text {
                        Some(text) => {
                            let text =
                                RichText::new(text.trim_end()).monospace().small().color(panel.tokens.text);
                            // A record is one line, however long: it goes on below, so that nothing is out of sight.
                            ui.add(egui::Label::new(text).wrap());
                            if file.is_cut {
                                ui.label(
                                    RichText::new(panel.say("export-goes-on"))
                                        .small()
                                        .color(panel.tokens.text_faint),
                                );
                            }
                        }
                        None => {
                            let word = panel.say("export-no-text");
                            ui.label(RichText::new(word).small().color(panel.tokens.text_faint));
                        }
                    }
                    ui.add_space(6.0);
                }
                if files.len() > FILES {
                    let more = panel.with("export-more-files", &[("n", (files.len() - FILES).into())]);
                    ui.label(RichText::new(more).small().color(panel.tokens.text_faint));
                }
            },
        );
    });
}
