//! Ctrl-C in the middle of long commands: they end with 130, nothing is half-written, and doing it again does it whole.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and write their own fixtures"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use postil::store::{Project, SchemaChoice};
use serde_json::json;

const ARTICLES: usize = 400;

struct Place {
    folder: tempfile::TempDir,
}

/// How a command ended that Ctrl-C was sent to.
#[derive(Debug, PartialEq)]
enum End {
    /// Before it could listen: the system ended it.
    AtOnce,
    Stopped,
    /// It was quicker than the key.
    Finished(i32),
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.project("p");
        let lines: Vec<String> =
            (0..ARTICLES).flat_map(|n| [line(n, "anna", 6), line(n, "boris", 9)]).collect();
        std::fs::write(place.path("in.jsonl"), lines.join("\n")).unwrap();
        place
    }

    /// A place whose project holds the records.
    fn filled() -> Self {
        let place = Self::new();
        let done = place.command(&["import", "jsonl", "../in.jsonl"]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        place
    }

    fn project(&self, name: &str) {
        let schema = SchemaChoice::Template("positions".into());
        Project::create(&self.path(name), "Talks", schema, "ru").unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command.args(arguments).current_dir(self.path("p"));
        command
    }

    /// Runs a command and presses Ctrl-C after this long.
    fn interrupted(&self, arguments: &[&str], after: Duration) -> End {
        let mut child = self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(after);
        let _may_be_over = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        match child.wait().unwrap().code() {
            None => End::AtOnce,
            Some(130) => End::Stopped,
            Some(code) => End::Finished(code),
        }
    }

    /// Presses Ctrl-C later and later until the command stops in the middle, `between` looking at what each try left.
    fn stopped_in_the_middle(&self, arguments: &[&str], mut between: impl FnMut(&End)) {
        let mut stops = 0;
        for tenths in 1..200 {
            let end = self.interrupted(arguments, Duration::from_millis(tenths * 10));
            between(&end);
            match end {
                End::AtOnce => {}
                End::Stopped => stops += 1,
                End::Finished(_) => break,
            }
            if stops == 4 {
                break;
            }
        }
        assert!(stops > 0, "{arguments:?} was never stopped in the middle");
    }

    fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        gather(self.folder.path(), &mut all);
        all
    }
}

/// Every file but the program's private ones.
fn gather(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.ends_with(".postil") {
            continue;
        }
        match path.is_dir() {
            true => gather(&path, all),
            false => drop(all.insert(path.clone(), std::fs::read(&path).unwrap())),
        }
    }
}

/// A record of `jsonl`: every third word of an article is tagged, up to as many as are wanted.
fn line(article: usize, annotator: &str, spans: usize) -> String {
    let text = format!("Статья {article}. {}", "Київ вимагає гарантій безпеки. ".repeat(20));
    let tagged = (0..spans).map(|n| {
        let start = text.chars().position(|c| c == '.').unwrap() + 2 + n * 31;
        json!({"id": format!("s{n}"), "label": "entity", "start": start, "end": start + 4, "text": "Київ"})
    });
    json!({"article": format!("articles/{article:04}.txt"), "annotator": annotator, "language": "uk", "text": text,
        "spans": tagged.collect::<Vec<_>>()})
    .to_string()
}

#[test]
fn what_only_reads_stops() {
    let place = Place::filled();
    let before = place.everything();
    for arguments in [
        &["agree", "--format", "json"][..],
        &["diff", "anna", "boris", "--format", "json"],
        &["validate", "--format", "json"],
    ] {
        place.stopped_in_the_middle(arguments, |_| {});
        assert_eq!(place.everything(), before, "{arguments:?} changed something");
    }
}

#[test]
fn an_export_that_was_stopped_leaves_nothing() {
    let place = Place::filled();
    let before = place.everything();
    for (format, target) in [("jsonl", "../out.jsonl"), ("xmi", "../out"), ("spacy", "../out.spacy")] {
        let arguments = ["export", format, "--all", "--out", target, "--overwrite"];
        let target = place.path("p").join(target);
        place.stopped_in_the_middle(&arguments, |end| {
            if matches!(end, End::Finished(_)) {
                let gone = if target.is_dir() {
                    std::fs::remove_dir_all(&target)
                } else {
                    std::fs::remove_file(&target)
                };
                gone.unwrap();
            } else {
                let left: Vec<_> =
                    place.everything().into_keys().filter(|path| !before.contains_key(path)).collect();
                assert!(left.is_empty(), "{format} left {left:?}");
            }
        });
    }
}

#[test]
fn an_import_that_was_stopped_changes_nothing_or_can_be_done_again() {
    let names = |place: &Place| -> Vec<PathBuf> {
        let inside = |path: &PathBuf| Some(path.strip_prefix(place.path("p")).ok()?.to_owned());
        place.everything().keys().filter_map(inside).collect()
    };
    let whole = names(&Place::filled());
    let place = Place::new();
    let arguments = ["import", "jsonl", "../in.jsonl", "--merge"];
    place.stopped_in_the_middle(&arguments, |_| {
        for name in names(&place) {
            let length = std::fs::metadata(place.path("p").join(&name)).unwrap().len();
            assert!(length > 0 && whole.contains(&name), "{} is half-written", name.display());
        }
    });
    let again = place.command(&arguments).output().unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(names(&place), whole);
}

#[test]
fn an_adjudication_that_was_stopped_goes_on_where_it_was() {
    let place = Place::filled();
    let arguments = ["adjudicate", "--rule", "unanimous"];
    place.stopped_in_the_middle(&arguments, |_| {});
    let again = place.command(&arguments).output().unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let gold =
        place.everything().into_keys().filter(|path| path.to_string_lossy().contains("/gold/")).count();
    assert_eq!(gold, ARTICLES);
    let checked = place.command(&["validate"]).output().unwrap();
    assert_ne!(checked.status.code(), Some(3), "{}", String::from_utf8_lossy(&checked.stderr));
}
