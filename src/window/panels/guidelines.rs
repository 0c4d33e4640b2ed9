//! The project's guidelines beside the work, with a list of headings and a search.

use egui::{RichText, ScrollArea, TextEdit, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::problems::nothing;
use crate::window::panel::Panel;

/// Below this width the list of headings is left out; the text needs the room more.
const WITH_CONTENTS: f32 = 560.0;

/// The guidelines.
#[derive(Default)]
pub struct GuidelinesPanel {
    search: String,
    go_to: Option<usize>,
    cache: CommonMarkCache,
    wants_search: bool,
    /// The text that `sections` were made of.
    read: String,
    sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    title: String,
    depth: usize,
    text: String,
}

impl GuidelinesPanel {
    /// Gives the search box the keyboard.
    pub fn focus(&mut self) {
        self.wants_search = true;
    }

    /// Shows the panel in what room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(session) = panel.session else {
            nothing(ui, panel, "panel-no-project", None);
            return;
        };
        let own = session.guidelines.iter().find(|(code, _)| code == panel.words.code());
        let Some((_, text)) = own.or_else(|| session.guidelines.first()) else {
            nothing(ui, panel, "guidelines-none", Some("guidelines-none-hint"));
            return;
        };
        if *text != self.read {
            self.read.clone_from(text);
            self.sections = sections(text);
        }
        let wanted = self.search.trim().to_lowercase();
        let matches = |s: &Section| wanted.is_empty() || s.text.to_lowercase().contains(&wanted);
        let shown: Vec<usize> = (0..self.sections.len()).filter(|n| matches(&self.sections[*n])).collect();
        let wide = ui.available_width() >= WITH_CONTENTS;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(if wide { 200.0 } else { 130.0 });
                self.contents(ui, panel, &shown);
            });
            ui.separator();
            ui.vertical(|ui| {
                if shown.is_empty() {
                    nothing(ui, panel, "guidelines-nothing-found", None);
                    return;
                }
                let go_to = self.go_to.take();
                ScrollArea::vertical().id_salt("guidelines").auto_shrink(false).show(ui, |ui| {
                    ui.set_max_width((ui.available_width() - 14.0).clamp(120.0, 680.0));
                    for n in shown {
                        let section = &self.sections[n];
                        let top = ui.push_id(("section", n), |ui| {
                            CommonMarkViewer::new().show(ui, &mut self.cache, &section.text);
                        });
                        if go_to == Some(n) {
                            ui.scroll_to_rect(top.response.rect, Some(egui::Align::TOP));
                        }
                    }
                    ui.add_space(24.0);
                });
            });
        });
    }

    fn contents(&mut self, ui: &mut Ui, panel: &Panel<'_>, shown: &[usize]) {
        let hint = panel.say("guidelines-search");
        let edit = TextEdit::singleline(&mut self.search).hint_text(&hint).desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name(&hint);
        if std::mem::take(&mut self.wants_search) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
            self.go_to = shown.first().copied();
        }
        ScrollArea::vertical().id_salt("contents").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for n in shown {
                let section = &self.sections[*n];
                if section.title.is_empty() {
                    continue;
                }
                ui.horizontal(|ui| {
                    ui.add_space(10.0 * section.depth.saturating_sub(1).min(3) as f32);
                    let ink = if section.depth <= 1 { panel.tokens.text } else { panel.tokens.text_soft };
                    let text = RichText::new(&section.title).color(ink);
                    let button = egui::Button::new(text).frame_when_inactive(false).truncate();
                    if ui.add(button).on_hover_text(&section.title).clicked() {
                        self.go_to = Some(*n);
                    }
                });
            }
        });
    }
}

/// Cuts Markdown at its headings (`#` to `######`), not at `#` in code.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let depth = bare.bytes().take_while(|b| *b == b'#').count();
        let rest = &bare[depth..];
        let heads = fence.is_none() && (1..=6).contains(&depth) && rest.starts_with([' ', '\t']);
        if heads {
            let title = rest.trim().trim_end_matches('#').trim().replace(['*', '`', '_'], "");
            sections.push(Section { title, depth, text: line.to_owned() });
        } else if let Some(last) = sections.last_mut() {
            last.text.push_str(line);
        } else if !line.trim().is_empty() {
            sections.push(Section { title: String::new(), depth: 0, text: line.to_owned() });
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use crate::window::words::Language;
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial) -> egui_kittest::Harness<'a, World<GuidelinesPanel>> {
        let mut h = harness([760.0, 300.0], trial, GuidelinesPanel::default(), GuidelinesPanel::show);
        h.run();
        h
    }

    #[test]
    fn headings_cut_the_text_and_code_does_not() {
        let cut = sections("Before.\n# One `x`\ntext\n```\n# not a heading\n```\n## Two ##\n#hash\n");
        let titles: Vec<(&str, usize)> = cut.iter().map(|s| (s.title.as_str(), s.depth)).collect();
        assert_eq!(titles, [("", 0), ("One x", 1), ("Two", 2)]);
        assert!(cut[1].text.contains("# not a heading") && cut[2].text.contains("#hash"));
    }

    #[test]
    fn they_speak_the_interfaces_language_or_the_first_there_is() {
        let h = shown(Trial::new());
        assert!(h.query_by_label_contains("Сначала прочтите").is_some());
        let mut trial = Trial::new();
        trial.language(Language::Ukrainian);
        assert!(shown(trial).query_by_label_contains("Read first").is_some());
    }

    #[test]
    fn search_leaves_the_sections_that_hold_the_words() {
        let mut h = shown(Trial::new());
        let edit = h.get_by_label("Поиск в инструкции");
        edit.focus();
        edit.type_text("сделано");
        h.run();
        assert!(h.query_by_label_contains("Сначала прочтите").is_none());
        assert!(h.query_by_label_contains("Что должно быть").is_some());
    }

    #[test]
    fn no_guidelines_tells_how_to_add_some() {
        let mut trial = Trial::new();
        trial.session.as_mut().unwrap().guidelines.clear();
        assert!(shown(trial).query_by_label_contains("postil.ron").is_some());
    }
}
