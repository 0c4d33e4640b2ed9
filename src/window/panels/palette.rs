//! The palette: everything one can do, found by a few letters of its name.

use egui::text::LayoutJob;
use egui::{Area, FontId, Frame, Id, Key, Modifiers, Order, TextEdit, TextFormat, Ui, pos2, vec2};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::available::is_available;
use super::list::{List, Row, Rows, row_response};
use super::list_keys;
use super::signs::{caps_width, paint_caps, status_word};
use crate::model::{FieldPath, Status};
use crate::session::Edit;
use crate::window::command::{Command, Group};
use crate::window::panel::{Panel, Request};
use crate::window::words::{Language, Words};

const ROW: f32 = 30.0;
const WIDTH: f32 = 560.0;
const MOST_ROWS: usize = 12;
const MOST_RECENT: usize = 8;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    /// Stable name for "recently used": `undo`, `tag position`, `article articles/a.txt`.
    id: String,
    title: String,
    /// What kind of thing it is, said faintly: "Edit", "Article".
    kind: String,
    keys: String,
    /// More to search in: the English title, the id.
    also: String,
    available: bool,
    asks: Request,
}

/// The palette.
#[derive(Default)]
pub struct Palette {
    /// What was chosen before, latest first, by stable names; worth keeping between starts.
    pub recent: Vec<String>,
    query: String,
    list: List,
    items: Vec<Item>,
    /// The places of the items that match, best first, with the places of the matching characters of their titles.
    found: Vec<(usize, Vec<u32>)>,
    /// The last pass in which it was shown, so that it opens fresh.
    shown_at: Option<u64>,
}

impl Palette {
    /// Shows the palette over the window; call it while it is open. It asks for what is chosen and to be closed.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let pass = ui.ctx().cumulative_pass_nr();
        let opens = self.shown_at.is_none_or(|at| pass > at + 1);
        self.shown_at = Some(pass);
        if opens {
            egui::Popup::close_all(ui.ctx());
            self.query.clear();
            self.items = items(panel);
            self.search();
        }
        let window = ui.ctx().content_rect();
        let width = WIDTH.min(window.width() - 24.0);
        let name = panel.say("palette-title");
        let at = pos2(window.center().x - width / 2.0, window.top() + (window.height() * 0.1).min(80.0));
        let area = Area::new(Id::unique("palette"))
            .order(Order::Foreground)
            .fixed_pos(at)
            .accessible_name(&name)
            .role(egui::accesskit::Role::Dialog);
        let shown = area.show(ui.ctx(), |ui| {
            Frame::window(ui.style()).inner_margin(8).show(ui, |ui| {
                ui.set_width(width - 18.0);
                self.contents(ui, panel, opens);
            });
        });
        let escape = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let outside = !opens && shown.response.clicked_elsewhere();
        if escape || outside {
            self.close(panel);
        }
    }

    fn close(&mut self, panel: &Panel<'_>) {
        self.shown_at = None;
        panel.ask(Request::CloseDialog);
    }

    fn contents(&mut self, ui: &mut Ui, panel: &Panel<'_>, opens: bool) {
        // The keys go to the list although the box has the keyboard, so they are taken before the box sees them.
        let enter = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        let page = MOST_ROWS - 1;
        for (key, steps, on) in [
            (Key::ArrowDown, 1, true),
            (Key::ArrowUp, 1, false),
            (Key::PageDown, page, true),
            (Key::PageUp, page, false),
        ] {
            if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                let (at, count) = (self.list.at, self.found.len());
                let to = match on {
                    true if steps == 1 && at + 1 >= count => 0,
                    true => list_keys::next(at, count, steps, &|_| true),
                    false if steps == 1 && at == 0 => count.saturating_sub(1),
                    false => list_keys::previous(at, steps, &|_| true),
                };
                self.list.go_to(to);
            }
        }
        let hint = panel.say("palette-hint");
        let edit = TextEdit::singleline(&mut self.query)
            .hint_text(&hint)
            .font(FontId::proportional(16.0))
            .margin(vec2(8.0, 6.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name(&hint);
        if opens || !response.has_focus() {
            response.request_focus();
        }
        if response.changed() {
            self.search();
        }
        ui.add_space(2.0);
        if self.found.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                ui.label(egui::RichText::new(panel.say("palette-nothing")).color(panel.tokens.text_soft));
            });
            ui.add_space(4.0);
            return;
        }
        let rows = Rows {
            salt: "palette-rows",
            name: &panel.say("palette-title"),
            row: ROW,
            count: self.found.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        let height = ROW * self.found.len().min(MOST_ROWS) as f32;
        let mut chosen = if enter { Some(self.list.at) } else { None };
        ui.spacing_mut().item_spacing.y = 0.0;
        let (items, found, at) = (&self.items, &self.found, self.list.at);
        let list = &mut self.list;
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            list.show(ui, rows, |ui, row| {
                let (item, letters) = &found[row.index];
                let hit = item_row(ui, panel, &items[*item], letters, row, row.index == at);
                chosen = if hit { Some(row.index) } else { chosen };
                false
            });
        });
        if let Some((item, _)) = chosen.and_then(|n| self.found.get(n)) {
            let item = self.items[*item].clone();
            if item.available {
                self.recent.retain(|id| *id != item.id);
                self.recent.insert(0, item.id);
                self.recent.truncate(MOST_RECENT);
                // Closed first, because what is chosen may open another dialog.
                self.close(panel);
                panel.ask(item.asks);
            }
        }
    }

    fn search(&mut self) {
        self.found = found(&self.items, &self.query, &self.recent);
        self.list.go_to(0);
    }
}

/// The places of the items that match, best first. With nothing typed: recently used ones first, the others in their order.
fn found(items: &[Item], query: &str, recent: &[String]) -> Vec<(usize, Vec<u32>)> {
    let used = |item: &Item| recent.iter().position(|id| *id == item.id).unwrap_or(usize::MAX);
    if query.trim().is_empty() {
        let mut all: Vec<usize> = (0..items.len()).collect();
        all.sort_by_key(|n| (!items[*n].available, used(&items[*n]), *n));
        return all.into_iter().map(|n| (n, Vec::new())).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(&folded(query), CaseMatching::Ignore, Normalization::Smart);
    let (mut buffer, mut letters) = (Vec::new(), Vec::new());
    let mut scored: Vec<(usize, u32, Vec<u32>)> = Vec::new();
    for (n, item) in items.iter().enumerate() {
        letters.clear();
        let title = folded(&item.title);
        let by_title = pattern.indices(Utf32Str::new(&title, &mut buffer), &mut matcher, &mut letters);
        let also = folded(&item.also);
        let by_other = pattern.score(Utf32Str::new(&also, &mut buffer), &mut matcher);
        let Some(score) = by_title.max(by_other) else {
            continue;
        };
        letters.sort_unstable();
        letters.dedup();
        // What was used lately is likely wanted again, but a much better match still wins.
        let bonus = if used(item) < MOST_RECENT { 12 } else { 0 };
        let marked = if by_title.is_some() { letters.clone() } else { Vec::new() };
        scored.push((n, score + bonus, marked));
    }
    // Letters strewn over a long title match too, but beside a real match they are noise.
    let best = scored.iter().map(|(_, score, _)| *score).max().unwrap_or_default();
    scored.retain(|(_, score, _)| *score * 3 >= best * 2);
    scored.sort_by_key(|(n, score, _)| (!items[*n].available, std::cmp::Reverse(*score), *n));
    scored.into_iter().map(|(n, _, letters)| (n, letters)).collect()
}

/// `ё` and `е` are one letter to whoever types quickly. One character becomes one, so that places stay.
fn folded(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ё' => 'е',
            'Ё' => 'Е',
            'ґ' => 'г',
            'Ґ' => 'Г',
            '’' | 'ʼ' => '\'',
            c => c,
        })
        .collect()
}

/// Everything one can do now.
fn items(panel: &Panel<'_>) -> Vec<Item> {
    let words = panel.words;
    let english = Words::new(Language::English);
    let language = words.code();
    let mut items = Vec::new();
    if let Some(session) = panel.session {
        let tags = panel.may_edit() && panel.selection.iter().any(|r| !r.is_empty());
        for label in &session.schema.labels {
            let said = |w: &Words, code| w.with("menu-tag-as", &[("label", label.title(code).into())]);
            items.push(Item {
                id: format!("tag {}", label.name),
                title: said(words, language),
                kind: words.say("palette-kind-label"),
                keys: label.key.as_deref().unwrap_or_default().to_uppercase(),
                also: format!("{} {}", said(&english, "en"), label.name),
                available: tags,
                asks: Request::Edit(Edit::Tag {
                    ranges: panel.selection.to_vec(),
                    label: label.name.clone(),
                }),
            });
        }
        let span = panel.selected.and_then(|id| panel.open()?.desk.span(id));
        for def in span.map(|s| session.schema.fields_of(&s.label)).unwrap_or_default() {
            items.push(Item {
                id: format!("field {}", def.name),
                title: words.with("palette-field", &[("field", def.title(language).into())]),
                kind: words.say("palette-kind-field"),
                keys: def.key.as_deref().unwrap_or_default().to_uppercase(),
                also: format!("{} {}", def.title("en"), def.name),
                available: panel.may_edit(),
                asks: Request::Prompt(FieldPath::field(&def.name)),
            });
        }
    }
    // Steps of the caret last: they are for the keyboard, but someone may look for their keys.
    let mut commands: Vec<Command> =
        Command::ALL.iter().copied().filter(|c| *c != Command::Palette).collect();
    commands.sort_by_key(|c| (c.motion().is_some(), Group::ALL.iter().position(|g| *g == c.group())));
    for command in commands {
        items.push(Item {
            id: command.id().to_owned(),
            title: words.say(&command.word()),
            kind: words.say(command.group().word()),
            keys: panel.keys.shown(command),
            also: format!("{} {}", command.id(), english.say(&command.word())),
            available: is_available(command, panel),
            asks: Request::Command(command),
        });
    }
    if panel.open().is_some() {
        for status in Status::ALL {
            let said =
                |w: &Words| w.with("articles-mark-as", &[("status", (&w.say(status_word(status))).into())]);
            items.push(Item {
                id: format!("status {}", status.name()),
                title: said(words),
                kind: words.say("palette-kind-status"),
                keys: String::new(),
                also: format!("{} {}", said(&english), status.name()),
                available: panel.may_edit(),
                asks: Request::Edit(Edit::SetStatus { status }),
            });
        }
    }
    let rows = panel.session.map(|s| s.rows.as_slice()).unwrap_or_default();
    for row in rows.iter().filter(|row| row.fault.is_none()) {
        items.push(Item {
            id: format!("article {}", row.path),
            title: words.with("palette-go-to", &[("title", (&row.title).into())]),
            kind: words.say("palette-kind-article"),
            keys: String::new(),
            also: row.path.clone(),
            available: true,
            asks: Request::Article(row.path.clone()),
        });
    }
    items
}

fn item_row(ui: &mut Ui, panel: &Panel<'_>, item: &Item, letters: &[u32], row: &Row, at_hand: bool) -> bool {
    let tokens = panel.tokens;
    let response = row_response(ui, row, at_hand, &item.title, tokens);
    if !item.available {
        panel_disabled(ui, &response);
    }
    let middle = row.rect.center().y;
    let mut right = row.rect.right() - 10.0;
    if !item.keys.is_empty() {
        let width = caps_width(ui, &item.keys);
        paint_caps(ui, pos2(right - width, middle), &item.keys, tokens);
        right -= width + 10.0;
    }
    let font = FontId::proportional(11.5);
    let kind = ui.fonts_mut(|f| f.layout_no_wrap(item.kind.clone(), font, tokens.text_faint));
    right -= kind.size().x;
    ui.painter().galley(pos2(right, middle - kind.size().y / 2.0), kind, tokens.text_faint);
    let left = row.rect.left() + 12.0;
    let ink = if item.available { tokens.text } else { tokens.text_faint };
    let wrap = egui::text::TextWrapping::truncate_at_width((right - left - 12.0).max(20.0));
    let mut job = LayoutJob { wrap, ..LayoutJob::default() };
    let plain = TextFormat::simple(FontId::proportional(13.5), ink);
    let marked = TextFormat::simple(FontId::new(13.5, crate::window::look::bold()), tokens.accent);
    let mut run = String::new();
    let mut run_marked = false;
    for (n, c) in item.title.chars().enumerate() {
        let mark = letters.binary_search(&(n as u32)).is_ok();
        if mark != run_marked && !run.is_empty() {
            job.append(&run, 0.0, if run_marked { marked.clone() } else { plain.clone() });
            run.clear();
        }
        run_marked = mark;
        run.push(c);
    }
    job.append(&run, 0.0, if run_marked { marked } else { plain });
    let title = ui.fonts_mut(|f| f.layout_job(job));
    ui.painter().galley(pos2(left, middle - title.size().y / 2.0), title, ink);
    response.clicked()
}

fn panel_disabled(ui: &Ui, response: &egui::Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_disabled());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use egui_kittest::kittest::Queryable as _;

    fn titles(trial: &Trial, query: &str) -> Vec<String> {
        let items = items(&trial.panel());
        found(&items, query, &[]).into_iter().map(|(n, _)| items[n].title.clone()).collect()
    }

    #[test]
    fn commands_are_found_in_the_users_language_and_by_their_english_id() {
        let trial = Trial::new();
        assert_eq!(titles(&trial, "отменить")[0], "Отменить");
        assert_eq!(titles(&trial, "undo")[0], "Отменить");
        assert_eq!(titles(&trial, "ОТМЕНИТЬ")[0], "Отменить");
        assert!(titles(&trial, "давос")[0].contains("В Давосе"), "articles");
        assert!(titles(&trial, "articles/c")[0].contains("Двадцать восемь"), "articles by their path");
        assert!(titles(&trial, "готова").iter().any(|t| t.contains("Готова")), "statuses");
        assert!(titles(&trial, "українська").iter().any(|t| t.contains("Українська")), "languages");
        assert!(titles(&trial, "щщщщщ").is_empty());
    }

    #[test]
    fn labels_and_fields_are_there_when_they_can_be_used() {
        let mut trial = Trial::new();
        trial.selection = vec![trial.range("ультиматум")];
        trial.selected = Some("s3".into());
        assert_eq!(titles(&trial, "разметить позиция")[0], "Разметить: Позиция");
        assert!(titles(&trial, "темы").iter().any(|t| t == "Поле: Темы"));
    }

    #[test]
    fn what_was_used_lately_comes_first() {
        let trial = Trial::new();
        let items = items(&trial.panel());
        let recent = ["article articles/c.txt".to_owned(), "toggle-theme".to_owned()];
        let first: Vec<&str> =
            found(&items, "", &recent).iter().take(2).map(|(n, _)| items[*n].id.as_str()).collect();
        assert_eq!(first, ["article articles/c.txt", "toggle-theme"]);
    }

    #[test]
    fn yo_and_ye_are_one_letter() {
        assert_eq!(folded("Ещё").chars().count(), 3);
        assert_eq!(folded("ещё"), folded("еще"));
    }

    fn shown<'a>() -> egui_kittest::Harness<'a, World<Palette>> {
        let mut h = harness([900.0, 600.0], Trial::new(), Palette::default(), Palette::show);
        h.run();
        h
    }

    #[test]
    fn typing_and_enter_choose() {
        let mut h = shown();
        let edit = h.get_by_label("Что сделать?");
        edit.focus();
        edit.type_text("отменить");
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::CloseDialog, Request::Command(Command::Undo)]);
        assert_eq!(h.state().shown.recent, ["undo"]);
    }

    #[test]
    fn arrows_move_round_and_escape_closes() {
        let mut h = shown();
        let edit = h.get_by_label("Что сделать?");
        edit.focus();
        edit.type_text("articles/");
        h.run();
        let count = h.state().shown.found.len();
        h.key_press(Key::ArrowUp);
        h.run();
        assert_eq!(h.state().shown.list.at, count - 1);
        h.key_press(Key::ArrowDown);
        h.run();
        assert_eq!(h.state().shown.list.at, 0);
        h.key_press(Key::Escape);
        h.run_steps(1);
        assert!(h.state().trial.asked().contains(&Request::CloseDialog));
    }

    #[test]
    fn a_click_chooses() {
        let mut h = shown();
        let edit = h.get_by_label("Что сделать?");
        edit.focus();
        edit.type_text("articles/c");
        h.run();
        h.get_by_label_contains("Двадцать восемь").click();
        h.run();
        assert_eq!(
            h.state().trial.asked(),
            [Request::CloseDialog, Request::Article("articles/c.txt".into())]
        );
    }
}
