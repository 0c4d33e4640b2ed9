//! Review from end to end: differences, adjudication, threads, assignments and packages, through the program and through the session.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/cli/mod.rs"]
mod cli;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cli::{Place, Ran, record};
use serde_json::{Value as Json, json};

/// A span as records have it.
fn span(id: &str, label: &str, text: &str, surface: &str, fields: Json) -> Json {
    let start = text.find(surface).map(|at| text[..at].chars().count()).unwrap();
    let end = start + surface.chars().count();
    json!({"id": id, "label": label, "start": start, "end": end, "text": surface, "fields": fields})
}

const TEXT: &str = "Киев требует гарантий. Москва молчит. Париж ждёт ответа.";

fn set(annotator: &str, spans: Vec<Json>, relations: Json) -> Json {
    json!({"article": "a.txt", "annotator": annotator, "text": TEXT, "spans": spans, "relations": relations})
}

fn place_of(kind: &str) -> Json {
    json!({"kind": kind, "mention_level": "named"})
}

/// Anna and Boris on one article: one place alike though ids and notes differ, one by fields, one by borders, one alone.
fn two() -> Place {
    let place = Place::with_project();
    let holder = |id: &str| json!({"holders": [{"mention": id, "how": "explicit"}], "act": "demand"});
    let mut noted = span("s8", "entity", TEXT, "Киев", place_of("place"));
    noted["note"] = "sure".into();
    let anna = set(
        "anna",
        vec![
            span("s1", "entity", TEXT, "Киев", place_of("place")),
            span("s2", "position", TEXT, "требует гарантий", holder("s1")),
            span("s3", "entity", TEXT, "Москва", place_of("place")),
            span("s4", "claim", TEXT, "Париж ждёт", json!({"holders": [{"how": "author"}], "kind": "fact"})),
        ],
        json!([{"id": "r1", "label": "supports", "from": "s4", "to": "s2", "fields": {}}]),
    );
    let boris = set(
        "boris",
        vec![
            noted,
            span("s9", "position", TEXT, "требует гарантий", holder("s8")),
            span("s3", "entity", TEXT, "Москва", place_of("organisation")),
            span("s5", "entity", TEXT, "Париж", place_of("place")),
            span(
                "s4",
                "claim",
                TEXT,
                "Париж ждёт ответа",
                json!({"holders": [{"how": "author"}], "kind": "fact"}),
            ),
        ],
        json!([]),
    );
    place.import(&[anna, boris]).ends(0);
    place
}

/// The sample project, copied; with gold or without.
fn sample(with_gold: bool) -> Place {
    let place = Place::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["postil.ron", "assets/sample", "assets/schemas", "annotations"] {
        copy(&root.join(part), &place.project(part));
    }
    if !with_gold {
        std::fs::remove_dir_all(place.project("annotations/gold")).unwrap();
    }
    place
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
}

fn gold(place: &Place) -> Json {
    let out = place.inside(&["export", "jsonl", "--gold", "--out", "../gold.jsonl", "--overwrite"]);
    out.ends(0);
    serde_json::from_str(place.text("gold.jsonl").lines().next().unwrap()).unwrap()
}

fn surfaces(set: &Json) -> Vec<String> {
    let spans = set["spans"].as_array().unwrap();
    spans
        .iter()
        .map(|s| format!("{} {}", s["label"].as_str().unwrap(), s["text"].as_str().unwrap()))
        .collect()
}

mod diff {
    use super::*;

    #[test]
    fn each_kind_of_difference_is_told_with_both_values() {
        let place = two();
        let told = place.inside(&["diff", "anna", "boris", "--format", "json"]).ends(0).json();
        assert_eq!(
            told["counts"],
            json!({"places": 5, "agreed": 2, "only_some": 1, "borders": 1, "label": 0, "fields": 1, "relations": 1})
        );
        let all = told["differences"].as_array().unwrap();
        let kinds: Vec<Json> = all.iter().map(|d| d["kinds"].clone()).collect();
        assert_eq!(kinds, [json!(["fields"]), json!(["borders", "relations"]), json!(["only_some"])]);
        assert_eq!(all[0]["fields"], json!([{"field": "kind", "anna": "place", "boris": "organisation"}]));
        assert_eq!(all[1]["spans"]["anna"]["text"], "Париж ждёт");
        assert_eq!(all[1]["spans"]["boris"]["parts"], json!([[38, 55]]));
        assert_eq!(
            all[2]["spans"],
            json!({"anna": null, "boris": {"id": "s5", "label": "entity", "start": 38, "end": 43,
                                            "parts": [[38, 43]], "text": "Париж"}})
        );
        assert_eq!(told["relations"][0]["anna"]["id"], "r1");
        assert_eq!(told["relations"][0]["boris"], json!(null));
        let text = place.inside(&["diff", "anna", "boris"]).ends(0);
        for said in ["kind: anna place · boris organisation", "only boris", "5 places, 2 alike, 3 not"] {
            assert!(text.out.contains(said), "{said}:\n{}", text.out);
        }
    }

    #[test]
    fn the_other_way_round_says_the_same() {
        let place = sample(true);
        let counts = |a: &str, b: &str| {
            place.inside(&["diff", a, b, "--format", "json"]).ends(0).json()["counts"].clone()
        };
        assert_eq!(counts("anna", "boris"), counts("boris", "anna"));
        assert_eq!(counts("anna", "gold"), counts("gold", "anna"));
        let all = place.inside(&["diff", "anna", "boris", "--format", "json"]).json();
        let articles = ["en-no-date", "ru-davos.txt", "assets/sample/articles/ru-teplo.txt"];
        for article in articles {
            let one = place
                .inside(&["diff", "anna", "boris", "--article", article, "--format", "json"])
                .ends(0)
                .json();
            let of: Vec<&Json> = one["differences"].as_array().unwrap().iter().collect();
            assert!(!of.is_empty() && of.iter().all(|d| d["article"].as_str().unwrap().contains(article)));
            assert!(of.iter().all(|d| all["differences"].as_array().unwrap().contains(d)));
        }
    }

    #[test]
    fn wrong_names_are_usage_and_nothing_in_common_is_said() {
        let place = two();
        place.inside(&["diff", "anna", "boriss"]).ends(2).says("Did you mean `boris`?").answers_nothing();
        place.inside(&["diff", "anna", "anna"]).ends(2).answers_nothing();
        place.inside(&["diff", "anna", "boris", "--article", "z.txt"]).ends(2).says("no article `z.txt`");
        place.import(&[record("b.txt", "vera", "[entity:Киев] молчит.")]).ends(0);
        let told =
            place.inside(&["diff", "anna", "vera", "--format", "json"]).ends(0).says("no article in common");
        let told = told.json();
        assert_eq!((&told["articles"], &told["differences"]), (&json!(0), &json!([])));
        assert_eq!(told["one_sided"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn work_on_another_version_of_the_text_is_told_and_found_again() {
        let place = two();
        let file = place.project("annotations/boris/a.ron");
        // Boris had a text with a title above it: everything stands 7 code points further on.
        let old = std::fs::read_to_string(&file).unwrap();
        let shifted = regex::Regex::new(r"at: \[\((\d+), (\d+)\)\]").unwrap().replace_all(
            &old,
            |found: &regex::Captures| {
                let by = |n: usize| found[n].parse::<u32>().unwrap() + 7;
                format!("at: [({}, {})]", by(1), by(2))
            },
        );
        let shifted = shifted.replacen("fingerprint: \"sha256:", "fingerprint: \"sha256:0", 1);
        std::fs::write(&file, shifted).unwrap();
        let told = place
            .inside(&["diff", "anna", "boris", "--format", "json"])
            .ends(0)
            .says("another version of the text");
        let told = told.json();
        assert_eq!(told["other_texts"][0]["moved"], 5);
        assert_eq!(told["counts"]["agreed"], 2);
    }
}

mod adjudicate {
    use super::*;

    #[test]
    fn unanimous_takes_what_all_say_whatever_the_ids_and_notes() {
        let place = two();
        let did = place.inside(&["adjudicate", "--rule", "unanimous", "--format", "json"]).ends(0).json();
        assert_eq!((&did["taken"], &did["open"], &did["written"]), (&json!(2), &json!(3), &json!(1)));
        let gold = gold(&place);
        assert_eq!(surfaces(&gold), ["entity Киев", "position требует гарантий"]);
        assert_eq!(gold["spans"][0]["note"], "");
        let mention = &gold["spans"][1]["fields"]["holders"][0]["mention"];
        assert_eq!(mention, &gold["spans"][0]["id"], "the link leads to the gold span");
        assert_eq!(gold["status"], "in_progress");
        let errors = place.inside(&["validate", "--format", "json", "annotations/gold"]).json();
        let codes: Vec<&str> =
            errors["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        assert!(!codes.iter().any(|code| code.starts_with("P4")), "no broken links: {codes:?}");
    }

    #[test]
    fn a_second_time_nothing_is_written() {
        let place = sample(false);
        place.inside(&["adjudicate", "--rule", "unanimous"]).ends(0);
        let before = place.everything();
        let again = place.inside(&["adjudicate", "--rule", "unanimous", "--format", "json"]).ends(0).json();
        assert_eq!((&again["taken"], &again["written"]), (&json!(0), &json!(0)));
        assert_eq!(place.everything(), before);
        place.inside(&["validate"]).ends(0);
    }

    #[test]
    fn majority_is_more_than_half_of_those_who_annotated_the_article() {
        let place = two();
        let vera = set("vera", vec![span("s1", "entity", TEXT, "Москва", place_of("place"))], json!([]));
        place.import(&[vera, record("b.txt", "vera", "[entity:Киев] молчит.")]).ends(0);
        let dry =
            place.inside(&["adjudicate", "--rule", "majority", "--dry-run"]).ends(0).says("single annotator");
        assert!(dry.out.contains("4 spans"), "{}", dry.out);
        assert!(!place.project("annotations/gold").exists());
        place.inside(&["adjudicate", "--rule", "majority"]).ends(0);
        assert_eq!(surfaces(&gold(&place)), ["entity Киев", "position требует гарантий", "entity Москва"]);
        // Of two, half is not more than half.
        let two = two();
        two.inside(&["adjudicate", "--rule", "majority", "--annotators", "anna,boris"]).ends(0);
        assert_eq!(surfaces(&gold(&two)), ["entity Киев", "position требует гарантий"]);
    }

    #[test]
    fn gold_made_by_hand_is_not_touched() {
        let place = sample(true);
        let gold = |place: &Place| -> BTreeMap<PathBuf, Vec<u8>> {
            place
                .everything()
                .into_iter()
                .filter(|(path, _)| path.to_string_lossy().contains("/gold/"))
                .collect()
        };
        let spans = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<String> {
            let lines = files.values().flat_map(|bytes| std::str::from_utf8(bytes).unwrap().lines());
            lines.filter(|line| line.trim_start().starts_with("(id: \"s")).map(str::to_owned).collect()
        };
        let before = gold(&place);
        let did = place.inside(&["adjudicate", "--rule", "unanimous", "--format", "json"]).ends(0).json();
        assert!(did["kept"].as_u64().unwrap() > 300, "{did}");
        let after = gold(&place);
        let after = spans(&after);
        for line in spans(&before) {
            assert!(after.contains(&line), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_or_is_wrongly_asked_leaves_gold_alone() {
        let place = two();
        place.inside(&["adjudicate"]).ends(2);
        place.inside(&["adjudicate", "--rule", "best"]).ends(2);
        place.inside(&["adjudicate", "--rule", "majority", "--annotators", "anna,gold"]).ends(2);
        place
            .inside(&["adjudicate", "--rule", "majority", "--annotators", "ana"])
            .ends(2)
            .says("Did you mean `anna`?");
        std::fs::write(
            place.project("annotations/boris/a.ron"),
            "(format: 1, article: \"articles/a.txt\", annot",
        )
        .unwrap();
        place.inside(&["adjudicate", "--rule", "unanimous"]).ends(3).says("left out");
        assert!(!place.project("annotations/gold/a.ron").exists());
        let empty = Place::with_project();
        empty.inside(&["adjudicate", "--rule", "unanimous"]).ends(0);
    }
}

mod sitting {
    use super::*;
    use postil::session::Session;

    #[test]
    fn large_files_are_read_beside_the_window_and_leaving_ends_that() {
        let place = Place::with_project();
        let text = "слово ".repeat(3_000);
        let of = |annotator: &str| {
            let spans = (0..2_500).map(|n| {
                let (start, end) = (n * 6, n * 6 + 5);
                json!({"id": format!("s{n}"), "label": "entity", "start": start, "end": end, "text": "слово",
                       "fields": place_of("place")})
            });
            json!({"article": "a.txt", "annotator": annotator, "text": text, "spans": spans.collect::<Vec<_>>(),
                   "relations": []})
        };
        place.import(&[of("anna"), of("boris")]).ends(0);
        let before = place.everything();
        let (mut session, _) = Session::open(&place.project(""), "carla", Arc::new(|| {})).unwrap();
        session.open_article("articles/a.txt").unwrap();

        session.begin_review(Vec::new()).unwrap();
        let sitting = session.sitting().unwrap();
        assert!(sitting.reading().is_some() && sitting.sets.is_empty());
        session.end_review().unwrap();
        assert!(session.sitting().is_none());

        session.begin_review(Vec::new()).unwrap();
        let version = session.sitting().unwrap().version;
        while session.sitting().unwrap().reading().is_some() {
            assert!(session.tick().is_empty());
            std::thread::yield_now();
        }
        let sitting = session.sitting().unwrap();
        let read: Vec<(&str, usize)> =
            sitting.sets.iter().map(|(name, set)| (name.as_str(), set.len())).collect();
        assert_eq!(read, [("anna", 2_500), ("boris", 2_500)]);
        assert!(sitting.version > version);

        session.begin_review(vec!["boris".into()]).unwrap();
        assert_eq!(session.sitting().unwrap().sets.len(), 2, "what was there stays until the rest has come");
        while session.sitting().unwrap().reading().is_some() {
            session.tick();
        }
        assert_eq!(session.sitting().unwrap().sets.len(), 1);
        session.end_review().unwrap();
        drop(session);
        assert_eq!(place.everything(), before, "reading writes nothing");
    }
}

mod desk {
    use super::*;
    use postil::model::{FieldPath, Settles, SpanId, Status, Topic};
    use postil::review::adjudication::{Borders, Mix, Rule, Standing, Verdict};
    use postil::review::difference::{ClusterKey, DifferenceKind};
    use postil::session::review::{Filter, ReviewDesk, about_place, about_span};

    fn open(place: &Place) -> ReviewDesk {
        let annotators = ["anna".to_owned(), "boris".to_owned()];
        let article = "articles/a.txt";
        let (desk, notices) =
            ReviewDesk::open(&place.project(""), "carla", article, &annotators, Arc::new(|| {})).unwrap();
        assert!(notices.is_empty(), "{notices:?}");
        desk
    }

    fn key(desk: &ReviewDesk, member: &str) -> ClusterKey {
        let all = desk.differences(&Filter::everything());
        let found = all.iter().find(|d| d.cluster.key.as_str().contains(member));
        found.unwrap_or_else(|| panic!("{member}")).cluster.key.clone()
    }

    #[test]
    fn an_article_from_two_peoples_work_to_gold_and_nobody_is_asked_twice() {
        let place = two();
        let mut desk = open(&place);
        let before = place.everything();
        assert_eq!((desk.progress().places, desk.progress().open), (5, 5));
        // What nobody disputes goes first, in one step, after a look at it.
        let plan = desk.preview(&Rule::Unanimous).unwrap();
        assert_eq!((plan.taken.len(), plan.open.len()), (2, 3));
        desk.apply(&plan).unwrap();
        assert_eq!(desk.progress().open, 3);
        let listed = |desk: &ReviewDesk, filter: &Filter| -> Vec<String> {
            desk.differences(filter).iter().map(|d| d.cluster.key.to_string()).collect()
        };
        let labels = Filter { labels: vec!["entity".into()], ..Filter::default() };
        assert_eq!(listed(&desk, &labels), ["anna:s3+boris:s3", "boris:s5"]);
        let kinds = Filter { kinds: vec![DifferenceKind::Borders], ..Filter::default() };
        assert_eq!(listed(&desk, &kinds), ["anna:s4+boris:s4"]);
        // Forwards and back, round the end.
        let filter = Filter::default();
        let first = desk.next(None, &filter).unwrap().cluster.key.clone();
        let last = desk.previous(None, &filter).unwrap().cluster.key.clone();
        assert_eq!(desk.next(Some(&last), &filter).unwrap().cluster.key, first);
        assert_eq!(desk.previous(Some(&first), &filter).unwrap().cluster.key, last);
        // Each way to decide.
        let moscow = key(&desk, "anna:s3");
        let kind = &desk.field_choices(&moscow)[0];
        assert_eq!((kind.name.as_str(), kind.agreed, kind.values.len()), ("kind", false, 2));
        let mix = Mix {
            borders: Borders::Of("anna".into()),
            label: None,
            fields: vec![("kind".into(), Some("boris".into()))],
        };
        desk.decide(&moscow, &Verdict::Mix(mix), "the government is meant").unwrap();
        desk.decide(&key(&desk, "anna:s4"), &Verdict::Union, "").unwrap();
        desk.decide(&key(&desk, "boris:s5"), &Verdict::Reject { reason: "part of the claim".into() }, "")
            .unwrap();
        let progress = desk.progress();
        assert_eq!((progress.open, progress.taken, progress.rejected), (0, 4, 1));
        assert!(desk.next(None, &filter).is_none());
        desk.set_status(Status::Reviewed).unwrap();
        assert!(desk.save().is_empty());
        let gold = gold(&place);
        assert_eq!(
            surfaces(&gold),
            ["entity Киев", "position требует гарантий", "entity Москва", "claim Париж ждёт ответа"]
        );
        assert_eq!(gold["spans"][2]["fields"], place_of("organisation"));
        // Where it came from stays with it.
        let id: SpanId = gold["spans"][2]["id"].as_str().unwrap().into();
        let decision = desk.provenance(&id).unwrap();
        assert_eq!((decision.by.as_str(), decision.why.as_str()), ("carla", "the government is meant"));
        drop(desk);
        let mut desk = open(&place);
        assert_eq!(desk.progress().open, 0, "nothing is asked again");
        // Six steps back, and nothing is left but an empty gold.
        while desk.undo().unwrap().is_some() {}
        desk.save();
        let after = place.everything();
        for (path, bytes) in &before {
            assert_eq!(&after[path], bytes, "{}", path.display());
        }
        assert!(desk.gold().unwrap().is_empty() && desk.gold().unwrap().decisions().next().is_none());
    }

    #[test]
    fn only_what_is_new_is_shown_when_annotators_go_on() {
        let place = two();
        let mut desk = open(&place);
        for member in ["anna:s1", "anna:s2", "anna:s3", "anna:s4"] {
            desk.decide(&key(&desk, member), &Verdict::TakeFrom("anna".into()), "").unwrap();
        }
        desk.decide(&key(&desk, "boris:s5"), &Verdict::NothingHere, "").unwrap();
        desk.save();
        assert_eq!(desk.progress().open, 0);
        let mut spans = vec![
            span("s8", "entity", TEXT, "Киев", place_of("place")),
            span("s3", "entity", TEXT, "Москва", place_of("other")),
            span("s5", "entity", TEXT, "Париж", place_of("place")),
            span(
                "s7",
                "claim",
                TEXT,
                "Москва молчит",
                json!({"holders": [{"how": "author"}], "kind": "fact"}),
            ),
        ];
        spans.sort_by_key(|span| span["start"].as_u64());
        place.write("boris.jsonl", set("boris", spans, json!([])).to_string());
        place.inside(&["import", "jsonl", "../boris.jsonl", "--replace"]).ends(0);
        let (_, changed) = desk.tick();
        assert!(changed, "the file is read again");
        let open: Vec<String> =
            desk.differences(&Filter::default()).iter().map(|d| d.cluster.key.to_string()).collect();
        assert_eq!(open, ["boris:s7", "anna:s3+boris:s3"]);
        assert!(matches!(desk.find(&key(&desk, "anna:s3")).unwrap().standing, Standing::Changed(_)));
        assert_eq!(desk.progress().changed, 1);
    }

    #[test]
    fn one_undo_takes_a_rule_back_to_the_last_byte() {
        let place = two();
        let mut desk = open(&place);
        desk.decide(&key(&desk, "anna:s3"), &Verdict::TakeFrom("boris".into()), "").unwrap();
        desk.save();
        let file = place.project("annotations/gold/a.ron");
        let before = std::fs::read(&file).unwrap();
        let plan = desk.preview(&Rule::Trusted("anna".into())).unwrap();
        assert_eq!((plan.taken.len(), plan.kept.len(), plan.open.len()), (3, 1, 1));
        desk.apply(&plan).unwrap();
        desk.save();
        assert_ne!(std::fs::read(&file).unwrap(), before);
        assert!(desk.gold().unwrap().relation_count() == 1, "Anna's relation comes along");
        desk.undo().unwrap();
        desk.save();
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[test]
    fn one_annotator_alone_can_be_reviewed_with_comments() {
        let place = two();
        let (mut desk, _) = ReviewDesk::open(
            &place.project(""),
            "carla",
            "articles/a.txt",
            &["anna".to_owned()],
            Arc::new(|| {}),
        )
        .unwrap();
        desk.decide(&key(&desk, "anna:s1"), &Verdict::TakeFrom("anna".into()), "").unwrap();
        let reason = "a sentence without a stand";
        desk.decide(&key(&desk, "anna:s4"), &Verdict::Reject { reason: reason.into() }, "").unwrap();
        let mut own = (**desk.others[0].set.get(&"s3".into()).unwrap()).clone();
        own.fields.put(&FieldPath::field("kind"), Some(postil::model::Value::text("organisation")));
        desk.decide(&key(&desk, "anna:s3"), &Verdict::Own(Box::new(own)), "the government").unwrap();
        let fates: Vec<&str> = desk.against_gold("anna").iter().map(|row| row.fate.name()).collect();
        assert_eq!(fates, ["kept", "absent", "changed", "rejected"]);
        desk.save();
        drop(desk);
        let told = place.inside(&["diff", "anna", "gold", "--format", "json"]).ends(0).json();
        let rejected =
            told["differences"].as_array().unwrap().iter().find(|d| d["gold"]["fate"] == "rejected").unwrap();
        assert_eq!((&rejected["gold"]["why"], &rejected["gold"]["by"]), (&json!(reason), &json!("carla")));
        let text = place.inside(&["diff", "anna", "gold"]).ends(0);
        assert!(text.out.contains("rejected by carla") && text.out.contains(reason), "{}", text.out);
        let stats = place.inside(&["stats", "--format", "json"]).ends(0).json();
        assert_eq!(stats["gold"]["decisions"], json!({"taken": 2, "rejected": 1, "nothing": 0}));
        assert_eq!(stats["gold"]["by"], json!({"carla": 3}));
    }

    #[test]
    fn a_rule_over_the_project_leaves_a_persons_decisions() {
        let place = two();
        let mut desk = open(&place);
        desk.decide(&key(&desk, "anna:s1"), &Verdict::Reject { reason: "no".into() }, "").unwrap();
        desk.save();
        drop(desk);
        let did = place.inside(&["adjudicate", "--rule", "unanimous", "--format", "json"]).ends(0).json();
        assert_eq!((&did["taken"], &did["kept"]), (&json!(1), &json!(1)));
        let gold = gold(&place);
        assert_eq!(surfaces(&gold), ["position требует гарантий"]);
        assert_eq!(
            gold["spans"][0]["fields"]["holders"],
            json!([{"how": "explicit"}]),
            "no link to what was rejected"
        );
    }

    #[test]
    fn gold_open_in_a_window_is_not_written_by_a_rule() {
        let place = two();
        let desk = open(&place);
        place.inside(&["adjudicate", "--rule", "unanimous"]).ends(3).says("open in another window");
        drop(desk);
        place.inside(&["adjudicate", "--rule", "unanimous"]).ends(0);
    }

    #[test]
    fn people_talk_each_in_a_file_of_their_own() {
        let place = two();
        let mut desk = open(&place);
        let text = desk.article().unwrap().text.clone();
        let anna = desk.others[0].set.clone();
        let topic = about_span("anna", &"s3".into(), &anna, &text).unwrap();
        let first = desk.comment(topic, "@anna the town or the government?").unwrap();
        assert!(first.starts_with("carla-1-"), "{first}");
        let there = text.text_range(0..8).unwrap();
        desk.comment(about_place(there, &text), "why untagged?").unwrap();
        desk.comment(Topic::Article, "done soon").unwrap();
        let project = postil::store::Project::open(&place.project("")).unwrap();
        let (mut talk, faults) = postil::session::Talk::open(&project, "articles/a.txt", "anna");
        assert!(faults.is_empty());
        assert_eq!(talk.mentioning_me().count(), 1);
        talk.reply(&project, &first, "the government").unwrap();
        talk.settle(&project, &first, Settles::Resolved, "").unwrap();
        assert_eq!(talk.mentioning_me().count(), 0);
        desk.read_talk();
        let anna_s3: SpanId = "s3".into();
        let thread = desk.talk.on_span("anna", &anna_s3).next().unwrap();
        assert_eq!(thread.said.len(), 3);
        assert_eq!(thread.resolved.as_ref().unwrap().0, "anna");
        let said = |author: &str| place.text(&format!("проект 1/review/threads/{author}/articles/a.txt.ron"));
        assert!(said("carla").contains("the town") && !said("carla").contains("the government\""));
        assert!(said("anna").contains(&format!("reply_to: Some(\"{first}\")")), "{}", said("anna"));
        assert_eq!(desk.talk.threads().len(), 3);
    }
}

mod people {
    use super::*;

    #[test]
    fn articles_are_given_out_evenly_and_the_seed_decides() {
        let place = sample(true);
        place.inside(&["assign", "--each", "1", "--seed", "7"]).ends(0);
        let settings = place.text("проект 1/postil.ron");
        let stats = place.inside(&["stats", "--format", "json"]).ends(0).json();
        let of = |who: &str| stats["progress"][who]["assigned"].as_u64().unwrap();
        assert_eq!((of("anna") + of("boris"), of("anna").abs_diff(of("boris"))), (7, 1));
        assert_eq!(stats["progress"]["anna"]["beyond"].as_u64().unwrap(), 7 - of("anna"));
        assert_eq!(stats["assignments"], json!({"unassigned": 0, "by_annotators": {"1": 7}}));
        place.inside(&["assign", "--each", "1", "--seed", "8"]).ends(0);
        assert_eq!(place.text("проект 1/postil.ron"), settings, "what is assigned stays");
        place.inside(&["assign", "--each", "1", "--seed", "7", "--again"]).ends(0);
        assert_eq!(place.text("проект 1/postil.ron"), settings);
        let article = "assets/sample/articles/ru-teplo.txt";
        let by_hand = place.inside(&["assign", article, "--to", "vera,boris"]).ends(0);
        assert!(by_hand.out.contains("ru-teplo.txt: vera, boris"), "{}", by_hand.out);
        place.inside(&["assign", "--each", "4"]).ends(2).says("3 annotators");
        place.inside(&["assign", "nowhere.txt", "--to", "anna"]).ends(2);
        place.inside(&["assign", article, "--to", "gold"]).ends(2);
        place.inside(&["assign", "--blind-until-done", "yes"]).ends(0);
        assert!(place.text("проект 1/postil.ron").contains("blind_until_done: true"));
    }

    #[test]
    fn stats_tell_how_far_everyone_is() {
        let place = sample(true);
        let stats = place.inside(&["stats", "--format", "json"]).ends(0).json();
        assert_eq!(stats["progress"]["anna"]["assigned"], 7);
        assert!(stats["progress"].get("gold").is_none());
        assert_eq!(stats["gold"]["articles"], 7);
        assert_eq!(stats["gold"]["with_decision"], 0);
        let text = place.inside(&["stats"]).ends(0);
        assert!(text.out.contains("how far") && text.out.contains("of 7 articles done"), "{}", text.out);
        let alone = Place::with_project();
        alone.inside(&["stats"]).ends(0);
        let none = alone.inside(&["stats", "--format", "json"]).ends(0).json();
        assert_eq!((&none["progress"], &none["gold"]["articles"]), (&json!({}), &json!(0)));
    }
}

mod packages {
    use super::*;

    fn packed(place: &Place, args: &[&str]) -> Ran {
        place.inside(&[&["package", "--out", "../for review.zip"], args].concat())
    }

    /// A second place where the package is unpacked, as whoever gets it does.
    fn unpacked(from: &Place) -> Place {
        let place = Place::new();
        let mut zip =
            zip::ZipArchive::new(std::fs::File::open(from.path("for review.zip")).unwrap()).unwrap();
        zip.extract(place.project("")).unwrap();
        place
    }

    #[test]
    fn a_package_is_a_project_and_what_was_done_comes_back() {
        let place = two();
        packed(&place, &["--annotators", "anna"]).ends(0);
        packed(&place, &[]).ends(3).says("--overwrite");
        let other = unpacked(&place);
        other.inside(&["validate"]);
        assert!(
            other.project("annotations/anna/a.ron").exists() && !other.project("annotations/boris").exists()
        );
        let vera = set("vera", vec![span("s1", "entity", TEXT, "Москва", place_of("place"))], json!([]));
        other.import(&[vera]).ends(0);
        // As a folder of annotations, as a project, as a zip of it: all the same.
        for source in ["annotations/vera", "", "../back.zip"] {
            let home = two();
            if source.ends_with(".zip") {
                other.inside(&["package", "--out", source]).ends(0);
            }
            let from = other.project(source);
            let before = home.everything();
            let dry = home
                .inside(&["take-in", from.to_str().unwrap(), "--annotators", "vera", "--dry-run"])
                .ends(0);
            assert!(dry.out.contains("Nothing was written"), "{}", dry.out);
            assert_eq!(home.everything(), before);
            let came = home.inside(&["take-in", from.to_str().unwrap(), "--annotators", "vera"]).ends(0);
            assert!(came.out.contains("new annotations/vera/a.ron"), "{}", came.out);
            let file = |place: &Place| std::fs::read(place.project("annotations/vera/a.ron")).unwrap();
            assert_eq!(file(&home), file(&other));
            let again = home.inside(&["take-in", from.to_str().unwrap(), "--annotators", "vera"]).ends(0);
            assert!(again.out.contains("1 there already"), "{}", again.out);
        }
    }

    #[test]
    fn nothing_is_overwritten_unless_that_is_asked_for() {
        let (home, other) = (two(), two());
        let vera = set("boris", vec![span("s1", "entity", TEXT, "Москва", place_of("place"))], json!([]));
        other.write("in.jsonl", vera.to_string());
        other.inside(&["import", "jsonl", "../in.jsonl", "--replace"]).ends(0);
        let before = home.everything();
        let source = other.project("annotations");
        let refused = home.inside(&["take-in", source.to_str().unwrap()]).ends(1).says("kept");
        assert!(refused.out.contains("1 there already"), "{}", refused.out);
        assert_eq!(home.everything(), before);
        home.inside(&["take-in", source.to_str().unwrap(), "--replace", "boris"]).ends(0);
        let file = |place: &Place| std::fs::read(place.project("annotations/boris/a.ron")).unwrap();
        assert_eq!(file(&home), file(&other));
    }

    #[test]
    fn other_texts_unknown_articles_and_other_schemas_are_told() {
        let (home, other) = (two(), two());
        std::fs::remove_dir_all(home.project("annotations")).unwrap();
        std::fs::write(home.project("articles/a.txt"), TEXT.replace("Киев требует", "Вчера Киев требует"))
            .unwrap();
        other.import(&[record("b.txt", "anna", "[entity:Киев] молчит.")]).ends(0);
        let schema = other.text("проект 1/schema.ron").replacen("\"entity\"", "\"actor\"", 1);
        std::fs::write(other.project("schema.ron"), schema).unwrap();
        let before = home.everything();
        home.inside(&["take-in", other.project("").to_str().unwrap()])
            .ends(3)
            .says("another version of the article")
            .says("This project must have the article first")
            .says("it has a label `actor`");
        assert_eq!(home.everything(), before);
    }

    #[test]
    fn comments_of_two_people_and_of_one_on_two_machines_become_one() {
        let (home, other) = (two(), two());
        let say = |place: &Place, who: &str, text: &str| {
            let project = postil::store::Project::open(&place.project("")).unwrap();
            let (mut talk, _) = postil::session::Talk::open(&project, "articles/a.txt", who);
            talk.begin(&project, postil::model::Topic::Article, text).unwrap();
        };
        say(&home, "anna", "first");
        packed(&home, &[]).ends(0);
        let other_place = unpacked(&home);
        drop(other);
        say(&other_place, "anna", "second");
        say(&other_place, "boris", "third");
        let came = home.inside(&["take-in", other_place.project("").to_str().unwrap()]).ends(0);
        assert!(came.out.contains("2 comments new"), "{}", came.out);
        let project = postil::store::Project::open(&home.project("")).unwrap();
        let (talk, _) = postil::session::Talk::open(&project, "articles/a.txt", "anna");
        assert_eq!(talk.threads().len(), 3);
    }

    fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn hostile_packages_are_refused_and_nothing_is_written() {
        let place = two();
        let before = place.everything();
        let bomb = vec![b' '; 40 * 1024 * 1024];
        let good = std::fs::read(place.project("annotations/anna/a.ron")).unwrap();
        let escaping =
            String::from_utf8(good.clone()).unwrap().replacen("articles/a.txt", "../../etc/passwd", 1);
        let cases: [(&str, Vec<u8>, i32); 6] = [
            ("leads out", zip_of(&[("../../evil.ron", good.clone())]), 3),
            ("leads out", zip_of(&[("/evil.ron", good)]), 3),
            ("far larger", zip_of(&[("annotations/a/bomb.ron", bomb)]), 3),
            ("no zip file", b"PK\x03\x04 but not really".to_vec(), 3),
            ("cannot be a path inside", zip_of(&[("a.ron", escaping.into_bytes())]), 3),
            ("holds no annotation files", zip_of(&[("readme.txt", b"hello".to_vec())]), 3),
        ];
        for (says, bytes, code) in cases {
            place.write("evil.zip", bytes);
            place.inside(&["take-in", "../evil.zip"]).ends(code).says(says);
            assert_eq!(place.everything(), before, "{says}");
        }
        place.inside(&["take-in", "../nowhere.zip"]).ends(3);
        assert!(!place.path("evil.ron").exists());
    }
}
