//! The review: everyone's tags side by side, decisions into gold, threads, and the project's overview.

use std::path::{Path, PathBuf};

use egui::{Role, Vec2, vec2};
use postil::model::{AnnotationSet, GOLD, Outcome};
use postil::store::{Project, read_set};
use postil::window::panel::Page;

use super::desk::{Window, press, window};

const DAVOS: &str = "assets/sample/articles/ru-davos.txt";

/// The sample project in a window.
struct Sample {
    stage: Window,
    root: PathBuf,
    _folder: tempfile::TempDir,
}

impl Sample {
    /// The sample with an article at hand and nothing in gold.
    fn without_gold(article: &str, size: Vec2) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        postil::session::sample::write(&root).unwrap();
        std::fs::remove_dir_all(root.join("annotations/gold")).unwrap();
        let mut stage = window(size);
        stage.app_mut().open_project(&root, Some(article));
        stage.settle();
        Self { stage, root, _folder: folder }
    }

    fn press(&mut self, keys: &str) -> usize {
        press(&mut self.stage, keys)
    }

    fn gold(&self) -> &AnnotationSet {
        let open = self.stage.app().session().and_then(|s| s.open.as_ref()).unwrap();
        assert_eq!(open.desk.workspace.set.annotator, GOLD);
        &open.desk.workspace.set
    }

    fn open_count(&self) -> usize {
        self.stage.app().review().scene().open()
    }

    fn gold_on_disk(&self, article: &str) -> Option<AnnotationSet> {
        let project = Project::open(&self.root).unwrap();
        let read = project.read_article(article).unwrap();
        read_set(&project, GOLD, article, Some(&read)).unwrap().map(|loaded| loaded.set)
    }
}

fn look(stage: &Window, name: &str) {
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
    assert!(sample.stage.find("Differences").is_some_and(|n| n.role == Role::ListBox));
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
fn one_person_alone_is_looked_over_tag_by_tag() {
    let mut sample = Sample::without_gold(DAVOS, vec2(1280.0, 800.0));
    sample.press("Ctrl+5 P Space Enter");
    let scene = sample.stage.app().review().scene();
    assert_eq!(scene.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["boris"]);
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
