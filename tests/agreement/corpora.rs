//! The corpora's expected figures, recomputed by independent programs, are met. Left out, and said so, where the corpora are not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use postil::model::{AnnotationSet, LabelDef, Parts, Schema, Span};
use postil::review::agreement::gamma::{
    Continuum, Dissimilarity, GammaOptions, Sampling, Unit as GammaUnit, best_alignment, gamma,
};
use postil::review::agreement::{Agreement, AnnotatedArticle, Corpus, Match, Metric, Options, Unit, measure};
use postil::review::matching::{Labels, exact, overlapping};
use postil::text::{CanonicalText, TextRange};
use serde_json::Value as Json;

/// A folder of the corpora, or `None`, said on stderr, if they are not on this machine.
fn corpus(name: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("POSTIL_CORPORA") {
        Some(root) => PathBuf::from(root),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"),
    };
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("left out: the corpus {name} is not there (set POSTIL_CORPORA)");
    None
}

fn json(path: PathBuf) -> Json {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn set(annotator: &str, spans: impl IntoIterator<Item = (u32, u32, String)>) -> AnnotationSet {
    let mut set = AnnotationSet::new("a", annotator);
    for (i, (start, end, label)) in spans.into_iter().enumerate() {
        set.insert(Span::new(format!("s{i}"), label, Parts::one(TextRange::new(start, end).unwrap())));
    }
    set
}

/// One article: its text and a set for each annotator.
type Article = (CanonicalText, Vec<AnnotationSet>);

fn agreement(annotators: &[&str], articles: &[Article], metrics: &[Metric]) -> Agreement {
    let mut schema = Schema::empty("corpus");
    let labels: BTreeSet<&str> =
        articles.iter().flat_map(|(_, sets)| sets).flat_map(|s| s.spans().map(|s| &*s.label)).collect();
    schema.labels = labels.into_iter().map(LabelDef::bare).collect();
    let corpus = Corpus {
        annotators: annotators.iter().map(|a| (*a).to_owned()).collect(),
        articles: articles
            .iter()
            .map(|(text, sets)| AnnotatedArticle {
                path: "a",
                text,
                date: None,
                sets: sets.iter().map(Some).collect(),
            })
            .collect(),
        schema: &schema,
    };
    let options = Options { metrics: metrics.to_vec(), replicates: 0, ..Options::default() };
    measure(&corpus, &options, &|_| {}, &|| {}, &|| true).unwrap()
}

#[track_caller]
fn is_near(found: f64, expected: &Json, what: &str) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("no figure is expected for {what}"));
    assert!((found - expected).abs() <= 5.1e-7, "{what}: {found}, expected {expected}");
}

/// Compares two annotators over articles with the expected figures of a pair.
fn pair_meets(articles: &[Article], who: [usize; 2], expected: &Json, what: &str) {
    let (mut exact_pairs, mut borders, mut of) = (0, 0, [0, 0]);
    let mut spans = [0, 0];
    for (_, sets) in articles {
        let [one, other] = who.map(|w| sets[w].spans().map(|s| &**s).collect::<Vec<&Span>>());
        exact_pairs += exact(&one, &other, Labels::Same).len();
        borders += exact(&one, &other, Labels::Ignored).len();
        let touching = overlapping(&one, &other, Labels::Same);
        let (mut lefts, mut rights): (BTreeSet<usize>, BTreeSet<usize>) =
            touching.iter().map(|pair| (pair.left, pair.right)).unzip();
        // The expected figures let a span without a code point overlap what it stands inside of; sharing code points it does not.
        for (l, one) in one.iter().enumerate() {
            for (r, other) in other.iter().enumerate() {
                let empty = one.parts.covered() == 0 || other.parts.covered() == 0;
                let inside = one.start() < other.end() && other.start() < one.end();
                if empty && inside && one.label == other.label {
                    lefts.insert(l);
                    rights.insert(r);
                }
            }
        }
        of = [of[0] + lefts.len(), of[1] + rights.len()];
        spans = [spans[0] + one.len(), spans[1] + other.len()];
    }
    assert_eq!(spans[0], expected["spans_a"], "{what}");
    assert_eq!(spans[1], expected["spans_b"], "{what}");
    assert_eq!(exact_pairs, expected["exact_matches"], "{what}");
    assert_eq!(borders, expected["boundary_only_matches"], "{what}");
    assert_eq!(of[0], expected["overlap_same_label"]["of_a"], "{what}");
    assert_eq!(of[1], expected["overlap_same_label"]["of_b"], "{what}");
    is_near(of[1] as f64 / spans[1] as f64, &expected["overlap_same_label"]["precision_b_as_system"], what);
    is_near(of[0] as f64 / spans[0] as f64, &expected["overlap_same_label"]["recall_b_as_system"], what);
    is_near(2.0 * borders as f64 / (spans[0] + spans[1]) as f64, &expected["boundary_only_f1"], what);

    let two: Vec<Article> = articles
        .iter()
        .map(|(text, sets)| (text.clone(), who.iter().map(|w| sets[*w].clone()).collect()))
        .collect();
    let found = agreement(&["a", "b"], &two, &[Metric::F1]);
    let f1 = found
        .figures
        .iter()
        .find(|f| f.subject.matching == Some(Match::Exact) && f.subject.label == "*")
        .unwrap();
    is_near(f1.value.unwrap(), &expected["exact_f1"], what);
}

#[test]
fn novels_doccano() {
    let Some(folder) = corpus("novels-doccano") else { return };
    let expected = json(folder.join("agreement-expected.json"));
    let mut pooled: Vec<Article> = Vec::new();
    for (book, pairs) in expected["books"].as_object().unwrap() {
        let lines = std::fs::read_to_string(folder.join("doccano").join(book)).unwrap();
        let articles: Vec<Article> = lines
            .lines()
            .map(|line| {
                let line: Json = serde_json::from_str(line).unwrap();
                let sets = (1..=3).map(|user| {
                    let mine = line["annotations"].as_array().unwrap().iter().filter(|a| a["user"] == user);
                    let at = |a: &Json, key: &str| a[key].as_u64().unwrap() as u32;
                    // Labels are numbers of each book's own.
                    let label = |a: &Json| format!("{book} {}", a["label"]);
                    set("", mine.map(|a| (at(a, "start_offset"), at(a, "end_offset"), label(a))))
                });
                (CanonicalText::new(line["text"].as_str().unwrap()), sets.collect())
            })
            .collect();
        for (pair, expected) in pairs.as_object().unwrap() {
            pair_meets(&articles, users(pair), expected, &format!("{book} {pair}"));
        }
        pooled.extend(articles);
    }
    for (pair, expected) in expected["pooled"].as_object().unwrap() {
        pair_meets(&pooled, users(pair), expected, pair);
    }
}

/// `user1|user3` as places.
fn users(pair: &str) -> [usize; 2] {
    let place = |user: &str| user.trim_start_matches("user").parse::<usize>().unwrap() - 1;
    let (one, other) = pair.split_once('|').unwrap();
    [place(one), place(other)]
}

#[test]
fn ua_gec() {
    let Some(folder) = corpus("ua-gec") else { return };
    let expected = &json(folder.join("agreement-expected.json"))["pairs"]["a1|a2"];
    let lines = std::fs::read_to_string(folder.join("multi.jsonl")).unwrap();
    let articles: Vec<Article> = lines
        .lines()
        .map(|line| {
            let line: Json = serde_json::from_str(line).unwrap();
            let sets = ["a1", "a2"].map(|who| {
                let spans = line["annotators"][who].as_array().unwrap().iter();
                let at = |span: &Json, place: usize| span[place].as_u64().unwrap() as u32;
                set(who, spans.map(|s| (at(s, 0), at(s, 1), s[2].as_str().unwrap().to_owned())))
            });
            (CanonicalText::new(line["text"].as_str().unwrap()), sets.to_vec())
        })
        .collect();
    pair_meets(&articles, [0, 1], expected, "a1|a2");
    for (article, expected) in articles.iter().zip(expected["exact_f1_per_document"].as_array().unwrap()) {
        let found = agreement(&["a1", "a2"], std::slice::from_ref(article), &[Metric::F1]);
        let f1 = found
            .figures
            .iter()
            .find(|f| f.subject.matching == Some(Match::Exact) && f.subject.label == "*")
            .unwrap();
        is_near(f1.value.unwrap(), expected, "a document");
    }
}

/// κ and α of a unit, compared with what is expected of several raters.
fn naming_meets(found: &Agreement, unit: Unit, label: &str, expected: &Json, what: &str) {
    let everybody: Vec<usize> = (0..found.annotators.len()).collect();
    let value = |metric: Metric, whose: &[usize]| {
        let figure = found.figures.iter().find(|f| {
            f.subject.metric == metric
                && f.subject.unit == Some(unit)
                && f.subject.label == label
                && f.annotators == whose
        });
        figure.unwrap().clone()
    };
    let alpha = value(Metric::KrippendorffAlpha, &everybody).value.unwrap();
    is_near(alpha, &expected["krippendorff_alpha_nominal"], what);
    let fleiss = value(Metric::FleissKappa, &everybody);
    is_near(fleiss.value.unwrap(), &expected["fleiss_kappa"], what);
    assert_eq!(fleiss.units, expected["fleiss_units"].as_f64().unwrap(), "{what}");
    for (metric, key) in [(Metric::CohenKappa, "cohen_kappa"), (Metric::Observed, "observed_agreement")] {
        for (pair, expected) in expected[key].as_object().unwrap() {
            let (one, other) = pair.split_once('|').unwrap();
            let place = |name: &str| found.annotators.iter().position(|a| a == name).unwrap();
            let whose = [place(one), place(other)];
            is_near(value(metric, &whose).value.unwrap(), expected, &format!("{what} {key} {pair}"));
        }
    }
}

const NAMING: [Metric; 4] =
    [Metric::Observed, Metric::CohenKappa, Metric::FleissKappa, Metric::KrippendorffAlpha];

#[test]
fn btc_crowd() {
    let Some(folder) = corpus("btc-crowd") else { return };
    let expected = json(folder.join("agreement-expected.json"));
    let lines = std::fs::read_to_string(folder.join("crowd.jsonl")).unwrap();
    let items: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (kind, expected) in expected["types"].as_object().unwrap() {
        let articles: Vec<Article> = items
            .iter()
            .filter_map(|item| {
                let workers = item["judgements"].get(kind)?.as_array()?;
                // The corpus cuts tokens its own way; one letter each keeps them apart here.
                let tokens = item["tokens"].as_array()?.len();
                let text = CanonicalText::new(&vec!["x"; tokens].join(" "));
                let sets = workers.iter().map(|marked| {
                    let at = marked.as_array().unwrap().iter().map(|t| t.as_u64().unwrap() as u32);
                    set("", at.map(|t| (2 * t, 2 * t + 1, kind.clone())))
                });
                Some((text, sets.collect()))
            })
            .collect();
        let found = agreement(&["w1", "w2", "w3", "w4", "w5"], &articles, &NAMING);
        naming_meets(&found, Unit::Token, kind, expected, kind);
        naming_meets(&found, Unit::Token, "*", expected, kind);
    }
}

/// The clauses of a document with what each rater said of one feature.
fn clauses(xml: &str, feature: &str) -> Vec<(u32, u32, BTreeMap<String, String>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found: Vec<(u32, u32, BTreeMap<String, String>)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let given = |name: &str| {
                    let attribute = tag.try_get_attribute(name).unwrap()?;
                    Some(attribute.value.into_owned())
                };
                if tag.name().as_ref() == "segment" {
                    let at = |name: &str| given(name).unwrap().parse().unwrap();
                    found.push((at("begin"), at("end"), BTreeMap::new()));
                } else if tag.name().as_ref() == "annotation"
                    && let (Some(who), Some(value)) = (given("annotator"), given(feature))
                    && !value.is_empty()
                {
                    found.last_mut().unwrap().2.insert(who, value);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn sitent_wiki() {
    let Some(folder) = corpus("sitent-wiki") else { return };
    let expected = json(folder.join("agreement-expected.json"));
    let documents = expected["documents"].as_object().unwrap();
    let read = |document: &str, feature: &str| -> Article {
        let xml = std::fs::read_to_string(folder.join("annotations").join(document)).unwrap();
        let raw = document.replace(".xml", ".txt");
        let text = CanonicalText::new(&std::fs::read_to_string(folder.join("raw").join(raw)).unwrap());
        let clauses = clauses(&xml, feature);
        let sets = ["A", "B", "C"].map(|who| {
            let mine = clauses.iter().filter_map(|(s, e, said)| Some((*s, *e, said.get(who)?.clone())));
            set(who, mine)
        });
        (text, sets.to_vec())
    };
    for (document, features) in documents {
        for (feature, expected) in features.as_object().unwrap() {
            let found = agreement(&["A", "B", "C"], &[read(document, feature)], &NAMING);
            naming_meets(&found, Unit::Matched, "*", expected, &format!("{document} {feature}"));
        }
    }
    for (feature, expected) in expected["pooled"].as_object().unwrap() {
        let all: Vec<Article> = documents.keys().map(|document| read(document, feature)).collect();
        let found = agreement(&["A", "B", "C"], &all, &NAMING);
        naming_meets(&found, Unit::Matched, "*", expected, feature);
    }
}

fn continuum(file: PathBuf) -> Continuum {
    let text = std::fs::read_to_string(file).unwrap();
    let (mut annotators, mut categories): (BTreeMap<&str, Vec<GammaUnit>>, Vec<&str>) =
        (BTreeMap::new(), Vec::new());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let category = categories.iter().position(|known| *known == cells[1]).unwrap_or_else(|| {
            categories.push(cells[1]);
            categories.len() - 1
        });
        annotators.entry(cells[0]).or_default().push(GammaUnit {
            start: cells[2].parse().unwrap(),
            end: cells[3].parse().unwrap(),
            category: category as u32,
        });
    }
    Continuum::new(annotators.into_values().collect())
}

/// The least disorder that pygamma-agreement 0.5.9 finds by integer programming, in single precision: file, α, disorder.
const LEAST_DISORDER: [(&str, f64, f64); 14] = [
    ("AlexPaulSuzan.csv", 1.0, 0.653_541_7),
    ("AlexPaulSuzan.csv", 3.0, 0.960_624_9),
    ("annotation_paul_suzann_alex.csv", 1.0, 0.531_287_5),
    ("annotation_paul_suzann_alex.csv", 3.0, 0.704_973_6),
    ("annotation_paul_suzann_alex_additional_unit.csv", 1.0, 1.144_127_0),
    ("annotation_paul_suzann_alex_additional_unit.csv", 3.0, 1.146_666_8),
    ("example_figure10.csv", 1.0, 1.185_185_2),
    ("example_figure10.csv", 3.0, 1.511_111_1),
    ("example_figure19.csv", 1.0, 1.344),
    ("example_figure19.csv", 3.0, 1.632),
    ("3by100.csv", 1.0, 0.138_276_6),
    ("3by100.csv", 3.0, 0.343_511_7),
    ("2by1000.csv", 1.0, 0.615_398_2),
    ("2by1000.csv", 3.0, 0.884_425_3),
];

#[test]
fn alignments_are_as_good_as_by_integer_programming() {
    let Some(folder) = corpus("agreement-oracles") else { return };
    for (file, alpha, expected) in LEAST_DISORDER {
        let continuum = continuum(folder.join("gamma").join(file));
        let found = best_alignment(&continuum, Dissimilarity { alpha, ..Dissimilarity::default() }).disorder;
        assert!((found - expected).abs() < 2e-6, "{file} α = {alpha}: {found}, expected {expected}");
    }
}

#[test]
fn gamma_of_the_published_example() {
    let Some(folder) = corpus("agreement-oracles") else { return };
    let continuum = continuum(folder.join("gamma/AlexPaulSuzan.csv"));
    let options = GammaOptions {
        dissimilarity: Dissimilarity { alpha: 3.0, ..Dissimilarity::default() },
        sampling: Sampling::Shuffle,
        precision: Some(0.01),
        ..GammaOptions::default()
    };
    let found = gamma(&continuum, &[], &options, 4).unwrap();
    let value = found.gamma.unwrap();
    assert!((0.43..0.47).contains(&value), "{found:?}");
    assert!((0.38..0.42).contains(&found.gamma_cat.unwrap()), "{found:?}");
    // Without the units that stand alone, as the paper has it, only pairs that are aligned count.
    let paper = gamma(&continuum, &[], &GammaOptions { unaligned: false, ..options }, 4).unwrap();
    assert!(paper.gamma_cat.unwrap() > 0.6, "{paper:?}");
}

/// Upstream's counts for data-sample-1: possible 135, actual 134, correct 115, incorrect 4. Upstream leaves three pairs apart that
/// overlap and have one label (partial 5, missing 11, spurious 10), which a best one-to-one matching pairs (8, 8, 7).
#[test]
fn muc_of_the_published_example() {
    let Some(folder) = corpus("agreement-oracles") else { return };
    let read = |who: &str| {
        let text = std::fs::read_to_string(folder.join("muc").join(who).join("data-sample-1.ann")).unwrap();
        let spans = text.lines().filter_map(|line| {
            let mut cells = line.split('\t').nth(1)?.split(' ');
            let label = cells.next()?.to_owned();
            Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?, label))
        });
        set(who, spans.collect::<Vec<_>>())
    };
    // What upstream calls possible is the number of B's spans.
    let text = CanonicalText::new(&"x".repeat(5000));
    let found = agreement(&["B", "A"], &[(text, vec![read("B"), read("A")])], &[Metric::Muc]);
    let figure = found.figures.iter().find(|f| f.subject.label == "*").unwrap();
    let counts = figure.finding.unwrap().muc.unwrap();
    assert_eq!((counts.correct, counts.incorrect), (115.0, 4.0));
    assert_eq!((counts.partial, counts.missing, counts.spurious), (5.0 + 3.0, 11.0 - 3.0, 10.0 - 3.0));
    let possible = counts.correct + counts.incorrect + counts.partial + counts.missing;
    let actual = counts.correct + counts.incorrect + counts.partial + counts.spurious;
    assert_eq!((possible, actual), (135.0, 134.0));
    assert!(
        (counts.correct / actual - 0.8582).abs() < 5e-5 && (counts.correct / possible - 0.8519).abs() < 5e-5
    );
}
