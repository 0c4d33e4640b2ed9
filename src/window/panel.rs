//! What panels may know and what they may ask for. A panel reads through [`Panel`] and changes nothing: it asks, and the app does it
//! at one place, so that every way of asking (key, menu, palette, mouse, screen reader) ends in the same code.

use std::cell::RefCell;
use std::path::PathBuf;

use super::command::{Command, Keys};
use super::describe::Describer;
use super::look::Tokens;
use super::preferences::Preferences;
use super::words::{Said, Words};
use crate::model::{ArticleMeta, FieldPath, SpanId};
use crate::session::{Edit, OpenArticle, Session};
use crate::text::TextRange;
use crate::validate::Finding;

/// Something a panel, dialog or prompt asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Does a command.
    Command(Command),
    /// Changes annotations.
    Edit(Edit),
    /// Selects a span and brings it into view, or lets go of it.
    Select(Option<SpanId>),
    /// Puts the caret at a range of the article, selects it and brings it into view.
    GoTo(TextRange),
    /// Opens an article of the project by its path.
    Article(String),
    /// Asks for a field of the selected span with the quick prompt.
    Prompt(FieldPath),
    /// Goes to what a finding speaks of.
    GoToFinding(Box<Finding>),
    /// Does a finding's fix.
    Fix(Box<Finding>),
    /// Undoes or redoes until this many steps are done.
    History(usize),

    /// Opens a project folder.
    OpenProject(PathBuf),
    /// Opens article files: in their project if they lie in one, else in a new one beside them.
    OpenArticles(Vec<PathBuf>),
    /// Saves the article at hand as a document or picture.
    SavePaper(super::dialogs::PaperWish),
    /// Brings article files and folders into the project.
    AddArticles(Vec<PathBuf>),
    /// Makes a project and opens it.
    CreateProject(NewProject),
    /// Writes the sample project into a folder and opens it.
    OpenSample(PathBuf),
    /// Forgets a recent project.
    ForgetRecent(PathBuf),
    /// Sets what is known about an article.
    SetMeta(String, Box<ArticleMeta>),
    /// Reads an article's file in another encoding.
    SetEncoding(String, String),
    /// Says who annotates.
    SetAnnotator(String),
    /// Changes preferences.
    Preferences(Box<Preferences>),

    /// Something the review asks for.
    Review(Box<super::review::ReviewAct>),
    /// Something the overview asks for.
    Dashboard(Box<super::dashboard::DashboardAct>),

    /// Something import and export ask for.
    Exchange(super::exchange::ExchangeAct),

    /// Shows a dialog in place of the one that is open.
    Dialog(DialogKind),
    /// Closes the dialog.
    CloseDialog,
}

/// What a new project is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewProject {
    /// Its folder; made if it is not there.
    pub folder: PathBuf,
    /// What people call it.
    pub name: String,
    /// A built-in schema's name, or empty.
    pub template: String,
    /// A schema file, which goes before `template`.
    pub schema_file: Option<PathBuf>,
    /// The articles' language (BCP 47).
    pub language: String,
    /// Files and folders of articles to bring in.
    pub articles: Vec<PathBuf>,
}

/// The dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DialogKind {
    /// Choose a project folder to open.
    OpenProject,
    /// Choose article files to open.
    OpenArticles,
    /// Choose article files to bring in.
    AddArticles,
    /// Choose where the sample is to be put.
    OpenSample,
    /// A new project.
    NewProject,
    /// Title, date, source, language and encoding of the article.
    ArticleDetails,
    /// Every command by its name.
    Palette,
    /// Every key.
    KeySheet,
    /// Who annotates.
    Annotator,
    /// Save the article as a document or picture.
    Paper,
    /// Font and size of articles.
    Font,
    /// Choose a folder or zip of someone else's work.
    BringIn,
}

/// What the middle of the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Page {
    /// The article, to be tagged.
    #[default]
    Article,
    /// Everyone's tags side by side, to be decided about.
    Review,
    /// The project as a whole.
    Overview,
}

/// A panel's view of the world for one frame.
#[derive(Clone, Copy)]
pub struct Panel<'a> {
    /// What is open.
    pub session: Option<&'a Session>,
    /// The words.
    pub words: &'a Words,
    /// The colours.
    pub tokens: &'a Tokens,
    /// The keys.
    pub keys: &'a Keys,
    /// The user's choices.
    pub preferences: &'a Preferences,
    /// The selected span.
    pub selected: Option<&'a SpanId>,
    /// The selected words, snapped as the user chose; several if parts were kept.
    pub selection: &'a [TextRange],
    pub(super) asked: &'a RefCell<Vec<Request>>,
}

impl<'a> Panel<'a> {
    /// Asks for something; it is done after the frame.
    pub fn ask(&self, request: Request) {
        self.asked.borrow_mut().push(request);
    }

    /// Asks for an edit.
    pub fn edit(&self, edit: Edit) {
        self.ask(Request::Edit(edit));
    }

    /// The article at hand.
    pub fn open(&self) -> Option<&'a OpenArticle> {
        self.session?.open.as_ref()
    }

    /// The message of this key.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The message of this key with values.
    pub fn with(&self, key: &str, values: &[(&str, Said<'_>)]) -> String {
        self.words.with(key, values)
    }

    /// Puts spans and values into words.
    pub fn describer(&self) -> Option<Describer<'a>> {
        let desk = &self.open()?.desk;
        Some(Describer {
            text: &desk.article.text,
            set: &desk.workspace.set,
            schema: &desk.schema,
            register: &desk.workspace.register,
            codebook: &desk.workspace.codebook,
            language: self.words.code(),
        })
    }

    /// Whether the annotations may be changed.
    pub fn may_edit(&self) -> bool {
        self.open().is_some_and(|open| open.read_only.is_none())
    }
}
