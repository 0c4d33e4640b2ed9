//! The bar at the top: menus from the command table, the article's title and status, undo, how saving stands, and the labels.

use egui::containers::menu::{MenuBar, MenuButton};
use egui::{Button, FontId, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use super::available::is_available;
use super::signs::{caps_width, paint_caps, status_sign, status_word, swatch};
use super::steps::step_words;
use crate::model::{LabelDef, Settles, Status, Transaction};
use crate::session::{CommentAct, Edit, OpenArticle, ReadOnly, SaveState};
use crate::window::article_view::{Marks, Numbers};
use crate::window::command::{Command, Group};
use crate::window::look;
use crate::window::panel::{Panel, Request};
use crate::window::preferences::ThemeChoice;
use crate::window::words::Language;

/// The menus, in the order people expect.
const MENUS: [Group; 8] =
    [Group::File, Group::Edit, Group::Select, Group::Tag, Group::Go, Group::Review, Group::View, Group::Help];

/// The bar at the top of the window.
#[derive(Debug, Default)]
pub struct TopBar {}

impl TopBar {
    /// Shows the bar over the whole width: one line of menus, and one for the open article.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.spacing_mut().item_spacing.y = 3.0;
        MenuBar::new().ui(ui, |ui| {
            for group in MENUS {
                MenuButton::new(panel.words.say(group.word())).ui(ui, |ui| menu(ui, panel, group));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| save_state(ui, panel));
        });
        if let Some(open) = panel.open() {
            article_line(ui, panel, open);
        }
    }
}

fn menu(ui: &mut Ui, panel: &Panel<'_>, group: Group) {
    ui.set_min_width(240.0);
    let most = ui.ctx().content_rect().height() - 80.0;
    // A popup begins lower than it may grow, and a title that wraps is hard to tell from two.
    ui.set_max_height(most.max(120.0));
    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
    ScrollArea::vertical().max_height(most.max(120.0)).show(ui, |ui| {
        if group == Group::Tag {
            labels_menu(ui, panel);
        }
        // Caret steps are for the keyboard; a menu of them would bury the rest. The key sheet lists them.
        let commands = Command::ALL.iter().filter(|c| c.group() == group && c.motion().is_none());
        for command in commands {
            if begins_a_part(*command) {
                ui.separator();
            }
            command_button(ui, panel, *command);
        }
    });
}

/// Where a menu has a line above a command.
fn begins_a_part(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::AddArticles
            | C::Import
            | C::Save
            | C::Copy
            | C::Find
            | C::KeepPart
            | C::ToggleSnap
            | C::AddPart
            | C::GrowEnd
            | C::Remove
            | C::GoTo
            | C::NextProblem
            | C::NextArticle
            | C::GoToArticles
            | C::LargerText
            | C::CycleNumbers
            | C::ToggleArticles
            | C::ShowGuidelines
            | C::English
            | C::ReviewRules
            | C::TakeUnion
            | C::BringInWork
    )
}

fn command_button(ui: &mut Ui, panel: &Panel<'_>, command: Command) {
    let title = panel.words.say(&command.word());
    let key = panel.keys.shown(command);
    let hint = panel.words.find(&format!("{}-hint", command.word()), &[]);
    let available = is_available(command, panel);
    let on = is_on(command, panel);
    let shown = match on {
        Some(true) => format!("✓ {title}"),
        // As wide as the tick, so that titles stand under each other.
        Some(false) => format!("\u{2003} {title}"),
        None => title.clone(),
    };
    let mut response = ui.add_enabled(available, Button::new(shown).shortcut_text(&key));
    if let Some(on) = on {
        let name = format!("{title} {key}");
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::MenuItemCheckBox, available, on, name.trim())
        });
    }
    if let Some(hint) = hint {
        response = response.on_hover_text(hint);
    }
    if response.clicked() {
        panel.ask(Request::Command(command));
        ui.close();
    }
}

/// Whether what a command switches is on; `None` for those that switch nothing.
pub(super) fn is_on(command: Command, panel: &Panel<'_>) -> Option<bool> {
    let p = panel.preferences;
    Some(match command {
        Command::ToggleSnap => p.snap,
        Command::ToggleTheme => p.theme == ThemeChoice::Dark,
        Command::CycleNumbers => p.style.numbers != Numbers::None,
        Command::ToggleSerif => p.style.serif,
        Command::CycleMarks => p.style.marks != Marks::Lines,
        Command::ToggleUnderlines => p.underlines,
        Command::ToggleArticles => p.show_articles,
        Command::ToggleBelow => p.show_below,
        Command::ToggleFields => p.show_fields,
        Command::English => panel.words.language() == Language::English,
        Command::Russian => panel.words.language() == Language::Russian,
        Command::Ukrainian => panel.words.language() == Language::Ukrainian,
        _ => return None,
    })
}

fn labels_menu(ui: &mut Ui, panel: &Panel<'_>) {
    let Some(session) = panel.session else {
        return;
    };
    for label in &session.schema.labels {
        let title = panel.with("menu-tag-as", &[("label", label.title(panel.words.code()).into())]);
        let key = label.key.as_deref().unwrap_or_default().to_uppercase();
        let button = Button::new(title).shortcut_text(key);
        if ui.add_enabled(may_tag(panel), button).clicked() {
            tag(panel, label);
            ui.close();
        }
    }
    ui.separator();
}

fn may_tag(panel: &Panel<'_>) -> bool {
    panel.may_edit() && panel.selection.iter().any(|r| !r.is_empty())
}

pub(super) fn tag(panel: &Panel<'_>, label: &LabelDef) {
    panel.edit(Edit::Tag { ranges: panel.selection.to_vec(), label: label.name.clone() });
}

fn save_state(ui: &mut Ui, panel: &Panel<'_>) {
    let Some(open) = panel.open() else {
        return;
    };
    let tokens = panel.tokens;
    let (text, ink, tip) = match (&open.read_only, &open.save) {
        (Some(ReadOnly::OpenElsewhere { .. }), _) => {
            (panel.say("save-read-only"), tokens.warning, Some(panel.say("save-open-elsewhere")))
        }
        (Some(ReadOnly::NoRights(why)), _) => {
            (panel.say("save-read-only"), tokens.warning, Some(why.clone()))
        }
        (None, SaveState::Saved) => (panel.say("save-saved"), tokens.text_soft, None),
        (None, SaveState::Unsaved | SaveState::Saving) => (panel.say("save-saving"), tokens.text_soft, None),
        (None, SaveState::Failed(why)) => {
            let words = panel.with("save-failed", &[("why", why.into())]);
            (words.clone(), tokens.error, Some(format!("{words}\n{}", panel.say("save-failed-hint"))))
        }
    };
    ui.set_max_width(ui.available_width());
    let label = egui::Label::new(RichText::new(text).color(ink)).truncate();
    let response = ui.add(label);
    if let Some(tip) = tip {
        response.on_hover_text(tip);
    }
}

fn article_line(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle) {
    let height = 30.0;
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let right = egui::Layout::right_to_left(egui::Align::Center);
    let builder = egui::UiBuilder::new().max_rect(line).layout(right).id_salt("labels");
    // The right side is made first and the title takes what it leaves; at least this much.
    let title_at_least = 150.0;
    let used = ui
        .scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            undo_buttons(ui, panel, open);
            ui.add_space(2.0);
            status_button(ui, panel, open);
            ui.add_space(4.0);
            // While differences are decided, the labels' keys mean other things.
            if !panel.session.is_some_and(crate::session::Session::is_reviewing) {
                label_buttons(ui, panel, title_at_least);
            }
            ui.min_rect()
        })
        .inner;
    let rest = Rect::from_min_max(line.min, pos2(used.left() - 10.0, line.max.y));
    let left = egui::Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rest).layout(left).id_salt("title"), |ui| {
        let title = RichText::new(open.desk.article.title()).family(look::bold()).size(15.0);
        ui.add(egui::Label::new(title).truncate());
    });
}

fn undo_buttons(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle) {
    let history = &open.desk.history;
    let words = |step: Option<&Transaction>, said: Option<CommentAct>| match said {
        Some(act) => Some(panel.say(comment_act_word(act))),
        None => step.map(|step| step_words(panel, step)),
    };
    let (again, back) = panel.session.map_or((None, None), |s| (s.comment_to_redo(), s.comment_to_undo()));
    for (command, sign, key, step) in [
        (Command::Redo, "→", "redo-what", words(history.undone().last(), again)),
        (Command::Undo, "←", "undo-what", words(history.done().last(), back)),
    ] {
        let name = panel.words.say(&command.word());
        let button = Button::new(sign).min_size(vec2(28.0, 24.0));
        let response = ui.add_enabled(is_available(command, panel), button).accessible_name(&name);
        let keys = panel.keys.shown(command);
        let response = match step {
            Some(words) => {
                let tip = panel.words.with(key, &[("what", (&words).into())]);
                response.on_hover_text(format!("{tip}  {keys}"))
            }
            None => response.on_disabled_hover_text(format!("{name}  {keys}")),
        };
        if response.clicked() {
            panel.ask(Request::Command(command));
        }
    }
}

/// What undo takes back, if it is something that was said.
fn comment_act_word(act: CommentAct) -> &'static str {
    match act {
        CommentAct::Written => "step-comment-written",
        CommentAct::Settled(Settles::Resolved) => "step-comment-resolved",
        CommentAct::Settled(Settles::Reopened) => "step-comment-reopened",
        CommentAct::Edited => "step-comment-edited",
        CommentAct::Withdrawn => "step-comment-withdrawn",
        CommentAct::PutBack => "step-comment-put-back",
    }
}

fn status_button(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle) {
    let status = open.desk.workspace.set.status;
    let words = panel.words.say(status_word(status));
    let name = panel.with("status-button", &[("status", (&words).into())]);
    let button = Button::new(format!("\u{2003} {words}"));
    let response = ui.add_enabled(panel.may_edit(), button);
    status_sign(ui.painter(), response.rect.left_center() + vec2(16.0, 0.0), 5.5, status, panel.tokens);
    let place = Status::ALL.iter().position(|s| *s == status).unwrap_or_default();
    let next = Status::ALL[(place + 1) % Status::ALL.len()];
    let next_words = panel.words.say(status_word(next));
    let tip = panel.with("status-button-hint", &[("status", (&next_words).into())]);
    let response = response.accessible_name(name).on_hover_text(tip);
    response.context_menu(|ui| {
        for status in Status::ALL {
            if ui.button(panel.words.say(status_word(status))).clicked() {
                panel.edit(Edit::SetStatus { status });
            }
        }
    });
    if response.clicked() {
        panel.edit(Edit::SetStatus { status: next });
    }
}

/// As many labels as fit, first ones first; the others in a menu.
fn label_buttons(ui: &mut Ui, panel: &Panel<'_>, leave: f32) {
    let Some(session) = panel.session else {
        return;
    };
    let language = panel.words.code();
    let labels = &session.schema.labels;
    let widths: Vec<f32> = labels.iter().map(|label| label_width(ui, label, language)).collect();
    let room = ui.available_width() - leave;
    let gap = ui.spacing().item_spacing.x;
    let more = panel.say("labels-more");
    let more_width = 90.0;
    let fits = |n: usize| {
        let wide: f32 = widths[..n].iter().map(|w| w + gap).sum();
        wide + if n < labels.len() { more_width } else { 0.0 } <= room
    };
    let shown = (0..=labels.len()).rev().find(|n| fits(*n)).unwrap_or_default();
    // Right to left: the rest first, then the labels from the last to the first.
    if shown < labels.len() {
        MenuButton::new(more).ui(ui, |ui| {
            for label in &labels[shown..] {
                label_button(ui, panel, label, session.schema.colour_of(&label.name));
            }
        });
    }
    for label in labels[..shown].iter().rev() {
        label_button(ui, panel, label, session.schema.colour_of(&label.name));
    }
}

fn label_width(ui: &Ui, label: &LabelDef, language: &str) -> f32 {
    let title = label.title(language).to_owned();
    let font = FontId::proportional(13.5);
    let text = ui.fonts_mut(|f| f.layout_no_wrap(title, font, egui::Color32::PLACEHOLDER)).size().x;
    let key = label.key.as_deref().unwrap_or_default().to_uppercase();
    let caps = caps_width(ui, &key);
    8.0 + text + if caps > 0.0 { 6.0 + caps } else { 0.0 } + 8.0
}

fn label_button(ui: &mut Ui, panel: &Panel<'_>, label: &LabelDef, colour: usize) {
    let language = panel.words.code();
    let title = label.title(language);
    let look = panel.tokens.label(colour);
    let key = label.key.as_deref().unwrap_or_default().to_uppercase();
    let size = vec2(label_width(ui, label, language), 26.0);
    let enabled = may_tag(panel);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let name = panel.with("menu-tag-as", &[("label", title.into())]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &name));
    let painter = ui.painter();
    swatch(painter, rect, look);
    let lit = response.hovered() && enabled || response.has_focus();
    let edge = if lit { look.ink } else { panel.tokens.line };
    painter.rect_stroke(rect, 4.0, egui::Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    let font = FontId::proportional(13.5);
    let middle = rect.center().y - 1.0;
    let left = pos2(rect.left() + 8.0, middle);
    let text = painter.text(left, egui::Align2::LEFT_CENTER, title, font, panel.tokens.text);
    paint_caps(ui, pos2(text.right() + 6.0, middle), &key, panel.tokens);
    let help = label.help.get(language).unwrap_or_default();
    let tip = if enabled { help.to_owned() } else { format!("{help}\n{}", panel.say("labels-select-first")) };
    if response.on_hover_text(tip.trim()).clicked() && enabled {
        tag(panel, label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial) -> egui_kittest::Harness<'a, World<TopBar>> {
        let mut h = harness([1000.0, 700.0], trial, TopBar::default(), TopBar::show);
        h.run();
        h
    }

    #[test]
    fn a_menu_asks_for_its_command_and_closes() {
        let mut h = shown(Trial::new());
        h.get_by_label("Правка").click();
        h.run();
        h.get_by_label("Отменить Ctrl+Z").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Command(Command::Undo)]);
    }

    #[test]
    fn labels_tag_the_selection_and_wait_for_one() {
        let mut h = shown(Trial::new());
        h.get_by_label("Разметить: Позиция").click();
        h.run();
        assert!(h.state().trial.asked().is_empty(), "nothing is selected");
        let range = h.state().trial.range("ультиматум");
        h.state_mut().trial.selection = vec![range];
        h.run();
        h.get_by_label("Разметить: Позиция").click();
        h.run();
        let edit = Edit::Tag { ranges: vec![range], label: "position".into() };
        assert_eq!(h.state().trial.asked(), [Request::Edit(edit)]);
    }

    #[test]
    fn the_status_goes_round() {
        let mut h = shown(Trial::new());
        h.get_by_label("Статус: В работе").click();
        h.run();
        let edit = Edit::SetStatus { status: Status::Done };
        assert_eq!(h.state().trial.asked(), [Request::Edit(edit)]);
    }

    #[test]
    fn a_failed_save_is_said() {
        let mut trial = Trial::new();
        trial.open().save = SaveState::Failed("диск полон".into());
        let h = shown(trial);
        assert!(h.query_by_label("Не сохранено: диск полон").is_some());
    }

    #[test]
    fn everything_fits_a_thousand_points_in_every_language() {
        for language in Language::ALL {
            let mut trial = Trial::new();
            trial.language(language);
            let h = shown(trial);
            let mut right = 0.0_f32;
            let mut last_menu = 0.0_f32;
            for group in MENUS {
                let rect = h.get_by_label(&h.state().trial.words.say(group.word())).rect();
                assert!(rect.top() < 30.0, "{language:?}: the menus take one line");
                last_menu = last_menu.max(rect.right());
            }
            let saved = h.get_by_label(&h.state().trial.words.say("save-saved")).rect();
            assert!(saved.left() > last_menu, "{language:?}: saving stands clear of the menus");
            for label in &h.state().trial.session.as_ref().unwrap().schema.labels {
                let title = label.title(language.code());
                let name = h.state().trial.words.with("menu-tag-as", &[("label", title.into())]);
                let rect = h.get_by_label(&name).rect();
                assert!(rect.left() > 200.0, "{language:?}: the title has room");
                right = right.max(rect.right());
            }
            assert!(right < 1000.0);
        }
    }

    #[test]
    fn many_labels_go_into_a_menu() {
        let mut trial = Trial::new();
        let mut schema = crate::model::Schema::positions();
        schema.labels.extend((0..20).map(|n| LabelDef::bare(format!("label number {n}"))));
        trial.session.as_mut().unwrap().schema = std::sync::Arc::new(schema);
        let mut h = shown(trial);
        assert!(h.query_by_label("Разметить: label number 19").is_none());
        h.get_by_label("Ещё…").click();
        h.run();
        assert!(h.query_by_label("Разметить: label number 19").is_some());
    }
}
