//! `parquet`: there and back.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/records/mod.rs"]
mod records;

use postil::formats::{MemoryFiles, RecordSource, SourceFiles, TagScheme, WriteOptions, format};
use postil::model::{Codebook, Register, Schema};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use records::{any_record, harm, losses, read, said, same, spoilt, survives, write};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back(one in any_record(), other in any_record()) {
        let records = vec![one, other];
        prop_assert_eq!(losses("parquet", &records), Vec::<String>::new());
        let gathered = read("parquet", &write("parquet", &records, None), None);
        prop_assert!(gathered.remarks.iter().all(|remark| !remark.left_out), "{:?}", said(&gathered));
        for (one, other) in gathered.records.iter().zip(&records) {
            same(one, other);
        }
        prop_assert_eq!(gathered.records.len(), 2);
    }

    #[test]
    fn spoilt_files_end_without_a_panic(record in any_record(), harm in harm()) {
        let bytes = write("parquet", &[record], None).bytes("data/train-00000-of-00001.parquet").unwrap();
        survives("parquet", &MemoryFiles::one("a.parquet", spoilt(&bytes, &harm)));
    }
}

#[test]
fn what_does_not_fit_the_schema_is_kept_beside_it() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut record = any_record().new_tree(&mut runner).unwrap().current();
    let fields = r#"{"kind": 5, "confidence": 2.5, "cue": [[0, 1]], "holders": [{"how": "author", "mood": "sad"}], "new": [true, {"a": 1}], "other_fields": "x"}"#;
    let parts = postil::model::Parts::one(postil::text::TextRange::between(0, 1));
    let mut span = postil::model::Span::new("odd", "position", parts);
    span.fields = ron::from_str(fields).unwrap();
    record.set.insert(span);
    let records = vec![record];
    same(&read("parquet", &write("parquet", &records, None), None).records[0], &records[0]);
}

#[test]
fn parts_lie_in_one_folder_with_one_card() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let records: Vec<_> = (0..3).map(|_| any_record().new_tree(&mut runner).unwrap().current()).collect();
    let (schema, register, codebook) = (Schema::positions(), Register::default(), Codebook::default());
    let options = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "Talks: \"all\"",
        schema: &schema,
        register: &register,
        codebook: &codebook,
    };
    let info = format("parquet").unwrap();
    let empty: Vec<postil::formats::Record> = Vec::new();
    let parts: [(&str, &dyn RecordSource); 2] = [("train", &records), ("test", &empty)];
    let mut out = MemoryFiles::default();
    info.writer.unwrap().write_parts(info, &parts, &options, &mut out).unwrap();
    assert_eq!(
        out.files(),
        [
            "README.md",
            "croissant.json",
            "data/test-00000-of-00001.parquet",
            "data/train-00000-of-00001.parquet"
        ]
    );
    let card = String::from_utf8(out.bytes("README.md").unwrap()).unwrap();
    assert!(card.starts_with("---\npretty_name: \"Talks: \\\"all\\\"\"\n"), "{card}");
    assert!(
        card.contains("  - split: train\n    path: \"data/train-*.parquet\"\n  - split: test\n"),
        "{card}"
    );
    assert_eq!(read("parquet", &out, None).records.len(), 3);
}
