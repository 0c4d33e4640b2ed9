//! TEI: Russian plays, the TEI Consortium's own tests, and whatever Postil can hold.

use std::collections::BTreeMap;

use postil::formats::{Gathered, MemoryFiles, OffsetUnit, TagScheme};
use proptest::prelude::*;

use crate::corpora::{corpus, files_of};
use crate::records::{any_record, contents, read, record, try_read, write};

fn goes_round(read_in: &Gathered) {
    let (out, _) = write("tei", &read_in.records, None, TagScheme::default());
    let back = read("tei", &out, None);
    assert_eq!(back.remarks, []);
    let by_path = |records: &[postil::formats::Record]| -> BTreeMap<String, _> {
        contents(records).into_iter().map(|content| (content.article.clone(), content)).collect()
    };
    assert!(by_path(&back.records) == by_path(&read_in.records));
}

fn labels(read: &Gathered) -> BTreeMap<String, usize> {
    let mut labels = BTreeMap::new();
    for span in read.records.iter().flat_map(|record| record.set.spans()) {
        *labels.entry(span.label.clone()).or_default() += 1;
    }
    labels
}

#[test]
fn the_text_stands_to_the_letter_and_spans_stand_off() {
    let made = record(
        "articles/a.txt",
        "anna",
        "Киев <😀>\n\nждёт.",
        &[
            ("s1", "entity", &[(0, 4)], r#"{"kind": "place"}"#),
            ("s2", "position", &[(0, 4), (10, 14)], r#"{"cue": [[5, 6]], "confidence": 4}"#),
        ],
    );
    let (out, loss) = write("tei", &[made], None, TagScheme::default());
    assert!(loss.is_empty());
    let text = String::from_utf8(out.bytes("articles/a.xml").unwrap()).unwrap();
    for piece in [
        "<div xml:id=\"text\" xml:space=\"preserve\"><p>Киев &lt;😀&gt;</p>\n<p/>\n<p>ждёт.</p></div>",
        "<span xml:id=\"s2\" type=\"position\" target=\"#string-range(text,0,4) #string-range(text,10,4)\" ana=\"#s2.fs\"/>",
        "<fs xml:id=\"s1.fs\" type=\"entity\"><f name=\"kind\"><symbol value=\"place\"/></f></fs>",
        "<f name=\"confidence\"><numeric value=\"4\"/></f>",
    ] {
        assert!(text.contains(piece), "{piece}\n{text}");
    }
}

#[test]
fn russian_plays() {
    let Some(folder) = corpus("rusdracor-tei/tei") else { return };
    let files = files_of(&folder, &|name| name.ends_with(".xml"));
    let read_in = read("tei", &files, None);
    assert_eq!(read_in.remarks, []);
    assert_eq!(read_in.records.len(), 3);
    // Speeches and speakers are as many as there are elements of that name in the body.
    let found = labels(&read_in);
    let elements = |name: &str| -> usize {
        let count = |file: &str| {
            let text = String::from_utf8(std::fs::read(folder.join(file)).unwrap()).unwrap();
            text.matches(&format!("<{name}>")).count() + text.matches(&format!("<{name} ")).count()
        };
        ["gogol-tjazhba.xml", "ostrovsky-les.xml", "pushkin-mocart-i-saleri.xml"].into_iter().map(count).sum()
    };
    for name in ["sp", "speaker", "stage", "l"] {
        assert_eq!(found.get(name).copied().unwrap_or(0), elements(name), "{name}");
    }
    let gogol = &read_in.records[0];
    assert_eq!(gogol.meta.title.as_deref(), Some("Тяжба"));
    assert!(
        gogol.text.as_str().contains("\nЭй, Андрей!")
            || gogol.text.as_str().contains("ничего. Эй, Андрей!\n")
    );
    assert!(gogol.meta.author.as_deref().unwrap_or_default().contains("Гоголь"), "{:?}", gogol.meta.author);
    goes_round(&read_in);
}

#[test]
fn tests_of_the_tei_consortium() {
    let Some(folder) = corpus("tei-p5-tests") else { return };
    let read_in = read("tei", &files_of(&folder, &|name| name.ends_with(".xml")), None);
    assert_eq!(read_in.records.len(), 4);
    let found = labels(&read_in);
    assert_eq!((found["persName"], found["placeName"]), (165, 139), "{found:?}");
    let remarks: Vec<String> = read_in.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        ["testnames.xml: its `<text>` is empty; the words of its header were taken for the text"]
    );
    goes_round(&read_in);
}

#[test]
fn a_record_in_other_units_comes_back() {
    let made = record("articles/a.txt", "anna", "😀😀 Киев", &[("s1", "entity", &[(3, 7)], "{}")]);
    for unit in OffsetUnit::ALL {
        let (out, _) = write("tei", std::slice::from_ref(&made), Some(unit), TagScheme::default());
        let back = read("tei", &out, None);
        assert_eq!(contents(&back.records), contents(std::slice::from_ref(&made)), "{unit}");
    }
}

#[test]
fn milestones_and_elements_are_places() {
    let xml = "<TEI><text><body><p>Киев <anchor xml:id=\"a\"/>ждёт <seg xml:id=\"b\">гарантий</seg>.</p></body></text>\
               <standOff><spanGrp><span from=\"#a\" to=\"#b\" type=\"position\">note</span><span target=\"#gone\"/></spanGrp></standOff></TEI>";
    let read_in = read("tei", &MemoryFiles::one("a.xml", xml), None);
    let record = &read_in.records[0];
    let span = record.set.spans().find(|span| span.label == "position").unwrap();
    assert_eq!(span.surface(&record.text).trim(), "ждёт гарантий");
    assert_eq!((span.note.as_str(), read_in.remarks.len()), ("note", 1));
}

#[test]
fn what_is_cut_off_is_read_as_far_as_it_goes() {
    let read_in =
        try_read("tei", &MemoryFiles::one("a.xml", "<TEI><text><p>Киев <name>ждёт</na"), None).unwrap();
    assert_eq!(read_in.records[0].text.as_str(), "Киев ждёт");
    assert!(read_in.remarks.iter().any(|remark| remark.left_out));
    let deep = format!("<TEI><text>{}", "<p>".repeat(100_000));
    let read_in = try_read("tei", &MemoryFiles::one("a.xml", deep), None).unwrap();
    assert!(read_in.records.is_empty() && read_in.remarks[0].what.contains("nested deeper"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_out_comes_back(made in any_record()) {
        let (out, loss) = write("tei", std::slice::from_ref(&made), None, TagScheme::default());
        prop_assert!(loss.is_empty());
        let back = read("tei", &out, None);
        prop_assert_eq!(&back.remarks, &vec![]);
        prop_assert_eq!(contents(&back.records), contents(&[made]));
    }

    #[test]
    fn signs_that_xml_lacks_come_back(text in "[\u{1}\u{B}\u{FFFE}a&\u{85}\u{2028}]{1,12}", note in "[\u{1}a\\n<]{0,5}") {
        let mut made = record("a.txt", "anna", &format!("{text}x"), &[("s1", "entity", &[(0, 1)], "{}")]);
        let mut span = (**made.set.get(&"s1".into()).unwrap()).clone();
        span.note = note.clone();
        span.fields.set("say", postil::model::Value::Text(note));
        made.set.remove(&"s1".into());
        made.set.insert(span);
        let (out, _) = write("tei", std::slice::from_ref(&made), None, TagScheme::default());
        prop_assert_eq!(contents(&read("tei", &out, None).records), contents(&[made]));
    }
}
