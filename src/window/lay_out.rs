//! Where everything stands in the window: bars, side panels, the article between them, what floats above; and what the article view asks for.

use super::app::App;
use super::article_view::{Shown, ViewEvent};
use super::dialogs::Surroundings;
use super::heading::{self, Reading};
use super::look::Tokens;
use super::panel::{DialogKind, Page, Request};
use super::preferences::{LARGEST_TEXT, SMALLEST_TEXT};
use super::prompt::Prompt;
use crate::session::Session;
use crate::text::TextRange;
use egui::{Rect, Ui};

impl App {
    pub(super) fn lay_out(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui.theme());
        if self.state.session.is_none() {
            self.start(ui, &tokens);
            return;
        }
        self.bars(ui, &tokens);
        self.side_panels(ui, &tokens);
        let mut events = Vec::new();
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(tokens.page))
            .show(ui, |ui| events = self.middle(ui, &tokens));
        self.floating(ui, &tokens);
        for event in events {
            self.view_event(event);
        }
    }

    /// Nothing is open yet.
    fn start(&mut self, ui: &mut Ui, tokens: &Tokens) {
        let panel = self.state.panel(tokens);
        egui::CentralPanel::default().frame(ground(tokens, 0)).show(ui, |ui| {
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
    }

    fn bars(&mut self, ui: &mut Ui, tokens: &Tokens) {
        let panel = self.state.panel(tokens);
        egui::Panel::top("top-bar").frame(ground(tokens, 6)).show(ui, |ui| self.top_bar.show(ui, &panel));
        egui::Panel::bottom("status-bar")
            .frame(ground(tokens, 4))
            .show(ui, |ui| self.status_bar.show(ui, &panel, &self.view));
    }

    /// What stands around the text, in the order in which it takes its room.
    fn side_panels(&mut self, ui: &mut Ui, tokens: &Tokens) {
        let panel = self.state.panel(tokens);
        // A narrow window leaves most of its width to the text.
        let wide = ui.ctx().content_rect().width();
        let part = |share: f32, least: f32, most: f32| (wide * share).clamp(least, most);
        if panel.preferences.show_articles {
            egui::Panel::left("articles")
                .frame(ground(tokens, 10))
                .default_size(part(0.2, 190.0, 250.0))
                .size_range(180.0..=420.0)
                .show(ui, |ui| self.articles.show(ui, &panel));
        }
        if self.page == Page::Review {
            egui::Panel::right("review-card")
                .frame(ground(tokens, 10))
                .default_size(part(0.32, 300.0, 400.0))
                .size_range(280.0..=760.0)
                .show(ui, |ui| match self.review.is_editing() {
                    true => self.review.show_fields(ui, &panel, &mut self.inspector),
                    false => self.review.show_card(ui, &panel),
                });
            egui::Panel::bottom("review-list")
                .frame(ground(tokens, 8))
                .resizable(true)
                .default_size(190.0)
                .size_range(90.0..=520.0)
                .show(ui, |ui| self.review.show_list(ui, &panel));
        }
        if panel.preferences.show_fields && self.page == Page::Article {
            egui::Panel::right("fields")
                .frame(ground(tokens, 10))
                .default_size(part(0.28, 260.0, 330.0))
                .size_range(240.0..=560.0)
                .show(ui, |ui| {
                    // Its own line is drawn only above something.
                    egui::Panel::bottom("talk-beside")
                        .show_separator_line(false)
                        .default_size(0.0)
                        .min_size(0.0)
                        .frame(egui::Frame::new())
                        .show(ui, |ui| self.review.show_talk(ui, &panel));
                    self.inspector.show(ui, &panel);
                });
        }
        if panel.preferences.show_below && self.page == Page::Article {
            egui::Panel::bottom("below")
                .frame(ground(tokens, 8))
                .resizable(true)
                .default_size(170.0)
                .size_range(90.0..=520.0)
                .show(ui, |ui| self.below.show(ui, &panel, |ui| self.review.show_threads(ui, &panel)));
        }
    }

    /// The page that was chosen: article, review or overview.
    fn middle(&mut self, ui: &mut Ui, tokens: &Tokens) -> Vec<ViewEvent> {
        let panel = self.state.panel(tokens);
        super::review::tabs(ui, &panel, self.page);
        match self.page {
            Page::Article if panel.open().is_none() => {
                ui.centered_and_justified(|ui| {
                    ui.label(egui::RichText::new(panel.say("no-article")).color(tokens.text_soft));
                });
            }
            Page::Article => return self.article(ui, tokens),
            Page::Review => self.review.show_text(ui, &panel),
            Page::Overview => self.overview.show(ui, &panel, self.review.seen()),
        }
        Vec::new()
    }

    /// The open article with its heading, the find bar, and what stands above its text.
    fn article(&mut self, ui: &mut Ui, tokens: &Tokens) -> Vec<ViewEvent> {
        let panel = self.state.panel(tokens);
        let Some(open) = panel.open() else { return Vec::new() };
        let mut events = Vec::new();
        ui.spacing_mut().item_spacing.y = 0.0;
        let text = &open.desk.article.text;
        let top = self.view.top_byte();
        let reading = Reading {
            top: text.code_point_at_or_before(top),
            at_beginning: top == 0,
            sentence: self.status_bar.sentence(text, top),
        };
        if heading::show(ui, &panel, reading, self.comments.article()) {
            events.extend(self.comments.article().map(|mark| ViewEvent::Comments(mark.threads.clone())));
        }
        // From the start of what is selected: while a word is being typed, its hit stays where it is.
        let head = self.view.selection().range().start;
        if let Some(hit) = egui::Frame::new()
            .inner_margin(if self.find.open { 6 } else { 0 })
            .show(ui, |ui| self.find.show(ui, &panel, head))
            .inner
        {
            self.view.select(super::article_view::Selection::of(hit.clone()));
            self.view.reveal(hit.start, true);
        }
        let shown = Shown {
            text,
            header: open.desk.article.header,
            set: &open.desk.workspace.set,
            schema: &open.desk.schema,
            register: &open.desk.workspace.register,
            codebook: &open.desk.workspace.codebook,
            tokens,
            words: panel.words,
            style: panel.preferences.style,
            found: self.find.hits(),
            found_at: self.find.at(),
            candidate: self.prompt.as_ref().and_then(Prompt::candidate),
            findings: &open.findings,
            ticks: &self.ticks,
            ticks_version: self.ticks_version,
            found_version: self.find.version(),
            comments: &self.comments,
        };
        let (response, asked) = self.view.show(ui, &shown, panel.selected);
        events.extend(asked);
        let free = self.prompt.is_none() && !self.view.is_dragging() && !self.view.is_listing();
        let hovered = response.hovered() && free && self.go_to.is_none();
        let pointed =
            ui.input(|i| i.pointer.hover_pos()).filter(|_| hovered && !ui.input(|i| i.pointer.any_down()));
        let under = pointed.map(|at| self.view.spans_at(&shown, at)).unwrap_or_default();
        self.card.show(ui, &panel, &self.view, under, pointed, &self.comments);
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
        self.menu_open = super::card::context_menu(&response, &panel, panel.selected);
        events
    }

    /// What floats above it all: palette, dialogs, notices.
    fn floating(&mut self, ui: &mut Ui, tokens: &Tokens) {
        let panel = self.state.panel(tokens);
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
            if !self.review.is_comparing() {
                self.view.take_focus();
            }
            ui.ctx().request_repaint();
        }
        let preview = |label: &str| preview(panel.session, label);
        let decided =
            self.dialogs.show(ui, &panel, &Surroundings { recent: &self.recent_projects, preview: &preview });
        self.notices.show(ui, &panel);
        if let Some(outcome) = decided {
            self.decide_clashes(outcome);
        }
    }

    pub(super) fn view_event(&mut self, event: ViewEvent) {
        match event {
            ViewEvent::Select(span) => {
                if let (Some(mut prompt), Some(span)) = (self.prompt.take(), span.clone()) {
                    let tokens = Tokens::of(egui::Theme::Light);
                    let panel = self.state.panel(&tokens);
                    if prompt.take_span(&panel, &span) {
                        self.prompt = Some(prompt);
                        return;
                    }
                }
                self.prompt = None;
                self.state.selected = span;
                self.review.close_thread();
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
                self.state.selected = Some(span);
                self.go_to(TextRange::empty(at));
                self.view.take_focus();
            }
            ViewEvent::Comments(threads) => self.open_comments(&threads),
            ViewEvent::Zoom(factor) => {
                // Kept when the window closes: a turn of the wheel is many steps, and each would write a file.
                let size = self.state.preferences.style.size * factor;
                self.state.preferences.style.size =
                    ((size * 4.0).round() / 4.0).clamp(SMALLEST_TEXT, LARGEST_TEXT);
            }
        }
    }
}

/// The ground of bars and side panels.
fn ground(tokens: &Tokens, margin: i8) -> egui::Frame {
    egui::Frame::new().fill(tokens.panel).inner_margin(margin)
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
