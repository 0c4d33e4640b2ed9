//! `jsonl` through the program: what goes out comes back, byte for byte, into an empty project.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "fixtures/cli/mod.rs"]
mod cli;

use std::path::PathBuf;
use std::process::Command;

use cli::{Place, record};
use serde_json::{Value as Json, json};

/// Exports everything, takes it into an empty project, exports again.
#[track_caller]
fn goes_round(place: &Place) -> String {
    place.inside(&["export", "jsonl", "--all", "--out", "../first.jsonl"]).ends(0).answers_nothing();
    place.run(&["new", "other"]).ends(0);
    place.run(&["import", "jsonl", "first.jsonl", "--project", "other"]).ends(0);
    place.run(&["export", "jsonl", "--all", "--out", "second.jsonl", "--project", "other"]).ends(0);
    let (first, second) = (place.text("first.jsonl"), place.text("second.jsonl"));
    assert!(first == second, "first:\n{first}\nsecond:\n{second}");
    first
}

#[test]
fn the_torture_corpus_goes_round() {
    let place = Place::with_project();
    let texts = [
        "[entity:👩\u{200D}👩\u{200D}👧\u{200D}👦] и [entity:🇺🇦]🇷🇺 👍🏽",
        "й\u{306}о [claim:е\u{301}лка [entity:и\u{306}]] Ω\u{30A}",
        "\u{FEFF}a[entity:\u{A0}б\u{A0}]\u{202F}в\u{2028}г\u{85}д",
        "[entity:שלום] \u{202E}abc\u{202C} [claim:العربية \u{200F}123]",
        "  \n\n\t[entity: ]\n[claim:x\n\ny]\n",
        "\u{0}нуль\u{1B}[entity:ё]".trim_start_matches('\u{0}'),
        "[entity:\\ \" / \u{7F} \u{1F}] {{}} \\u0041",
    ];
    let mut records: Vec<Json> = Vec::new();
    for (number, drawn) in texts.iter().enumerate() {
        for annotator in ["анна мария", "boris", "gold", "gpt:4/x"] {
            records.push(record(&format!("articles/пытка {number}/т е к с т.txt"), annotator, drawn));
        }
    }
    place.import(&records).ends(0);
    let out = goes_round(&place);
    assert_eq!(out.lines().count(), texts.len() * 4);
    for line in out.lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let text: Vec<char> = line["text"].as_str().unwrap().chars().collect();
        for span in line["spans"].as_array().unwrap() {
            let place = |key: &str| span[key].as_u64().unwrap() as usize;
            let surface: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(span["text"], surface, "{line}");
        }
    }
}

#[test]
fn everything_that_a_set_can_hold_goes_round() {
    let place = Place::with_project();
    let text = "Title: Заголовок\nDate: 2026-01-21\n\nКиев требует гарантий. Москва отвергает их.\n";
    let position = json!({
        "holders": [{"mention": "s1", "entity": "kyiv", "how": "explicit"}, {"how": "unknown"}],
        "issues": [{"issue": "guarantees.security", "stance": "for", "strength": 4}],
        "act": "demand", "cue": [[40, 47]], "via": [{"source": "s1", "cue": [[35, 36], [38, 39]], "negated": false}],
        "addressees": ["moscow", "s1"], "condition": "если да", "confidence": 5, "new_number": 0.25, "new_list": ["а", "б"],
        "new_record": {"deep": [{"x": true}]}, "new_stretch": [[0, 3]],
    });
    let spans = json!([
        {"id": "s1", "label": "entity", "parts": [[35, 39]], "fields": {"kind": "place", "entity": "kyiv"}, "note": "две\nстроки"},
        {"id": "s2", "label": "position", "parts": [[35, 47], [49, 56], [59, 60]], "fields": position, "note": "«кавычки» \"и\" \\"},
        {"id": "s3", "label": "невиданное", "parts": [[35, 36]], "fields": {}},
        {"id": "s4", "label": "claim", "parts": [[50, 50]], "fields": {}},
        {"id": "s5", "label": "claim", "parts": [[60, 900]], "fields": {}},
        {"id": "s6", "label": "claim", "parts": [[60, 62]], "text": "not what is there"},
        {"id": "s6", "label": "claim", "parts": [[60, 64]], "fields": {}},
    ]);
    let relations = json!([
        {"id": "r10", "label": "supports", "from": "s3", "to": "s2", "fields": {"sure": true}},
        {"id": "r2", "label": "unseen", "from": "s3", "to": "lost"},
    ]);
    let anna = json!({"article": "articles/a.md", "annotator": "anna", "language": "be", "status": "reviewed", "text": text,
        "meta": {"title": "Other title", "source": "Wire", "z": "1", "a": "2", "Date": "x"}, "fields": {"topic": "war", "n": 3},
        "spans": spans, "relations": relations});
    let empty = json!({"article": "elsewhere/deep/b.txt", "annotator": "anna", "text": "Просто текст.", "status": "untouched"});
    place.import(&[anna, empty]).ends(0).says("label `невиданное`").says("folder of articles `elsewhere`");
    let out = goes_round(&place);
    let first: Json = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    let order = [
        "article",
        "fingerprint",
        "annotator",
        "language",
        "meta",
        "status",
        "text",
        "fields",
        "spans",
        "relations",
    ];
    assert_eq!(keys, order);
    let keys: Vec<&String> = first["spans"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "label", "start", "end", "parts", "text", "fields", "note"]);
    assert_eq!(first["language"], "be");
    // The header says the date, the source does not: that it is unset there must come through as well.
    assert_eq!(
        first["meta"].to_string(),
        r#"{"title":"Other title","source":"Wire","z":"1","a":"2","Date":"x"}"#
    );
    assert_eq!(first["spans"][0]["fields"]["new_number"], json!(0.25));
    assert!(out.contains(r#""confidence":5,"#) && out.contains(r#""cue":[[40,47]]"#), "{out}");
}

#[test]
fn what_the_header_says_is_not_written_into_the_settings() {
    let place = Place::with_project();
    let text = "title: Заголовок\nsource: Wire\n\nТекст статьи на русском языке.\n";
    let meta = json!({"title": "Заголовок", "source": "Wire"});
    place
        .import(&[
            json!({"article": "a.txt", "annotator": "anna", "language": "ru", "text": text, "meta": meta}),
        ])
        .ends(0);
    let settings = place.text("проект 1/postil.ron");
    assert!(!settings.contains("meta") && !settings.contains("Заголовок"), "{settings}");
    goes_round(&place);
}

#[test]
fn cr_lf_and_utf16_come_in_at_the_right_places() {
    let place = Place::with_project();
    let text = "Да 😀!\r\nКиев молчит.\r\n";
    let record = json!({"article": "a.txt", "text": text, "spans": [
        {"id": "s1", "label": "position", "start": 8, "end": 12, "text": "Киев", "fields": {"cue": [[13, 19]]}},
        {"id": "s2", "label": "entity", "start": 3, "end": 5, "text": "😀"},
        {"id": "s3", "label": "entity", "start": 4, "end": 5},
    ]});
    place.write("in.jsonl", record.to_string());
    place
        .inside(&["import", "jsonl", "../in.jsonl", "--offset-unit", "utf16"])
        .ends(1)
        .says("`s3`: [(4, 5)] is no place in the text, counted in utf16");
    place.inside(&["export", "jsonl", "--out", "../out.jsonl"]).ends(0);
    let out: Json = serde_json::from_str(&place.text("out.jsonl")).unwrap();
    assert_eq!(out["text"], "Да 😀!\nКиев молчит.\n");
    assert_eq!(out["annotator"], "jsonl", "nobody said whose they are");
    assert_eq!(out["spans"][1]["parts"], json!([[6, 10]]));
    assert_eq!(out["spans"][1]["text"], "Киев");
    assert_eq!(out["spans"][1]["fields"]["cue"], json!([[11, 17]]));
    // Out again in the unit it came in, where there is no CR any more.
    place.inside(&["export", "jsonl", "--out", "../utf16.jsonl", "--offset-unit", "utf16"]).ends(0);
    let out: Json = serde_json::from_str(&place.text("utf16.jsonl")).unwrap();
    assert_eq!(out["spans"][1]["parts"], json!([[7, 11]]));
}

#[test]
fn a_line_of_many_megabytes_is_read() {
    let place = Place::with_project();
    let text = "Киев молчит о гарантиях. 😀\n".repeat(100_000);
    let spans: Vec<Json> = (0..5000)
        .map(|n| json!({"id": format!("s{n}"), "label": "entity", "start": n * 27, "end": n * 27 + 4, "text": "Киев"}))
        .collect();
    place
        .import(&[json!({"article": "long.txt", "annotator": "anna", "text": text, "spans": spans})])
        .ends(0);
    let out = goes_round(&place);
    let line: Json = serde_json::from_str(&out).unwrap();
    assert!(line["spans"].as_array().unwrap().iter().all(|span| span["text"] == "Киев"));
}

#[test]
fn a_folder_of_parts_is_one_source() {
    let place = Place::with_project();
    let records: Vec<Json> =
        (0..10).map(|n| record(&format!("articles/{n}.txt"), "anna", "[entity:Киев]")).collect();
    place.import(&records).ends(0);
    let split =
        ["export", "jsonl", "--out", "../parts", "--split", "train=0.8,dev=0.1,test=0.1", "--seed", "5"];
    place.inside(&split).ends(0);
    let lines = |part: &str| place.text(&format!("parts/{part}.jsonl")).lines().count();
    assert_eq!((lines("train"), lines("dev"), lines("test")), (8, 1, 1));
    let test = place.text("parts/test.jsonl");
    place.inside(&split).ends(3).says("--overwrite");
    place.inside(&[&split[..], &["--overwrite"]].concat()).ends(0);
    assert_eq!(place.text("parts/test.jsonl"), test, "the same seed, the same parts");

    place.inside(&["export", "jsonl", "--out", "../whole.jsonl"]).ends(0);
    place.run(&["new", "joined"]).ends(0);
    place.run(&["import", "jsonl", "parts", "--project", "joined"]).ends(0);
    place.run(&["export", "jsonl", "--out", "joined.jsonl", "--project", "joined"]).ends(0);
    assert_eq!(place.text("joined.jsonl"), place.text("whole.jsonl"));
}

/// The generator of corpora and the sentences it draws from lie outside the repository.
fn generator() -> Option<PathBuf> {
    let corpora = std::env::var_os("POSTIL_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let script = corpora.parent()?.join("bench/make_corpus.py");
    script.is_file().then_some(script)
}

#[test]
fn a_generated_corpus_goes_round() {
    let Some(script) = generator() else {
        println!("left out: there is no bench/make_corpus.py beside the corpora");
        return;
    };
    let place = Place::with_project();
    let made = Command::new("python3")
        .arg(script)
        .args(["multi", "--docs", "12", "--formats", "jsonl", "--emoji", "--out"])
        .arg(place.path("corpus"))
        .output();
    match made {
        Ok(made) if made.status.success() => {}
        _ => {
            println!("left out: make_corpus.py does not run here");
            return;
        }
    }
    place.inside(&["import", "jsonl", "../corpus/jsonl"]).ends(0).says("codebook term `bench.demands`");
    let report = place.inside(&["validate", "--format", "json"]).json();
    assert_eq!((&report["files"], &report["articles"]), (&json!(48), &json!(12)));
    let codes: Vec<&str> =
        report["findings"].as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
    // Made-up fields are not always whole, but every place in the text must be right.
    let misplaced: Vec<&&str> = codes.iter().filter(|code| ("P100".."P110").contains(*code)).collect();
    assert_eq!(misplaced, Vec::<&&str>::new());
    let out = goes_round(&place);
    assert_eq!(out.lines().count(), 48);
}
