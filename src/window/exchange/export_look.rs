//! What would come of an export: how much, the first records, what is lost. Found out on other threads while one chooses.

use std::path::{Path, PathBuf};

use egui::{Context, RichText, ScrollArea, Ui};

use super::job::Job;
use super::parts::heading;
use crate::formats::Loss;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::exporting::{Export, ExportWish, FilePreview, Losses};
use crate::store::Project;
use crate::window::dialogs::sheet::{Tone, note, soft};
use crate::window::panel::Panel;
use crate::window::words::Language;

/// How many sets are looked at for the preview.
const RECORDS: usize = 3;

/// How much of each file is shown, in bytes.
const BYTES: usize = 6_000;

/// How many files are shown.
const FILES: usize = 12;

struct Beginning {
    sets: usize,
    articles: usize,
    files: Vec<FilePreview>,
}

/// What comes of the wish at hand.
#[derive(Default)]
pub(super) struct ExportLook {
    of: String,
    beginning: Option<Job<Result<Beginning, ExchangeError>>>,
    begun: Option<Result<Beginning, String>>,
    losses: Option<Job<Result<Losses, ExchangeError>>>,
    lost: Option<Result<Losses, String>>,
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
            self.losses = Some(Job::start(ctx, move |course| {
                let project = Project::open(&again)?;
                Export::begin(&project, &also, course)?.losses()
            }));
        }
        if let Some(result) = self.beginning.as_ref().and_then(Job::take) {
            self.begun = Some(result.map_err(|why| why.to_string()));
            self.beginning = None;
        }
        if let Some(result) = self.losses.as_ref().and_then(Job::take) {
            self.lost = Some(result.map_err(|why| why.to_string()));
            self.losses = None;
        }
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
            Some(Err(why)) => drop(note(ui, panel, Tone::Wrong, why)),
            Some(Ok(beginning)) => {
                let counts = [("sets", beginning.sets.into()), ("articles", beginning.articles.into())];
                ui.label(panel.with("export-counts", &counts));
                self.show_losses(ui, panel);
                heading(ui, panel, "export-preview");
                show_files(ui, panel, &beginning.files);
            }
        }
    }

    fn show_losses(&self, ui: &mut Ui, panel: &Panel<'_>) {
        let losses = match &self.lost {
            None => {
                let part = self.losses.as_ref().map_or(0.0, Job::part);
                let done = format!("{:.0}", part * 100.0);
                soft(ui, panel, &panel.with("export-losses-counting", &[("part", (&done).into())]));
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
                return;
            }
            Some(Err(why)) => return drop(note(ui, panel, Tone::Wrong, why)),
            Some(Ok(losses)) => losses,
        };
        if losses.is_empty() {
            soft(ui, panel, &panel.say("export-loses-nothing"));
            return;
        }
        note(ui, panel, Tone::Careful, &panel.say("export-loses"));
        ScrollArea::vertical().id_salt("losses").max_height(110.0).show(ui, |ui| {
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
                line(ui, panel, &lost(panel, loss));
            }
        });
    }
}

/// A loss in the user's language, where its words are known; the formats themselves speak English.
fn lost(panel: &Panel<'_>, loss: &Loss) -> String {
    if panel.words.language() == Language::English {
        return loss.to_string();
    }
    let key = |kind: &str, text: &str| {
        let mut key = kind.to_owned();
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            key.push('-');
            key.push_str(&word.to_ascii_lowercase());
        }
        // As long as the keys of the words are.
        key.truncate(kind.len() + 1 + 60);
        key.trim_end_matches('-').to_owned()
    };
    let what = panel.words.find(&key("loss", loss.many), &[]);
    let fate = panel.words.find(&key("fate", &loss.fate), &[]);
    match (what, fate) {
        (None, None) => loss.to_string(),
        (what, fate) => {
            let what = what.unwrap_or_else(|| loss.many.to_owned());
            let fate = fate.unwrap_or_else(|| loss.fate.clone());
            let values = [("what", (&what).into()), ("n", loss.count.into()), ("fate", (&fate).into())];
            panel.with("export-loss", &values)
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
        ScrollArea::both().id_salt("preview").auto_shrink([false, false]).max_height(height).show(ui, |ui| {
            for file in files.iter().take(FILES) {
                ui.label(RichText::new(&file.name).small().color(panel.tokens.text_soft));
                match &file.text {
                    Some(text) => {
                        let text =
                            RichText::new(text.trim_end()).monospace().small().color(panel.tokens.text);
                        ui.add(egui::Label::new(text).extend());
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
        });
    });
}
