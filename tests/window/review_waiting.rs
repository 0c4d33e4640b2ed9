//! Work that takes long in the review can be cancelled while it runs: reading annotators' files, working out what a rule decides,
//! packing work for others, looking at theirs and bringing it in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use egui::{Role, vec2};
use postil::model::{AnnotationSet, Parts, Span};
use postil::store::{Project, write_set};
use postil::text::TextRange;
use postil::window::App;
use postil::window::offscreen::{NodeInfo, Stage};
use postil::window::panel::Page;
use postil::window::preferences::{Preferences, ThemeChoice};
use postil::window::review::ReviewAct;
use postil::window::words::{Language, Words};

use super::desk::{Window, prefer, press};
use super::pictures::compare;

const LARGE: &str = "articles/large.txt";
const SPANS: u32 = 2_400;
const LONG: Duration = Duration::from_secs(120);

/// Holds the threads of one name back at their first step, so that what is seen meanwhile does not depend on how fast the machine is.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<Option<&'static str>>, Condvar)>);

impl Gate {
    fn close(&self, thread: &'static str) {
        *self.0.0.lock().unwrap() = Some(thread);
    }

    fn open(&self) {
        *self.0.0.lock().unwrap() = None;
        self.0.1.notify_all();
    }

    /// What threads call when they have news.
    fn pass(&self) {
        let mine = std::thread::current().name().map(str::to_owned);
        let mut closed = self.0.0.lock().unwrap();
        while closed.is_some() && closed.map(str::to_owned) == mine {
            closed = self.0.1.wait(closed).unwrap();
        }
    }
}

impl Drop for Large {
    fn drop(&mut self) {
        self.gate.open();
    }
}

/// A project with an article that two people tagged thousands of times.
struct Large {
    stage: Window,
    gate: Gate,
    root: PathBuf,
    _folder: tempfile::TempDir,
}

fn large() -> Large {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    let word = "слово и ещё одно. ";
    let length = word.chars().count() as u32;
    let text: String = (0..SPANS).map(|n| if n % 12 == 11 { "слово и ещё одно.\n" } else { word }).collect();
    std::fs::create_dir_all(root.join("articles")).unwrap();
    std::fs::write(root.join(LARGE), format!("{text}\n")).unwrap();
    let project = Project::open(&root).unwrap();
    let article = project.read_article(LARGE).unwrap();
    for (who, step) in [("anna", 1), ("boris", 1), ("clara", 2)] {
        let mut set = AnnotationSet::new(LARGE, who);
        (set.fingerprint, set.length) = (article.text.fingerprint().to_owned(), article.text.len());
        for n in (0..SPANS).step_by(step) {
            let wide = if who == "clara" && n % 10 == 0 { 7 } else { 5 };
            let parts = Parts::one(TextRange::new(n * length, n * length + wide).unwrap());
            set.insert(Span::new(format!("s{n}"), "entity", parts));
        }
        write_set(&project, &set, Some(&article.text), None).unwrap();
    }
    drop(project);
    let gate = Gate::default();
    let own = gate.clone();
    let app = App::new(None, Arc::new(move || own.pass()));
    let mut stage = Stage::new(vec2(1100.0, 700.0), 1.0, app, |ui, app: &mut App| app.ui(ui));
    prefer(&mut stage, |p| {
        *p = Preferences {
            annotator: "anna".into(),
            language: Language::English,
            theme: ThemeChoice::Light,
            ..Preferences::default()
        };
    });
    stage.app_mut().open_project(&root, Some(LARGE));
    let mut large = Large { stage, gate, root, _folder: folder };
    large.until("the rows are read", |w| !w.app().session().unwrap().is_reading());
    large
}

impl Large {
    fn press(&mut self, keys: &str) {
        press(&mut self.stage, keys);
    }

    fn until(&mut self, what: &str, done: impl Fn(&Window) -> bool) {
        assert!(self.stage.until(LONG, done), "{what}: {}", self.stage.tree_text());
    }

    fn cancel(&mut self) {
        let words = Words::new(self.stage.app().preferences().language);
        self.stage.click_label(&words.say("dialog-cancel")).unwrap();
        self.stage.settle();
    }

    fn notices(&self) -> String {
        self.stage.app().notice_texts().join("\n")
    }

    fn gold(&self) -> usize {
        self.stage.app().session().unwrap().open.as_ref().unwrap().desk.workspace.set.len()
    }

    /// Keeps the pictures once the thread stands at the gate and nothing else is under way.
    fn look(&mut self, name: &str) {
        for (language, theme, which) in [
            (Language::English, ThemeChoice::Light, "light"),
            (Language::Russian, ThemeChoice::Dark, "ru_dark"),
        ] {
            prefer(&mut self.stage, |p| (p.language, p.theme) = (language, theme));
            let begun = |w: &Window| {
                let told = |n: &NodeInfo| n.role == Role::ProgressIndicator && n.label.ends_with(" %");
                w.nodes().iter().any(|n| told(n) && n.label != "0 %")
                    && !w.app().session().unwrap().is_reading()
                    && !w.app().review().is_comparing()
            };
            self.until("the first step is done", begun);
            compare(&mut self.stage, &format!("{name}_{which}"));
        }
        prefer(&mut self.stage, |p| (p.language, p.theme) = (Language::English, ThemeChoice::Light));
    }
}

#[test]
fn reading_is_cancelled_while_it_runs_and_can_begin_again() {
    let mut large = large();
    large.gate.close("reading annotations");
    large.press("Ctrl+5");
    large.until("one file is read", |w| w.find("Reading annotations: 1 of 3 files").is_some());
    large.look("review_reading");
    large.cancel();
    assert_eq!(large.stage.app().page(), Page::Article);
    assert!(large.notices().contains("Stopped; nothing was changed"), "{}", large.notices());
    assert!(!large.root.join("annotations/gold/articles/large.ron").exists());
    // One's own tags are at hand as before, and the review can begin again.
    let session = large.stage.app().session().unwrap();
    assert_eq!((session.annotator.as_str(), session.is_reviewing()), ("anna", false));
    assert_eq!(large.gold(), SPANS as usize);
    large.gate.open();
    large.press("Ctrl+5");
    large.until("everyone is there", |w| w.app().review().scene().people.len() == 3);
}

#[test]
fn a_rule_that_is_worked_out_is_cancelled_and_can_be_worked_out_again() {
    let mut large = large();
    large.press("Ctrl+5");
    large.until("everyone is there", |w| w.app().review().scene().people.len() == 3);
    let open = large.stage.app().review().scene().open();
    large.gate.close("deciding");
    large.press("R");
    large.until("it is worked out", |w| w.find("Working out what the rule decides").is_some());
    large.look("review_deciding");
    let apply =
        |w: &Window| w.nodes().into_iter().find(|n| n.role == Role::Button && n.label == "Put into gold");
    // Enter has nothing to put into gold yet.
    large.press("Enter");
    assert_eq!(large.gold(), 0);
    assert!(apply(&large.stage).is_some());
    large.cancel();
    assert!(apply(&large.stage).is_none(), "the dialog is closed");
    assert!(large.notices().contains("Stopped; nothing was changed"), "{}", large.notices());
    assert_eq!((large.gold(), large.stage.app().review().scene().open()), (0, open));
    large.gate.open();
    large.press("R");
    large.until("the plan is there", |w| w.find("What would go into gold").is_some());
    large.press("Enter");
    large.until("it is done", |w| {
        !w.app().session().unwrap().open.as_ref().unwrap().desk.workspace.set.is_empty()
    });
    large.press("Ctrl+Z");
    assert_eq!(large.gold(), 0, "one step of undo takes all of it back");
}

impl Large {
    /// Packs everything, and takes away here what Boris and Clara did.
    fn package(&mut self) -> PathBuf {
        self.press("Ctrl+K \"review package\" Enter Enter");
        let package = self.root.parent().unwrap().join("sample – review.zip");
        let there = package.clone();
        self.until("it is packed", move |w| w.find("Packing").is_none() && there.is_file());
        for who in ["boris", "clara"] {
            std::fs::remove_dir_all(self.root.join("annotations").join(who)).unwrap();
        }
        package
    }

    fn look_at(&mut self, package: &Path) {
        self.stage.app().ask(ReviewAct::LookAt(package.to_owned()).into());
        self.stage.settle();
    }

    /// How many of their files are here.
    fn theirs(&self) -> usize {
        let set = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|ending| ending == "ron");
        let files = |who: &str| {
            let folder = std::fs::read_dir(self.root.join("annotations").join(who));
            folder.into_iter().flatten().flatten().filter(set).count()
        };
        files("boris") + files("clara")
    }

    /// Cancels work that stands at the gate, and lets its thread go on.
    fn cancel_at_the_gate(&mut self, title: &'static str) {
        let first = |n: &NodeInfo| n.label.starts_with("1 of ") && n.label.ends_with(" files");
        self.until("one step is done", |w| w.find(title).is_some() && w.nodes().iter().any(first));
        assert_eq!(
            self.stage.focused().map(|n| n.label).as_deref(),
            Some("Cancel"),
            "the keyboard is at Cancel"
        );
        self.press("Enter");
        assert!(self.stage.find(title).is_some(), "it ends with its step");
        self.gate.open();
        self.until("it ends", |w| w.find(title).is_none());
    }
}

#[test]
fn packing_is_cancelled_and_leaves_no_file() {
    let mut large = large();
    large.gate.close("packing");
    large.press("Ctrl+K \"review package\" Enter Enter");
    large.cancel_at_the_gate("Packing");
    assert!(large.notices().contains("Stopped; nothing was changed"), "{}", large.notices());
    assert!(!large.root.parent().unwrap().join("sample – review.zip").exists());
    let package = large.package();
    assert!(package.is_file(), "it can be begun again");
}

#[test]
fn looking_at_others_work_is_cancelled_and_offers_no_half_of_it() {
    let mut large = large();
    let package = large.package();
    large.gate.close("looking");
    large.look_at(&package);
    large.cancel_at_the_gate("Looking at what came");
    assert!(large.notices().contains("Stopped; nothing was changed"), "{}", large.notices());
    assert!(large.stage.find("Bring in").is_none(), "{}", large.stage.tree_text());
    large.look_at(&package);
    large.until("all of it is told", |w| w.find("Bring in").is_some());
}

#[test]
fn bringing_in_is_cancelled_after_a_file_and_can_be_begun_again() {
    let mut large = large();
    let all = large.theirs();
    let package = large.package();
    assert_eq!(large.theirs(), 0);
    large.look_at(&package);
    large.until("it is told", |w| w.find("Bring in").is_some());
    large.gate.close("taking in");
    large.stage.click_label("Bring in").unwrap();
    large.cancel_at_the_gate("Bringing in");
    assert_eq!(large.theirs(), 1, "what was written is whole and stays");
    let told = "Stopped. Brought in so far: 1 annotation files, 0 comments; the rest was left";
    assert!(large.notices().contains(told), "{}", large.notices());
    large.look_at(&package);
    large.until("the rest is told", |w| w.find("Bring in").is_some());
    large.stage.click_label("Bring in").unwrap();
    large.until("it is done", |w| w.find("Bringing in").is_none());
    assert_eq!(large.theirs(), all);
}
