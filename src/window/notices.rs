//! Notices at the lower edge: what the program has to tell, until read or a while has passed.

use egui::{Align2, Ui, vec2};

use super::look;
use super::panel::Panel;
use super::words::{Said, Words};
use crate::session::{Notice, NoticeKind};

/// How long good news stays, in seconds. Warnings and errors stay until they are closed.
const STAY: f64 = 6.0;

struct Shown {
    notice: Notice,
    since: Option<f64>,
}

/// The notices that are shown.
#[derive(Default)]
pub struct Notices {
    shown: Vec<Shown>,
}

/// A notice in the user's language.
pub fn text(words: &Words, notice: &Notice) -> String {
    let values: Vec<(&str, Said<'_>)> = notice
        .values
        .iter()
        .map(|(name, value)| match value.parse::<usize>() {
            Ok(count) => (*name, Said::Count(count)),
            Err(_) => (*name, Said::Text(value)),
        })
        .collect();
    words.with(notice.key, &values)
}

/// How many are shown at once.
const MOST: usize = 6;

impl Notices {
    /// Adds notices. One that is shown already is not shown twice.
    pub fn add(&mut self, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            tracing::info!(notice = notice.key, values = ?notice.values, "told");
            // Why the last key did nothing is of no use any more when the next one did not either.
            let hint = notice.kind == NoticeKind::Hint;
            self.shown.retain(|s| s.notice != notice && !(hint && s.notice.kind == NoticeKind::Hint));
            self.shown.push(Shown { notice, since: None });
        }
        while self.shown.len() > MOST {
            // What passes by itself goes before what somebody must see.
            let goes = self.shown.iter().position(|s| s.notice.kind.passes()).unwrap_or(0);
            self.shown.remove(goes);
        }
    }

    /// Takes good news away, when something else begins.
    pub fn clear_news(&mut self) {
        self.shown.retain(|s| !s.notice.kind.passes());
    }

    /// What is shown, in words; for tests and for the tour.
    pub fn texts(&self, words: &Words) -> Vec<String> {
        self.shown.iter().map(|s| text(words, &s.notice)).collect()
    }

    /// Shows them.
    pub fn show(&mut self, ui: &Ui, panel: &Panel<'_>) {
        if self.shown.is_empty() {
            return;
        }
        let now = ui.input(|i| i.time);
        for shown in &mut self.shown {
            shown.since.get_or_insert(now);
        }
        self.shown.retain(|s| !s.notice.kind.passes() || s.since.is_none_or(|since| now - since < STAY));
        let next = self.shown.iter().filter(|s| s.notice.kind.passes()).filter_map(|s| s.since).next();
        if let Some(since) = next {
            ui.request_repaint_after_secs((STAY - (now - since)).max(0.1) as f32);
        }
        let mut closed = None;
        egui::Area::new(egui::Id::unique("notices"))
            .order(egui::Order::Foreground)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -38.0))
            .show(ui, |ui| {
                for (n, shown) in self.shown.iter().enumerate() {
                    let (ink, sign) = match shown.notice.kind {
                        NoticeKind::Info => (panel.tokens.good, "✓"),
                        NoticeKind::Hint => (panel.tokens.text_soft, "i"),
                        NoticeKind::Warning => (panel.tokens.warning, "⚠"),
                        NoticeKind::Error => (panel.tokens.error, "✖"),
                    };
                    egui::Frame::popup(ui.style())
                        .stroke(egui::Stroke::new(1.0, ink))
                        .inner_margin(egui::Margin::symmetric(12, 8))
                        .show(ui, |ui| {
                            ui.horizontal(|ui| {
                                ui.label(egui::RichText::new(sign).color(ink).family(look::bold()));
                                let label = egui::Label::new(text(panel.words, &shown.notice)).wrap();
                                ui.scope(|ui| {
                                    ui.set_max_width(560.0);
                                    ui.add(label);
                                });
                                let close = ui.small_button("×");
                                let name = panel.say("notice-close");
                                close.widget_info(|| {
                                    egui::WidgetInfo::labeled(egui::Role::Button, true, &name)
                                });
                                if close.clicked() {
                                    closed = Some(n);
                                }
                            });
                        });
                }
            });
        if let Some(n) = closed {
            self.shown.remove(n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::words::Language;

    #[test]
    fn one_hint_at_a_time_and_no_hint_drives_out_an_error() {
        let words = Words::new(Language::English);
        let mut notices = Notices::default();
        notices.add([Notice::error("notice-list-changed").with("file", "a.ron")]);
        notices.add([Notice::hint("notice-no-span"), Notice::hint("notice-no-more-steps")]);
        assert_eq!(notices.texts(&words).len(), 2, "the newer hint takes the place of the older");
        for n in 0..20 {
            notices.add([Notice::info("notice-added").with("n", n)]);
        }
        let shown = notices.texts(&words);
        assert_eq!(shown.len(), MOST);
        assert!(shown[0].contains("a.ron"), "{shown:?}");
    }
}
