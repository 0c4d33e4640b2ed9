//! One's own comments are edited, withdrawn, put back, and all of that undone, by keys and buttons; other people's are not.

use egui::accesskit::Action;
use egui::{Role, vec2};
use postil::model::{Settles, SpanId, Topic};
use postil::review::Thread;
use postil::session::Talk;
use postil::store::{Project, read_comments};
use postil::window::offscreen::NodeInfo;
use postil::window::panel::{Page, Request};
use postil::window::preferences::ThemeChoice;
use postil::window::words::Language;

use super::comments::{ARTICLE, about, balloons, say, talked};
use super::desk::{Desk, FIRST, Wanted, Window, prefer};
use super::review::Sample;

fn desk() -> Desk {
    Wanted::default().article(ARTICLE).size(vec2(1180.0, 760.0)).open()
}

fn threads(desk: &Desk) -> Vec<Thread> {
    desk.stage.app().session().unwrap().talk().threads().to_vec()
}

/// What is said, thread by thread; `–` where something is withdrawn.
fn said(desk: &Desk) -> Vec<Vec<String>> {
    let words = |said: &postil::review::Said| match said.comment.is_withdrawn() {
        true => "–".to_owned(),
        false => said.comment.says().to_owned(),
    };
    threads(desk).iter().map(|thread| thread.said.iter().map(words).collect()).collect()
}

/// Everything that is only read.
fn labels(desk: &Desk) -> Vec<String> {
    desk.stage.nodes().into_iter().filter(|n| n.role == Role::Label).map(|n| n.label).collect()
}

/// The buttons with which one changes comments.
fn own_buttons(desk: &Desk) -> Vec<String> {
    let own = |n: &NodeInfo| {
        n.role == Role::Button
            && ["Edit: ", "Withdraw: ", "Put back: "].iter().any(|act| n.label.starts_with(act))
    };
    desk.stage.nodes().into_iter().filter(own).map(|n| n.label).collect()
}

/// Puts the tag s2 at hand.
fn go_to_tag(desk: &mut Desk) {
    desk.stage.app().ask(Request::Select(Some(SpanId::from("s2"))));
    desk.stage.settle();
    assert_eq!(desk.stage.app().selected().map(|id| id.as_str().to_owned()).as_deref(), Some("s2"));
}

#[test]
fn undo_takes_back_what_was_said_edited_and_withdrawn_and_nothing_is_lost() {
    let mut desk = desk();
    go_to_tag(&mut desk);
    desk.press("Ctrl+Alt+M \"Кто держатель\" Enter");
    assert_eq!(said(&desk), [["Кто держатель"]]);
    desk.press("Ctrl+Alt+E");
    assert!(desk.shows("Edit your comment: Enter keeps it, Esc leaves it as it was"));
    desk.press("\"?\" Enter");
    assert_eq!(said(&desk), [["Кто держатель?"]]);
    assert!(desk.shows("edited"), "{}", desk.stage.tree_text());
    desk.press("Ctrl+Alt+W");
    assert_eq!(said(&desk).len(), 0);
    assert!(balloons(&desk).is_empty());
    assert!(desk.notices().contains("The comment is withdrawn. Ctrl+Z brings it back"), "{}", desk.notices());
    // Back, step by step.
    for (now, told) in [
        (vec![vec!["Кто держатель?"]], "Undone: the comment is back"),
        (vec![vec!["Кто держатель"]], "Undone: the comment says again what it said before"),
        (vec![], "Undone: the comment is withdrawn"),
    ] {
        desk.press("Ctrl+Z");
        assert_eq!(said(&desk), now);
        assert!(desk.notices().contains(told), "{told}: {}", desk.notices());
    }
    desk.press("Ctrl+Z");
    assert!(desk.notices().contains("Nothing more to undo"), "{}", desk.notices());
    for now in [vec![vec!["Кто держатель"]], vec![vec!["Кто держатель?"]], vec![]] {
        desk.press("Ctrl+Shift+Z");
        assert_eq!(said(&desk), now);
    }
    // The file holds every word and every time.
    let (files, _) = read_comments(&Project::open(&desk.root).unwrap(), FIRST);
    let comment = &files[0].comments[0];
    assert_eq!((comment.text.as_str(), comment.says()), ("Кто держатель", "Кто держатель?"));
    assert_eq!(comment.revisions.len(), 8);
    // After a restart there is nothing to undo, and the comment can be put back all the same.
    let mut desk = desk.restart();
    assert!(said(&desk).is_empty());
    desk.press("Ctrl+K \"comments on the article\" Enter");
    desk.stage.click_label("Withdrawn: 1").unwrap();
    desk.stage
        .click_label("withdrawn: anna: Кто держатель? · «потребовал вывести войска из Заречья»")
        .unwrap();
    assert_eq!(own_buttons(&desk), ["Put back: “Кто держатель?”"], "{}", desk.stage.tree_text());
    desk.stage.click_label("Put back: “Кто держатель?”").unwrap();
    desk.stage.settle();
    assert_eq!(said(&desk), [["Кто держатель?"]]);
    desk.press("Ctrl+Z");
    assert!(said(&desk).is_empty());
}

#[test]
fn comments_and_tags_are_undone_in_one_line() {
    let mut desk = desk();
    go_to_tag(&mut desk);
    desk.press("Ctrl+Alt+M \"Кто?\" Enter");
    desk.press("Delete");
    assert!(!desk.tagged().contains("s2"));
    desk.press("Ctrl+Z");
    assert!(desk.tagged().contains("s2") && said(&desk).len() == 1, "the tag came last");
    desk.press("Ctrl+Z");
    assert!(desk.tagged().contains("s2") && said(&desk).is_empty(), "then the comment");
    desk.press("Ctrl+Shift+Z");
    assert_eq!(said(&desk).len(), 1);
    desk.press("Ctrl+Shift+Z");
    assert!(!desk.tagged().contains("s2"), "{}", desk.tagged());
    // What is done after an undo cuts off what could be done again.
    desk.press("Ctrl+Z Ctrl+Z");
    go_to_tag(&mut desk);
    desk.press("Delete Ctrl+Z Ctrl+Shift+Z");
    assert!(said(&desk).is_empty() && !desk.tagged().contains("s2"));
}

#[test]
fn resolving_is_undone_like_any_other_word() {
    let mut desk = talked();
    desk.press("F9 F9 Ctrl+Alt+R");
    let resolved = |desk: &Desk| threads(desk).iter().filter(|t| t.resolved.is_some()).count();
    assert_eq!(resolved(&desk), 2);
    desk.press("Ctrl+Z");
    assert_eq!(resolved(&desk), 1);
    assert!(desk.notices().contains("Undone: the thread is as it was before"), "{}", desk.notices());
    assert!(!labels(&desk).contains(&"withdrawn".to_owned()), "a word that was none leaves no trace");
    desk.press("Ctrl+Shift+Z");
    assert_eq!(resolved(&desk), 2);
}

#[test]
fn buttons_stand_on_ones_own_comments_alone_and_are_reached_by_the_keyboard() {
    let mut desk = talked();
    desk.press("F9 F9");
    assert!(desk.shows("А кто держатель?"));
    assert!(own_buttons(&desk).is_empty(), "nobody edits what others say: {:?}", own_buttons(&desk));
    desk.press("Ctrl+Alt+E Ctrl+Alt+W");
    assert!(desk.notices().contains("There is no comment of yours here"), "{}", desk.notices());
    desk.press("Ctrl+Alt+M \"Орлов\" Enter");
    assert_eq!(own_buttons(&desk), ["Edit: “Орлов”", "Withdraw: “Орлов”"]);
    desk.stage.act("Edit: “Орлов”", Action::Focus).unwrap();
    desk.stage.settle();
    assert_eq!(desk.stage.focused().map(|n| n.label).as_deref(), Some("Edit: “Орлов”"));
    desk.press("Tab");
    assert_eq!(desk.stage.focused().map(|n| n.label).as_deref(), Some("Withdraw: “Орлов”"));
    desk.press("Shift+Tab Enter");
    // The line holds what was said; Escape leaves it as it was, and what had been begun comes back.
    desk.press("\", сам\" Escape");
    let words = |desk: &Desk| said(desk).concat().into_iter().find(|words| words.starts_with("Орлов"));
    assert_eq!(words(&desk).as_deref(), Some("Орлов"));
    desk.stage.act("Edit: “Орлов”", Action::Focus).unwrap();
    desk.press("Enter \", сам\" Enter");
    assert_eq!(words(&desk).as_deref(), Some("Орлов, сам"));
    desk.stage.act("Withdraw: “Орлов, сам”", Action::Focus).unwrap();
    desk.press("Enter");
    assert_eq!(words(&desk), None);
    // In its thread it can be seen and put back.
    desk.stage.click_label("Withdrawn (1)").unwrap();
    desk.stage.settle();
    desk.stage.click_label("Put back: “Орлов, сам”").unwrap();
    desk.stage.settle();
    assert_eq!(words(&desk).as_deref(), Some("Орлов, сам"));
}

#[test]
fn what_was_begun_comes_back_after_an_edit() {
    let mut desk = desk();
    go_to_tag(&mut desk);
    desk.press("Ctrl+Alt+M \"Кто?\" Enter");
    desk.press("Ctrl+Alt+M \"Ещё\"");
    desk.press("Ctrl+Alt+E \"!\" Enter");
    assert_eq!(said(&desk), [["Кто?!"]]);
    desk.press("Ctrl+Alt+M \" одно\" Enter");
    assert_eq!(said(&desk).concat(), ["Кто?!", "Ещё одно"]);
}

#[test]
fn what_others_answered_is_shown_as_withdrawn() {
    let mut desk = desk();
    go_to_tag(&mut desk);
    desk.press("Ctrl+Alt+M \"Это не он\" Enter");
    let project = Project::open(&desk.root).unwrap();
    let (mut talk, _) = Talk::open(&project, FIRST, "boris");
    let thread = talk.threads()[0].id.clone();
    talk.reply(&project, &thread, "Почему?").unwrap();
    let mut desk = desk.restart();
    go_to_tag(&mut desk);
    desk.press("Ctrl+Alt+W");
    assert_eq!(said(&desk), [["–", "Почему?"]]);
    let told = labels(&desk);
    assert!(told.contains(&"withdrawn".to_owned()) && !told.contains(&"Это не он".to_owned()), "{told:?}");
    let marks: Vec<String> = balloons(&desk).into_iter().map(|n| n.label).collect();
    assert!(marks.iter().any(|l| l.starts_with("1 comment, by boris: ")), "{marks:?}");
    desk.press("Ctrl+Alt+W");
    assert_eq!(said(&desk), [["Это не он", "Почему?"]], "the same key puts it back");
}

#[test]
fn the_review_has_the_same_keys_and_buttons() {
    let mut sample = Sample::without_gold("assets/sample/articles/ru-davos.txt", vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let own = |sample: &Sample| {
        let threads = sample.stage.app().session().unwrap().talk().threads();
        threads.iter().map(|thread| thread.said[0].comment.says().to_owned()).collect::<Vec<_>>()
    };
    let open = |sample: &Sample| sample.stage.app().review().scene().open();
    sample.press("C \"Моё\" Enter");
    assert_eq!(own(&sample), ["Моё"]);
    assert!(sample.stage.find("Withdraw: “Моё”").is_some(), "{}", sample.stage.tree_text());
    sample.press("Ctrl+Alt+E \" слово\" Enter");
    assert_eq!(own(&sample), ["Моё слово"]);
    super::review::look(&sample.stage, "own_comments_review");
    sample.press("Ctrl+Alt+W");
    assert!(own(&sample).is_empty());
    assert!(sample.stage.app().review().scene().marks.iter().all(|mark| mark.said.is_none()));
    sample.press("Ctrl+Z Ctrl+Z");
    assert_eq!(own(&sample), ["Моё"]);
    // Deciding comes last, so it is what goes back first.
    let before = open(&sample);
    sample.press("1");
    assert_eq!(open(&sample), before - 1);
    sample.press("Ctrl+Z");
    assert_eq!((open(&sample), own(&sample).len()), (before, 1));
    sample.press("Ctrl+Z");
    assert_eq!((open(&sample), own(&sample).len()), (before, 0));
    sample.press("Ctrl+Shift+Z Ctrl+Shift+Z");
    assert_eq!((open(&sample), own(&sample).len()), (before - 1, 1));
}

#[test]
fn in_the_list_of_the_project_ones_own_comment_is_withdrawn_and_edited_too() {
    let desk = Wanted::default().article(ARTICLE).article("Второй день.").size(vec2(1180.0, 760.0)).open();
    let project = Project::open(&desk.root).unwrap();
    let (mut talk, _) = Talk::open(&project, "articles/2.txt", "anna");
    talk.begin(&project, Topic::Article, "Какого числа").unwrap();
    let mut desk = desk.restart();
    desk.press("Ctrl+8");
    let read = |w: &Window| w.app().overview().overview().is_some() && !w.app().overview().is_reading();
    let again = |desk: &mut Desk| {
        assert!(desk.stage.until(std::time::Duration::from_secs(60), read));
        desk.stage.settle();
    };
    again(&mut desk);
    assert!(desk.shows("Open: 1"), "{}", desk.stage.tree_text());
    assert_eq!(own_buttons(&desk), ["Edit: “Какого числа”", "Withdraw: “Какого числа”"]);
    desk.stage.click_label("Withdraw: “Какого числа”").unwrap();
    again(&mut desk);
    assert!(desk.shows("Open: 0") && desk.shows("Withdrawn: 1"), "{}", desk.stage.tree_text());
    desk.press("Ctrl+Z");
    again(&mut desk);
    assert!(desk.shows("Open: 1"), "{}", desk.stage.tree_text());
    desk.press("Ctrl+Alt+W");
    again(&mut desk);
    desk.stage.click_label("Withdrawn: 1").unwrap();
    desk.stage.settle();
    super::review::look(&desk.stage, "own_comments_project");
    assert_eq!(own_buttons(&desk), ["Put back: “Какого числа”"]);
    desk.press("Ctrl+Alt+W");
    again(&mut desk);
    desk.stage.click_label("Open: 1").unwrap();
    desk.stage.settle();
    // Editing goes where it was said.
    desk.press("Ctrl+Alt+E");
    assert_eq!(
        (desk.stage.app().page(), desk.open().desk.article.path.as_str()),
        (Page::Article, "articles/2.txt")
    );
    desk.press("\"?\" Enter");
    assert_eq!(said(&desk), [["Какого числа?"]]);
}

#[test]
fn ones_own_comments_are_seen_in_two_languages_light_and_dark() {
    for (language, theme, name) in [
        (Language::English, ThemeChoice::Light, "own_comments_light"),
        (Language::Russian, ThemeChoice::Dark, "own_comments_ru_dark"),
    ] {
        let desk = desk();
        say(&desk, "anna", about(&desk, "s2"), "Это не сам Орлов, а его ведомство", false);
        let project = Project::open(&desk.root).unwrap();
        let (mut talk, _) = Talk::open(&project, FIRST, "anna");
        let thread = talk.threads()[0].id.clone();
        talk.reply(&project, &thread, "Или оба").unwrap();
        let (mut other, _) = Talk::open(&project, FIRST, "boris");
        other.reply(&project, &thread, "@anna а где держатель?").unwrap();
        other.settle(&project, &thread, Settles::Resolved, "").unwrap();
        let mut desk = desk.restart();
        prefer(&mut desk.stage, |p| (p.language, p.theme) = (language, theme));
        go_to_tag(&mut desk);
        desk.press("Ctrl+Alt+M \"Ведомство\" Enter Ctrl+Alt+W");
        desk.press("Ctrl+Alt+M \"Министерство\" Enter Ctrl+Alt+E \" иностранных дел\" Enter");
        let none = Vec::<String>::new();
        assert_eq!(super::access::nameless(&desk.stage), none, "{name}");
        super::review::look(&desk.stage, name);
    }
}
