//! The text of the review: a selection of its own, comments on what is selected, and tags as underlines instead of lanes.

use egui::{Modifiers, PointerButton, Pos2, Role, vec2};
use postil::model::Topic;
use postil::session::Session;
use postil::store::Project;
use postil::text::TextRange;
use postil::window::offscreen::NodeInfo;
use postil::window::preferences::ThemeChoice;
use postil::window::words::{Language, Words};

use super::desk::prefer;
use super::pictures::compare;
use super::review::Sample;

const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

fn reviewing() -> Sample {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    sample
}

fn text(sample: &Sample) -> String {
    sample.stage.app().session().unwrap().open.as_ref().unwrap().desk.article.text.as_str().to_owned()
}

/// Words in view that nobody has tagged, nor anything around them, as bytes.
fn untagged(sample: &Sample) -> std::ops::Range<usize> {
    let (app, all) = (sample.stage.app(), text(sample));
    let open = app.session().unwrap().open.as_ref().unwrap();
    let (scene, mut from) = (app.review().scene(), 0);
    for word in all.split_inclusive(char::is_whitespace) {
        let bytes = from..from + word.trim_end().len();
        from += word.len();
        let (first, last) = (bytes.start.saturating_sub(40), (bytes.end + 40).min(all.len()));
        let around = [all.floor_char_boundary(first), all.ceil_char_boundary(last)];
        let at: TextRange = open.desk.article.text.text_range(around[0]..around[1]).unwrap();
        let free = scene.people.iter().all(|p| p.set.touching(at).is_empty());
        let free = free && scene.marks.iter().all(|m| !m.place.overlaps(at));
        let lanes = app.review().lanes();
        let rects = [lanes.caret_rect(bytes.start), lanes.caret_rect(bytes.end)];
        if let [Some(start), Some(end)] = rects
            && free
            && word.trim().chars().count() > 4
            && start.top() == end.top()
        {
            return bytes;
        }
    }
    panic!("everything in view is tagged");
}

fn at(sample: &Sample, byte: usize) -> Pos2 {
    sample.stage.app().review().lanes().caret_rect(byte).unwrap().center()
}

fn selected(sample: &Sample) -> String {
    text(sample)[sample.stage.app().review().lanes().selection().range()].to_owned()
}

fn threads(sample: &Sample) -> Vec<postil::review::Thread> {
    sample.stage.app().session().map(Session::talk).unwrap().threads().to_vec()
}

fn document(sample: &Sample) -> NodeInfo {
    let nodes = sample.stage.nodes();
    nodes.into_iter().find(|n| n.role == Role::Document && n.label == "Article with everyone’s tags").unwrap()
}

#[test]
fn words_that_nobody_tagged_are_selected_and_talked_about() {
    let mut sample = reviewing();
    let bytes = untagged(&sample);
    let word = text(&sample)[bytes.clone()].to_owned();
    let (from, to) = (at(&sample, bytes.start), at(&sample, bytes.end));
    let hand = sample.stage.app().review().at();
    sample.stage.drag(from, to, 6, Modifiers::NONE);
    assert_eq!(selected(&sample), word);
    assert_eq!(sample.stage.app().review().at(), hand, "a drag goes to no difference");
    sample.press("Ctrl+C");
    assert_eq!(sample.stage.clipboard(), word);
    // The key that writes every comment writes this one.
    sample.press("C");
    assert!(sample.stage.find(&format!("About the selected words: “{word}”")).is_some());
    sample.press("\"Почему это не отмечено?\" Enter");
    let said = threads(&sample);
    assert_eq!(said.len(), 1);
    let Topic::Place { quote, .. } = &said[0].topic else { panic!("{:?}", said[0].topic) };
    assert_eq!(*quote, word);
    let project = Project::open(&sample.root).unwrap();
    let (files, _) = postil::store::read_comments(&project, DAVOS);
    assert_eq!(files.len(), 1, "it is on disk, in a file of whoever said it");
    // It is seen in the margin, is in the tree, and the list of comments has it.
    let nodes = sample.stage.nodes();
    let balloon = "1 comment, by anna: About this place";
    assert!(
        nodes.iter().any(|n| n.role == Role::Button && n.label == balloon),
        "{}",
        sample.stage.tree_text()
    );
    // The thread stands on the card while its words are selected, and is resolved by the usual key.
    assert!(sample.stage.find("Почему это не отмечено?").is_some());
    sample.press("Ctrl+Alt+R");
    assert!(threads(&sample)[0].resolved.is_some());
    sample.press("Ctrl+Alt+R");
    assert!(threads(&sample)[0].resolved.is_none());
    // Going on leaves the selection; the balloon selects the words again.
    sample.press("N");
    assert_eq!(selected(&sample), "");
    sample.press("F9");
    assert_eq!(selected(&sample), word);
    sample.press("C \"Спрошу Анну\" Enter");
    assert_eq!(threads(&sample)[0].said.iter().filter(|s| !s.comment.says().is_empty()).count(), 2);
    assert_eq!(threads(&sample).len(), 1, "what one went to is answered");
}

#[test]
fn a_comment_without_a_selection_is_about_what_is_at_hand_as_before() {
    let mut sample = reviewing();
    let bytes = untagged(&sample);
    let (from, to) = (at(&sample, bytes.start), at(&sample, bytes.end));
    sample.stage.drag(from, to, 6, Modifiers::NONE);
    sample.press("Escape");
    assert_eq!(selected(&sample), "");
    sample.press("C \"Ну?\" Enter");
    let hand = sample.stage.app().review().at();
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.mark_of_topic(&threads(&sample)[0].topic), hand);
}

#[test]
fn shift_and_arrows_grow_a_selection_from_the_caret() {
    let mut sample = reviewing();
    let bytes = untagged(&sample);
    let start = at(&sample, bytes.start);
    sample.stage.click(start, PointerButton::Primary, 1);
    assert_eq!(sample.stage.app().review().lanes().selection().head, bytes.start);
    let letters: Vec<char> = text(&sample)[bytes.start..].chars().take(3).collect();
    sample.press("Shift+Right Shift+Right Shift+Right");
    assert_eq!(selected(&sample), letters.iter().collect::<String>());
    sample.press("Shift+Left");
    assert_eq!(selected(&sample), letters[..2].iter().collect::<String>());
    sample.press("Escape Shift+Down");
    assert!(selected(&sample).chars().count() > 20, "{}", selected(&sample));
    assert!(selected(&sample).contains(text(&sample)[bytes.clone()].chars().last().unwrap()));
    // Arrows alone go to rows of the card, and to the next letter.
    sample.press("Escape");
    let before = sample.stage.app().review().lanes().selection().head;
    sample.press("Right");
    assert!(sample.stage.app().review().lanes().selection().head > before);
    sample.press("Down");
    assert_eq!(selected(&sample), "");
    // Assistive technology hears of the caret in the document.
    assert!(document(&sample).rect.is_positive());
}

#[test]
fn a_click_goes_to_a_difference_and_two_clicks_take_a_word() {
    let mut sample = reviewing();
    let bytes = untagged(&sample);
    let middle =
        at(&sample, bytes.start + text(&sample)[bytes.start..].chars().next().unwrap().len_utf8() * 2);
    sample.stage.click(middle, PointerButton::Primary, 2);
    let word = selected(&sample);
    assert!(!word.is_empty() && text(&sample)[bytes].starts_with(&word), "{word}");
    let second = sample.stage.app().review().scene().marks[1].clone();
    let session = sample.stage.app().session().unwrap();
    let byte = session.open.as_ref().unwrap().desk.article.text.byte_range(second.place).unwrap().start;
    let place = at(&sample, byte) + vec2(4.0, 0.0);
    sample.stage.click(place, PointerButton::Primary, 1);
    let app = sample.stage.app();
    let gone_to = &app.review().scene().marks[app.review().at().unwrap()];
    assert!(gone_to.place.overlaps(second.place));
    assert_eq!(selected(&sample), "");
}

/// How far down the text ends that is first out of view with lanes.
fn depth(sample: &Sample) -> f32 {
    let bytes = text(sample).find("\n\n").unwrap() + 400;
    let byte = text(sample).floor_char_boundary(bytes);
    at(sample, byte).y
}

#[test]
fn a_key_shows_tags_as_underlines_close_together_and_it_is_remembered() {
    let mut sample = reviewing();
    let lanes = depth(&sample);
    let marks = |sample: &Sample| {
        let nodes = sample.stage.nodes();
        nodes
            .into_iter()
            .filter(|n| n.role == Role::Mark)
            .map(|n| (n.label, n.description))
            .collect::<Vec<_>>()
    };
    let before = marks(&sample);
    sample.press("O");
    assert!(sample.stage.app().preferences().underlines);
    assert_eq!(sample.stage.app().preferences().to_map()["review-underlines"], "true");
    assert!(depth(&sample) < lanes - 30.0, "{} and {lanes}", depth(&sample));
    // Assistive technology hears the same of each tag; more of them fit.
    let after = marks(&sample);
    assert!(before.iter().all(|mark| after.contains(mark)));
    // Whose line is whose is said in words.
    for name in ["anna", "boris", "gold", "all alike"] {
        assert!(sample.stage.nodes().iter().any(|n| n.label == name), "{name}");
    }
    let radio = |n: &&NodeInfo| n.role == Role::RadioButton && n.label == "Underlines";
    assert!(sample.stage.nodes().iter().find(radio).unwrap().selected);
    // What is at hand is decided as ever.
    let open = sample.open_count();
    sample.press("1");
    assert_eq!(sample.open_count(), open - 1);
    sample.stage.click_label("Lanes").unwrap();
    sample.stage.settle();
    assert!(!sample.stage.app().preferences().underlines);
}

#[test]
fn a_click_on_an_underline_goes_to_its_difference_and_the_pointer_tells_who_says_what() {
    let mut sample = reviewing();
    sample.press("O");
    let third = sample.stage.app().review().scene().marks[2].clone();
    let session = sample.stage.app().session().unwrap();
    let byte = session.open.as_ref().unwrap().desk.article.text.byte_range(third.place).unwrap().start;
    let caret = sample.stage.app().review().lanes().caret_rect(byte).unwrap();
    let below = caret.left_bottom() + vec2(5.0, -2.0);
    sample.stage.hover(below);
    sample.stage.wait(1.0);
    assert!(sample.stage.tree_text().contains(&third.words), "{}", sample.stage.tree_text());
    sample.stage.click(below, PointerButton::Primary, 1);
    let app = sample.stage.app();
    assert!(app.review().scene().marks[app.review().at().unwrap()].place.overlaps(third.place));
}

#[test]
fn underlines_as_they_are_seen() {
    for (language, theme, name) in [
        (Language::English, ThemeChoice::Light, "review_underlines_light"),
        (Language::Russian, ThemeChoice::Dark, "review_underlines_ru_dark"),
    ] {
        let mut sample = Sample::without_gold(DAVOS, vec2(1100.0, 700.0));
        prefer(&mut sample.stage, |p| (p.language, p.theme, p.underlines) = (language, theme, true));
        sample.press("Ctrl+5 1 2 0 1");
        let saved = Words::new(language).say("save-saved");
        let quiet =
            |w: &super::desk::Window| w.find(&saved).is_some() && !w.app().session().unwrap().is_reading();
        assert!(sample.stage.until(std::time::Duration::from_secs(60), quiet));
        compare(&mut sample.stage, name);
    }
}

/// The bytes at which rows in view begin, with their heights on screen.
fn rows(sample: &Sample) -> Vec<(usize, f32)> {
    let (lanes, all) = (sample.stage.app().review().lanes(), text(sample));
    let seen = all.char_indices().filter_map(|(at, _)| Some((at, lanes.caret_rect(at)?.top())));
    let mut rows: Vec<(usize, f32)> = Vec::new();
    for (at, top) in seen {
        if rows.last().is_none_or(|(_, last)| top > *last + 5.0) {
            rows.push((at, top));
        }
    }
    rows
}

#[test]
fn the_text_keeps_its_place_when_letters_grow_and_when_tags_become_underlines() {
    let mut sample = reviewing();
    sample.press("N N N N N N N N N PageDown");
    let page = document(&sample).rect;
    let (first, top) = *rows(&sample).iter().find(|(_, top)| *top > page.top()).unwrap();
    assert!(first > 200, "somewhere in the middle: {first}");
    prefer(&mut sample.stage, |p| p.style.size = 23.0);
    let grown = sample.stage.app().review().lanes().caret_rect(first).unwrap();
    assert!((grown.top() - top).abs() < 16.0, "{grown:?} {top}");
    prefer(&mut sample.stage, |p| p.underlines = true);
    let under = sample.stage.app().review().lanes().caret_rect(first).unwrap();
    assert!((under.top() - top).abs() < 16.0, "{under:?} {top}");
    prefer(&mut sample.stage, |p| (p.style.size, p.underlines) = (17.0, false));
    let back = sample.stage.app().review().lanes().caret_rect(first).unwrap();
    assert!((back.top() - top).abs() < 1.0, "it does not creep: {back:?} {top}");
}
