//! An import is looked at, carried out and taken back: by the command line, and for any import at all.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and write their own fixtures"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use postil::formats::format;
use postil::session::exchange::importing::{
    Fate, ImportWish, Mapping, Onto, confirm, imports, prepare, take_back,
};
use postil::session::exchange::{Course, ExchangeError, Progress, Quiet};
use postil::store::{Project, SchemaChoice};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

struct Place {
    folder: tempfile::TempDir,
}

struct Ran {
    exit: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let schema = SchemaChoice::Template("positions".into());
        Project::create(&folder.path().join("p"), "Talks", schema, "ru").unwrap();
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("p")
    }

    fn project(&self) -> Project {
        Project::open(&self.root()).unwrap()
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn records(&self, records: &[Json]) -> PathBuf {
        let lines: Vec<String> = records.iter().map(Json::to_string).collect();
        self.write("in.jsonl", &lines.join("\n"))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let ran = Command::new(env!("CARGO_BIN_EXE_postil"))
            .args(arguments)
            .current_dir(self.root())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran { exit: ran.status.code().unwrap(), out: text(&ran.stdout), err: text(&ran.stderr) }
    }

    /// Every file and folder of the project but its private ones; folders have no bytes.
    fn everything(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut all = BTreeMap::new();
        everything(&self.root(), &mut all);
        all
    }
}

fn everything(folder: &Path, all: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.ends_with(".postil") {
            continue;
        }
        if path.is_dir() {
            everything(&path, all);
            all.insert(path, None);
        } else {
            all.insert(path.clone(), Some(std::fs::read(&path).unwrap()));
        }
    }
}

fn record(article: &str, annotator: &str, text: &str, spans: &[(&str, usize, usize)]) -> Json {
    let spans: Vec<Json> = spans
        .iter()
        .enumerate()
        .map(|(n, (label, start, end))| json!({"id": format!("s{n}"), "label": label, "start": start, "end": end}))
        .collect();
    json!({"article": article, "annotator": annotator, "text": text, "spans": spans})
}

fn kyiv() -> Json {
    record("a.txt", "anna", "Киев молчит.", &[("entity", 0, 4), ("тишина", 5, 11)])
}

#[test]
fn a_dry_run_tells_everything_and_writes_nothing() {
    let place = Place::new();
    place.records(&[kyiv(), json!({"article": "b.txt"})]);
    let before = place.everything();
    let ran = place.run(&["import", "jsonl", "../in.jsonl", "--dry-run"]);
    assert_eq!(ran.exit, 1, "{}", ran.err);
    assert_eq!(ran.out, "article\tannotator\tspans\trelations\tset\narticles/a.txt\tanna\t2\t0\tnew\n");
    assert!(ran.err.contains("label `тишина`") && ran.err.contains("line 2"), "{}", ran.err);
    assert!(ran.err.contains("This would import 1 set of annotations and add 1 article"), "{}", ran.err);
    assert_eq!(place.everything(), before);
    assert!(!place.root().join(".postil/imports").exists());
}

#[test]
fn the_newest_import_is_taken_back_then_the_one_before() {
    let place = Place::new();
    let empty = place.everything();
    place.records(&[kyiv()]);
    assert_eq!(place.run(&["import", "jsonl", "../in.jsonl"]).exit, 0);
    let first = place.everything();
    place.records(&[record("a.txt", "anna", "Киев молчит.", &[("claim", 0, 4)])]);
    assert_eq!(place.run(&["import", "jsonl", "../in.jsonl", "--replace"]).exit, 0);
    assert_ne!(place.everything(), first);
    let ran = place.run(&["import", "--take-back"]);
    assert_eq!(ran.exit, 0, "{}", ran.err);
    assert!(ran.err.contains("1 file restored"), "{}", ran.err);
    assert_eq!(place.everything(), first);
    assert_eq!(place.run(&["import", "--take-back"]).exit, 0);
    assert_eq!(place.everything(), empty);
    let ran = place.run(&["import", "--take-back"]);
    assert!(ran.exit == 2 && ran.err.contains("no import"), "{}", ran.err);
}

#[test]
fn what_was_changed_since_is_not_taken_back() {
    let place = Place::new();
    place.records(&[kyiv()]);
    assert_eq!(place.run(&["import", "jsonl", "../in.jsonl"]).exit, 0);
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 3] = [
        ("annotations/anna/a.ron", |text| text.replace("entity", "claim")),
        ("schema.ron", |text| text.replace("тишина", "молчание")),
        ("articles/a.txt", |text| format!("{text}\n")),
    ];
    for (file, change) in changes {
        let path = place.root().join(file);
        let was = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, change(&was)).unwrap();
        let changed = place.everything();
        let ran = place.run(&["import", "--take-back"]);
        assert_eq!(ran.exit, 3);
        assert!(ran.err.contains(file) && ran.err.contains("Nothing was taken back"), "{}", ran.err);
        assert_eq!(place.everything(), changed);
        std::fs::write(&path, was).unwrap();
    }
    // Somebody else has begun to work on an article that would go.
    let theirs = place.root().join("annotations/boris/a.ron");
    std::fs::create_dir_all(theirs.parent().unwrap()).unwrap();
    let ours = std::fs::read_to_string(place.root().join("annotations/anna/a.ron")).unwrap();
    std::fs::write(&theirs, ours.replace("\"anna\"", "\"boris\"")).unwrap();
    let ran = place.run(&["import", "--take-back"]);
    assert!(ran.exit == 3 && ran.err.contains("annotations/boris/a.ron"), "{}", ran.err);
    std::fs::remove_file(&theirs).unwrap();
    assert_eq!(place.run(&["import", "--take-back"]).exit, 0);
}

#[test]
fn a_plan_that_no_longer_fits_is_refused_whole() {
    let place = Place::new();
    let source = place.records(&[kyiv(), record("b.txt", "anna", "Рим.", &[])]);
    let wish = ImportWish::new(format("jsonl").unwrap(), source);
    let plan = prepare(place.project(), &wish, &Quiet).unwrap();
    let path = place.root().join("annotations/anna/b.ron");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "mine").unwrap();
    let before = place.everything();
    let refused = confirm(plan, &Quiet).unwrap_err().to_string();
    assert!(refused.contains("b.ron") && refused.contains("Nothing was imported"), "{refused}");
    assert_eq!(place.everything(), before);
    assert!(imports(&place.project()).is_empty());
}

/// Stops after so many questions whether to stop.
struct StopsAfter(std::sync::atomic::AtomicUsize);

impl Progress for StopsAfter {
    fn begin(&self, _steps: u64) {}
    fn step(&self, _by: u64) {}
    fn is_stopped(&self) -> bool {
        let left = &self.0;
        left.fetch_update(std::sync::atomic::Ordering::SeqCst, std::sync::atomic::Ordering::SeqCst, |n| {
            n.checked_sub(1)
        })
        .is_err()
    }
}

#[test]
fn an_import_that_is_stopped_half_way_leaves_nothing() {
    let place = Place::new();
    let records: Vec<Json> =
        (0..600).map(|n| record(&format!("{n}.txt"), "anna", "Киев.", &[("entity", 0, 4)])).collect();
    let wish = ImportWish::new(format("jsonl").unwrap(), place.records(&records));
    let before = place.everything();
    let stopped = Course::default();
    stopped.stop();
    assert!(matches!(prepare(place.project(), &wish, &stopped), Err(ExchangeError::Stopped)));
    let plan = prepare(place.project(), &wish, &Quiet).unwrap();
    // The third question comes when some hundreds of files are written.
    let stopped = confirm(plan, &StopsAfter(2.into()));
    assert!(matches!(stopped, Err(ExchangeError::Stopped)));
    assert_eq!(place.everything(), before);
    assert!(imports(&place.project()).is_empty());
}

#[test]
fn a_mapping_renames_and_leaves_out_and_tells() {
    let place = Place::new();
    place.write(
        "map.ron",
        r#"(labels: {"PER": "entity", "MISC": None, "NOPE": "claim"}, fields: {"PER.sort": "kind", "score": None},
            values: {"PER.sort": {"PERSON": "person"}}, relations: {"knows": "supports"},
            annotators: {"user 1": "anna", "bot": None})"#,
    );
    let spans = json!([
        {"id": "a", "label": "PER", "start": 0, "end": 4, "fields": {"sort": "PERSON", "score": 0.5}},
        {"id": "b", "label": "PER", "start": 5, "end": 11},
        {"id": "c", "label": "MISC", "start": 5, "end": 11},
    ]);
    let relations = json!([
        {"id": "r1", "label": "knows", "from": "a", "to": "b"},
        {"id": "r2", "label": "knows", "from": "a", "to": "c"},
    ]);
    let text = "Киев молчит.";
    place.records(&[
        json!({"article": "a.txt", "annotator": "user 1", "text": text, "spans": spans, "relations": relations}),
        json!({"article": "a.txt", "annotator": "bot", "text": text, "spans": spans}),
    ]);
    let ran = place.run(&["import", "jsonl", "../in.jsonl", "--mapping", "../map.ron"]);
    assert_eq!(ran.exit, 0, "what is left out as wished is no problem: {}", ran.err);
    for said in [
        "The mapping leaves out:",
        "1 set of annotations",
        "1 span of `MISC`",
        "1 relation of `knows`",
        "1 value of the field `PER.score`",
        "The mapping speaks of the label `NOPE`, which the source does not have.",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let set = std::fs::read_to_string(place.root().join("annotations/anna/a.ron")).unwrap();
    assert!(set.contains("\"kind\": \"person\"") && set.contains("supports"), "{set}");
    assert!(!set.contains("PER") && !set.contains("MISC") && !set.contains("score"), "{set}");
    let schema = std::fs::read_to_string(place.root().join("schema.ron")).unwrap();
    assert!(!schema.contains("PER") && !schema.contains("MISC"), "{schema}");
}

#[test]
fn a_faulty_mapping_is_told_with_its_line_and_nothing_is_read() {
    let place = Place::new();
    place.records(&[kyiv()]);
    for (text, said) in [
        ("(labels: {\"a\": \"b\"},\n  labls: {})", "line 2"),
        ("(labels: {\"a\": \"\"})", "Write None"),
        ("(labels: [\"a\"])", "line 1"),
    ] {
        place.write("map.ron", text);
        let ran = place.run(&["import", "jsonl", "../in.jsonl", "--mapping", "../map.ron"]);
        assert_eq!(ran.exit, 2, "{}", ran.err);
        assert!(ran.err.contains("map.ron") && ran.err.contains(said), "{}", ran.err);
    }
    assert_eq!(place.run(&["import", "jsonl", "../in.jsonl", "--mapping", "../no.ron"]).exit, 3);
    assert!(!place.root().join("articles/a.txt").exists());
}

fn any_record() -> impl Strategy<Value = Json> {
    let article = prop::sample::select(vec!["a.txt", "b.txt", "новости/a.txt", "глубже/ещё/a.md", "./c"]);
    let annotator = prop::sample::select(vec!["anna", "boris", "gold", "", "CON", "с пробелом"]);
    let text =
        prop::sample::select(vec!["Киев молчит, 😀 а Рим нет.", "Киев молчит, 😀 а Рим нет.", "Другой."]);
    let label = prop::sample::select(vec!["entity", "claim", "person", "тишина"]);
    let value = prop::sample::select(vec![
        json!({}),
        json!({"kind": "planet"}),
        json!({"entity": "kyiv"}),
        json!({"новое": true}),
        json!({"about": ["kyiv", "a.b"]}),
    ]);
    let spans = prop::collection::vec((label, 0usize..6, 1usize..5, value), 0..4);
    (article, annotator, text, spans, any::<bool>()).prop_map(|(article, annotator, text, spans, titled)| {
        let spans: Vec<Json> = spans
            .into_iter()
            .enumerate()
            .map(|(n, (label, start, length, fields))| {
                json!({"id": format!("s{n}"), "label": label, "start": start, "end": start + length, "fields": fields})
            })
            .collect();
        let mut record = json!({"article": article, "annotator": annotator, "text": text, "spans": spans});
        if titled {
            record["meta"] = json!({"title": "Заглавие", "source": "АП"});
        }
        record
    })
}

fn any_mapping() -> impl Strategy<Value = Mapping> {
    let to = prop::option::of(prop::sample::select(vec!["entity", "claim", "новая"]).prop_map(str::to_owned));
    let from = prop::sample::select(vec!["entity", "person", "тишина"]).prop_map(str::to_owned);
    prop::collection::btree_map(from, to, 0..3).prop_map(|labels| Mapping { labels, ..Mapping::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_import_is_as_planned_and_taken_back_leaves_every_byte_as_it_was(
        first in prop::collection::vec(any_record(), 0..5),
        second in prop::collection::vec(any_record(), 1..7),
        onto in prop::sample::select(vec![Onto::Refuse, Onto::Merge, Onto::Replace]),
        mapping in any_mapping(),
    ) {
        let place = Place::new();
        let wish = |source, onto, mapping: Mapping| {
            ImportWish { onto, mapping, ..ImportWish::new(format("jsonl").unwrap(), source) }
        };
        let begin = wish(place.records(&first), Onto::Merge, Mapping::default());
        confirm(prepare(place.project(), &begin, &Quiet).unwrap(), &Quiet).unwrap();
        let before = place.everything();
        let plan = prepare(place.project(), &wish(place.records(&second), onto, mapping), &Quiet).unwrap();
        prop_assert_eq!(&place.everything(), &before, "looking changes nothing");
        let intake = plan.intake().clone();
        let imported = confirm(plan, &Quiet).unwrap();
        // What the plan promised is there.
        let project = place.project();
        for set in &intake.sets {
            let there = project.existing_annotation_path(&set.annotator, &set.article);
            prop_assert!(there.is_some(), "{set:?}");
        }
        let new = intake.sets.iter().filter(|set| set.fate == Fate::New && set.adds_article).count();
        prop_assert!(new <= intake.articles.max(new));
        if imported.number.is_some() {
            take_back(&project, &Quiet).unwrap();
        }
        prop_assert_eq!(place.everything(), before);
    }
}
