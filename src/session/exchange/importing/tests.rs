use proptest::prelude::*;

use super::*;

fn any_names() -> impl Strategy<Value = Names> {
    let word = "[^\\s]{1,6}|a \"b\" \\\\ c|имя|None";
    prop::collection::btree_map(word, prop::option::of(word), 0..4)
}

proptest! {
    #[test]
    fn a_mapping_is_read_back_from_its_text(
        labels in any_names(),
        relations in any_names(),
        fields in any_names(),
        annotators in any_names(),
        values in prop::collection::btree_map("[a-z*]{1,3}", any_names(), 0..3),
    ) {
        let mapping = Mapping { labels, relations, fields, values, annotators };
        prop_assert_eq!(Mapping::parse(&mapping.text()), Ok(mapping));
    }
}

#[test]
fn a_source_is_known_by_its_names_or_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let known = |name: &str, text: &str| {
        let path = folder.path().join(name);
        crate::store::write_atomically(&path, text.as_bytes()).unwrap();
        guess(&path)
    };
    for (name, text, format) in [
        ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n", Some("webanno-tsv")),
        ("b.tsv", "Киев\tB-LOC\n", Some("conll")),
        ("a.xml", "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\">", Some("tei")),
        ("a.xmi", "<xmi:XMI/>", Some("xmi")),
        ("a.json", "{\"%TYPES\": {}, \"%FEATURE_STRUCTURES\": []}", Some("cas-json")),
        ("b.json", "[{\"annotations\": [{\"result\": []}]}]", Some("label-studio")),
        ("a.jsonl", "{\"text\": \"x\", \"_input_hash\": 1}", Some("prodigy")),
        ("b.jsonl", "\u{FEFF}{\"text\": \"x\", \"label\": []}", Some("doccano")),
        ("c.jsonl", "{\"article\": \"a\", \"annotator\": \"b\"}", Some("jsonl")),
        ("a.txt", "Просто текст.", None),
    ] {
        assert_eq!(known(name, text), format, "{name}");
    }
    let corpus = folder.path().join("brat");
    for name in ["annotation.conf", "a.txt", "a.ann"] {
        crate::store::write_atomically(&corpus.join(name), b"x").unwrap();
    }
    assert_eq!(guess(&corpus), Some("brat"));
    assert_eq!(guess(&folder.path().join("absent")), None);
}
