#![allow(clippy::disallowed_methods)]

use super::*;
use crate::model::{Became, Change, Parts, Span, Transaction};
use crate::store::{SchemaChoice, read_set, write_set};
use crate::text::TextRange;

const PATIENCE: Duration = Duration::from_secs(20);

fn project(dir: &tempfile::TempDir) -> Project {
    Project::create(&dir.path().join("п"), "x", SchemaChoice::Template("entities".into()), "ru").unwrap()
}

fn open(project: &Project) -> (SetKeeper, Recovery) {
    let loaded = read_set(project, "anna", "articles/a.txt", None).unwrap();
    let digest = loaded.as_ref().map(|loaded| loaded.digest);
    let set = loaded.map_or_else(|| AnnotationSet::new("articles/a.txt", "anna"), |loaded| loaded.set);
    let setup = KeeperSetup {
        root: project.root.clone(),
        annotator: "anna".into(),
        article: "articles/a.txt".into(),
        file: project.annotation_path("anna", "articles/a.txt"),
        digest,
        own_writes: project.own_writes.clone(),
        wake: Arc::new(|| {}),
    };
    SetKeeper::open(setup, Workspace { set, ..Workspace::default() }).unwrap()
}

fn tag(on: &mut Workspace, keeper: &SetKeeper, n: u32) {
    let span = Arc::new(Span::new(format!("s{n}"), "x", Parts::one(TextRange::new(n, n + 2).unwrap())));
    let step = Transaction::new("tag", "", vec![Change::Span(Became::new(span))]);
    step.apply(on).unwrap();
    keeper.record(Act::Do(step));
}

#[test]
fn what_is_recorded_is_saved_and_undone_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let project = project(&dir);
    {
        let (keeper, mut at) = open(&project);
        assert_eq!(keeper.state(), SaveState::Saved);
        tag(&mut at.workspace, &keeper, 1);
        assert_eq!(keeper.state(), SaveState::Unsaved);
        keeper.save_soon(at.workspace.set.clone(), None);
        assert!(matches!(keeper.events().recv_timeout(PATIENCE), Ok(SaveEvent::Saved { .. })));
        tag(&mut at.workspace, &keeper, 2);
        keeper.save_soon(at.workspace.set.clone(), None);
        keeper.save_now().unwrap();
        assert_eq!(keeper.state(), SaveState::Saved);
        // Recorded, but no snapshot given: only the journal has it.
        tag(&mut at.workspace, &keeper, 3);
    }
    assert_eq!(unsaved_work(&project), [("anna".to_owned(), "articles/a.txt".to_owned())]);
    let (keeper, mut recovery) = open(&project);
    assert_eq!((recovery.recovered, recovery.workspace.set.len()), (1, 3));
    assert_eq!(keeper.state(), SaveState::Unsaved);
    for left in [2, 1, 0] {
        recovery.history.undo(&mut recovery.workspace).unwrap();
        assert_eq!(recovery.workspace.set.len(), left);
    }
}

#[test]
fn dropping_saves_what_was_given() {
    let dir = tempfile::tempdir().unwrap();
    let project = project(&dir);
    {
        let (keeper, mut at) = open(&project);
        tag(&mut at.workspace, &keeper, 1);
        keeper.save_soon(at.workspace.set.clone(), None);
    }
    assert!(unsaved_work(&project).is_empty());
    assert_eq!(read_set(&project, "anna", "articles/a.txt", None).unwrap().unwrap().set.len(), 1);
}

#[test]
fn a_file_changed_by_someone_else_waits_for_a_decision() {
    let dir = tempfile::tempdir().unwrap();
    let project = project(&dir);
    let (keeper, mut at) = open(&project);
    let theirs = AnnotationSet::new("articles/a.txt", "anna");
    let digest = write_set(&project, &theirs, None, None).unwrap();
    tag(&mut at.workspace, &keeper, 1);
    keeper.save_soon(at.workspace.set.clone(), None);
    assert!(keeper.save_now().is_err());
    assert_eq!(keeper.events().recv_timeout(PATIENCE), Ok(SaveEvent::ChangedOnDisk { found: Some(digest) }));
    assert!(matches!(keeper.state(), SaveState::Failed(_)));
    assert_eq!(read_set(&project, "anna", "articles/a.txt", None).unwrap().unwrap().digest, digest);
    // Closed before anyone decided: the work is in the journal, and is put on top of theirs.
    drop(keeper);
    let (keeper, recovery) = open(&project);
    assert_eq!((recovery.recovered, recovery.workspace.set.len()), (1, 1));
    keeper.save_soon(recovery.workspace.set.clone(), None);
    let mut newer = theirs;
    newer.length = 7;
    let newer = write_set(&project, &newer, None, Some(digest)).unwrap();
    assert!(keeper.save_now().is_err());
    keeper.expect(Some(newer));
    keeper.save_now().unwrap();
    assert_eq!(keeper.state(), SaveState::Saved);
}

#[test]
fn what_the_disk_refuses_is_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let project = project(&dir);
    let (keeper, mut at) = open(&project);
    // A file where the annotator's folder must be: nothing can be written below it.
    let obstacle = project.root.join("annotations/anna");
    std::fs::write(&obstacle, b"").unwrap();
    tag(&mut at.workspace, &keeper, 1);
    keeper.save_soon(at.workspace.set.clone(), None);
    assert!(matches!(keeper.events().recv_timeout(PATIENCE), Ok(SaveEvent::Failed { .. })));
    let SaveState::Failed(message) = keeper.state() else { panic!() };
    assert!(message.contains("a.ron") && message.contains("folder"), "{message}");
    keeper.flush().unwrap();
    std::fs::remove_file(&obstacle).unwrap();
    let saved = std::iter::from_fn(|| keeper.events().recv_timeout(PATIENCE).ok())
        .any(|event| matches!(event, SaveEvent::Saved { .. }));
    assert!(saved);
    assert_eq!(keeper.state(), SaveState::Saved);
}
