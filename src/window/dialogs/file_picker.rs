//! Choosing a folder or files inside the program's own window. It is always there, whatever the desktop offers; the desktop's own
//! dialog is a button.

mod bar;
mod foot;
mod list;
mod listing;
mod path_text;
mod system;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Context, Id};

pub use listing::is_project;
use listing::{Entry, Listing, ListingFault};
pub use path_text::{home, meant, nearest_folder};
pub use system::{AskSystem, ask_desktop};

use super::sheet::Sheet;
use crate::store::ENDINGS;
use crate::window::panel::Panel;
use listing::Reading;
use system::{SystemAnswer, SystemDialog};

/// How long the window waits for a folder before it shows that it is reading: most folders are there at once, and do not flicker.
const PATIENCE: Duration = Duration::from_millis(12);

/// What is to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerMode {
    /// A folder that is there.
    Folder {
        /// Only a project's folder will do.
        must_hold_project: bool,
    },
    /// A folder that need not be there yet: where it shall lie, and its name.
    NewFolder,
    /// One file or several.
    Files,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickerOutcome {
    /// These were chosen; never empty.
    Picked(Vec<PathBuf>),
    /// Nothing was.
    Cancelled,
}

/// Which files are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileFilter {
    /// Those with any of the endings asked for.
    #[default]
    Wanted,
    /// Files with this one of the endings.
    Ending(usize),
    /// All.
    All,
}

impl FileFilter {
    /// Whether a file of this name is shown, where these endings are asked for.
    pub fn admits(self, name: &str, endings: &[&str]) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        match self {
            Self::All => true,
            Self::Wanted => endings.iter().any(|e| ending.eq_ignore_ascii_case(e)),
            Self::Ending(n) => endings.get(n).is_some_and(|e| ending.eq_ignore_ascii_case(e)),
        }
    }
}

/// By what the list is in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// By name.
    #[default]
    Name,
    /// By size.
    Size,
    /// By the day of the last change.
    Modified,
}

/// A folder one click away.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    /// The words' key, or empty if `name` is shown.
    word: &'static str,
    name: String,
    path: PathBuf,
}

/// A folder about to be made.
#[derive(Clone, Debug, Default)]
struct Making {
    name: String,
    fault: Option<String>,
    begun: bool,
}

/// What keeps something from being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hindrance {
    /// Nothing is chosen yet.
    Nothing,
    /// Not a project's folder.
    NoProject,
    /// A project is there already.
    AlreadyProject,
    /// The folder holds something.
    NotEmpty,
    /// The name will not do.
    BadName,
    /// A file has that name.
    IsFile,
    /// There is nothing at this path.
    NotThere,
}

/// The dialog. Made anew each time it is opened.
#[derive(Debug)]
pub struct FilePicker {
    mode: PickerMode,
    title: &'static str,
    action: &'static str,
    folders_too: bool,
    single: bool,
    must_be_empty: bool,
    /// The endings of the files asked for, and the words' key for them.
    endings: (&'static [&'static str], &'static str),
    ask_system: AskSystem,
    places: Vec<Place>,

    folder: PathBuf,
    listing: Listing,
    fault: Option<ListingFault>,
    reading: Option<Reading>,
    /// Another folder, listed to complete a typed path.
    aside: Option<Listing>,
    aside_reading: Option<Reading>,

    filter: FileFilter,
    hidden: bool,
    order: (Column, bool),
    /// Places in `listing.entries`, in the order shown.
    shown: Vec<usize>,
    chosen: BTreeSet<PathBuf>,
    cursor: Option<usize>,
    anchor: Option<usize>,
    /// Where the cursor goes once the folder is read.
    land_on: Option<PathBuf>,
    jump: (String, f64),
    scroll: list::Scroll,

    path: String,
    path_fault: Option<Hindrance>,
    matches: Vec<String>,
    name: String,
    making: Option<Making>,
    system: Option<SystemDialog>,
    no_system: bool,
    focus: Option<Id>,
    /// Chosen with a key or a double click in this frame.
    entered: Option<PickerOutcome>,
}

impl FilePicker {
    /// A dialog that begins in `folder`, or in the nearest folder above that is there. `title` and `action` (the main button) are keys
    /// of the words.
    pub fn new(mode: PickerMode, folder: &Path, title: &'static str, action: &'static str) -> Self {
        let mut picker = Self {
            mode,
            title,
            action,
            folders_too: false,
            single: false,
            endings: (&ENDINGS, "picker-filter-articles"),
            must_be_empty: false,
            ask_system: ask_desktop,
            places: usual_places(),
            folder: PathBuf::new(),
            listing: Listing::default(),
            fault: None,
            reading: None,
            aside: None,
            aside_reading: None,
            filter: FileFilter::default(),
            hidden: false,
            order: (Column::Name, false),
            shown: Vec::new(),
            chosen: BTreeSet::new(),
            cursor: None,
            anchor: None,
            land_on: None,
            jump: (String::new(), 0.0),
            scroll: list::Scroll::default(),
            path: String::new(),
            path_fault: None,
            matches: Vec::new(),
            name: String::new(),
            making: None,
            system: None,
            no_system: false,
            focus: Some(list_id()),
            entered: None,
        };
        if mode == PickerMode::NewFolder {
            picker.focus = Some(name_id());
        }
        picker.folder = nearest_folder(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        picker.path = picker.folder.display().to_string();
        picker
    }

    /// With the project at hand and lately opened folders among the places.
    #[must_use]
    pub fn with_places<'p>(
        mut self,
        project: Option<&Path>,
        recent: impl IntoIterator<Item = (&'p str, &'p Path)>,
    ) -> Self {
        if let Some(project) = project {
            self.places.push(Place {
                word: "picker-place-project",
                name: String::new(),
                path: project.to_owned(),
            });
        }
        for (name, path) in recent.into_iter().take(6) {
            if !self.places.iter().any(|p| p.path == path) {
                self.places.push(Place { word: "", name: name.to_owned(), path: path.to_owned() });
            }
        }
        self
    }

    /// Folders may be chosen along with files.
    #[must_use]
    pub fn folders_too(mut self) -> Self {
        self.folders_too = true;
        self
    }

    /// One file of these endings; `word` is the key of what to call them.
    #[must_use]
    pub fn one_file(mut self, endings: &'static [&'static str], word: &'static str) -> Self {
        self.single = true;
        self.endings = (endings, word);
        self
    }

    /// One file, whatever its ending.
    #[must_use]
    pub fn any_file(mut self) -> Self {
        self.single = true;
        self.filter = FileFilter::All;
        self
    }

    /// A new folder must not hold anything yet.
    #[must_use]
    pub fn must_be_empty(mut self) -> Self {
        self.must_be_empty = true;
        self
    }

    /// The name proposed for a new folder.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Another way to ask the desktop, for tests.
    #[must_use]
    pub fn with_system(mut self, ask: AskSystem) -> Self {
        self.ask_system = ask;
        self
    }

    /// The folder that is shown.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder is still being read.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Shows the dialog. `None` while the user is at it.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> Option<PickerOutcome> {
        if self.reading.is_none() && self.listing.folder != self.folder && self.fault.is_none() {
            self.read(ctx);
        }
        self.take_listings(ctx);
        let from_system = self.take_system();
        let title = panel.say(self.title);
        let shown = Sheet::new(Id::unique("file-picker"), &title, 880.0).show(ctx, panel, |ui| {
            self.bar(ui, panel);
            self.middle(ui, panel);
            self.foot(ui, panel)
        });
        if let Some(id) = self.focus.take() {
            ctx.memory_mut(|m| m.request_focus(id));
        }
        let picked = from_system.or(shown.inner);
        if picked.is_none() && shown.dismissed {
            if self.making.take().is_some() {
                self.focus = Some(list_id());
                ctx.request_repaint();
            } else if self.system.take().is_none() {
                return Some(PickerOutcome::Cancelled);
            }
        }
        picked
    }

    /// Shows another folder.
    fn go(&mut self, folder: PathBuf, land_on: Option<PathBuf>) {
        self.folder = folder;
        self.path = self.folder.display().to_string();
        self.path_fault = None;
        self.matches.clear();
        self.fault = None;
        self.reading = None;
        self.making = None;
        self.listing = Listing::default();
        self.land_on = land_on;
        self.forget_choice();
    }

    /// Shows the folder above, the cursor on the one it came from.
    fn go_up(&mut self) {
        if let Some(above) = self.folder.parent() {
            let from = self.folder.clone();
            self.go(above.to_owned(), Some(from));
            self.focus = Some(list_id());
        }
    }

    fn read(&mut self, ctx: &Context) {
        let ctx = ctx.clone();
        self.reading = Some(Reading::start(self.folder.clone(), move || ctx.request_repaint()));
    }

    fn take_listings(&mut self, ctx: &Context) {
        if let Some(answer) = self.reading.as_ref().and_then(|r| r.wait(PATIENCE)) {
            self.reading = None;
            match answer {
                Ok(listing) => self.listing = listing,
                Err(fault) => {
                    self.fault = Some(fault);
                    self.listing = Listing::default();
                }
            }
            self.arrange();
            let land_on = self.land_on.take();
            let place =
                |path: &PathBuf| self.shown.iter().position(|&n| self.listing.entries[n].path == *path);
            self.cursor = land_on.as_ref().and_then(place).or((!self.shown.is_empty()).then_some(0));
            self.anchor = self.cursor;
            self.scroll.reveal(self.cursor.unwrap_or(0));
            if let (Some(_), Some(at)) = (land_on, self.cursor) {
                self.choose_only(at);
            }
        }
        if let Some(answer) = self.aside_reading.as_ref().and_then(|r| r.wait(Duration::ZERO)) {
            let folder = self.aside_reading.take().map(|r| r.folder.clone()).unwrap_or_default();
            self.aside = Some(answer.unwrap_or_else(|_| Listing { folder, ..Listing::default() }));
            ctx.request_repaint();
        }
    }

    fn take_system(&mut self) -> Option<PickerOutcome> {
        let answer = self.system.as_ref()?.poll()?;
        self.system = None;
        self.focus = Some(list_id());
        match answer {
            SystemAnswer::NoDialog => self.no_system = true,
            SystemAnswer::Cancelled => {}
            SystemAnswer::Chosen(paths) => {
                if self.mode == PickerMode::Files {
                    return Some(PickerOutcome::Picked(paths));
                }
                let folder = paths.into_iter().next()?;
                if self.mode != PickerMode::NewFolder && self.hindrance_of(&folder).is_none() {
                    return Some(PickerOutcome::Picked(vec![folder]));
                }
                // Not good enough, or only half of the answer: the user sees it here and goes on.
                self.go(folder, None);
            }
        }
        None
    }

    /// Puts what the filters admit in order.
    fn arrange(&mut self) {
        let entries = &self.listing.entries;
        let files = self.files();
        self.shown = (0..entries.len())
            .filter(|&n| {
                let entry = &entries[n];
                (self.hidden || !entry.hidden())
                    && (entry.folder || (files && self.filter.admits(&entry.name, self.endings.0)))
            })
            .collect();
        let (column, turned) = self.order;
        self.shown.sort_by(|&a, &b| {
            let (x, y) = (&entries[a], &entries[b]);
            let folders = y.folder.cmp(&x.folder);
            let order = match column {
                Column::Name => a.cmp(&b),
                Column::Size if x.folder => a.cmp(&b),
                Column::Size => x.size.cmp(&y.size).then(a.cmp(&b)),
                Column::Modified => x.modified.cmp(&y.modified).then(a.cmp(&b)),
            };
            folders.then(if turned { order.reverse() } else { order })
        });
        let shown: BTreeSet<&PathBuf> = self.shown.iter().map(|&n| &entries[n].path).collect();
        self.chosen.retain(|path| shown.contains(path));
        self.cursor = self.cursor.filter(|&at| at < self.shown.len());
        self.anchor = self.cursor;
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.listing.entries.get(*self.shown.get(at)?)
    }

    fn forget_choice(&mut self) {
        self.chosen.clear();
        self.shown.clear();
        self.cursor = None;
        self.anchor = None;
        self.jump.0.clear();
    }

    fn choose_only(&mut self, at: usize) {
        self.chosen.clear();
        if let Some(path) = self.entry(at).map(|e| e.path.clone()) {
            self.chosen.insert(path);
            self.cursor = Some(at);
            self.anchor = Some(at);
        }
    }

    /// Files are shown.
    fn files(&self) -> bool {
        self.mode == PickerMode::Files
    }

    /// Several may be chosen.
    fn several(&self) -> bool {
        self.files() && !self.single
    }

    /// What the main button would choose.
    fn target(&self) -> Vec<PathBuf> {
        match self.mode {
            PickerMode::Files => {
                let fits = |path: &&PathBuf| {
                    self.folders_too || !self.listing.entries.iter().any(|e| e.path == **path && e.folder)
                };
                self.chosen.iter().filter(fits).cloned().collect()
            }
            PickerMode::NewFolder => vec![self.folder.join(self.name.trim())],
            PickerMode::Folder { must_hold_project } => {
                let chosen = self.chosen.iter().next();
                // With a plain folder chosen inside a project, the project is still what is wanted.
                let chosen =
                    chosen.filter(|path| !must_hold_project || is_project(path) || !self.listing.project);
                vec![chosen.unwrap_or(&self.folder).clone()]
            }
        }
    }

    /// What keeps the main button from choosing.
    fn hindrance(&self) -> Option<Hindrance> {
        let target = self.target();
        match target.first() {
            None => Some(Hindrance::Nothing),
            Some(first) => self.hindrance_of(first),
        }
    }

    fn hindrance_of(&self, path: &Path) -> Option<Hindrance> {
        match self.mode {
            PickerMode::Folder { must_hold_project: true } => {
                (!is_project(path)).then_some(Hindrance::NoProject)
            }
            PickerMode::Folder { .. } => (!path.is_dir()).then_some(Hindrance::NotThere),
            PickerMode::Files => None,
            PickerMode::NewFolder => {
                if !is_plain_name(self.name.trim()) {
                    return Some(Hindrance::BadName);
                }
                if is_project(path) {
                    return Some(Hindrance::AlreadyProject);
                }
                if path.is_file() {
                    return Some(Hindrance::IsFile);
                }
                let holds = || std::fs::read_dir(path).is_ok_and(|mut dir| dir.next().is_some());
                (self.must_be_empty && holds()).then_some(Hindrance::NotEmpty)
            }
        }
    }

    /// The outcome of the main button, if nothing is in the way.
    fn pick(&self) -> Option<PickerOutcome> {
        match self.hindrance() {
            None => Some(PickerOutcome::Picked(self.target())),
            Some(_) => None,
        }
    }

    /// Enter or a double click on a row.
    fn enter(&mut self, at: usize) -> Option<PickerOutcome> {
        let entry = self.entry(at)?;
        let wants_project = self.mode == PickerMode::Folder { must_hold_project: true };
        if entry.folder && !(wants_project && entry.project) {
            let folder = entry.path.clone();
            self.go(folder, None);
            self.focus = Some(list_id());
            return None;
        }
        if !self.chosen.contains(&entry.path) {
            self.choose_only(at);
        }
        self.pick()
    }

    /// Enter in the path line: goes to a folder, or picks a file.
    fn enter_path(&mut self) -> Option<PickerOutcome> {
        let path = meant(&self.path, &self.folder);
        if path.is_dir() {
            let picks = self.mode == (PickerMode::Folder { must_hold_project: true })
                && path == self.folder
                && is_project(&path);
            if picks {
                return Some(PickerOutcome::Picked(vec![path]));
            }
            self.go(path, None);
            self.focus = Some(list_id());
            return None;
        }
        match self.mode {
            PickerMode::Files if path.is_file() => return Some(PickerOutcome::Picked(vec![path])),
            PickerMode::NewFolder if path.parent().is_some_and(Path::is_dir) && !path.is_file() => {
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
                let parent = path.parent().map(Path::to_owned).unwrap_or_default();
                self.go(parent, None);
                self.name = name.unwrap_or_default();
                self.focus = Some(name_id());
                return None;
            }
            _ => {}
        }
        self.path_fault = Some(if path.is_file() { Hindrance::IsFile } else { Hindrance::NotThere });
        self.focus = Some(path_id());
        None
    }

    /// Makes the folder that was named and goes there.
    fn make_folder(&mut self, panel: &Panel<'_>) {
        let Some(making) = &mut self.making else { return };
        let name = making.name.trim();
        if !is_plain_name(name) {
            making.fault = Some(panel.say("picker-bad-name"));
            return;
        }
        let path = self.folder.join(name);
        match std::fs::create_dir(&path) {
            Ok(()) => {
                self.go(path, None);
                self.focus = Some(list_id());
            }
            Err(error) => {
                making.fault = Some(match error.kind() {
                    std::io::ErrorKind::AlreadyExists => panel.say("picker-exists"),
                    std::io::ErrorKind::PermissionDenied => panel.say("picker-no-rights-to-write"),
                    _ => error.to_string(),
                });
            }
        }
    }
}

/// Whether a name can be one folder's.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !matches!(name, "." | "..")
        && !name.contains(std::path::is_separator)
        && !name.contains(|c: char| c.is_control() || "<>:\"/\\|?*".contains(c))
        && !name.ends_with('.')
        && name.len() <= 200
}

fn usual_places() -> Vec<Place> {
    let mut places = Vec::new();
    let mut add = |word, path: Option<PathBuf>| {
        if let Some(path) = path.filter(|p| p.is_dir())
            && !places.iter().any(|p: &Place| p.path == path)
        {
            places.push(Place { word, name: String::new(), path });
        }
    };
    add("picker-place-home", home());
    let dirs = directories::UserDirs::new();
    let dirs = dirs.as_ref();
    add("picker-place-documents", dirs.and_then(|d| d.document_dir().map(Path::to_owned)));
    add("picker-place-desktop", dirs.and_then(|d| d.desktop_dir().map(Path::to_owned)));
    add("picker-place-downloads", dirs.and_then(|d| d.download_dir().map(Path::to_owned)));
    add("picker-place-computer", Some(PathBuf::from(std::path::MAIN_SEPARATOR_STR)));
    places
}

/// Where documents are kept: the system's folder for them, else the user's own.
pub fn documents() -> PathBuf {
    directories::UserDirs::new()
        .and_then(|dirs| dirs.document_dir().map(Path::to_owned))
        .filter(|folder| folder.is_dir())
        .or_else(home)
        .unwrap_or_else(|| PathBuf::from("."))
}

pub(super) fn list_id() -> Id {
    Id::unique("file-picker-list")
}

fn path_id() -> Id {
    Id::unique("file-picker-path")
}

fn name_id() -> Id {
    Id::unique("file-picker-name")
}

fn making_id() -> Id {
    Id::unique("file-picker-making")
}
