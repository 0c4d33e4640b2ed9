//! How many keys it takes to decide about the sample's articles; the table in the documentation is counted here.

use egui::vec2;
use postil::model::Status;

use super::review::Sample;

/// An article as it was decided.
struct Counted {
    title: String,
    agreed: usize,
    differences: usize,
    keys: usize,
}

/// Decides about all articles of the sample, one after the other, with the keys that `decide` presses for a difference.
fn count(decide: impl Fn(&mut Sample) -> usize) -> Vec<Counted> {
    let first = {
        let sample = Sample::without_gold("assets/sample/articles/ru-davos.txt", vec2(1280.0, 800.0));
        sample.stage.app().session().unwrap().rows[0].path.clone()
    };
    let mut sample = Sample::without_gold(&first, vec2(1280.0, 800.0));
    sample.press("Ctrl+5");
    let articles = sample.stage.app().session().unwrap().rows.len();
    let mut all = Vec::new();
    for _ in 0..articles {
        let differences = sample.open_count();
        let agreed = sample.stage.app().review().scene().agreed.0;
        let session = sample.stage.app().session().unwrap();
        let path = session.open.as_ref().unwrap().desk.article.path.clone();
        let title = session.rows.iter().find(|row| row.path == path).unwrap().title.clone();
        let mut keys = sample.press("R Enter");
        while sample.open_count() > 0 {
            let before = (sample.open_count(), sample.stage.app().review().at());
            keys += decide(&mut sample);
            assert_ne!(
                (sample.open_count(), sample.stage.app().review().at()),
                before,
                "{title}: nothing was decided"
            );
        }
        keys += sample.press("Ctrl+Enter");
        let row = |sample: &Sample| {
            let rows = &sample.stage.app().session().unwrap().rows;
            rows.iter().find(|row| row.path == path).unwrap().status
        };
        assert_eq!(row(&sample), Status::Done, "{title}");
        all.push(Counted { title, agreed, differences, keys });
    }
    all
}

/// Takes each piece in which they differ by a key of its own, the pieces from the two in turn.
fn piece_by_piece(sample: &mut Sample) -> usize {
    let before = sample.open_count();
    let mut keys = 0;
    while sample.open_count() == before {
        keys += sample.press(if keys % 2 == 0 { "Shift+1" } else { "Shift+2" });
        assert!(keys < 40, "pieces without an end");
    }
    keys
}

#[test]
fn the_sample_is_decided_by_these_keys_and_no_more() {
    let whole = count(|sample| sample.press("1"));
    let pieces = count(piece_by_piece);
    let mut table = String::from(
        "| Article | All agree on | Differences | Keys, a version for each | Keys, piece by piece |\n| --- | --- | --- | --- | --- |\n",
    );
    let (mut agreed, mut differences, mut keys) = (0, 0, [0, 0]);
    for (one, two) in whole.iter().zip(&pieces) {
        assert_eq!(one.title, two.title);
        // The rule and its preview, a key for each difference, and the end of the article; some relations follow from their ends.
        assert!(one.keys <= 3 + one.differences, "{}: {} keys", one.title, one.keys);
        assert!(two.keys >= one.keys);
        let row = [one.agreed, one.differences, one.keys, two.keys].map(|n| n.to_string()).join(" | ");
        table.push_str(&format!("| {} | {row} |\n", one.title));
        agreed += one.agreed;
        differences += one.differences;
        keys = [keys[0] + one.keys, keys[1] + two.keys];
    }
    table.push_str(&format!("| All | {agreed} | {differences} | {} | {} |\n", keys[0], keys[1]));
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/review-window.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let start = text.find("| Article | All agree on |").expect("the page has the table");
    let end = text[start..].find("\n\n").map_or(text.len(), |n| start + n + 1);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&page, format!("{}{table}{}", &text[..start], &text[end..])).unwrap();
        return;
    }
    assert!(
        text[start..end] == table,
        "docs/review-window.md is stale; run this test with UPDATE_DOCS=1\n{table}"
    );
}
