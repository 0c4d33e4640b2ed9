//! Parts for training and testing through the program.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/cli/mod.rs"]
mod cli;

use std::collections::BTreeMap;

use cli::{Place, record};
use serde_json::{Value as Json, json};

const SPLIT: [&str; 2] = ["--split", "train=0.6,dev=0.2,test=0.2"];

/// Twenty articles, every fifth with a claim, from four sources.
fn place() -> Place {
    let place = Place::with_project();
    let records: Vec<Json> = (0..20)
        .map(|n| {
            let claim = if n % 5 == 0 { "[claim:Это правда.]" } else { "Тихо." };
            let words: Vec<String> =
                (0..40).map(|w| format!("слово{}", if n == 1 { w } else { n * 100 + w })).collect();
            let drawn = format!("[entity:Киев] молчит. {claim} Дальше {}", words.join(" "));
            let mut record = record(&format!("articles/{n:02}.txt"), "anna", &drawn);
            let source = ["Wire", "Post", "Blog", "Radio"][n % 4];
            record["meta"] = json!({"source": source});
            record["status"] = json!(if n < 15 { "done" } else { "in_progress" });
            record
        })
        .collect();
    place.import(&records).ends(0);
    place
}

fn parts(place: &Place, more: &[&str]) -> BTreeMap<String, Vec<Json>> {
    let arguments = [&["export", "jsonl", "--overwrite", "--out", "../parts"], &SPLIT[..], more].concat();
    place.inside(&arguments).ends(0);
    let read = |name: &str| -> Vec<Json> {
        place
            .text(&format!("parts/{name}.jsonl"))
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    ["train", "dev", "test"].map(|name| (name.to_owned(), read(name))).into()
}

#[test]
fn stratified_parts_have_their_share_of_a_rare_label() {
    let place = place();
    for seed in ["1", "2", "3"] {
        let parts = parts(&place, &["--stratify", "--seed", seed]);
        let claims = |part: &str| {
            let labels = parts[part].iter().flat_map(|line| line["spans"].as_array().unwrap().clone());
            labels.filter(|span| span["label"] == "claim").count()
        };
        assert_eq!(parts.values().map(Vec::len).sum::<usize>(), 20);
        assert!(claims("train") >= 2 && claims("dev") >= 1 || claims("test") >= 1, "{seed}");
        assert_eq!(claims("train") + claims("dev") + claims("test"), 4);
        assert!((11..=13).contains(&parts["train"].len()), "{}", parts["train"].len());
    }
    let report = place.text("parts/SPLIT.md");
    assert!(
        report.contains("iterative stratification") && report.contains("| articles/07.txt | "),
        "{report}"
    );
}

#[test]
fn sources_and_near_duplicates_stay_together() {
    let place = place();
    let of_sources = parts(&place, &["--group", "source"]);
    for source in ["Wire", "Post", "Blog", "Radio"] {
        let there = of_sources
            .values()
            .filter(|part| part.iter().any(|line| line["meta"]["source"] == source))
            .count();
        assert_eq!(there, 1, "{source}");
    }
    for seed in ["1", "2", "3", "4"] {
        let parts = parts(&place, &["--group", "near-duplicates", "--seed", seed]);
        // 0 and 1 have the same forty words.
        let has = |part: &[Json], name: &str| {
            part.iter().any(|line| line["article"] == format!("articles/{name}.txt"))
        };
        assert!(parts.values().any(|part| has(part, "00") && has(part, "01")), "{seed}");
    }
}

#[test]
fn sentences_are_examples_and_statuses_a_choice() {
    let place = place();
    place
        .inside(&["export", "jsonl", "--out", "../s.jsonl", "--examples", "sentence", "--status", "done"])
        .ends(0);
    let lines: Vec<Json> =
        place.text("s.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 15 * 3);
    assert_eq!(lines[0]["article"], "articles/00.0001.txt");
    assert_eq!((&lines[0]["text"], &lines[0]["spans"][0]["text"]), (&json!("Киев молчит."), &json!("Киев")));
    assert_eq!((&lines[1]["text"], &lines[1]["spans"][0]["start"]), (&json!("Это правда."), &json!(0)));
    let parts = parts(&place, &["--examples", "sentence"]);
    for part in parts.values() {
        assert_eq!(part.len() % 3, 0, "an article's sentences stay together");
    }
    place
        .inside(&["export", "jsonl", "--out", "../n.jsonl", "--status", "reviewed"])
        .ends(3)
        .says("has that status");
    place.inside(&["export", "jsonl", "--out", "../n.jsonl", "--stratify"]).ends(2);
    place
        .inside(&["export", "jsonl", "--out", "../n.jsonl", "--status", "perfect"])
        .ends(2)
        .says("in_progress");
}

#[test]
fn every_format_writes_its_parts_where_its_readers_look() {
    let place = place();
    for (format, expected) in [
        ("doccano", "train.jsonl"),
        ("prodigy", "train.jsonl"),
        ("spacy", "train.spacy"),
        ("csv", "train.csv"),
        ("dna", "train.csv"),
        ("parquet", "data/train-00000-of-00001.parquet"),
    ] {
        let out = format!("../{format}");
        place.inside(&[&["export", format, "--out", &out], &SPLIT[..]].concat()).ends(0);
        assert!(place.path(&format!("{format}/{expected}")).is_file(), "{format}");
        assert!(place.path(&format!("{format}/SPLIT.md")).is_file(), "{format}");
    }
}

#[test]
fn a_table_gets_a_byte_order_mark_if_asked_and_a_folder_its_four_tables() {
    let place = place();
    place
        .inside(&["export", "csv", "--out", "../a.csv", "--byte-order-mark"])
        .ends(0)
        .says("articles' texts: left out");
    assert!(
        place.read("a.csv").starts_with(b"\xEF\xBB\xBFarticle,annotator,id,label,start,end,parts,text,kind")
    );
    place.inside(&["export", "csv", "--out", "../tables"]).ends(0);
    for table in ["spans", "stances", "relations", "articles"] {
        assert!(place.path(&format!("tables/{table}.csv")).is_file(), "{table}");
    }
    place.inside(&["export", "jsonl", "--out", "../j.jsonl", "--byte-order-mark"]).ends(2);
}
