//! The command line.

use serde_json::{Value as Json, json};

use crate::cli::{Place, record};

fn figure<'j>(document: &'j Json, wanted: &[(&str, &str)]) -> &'j Json {
    let mut fitting = document["metrics"].as_array().unwrap().iter().filter(|metric| {
        wanted.iter().all(|(key, value)| metric[*key] == *value)
            && (wanted.iter().any(|(key, _)| *key == "field") || metric.get("field").is_none())
    });
    let found = fitting.next().unwrap_or_else(|| panic!("{wanted:?} is missing"));
    assert!(fitting.next().is_none(), "{wanted:?} is there twice");
    found
}

fn two() -> Place {
    let place = Place::with_project();
    place.import(&[
        record("articles/a.txt", "anna", "[entity:Киев] ждёт, [entity:Москва] молчит."),
        record("articles/a.txt", "boris", "[entity:Киев] ждёт, [claim:Москва молчит]."),
    ]);
    place
}

#[test]
fn two_annotators_in_json() {
    let place = two();
    let found = place.inside(&["agree", "--format", "json"]).ends(0).json();
    assert_eq!(found["annotators"], json!(["anna", "boris"]));
    assert_eq!(found["articles"], 1);
    let exact = figure(&found, &[("name", "f1"), ("match", "exact"), ("label", "*")]);
    assert_eq!(
        (&exact["value"], &exact["precision"], &exact["support"]),
        (&json!(0.5), &json!(0.5), &json!(2))
    );
    let observed = figure(&found, &[("name", "observed"), ("unit", "token"), ("label", "*")]);
    // Киев ждёт , Москва молчит . : they differ on two of six.
    assert_eq!((&observed["value"], &observed["units"]), (&json!(4.0 / 6.0), &json!(6)));
    let unused = figure(&found, &[("name", "cohen_kappa"), ("unit", "token"), ("label", "position")]);
    assert_eq!(unused["value"], Json::Null);
    assert!(unused["reason"].as_str().unwrap().contains("one category"));
    let names: std::collections::BTreeSet<&str> =
        found["metrics"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
    assert!(!names.contains("muc"), "only when asked for");
    for name in
        ["observed", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "krippendorff_alpha_u", "gamma"]
    {
        assert!(names.contains(name), "{name}");
    }
}

#[test]
fn metrics_labels_and_annotators_choose() {
    let place = two();
    let found = place
        .inside(&[
            "agree",
            "--format",
            "json",
            "--metrics",
            "f1",
            "--labels",
            "entity",
            "--annotators",
            "boris,anna",
        ])
        .ends(0)
        .json();
    assert_eq!(found["annotators"], json!(["boris", "anna"]));
    assert!(found["metrics"].as_array().unwrap().iter().all(|m| m["name"] == "f1"));
    let all = figure(&found, &[("match", "exact"), ("label", "*")]);
    assert_eq!((&all["recall"], &all["precision"]), (&json!(1.0), &json!(0.5)), "boris is the reference now");
    place.inside(&["agree", "--metrics", "kapa"]).ends(2).says("there is no metric `kapa`").answers_nothing();
    place
        .inside(&["agree", "--annotators", "anna,vera"])
        .ends(2)
        .says("no annotator `vera`")
        .answers_nothing();
    place.inside(&["agree", "--annotators", "anna,anna"]).ends(2).answers_nothing();
    let muc = place.inside(&["agree", "--format", "json", "--metrics", "muc,relation_f1"]).ends(0).json();
    let counts = figure(&muc, &[("name", "muc"), ("label", "*")]);
    assert_eq!((&counts["correct"], &counts["incorrect"]), (&json!(1), &json!(1)));
}

#[test]
fn fields_sets_and_frames_are_measured_on_matched_spans() {
    let place = Place::with_project();
    let text = "Киев требует гарантий.";
    let position = |annotator: &str, act: &str, issues: Json, strength: u32| {
        let mut issues = issues;
        issues[0]["strength"] = json!(strength);
        json!({"article": "articles/a.txt", "annotator": annotator, "text": text, "spans": [
            {"id": "s1", "label": "position", "start": 0, "end": 21, "text": "Киев требует гарантий",
             "fields": {"act": act, "holders": [{"entity": "ukraine", "how": "explicit"}], "issues": issues}}]})
    };
    place.import(&[
        position(
            "anna",
            "demand",
            json!([{"issue": "guarantees", "stance": "for"}, {"issue": "nato", "stance": "for"}]),
            4,
        ),
        position("boris", "support", json!([{"issue": "guarantees", "stance": "for"}]), 2),
    ]);
    let found = place.inside(&["agree", "--format", "json"]).ends(0).json();
    let frames = figure(&found, &[("name", "frame_f1"), ("label", "*")]);
    assert_eq!((&frames["value"], &frames["recall"]), (&json!(2.0 / 3.0), &json!(0.5)));
    let act = figure(&found, &[("name", "cohen_kappa"), ("field", "act"), ("label", "position")]);
    assert_eq!((&act["value"], &act["units"]), (&json!(0.0), &json!(1)));
    let strength = figure(
        &found,
        &[("name", "krippendorff_alpha"), ("field", "issues.strength"), ("label", "position")],
    );
    assert_eq!(strength["level"], "ordinal");
    let issues = figure(&found, &[("name", "alpha_masi"), ("field", "issues"), ("label", "position")]);
    assert_eq!(issues["value"], json!(0.0), "two values that never coincide: no better than chance");
    let holders = figure(&found, &[("name", "alpha_masi"), ("field", "holders"), ("label", "position")]);
    assert!(holders["reason"].as_str().unwrap().contains("one category"), "{holders}");
}

#[test]
fn one_alone_nobody_and_nothing_in_common_have_a_reason() {
    let place = Place::with_project();
    let nobody = place.inside(&["agree", "--format", "json"]).ends(0).json();
    assert_eq!((&nobody["annotators"], &nobody["metrics"]), (&json!([]), &json!([])));
    place.import(&[record("articles/a.txt", "anna", "[entity:Киев] ждёт.")]);
    let alone = place.inside(&["agree", "--format", "json"]).ends(0).json();
    let metrics = alone["metrics"].as_array().unwrap();
    assert!(!metrics.is_empty() && metrics.iter().all(|m| m["value"].is_null() && m["reason"].is_string()));
    place.import(&[record("articles/b.txt", "boris", "[entity:Минск] тоже.")]);
    let apart = place.inside(&["agree", "--format", "json"]).ends(0).json();
    assert_eq!(apart["articles"], 0);
    assert!(apart["metrics"].as_array().unwrap().iter().all(|m| m["value"].is_null()));
    let table = place.inside(&["agree"]).ends(0);
    assert!(table.out.contains("no article was annotated by all"), "{}", table.out);
}

#[test]
fn an_annotator_without_a_span_and_a_label_that_the_schema_lacks_have_figures_or_reasons() {
    let place = Place::with_project();
    place.import(&[
        record("articles/a.txt", "anna", "[entity:Киев] ждёт, [entity:Москва] молчит."),
        record("articles/a.txt", "boris", "Киев ждёт, Москва молчит."),
        record("articles/b.txt", "anna", "[entity:Минск] тоже."),
        record("articles/b.txt", "boris", "Минск тоже."),
    ]);
    // The label that everybody used is gone from a later version of the schema.
    let schema = "проект 1/schema.ron";
    place.write(schema, place.text(schema).replace("(name: \"entity\"", "(name: \"thing\""));
    let found = place.inside(&["agree", "--format", "json", "--metrics", "all"]).ends(0);
    assert!(!found.out.contains("NaN") && !found.out.contains("inf"), "{}", found.out);
    let found = found.json();
    for metric in found["metrics"].as_array().unwrap() {
        assert!(metric["value"].is_number() || metric["reason"].is_string(), "{metric}");
    }
    let exact = figure(&found, &[("name", "f1"), ("match", "exact"), ("label", "entity")]);
    assert_eq!(
        (&exact["value"], &exact["precision"], &exact["support"]),
        (&json!(0.0), &Json::Null, &json!(3))
    );
    let gamma = figure(&found, &[("name", "gamma"), ("label", "*")]);
    assert!(gamma["value"].is_number() || gamma["reason"].is_string(), "{gamma}");
}

#[test]
fn a_changed_text_is_told_with_what_can_be_anchored_anew() {
    let place = two();
    let before = place.text("проект 1/articles/a.txt");
    place.write("проект 1/articles/a.txt", format!("Сегодня {before}"));
    let found = place
        .inside(&["agree", "--format", "json"])
        .ends(1)
        .says("another text")
        .says("2 more could be anchored anew");
    assert_eq!(found.json()["articles"], 0);
}

#[test]
fn the_table_says_what_each_figure_was_obtained_from() {
    let table = two().inside(&["agree"]).ends(0).out;
    for said in
        ["anna and boris", "cohen kappa, token", "1 articles, 6 units", "nobody used: position", "precision"]
    {
        assert!(table.contains(said), "{said} is missing in:\n{table}");
    }
}
