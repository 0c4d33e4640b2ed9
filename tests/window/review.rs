//! The review: everyone's tags side by side, decisions into gold, threads, and the project's overview.

use std::path::{Path, PathBuf};
use std::time::Duration;

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
    assert!(scene.open() > 0);
    let tree = sample.stage.tree_text();
    assert!(sample.stage.find("Differences").is_some_and(|n| n.role == Role::ListBox), "{tree}");
    let _ = Duration::ZERO;
    let _ = (Outcome::Taken, sample.gold().len(), sample.open_count(), sample.gold_on_disk(DAVOS));
}
