//! Saving the annotated article as a PDF, a page for a browser or a picture.

use std::path::PathBuf;

use egui::{Context, Id};

use super::file_picker::documents;
use super::sheet::{Sheet, Tone, buttons, entered, note, primary, secondary, soft, text_line};
use crate::model::file_stem;
use crate::text::TextRange;
use crate::window::panel::{Panel, Request};
use crate::window::print::PaperKind;

/// What is to be put on paper, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperWish {
    /// What to make.
    pub kind: PaperKind,
    /// Which part of the text, in code points; all of it if `None`.
    pub part: Option<TextRange>,
    /// Whether spans have chips.
    pub chips: bool,
    /// The file.
    pub path: PathBuf,
    /// Whether a file that is there may be written over.
    pub overwrite: bool,
}

/// The dialog.
#[derive(Debug)]
pub struct PaperDialog {
    kind: PaperKind,
    chips: bool,
    only_selection: bool,
    overwrite: bool,
    typed: String,
    begun: bool,
}

impl PaperDialog {
    /// For the article at hand; `None` without one.
    pub fn of(panel: &Panel<'_>) -> Option<Self> {
        let article = &panel.open()?.desk.article;
        let file = documents().join(format!("{}.pdf", file_stem(&article.path)));
        Some(Self {
            kind: PaperKind::Pdf,
            chips: true,
            only_selection: false,
            overwrite: false,
            typed: file.display().to_string(),
            begun: false,
        })
    }

    /// Shows the dialog. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        let title = panel.say("paper-title");
        let mut save = false;
        let shown = Sheet::new(Id::unique("paper"), &title, 560.0).show(ctx, panel, |ui| {
            soft(ui, panel, &panel.say("paper-about"));
            ui.add_space(6.0);
            for (kind, word) in [
                (PaperKind::Pdf, "paper-pdf"),
                (PaperKind::Html, "paper-html"),
                (PaperKind::Svg, "paper-svg"),
                (PaperKind::Png, "paper-png"),
            ] {
                let radio = ui.radio(self.kind == kind, panel.say(word));
                if !self.begun && kind == self.kind {
                    self.begun = true;
                    radio.request_focus();
                }
                if radio.clicked() {
                    self.kind = kind;
                    self.typed =
                        PathBuf::from(self.typed.trim()).with_extension(kind.ending()).display().to_string();
                }
            }
            ui.add_space(6.0);
            ui.checkbox(&mut self.chips, panel.say("paper-chips"));
            let selected = part(panel);
            ui.add_enabled_ui(selected.is_some(), |ui| {
                ui.checkbox(&mut self.only_selection, panel.say("paper-selection"));
            });
            self.only_selection &= selected.is_some();
            ui.add_space(6.0);
            let label = panel.say("paper-file");
            let line = text_line(ui, panel, Id::unique("paper-file"), &label, "", &mut self.typed);
            let path = PathBuf::from(self.typed.trim());
            let fault = self.fault(&path);
            match fault {
                Some("paper-there") => {
                    note(ui, panel, Tone::Wrong, &panel.say("paper-there"));
                    ui.checkbox(&mut self.overwrite, panel.say("paper-overwrite"));
                }
                Some(fault) => drop(note(ui, panel, Tone::Wrong, &panel.say(fault))),
                None if path.exists() => drop(ui.checkbox(&mut self.overwrite, panel.say("paper-overwrite"))),
                None => {}
            }
            save = entered(&line) && fault.is_none();
            buttons(ui, |ui| {
                save |= primary(ui, panel, &panel.say("paper-save"), fault.is_none()).clicked();
                secondary(ui, &panel.say("dialog-cancel")).clicked()
            })
        });
        if save {
            panel.ask(Request::SavePaper(PaperWish {
                kind: self.kind,
                part: if self.only_selection { part(panel) } else { None },
                chips: self.chips,
                path: PathBuf::from(self.typed.trim()),
                overwrite: self.overwrite,
            }));
            return true;
        }
        shown.inner || shown.dismissed
    }

    /// Why it cannot be saved there, as a key of the words.
    fn fault(&self, path: &std::path::Path) -> Option<&'static str> {
        if path.file_name().is_none() || path.is_dir() {
            return Some("paper-no-name");
        }
        if !path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir()) {
            return Some("paper-no-folder");
        }
        (path.exists() && !self.overwrite).then_some("paper-there")
    }
}

/// The selected words, from the first to the last.
fn part(panel: &Panel<'_>) -> Option<TextRange> {
    panel.selection.iter().copied().filter(|range| !range.is_empty()).reduce(TextRange::hull)
}
