//! What the keys of a list do, apart from pixels.

use egui::{Key, Modifiers, Ui};

/// What a key asked of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::window) enum ListKey {
    /// The row at hand is another now.
    Moved,
    /// Enter.
    Enter,
    /// Alt and Enter.
    AltEnter,
    /// Delete.
    Delete,
}

/// Moves `at` among `count` rows of which only those that `may` hold can be at hand, by the keys that wait in the input, which are
/// used up. `page` is how many rows are in view.
pub(in crate::window) fn keys(
    ui: &Ui,
    at: &mut usize,
    count: usize,
    page: usize,
    may: &dyn Fn(usize) -> bool,
) -> Option<ListKey> {
    let pressed = |key: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let before = *at;
    if pressed(Key::ArrowDown) {
        *at = next(*at, count, 1, may);
    } else if pressed(Key::ArrowUp) {
        *at = previous(*at, 1, may);
    } else if pressed(Key::PageDown) {
        *at = next(*at, count, page.max(1), may);
    } else if pressed(Key::PageUp) {
        *at = previous(*at, page.max(1), may);
    } else if pressed(Key::Home) {
        *at = (0..count).find(|n| may(*n)).unwrap_or(*at);
    } else if pressed(Key::End) {
        *at = (0..count).rev().find(|n| may(*n)).unwrap_or(*at);
    } else if ui.input_mut(|i| i.consume_key(Modifiers::ALT, Key::Enter)) {
        return Some(ListKey::AltEnter);
    } else if pressed(Key::Enter) {
        return Some(ListKey::Enter);
    } else if pressed(Key::Delete) {
        return Some(ListKey::Delete);
    }
    (*at != before).then_some(ListKey::Moved)
}

/// The row `steps` further on that may be at hand, or the last one.
pub(in crate::window) fn next(at: usize, count: usize, steps: usize, may: &dyn Fn(usize) -> bool) -> usize {
    let goal = at.saturating_add(steps).min(count.saturating_sub(1));
    (goal..count).find(|n| may(*n)).or_else(|| (at..goal).rev().find(|n| may(*n))).unwrap_or(at)
}

/// The row `steps` back that may be at hand, or the first one.
pub(in crate::window) fn previous(at: usize, steps: usize, may: &dyn Fn(usize) -> bool) -> usize {
    let goal = at.saturating_sub(steps);
    (0..=goal).rev().find(|n| may(*n)).or_else(|| (goal..=at).find(|n| may(*n))).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_passed_over() {
        // # a b # c
        let may = |n: usize| ![0, 3].contains(&n);
        assert_eq!(next(2, 5, 1, &may), 4);
        assert_eq!(next(4, 5, 1, &may), 4);
        assert_eq!(previous(4, 1, &may), 2);
        assert_eq!(previous(1, 1, &may), 1, "the heading above the first is not a row");
        assert_eq!(next(1, 5, 9, &may), 4);
        assert_eq!(previous(4, 9, &may), 1);
    }
}
