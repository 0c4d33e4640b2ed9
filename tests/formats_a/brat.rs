//! brat: its tutorial, its oddities, a Russian corpus, and whatever Postil can hold.

use std::collections::BTreeMap;

use postil::formats::{Gathered, MemoryFiles, OffsetUnit, Record, TagScheme};
use postil::model::{FieldKind, Schema, Value};
use proptest::prelude::*;

use crate::corpora::{corpus, files_of};
use crate::records::{any_record, contents, read, record, write, write_with};

fn said(gathered: &Gathered) -> String {
    gathered.remarks.iter().map(|remark| format!("{remark}\n")).collect()
}

fn one(text: &str, ann: &str) -> Gathered {
    let files = MemoryFiles::one("a.txt", text);
    files.put("a.ann", ann.into());
    read("brat", &files, None)
}

fn ann_of(record: &Record) -> String {
    let (out, _) = write("brat", std::slice::from_ref(record), None, TagScheme::default());
    String::from_utf8(out.bytes("articles/a.ann").unwrap()).unwrap()
}

#[test]
fn the_lines_are_those_brat_knows() {
    let mut made = record(
        "articles/a.txt",
        "anna",
        "Киев 😀 требует\nгарантий.",
        &[
            ("s1", "entity", &[(0, 4)], r#"{"kind": "place", "entity": "kyiv"}"#),
            (
                "s2",
                "position",
                &[(0, 4), (7, 23)],
                r#"{"act": "demand", "holders": [{"mention": "s1", "how": "explicit"}]}"#,
            ),
        ],
    );
    let mut span = (**made.set.get(&"s1".into()).unwrap()).clone();
    span.note = "см. ниже".into();
    made.set.remove(&"s1".into());
    made.set.insert(span);
    let ann = ann_of(&made);
    let lines: Vec<&str> = ann.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "T2\tposition 0 4;7 14;15 23\tКиев требует гарантий",
            "E2\tposition:T2 holders-mention:T1",
            "A1\tact E2 demand",
            "#2\tPostil E2\t{\"fields\":{\"holders\":[{\"mention\":\"s1\",\"how\":\"explicit\"}]}}",
            "T1\tentity 0 4\tКиев",
            "A2\tkind T1 place",
            "N1\tReference T1 Register:kyiv\t",
            "#3\tAnnotatorNotes T1\tсм. ниже",
        ]
    );
    let (out, loss) = write("brat", &[made], None, TagScheme::default());
    let losses: Vec<String> = loss.iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        [
            "1 value that brat has no place for: written as JSON into notes, which Postil reads back and brat only shows"
        ]
    );
    let conf = String::from_utf8(out.bytes("annotation.conf").unwrap()).unwrap();
    assert!(conf.contains("\nkind\tArg:claim|entity, Value:"), "{conf}");
    assert!(conf.contains("[entities]\n\nentity\n") && conf.contains("holders-mention*:entity"), "{conf}");
    assert!(conf.contains("same_as\tArg1:"), "{conf}");
    let visual = String::from_utf8(out.bytes("visual.conf").unwrap()).unwrap();
    assert!(visual.contains("entity | Entity\n"), "{visual}");
}

#[test]
fn several_annotators_have_a_folder_each() {
    let of =
        |annotator: &str| record("articles/a.txt", annotator, "Киев.", &[("s1", "entity", &[(0, 4)], "{}")]);
    let records = [of("anna"), of("б/в")];
    let (out, _) = write("brat", &records, None, TagScheme::default());
    assert!(out.bytes("anna/articles/a.ann").is_some() && out.bytes("б_в/articles/a.txt").is_some());
    assert_eq!(contents(&read("brat", &out, None).records), contents(&records));
}

#[test]
fn a_record_in_other_units_comes_back() {
    let made = record("articles/a.txt", "anna", "😀😀 Киев", &[("s1", "entity", &[(3, 7)], "{}")]);
    for unit in OffsetUnit::ALL {
        let (out, _) = write("brat", std::slice::from_ref(&made), Some(unit), TagScheme::default());
        let back = read("brat", &out, Some(unit));
        assert_eq!(contents(&back.records), contents(std::slice::from_ref(&made)), "{unit}");
    }
}

#[test]
fn what_is_wrong_is_said_by_line() {
    let read = one(
        "Киев молчит.",
        "T1\tCity 0 4\tКиев\nE1\tSay:T9 Who:T1\nN1\tReference T8 Wiki:1\tx\n*\tAlias T1\nA1\tSure T1\nR1\tR Arg1:T1\n",
    );
    assert_eq!(read.records[0].set.len(), 1);
    let said = said(&read);
    for what in [
        "line 2: the trigger `T9`",
        "line 3: a reference is of `T8`",
        "line 4: an equivalence",
        "line 6: `R1`",
    ] {
        assert!(said.contains(what), "{said}");
    }
    assert!(read.remarks.iter().all(|remark| remark.left_out));
    let span = read.records[0].set.spans().next().unwrap();
    assert_eq!(span.fields.get("Sure"), Some(&Value::Bool(true)));
}

#[test]
fn files_without_their_other_half_are_told() {
    let files = MemoryFiles::one("a.ann", "T1\tX 0 1\ta\n");
    files.put("b.txt", b"b".to_vec());
    files.put("c.txt", b"c d".to_vec());
    files.put("c.a1", b"T1\tX 0 1\tc\n".to_vec());
    files.put("c.a2", b"T2\tY 2 3\td\nE1\tY:T2 Of:T1\n".to_vec());
    let read = read("brat", &files, None);
    assert!(
        said(&read).contains("a.ann: there is no a.txt") && said(&read).contains("b.txt: there is no .ann")
    );
    assert_eq!((read.records.len(), read.records[0].set.len()), (1, 2));
}

/// Spans, relations, values of attributes, notes, by what SOURCE.md counts.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    docs: usize,
    spans: usize,
    discontinuous: usize,
    misquoted: usize,
}

fn counts(read: &Gathered) -> Counts {
    let spans = || read.records.iter().flat_map(|record| record.set.spans());
    Counts {
        docs: read.records.len(),
        spans: spans().count(),
        discontinuous: spans().filter(|span| span.parts.len() > 1).count(),
        misquoted: spans().filter(|span| span.misquote.is_some()).count(),
    }
}

/// Out and in again gives the same; what came from brat needs no note of Postil's.
fn goes_round(read_in: &Gathered) -> MemoryFiles {
    let mut growth = postil::formats::Growth::new(
        &Schema::empty("x"),
        &postil::model::Register::default(),
        &postil::model::Codebook::default(),
        "en",
    );
    for schema in &read_in.schemas {
        growth.learn(schema);
    }
    for record in &read_in.records {
        growth.take_in(&record.set);
    }
    let (out, _) = write_with("brat", &read_in.records, None, TagScheme::default(), &growth.schema);
    let back = read("brat", &out, None);
    for (was, is) in contents(&read_in.records).into_iter().zip(contents(&back.records)) {
        assert_eq!(was, is);
    }
    assert_eq!(read_in.records.len(), back.records.len());
    out
}

#[test]
fn the_tutorial_of_brat() {
    let Some(folder) = corpus("brat-tutorial-news") else { return };
    let files = files_of(&folder, &|_| true);
    let read_in = read("brat", &files, None);
    assert_eq!(said(&read_in), "");
    assert_eq!(counts(&read_in), Counts { docs: 13, spans: 119, discontinuous: 0, misquoted: 0 });
    // Eight relations; two equivalences, of three and of two.
    let relations: usize = read_in.records.iter().map(|record| record.set.relation_count()).sum();
    assert_eq!(relations, 8 + 2 + 1);
    let longest = read_in.records.iter().find_map(|record| record.set.relation(&"*1.2".into()));
    assert_eq!(longest.unwrap().label, "Alias");
    let schema = &read_in.schemas[0];
    let transfer = schema.label("Transfer-money").unwrap();
    assert_eq!(transfer.titles.get("en"), Some("Transfer money"));
    let giver = transfer.fields.iter().find(|field| field.name == "Giver-Arg").unwrap();
    assert_eq!(giver.kind, FieldKind::Span(vec!["Person".into(), "Organization".into(), "GPE".into()]));
    assert!(schema.label("Life").is_none() && schema.label("!Life").is_none());
    let marry = schema.label("Marry").unwrap().fields.iter().find(|f| f.name == "Person-Arg").unwrap();
    assert_eq!((marry.min, marry.max), (2, Some(2)));
    assert!(schema.relation("Alias").unwrap().symmetric);
    assert!(matches!(
        &schema.label("Money").unwrap().fields.iter().find(|f| f.name == "Mention").unwrap().kind,
        FieldKind::Choice(choices) if choices.len() == 3
    ));
    let out = goes_round(&read_in);
    // The same lines, whatever their order and their numbers of events, notes and attributes.
    let ours = |name: &str| -> Vec<String> { lines(&out, name) };
    let theirs = |name: &str| -> Vec<String> { lines(&files, name) };
    for record in &read_in.records {
        let name = record.set.article.replace(".txt", ".ann");
        assert_eq!(ours(&name), theirs(&name), "{name}");
    }
}

/// T, R and * lines of a file, sorted, tails trimmed.
fn lines(files: &MemoryFiles, name: &str) -> Vec<String> {
    let text = String::from_utf8(files.bytes(name).unwrap()).unwrap();
    let mut lines: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with(['T', '*']))
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.sort();
    lines
}

#[test]
fn the_oddities_of_brat_files() {
    let Some(folder) = corpus("brat-quirks") else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let read_in =
        read("brat", &files_of(&folder, &|name| name.ends_with(".ann") || name.ends_with(".txt")), None);
    assert_eq!(read_in.records.len(), 12);
    for (name, outcome) in expected.as_object().unwrap() {
        let record = read_in.records.iter().find(|r| r.set.article == format!("{name}.txt")).unwrap();
        for span in outcome["spans"].as_array().unwrap() {
            let id = span["id"].as_str().unwrap();
            let found = record.set.get(&id.into()).unwrap_or_else(|| panic!("{name}: {id}"));
            assert_eq!(found.label, span["label"].as_str().unwrap(), "{name}");
            let parts: Vec<[u32; 2]> = found.parts.iter().map(|p| [p.start().get(), p.end().get()]).collect();
            assert_eq!(serde_json::json!(parts), span["canonical"], "{name} {id}");
            assert_eq!(found.surface(&record.text), span["text"].as_str().unwrap(), "{name} {id}");
            assert!(found.misquote.is_none(), "{name} {id}");
        }
        let remarks = read_in.remarks.iter().filter(|remark| remark.place.starts_with(&format!("{name}.")));
        if name == "astral-utf16" || name == "crlf-counted" || name == "broken" {
            assert!(remarks.count() > 0, "{name} has something to be said");
        }
    }
    let said = said(&read_in);
    for what in [
        "`T2` reaches past the end",
        "starts at 62 and ends before",
        "`T4` says another text",
        "several `T1`",
        "of `R1` `T77`",
        "`T78`, which is not there",
        "`T5` has spaces",
        "unknown kind: `X1",
        "`abc def` is no pair",
        "`T7` covers nothing",
        "its offsets count utf16",
    ] {
        assert!(said.contains(what), "{what}\n{said}");
    }
    assert!(!said.contains("more remarks"), "{said}");
}

#[test]
fn a_corpus_of_russian_news() {
    let Some(folder) = corpus("factrueval-2016/brat") else { return };
    let read_in = read("brat", &files_of(&folder, &|_| true), None);
    assert_eq!(said(&read_in), "");
    assert_eq!(counts(&read_in), Counts { docs: 28, spans: 2324, discontinuous: 32, misquoted: 0 });
    let relations = || read_in.records.iter().flat_map(|record| record.set.relations());
    assert_eq!(relations().filter(|relation| !relation.id.as_str().starts_with('*')).count(), 220);
    assert_eq!(relations().filter(|relation| relation.id.as_str().ends_with(".1")).count(), 145);
    let spans = || read_in.records.iter().flat_map(|record| record.set.spans());
    assert_eq!(spans().filter(|span| span.fields.get("Entity").is_some()).count(), 880);
    assert_eq!(spans().filter(|span| span.fields.get("references").is_some()).count(), 1);
    assert_eq!(spans().map(|span| span.note.lines().count()).sum::<usize>(), 465);
    let labels: BTreeMap<&str, ()> = spans().map(|span| (span.label.as_str(), ())).collect();
    assert_eq!(labels.len(), 14);
    goes_round(&read_in);
}

#[test]
fn a_corpus_of_novels() {
    let Some(folder) = corpus("litbank") else { return };
    for (part, spans, relations) in [("entities", 1244, 0), ("events", 870, 0), ("coref", 5592, 65)] {
        let read_in = read("brat", &files_of(&folder.join(part), &|_| true), None);
        assert_eq!(counts(&read_in), Counts { docs: 10, spans, discontinuous: 0, misquoted: 0 }, "{part}");
        let found: usize = read_in.records.iter().map(|record| record.set.relation_count()).sum();
        assert_eq!(found, relations, "{part}");
        goes_round(&read_in);
    }
    let long = corpus("rusdracor-tei/long").unwrap();
    let read_in = read("brat", &files_of(&long, &|_| true), None);
    assert_eq!(counts(&read_in), Counts { docs: 1, spans: 3374, discontinuous: 0, misquoted: 0 });
    assert_eq!(read_in.records[0].set.relation_count(), 1421);
    goes_round(&read_in);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_out_comes_back(made in any_record()) {
        let (out, _) = write("brat", std::slice::from_ref(&made), None, TagScheme::default());
        let back = read("brat", &out, None);
        prop_assert_eq!(&back.remarks, &vec![]);
        prop_assert_eq!(contents(&back.records), contents(&[made]));
    }
}
