//! Carrying out requests and commands: the one place where the window changes anything.

use egui::Ui;
use std::path::{Path, PathBuf};

use super::app::{App, dialog_of, project_beside};
use super::article_view::ArticleStyle;
use super::command::{Command, next_marks, next_numbers};
use super::dialogs::PaperWish;
use super::panel::{NewProject, Request};
use super::panels::below::BelowTab;
use super::preferences::{LARGEST_TEXT, Preferences, SMALLEST_TEXT, ThemeChoice};
use super::print::Paper;
use super::prompt::Prompt;
use super::words::{Language, Words};
use crate::model::{FieldKind, FieldPath, Outdated, Status};
use crate::session::{Edge, Edit, Edited, Notice, Nudge, Session};
use crate::store::{Project, SchemaChoice};
use crate::validate::Finding;

impl App {
    pub(super) fn carry_out(&mut self, request: Request, ui: &Ui) {
        match request {
            Request::Command(command) => self.command(command, ui),
            Request::Edit(edit) => self.edit(edit),
            Request::Select(span) => {
                self.select(span);
                self.prompt = None;
            }
            Request::GoTo(range) => self.go_to(range),
            Request::Article(path) => self.open_article(&path),
            Request::Prompt(path) => self.prompt_for(&path),
            Request::GoToFinding(finding) => self.go_to_finding(&finding),
            Request::Fix(finding) => {
                if let Some(fix) = finding.fix {
                    self.edit(Edit::Fix { title: fix.title, changes: fix.changes });
                }
            }
            Request::History(steps) => self.history(steps),
            Request::OpenProject(root) => self.open_project(&root, None),
            Request::OpenArticles(files) => self.open_files(&files),
            Request::SavePaper(wish) => self.save_paper(&wish),
            Request::AddArticles(files) => self.add_articles(&files),
            Request::CreateProject(wanted) => self.create_project(&wanted),
            Request::OpenSample(folder) => self.open_sample(&folder),
            Request::ForgetRecent(root) => {
                self.recent.forget_project(&root);
                self.look_up_recent();
                self.save_preferences();
            }
            Request::SetMeta(article, meta) => {
                if let Some(session) = &mut self.state.session
                    && let Err(why) = session.set_meta(&article, &meta)
                {
                    self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                }
            }
            Request::SetEncoding(article, label) => {
                if let Some(session) = &mut self.state.session {
                    match session.set_encoding(&article, &label) {
                        Ok(notices) => self.notices.add(notices),
                        Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
                    }
                    self.article_opened();
                }
            }
            Request::SetAnnotator(name) => self.set_annotator(&name),
            Request::Preferences(preferences) => self.set_preferences(*preferences),
            Request::Review(act) => self.review_act(*act),
            Request::Dashboard(act) => self.dashboard_act(*act),
            Request::Exchange(act) => self.exchange_act(act, ui),
            Request::Dialog(kind) => self.dialogs.open(kind),
            Request::CloseDialog => {
                self.dialogs.close();
                self.view.take_focus();
            }
        }
    }

    pub(super) fn outdated(&mut self, why: &Outdated) {
        self.notices.add([Notice::warning("notice-outdated").with("thing", &why.thing)]);
    }

    fn edit(&mut self, edit: Edit) {
        let Some(session) = &mut self.state.session else { return };
        if session.open.as_ref().is_some_and(|open| open.read_only.is_some()) {
            self.notices.add([Notice::warning("notice-read-only")]);
            return;
        }
        let tagged = matches!(edit, Edit::Tag { .. });
        match session.edit(edit) {
            Ok(Edited::Span(id)) => {
                self.state.selected = Some(id.clone());
                self.view.more.clear();
                let range = self.view.selection().range();
                self.view.select(super::article_view::Selection::caret(range.end));
                if tagged && let Some(open) = &mut session.open {
                    let gesture = open.desk.new_gesture();
                    self.prompt = Prompt::after_tagging(&open.desk, &id, gesture);
                }
            }
            Ok(Edited::Nothing | Edited::Done | Edited::Relation(_) | Edited::Made(_)) => {}
            Err(why) => self.outdated(&why),
        }
    }

    fn prompt_for(&mut self, path: &FieldPath) {
        let Some(span) = self.state.selected.clone() else { return };
        let selection = {
            let Some(open) = self.state.open() else { return };
            self.view.selected_ranges(&open.desk.article.text)
        };
        let Some(open) = self.state.session.as_mut().and_then(|s| s.open.as_mut()) else { return };
        if open.read_only.is_some() {
            self.notices.add([Notice::warning("notice-read-only")]);
            return;
        }
        let Some(field) = path.top() else { return };
        let label = open.desk.span(&span).map(|s| s.label.clone()).unwrap_or_default();
        let stretch = open
            .desk
            .schema
            .fields_of(&label)
            .iter()
            .any(|d| d.name == field && d.kind == FieldKind::Stretch);
        if stretch {
            if selection.is_empty() {
                self.notices.add([Notice::hint("notice-select-cue")]);
            } else {
                self.ask(super::prompt::stretch_request(&span, path, &selection));
            }
            return;
        }
        let gesture = open.desk.new_gesture();
        self.prompt = Prompt::field(&open.desk, &span, field, gesture);
    }

    fn go_to_finding(&mut self, finding: &Finding) {
        if let Some(article) = &finding.article
            && self.state.open().is_none_or(|o| *o.desk.article.path != **article)
        {
            self.open_article(article);
        }
        if finding.span.is_some() {
            self.select(finding.span.clone());
        } else if let Some(range) = finding.range {
            self.go_to(range);
        }
        if let Some(path) = &finding.path {
            self.inspector.focus_field(path);
        } else {
            self.view.take_focus();
        }
    }

    fn history(&mut self, steps: usize) {
        let Some(session) = &mut self.state.session else { return };
        let mut trouble = None;
        while let Some(open) = &session.open {
            let done = open.desk.history.done().len();
            let moved = match done.cmp(&steps) {
                std::cmp::Ordering::Greater => session.undo(),
                std::cmp::Ordering::Less => session.redo(),
                std::cmp::Ordering::Equal => break,
            };
            match moved {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(why) => {
                    trouble = Some(why);
                    break;
                }
            }
        }
        if let Some(why) = trouble {
            self.outdated(&why);
        }
    }

    /// Opens a project, and in it an article: the one asked for, else the one last at hand, else the first.
    pub fn open_project(&mut self, root: &Path, article: Option<&str>) {
        match Session::open(root, &self.state.preferences.annotator, self.wake.clone()) {
            Ok((session, notices)) => {
                self.close_session();
                self.recent.note_project(&session.root);
                let root = session.root.clone();
                let last = self.recent.articles.iter().find(|(r, _)| *r == root).map(|(_, a)| a.clone());
                let there = |path: &String| session.rows.iter().any(|row| row.path == *path);
                let first = session.rows.first().map(|row| row.path.clone());
                let open = article.map(str::to_owned).or(last.filter(there)).or(first);
                self.state.session = Some(session);
                self.overview.forget();
                self.review.leave();
                self.notices.clear_news();
                self.notices.add(notices);
                self.keep_in = Some(1);
                match open {
                    Some(path) => self.open_article(&path),
                    None => self.article_opened(),
                }
            }
            Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
    }

    pub(super) fn open_article(&mut self, path: &str) {
        let Some(session) = &mut self.state.session else { return };
        if session.open.as_ref().is_some_and(|open| open.desk.article.path == path) {
            self.view.take_focus();
            return;
        }
        self.note_place();
        let Some(session) = &mut self.state.session else { return };
        self.notices.clear_news();
        match session.open_article(path) {
            Ok(notices) => {
                self.notices.add(notices);
                let root = session.root.clone();
                self.recent.note_article(&root, path);
                self.keep_in = Some(1);
            }
            Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
        self.article_opened();
    }

    /// Puts the article at hand on paper.
    fn save_paper(&mut self, wish: &PaperWish) {
        let Some(open) = self.state.session.as_ref().and_then(|session| session.open.as_ref()) else {
            return;
        };
        let desk = &open.desk;
        let paper = Paper {
            article: &desk.article,
            set: &desk.workspace.set,
            schema: &desk.schema,
            register: &desk.workspace.register,
            codebook: &desk.workspace.codebook,
            language: self.state.words.code(),
            part: wish.part,
            serif: self.state.preferences.style.serif,
            chips: wish.chips,
        };
        let saved = match paper.make(wish.kind) {
            Err(why) => Err(why.to_string()),
            // The dialog looked; somebody may have put a file there since.
            Ok(_) if wish.path.exists() && !wish.overwrite => Err(self.state.words.say("paper-there")),
            Ok(bytes) => crate::store::write_atomically(&wish.path, &bytes).map_err(|why| why.to_string()),
        };
        let notice = match saved {
            Ok(()) => Notice::info("notice-paper-saved").with("path", wish.path.display()),
            Err(why) => Notice::error("notice-paper-refused").with("why", why),
        };
        self.notices.add([notice]);
    }

    /// Opens article files: in the project they lie in, else in a new project beside the first of them.
    pub fn open_files(&mut self, files: &[PathBuf]) {
        let Some(first) = files.first() else { return };
        if first.is_dir() {
            match Project::find(first)
                .filter(|root| root == first || first.join(crate::store::SETTINGS).is_file())
            {
                Some(root) => self.open_project(&root, None),
                None => {
                    let name =
                        first.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                    self.create_project(&NewProject {
                        folder: first.with_file_name(format!("{name} – postil")),
                        name,
                        template: "positions".into(),
                        articles: files.to_vec(),
                        language: self.state.words.code().to_owned(),
                        ..NewProject::default()
                    });
                }
            }
            return;
        }
        let inside = Project::find(first.parent().unwrap_or(first)).and_then(|root| {
            let path = Project::open(&root).ok()?.path_of_article(first)?;
            Some((root, path))
        });
        if let Some((root, path)) = inside {
            self.open_project(&root, Some(&path));
            return;
        }
        if let Some(why) = unreadable(first) {
            // No project is made for what cannot be an article.
            self.notices.add([Notice::error("notice-fault").with("fault", why)]);
            return;
        }
        let beside = project_beside(first);
        if beside.join(crate::store::SETTINGS).is_file() {
            self.open_project(&beside, None);
            self.add_articles(files);
            return;
        }
        let name = crate::model::file_stem(&first.to_string_lossy()).to_owned();
        self.create_project(&NewProject {
            folder: beside,
            name,
            template: "positions".into(),
            articles: files.to_vec(),
            language: self.state.words.code().to_owned(),
            ..NewProject::default()
        });
    }

    fn add_articles(&mut self, files: &[PathBuf]) {
        let Some(session) = &mut self.state.session else { return };
        let (added, notices) = session.add_articles(files);
        self.notices.add(notices);
        if let Some(first) = added.first() {
            let first = first.clone();
            self.open_article(&first);
        }
    }

    fn create_project(&mut self, wanted: &NewProject) {
        let schema = match &wanted.schema_file {
            Some(file) => SchemaChoice::File(file.clone()),
            None if wanted.template.is_empty() => SchemaChoice::Template("positions".into()),
            None => SchemaChoice::Template(wanted.template.clone()),
        };
        match Project::create(&wanted.folder, &wanted.name, schema, &wanted.language) {
            Ok(project) => {
                let root = project.root.clone();
                drop(project);
                self.dialogs.close();
                self.open_project(&root, None);
                if !wanted.articles.is_empty() {
                    self.add_articles(&wanted.articles);
                }
                self.notices.add([Notice::info("notice-project-made").with("folder", root.display())]);
            }
            Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
    }

    /// Writes the sample project into a folder, unless it is there already, and opens it.
    pub fn open_sample(&mut self, folder: &Path) {
        if !folder.join(crate::store::SETTINGS).is_file()
            && let Err(why) = crate::session::sample::write(folder)
        {
            self.notices.add([Notice::error("notice-fault").with("fault", why)]);
            return;
        }
        self.dialogs.close();
        self.open_project(folder, None);
    }

    fn set_annotator(&mut self, name: &str) {
        let name = crate::store::safe_name(name);
        if name.is_empty() {
            return;
        }
        self.state.preferences.annotator = name.clone();
        self.save_preferences();
        self.dialogs.close();
        self.leave_review();
        let Some(session) = &mut self.state.session else { return };
        let at_hand = session.open.as_ref().map(|open| open.desk.article.path.clone());
        let notices = session.close_article();
        self.notices.add(notices);
        session.annotator = name.clone();
        if let Err(why) = session.register_annotator(&name) {
            self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
        }
        session.list_articles();
        if let Some(path) = at_hand {
            self.open_article(&path);
        }
    }

    fn set_preferences(&mut self, preferences: Preferences) {
        if preferences.language != self.state.words.language() {
            self.state.words = Words::new(preferences.language);
        }
        self.view.snap = preferences.snap;
        self.state.preferences = preferences;
        self.save_preferences();
    }

    pub(super) fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = self.state.preferences.clone();
        change(&mut preferences);
        self.set_preferences(preferences);
    }

    pub(super) fn command(&mut self, command: Command, ui: &Ui) {
        if let Some(kind) = dialog_of(command) {
            let needs_project =
                matches!(command, Command::AddArticles | Command::ArticleDetails | Command::SavePaper);
            if !needs_project || self.state.session.is_some() {
                self.dialogs.open(kind);
            }
            return;
        }
        if let Some(act) = command.caret_act() {
            self.view.act(act);
            return;
        }
        if self.exchange_command(command) || self.review_command(command) {
            return;
        }
        match command {
            Command::Quit => self.quit = true,
            Command::Save => {
                if let Some(session) = &mut self.state.session {
                    let notices = session.save();
                    let failed = !notices.is_empty();
                    self.notices.add(notices);
                    if !failed {
                        self.notices.add([Notice::info("notice-saved")]);
                    }
                }
            }
            Command::CloseProject => self.close_project(),
            Command::Undo | Command::Redo => {
                if self.retrace_comment(command == Command::Undo) {
                    return;
                }
                let Some(session) = &mut self.state.session else { return };
                let done = if command == Command::Undo { session.undo() } else { session.redo() };
                match done {
                    Ok(Some(step)) if session.is_reviewing() => self.review_undone(&step),
                    Ok(Some(step)) => {
                        let touched = step.changes.iter().find_map(|c| c.span_id().cloned());
                        let there = |id: &crate::model::SpanId| {
                            session.open.as_ref().is_some_and(|o| o.desk.span(id).is_some())
                        };
                        if let Some(id) = touched.filter(there) {
                            self.select(Some(id));
                        }
                        self.prompt = None;
                    }
                    Ok(None) => self.notices.add([Notice::hint("notice-no-more-steps")]),
                    Err(why) => self.outdated(&why),
                }
            }
            Command::Copy => {
                if let Some(open) = self.state.open() {
                    let text = open.desk.article.text.as_str();
                    let selected = &text[self.view.selection().range()];
                    if !selected.is_empty() {
                        ui.ctx().copy_text(selected.to_owned());
                    }
                }
            }
            Command::Find => self.find.open(),
            Command::FindNext | Command::FindPrevious => {
                let from = self.view.selection().head;
                match self.find.step(from, command == Command::FindNext) {
                    Some(hit) => {
                        self.view.select(super::article_view::Selection::of(hit.clone()));
                        self.view.reveal(hit.start, true);
                    }
                    None => self.find.open(),
                }
            }
            Command::KeepPart => {
                if !self.view.selection().is_empty() {
                    let range = self.view.selection().range();
                    self.view.select(super::article_view::Selection::caret(range.end));
                    self.view.more.push(range);
                }
            }
            Command::ToggleSnap => self.prefer(|p| p.snap = !p.snap),
            Command::ToggleTheme => {
                let dark = ui.theme() == egui::Theme::Dark;
                self.prefer(|p| p.theme = if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
            }
            Command::LargerText => self.prefer(|p| p.style.size = (p.style.size + 1.0).min(LARGEST_TEXT)),
            Command::SmallerText => self.prefer(|p| p.style.size = (p.style.size - 1.0).max(SMALLEST_TEXT)),
            Command::UsualText => self.prefer(|p| p.style.size = ArticleStyle::default().size),
            Command::GoTo => {
                if self.state.session.as_ref().is_some_and(|s| s.open.is_some()) {
                    self.prompt = None;
                    self.go_to = Some(super::go_to::GoTo::default());
                }
            }
            Command::WiderColumn => self.prefer(|p| p.style.column = (p.style.column + 60.0).min(2000.0)),
            Command::NarrowerColumn => self.prefer(|p| p.style.column = (p.style.column - 60.0).max(320.0)),
            Command::CycleNumbers => self.prefer(|p| p.style.numbers = next_numbers(p.style.numbers)),
            Command::ToggleSerif => self.prefer(|p| {
                // From a font of the system it goes back to the built-in one of the other kind than the last.
                (p.style.serif, p.style.family) = (!p.style.serif, None);
            }),
            Command::CycleMarks => self.prefer(|p| p.style.marks = next_marks(p.style.marks)),
            Command::ToggleArticles => self.prefer(|p| p.show_articles = !p.show_articles),
            Command::ToggleBelow => self.prefer(|p| p.show_below = !p.show_below),
            Command::ToggleFields => self.prefer(|p| p.show_fields = !p.show_fields),
            Command::English => self.prefer(|p| p.language = Language::English),
            Command::Russian => self.prefer(|p| p.language = Language::Russian),
            Command::Ukrainian => self.prefer(|p| p.language = Language::Ukrainian),
            Command::ShowGuidelines => self.show_below(BelowTab::Guidelines),
            Command::ShowRelations => self.show_below(BelowTab::Relations),
            Command::ShowComments => self.show_below(BelowTab::Comments),
            Command::ShowHistory => self.show_below(BelowTab::History),
            Command::GoToProblems => {
                self.show_below(BelowTab::Problems);
                self.below.focus();
            }
            Command::GoToArticles => {
                self.prefer(|p| p.show_articles = true);
                self.articles.focus();
            }
            Command::GoToText => self.view.take_focus(),
            Command::GoToFields | Command::EditFields => {
                self.prefer(|p| p.show_fields = true);
                self.inspector.focus_first();
            }
            Command::EditNote => {
                if self.state.selected.is_some() {
                    self.prefer(|p| p.show_fields = true);
                    self.inspector.focus_note();
                }
            }
            Command::NextPanel => {
                if self.view.focused {
                    self.command(Command::GoToFields, ui);
                } else {
                    self.view.take_focus();
                }
            }
            Command::NextArticle | Command::PreviousArticle => {
                self.neighbour(command == Command::NextArticle)
            }
            Command::MarkDone => self.mark_done(),
            Command::NextProblem | Command::PreviousProblem => {
                let Some(open) = self.state.open() else { return };
                if open.findings.is_empty() {
                    self.notices.add([Notice::info("notice-no-problems")]);
                } else if let Some(n) =
                    self.below.step_problem(&open.findings, command == Command::NextProblem)
                {
                    let finding = open.findings[n].clone();
                    self.show_below(BelowTab::Problems);
                    self.select(finding.span.clone());
                    if finding.span.is_none()
                        && let Some(range) = finding.range
                    {
                        self.go_to(range);
                    }
                    self.view.take_focus();
                }
            }
            Command::ExplainProblem => {
                let Some(open) = self.state.open() else { return };
                match self.below.explain_problem(&open.findings) {
                    true => self.show_below(BelowTab::Problems),
                    false => self.notices.add([Notice::info("notice-no-problems")]),
                }
            }
            Command::NextComment | Command::PreviousComment => {
                self.step_comment(command == Command::NextComment);
            }
            Command::FixProblem => {
                let finding = self.state.open().and_then(|open| {
                    let chosen = self.below.selected_problem().and_then(|n| open.findings.get(n));
                    let of_span = || {
                        open.findings
                            .iter()
                            .find(|f| f.fix.is_some() && f.span.is_some() && f.span == self.state.selected)
                    };
                    chosen.filter(|f| f.fix.is_some()).or_else(of_span).cloned()
                });
                match finding.and_then(|f| f.fix) {
                    Some(fix) => self.edit(Edit::Fix { title: fix.title, changes: fix.changes }),
                    None => self.notices.add([Notice::hint("notice-no-fix")]),
                }
            }
            _ => self.span_command(command),
        }
    }

    fn show_below(&mut self, tab: BelowTab) {
        self.prefer(|p| p.show_below = true);
        self.below.show_tab(tab);
    }

    /// Commands about spans of the article at hand.
    pub(super) fn span_command(&mut self, command: Command) {
        let Some(open) = self.state.session.as_mut().and_then(|s| s.open.as_mut()) else { return };
        let set = &open.desk.workspace.set;
        let text = open.desk.article.text.clone();
        match command {
            Command::NextSpan | Command::PreviousSpan => {
                let at = text.code_point_at_or_before(self.view.selection().head);
                let selected = self.state.selected.as_ref().filter(|id| set.get(id).is_some());
                let found = match (command, selected) {
                    (Command::NextSpan, Some(id)) => set.next_span(Some(id)),
                    (Command::NextSpan, None) => set.first_from(at),
                    (_, Some(id)) => set.previous_span(Some(id)),
                    (_, None) => set.last_before(at),
                };
                match found.map(|span| span.id.clone()) {
                    Some(id) => self.select(Some(id)),
                    None => self.notices.add([Notice::hint("notice-no-more-spans")]),
                }
                return;
            }
            Command::CycleSpans => {
                let at = text.code_point_at_or_before(self.view.selection().head);
                let mut here = set.covering(at);
                if here.is_empty() && at.0 > 0 {
                    here = set.covering(crate::text::CodePoint(at.0 - 1));
                }
                let now = here.iter().position(|span| Some(&span.id) == self.state.selected.as_ref());
                let next = here.get(now.map_or(0, |n| (n + 1) % here.len())).map(|span| span.id.clone());
                if next.is_some() {
                    self.state.selected = next;
                }
                return;
            }
            Command::ListSpans => {
                if !self.view.list_here(&text, set) {
                    self.notices.add([Notice::hint("notice-no-span-here")]);
                }
                return;
            }
            Command::FollowLinks => {
                if self.state.selected.is_none() {
                    self.notices.add([Notice::hint("notice-no-span")]);
                } else if self.view.link_count() == 0 {
                    self.notices.add([Notice::hint("notice-no-links")]);
                } else if let Some(span) = self.view.follow_links() {
                    self.select(Some(span));
                }
                return;
            }
            Command::Escape => {
                if !self.view.selection().is_empty() || !self.view.more.is_empty() {
                    self.view.more.clear();
                    self.view.select(super::article_view::Selection::caret(self.view.selection().head));
                } else {
                    self.state.selected = None;
                }
                return;
            }
            _ => {}
        }
        let Some(span) = self.state.selected.clone() else {
            self.notices.add([Notice::hint("notice-no-span")]);
            return;
        };
        let nudge = |edge, forward, by| Edit::NudgeEdge { span: span.clone(), edge, forward, by };
        let ranges = self.view.selected_ranges(&text);
        let edit = match command {
            Command::GrowEnd => nudge(Edge::End, true, Nudge::Word),
            Command::ShrinkEnd => nudge(Edge::End, false, Nudge::Word),
            Command::GrowStart => nudge(Edge::Start, false, Nudge::Word),
            Command::ShrinkStart => nudge(Edge::Start, true, Nudge::Word),
            Command::GrowEndCharacter => nudge(Edge::End, true, Nudge::Character),
            Command::ShrinkEndCharacter => nudge(Edge::End, false, Nudge::Character),
            Command::GrowStartCharacter => nudge(Edge::Start, false, Nudge::Character),
            Command::ShrinkStartCharacter => nudge(Edge::Start, true, Nudge::Character),
            Command::Remove => Edit::Remove { spans: vec![span] },
            Command::AddPart | Command::Reshape if ranges.is_empty() => {
                self.notices.add([Notice::hint("notice-nothing-selected")]);
                return;
            }
            Command::AddPart => Edit::AddParts { span, ranges },
            Command::Reshape => Edit::Reshape { span, ranges },
            Command::Relabel | Command::Relate => {
                let gesture = open.desk.new_gesture();
                let prompt = if command == Command::Relabel {
                    Prompt::relabel(&span, gesture)
                } else {
                    Prompt::relate(&span, gesture)
                };
                self.prompt = Some(prompt);
                return;
            }
            _ => return,
        };
        let reshapes = matches!(edit, Edit::AddParts { .. } | Edit::Reshape { .. });
        self.edit(edit);
        if reshapes {
            self.view.more.clear();
            self.view.select(super::article_view::Selection::caret(self.view.selection().head));
        }
    }

    fn neighbour(&mut self, forward: bool) {
        let Some(session) = &self.state.session else { return };
        let at_hand = session.open.as_ref().map(|open| open.desk.article.path.as_str());
        let now = session.rows.iter().position(|row| Some(row.path.as_str()) == at_hand);
        let next = match (now, forward) {
            (Some(n), true) => session.rows.get(n + 1),
            (Some(n), false) => n.checked_sub(1).and_then(|n| session.rows.get(n)),
            (None, _) => session.rows.first(),
        };
        match next.map(|row| row.path.clone()) {
            Some(path) => self.open_article(&path),
            None => self.notices.add([Notice::hint("notice-no-more-articles")]),
        }
    }

    /// Marks the article done and goes on to the next that is not; done already, takes the mark back.
    fn mark_done(&mut self) {
        let Some(session) = &mut self.state.session else { return };
        let Some(status) = session.open.as_ref().map(|open| open.desk.workspace.set.status) else { return };
        if matches!(status, Status::Done | Status::Reviewed) {
            self.edit(Edit::SetStatus { status: Status::InProgress });
            return;
        }
        self.edit(Edit::SetStatus { status: Status::Done });
        let Some(session) = &self.state.session else { return };
        let at_hand = session.open.as_ref().map(|open| open.desk.article.path.clone());
        let now = session.rows.iter().position(|row| Some(&row.path) == at_hand.as_ref()).unwrap_or(0);
        let order = (now + 1..session.rows.len()).chain(0..now);
        let next =
            order.map(|n| &session.rows[n]).find(|row| row.status < Status::Done && row.fault.is_none());
        match next.map(|row| row.path.clone()) {
            Some(path) => self.open_article(&path),
            None => self.notices.add([Notice::info("notice-all-done")]),
        }
    }
}

/// Why a file cannot be opened as an article, if it cannot.
fn unreadable(file: &Path) -> Option<String> {
    let say = |why: String| Some(format!("{}: {why}", file.display()));
    match std::fs::read(file) {
        Err(why) => say(why.to_string()),
        Ok(bytes) => crate::text::decode(&bytes, None).err().and_then(|fault| say(fault.to_string())),
    }
}
