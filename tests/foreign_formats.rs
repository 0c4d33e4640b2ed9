//! Label Studio, REFI-QDA, CAS and Web Annotation on other people's data, and on files that were cut off.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use postil::formats::{Gathered, MemoryFiles, ReadOptions, format};
use postil::model::{Schema, Value};

fn corpora() -> Option<PathBuf> {
    let there = match std::env::var_os("POSTIL_CORPORA") {
        Some(path) => PathBuf::from(path),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"),
    };
    if !there.is_dir() {
        eprintln!("left out: the corpora are not there");
        return None;
    }
    Some(there)
}

fn files(path: &Path) -> MemoryFiles {
    let memory = MemoryFiles::default();
    let mut open = vec![path.to_owned()];
    while let Some(at) = open.pop() {
        if at.is_dir() {
            open.extend(std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = at.strip_prefix(path.parent().unwrap()).unwrap().to_str().unwrap().to_owned();
            memory.put(&name, std::fs::read(&at).unwrap());
        }
    }
    memory
}

fn read(name: &str, source: &MemoryFiles) -> Gathered {
    let mut gathered = Gathered::default();
    let schema = Schema::empty("");
    let options = ReadOptions { unit: None, schema: &schema };
    let _ = format(name).unwrap().reader.unwrap().read(source, &options, &mut gathered);
    gathered
}

fn spans(gathered: &Gathered) -> (usize, usize) {
    let all = || gathered.records.iter().flat_map(|record| record.set.spans());
    (all().count(), all().filter(|span| span.misquote.is_some()).count())
}

#[test]
fn the_corpora_are_read_with_the_counts_of_their_sources() {
    let Some(corpora) = corpora() else { return };
    let at = |path: &str| files(&corpora.join(path));
    let html = read("label-studio", &at("label-studio-examples/html_document"));
    assert_eq!(spans(&html), (3, 0), "{:?}", html.remarks);
    let two = read("label-studio", &at("ua-gec/derived/label-studio.two-annotators.json"));
    assert_eq!(spans(&two), (748 - 212, 0), "{:?}", two.remarks);
    let russian = read("refi-qda", &at("refi-qda/made/russian.qdpx"));
    assert_eq!(spans(&russian).0, 78, "{:?}", russian.remarks);
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(corpora.join("refi-qda/made/expected.json")).unwrap()).unwrap();
    for (name, count) in [("russian.qdpx", 78), ("emoji-crlf.qdpx", 5)] {
        let project = read("refi-qda", &at(&format!("refi-qda/made/{name}")));
        let mut there: Vec<String> = project
            .records
            .iter()
            .flat_map(|record| record.set.spans().map(|span| span.surface(&record.text)))
            .collect();
        let wanted = expected[name]["selections"].as_array().unwrap();
        let mut wanted: Vec<String> =
            wanted.iter().map(|one| one["text"].as_str().unwrap().replace("\r\n", "\n")).collect();
        there.sort();
        wanted.sort();
        assert_eq!((there.len(), &there), (count, &wanted), "{name}");
    }
    let vendor = read("refi-qda", &at("refi-qda/vendor/Project.qde"));
    assert!(vendor.remarks.iter().any(|remark| remark.left_out), "sources that are missing are told");
}

#[test]
fn what_is_cut_off_or_flipped_is_read_to_its_end() {
    let Some(corpora) = corpora() else { return };
    let cases = [
        ("label-studio", "label-studio-examples/wheel-samples/tasks_annotations_predictions.json"),
        ("xmi", "cas-fixtures/xmi/cas_with_smileys.xmi"),
        ("cas-json", "cas-fixtures/json/child_type_before_parent.json"),
        ("refi-qda", "refi-qda/made/emoji-crlf.qdpx"),
        ("web-annotation", "w3c-web-annotation/correct/anno20.json"),
    ];
    for (name, path) in cases {
        let bytes = std::fs::read(corpora.join(path)).unwrap();
        for step in 0..60 {
            let at = bytes.len() * step / 60;
            read(name, &MemoryFiles::one("a", &bytes[..at]));
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x11;
            read(name, &MemoryFiles::one("a", flipped));
        }
    }
    for name in ["xmi", "cas-json"] {
        read(name, &files(&corpora.join("cas-fixtures")));
    }
    read("web-annotation", &files(&corpora.join("w3c-web-annotation")));
}

/// How many annotations dkpro-cassis finds in each fixture, without tokens, sentences and what describes the document; `None` where there is
/// no text to annotate.
const CAS: &[(&str, Option<usize>)] = &[
    ("xmi/cas_has_fs_with_no_namespace.xmi", Some(1)),
    ("xmi/cas_with_array_features.xmi", None),
    ("xmi/cas_with_collections.xmi", Some(3)),
    ("xmi/cas_with_empty_array_reference.xmi", Some(4)),
    ("xmi/cas_with_floating_point_special_values.xmi", Some(0)),
    ("xmi/cas_with_inheritance.xmi", Some(5)),
    ("xmi/cas_with_list_features.xmi", None),
    ("xmi/cas_with_multiple_references_allowed_string_array.xmi", Some(1)),
    ("xmi/cas_with_nonindexed_fs.xmi", Some(1)),
    ("xmi/cas_with_reserved_names.xmi", Some(1)),
    ("xmi/cas_with_smileys.xmi", Some(9)),
    ("xmi/cas_with_two_sofas.xmi", Some(0)),
    ("xmi/empty_cas.xmi", Some(0)),
    ("xmi/small_cas.xmi", Some(0)),
    ("json/fs_as_array/ser-ref/casWithEmojiUnicodeTextAndAnnotations/debug.xmi", Some(9)),
    ("json/fs_as_array/ser-ref/casWithLeftToRightTextAndAnnotations/debug.xmi", Some(2)),
    ("json/fs_as_array/ser-ref/casWithText/debug.xmi", Some(0)),
    ("json/fs_as_array/ser-ref/casWithTextAndAnnotations/debug.xmi", None),
    ("json/fs_as_array/ser-ref/casWithTraditionalChineseTextAndAnnotations/debug.xmi", Some(4)),
    ("json/fs_as_array/ser-ref/casWithoutTextButWithAnnotations/debug.xmi", None),
    ("json/fs_as_array/ser-ref/emptyCas/debug.xmi", None),
];

#[test]
fn cas_fixtures_have_the_annotations_that_their_own_library_finds() {
    let Some(corpora) = corpora() else { return };
    let folder = corpora.join("cas-fixtures");
    for (file, count) in CAS {
        let source = MemoryFiles::one("a.xmi", std::fs::read(folder.join(file)).unwrap());
        let near = folder.join(file).with_file_name("debug-typesystem.xml");
        if let Ok(types) = std::fs::read(near) {
            source.put("TypeSystem.xml", types);
        }
        let gathered = read("xmi", &source);
        let found = gathered.records.first().map(|record| record.set.len() + record.set.relation_count());
        assert_eq!(found, *count, "{file}: {:?}", gathered.remarks);
        assert_eq!(
            gathered.remarks.iter().any(|remark| remark.left_out),
            count.is_none() || file.contains("two_sofas") || file.ends_with("/empty_cas.xmi"),
            "{file}"
        );
        // The same in JSON.
        let Ok(json) = std::fs::read(folder.join(file).with_file_name("data.json")) else { continue };
        let json = read("cas-json", &MemoryFiles::one("a.json", json));
        let found = json.records.first().map(|record| record.set.len() + record.set.relation_count());
        // The one fixture whose text only the JSON holds.
        let count = if file.contains("casWithTextAndAnnotations") { &Some(4) } else { count };
        assert_eq!(found, *count, "{file} in JSON: {:?}", json.remarks);
    }
}

#[test]
fn lists_of_uima_are_values_in_order() {
    let xmi = concat!(
        r#"<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:x="http:///x.ecore">"#,
        r#"<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="one two"/>"#,
        r#"<x:Word xmi:id="2" sofa="1" begin="0" end="3" names="5" next="8" loop="10"/><x:Word xmi:id="3" sofa="1" begin="4" end="7"/>"#,
        r#"<cas:NonEmptyStringList xmi:id="5" head="a b" tail="6"/><cas:NonEmptyStringList xmi:id="6" head="c" tail="7"/><cas:EmptyStringList xmi:id="7"/>"#,
        r#"<cas:NonEmptyFSList xmi:id="8" head="3" tail="9"/><cas:EmptyFSList xmi:id="9"/>"#,
        r#"<cas:NonEmptyIntegerList xmi:id="10" head="4" tail="10"/></xmi:XMI>"#
    );
    let feature = |name: &str, range: &str| {
        format!(
            "<featureDescription><name>{name}</name><rangeTypeName>uima.cas.{range}List</rangeTypeName><multipleReferencesAllowed>true</multipleReferencesAllowed></featureDescription>"
        )
    };
    let types = format!(
        "<typeSystemDescription><types><typeDescription><name>x.Word</name><supertypeName>uima.tcas.Annotation</supertypeName><features>{}{}{}</features></typeDescription></types></typeSystemDescription>",
        feature("names", "String"),
        feature("next", "FS"),
        feature("loop", "Integer")
    );
    let source = MemoryFiles::one("a.xmi", xmi);
    source.put("TypeSystem.xml", types.into());
    let gathered = read("xmi", &source);
    let set = &gathered.records[0].set;
    let fields = &set.get(&"s2".into()).unwrap().fields;
    let list = |texts: &[&str]| Some(Value::List(texts.iter().map(|text| Value::text(*text)).collect()));
    assert_eq!(fields.get("names").cloned(), list(&["a b", "c"]));
    assert_eq!(fields.get("next").cloned(), list(&["s3"]));
    // A list that runs into itself ends.
    assert!(fields.get("loop").and_then(Value::as_list).is_some_and(|items| items.len() <= 10_000));
}

#[test]
fn samples_of_the_annotation_standard_are_all_accounted_for() {
    let Some(corpora) = corpora() else { return };
    for (folder, count) in [("correct", 26), ("incorrect", 22)] {
        let files: Vec<PathBuf> = std::fs::read_dir(corpora.join("w3c-web-annotation").join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert_eq!(files.len(), count, "{folder}");
        for file in files {
            // None of them comes with the text that it is about, so none can be taken in; each must say so.
            let bytes = std::fs::read(&file).unwrap();
            let gathered = read("web-annotation", &MemoryFiles::one("a.json", bytes));
            let told = gathered.remarks.iter().any(|remark| remark.left_out);
            assert!(gathered.records.is_empty() && told, "{}: {:?}", file.display(), gathered.remarks);
        }
    }
}
