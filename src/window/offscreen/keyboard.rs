//! What a desktop sends when keys go down, on a Latin and on a Cyrillic layout.

use egui::{Event, Key, Modifiers};

/// Keys that write something other than their own name, unshifted and shifted, on a QWERTY keyboard.
const SIGNS: [(Key, &str, &str); 21] = [
    (Key::Space, " ", " "),
    (Key::Num1, "1", "!"),
    (Key::Num2, "2", "@"),
    (Key::Num3, "3", "#"),
    (Key::Num4, "4", "$"),
    (Key::Num5, "5", "%"),
    (Key::Num6, "6", "^"),
    (Key::Num7, "7", "&"),
    (Key::Num8, "8", "*"),
    (Key::Num9, "9", "("),
    (Key::Num0, "0", ")"),
    (Key::Minus, "-", "_"),
    (Key::Equals, "=", "+"),
    (Key::OpenBracket, "[", "{"),
    (Key::CloseBracket, "]", "}"),
    (Key::Backslash, "\\", "|"),
    (Key::Semicolon, ";", ":"),
    (Key::Quote, "'", "\""),
    (Key::Comma, ",", "<"),
    (Key::Period, ".", ">"),
    (Key::Slash, "/", "?"),
];

/// One press of one key: where it lies, what the layout makes of it, and what it writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    /// The key at this place of a QWERTY keyboard.
    pub physical: Option<Key>,
    /// The key the layout names; none where it names a character egui has no key for.
    pub logical: Option<Key>,
    /// What is written, empty for keys such as arrows.
    pub text: String,
    /// What is held down meanwhile.
    pub modifiers: Modifiers,
}

impl Stroke {
    /// A key on a QWERTY keyboard. A key that needs Shift there, such as `{`, is pressed with Shift.
    pub(super) fn qwerty(key: Key, modifiers: Modifiers) -> Self {
        let mut modifiers = complete(modifiers);
        let name = key.name();
        if name.len() == 1 && name.chars().all(|c| c.is_ascii_alphabetic()) {
            let written = if modifiers.shift { name.to_owned() } else { name.to_lowercase() };
            return Self { physical: Some(key), logical: Some(key), text: written, modifiers };
        }
        for (physical, plain, shifted) in SIGNS {
            let needs_shift = physical != key && Key::from_name(shifted) == Some(key);
            if physical == key || needs_shift {
                modifiers.shift |= needs_shift;
                let text = if modifiers.shift { shifted } else { plain };
                return Self {
                    physical: Some(physical),
                    logical: Key::from_name(text),
                    text: text.to_owned(),
                    modifiers,
                };
            }
        }
        Self { physical: Some(key), logical: Some(key), text: String::new(), modifiers }
    }

    /// The press that writes one character: on QWERTY where it can, else without a key, as an input method would.
    pub(super) fn writing(character: char) -> Self {
        let text = character.to_string();
        let shift = if character.is_ascii_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
        let sign = SIGNS.iter().find(|(_, a, b)| *a == text || *b == text);
        let key = match sign {
            Some((key, plain, _)) if *plain == text => Some((*key, Modifiers::NONE)),
            Some((key, ..)) => Some((*key, Modifiers::SHIFT)),
            None if character.is_ascii_alphabetic() => {
                Key::from_name(&text.to_uppercase()).map(|k| (k, shift))
            }
            None => None,
        };
        match key {
            Some((key, modifiers)) => Self::qwerty(key, modifiers),
            None => Self { physical: None, logical: None, text, modifiers: Modifiers::NONE },
        }
    }

    /// The events of going down. Like a real desktop, Ctrl+X, C and V arrive as cut, copy and paste of `clipboard`.
    pub(super) fn down(&self, clipboard: &str) -> Vec<Event> {
        let mut events = vec![Event::ModifiersChanged(self.modifiers)];
        if self.modifiers.command_only() {
            let clipping = match self.active() {
                Some(Key::X) => Some(Event::Cut),
                Some(Key::C) => Some(Event::Copy),
                Some(Key::V) => Some(Event::Paste(clipboard.to_owned())),
                _ => None,
            };
            if let Some(event) = clipping {
                events.push(event);
                return events;
            }
        }
        events.extend(self.event(true));
        let writes = !self.text.is_empty() && !self.modifiers.ctrl && !self.modifiers.command;
        if writes {
            events.push(Event::Text(self.text.clone()));
        }
        events
    }

    /// The events of coming up.
    pub(super) fn up(&self) -> Vec<Event> {
        let mut events: Vec<_> = self.event(false).into_iter().collect();
        events.push(Event::ModifiersChanged(Modifiers::NONE));
        events
    }

    /// The key shortcuts are matched by: what the layout names, else the place.
    fn active(&self) -> Option<Key> {
        self.logical.or(self.physical)
    }

    fn event(&self, pressed: bool) -> Option<Event> {
        Some(Event::Key {
            key: self.active()?,
            physical_key: self.physical,
            pressed,
            repeat: false,
            modifiers: self.modifiers,
        })
    }
}

/// Ctrl and "command" are one key here, as on every desktop but Apple's.
pub(super) fn complete(mut modifiers: Modifiers) -> Modifiers {
    let ctrl = modifiers.ctrl || modifiers.command;
    (modifiers.ctrl, modifiers.command) = (ctrl, ctrl);
    modifiers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_changes_what_a_key_is_called_and_writes() {
        let stroke = Stroke::qwerty(Key::OpenBracket, Modifiers::SHIFT);
        assert_eq!(
            (stroke.logical, stroke.physical, stroke.text.as_str()),
            (Some(Key::OpenCurlyBracket), Some(Key::OpenBracket), "{")
        );
        assert_eq!(stroke, Stroke::qwerty(Key::OpenCurlyBracket, Modifiers::NONE));
        assert_eq!(Stroke::qwerty(Key::E, Modifiers::NONE).text, "e");
        assert_eq!(Stroke::qwerty(Key::ArrowLeft, Modifiers::SHIFT).text, "");
    }

    #[test]
    fn every_sign_is_written_by_its_key() {
        for (key, plain, shifted) in SIGNS {
            for (text, modifiers) in [(plain, Modifiers::NONE), (shifted, Modifiers::SHIFT)] {
                let stroke = Stroke::writing(text.chars().next().unwrap());
                assert_eq!((stroke.physical, stroke.text.as_str()), (Some(key), text));
                if plain != shifted {
                    assert_eq!(stroke.modifiers, modifiers);
                }
            }
        }
        assert_eq!(Stroke::writing('Q').text, "Q");
        assert_eq!(Stroke::writing('ї').physical, None);
    }

    #[test]
    fn a_held_ctrl_writes_nothing_and_the_clipboard_keys_are_events_of_their_own() {
        let undo = Stroke::qwerty(Key::Z, Modifiers::CTRL).down("");
        assert!(undo.iter().all(|e| !matches!(e, Event::Text(_))));
        let paste = Stroke::qwerty(Key::V, Modifiers::COMMAND).down("мир");
        assert_eq!(paste.last(), Some(&Event::Paste("мир".to_owned())));
        let copy = Stroke {
            physical: Some(Key::C),
            logical: None,
            text: "с".to_owned(),
            modifiers: complete(Modifiers::CTRL),
        };
        assert_eq!(copy.down("").last(), Some(&Event::Copy));
    }
}
