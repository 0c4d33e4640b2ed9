//! The line at the bottom: where one is, what is selected, what can be pressed now, what the article is.

use egui::{Button, RichText, Ui, vec2};

use super::signs::{caps_width, paint_caps};
use crate::model::{FieldDef, LabelDef};
use crate::session::{OpenArticle, Session};
use crate::text::{CanonicalText, CodePoint, sentences};
use crate::window::article_view::ArticleView;
use crate::window::command::Command;
use crate::window::panel::{DialogKind, Panel, Request};

/// Sentences of longer texts (bytes) are not counted: it would be felt when an article opens.
const COUNT_SENTENCES_UP_TO: usize = 600_000;

/// The line at the bottom of the window.
#[derive(Debug, Default)]
pub struct StatusBar {
    counted: Option<(String, Vec<usize>)>,
}

impl StatusBar {
    /// Shows the line; the caret is the view's.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, view: &ArticleView) {
        let at = panel.open().map(|o| o.desk.article.text.code_point_at_or_before(view.selection().head));
        self.show_at(ui, panel, at);
    }

    fn show_at(&mut self, ui: &mut Ui, panel: &Panel<'_>, caret: Option<CodePoint>) {
        let Some(open) = panel.open() else {
            ui.horizontal(|ui| hints(ui, panel));
            return;
        };
        let height = 24.0;
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let builder = egui::UiBuilder::new().max_rect(line).layout(layout).id_salt("status-right");
        let used = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                ui.spacing_mut().button_padding = vec2(5.0, 2.0);
                article_facts(ui, panel, open);
                ui.min_rect()
            })
            .inner;
        let rest = egui::Rect::from_min_max(line.min, egui::pos2(used.left() - 10.0, line.max.y));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let builder = egui::UiBuilder::new().max_rect(rest).layout(layout).id_salt("status-left");
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            ui.spacing_mut().button_padding = vec2(5.0, 2.0);
            ui.shrink_clip_rect(rest);
            let reviewing = panel.session.is_some_and(Session::is_reviewing);
            if let Some(at) = caret.filter(|_| !reviewing) {
                let words = self.position(panel, &open.desk.article.text, at);
                soft(ui, panel, &words);
            }
            let selected: u32 = panel.selection.iter().map(|r| r.len()).sum();
            if selected > 0 {
                soft(ui, panel, &panel.with("status-selected", &[("n", (selected as usize).into())]));
            }
            hints(ui, panel);
        });
    }

    fn position(&mut self, panel: &Panel<'_>, text: &CanonicalText, at: CodePoint) -> String {
        let (line, _) = text.line_column(at);
        let percent = if text.is_empty() { 0 } else { u64::from(at.get()) * 100 / u64::from(text.len()) };
        let (line, percent) = (line as usize, percent as usize);
        let byte = text.byte_of(at).map_or(0, |b| b.index());
        match self.sentence(text, byte) {
            Some(sentence) => panel.with(
                "status-position",
                &[("line", line.into()), ("sentence", sentence.into()), ("percent", percent.into())],
            ),
            None => {
                panel.with("status-position-short", &[("line", line.into()), ("percent", percent.into())])
            }
        }
    }

    /// The number of the sentence at a byte, counted from 1.
    pub(in crate::window) fn sentence(&mut self, text: &CanonicalText, byte: usize) -> Option<usize> {
        if text.len_bytes() > COUNT_SENTENCES_UP_TO {
            return None;
        }
        if byte == 0 {
            // Where every article begins to be read; counting can wait.
            return Some(1);
        }
        let known = self.counted.as_ref().is_some_and(|(of, _)| of == text.fingerprint());
        if !known {
            let starts =
                text.paragraphs().flat_map(|p| sentences(text.as_str(), p)).map(|s| s.start).collect();
            self.counted = Some((text.fingerprint().to_owned(), starts));
        }
        let (_, starts) = self.counted.as_ref()?;
        Some(starts.partition_point(|start| *start <= byte).max(1))
    }
}

fn soft(ui: &mut Ui, panel: &Panel<'_>, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).small().color(panel.tokens.text_soft)).extend());
}

/// From right to left: the encoding, the language, whether selections snap to words.
fn article_facts(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle) {
    let article = &open.desk.article;
    let small = |text: &str| RichText::new(text).small().color(panel.tokens.text_soft);
    let encoding = article.encoding.to_uppercase();
    let uncertain = !article.encoding_certain || article.replaced > 0;
    let text = if uncertain { format!("{encoding} ?") } else { encoding };
    let ink = if uncertain { panel.tokens.warning } else { panel.tokens.text_soft };
    let button = Button::new(RichText::new(&text).small().color(ink)).frame_when_inactive(false);
    let name = panel.with("status-encoding", &[("encoding", (&text).into())]);
    let tip = panel.say(if uncertain { "status-encoding-uncertain" } else { "status-encoding-hint" });
    if ui.add(button).accessible_name(name).on_hover_text(tip).clicked() {
        panel.ask(Request::Dialog(DialogKind::ArticleDetails));
    }
    if let Some(language) = &article.meta.language {
        let words = panel.words.find(&format!("panel-language-{language}"), &[]);
        ui.label(small(words.as_deref().unwrap_or(language)));
    }
    let snap = panel.preferences.snap;
    let words = panel.say(if snap { "status-snap-words" } else { "status-snap-off" });
    let shown = if snap { format!("✓ {words}") } else { words.clone() };
    let button = Button::new(small(&shown)).selected(snap).frame_when_inactive(false);
    let tip = panel.with("status-snap-hint", &[("key", (&panel.keys.shown(Command::ToggleSnap)).into())]);
    if ui.add(button).accessible_name(words).on_hover_text(tip).clicked() {
        panel.ask(Request::Command(Command::ToggleSnap));
    }
}

/// What can be pressed now: a key and what it does, as many as there is room for.
fn hints(ui: &mut Ui, panel: &Panel<'_>) {
    for (key, words) in hints_now(panel) {
        let font = egui::FontId::proportional(11.5);
        let text = ui.fonts_mut(|f| f.layout_no_wrap(words, font, panel.tokens.text_soft));
        let caps = caps_width(ui, &key);
        let size = vec2(caps + 5.0 + text.size().x, 20.0);
        if size.x > ui.available_width() {
            break;
        }
        let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
        let name = format!("{key} {}", text.text());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
        paint_caps(ui, rect.left_center(), &key, panel.tokens);
        let at = egui::pos2(rect.left() + caps + 5.0, rect.center().y - text.size().y / 2.0);
        ui.painter().galley(at, text, panel.tokens.text_soft);
    }
}

fn hints_now(panel: &Panel<'_>) -> Vec<(String, String)> {
    let language = panel.words.code();
    let command = |c: Command| (panel.keys.shown(c), panel.words.say(&c.word()));
    let keyed = |key: &Option<String>, title: &str| Some((key.as_ref()?.to_uppercase(), title.to_owned()));
    let mut hints: Vec<(String, String)> = Vec::new();
    let schema = panel.session.map(|s| &s.schema);
    if panel.session.is_some_and(Session::is_reviewing) {
        let people = panel.session.and_then(|s| s.sitting()).map_or(0, |s| s.sets.len().min(9));
        if people > 0 {
            let digits = if people > 1 { format!("1–{people}") } else { "1".to_owned() };
            hints.push((digits, panel.say("review-digit-hint")));
        }
        hints.extend([Command::NextAspect, Command::NextDifference].map(command));
        let short = |c: Command| (panel.keys.shown(c), panel.words.say(&format!("{}-short", c.word())));
        hints.extend(
            [
                Command::NothingHere,
                Command::TakeUnion,
                Command::TakeIntersection,
                Command::Reject,
                Command::EditOwn,
            ]
            .map(short),
        );
        hints.push(command(Command::ReviewRules));
        return hints;
    }
    let span = panel.selected.and_then(|id| panel.open()?.desk.span(id));
    if let (Some(span), Some(schema)) = (span, schema) {
        let field = |def: &FieldDef| keyed(&def.key, def.title(language));
        hints.push(command(Command::EditFields));
        hints.extend(schema.fields_of(&span.label).iter().filter_map(field));
        hints.extend([Command::Relate, Command::Remove].map(command));
    } else if let (true, Some(schema)) = (panel.selection.iter().any(|r| !r.is_empty()), schema) {
        let label = |def: &LabelDef| keyed(&def.key, def.title(language));
        hints.extend(schema.labels.iter().filter_map(label));
        hints.extend([Command::KeepPart, Command::Escape].map(command));
    } else if panel.open().is_some() {
        hints.extend([Command::Expand, Command::NextSpan, Command::Palette, Command::KeySheet].map(command));
    } else {
        hints.extend([Command::OpenProject, Command::NewProject, Command::Palette].map(command));
    }
    hints.retain(|(key, _)| !key.is_empty());
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial, caret: u32) -> egui_kittest::Harness<'a, World<StatusBar>> {
        let show = move |bar: &mut StatusBar, ui: &mut Ui, panel: &Panel<'_>| {
            bar.show_at(ui, panel, Some(CodePoint(caret)));
        };
        let mut h = harness([1280.0, 40.0], trial, StatusBar::default(), show);
        h.run();
        h
    }

    #[test]
    fn it_says_where_one_is() {
        // The third sentence begins at «Это ультиматум».
        let trial = Trial::new();
        let at = trial.range("ультиматум").start().get();
        let h = shown(trial, at);
        assert!(h.query_by_label("Строка 3 · предложение 3 · 85 %").is_some(), "{:?}", h.root());
    }

    #[test]
    fn hints_follow_the_selection() {
        let mut trial = Trial::new();
        assert!(hints_now(&trial.panel()).iter().any(|(key, _)| key == "Tab"));
        trial.selection = vec![trial.range("ультиматум")];
        assert!(hints_now(&trial.panel()).contains(&("P".into(), "Позиция".into())));
        trial.selected = Some("s3".into());
        let hints = hints_now(&trial.panel());
        assert!(
            hints.contains(&("I".into(), "Темы".into())) && hints.contains(&("H".into(), "Кто хочет".into()))
        );
        assert!(!hints.contains(&("P".into(), "Позиция".into())));
    }

    #[test]
    fn snapping_and_encoding_can_be_clicked() {
        let mut h = shown(Trial::new(), 0);
        h.get_by_label("Целые слова").click();
        h.run();
        h.get_by_label("Кодировка: UTF-8").click();
        h.run();
        assert_eq!(
            h.state().trial.asked(),
            [Request::Command(Command::ToggleSnap), Request::Dialog(DialogKind::ArticleDetails)]
        );
    }
}
