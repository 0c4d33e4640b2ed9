use super::*;
use crate::model::{AnnotationSet, Parts, Schema, Span};
use crate::text::{CanonicalText, TextRange};

const TEXT: &str = "Путин требует отдать Донбасс, Киев против, но готов говорить.";

fn set(annotator: &str, spans: &[(&str, u32, u32)]) -> AnnotationSet {
    let mut set = AnnotationSet::new("a.txt", annotator);
    for (i, (label, start, end)) in spans.iter().enumerate() {
        let parts = Parts::one(TextRange::new(*start, *end).unwrap());
        set.insert(Span::new(format!("s{i}"), *label, parts));
    }
    set
}

fn agreement(names: &[&str], articles: &[Vec<Option<&AnnotationSet>>], options: &Options) -> Agreement {
    let text = CanonicalText::new(TEXT);
    let schema = Schema::positions();
    let articles = articles
        .iter()
        .map(|sets| AnnotatedArticle { path: "a.txt", text: &text, date: None, sets: sets.clone() })
        .collect();
    let corpus =
        Corpus { annotators: names.iter().map(|n| (*n).to_owned()).collect(), articles, schema: &schema };
    measure(&corpus, options, &|_| {}, &|| {}, &|| true).unwrap()
}

fn figure<'a>(agreement: &'a Agreement, metric: Metric, label: &str, unit: Option<Unit>) -> &'a Figure {
    agreement
        .figures
        .iter()
        .find(|f| {
            f.subject.metric == metric
                && f.subject.label == label
                && f.subject.unit == unit
                && f.subject.field.is_none()
        })
        .unwrap()
}

fn everything() -> Options {
    Options { metrics: Metric::ALL.to_vec(), ..Options::default() }
}

#[test]
fn the_same_annotations_agree_fully_wherever_that_is_defined() {
    let one = set("anna", &[("entity", 0, 5), ("position", 6, 28), ("entity", 21, 28)]);
    let found = agreement(&["anna", "boris"], &[vec![Some(&one), Some(&one)]], &everything());
    assert_eq!(found.articles, 1);
    for figure in &found.figures {
        if let Ok(value) = figure.value {
            assert!((value - 1.0).abs() < 1e-12, "{figure:?}");
        }
    }
    assert_eq!(
        figure(&found, Metric::CohenKappa, "claim", Some(Unit::Token)).value,
        Err(Undefined::OneCategory)
    );
    assert!(figure(&found, Metric::Gamma, "*", None).value.is_ok());
}

#[test]
fn nobody_one_nothing_shared_and_no_spans_all_have_their_reason() {
    let (one, empty) = (set("anna", &[("entity", 0, 5)]), set("boris", &[]));
    assert_eq!(agreement(&[], &[], &everything()).figures, []);
    let alone = agreement(&["anna"], &[vec![Some(&one)]], &everything());
    assert!(!alone.figures.is_empty());
    assert!(alone.figures.iter().all(|f| f.value == Err(Undefined::OneAnnotator)), "{alone:?}");
    let apart =
        agreement(&["anna", "boris"], &[vec![Some(&one), None], vec![None, Some(&empty)]], &everything());
    assert!(apart.figures.iter().all(|f| f.value == Err(Undefined::NoArticles) && f.articles == 0));
    let nothing = agreement(&["anna", "boris"], &[vec![Some(&empty), Some(&empty)]], &everything());
    assert_eq!(figure(&nothing, Metric::Observed, "*", Some(Unit::Token)).value, Ok(1.0));
    for figure in nothing.figures.iter().filter(|f| f.subject.metric != Metric::Observed) {
        assert!(figure.value.is_err(), "{figure:?}");
    }
    let only_one = agreement(&["anna", "boris"], &[vec![Some(&one), Some(&empty)]], &everything());
    assert!(only_one.figures.iter().all(|f| f.value.is_err() || f.value.is_ok_and(f64::is_finite)));
}

#[test]
fn tokens_and_characters_count_what_the_text_has() {
    let (one, other) = (set("anna", &[("entity", 0, 5)]), set("boris", &[("entity", 0, 13)]));
    let found = agreement(&["anna", "boris"], &[vec![Some(&one), Some(&other)]], &everything());
    let tokens = figure(&found, Metric::Observed, "*", Some(Unit::Token));
    assert_eq!(tokens.units, 12.0);
    assert_eq!(tokens.value, Ok(11.0 / 12.0));
    let characters = figure(&found, Metric::Observed, "*", Some(Unit::Character));
    assert_eq!(characters.units, TEXT.chars().count() as f64);
    assert_eq!(characters.value, Ok(1.0 - 8.0 / TEXT.chars().count() as f64));
}

#[test]
fn three_annotators_give_pairs_and_all_and_alpha_uses_articles_that_one_lacks() {
    let (one, other) = (set("anna", &[("entity", 0, 5)]), set("boris", &[("position", 0, 5)]));
    let articles = [vec![Some(&one), Some(&one), Some(&other)], vec![Some(&one), Some(&other), None]];
    let found = agreement(&["anna", "boris", "vera"], &articles, &everything());
    assert_eq!(found.articles, 1);
    let of = |metric, annotators: &[usize]| {
        let mut all = found.figures.iter().filter(|f| {
            f.subject.metric == metric && f.annotators == annotators && f.subject.unit == Some(Unit::Token)
        });
        all.find(|f| f.subject.label == "*").map(|f| f.articles)
    };
    assert_eq!(of(Metric::FleissKappa, &[0, 1, 2]), Some(1));
    assert_eq!(of(Metric::KrippendorffAlpha, &[0, 1, 2]), Some(2));
    assert_eq!(of(Metric::CohenKappa, &[0, 1]), Some(2));
    assert_eq!(of(Metric::CohenKappa, &[0, 1, 2]), None, "κ is for two");
}

#[test]
fn the_result_does_not_depend_on_threads_and_repeats() {
    let (one, other) =
        (set("anna", &[("entity", 0, 5), ("claim", 9, 30)]), set("boris", &[("claim", 0, 25)]));
    let articles = vec![vec![Some(&one), Some(&other)]; 6];
    let first = agreement(&["anna", "boris"], &articles, &everything());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = pool.install(|| agreement(&["anna", "boris"], &articles, &everything()));
    assert_eq!(first, again);
}

#[test]
fn a_stop_stops() {
    let one = set("anna", &[("entity", 0, 5)]);
    let (text, schema) = (CanonicalText::new(TEXT), Schema::positions());
    let articles =
        vec![AnnotatedArticle { path: "a.txt", text: &text, date: None, sets: vec![Some(&one), Some(&one)] }];
    let corpus = Corpus { annotators: vec!["anna".into(), "boris".into()], articles, schema: &schema };
    assert_eq!(measure(&corpus, &Options::default(), &|_| {}, &|| {}, &|| false), None);
}

#[test]
fn a_confusion_table_leads_to_the_spans() {
    let one = set("anna", &[("entity", 0, 5), ("position", 6, 28), ("claim", 40, 50)]);
    let other = set("boris", &[("entity", 0, 5), ("claim", 6, 28), ("claim", 42, 50)]);
    let (text, schema) = (CanonicalText::new(TEXT), Schema::positions());
    let articles = vec![AnnotatedArticle {
        path: "a.txt",
        text: &text,
        date: Some("2026-01-21"),
        sets: vec![Some(&one), Some(&other)],
    }];
    let corpus = Corpus { annotators: vec!["anna".into(), "boris".into()], articles, schema: &schema };
    let table = drill_down::confusion(&corpus, 0, 1, crate::review::matching::Rule::SAME_THING);
    assert_eq!(table.count(Some("position"), Some("claim")), 1);
    assert_eq!(table.count(Some("claim"), Some("claim")), 1);
    let ids: Vec<String> =
        table.disagreements().map(|(_, _, pair)| pair.left.as_ref().unwrap().to_string()).collect();
    assert_eq!(ids, ["s2", "s1"], "other borders are a disagreement too");
    let figures = drill_down::by_article(&corpus, &Options::default());
    let months = drill_down::over_time(&corpus, &figures, Match::Exact, 7);
    assert_eq!((months[0].key.as_str(), months[0].f1), ("2026-01", Ok(1.0 / 3.0)));
    assert_eq!(drill_down::by_annotator(&figures, Match::Overlap).len(), 2);
    assert_eq!(drill_down::of_articles(&figures, Match::Overlap)[0].f1, Ok(2.0 / 3.0));
}
