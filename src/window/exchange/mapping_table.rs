//! The table of names that the project does not know: each is added, becomes another, or is left out.

use std::path::PathBuf;

use egui::{ComboBox, RichText, ScrollArea, Ui};

use crate::session::exchange::importing::{Intake, Mapping, Names};
use crate::store::write_atomically;
use crate::window::dialogs::sheet::{Tone, note, soft, text_line};
use crate::window::panel::Panel;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Label,
    Relation,
    Field,
    Annotator,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Label => "import-kind-label",
            Self::Relation => "import-kind-relation",
            Self::Field => "import-kind-field",
            Self::Annotator => "import-kind-annotator",
        }
    }

    fn names(self, mapping: &mut Mapping) -> &mut Names {
        match self {
            Self::Label => &mut mapping.labels,
            Self::Relation => &mut mapping.relations,
            Self::Field => &mut mapping.fields,
            Self::Annotator => &mut mapping.annotators,
        }
    }
}

/// A name of the source.
pub(super) struct Row {
    kind: Kind,
    name: String,
    count: usize,
    /// What it may become.
    targets: Vec<String>,
}

/// The table, and the file its contents can be kept in.
#[derive(Default)]
pub(super) struct MappingTable {
    file: String,
    /// What came of saving or reading the file: whether it is bad, and the words.
    said: Option<(bool, String)>,
}

impl MappingTable {
    /// The names that the project does not know, and those that the mapping speaks of.
    pub fn rows(&self, panel: &Panel<'_>, intake: &Intake, mapping: &Mapping) -> Vec<Row> {
        let Some(session) = panel.session else { return Vec::new() };
        let schema = &session.schema;
        let people = session.annotators();
        let labels: Vec<String> = schema.labels.iter().map(|label| label.name.clone()).collect();
        let relations: Vec<String> = schema.relations.iter().map(|relation| relation.name.clone()).collect();
        let mut rows = Vec::new();
        let mut add = |kind, name: &String, count: &usize, known: &[String], names: &Names| {
            if !known.contains(name) || names.contains_key(name) {
                rows.push(Row { kind, name: name.clone(), count: *count, targets: known.to_vec() });
            }
        };
        let met = &intake.names;
        for (name, count) in &met.labels {
            add(Kind::Label, name, count, &labels, &mapping.labels);
        }
        for (name, count) in &met.relations {
            add(Kind::Relation, name, count, &relations, &mapping.relations);
        }
        for (name, count) in met.annotators.iter().filter(|(name, _)| !name.is_empty()) {
            add(Kind::Annotator, name, count, &people, &mapping.annotators);
        }
        for (name, count) in &met.fields {
            let Some((label, field)) = name.split_once('.') else { continue };
            let defs = match mapping.labels.get(label).or_else(|| mapping.relations.get(label)) {
                Some(None) => continue,
                Some(Some(to)) => to.as_str(),
                None => label,
            };
            let defs = match (schema.label(defs), schema.relation(defs), defs) {
                (Some(label), ..) => &label.fields,
                (None, Some(relation), _) => &relation.fields,
                (None, None, "article") => &schema.article_fields,
                // A label that is added gets its fields with it.
                _ => continue,
            };
            let fields: Vec<String> = defs.iter().map(|def| def.name.clone()).collect();
            if !fields.iter().any(|known| known == field) || mapping.fields.contains_key(name) {
                rows.push(Row { kind: Kind::Field, name: name.clone(), count: *count, targets: fields });
            }
        }
        rows
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, rows: &[Row], mapping: &mut Mapping) {
        if rows.is_empty() {
            soft(ui, panel, &panel.say("import-names-all-known"));
        } else {
            soft(ui, panel, &panel.say("import-names-about"));
        }
        let room = (ui.available_height() - 96.0).max(70.0);
        ScrollArea::vertical().id_salt("names").auto_shrink([false, true]).max_height(room).show(ui, |ui| {
            let width = ui.available_width();
            for row in rows {
                ui.horizontal(|ui| {
                    let caption = panel.with(
                        "import-name",
                        &[
                            ("kind", (&panel.say(row.kind.word())).into()),
                            ("name", (&row.name).into()),
                            ("n", row.count.into()),
                        ],
                    );
                    let label = ui
                        .allocate_ui_with_layout(
                            egui::vec2(width * 0.56, 22.0),
                            egui::Layout::left_to_right(egui::Align::Center),
                            |ui| {
                                ui.set_width(width * 0.56);
                                ui.add(egui::Label::new(RichText::new(&caption)).truncate())
                            },
                        )
                        .inner;
                    fate(ui, panel, row, mapping, width * 0.40).labelled_by(label.id);
                });
            }
        });
        ui.separator();
        self.file_line(ui, panel, mapping);
    }

    fn file_line(&mut self, ui: &mut Ui, panel: &Panel<'_>, mapping: &mut Mapping) {
        let label = panel.say("import-mapping-file");
        let hint = panel.say("import-mapping-hint");
        let id = egui::Id::unique("mapping-file");
        if text_line(ui, panel, id, &label, &hint, &mut self.file).changed() {
            self.said = None;
        }
        let path = PathBuf::from(self.file.trim());
        let named = path.file_name().is_some() && path.is_absolute();
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(named, egui::Button::new(panel.say("import-mapping-save"))).clicked() {
                self.said = Some(match write_atomically(&path, mapping.text().as_bytes()) {
                    Ok(()) => (false, panel.say("import-mapping-saved")),
                    Err(why) => (true, format!("{}: {why}", path.display())),
                });
            }
            let there = named && path.is_file();
            if ui.add_enabled(there, egui::Button::new(panel.say("import-mapping-read"))).clicked() {
                match Mapping::read(&path) {
                    Ok(read) => {
                        *mapping = read;
                        self.said = Some((false, panel.say("import-mapping-was-read")));
                    }
                    Err(why) => self.said = Some((true, why.to_string())),
                }
            }
            let is_empty = mapping.is_empty();
            if ui.add_enabled(!is_empty, egui::Button::new(panel.say("import-mapping-forget"))).clicked() {
                *mapping = Mapping::default();
            }
        });
        if let Some((bad, said)) = &self.said {
            note(ui, panel, if *bad { Tone::Wrong } else { Tone::Plain }, said);
        }
    }
}

/// The choice of what becomes of a name.
fn fate(ui: &mut Ui, panel: &Panel<'_>, row: &Row, mapping: &mut Mapping, width: f32) -> egui::Response {
    let names = row.kind.names(mapping);
    let now = names.get(&row.name).cloned();
    let becomes = |to: &String| panel.with("import-becomes", &[("name", to.into())]);
    let shown = match &now {
        None => panel.say("import-add"),
        Some(None) => panel.say("import-leave-out"),
        Some(Some(to)) => becomes(to),
    };
    let mut chosen = now.clone();
    let response = ComboBox::from_id_salt((row.kind.word(), &row.name))
        .selected_text(shown)
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut chosen, None, panel.say("import-add"));
            ui.selectable_value(&mut chosen, Some(None), panel.say("import-leave-out"));
            for target in row.targets.iter().filter(|target| **target != row.name) {
                ui.selectable_value(&mut chosen, Some(Some(target.clone())), becomes(target));
            }
        })
        .response;
    if chosen != now {
        match chosen {
            None => drop(names.remove(&row.name)),
            Some(to) => drop(names.insert(row.name.clone(), to)),
        }
    }
    response
}
