//! Label Studio, REFI-QDA, CAS and Web Annotation on other people's data, and on files that were cut off.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use postil::formats::{Gathered, MemoryFiles, ReadOptions, format};
use postil::model::Schema;

fn corpora() -> Option<PathBuf> {
    let there = match std::env::var_os("POSTIL_CORPORA") {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"),
    };
    if !there.is_dir() {
        eprintln!("left out: the corpora are not there");
        return None;
    }
    Some(there)
}

fn files(path: &Path) -> MemoryFiles {
    let memory = MemoryFiles::default();
    let mut open = vec![path.to_owned()];
    while let Some(at) = open.pop() {
        if at.is_dir() {
            open.extend(std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = at.strip_prefix(path.parent().unwrap()).unwrap().to_str().unwrap().to_owned();
            memory.put(&name, std::fs::read(&at).unwrap());
        }
    }
    memory
}

fn read(name: &str, source: &MemoryFiles) -> Gathered {
    let mut gathered = Gathered::default();
    let schema = Schema::empty("");
    let options = ReadOptions { unit: None, schema: &schema };
    let _ = format(name).unwrap().reader.unwrap().read(source, &options, &mut gathered);
    gathered
}

fn spans(gathered: &Gathered) -> (usize, usize) {
    let all = || gathered.records.iter().flat_map(|record| record.set.spans());
    (all().count(), all().filter(|span| span.misquote.is_some()).count())
}

#[test]
fn the_corpora_are_read_with_the_counts_of_their_sources() {
    let Some(corpora) = corpora() else { return };
    let at = |path: &str| files(&corpora.join(path));
    let html = read("label-studio", &at("label-studio-examples/html_document"));
    assert_eq!(spans(&html), (3, 0), "{:?}", html.remarks);
    let two = read("label-studio", &at("ua-gec/derived/label-studio.two-annotators.json"));
    assert_eq!(spans(&two), (748 - 212, 0), "{:?}", two.remarks);
    let russian = read("refi-qda", &at("refi-qda/made/russian.qdpx"));
    assert_eq!(spans(&russian).0, 78, "{:?}", russian.remarks);
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(corpora.join("refi-qda/made/expected.json")).unwrap()).unwrap();
    for (name, count) in [("russian.qdpx", 78), ("emoji-crlf.qdpx", 5)] {
        let project = read("refi-qda", &at(&format!("refi-qda/made/{name}")));
        let mut there: Vec<String> = project
            .records
            .iter()
            .flat_map(|record| record.set.spans().map(|span| span.surface(&record.text)))
            .collect();
        let wanted = expected[name]["selections"].as_array().unwrap();
        let mut wanted: Vec<String> =
            wanted.iter().map(|one| one["text"].as_str().unwrap().replace("\r\n", "\n")).collect();
        there.sort();
        wanted.sort();
        assert_eq!((there.len(), &there), (count, &wanted), "{name}");
    }
    let vendor = read("refi-qda", &at("refi-qda/vendor/Project.qde"));
    assert!(vendor.remarks.iter().any(|remark| remark.left_out), "sources that are missing are told");
}

#[test]
fn what_is_cut_off_or_flipped_is_read_to_its_end() {
    let Some(corpora) = corpora() else { return };
    let cases = [
        ("label-studio", "label-studio-examples/wheel-samples/tasks_annotations_predictions.json"),
        ("xmi", "cas-fixtures/xmi/cas_with_smileys.xmi"),
        ("cas-json", "cas-fixtures/json/child_type_before_parent.json"),
        ("refi-qda", "refi-qda/made/emoji-crlf.qdpx"),
        ("web-annotation", "w3c-web-annotation/correct/anno20.json"),
    ];
    for (name, path) in cases {
        let bytes = std::fs::read(corpora.join(path)).unwrap();
        for step in 0..60 {
            let at = bytes.len() * step / 60;
            read(name, &MemoryFiles::one("a", &bytes[..at]));
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x11;
            read(name, &MemoryFiles::one("a", flipped));
        }
    }
    for name in ["xmi", "cas-json"] {
        read(name, &files(&corpora.join("cas-fixtures")));
    }
    read("web-annotation", &files(&corpora.join("w3c-web-annotation")));
}
