//! The table of names that the project does not know: each is added, becomes another, or is left out.

use std::path::{Path, PathBuf};

use egui::{ComboBox, RichText, ScrollArea, Ui};

use super::told::told;
use crate::model::FieldKind;
use crate::session::Session;
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
    Value,
}

/// What the table asks its dialog to let the user pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MappingAsks {
    /// A mapping file to read.
    File,
    /// A folder for one.
    Folder,
}

/// What a mapping file is called unless the user says otherwise.
const FILE: &str = "mapping.ron";

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Label => "import-kind-label",
            Self::Relation => "import-kind-relation",
            Self::Field => "import-kind-field",
            Self::Annotator => "import-kind-annotator",
            Self::Value => "import-kind-value",
        }
    }
}

/// A name of the source.
pub(super) struct Row {
    kind: Kind,
    /// Of a value, the field it stands in.
    place: String,
    name: String,
    count: usize,
    /// What it may become.
    targets: Vec<String>,
}

impl Row {
    /// What the mapping makes of it now.
    fn fate<'m>(&self, mapping: &'m Mapping) -> Option<&'m Option<String>> {
        match self.kind {
            Kind::Label => mapping.labels.get(&self.name),
            Kind::Relation => mapping.relations.get(&self.name),
            Kind::Field => mapping.fields.get(&self.name),
            Kind::Annotator => mapping.annotators.get(&self.name),
            Kind::Value => value_fate(mapping, &self.place, &self.name),
        }
    }

    /// Gives it another fate; `None` adds it.
    fn choose(&self, mapping: &mut Mapping, fate: Option<Option<String>>) {
        let names: &mut Names = match self.kind {
            Kind::Label => &mut mapping.labels,
            Kind::Relation => &mut mapping.relations,
            Kind::Field => &mut mapping.fields,
            Kind::Annotator => &mut mapping.annotators,
            Kind::Value => mapping.values.entry(self.place.clone()).or_default(),
        };
        match fate {
            None => drop(names.remove(&self.name)),
            Some(to) => drop(names.insert(self.name.clone(), to)),
        }
        mapping.values.retain(|_, names| !names.is_empty());
    }
}

/// What becomes of a text of a field: by the field of its label, by the field of any label, or wherever it stands.
fn value_fate<'m>(mapping: &'m Mapping, place: &str, text: &str) -> Option<&'m Option<String>> {
    let short = place.split_once('.').map_or(place, |(_, field)| field);
    [place, short, "*"].iter().find_map(|field| mapping.values.get(*field).and_then(|names| names.get(text)))
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
                rows.push(Row {
                    kind,
                    place: String::new(),
                    name: name.clone(),
                    count: *count,
                    targets: known.to_vec(),
                });
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
                rows.push(Row {
                    kind: Kind::Field,
                    place: String::new(),
                    name: name.clone(),
                    count: *count,
                    targets: fields,
                });
            }
        }
        for (place, texts) in &met.values {
            let Some(known) = known_values(session, mapping, place) else { continue };
            for (text, count) in texts {
                let mapped = value_fate(mapping, place, text).is_some();
                if mapped || !known.open && !known.names.contains(text) {
                    rows.push(Row {
                        kind: Kind::Value,
                        place: place.clone(),
                        name: text.clone(),
                        count: *count,
                        targets: known.names.clone(),
                    });
                }
            }
        }
        rows
    }

    /// Where the file of the mapping lies.
    pub fn folder(&self) -> Option<PathBuf> {
        let path = PathBuf::from(self.file.trim());
        path.parent().filter(|folder| folder.is_dir()).map(Path::to_owned)
    }

    /// Reads a mapping file in the place of the mapping that is there.
    pub fn read(&mut self, panel: &Panel<'_>, file: PathBuf, mapping: &mut Mapping) {
        self.file = file.display().to_string();
        match Mapping::read(&file) {
            Ok(read) => {
                *mapping = read;
                self.said = Some((false, panel.say("import-mapping-was-read")));
            }
            Err(why) => self.said = Some((true, told(panel.words, &why.to_string()))),
        }
    }

    /// Writes the mapping into a folder, under the name it has; one that is there is not written over unasked.
    pub fn save_into(&mut self, panel: &Panel<'_>, folder: &Path, mapping: &Mapping) {
        let path = PathBuf::from(self.file.trim());
        let path = folder.join(path.file_name().unwrap_or_else(|| FILE.as_ref()));
        self.file = path.display().to_string();
        if path.exists() {
            self.said = Some((true, panel.say("import-mapping-there")));
        } else {
            self.save(panel, &path, mapping);
        }
    }

    fn save(&mut self, panel: &Panel<'_>, path: &Path, mapping: &Mapping) {
        self.said = Some(match write_atomically(path, mapping.text().as_bytes()) {
            Ok(()) => (false, panel.say("import-mapping-saved")),
            Err(why) => (true, format!("{}: {why}", path.display())),
        });
    }

    /// Shows the table. Gives what is to be picked, if a button asks for that.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        rows: &[Row],
        mapping: &mut Mapping,
    ) -> Option<MappingAsks> {
        if rows.is_empty() {
            soft(ui, panel, &panel.say("import-names-all-known"));
        } else {
            soft(ui, panel, &panel.say("import-names-about"));
        }
        let room = (ui.available_height() - 112.0).max(56.0);
        ScrollArea::vertical().id_salt("names").auto_shrink([false, true]).max_height(room).show(ui, |ui| {
            let width = ui.available_width();
            for row in rows {
                ui.horizontal(|ui| {
                    let caption = panel.with(
                        "import-name",
                        &[
                            ("kind", (&panel.say(row.kind.word())).into()),
                            ("name", (&shown_name(row)).into()),
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
                                    .on_hover_text(&caption)
                            },
                        )
                        .inner;
                    fate(ui, panel, row, mapping, width * 0.40).labelled_by(label.id);
                });
            }
        });
        ui.separator();
        self.file_line(ui, panel, mapping)
    }

    fn file_line(&mut self, ui: &mut Ui, panel: &Panel<'_>, mapping: &mut Mapping) -> Option<MappingAsks> {
        let mut asks = None;
        let label = panel.say("import-mapping-file");
        let hint = panel.say("import-mapping-hint");
        let id = egui::Id::unique("mapping-file");
        if text_line(ui, panel, id, &label, &hint, &mut self.file).changed() {
            self.said = None;
        }
        let path = PathBuf::from(self.file.trim());
        let named = path.file_name().is_some() && path.is_absolute();
        ui.add_space(5.0);
        ui.horizontal_wrapped(|ui| {
            if ui.button(panel.say("import-mapping-save")).clicked() {
                match named {
                    true => self.save(panel, &path, mapping),
                    false => asks = Some(MappingAsks::Folder),
                }
            }
            if ui.button(panel.say("import-mapping-read")).clicked() {
                match named && path.is_file() && self.said.is_none() {
                    true => self.read(panel, path.clone(), mapping),
                    false => asks = Some(MappingAsks::File),
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
        asks
    }
}

/// The texts that a field knows.
struct KnownValues {
    names: Vec<String>,
    /// Whether any other text will do as well.
    open: bool,
}

/// What the field knows that the texts at `place` come into; `None` if they come into none that knows any.
fn known_values(session: &Session, mapping: &Mapping, place: &str) -> Option<KnownValues> {
    let (label, path) = place.split_once('.')?;
    let becomes = match mapping.labels.get(label).or_else(|| mapping.relations.get(label)) {
        Some(to) => to.as_deref()?,
        None => label,
    };
    let schema = &session.schema;
    let mut defs = match (schema.label(becomes), schema.relation(becomes), becomes) {
        (Some(label), ..) => label.fields.as_slice(),
        (None, Some(relation), _) => relation.fields.as_slice(),
        (None, None, "article") => schema.article_fields.as_slice(),
        _ => return None,
    };
    let (mut full, mut short) = (label.to_owned(), String::new());
    let mut found = None;
    for step in path.split('.') {
        full = format!("{full}.{step}");
        short = if short.is_empty() { step.to_owned() } else { format!("{short}.{step}") };
        let name = match mapping.fields.get(&full).or_else(|| mapping.fields.get(&short)) {
            Some(to) => to.as_deref()?,
            None => step,
        };
        let def = defs.iter().find(|def| def.name == name)?;
        if let FieldKind::Record(inner) = &def.kind {
            defs = inner;
        }
        found = Some(def);
    }
    let mut known = KnownValues { names: Vec::new(), open: false };
    gather(session, &found?.kind, &mut known);
    (!known.names.is_empty()).then_some(known)
}

fn gather(session: &Session, kind: &FieldKind, known: &mut KnownValues) {
    match kind {
        FieldKind::Choice(choices) => known.names.extend(choices.iter().map(|choice| choice.name.clone())),
        FieldKind::Term(_) => {
            known.names.extend(session.codebook().iter().map(|term| term.id.to_string()));
        }
        FieldKind::Entity(_) => {
            known.names.extend(session.register().iter().map(|entry| entry.id.to_string()));
        }
        FieldKind::Either(kinds) => kinds.iter().for_each(|kind| gather(session, kind, known)),
        _ => known.open = true,
    }
}

/// What a row is called: of a value, with its field.
fn shown_name(row: &Row) -> String {
    if row.kind == Kind::Value { format!("{} = {}", row.place, row.name) } else { row.name.clone() }
}

/// The choice of what becomes of a name.
fn fate(ui: &mut Ui, panel: &Panel<'_>, row: &Row, mapping: &mut Mapping, width: f32) -> egui::Response {
    let now = row.fate(mapping).cloned();
    let becomes = |to: &String| panel.with("import-becomes", &[("name", to.into())]);
    let shown = match &now {
        None => panel.say("import-add"),
        Some(None) => panel.say("import-leave-out"),
        Some(Some(to)) => becomes(to),
    };
    let mut chosen = now.clone();
    let response = ComboBox::from_id_salt((row.kind.word(), &row.place, &row.name))
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
        row.choose(mapping, chosen);
    }
    response
}
