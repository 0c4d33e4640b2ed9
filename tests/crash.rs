//! Killing the program at random moments, again and again: every file stays readable, and every act that was reported done 200 ms
//! before the kill is there at the next start.
//!
//! The child is this very test binary, told by an environment variable to work instead of testing. Its work is a pure function of
//! the act's number, so that the parent can work it out too and compare the whole state, not just counts. 40 kills by default;
//! `POSTIL_KILLS=1000` for the long run. `POSTIL_SMALL_DISK` names a folder on a disk of at most a few megabytes for the test of a
//! full one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use postil::model::{
    Act, AnnotationSet, Became, Change, Entity, History, Parts, Schema, Span, Status, Transaction, Value,
    Workspace,
};
use postil::store::{
    Digest, KeeperSetup, Project, Recovery, SaveState, SchemaChoice, SetKeeper, SetLock, read_set,
    read_set_file, unsaved_work,
};
use postil::text::{CanonicalText, TextRange};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const CHILD: &str = "POSTIL_CRASH_CHILD";
const FROM: &str = "POSTIL_CRASH_FROM";
const ARTICLE: &str = "articles/статья 1.txt";
const ANNOTATOR: &str = "анна";

/// What a kill may cost.
const LOSS: Duration = Duration::from_millis(200);

/// So many kills, then a fresh project: the first saving has dangers of its own.
const ROUND: u64 = 10;

fn text() -> CanonicalText {
    CanonicalText::new(&"Песков заявил, что решать надо «сейчас» 👩‍👩‍👧. ".repeat(40))
}

fn micros() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros()
}

/// Numbers that look random and are the same everywhere (splitmix64).
fn scrambled(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The work number `n`: tagging, editing, removing, entities, status, undo, redo. `None` if there was nothing to do.
fn work(n: u64, history: &mut History, on: &mut Workspace, schema: &Schema) -> Option<Act> {
    let random = scrambled(n);
    let some = on.set.spans().nth(random as usize % on.set.len().max(1)).cloned();
    let changes = match (random >> 32) % 16 {
        0 | 1 => return history.undo(on).unwrap(),
        2 => return history.redo(on).unwrap(),
        3 => {
            let after = Status::ALL[(random % 4) as usize];
            vec![Change::Status { before: on.set.status, after }]
        }
        4 => {
            let id = format!("entity-{}", random % 40);
            let before = on.register.get(&id).cloned();
            let after = Arc::new(Entity::new(id.as_str(), format!("имя {n}"), "person"));
            vec![Change::Entity(Became { before, after: Some(after) })]
        }
        5 if on.set.len() > 100 => on.removal_of(&some.unwrap().id, schema),
        6..=9 if some.is_some() => {
            let old = some.unwrap();
            let mut new = (*old).clone();
            new.fields.set("act", Value::text(format!("demand {n}")));
            new.note = format!("заметка \"{n}\"\nещё строка");
            vec![Change::Span(Became::other(old, Arc::new(new)))]
        }
        _ => {
            let start = (random >> 8) as u32 % 1500;
            let range = TextRange::new(start, start + 1 + (random >> 40) as u32 % 60).unwrap();
            let span = Span::new(format!("s{n}"), "position", Parts::one(range));
            vec![Change::Span(Became::new(Arc::new(span)))]
        }
    };
    let mut step = Transaction::new("work", format!("{n}"), changes);
    step.gesture = n.is_multiple_of(3).then_some(n / 6);
    history.make(step, on).unwrap()
}

fn make_project(dir: &Path) -> Project {
    let mut project =
        Project::create(dir, "Аварии", SchemaChoice::Template("positions".into()), "ru").unwrap();
    project.add_article_bytes(ARTICLE, text().as_str().as_bytes()).unwrap();
    project
}

/// Opens the set as the program does; every file must be readable.
fn open(project: &Project) -> (SetKeeper, Recovery) {
    assert!(project.faults.is_empty(), "{:?}", project.faults);
    let article = project.read_article(ARTICLE).unwrap();
    let loaded = read_set(project, ANNOTATOR, ARTICLE, Some(&article)).unwrap();
    let digest = loaded.as_ref().map(|loaded| loaded.digest);
    let set = loaded.map_or_else(|| AnnotationSet::new(ARTICLE, ANNOTATOR), |loaded| loaded.set);
    let setup = KeeperSetup {
        root: project.root.clone(),
        annotator: ANNOTATOR.into(),
        article: ARTICLE.into(),
        file: project.annotation_path(ANNOTATOR, ARTICLE),
        digest,
        own_writes: project.own_writes.clone(),
        wake: Arc::new(|| {}),
    };
    let workspace = Workspace { set, register: project.register.clone(), codebook: project.codebook.clone() };
    SetKeeper::open(setup, workspace).unwrap()
}

/// The child's side; does nothing in a normal test run.
#[test]
fn works_until_it_is_killed() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let from: u64 = std::env::var(FROM).unwrap().parse().unwrap();
    let mut project = Project::open(Path::new(&dir)).unwrap();
    let _lock = SetLock::try_take(&project.root, ANNOTATOR, ARTICLE).unwrap();
    let (keeper, recovery) = open(&project);
    let (mut on, mut history) = (recovery.workspace, recovery.history);
    let schema = project.schema.clone();
    let mut out = std::io::stdout().lock();
    for n in from.. {
        if let Some(act) = work(n, &mut history, &mut on, &schema) {
            keeper.record(act);
            keeper.save_soon(on.set.clone(), Some(text()));
        }
        // What is on this line is done: the promise counts from here.
        writeln!(out, "done {n} {}", micros()).unwrap();
        out.flush().unwrap();
        if n.is_multiple_of(7) && project.register != on.register {
            project.register = on.register.clone();
            project.save_register().unwrap();
            keeper.shared_saved();
        }
        if n % 50 == 49 {
            keeper.save_now().unwrap();
        }
        std::thread::sleep(Duration::from_micros(500 + scrambled(n) % 8000));
    }
}

fn start(dir: &Path, from: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "works_until_it_is_killed", "--nocapture"])
        .env(CHILD, dir)
        .env(FROM, from.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

#[test]
fn no_kill_costs_more_than_a_moment() {
    if std::env::var_os(CHILD).is_some() {
        return;
    }
    let kills: u64 = std::env::var("POSTIL_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let schema = Schema::positions();
    let (mut acts, mut lost_most, mut lost_acts, mut recovered, mut tail_lost) =
        (0u64, 0u128, 0u64, 0usize, 0u64);
    let mut seed = u64::from(std::process::id()) ^ micros() as u64;
    for round in 0..kills.div_ceil(ROUND) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("проект с пробелом");
        make_project(&root);
        // The state after `reached` pieces of work, worked out here.
        let mut at = Workspace { set: AnnotationSet::new(ARTICLE, ANNOTATOR), ..Workspace::default() };
        let (mut history, mut reached) = (History::default(), 0u64);
        for kill in 0..ROUND.min(kills - round * ROUND) {
            seed = scrambled(seed);
            let mut child = start(&root, reached + 1);
            let lines = BufReader::new(child.stdout.take().unwrap());
            let reader = std::thread::spawn(move || {
                let done = |line: String| {
                    let mut words = line.strip_prefix("done ")?.split(' ');
                    Some((words.next()?.parse::<u64>().ok()?, words.next()?.parse::<u128>().ok()?))
                };
                lines.lines().map_while(Result::ok).filter_map(done).collect::<Vec<_>>()
            });
            // Sometimes while it still starts, sometimes in the middle of its second saving.
            std::thread::sleep(Duration::from_millis(20 + seed % 1200));
            // The promise is about what was done 200 ms before this.
            let killed_at = micros();
            child.kill().unwrap();
            child.wait().unwrap();
            let reported = reader.join().unwrap();

            let project = Project::open(&root).unwrap();
            for file in project.annotation_files() {
                read_set_file(&project.root, &file.file, &|_| Some(text())).unwrap();
            }
            let _lock = SetLock::try_take(&root, ANNOTATOR, ARTICLE).expect("a killed process holds no lock");
            let unsaved = unsaved_work(&project);
            let (keeper, recovery) = open(&project);
            assert!(!recovery.foreign, "kill {kill} of round {round}: the file is not known to the journal");
            assert!(recovery.lost.is_empty(), "{:?}", recovery.message());
            assert_eq!(!unsaved.is_empty(), recovery.recovered > 0);
            assert_eq!(recovery.recovered > 0, recovery.message().is_some());
            let safe = killed_at - LOSS.as_micros();
            let must = reported.iter().rev().find(|(_, when)| *when <= safe).map_or(reached, |(n, _)| *n);
            let reported_last = reported.last().map_or(reached, |(n, _)| *n);

            // Somewhere between what must be there and what may be there (one piece of work may be done and not yet reported),
            // the whole state is the very one, undo included.
            // Gestures end with the process that made them, so they depend on where the kills fell: all but them is compared.
            let steps = |past: &History| -> Vec<Vec<Change>> {
                past.done().iter().chain(past.undone()).map(|step| step.changes.clone()).collect()
            };
            let same = |w: &Workspace, past: &History| {
                w.set == recovery.workspace.set
                    && w.register == recovery.workspace.register
                    && past.done().len() == recovery.history.done().len()
                    && steps(past) == steps(&recovery.history)
            };
            let mut found = None;
            let (mut probe, mut past) = (at.clone(), history.clone());
            for n in reached..=reported_last + 1 {
                if n > reached {
                    work(n, &mut past, &mut probe, &schema);
                }
                if n >= must && same(&probe, &past) {
                    found = Some((n, probe.clone()));
                }
            }
            let Some((n, state)) = found else {
                panic!(
                    "kill {kill} of round {round}: no state between act {must} and {reported_last} is what was recovered"
                );
            };
            acts += n - reached;
            recovered += recovery.recovered;
            if n < reported_last {
                let first_lost = reported.iter().find(|(m, _)| *m > n).map_or(killed_at, |(_, when)| *when);
                lost_most = lost_most.max(killed_at.saturating_sub(first_lost));
                lost_acts += reported_last - n;
                tail_lost += 1;
            }
            drop(keeper);
            (at, history, reached) = (state, recovery.history, n);
        }
        assert_eq!(leftovers(&root), 0, "journals are never put aside by a mere kill");
    }
    eprintln!(
        "{kills} kills, {acts} acts, {recovered} recovered from the journal; in {tail_lost} kills {lost_acts} acts already reported were \
         lost, none older than {:.1} ms",
        lost_most as f64 / 1000.0
    );
}

/// How many journals were put aside. Unfinished files of a killed program are hidden and no journals.
fn leftovers(root: &Path) -> usize {
    let folder = root.join(".postil/journal").join(ANNOTATOR).join("articles");
    let names = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
    names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| !name.starts_with('.') && !name.ends_with(".log"))
        .count()
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(folder) = std::env::var_os("POSTIL_SMALL_DISK") else {
        eprintln!("left out: POSTIL_SMALL_DISK names no folder on a small disk");
        return;
    };
    let root = Path::new(&folder).join("полный диск");
    let project = make_project(&root);
    let (keeper, recovery) = open(&project);
    let (mut on, mut history) = (recovery.workspace, recovery.history);
    let mut n = 0;
    let mut go_on = |on: &mut Workspace, keeper: &SetKeeper, pieces: u64| {
        for _ in 0..pieces {
            n += 1;
            if let Some(act) = work(n, &mut history, on, &project.schema) {
                keeper.record(act);
                keeper.save_soon(on.set.clone(), Some(text()));
            }
        }
    };
    go_on(&mut on, &keeper, 50);
    keeper.save_now().unwrap();
    let file = root.join(project.annotation_path(ANNOTATOR, ARTICLE));
    let before = Digest::of_file(&file).unwrap().unwrap();

    let filler = root.join("filler");
    let mut fill = std::fs::File::create(&filler).unwrap();
    while fill.write_all(&[0; 4096]).is_ok() {}
    while fill.write_all(&[0]).is_ok() {}
    go_on(&mut on, &keeper, 300);
    let refused = keeper.save_now().unwrap_err();
    assert!(refused.contains("disk is full"), "{refused}");
    let SaveState::Failed(told) = keeper.state() else { panic!("{:?}", keeper.state()) };
    assert!(told.contains("disk is full"), "{told}");
    assert_eq!(Digest::of_file(&file).unwrap().unwrap(), before, "the old file is whole");

    std::fs::remove_file(&filler).unwrap();
    drop(fill);
    keeper.save_now().unwrap();
    keeper.flush().unwrap();
    assert_eq!(keeper.state(), SaveState::Saved);
    drop(keeper);
    let (_keeper, again) = open(&project);
    assert_eq!((again.recovered, again.workspace.set), (0, on.set));
    assert_eq!(again.history.done().len(), history.done().len());
    std::fs::remove_dir_all(&root).unwrap();
}
