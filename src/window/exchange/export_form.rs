//! What is chosen in the export dialog.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::Ui;

use super::parts::{begin_with, carries, format_choice, heading, unit_choice};
use crate::formats::{FORMATS, FormatInfo, Grouping, OffsetUnit, Shares, SplitPlan, TagScheme, Target};
use crate::model::{GOLD, Status};
use crate::session::Session;
use crate::session::exchange::exporting::{Examples, ExportWish, Whose, writes_tables, writes_tags};
use crate::window::dialogs::documents;
use crate::window::dialogs::sheet::{Tone, marks, note, soft, text_line};
use crate::window::panel::Panel;
use crate::window::panels::status_word;

/// The form.
pub(super) struct ExportForm {
    pub format: Option<&'static FormatInfo>,
    pub out: String,
    /// Whether the user wrote the path; until then it follows the format.
    own_path: bool,
    project: String,
    people: Vec<String>,
    whose: BTreeSet<String>,
    all_labels: Vec<String>,
    labels: BTreeSet<String>,
    states: BTreeSet<Status>,
    split: bool,
    shares: [String; 3],
    seed: String,
    stratify: bool,
    group: Option<Grouping>,
    examples: Examples,
    byte_order_mark: bool,
    scheme: Option<TagScheme>,
    unit: Option<OffsetUnit>,
    pub overwrite: bool,
    begun: bool,
}

impl ExportForm {
    pub fn new(session: &Session) -> Self {
        let people = session.annotators();
        let whose = match people.iter().any(|name| name == GOLD) {
            true => GOLD.to_owned(),
            false => session.annotator.clone(),
        };
        let all_labels: Vec<String> = session.schema.labels.iter().map(|label| label.name.clone()).collect();
        let mut form = Self {
            format: FORMATS.iter().find(|format| format.writes()),
            out: String::new(),
            own_path: false,
            project: crate::store::safe_name(&session.settings.name),
            whose: BTreeSet::from([whose]),
            people,
            labels: all_labels.iter().cloned().collect(),
            all_labels,
            states: Status::ALL.into_iter().collect(),
            split: false,
            shares: ["0.8", "0.1", "0.1"].map(str::to_owned),
            seed: "1".to_owned(),
            stratify: true,
            group: None,
            examples: Examples::Article,
            byte_order_mark: false,
            scheme: None,
            unit: None,
            overwrite: false,
            begun: false,
        };
        form.propose_path();
        form
    }

    /// Takes the keyboard once more.
    pub fn begin_again(&mut self) {
        self.begun = false;
    }

    fn propose_path(&mut self) {
        let Some(format) = self.format.filter(|_| !self.own_path) else { return };
        let name = match self.is_folder() {
            true => format!("{}-{}", self.project, format.name),
            false => format!("{}.{}", self.project, format.ending),
        };
        self.out = documents().join(name).display().to_string();
    }

    /// Whether a folder will be written.
    pub fn is_folder(&self) -> bool {
        self.split || self.format.is_some_and(|format| format.target == Target::Folder)
    }

    /// Takes a folder from the picker: what is written keeps its name.
    pub fn put_into(&mut self, folder: &std::path::Path) {
        let name = PathBuf::from(self.out.trim());
        let name = name.file_name().map(|name| name.to_owned()).unwrap_or_default();
        self.out = folder.join(name).display().to_string();
        self.own_path = true;
        self.overwrite = false;
    }

    /// What is wished, or the key of what is wrong.
    pub fn wish(&self) -> Result<ExportWish, &'static str> {
        let format = self.format.ok_or("exchange-format-none")?;
        let out = PathBuf::from(self.out.trim());
        if out.file_name().is_none() || !out.is_absolute() {
            return Err("export-no-path");
        }
        if self.whose.is_empty() {
            return Err("export-nobody");
        }
        if self.labels.is_empty() && !self.all_labels.is_empty() {
            return Err("export-no-labels");
        }
        if self.states.is_empty() {
            return Err("export-no-states");
        }
        let mut wish = ExportWish::new(format, out);
        let only_gold = self.whose.len() == 1 && self.whose.contains(GOLD);
        wish.whose = match self.whose.len() {
            _ if only_gold => Whose::Gold,
            n if n == self.people.len() && n > 1 => Whose::All,
            _ => {
                Whose::These(self.people.iter().filter(|name| self.whose.contains(*name)).cloned().collect())
            }
        };
        if self.labels.len() < self.all_labels.len() {
            wish.labels =
                self.all_labels.iter().filter(|label| self.labels.contains(*label)).cloned().collect();
        }
        if self.states.len() < Status::ALL.len() {
            wish.states = self.states.iter().copied().collect();
        }
        if self.split {
            let shares = self.shares();
            let seed = self.seed.trim().parse().map_err(|_no_number| "export-no-seed")?;
            let shares = Shares::parse(&shares).map_err(|_why| "export-no-shares")?;
            wish.split = Some(SplitPlan { shares, seed, stratify: self.stratify, group: self.group });
        }
        wish.examples = self.examples;
        wish.byte_order_mark = self.byte_order_mark && writes_tables(format);
        wish.scheme = self.scheme.filter(|_| writes_tags(format));
        wish.unit = self.unit.filter(|_| self.may_choose_unit());
        wish.overwrite = self.overwrite;
        Ok(wish)
    }

    fn shares(&self) -> String {
        let named = ["train", "dev", "test"].iter().zip(&self.shares);
        let given = named.filter(|(_, share)| !matches!(share.trim(), "" | "0"));
        given
            .map(|(name, share)| format!("{name}={}", share.trim().replace(',', ".")))
            .collect::<Vec<_>>()
            .join(",")
    }

    fn may_choose_unit(&self) -> bool {
        // A format that knows one unit alone, and one that has no offsets at all.
        let has_offsets = self.format.is_some_and(|format| {
            matches!(
                format.name,
                "jsonl" | "doccano" | "prodigy" | "label-studio" | "parquet" | "csv" | "dna"
            )
        });
        has_offsets
            && self
                .format
                .and_then(|format| format.writer)
                .is_some_and(|writer| writer.fixed_unit().is_none())
    }

    /// Shows the form. True if the picker is asked for.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        let formats: Vec<&'static FormatInfo> = FORMATS.iter().filter(|format| format.writes()).collect();
        let (changed, response) = format_choice(ui, panel, &mut self.format, &formats);
        begin_with(&response, &mut self.begun);
        if changed {
            self.overwrite = false;
            self.propose_path();
        }
        if let Some(format) = self.format {
            soft(ui, panel, &carries(panel, format));
        }
        ui.add_space(4.0);
        let word = if self.is_folder() { "export-to-folder" } else { "export-to-file" };
        let label = panel.say(word);
        let line = text_line(ui, panel, egui::Id::unique("export-out"), &label, "", &mut self.out);
        if line.changed() {
            self.own_path = true;
            self.overwrite = false;
        }
        let browse = ui.button(panel.say("export-browse")).clicked();
        let out = PathBuf::from(self.out.trim());
        let empty_folder = || std::fs::read_dir(&out).is_ok_and(|mut there| there.next().is_none());
        if out.exists() && !(out.is_dir() && empty_folder()) {
            let word = if out.is_dir() { "export-folder-there" } else { "export-file-there" };
            note(ui, panel, if self.overwrite { Tone::Careful } else { Tone::Wrong }, &panel.say(word));
            marks(ui, panel, |ui| ui.checkbox(&mut self.overwrite, panel.say("export-overwrite")));
        }
        marks(ui, panel, |ui| self.choices(ui, panel));
        browse
    }

    fn choices(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        heading(ui, panel, "export-whose");
        ui.horizontal_wrapped(|ui| {
            for name in &self.people {
                let shown = if name == GOLD { panel.say("export-gold") } else { name.clone() };
                ticked(ui, &mut self.whose, name, shown);
            }
        });
        heading(ui, panel, "export-labels");
        ui.horizontal_wrapped(|ui| {
            let labels = panel.session.map(|session| session.schema.clone());
            for name in &self.all_labels {
                let title = labels.as_ref().and_then(|schema| schema.label(name));
                let shown = title.map_or(name.as_str(), |label| label.title(panel.words.code()));
                ticked(ui, &mut self.labels, name, shown.to_owned());
            }
        });
        heading(ui, panel, "export-states");
        ui.horizontal_wrapped(|ui| {
            for status in Status::ALL {
                ticked(ui, &mut self.states, &status, panel.say(status_word(status)));
            }
        });
        heading(ui, panel, "export-examples");
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(&mut self.examples, Examples::Article, panel.say("export-by-article"));
            ui.radio_value(&mut self.examples, Examples::Sentence, panel.say("export-by-sentence"));
        });
        heading(ui, panel, "export-split-heading");
        if ui.checkbox(&mut self.split, panel.say("export-split")).changed() {
            self.propose_path();
        }
        if self.split {
            self.split_choices(ui, panel);
        }
        self.format_choices(ui, panel);
    }

    fn split_choices(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.horizontal_wrapped(|ui| {
            for (word, share) in ["export-train", "export-dev", "export-test"].iter().zip(&mut self.shares) {
                let caption = ui.label(panel.say(word));
                ui.add(egui::TextEdit::singleline(share).desired_width(44.0)).labelled_by(caption.id);
            }
        });
        ui.horizontal(|ui| {
            let caption = ui.label(panel.say("export-seed"));
            ui.add(egui::TextEdit::singleline(&mut self.seed).desired_width(60.0)).labelled_by(caption.id);
        });
        ui.checkbox(&mut self.stratify, panel.say("export-stratify"));
        let word = |group: Option<Grouping>| match group {
            None => "export-group-none",
            Some(Grouping::Source) => "export-group-source",
            Some(Grouping::Date) => "export-group-date",
            Some(Grouping::NearDuplicates) => "export-group-near-duplicates",
        };
        let caption = ui.label(panel.say("export-group"));
        let choices = [None, Some(Grouping::Source), Some(Grouping::Date), Some(Grouping::NearDuplicates)];
        egui::ComboBox::from_id_salt("export-group")
            .selected_text(panel.say(word(self.group)))
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for choice in choices {
                    ui.selectable_value(&mut self.group, choice, panel.say(word(choice)));
                }
            })
            .response
            .labelled_by(caption.id);
    }

    fn format_choices(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(format) = self.format else { return };
        if !writes_tables(format) && !writes_tags(format) && !self.may_choose_unit() {
            return;
        }
        heading(ui, panel, "export-options");
        if writes_tables(format) {
            ui.checkbox(&mut self.byte_order_mark, panel.say("export-byte-order-mark"));
        }
        if writes_tags(format) {
            ui.horizontal_wrapped(|ui| {
                for (scheme, name) in [
                    (TagScheme::Bio, "BIO"),
                    (TagScheme::Iob1, "IOB1"),
                    (TagScheme::Bioes, "BIOES"),
                    (TagScheme::Bilou, "BILOU"),
                ] {
                    let is_chosen = self.scheme.unwrap_or_default() == scheme;
                    if ui.radio(is_chosen, name).clicked() {
                        self.scheme = Some(scheme);
                    }
                }
            });
        }
        if self.may_choose_unit() {
            unit_choice(ui, panel, &mut self.unit);
        }
    }
}

/// A box that puts something into a set or takes it out.
fn ticked<T: Ord + Clone>(ui: &mut Ui, set: &mut BTreeSet<T>, thing: &T, shown: String) {
    let mut on = set.contains(thing);
    if ui.checkbox(&mut on, shown).changed() {
        if on {
            set.insert(thing.clone());
        } else {
            set.remove(thing);
        }
    }
}
