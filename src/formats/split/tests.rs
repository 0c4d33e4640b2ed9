use super::*;
use crate::model::{AnnotationSet, ArticleMeta, Parts, Span};
use crate::text::TextRange;

fn record(name: usize, labels: &[(&str, usize)], source: &str, text: &str) -> Record {
    let mut set = AnnotationSet::new(format!("articles/{name:03}.txt"), "anna");
    for (label, count) in labels {
        for number in 0..*count {
            let span = Span::new(format!("{label}{number}"), *label, Parts::one(TextRange::between(0, 1)));
            set.insert(span);
        }
    }
    let meta =
        ArticleMeta { source: (!source.is_empty()).then(|| source.to_owned()), ..ArticleMeta::default() };
    Record { meta, text: CanonicalText::new(text), set }
}

fn plan(stratify: bool, group: Option<Grouping>) -> SplitPlan {
    SplitPlan { shares: Shares::parse("train=0.6,dev=0.2,test=0.2").unwrap(), seed: 5, stratify, group }
}

fn part_of(parts: &[SplitPart], article: usize) -> &str {
    let path = format!("articles/{article:03}.txt");
    &parts.iter().find(|part| part.articles.contains(&path)).unwrap().name
}

#[test]
fn every_part_gets_its_share_of_a_rare_label() {
    // Five articles of a hundred have the rare label: by chance a part of 20 has none in one case of three.
    let records: Vec<Record> = (0..100)
        .map(|n| {
            record(n, if n % 20 == 0 { &[("common", 3), ("rare", 2)] } else { &[("common", 3)] }, "", "a")
        })
        .collect();
    for seed in 0..20 {
        let parts = SplitPlan { seed, ..plan(true, None) }.divide(&records).unwrap();
        let rare: Vec<usize> = parts.iter().map(|part| part.labels["rare"]).collect();
        let common: Vec<usize> = parts.iter().map(|part| part.labels["common"]).collect();
        let sizes: Vec<usize> = parts.iter().map(|part| part.articles.len()).collect();
        assert_eq!((rare, common, sizes), (vec![6, 2, 2], vec![180, 60, 60], vec![60, 20, 20]), "{seed}");
    }
}

#[test]
fn a_group_is_never_torn_apart_and_every_article_is_somewhere() {
    let records: Vec<Record> =
        (0..60).map(|n| record(n, &[("a", n % 4)], ["Wire", "wire ", "Post", ""][n % 4], "a")).collect();
    for stratify in [false, true] {
        let parts = plan(stratify, Some(Grouping::Source)).divide(&records).unwrap();
        let all: usize = parts.iter().map(|part| part.articles.len()).sum();
        assert_eq!(all, 60);
        let of_wire: BTreeSet<&str> = (0..60).filter(|n| n % 4 < 2).map(|n| part_of(&parts, n)).collect();
        assert_eq!(of_wire.len(), 1, "one source, however it is written");
        let unknown: BTreeSet<&str> = (0..60).filter(|n| n % 4 == 3).map(|n| part_of(&parts, n)).collect();
        assert!(unknown.len() > 1, "articles of no source are no group");
    }
}

#[test]
fn near_duplicates_stay_together_and_others_do_not() {
    let words = |from: usize| -> String { (from..from + 120).map(|n| format!("word{n} ")).collect() };
    // 0 and 1 share all but a few words; 2 shares a third; the rest nothing.
    let mut texts = vec![words(0), format!("{} Updated: at noon.", words(0)), words(80)];
    texts.extend((1..40).map(|n| words(n * 1000)));
    let records: Vec<Record> = texts.iter().enumerate().map(|(n, text)| record(n, &[], "", text)).collect();
    for seed in 0..10 {
        let parts =
            SplitPlan { seed, ..plan(false, Some(Grouping::NearDuplicates)) }.divide(&records).unwrap();
        assert_eq!(part_of(&parts, 0), part_of(&parts, 1));
        let groups: usize = parts.iter().map(|part| part.groups).sum();
        assert_eq!(groups, texts.len() - 1);
    }
}

#[test]
fn the_same_plan_gives_the_same_parts_and_another_seed_others() {
    let records: Vec<Record> = (0..50).map(|n| record(n, &[("a", n % 3), ("b", n % 5)], "", "a")).collect();
    for (stratify, group) in [(false, None), (true, None), (true, Some(Grouping::Source))] {
        let one = plan(stratify, group).divide(&records).unwrap();
        assert_eq!(one, plan(stratify, group).divide(&records).unwrap());
        assert_ne!(one, SplitPlan { seed: 6, ..plan(stratify, group) }.divide(&records).unwrap());
    }
}

#[test]
fn the_report_names_every_article_once() {
    let records: Vec<Record> = (0..9).map(|n| record(n, &[("a|b", 1)], "", "a")).collect();
    let plan = plan(true, Some(Grouping::NearDuplicates));
    let report = plan.report(&plan.divide(&records).unwrap());
    for n in 0..9 {
        assert_eq!(report.matches(&format!("articles/{n:03}.txt")).count(), 1, "{report}");
    }
    assert!(
        report.contains("| a\\|b |") && report.contains("seed 5") && report.contains("MinHash"),
        "{report}"
    );
}
