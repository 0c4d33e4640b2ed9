//! What would come of an import: what comes in, what does not, what the project learns. Found out on another thread while one chooses.

use std::path::{Path, PathBuf};

use egui::{Context, Key, Modifiers, RichText, ScrollArea, Ui};

use super::job::Job;
use super::mapping_table::{MappingAsks, MappingTable};
use super::told::told;
use crate::session::exchange::ExchangeError;
use crate::session::exchange::importing::{Fate, ImportPlan, ImportWish, Intake, Mapping, prepare};
use crate::store::{OwnWrites, Project};
use crate::window::dialogs::sheet::{Tone, note, soft};
use crate::window::look::bold;
use crate::window::panel::Panel;

/// What of it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    /// What comes in.
    #[default]
    In,
    /// What does not, and what else there is to say.
    Out,
    /// What the project learns.
    Learnt,
    /// Names that the project does not know.
    Names,
}

const TABS: [Tab; 4] = [Tab::In, Tab::Out, Tab::Learnt, Tab::Names];

/// What comes of the wish at hand.
#[derive(Default)]
pub(super) struct ImportLook {
    of: String,
    job: Option<Job<Result<ImportPlan, ExchangeError>>>,
    plan: Option<Result<ImportPlan, String>>,
    /// What the plan says, also while the next one is being made.
    intake: Option<Intake>,
    tab: Tab,
    table: MappingTable,
}

impl ImportLook {
    /// Begins to find out anew if the wish is another, and takes what was found out.
    pub fn of(&mut self, ctx: &Context, root: &Path, own_writes: &OwnWrites, wish: &ImportWish) {
        let of = format!("{} {}", wish.as_command(root, None), wish.mapping.text());
        if of != self.of {
            self.of = of;
            self.plan = None;
            let (root, own_writes, wish) = (root.to_owned(), own_writes.clone(), wish.clone());
            self.job = Some(Job::start(ctx, move |course| {
                let mut project = Project::open(&root)?;
                project.own_writes = own_writes;
                prepare(project, &wish, course)
            }));
        }
        if let Some(result) = self.job.as_ref().and_then(Job::take) {
            self.job = None;
            if let Ok(plan) = &result {
                self.intake = Some(plan.intake().clone());
            }
            self.plan = Some(result.map_err(|why| why.to_string()));
        }
    }

    /// Whether there is something to take in.
    pub fn is_good(&self) -> bool {
        matches!(&self.plan, Some(Ok(plan)) if !plan.intake().is_nothing() && plan.file_count() > 0)
    }

    /// How many sets would come in.
    pub fn sets(&self) -> usize {
        self.intake.as_ref().map_or(0, |intake| intake.sets.len())
    }

    /// Gives the plan away, to be carried out. It must be made anew after that.
    pub fn take_plan(&mut self) -> Option<ImportPlan> {
        self.of.clear();
        self.plan.take()?.ok()
    }

    /// Looks anew: the project was changed.
    pub fn look_again(&mut self) {
        self.of.clear();
    }

    /// Reads a mapping from a file that was chosen.
    pub fn read_mapping(&mut self, panel: &Panel<'_>, file: PathBuf, mapping: &mut Mapping) {
        self.table.read(panel, file, mapping);
    }

    /// Writes the mapping into a folder that was chosen.
    pub fn save_mapping(&mut self, panel: &Panel<'_>, folder: &Path, mapping: &Mapping) {
        self.table.save_into(panel, folder, mapping);
    }

    /// Where the file of the mapping lies.
    pub fn mapping_folder(&self) -> Option<PathBuf> {
        self.table.folder()
    }

    /// Shows it. The mapping may be changed there; gives what is to be picked for it.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, mapping: &mut Mapping) -> Option<MappingAsks> {
        if let Some(job) = &self.job {
            let done = format!("{:.0}", job.part() * 100.0);
            soft(ui, panel, &panel.with("import-reading", &[("part", (&done).into())]));
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(60));
        }
        if let Some(Err(why)) = &self.plan {
            note(ui, panel, Tone::Wrong, &told(panel.words, why));
            return None;
        }
        let intake = self.intake.as_ref()?;
        if self.job.is_none() {
            summary(ui, panel, intake);
        }
        let unknown = self.table.rows(panel, intake, mapping);
        let counts = [
            intake.sets.len(),
            intake.remarks.len() + intake.dropped.lines().len() + usize::from(intake.broken.is_some()),
            intake.learnt.len(),
            unknown.len(),
        ];
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let words = ["import-tab-in", "import-tab-out", "import-tab-learnt", "import-tab-names"];
            for ((tab, word), count) in TABS.into_iter().zip(words).zip(counts) {
                let title = panel.with(word, &[("n", count.into())]);
                let response = ui.selectable_label(self.tab == tab, title);
                let right =
                    response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
                if response.clicked() || right {
                    self.tab = tab;
                }
            }
        });
        ui.separator();
        match self.tab {
            Tab::In => sets(ui, panel, intake),
            Tab::Out => left_out(ui, panel, intake),
            Tab::Learnt => learnt(ui, panel, intake),
            Tab::Names => return self.table.show(ui, panel, &unknown, mapping),
        }
        None
    }
}

fn summary(ui: &mut Ui, panel: &Panel<'_>, intake: &Intake) {
    if intake.sets.is_empty() && !intake.is_nothing() {
        let word = if intake.learnt.is_empty() { "import-codebook-known" } else { "import-codebook" };
        ui.label(panel.say(word));
    } else if intake.sets.is_empty() {
        let word = if intake.met == 0 { "import-no-record" } else { "import-nothing-comes" };
        note(ui, panel, Tone::Wrong, &panel.say(word));
    } else {
        let values = [("sets", intake.sets.len().into()), ("articles", intake.articles.into())];
        ui.label(panel.with("import-counts", &values));
    }
    if let Some(broken) = &intake.broken {
        note(ui, panel, Tone::Wrong, &told(panel.words, broken));
    }
    if intake.left_out > 0 {
        note(ui, panel, Tone::Careful, &panel.with("import-left-out", &[("n", intake.left_out.into())]));
    }
    if intake.refused > 0 {
        note(ui, panel, Tone::Plain, &panel.with("import-refused", &[("n", intake.refused.into())]));
    }
}

/// A table of what comes in; only the rows in view are laid out.
fn sets(ui: &mut Ui, panel: &Panel<'_>, intake: &Intake) {
    if intake.sets.is_empty() {
        soft(ui, panel, &panel.say("import-none-in"));
        return;
    }
    let height = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
    let width = ui.available_width();
    let columns = [width * 0.45, width * 0.18, width * 0.12, width * 0.25 - 30.0];
    let row = |ui: &mut Ui, cells: [RichText; 4], hover: &str| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (cell, width) in cells.into_iter().zip(columns) {
                let label = egui::Label::new(cell).truncate();
                ui.allocate_ui_with_layout(
                    egui::vec2(width, height),
                    egui::Layout::left_to_right(egui::Align::Center),
                    |ui| {
                        ui.set_width(width);
                        ui.add(label);
                    },
                );
            }
        })
        .response
        .on_hover_text(hover);
    };
    let head = |word: &str| RichText::new(panel.say(word)).family(bold()).color(panel.tokens.text_soft);
    row(
        ui,
        [head("import-article"), head("import-whose"), head("import-spans"), head("import-fate")],
        &panel.say("import-tab-hint"),
    );
    // The folder that all of them are in tells nothing and would hide their names.
    let folder_of = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let folder = intake.sets.first().map_or("", |set| &set.article[..folder_of(&set.article)]);
    let common = intake.sets.iter().all(|set| set.article[..folder_of(&set.article)] == *folder);
    let skipped = if common { folder.len() } else { 0 };
    let all = intake.sets.len();
    ScrollArea::vertical().id_salt("sets").auto_shrink([false, false]).show_rows(
        ui,
        height,
        all,
        |ui, range| {
            for set in intake.sets.get(range).unwrap_or_default() {
                let fate = match set.fate {
                    Fate::New if set.adds_article => "import-fate-article",
                    Fate::New => "import-fate-new",
                    Fate::Merged => "import-fate-merged",
                    Fate::Replaced => "import-fate-replaced",
                };
                let fate_ink = match set.fate {
                    Fate::Replaced => panel.tokens.warning,
                    _ => panel.tokens.text,
                };
                row(
                    ui,
                    [
                        RichText::new(&set.article[skipped..]).color(panel.tokens.text),
                        RichText::new(&set.annotator).color(panel.tokens.text),
                        RichText::new(set.spans.to_string()).color(panel.tokens.text),
                        RichText::new(panel.say(fate)).color(fate_ink),
                    ],
                    &set.article,
                );
            }
        },
    );
}

/// How many lines of what is left out are shown: more than anyone reads, few enough to lay out.
const LINES: usize = 400;

fn left_out(ui: &mut Ui, panel: &Panel<'_>, intake: &Intake) {
    let dropped = intake.dropped.lines();
    if intake.remarks.is_empty() && dropped.is_empty() {
        soft(ui, panel, &panel.say("import-none-out"));
        return;
    }
    ScrollArea::vertical().id_salt("out").auto_shrink([false, false]).show(ui, |ui| {
        if !dropped.is_empty() {
            soft(ui, panel, &panel.say("import-dropped"));
            for line in &dropped {
                let line = told(panel.words, line);
                ui.add(egui::Label::new(RichText::new(format!("• {line}"))).wrap());
            }
            ui.add_space(6.0);
        }
        for remark in intake.remarks.iter().take(LINES) {
            let tone = if remark.left_out { Tone::Careful } else { Tone::Plain };
            note(ui, panel, tone, &told(panel.words, &remark.what));
        }
        if intake.remarks.len() > LINES {
            let more = intake.remarks.len() - LINES;
            soft(ui, panel, &panel.with("import-more-lines", &[("n", more.into())]));
        }
    });
}

fn learnt(ui: &mut Ui, panel: &Panel<'_>, intake: &Intake) {
    if intake.learnt.is_empty() {
        soft(ui, panel, &panel.say("import-none-learnt"));
        return;
    }
    soft(ui, panel, &panel.say("import-learns"));
    let height = ui.text_style_height(&egui::TextStyle::Body);
    let area = ScrollArea::vertical().id_salt("learnt").auto_shrink([false, false]);
    area.show_rows(ui, height, intake.learnt.len(), |ui, range| {
        for line in intake.learnt.get(range).unwrap_or_default() {
            let line = told(panel.words, line);
            ui.add(egui::Label::new(format!("• {line}")).truncate()).on_hover_text(line);
        }
    });
}
