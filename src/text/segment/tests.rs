use proptest::prelude::*;

use super::*;
use crate::text::trial::naughty_text;

fn words_in(text: &str) -> Vec<&str> {
    words(text).map(|range| &text[range]).collect()
}

/// The text with its selection drawn in brackets, taken apart.
fn drawn(picture: &str) -> (String, ByteRange) {
    let start = picture.find('[').unwrap();
    let end = picture.find(']').unwrap() - 1;
    (picture.replace(['[', ']'], ""), start..end)
}

fn snapped(picture: &str) -> String {
    let (text, range) = drawn(picture);
    let range = snap_to_words(&text, range);
    format!("{}[{}]{}", &text[..range.start], &text[range.clone()], &text[range.end..])
}

#[test]
fn compounds_and_apostrophes_are_one_word() {
    assert_eq!(
        words_in("«Пресс-секретарь» из-за м'яти, О’Нил — США."),
        ["Пресс-секретарь", "из-за", "м'яти", "О’Нил", "США"]
    );
    assert_eq!(words_in("зам-в-и, Су-30МК, F-16, 100-летний"), ["зам-в-и", "Су-30МК", "F-16", "100-летний"]);
    assert_eq!(
        words_in("в 2014-2015, -5, кто-то- и -либо"),
        ["в", "2014", "2015", "5", "кто-то", "и", "либо"]
    );
    assert_eq!(
        words_in("п’ять мʼята нетри\u{301}виальный соф\u{AD}ты"),
        ["п’ять", "мʼята", "нетри\u{301}виальный", "соф\u{AD}ты"]
    );
}

#[test]
fn a_forgotten_space_does_not_glue_two_cyrillic_words() {
    assert_eq!(words_in("в Украине.Накануне он"), ["в", "Украине", "Накануне", "он"]);
    assert_eq!(words_in("example.org и lenta.ru, т.д."), ["example.org", "и", "lenta.ru", "т.д"]);
}

#[test]
fn the_word_at_a_caret() {
    let text = "Он — пресс-секретарь, да";
    let at = |needle: &str, plus: usize| word_at(text, text.find(needle).unwrap() + plus).map(|r| &text[r]);
    assert_eq!(at("Он", 0), Some("Он"));
    assert_eq!(at("Он", 4), Some("Он"), "the end edge counts");
    assert_eq!(at("—", 0), None);
    assert_eq!(at("-сек", 0), Some("пресс-секретарь"));
    assert_eq!(at(", да", 0), Some("пресс-секретарь"));
    assert_eq!(at(", да", 1), None);
    assert_eq!(word_at(text, text.len()).map(|r| &text[r]), Some("да"));
    assert_eq!(word_at(text, 9999).map(|r| &text[r]), Some("да"), "past the end is the end");
    assert_eq!(word_at("漢字", 3), Some(3..6), "of two words that touch, the one that begins here");
}

#[test]
fn the_caret_walks_to_word_starts() {
    let text = "Да — из-за  «него».\nИ";
    let mut stops = vec![0];
    while *stops.last().unwrap() < text.len() {
        stops.push(next_word(text, *stops.last().unwrap()));
    }
    let shown: Vec<&str> = stops.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
    assert_eq!(shown, ["Да — ", "из-за  «", "него».\n", "И"]);
    let mut back = vec![text.len()];
    while *back.last().unwrap() > 0 {
        back.push(prev_word(text, *back.last().unwrap()));
    }
    back.reverse();
    assert_eq!(back, stops);
}

#[test]
fn selections_grow_to_words_and_lose_white_space() {
    assert_eq!(snapped("он пере[дал Дон]басс им"), "он [передал Донбасс] им");
    assert_eq!(snapped("он[ передал ]им"), "он [передал] им");
    assert_eq!(snapped("он[\u{A0}сам\u{FEFF} \u{200B}]им"), "он\u{A0}[сам]\u{FEFF} \u{200B}им");
    assert_eq!(snapped("пресс-се[к]ретарь"), "[пресс-секретарь]");
    assert_eq!(snapped("он [— ]да"), "он [—] да", "no word: trimmed only");
    assert_eq!(snapped("он[  ]да"), "он[  ]да", "never empties");
    assert_eq!(snapped("сло[]во"), "[слово]");
    assert_eq!(snapped("слово []"), "слово []");
    assert_eq!(snapped("сказал[, что]"), "сказал[, что]", "signs that were selected stay");
}

#[test]
fn a_space_under_a_combining_mark_is_not_blank() {
    assert_eq!(trim_white_space(" \u{301}a ", 0..5), 0..4);
    assert_eq!(trim_white_space(" \t\n", 0..3), 0..0);
}

#[test]
fn grapheme_numbers_become_code_points() {
    let index = GraphemeIndex::new("a👍🏽е\u{308}!");
    assert_eq!(index.count(), 4);
    assert_eq!(
        (0..=5).map(|g| index.code_point_of(g).map(CodePoint::get)).collect::<Vec<_>>(),
        [Some(0), Some(1), Some(3), Some(5), Some(6), None]
    );
    assert_eq!(index.grapheme_of(3), Some(2));
    assert_eq!(index.grapheme_of(2), None, "inside a grapheme");
}

#[test]
fn one_huge_grapheme_is_walked_in_strides() {
    let text = "\u{301}".repeat(50_000);
    let (mut at, mut steps) = (0, 0);
    while at < text.len() {
        let next = next_word(&text, at);
        assert!(next > at && next_grapheme(&text, at) > at && prev_grapheme(&text, next) < next);
        (at, steps) = (next, steps + 1);
    }
    assert!(steps <= text.len() / 1000, "{steps} steps");
    assert!(prev_word(&text, at) < at);
    snap_to_words(&text, 60_001..60_005);
}

#[test]
fn one_huge_word_is_walked_in_strides() {
    let text = "ж".repeat(50_000);
    assert!(word_at(&text, 50_000).is_some_and(|word| word.contains(&50_000) && word.len() <= 2 * REACH + 8));
    let (mut at, mut steps) = (0, 0);
    while at < text.len() {
        let next = next_word(&text, at);
        assert!(next > at);
        (at, steps) = (next, steps + 1);
    }
    assert!(steps <= text.len() / 1000);
    while at > 0 {
        let previous = prev_word(&text, at);
        assert!(previous < at);
        at = previous;
    }
}

proptest! {
    #[test]
    fn stepping_visits_every_grapheme_boundary(text in naughty_text()) {
        let mut naive: Vec<usize> =
            text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        naive.dedup();
        let mut forward = vec![0];
        while *forward.last().unwrap() < text.len() {
            forward.push(next_grapheme(&text, *forward.last().unwrap()));
        }
        prop_assert_eq!(&forward, &naive);
        let mut backward = vec![text.len()];
        while *backward.last().unwrap() > 0 {
            backward.push(prev_grapheme(&text, *backward.last().unwrap()));
        }
        backward.reverse();
        prop_assert_eq!(&backward, &forward);
        for byte in 0..=text.len() + 2 {
            let clamped = byte.min(text.len());
            let floor = forward.iter().copied().rfind(|&at| at <= clamped).unwrap();
            let ceil = forward.iter().copied().find(|&at| at >= clamped).unwrap();
            prop_assert_eq!(floor_grapheme(&text, byte), floor);
            prop_assert_eq!(ceil_grapheme(&text, byte), ceil);
            prop_assert_eq!(is_grapheme_boundary(&text, clamped), forward.contains(&clamped));
        }
    }

    #[test]
    fn snapping_cuts_nothing_and_is_idempotent(text in naughty_text(), a in 0usize..120, b in 0usize..120) {
        let given = a.min(b)..a.max(b);
        let snapped = snap_to_words(&text, given.clone());
        prop_assert!(snapped.start <= snapped.end && snapped.end <= text.len());
        prop_assert!(is_grapheme_boundary(&text, snapped.start) && is_grapheme_boundary(&text, snapped.end));
        for word in words(&text) {
            prop_assert!(!(word.start < snapped.start && snapped.start < word.end), "start cuts {:?}", word);
            prop_assert!(!(word.start < snapped.end && snapped.end < word.end), "end cuts {:?}", word);
        }
        prop_assert_eq!(snap_to_words(&text, snapped.clone()), snapped.clone());
        // No visible character that was selected is lost.
        let inside = floor_char(&text, given.start)..floor_char(&text, given.end);
        for (at, character) in text[inside.clone()].char_indices() {
            if !is_white(character) {
                prop_assert!(snapped.contains(&(inside.start + at)));
            }
        }
        if !inside.is_empty() {
            prop_assert!(!snapped.is_empty());
        }
    }

    #[test]
    fn the_word_at_a_byte_agrees_with_the_list_of_words(text in naughty_text()) {
        let list: Vec<ByteRange> = words(&text).collect();
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let naive = list
                .iter()
                .find(|word| word.contains(&byte))
                .or_else(|| list.iter().find(|word| word.end == byte));
            prop_assert_eq!(word_at(&text, byte), naive.cloned(), "at byte {}", byte);
            let next = list.iter().map(|word| word.start).find(|&start| start > byte).unwrap_or(text.len());
            prop_assert_eq!(next_word(&text, byte), next);
            let previous = list.iter().map(|word| word.start).rfind(|&start| start < byte).unwrap_or(0);
            prop_assert_eq!(prev_word(&text, byte), previous);
        }
    }

    #[test]
    fn trimming_loses_only_white_space(text in naughty_text(), a in 0usize..120, b in 0usize..120) {
        let given = floor_char(&text, a.min(b))..floor_char(&text, a.max(b));
        let trimmed = trim_white_space(&text, given.clone());
        prop_assert!(given.start <= trimmed.start && trimmed.end <= given.end);
        prop_assert!(text[given.start..trimmed.start].chars().all(is_white));
        prop_assert!(text[trimmed.end..given.end].chars().all(is_white));
        prop_assert_eq!(trim_white_space(&text, trimmed.clone()), trimmed);
    }
}
