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
