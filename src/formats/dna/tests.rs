use super::super::{MemoryFiles, TagScheme};
use super::*;
use crate::model::{
    Affiliation, AnnotationSet, ArticleMeta, Codebook, Entity, Parts, Register, Schema, Span, Term,
};
use crate::text::{CanonicalText, TextRange};

/// Two articles: Witkoff for giving up land and against guarantees, Kyiv against land, somebody unnamed for guarantees under conditions.
fn written() -> MemoryFiles {
    let mut witkoff = Entity::new("witkoff", "Steve Witkoff", "person");
    let at = |entity: &str, from: Option<&str>, to: Option<&str>| Affiliation {
        entity: entity.into(),
        role: String::new(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    };
    witkoff.affiliations = vec![at("group", None, Some("2024")), at("usa", Some("2025-01"), None)];
    let mut register = Register::default();
    for entity in
        [witkoff, Entity::new("usa", "United States", "place"), Entity::new("kyiv", "Kyiv & co", "place")]
    {
        register.insert(entity);
    }
    let codebook = Codebook::new(
        "t",
        [Term::new("land", "en", "Land \"all\""), Term::new("guarantees", "en", "Guarantees")],
    );
    let record = |article: &str, spans: &[&str]| {
        let text = CanonicalText::new("=A says so. B does not.");
        let mut set = AnnotationSet::new(article, "gold");
        for (number, fields) in spans.iter().enumerate() {
            let parts = Parts::one(TextRange::between(0, 2));
            let mut span = Span::new(format!("s{}", number + 1), "position", parts);
            span.fields = ron::from_str(fields).unwrap();
            set.insert(span);
        }
        Record { meta: ArticleMeta { date: Some("2026-01-21".into()), ..ArticleMeta::default() }, text, set }
    };
    let records = vec![
        record(
            "a.txt",
            &[
                r#"{"holders": [{"entity": "witkoff"}, {"entity": "kyiv"}], "issues": [{"issue": "guarantees", "stance": "against"}]}"#,
                r#"{"holders": [{"entity": "witkoff"}], "issues": [{"issue": "land", "stance": "for"}]}"#,
                r#"{"holders": [{"how": "unknown"}], "issues": [{"issue": "guarantees", "stance": "conditional"}]}"#,
                r#"{"holders": [{"entity": "kyiv"}]}"#,
            ],
        ),
        record(
            "b.txt",
            &[r#"{"holders": [{"entity": "kyiv"}], "issues": [{"issue": "land", "stance": "against"}]}"#],
        ),
    ];
    let schema = Schema::positions();
    let options = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "",
        schema: &schema,
        register: &register,
        codebook: &codebook,
    };
    let mut loss = LossReport::default();
    records.iter().for_each(|record| Dna.count_loss(record, &options, &mut loss));
    let said: Vec<String> = loss.iter().map(ToString::to_string).collect();
    assert_eq!(said[0], "1 span without an issue: left out, as they are no statements");
    assert!(
        said.contains(
            &"1 stance that is neither for nor against: written with an empty agreement".to_owned()
        ),
        "{said:?}"
    );
    let mut out = MemoryFiles::default();
    DnaFolder.write(&records, &options, &mut out).unwrap();
    out
}

#[test]
fn every_holder_with_every_issue_is_a_row() {
    let table = String::from_utf8(written().bytes("statements.csv").unwrap()).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows,
        [
            "date,document,person,organization,concept,agreement,text,start,end",
            "2026-01-21,a.txt,Steve Witkoff,United States,guarantees,0,'=A,0,2",
            "2026-01-21,a.txt,,Kyiv & co,guarantees,0,'=A,0,2",
            "2026-01-21,a.txt,Steve Witkoff,United States,land,1,'=A,0,2",
            "2026-01-21,a.txt,,,guarantees,,'=A,0,2",
            "2026-01-21,b.txt,,Kyiv & co,land,0,'=A,0,2",
        ]
    );
}

#[test]
fn networks_count_stances_and_pairs() {
    let files = written();
    let text = |path: &str| String::from_utf8(files.bytes(path).unwrap()).unwrap();
    let (two, one) = (text("two-mode.graphml"), text("one-mode.graphml"));
    assert_eq!((two.matches("<node ").count(), two.matches("<edge ").count()), (4, 4));
    assert!(two.contains("Land &quot;all&quot;") && two.contains("Kyiv &amp; co"), "{two}");
    assert_eq!((one.matches("<node ").count(), one.matches("<edge ").count()), (2, 1));
    // Both against guarantees, one for and one against land.
    assert!(
        one.contains(
            "<data key=\"e_congruence\">1</data><data key=\"e_conflict\">1</data><data key=\"e_weight\">0</data>"
        ),
        "{one}"
    );
}
