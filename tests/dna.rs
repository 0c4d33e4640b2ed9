//! `dna` through the program: one table, or a folder with networks.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/cli/mod.rs"]
mod cli;

use cli::Place;
use serde_json::json;

#[test]
fn a_file_holds_statements_and_a_folder_networks_too() {
    let place = Place::with_project();
    let record = json!({"article": "articles/a.txt", "annotator": "anna", "text": "Киев против. Москва за.", "meta": {"date": "2026-01-21"},
        "spans": [
            {"id": "s1", "label": "position", "start": 0, "end": 12, "fields": {"holders": [{"entity": "kyiv", "how": "explicit"}],
                "issues": [{"issue": "land", "stance": "against"}, {"issue": "talks", "stance": "unclear"}]}},
            {"id": "s2", "label": "position", "start": 13, "end": 23, "fields": {"holders": [{"entity": "moscow", "how": "explicit"}],
                "issues": [{"issue": "land", "stance": "for"}]}}]});
    place.import(&[record]).ends(0);
    place
        .inside(&["export", "dna", "--out", "../s.csv"])
        .ends(0)
        .says("1 stance that is neither for nor against");
    let table = place.text("s.csv");
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "date,document,person,organization,concept,agreement,text,start,end",
            "2026-01-21,articles/a.txt,,kyiv,land,0,Киев против.,0,12",
            "2026-01-21,articles/a.txt,,kyiv,talks,,Киев против.,0,12",
            "2026-01-21,articles/a.txt,,moscow,land,1,Москва за.,13,23",
        ]
    );
    place.inside(&["export", "dna", "--out", "../dna/"]).ends(0);
    assert_eq!(place.text("dna/statements.csv"), table);
    assert_eq!(place.text("dna/two-mode.graphml").matches("<edge ").count(), 3);
    assert!(
        place
            .text("dna/one-mode.graphml")
            .contains("<data key=\"e_conflict\">1</data><data key=\"e_weight\">-1</data>")
    );
    place
        .inside(&["export", "dna", "--out", "../u.csv", "--offset-unit", "utf16"])
        .ends(2)
        .says("knows no other unit");
    place.inside(&["import", "dna", "../s.csv"]).ends(2);
}
