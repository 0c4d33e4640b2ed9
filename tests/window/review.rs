//! The review: everyone's tags side by side, decisions into gold, threads, and the project's overview.

use std::path::{Path, PathBuf};

use egui::{Role, Vec2, vec2};
use postil::model::{AnnotationSet, GOLD, Outcome};
use postil::store::{Project, read_set};
use postil::window::panel::Page;

use super::desk::{Window, press, window};

const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

/// The sample project in a window.
pub(super) struct Sample {
    pub(super) stage: Window,
    pub(super) root: PathBuf,
    _folder: tempfile::TempDir,
}

impl Sample {
    /// The sample with an article at hand and nothing in gold.
    pub(super) fn without_gold(article: &str, size: Vec2) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        postil::session::sample::write(&root).unwrap();
        std::fs::remove_dir_all(root.join("annotations/gold")).unwrap();
        let mut stage = window(size);
        stage.app_mut().open_project(&root, Some(article));
        stage.settle();
        Self { stage, root, _folder: folder }
    }

    pub(super) fn press(&mut self, keys: &str) -> usize {
        press(&mut self.stage, keys)
    }

    fn gold(&self) -> &AnnotationSet {
        let open = self.stage.app().session().and_then(|s| s.open.as_ref()).unwrap();
        assert_eq!(open.desk.workspace.set.annotator, GOLD);
        &open.desk.workspace.set
    }

    pub(super) fn open_count(&self) -> usize {
        self.stage.app().review().scene().open()
    }

    fn gold_on_disk(&self, article: &str) -> Option<AnnotationSet> {
        let project = Project::open(&self.root).unwrap();
        let read = project.read_article(article).unwrap();
        read_set(&project, GOLD, article, Some(&read)).unwrap().map(|loaded| loaded.set)
    }
}

pub(super) fn look(stage: &Window, name: &str) {
    if let Ok(folder) = std::env::var("REVIEW_PICTURES") {
        stage.save_png(&Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}

#[test]
fn the_review_opens_beside_the_article_and_names_the_differences() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    assert_eq!(sample.stage.app().page(), Page::Review);
    look(&sample.stage, "review");
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["anna", "boris"]);
    assert_eq!(scene.open(), scene.marks.len());
    let first = scene.marks[0].clone();
    let list = |n: &postil::window::offscreen::NodeInfo| n.role == Role::ListBox && n.label == "Differences";
    assert!(sample.stage.nodes().iter().any(list));
    let row = format!("{}: {}", first.words, first.surface);
    let rows = |n: &&postil::window::offscreen::NodeInfo| n.role == Role::ListBoxOption;
    let nodes = sample.stage.nodes();
    assert!(nodes.iter().filter(rows).any(|n| n.label.starts_with(&row) && n.selected), "{row}");
    assert!(nodes.iter().any(|n| n.role == Role::Mark && n.label.starts_with("anna: Entity: ")));
    assert!(nodes.iter().any(|n| n.role == Role::Mark && n.label.starts_with("boris: Entity: ")));
    // Back to the article, one's own tags are at hand again.
    sample.press("Ctrl+2");
    assert_eq!(sample.stage.app().page(), Page::Article);
    let session = sample.stage.app().session().unwrap();
    assert_eq!((session.annotator.as_str(), session.is_reviewing()), ("anna", false));
}

#[test]
fn one_key_takes_a_version_and_goes_on_and_undo_comes_back() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let all = sample.open_count();
    let first = sample.stage.app().review().at().unwrap();
    assert!(sample.stage.app().review().scene().marks[first].words.contains("only anna"));
    sample.press("1");
    assert_eq!((sample.gold().len(), sample.open_count()), (1, all - 1));
    let second = sample.stage.app().review().at().unwrap();
    assert!(second > first);
    // Nothing here is a decision too.
    sample.press("0");
    assert_eq!((sample.gold().len(), sample.gold().decision_count(), sample.open_count()), (1, 2, all - 2));
    let outcomes: Vec<Outcome> = sample.gold().decisions().map(|d| d.outcome).collect();
    assert!(outcomes.contains(&Outcome::Nothing) && outcomes.contains(&Outcome::Taken));
    sample.press("Ctrl+Z");
    assert_eq!((sample.open_count(), sample.stage.app().review().at()), (all - 1, Some(second)));
    sample.press("Ctrl+Z");
    assert_eq!((sample.gold().len(), sample.open_count()), (0, all));
    assert_eq!(sample.stage.app().review().at(), Some(first));
    sample.press("Ctrl+Shift+Z");
    assert_eq!(sample.gold().len(), 1);
    let decision = sample.gold().decisions().next().unwrap().clone();
    assert_eq!((decision.by.as_str(), decision.from.as_slice()), ("anna", &["anna".to_owned()][..]));
    // What was decided is on disk after leaving, and nobody is asked again.
    sample.press("Ctrl+2");
    let kept = sample.gold_on_disk(DAVOS).unwrap();
    assert_eq!((kept.len(), kept.decision_count()), (1, 1));
    sample.press("Ctrl+5");
    assert_eq!(sample.open_count(), all - 1);
}

#[test]
fn fields_are_taken_one_by_one_from_different_people() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let mark = {
        let scene = sample.stage.app().review().scene();
        scene.marks.iter().position(|m| m.words == "borders · Certainty").unwrap()
    };
    while sample.stage.app().review().at() != Some(mark) {
        sample.press("N");
    }
    look(&sample.stage, "review-fields");
    let (words, place) = {
        let difference = &sample.stage.app().review().scene().marks[mark];
        (difference.words.clone(), difference.place)
    };
    assert_eq!(words.split(" · ").count(), 2, "borders and one field: {words}");
    let spans: Vec<_> = {
        let scene = sample.stage.app().review().scene();
        scene.spans(mark).into_iter().map(|s| s.unwrap().clone()).collect()
    };
    // Boris's borders, then the cursor stands at the field: Anna's value.
    sample.press("Down 2 1");
    let gold = sample.gold().touching(place);
    assert_eq!(gold.len(), 1, "decided with the last piece");
    assert_eq!(gold[0].parts, spans[1].parts);
    let certainty = [0, 1].map(|who| spans[who].fields.get("certainty"));
    assert_ne!(certainty[0], certainty[1]);
    assert_eq!(gold[0].fields.get("certainty"), certainty[0]);
    let decision = sample.gold().decisions().next().unwrap();
    assert_eq!((decision.how.as_str(), decision.outcome), ("mix", Outcome::Taken));
}

#[test]
fn a_piece_is_taken_by_one_key_and_a_reason_is_given_again_by_one() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let mark = {
        let scene = sample.stage.app().review().scene();
        scene.marks.iter().position(|m| m.words == "borders · Certainty").unwrap()
    };
    while sample.stage.app().review().at() != Some(mark) {
        sample.press("N");
    }
    let place = sample.stage.app().review().scene().marks[mark].place;
    let parts: Vec<_> = {
        let scene = sample.stage.app().review().scene();
        scene.spans(mark).into_iter().map(|s| s.unwrap().clone()).collect()
    };
    // Borders from Boris, the field from Anna: a key each, no way to a row.
    sample.press("Shift+2 Shift+1");
    let gold = sample.gold().touching(place);
    assert_eq!(gold.len(), 1, "decided with the last piece");
    assert_eq!(gold[0].parts, parts[1].parts);
    assert_eq!(gold[0].fields.get("certainty"), parts[0].fields.get("certainty"));
    // Where no reason was given yet the key asks for one; then it gives it again, and goes on.
    let before = sample.open_count();
    sample.press("Shift+X \"a title\" Enter Shift+X Shift+X");
    assert_eq!(sample.open_count(), before - 3);
    let why: Vec<&str> = sample
        .gold()
        .decisions()
        .filter(|d| d.outcome == Outcome::Rejected)
        .map(|d| d.why.as_str())
        .collect();
    assert_eq!(why, ["a title"; 3]);
}

#[test]
fn a_finished_list_says_what_comes_next() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    // A relation between tags that all agree on takes them along: they are in no list.
    for _ in 0..sample.open_count() {
        sample.press("1");
    }
    assert_eq!((sample.open_count(), sample.gold().relation_count() > 0), (0, true));
    let says = |sample: &Sample, words: &str| sample.stage.find(words).is_some();
    let next = "Everything is decided. R puts into gold what all agree on";
    assert!(says(&sample, next), "{}", sample.stage.tree_text());
    sample.press("R Enter");
    assert!(says(&sample, "Everything is decided. Ctrl+Enter marks the article as done"));
}

#[test]
fn rejecting_asks_why_and_a_decision_can_be_taken_back_at_any_time() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let (all, first) = (sample.open_count(), sample.stage.app().review().at().unwrap());
    sample.press("X \"a title, not a name\" Enter");
    assert_eq!(sample.open_count(), all - 1);
    let decision = sample.gold().decisions().next().unwrap().clone();
    assert_eq!((decision.outcome, decision.why.as_str()), (Outcome::Rejected, "a title, not a name"));
    // The list hides what is decided until it is asked for; then one sees who decided, and why.
    sample.stage.click_label("decided too").unwrap();
    sample.press("Escape Shift+N");
    assert_eq!(sample.stage.app().review().at(), Some(first));
    assert!(sample.stage.find("«a title, not a name»").is_some(), "{}", sample.stage.tree_text());
    sample.press("Delete");
    assert_eq!((sample.open_count(), sample.gold().decision_count()), (all, 0));
}

#[test]
fn rules_decide_in_bulk_after_they_are_shown_and_are_one_step() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let all = sample.open_count();
    let agreed = sample.stage.app().review().scene().agreed.0;
    sample.press("R");
    assert!(sample.stage.find("What all say").is_some_and(|n| n.role == Role::RadioButton));
    look(&sample.stage, "review-rules");
    let counted = format!("Into gold: {agreed} tags");
    assert!(sample.stage.find(&counted).is_some(), "{}", sample.stage.tree_text());
    assert_eq!(sample.gold().len(), 0, "nothing is done before it is asked for");
    sample.press("Enter");
    assert_eq!((sample.gold().len(), sample.open_count()), (agreed, all));
    assert_eq!(sample.stage.app().review().scene().agreed, (agreed, agreed));
    sample.press("Ctrl+Z");
    assert_eq!(sample.gold().len(), 0);
    // One person's word alone.
    sample.press("R Down Enter");
    let anna = sample.stage.app().review().scene().people[0].set.len();
    assert_eq!(sample.gold().len(), anna, "everything Anna tagged");
}

#[test]
fn the_whole_sample_article_can_be_decided_by_keyboard() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let all = sample.open_count();
    let mut keys = sample.press("R Enter");
    let mut steps = 0;
    while sample.open_count() > 0 {
        keys += sample.press("1");
        steps += 1;
        assert!(steps <= all, "a decision did not go on");
    }
    keys += sample.press("Ctrl+Enter");
    println!("{all} differences, {keys} keys");
    assert_eq!(sample.gold_on_disk(DAVOS).unwrap().status, postil::model::Status::Done);
    assert_eq!(sample.stage.app().page(), Page::Review, "the next article is reviewed too");
}

#[test]
fn only_what_somebody_says_anew_is_open_again_and_it_is_marked() {
    use postil::window::review::scene::State;
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let place = |sample: &Sample| {
        let marks = &sample.stage.app().review().scene().marks;
        marks.iter().position(|m| m.words == "borders · Certainty").unwrap()
    };
    while sample.open_count() > 0 {
        sample.press("1");
    }
    let span = {
        let scene = sample.stage.app().review().scene();
        scene.spans(place(&sample))[1].unwrap().clone()
    };
    sample.press("Ctrl+2");
    // Boris changes his mind about one field of one tag.
    let file = sample.root.join("annotations/boris/ru-davos.ron");
    let text = std::fs::read_to_string(&file).unwrap();
    let at = text.find(&format!("id: \"{}\"", span.id.as_str())).unwrap();
    let changed = text[at..].replacen("\"certainty\": \"certain\"", "\"certainty\": \"possible\"", 1);
    assert_ne!(changed, text[at..]);
    std::fs::write(&file, format!("{}{changed}", &text[..at])).unwrap();
    sample.press("Ctrl+5");
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.open(), 1, "{:?}", scene.marks.iter().map(|m| (&m.words, m.state)).collect::<Vec<_>>());
    let mark = sample.stage.app().review().at().unwrap();
    assert_eq!(scene.marks[mark].state, State::Again);
    assert!(sample.stage.find("boris: Claim · new").is_some(), "{}", sample.stage.tree_text());
    assert!(sample.stage.find("anna: Claim · new").is_none());
    sample.press("2");
    assert_eq!(sample.open_count(), 0);
}

#[test]
fn one_person_alone_is_looked_over_tag_by_tag() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5 P Space Enter");
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["boris"]);
    let says = |m: &&postil::window::review::scene::Difference| m.words.contains("all agree");
    assert_eq!(scene.marks.iter().filter(says).count(), 0, "there is nobody to agree with");
    let boris = scene.people[0].set.len() + scene.people[0].set.relation_count();
    assert_eq!(scene.open(), boris);
    sample.press("1 0 1");
    assert_eq!((sample.gold().len(), sample.open_count()), (2, boris - 3));
}

#[test]
fn a_gold_tag_can_be_edited_by_hand_with_the_usual_fields() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let all = sample.open_count();
    sample.press("E");
    assert!(sample.stage.app().review().is_editing());
    assert!(sample.stage.find("Who or what").is_some(), "{}", sample.stage.tree_text());
    look(&sample.stage, "review-edit");
    sample.press("Escape Escape");
    assert!(!sample.stage.app().review().is_editing());
    assert_eq!((sample.gold().len(), sample.open_count()), (1, all - 1));
    // Borders move by the keys of the article.
    let first = sample.gold().spans().next().unwrap().clone();
    sample.stage.click_label("decided too").unwrap();
    sample.press("Escape Shift+N ]");
    let now = sample.gold().spans().next().unwrap().clone();
    assert!(now.end() > first.end(), "{first:?} {now:?}");
}

#[test]
fn people_talk_about_what_is_at_hand_and_about_the_article() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5 C \"Is a title a name? @boris\" Enter");
    assert!(sample.stage.find("Is a title a name? @boris").is_some(), "{}", sample.stage.tree_text());
    look(&sample.stage, "talk");
    let file = sample.root.join("review/threads/anna").join(DAVOS).with_extension("txt.ron");
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(kept.contains("Is a title a name?") && kept.contains("президента США"), "{kept}");
    let marks = |s: &Sample| s.stage.app().review().scene().marks.iter().map(|m| m.threads).sum::<usize>();
    assert!(marks(&sample) > 0);
    // Boris answers from his own window; it is unread for Anna until she sees it, and Anna's file stays hers.
    super::desk::prefer(&mut sample.stage, |_| {});
    let project = Project::open(&sample.root).unwrap();
    let (mut talk, faults) = postil::session::Talk::open(&project, DAVOS, "boris");
    assert!(faults.is_empty());
    assert_eq!(talk.mentioning_me().count(), 1);
    let thread = talk.threads()[0].id.clone();
    sample.press("N N");
    talk.reply(&project, &thread, "No, @anna.").unwrap();
    assert!(sample.stage.until(std::time::Duration::from_secs(60), |w| w.find("1 unread").is_some()));
    sample.stage.click_label("Comments (1), 1 unread").unwrap();
    look(&sample.stage, "talk-list");
    sample.stage.click_label("unread: boris: No, @anna.").unwrap();
    assert!(sample.stage.find("No, @anna.").is_some());
    assert!(sample.stage.find("1 unread").is_none(), "what was shown is read");
    sample.stage.click_label("Resolve").unwrap();
    assert_eq!(marks(&sample), 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap().matches("resolved").count(), 1);
    // About the article as a whole.
    sample.stage.click_label("about the article (0)").unwrap();
    sample.press("Escape C \"Who wrote this?\" Enter");
    assert!(sample.stage.find("about the article (1)").is_some());
}

/// Fast fingers: what is typed before the line is on the screen is a letter in it and no decision.
#[test]
fn what_is_typed_right_after_a_key_goes_into_the_line_it_opened() {
    use postil::window::command::Command;
    use postil::window::panel::Request;
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let all = sample.open_count();
    sample.stage.app().ask(Request::Command(Command::WriteComment));
    sample.stage.step();
    sample.press("\"2 whys\" Enter");
    assert_eq!((sample.open_count(), sample.gold().len()), (all, 0));
    assert!(sample.stage.find("2 whys").is_some(), "{}", sample.stage.tree_text());
    sample.stage.app().ask(Request::Command(Command::Reject));
    sample.stage.step();
    sample.press("\"1 title\" Enter");
    let decision = sample.gold().decisions().next().unwrap();
    assert_eq!((decision.outcome, decision.why.as_str()), (Outcome::Rejected, "1 title"));
}

#[test]
fn blind_until_done_hides_others_work() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    let mut project = Project::open(&sample.root).unwrap();
    project.settings.blind_until_done = true;
    project.save_settings().unwrap();
    drop(project);
    // Anna is done with this article; she sees Boris's work until she takes the mark back.
    let root = sample.root.clone();
    sample.stage.app_mut().open_project(&root, Some(DAVOS));
    sample.stage.settle();
    sample.press("Ctrl+5");
    assert!(sample.open_count() > 0);
    sample.press("Ctrl+2 Ctrl+Enter Ctrl+5");
    assert_eq!(sample.stage.app().review().scene().people.len(), 0);
    assert!(sample.stage.find("blind until done").is_some(), "{}", sample.stage.tree_text());
}

#[test]
fn everyone_sees_what_the_judge_made_of_their_work_and_why() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5 X \"a title, not a name\" Enter 2 Ctrl+7");
    read_through(&mut sample);
    look(&sample.stage, "own-work");
    let tree = sample.stage.tree_text();
    let row = |n: &postil::window::offscreen::NodeInfo| {
        n.role == Role::ListBoxOption && n.label.starts_with("Rejected: президента США")
    };
    let nodes = sample.stage.nodes();
    let rejected = nodes.iter().find(|n| row(n)).unwrap_or_else(|| panic!("{tree}"));
    assert!(
        rejected.label.contains("anna") && rejected.label.contains("«a title, not a name»"),
        "{rejected:?}"
    );
}

/// The sample with its overview read.
fn overview() -> Sample {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    let mut stage = window(vec2(1280.0, 800.0));
    stage.app_mut().open_project(&root, Some(DAVOS));
    stage.settle();
    let mut sample = Sample { stage, root, _folder: folder };
    sample.press("Ctrl+6");
    read_through(&mut sample);
    sample
}

pub(super) fn read_through(sample: &mut Sample) {
    let there = |w: &Window| !w.app().overview().is_reading() && w.app().overview().overview().is_some();
    assert!(sample.stage.until(std::time::Duration::from_secs(60), there));
}

#[test]
fn the_overview_shows_how_far_everyone_is() {
    let sample = overview();
    assert_eq!(sample.stage.app().page(), Page::Overview);
    look(&sample.stage, "overview-progress");
    let nodes = sample.stage.nodes();
    let cells: Vec<&str> = nodes.iter().filter(|n| n.role == Role::Cell).map(|n| n.label.as_str()).collect();
    assert!(cells.contains(&"anna: Done 7"), "{cells:?}");
}

#[test]
fn a_cell_of_the_agreement_matrix_leads_to_the_very_tags() {
    let mut sample = overview();
    sample.stage.click_label("Agreement").unwrap();
    look(&sample.stage, "overview-agreement");
    let nodes = sample.stage.nodes();
    let cell = nodes.iter().find(|n| n.role == Role::Cell && n.label.starts_with("anna, boris: 0.")).unwrap();
    let label = cell.label.clone();
    sample.stage.click_label(&label).unwrap();
    look(&sample.stage, "overview-drill");
    assert!(sample.stage.find("anna and boris differ in").is_some(), "{}", sample.stage.tree_text());
    // The keyboard is in the list: Enter opens the place in the review, the two compared.
    sample.press("Down Enter");
    assert_eq!(sample.stage.app().page(), Page::Review);
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["anna", "boris"]);
    assert!(sample.stage.app().review().at().is_some());
}

#[test]
fn each_labels_agreement_is_seen_at_once_and_leads_to_its_tags() {
    let mut sample = overview();
    sample.stage.click_label("By label").unwrap();
    let cell = |sample: &Sample, begins: &str| {
        let nodes = sample.stage.nodes();
        let found = nodes.iter().find(|n| n.role == Role::Cell && n.label.starts_with(begins)).cloned();
        found.unwrap_or_else(|| panic!("{begins}: {}", sample.stage.tree_text())).label
    };
    let claims = cell(&sample, "Claim: anna, boris: 0.");
    assert!(cell(&sample, "All labels: anna, boris: 0.") != claims);
    sample.stage.click_label(&claims).unwrap();
    let rows = |n: &&postil::window::offscreen::NodeInfo| {
        n.role == Role::ListBoxOption && n.label.contains("anna: ")
    };
    let nodes = sample.stage.nodes();
    let found: Vec<_> = nodes.iter().filter(rows).collect();
    assert!(!found.is_empty() && found.iter().all(|n| n.label.contains(": Claim")), "{found:?}");
    // A metric that is measured is shown for each label too.
    sample.stage.click_label("Measure: F1, same thing and label").unwrap();
    sample.stage.click_label("Cohen’s κ, by words").unwrap();
    read_through(&mut sample);
    sample.stage.settle();
    assert!(cell(&sample, "Claim: anna, boris: 0.").contains('['), "with its interval");
}

#[test]
fn kappa_and_its_like_are_measured_in_the_background() {
    let mut sample = overview();
    sample.stage.click_label("Agreement").unwrap();
    sample.stage.click_label("Measure: F1, same thing and label").unwrap();
    sample.stage.click_label("Cohen’s κ, by words").unwrap();
    read_through(&mut sample);
    look(&sample.stage, "overview-kappa");
    let nodes = sample.stage.nodes();
    let cell = nodes.iter().find(|n| n.role == Role::Cell && n.label.starts_with("anna, boris: 0.")).unwrap();
    assert!(cell.label.contains('['), "with its interval: {}", cell.label);
}

/// Waits until what is read or written beside the window is done.
fn work_through(sample: &mut Sample) {
    let titles = ["Packing", "Bringing in", "Looking at what came"];
    let done = |stage: &Window| titles.iter().all(|title| stage.find(title).is_none());
    assert!(sample.stage.until(std::time::Duration::from_secs(60), done));
}

#[test]
fn others_work_comes_in_after_it_was_told_and_goes_out_as_a_package() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    // A package of everything goes out …
    sample.press("Ctrl+K \"review package\" Enter");
    look(&sample.stage, "package");
    sample.press("Enter");
    work_through(&mut sample);
    let package = sample.root.parent().unwrap().join("sample – review.zip");
    assert!(package.is_file(), "{:?}", sample.stage.app().notice_texts());
    // … and what Boris had comes back from it.
    std::fs::remove_dir_all(sample.root.join("annotations/boris")).unwrap();
    let act = postil::window::review::ReviewAct::LookAt(package);
    sample.stage.app().ask(act.into());
    sample.stage.settle();
    work_through(&mut sample);
    look(&sample.stage, "incoming");
    assert!(sample.stage.find("New files: 7 · here already: 7").is_some(), "{}", sample.stage.tree_text());
    assert!(!sample.root.join("annotations/boris").exists(), "nothing is written before it is said");
    sample.stage.click_label("Bring in").unwrap();
    work_through(&mut sample);
    assert_eq!(std::fs::read_dir(sample.root.join("annotations/boris")).unwrap().count(), 7);
    assert!(sample.stage.app().notice_texts().iter().any(|n| n.contains("7 annotation files")));
}

#[test]
fn the_matrix_and_the_confusion_can_be_walked_by_keyboard() {
    let mut sample = overview();
    sample.stage.click_label("Confusion").unwrap();
    look(&sample.stage, "overview-confusion");
    sample.stage.act("Confusion", egui::accesskit::Action::Focus).unwrap();
    let grid = sample.stage.nodes().into_iter().find(|n| n.role == Role::Grid).unwrap();
    assert!(grid.focused || sample.stage.focused().is_some(), "{grid:?}");
    sample.stage.click_label("Over time").unwrap();
    look(&sample.stage, "overview-time");
    sample.stage.click_label("Outliers").unwrap();
    look(&sample.stage, "overview-outliers");
}

#[test]
fn charts_are_exported_as_they_are_seen() {
    let mut sample = overview();
    sample.stage.click_label("Agreement").unwrap();
    for (format, begins) in [("SVG", &b"<svg"[..]), ("PNG", &b"\x89PNG"[..]), ("CSV", &b"\"F1"[..])] {
        sample.stage.click_label(&format!("Export as {format}")).unwrap();
        sample.press("Enter");
        let file = sample.root.join(format!("charts/agreement.{}", format.to_lowercase()));
        let bytes = std::fs::read(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        assert!(bytes.starts_with(begins), "{format}: {:?}", String::from_utf8_lossy(&bytes[..40]));
    }
    let csv = std::fs::read_to_string(sample.root.join("charts/agreement.csv")).unwrap();
    assert!(csv.lines().count() == 4 && csv.contains("anna") && csv.contains("gold"), "{csv}");
}

#[test]
fn articles_are_assigned_by_hand_or_dealt_out() {
    let mut sample = overview();
    sample.stage.click_label("Assignments").unwrap();
    look(&sample.stage, "overview-assignments");
    let title = sample.stage.app().overview().overview().unwrap().articles[0].title.clone();
    let path = sample.stage.app().overview().overview().unwrap().articles[0].path.clone();
    // Somebody who has no work yet can be given some.
    sample.stage.act("Someone new", egui::accesskit::Action::Focus).unwrap();
    sample.press("\"Новая Вера\" Enter");
    read_through(&mut sample);
    let names = &sample.stage.app().overview().overview().unwrap().people;
    assert!(names.contains(&"Новая-Вера".to_owned()), "{names:?}");
    assert!(sample.stage.find(&format!("{title}: Новая-Вера")).is_some());
    sample.stage.click_label(&format!("{title}: Новая-Вера")).unwrap();
    sample.stage.click_label(&format!("{title}: boris")).unwrap();
    sample.stage.click_label("Save").unwrap();
    let kept = Project::open(&sample.root).unwrap().settings.assignments;
    assert_eq!(kept.get(&path), Some(&vec!["anna".to_owned()]));
    read_through(&mut sample);
    sample.stage.click_label("Deal out evenly").unwrap();
    sample.stage.click_label("Save").unwrap();
    let kept = Project::open(&sample.root).unwrap().settings.assignments;
    assert_eq!(kept.len(), 7);
    assert!(kept.values().all(|names| names.len() == 2));
    assert!(kept[&path].contains(&"anna".to_owned()), "what was assigned stays: {kept:?}");
}

#[test]
fn everything_has_a_name_in_every_language() {
    use postil::window::preferences::ThemeChoice;
    use postil::window::words::Language;
    for language in [Language::English, Language::Russian, Language::Ukrainian] {
        let mut sample = overview();
        super::desk::prefer(&mut sample.stage, |p| {
            p.language = language;
            p.theme = if language == Language::Russian { ThemeChoice::Dark } else { ThemeChoice::Light };
        });
        let name = language.code();
        let none = Vec::<String>::new();
        assert_eq!(super::access::nameless(&sample.stage), none, "{name}: overview");
        look(&sample.stage, &format!("{name}-overview"));
        let words = postil::window::words::Words::new(language);
        for section in [
            "agreement",
            "by-label",
            "confusion",
            "over-time",
            "outliers",
            "assignments",
            "own-work",
            "comments",
        ] {
            sample.stage.click_label(&words.say(&format!("overview-{section}"))).unwrap();
            sample.stage.settle();
            assert_eq!(super::access::nameless(&sample.stage), none, "{name}: {section}");
            look(&sample.stage, &format!("{name}-{section}"));
        }
        for keys in ["Ctrl+5", "C \"@boris?\" Enter", "X", "Escape R", "Escape P", "Escape N N"] {
            sample.press(keys);
            assert_eq!(super::access::nameless(&sample.stage), none, "{name}: after {keys}");
            look(&sample.stage, &format!("{name}-{}", keys.split(' ').next_back().unwrap()));
        }
    }
}

#[test]
fn one_comments_on_a_tag_while_annotating_and_sees_it_again() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Tab Ctrl+Alt+M \"is this Davos?\"");
    look(&sample.stage, "comment-beside");
    sample.press("Enter");
    let thread = {
        let session = sample.stage.app().session().unwrap();
        let [thread] = session.talk().threads() else { panic!("{:?}", session.talk().threads()) };
        thread.clone()
    };
    assert_eq!(thread.said[0].comment.says(), "is this Davos?");
    assert!(matches!(thread.topic, postil::model::Topic::Span { .. }), "{:?}", thread.topic);
    assert!(sample.stage.find("is this Davos?").is_some(), "{}", sample.stage.tree_text());
    // Another tag has none; the list has it, and leads back.
    sample.press("Escape Ctrl+K \"comments on the article\" Enter");
    look(&sample.stage, "comment-list");
    assert!(sample.stage.tree_text().contains("open: anna: is this Davos?"), "{}", sample.stage.tree_text());
}

#[test]
fn a_field_of_the_article_is_decided_by_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    std::fs::remove_dir_all(root.join("annotations/gold")).unwrap();
    let rewrite = |file: &str, from: &str, to: &str| {
        let path = root.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    };
    let field = r#"article_fields: [(name: "genre", kind: Choice([(name: "news"), (name: "essay")]))],
    labels: ["#;
    rewrite("assets/schemas/positions.ron", "labels: [", field);
    for (who, value) in [("anna", "news"), ("boris", "essay")] {
        let fields = format!("fields: {{\"genre\": \"{value}\"}},\n    spans: [");
        rewrite(&format!("annotations/{who}/ru-davos.ron"), "fields: {},\n    spans: [", &fields);
    }
    let mut stage = window(vec2(1280.0, 800.0));
    stage.app_mut().open_project(&root, Some(DAVOS));
    stage.settle();
    let mut sample = Sample { stage, root, _folder: folder };
    sample.press("Ctrl+5");
    look(&sample.stage, "article-field");
    assert!(sample.stage.tree_text().contains("The article: genre"), "{}", sample.stage.tree_text());
    sample.press("2");
    assert_eq!(sample.gold().fields.text("genre"), Some("essay"));
    assert_eq!(sample.gold().decisions().count(), 1);
    sample.press("Ctrl+Z");
    assert_eq!(sample.gold().fields.get("genre"), None);
}

/// What may come from people: no span at all, another schema, another text, nothing in common. The window says so, and says no nonsense.
#[test]
fn odd_work_is_shown_with_reasons_and_never_as_nonsense() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    std::fs::remove_dir_all(root.join("annotations/gold")).unwrap();
    let rewrite = |file: &str, change: &dyn Fn(String) -> String| {
        let path = root.join(file);
        std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
    };
    let schema: &dyn Fn(String) -> String = &|s| s.replace("(name: \"claim\"", "(name: \"statement\"");
    rewrite("assets/schemas/positions.ron", schema);
    rewrite("assets/sample/articles/ru-davos.txt", &|s| s.replace("Во вторник", "Сегодня, во вторник,"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root.join("annotations/boris")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for (n, file) in files.iter().enumerate() {
        match n {
            // The first keeps its head and loses its spans; the second is all that both have; the rest is gone.
            0 => {
                let text = std::fs::read_to_string(file).unwrap();
                let head = text.split("    spans: [").next().unwrap();
                std::fs::write(file, format!("{head}    spans: [],\n)\n")).unwrap();
            }
            1 => {}
            _ if file.ends_with("ru-davos.ron") => {}
            _ => std::fs::remove_file(file).unwrap(),
        }
    }
    let mut stage = window(vec2(1280.0, 800.0));
    stage.app_mut().open_project(&root, Some(DAVOS));
    stage.settle();
    let mut sample = Sample { stage, root, _folder: folder };
    sample.press("Ctrl+5");
    look(&sample.stage, "odd-review");
    assert!(
        sample.stage.app().notice_texts().iter().any(|n| n.contains("another version")),
        "{:?}",
        sample.stage.app().notice_texts()
    );
    sample.press("Ctrl+6");
    read_through(&mut sample);
    for section in ["Progress", "Agreement", "Confusion", "Over time", "Outliers"] {
        sample.stage.click_label(section).unwrap();
        read_through(&mut sample);
        let tree = sample.stage.tree_text();
        assert!(!tree.contains("NaN") && !tree.contains("inf"), "{section}: {tree}");
    }
}
