//! Agreement: all usual figures of many articles, and γ of large continua. One line of JSON a measurement: name, size, seconds.
//!
//! What `tests/judges/speed.py` holds against other people's libraries, without reading of files:
//! - `agreement project ROOT METRICS`: the figures of a project, without intervals and with γ of 30 continua of chance;
//! - `agreement gamma ROOT`: one γ of all annotators of its first article, likewise;
//! - `agreement coded FILE METRIC`: one κ or α of a file with one annotator's categories a line, for `cohen_kappa` of every pair: from memory, and
//!   with the reading of the file.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use postil::model::{AnnotationSet, Parts, Schema, Span};
use postil::review::agreement::gamma::{Continuum, Dissimilarity, GammaOptions, Unit, best_alignment, gamma};
use postil::review::agreement::{
    AnnotatedArticle, Corpus, Metric, Options, alpha_nominal_of, alpha_ordinal_of, cohen_kappa_of,
    fleiss_kappa_of, measure,
};
use postil::session::check;
use postil::store::Project;
use postil::text::{CanonicalText, TextRange};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LABELS: [&str; 3] = ["entity", "position", "claim"];

/// One article's spans by several annotators who mostly agree: start, end, label.
fn annotated(
    random: &mut ChaCha8Rng,
    annotators: usize,
    spans: usize,
    length: u32,
) -> Vec<Vec<(u32, u32, usize)>> {
    let truth: Vec<(u32, u32, usize)> = (0..spans)
        .map(|_| {
            let start = random.random_range(0..length - 60);
            (start, start + random.random_range(5..50), random.random_range(0..LABELS.len()))
        })
        .collect();
    (0..annotators)
        .map(|_| {
            truth
                .iter()
                .filter_map(|(start, end, label)| {
                    let other: f64 = random.random();
                    let moved = if other > 0.6 { random.random_range(0..6) } else { 0 };
                    let label = if other > 0.9 { (label + 1) % LABELS.len() } else { *label };
                    (other > 0.1).then_some((start + moved, end + moved, label))
                })
                .collect()
        })
        .collect()
}

fn print(name: &str, size: &str, seconds: f64) {
    println!("{}", serde_json::json!({"name": name, "size": size, "seconds": seconds}));
}

fn figures(articles: usize, annotators: usize) {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let text = CanonicalText::new(&"Переговоры идут, но стороны далеки. ".repeat(114));
    let sets: Vec<Vec<AnnotationSet>> = (0..articles)
        .map(|_| {
            let all = annotated(&mut random, annotators, 40, text.len());
            let set = |spans: Vec<(u32, u32, usize)>| {
                let mut set = AnnotationSet::new("a", "anna");
                for (i, (start, end, label)) in spans.into_iter().enumerate() {
                    if let Some(range) = TextRange::new(start, end) {
                        set.insert(Span::new(format!("s{i}"), LABELS[label], Parts::one(range)));
                    }
                }
                set
            };
            all.into_iter().map(set).collect()
        })
        .collect();
    let paths: Vec<String> = (0..articles).map(|n| format!("articles/{n}.txt")).collect();
    let schema = Schema::positions();
    let corpus = Corpus {
        annotators: (0..annotators).map(|n| format!("a{n}")).collect(),
        articles: sets
            .iter()
            .zip(&paths)
            .map(|(sets, path)| AnnotatedArticle {
                path,
                text: &text,
                date: None,
                sets: sets.iter().map(Some).collect(),
            })
            .collect(),
        schema: &schema,
    };
    let size = format!("{articles} articles, {annotators} annotators, 40 spans each");
    let usual: Vec<Metric> = Metric::USUAL.to_vec();
    let without: Vec<Metric> =
        usual.iter().copied().filter(|m| !matches!(m, Metric::Gamma | Metric::GammaCat)).collect();
    for (name, metrics, replicates) in [
        ("figures without intervals", &without, 0),
        ("figures with 1,000 draws", &without, 1000),
        ("the usual figures", &usual, 1000),
    ] {
        let options = Options { metrics: metrics.clone(), replicates, ..Options::default() };
        let begun = Instant::now();
        let found = measure(&corpus, &options, &|_| {}, &|| {}, &|| true);
        print(name, &size, begun.elapsed().as_secs_f64());
        assert!(found.is_some());
    }
}

fn continua(annotators: usize, units: usize) {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let all = annotated(&mut random, annotators, units, units as u32 * 60);
    let unit = |(start, end, label): (u32, u32, usize)| Unit {
        start: f64::from(start),
        end: f64::from(end),
        category: label as u32,
    };
    let continuum = Continuum::new(all.into_iter().map(|u| u.into_iter().map(unit).collect()).collect());
    let size = format!("{annotators} annotators, {units} units each");
    let begun = Instant::now();
    let alignment = best_alignment(&continuum, Dissimilarity::default());
    print("alignment", &size, begun.elapsed().as_secs_f64());
    assert!(alignment.disorder.is_finite());
    let options = GammaOptions { precision: None, ..GammaOptions::default() };
    let begun = Instant::now();
    let found = gamma(&continuum, &[], &options, 1);
    print("gamma, 30 chance continua", &size, begun.elapsed().as_secs_f64());
    assert!(found.is_some());
}

/// The least time of at least five runs and of a second.
fn least(mut work: impl FnMut()) -> f64 {
    let (mut least, begun, mut runs) = (f64::INFINITY, Instant::now(), 0);
    while runs < 5 || begun.elapsed().as_secs_f64() < 1.0 {
        let before = Instant::now();
        work();
        least = least.min(before.elapsed().as_secs_f64());
        runs += 1;
    }
    least
}

/// The categories of a file: one annotator a line, parted by blanks; what is no number is no value.
fn coded(file: &Path) -> Result<Vec<Vec<Option<u32>>>, std::io::Error> {
    let list = |line: &str| line.split_ascii_whitespace().map(|category| category.parse().ok()).collect();
    Ok(std::fs::read_to_string(file)?.lines().map(list).collect())
}

/// One κ or α, of every pair if it is one of pairs.
fn value_of_coded(lists: &[Vec<Option<u32>>], metric: &str) -> Vec<f64> {
    let lists: Vec<&[Option<u32>]> = lists.iter().map(Vec::as_slice).collect();
    match metric {
        "cohen_kappa" => {
            let pairs =
                (0..lists.len()).flat_map(|one| (one + 1..lists.len()).map(move |other| (one, other)));
            pairs.filter_map(|(one, other)| cohen_kappa_of(lists[one], lists[other]).ok()).collect()
        }
        "fleiss_kappa" => fleiss_kappa_of(&lists).into_iter().collect(),
        "alpha_ordinal" => alpha_ordinal_of(&lists).into_iter().collect(),
        _ => alpha_nominal_of(&lists).into_iter().collect(),
    }
}

/// κ or α of units that are coded already: from memory, then with the reading of the file.
fn of_coded(file: &Path, metric: &str) -> Result<(), Box<dyn std::error::Error>> {
    let lists = coded(file)?;
    let values = value_of_coded(&lists, metric);
    let seconds = least(|| assert_eq!(value_of_coded(&lists, metric), values));
    let mut failed = None;
    let with_reading = least(|| match coded(file) {
        Ok(lists) => assert_eq!(value_of_coded(&lists, metric), values),
        Err(why) => failed = Some(why),
    });
    if let Some(why) = failed {
        return Err(why.into());
    }
    let told = serde_json::json!({
        "name": "coded", "seconds": seconds, "seconds_with_reading": with_reading, "values": values,
    });
    println!("{told}");
    Ok(())
}

/// One γ of everybody's spans on the first article, and nothing else.
fn of_continuum(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let loaded = check::load_project_for_check(&Project::open(root)?);
    let sets = loaded.sets.iter().filter_map(|file| Some(&file.outcome.as_ref().ok()?.set));
    let labels: Vec<&str> = loaded.project.schema.labels.iter().map(|label| label.name.as_str()).collect();
    let unit = |span: &Arc<Span>| Unit {
        start: f64::from(span.start().get()),
        end: f64::from(span.end().get()),
        category: labels.iter().position(|label| *label == span.label).unwrap_or_default() as u32,
    };
    let first = loaded.articles.first().map_or("", |article| article.path.as_str());
    let continuum = Continuum::new(
        sets.filter(|set| set.article == first).map(|set| set.spans().map(unit).collect()).collect(),
    );
    let options = GammaOptions { precision: None, ..GammaOptions::default() };
    let observed = best_alignment(&continuum, options.dissimilarity).disorder;
    let seconds = least(|| assert!(gamma(&continuum, &[], &options, 1).is_some()));
    let told = serde_json::json!({
        "name": "one gamma", "seconds": seconds, "units": continuum.units(), "observed": observed,
    });
    println!("{told}");
    Ok(())
}

/// The figures of a project, everything read before.
fn of_project(root: &Path, metrics: &str) -> Result<(), Box<dyn std::error::Error>> {
    let loaded = check::load_project_for_check(&Project::open(root)?);
    let annotators = loaded.project.annotators();
    let articles: Vec<AnnotatedArticle<'_>> = loaded
        .articles
        .iter()
        .filter_map(|article| {
            let set = |name: &String| {
                let own = |file: &&check::LoadedFile| file.annotator == *name;
                let mut sets = loaded.sets.iter().filter(own).filter_map(|file| file.outcome.as_ref().ok());
                sets.find(|read| read.set.article == article.path).map(|read| &read.set)
            };
            let read = article.outcome.as_ref().ok()?;
            let sets = annotators.iter().map(set).collect();
            Some(AnnotatedArticle { path: &article.path, text: &read.text, date: None, sets })
        })
        .collect();
    let corpus = Corpus { annotators, articles, schema: &loaded.project.schema };
    let gamma = GammaOptions { precision: None, always: true, ..GammaOptions::default() };
    let metrics: Vec<Metric> = metrics.split(',').filter_map(Metric::from_name).collect();
    let options = Options { metrics, replicates: 0, gamma, ..Options::default() };
    let size = format!("{} articles, {} annotators", corpus.articles.len(), corpus.annotators.len());
    let work = || assert!(measure(&corpus, &options, &|_| {}, &|| {}, &|| true).is_some());
    print("project", &size, least(work));
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["project", root, metrics] => return of_project(Path::new(root), metrics),
        ["gamma", root] => return of_continuum(Path::new(root)),
        ["coded", file, metric] => return of_coded(Path::new(file), metric),
        _ => {}
    }
    figures(100, 3);
    figures(1000, 5);
    for (annotators, units) in [(2, 200), (3, 50), (3, 200), (5, 50), (5, 200)] {
        continua(annotators, units);
    }
    Ok(())
}
