//! The key sheet: every key on one page, as one would print it; and the same as a page of the documentation.

use std::fmt::Write as _;

use egui::{Area, Frame, Id, Key, Label, Modifiers, Order, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::signs::{key_caps, swatch};
use crate::model::{FieldDef, FieldKind, Schema};
use crate::window::command::{Chord, Command, Group, Keys};
use crate::window::look::{self, Tokens};
use crate::window::panel::{Panel, Request};
use crate::window::words::Words;

/// What the mouse does: key of the gesture, key of what it does.
const GESTURES: [(&str, &str); 9] = [
    ("gesture-drag", "gesture-drag-does"),
    ("gesture-double-click", "gesture-double-click-does"),
    ("gesture-triple-click", "gesture-triple-click-does"),
    ("gesture-shift-click", "gesture-shift-click-does"),
    ("gesture-click-tag", "gesture-click-tag-does"),
    ("gesture-click-again", "gesture-click-again-does"),
    ("gesture-drag-edge", "gesture-drag-edge-does"),
    ("gesture-right-click", "gesture-right-click-does"),
    ("gesture-drop-files", "gesture-drop-files-does"),
];

/// A heading with its lines.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    title: String,
    /// The number of its label's colour, if it is about a label.
    colour: Option<usize>,
    /// When its keys work, if the title does not say it.
    about: Option<String>,
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    /// Chords as people read them, or a gesture in words.
    keys: Vec<String>,
    does: String,
}

impl Part {
    /// About how high it will be, to share the parts out among columns.
    fn weight(&self) -> usize {
        self.lines.len() + 2
    }
}

/// The key sheet.
#[derive(Debug, Default)]
pub struct KeySheet {
    search: String,
    shown_at: Option<u64>,
}

impl KeySheet {
    /// Shows the sheet over the window; call it while it is open. It asks to be closed.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let pass = ui.ctx().cumulative_pass_nr();
        let opens = self.shown_at.is_none_or(|at| pass > at + 1);
        self.shown_at = Some(pass);
        if opens {
            egui::Popup::close_all(ui.ctx());
            self.search.clear();
        }
        let window = ui.ctx().content_rect();
        let size = vec2((window.width() - 48.0).clamp(280.0, 1080.0), (window.height() - 64.0).max(200.0));
        let name = panel.words.say(&Command::KeySheet.word());
        let area = Area::new(Id::unique("key-sheet"))
            .order(Order::Foreground)
            .fixed_pos(window.center() - size / 2.0)
            .accessible_name(&name)
            .role(egui::accesskit::Role::Dialog);
        let mut close = false;
        let shown = area.show(ui.ctx(), |ui| {
            Frame::window(ui.style()).show(ui, |ui| {
                ui.set_width(size.x - 30.0);
                ui.set_height(size.y - 30.0);
                close = self.contents(ui, panel, &name, opens);
            });
        });
        let escape = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if close || escape || (!opens && shown.response.clicked_elsewhere()) {
            self.shown_at = None;
            panel.ask(Request::CloseDialog);
        }
    }

    fn contents(&mut self, ui: &mut Ui, panel: &Panel<'_>, title: &str, opens: bool) -> bool {
        let mut close = false;
        ui.horizontal(|ui| {
            ui.heading(title);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = panel.say("panel-close");
                close = ui.button("×").accessible_name(&name).on_hover_text(name).clicked();
                let hint = panel.say("keys-search");
                let edit = TextEdit::singleline(&mut self.search).hint_text(&hint).desired_width(260.0);
                let response = ui.add(edit).accessible_name(&hint);
                if opens {
                    response.request_focus();
                }
            });
        });
        ui.separator();
        let empty = Schema::empty("");
        let schema = panel.session.map_or(&empty, |s| &*s.schema);
        let parts = matching(parts(panel.words, panel.keys, schema), &self.search);
        if parts.is_empty() {
            ui.label(RichText::new(panel.say("palette-nothing")).color(panel.tokens.text_soft));
            return close;
        }
        let columns = ((ui.available_width() / 330.0) as usize).clamp(1, 3);
        let shared = share_out(&parts, columns);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            let room = ui.available_width();
            ui.set_max_width(room);
            ui.spacing_mut().item_spacing.x = 24.0;
            ui.columns(columns, |columns| {
                for (ui, parts) in columns.iter_mut().zip(&shared) {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    for part in parts {
                        part_of_column(ui, part, panel.tokens);
                    }
                }
            });
        });
        close
    }
}

fn part_of_column(ui: &mut Ui, part: &Part, tokens: &Tokens) {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if let Some(colour) = part.colour {
            let (rect, _) = ui.allocate_exact_size(vec2(22.0, 16.0), egui::Sense::hover());
            swatch(ui.painter(), rect, tokens.label(colour));
        }
        let title = RichText::new(&part.title).family(look::bold()).color(tokens.accent);
        ui.add(Label::new(title).wrap());
    });
    if let Some(about) = &part.about {
        ui.label(RichText::new(about).small().color(tokens.text_soft));
    }
    for line in &part.lines {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            for (n, keys) in line.keys.iter().enumerate() {
                if n > 0 {
                    ui.label(RichText::new("/").small().color(tokens.text_faint));
                }
                key_caps(ui, keys, tokens);
            }
            ui.add(Label::new(RichText::new(&line.does).color(tokens.text)).wrap());
        });
    }
    ui.add_space(4.0);
}

/// Everything there is to press, in parts.
fn parts(words: &Words, keys: &Keys, schema: &Schema) -> Vec<Part> {
    let language = words.code();
    let mut parts = Vec::new();
    let key = |key: &Option<String>| key.as_ref().map(|k| vec![k.to_uppercase()]);
    let labels: Vec<Line> = schema
        .labels
        .iter()
        .filter_map(|l| {
            let does = words.with("menu-tag-as", &[("label", l.title(language).into())]);
            Some(Line { keys: key(&l.key)?, does })
        })
        .collect();
    if !labels.is_empty() {
        parts.push(Part { title: words.say("keys-labels"), colour: None, about: None, lines: labels });
    }
    for label in &schema.labels {
        let lines: Vec<Line> = label
            .fields
            .iter()
            .filter_map(|f| Some(Line { keys: key(&f.key)?, does: field_line(f, language) }))
            .collect();
        if !lines.is_empty() {
            let title = words.with("keys-fields-of", &[("label", label.title(language).into())]);
            let colour = Some(schema.colour_of(&label.name));
            let about = Some(words.say("keys-fields-about"));
            parts.push(Part { title, colour, about, lines });
        }
    }
    let relate = keys.shown(Command::Relate);
    let relations: Vec<Line> = schema
        .relations
        .iter()
        .filter_map(|r| {
            let own = r.key.as_ref()?.to_uppercase();
            Some(Line { keys: vec![own], does: r.title(language).to_owned() })
        })
        .collect();
    if !relations.is_empty() {
        let title = words.with("keys-relations", &[("key", (&relate).into())]);
        parts.push(Part { title, colour: None, about: None, lines: relations });
    }
    for group in Group::ALL {
        let lines = Command::ALL.iter().filter(|c| c.group() == group).filter_map(|command| {
            let keys: Vec<String> = distinct(keys.of(*command).map(Chord::shown));
            (!keys.is_empty()).then(|| Line { keys, does: words.say(&command.word()) })
        });
        let mut lines: Vec<Line> = lines.collect();
        if group == Group::Select {
            lines.push(Line { keys: vec!["Shift".into()], does: words.say("keys-shift-extends") });
        }
        parts.push(Part { title: words.say(group.word()), colour: None, about: None, lines });
    }
    let gestures =
        GESTURES.iter().map(|(gesture, does)| Line { keys: vec![words.say(gesture)], does: words.say(does) });
    parts.push(Part { title: words.say("keys-mouse"), colour: None, about: None, lines: gestures.collect() });
    parts
}

/// "Act: D demand, S support …", so that the keys inside the prompt are on the sheet too.
fn field_line(field: &FieldDef, language: &str) -> String {
    let title = field.title(language);
    let FieldKind::Choice(choices) = &field.kind else {
        return title.to_owned();
    };
    let keyed: Vec<String> = choices
        .iter()
        .filter_map(|c| Some(format!("{} {}", c.key.as_ref()?.to_uppercase(), c.title(language))))
        .collect();
    if keyed.is_empty() { title.to_owned() } else { format!("{title}: {}", keyed.join(", ")) }
}

/// `+` and `Shift+=` may look alike once shown; each is listed once.
fn distinct(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for key in keys {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    all
}

fn matching(parts: Vec<Part>, search: &str) -> Vec<Part> {
    let wanted = search.trim().to_lowercase();
    if wanted.is_empty() {
        return parts;
    }
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    parts
        .into_iter()
        .filter_map(|mut part| {
            if !has(&part.title) {
                part.lines.retain(|line| has(&line.does) || line.keys.iter().any(|key| has(key)));
            }
            (!part.lines.is_empty()).then_some(part)
        })
        .collect()
}

/// Shares parts out among columns, in order, each into the column that is shortest so far.
fn share_out(parts: &[Part], columns: usize) -> Vec<Vec<&Part>> {
    let mut shared: Vec<(usize, Vec<&Part>)> = vec![(0, Vec::new()); columns.max(1)];
    for part in parts {
        if let Some((weight, column)) = shared.iter_mut().min_by_key(|(weight, _)| *weight) {
            *weight += part.weight();
            column.push(part);
        }
    }
    shared.into_iter().map(|(_, column)| column).collect()
}

/// The key sheet as a page of the documentation, in Markdown, with the table's own keys and the default schema's.
pub fn markdown(words: &Words) -> String {
    let mut page = String::new();
    let _always = writeln!(page, "# {}\n\n{}", words.say("keys-page-title"), words.say("keys-page-about"));
    for part in parts(words, &Keys::new([]), &Schema::positions()) {
        let _always = writeln!(page, "\n## {}\n", part.title);
        if let Some(about) = &part.about {
            let _always = writeln!(page, "{about}.\n");
        }
        let is_mouse = part.title == words.say("keys-mouse");
        let heads = if is_mouse { "keys-page-gesture" } else { "keys-page-key" };
        let _always =
            writeln!(page, "| {} | {} |\n| --- | --- |", words.say(heads), words.say("keys-page-does"));
        for line in part.lines {
            let keys: Vec<String> = match is_mouse {
                true => line.keys,
                // Two backquotes hold a key that is a backquote itself, and a bar would end the cell.
                false => line.keys.iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect(),
            };
            let _always = writeln!(page, "| {} | {} |", keys.join(", "), line.does);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, harness};
    use crate::window::words::Language;
    use egui_kittest::kittest::Queryable as _;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a page that is made again, not anyone's work")]
    fn the_page_of_the_documentation_is_up_to_date() {
        let page = markdown(&Words::new(Language::English));
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &page).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == page, "docs/keys.md is stale; run this test with UPDATE_DOCS=1");
    }

    #[test]
    fn every_command_with_a_key_is_on_the_sheet() {
        let words = Words::new(Language::English);
        let parts = parts(&words, &Keys::new([]), &Schema::positions());
        let lines: Vec<&str> = parts.iter().flat_map(|p| &p.lines).map(|l| l.does.as_str()).collect();
        for command in Command::ALL.iter().filter(|c| !c.default_keys().is_empty()) {
            assert!(lines.contains(&words.say(&command.word()).as_str()), "{command:?}");
        }
        assert!(lines.contains(&"Tag as Position"));
        assert!(lines.iter().any(|l| l.starts_with("Act: D demand")));
    }

    #[test]
    fn columns_are_of_about_one_height() {
        let words = Words::new(Language::Russian);
        let parts = parts(&words, &Keys::new([]), &Schema::positions());
        let shared = share_out(&parts, 3);
        assert_eq!(shared.iter().map(Vec::len).sum::<usize>(), parts.len());
        let heights: Vec<usize> = shared.iter().map(|c| c.iter().map(|p| p.weight()).sum()).collect();
        let longest = parts.iter().map(Part::weight).max().unwrap();
        assert!(heights.iter().max().unwrap() - heights.iter().min().unwrap() <= longest);
    }

    #[test]
    fn search_narrows_and_escape_closes() {
        let mut h = harness([1100.0, 800.0], Trial::new(), KeySheet::default(), KeySheet::show);
        h.run();
        assert!(h.query_by_label("Разметить: Позиция").is_some());
        let edit = h.get_by_label("Поиск клавиш");
        edit.focus();
        edit.type_text("отменить");
        h.run();
        assert!(h.query_by_label("Разметить: Позиция").is_none());
        assert!(h.query_by_label("Отменить").is_some());
        h.key_press(Key::Escape);
        h.run_steps(1);
        assert!(h.state().trial.asked().contains(&Request::CloseDialog));
    }
}
