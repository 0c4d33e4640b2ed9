//! Caret and selection from the keyboard.

use super::desk::{desk, press_cyrillic};

/// Each triple: an article with its caret, keys, the article after.
fn check(triples: &[(&str, &str, &str)]) {
    for (before, keys, after) in triples {
        let mut desk = desk(before);
        desk.press(keys);
        assert_eq!(desk.tagged(), *after, "{before:?} after {keys}");
    }
}

#[test]
fn arrows_go_by_character_and_never_into_the_middle_of_one() {
    check(&[
        ("До|м", "Right", "Дом|"),
        ("До|м", "Left", "Д|ом"),
        ("за|\u{301}мок", "Right", "за\u{301}|мок"),
        ("👩\u{200d}🚒|да", "Left", "|👩\u{200d}🚒да"),
        ("|Дом", "Shift+Right Shift+Right", "‹До|м"),
        ("Дом|", "Shift+Left", "До|м›"),
        ("‹До|м", "Left", "|Дом"),
        ("‹До|м", "Right", "До|м"),
        ("‹Дом|", "Shift+Left", "‹До|м"),
        ("|Дом", "Left", "|Дом"),
    ]);
}

#[test]
fn ctrl_goes_by_word_alt_by_sentence() {
    let text = "|Мир нужен всем. Но когда? Сейчас.";
    check(&[
        (text, "Ctrl+Right", "Мир |нужен всем. Но когда? Сейчас."),
        (text, "Ctrl+Right Ctrl+Right Ctrl+Left", "Мир |нужен всем. Но когда? Сейчас."),
        (text, "Ctrl+Shift+Right Ctrl+Shift+Right", "‹Мир нужен| всем. Но когда? Сейчас."),
        (text, "Alt+Right", "Мир нужен всем. |Но когда? Сейчас."),
        (text, "Alt+Right Alt+Right Alt+Left", "Мир нужен всем. |Но когда? Сейчас."),
        (text, "Alt+Shift+Right", "‹Мир нужен всем. |Но когда? Сейчас."),
        ("Мир. Но ког|да?", "Alt+Shift+Left", "Мир. |Но ког›да?"),
    ]);
}

#[test]
fn ctrl_with_up_and_down_goes_by_paragraph_and_with_home_and_end_to_the_ends() {
    check(&[
        ("А|б.\n\nВг.\n\nДе.", "Ctrl+Down", "Аб.\n\n|Вг.\n\nДе."),
        ("Аб.\n\nВг.\n\nД|е.", "Ctrl+Up Ctrl+Up", "Аб.\n\n|Вг.\n\nДе."),
        ("А|б.\n\nВг.", "Ctrl+Shift+Down", "А‹б.\n\n|Вг."),
        ("Аб.\n\nВ|г.", "Ctrl+Home", "|Аб.\n\nВг."),
        ("Аб.\n\nВ|г.", "Ctrl+Shift+Home", "|Аб.\n\nВ›г."),
        ("А|б.\n\nВг.", "Ctrl+End", "Аб.\n\nВг.|"),
        ("А|б.\n\nВг.", "Ctrl+Shift+End", "А‹б.\n\nВг.|"),
        ("А|б.\n\nВг.", "Ctrl+A", "‹Аб.\n\nВг.|"),
    ]);
}

#[test]
fn rows_keep_their_column_and_have_two_edges() {
    check(&[
        // The same words in each row, so that the place is the same too.
        ("Мир и х|леб\n\nМир и хлеб", "Down", "Мир и хлеб\n\nМир и х|леб"),
        ("Мир и хлеб\n\nМир и х|леб", "Up", "Мир и х|леб\n\nМир и хлеб"),
        ("Мир и х|леб\nда\nМир и хлеб", "Down Down", "Мир и хлеб\nда\nМир и х|леб"),
        ("Мир и х|леб\n\nМир и хлеб", "Shift+Down", "Мир и х‹леб\n\nМир и х|леб"),
        ("Мир и х|леб\nда", "End", "Мир и хлеб|\nда"),
        ("Мир и х|леб\nда", "Home", "|Мир и хлеб\nда"),
        ("Мир и х|леб\nда", "Shift+Home", "|Мир и х›леб\nда"),
    ]);
}

#[test]
fn a_long_paragraph_has_rows_of_its_own() {
    let long = format!("|{}", "Слово за слово. ".repeat(40));
    let mut desk = desk(&long);
    desk.press("Down End");
    let (at, text) = (desk.stage.app().view().selection().head, desk.open().desk.article.text.clone());
    assert!(at > 0 && at < text.len_bytes());
    desk.press("Home Up");
    assert_eq!(desk.tagged(), long);
}

#[test]
fn pages_move_the_caret_about_a_screen_and_bring_it_into_view() {
    let text: String = (0..200).map(|n| format!("Строка {n}.\n")).collect();
    let mut desk = desk(&format!("|{text}"));
    desk.press("PageDown");
    let first = desk.stage.app().view().selection().head;
    assert!(first > text.find("Строка 5.").unwrap(), "a page is several rows");
    desk.press("PageDown PageDown");
    let far = desk.stage.app().view().selection().head;
    assert!(desk.stage.app().view().caret_rect(far).is_some(), "the caret is in view");
    desk.press("PageUp PageUp PageUp");
    assert_eq!(desk.stage.app().view().selection().head, 0);
    desk.press("Shift+PageDown");
    assert_eq!(desk.stage.app().view().selection().range(), 0..first);
}

#[test]
fn s_widens_and_shift_s_narrows() {
    let text = "Мир. Но когда, ск|ажите? Да.\n\nКонец.";
    check(&[
        (text, "S", "Мир. Но когда, ‹скажите|? Да.\n\nКонец."),
        (text, "S S", "Мир. ‹Но когда, скажите?| Да.\n\nКонец."),
        (text, "S S S", "‹Мир. Но когда, скажите? Да.|\n\nКонец."),
        (text, "S S S S", "‹Мир. Но когда, скажите? Да.\n\nКонец.|"),
        (text, "S S S Shift+S", "Мир. ‹Но когда, скажите?| Да.\n\nКонец."),
        (text, "S S Shift+S Shift+S", text),
        (text, "Shift+S", text),
    ]);
    let mut desk = desk(text);
    press_cyrillic(&mut desk.stage, "S S Shift+S");
    assert_eq!(desk.tagged(), "Мир. Но когда, ‹скажите|? Да.\n\nКонец.");
}

#[test]
fn tags_take_whole_words_unless_snapping_is_off() {
    check(&[
        ("Кто т‹ребует ми|ра?", "P", "Кто [*position s1: требует ми|ра]?"),
        ("Кто т‹ребует ми|ра?", "Z P", "Кто т[*position s1: ребует ми|]ра?"),
        ("Кто т‹ребует ми|ра?", "Z Z P", "Кто [*position s1: требует ми|ра]?"),
        // White space at the edges is never meant.
        ("Кто‹ требует |мира?", "Z P", "Кто [*position s1: требует] |мира?"),
    ]);
    let mut desk = desk("Кто т‹ребу|ет?");
    desk.press("Z");
    assert!(!desk.stage.app().preferences().snap);
    assert!(desk.shows("Any characters"), "the status bar says so");
}

#[test]
fn arrows_go_where_they_point_in_text_from_right_to_left() {
    check(&[
        ("|שלום עולם", "Left", "ש|לום עולם"),
        ("ש|לום עולם", "Right", "|שלום עולם"),
        ("|שלום עולם", "Shift+Left Shift+Left", "‹של|ום עולם"),
        ("|שלום עולם", "Ctrl+Left", "שלום |עולם"),
        ("שלום |עולם", "Ctrl+Right", "|שלום עולם"),
        ("‹של|ום", "Left", "של|ום"),
        ("‹של|ום", "Right", "|שלום"),
        ("שלו|ם\nעולם", "Left Left", "שלום\n|עולם"),
        ("שלום\n|עולם", "Right", "שלום|\nעולם"),
        ("ש|לום", "End", "שלום|"),
        ("שלו|ם", "Home", "|שלום"),
    ]);
}

#[test]
fn arrows_go_through_both_directions_without_leaving_a_place_out() {
    // On the page: a b _ ם ו ל ש _ 1 2: the Hebrew word is walked from its end to its beginning.
    check(&[("ab |שלום 12", "Left", "ab ש|לום 12"), ("|ab שלום", "Right Right Right Right", "ab שלו|ם")]);
    for text in ["ab שלום 12 cd", "שלום ab 12 עולם", "قال 250 (من 300) abc"] {
        for (start, key) in [("Home", "Right"), ("Home", "Left")] {
            let mut desk = desk(&format!("|{text}"));
            desk.press(start);
            let mut seen = vec![0];
            for _ in 0..text.chars().count() {
                desk.press(key);
                seen.push(desk.stage.app().view().selection().head);
            }
            seen.sort_unstable();
            seen.dedup();
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            // The key that points away from the text stays where it is.
            assert!(seen == all || seen == [0], "{text:?} {key}: {seen:?}");
        }
    }
}

#[test]
fn a_click_in_text_from_right_to_left_puts_the_caret_beside_the_letter() {
    let mut desk = desk("|שלום עולם\n\nabc");
    let page = desk.stage.app().view().page().unwrap();
    let first = desk.edge("שלום", true);
    assert!((first.x - page.right()).abs() < 4.0, "the paragraph begins on the right");
    let after = desk.edge("של", false);
    assert!(after.x < first.x, "and goes on to the left");
    desk.stage.click(after, egui::PointerButton::Primary, 1);
    assert_eq!(desk.tagged(), "של|ום עולם\n\nabc");
    let (from, to) = (desk.edge("שלום", true), desk.edge("שלום", false));
    desk.stage.drag(from, to, 6, egui::Modifiers::NONE);
    assert_eq!(desk.tagged(), "‹שלום| עולם\n\nabc");
    desk.press("P");
    assert_eq!(desk.tagged(), "[*position s1: שלום|] עולם\n\nabc");
}

#[test]
fn the_edges_of_a_span_from_right_to_left_can_be_dragged() {
    let mut desk = desk("[*position s1: שלום|] עולם טוב");
    let (from, to) = (desk.edge("שלום", false), desk.edge("עולם", false));
    assert!(to.x < from.x);
    desk.stage.drag(from, to, 6, egui::Modifiers::NONE);
    assert_eq!(desk.tagged(), "[*position s1: שלום| עולם] טוב");
}
