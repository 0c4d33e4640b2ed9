//! Dialogs: which one is open, and its state. Each is a sheet over the window that keeps keyboard and pointer to itself, begins with
//! its first input, and closes with Esc. What the user decides goes out as a [`Request`].

pub(super) mod annotator;
mod article_details;
mod conflict;
mod file_picker;
mod folder_check;
mod font;
mod languages;
mod measure;
mod meta_field;
mod new_project;
mod paper;
pub(in crate::window) mod sheet;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) mod trial;

use std::path::PathBuf;

use egui::Context;

pub use annotator::{AnnotatorDialog, NameFault, annotator_name};
pub use article_details::{ArticleDetails, checked_date};
pub use conflict::{ConflictDialog, ConflictOutcome, ConflictView, Keep};
pub use file_picker::{FilePicker, PickerMode, PickerOutcome, documents};
pub use folder_check::{FolderState, check_folder, proposed_folder};
pub use font::FontDialog;
pub use languages::{LANGUAGES, language_choice, language_name};
pub use new_project::NewProjectDialog;
pub use paper::{PaperDialog, PaperWish};
pub use sheet::{Sheet, Shown};

use super::panel::{DialogKind, Panel, Request};
use super::start_page::RecentProject;

/// What dialogs need to know besides the panel.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Projects opened lately.
    pub recent: &'a [RecentProject],
    /// The first lines of the article at hand as an encoding of this label reads its file.
    pub preview: &'a dyn Fn(&str) -> String,
}

enum State {
    Picker(Box<FilePicker>),
    NewProject(Box<NewProjectDialog>),
    Details(Box<ArticleDetails>),
    Annotator(AnnotatorDialog),
    Paper(PaperDialog),
    Font(Box<FontDialog>),
    Conflicts(ConflictDialog),
}

/// The dialogs; at most one is open.
#[derive(Default)]
pub struct Dialogs {
    kind: Option<DialogKind>,
    state: Option<State>,
}

impl Dialogs {
    /// Opens a dialog in place of the one that is open. Its state is made when it is shown first.
    pub fn open(&mut self, kind: DialogKind) {
        self.kind = Some(kind);
        self.state = None;
    }

    /// Opens the form for a new project with articles in it already, as when files are dropped on the window.
    pub fn open_new_project_with(&mut self, articles: Vec<PathBuf>, panel: &Panel<'_>) {
        self.kind = Some(DialogKind::NewProject);
        let dialog = NewProjectDialog::usual(panel).with_articles(articles);
        self.state = Some(State::NewProject(Box::new(dialog)));
    }

    /// Asks whose changes shall stay. [`Self::show`] gives the answer.
    pub fn open_conflicts(&mut self, dialog: ConflictDialog) {
        self.kind = None;
        self.state = Some(State::Conflicts(dialog));
    }

    /// Whether one is open: then keys are not the article's.
    pub fn is_open(&self) -> bool {
        self.kind.is_some() || self.state.is_some()
    }

    /// Which one is open; `None` also for the question about conflicts.
    pub fn kind(&self) -> Option<DialogKind> {
        self.kind
    }

    /// Closes what is open.
    pub fn close(&mut self) {
        self.kind = None;
        self.state = None;
    }

    /// Shows what is open. The palette and the key sheet are drawn by the app, which sees them in [`Self::kind`].
    ///
    /// Gives the answer about conflicts when there is one; everything else is asked of the app through the panel.
    pub fn show(
        &mut self,
        ctx: &Context,
        panel: &Panel<'_>,
        around: &Surroundings<'_>,
    ) -> Option<ConflictOutcome> {
        if self.state.is_none()
            && let Some(kind) = self.kind
        {
            match kind {
                DialogKind::Palette | DialogKind::KeySheet => return None,
                kind => self.state = begin(kind, panel, around),
            }
            // Nothing to show, such as the details of no article.
            if self.state.is_none() {
                self.kind = None;
            }
        }
        let mut answer = None;
        let done = match self.state.as_mut()? {
            State::Picker(picker) => match picker.show(ctx, panel) {
                None => false,
                Some(outcome) => {
                    if let (PickerOutcome::Picked(paths), Some(kind)) = (outcome, self.kind)
                        && let Some(request) = request(kind, paths)
                    {
                        panel.ask(request);
                    }
                    true
                }
            },
            State::NewProject(dialog) => dialog.show(ctx, panel),
            State::Details(dialog) => dialog.show(ctx, panel, around.preview),
            State::Annotator(dialog) => dialog.show(ctx, panel),
            State::Paper(dialog) => dialog.show(ctx, panel),
            State::Font(dialog) => dialog.show(ctx, panel),
            State::Conflicts(dialog) => {
                answer = dialog.show(ctx, panel);
                answer.is_some()
            }
        };
        if done {
            self.close();
            ctx.request_repaint();
        }
        answer
    }
}

/// What picking these paths asks for.
fn request(kind: DialogKind, mut paths: Vec<PathBuf>) -> Option<Request> {
    match kind {
        DialogKind::OpenProject => paths.pop().map(Request::OpenProject),
        DialogKind::OpenSample => paths.pop().map(Request::OpenSample),
        DialogKind::OpenArticles => Some(Request::OpenArticles(paths)),
        DialogKind::AddArticles => Some(Request::AddArticles(paths)),
        DialogKind::BringIn => paths.pop().map(|path| crate::window::review::ReviewAct::LookAt(path).into()),
        _ => None,
    }
}

fn begin(kind: DialogKind, panel: &Panel<'_>, around: &Surroundings<'_>) -> Option<State> {
    let root = panel.session.map(|s| s.root.as_path());
    // Where the user worked last is where they look first; a project's own folder is no place for another one.
    let lately = || around.recent.iter().find(|r| r.exists).map(|r| r.path.as_path());
    let beside = |path: Option<&std::path::Path>| {
        path.and_then(|p| p.parent()).map_or_else(documents, |p| p.to_owned())
    };
    let places = |picker: FilePicker| {
        let recent = around.recent.iter().filter(|r| r.exists);
        let picker = picker.with_places(root, recent.map(|r| (r.name.as_str(), r.path.as_path())));
        State::Picker(Box::new(picker))
    };
    Some(match kind {
        DialogKind::OpenProject => places(FilePicker::new(
            PickerMode::Folder { must_hold_project: true },
            &beside(root.or_else(lately)),
            "picker-title-project",
            "picker-open-project",
        )),
        DialogKind::OpenArticles => places(FilePicker::new(
            PickerMode::Files,
            &root.map_or_else(documents, |p| p.to_owned()),
            "picker-title-open-articles",
            "picker-open",
        )),
        DialogKind::AddArticles => places(
            FilePicker::new(PickerMode::Files, &beside(root), "picker-title-articles", "picker-add")
                .folders_too(),
        ),
        DialogKind::BringIn => places(
            FilePicker::new(PickerMode::Files, &beside(root), "incoming-title", "incoming-look")
                .folders_too(),
        ),
        DialogKind::OpenSample => {
            let parent = documents();
            let name = proposed_folder(&parent, &panel.say("sample-folder"));
            let name = name.file_name().map(|n| n.to_string_lossy().into_owned());
            places(
                FilePicker::new(PickerMode::NewFolder, &parent, "picker-title-sample", "picker-put-sample")
                    .with_name(name.unwrap_or_default())
                    .must_be_empty(),
            )
        }
        DialogKind::NewProject => State::NewProject(Box::new(NewProjectDialog::usual(panel))),
        DialogKind::ArticleDetails => State::Details(Box::new(ArticleDetails::of(panel)?)),
        DialogKind::Annotator => State::Annotator(AnnotatorDialog::new(panel)),
        DialogKind::Paper => State::Paper(PaperDialog::of(panel)?),
        DialogKind::Font => State::Font(Box::new(FontDialog::new(panel))),
        DialogKind::Palette | DialogKind::KeySheet => return None,
    })
}
