//! `prodigy`: there and back, and a real export.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/records/mod.rs"]
mod records;

use postil::formats::MemoryFiles;
use postil::model::Status;
use proptest::prelude::*;
use records::{any_record, corpus, files_of, harm, read, said, same, spoilt, survives, write};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back(record in any_record()) {
        let records = vec![record];
        let files = MemoryFiles::one("a.jsonl", write("prodigy", &records, None).bytes("").unwrap());
        let gathered = read("prodigy", &files, None);
        prop_assert!(gathered.remarks.iter().all(|remark| !remark.left_out), "{:?}", said(&gathered));
        same(&gathered.records[0], &records[0]);
    }

    #[test]
    fn spoilt_files_end_without_a_panic(record in any_record(), harm in harm()) {
        let bytes = write("prodigy", &[record], None).bytes("").unwrap();
        survives("prodigy", &MemoryFiles::one("a.jsonl", spoilt(&bytes, &harm)));
    }
}

#[test]
fn answers_are_honoured() {
    let line = |answer: &str| {
        format!(
            r#"{{"text": "ab cd", "spans": [{{"start": 0, "end": 2, "label": "X"}}], "answer": "{answer}", "_annotator_id": "db-anna"}}"#
        )
    };
    let source = [line("accept"), line("reject"), line("ignore")].join("\n");
    let gathered = read("prodigy", &MemoryFiles::one("db.jsonl", source), None);
    let read: Vec<(&str, &str, Status, usize)> = gathered
        .records
        .iter()
        .map(|r| (r.set.article.as_str(), r.set.annotator.as_str(), r.set.status, r.set.len()))
        .collect();
    // The same text of the same annotator is another article, or one of the two would be lost.
    assert_eq!(
        read,
        [("db-1.txt", "db-anna", Status::Done, 1), ("db-3.txt", "db-anna", Status::Untouched, 0)]
    );
    let said = said(&gathered).join("\n");
    assert!(said.contains("`ignore`, so the text was read without its 1 spans"), "{said}");
    assert!(said.contains("1 rejected answers"), "{said}");
}

#[test]
fn relations_without_ids_find_their_spans() {
    let source = r#"{"text": "ab cd", "spans": [{"start": 0, "end": 2, "label": "X"}, {"start": 3, "end": 5, "label": "Y"}],
        "relations": [{"head": 0, "child": 1, "label": "R", "head_span": {"start": 0, "end": 2, "label": "X"},
        "child_span": {"start": 3, "end": 5, "label": "Y"}}, {"head": 0, "child": 1, "label": "R"}]}"#
        .replace('\n', "");
    let gathered = read("prodigy", &MemoryFiles::one("db.jsonl", source), None);
    let relation = gathered.records[0].set.relations().next().unwrap();
    assert_eq!((relation.from.as_str(), relation.to.as_str()), ("s1", "s2"));
    assert!(said(&gathered)[0].contains("relation 2: it has no `head_span`"), "{:?}", said(&gathered));
}

#[test]
fn real_headlines_are_read() {
    let Some(path) = corpus("prodigy-headlines/headlines.jsonl") else { return };
    let gathered = read("prodigy", &files_of(&path), None);
    assert_eq!(said(&gathered), Vec::<String>::new());
    let spans: usize = gathered.records.iter().map(|r| r.set.len()).sum();
    assert_eq!((gathered.records.len(), spans), (187, 154));
    assert!(gathered.records.iter().all(|r| r.meta.source.is_some()));
}
