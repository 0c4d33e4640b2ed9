//! The app: one frame from input to picture, and the one place where requests are carried out.

use egui::Ui;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article_view::{ArticleView, Tick, TickKind};
use super::card::HoverCard;
use super::command::Command;
use super::comment_marks::CommentMarks;
use super::dashboard::{ExportDialog, OverviewPage};
use super::dialogs::Dialogs;
use super::exchange::{ExchangeAct, ExchangeDialog};
use super::find_bar::FindBar;
use super::go_to::GoTo;
use super::inspector::Inspector;
use super::notices::Notices;
use super::panel::{DialogKind, Page, Request};
use super::panels::articles::ArticlesPanel;
use super::panels::below::BelowPanel;
use super::panels::key_sheet::KeySheet;
use super::panels::palette::Palette;
use super::panels::status_bar::StatusBar;
use super::panels::top_bar::TopBar;
use super::preferences::{Preferences, ThemeChoice};
use super::prompt::Prompt;
use super::review::ReviewRoom;
use super::start_page::{RecentProject, StartPage};
use super::state::State;
use crate::model::SpanId;
use crate::session::exchange::importing::foreign_source;
use crate::session::{Notice, Session};
use crate::store::{Recent, Wake};
use crate::text::{ByteOffset, TextRange};

/// The whole window.
pub struct App {
    pub(super) state: State,
    pub(super) view: ArticleView,
    pub(super) prompt: Option<Prompt>,
    pub(super) find: FindBar,
    pub(super) go_to: Option<GoTo>,
    pub(super) card: HoverCard,
    pub(super) notices: Notices,
    pub(super) recent: Recent,
    pub(super) config: Option<PathBuf>,
    pub(super) wake: Wake,
    pub(super) quit: bool,
    pub(super) dialogs: Dialogs,
    pub(super) articles: ArticlesPanel,
    pub(super) inspector: Inspector,
    pub(super) below: BelowPanel,
    pub(super) page: Page,
    pub(super) review: ReviewRoom,
    pub(super) overview: OverviewPage,
    pub(super) export: Option<ExportDialog>,
    pub(super) exchange: Option<ExchangeDialog>,
    /// The article that was closed for an import, to be opened again.
    pub(super) exchange_article: Option<String>,
    pub(super) top_bar: TopBar,
    pub(super) status_bar: StatusBar,
    pub(super) start_page: StartPage,
    pub(super) palette: Palette,
    pub(super) key_sheet: KeySheet,
    pub(super) ticks: Vec<Tick>,
    pub(super) ticks_for: Option<(String, u64, u64)>,
    pub(super) ticks_version: u64,
    pub(super) comments: CommentMarks,
    pub(super) menu_open: bool,
    pub(super) recent_projects: Vec<RecentProject>,
    pub(super) clashes_put_off: bool,
    /// In how many frames preferences and recent projects are kept, if they are to be: a disk that syncs is not waited for in the frame
    /// in which an article opens.
    pub(super) keep_in: Option<u8>,
}

impl App {
    /// An app with nothing open. `config` is the folder of preferences and recent projects, if there is one; `wake` asks for a frame
    /// from another thread.
    pub fn new(config: Option<PathBuf>, wake: Wake) -> Self {
        let map = config.as_deref().map(crate::store::Preferences::load).unwrap_or_default();
        let mut preferences = Preferences::from_map(&map.0);
        if preferences.annotator.is_empty() {
            preferences.annotator = default_annotator();
        }
        let recent = config.as_deref().map(Recent::load).unwrap_or_default();
        let seen = crate::session::SeenComments::load(config.as_deref());
        let mut app = Self {
            state: State::new(preferences),
            view: ArticleView::default(),
            prompt: None,
            find: FindBar::default(),
            go_to: None,
            card: HoverCard::default(),
            notices: Notices::default(),
            recent,
            config,
            wake,
            quit: false,
            dialogs: Dialogs::default(),
            articles: ArticlesPanel::default(),
            inspector: Inspector::default(),
            below: BelowPanel::default(),
            page: Page::Article,
            review: ReviewRoom::with_seen(seen),
            overview: OverviewPage::default(),
            export: None,
            exchange: None,
            exchange_article: None,
            top_bar: TopBar::default(),
            status_bar: StatusBar::default(),
            start_page: StartPage::default(),
            palette: Palette::default(),
            key_sheet: KeySheet::default(),
            ticks: Vec::new(),
            ticks_for: None,
            ticks_version: 0,
            comments: CommentMarks::default(),
            menu_open: false,
            recent_projects: Vec::new(),
            clashes_put_off: false,
            keep_in: None,
        };
        app.look_up_recent();
        app
    }

    /// What is open.
    pub fn session(&self) -> Option<&Session> {
        self.state.session.as_ref()
    }

    /// The article view.
    pub fn view(&self) -> &ArticleView {
        &self.view
    }

    /// The article view, to point at places from outside.
    pub fn view_mut(&mut self) -> &mut ArticleView {
        &mut self.view
    }

    /// What the middle of the window shows.
    pub fn page(&self) -> Page {
        self.page
    }

    /// Leaves out what does not pass, in the list of differences.
    pub fn filter_review(&mut self, filter: super::review::list::Filter) {
        self.review.list.filter = filter;
    }

    /// The review.
    pub fn review(&self) -> &ReviewRoom {
        &self.review
    }

    /// The overview of the project.
    pub fn overview(&self) -> &OverviewPage {
        &self.overview
    }

    /// The selected span.
    pub fn selected(&self) -> Option<&SpanId> {
        self.state.selected.as_ref()
    }

    /// The user's choices.
    pub fn preferences(&self) -> &Preferences {
        &self.state.preferences
    }

    /// What the notices say.
    pub fn notice_texts(&self) -> Vec<String> {
        self.notices.texts(&self.state.words)
    }

    /// Which dialog is open.
    pub fn dialog(&self) -> Option<DialogKind> {
        self.dialogs.kind()
    }

    /// Whether the user asked to leave.
    pub fn wants_to_quit(&self) -> bool {
        self.quit
    }

    /// Asks for something from outside, as if a panel did; it is done at the next frame.
    pub fn ask(&self, request: Request) {
        self.state.asked.borrow_mut().push(request);
    }

    /// Opens a session that was made elsewhere.
    pub fn show_session(&mut self, session: Session) {
        self.state.session = Some(session);
        self.article_opened();
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.apply_theme(ui);
        if let Some(frames) = self.keep_in {
            self.keep_in = frames.checked_sub(1);
            match self.keep_in {
                None => self.save_preferences(),
                Some(_) => ui.request_repaint(),
            }
        }
        if let Some(session) = &mut self.state.session {
            let notices = session.tick();
            self.notices.add(notices);
        }
        self.take_drops(ui);
        let requests = std::mem::take(&mut *self.state.asked.borrow_mut());
        for request in requests {
            self.carry_out(request, ui);
        }
        self.refresh();
        let covered = self.dialogs.is_open() || self.review.is_dialog_open() || self.export.is_some();
        if !covered && self.exchange.is_none() {
            match self.page {
                Page::Article => self.take_keys(ui),
                Page::Review | Page::Overview => self.take_page_keys(ui),
            }
        }
        self.lay_out(ui);
        // What panels and keys asked for is done before the frame ends, so that a key press is seen in the frame it was pressed in.
        let requests = std::mem::take(&mut *self.state.asked.borrow_mut());
        if !requests.is_empty() {
            for request in requests {
                self.carry_out(request, ui);
            }
            ui.request_repaint();
        }
    }

    fn apply_theme(&self, ui: &Ui) {
        let choice = match self.state.preferences.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        };
        if ui.ctx().options(|o| o.theme_preference) != choice {
            ui.ctx().set_theme(choice);
        }
    }

    /// Brings what is derived up to date: the selected words, a selected span that is gone.
    fn refresh(&mut self) {
        if let Some(session) = self.state.session.as_ref().filter(|s| s.is_reviewing()) {
            self.review.refresh(session, &self.state.words);
        }
        self.overview.tick();
        self.end_working();
        // Not by `open()`, for the selection is set while it is borrowed.
        let Some(open) = self.state.session.as_ref().and_then(|s| s.open.as_ref()) else {
            self.state.selected = None;
            self.state.selection.clear();
            return;
        };
        self.state.selection = self.view.selected_ranges(&open.desk.article.text);
        if self.state.selected.as_ref().is_some_and(|id| open.desk.span(id).is_none()) {
            self.state.selected = None;
        }
        let said = self.state.session.as_ref().map_or(0, Session::talk_version);
        let version = (open.desk.article.path.clone(), open.findings_version, said);
        if self.ticks_for.as_ref() != Some(&version) {
            self.ticks_for = Some(version);
            self.ticks = open.findings.iter().filter_map(|f| tick_of(f, open)).collect();
            let threads = self.state.session.iter().flat_map(|session| session.talk().threads());
            let unresolved = threads.filter(|thread| thread.resolved.is_none());
            let places = unresolved.filter_map(|thread| thread.topic.at());
            self.ticks.extend(places.map(|range| Tick { range, kind: TickKind::Comment }));
            self.ticks_version += 1;
            let threads = self.state.session.as_ref().map_or(&[][..], |session| session.talk().threads());
            let whose = &open.desk.workspace.set.annotator;
            self.comments = CommentMarks::of(threads, whose, self.ticks_version);
        }
    }

    fn take_drops(&mut self, ui: &Ui) {
        let dropped: Vec<PathBuf> = ui.input(|i| {
            i.raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .filter(|p| !p.as_os_str().is_empty())
                .collect()
        });
        if let [folder] = dropped.as_slice()
            && folder.join(crate::store::SETTINGS).is_file()
        {
            self.ask(Request::OpenProject(folder.clone()));
        } else if let Some(source) = foreign_source(&dropped) {
            let left = dropped.iter().filter(|path| !path.starts_with(&source)).count();
            if left > 0 {
                let name = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy();
                let notice = Notice::warning("notice-import-one-at-a-time");
                self.notices.add([notice.with("name", name).with("left", left)]);
            }
            self.ask(ExchangeAct::Import(source).into());
        } else if !dropped.is_empty() {
            let request =
                if self.state.session.is_some() { Request::AddArticles } else { Request::OpenArticles };
            self.ask(request(dropped));
        }
    }

    /// Tags the selected words, or the word at the caret.
    pub(super) fn tag(&mut self, label: &str) {
        let Some(open) = self.state.open() else { return };
        let text = &open.desk.article.text;
        let mut ranges = self.view.selected_ranges(text);
        if ranges.is_empty() {
            let word = crate::text::word_at(text.as_str(), self.view.selection().head);
            ranges.extend(word.and_then(|w| text.text_range(w)));
        }
        if ranges.is_empty() {
            self.notices.add([Notice::hint("notice-nothing-selected")]);
            return;
        }
        self.ask(Request::Edit(crate::session::Edit::Tag { ranges, label: label.to_owned() }));
    }

    /// Remembers where the reader is in the article at hand.
    pub(super) fn note_place(&mut self) {
        let Some(session) = &self.state.session else { return };
        let Some(open) = &session.open else { return };
        let code = |byte: usize| open.desk.article.text.code_point_at_or_before(byte).get();
        self.recent.note_place(crate::store::Place {
            root: session.root.clone(),
            article: open.desk.article.path.clone(),
            top: code(self.view.top_byte()),
            caret: code(self.view.selection().head),
        });
    }

    pub(super) fn article_opened(&mut self) {
        self.page_stays();
        self.prompt = None;
        self.state.selected = None;
        self.find.open = false;
        let Some(open) = self.state.open() else { return };
        self.view = ArticleView::new(&open.desk.article.text, open.desk.article.header);
        self.view.snap = self.state.preferences.snap;
        self.view.take_focus();
        self.go_to = None;
        if let Some(session) = &self.state.session
            && let Some(place) = self.recent.place(&session.root, &open.desk.article.path)
            && place.top > 0
        {
            let text = &open.desk.article.text;
            let byte = |code: u32| {
                let byte = text.byte_of(crate::text::CodePoint(code)).map_or(text.len_bytes(), |b| b.index());
                crate::text::floor_grapheme(text.as_str(), byte)
            };
            self.view.restore(byte(place.top), byte(place.caret));
        }
    }

    /// Puts the caret at a range of code points and selects it.
    pub(super) fn go_to(&mut self, range: TextRange) {
        let Some(open) = self.state.open() else { return };
        if let Some(bytes) = open.desk.article.text.byte_range(range) {
            self.view.reveal(bytes.start, true);
            self.view.select(super::article_view::Selection::of(bytes));
        }
    }

    /// Selects a span and brings it into view.
    pub(super) fn select(&mut self, span: Option<SpanId>) {
        if let Some(id) = &span
            && let Some(open) = self.state.open()
            && let Some(there) = open.desk.span(id)
            && let Some(ByteOffset(byte)) = open.desk.article.text.byte_of(there.start())
        {
            self.view.go_to(byte as usize);
        }
        self.state.selected = span;
    }

    /// Looks up what the start page says of recent projects; reading their settings costs a little, so it is not done every frame.
    pub(super) fn look_up_recent(&mut self) {
        let name_of = |root: &Path| {
            let text = std::fs::read_to_string(root.join(crate::store::SETTINGS)).ok()?;
            Some(ron::from_str::<crate::model::ProjectSettings>(&text).ok()?.name)
        };
        let folder_name =
            |root: &Path| root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let recent = self.recent.projects.iter().map(|root| {
            let name = name_of(root);
            RecentProject {
                exists: name.is_some() || root.join(crate::store::SETTINGS).is_file(),
                name: name.unwrap_or_else(|| folder_name(root)),
                path: root.clone(),
                opened: String::new(),
            }
        });
        self.recent_projects = recent.collect();
    }

    /// Keeps preferences and recent projects.
    pub(super) fn save_preferences(&self) {
        let Some(folder) = &self.config else { return };
        let kept = crate::store::Preferences(self.state.preferences.to_map());
        if let Err(why) = kept.save(folder).and_then(|()| self.recent.save(folder)) {
            tracing::warn!("could not save preferences in {}: {why}", folder.display());
        }
    }

    /// Saves everything now; gives what went wrong, in words.
    pub fn save_all(&mut self) -> Vec<String> {
        let notices = self.state.session.as_mut().map(Session::save).unwrap_or_default();
        let bad = notices.iter().filter(|n| n.kind == crate::session::NoticeKind::Error);
        bad.map(|n| super::notices::text(&self.state.words, n)).collect()
    }

    /// Saves everything and goes back to the start page.
    pub fn close_project(&mut self) {
        self.close();
        self.state.session = None;
        self.overview.forget();
        self.look_up_recent();
        self.notices.clear_news();
    }

    /// Saves everything before the program ends.
    pub fn close(&mut self) {
        self.close_session();
        self.save_preferences();
    }

    /// Saves what is open, before something else is.
    pub(super) fn close_session(&mut self) {
        self.note_place();
        if let Some(session) = &mut self.state.session {
            for notice in session.close_article() {
                tracing::warn!("{}", super::notices::text(&self.state.words, &notice));
            }
        }
    }
}

/// Where the overview marks a problem: at its range, else at its span.
fn tick_of(finding: &crate::validate::Finding, open: &crate::session::OpenArticle) -> Option<Tick> {
    let span = || Some(open.desk.span(finding.span.as_ref()?)?.parts.hull());
    let range = finding.range.or_else(span)?;
    Some(Tick { range, kind: TickKind::Problem(finding.severity) })
}

/// A name for whoever sits here: the system's user name made safe for a folder.
fn default_annotator() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    if name.is_empty() || name == "root" { "me".to_owned() } else { crate::store::safe_name(&name) }
}

/// Where a project for a lone article file is made: beside it, named after it.
pub(super) fn project_beside(article: &Path) -> PathBuf {
    let stem =
        article.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_else(|| "article".to_owned());
    article.with_file_name(format!("{stem} – postil"))
}

/// A wake-up call that asks a context for a frame.
pub fn wake_of(ctx: &egui::Context) -> Wake {
    let ctx = ctx.clone();
    Arc::new(move || ctx.request_repaint())
}

/// Which dialog a command opens, if it opens one.
pub(super) fn dialog_of(command: Command) -> Option<DialogKind> {
    Some(match command {
        Command::OpenProject => DialogKind::OpenProject,
        Command::OpenArticles => DialogKind::OpenArticles,
        Command::NewProject => DialogKind::NewProject,
        Command::OpenSample => DialogKind::OpenSample,
        Command::AddArticles => DialogKind::AddArticles,
        Command::ArticleDetails => DialogKind::ArticleDetails,
        Command::SavePaper => DialogKind::Paper,
        Command::ChooseFont => DialogKind::Font,
        Command::Palette => DialogKind::Palette,
        Command::KeySheet => DialogKind::KeySheet,
        _ => return None,
    })
}
