//! The reports: each says everything, in its own form.

use serde_json::{Value, json};

use crate::notation::{World, world};
use postil::model::{FileFaultKind, Place, Severity};
use postil::validate::{report_github, report_json, report_sarif, report_text};

fn faulty() -> World {
    world("Первая\nОн [word w1: сказал ]да")
        .fault("schema, new: 100%.ron", FileFaultKind::Malformed)
        .severity("P706", Severity::Off)
        .set(|file| drop(file.places.spans.insert("w1".into(), vec![Place { line: 8, column: 9 }])))
}

#[test]
fn json_has_the_keys_that_scripts_rely_on() {
    let report = report_json(&faulty().report());
    assert_eq!(
        report["findings"][0],
        json!({
            "code": "P106", "rule": "white-space-edge", "severity": "warning",
            "file": "annotations/anna/a.ron", "line": 8, "column": 9,
            "article": "articles/a.txt", "span": "w1", "start": 10, "end": 17,
            "message": report["findings"][0]["message"], "fixable": true,
        })
    );
    assert_eq!(
        report["findings"][1]["start"],
        Value::Null,
        "a file that cannot be read has no place in an article"
    );
    assert_eq!(report["findings"][1]["line"], 3);
    let keys: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["files", "articles", "spans", "errors", "warnings", "findings"]);
    assert_eq!((&report["errors"], &report["warnings"], &report["spans"]), (&json!(1), &json!(1), &json!(1)));
}

#[test]
fn text_names_file_line_column_and_the_place_in_the_article() {
    let text = report_text(&faulty().report());
    assert!(text.contains("annotations/anna/a.ron:8:9: warning P106 white-space-edge: "), "{text}");
    assert!(text.contains("    in articles/a.txt:2:4 (code points 10..17)\n"), "{text}");
    assert!(text.ends_with("1 error, 1 warning, 0 remarks in 1 annotation file (1 article, 1 span). `postil explain CODE` says more.\n"), "{text}");
}

#[test]
fn workflow_commands_are_escaped() {
    let text = report_github(&faulty().report());
    assert!(
        text.contains("::error file=schema%2C new%3A 100%25.ron,line=3,col=7,title=P003 ron-malformed::"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 2, "one line a finding");
}

#[test]
fn sarif_points_at_its_rules_and_into_both_files() {
    let sarif: Value = serde_json::from_str(&report_sarif(&faulty().report())).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.contains([' ', ':', '\\']) && !uri.starts_with('/'), "{uri}");
    }
    let article = &results[0]["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(*article, json!({"startLine": 2, "startColumn": 4, "charOffset": 10, "charLength": 7}));
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}
