//! Getting about in long texts and crowded places: the overview, the heading, going to a place, stubs, lists, zoom.

use egui::accesskit::Action;
use egui::{Modifiers, PointerButton, Role, vec2};
use postil::model::{AnnotationSet, Parts, Span};
use postil::session::Edit;
use postil::text::{CanonicalText, TextRange};
use postil::window::panel::Request;

use super::desk::{Desk, Wanted, desk, prefer};

fn lines(n: usize) -> String {
    (1..=n).map(|n| format!("Строка {n} о переговорах.\n")).collect()
}

/// A long article with a tag in its first line and one in its last, the first related to the last.
fn far_apart() -> Desk {
    let text = lines(300);
    let article = text.replacen("Строка 1 ", "[*position s1: Строка] 1 ", 1).replacen(
        "Строка 300 ",
        "[position s2: Строка] 300 ",
        1,
    );
    let mut desk = desk(&format!("{article}|"));
    desk.stage.app().ask(Request::Edit(Edit::Relate {
        from: "s1".into(),
        to: "s2".into(),
        label: "supports".into(),
    }));
    desk.stage.app().ask(Request::Select(Some("s1".into())));
    desk.stage.settle();
    desk
}

fn caret_line(desk: &Desk) -> usize {
    let head = desk.stage.app().view().selection().head;
    desk.open().desk.article.text.lines().line_of(head) + 1
}

fn overview(desk: &Desk) -> postil::window::offscreen::NodeInfo {
    desk.stage
        .nodes()
        .into_iter()
        .find(|n| n.role == Role::ScrollBar && n.label == "Map of the article")
        .unwrap()
}

#[test]
fn a_number_goes_to_the_line_and_the_caret_is_seen_there() {
    let mut desk = desk(&format!("|{}", lines(300)));
    desk.press("Ctrl+G \"120\"");
    assert!(desk.shows("Line 120 of 301"), "{}", desk.stage.tree_text());
    assert!(desk.shows("Sentence 120"));
    desk.press("Enter");
    assert_eq!(caret_line(&desk), 120);
    let head = desk.stage.app().view().selection().head;
    assert!(desk.stage.app().view().caret_rect(head).is_some());
    assert!(desk.stage.app().view().focused, "the keyboard is back in the text");
}

#[test]
fn sentences_shares_and_tags_can_be_gone_to() {
    let mut desk = far_apart();
    desk.press("Ctrl+G \"s45\" Enter");
    assert_eq!(caret_line(&desk), 45);
    desk.press("Ctrl+G \"50%\" Enter");
    assert!((145..=156).contains(&caret_line(&desk)), "{}", caret_line(&desk));
    desk.press("Ctrl+G \"#s2\" Enter");
    assert_eq!(caret_line(&desk), 300);
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s2"));
}

#[test]
fn a_second_meaning_is_chosen_with_the_arrow() {
    let mut desk = far_apart();
    desk.press("Ctrl+G \"s2\" ArrowDown Enter");
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s2"));
    assert_eq!(caret_line(&desk), 300);
}

#[test]
fn nonsense_goes_nowhere_and_escape_closes() {
    let mut desk = desk("Один |два три.");
    desk.press("Ctrl+G \"zz\" Enter");
    assert!(desk.shows("There is no such place in this article"));
    desk.press("Escape");
    assert!(!desk.shows("There is no such place in this article"));
    assert_eq!(desk.tagged(), "Один |два три.");
    desk.press("E");
    assert_eq!(desk.open().desk.workspace.set.len(), 1, "keys tag again");
}

#[test]
fn an_end_out_of_view_is_told_at_the_edge_and_a_click_goes_there() {
    let mut desk = far_apart();
    assert!(desk.stage.app().view().visible().start == 0);
    let stub = desk.stage.nodes().into_iter().find(|n| n.label.starts_with('↓')).expect("a stub");
    assert!(stub.label.contains("Position: Строка"), "{}", stub.label);
    assert_eq!(stub.role, Role::Button);
    desk.stage.click(stub.rect.center(), PointerButton::Primary, 1);
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s2"));
    assert_eq!(caret_line(&desk), 300);
    // Now the other end is above.
    let stub = desk.stage.nodes().into_iter().find(|n| n.label.starts_with('↑')).expect("a stub");
    desk.stage.act(&stub.label, Action::Click).unwrap();
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s1"), "a screen reader goes back");
    assert_eq!(caret_line(&desk), 1);
}

#[test]
fn links_can_be_followed_by_key() {
    let mut desk = far_apart();
    desk.press("Shift+X");
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s2"));
    desk.press("Shift+X");
    assert_eq!(desk.stage.app().selected().map(|s| s.as_str()), Some("s1"));
}

#[test]
fn a_selected_span_that_was_scrolled_away_can_be_come_back_to() {
    let mut desk = far_apart();
    let at = desk.at("Строка 3 ");
    desk.stage.scroll(at, vec2(0.0, -3000.0));
    let stub = desk.stage.nodes().into_iter().find(|n| n.label.starts_with("↑ Position")).expect("a stub");
    desk.stage.click(stub.rect.center(), PointerButton::Primary, 1);
    assert_eq!(desk.stage.app().view().visible().start, 0);
}

fn crowd(n: usize) -> Desk {
    let mut desk = desk("Один [claim a: два|] три четыре пять шесть.");
    let text = desk.open().desk.article.text.clone();
    let at = text.as_str().find("два").unwrap();
    let range = text.text_range(at..at + "два".len()).unwrap();
    desk.change_on_disk(|set: &mut AnnotationSet| {
        for n in 0..n {
            set.insert(Span::new(format!("s{n}").as_str(), "claim", Parts::one(range)));
        }
    });
    desk.until("the crowd is there", |w| {
        w.app().session().unwrap().open.as_ref().unwrap().desk.workspace.set.len() == n + 1
    });
    desk
}

#[test]
fn what_has_no_room_is_counted_and_listed() {
    let mut desk = crowd(40);
    let chip = desk.stage.nodes().into_iter().find(|n| n.label.ends_with("more tags here")).expect("+N");
    assert_eq!(chip.role, Role::Button);
    desk.stage.click(chip.rect.center(), PointerButton::Primary, 1);
    assert!(desk.stage.app().view().is_listing());
    assert!(desk.stage.tree_text().contains("Claim: два"), "{}", desk.stage.tree_text());
    desk.press("ArrowDown ArrowDown Enter");
    assert!(!desk.stage.app().view().is_listing());
    assert!(desk.stage.app().selected().is_some());
    assert!(desk.stage.app().view().focused);
}

#[test]
fn the_tags_at_the_caret_are_listed_by_key_and_escape_closes_the_list() {
    let mut desk = crowd(3000);
    desk.press("Shift+Space");
    assert!(desk.shows("3001 tags"), "{}", desk.stage.tree_text());
    let listed = desk.stage.nodes().into_iter().filter(|n| n.role == Role::ListBoxOption).count();
    assert!((5..100).contains(&listed), "only those in view are made: {listed}");
    desk.press("End Enter");
    assert!(desk.stage.app().selected().is_some());
    desk.press("Shift+Space Escape");
    assert!(!desk.stage.app().view().is_listing());
}

#[test]
fn the_overview_says_what_is_in_view_and_in_all() {
    let mut desk = far_apart();
    desk.press("Ctrl+F \"Строка 1\"");
    let value = overview(&desk).value;
    assert!(value.starts_with("Lines 1 to "), "{value}");
    assert!(value.contains("of 301") && value.contains("tags 2") && value.contains("matches 111"), "{value}");
    assert!(!value.contains("problems 0"), "both positions lack what the schema requires: {value}");
}

#[test]
fn a_press_on_the_overview_goes_there_and_a_drag_scrolls() {
    let mut desk = desk(&format!("|{}", lines(300)));
    let bar = overview(&desk).rect;
    desk.stage.click(bar.center(), PointerButton::Primary, 1);
    let text = desk.open().desk.article.text.clone();
    let top = |desk: &Desk| text.lines().line_of(desk.stage.app().view().top_byte()) + 1;
    assert!((125..=150).contains(&top(&desk)), "{}", top(&desk));
    assert!(overview(&desk).value.contains(&format!("Lines {}", top(&desk))), "{}", overview(&desk).value);
    let down = egui::pos2(bar.center().x, bar.top() + bar.height() * 0.8);
    desk.stage.drag(bar.center(), down, 5, Modifiers::NONE);
    assert!((215..=240).contains(&top(&desk)), "{}", top(&desk));
    assert_eq!(desk.stage.app().view().selection().head, 0, "the caret stays");
    let before = top(&desk);
    desk.stage.request(overview(&desk).id, Action::Decrement);
    assert!(
        (before - 20..before - 8).contains(&top(&desk)),
        "a screen reader scrolls a page: {}",
        top(&desk)
    );
}

#[test]
fn the_overview_tells_what_is_under_the_pointer() {
    let mut desk = far_apart();
    let bar = overview(&desk).rect;
    desk.stage.hover(egui::pos2(bar.center().x, bar.bottom() - 1.0));
    desk.stage.wait(1.0);
    let tree = desk.stage.tree_text();
    assert!(tree.contains("Position: 1") && tree.contains("· 99 %"), "{tree}");
}

#[test]
fn the_heading_says_where_one_reads_and_whose_text_it_is() {
    let mut desk = far_apart();
    let place = |desk: &Desk| {
        desk.stage
            .nodes()
            .into_iter()
            .find(|n| n.role == Role::Button && n.label.contains(" of 301 ·"))
            .unwrap()
    };
    assert!(place(&desk).label.starts_with("Line 1 of 301 · 0 %"), "{}", place(&desk).label);
    desk.press("Ctrl+G \"200\" Enter");
    assert!(!place(&desk).label.starts_with("Line 1 "), "{}", place(&desk).label);
    desk.stage.click(place(&desk).rect.center(), PointerButton::Primary, 1);
    assert!(desk.stage.focused().is_some_and(|n| n.label == "Go to"), "a click there asks where to");
}

#[test]
fn the_card_stays_while_the_pointer_wanders_over_a_span_and_goes_when_it_leaves() {
    let mut desk = desk("Приехал [entity s1: министр Орлов] вчера вечером.|\n\nИ всё.");
    let card = |desk: &Desk| desk.stage.nodes().iter().filter(|n| n.label == "s1").count();
    let (first, second) = (desk.at("министр"), desk.at("Орлов"));
    let without = card(&desk);
    desk.stage.hover(first);
    desk.stage.step();
    assert_eq!(card(&desk), without, "not at once");
    desk.stage.wait(1.0);
    assert_eq!(card(&desk), without + 1);
    for n in 1..=10 {
        desk.stage.move_to(first.lerp(second, n as f32 / 10.0));
        assert_eq!(card(&desk), without + 1, "step {n}");
    }
    let away = desk.at("всё");
    desk.stage.hover(away);
    desk.stage.wait(0.5);
    assert_eq!(card(&desk), without);
}

fn wheel(desk: &mut Desk, at: egui::Pos2, y: f32) {
    desk.stage.scroll_with(at, vec2(0.0, y), Modifiers::COMMAND);
}

#[test]
fn ctrl_and_the_wheel_make_the_text_larger_and_keep_it_under_the_pointer() {
    let mut desk = desk(&format!("|{}", lines(300)));
    desk.press("Ctrl+G \"150\" Enter");
    let before = desk.stage.app().preferences().style.size;
    let at = desk.at("Строка 155 ");
    wheel(&mut desk, at, 120.0);
    let size = desk.stage.app().preferences().style.size;
    assert!(size > before, "{size}");
    let now = desk.at("Строка 155 ");
    assert!((now.y - at.y).abs() < 8.0, "{at:?} {now:?}");
    wheel(&mut desk, now, -240.0);
    assert!(desk.stage.app().preferences().style.size < size);
    let now = desk.at("Строка 155 ");
    assert!((now.y - at.y).abs() < 12.0, "{at:?} {now:?}");
    desk.press("Ctrl+0");
    assert_eq!(desk.stage.app().preferences().style.size, before);
}

#[test]
fn the_place_stays_when_the_window_or_the_text_changes_its_size() {
    let prose =
        "Стороны встретились в Женеве и говорили о перемирии, об обмене пленными и о гарантиях. ".repeat(6);
    let text: String = (0..80).map(|n| format!("Абзац {n}. {prose}\n")).collect();
    let mut desk = desk(&format!("|{text}"));
    desk.press("Ctrl+G \"40\" Enter");
    let top = |desk: &Desk| desk.stage.app().view().top_byte();
    let at = desk.at("Абзац 40.");
    let before = top(&desk);
    for width in [900.0, 760.0, 1100.0, 1200.0] {
        desk.stage.resize(vec2(width, 800.0));
        assert!(top(&desk).abs_diff(before) < 400, "{width}: {} {before}", top(&desk));
    }
    assert!((desk.at("Абзац 40.").y - at.y).abs() < 3.0, "back where it was");
    prefer(&mut desk.stage, |p| p.theme = postil::window::preferences::ThemeChoice::Dark);
    assert_eq!(desk.at("Абзац 40."), at);
    prefer(&mut desk.stage, |p| p.style.serif = false);
    assert!(top(&desk).abs_diff(before) < 400);
}

#[test]
fn an_article_opens_where_it_was_left() {
    let mut desk = Wanted::default().article(&format!("|{}", lines(300))).article("Второй день.").open();
    desk.press("Ctrl+G \"200\" Enter");
    let (top, caret) = (desk.stage.app().view().top_byte(), desk.stage.app().view().selection().head);
    assert!(top > 0);
    desk.press("Ctrl+PageDown");
    assert_eq!(desk.open().desk.article.path, "articles/2.txt");
    desk.press("Ctrl+PageUp");
    assert_eq!(desk.stage.app().view().top_byte(), top);
    assert_eq!(desk.stage.app().view().selection().head, caret);
}

#[test]
fn a_selection_grows_over_thousands_of_lines_by_the_edge_of_the_page() {
    let mut desk = desk(&format!("|{}", lines(3000)));
    let from = desk.at("Строка 2 ");
    let below = egui::pos2(from.x, 799.0);
    desk.stage.press_at(from, Modifiers::NONE);
    desk.stage.move_to(below);
    for _ in 0..400 {
        desk.stage.step();
    }
    desk.stage.release_at(below);
    let range = desk.stage.app().view().selection().range();
    let text = CanonicalText::new(&lines(3000));
    let taken = text.lines().line_of(range.end) - text.lines().line_of(range.start);
    assert!(taken > 200, "{taken} lines");
    let view = desk.stage.app().view();
    assert!(view.visible().start > range.start, "the page went along");
    let _: Option<TextRange> = text.text_range(range);
}
