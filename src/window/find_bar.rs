//! Finding text in the article.

use egui::{Key, Modifiers, Ui};
use std::ops::Range;

use super::panel::Panel;

/// The bar, and what it found.
#[derive(Default)]
pub struct FindBar {
    /// Whether it is shown.
    pub open: bool,
    query: String,
    hits: Vec<Range<usize>>,
    at: Option<usize>,
    for_what: Option<(String, u64)>,
    fresh: bool,
    version: u64,
}

/// More hits than anyone steps through are not looked for.
const MOST: usize = 10_000;

impl FindBar {
    /// Shows the bar and puts the caret into it.
    pub fn open(&mut self) {
        self.open = true;
        self.fresh = true;
    }

    /// The hits in bytes, in text order.
    pub fn hits(&self) -> &[Range<usize>] {
        if self.open { &self.hits } else { &[] }
    }

    /// Another number whenever [`Self::hits`] may be others.
    pub fn version(&self) -> u64 {
        self.version << 1 | u64::from(self.open)
    }

    /// The hit at hand.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// Goes to the next or previous hit from a place and gives it.
    pub fn step(&mut self, from: usize, forward: bool) -> Option<Range<usize>> {
        if self.hits.is_empty() {
            return None;
        }
        let n = match (self.at, forward) {
            (Some(at), true) => (at + 1) % self.hits.len(),
            (Some(at), false) => (at + self.hits.len() - 1) % self.hits.len(),
            (None, _) => self.hits.partition_point(|hit| hit.start < from) % self.hits.len(),
        };
        self.at = Some(n);
        Some(self.hits[n].clone())
    }

    /// Shows the bar; gives a hit to go to.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, from: usize) -> Option<Range<usize>> {
        if !self.open {
            return None;
        }
        let mut go = None;
        ui.horizontal(|ui| {
            if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
                self.open = false;
                panel.ask(super::panel::Request::Command(super::command::Command::GoToText));
            }
            let enter = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
            let back = ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, Key::Enter));
            let edit = egui::TextEdit::singleline(&mut self.query)
                .hint_text(panel.say("find-hint"))
                .desired_width(260.0);
            let response = ui.add(edit);
            let name = panel.say("find-box");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
            if std::mem::take(&mut self.fresh) {
                response.request_focus();
            }
            let changed = self.refresh(panel);
            if changed {
                go = self.step(from, true);
            } else if enter || back {
                go = self.step(from, enter);
                response.request_focus();
            }
            let count = match self.at {
                _ if self.query.is_empty() => String::new(),
                Some(at) => {
                    panel.with("find-count", &[("at", (at + 1).into()), ("n", self.hits.len().into())])
                }
                None => panel.say("find-none"),
            };
            ui.label(egui::RichText::new(count).color(panel.tokens.text_soft));
            if ui.button("▴").on_hover_text(panel.say("command-find-previous")).clicked() {
                go = self.step(from, false);
            }
            if ui.button("▾").on_hover_text(panel.say("command-find-next")).clicked() {
                go = self.step(from, true);
            }
            if ui.button(panel.say("find-close")).clicked() {
                self.open = false;
            }
        });
        go
    }

    fn refresh(&mut self, panel: &Panel<'_>) -> bool {
        let Some(open) = panel.open() else { return false };
        let text = &open.desk.article.text;
        let for_what = (self.query.clone(), text.as_str().as_ptr() as u64);
        if self.for_what.as_ref() == Some(&for_what) {
            return false;
        }
        self.for_what = Some(for_what);
        self.version += 1;
        self.at = None;
        self.hits.clear();
        if self.query.is_empty() {
            return true;
        }
        // ё and е are written for each other in Russian; whoever looks for one means both.
        let pattern: String = self
            .query
            .chars()
            .map(|c| match c {
                'е' | 'ё' | 'Е' | 'Ё' => "[её]".to_owned(),
                c => regex::escape(&c.to_string()),
            })
            .collect();
        if let Ok(pattern) = regex::RegexBuilder::new(&pattern).case_insensitive(true).build() {
            self.hits = pattern.find_iter(text.as_str()).take(MOST).map(|hit| hit.range()).collect();
        }
        true
    }
}
