//! A new project: its name, where it lies, its schema, its language, and the articles to begin with.

use std::path::{Path, PathBuf};

use egui::{Button, Context, Frame, Id, Margin, RichText, ScrollArea, Stroke, Ui};

use super::file_picker::{FilePicker, PickerMode, PickerOutcome, documents, meant, nearest_folder};
use super::folder_check::{FolderState, check_folder, proposed_folder};
use super::languages::language_choice;
use super::sheet::{
    Sheet, Tone, buttons, entered, height_left, labelled, note, primary, secondary, soft, text_line,
};
use crate::model::Schema;
use crate::store::read_schema;
use crate::window::panel::{NewProject, Panel, Request};
use crate::window::words::Said;

/// How wide the list of languages is, in points.
const LANGUAGE: f32 = 190.0;

/// What is being looked for with the file picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Browsing {
    Folder,
    Schema,
    Articles,
}

/// Which schema the project begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// A built-in one, by name.
    Template(&'static str),
    /// A file's.
    File(Option<PathBuf>),
}

/// The dialog. Made anew each time it is opened.
#[derive(Debug)]
pub struct NewProjectDialog {
    name: String,
    folder: String,
    /// The user chose the folder, so it no longer follows the name.
    folder_chosen: bool,
    parent: PathBuf,
    state: FolderState,
    choice: Choice,
    schema: Result<Schema, String>,
    language: String,
    articles: Vec<PathBuf>,
    browsing: Option<(Browsing, Box<FilePicker>)>,
    begun: bool,
}

impl NewProjectDialog {
    /// An empty form; projects are proposed to lie in `parent`.
    pub fn new(parent: &Path, language: &str) -> Self {
        Self {
            name: String::new(),
            folder: parent.display().to_string(),
            folder_chosen: false,
            parent: parent.to_owned(),
            state: FolderState::Unnamed,
            choice: Choice::Template("positions"),
            schema: template("positions"),
            language: language.to_owned(),
            articles: Vec::new(),
            browsing: None,
            begun: false,
        }
    }

    /// In the folder for documents, in the language of the interface.
    pub fn usual(panel: &Panel<'_>) -> Self {
        Self::new(&documents(), panel.words.code())
    }

    /// Brings articles in from the start, as when files were dropped on the window.
    #[must_use]
    pub fn with_articles(mut self, articles: impl IntoIterator<Item = PathBuf>) -> Self {
        self.add_articles(articles);
        self
    }

    /// Shows the form. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        if let Some((what, picker)) = &mut self.browsing {
            let what = *what;
            if let Some(outcome) = picker.show(ctx, panel) {
                self.browsing = None;
                if let PickerOutcome::Picked(paths) = outcome {
                    self.take(what, paths);
                }
                ctx.request_repaint();
            }
            return false;
        }
        let title = panel.say("new-project-title");
        let shown = Sheet::new(Id::unique("new-project"), &title, 700.0).show(ctx, panel, |ui| {
            let height = height_left(ui.ctx(), 100.0, 120.0);
            let entered = ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| self.form(ui, panel))
                .inner;
            let ready = self.wanted().is_some();
            if !ready {
                note(ui, panel, Tone::Plain, &panel.say(self.what_lacks()));
            }
            buttons(ui, |ui| {
                let create = primary(ui, panel, &panel.say("new-project-create"), ready).clicked();
                let cancel = secondary(ui, &panel.say("dialog-cancel")).clicked();
                (create | entered, cancel)
            })
        });
        let (mut create, cancel) = shown.inner;
        create |= ctx.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if create && let Some(wanted) = self.wanted() {
            panel.ask(Request::CreateProject(wanted));
            return true;
        }
        cancel || shown.dismissed
    }

    /// The project as the form says, if nothing is wrong with it.
    pub fn wanted(&self) -> Option<NewProject> {
        let name = self.name.trim();
        let ready = !name.is_empty() && self.state.allows() && self.schema.is_ok();
        let (template, schema_file) = match &self.choice {
            Choice::Template(name) => ((*name).to_owned(), None),
            Choice::File(path) => (String::new(), Some(path.clone()?)),
        };
        ready.then(|| NewProject {
            folder: self.path(),
            name: name.to_owned(),
            template,
            schema_file,
            language: self.language.clone(),
            articles: self.articles.clone(),
        })
    }

    fn what_lacks(&self) -> &'static str {
        if self.name.trim().is_empty() {
            "new-project-needs-name"
        } else if !self.state.allows() {
            "new-project-needs-folder"
        } else {
            "new-project-needs-schema"
        }
    }

    fn path(&self) -> PathBuf {
        let typed = self.folder.trim();
        if typed.is_empty() {
            return PathBuf::new();
        }
        // `~` is understood; anything else that is not whole is refused by the check rather than guessed.
        if typed.starts_with('~') { meant(typed, &self.parent) } else { PathBuf::from(typed) }
    }

    fn check(&mut self) {
        self.state = check_folder(&self.path());
    }

    fn take(&mut self, what: Browsing, paths: Vec<PathBuf>) {
        match what {
            Browsing::Folder => {
                if let Some(folder) = paths.into_iter().next() {
                    self.folder = folder.display().to_string();
                    self.folder_chosen = true;
                    self.check();
                }
            }
            Browsing::Schema => {
                if let Some(file) = paths.into_iter().next() {
                    self.schema = read_file(&file);
                    self.choice = Choice::File(Some(file));
                }
            }
            Browsing::Articles => self.add_articles(paths),
        }
    }

    fn add_articles(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        for path in paths {
            if !self.articles.contains(&path) {
                self.articles.push(path);
            }
        }
    }

    /// The inputs. True if Enter was pressed in the name.
    fn form(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> bool {
        ui.set_width(ui.available_width());
        let id = Id::unique("new-project-name");
        let [label, hint, language] =
            ["new-project-name", "new-project-name-hint", "new-project-language"].map(|word| panel.say(word));
        let line = ui
            .horizontal_top(|ui| {
                let room = (ui.available_width() - LANGUAGE - ui.spacing().item_spacing.x).max(140.0);
                let line = ui
                    .vertical(|ui| {
                        ui.set_width(room);
                        text_line(ui, panel, id, &label, &hint, &mut self.name)
                    })
                    .inner;
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width());
                    language_choice(ui, panel, "new-project-language", &language, None, &mut self.language);
                });
                line
            })
            .inner;
        if !self.begun {
            self.begun = true;
            line.request_focus();
        }
        if line.changed() {
            if !self.folder_chosen {
                self.folder = proposed_folder(&self.parent, &self.name).display().to_string();
            }
            self.check();
        }
        let create = entered(&line);
        ui.add_space(6.0);
        self.folder_part(ui, panel);
        ui.add_space(8.0);
        self.schema_part(ui, panel);
        ui.add_space(8.0);
        self.articles_part(ui, panel);
        create
    }

    fn folder_part(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let browse = panel.say("dialog-browse");
        let mut open = false;
        let line = labelled(ui, panel, &panel.say("new-project-folder"), |ui| {
            ui.horizontal(|ui| {
                let room = (ui.available_width() - button_width(ui, &browse) - 12.0).max(120.0);
                let line = ui.add(
                    egui::TextEdit::singleline(&mut self.folder)
                        .id(Id::unique("new-project-folder"))
                        .margin(Margin::symmetric(7, 5))
                        .desired_width(room),
                );
                let button = ui.button(&browse);
                open = button.clicked();
                let name = format!("{} {browse}", panel.say("new-project-folder"));
                button.accessible_name(name);
                line
            })
            .inner
        });
        if line.changed() {
            self.folder_chosen = true;
            self.check();
        }
        if !self.name.trim().is_empty() || self.folder_chosen {
            let tone = match self.state {
                FolderState::New | FolderState::Empty => Tone::Plain,
                state if state.allows() => Tone::Careful,
                _ => Tone::Wrong,
            };
            note(ui, panel, tone, &panel.say(self.state.word()));
        }
        if open {
            let path = self.path();
            let (parent, name) = match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) if path != self.parent => {
                    (nearest_folder(parent), name.to_string_lossy().into_owned())
                }
                _ => (nearest_folder(&path), String::new()),
            };
            let picker = FilePicker::new(
                PickerMode::NewFolder,
                &parent,
                "picker-title-project-place",
                "picker-choose-folder",
            );
            self.browsing = Some((Browsing::Folder, Box::new(picker.with_name(name))));
        }
    }

    fn schema_part(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.label(RichText::new(panel.say("new-project-schema")).small().color(panel.tokens.text_soft));
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.visuals_mut().widgets.inactive.bg_stroke.color = panel.tokens.text_faint;
            for name in Schema::TEMPLATES {
                let words = panel.say(&format!("schema-{name}"));
                let on = self.choice == Choice::Template(name);
                if ui.radio(on, words).clicked() && !on {
                    chosen = Some(name);
                }
            }
            let on = matches!(self.choice, Choice::File(_));
            if ui.radio(on, panel.say("schema-from-file")).clicked() {
                let start = match &self.choice {
                    Choice::File(Some(file)) => file.parent().map(Path::to_owned),
                    _ => None,
                };
                let picker = FilePicker::new(
                    PickerMode::Files,
                    &start.unwrap_or_else(|| self.parent.clone()),
                    "picker-title-schema",
                    "picker-choose-file",
                );
                let picker = picker.one_file(&["ron"], "picker-filter-schemas");
                self.browsing = Some((Browsing::Schema, Box::new(picker)));
            }
        });
        if let Some(name) = chosen {
            self.choice = Choice::Template(name);
            self.schema = template(name);
        }
        if let Choice::File(Some(file)) = &self.choice {
            soft(ui, panel, &file.display().to_string());
        }
        self.preview(ui, panel);
    }

    /// The schema's labels in their colours, and how much else it has.
    fn preview(&self, ui: &mut Ui, panel: &Panel<'_>) {
        let schema = match &self.schema {
            Ok(schema) => schema,
            Err(fault) => {
                note(ui, panel, Tone::Wrong, &panel.with("schema-unreadable", &[("why", fault.into())]));
                return;
            }
        };
        Frame::new()
            .fill(panel.tokens.page)
            .stroke(Stroke::new(1.0, panel.tokens.line))
            .corner_radius(6)
            .inner_margin(Margin::symmetric(10, 8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                if let Choice::Template(name) = &self.choice {
                    soft(ui, panel, &panel.say(&format!("schema-{name}-about")));
                }
                ui.horizontal_wrapped(|ui| {
                    for label in schema.labels.iter().take(24) {
                        let look = panel.tokens.label(schema.colour_of(&label.name));
                        Frame::new()
                            .fill(look.ground)
                            .stroke(Stroke::new(1.0, look.ink))
                            .corner_radius(4)
                            .inner_margin(Margin::symmetric(7, 2))
                            .show(ui, |ui| {
                                ui.label(RichText::new(label.title(panel.words.code())).color(look.ink));
                            });
                    }
                });
                let fields: usize = schema.labels.iter().map(|l| l.fields.len()).sum();
                let counts = [
                    panel.with("schema-labels", &[("n", Said::Count(schema.labels.len()))]),
                    panel.with("schema-fields", &[("n", Said::Count(fields))]),
                    panel.with("schema-relations", &[("n", Said::Count(schema.relations.len()))]),
                ];
                note(ui, panel, Tone::Plain, &counts.join("  ·  "));
            });
    }

    fn articles_part(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.label(RichText::new(panel.say("new-project-articles")).small().color(panel.tokens.text_soft));
        let mut gone = None;
        ScrollArea::vertical()
            .id_salt("new-project-articles")
            .max_height(110.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (n, path) in self.articles.iter().enumerate() {
                    ui.horizontal(|ui| {
                        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                        let remove =
                            panel.with("new-project-remove-article", &[("name", name.as_ref().into())]);
                        if ui
                            .add(Button::new("×").small())
                            .on_hover_text(&remove)
                            .accessible_name(&remove)
                            .clicked()
                        {
                            gone = Some(n);
                        }
                        let kind = if path.is_dir() { std::path::MAIN_SEPARATOR_STR } else { "" };
                        ui.add(egui::Label::new(format!("{name}{kind}")).truncate())
                            .on_hover_text(path.display().to_string());
                    });
                }
            });
        if let Some(n) = gone {
            self.articles.remove(n);
        }
        if self.articles.is_empty() {
            soft(ui, panel, &panel.say("new-project-no-articles"));
        }
        if ui.button(panel.say("new-project-add-articles")).clicked() {
            let start = self.articles.last().and_then(|p| p.parent()).unwrap_or(&self.parent);
            let picker = FilePicker::new(PickerMode::Files, start, "picker-title-articles", "picker-add");
            self.browsing = Some((Browsing::Articles, Box::new(picker.folders_too())));
        }
    }
}

fn button_width(ui: &Ui, text: &str) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ui.visuals().text_color());
    galley.size().x + ui.spacing().button_padding.x * 2.0
}

fn template(name: &str) -> Result<Schema, String> {
    let text = Schema::template_text(name).unwrap_or_default();
    ron::from_str(text).map_err(|e| e.to_string())
}

fn read_file(path: &Path) -> Result<Schema, String> {
    read_schema(path).map_err(|e| e.to_string())
}
