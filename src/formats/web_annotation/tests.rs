use super::super::{
    Gathered, MemoryFiles, ReadOptions, Reader, TagScheme, WriteOptions, Writer, jsonl::Jsonl,
};
use super::WebAnnotation;
use crate::model::{Codebook, Register, Schema};

const LINE: &str = concat!(
    r#"{"article":"articles/а.txt","annotator":"anna","language":"ru","#,
    r#""meta":{"title":"«Талк»","date":"2026-01-21","desk":"мир"},"status":"done","#,
    r#""text":"Киев: 😀 \"да\"\nНет.","fields":{"тон":"злой"},"spans":["#,
    r#"{"id":"s2","label":"position","parts":[[0,4],[13,16]],"#,
    r#""fields":{"holders":[{"mention":"s1","how":"explicit"}],"cue":[[6,7]],"confidence":5,"act":"demand","odd":0.5},"note":"см. \"ниже\""},"#,
    r#"{"id":"s1","label":"entity","start":0,"end":4,"fields":{"kind":"place","entity":"kyiv"}},"#,
    r#"{"id":"s3","label":"своя метка","start":6,"end":12,"fields":{"yes":true}},"#,
    r#"{"id":"s3","label":"entity","start":8,"end":10}],"#,
    r#""relations":[{"id":"r1","label":"supports","from":"s2","to":"s1","fields":{"x":[[6,7]]}}]}"#,
    "\n"
);

#[test]
fn a_record_comes_back() {
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let mut first = Gathered::default();
    Jsonl.read(&MemoryFiles::one("a.jsonl", LINE), &options, &mut first).unwrap();
    let mut out = MemoryFiles::default();
    let write = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "",
        schema: &schema,
        register: &Register::default(),
        codebook: &Codebook::default(),
    };
    WebAnnotation.write(&first.records, &write, &mut out).unwrap();
    let mut again = Gathered::default();
    WebAnnotation.read(&out, &options, &mut again).unwrap();
    assert_eq!(again.remarks, []);
    assert_eq!(again.records[0].set, first.records[0].set);
    assert_eq!(again.records[0].meta, first.records[0].meta);
}

#[test]
fn annotations_may_lie_scattered() {
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let mut first = Gathered::default();
    let lines: String =
        ["а", "б", "в"].map(|name| LINE.replace("articles/а", &format!("articles/{name}"))).concat();
    Jsonl.read(&MemoryFiles::one("a.jsonl", lines), &options, &mut first).unwrap();
    let mut out = MemoryFiles::default();
    let write = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "",
        schema: &schema,
        register: &Register::default(),
        codebook: &Codebook::default(),
    };
    WebAnnotation.write(&first.records, &write, &mut out).unwrap();
    let page: serde_json::Value = serde_json::from_slice(&out.bytes("").unwrap()).unwrap();
    let items = page["items"].as_array().unwrap().clone();
    let each = items.len() / 3;
    // One annotation of each article after another; then as a list, and as the first page of a collection.
    let mut scattered = Vec::new();
    for place in 0..each {
        scattered.extend((0..3).map(|article| items[article * each + place].clone()));
    }
    let list = serde_json::json!(scattered);
    let collection = serde_json::json!({
        "type": "AnnotationCollection", "total": items.len(), "first": {"type": "AnnotationPage", "items": scattered},
    });
    for json in [page, list, collection] {
        let mut again = Gathered::default();
        WebAnnotation.read(&MemoryFiles::one("a.jsonld", json.to_string()), &options, &mut again).unwrap();
        assert_eq!(again.remarks, []);
        again.records.sort_by(|a, b| a.set.article.cmp(&b.set.article));
        assert_eq!(again.records.len(), 3);
        for (one, other) in again.records.iter().zip(&first.records) {
            assert_eq!(one.set, other.set);
        }
    }
    // One annotation alone, and half a page.
    let mut alone = Gathered::default();
    WebAnnotation.read(&MemoryFiles::one("a.jsonld", items[0].to_string()), &options, &mut alone).unwrap();
    assert_eq!((alone.records.len(), alone.remarks), (1, vec![]));
    let mut half = Gathered::default();
    let whole = out.bytes("").unwrap();
    WebAnnotation
        .read(&MemoryFiles::one("a.jsonld", &whole[..whole.len() / 2]), &options, &mut half)
        .unwrap();
    assert_eq!((half.records.len(), half.remarks.len()), (0, 1));
    assert!(half.remarks[0].what.starts_with("it is no JSON: EOF while parsing"), "{:?}", half.remarks);
}
