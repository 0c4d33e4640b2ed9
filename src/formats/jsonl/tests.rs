use super::super::{
    FormatError, Gathered, MemoryFiles, OffsetUnit, ReadOptions, Reader, TagScheme, WriteOptions, Writer,
};
use super::Jsonl;
use crate::model::{Codebook, Register, Schema, Status};

fn read(bytes: impl Into<Vec<u8>>, unit: OffsetUnit) -> Gathered {
    let mut gathered = Gathered::default();
    let source = MemoryFiles::one("a.jsonl", bytes);
    let schema = Schema::positions();
    let options = ReadOptions { unit: Some(unit), schema: &schema };
    Jsonl.read(&source, &options, &mut gathered).unwrap();
    gathered
}

fn write(gathered: &Gathered, unit: OffsetUnit) -> String {
    let mut out = MemoryFiles::default();
    let options = WriteOptions {
        unit: Some(unit),
        scheme: TagScheme::default(),
        project: "",
        schema: &Schema::positions(),
        register: &Register::default(),
        codebook: &Codebook::default(),
    };
    Jsonl.write(&gathered.records, &options, &mut out).unwrap();
    String::from_utf8(out.bytes("").unwrap()).unwrap()
}

fn said(gathered: &Gathered) -> Vec<String> {
    gathered.remarks.iter().map(ToString::to_string).collect()
}

/// A line with a bit of everything, as the contract shows it.
const LINE: &str = concat!(
    r#"{"article":"articles/а.txt","fingerprint":"sha256:FP","annotator":"anna","language":"ru","#,
    r#""meta":{"title":"«Талк»","date":"2026-01-21","desk":"мир","place":"Davos"},"status":"done","#,
    r#""text":"Киев: 😀 \"да\"\nНет.","fields":{},"spans":["#,
    r#"{"id":"s2","label":"position","start":0,"end":16,"parts":[[0,4],[13,16]],"text":"Киев Нет","#,
    r#""fields":{"holders":[{"mention":"s1","how":"explicit"}],"cue":[[6,7]],"confidence":5,"odd":0.5},"note":"см. \"ниже\""},"#,
    r#"{"id":"s1","label":"entity","start":0,"end":4,"parts":[[0,4]],"text":"Киев","fields":{"kind":"place"},"note":""}],"#,
    r#""relations":[{"id":"r1","label":"supports","from":"s2","to":"s2","fields":{}}]}"#,
    "\n"
);

fn line() -> String {
    let text = crate::text::CanonicalText::new("Киев: 😀 \"да\"\nНет.");
    LINE.replace("sha256:FP", text.fingerprint())
}

#[test]
fn a_line_comes_back_byte_for_byte() {
    let gathered = read(line(), OffsetUnit::CodePoints);
    assert_eq!(said(&gathered), Vec::<String>::new());
    assert_eq!(gathered.records[0].set.status, Status::Done);
    assert_eq!(write(&gathered, OffsetUnit::CodePoints), line());
}

#[test]
fn offsets_of_other_units_come_back_too() {
    let plain = read(line(), OffsetUnit::CodePoints);
    for unit in OffsetUnit::ALL {
        let written = write(&plain, unit);
        let again = read(written.clone(), unit);
        assert_eq!(write(&again, OffsetUnit::CodePoints), line(), "{unit}: {written}");
    }
    let utf16 = write(&plain, OffsetUnit::Utf16);
    assert!(utf16.contains(r#""cue":[[6,8]]"#) && utf16.contains(r#""parts":[[0,4],[14,17]]"#), "{utf16}");
}

#[test]
fn cr_lf_is_folded_and_every_offset_moves_with_it() {
    //                                                     0 1 23 4 5 6 7
    let source = r#"{"article":"a.txt","text":"\ufeffa\r\nb c\r\nd","spans":[
        {"id":"s1","label":"position","start":4,"end":10,"text":"b c\r\nd","fields":{"cue":[[6,7]]}}]}"#
        .replace('\n', "");
    let gathered = read(source, OffsetUnit::CodePoints);
    let record = &gathered.records[0];
    assert_eq!(record.text.as_str(), "a\nb c\nd");
    let span = record.set.get(&"s1".into()).unwrap();
    assert_eq!(span.surface(&record.text), "b c\nd", "{:?}", span.parts);
    assert_eq!(span.misquote, None);
    let cue = span.fields.get("cue").unwrap().as_stretch().unwrap();
    assert_eq!(record.text.slice(cue[0]), Some("c"));
}

#[test]
fn bad_lines_are_told_and_good_ones_read() {
    let good = r#"{"article":"a.txt","text":"abc","spans":[]}"#;
    let source = format!(
        "\u{FEFF}{good}\nnot json\n\n{{\"article\":\"b.txt\"}}\n[1]\n{{\"article\":5,\"text\":\"\"}}\r\n{good}"
    );
    let gathered = read(source, OffsetUnit::CodePoints);
    assert_eq!(gathered.records.len(), 2);
    let said = said(&gathered);
    assert_eq!(said.len(), 4, "{said:#?}");
    assert!(said[0].starts_with("a.jsonl: line 2: it is no JSON"), "{}", said[0]);
    assert!(said[1].starts_with("a.jsonl: line 4: it has no `text`"), "{}", said[1]);
    assert!(said[2].contains("line 5") && said[3].contains("line 6"));
    assert!(gathered.remarks.iter().all(|remark| remark.left_out));
}

#[test]
fn a_bad_span_is_left_out_and_its_neighbours_stay() {
    let source = r#"{"article":"a.txt","text":"abc","spans":[
        {"label":"entity","start":0,"end":1},
        {"label":"entity","start":2,"end":1},
        {"id":"s1","label":"entity","start":-1,"end":1},
        {"start":0,"end":1}, 7,
        {"id":9,"label":"entity","parts":[[0,1],[2,3]],"start":5},
        {"id":"s3","label":"entity","start":1,"end":9,"text":"zz","roles":{}}]}"#
        .replace('\n', "");
    let gathered = read(source, OffsetUnit::CodePoints);
    let ids: Vec<&str> = gathered.records[0].set.spans().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["9", "s1", "s3"], "an absent id is a fresh one");
    let said = said(&gathered).join("\n");
    assert!(said.contains("span 2: [2, 1] ends before it starts"), "{said}");
    assert!(said.contains("span 3: `s1`: `start` is -1"), "{said}");
    assert!(said.contains("span 4: it has no `label`"), "{said}");
    assert!(said.contains("1 spans have a `start`"), "{said}");
    assert!(said.contains("1 spans say another text"), "{said}");
    assert!(said.contains("the key `roles` of a span"), "{said}");
}

#[test]
fn a_place_inside_a_sign_is_told() {
    let source =
        r#"{"article":"a.txt","text":"😀b","spans":[{"id":"s1","label":"entity","start":1,"end":3}]}"#;
    let gathered = read(source, OffsetUnit::Utf16);
    assert!(gathered.records[0].set.is_empty());
    assert!(said(&gathered)[0].contains("`s1`: [(1, 3)] is no place in the text, counted in utf16"));
}

#[test]
fn a_wrong_fingerprint_is_told_and_the_text_believed() {
    let source = line().replace("Нет.", "Нет!");
    let gathered = read(source, OffsetUnit::CodePoints);
    assert!(said(&gathered)[0].contains("`fingerprint` is not that of `text`"));
    assert!(!gathered.remarks[0].left_out);
    let record = &gathered.records[0];
    assert_eq!(record.set.fingerprint, record.text.fingerprint());
}

#[test]
fn something_else_altogether_is_refused() {
    let source = MemoryFiles::one("picture.png", "x\n".repeat(200));
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let refused = Jsonl.read(&source, &options, &mut Gathered::default());
    assert!(matches!(refused, Err(FormatError::NotThisFormat { .. })), "{refused:?}");
}

mod round_trip {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_and_any_tidy_spans_come_back(
            text in "[a-cёя😀\u{301}\u{200D}\u{A0}\u{5D0}\"\\\\\n ]{1,40}",
            places in proptest::collection::vec((0u32..40, 0u32..40), 0..6),
            note in any::<String>(),
        ) {
            let text = crate::text::CanonicalText::new(&text);
            let mut set = crate::model::AnnotationSet::new("articles/x.txt", "anna");
            for (number, (a, b)) in places.into_iter().enumerate() {
                // Past the end too: validation must still find it after a journey.
                let range = crate::text::TextRange::between(a, b);
                let mut span = crate::model::Span::new(format!("s{number}"), "claim", crate::model::Parts::one(range));
                span.note = note.clone();
                set.insert(span);
            }
            let record = super::super::super::Record { meta: Default::default(), text, set };
            let first = write(&Gathered { records: vec![record], ..Gathered::default() }, OffsetUnit::CodePoints);
            let gathered = read(first.clone(), OffsetUnit::CodePoints);
            prop_assert_eq!(said(&gathered), Vec::<String>::new());
            prop_assert_eq!(write(&gathered, OffsetUnit::CodePoints), first);
        }
    }
}
