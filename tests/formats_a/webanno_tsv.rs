//! WebAnno TSV: INCEpTION's own suite, its curation cases, GUM, and whatever Postil can hold.

use postil::formats::{Gathered, MemoryFiles, OffsetUnit, TagScheme};
use postil::model::Value;
use proptest::prelude::*;

use crate::corpora::{corpus, files_of};
use crate::records::{any_record, contents, read, record, write};

fn goes_round(read_in: &Gathered, name: &str) {
    let (out, _) = write("webanno-tsv", &read_in.records, None, TagScheme::default());
    let back = read("webanno-tsv", &out, None);
    assert_eq!(back.remarks, [], "{name}");
    assert_eq!(contents(&back.records), contents(&read_in.records), "{name}");
}

#[test]
fn layers_and_rows_are_those_of_the_manual() {
    let made = record(
        "articles/a.txt",
        "anna",
        "Киев 😀 ждёт.",
        &[
            ("s1", "entity", &[(0, 4)], r#"{"kind": "place"}"#),
            ("s2", "position", &[(5, 9)], r#"{"act": "de|mand", "confidence": 4, "addressees": ["s1"]}"#),
        ],
    );
    let (out, _) = write("webanno-tsv", &[made], None, TagScheme::default());
    let text = String::from_utf8(out.bytes("articles/a.tsv").unwrap()).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("#Postil")).collect();
    assert_eq!(
        lines,
        [
            "#FORMAT=WebAnno TSV 3.3",
            "#T_SP=webanno.custom.entity|kind|postil",
            "#T_SP=webanno.custom.position|act|confidence|ROLE_webanno.custom.position:addressees_webanno.custom.positionaddresseesLink|uima.tcas.Annotation|postil",
            "",
            "",
            "#Text=Киев 😀 ждёт.",
            "1-1\t0-4\tКиев\tplace[1]\t*[1]\t_\t_\t_\t_\t_\t",
            "1-2\t5-7\t😀\t_\t_\tde\\|mand[2]\t4[2]\t*[2]\t1-1[1]\t{\"lists\":\\[\"addressees\"\\]}[2]\t",
            "1-3\t8-12\tждёт\t_\t_\t_\t_\t_\t_\t_\t",
            "1-3.1\t8-10\tжд\t_\t_\tde\\|mand[2]\t4[2]\t*[2]\t1-1[1]\t{\"lists\":\\[\"addressees\"\\]}[2]\t",
            "1-4\t12-13\t.\t_\t_\t_\t_\t_\t_\t_\t",
            "",
        ]
    );
}

#[test]
fn the_suite_of_inception() {
    let Some(folder) = corpus("inception-tsv3/tsv3-suite") else { return };
    let files = files_of(&folder, &|name| name.ends_with(".tsv"));
    let read_in = read("webanno-tsv", &files, None);
    assert_eq!(read_in.remarks, []);
    assert_eq!(read_in.records.len(), 37);
    let of =
        |name: &str| read_in.records.iter().find(|r| r.set.article.starts_with(&format!("{name}/"))).unwrap();
    let emoji = of("testSentenceWithEmoji");
    let surfaces: Vec<String> = emoji.set.spans().map(|span| span.surface(&emoji.text)).collect();
    assert_eq!((surfaces, emoji.text.as_str()), (vec!["😊".to_owned()], "I like it 😊 ."));
    assert_eq!(of("testStackedSubMultiTokenSpanWithFeatureValue").set.len(), 24);
    let nasty = of("testTokenBoundedStackedLookAlike");
    assert_eq!(nasty.set.spans().next().unwrap().fields.text("value"), Some("NOTSTACKED[0]"));
    let slots = of("sampleSlotAnnotation1");
    let host = slots.set.spans().find(|span| span.label == "SimpleSlotHost").unwrap();
    let links = host.fields.get("links").and_then(Value::as_list).unwrap();
    assert_eq!((links.len(), links[0].as_record().unwrap().text("role")), (2, Some("pr2")));
    let stacked = of("testSingleStackedNonTokenRelationWithoutFeatureValue");
    let relation = stacked.set.relations().next().unwrap();
    assert_eq!((relation.label.as_str(), stacked.set.len()), ("Relation", 4));
    assert_ne!(relation.from, relation.to);
    assert_eq!(of("testSimpleChain").set.relation_count(), 2);
    assert_eq!(of("testSentenceWithLineBreak").text.as_str(), "This is\na test .");
    assert_eq!(of("testCrossSentenceSpanWithFeatureValue").set.len(), 1);
    for record in &read_in.records {
        let alone = Gathered { records: vec![record.clone()], ..Gathered::default() };
        goes_round(&alone, &record.set.article);
    }
    goes_round(&read_in, "the whole suite");
}

#[test]
fn the_curation_cases_of_inception() {
    let Some(folder) = corpus("inception-tsv3/curation-suite") else { return };
    let read_in = read("webanno-tsv", &files_of(&folder, &|name| name.ends_with(".tsv")), None);
    assert_eq!(read_in.remarks, []);
    assert!(read_in.records.len() >= 15);
    goes_round(&read_in, "curation");
}

#[test]
fn news_of_gum() {
    let Some(folder) = corpus("gum-news/webanno-tsv") else { return };
    let read_in = read("webanno-tsv", &files_of(&folder, &|_| true), None);
    assert_eq!(read_in.remarks, []);
    let spans: usize = read_in.records.iter().map(|record| record.set.len()).sum();
    let relations: usize = read_in.records.iter().map(|record| record.set.relation_count()).sum();
    assert_eq!((read_in.records.len(), spans, relations), (9, 1805, 886));
    goes_round(&read_in, "gum");
}

#[test]
fn a_record_in_other_units_comes_back() {
    let made = record("articles/a.txt", "anna", "😀😀 Киев", &[("s1", "entity", &[(3, 7)], "{}")]);
    for unit in [OffsetUnit::CodePoints, OffsetUnit::Bytes, OffsetUnit::Utf16] {
        let (out, _) = write("webanno-tsv", std::slice::from_ref(&made), Some(unit), TagScheme::default());
        let back = read("webanno-tsv", &out, Some(unit));
        assert_eq!(contents(&back.records), contents(std::slice::from_ref(&made)), "{unit}");
    }
}

#[test]
fn what_leads_nowhere_is_told() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.S|v\n#T_RL=webanno.custom.R|BT_webanno.custom.S\n\n\n#Text=a b\n\
                1-1\t0-1\ta\tx\t9-9[3_0]\t\n1-2\tz\tb\t_\t_\t\n";
    let read_in = read("webanno-tsv", &MemoryFiles::one("a.tsv", text), None);
    let said: Vec<String> = read_in.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("line 8: a row without a place") && said[1].contains("`9-9`"), "{said:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_out_comes_back(made in any_record()) {
        let (out, _) = write("webanno-tsv", std::slice::from_ref(&made), None, TagScheme::default());
        let back = read("webanno-tsv", &out, None);
        prop_assert_eq!(&back.remarks, &vec![]);
        prop_assert_eq!(contents(&back.records), contents(&[made]));
    }
}
