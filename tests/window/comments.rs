//! Comments are seen at the tags, places and articles they are about.

use egui::{PointerButton, Rect, Role, vec2};
use postil::model::{Settles, SpanId, Topic};
use postil::session::Talk;
use postil::session::talk::about_span;
use postil::store::Project;
use postil::window::offscreen::NodeInfo;
use postil::window::panel::Page;
use postil::window::preferences::{Preferences, ThemeChoice};

use super::desk::{Desk, FIRST, Wanted, prefer};

pub(super) const ARTICLE: &str = "Переговоры в Женеве\n\n[entity s1: Орлов] [position s2: потребовал вывести войска из \
    [entity s3: Заречья]]. [entity s4: Хольм] [position s5: отверг это требование], а наблюдатели молчат.\n\n\
    Второй день прошёл без итога, пишет [entity s6: газета].";

/// What is said: by whom, about what, and whether it is resolved.
pub(super) fn say(desk: &Desk, who: &str, topic: Topic, text: &str, resolved: bool) {
    let project = Project::open(&desk.root).unwrap();
    let (mut talk, _) = Talk::open(&project, FIRST, who);
    let thread = talk.begin(&project, topic, text).unwrap();
    if resolved {
        talk.settle(&project, &thread, Settles::Resolved, "").unwrap();
    }
}

pub(super) fn about(desk: &Desk, id: &str) -> Topic {
    let open = desk.open();
    about_span("anna", &SpanId::from(id), &open.desk.workspace.set, &open.desk.article.text).unwrap()
}

fn place(desk: &Desk, words: &str) -> Topic {
    let text = &desk.open().desk.article.text;
    let at = text.as_str().find(words).unwrap();
    Topic::Place { at: text.text_range(at..at + words.len()).unwrap(), quote: words.to_owned() }
}

/// An article that is talked about: on s2 two open threads, on s3 a resolved one, on a place without a tag, on the article.
pub(super) fn talked() -> Desk {
    let desk = Wanted::default().article(ARTICLE).size(vec2(1180.0, 760.0)).open();
    say(&desk, "oksana", about(&desk, "s2"), "А кто держатель?", false);
    say(&desk, "boris", about(&desk, "s2"), "И почему «потребовал»?", false);
    say(&desk, "boris", about(&desk, "s3"), "Место", true);
    say(&desk, "oksana", place(&desk, "наблюдатели"), "Здесь ничего нет?", false);
    say(&desk, "boris", Topic::Article, "Чей это текст?", false);
    desk.restart()
}

pub(super) fn balloons(desk: &Desk) -> Vec<NodeInfo> {
    let told = |n: &NodeInfo| n.role == Role::Button && n.label.contains("comment");
    desk.stage.nodes().into_iter().filter(|n| told(n) && n.label.contains(": ")).collect()
}

fn balloon(desk: &Desk, ends: &str) -> NodeInfo {
    let all = balloons(desk);
    let found = all.iter().find(|n| n.label.contains(ends)).cloned();
    found.unwrap_or_else(|| panic!("no balloon {ends:?} among {all:?}"))
}

/// The rows of the text on screen: no balloon may lie on them.
fn rows(desk: &Desk) -> Vec<Rect> {
    let text = desk.open().desk.article.text.clone();
    let carets = text.as_str().char_indices().filter_map(|(at, _)| desk.stage.app().view().caret_rect(at));
    carets.collect()
}

#[test]
fn a_comment_is_seen_on_the_tag_in_the_margin_and_in_the_heading() {
    let mut desk = talked();
    let labels: Vec<String> = balloons(&desk).into_iter().map(|n| n.label).collect();
    assert_eq!(labels.len(), 4, "{labels:?}");
    assert!(
        labels.iter().any(|l| l.starts_with("2 comments, last by boris: Position: потребовал")),
        "{labels:?}"
    );
    assert!(labels.contains(&"1 comment, by boris, resolved: Entity: Заречья".to_owned()), "{labels:?}");
    assert!(labels.contains(&"1 comment, by oksana: About this place".to_owned()), "{labels:?}");
    assert!(labels.contains(&"1 comment, by boris: The article as a whole".to_owned()), "{labels:?}");
    // A screen reader hears of them with the tag.
    let nodes = desk.stage.nodes();
    let mark =
        nodes.iter().find(|n| n.role == Role::Mark && n.label.starts_with("Position: потребовал")).unwrap();
    assert!(mark.description.contains("2 comments, last by boris"), "{mark:?}");
    // The card over the tag says it too.
    desk.stage.hover(desk.at("вывести"));
    desk.stage.wait(0.6);
    desk.stage.settle();
    assert!(desk.shows("2 comments, last by boris"), "{}", desk.stage.tree_text());
}

#[test]
fn balloons_lie_on_no_text_and_on_no_other_mark() {
    for change in [
        (|_| {}) as fn(&mut Preferences),
        |p| p.style.marks = postil::window::article_view::Marks::Names,
        |p| p.style.marks = postil::window::article_view::Marks::Lines,
        |p| p.style.column = 330.0,
    ] {
        let mut desk = talked();
        prefer(&mut desk.stage, change);
        let all: Vec<NodeInfo> = balloons(&desk);
        // Below underlines, s2 and s3 end at one place and have one balloon together.
        assert!((3..=4).contains(&all.len()), "{all:?}");
        for (n, one) in all.iter().enumerate() {
            let rect = one.rect.shrink(1.0);
            for row in rows(&desk) {
                let inside = row.shrink2(vec2(0.0, 3.0));
                assert!(!rect.intersects(inside), "{one:?} lies on text at {row:?}");
            }
            assert!(all[..n].iter().all(|other| !rect.intersects(other.rect.shrink(1.0))), "{all:?}");
        }
    }
}

#[test]
fn a_click_or_a_key_opens_the_thread() {
    let mut desk = talked();
    let at = balloon(&desk, "Position: потребовал").rect.center();
    desk.stage.click(at, PointerButton::Primary, 1);
    desk.stage.settle();
    assert_eq!(desk.stage.app().selected().map(|id| id.as_str().to_owned()).as_deref(), Some("s2"));
    assert!(
        desk.shows("А кто держатель?") && desk.shows("И почему «потребовал»?"),
        "{}",
        desk.stage.tree_text()
    );
    // What is said where no tag is, is shown too, though nothing is selected then.
    let at = balloon(&desk, "About this place").rect.center();
    desk.stage.click(at, PointerButton::Primary, 1);
    desk.stage.settle();
    assert!(desk.shows("Здесь ничего нет?") && !desk.shows("А кто держатель?"), "{}", desk.stage.tree_text());
    // Answered from the keyboard, in the very thread.
    desk.press("Ctrl+Alt+M \"Нет.\" Enter");
    let session = desk.stage.app().session().unwrap();
    let answered =
        session.talk().threads().iter().find(|t| t.said.last().unwrap().comment.says() == "Нет.").unwrap();
    assert_eq!(answered.said[0].comment.says(), "Здесь ничего нет?");
    // Keys go through what is open: the article, then by place; resolved ones are left out, and it goes round.
    let mut desk = talked();
    let mut seen = Vec::new();
    for _ in 0..5 {
        desk.press("F9");
        let texts = ["Чей это текст?", "А кто держатель?", "Здесь ничего нет?"];
        seen.extend(texts.iter().position(|text| desk.shows(text)));
    }
    assert_eq!(seen, [0, 1, 1, 2, 0], "{}", desk.stage.tree_text());
    desk.press("Shift+F9");
    assert!(desk.shows("Здесь ничего нет?"));
}

#[test]
fn a_key_resolves_the_thread_at_hand_and_takes_it_up_again() {
    let mut desk = talked();
    // Two threads are about s2.
    let resolved = |desk: &Desk| {
        let threads = desk.stage.app().session().unwrap().talk().threads().to_vec();
        let on = |t: &&postil::review::Thread| t.topic.is_span("anna", &SpanId::from("s2"));
        threads.iter().filter(on).filter(|t| t.resolved.is_some()).count()
    };
    // The one that was gone to.
    desk.press("F9 F9 Ctrl+Alt+R");
    assert_eq!(resolved(&desk), 1);
    desk.press("Ctrl+Alt+R");
    assert_eq!(resolved(&desk), 0, "taken up again");
    // In the review, the first open one about what is at hand.
    desk.press("Ctrl+5");
    let scene = desk.stage.app().review().scene();
    let at = scene.marks.iter().position(|m| m.threads == 2).unwrap();
    while desk.stage.app().review().at() != Some(at) {
        desk.press("N");
    }
    desk.press("Ctrl+Alt+R");
    assert_eq!(desk.stage.app().review().scene().marks[at].threads, 1);
    assert_eq!(resolved(&desk), 1);
}

#[test]
fn the_projects_comments_are_found_by_whom_they_call_and_whether_they_are_open() {
    let second = "Второй день в Женеве.";
    let desk = Wanted::default().article(ARTICLE).article(second).size(vec2(1180.0, 760.0)).open();
    say(&desk, "boris", about(&desk, "s3"), "Место", true);
    say(&desk, "oksana", about(&desk, "s2"), "А кто держатель, @anna?", false);
    let project = Project::open(&desk.root).unwrap();
    let (mut talk, _) = Talk::open(&project, "articles/2.txt", "boris");
    talk.begin(&project, Topic::Article, "Какого числа?").unwrap();
    let mut desk = desk.restart();
    desk.press("Ctrl+8");
    let read =
        |w: &super::desk::Window| w.app().overview().overview().is_some() && !w.app().overview().is_reading();
    assert!(desk.stage.until(std::time::Duration::from_secs(60), read));
    desk.stage.settle();
    let rows = |desk: &Desk| -> Vec<String> {
        let row = |n: &NodeInfo| n.role == Role::ListBoxOption && n.label.contains(": ");
        desk.stage
            .nodes()
            .into_iter()
            .filter(row)
            .map(|n| n.label)
            .filter(|l| l.contains('?') || l.contains("Место"))
            .collect()
    };
    assert_eq!(rows(&desk).len(), 2, "what nobody resolved: {:?}", rows(&desk));
    desk.stage.click_label("All: 3").unwrap();
    assert_eq!(rows(&desk).len(), 3);
    desk.stage.click_label("Mention me: 1").unwrap();
    let shown = rows(&desk);
    assert!(shown.len() == 1 && shown[0].starts_with("unread: oksana: А кто держатель, @anna?"), "{shown:?}");
    // The list has the keyboard: Enter opens the thread at its tag.
    desk.press("Enter");
    assert_eq!(desk.stage.app().page(), Page::Article, "{}", desk.stage.tree_text());
    assert_eq!(desk.stage.app().selected().map(|id| id.as_str().to_owned()).as_deref(), Some("s2"));
    assert!(desk.shows("А кто держатель, @anna?"));
    // What was shown is read; what is about another article opens that.
    desk.press("Ctrl+8");
    assert!(desk.stage.until(std::time::Duration::from_secs(60), read));
    desk.stage.click_label("Unread: 2").unwrap();
    let row = rows(&desk).into_iter().find(|l| l.contains("Какого числа?")).unwrap();
    desk.stage.click_label(&row).unwrap();
    assert_eq!(desk.open().desk.article.path, "articles/2.txt");
    assert!(desk.shows("Какого числа?"), "{}", desk.stage.tree_text());
}

#[test]
fn whoever_is_blind_sees_no_balloon_of_others() {
    let desk = talked();
    let mut project = Project::open(&desk.root).unwrap();
    project.settings.blind_until_done = true;
    project.save_settings().unwrap();
    drop(project);
    let desk = desk.restart();
    assert!(balloons(&desk).is_empty(), "{:?}", balloons(&desk));
    say(&desk, "anna", about(&desk, "s6"), "Какая?", false);
    let desk = desk.restart();
    let labels: Vec<String> = balloons(&desk).into_iter().map(|n| n.label).collect();
    assert_eq!(labels, ["1 comment, by anna: Entity: газета"]);
}

#[test]
fn the_lanes_of_the_review_show_what_is_said() {
    let mut desk = talked();
    desk.press("Ctrl+5");
    assert_eq!(desk.stage.app().page(), Page::Review);
    let labels: Vec<String> = balloons(&desk).into_iter().map(|n| n.label).collect();
    assert!(labels.iter().any(|l| l.starts_with("2 comments, last by boris: ")), "{labels:?}");
    assert!(labels.iter().any(|l| l.starts_with("1 comment, by boris, resolved: ")), "{labels:?}");
    let margin = "1 comment, by oksana: About this place";
    assert!(labels.iter().any(|l| l == margin), "{labels:?}");
    desk.stage.click_label(margin).unwrap();
    desk.stage.settle();
    assert!(desk.shows("Здесь ничего нет?"), "{}", desk.stage.tree_text());
}

#[test]
fn a_comment_on_a_tag_that_is_gone_stays_in_the_margin() {
    let mut desk = talked();
    let at = desk.at("Орлов");
    desk.stage.click(at, PointerButton::Primary, 1);
    let spans = vec![SpanId::from("s2")];
    desk.stage.app().ask(postil::window::panel::Request::Edit(postil::session::Edit::Remove { spans }));
    desk.stage.settle();
    let labels: Vec<String> = balloons(&desk).into_iter().map(|n| n.label).collect();
    let margin = labels.iter().filter(|l| l.ends_with("About this place")).count();
    assert_eq!(margin, 2, "{labels:?}");
}

#[test]
fn comments_light_and_dark() {
    for (name, theme, marks) in [
        ("comments_light", ThemeChoice::Light, postil::window::article_view::Marks::Full),
        ("comments_lines_dark", ThemeChoice::Dark, postil::window::article_view::Marks::Lines),
    ] {
        let mut desk = talked();
        prefer(&mut desk.stage, |p| {
            (p.theme, p.style.marks) = (theme, marks);
            (p.show_articles, p.show_below, p.show_fields) = (false, false, false);
        });
        let page = desk.stage.app().view().page().unwrap();
        let (left, top) = (page.left() as u32 - 30, 60);
        let (width, height) = (page.width() as u32 + 60, 300);
        let picture = image::imageops::crop_imm(&desk.stage.picture(), left, top, width, height).to_image();
        super::pictures::compare_picture(&picture, name);
    }
}
