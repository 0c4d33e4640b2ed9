//! The keys of the review and the overview.

use egui::{Key, Modifiers, Ui};

use super::carry_out::{is_about_selection, moves_borders};
use crate::window::App;
use crate::window::article_view::CaretAct;
use crate::window::keys::pressed;
use crate::window::panel::Page;

/// A line that a key asked for has the keyboard in the next frame but one: the request is carried out after the frame, the line is
/// shown in the next.
pub(super) const FRAMES_TO_FOCUS: u8 = 2;

impl App {
    /// Turns key presses into commands while the review or the overview is shown.
    pub(in crate::window) fn take_page_keys(&mut self, ui: &Ui) {
        let typing = self.review.is_about_to_write() || ui.ctx().text_edit_focused();
        let menu_open = self.menu_open || egui::Popup::is_any_open(ui.ctx());
        let in_review = self.page == Page::Review && !typing && !menu_open && !self.review.is_editing();
        let at_text = self.review.has_focus(ui);
        if in_review {
            for piece in shifted_digits(ui) {
                self.review_digit(piece, true);
            }
        }
        for (key, modifiers) in pressed(ui) {
            // Buttons and lists keep the keys they live by.
            let for_widgets = !at_text && is_widget_key(key);
            let taken = if in_review && key == Key::Escape && at_text && self.review.lanes.deselect() {
                true
            } else if in_review && key == Key::Escape && !at_text {
                self.review.take_focus();
                true
            } else if in_review && !for_widgets {
                self.review_key(key, modifiers)
            } else if key == Key::Escape && self.review.is_editing() && !typing && !menu_open {
                self.end_edit();
                true
            } else {
                self.everywhere_key(key, modifiers, typing)
            };
            if taken {
                ui.input_mut(|i| {
                    i.consume_key(modifiers, key);
                });
            }
        }
    }

    fn review_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        if modifiers.is_none()
            && let Some(digit) = digit(key)
        {
            self.review_digit(digit, false);
            return true;
        }
        // The borders of the gold span move by the keys that move them in the article; so does the caret, where the review means nothing
        // else by a key.
        let of_article = self.state.keys.command(key, modifiers);
        let Some(command) =
            self.state.keys.review_command(key, modifiers).or_else(|| {
                of_article.map(|(c, _)| c).filter(|c| moves_borders(*c) || is_about_selection(*c))
            })
        else {
            let Some((command, extend)) = of_article else { return false };
            let Some((unit, forward)) = command.motion() else { return false };
            self.review.lanes.act(CaretAct::Move { unit, forward, extend });
            return true;
        };
        self.ask(crate::window::panel::Request::Command(command));
        true
    }

    fn review_digit(&mut self, digit: usize, piece: bool) {
        let Some(session) = &self.state.session else { return };
        if let Some((about, verdict)) = self.review.digit(digit, piece, session) {
            self.decide(about, &verdict, true);
        }
    }
}

/// The digit of a key of the upper row, 1 to 9.
fn digit(key: Key) -> Option<usize> {
    let keys =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    keys.iter().position(|k| *k == key).map(|n| n + 1)
}

/// The digits that were pressed together with Shift. By their places on the keyboard: with Shift they write other signs, which differ
/// between layouts.
fn shifted_digits(ui: &Ui) -> Vec<usize> {
    ui.input(|input| {
        let press = |event: &egui::Event| match event {
            egui::Event::Key { key, physical_key, pressed: true, modifiers, .. }
                if modifiers.shift_only() =>
            {
                digit(physical_key.unwrap_or(*key))
            }
            _ => None,
        };
        input.events.iter().filter_map(press).collect()
    })
}

/// Keys by which buttons, lists and the way between them live.
fn is_widget_key(key: Key) -> bool {
    matches!(
        key,
        Key::Enter
            | Key::Space
            | Key::Tab
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::PageUp
            | Key::PageDown
            | Key::Home
            | Key::End
    )
}
