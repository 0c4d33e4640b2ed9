//! `doccano`: there and back, and its own exports.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/records/mod.rs"]
mod records;

use postil::formats::{MemoryFiles, OffsetUnit};
use proptest::prelude::*;
use records::{any_record, corpus, files_of, harm, losses, read, said, spoilt, survives, write};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn spans_come_back_as_far_as_doccano_can_say_them(record in any_record()) {
        let records = vec![record];
        for unit in [None, Some(OffsetUnit::CodePoints), Some(OffsetUnit::Graphemes)] {
            let again = read("doccano", &write("doccano", &records, unit), unit.or(Some(OffsetUnit::Utf16)));
            let (one, other) = (&records[0], &again.records[0]);
            let inside = |place: u32| place <= one.text.len();
            let has_ids = one.set.relation_count() > 0;
            let mut expected: Vec<(String, String, u32, u32)> = one
                .set
                .spans()
                .filter(|span| inside(span.end().get()))
                .map(|span| (span.id.as_str().to_owned(), span.label.clone(), span.start().get(), span.end().get()))
                .collect();
            let mut got: Vec<(String, String, u32, u32)> = other
                .set
                .spans()
                .map(|span| (span.id.as_str().to_owned(), span.label.clone(), span.start().get(), span.end().get()))
                .collect();
            if !has_ids {
                expected.iter_mut().chain(&mut got).for_each(|(id, ..)| id.clear());
            }
            if unit == Some(OffsetUnit::Graphemes) {
                // Edges inside a character go outwards.
                prop_assert_eq!(expected.len(), got.len());
            } else {
                expected.sort();
                got.sort();
                prop_assert_eq!(expected, got);
            }
            prop_assert_eq!(other.text.as_str(), one.text.as_str());
            prop_assert_eq!(&other.meta.title, &one.meta.title);
            prop_assert_eq!((&other.set.annotator, &other.set.article), (&one.set.annotator, &one.set.article));
        }
        let notes = records[0].set.spans().filter(|span| !span.note.is_empty()).count();
        let says_notes = losses("doccano", &records).iter().any(|said| said.contains("note"));
        prop_assert_eq!(says_notes, notes > 0);
    }

    #[test]
    fn spoilt_files_end_without_a_panic(record in any_record(), harm in harm()) {
        let bytes = write("doccano", &[record], None).bytes("").unwrap();
        survives("doccano", &MemoryFiles::one("a.jsonl", spoilt(&bytes, &harm)));
        let list = [b"[".as_slice(), &bytes, b"]"].concat();
        survives("doccano", &MemoryFiles::one("a.json", spoilt(&list, &harm)));
    }
}

#[test]
fn old_exports_become_a_record_a_user_and_a_list_is_read_too() {
    let line = r#"{"id": 7, "text": "ab cd", "annotations": [{"label": 24, "start_offset": 3, "end_offset": 5, "user": 2},
        {"label": 24, "start_offset": 0, "end_offset": 2, "user": 3}, {"label": 9, "start_offset": 0, "end_offset": 5, "user": 2}],
        "meta": {"book": "Moby"}, "annotation_approver": null}"#
        .replace('\n', "");
    for source in [line.clone(), format!("\u{FEFF} [{line}]")] {
        let gathered = read("doccano", &MemoryFiles::one("moby.jsonl", source), None);
        let whose: Vec<(&str, &str, usize)> = gathered
            .records
            .iter()
            .map(|r| (r.set.article.as_str(), r.set.annotator.as_str(), r.set.len()))
            .collect();
        assert_eq!(whose, [("moby-7.txt", "2", 2), ("moby-7.txt", "3", 1)]);
        assert_eq!(gathered.records[0].meta.extra, [("book".to_owned(), "Moby".to_owned())]);
    }
}

#[test]
fn files_by_user_are_told_by_their_texts() {
    let files = MemoryFiles::one("anna.jsonl", r#"{"id": 1, "text": "ab", "label": [[0, 1, "X"]]}"#);
    files.put("boris.jsonl", br#"{"id": 1, "text": "ab", "label": []}"#.to_vec());
    let gathered = read("doccano", &files, None);
    let whose: Vec<(&str, &str)> =
        gathered.records.iter().map(|r| (r.set.article.as_str(), r.set.annotator.as_str())).collect();
    assert_eq!(whose, [("doccano-1.txt", "anna"), ("doccano-1.txt", "boris")]);
}

#[test]
fn faults_are_named_and_the_rest_is_read() {
    let source = "{\"text\": \"abc\", \"label\": [[0, 1, \"X\"], [2, 1, \"X\"], [0, 9, \"X\"], [0, 1], 5]}\nnonsense\n{\"label\": []}\n";
    let gathered = read("doccano", &MemoryFiles::one("a.jsonl", source), None);
    assert_eq!((gathered.records.len(), gathered.records[0].set.len()), (1, 1));
    let said = said(&gathered).join("\n");
    assert!(said.contains("line 1: span 2: [2, 1] ends before it starts"), "{said}");
    assert!(said.contains("[(0, 9)] is no place in the text, counted in utf16"), "{said}");
    assert!(said.contains("line 2: it is no JSON") && said.contains("line 3: it has no `text`"), "{said}");
}

#[test]
fn two_annotators_of_novels_and_their_judge_are_read() {
    let Some(path) = corpus("novels-doccano/doccano") else { return };
    let gathered = read("doccano", &files_of(&path), None);
    assert_eq!(said(&gathered), Vec::<String>::new());
    let of = |user: &str| -> usize {
        gathered.records.iter().filter(|r| r.set.annotator == user).map(|r| r.set.len()).sum()
    };
    assert_eq!((of("1"), of("2"), of("3")), (1219, 1092, 1188));
    let articles: std::collections::BTreeSet<&str> =
        gathered.records.iter().map(|r| r.set.article.as_str()).collect();
    assert_eq!(articles.len(), 52);
}

#[test]
fn the_fixtures_of_doccano_are_read() {
    let Some(path) = corpus("doccano-fixtures") else { return };
    let counts = |file: &str| {
        let gathered = read("doccano", &files_of(&path.join(file)), None);
        let spans: usize = gathered.records.iter().map(|r| r.set.len()).sum();
        let relations: usize = gathered.records.iter().map(|r| r.set.relation_count()).sum();
        (gathered.records.len(), spans, relations, gathered.remarks.len())
    };
    assert_eq!(counts("sequence_labeling/example.jsonl"), (2, 1, 0, 1), "the third line has no text");
    assert_eq!(counts("sequence_labeling/example_overlapping.jsonl"), (1, 2, 0, 0));
    assert_eq!(counts("relation_extraction/example.jsonl"), (1, 4, 3, 0));
}

#[test]
fn the_unit_is_what_doccano_counts_and_another_is_noticed() {
    let Some(path) = corpus("ua-gec/derived") else { return };
    let spans = |file: &str, unit| {
        let gathered = read("doccano", &files_of(&path.join(file)), unit);
        let all: Vec<_> = gathered.records.iter().flat_map(records::places).collect();
        (all, said(&gathered))
    };
    let (utf16, said) = spans("doccano.a1.utf16.jsonl", None);
    assert_eq!(said, Vec::<String>::new());
    let (code_points, _) = spans("doccano.a1.codepoints.jsonl", Some(OffsetUnit::CodePoints));
    assert!(!utf16.is_empty());
    assert_eq!(utf16, code_points);
    let (_, said) = spans("doccano.a1.codepoints.jsonl", None);
    assert!(said.iter().any(|said| said.contains("--offset-unit code-points")), "{said:?}");
}
