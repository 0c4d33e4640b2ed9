//! The list of articles: search, filters, how far each one is.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Button, Color32, FontId, Key, Rect, RichText, TextEdit, Ui, pos2, vec2};

use super::list::{List, Row, Rows, row_response};
use super::list_keys::{ListKey, next, previous};
use super::signs::{self, severity_sign, status_sign, status_word};
use crate::model::{Severity, Status};
use crate::session::{ArticleRow, Edit, Session};
use crate::window::command::Command;
use crate::window::describe::shown_path;
use crate::window::look;
use crate::window::one_line::{self, OneLine};
use crate::window::panel::{DialogKind, Panel, Request};

const ROW: f32 = 64.0;

/// Which articles are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    All,
    Of(Status),
    Troubled,
}

impl Filter {
    const ALL: [Self; 6] = [
        Self::All,
        Self::Of(Status::Untouched),
        Self::Of(Status::InProgress),
        Self::Of(Status::Done),
        Self::Of(Status::Reviewed),
        Self::Troubled,
    ];

    fn takes(self, row: &ArticleRow) -> bool {
        match self {
            Self::All => true,
            Self::Of(status) => row.status == status && row.fault.is_none(),
            Self::Troubled => row.errors + row.warnings > 0 || row.fault.is_some(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::All => "articles-all",
            Self::Of(status) => status_word(status),
            Self::Troubled => "articles-with-problems",
        }
    }
}

/// The list of articles.
#[derive(Debug, Default)]
pub struct ArticlesPanel {
    search: String,
    filter: Filter,
    list: List,
    /// The article that was open at the last frame, so that another one is brought into view.
    seen: Option<String>,
    wants_search: bool,
}

impl ArticlesPanel {
    /// Gives the list the keyboard, at the open article.
    pub fn focus(&mut self) {
        self.list.focus();
        self.seen = None;
    }

    /// Gives the search box the keyboard.
    pub fn focus_search(&mut self) {
        self.wants_search = true;
    }

    /// Shows the panel in what room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(session) = panel.session else {
            ui.add_space(24.0);
            ui.vertical_centered(|ui| {
                ui.label(RichText::new(panel.say("articles-no-project")).color(panel.tokens.text_soft))
            });
            return;
        };
        ui.spacing_mut().item_spacing.y = 5.0;
        header(ui, panel, session);
        if session.rows.is_empty() {
            empty(ui, panel);
            return;
        }
        let moved = self.search_box(ui, panel);
        self.filters(ui, panel, session);
        let shown = self.matching(session);
        self.follow(panel, session, &shown);
        match moved {
            Some(Key::ArrowDown) => {
                let at = next(self.list.at, shown.len(), 1, &|_| true);
                self.list.go_to(at);
            }
            Some(Key::ArrowUp) => self.list.go_to(previous(self.list.at, 1, &|_| true)),
            Some(Key::Enter) => self.open(panel, session, &shown),
            _ => {}
        }
        ui.separator();
        if shown.is_empty() {
            self.nothing_matches(ui, panel);
            return;
        }
        let name = panel.say("articles-list");
        let rows = Rows {
            salt: "articles",
            name: &name,
            row: ROW,
            count: shown.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let at_hand = self.list.at;
        let key = self.list.show(ui, rows, |ui, row| {
            article_row(ui, panel, &session.rows[shown[row.index]], row, row.index == at_hand)
        });
        if key == Some(ListKey::Enter) {
            self.open(panel, session, &shown);
        }
    }

    fn open(&self, panel: &Panel<'_>, session: &Session, shown: &[usize]) {
        if let Some(row) = shown.get(self.list.at).map(|n| &session.rows[*n])
            && row.fault.is_none()
        {
            panel.ask(Request::Article(row.path.clone()));
        }
    }

    fn search_box(&mut self, ui: &mut Ui, panel: &Panel<'_>) -> Option<Key> {
        let hint = panel.say("articles-search");
        let edit = TextEdit::singleline(&mut self.search).hint_text(&hint).desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name(&hint);
        if std::mem::take(&mut self.wants_search) {
            response.request_focus();
        }
        if response.changed() {
            self.list.go_to(0);
        }
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            return Some(Key::Enter);
        }
        let pressed = |key| ui.input(|i| i.key_pressed(key));
        let keys = [Key::ArrowDown, Key::ArrowUp];
        keys.into_iter().find(|key| response.has_focus() && pressed(*key))
    }

    fn filters(&mut self, ui: &mut Ui, panel: &Panel<'_>, session: &Session) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            ui.spacing_mut().button_padding.x = 6.0;
            for filter in Filter::ALL {
                let count = session.rows.iter().filter(|row| filter.takes(row)).count();
                let on = self.filter == filter;
                if count == 0 && !on && filter != Filter::All {
                    continue;
                }
                let name = panel.with(
                    "articles-filter",
                    &[("name", (&panel.say(filter.word())).into()), ("n", count.into())],
                );
                let text = match filter {
                    Filter::All => format!("{} {count}", panel.say("articles-all")),
                    // Room for the sign that is drawn over it.
                    _ => format!("\u{2003} {count}"),
                };
                let response = ui.add(Button::selectable(on, text).frame_when_inactive(true));
                let at = response.rect.left_center() + vec2(13.0, 0.0);
                match filter {
                    Filter::All => {}
                    Filter::Of(status) => status_sign(ui.painter(), at, 5.5, status, panel.tokens),
                    Filter::Troubled => severity_sign(ui.painter(), at, 5.5, Severity::Warning, panel.tokens),
                }
                if response.accessible_name(&name).on_hover_text(&name).clicked() {
                    self.filter = if on { Filter::All } else { filter };
                    self.list.go_to(0);
                }
            }
        });
    }

    /// Which rows pass search and filter, in the project's order.
    fn matching(&self, session: &Session) -> Vec<usize> {
        let wanted: Vec<String> = self.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let passes = |row: &ArticleRow| {
            self.filter.takes(row)
                && (wanted.is_empty() || {
                    let there = format!("{} {}", row.title, row.path).to_lowercase();
                    wanted.iter().all(|word| there.contains(word.as_str()))
                })
        };
        session.rows.iter().enumerate().filter(|(_, row)| passes(row)).map(|(n, _)| n).collect()
    }

    fn follow(&mut self, panel: &Panel<'_>, session: &Session, shown: &[usize]) {
        let open = panel.open().map(|o| o.desk.article.path.as_str());
        if open != self.seen.as_deref() {
            self.seen = open.map(str::to_owned);
            if let Some(place) = shown.iter().position(|n| Some(session.rows[*n].path.as_str()) == open) {
                self.list.go_to(place);
            }
        }
    }

    fn nothing_matches(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.add_space(20.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(panel.say("articles-nothing-matches")).color(panel.tokens.text_soft));
            if ui.button(panel.say("articles-clear-filter")).clicked() {
                self.filter = Filter::All;
                self.search.clear();
            }
        });
    }
}

/// In the article's place while none is open.
pub fn no_article(ui: &mut Ui, panel: &Panel<'_>) {
    ui.add_space(ui.available_height() * 0.35);
    ui.vertical_centered(|ui| {
        let none = panel.session.is_some_and(|s| s.rows.is_empty());
        let (what, hint) = match none {
            true => ("articles-none", "articles-none-hint"),
            false => ("panel-no-article", "articles-choose"),
        };
        ui.label(RichText::new(panel.words.say(what)).family(look::bold()).size(16.0));
        ui.label(RichText::new(panel.words.say(hint)).color(panel.tokens.text_soft));
        if none && ui.button(panel.say("articles-add")).clicked() {
            panel.ask(Request::Dialog(DialogKind::AddArticles));
        }
    });
}

fn header(ui: &mut Ui, panel: &Panel<'_>, session: &Session) {
    let name = RichText::new(&session.settings.name).family(look::bold()).size(15.0);
    ui.add(egui::Label::new(name).truncate());
    let folder = shown_path(&session.root);
    let small = RichText::new(&folder).small().color(panel.tokens.text_faint);
    ui.add(egui::Label::new(small).truncate());
    if !session.rows.is_empty() {
        let finished = |row: &&ArticleRow| matches!(row.status, Status::Done | Status::Reviewed);
        let (done, all) = (session.rows.iter().filter(finished).count(), session.rows.len());
        let words = panel.with("articles-progress", &[("done", done.into()), ("all", all.into())]);
        ui.label(RichText::new(words).small().color(panel.tokens.text_soft));
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), egui::Sense::hover());
        ui.painter().rect_filled(rect, 2.0, panel.tokens.line);
        let part = Rect::from_min_size(rect.min, vec2(rect.width() * done as f32 / all as f32, 4.0));
        ui.painter().rect_filled(part, 2.0, panel.tokens.good);
    }
    ui.horizontal_wrapped(|ui| {
        let annotator = match session.annotator.as_str() {
            "" => panel.say("articles-no-annotator"),
            name => panel.with("articles-annotator", &[("name", name.into())]),
        };
        let tip = panel.say("articles-annotator-hint");
        if ui.add(Button::new(annotator).truncate()).on_hover_text(tip).clicked() {
            panel.ask(Request::Dialog(DialogKind::Annotator));
        }
        if ui.button(panel.say("articles-add")).clicked() {
            panel.ask(Request::Dialog(DialogKind::AddArticles));
        }
    });
}

fn empty(ui: &mut Ui, panel: &Panel<'_>) {
    ui.add_space(28.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(panel.say("articles-none")).family(look::bold()));
        ui.label(RichText::new(panel.say("articles-none-hint")).color(panel.tokens.text_soft));
    });
}

fn article_row(ui: &mut Ui, panel: &Panel<'_>, article: &ArticleRow, row: &Row, at_hand: bool) -> bool {
    let tokens = panel.tokens;
    let open = panel.open().is_some_and(|o| o.desk.article.path == article.path);
    let details = details(panel, article);
    let status = panel.say(status_word(article.status));
    let name = match &article.fault {
        Some(fault) => format!("{}, {fault}", article.title),
        None => format!("{}, {status}, {details}", article.title),
    };
    let mut response = row_response(ui, row, open, &name, tokens);
    if open {
        let bar = Rect::from_min_size(row.rect.min + vec2(2.0, 6.0), vec2(3.0, ROW - 12.0));
        ui.painter().rect_filled(bar, 1.5, tokens.accent);
    } else if at_hand && row.focused {
        ui.painter().rect_filled(row.rect.shrink2(vec2(2.0, 1.0)), 4.0, tokens.raised);
    }
    let left = row.rect.left() + 32.0;
    let width = (row.rect.right() - left - 8.0).max(20.0);
    let ink = if article.fault.is_some() { tokens.text_faint } else { tokens.text };
    let title = match one_line::has_rtl(&article.title) {
        true => OneLine::new(ui, &article.title, width, FontId::proportional(13.5), ink),
        false => OneLine::Plain(two_lines(ui, &article.title, width, ink)),
    };
    let under = match &article.fault {
        Some(fault) => one_line(ui, fault, width, tokens.error),
        None => one_line(ui, &details, width, tokens.text_soft),
    };
    let height = title.size().y + under.size().y + 2.0;
    let top = row.rect.center().y - height / 2.0;
    let first_line = title.row_height();
    let sign = pos2(row.rect.left() + 18.0, top + first_line / 2.0 + 0.5);
    let below = pos2(left, top + title.size().y + 2.0);
    title.paint(ui.painter(), pos2(left, top), ink);
    ui.painter().galley(below, under, tokens.text_soft);
    if article.fault.is_some() {
        severity_sign(ui.painter(), sign, 6.0, Severity::Error, tokens);
    } else {
        status_sign(ui.painter(), sign, 6.0, article.status, tokens);
    }
    response = response.on_hover_ui(|ui| {
        one_line::label(ui, &article.title, FontId::proportional(13.5), tokens.text);
        ui.label(RichText::new(&article.path).small().color(tokens.text_faint));
        match &article.fault {
            Some(fault) => ui.label(RichText::new(fault).color(tokens.error)),
            None => ui.label(RichText::new(format!("{status} · {details}")).color(tokens.text_soft)),
        };
    });
    response.context_menu(|ui| menu(ui, panel, article, open));
    let clicked = response.clicked();
    if clicked && article.fault.is_none() {
        panel.ask(Request::Article(article.path.clone()));
    }
    clicked
}

/// "21 January · 34 tags · 2 errors".
fn details(panel: &Panel<'_>, article: &ArticleRow) -> String {
    let mut parts: Vec<String> = article.date.iter().cloned().collect();
    if article.spans > 0 || article.status != Status::Untouched {
        parts.push(panel.with("count-spans", &[("n", article.spans.into())]));
    }
    for (n, severity) in [(article.errors, Severity::Error), (article.warnings, Severity::Warning)] {
        if n > 0 {
            parts.push(panel.with(signs::severity_word(severity), &[("n", n.into())]));
        }
    }
    if parts.is_empty() {
        parts.push(panel.say(status_word(article.status)));
    }
    parts.join(" · ")
}

fn menu(ui: &mut Ui, panel: &Panel<'_>, article: &ArticleRow, open: bool) {
    let enabled = article.fault.is_none();
    if ui.add_enabled(enabled, Button::new(panel.say("articles-open"))).clicked() {
        panel.ask(Request::Article(article.path.clone()));
    }
    if ui.add_enabled(enabled, Button::new(panel.say("articles-details"))).clicked() {
        if !open {
            panel.ask(Request::Article(article.path.clone()));
        }
        panel.ask(Request::Command(Command::ArticleDetails));
    }
    ui.separator();
    for status in Status::ALL {
        let title = panel.with("articles-mark-as", &[("status", (&panel.say(status_word(status))).into())]);
        let button = Button::selectable(article.status == status, title);
        // A status belongs to the open article's history, so another article is opened first.
        if ui.add_enabled(enabled && (!open || panel.may_edit()), button).clicked() {
            if !open {
                panel.ask(Request::Article(article.path.clone()));
            }
            panel.edit(Edit::SetStatus { status });
        }
    }
}

fn two_lines(ui: &Ui, text: &str, width: f32, ink: Color32) -> std::sync::Arc<egui::Galley> {
    lines(ui, text, width, ink, 13.5, 2)
}

fn one_line(ui: &Ui, text: &str, width: f32, ink: Color32) -> std::sync::Arc<egui::Galley> {
    lines(ui, text, width, ink, 11.5, 1)
}

fn lines(
    ui: &Ui,
    text: &str,
    width: f32,
    ink: Color32,
    size: f32,
    most: usize,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple(text.replace('\n', " "), FontId::proportional(size), ink, width);
    job.wrap = TextWrapping { max_width: width, max_rows: most, ..TextWrapping::default() };
    ui.fonts_mut(|f| f.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, harness};
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>() -> egui_kittest::Harness<'a, super::super::trial::World<ArticlesPanel>> {
        harness([280.0, 700.0], Trial::new(), ArticlesPanel::default(), ArticlesPanel::show)
    }

    #[test]
    fn clicking_a_row_asks_for_its_article() {
        let mut h = shown();
        h.run();
        h.get_by_label_contains("Двадцать восемь пунктов").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Article("articles/c.txt".into())]);
    }

    #[test]
    fn the_keyboard_goes_down_the_list_and_enter_opens() {
        let mut h = shown();
        h.run();
        h.state_mut().shown.focus();
        h.run();
        h.key_press(Key::ArrowDown);
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Article("articles/b.txt".into())]);
        for _ in 0..2 {
            h.key_press(Key::ArrowDown);
            h.run();
        }
        h.key_press(Key::Enter);
        h.run();
        assert!(h.state().trial.asked().is_empty(), "an article that cannot be read cannot be opened");
    }

    #[test]
    fn search_looks_at_titles_and_paths_and_an_empty_result_can_be_left() {
        let mut h = shown();
        h.run();
        let edit = h.get_by_label("Поиск по названию и пути");
        edit.focus();
        edit.type_text("ДАВОСЕ");
        h.run();
        assert!(h.query_by_label_contains("В Давосе обсудили").is_some());
        assert!(h.query_by_label_contains("Двадцать восемь пунктов").is_none());
        h.state_mut().shown.search = "такого нет".into();
        h.run();
        h.get_by_label("Показать все").click();
        h.run();
        assert!(h.query_by_label_contains("Двадцать восемь пунктов").is_some());
    }

    #[test]
    fn filters_count_and_choose() {
        let mut h = shown();
        h.run();
        h.get_by_label("Готова: 1").click();
        h.run();
        assert!(h.query_by_label_contains("В Давосе обсудили").is_none());
        assert!(h.query_by_label_contains("Двадцать восемь пунктов").is_some());
        h.get_by_label("С проблемами: 2").click();
        h.run();
        assert!(h.query_by_label_contains("The file is not text").is_some());
    }

    #[test]
    fn five_thousand_articles_make_only_the_rows_in_view() {
        let mut trial = Trial::new();
        let rows = &mut trial.session.as_mut().unwrap().rows;
        *rows = (0..5000)
            .map(|n| ArticleRow {
                path: format!("{n}.txt"),
                title: format!("Статья {n}!"),
                ..ArticleRow::default()
            })
            .collect();
        let mut h = harness([280.0, 700.0], trial, ArticlesPanel::default(), ArticlesPanel::show);
        h.run();
        let made = h.get_all_by_label_contains("Статья").count();
        assert!((4..20).contains(&made), "{made} rows were made");
        h.state_mut().shown.focus();
        h.run();
        h.key_press(Key::End);
        h.run();
        assert!(h.query_by_label_contains("Статья 4999!").is_some(), "the row at hand is in view");
    }

    #[test]
    fn an_empty_project_says_what_to_do() {
        let mut trial = Trial::new();
        trial.session.as_mut().unwrap().rows.clear();
        let mut h = harness([280.0, 700.0], trial, ArticlesPanel::default(), ArticlesPanel::show);
        h.run();
        h.get_by_label("Добавить…").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Dialog(DialogKind::AddArticles)]);
    }
}
