//! The app: one frame from input to picture, and the one place where requests are carried out.

use egui::{Event, Key, Modifiers, Rect, Ui};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article_view::{ArticleView, CaretAct, Shown, Tick, TickKind, ViewEvent};
use super::card::HoverCard;
use super::command::{Command, Keys, Scope};
use super::dashboard::{ExportDialog, OverviewPage};
use super::dialogs::{Dialogs, Surroundings};
use super::exchange::ExchangeDialog;
use super::find_bar::FindBar;
use super::go_to::GoTo;
use super::heading::{self, Reading};
use super::inspector::Inspector;
use super::look::Tokens;
use super::notices::Notices;
use super::panel::{DialogKind, Page, Panel, Request};
use super::panels::articles::ArticlesPanel;
use super::panels::below::BelowPanel;
use super::panels::key_sheet::KeySheet;
use super::panels::palette::Palette;
use super::panels::status_bar::StatusBar;
use super::panels::top_bar::TopBar;
use super::preferences::{LARGEST_TEXT, Preferences, SMALLEST_TEXT, ThemeChoice};
use super::prompt::Prompt;
use super::review::ReviewRoom;
use super::start_page::{RecentProject, StartPage};
use super::words::Words;
use crate::model::SpanId;
use crate::session::{Notice, Session};
use crate::store::{Recent, Wake};
use crate::text::{ByteOffset, TextRange};

/// The whole window.
pub struct App {
    pub(super) session: Option<Session>,
    pub(super) preferences: Preferences,
    pub(super) words: Words,
    pub(super) keys: Keys,
    pub(super) view: ArticleView,
    pub(super) selected: Option<SpanId>,
    pub(super) prompt: Option<Prompt>,
    pub(super) find: FindBar,
    pub(super) go_to: Option<GoTo>,
    card: HoverCard,
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
    top_bar: TopBar,
    status_bar: StatusBar,
    start_page: StartPage,
    palette: Palette,
    key_sheet: KeySheet,
    asked: RefCell<Vec<Request>>,
    selection: Vec<TextRange>,
    ticks: Vec<Tick>,
    ticks_for: Option<(String, u64, u64)>,
    ticks_version: u64,
    pub(super) menu_open: bool,
    recent_projects: Vec<RecentProject>,
    pub(super) clashes_put_off: bool,
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
        let keys = Keys::new(preferences.keys.iter().map(|(id, keys)| (id.as_str(), keys.as_str())));
        let mut app = Self {
            session: None,
            words: Words::new(preferences.language),
            keys,
            view: ArticleView::default(),
            selected: None,
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
            asked: RefCell::default(),
            selection: Vec::new(),
            ticks: Vec::new(),
            ticks_for: None,
            ticks_version: 0,
            menu_open: false,
            recent_projects: Vec::new(),
            clashes_put_off: false,
            preferences,
        };
        app.look_up_recent();
        app
    }

    /// What is open.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
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
        self.selected.as_ref()
    }

    /// The user's choices.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// What the notices say.
    pub fn notice_texts(&self) -> Vec<String> {
        self.notices.texts(&self.words)
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
        self.asked.borrow_mut().push(request);
    }

    /// Opens a session that was made elsewhere.
    pub fn show_session(&mut self, session: Session) {
        self.session = Some(session);
        self.article_opened();
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.apply_theme(ui);
        if let Some(session) = &mut self.session {
            let notices = session.tick();
            self.notices.add(notices);
        }
        self.take_drops(ui);
        let requests = std::mem::take(&mut *self.asked.borrow_mut());
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
        let requests = std::mem::take(&mut *self.asked.borrow_mut());
        if !requests.is_empty() {
            for request in requests {
                self.carry_out(request, ui);
            }
            ui.request_repaint();
        }
    }

    fn apply_theme(&self, ui: &Ui) {
        let choice = match self.preferences.theme {
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
        if let Some(session) = self.session.as_ref().filter(|s| s.is_reviewing()) {
            self.review.refresh(session, &self.words);
        }
        self.overview.tick();
        self.end_working();
        let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref()) else {
            self.selected = None;
            self.selection.clear();
            return;
        };
        self.selection = self.view.selected_ranges(&open.desk.article.text);
        if self.selected.as_ref().is_some_and(|id| open.desk.span(id).is_none()) {
            self.selected = None;
        }
        let said = self.session.as_ref().map_or(0, Session::talk_version);
        let version = (open.desk.article.path.clone(), open.findings_version, said);
        if self.ticks_for.as_ref() != Some(&version) {
            self.ticks_for = Some(version);
            self.ticks = open.findings.iter().filter_map(|f| tick_of(f, open)).collect();
            let threads = self.session.iter().flat_map(|session| session.talk().threads());
            let open = threads.filter(|thread| thread.resolved.is_none());
            let places = open.filter_map(|thread| thread.topic.at());
            self.ticks.extend(places.map(|range| Tick { range, kind: TickKind::Comment }));
            self.ticks_version += 1;
        }
    }

    fn take_drops(&self, ui: &Ui) {
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
        } else if !dropped.is_empty() {
            let request = if self.session.is_some() { Request::AddArticles } else { Request::OpenArticles };
            self.ask(request(dropped));
        }
    }

    fn lay_out(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui.theme());
        let panel = Panel {
            session: self.session.as_ref(),
            words: &self.words,
            tokens: &tokens,
            keys: &self.keys,
            preferences: &self.preferences,
            selected: self.selected.as_ref(),
            selection: &self.selection,
            asked: &self.asked,
        };
        let frame = |margin: i8| egui::Frame::new().fill(tokens.panel).inner_margin(margin);
        if self.session.is_none() {
            egui::CentralPanel::default().frame(frame(0)).show(ui, |ui| {
                self.start_page.show(ui, &panel, &self.recent_projects);
            });
            match self.dialogs.kind() {
                Some(DialogKind::Palette) => self.palette.show(ui, &panel),
                Some(DialogKind::KeySheet) => self.key_sheet.show(ui, &panel),
                _ => {}
            }
            let around = Surroundings { recent: &self.recent_projects, preview: &|_| String::new() };
            self.dialogs.show(ui, &panel, &around);
            self.notices.show(ui, &panel);
            return;
        }
        egui::Panel::top("top-bar").frame(frame(6)).show(ui, |ui| self.top_bar.show(ui, &panel));
        egui::Panel::bottom("status-bar")
            .frame(frame(4))
            .show(ui, |ui| self.status_bar.show(ui, &panel, &self.view));
        // A narrow window leaves most of its width to the text.
        let wide = ui.ctx().content_rect().width();
        let part = |share: f32, least: f32, most: f32| (wide * share).clamp(least, most);
        if self.preferences.show_articles {
            egui::Panel::left("articles")
                .frame(frame(10))
                .default_size(part(0.2, 190.0, 250.0))
                .size_range(180.0..=420.0)
                .show(ui, |ui| self.articles.show(ui, &panel));
        }
        let reviewing = self.page == Page::Review;
        if reviewing {
            egui::Panel::right("review-card")
                .frame(frame(10))
                .default_size(part(0.32, 300.0, 400.0))
                .size_range(280.0..=760.0)
                .show(ui, |ui| match self.review.is_editing() {
                    true => self.review.show_fields(ui, &panel, &mut self.inspector),
                    false => self.review.show_card(ui, &panel),
                });
            egui::Panel::bottom("review-list")
                .frame(frame(8))
                .resizable(true)
                .default_size(190.0)
                .size_range(90.0..=520.0)
                .show(ui, |ui| self.review.show_list(ui, &panel));
        }
        if self.preferences.show_fields && self.page == Page::Article {
            egui::Panel::right("fields")
                .frame(frame(10))
                .default_size(part(0.28, 260.0, 330.0))
                .size_range(240.0..=560.0)
                .show(ui, |ui| {
                    egui::Panel::bottom("talk-beside")
                        .frame(egui::Frame::new())
                        .show(ui, |ui| self.review.show_talk(ui, &panel));
                    self.inspector.show(ui, &panel);
                });
        }
        if self.preferences.show_below && self.page == Page::Article {
            egui::Panel::bottom("below")
                .frame(frame(8))
                .resizable(true)
                .default_size(170.0)
                .size_range(90.0..=520.0)
                .show(ui, |ui| self.below.show(ui, &panel, |ui| self.review.show_threads(ui, &panel)));
        }
        let mut events = Vec::new();
        let mut page_menu = None;
        egui::CentralPanel::default().frame(egui::Frame::new().fill(tokens.page)).show(ui, |ui| {
            super::review::tabs(ui, &panel, self.page);
            match self.page {
                Page::Article => {}
                Page::Review => return self.review.show_text(ui, &panel),
                Page::Overview => return self.overview.show(ui, &panel),
            }
            let Some(open) = panel.open() else {
                ui.centered_and_justified(|ui| {
                    ui.label(egui::RichText::new(panel.say("no-article")).color(tokens.text_soft));
                });
                return;
            };
            ui.spacing_mut().item_spacing.y = 0.0;
            let text = &open.desk.article.text;
            let top = self.view.top_byte();
            let reading = Reading {
                top: text.code_point_at_or_before(top),
                at_beginning: top == 0,
                sentence: self.status_bar.sentence(text, top),
            };
            heading::show(ui, &panel, reading);
            // From the start of what is selected: while a word is being typed, its hit stays where it is.
            let head = self.view.selection.range().start;
            if let Some(hit) = egui::Frame::new()
                .inner_margin(if self.find.open { 6 } else { 0 })
                .show(ui, |ui| self.find.show(ui, &panel, head))
                .inner
            {
                self.view.selection = super::article_view::Selection::of(hit.clone());
                self.view.reveal(hit.start, true);
            }
            let desk = &open.desk;
            let shown = Shown {
                text: &desk.article.text,
                header: desk.article.header,
                set: &desk.workspace.set,
                schema: &desk.schema,
                register: &desk.workspace.register,
                codebook: &desk.workspace.codebook,
                tokens: &tokens,
                words: &self.words,
                style: self.preferences.style,
                found: self.find.hits(),
                found_at: self.find.at(),
                candidate: self.prompt.as_ref().and_then(Prompt::candidate),
                findings: &open.findings,
                ticks: &self.ticks,
                ticks_version: self.ticks_version,
                found_version: self.find.version(),
            };
            let (response, asked) = self.view.show(ui, &shown, self.selected.as_ref());
            events = asked;
            let free = self.prompt.is_none() && !self.view.is_dragging() && !self.view.is_listing();
            let hovered = response.hovered() && free && self.go_to.is_none();
            let pointed = ui
                .input(|i| i.pointer.hover_pos())
                .filter(|_| hovered && !ui.input(|i| i.pointer.any_down()));
            let under = pointed.map(|at| self.view.spans_at(&shown, at)).unwrap_or_default();
            page_menu = Some(response.clone());
            self.card.show(ui, &panel, &self.view, under, pointed);
            if let Some(go_to) = &mut self.go_to
                && !go_to.show(ui, &panel, response.rect)
            {
                self.go_to = None;
                self.view.take_focus();
            }
            if let Some(prompt) = &mut self.prompt {
                let anchor = self.view.span_rects(prompt.span()).into_iter().reduce(Rect::union);
                let page = self.view.page().unwrap_or(Rect::NOTHING);
                if prompt.show(ui, &panel, anchor, page) == super::prompt::PromptState::Over {
                    self.prompt = None;
                    self.view.take_focus();
                }
            }
        });
        if let Some(response) = page_menu {
            self.menu_open = super::card::context_menu(&response, &panel, self.selected.as_ref());
        }
        if !self.dialogs.is_open()
            && !self.clashes_put_off
            && panel.open().is_some_and(|open| !open.clashes.is_empty())
            && let Some(dialog) = super::clashes::dialog(&panel)
        {
            self.dialogs.open_conflicts(dialog);
        }
        match self.dialogs.kind() {
            Some(DialogKind::Palette) => self.palette.show(ui, &panel),
            Some(DialogKind::KeySheet) => self.key_sheet.show(ui, &panel),
            _ => {}
        }
        self.review.show_dialog(ui, &panel);
        if self.export.as_mut().is_some_and(|dialog| dialog.show(ui.ctx(), &panel)) {
            self.export = None;
        }
        if self.exchange.as_mut().is_some_and(|dialog| dialog.show(ui.ctx(), &panel)) {
            self.exchange = None;
            ui.ctx().request_repaint();
        }
        let preview = |label: &str| preview(panel.session, label);
        let decided =
            self.dialogs.show(ui, &panel, &Surroundings { recent: &self.recent_projects, preview: &preview });
        self.notices.show(ui, &panel);
        if let Some(outcome) = decided {
            self.decide_clashes(outcome);
        }
        for event in events {
            self.view_event(event);
        }
    }

    fn view_event(&mut self, event: ViewEvent) {
        match event {
            ViewEvent::Select(span) => {
                if let (Some(mut prompt), Some(span)) = (self.prompt.take(), span.clone()) {
                    let tokens = Tokens::of(egui::Theme::Light);
                    let panel = Panel {
                        session: self.session.as_ref(),
                        words: &self.words,
                        tokens: &tokens,
                        keys: &self.keys,
                        preferences: &self.preferences,
                        selected: self.selected.as_ref(),
                        selection: &self.selection,
                        asked: &self.asked,
                    };
                    if prompt.take_span(&panel, &span) {
                        self.prompt = Some(prompt);
                        return;
                    }
                }
                self.prompt = None;
                self.selected = span;
            }
            ViewEvent::DragEdge { span, part, start, to, gesture } => {
                let edge = if start { crate::session::Edge::Start } else { crate::session::Edge::End };
                self.ask(Request::Edit(crate::session::Edit::MoveEdge {
                    span,
                    part,
                    edge,
                    to,
                    gesture: Some(gesture),
                }));
            }
            ViewEvent::Menu(_) => {}
            ViewEvent::Visit(span, at) => {
                if self.prompt.is_some() {
                    self.view_event(ViewEvent::Select(Some(span)));
                    return;
                }
                self.selected = Some(span);
                self.go_to(TextRange::empty(at));
                self.view.take_focus();
            }
            ViewEvent::Zoom(factor) => {
                // Kept when the window closes: a turn of the wheel is many steps, and each would write a file.
                let size = self.preferences.style.size * factor;
                self.preferences.style.size = ((size * 4.0).round() / 4.0).clamp(SMALLEST_TEXT, LARGEST_TEXT);
            }
        }
    }

    /// Turns key presses into commands and edits.
    fn take_keys(&mut self, ui: &Ui) {
        let typing = ui.ctx().text_edit_focused();
        let menu_open = self.menu_open || egui::Popup::is_any_open(ui.ctx());
        let in_article = !typing
            && self.prompt.is_none()
            && !self.view.is_listing()
            && self.go_to.is_none()
            && !menu_open
            && (self.view.focused || ui.memory(|m| m.focused().is_none()));
        let pressed = pressed(ui);
        for (key, modifiers) in pressed {
            let taken = if in_article && key == Key::Escape && !self.view.focused {
                // The way out of a panel leads to the text first; what is selected there stays. The find bar sees to its own end.
                self.view.take_focus();
                !self.find.open
            } else if in_article {
                self.article_key(key, modifiers)
            } else {
                self.everywhere_key(key, modifiers, typing)
            };
            if taken {
                ui.input_mut(|i| {
                    i.consume_key(modifiers, key);
                });
            }
        }
    }

    pub(super) fn everywhere_key(&mut self, key: Key, modifiers: Modifiers, typing: bool) -> bool {
        let Some((command, _)) = self.keys.command(key, modifiers) else { return false };
        // Boxes have an undo of their own.
        let of_the_box = typing && matches!(command, Command::Undo | Command::Redo);
        let plain = !modifiers.command && !modifiers.alt && !is_function_key(key);
        if command.scope() != Scope::Everywhere || of_the_box || plain {
            return false;
        }
        self.ask(Request::Command(command));
        true
    }

    fn article_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        if self.session.as_ref().is_some_and(|s| s.open.is_some())
            && modifiers.is_none()
            && self.schema_key(key)
        {
            return true;
        }
        let Some((command, extend)) = self.keys.command(key, modifiers) else { return false };
        match command.motion() {
            Some((unit, forward)) => {
                if self.session.as_ref().is_none_or(|s| s.open.is_none()) {
                    return false;
                }
                self.view.act(CaretAct::Move { unit, forward, extend });
            }
            None => self.ask(Request::Command(command)),
        }
        true
    }

    /// The keys that the schema gives to labels, fields and relations.
    fn schema_key(&mut self, key: Key) -> bool {
        let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref()) else { return false };
        let means =
            |k: &Option<String>| k.as_deref().and_then(|k| Key::from_name(&k.to_uppercase())) == Some(key);
        let schema = open.desk.schema.clone();
        if let Some(label) = schema.labels.iter().find(|l| means(&l.key)) {
            self.tag(&label.name);
            return true;
        }
        let Some(span) = self.selected.clone() else { return false };
        let Some(label) = open.desk.span(&span).map(|s| s.label.clone()) else { return false };
        let Some(field) = schema.fields_of(&label).iter().find(|f| means(&f.key)) else { return false };
        self.ask(Request::Prompt(crate::model::FieldPath::field(&field.name)));
        true
    }

    /// Tags the selected words, or the word at the caret.
    pub(super) fn tag(&mut self, label: &str) {
        let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref()) else { return };
        let text = &open.desk.article.text;
        let mut ranges = self.view.selected_ranges(text);
        if ranges.is_empty() {
            let word = crate::text::word_at(text.as_str(), self.view.selection.head);
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
        let Some(session) = &self.session else { return };
        let Some(open) = &session.open else { return };
        let code = |byte: usize| open.desk.article.text.code_point_at_or_before(byte).get();
        self.recent.note_place(crate::store::Place {
            root: session.root.clone(),
            article: open.desk.article.path.clone(),
            top: code(self.view.top_byte()),
            caret: code(self.view.selection.head),
        });
    }

    pub(super) fn article_opened(&mut self) {
        self.page_stays();
        self.prompt = None;
        self.selected = None;
        self.find.open = false;
        let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref()) else { return };
        self.view = ArticleView::new(&open.desk.article.text, open.desk.article.header);
        self.view.snap = self.preferences.snap;
        self.view.take_focus();
        self.go_to = None;
        if let Some(session) = &self.session
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
        let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref()) else { return };
        if let Some(bytes) = open.desk.article.text.byte_range(range) {
            self.view.reveal(bytes.start, true);
            self.view.selection = super::article_view::Selection::of(bytes);
        }
    }

    /// Selects a span and brings it into view.
    pub(super) fn select(&mut self, span: Option<SpanId>) {
        if let Some(id) = &span
            && let Some(open) = self.session.as_ref().and_then(|s| s.open.as_ref())
            && let Some(there) = open.desk.span(id)
            && let Some(ByteOffset(byte)) = open.desk.article.text.byte_of(there.start())
        {
            self.view.go_to(byte as usize);
        }
        self.selected = span;
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
        let kept = crate::store::Preferences(self.preferences.to_map());
        if let Err(why) = kept.save(folder).and_then(|()| self.recent.save(folder)) {
            tracing::warn!("could not save preferences in {}: {why}", folder.display());
        }
    }

    /// Saves everything now; gives what went wrong, in words.
    pub fn save_all(&mut self) -> Vec<String> {
        let notices = self.session.as_mut().map(Session::save).unwrap_or_default();
        let bad = notices.iter().filter(|n| n.kind == crate::session::NoticeKind::Error);
        bad.map(|n| super::notices::text(&self.words, n)).collect()
    }

    /// Saves everything and goes back to the start page.
    pub fn close_project(&mut self) {
        self.close();
        self.session = None;
        self.overview.forget();
        self.look_up_recent();
        self.notices.clear_news();
    }

    /// Saves everything before the program ends.
    pub fn close(&mut self) {
        self.note_place();
        if let Some(session) = &mut self.session {
            for notice in session.close_article() {
                tracing::warn!("{}", super::notices::text(&self.words, &notice));
            }
        }
        self.save_preferences();
    }
}

/// Where the overview marks a problem: at its range, else at its span.
fn tick_of(finding: &crate::validate::Finding, open: &crate::session::OpenArticle) -> Option<Tick> {
    let span = || Some(open.desk.span(finding.span.as_ref()?)?.parts.hull());
    let range = finding.range.or_else(span)?;
    Some(Tick { range, kind: TickKind::Problem(finding.severity) })
}

/// The first lines of the article at hand, read in another encoding.
fn preview(session: Option<&Session>, label: &str) -> String {
    const MOST: usize = 16 * 1024;
    let open = session.and_then(|s| Some((s, s.open.as_ref()?)));
    let Some((session, open)) = open else { return String::new() };
    let mut bytes = session.article_bytes(&open.desk.article.path).unwrap_or_default();
    bytes.truncate(MOST);
    match crate::text::decode(&bytes, crate::text::Encoding::from_label(label)) {
        Ok(decoded) => decoded
            .text
            .as_str()
            .lines()
            .filter(|l| !l.trim().is_empty())
            .take(6)
            .collect::<Vec<_>>()
            .join("\n"),
        Err(fault) => fault.to_string(),
    }
}

/// The keys that were pressed since the last frame.
pub(super) fn pressed(ui: &Ui) -> Vec<(Key, Modifiers)> {
    ui.input(|input| {
        let press = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
            // The system's copy shortcut arrives as an event of its own.
            Event::Copy => Some((Key::C, Modifiers::COMMAND)),
            _ => None,
        };
        input.events.iter().filter_map(press).collect()
    })
}

fn is_function_key(key: Key) -> bool {
    matches!(
        key,
        Key::F1
            | Key::F2
            | Key::F3
            | Key::F4
            | Key::F5
            | Key::F6
            | Key::F7
            | Key::F8
            | Key::F9
            | Key::F10
            | Key::F11
            | Key::F12
    )
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
